"""Releases of one company are put side by side: which belong together, what is said of them, and how grave it is."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.checks import folder, wanted
from orebook.checks.across_rule import Family, in_order
from orebook.checks.copies import alike, copies, sketch
from orebook.checks.families import check_family, families
from orebook.checks.issuers import Issuer, plain_name, plain_ticker
from orebook.checks.remembered import Remembered, meets, remember
from orebook.ground.finding import Finding
from orebook.reading.read import read_bytes, read_text

HEAD = "# Holm Copper drills Linn Bank\n\n{day} - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank.{more}\n\n"
ROWS = (
    "| Hole | From (m) | To (m) | Interval (m) | Cu (%) |\n|---|---|---|---|---|\n"
    "| LN-24-01 | 12.0 | 30.0 | 18.0 | 0.41 |\n| LN-24-02 | 44.0 | 61.5 | 17.5 | 0.77 |\n"
    "| LN-24-03 | 20.0 | 29.0 | 9.0 | 1.13 |\n| LN-24-04 | 120.0 | 160.0 | 40.0 | 0.58 |\n"
)
MAY, SEPTEMBER = "May 6, 2024", "September 9, 2024"


def release(day: str, rows: str = ROWS, more: str = "", name: str = "") -> Remembered:
    """What is kept of a release of our own."""
    return remember(read_text(name or f"{day}.md", HEAD.format(day=day, more=more) + rows))


def noticed(*releases: Remembered, fresh: Iterable[str] | None = None) -> list[Finding]:
    """Everything that the rules across releases notice in some releases."""
    docs = [one.doc for one in releases] if fresh is None else fresh
    return [
        finding
        for family in families(releases, docs).families
        for found in check_family(family).values()
        for finding in found
    ]


def changed(old: str, new: str, rows: str = ROWS) -> str:
    """The rows with one cell changed."""
    assert old in rows
    return rows.replace(old, new)


def test_a_changed_grade_is_an_error_in_the_later_release() -> None:
    """The finding stands in the later release, names both places, and says what would agree."""
    (found,) = noticed(release(MAY), release(SEPTEMBER, changed("0.58", "0.85")))
    assert (found.code, found.grade) == ("A101", "error")
    assert [source.doc for source in found.sources] == [f"{SEPTEMBER}.md", f"{MAY}.md"]
    assert found.sources[0].quote == "0.85" and "LN-24-04" in found.sources[1].quote
    assert found.expected is not None and found.expected.low < found.expected.high


def test_nothing_is_said_where_all_agrees() -> None:
    """The same table told again, in coarser digits and other units, is no finding."""
    coarser = ROWS.replace("0.58", "0.6").replace("Cu (%)", "Cu (ppm)")
    for grade, parts in (("0.41", "4,100"), ("0.77", "7,700"), ("1.13", "11,300"), ("0.6 ", "5,800 ")):
        coarser = coarser.replace(grade, parts)
    assert noticed(release(MAY), release(SEPTEMBER)) == []
    assert noticed(release(MAY), release(SEPTEMBER, coarser)) == []


def test_a_restatement_is_named_and_is_a_note() -> None:
    """Where the later release speaks of corrections, the change is a note that says so."""
    more = " The results of hole LN-24-04 are restated after new assays."
    (found,) = noticed(release(MAY), release(SEPTEMBER, changed("0.58", "0.61"), more))
    assert found.grade == "note" and "restated" in found.message


def test_without_a_date_the_order_is_unknown_and_only_notes_are_given() -> None:
    """A page without a date is put beside the others, and nothing in it is graver than a note."""
    page = "# Linn Bank\n\nHolm Copper Corp. (TSXV: HLM) has drilled Linn Bank.\n\n" + changed("0.58", "0.85")
    (found,) = noticed(release(MAY), remember(read_text("page.md", page)))
    assert found.grade == "note" and found.sources[0].doc == "page.md"


def test_only_what_touches_a_checked_release_is_said() -> None:
    """Of two remembered releases that disagree nobody hears again; an old release that is checked is named first."""
    may, september = release(MAY), release(SEPTEMBER, changed("0.58", "0.85"))
    november = release("November 4, 2024", changed("0.58", "0.85"))
    assert noticed(may, september, november, fresh=[november.doc]) == []
    (found,) = noticed(may, september, fresh=[may.doc])
    assert found.sources[0].doc == may.doc


def test_each_figure_is_put_beside_the_last_that_was_told() -> None:
    """A value that was changed once and stays is one finding, not one for every release since."""
    later = [release(day, changed("0.58", "0.85")) for day in (SEPTEMBER, "November 4, 2024", "December 5, 2024")]
    assert len(noticed(release(MAY), *later)) == 1


def test_many_changes_are_one_note() -> None:
    """Where a third of the intervals differ, they were worked out anew: one note tells of all."""
    rows = ROWS
    for old, new in (("0.41", "0.44"), ("0.77", "0.71"), ("1.13", "1.22")):
        rows = changed(old, new, rows)
    (found,) = noticed(release(MAY), release(SEPTEMBER, rows))
    assert found.grade == "note" and found.message.startswith("3 of the 4 intervals")


def test_companies_that_share_a_word_do_not_meet() -> None:
    """Holm Copper Corp. and Holm Copper Mines Ltd. are two companies, and so are two with other codes."""
    other = HEAD.replace("Holm Copper Corp. (TSXV: HLM)", "Holm Copper Mines Ltd. (TSXV: HCM)")
    text = other.format(day=SEPTEMBER, more="") + changed("0.58", "0.85")
    assert noticed(release(MAY), remember(read_text("other.md", text))) == []


def test_a_company_is_known_under_its_former_name() -> None:
    """A release that says what the company was called before joins the releases under both names."""
    text = (
        f"# Tarn Metals drills Linn Bank\n\n{SEPTEMBER} - Tarn Metals Corp. (TSXV: TRN) has drilled Linn Bank."
        ' Tarn Metals Corp. (formerly "Holm Copper Corp.") goes on.\n\n' + changed("0.58", "0.85")
    )
    renamed = remember(read_text("renamed.md", text))
    assert renamed.issuer.former == ("holm copper",)
    assert [found.grade for found in noticed(release(MAY), renamed)] == ["error"]


def test_a_page_without_an_issuer_is_known_by_its_holes() -> None:
    """Intervals with hole, beginning and length that are one company's alone tell of whom a page speaks."""
    page = remember(read_text("holes.md", "# Highlights\n\nThe best holes.\n\n" + changed("0.58", "0.85")))
    assert page.issuer.keys == ()
    (found,) = noticed(release(MAY), page)
    assert found.sources[0].doc == "holes.md"


