"""Rows: remembered releases as one table of Parquet, and back.

The column ``row`` says what a row holds: ``release`` (who, when, the sketch of the text), ``record`` (what a record is
about, and the row or sentence that says it), ``fact`` (a figure of the record before it), ``saying``. Under ``meets`` a
record is looked up, so that of thousands of releases only those rows are made into records that the new release can
meet.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from orebook.checks.issuers import Issuer
from orebook.checks.remembered import HOLE, Kept, Remembered, meets
from orebook.checks.sayings import Saying
from orebook.ground.fact import Fact, Words
from orebook.ground.figure import Figure
from orebook.ground.source import Source
from orebook.reading.drilling.hole_names import bare

SCHEMA: Mapping[str, Any] = {
    "row": pl.String,
    "doc": pl.String,
    "issuer": pl.String,
    "date": pl.String,
    "record": pl.Int32,
    "kind": pl.String,
    "meets": pl.String,
    "about": pl.String,
    "measure": pl.String,
    "value": pl.String,
    "unit": pl.String,
    "sign": pl.String,
    "words": pl.Boolean,
    "line": pl.Int32,
    "start": pl.Int32,
    "end": pl.Int32,
    "quote": pl.String,
    "around": pl.String,
    "sha256": pl.String,
    "form": pl.String,
    "tickers": pl.List(pl.String),
    "former": pl.List(pl.String),
    "length": pl.Int32,
    "sketch": pl.List(pl.UInt64),
}
"""The columns. ``value`` has the digits as printed; ``length`` counts the words of the document."""

Row = dict[str, Any]


def table(releases: Iterable[Remembered]) -> pl.DataFrame:
    """Releases as a table."""
    rows = [row for release in releases for row in _rows(release)]
    return pl.DataFrame([{name: row.get(name) for name in SCHEMA} for row in rows], schema=dict(SCHEMA))


def _rows(release: Remembered) -> Iterator[Row]:
    own = {"doc": _storable(release.doc), "issuer": release.issuer.name, "date": release.day}
    yield own | {
        "row": "release", "sha256": release.digest, "form": release.issuer.form, "length": release.words,
        "tickers": list(release.issuer.tickers), "former": list(release.issuer.former), "sketch": list(release.sketch),
    }  # fmt: skip
    for number, record in enumerate(release.records):
        same = own | {"record": number, "kind": record.kind, "meets": meets(record)}
        yield (
            same
            | {"row": "record", "about": _json(record.about), "around": _storable(record.around)}
            | _place(record.source)
        )
        for fact in record.facts:
            more = {key: value for key, value in fact.about.items() if record.about.get(key) != value}
            said: Row = {"measure": fact.measure, "unit": fact.figure.unit, "sign": fact.figure.sign}
            value = fact.figure.value if isinstance(fact.figure, Words) else str(fact.figure.value)
            said |= {"value": _storable(value), "words": isinstance(fact.figure, Words), "about": _json(more)}
            yield same | {"row": "fact"} | said | _place(fact.source)
    for saying in release.sayings:
        yield own | {"row": "saying", "kind": saying.kind, "about": saying.about} | _place(saying.source)


def _place(source: Source) -> Row:
    return {"line": source.line, "start": source.start, "end": source.end, "quote": _storable(source.quote)}


def _json(words: Mapping[str, str]) -> str:
    return _storable(json.dumps(dict(words), ensure_ascii=False)) if words else ""


def _storable(words: str) -> str:
    """Words as UTF-8, whatever a file name may hold."""
    return words.encode("utf-8", "backslashreplace").decode()


def releases(table: pl.DataFrame, meeting: Collection[str] | None = None) -> list[Remembered]:
    """The releases that a table holds.

    With ``meeting`` only the records that are looked up under one of these; and of a release that tells of one of the
    holes all its holes, for it matters which are missing; and the holes whose results somebody waits for.
    """
    wanted = table if meeting is None else _that_meet(table, meeting)
    heads: dict[str, Row] = {}
    records: dict[str, list[Kept]] = defaultdict(list)
    sayings: dict[str, list[Saying]] = defaultdict(list)
    for row in wanted.iter_rows(named=True):
        if row["row"] == "release":
            heads[row["doc"]] = row
        elif row["row"] == "record":
            about = json.loads(row["about"]) if row["about"] else {}
            records[row["doc"]].append(Kept(row["kind"], about, [], _source(row), around=row["around"]))
        elif row["row"] == "fact":
            record = records[row["doc"]][-1]
            record.facts.append(_fact(row, record.about))
        else:
            sayings[row["doc"]].append(Saying(row["kind"], row["about"], _source(row)))
    return [_release(head, records[doc], sayings[doc]) for doc, head in heads.items()]


def _that_meet(table: pl.DataFrame, meeting: Collection[str]) -> pl.DataFrame:
    """The rows of a table that a new release can meet."""
    waited = table.filter((pl.col("row") == "saying") & (pl.col("kind") == "pending"))["about"].unique()
    keys = {*meeting, *(f"{HOLE} {bare(name)}" for name in waited)}
    met, hole = pl.col("meets").is_in(list(keys)), pl.col("meets").str.starts_with(f"{HOLE} ")
    beside = table.filter(pl.col("meets").is_in(list(meeting)) & hole)["doc"].unique().to_list()
    return table.filter(pl.col("meets").is_null() | met | (hole & pl.col("doc").is_in(beside)))


def _fact(row: Row, shared: Mapping[str, str]) -> Fact:
    more = json.loads(row["about"]) if row["about"] else {}
    value, unit, sign = row["value"], row["unit"], row["sign"]
    figure = Words(value, unit, sign) if row["words"] else Figure(Decimal(value), unit, sign)
    return Fact(row["measure"], figure, {**shared, **more}, _source(row))


def _source(row: Row) -> Source:
    return Source(row["doc"], row["line"], row["start"], row["end"], row["quote"])


def _release(head: Row, records: list[Kept], sayings: list[Saying]) -> Remembered:
    issuer = Issuer(head["issuer"], head["form"], tuple(head["tickers"]), tuple(head["former"]))
    return Remembered(
        head["doc"], head["sha256"], issuer, head["date"], head["length"], tuple(head["sketch"]),
        tuple(records), tuple(sayings),
    )  # fmt: skip
