"""Behind: the rows behind a figure of a tidy table, by what its result says that the figures rest on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from orebook.book.bench import Bench
from orebook.book.folder import Book
from orebook.book.origins import Origin, origins
from orebook.book.rests import RESTS, ROWS, Rest, said_of
from orebook.ground import units
from orebook.ground.schema import ORIGIN, schema, tables, unit_of

Figure = Mapping[str, Any]
Kept = Callable[[str], pl.DataFrame | None]
"""What gives a part of a result by its name, or says that there is none."""


@dataclass(frozen=True, slots=True)
class Behind:
    """Rows of one table on which a figure rests.

    ``rows`` have their position as ``row``, what tells them from others, the ``columns`` that take part, and where they
    came from. ``how`` says how the figure follows; ``again`` is what the rows give when it is done once more, in the
    unit of the figure, nothing where that cannot be said.
    """

    table: str
    rows: pl.DataFrame
    columns: tuple[str, ...]
    how: str
    again: float | None
    origins: tuple[Origin, ...]


def behind(book: Book, bench: Bench, kept: Kept, part: str, row: int, figure: Figure) -> Iterator[Behind]:
    """Yield the tables behind a figure, as its result says; nothing when it says nothing of it."""
    if (rows := kept(part + ROWS)) is not None:
        listed = rows.filter(pl.col("figure") == row)
        for (table,), some in listed.group_by("table", maintain_order=True):
            if (frame := _opened(bench, kept, str(table))) is not None:
                columns = tuple(" ".join(some["columns"].drop_nulls().unique(maintain_order=True)).split())
                picked = frame.join(some.select("row", "weight"), on="row", maintain_order="left")
                picked = picked if picked["weight"].null_count() < picked.height else picked.drop("weight")
                yield _shown(book, str(table), picked, columns, "", None)
    if (sayings := kept(part + RESTS)) is not None:
        for rest in said_of(sayings, figure):
            if (frame := _opened(bench, kept, rest.on)) is not None:
                columns = tuple(name for name in rest.columns if name in frame.columns)
                if rest.columns and not columns:
                    continue
                found = _chosen(frame, rest, figure)
                yield _shown(book, rest.on, found, columns, _words(rest), _again(found, columns, rest, figure))


def _opened(bench: Bench, kept: Kept, name: str) -> pl.DataFrame | None:
    """A table of the book or a part of a result, each row with its position; nothing when neither is there."""
    if name in tables():
        return bench.table(name)
    found = kept(name)
    return None if found is None else found.with_row_index("row").cast({"row": pl.Int64})


def _chosen(frame: pl.DataFrame, rest: Rest, figure: Figure) -> pl.DataFrame:
    """The rows that agree with a figure and belong to its days."""
    kept = pl.lit(value=True)
    for own, said in rest.same.items():
        name = said.removesuffix("?")
        if own in frame.columns and figure.get(name) is not None:
            agrees = pl.col(own) == figure[name]
            if name == said or frame.select(agrees.any()).item():
                kept &= agrees
    first, last = _days(frame, rest)
    start, end = figure.get("from_day"), figure.get("to_day")
    if rest.span != "any" and first and isinstance(start, date) and isinstance(end, date):
        if rest.span == "within":
            kept &= (pl.col(first) >= start) & (pl.col(last) <= end)
        elif rest.span == "touching":
            kept &= (pl.col(first) <= end) & (pl.col(last).is_null() | (pl.col(last) >= start))
        else:
            kept &= pl.col(first) <= end
    return frame.filter(kept.fill_null(value=False))


def _days(frame: pl.DataFrame, rest: Rest) -> tuple[str, str]:
    """The columns of the first and the last day of a row."""
    said = rest.days or tuple(name for name in ("from_day", "to_day") if name in frame.columns)
    said = said or tuple(name for name in frame.columns if frame.schema[name] == pl.Date)[:1]
    said = tuple(name for name in said if name in frame.columns)
    return (said[0], said[-1]) if said else ("", "")


def _again(rows: pl.DataFrame, columns: tuple[str, ...], rest: Rest, figure: Figure) -> float | None:
    """The figure once more from the rows, in its own unit."""
    if not columns or not rows.height or rest.how == "other":
        return None
    values = rows[columns[0]]
    if not values.dtype.is_numeric() or values.null_count() == len(values):
        return None
    made: float | None
    if rest.how == "mean":
        made = _mean(rows, columns)
    elif rest.how == "last":
        _, last = _days(rows, rest)
        made = (rows.sort(last, maintain_order=True) if last else rows)[columns[0]].drop_nulls()[-1]
    else:
        made = float(values.sum())
    if rest.how == "per_day" and made is not None:
        days = _count(figure)
        made = made / days if days else None
    factor = _factor(columns[0], rest.how, str(figure.get("unit") or ""))
    return None if made is None or factor is None else float(made) * factor


def _mean(rows: pl.DataFrame, columns: tuple[str, ...]) -> float | None:
    """The mean of one column by another; nothing where there is none, or nothing to weigh by."""
    if len(columns) < 2:
        return None
    both = rows.select(pl.col(columns[:2]).cast(pl.Float64)).drop_nulls()
    weight = float(both[columns[1]].sum())
    return float((both[columns[0]] * both[columns[1]]).sum()) / weight if weight else None


def _count(figure: Figure) -> int:
    start, end = figure.get("from_day"), figure.get("to_day")
    return (end - start).days + 1 if isinstance(start, date) and isinstance(end, date) else 0


def _factor(column: str, how: str, unit: str) -> float | None:
    """What turns the unit of a column into the one of the figure; 1 where the column has none."""
    own = unit_of(column)
    if not own or not unit:
        return 1.0
    own = f"{own}/d" if how == "per_day" else own
    try:
        return float(units.unit(own).ratio(units.unit(unit)))
    except (units.UnknownUnitError, units.IncompatibleUnitsError):
        return 1.0 if own == unit else None


_HOW = {"sum": "added", "per_day": "added and divided by the days", "last": "the last value"}


def _words(rest: Rest) -> str:
    """How a figure follows from the rows, in words."""
    said = _HOW.get(rest.how, "")
    if rest.how == "mean" and len(rest.columns) > 1:
        said = f"mean of {rest.columns[0]} by {rest.columns[1]}"
    return "; ".join(filter(None, (said, rest.words)))


def _shown(
    book: Book, table: str, rows: pl.DataFrame, columns: tuple[str, ...], how: str, again: float | None
) -> Behind:
    """Rows with their position, what tells them apart, the columns that take part, and where they came from."""
    own = schema(table) if table in tables() else None
    keys = [own[name].key() for name in own.order] if own else [n for n in rows.columns if n not in columns][:9]
    first = ["weight"] if "weight" in rows.columns else []
    wanted = dict.fromkeys(["row", *keys, *first, *(columns or rows.columns), *ORIGIN])
    shown = rows.select(name for name in wanted if name in rows.columns)
    return Behind(table, shown, columns, how, again, origins(book, shown))
