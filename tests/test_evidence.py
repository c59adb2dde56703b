"""Evidence: whoever is given a fact or finding can open the file and look: page and box, part, characters, quote."""

import csv
import io
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from jsonschema import Draft202012Validator

from orebook.checks import check
from orebook.desk.inputs import Input, opened
from orebook.desk.said import facts_of, records_of
from orebook.ground.source import Document
from orebook.reading.read import read_bytes
from orebook.reports.facts import annotations, jsonl, parquet
from orebook.reports.facts import csv as facts_csv
from orebook.reports.facts import json as facts_json
from orebook.reports.facts import table as facts_table
from orebook.reports.findings import csv as findings_csv
from orebook.reports.findings import github, sarif, text
from orebook.reports.findings import jsonl as findings_jsonl
from orebook.reports.paper import Paper as Sheet
from orebook.reports.records import jsonl as records_jsonl
from orebook.reports.results import Checked, Facts, Records
from orebook.reports.trouble import Trouble
from pdf_paper import Paper
from word_paper import packed, paragraph, row, table

SCHEMAS = Path(__file__).parents[1] / "docs" / "schemas"
SHEET = Sheet()
ROWS = [
    ["Hole", "From (m)", "To (m)", "Interval (m)", "Au (g/t)"],
    ["NX-1", "10.0", "22.0", "14.0", "1.50"],
    ["NX-2", "3.0", "4.5", "1.5", "2.20"],
]


def word_file() -> bytes:
    """A release of a word processor; the first interval is longer than its depths allow."""
    return packed(paragraph("Table 1: Drill intercepts") + table(*(row(*cells) for cells in ROWS)))


def pdf_file() -> bytes:
    """The same as a PDF, on its second page."""
    paper = Paper()
    paper.page().words(72, 100, "Lark Metals Drills the North Zone", 16, bold=True)
    page = paper.page()
    page.words(72, 80, "Table 1: Drill intercepts")
    page.rows(110, ROWS, [72, 200, 280, 380, 460])
    return paper.data()


FILES = {"release.docx": word_file, "release.pdf": pdf_file}


@pytest.fixture(params=sorted(FILES))
def file(request: pytest.FixtureRequest) -> Input:
    """A file that is no text."""
    return Input(request.param, FILES[request.param]())


def read(file: Input) -> tuple[Facts, Records, Document]:
    """The facts and records of a file, and its document."""
    found = opened(file)
    assert not isinstance(found, Trouble)
    return facts_of(found), records_of(found), found.reading.document


def checked(file: Input) -> Checked:
    """A file with what the rules notice in it."""
    reading = read_bytes(file.name, file.data or b"")
    return Checked(reading.document, tuple(check(reading)))


def valid(name: str, instance: object) -> None:
    """Fail unless an object is what its schema says."""
    Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))).validate(instance)


def of(found: list[dict[str, object]], digits: str) -> dict[str, object]:
    """The grade with some digits."""
    return next(one for one in found if one["measure"] == "drilling.grade" and one["value"] == digits)


def is_right(name: str, page: object, box: object, part: object) -> None:
    """Fail unless a place is that of the grade in the last row."""
    if name.endswith(".pdf"):
        assert page == 2 and not part and isinstance(box, list)
        left, top, right, bottom = box
        assert 400 < left < right <= 461 and 130 < top < bottom < 146
    else:
        assert not page and box is None and part == "table 1, row 3, cell 5"


def test_facts_as_json_lead_to_the_page_and_to_the_text(file: Input) -> None:
    """Each fact has its places beside its characters, and the hash of the text that the characters count in."""
    facts, _, document = read(file)
    lines = [json.loads(line) for line in jsonl.page([facts], SHEET)]
    for line in lines:
        valid("fact", line)
        source = line["source"]
        assert document.text[source["start"] : source["end"]] == source["quote"]
        assert line["text_sha256"] == sha256(document.text.encode()).hexdigest()
        assert line["sha256"] == sha256(file.data or b"").hexdigest()
        assert source["places"]
    (place,) = of(lines, "2.20")["source"]["places"]  # type: ignore[index]
    assert place["origin"] == "native"
    is_right(file.name, place.get("page"), place.get("box"), place.get("part"))
    whole = json.loads("".join(facts_json.page([facts], SHEET)))
    valid("facts", whole)
    assert whole["facts"] == lines


def test_records_as_json_have_places(file: Input) -> None:
    """An intercept stands in all the cells of its row."""
    _, records, _ = read(file)
    lines = [json.loads(line) for line in records_jsonl.page([records], SHEET)]
    for line in lines:
        valid("record", line)
    places = lines[-1]["places"]
    if file.name.endswith(".pdf"):
        assert [place["page"] for place in places] == [2]
    else:
        assert [place["part"] for place in places] == [f"table 1, row 3, cell {at}" for at in range(1, 6)]


