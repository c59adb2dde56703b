"""What programs are given: each format says the same, validly, and nothing in it can be taken for something else."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from jsonschema import Draft202012Validator

from orebook.checks import catalogue
from orebook.ground.fact import Fact, Words
from orebook.ground.figure import Figure
from orebook.ground.finding import Finding
from orebook.ground.range import Range
from orebook.ground.source import Box, Document, Place
from orebook.reports.excerpt import excerpts
from orebook.reports.facts import csv as facts_csv
from orebook.reports.facts import json as facts_json
from orebook.reports.facts import jsonl as facts_jsonl
from orebook.reports.facts import parquet, table
from orebook.reports.findings import csv as findings_csv
from orebook.reports.findings import github, sarif, text
from orebook.reports.findings import json as findings_json
from orebook.reports.findings import jsonl as findings_jsonl
from orebook.reports.paper import Paper, columns
from orebook.reports.results import Checked, Facts, Head, Stand, Suppressed
from orebook.reports.trouble import Trouble

SCHEMAS = Path(__file__).parents[1] / "docs" / "schemas"
PAPER = Paper()
NOTE = Document("in, a: folder%/nöte 1.md", "Hole A-1 cut 12.0 m\nof -1.5 % and\t=2+2 m, not 14.0 m.\n")
TROUBLE = Trouble("gone.txt", "no such file", "look again")


def place(words: str):
    """The place of some words in the note."""
    at = NOTE.text.index(words)
    return NOTE.source(at, at + len(words))


FACTS = Facts(
    NOTE.name,
    (
        Fact(
            "drilling.length",
            Figure(Decimal("12.0"), "m"),
            {"hole": "=A-1", "from": "-3.5", "place": "text"},
            place("12.0 m"),
        ),
        Fact("finance.change", Figure(Decimal("-1.50"), "%", "~"), {"of": "finance.net_income"}, place("-1.5 %")),
        Fact("document.title", Words('@home, "said" he\n', "text"), {}, place("=2+2 m")),
    ),
)
FOUND = Finding(
    "F101",
    "error",
    "12.0 m, not 100%: 14.0 m",
    (place("14.0 m"), place("12.0 m")),
    Range("11.9500000000000000000001", "Infinity", "m"),
    "arithmetic",
)
CHECKED = Checked(
    NOTE, (FOUND, FOUND._replace(grade="note", expected=None)), (Suppressed(FOUND, "known", "orebook.toml:3"),), True
)


def valid(name: str, instance: object) -> None:
    """Fail unless an object is what its schema says."""
    schema = json.loads((SCHEMAS / f"{name}.json").read_text())
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(instance)


def test_facts_as_json_lines() -> None:
    """Each line is valid, and a value has the digits that were printed."""
    lines = [json.loads(line) for line in facts_jsonl.page([FACTS, TROUBLE], PAPER)]
    for line in lines:
        valid("fact", line)
    assert [line["value"] for line in lines] == ["12.0", "-1.50", '@home, "said" he\n']
    assert lines[1]["sign"] == "~"
    assert lines[0]["source"] == {"line": 1, "start": 13, "end": 19, "quote": "12.0 m"}


def test_facts_as_one_object() -> None:
    """The object holds the facts and what could not be used."""
    whole = json.loads("".join(facts_json.page([FACTS, TROUBLE], PAPER)))
    valid("facts", whole)
    assert len(whole["facts"]) == 3 and whole["troubles"] == [TROUBLE._asdict()]


def test_nothing_is_an_object_too() -> None:
    """Without results there is still a valid object, a header, a file."""
    valid("facts", json.loads("".join(facts_json.page([], PAPER))))
    valid("findings", json.loads("".join(findings_json.page([], PAPER))))
    assert "".join(facts_csv.page([], PAPER)).startswith("doc,measure,value,number,unit")
    assert pl.read_parquet(io.BytesIO(b"".join(parquet.page([], PAPER)))).shape[0] == 0


def test_findings_as_json() -> None:
    """Findings are valid; an open end of what would agree is null, the other is rounded outwards."""
    lines = [json.loads(line) for line in findings_jsonl.page([CHECKED, TROUBLE], PAPER)]
    for line in lines:
        valid("finding", line)
    assert lines[0]["expected"] == {"low": "11.95", "high": None, "unit": "m"}
    assert lines[1]["expected"] is None
    valid("findings", json.loads("".join(findings_json.page([CHECKED, TROUBLE], PAPER))))


def test_no_cell_is_a_formula() -> None:
    """Words that a spreadsheet would run get an apostrophe; numbers stay numbers."""
    rows = list(csv.DictReader(io.StringIO("".join(facts_csv.page([FACTS], PAPER)))))
    assert [row["hole"] for row in rows] == ["'=A-1", "", ""]
    assert rows[0]["from"] == "-3.5" and rows[1]["value"] == "-1.50" and rows[1]["number"] == "-1.5"
    assert rows[1]["quote"] == "'-1.5 %" and rows[2]["value"].startswith("'@home")
    assert json.loads(rows[1]["more"]) == {"of": "finance.net_income"}


def test_findings_as_csv() -> None:
    """A finding is one row under its first place."""
    row = next(csv.DictReader(io.StringIO("".join(findings_csv.page([CHECKED, TROUBLE], PAPER)))))
    assert (row["line"], row["column"], row["quote"], row["other_lines"]) == ("2", "27", "14.0 m", "1")
    assert (row["expected_low"], row["expected_high"], row["expected_unit"]) == ("11.95", "", "m")


def test_facts_as_parquet() -> None:
    """The columns are those of the flat table, with numbers as numbers."""
    frame = pl.read_parquet(io.BytesIO(b"".join(parquet.page([FACTS, TROUBLE], PAPER))))
    assert frame["number"].to_list() == [12.0, -1.5, None]
    assert frame["hole"].to_list() == ["=A-1", None, None]
    assert frame["start"].dtype == pl.Int64


def test_places_in_parquet() -> None:
    """A fact has the box of its first line, all boxes where there are several, whose letters they are and how sure."""
    one, two = Place(3, Box(10, 20, 30.5, 32), "", "native"), Place(4, Box(10, 40, 20, 52), "", "ocr")
    stands = (Stand(1, "intercept", (one,)), Stand(1, "intercept", (one, two), 0.8), Stand(2, "document"))
    facts = Facts(FACTS.doc, FACTS.facts, head=Head("ab" * 32, "Ore Ltd.", "2025-03-01"), stands=stands)
    first, second, third = pl.read_parquet(io.BytesIO(b"".join(parquet.page([facts], PAPER)))).to_dicts()
    assert (first["page"], first["left"], first["right"], first["origin"], first["boxes"]) == (
        3,
        10,
        30.5,
        "native",
        None,
    )
    assert [box["page"] for box in second["boxes"]] == [3, 4] and (second["origin"], second["sure"]) == ("ocr", 0.8)
    assert third["page"] is None and (third["record"], third["issuer"], third["sure"]) == (2, "Ore Ltd.", 1.0)


def test_github_commands_cannot_be_broken() -> None:
    """Commas, colons, percents and line breaks in names and messages end no command."""
    first, second, third = github.page([CHECKED, TROUBLE], PAPER)
    where, what = "file=in%2C a%3A folder%25/nöte 1.md,line=2,col=27,endColumn=33", "12.0 m, not 100%25: 14.0 m"
    assert first == f"::error {where},title=F101::{what}\n"
    assert second.startswith("::notice ")
    assert third.startswith("::error file=gone.txt,title=unusable::")


SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {"$ref": "#/$defs/run"}},
    },
    "additionalProperties": False,
    "$defs": {
        "run": {
            "type": "object",
            "required": ["tool", "results", "invocations", "columnKind"],
            "additionalProperties": False,
            "properties": {
                "tool": {
                    "type": "object",
                    "required": ["driver"],
                    "properties": {
                        "driver": {
                            "type": "object",
                            "required": ["name", "rules", "semanticVersion"],
                            "properties": {
                                "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}, "uniqueItems": True}
                            },
                        }
                    },
                },
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "invocations": {"type": "array", "items": {"required": ["executionSuccessful"]}},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "message": {
            "type": "object",
            "required": ["text"],
            "properties": {"text": {"type": "string", "minLength": 1}, "markdown": {"type": "string"}},
            "additionalProperties": False,
        },
        "rule": {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "string"},
                "name": {"type": "string"},
                "shortDescription": {"$ref": "#/$defs/message"},
                "fullDescription": {"$ref": "#/$defs/message"},
                "help": {"$ref": "#/$defs/message"},
                "properties": {"type": "object"},
            },
            "additionalProperties": False,
        },
        "result": {
            "type": "object",
            "required": ["message", "ruleId", "locations"],
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "message": {"$ref": "#/$defs/message"},
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
                "relatedLocations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
                "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
                "suppressions": {
                    "type": "array",
                    "items": {"required": ["kind"], "properties": {"kind": {"enum": ["inSource", "external"]}}},
                },
            },
            "additionalProperties": False,
        },
        "location": {
            "type": "object",
            "required": ["physicalLocation"],
            "properties": {
                "id": {"type": "integer"},
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation"],
                    "properties": {
                        "artifactLocation": {
                            "type": "object",
                            "properties": {"uri": {"type": "string", "pattern": "^[!-~]+$"}},
                        },
                        "region": {
                            "type": "object",
                            "required": ["startLine"],
                            "properties": {
                                "startLine": {"type": "integer", "minimum": 1},
                                "startColumn": {"type": "integer", "minimum": 1},
                                "endLine": {"type": "integer", "minimum": 1},
                                "endColumn": {"type": "integer", "minimum": 1},
                                "charOffset": {"type": "integer", "minimum": 0},
                                "charLength": {"type": "integer", "minimum": 0},
                                "snippet": {"required": ["text"]},
                            },
                            "additionalProperties": False,
                        },
                    },
                },
            },
        },
    },
}
"""The parts of SARIF 2.1.0 that we write, with what the standard requires of them."""


def test_sarif_is_valid() -> None:
    """The log is valid, declares every rule, keeps what is suppressed, and says what could not be used."""
    log = json.loads("".join(sarif.page([CHECKED, TROUBLE], PAPER)))
    Draft202012Validator(SARIF).validate(log)
    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == sorted(catalogue())
    assert [result.get("suppressions", [{}])[0].get("justification") for result in run["results"]] == [
        None,
        None,
        "known",
    ]
    assert run["invocations"][0]["executionSuccessful"] is False
    first = run["results"][0]
    assert (
        first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        == "in%2C%20a%3A%20folder%25/n%C3%B6te%201.md"
    )
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"]


def test_fingerprints_outlive_lines_above() -> None:
    """A finding is the same finding when a line is added above it."""
    moved = Document(NOTE.name, "New line.\n" + NOTE.text)
    places = tuple(moved.source(source.start + 10, source.end + 10) for source in FOUND.sources)
    later = Checked(moved, (FOUND._replace(sources=places),))
    before, after = (
        json.loads("".join(sarif.page([each], PAPER)))["runs"][0]["results"][0] for each in (CHECKED, later)
    )
    assert before["partialFingerprints"] == after["partialFingerprints"]
    assert before["locations"] != after["locations"]


def test_text_marks_every_place() -> None:
    """The place to mend first stands first; each place is underlined where it stands."""
    block = "".join(text.page([CHECKED], PAPER)).split("\n\n")[0].splitlines()
    assert block[0] == "in, a: folder%/nöte 1.md:2:27: error F101 12.0 m, not 100%: 14.0 m"
    assert block[1] == "2 | of -1.5 % and  =2+2 m, not 14.0 m."
    assert block[2] == "  |                            ^^^^^^"
    assert block[3:5] == ["1 | Hole A-1 cut 12.0 m", "  |              ^^^^^^"]
    assert block[5].startswith("  = would agree: at least 11.95")


@pytest.mark.parametrize("width", [30, 60, 100])
def test_long_lines_are_clipped_around_the_place(width: int) -> None:
    """However long the line and wherever the place, it is seen, marked, and the line fits."""
    filler = "wörd金 " * 30_000
    note = Document("long.txt", f"{filler}12.5 m{filler}9.9 m")
    for words in ("12.5 m", "9.9 m"):
        at = note.text.index(words)
        (part,) = excerpts(note, [note.source(at, at + len(words))], width)
        start = part.marks.index("^")
        assert columns(part.words) <= width * 2
        shown = "".join(char for char in part.words if char)
        assert words in shown and part.marks.strip() == "^" * len(words)
        assert columns(shown[: shown.index(words)]) == start


def test_a_place_across_lines_is_marked_at_both_ends() -> None:
    """A place that runs on is marked where it begins and where it ends."""
    note = Document("two.txt", "cut 12.0\nmetres of ore")
    parts = excerpts(note, [note.source(4, 15)], 60)
    assert [(part.line, part.marks) for part in parts] == [(1, "    ^^^^"), (2, "^^^^^^")]


def test_many_places_are_named_when_not_shown() -> None:
    """A finding with many places shows some lines and names the others."""
    note = Document("many.txt", "".join(f"row {number} m\n" for number in range(1, 41)))
    places = tuple(note.source(*note.line_span(number)) for number in range(1, 41))
    page = "".join(text.page([Checked(note, (FOUND._replace(sources=places),))], PAPER))
    assert "also line 7, 8, 9" in page and page.count("| ^") == 6


def test_facts_as_a_table() -> None:
    """A table for people fits its paper."""
    page = "".join(table.page([FACTS], Paper(width=60)))
    assert max(map(columns, page.splitlines())) <= 80
    assert "drilling.length" in page and "about -1.50 %" in page
