"""Lines: the rows of an interval table laid end to end down each hole, so that each metre counts once.

Depths become whole thousandths of their unit. A row without a hole, without depths or without length is not used, nor
is one that begins more than 0.01 (metres or feet, as the table counts) above the end of the row before it; each is
listed with the reason. A row that begins less than that above the end of its predecessor begins at that end. The order
of the rows of the table does not matter: of two rows over the same interval the one with a value counts, and of two
values the lower.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.disciplines.drilling.flat import Holes, floats, holes
from orebook.ground.schema import ORIGIN, length_unit
from orebook.maths import bins
from orebook.maths.bins import Ints, Places

SCALE = 1000
"""Depths are counted in this part of their unit."""

TOUCH = 10
"""How far a row may begin above the end of the row before it and still only touch it, in thousandths."""

REASONS = {
    bins.NOT_A_NUMBER: "no usable depths",
    bins.NO_LENGTH: "no length",
    bins.BACKWARDS: "ends above its beginning",
    bins.REPEATED: "repeats the interval of the row above",
    bins.OVERLAPPING: "overlaps the row above",
}
"""Why a row is not used."""

NO_HOLE = "no hole"


@dataclass(frozen=True, slots=True)
class Line:
    """Rows that follow one another down each hole, none over another: both ends of each in thousandths.

    ``rows`` says which row of the table (by hole and depth) each one is, or is a part of; none where they are the same.
    ``dropped`` are the rows that are not used, with the ``reason``.
    """

    table: pl.DataFrame
    unit: str
    holes: Holes
    low: Places
    high: Places
    rows: Ints | None
    dropped: pl.DataFrame

    @property
    def depths(self) -> tuple[str, str]:
        """The names of the columns of depths."""
        return f"from_{self.unit}", f"to_{self.unit}"

    def __len__(self) -> int:
        return len(self.low)


def laid(table: pl.DataFrame, *, by: Sequence[str] = ()) -> Line:
    """The rows of a table of intervals as a line for each hole; of rows over the same interval the first ``by`` value.

    >>> line = laid(pl.DataFrame({"hole": ["A", "A", "A"], "from_m": [0.0, 2.0, 1.0], "to_m": [1.5, 3.0, 2.0]}))
    >>> line.low.tolist(), line.dropped["reason"].to_list()
    ([0, 2000], ['overlaps the row above'])
    """
    unit = length_unit(table.columns, "from", "to")
    if "hole" not in table.columns:
        raise ValueError(f"no column hole; the columns are {', '.join(table.columns)}")
    if table["hole"].dtype != pl.String:
        table = table.with_columns(pl.col("hole").cast(pl.String))
    known, homeless = table, table.clear()
    if table["hole"].null_count():
        known, homeless = table.filter(pl.col("hole").is_not_null()), table.filter(pl.col("hole").is_null())
    line = _line(known, unit, None)
    if line is None:
        order = _order(known, unit, by)
        line = _line(known[order], unit, order)
        assert line is not None
    if not homeless.height:
        return line
    dropped = pl.concat([homeless.with_columns(pl.lit(NO_HOLE).alias("reason")), line.dropped])
    return replace(line, dropped=dropped)


def _order(table: pl.DataFrame, unit: str, by: Sequence[str]) -> pl.Series:
    """The rows by hole and depths, and those over the same interval by their values, missing ones last."""
    depths = [f"from_{unit}", f"to_{unit}"]
    plain = [name for name in table.columns if name not in ("hole", *depths, *ORIGIN, *by) and _sortable(table[name])]
    keyed = table.with_columns(pl.col(pl.Float64, pl.Float32).fill_nan(None)).with_row_index("the row")
    return keyed.sort("hole", *depths, *by, *plain, nulls_last=True, maintain_order=True)["the row"]


def _sortable(column: pl.Series) -> bool:
    return column.dtype.is_numeric() or column.dtype == pl.Boolean or column.dtype == pl.String


def _line(table: pl.DataFrame, unit: str, order: pl.Series | None) -> Line | None:
    """The line of a table, or none if it has to be put in order first."""
    group = holes(table)
    if order is None and not (group.names.is_sorted() and group.names.is_unique().all()):
        return None
    low, high, code, state = bins.laid(
        group.starts, floats(table[f"from_{unit}"]), floats(table[f"to_{unit}"]), scale=SCALE, touch=TOUCH
    )
    if order is None and state.any():
        return None
    rows = None if order is None else order.to_numpy().astype(np.int64)
    if not code.any():
        return Line(table, unit, group, low, high, rows, table.clear().with_columns(pl.lit("").alias("reason")))
    used = code == bins.USED
    reason = pl.Series("reason", [REASONS[each] for each in code[~used].tolist()], dtype=pl.String)
    kept = np.flatnonzero(used)
    rows = kept if rows is None else rows[kept]
    left = table.filter(pl.Series(used))
    dropped = table.filter(pl.Series(~used)).with_columns(reason)
    return Line(left, unit, holes(left), low[used], high[used], rows, dropped)


def same_unit(**lines: Line) -> None:
    """Raises ``ValueError`` when some tables count in metres and others in feet."""
    units = {line.unit for line in lines.values()}
    if len(units) > 1:
        said = ", ".join(f"{name} in {line.unit}" for name, line in lines.items())
        raise ValueError(f"the tables count in different units: {said}; convert one of them")


def taken(table: pl.DataFrame, rows: Ints) -> pl.DataFrame:
    """Rows of a table by number; a number below nought gives a row without values.

    >>> taken(pl.DataFrame({"zone": ["A", "B"]}), np.array([1, -1])).to_series().to_list()
    ['B', None]
    """
    inside = rows >= 0
    if inside.all():
        return table[pl.Series(rows)]
    wanted = pl.Series(rows, dtype=pl.Int64)
    return table.select(pl.all().gather(wanted.set(pl.Series(~inside), None)))


def aligned(*lines: Line) -> tuple[pl.Series, list[Ints]]:
    """All holes of several lines by name, and for each line where each of these holes begins in it."""
    names = pl.concat([line.holes.names.alias("hole") for line in lines]).unique().sort()
    starts = []
    for line in lines:
        counts = np.zeros(len(names), dtype=np.int64)
        counts[names.search_sorted(line.holes.names).to_numpy()] = np.diff(line.holes.starts)
        starts.append(np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)]))
    return names, starts


def crossed(one: Line, other: Line) -> tuple[Line, Ints, Ints]:
    """Two lines cut at the ends of both: the pieces, and for each its row in either line, -1 where there is none.

    The pieces stand on the holes of both; their table holds hole and depths.
    """
    names, (starts, other_starts) = aligned(one, other)
    hole, low, high, row, other_row = bins.crossed((starts, other_starts), (one.low, other.low), (one.high, other.high))
    table = pl.DataFrame(
        {"hole": names.gather(hole), one.depths[0]: low / float(SCALE), one.depths[1]: high / float(SCALE)}
    )
    begin = np.searchsorted(hole, np.arange(len(names) + 1)).astype(np.int64)
    return Line(table, one.unit, Holes(names, begin), low, high, None, one.dropped.clear()), row, other_row


def part(line: Line, rows: Ints, pieces: Line, where: NDArray[np.bool_]) -> Line:
    """The pieces of a line that are parts of its ``rows``, with the columns of those rows."""
    kept = rows[where]
    table = line.table[pl.Series(kept)].with_columns(pieces.table.filter(pl.Series(where))[list(line.depths)])
    origin = kept if line.rows is None else line.rows[kept]
    return Line(table, line.unit, holes(table), pieces.low[where], pieces.high[where], origin, line.dropped)