def test_flat_rows_say_the_same_places(file: Input) -> None:
    """CSV and Parquet have a column for each edge of the box, the page, and the part."""
    facts, _, document = read(file)
    flat = list(csv.DictReader(io.StringIO("".join(facts_csv.page([facts], SHEET)))))
    stored = pl.read_parquet(io.BytesIO(b"".join(parquet.page([facts], SHEET)))).to_dicts()
    line, one = of(flat, "2.20"), of(stored, "2.20")  # type: ignore[arg-type]
    edges = ("left", "top", "right", "bottom")
    box = [float(str(line[edge])) for edge in edges] if line["left"] else None
    is_right(file.name, int(str(line["page"])) if line["page"] else None, box, line["part"])
    assert line["origin"] == one["origin"] == "native"
    assert [one["page"], one["part"]] == [int(str(line["page"])) if line["page"] else None, line["part"] or None]
    assert box is None or [one[edge] for edge in edges] == pytest.approx(box, abs=0.01)
    assert {row["text_sha256"] for row in stored} == {sha256(document.text.encode()).hexdigest()}


def test_people_are_told_the_page_or_the_part(file: Input) -> None:
    """The table for people has places where lines are none of the file."""
    facts, _, _ = read(file)
    shown = "".join(facts_table.page([facts], SHEET)).splitlines()
    assert shown[1].split()[0] == "place"
    assert any(line.strip().startswith(("page 2", "table 1, row 3, cell 5")) and "2.20 g/t" in line for line in shown)


def test_findings_lead_to_the_page(file: Input) -> None:
    """A finding names page or part instead of a line of a text that its reader does not have."""
    found = checked(file)
    assert [finding.code for finding in found.findings] == ["F101"]
    where = "page 2" if file.name.endswith(".pdf") else "table 1, row 2, cell 4"
    assert "".join(text.page([found], SHEET)).startswith(f"{file.name}, {where}: error F101 ")
    command = "".join(github.page([found], SHEET))
    assert command.startswith(f"::error file={file.name},title=F101::{where}: ") and "line=" not in command
    line = json.loads("".join(findings_jsonl.page([found], SHEET)))
    valid("finding", line)
    assert line["text_sha256"] == sha256(found.document.text.encode()).hexdigest()
    first = line["sources"][0]["places"][0]
    assert where in (f"page {first.get('page')}", first.get("part"))
    (flat,) = csv.DictReader(io.StringIO("".join(findings_csv.page([found], SHEET))))
    assert where in (f"page {flat['page']}", flat["part"])


def test_findings_for_code_scanners_have_pages_and_boxes(file: Input) -> None:
    """SARIF has regions of lines for texts only; a page is a logical place, its boxes are properties."""
    log = json.loads("".join(sarif.page([checked(file)], SHEET)))
    (result,) = log["runs"][0]["results"]
    for location in (*result["locations"], *result["relatedLocations"]):
        assert "region" not in location["physicalLocation"]
        (spot,) = location["logicalLocations"]
        (place,) = location["properties"]["places"]
        if file.name.endswith(".pdf"):
            assert spot == {"name": "page 2", "kind": "page"} and len(place["box"]) == 4
        else:
            assert spot["name"].startswith("table 1, row 2, cell") and spot["kind"] == "part"


def test_annotations_find_their_quotes_again(file: Input) -> None:
    """The words before and after a quote find it, its characters are it, its fragment is its page and box."""
    facts, _, document = read(file)
    whole = json.loads("".join(annotations.page([facts], SHEET)))
    assert whole["type"] == "AnnotationPage" and whole["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert len(whole["items"]) == len(facts.facts) == len({item["id"] for item in whole["items"]})
    for item in whole["items"]:
        source, (quote, position, *fragments) = item["target"]["source"], item["target"]["selector"]
        assert source["textSha256"] == sha256(document.text.encode()).hexdigest()
        assert document.text[position["start"] : position["end"]] == quote["exact"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert document.text.find(around) == position["start"] - len(quote["prefix"])
        if file.name.endswith(".pdf"):
            assert fragments[0]["value"] in ("page=1", "page=2")
            assert fragments[0]["refinedBy"]["value"].startswith("xywh=")
        else:
            assert not fragments
    said = [body["value"] for item in whole["items"] for body in item["body"] if body["purpose"] == "tagging"]
    assert said == [fact.measure for fact in facts.facts]


def test_texts_have_no_places_but_lines() -> None:
    """Where the file is the text nothing is added: line, characters and quote say all."""
    facts, _, _ = read(Input("a.txt", b"Hole NX-1 cut 12.0 m grading 1.50 g/t gold.\n"))
    line = of([json.loads(line) for line in jsonl.page([facts], SHEET)], "1.50")
    assert set(line["source"]) == {"line", "start", "end", "quote"}  # type: ignore[call-overload]
    assert "".join(facts_table.page([facts], SHEET)).splitlines()[1].split()[0] == "line"
    whole = json.loads("".join(annotations.page([facts], SHEET)))
    assert all(len(item["target"]["selector"]) == 2 for item in whole["items"])


def test_nothing_is_an_annotation_page_too() -> None:
    """Without facts there is still a valid page."""
    assert json.loads("".join(annotations.page([], SHEET)))["items"] == []


@pytest.mark.parametrize("made", FILES.values(), ids=sorted(FILES))
def test_a_text_is_the_same_whenever_it_is_written(made: Callable[[], bytes]) -> None:
    """Two readings of a file give one text and the same places."""
    data = made()
    one, two = (read_bytes("release", data).document for _ in range(2))
    assert one.text == two.text
    ends = range(0, len(one.text), 7)
    assert [one.places(0, end) for end in ends] == [two.places(0, end) for end in ends]
