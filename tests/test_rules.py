"""Every rule notices what its own page says it notices, and keeps silent about the rest."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from orebook.checks import catalogue, check
from orebook.checks.across_example import family_from_text, releases_in
from orebook.checks.across_rule import Family
from orebook.checks.families import check_family
from orebook.checks.rule import HEADINGS, Rule
from orebook.checks.table_example import tables_from_text
from orebook.checks.table_rule import Tables
from orebook.checks.tables import check_tables
from orebook.ground.fact import Fact, Record
from orebook.ground.finding import GRADES, Finding
from orebook.reading.read import read_text
from orebook.reading.reading import Reading

RULES = list(catalogue().values())
EXAMPLES = [
    (rule.code, kind, place, example)
    for rule in RULES
    for kind in ("Flagged", "Fine")
    for place, example in enumerate(rule.examples(kind), 1)
]
FORBIDDEN = re.compile(r"\b(?:false|wrong|error|incorrect|mistake|misleading|misstated)\b", re.IGNORECASE)


def seen(code: str, example: str) -> Reading | Tables | Family:
    """What a rule looks at: the tables that an example draws, or the release or releases that it writes."""
    if code.startswith("A"):
        return family_from_text(example)
    return tables_from_text(example) if code.startswith("T") else read_text("example.md", example)


def all_findings(code: str, example: str) -> list[Finding]:
    """What all rules that look at the same kind of thing say of an example."""
    found = seen(code, example)
    if isinstance(found, Family):
        alone = [finding for release in releases_in(example) for finding in check(release)]
        return alone + [finding for some in check_family(found).values() for finding in some]
    return check_tables(found) if isinstance(found, Tables) else check(found)


@pytest.mark.parametrize(
    ("code", "kind", "place", "example"), EXAMPLES, ids=[f"{c}-{k}-{p}" for c, k, p, _ in EXAMPLES]
)
def test_example(code: str, kind: str, place: int, example: str) -> None:
    """A rule notices its flagged examples and not its fine ones."""
    findings = list(catalogue()[code](seen(code, example)))
    assert bool(findings) == (kind == "Flagged"), findings
    for finding in findings:
        assert finding.grade in GRADES
        assert finding.sources and not FORBIDDEN.search(finding.message)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_page_is_whole(rule: Rule) -> None:
    """Every page has all headings, a basis, a sentence that says the fault, and examples of both kinds."""
    assert rule.basis and rule.title.endswith(".")
    assert all(rule.section(heading) for heading in HEADINGS)
    assert rule.examples("Flagged") and rule.examples("Fine")
    assert rule.page.startswith(f"# {rule.code} {rule.name}\n")
    assert "'''" not in rule.page


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_one_rule_to_a_file_named_after_the_fault(rule: Rule) -> None:
    """The function, the file and the name of a rule are one; the letter says the folder."""
    room, _, file = rule.look.__module__.rpartition(".")
    assert file == rule.look.__name__
    folder = {"A": "across", "F": "facts", "D": "documents", "T": "tables"}[rule.code[0]]
    assert f"{room}.".startswith(f"orebook.checks.{folder}.")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_fine_examples_are_fine_for_every_other_rule(rule: Rule) -> None:
    """What one page calls fine, no other rule calls impossible."""
    for example in rule.examples("Fine"):
        findings = all_findings(rule.code, example)
        assert not [finding for finding in findings if finding.grade == "error"], findings


def test_selecting_and_ignoring() -> None:
    """Codes and their beginnings choose the rules that run."""
    example = catalogue()["F101"].examples("Flagged")[0]
    reading = read_text("example.md", example)
    assert {finding.code for finding in check(reading, select=["F1"])} == {"F101"}
    assert not check(reading, select=["F101"], ignore=["F10"])


def test_findings_are_sorted_and_said_once() -> None:
    """Findings come in the order of the document, none twice."""
    example = "\n\n".join(catalogue()[code].examples("Flagged")[0] for code in ("F101", "F107", "F603"))
    findings = check(read_text("example.md", example))
    starts = [finding.sources[0].start for finding in findings]
    assert starts == sorted(starts) and len(set(findings)) == len(findings)


def test_the_seed_releases(shared: Path) -> None:
    """Of four releases that were gone through by hand, the six confirmed errors are found and no other."""
    findings = [
        finding
        for file in sorted((shared / "releases" / "seeds").glob("*.txt"))
        for finding in check(read_text(file.name, file.read_text(encoding="utf-8")))
    ]
    errors = Counter(finding.code for finding in findings if finding.grade == "error")
    assert errors == Counter({"F114": 2, "F107": 1, "F501": 1, "F504": 1, "F602": 1})
    milder = {finding.code for finding in findings if finding.grade != "error"}
    documents, facts = {"D106", "D107", "D108", "D110", "D111"}, {"F113", "F118", "F119", "F120", "F121", "F122"}
    assert milder >= documents | facts


def test_samples_of_a_run_on_table_below_the_hole() -> None:
    """The deepest sample of a hole is compared with its depth, even where the grades of the table cannot be told."""
    collars = " ".join(f"TB{n:03} RC 4123{n} 61712{n} 31{n % 10} 90 -60 {n}" for n in range(40, 52))
    samples = " ".join(f"TB{n:03} {n - 1} {n} 0.{n} 1{n} 2" for n in range(40, 51))
    text = (
        "Ingle Gold reports final metres at Tarn Beck\n\nTable 1 Collars Hole ID Type Easting Northing RL Azimuth Dip"
        f" Depth {collars} Table 2 Last samples Hole ID From To Au Ag As Sb Bi {samples} TB051 58 59 0.51 151 2\n"
    )
    found = [finding for finding in check(read_text("a.txt", text)) if finding.code == "F103"]
    assert [finding.message for finding in found] == [
        "TB051, 58 to 59 m ends below the end of the hole, which is 51 m deep"
    ]


def test_a_total_is_not_compared_when_a_row_was_not_understood() -> None:
    """The row that nobody read may be what is missing from the sum."""
    rows = ["Fell 2.0 1.50 96", "Crag 3.0 1.20 116", "Tarn 1.0 1.10 35", "Beck 4.0 0.90 116", "Total 11.0 1.13 363"]
    table = "| Deposit | Category | Tonnes (Mt) | Grade (g/t Au) | Gold (koz) |\n|---|---|---|---|---|\n" + "\n".join(
        f"| {name} | Inferred | {' | '.join(figures)} |" for name, *figures in (row.split() for row in rows)
    )
    reading = read_text("a.md", f"Hazel Gold updates its resource\n\n{table}\n")
    whole = [finding.code for finding in check(reading)]
    assert "F202" in whole
    again = read_text("a.md", f"Hazel Gold updates its resource\n\n{table}\n")
    again.records = [record for record in again.records if record.about.get("deposit") != "Tarn"]
    assert "F202" not in [finding.code for finding in check(again)]


def test_a_sentence_may_mean_a_part_that_a_table_has() -> None:
    """Sales of a segment that the sentence does not name as one are no other figure for those of the company."""
    reading = read_text(
        "a.md",
        "Alder Copper Corp. reports third quarter results\n\n"
        "| (in millions of US$) | Three Months Ended September 30, 2019 |\n|---|---|\n| Revenues | 61.0 |\n",
    )
    (total,) = [fact for fact in reading.facts if fact.measure == "finance.revenues"]
    part = Fact(
        total.measure, replace(total.figure, value=Decimal("48.0")), {**total.about, "subject": "Zinc"}, total.source
    )
    said = Fact(part.measure, part.figure, {**total.about, "place": "text"}, total.source)
    for facts, wrong in (([total, said], True), ([total, part, said], False)):
        reading.records = [Record("financial", {}, [fact], fact.source) for fact in facts]
        vars(reading).pop("facts", None)
        assert any(finding.code == "F601" for finding in check(reading)) is wrong


@pytest.mark.parametrize(("basis", "found"), [("(100% basis) ", 0), ("", 1)], ids=["said", "unsaid"])
def test_words_near_a_figure_are_words_not_marks(basis: str, found: int) -> None:
    """A page whose sentences are full of marks says its basis as near to the figure as one without them."""
    marks = '<data data-address="{}" value="1">'.format("x" * 200)
    page = (
        "<h1>Tor Metals reports third quarter production</h1><p>Tor Metals owns 60% of the Stang copper mine.</p>"
        f"<p>Copper production of the Stang mine {basis}was {marks}10.4 million pounds</data> in the third quarter of "
        "2019.</p>"
    )
    assert len(check(read_text("page.html", page), select=["D108"])) == found
