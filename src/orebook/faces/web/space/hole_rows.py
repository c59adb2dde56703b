"""Hole rows: the table of holes, each with its richest intersections and what validation found of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from orebook.book.folder import Book
from orebook.checks.tables import check_tables
from orebook.desk.answer import AskedWronglyError
from orebook.desk.drawing.holes_in_space import HolesInSpace
from orebook.desk.validate import opened
from orebook.faces.web.shelf import Shelf
from orebook.ground.finding import GRADES, Finding
from orebook.ground.schema import ORIGIN, schema

_PLACES = {"easting": 1, "northing": 1, "elevation": 1, "azimuth": 1, "dip": 1, "depth": 2}
_PAGE = 100
"""So many holes stand on one page."""

PROBLEMS, BEST = "problems", "best"
_MOST = 10_000
"""So many findings of one rule are told apart by their holes."""


@dataclass(frozen=True)
class Column:
    """A column of the table of holes: its name in the book, its head, and whether it holds numbers."""

    name: str
    head: str
    number: bool


@dataclass(frozen=True)
class HoleRows:
    """A page of the table of holes: what was sought and how it is sorted, the rows, and how many there are in all."""

    columns: Sequence[Column]
    rows: Sequence[Mapping[str, str]]
    found: int
    all: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.found // _PAGE))


def hole_rows(
    seen: HolesInSpace,
    problems: Mapping[str, Sequence[Finding]] | None,
    *,
    sought: str,
    sort: str,
    down: bool,
    page: int,
) -> HoleRows:
    """The holes whose row holds all sought words, in an order.

    Raises ``AskedWronglyError`` for a column that is not there.
    """
    columns = shown_columns(seen)
    table = seen.collars.join(_best(seen), on="hole", how="left", maintain_order="left")
    counts = {} if problems is None else {hole: len(each) for hole, each in problems.items()}
    worst = [float(counts.get(hole, 0)) for hole in table["hole"]]
    table = table.with_columns(pl.Series(PROBLEMS, worst, dtype=pl.Float64))
    if words := sought.lower().split():
        spoken = [each.name for each in columns if not each.number and each.name in table.columns]
        said = pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in spoken], separator=" ")
        hit = pl.all_horizontal(said.str.to_lowercase().str.contains(word, literal=True) for word in words)
        table = table.filter(hit)
    if sort:
        if sort not in (*(each.name for each in columns), PROBLEMS):
            raise AskedWronglyError(f"sort: holes have no column {sort!r}")
        by = "_metal" if sort == BEST else sort
        table = table.sort(by, descending=down, nulls_last=True, maintain_order=True)
    page = min(max(page, 1), max(1, -(-table.height // _PAGE)))
    rows = table.slice((page - 1) * _PAGE, _PAGE).iter_rows(named=True)
    return HoleRows(columns, [_said(row, columns) for row in rows], table.height, seen.collars.height, page)


def shown_columns(seen: HolesInSpace) -> list[Column]:
    """The columns of the collars that the table shows, and the best intersection."""
    length, found = seen.unit, []
    for each in schema("collars").columns:
        key = each.key(length)
        if key in seen.collars.columns and seen.collars[key].null_count() < seen.collars.height and key not in ORIGIN:
            unit = f" {length}" if each.unit == "m" else " °" if each.unit == "deg" else ""
            found.append(Column(key, f"{each.name}{unit}", each.type == "number"))
    best = [Column(BEST, "best intersection", False)] if seen.labelled is not None else []
    return [*found[:1], *best, *found[1:]]


def _best(seen: HolesInSpace) -> pl.DataFrame:
    """The intersection of each hole with most grade times length."""
    if seen.labelled is None or not seen.labelled.height:
        return pl.DataFrame(schema={"hole": pl.String, BEST: pl.String, "_metal": pl.Float64})
    first = seen.labelled.unique("hole", keep="first", maintain_order=True)
    return first.select("hole", pl.col("label").alias(BEST), pl.col("metal").cast(pl.Float64).alias("_metal"))


def _said(row: Mapping[str, object], columns: Sequence[Column]) -> dict[str, str]:
    said = {each.name: value_said(each.name, row[each.name]) for each in columns}
    return {**said, "hole": str(row["hole"]), PROBLEMS: f"{row[PROBLEMS]:.0f}"}


def value_said(name: str, value: object) -> str:
    """A value of a table as a page shows it."""
    if value is None:
        return ""
    if isinstance(value, float):
        places = _PLACES.get(name.rpartition("_")[0])
        return f"{value:,.{places}f}" if places is not None else f"{value:.6g}"
    return str(value)


def problems_of(shelf: Shelf) -> dict[str, list[Finding]]:
    """What validation found of each hole, the gravest first: of its rows in every table that names holes."""
    return shelf.kept("problems by hole", _problems)


def _problems(book: Book) -> dict[str, list[Finding]]:
    with book.still():
        tables = opened(book)
    owners = {tables.file(name): frame["hole"].to_list() for name, frame in tables.frames.items() if "hole" in frame}
    found: dict[str, list[Finding]] = {}
    for finding in check_tables(tables, (), (), most=_MOST):
        named = {
            str(owners[each.doc][each.line - 2])
            for each in finding.sources
            if each.doc in owners and 2 <= each.line < len(owners[each.doc]) + 2
        }
        for hole in named:
            found.setdefault(hole, []).append(finding)
    return {hole: sorted(each, key=lambda one: -GRADES.index(one.grade)) for hole, each in found.items()}
