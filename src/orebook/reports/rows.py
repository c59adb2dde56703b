"""Rows: results as flat tables for spreadsheets and data frames. ``shapes.csv`` names the columns."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from orebook.ground.fact import Fact, Words
from orebook.ground.finding import Finding
from orebook.ground.source import Document
from orebook.reports.results import Stand
from orebook.reports.shapes import Shape, fields, finding
from orebook.reports.standing import PLACED, columns, places_of

_NUMBER = re.compile(r"[-+]?[\d.]+(?:E[-+]?\d+)?")
_OURS = frozenset({"doc", "more", "number", "read_by", *PLACED})
"""Columns that hold nothing of what a fact is about, should it be about something of that name."""

_OBEYED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def header(name: str) -> list[str]:
    """The columns of a kind of row.

    >>> header("finding_row")[:4]
    ['doc', 'line', 'column', 'code']
    """
    return [field["field"] for field in fields() if field["shape"] == name]


def types(name: str) -> dict[str, str]:
    """The type of each column of a kind of row: text, number or whole."""
    return {field["field"]: field["type"] for field in fields() if field["shape"] == name}


def fact_row(doc: str, fact: Fact, stand: Stand | None = None) -> Shape:
    """A fact as one flat row; what it is about has a column of its own for the common keys."""
    number = None if isinstance(fact.figure, Words) else float(fact.figure.value)
    row: Shape = dict.fromkeys(header("fact_row"), "")
    row |= {"doc": doc, "measure": fact.measure, "value": fact.figure.digits, "number": number}
    row |= {"unit": fact.figure.unit, "sign": fact.figure.sign}
    source = fact.source
    more = {key: value for key, value in fact.about.items() if key not in row or key in _OURS}
    row |= {key: value for key, value in fact.about.items() if key not in more}
    row["read_by"] = fact.read_by
    row |= {"line": source.line, "start": source.start, "end": source.end, "quote": source.quote}
    row |= {"more": json.dumps(more, ensure_ascii=False) if more else ""}
    return row | dict.fromkeys(PLACED) | columns(stand.places if stand is not None else ())


def finding_row(document: Document, found: Finding) -> Shape:
    """A finding as one flat row, under the place to mend first."""
    shape = finding(document, found)
    row: Shape = dict.fromkeys(header("finding_row"), "")
    row |= {key: shape[key] for key in ("doc", "code", "grade", "message", "basis", "help")}
    first, *others = found.sources or (document.source(0, 0),)
    row |= {"line": first.line, "column": document.column(first.start)}
    row |= {"start": first.start, "end": first.end, "quote": first.quote}
    row |= dict.fromkeys(PLACED) | columns(places_of(document, first))
    allowed = shape["expected"] if isinstance(shape["expected"], dict) else {}
    row |= {f"expected_{key}": allowed.get(key) for key in ("low", "high", "unit")}
    places = (str(one.line) if one.doc == document.name or not document.text else str(one) for one in others)
    row["assisted"] = "yes" if found.assisted else ""
    row["other_lines"] = " ".join(dict.fromkeys(places))
    return {column: row[column] for column in header("finding_row")}


def csv_lines(name: str, rows: Iterable[Shape]) -> Iterator[str]:
    """Yield a table as CSV, header first, one row at a time."""
    sheet = StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(header(name))
    for row in rows:
        yield sheet.getvalue()
        sheet.seek(0)
        sheet.truncate()
        writer.writerow([cell(value) for value in row.values()])
    yield sheet.getvalue()


def cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula and no terminal obeys.

    Words like a formula get an apostrophe in front, numbers stay; what would move a cursor becomes a point.

    >>> cell("=1+1"), cell("-6.5"), cell("@home"), cell("\\x1b[2J"), cell(None)
    ("'=1+1", '-6.5', "'@home", '·[2J', '')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        value = _OBEYED.sub("·", value)
        return f"'{value}" if value.startswith(_FORMULA) and not _NUMBER.fullmatch(value) else value
    return value
