"""Traced: holes in space, ready to be handed to other programs: where they begin, how they run, what was found on them.

Coordinates are in the grid of the book, elevations up, depths along the hole. What cannot be placed is left out and
counted in the remark, never in silence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.book.problems import BookError
from orebook.disciplines.drilling.flat import holes, sorted_by_hole
from orebook.ground.schema import ORIGIN, length_unit
from orebook.reports.trouble import Trouble

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_AXES = ("easting", "northing", "elevation")
_ENDS = ("from", "to")


class MissingGridError(BookError):
    """A file that needs to know in which grid its coordinates are, and a book that does not say it."""


@dataclass(frozen=True, slots=True)
class Traces:
    """Holes in space.

    ``crs`` names the grid (``EPSG:26920`` or WKT), ``unit`` is that of the coordinates, ``depth_unit`` that of the
    depths. ``collars`` has a row for each hole, ``points`` the positions along each hole by depth, ``intervals`` what
    was found, with the positions of both ends.
    """

    doc: str
    crs: str
    unit: str
    depth_unit: str
    collars: pl.DataFrame
    points: pl.DataFrame
    intervals: pl.DataFrame
    remark: str = ""
    failed: bool = False

    def grid(self) -> str:
        """The grid, for a file that cannot do without.

        Raises ``MissingGridError`` when the book names none.
        """
        if not self.crs:
            raise MissingGridError(
                f"{self.doc}: no grid is named for the coordinates; name it in book.toml, such as crs = 'EPSG:26920'"
            )
        return self.crs


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines one after the other: line ``k`` has the points ``starts[k]`` to ``starts[k + 1]`` of ``points``.

    Each point is easting, northing, elevation and depth.
    """

    points: Floats
    starts: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1

    def line(self, at: int) -> Floats:
        """The points of one line."""
        return self.points[self.starts[at] : self.starts[at + 1]]

    def pairs(self) -> tuple[Ints, Ints]:
        """Neighbouring points as pairs of their numbers, and for each pair the line that it belongs to."""
        owner = np.repeat(np.arange(len(self)), np.diff(self.starts))
        first = np.flatnonzero(owner[:-1] == owner[1:]) if len(owner) else np.zeros(0, dtype=np.int64)
        return np.column_stack([first, first + 1]).astype(np.int64), owner[first]


def traces(
    doc: str, collars: pl.DataFrame, points: pl.DataFrame, intervals: pl.DataFrame | None = None, *, crs: str = ""
) -> Traces:
    """Holes in space: collars, points along the holes, and intervals with the positions of both ends.

    Points have ``hole``, ``depth``, ``easting``, ``northing`` and ``elevation``; intervals ``from``, ``to`` and
    ``from_easting`` (or ``easting_from``) to ``to_elevation``; all with their units. Rows without a position are left
    out and counted. Raises ``MissingColumnError`` for a table without these columns.

    >>> collars = pl.DataFrame({"hole": ["A"], "easting_m": [5.0], "northing_m": [6.0], "elevation_m": [7.0]})
    >>> points = pl.DataFrame({"hole": ["A", "A"], "depth_m": [0.0, 2.0], "easting_m": [5.0, 5.0],
    ...     "northing_m": [6.0, 6.0], "elevation_m": [7.0, None]})
    >>> traces("book", collars, points, crs="EPSG:26920").remark
    '1 point without a position was left out; hole A has no trace'
    """
    unit = length_unit(points.columns, *_AXES)
    length_unit(collars.columns, *_AXES)
    depth = length_unit(points.columns, "depth")
    found = pl.DataFrame() if intervals is None else _ends_first(intervals)
    if intervals is not None:
        length_unit(found.columns, *_ENDS, *(f"{end}_{axis}" for end in _ENDS for axis in _AXES))
    remarks: list[str] = []
    here = _placed(collars, [f"{axis}_{unit}" for axis in _AXES], "collar", remarks)
    along = _placed(points, [f"depth_{depth}", *(f"{axis}_{unit}" for axis in _AXES)], "point", remarks)
    along = sorted_by_hole(along, f"depth_{depth}")
    if found.width:
        ends = [f"{end}_{axis}_{unit}" for end in _ENDS for axis in _AXES]
        found = _placed(found, [*(f"{end}_{depth}" for end in _ENDS), *ends], "interval", remarks)
    short = along.group_by("hole", maintain_order=True).len().filter(pl.col("len") < 2)["hole"].to_list()
    named = set(along["hole"].to_list()) - set(short)
    without = [hole for hole in dict.fromkeys(here["hole"].to_list()) if hole not in named]
    if without:
        many = len(without) > 1
        remarks.append(f"hole{'s' if many else ''} {_some(without)} {'have' if many else 'has'} no trace")
    along = along.filter(pl.col("hole").is_in(sorted(named)))
    return Traces(doc, crs, unit, depth, _own(here), _own(along), _own(found), "; ".join(remarks))


def _ends_first(table: pl.DataFrame) -> pl.DataFrame:
    """A table whose positions are named after the end first: ``from_easting_m`` for ``easting_from_m``."""
    names = {f"{axis}_{end}_": f"{end}_{axis}_" for axis in _AXES for end in _ENDS}
    said = {
        column: new + column[len(old) :]
        for column in table.columns
        for old, new in names.items()
        if column.startswith(old)
    }
    return table.rename(said)


