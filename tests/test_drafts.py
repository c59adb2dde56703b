"""Drafts of releases: whole, checked, read back cell by cell, each number with the address of its rows."""

import csv
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from html import unescape
from pathlib import Path

import polars as pl
import pytest

from book_runs import EXAMPLES, ask, example
from orebook.checks import check
from orebook.reading.read import read_bytes
from orebook.reports.layouts import LayoutError
from orebook.reports.printed import Printed
from orebook.reports.release.composing import ROOM, Source, compose
from orebook.reports.release.draft import Draft
from orebook.reports.templating import Shelf

DRILLING = ("crater-lake", "ruddock-creek", "small-mine")
QUARTER = "two-mines"
EXTRA = {"docx": "docx", "pdf": "typst"}
_DATA = re.compile(r'<data id="(n\d+)" value="([^"]*)" data-address="([^"]*)">([^<]*)</data>')

Drafted = Callable[[str, str], Path]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Copies of the example books."""
    folder = tmp_path_factory.mktemp("books")
    return {name: example(name, folder / name) for name in (*DRILLING, QUARTER)}


@pytest.fixture(scope="module")
def drafted(books: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Drafted:
    """The draft of a book as a file of some format, each made once."""
    folder = tmp_path_factory.mktemp("drafts")

    @cache
    def made(name: str, form: str) -> Path:
        if form in EXTRA:
            pytest.importorskip(EXTRA[form])
        what, day = ("quarter", "2011-11-14") if name == QUARTER else ("drilling", "2031-07-01")
        file = folder / f"{name}.{form}"
        ask("draft", what, "--book", books[name], "--day", day, "-o", file, "--quiet").well()
        return file

    return made


def placed(file: Path) -> list[tuple[str, float, str, str]]:
    """The numbers of a page: name, unrounded value, address, words."""
    found = _DATA.findall(file.read_text(encoding="utf-8"))
    return [(name, float(value), unescape(address), unescape(words)) for name, value, address, words in found]


LOOKS = ("column", "table", "label", "place", "zone")
"""What a fact says of how its table looks."""


def facts(file: Path) -> Counter[tuple[str, str, str, str]]:
    """What a document says: measure, digits, unit, and what each is about but for how its table looks."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for fact in read_bytes(file.name, file.read_bytes()).facts:
        about = sorted((key, said) for key, said in fact.about.items() if key not in LOOKS)
        if fact.measure != "document.caption":
            found[fact.measure, fact.figure.digits, fact.figure.unit, repr(about)] += 1
    return found


@pytest.mark.parametrize("form", ["md", "html", "docx", "pdf"])
@pytest.mark.parametrize("name", [*DRILLING, QUARTER])
def test_a_draft_passes_the_checks(name: str, form: str, drafted: Drafted) -> None:
    """No rule finds an error in a draft, nor anything that reads two ways."""
    file = drafted(name, form)
    found = check(read_bytes(file.name, file.read_bytes()))
    assert [each for each in found if each.grade != "note"] == []


@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
@pytest.mark.parametrize("name", [*DRILLING, QUARTER])
def test_every_format_says_the_same_facts(name: str, form: str, drafted: Drafted) -> None:
    """A draft says the same in every format: each fact with its digits, unit and what it is about."""
    assert facts(drafted(name, form)) == facts(drafted(name, "md"))


@pytest.mark.parametrize("name", DRILLING)
def test_every_number_of_a_page_says_its_address(name: str, drafted: Drafted) -> None:
    """Numbers on the HTML page have names of their own, and their digits are the unrounded value, rounded once."""
    found = placed(drafted(name, "html"))
    names = [each[0] for each in found]
    assert len(names) == len(set(names)) > 50
    for _, value, address, printed in found:
        assert re.fullmatch(r"\w+\[\d+\]\.\w+", address)
        if digits := re.search(r"-?[\d,]+(?:\.\d+)?", printed):
            said = digits[0].replace(",", "")
            decimals = len(said.partition(".")[2])
            assert abs(float(said) - value) <= 0.5000001 * 10**-decimals, (printed, value)


