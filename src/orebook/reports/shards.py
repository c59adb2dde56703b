"""Shards: facts and records of documents as tables with fixed columns, in Parquet; the foot says what they came from.

``shapes.csv`` names the columns (``fact_table``, ``record_table``). The foot of a shard names its documents, those that
say nothing among them, so that a folder of shards knows what it holds without any other file.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any, Literal, NamedTuple

import polars as pl

from orebook.ground.fact import Record
from orebook.reading.records import as_key
from orebook.reports.results import Facts, Records, Stand
from orebook.reports.rows import fact_row
from orebook.reports.shapes import Shape, fields

Kind = Literal["facts", "records"]

SHAPES: dict[Kind, str] = {"facts": "fact_table", "records": "record_table"}
"""The shape of the rows of each kind of table."""

_FOOT = "orebook"
_ROW_GROUP = 100_000
_BOX = pl.Struct({"page": pl.Int64, **dict.fromkeys(("left", "top", "right", "bottom"), pl.Float64), "part": pl.String})
_GRADE = pl.Struct(
    {"analyte": pl.String, "value": pl.Float64, "unit": pl.String, "printed": pl.String, "sign": pl.String}
)
_TYPES: dict[str, Any] = {
    "text": pl.String,
    "number": pl.Float64,
    "whole": pl.Int64,
    "truth": pl.Boolean,
    "boxes": pl.List(_BOX),
    "grades": pl.List(_GRADE),
}


class Entry(NamedTuple):
    """A document in a shard: the SHA-256 of its bytes, the key of its place, its name, its rows, and a remark."""

    sha256: str
    key: str
    name: str
    rows: int
    remark: str


class Foot(NamedTuple):
    """What a shard says of itself: the fingerprint of the program that made it, and its documents."""

    code: str
    documents: tuple[Entry, ...]


class NoShardError(ValueError):
    """A file that is no shard of ours."""


@cache
def schema(kind: Kind) -> dict[str, Any]:
    """The columns of a kind of table with their types.

    >>> list(schema("facts"))[:4]
    ['doc', 'sha256', 'issuer', 'date']
    """
    return {field["field"]: _TYPES[field["type"]] for field in fields() if field["shape"] == SHAPES[kind]}


def rows(result: Facts | Records) -> list[Shape]:
    """The rows that one document gives, in its order."""
    return _fact_rows(result) if isinstance(result, Facts) else _record_rows(result)


def _fact_rows(result: Facts) -> list[Shape]:
    """A row for each fact; facts of one record carry its number."""
    head = result.head._asdict()
    return [
        _fitted("facts", {**fact_row(result.doc, fact), **head, **_placed(stand)})
        for fact, stand in zip_longest(result.facts, result.stands)
    ]


def _record_rows(result: Records) -> list[Shape]:
    """A row for each record; an included intercept carries the number of the one that holds it."""
    numbers = {id(record): number for number, record in enumerate(result.records, 1)}
    head = {"doc": result.doc, **result.head._asdict()}
    return [
        _fitted("records", _record_row(record) | head | _placed(stand) | {"parent": numbers.get(id(record.parent))})
        for record, stand in zip_longest(result.records, result.stands)
    ]


def _record_row(record: Record) -> Shape:
    said = as_key(record)
    about = {key: value for key, value in record.about.items() if key in schema("records")}
    low, high = _ends(said.get("value"))
    row: Shape = {**about, **said, "place": said.get("source"), "value": low, "value_high": high}
    row["read_by"] = record.read_by
    return row | {"line": record.source.line, "fields": json.dumps(said, ensure_ascii=False)}


def _ends(value: object) -> tuple[object, object]:
    """A value, or the two ends of a range."""
    return (value[0], value[1]) if isinstance(value, list) and len(value) == 2 else (value, None)


def _placed(stand: Stand | None) -> Shape:
    """The record and its kind, and where it stands: the first box or part, and all of them where there are more."""
    if stand is None:
        return {}
    told: Shape = {"record": stand.record, "kind": stand.kind, "origin": "native", "sure": stand.sure}
    boxes: list[Shape] = [
        {"page": place.page or None, **(place.box._asdict() if place.box else {}), "part": place.where or None}
        for place in stand.places
    ]
    if boxes:
        others = (place.origin for place in stand.places if place.origin != "native")
        told |= {**boxes[0], "origin": next(others, "native"), "boxes": boxes if len(boxes) > 1 else None}
    return told


def _fitted(kind: Kind, row: Shape) -> Shape:
    """A row with the columns of its table; what is empty, or of another type than its column, is missing."""
    return {column: _FITS.get(type_, _nested)(row.get(column)) for column, type_ in schema(kind).items()}


def _text(value: object) -> str | None:
    """A text as UTF-8, whatever a file name may hold."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) and value else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _nested(value: object) -> object:
    """A list of structures with texts as texts and numbers as numbers."""
    if not isinstance(value, list) or not value:
        return None
    return [{key: _FITS[_INNER[key]](said) for key, said in one.items() if key in _INNER} for one in value]


_FITS: dict[Any, Callable[[object], object]] = {
    pl.String: _text,
    pl.Float64: _number,
    pl.Int64: lambda value: value,
    pl.Boolean: bool,
}
_INNER: dict[str, Any] = {field.name: field.dtype for struct in (_BOX, _GRADE) for field in struct.fields}


def frame(kind: Kind, rows: Iterable[Shape]) -> pl.DataFrame:
    """Rows as a table."""
    return pl.DataFrame(list(rows), schema=schema(kind), orient="row")


def parquet(kind: Kind, rows: Iterable[Shape], foot: Foot | None = None) -> bytes:
    """A table as a Parquet file; the same rows and the same foot make the same bytes."""
    return _written(frame(kind, rows), foot)


def foot(file: Path) -> Foot:
    """What a shard says of itself.

    Raises ``NoShardError`` for a file that is none.
    """
    try:
        said = json.loads(pl.read_parquet_metadata(file)[_FOOT])
        return Foot(said["code"], tuple(Entry(*entry) for entry in said["documents"]))
    except (pl.exceptions.PolarsError, KeyError, ValueError, TypeError) as problem:
        raise NoShardError(f"{file}: no shard of orebook ({type(problem).__name__})") from None


def without(file: Path, gone: set[str]) -> bytes:
    """A shard without some documents, named by their SHA-256."""
    said = foot(file)
    kept = tuple(entry for entry in said.documents if entry.sha256 not in gone)
    return _written(pl.read_parquet(file).filter(~pl.col("sha256").is_in(sorted(gone))), said._replace(documents=kept))


def _written(table: pl.DataFrame, foot: Foot | None) -> bytes:
    file = BytesIO()
    said = None if foot is None else {_FOOT: json.dumps(foot._asdict(), ensure_ascii=False)}
    table.write_parquet(file, metadata=said)
    return file.getvalue()


def joined(kind: Kind, files: Sequence[Path], wanted: Iterable[str] | None, file: Path) -> None:
    """Write the rows of many shards as one file, in their order; only those of some documents where they are named."""
    table = pl.scan_parquet(list(files)) if files else frame(kind, ()).lazy()
    if wanted is not None:
        table = table.filter(pl.col("sha256").is_in(sorted(wanted)))
    table.sink_parquet(file, row_group_size=_ROW_GROUP)