def _placed(table: pl.DataFrame, columns: Sequence[str], row: str, remarks: list[str]) -> pl.DataFrame:
    """The rows that have numbers in all these columns; how many have not is remarked."""
    kept = table.filter(
        pl.all_horizontal(pl.col(name).cast(pl.Float64).fill_nan(None).is_not_null() for name in columns)
    )
    if left := table.height - kept.height:
        remarks.append(
            f"{left:,} {row}{'s' if left > 1 else ''} without a position {'were' if left > 1 else 'was'} left out"
        )
    return kept


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:5])
    return f"{shown} and {len(names) - 5:,} more" if len(names) > 5 else shown


def _own(table: pl.DataFrame) -> pl.DataFrame:
    """A table without the columns that say where in the book its rows stand."""
    return table.drop([name for name in ORIGIN if name in table.columns])


def trace_lines(found: Traces) -> tuple[list[str], Lines]:
    """The holes that have a trace, and their lines.

    >>> table = pl.DataFrame({"hole": ["A", "A"], "depth_m": [0.0, 2.0], "easting_m": [5.0, 5.0],
    ...     "northing_m": [6.0, 6.0], "elevation_m": [7.0, 5.0]})
    >>> names, lines = trace_lines(traces("book", table.head(1), table))
    >>> names, lines.line(0).tolist()
    (['A'], [[5.0, 6.0, 7.0, 0.0], [5.0, 6.0, 5.0, 2.0]])
    """
    apart = holes(found.points)
    columns = [*(f"{axis}_{found.unit}" for axis in _AXES), f"depth_{found.depth_unit}"]
    return apart.names.to_list(), Lines(_numbers(found.points, columns), apart.starts)


def interval_lines(found: Traces) -> Lines:
    """The line of each interval: from its beginning along the trace of its hole to its end."""
    if not found.intervals.height:
        return Lines(np.zeros((0, 4)), np.zeros(1, dtype=np.int64))
    unit, depth = found.unit, found.depth_unit
    first, last = (
        _numbers(found.intervals, [*(f"{end}_{axis}_{unit}" for axis in _AXES), f"{end}_{depth}"]) for end in _ENDS
    )
    names, along = trace_lines(found)
    begin, end = _between(found.intervals["hole"].to_list(), first[:, 3], last[:, 3], names, along)
    inside = end - begin
    starts = np.concatenate([[0], np.cumsum(inside + 2)]).astype(np.int64)
    points = np.empty((int(starts[-1]), 4))
    points[starts[:-1]], points[starts[1:] - 1] = first, last
    owner = np.repeat(np.arange(len(inside)), inside)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(inside) - inside, inside)
    points[starts[owner] + 1 + step] = along.points[begin[owner] + step]
    return Lines(points, starts)


def _between(
    named: Sequence[str], begins: Floats, ends: Floats, names: Sequence[str], along: Lines
) -> tuple[Ints, Ints]:
    """For each interval the first point of its trace inside it, and the one after the last."""
    place = {name: at for at, name in enumerate(names)}
    first = np.zeros(len(named), dtype=np.int64)
    last = np.zeros(len(named), dtype=np.int64)
    rows = np.array([place.get(name, -1) for name in named], dtype=np.int64)
    order = np.argsort(rows, kind="stable")
    cuts = np.searchsorted(rows[order], np.arange(len(names) + 1))
    for at in range(len(names)):
        mine = order[cuts[at] : cuts[at + 1]]
        if len(mine):
            start = along.starts[at]
            depths = along.points[start : along.starts[at + 1], 3]
            first[mine] = start + np.searchsorted(depths, begins[mine], side="right")
            last[mine] = start + np.searchsorted(depths, ends[mine], side="left")
    return first, np.maximum(first, last)


def collar_points(found: Traces) -> Floats:
    """Easting, northing and elevation of each collar."""
    return _numbers(found.collars, [f"{axis}_{found.unit}" for axis in _AXES])


def _numbers(table: pl.DataFrame, columns: Sequence[str]) -> Floats:
    if not table.height:
        return np.zeros((0, len(columns)))
    return np.column_stack([table[name].cast(pl.Float64).to_numpy() for name in columns])


def attributes(table: pl.DataFrame, *, but: Iterable[str] = ()) -> list[pl.Series]:
    """The columns of a table without positions: numbers, words, true or false; days as words.

    >>> table = pl.DataFrame({"hole": ["A"], "from_easting_m": [1.0], "from_m": [2.0]})
    >>> [column.name for column in attributes(table)]
    ['hole', 'from_m']
    """
    left_out = set(but)
    found = []
    for column in table.get_columns():
        stem = column.name.rpartition("_")[0].removeprefix("from_").removeprefix("to_")
        if column.name in left_out or (stem in _AXES and column.name.startswith(("from_", "to_"))):
            continue
        plain = column.dtype.is_numeric() or column.dtype in (pl.String, pl.Boolean)
        found.append(column if plain else column.cast(pl.String))
    return found


Each = TypeVar("Each")


def only(results: Iterable[Each | Trouble], what: str) -> Each | None:
    """The one result that a file can hold; nothing where there was only trouble.

    Raises ``ValueError`` for several.
    """
    found = [result for result in results if not isinstance(result, Trouble)]
    if len(found) > 1:
        raise ValueError(f"{what} holds the holes of one book; ask for one book at a time")
    return found[0] if found else None