@pytest.mark.parametrize("name", ["crater-lake", QUARTER])
def test_why_answers_for_a_placed_number(name: str, books: dict[str, Path], drafted: Drafted) -> None:
    """Every kind of address that a draft names can be asked for: intervals, holes, programmes, samples, figures."""
    found = {address.partition("[")[0]: address for _, _, address, _ in placed(drafted(name, "html"))}
    assert set(found) >= ({"statements", "production"} if name == QUARTER else {"intercepts", "holes", "sampling"})
    for address in found.values():
        assert address in ask("why", address, "--book", books[name]).well().out


def test_the_rows_behind_a_total(books: dict[str, Path], drafted: Drafted) -> None:
    """The metres of a programme lead to its four collars, and the standards to the rows that are standards."""
    drafted("crater-lake", "html")
    metres = (
        ask("why", "holes_programmes[0].drilled_m", "--book", books["crater-lake"], "--format", "json")
        .well()
        .json["done"][0]
    )
    assert metres["value"] == pytest.approx(675.63)
    (rest,) = metres["rests"]
    assert [row["depth_m"] for row in rest["rows"]] == [161.5, 254.05, 143.08, 117.0]
    told = ask("why", "sampling[1].samples", "--book", books["crater-lake"], "--format", "json").well().json["done"][0]
    assert told["value"] == len(told["rests"][0]["rows"]) == 9


@pytest.mark.parametrize("name", DRILLING)
def test_the_drill_table_reads_back_cell_by_cell(name: str, drafted: Drafted) -> None:
    """Every number of an interval, in the table and in sentences, is read again with the digits that were printed."""
    pattern = re.compile(r"intercepts\[\d+\]\.(?:from|to|length|true_thickness|\w+_(?:ppm|pct|gpt))")
    numbers = [words for _, _, address, words in placed(drafted(name, "html")) if pattern.match(address)]
    said: Counter[str] = Counter()
    for (measure, digits, *_), times in facts(drafted(name, "md")).items():
        said[digits] += times * measure.startswith("drilling.")
    assert Counter(re.sub(r"[^\d.]", "", words) for words in numbers) - said == Counter()


@pytest.mark.parametrize(
    ("name", "cells", "unlike"), [("crater-lake", 49 + 25, 0), ("ruddock-creek", 21 * 7, 1), (QUARTER, 32 + 18 + 16, 0)]
)
def test_the_published_cells_stand_in_the_draft(name: str, cells: int, unlike: int, drafted: Drafted) -> None:
    """Every number that the company published stands in a table of the draft; of Ruddock Creek all but the one sum."""
    numbers = Counter(words.removesuffix(" m") for _, _, _, words in placed(drafted(name, "html")))
    with (EXAMPLES / name / "published.csv").open(encoding="utf-8", newline="") as rows:
        cells_ = [row["cell"] for row in csv.DictReader(rows) if name == QUARTER or row["table"].startswith("Table")]
    published = Counter(cell for cell in cells_ if re.fullmatch(r"-?[\d,.]+", cell))
    assert published.total() == cells
    assert (published - numbers).total() == unlike


def test_what_only_a_person_can_say_is_a_gap(books: dict[str, Path]) -> None:
    """A person, a laboratory or a contact that the book does not name is a visible gap and a word on standard error."""
    left = ask("draft", "drilling", "--book", books["crater-lake"]).well()
    assert "to be completed: place of the dateline; date of the release" in left.err
    assert "to be completed: name, professional title" in left.out.replace("\\", "")


def told(**words: object) -> Source:
    """A source with one interval and some words."""
    frame = pl.DataFrame({"hole": ["A-1"], "length_m": [12.345], "au_gpt": [1.2649]})
    return Source("draft", "own", {"intercepts": frame}, _nothing, _undrawn, words)


def _undrawn(name: str, of: str) -> None:
    """No drawing."""


def _nothing(name: str) -> Printed:
    raise LayoutError(f"no page is called {name!r}")


def composed(folder: Path, text: str, **words: object) -> Draft:
    """The draft of a template of somebody's own."""
    (folder / "own.md").write_text(text, encoding="utf-8")
    return compose(told(**words), Shelf(ROOM, [folder]))