def test_copies_are_named_and_not_compared() -> None:
    """One release on two wires, with other blanks and bullets, is one: it gives no finding."""
    prose = " ".join(f"The ground of section {number} was walked and mapped at scale {number}." for number in range(40))
    one = release(MAY, f"{prose}\n\n{ROWS}", name="one.md")
    other = release(MAY, f"* {prose.replace('. ', '.  ')}\n\n{ROWS}", name="other.md")
    found = families([one, other], [one.doc, other.doc])
    assert found.copies == {"other.md": "one.md"} and found.families == []


def test_a_copy_with_another_figure_is_a_correction() -> None:
    """The same words on the same day with one figure changed are compared, not put aside."""
    prose = " ".join(f"The ground of section {number} was walked and mapped at scale {number}." for number in range(40))
    one = release(MAY, f"{prose}\n\n{ROWS}", name="one.md")
    other = release(MAY, f"{prose}\n\n{changed('0.58', '0.85')}", name="other.md")
    assert [found.code for found in noticed(one, other)] == ["A101"]


def test_alike_notices_of_two_quarters_are_no_copies() -> None:
    """Standing text that is put out every quarter is not one release: the days are far apart."""
    prose = " ".join(f"The notice of section {number} is repeated in every quarter." for number in range(40))
    found = families([release(MAY, prose), release(SEPTEMBER, prose)])
    assert not found.copies and len(found.families[0].releases) == 2


@pytest.mark.parametrize(
    ("ticker", "plain"),
    [
        ("TSX VENTURE:ABC", "TSX:ABC"),
        ("TSX-V:ABC", "TSX:ABC"),
        ("OTCQX:ABCDF", "OTC:ABCDF"),
        ("FRA:7XY", "FRANKFURT:7XY"),
        ("ASX:ABC", "ASX:ABC"),
    ],
)
def test_boards_of_one_exchange_share_their_codes(ticker: str, plain: str) -> None:
    """One code is one company on every board of an exchange."""
    assert plain_ticker(ticker) == plain


def test_legal_forms_are_no_part_of_a_name() -> None:
    """Corp. and Corporation are one form; Ltd and Inc are two."""
    assert plain_name("Holm Copper Corporation") == plain_name("Holm Copper Corp.")
    ltd, inc = Issuer.of("Holm Copper Ltd", []), Issuer.of("Holm Copper Inc.", [])
    assert not ltd.same(inc) and ltd.same(Issuer.of("Holm Copper", []))


def test_one_code_for_two_names_without_a_common_word_is_two_companies() -> None:
    """Codes are given to another company when the first has gone."""
    assert not Issuer.of("Holm Copper Corp.", ["TSX:HLM"]).same(Issuer.of("Heather Lithium Mines Ltd", ["TSX:HLM"]))


@given(st.lists(st.sampled_from("abcdefghij"), min_size=60, max_size=120), st.integers(1, 3))
def test_blanks_do_not_change_a_sketch(letters: list[str], blanks: int) -> None:
    """A sketch is of the words, not of what stands between them."""
    words = [f"{letter}{number}" for number, letter in enumerate(letters)]
    one, other = sketch(" ".join(words)), sketch((" " * blanks + "\n").join(words))
    assert alike(one, other) and list(copies([one, other])) == [(1, 0)]


def test_releases_are_ordered_by_their_dates() -> None:
    """The earliest first, those without a date at the end."""
    undated = replace(release(MAY, name="undated.md"), day="")
    found = in_order([undated, release(SEPTEMBER), release(MAY)])
    assert [one.doc for one in found] == [f"{MAY}.md", f"{SEPTEMBER}.md", "undated.md"]


def test_rules_across_releases_do_not_look_at_one_document() -> None:
    """A document alone is checked by the rules on documents and facts, and by no other."""
    assert not {rule.code for rule in wanted("DF")} & set(folder("A"))


def test_what_is_told_twice_by_a_real_release_is_no_finding(shared: Path) -> None:
    """A release put beside itself, three months later, contradicts itself in nothing."""
    for file in sorted((shared / "releases" / "seeds").glob("*.txt")):
        kept = remember(read_bytes(file.name, file.read_bytes()))
        later = replace(kept, doc=f"later {file.name}", day="2031-01-01", _kinds={})
        found = check_family(Family([kept, later], frozenset([later.doc])))
        assert found == {}, found


def test_records_are_looked_up_by_hole() -> None:
    """All that is told of one hole is looked up under one key, however its name is printed."""
    kept = release(MAY)
    assert {meets(record) for record in kept.of("drill_intercept")} == {
        f"hole LN/24/{number}" for number in range(1, 5)
    }