def test_a_number_is_placed_by_address_or_by_what_its_row_says(tmp_path: Path) -> None:
    """Both ways give the same number, rounded once and with its address, whatever a filter does to the text."""
    text = """# Hole {{ number("intercepts[0].length_m", decimals=1, unit="m") }}

{{ ("at " ~ number("intercepts", "au_gpt", hole="A-1", decimals=2, unit="g/t Au")) | upper }}
"""
    draft = composed(tmp_path, text)
    assert [(n.name, n.printed, n.value, str(n.address)) for n in draft.numbers()] == [
        ("n1", "12.3 m", 12.345, "intercepts[0].length_m"),
        ("n2", "1.26 g/t Au", 1.2649, "intercepts[0].au_gpt"),
    ]


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("a\n\n{% if %}", "own.md:3:", "Expected an expression"),
        ("a\n{{ nobody }}", "own.md:2:", "'nobody' is undefined"),
        ("a\n\n\n{{ number('intercepts[0].ag_gpt') }}", "own.md:4:", "no column 'ag_gpt'"),
        ("{{ number('intercepts[5].au_gpt') }}", "own.md:1:", "there is no row 5"),
        ("{{ number('intercepts', 'au_gpt', hole='B') }}", "own.md:1:", "0 rows with hole B"),
        ("{% include 'nobody.md' %}", "own.md:1:", "no template is called nobody.md"),
        ("{{ ''.__class__.__mro__ }}", "own.md:1:", "unsafe"),
        ("{{ 'a' * 1000000000 }}", "own.md:1:", "numbers of a common size"),
        ("{% for one in range(1000000) %}a{% endfor %}", "own.md:1:", "1000 at most"),
        ("{{ table('nothing') }}", "own.md:1:", "no page is called 'nothing'"),
        ("{{ nobody + 'a' }}", "own.md:1:", "'nobody' is undefined"),
        ("{{ ['a', 'b'] }}", "own.md:1:", "a list cannot be printed; say join, or a loop"),
        ("{{ 'a' | indent }}", "own.md:1:", "No filter named 'indent'"),
    ],
)
def test_a_wrong_template_is_told_with_file_and_line(text: str, where: str, what: str, tmp_path: Path) -> None:
    """What is wrong in a template of somebody's own says in which file and line, and touches nothing of the machine."""
    with pytest.raises(LayoutError) as told:
        composed(tmp_path, text)
    assert where in str(told.value) and what in str(told.value)
    assert "\n" not in str(told.value)


TWICE = "{% macro twice(t, n) %}{% if n %}{{ twice(GROWN, n - 1) }}{% else %}{{ t }}{% endif %}{% endmacro %}"


@pytest.mark.parametrize(
    "grown",
    ["t ~ t", "t + t", "[t, t] | join", "t | replace('x', 'xx')"],
)
def test_text_that_is_doubled_ends_before_it_fills_the_memory(grown: str, tmp_path: Path) -> None:
    """Thirty doublings of eight letters are eight thousand million; the template is stopped at a few of them."""
    text = TWICE.replace("GROWN", grown) + "{{ twice('xxxxxxxx', 30) }}"
    with pytest.raises(LayoutError, match="text that is doubled"):
        composed(tmp_path, text)


def test_what_looks_ahead_is_marked_and_brings_the_caution(tmp_path: Path) -> None:
    """A sentence on what is planned carries the sign and brings the caution with its day; one on the past does not."""
    text = "{{ said }}\n\nAssays of hole A-1 came on June 1, 2031.\n\n{{ cautions() }}\n"
    words = {"company": "Kestrel Ridge Gold Inc.", "day": "June 3, 2031", "venture": False, "guidance": False}
    ahead = composed(tmp_path, text, said="Drilling is planned to go on in May 2032.", **words)
    said = [part.text for part in ahead.parts]
    assert said[0].endswith("2032.†") and said[1].endswith("2031.")
    assert any("as of June 3, 2031" in each for each in said)
    assert [part.forward for part in ahead.parts][:2] == [True, False]
    behind = composed(tmp_path, text, said="Drilling went on as planned in May 2031.", **words)
    assert [part.text for part in behind.parts] == [
        "Drilling went on as planned in May 2031.",
        "Assays of hole A-1 came on June 1, 2031.",
    ]


def test_words_of_a_book_are_never_markup_of_a_template(tmp_path: Path) -> None:
    """Braces, marks and private letters in a name stay words, and a number cannot be forged with them."""
    draft = composed(tmp_path, "About {{ company }}.", company="{{ 1 + 1 }} \ue0000\ue003 <b>")
    assert [part.text for part in draft.parts] == ["About {{ 1 + 1 }} 0 <b>."]
    assert list(draft.numbers()) == []
