"""Paths: the courses of holes through the ground, and where anything along them lies.

``desurvey`` turns collars and surveys into ``Paths``. Every table of the same holes is placed by the same paths: a
sample, a contact and the end of a hole at one depth are one point. Azimuth is in degrees clockwise from grid north, dip
in degrees with down negative, depth along the hole from the collar, in the unit of the tables (m or ft).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.disciplines.drilling.flat import Floats, Holes, Ints, floats, holes
from orebook.disciplines.drilling.surveying.collars import Collars, usable_collars
from orebook.disciplines.drilling.surveying.stations import Stations, no_stations, usable_stations
from orebook.ground.schema import length_unit
from orebook.maths import arcs
from orebook.maths.bins import still
from orebook.maths.directions import unit_vectors
from orebook.maths.room import middles

Method = Literal["minimum_curvature", "balanced_tangent", "raw_tangent", "midpoint_tangent"]
NoSurvey = Literal["error", "collar", "vertical", "leave_out"]
Outside = Literal["missing", "extend"]

_MOST_POINTS = 50_000_000
"""More points than this nobody draws; a depth or a step is wrong."""

POSITION = ("easting", "northing", "elevation")
DIRECTION = ("azimuth", "dip")

REMARKS = {
    arcs.BEFORE: "above the collar",
    arcs.BEYOND: "beyond the end of the hole",
    arcs.NOWHERE: "no depth",
    arcs.NO_CHAIN: "no path",
}
"""What is said of a depth that is not on its hole."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """Places at depths: ``places`` (3, n), ``angles`` (2, n) or (2, 0), and what became of each depth."""

    places: Floats
    angles: Floats
    codes: NDArray[np.int8]

    def columns(self, unit: str, of: Iterable[str], *, called: str = "{}") -> list[pl.Series]:
        """The parts asked for as columns, with their units in the names; NaN becomes missing."""
        gaps = bool(self.codes.any()) or bool(np.isnan(self.places[2]).any())
        found = []
        for part in of:
            position = part in POSITION
            values = self.places[POSITION.index(part)] if position else self.angles[DIRECTION.index(part)]
            column = pl.Series(f"{called.format(part)}_{unit if position else 'deg'}", values)
            found.append(column.fill_nan(None) if gaps else column)
        return found

    def remarks(self) -> pl.Series:
        """Why a row has no place or lies outside its hole; nothing where all is well."""
        if not self.codes.any():
            return pl.repeat(None, len(self.codes), dtype=pl.String, eager=True).alias("remark")
        return pl.Series("remark", self.codes).replace_strict(REMARKS, default=None, return_dtype=pl.String)


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """The courses of holes: flat arrays, hole after hole, and how each hole got its direction.

    Hole ``k`` has the knots ``starts[k]`` to ``starts[k + 1]``: ``knots`` are their depths, ``positions`` easting,
    northing and elevation, ``tangents`` the direction in which the hole leaves the knot, ``bends`` how it turns there.
    The first knot is the collar. ``lengths`` are the ends of the holes, NaN where no table says.

    ``basis`` has a row for each hole: ``surveys``, ``collar`` (the direction at its collar) or ``vertical``, with the
    number of stations and the first and last of them: above and below these the hole is taken to be straight.
    ``dropped`` are stations that were not used (row, hole, depth, angles, reason), ``left_out`` rows of collars and
    holes without a path (row, hole, reason).
    """

    names: pl.Series
    starts: Ints
    knots: Floats
    positions: Floats
    tangents: Floats
    bends: Floats
    lengths: Floats
    unit: str
    method: str
    basis: pl.DataFrame
    dropped: pl.DataFrame
    left_out: pl.DataFrame

    def __len__(self) -> int:
        return len(self.names)

    def at(
        self, table: pl.DataFrame, *, of: Iterable[str] = (*POSITION, *DIRECTION), outside: Outside = "missing"
    ) -> pl.DataFrame:
        """Where each row of a table with hole and depth lies, on the true arc, and how the hole points there.

        Columns: hole, depth, the parts ``of`` that are asked for, and ``remark``; one row for each of the table, in its
        order. A depth above the collar or beyond the end of the hole has a remark and no place; with
        ``outside="extend"`` it has the remark and a place straight on.

        >>> collars = pl.DataFrame({"hole": ["A"], "easting_m": [0.0], "northing_m": [0.0], "elevation_m": [0.0]})
        >>> surveys = pl.DataFrame({"hole": ["A", "A"], "depth_m": [0, 30], "azimuth_deg": [350, 10],
        ...     "dip_deg": [-60, -60]})
        >>> place = desurvey(collars, surveys).at(pl.DataFrame({"hole": ["A"], "depth_m": [15]}))
        >>> [round(value, 6) for value in place.select(pl.selectors.float()).row(0)]
        [-0.651591, 7.404721, -13.023205, 0.0, -60.378348]
        """
        depth = self._column(table, "depth")
        parts = tuple(of)
        sampled = self.sample(holes(table), floats(table[depth]), parts, outside)
        return table.select("hole", depth).with_columns(*sampled.columns(self.unit, parts), sampled.remarks())

    def middles(
        self, intervals: pl.DataFrame, *, of: Iterable[str] = (*POSITION, *DIRECTION), outside: Outside = "missing"
    ) -> pl.DataFrame:
        """Where the middles of intervals lie: hole, from, to, depth of the middle, the parts asked for, remark."""
        start, end = self._column(intervals, "from"), self._column(intervals, "to")
        depths = np.empty(intervals.height)
        middles(still(floats(intervals[start])), still(floats(intervals[end])), depths)
        parts = tuple(of)
        sampled = self.sample(holes(intervals), depths, parts, outside)
        middle = pl.Series(f"depth_{self.unit}", depths)
        middle = middle.fill_nan(None) if sampled.codes.any() else middle
        columns = sampled.columns(self.unit, parts)
        return intervals.select("hole", start, end).with_columns(middle, *columns, sampled.remarks())

    def ends(
        self, intervals: pl.DataFrame, *, of: Iterable[str] = POSITION, outside: Outside = "missing"
    ) -> pl.DataFrame:
        """Where intervals begin and end: ``easting_from_m``, ..., ``easting_to_m``, ..., and a remark on either.

        What a thickness needs: the straight line between the two ends, whatever the hole did between them.
        """
        start, end = self._column(intervals, "from"), self._column(intervals, "to")
        parts, runs = tuple(of), holes(intervals)
        top = self.sample(runs, floats(intervals[start]), parts, outside)
        bottom = self.sample(runs, floats(intervals[end]), parts, outside)
        columns = top.columns(self.unit, parts, called="{}_from") + bottom.columns(self.unit, parts, called="{}_to")
        remark = top.remarks().to_frame().select(pl.coalesce("remark", bottom.remarks().alias("other")).alias("remark"))
        return intervals.select("hole", start, end).with_columns(*columns, *remark)

    def end_of_hole(self) -> pl.DataFrame:
        """Where each hole ends, and how it points there; ``no depth`` where no table says how long it is."""
        return self.at(pl.DataFrame({"hole": self.names, f"depth_{self.unit}": self.lengths}).fill_nan(None))

    def trace(self, step: float) -> pl.DataFrame:
        """Points along every hole for drawing: every ``step`` from the collar, every knot, and the end of the hole.

        A hole of unknown length is drawn to its last station. Raises ``ValueError`` for a step that is no length, and
        for one that gives more points than anybody draws.
        """
        if not step > 0:
            raise ValueError(f"the step of a trace is a length above 0, not {step}")
        depth, last = f"depth_{self.unit}", self.knots[self.starts[1:] - 1]
        end = np.where(np.isnan(self.lengths), last, self.lengths)
        if (many := float(np.sum(end / step))) > _MOST_POINTS:
            raise ValueError(f"a point every {step:g} {self.unit} makes {many:,.0f}; look for a wrong depth or step")
        whole = pl.DataFrame({"hole": self.names, "end": end})
        count = (pl.col("end") / step).floor().cast(pl.Int64) + 1
        regular = whole.with_columns((pl.int_ranges(0, count) * step).alias(depth)).explode(depth)
        knots = pl.DataFrame({"hole": self.names.gather(self._hole_of_knots()), depth: self.knots})
        knots = knots.join(whole, on="hole").filter(pl.col(depth) <= pl.col("end"))
        ends = whole.with_columns(pl.col("end").alias(depth))
        points = pl.concat([regular, knots.select(regular.columns), ends.select(regular.columns)])
        return self.at(points.select("hole", depth).unique().sort("hole", depth)).drop("remark")

    def sample(
        self, runs: Holes, depths: Floats, of: Iterable[str] = POSITION, outside: Outside = "missing"
    ) -> Sampled:
        """Places and angles at depths, as arrays: the frame functions without frames.

        ``runs`` are the holes of the depths in the order of their rows (``flat.holes``); a hole may come again.
        Raises ``ValueError`` for a part or a policy that is not known.
        """
        wanted, size = set(of), len(depths)
        if unknown := wanted - {*POSITION, *DIRECTION}:
            raise ValueError(f"a path has no {', '.join(sorted(unknown))}; it has {', '.join((*POSITION, *DIRECTION))}")
        if outside not in get_args(Outside):
            raise ValueError(f"outside is 'missing' or 'extend', not {outside!r}")
        angles = np.empty((2, size if wanted & {*DIRECTION} else 0))
        found = Sampled(np.empty((3, size)), angles, np.empty(size, dtype=np.int8))
        lengths = np.where(np.isnan(self.lengths), np.inf, self.lengths)
        course = (self.starts, self.knots, lengths, self.positions, self.tangents, self.bends)
        chains = self.numbers(runs.names)
        arcs.along(runs.starts, chains, depths, *course, outside == "extend", found.places, found.angles, found.codes)
        return found

    def numbers(self, names: pl.Series) -> Ints:
        """Which path each name has, counted from 0; -1 for a hole without one."""
        if not len(self.names):
            return np.full(len(names), -1, dtype=np.int64)
        if names.dtype == pl.String and names.equals(self.names):
            return np.arange(len(names))
        places = pl.Series(np.arange(len(self.names)))
        found = names.cast(pl.String).replace_strict(self.names, places, default=-1, return_dtype=pl.Int64)
        return found.to_numpy()

    def _column(self, table: pl.DataFrame, name: str) -> str:
        unit = length_unit(table.columns, name)
        if unit != self.unit:
            raise ValueError(f"depths in {unit} along paths in {self.unit}; convert one of the two")
        return f"{name}_{unit}"

    def _hole_of_knots(self) -> Ints:
        return np.repeat(np.arange(len(self.names)), np.diff(self.starts))


class NoDirectionError(ValueError):
    """Holes without a usable survey and without a direction at their collar."""


def desurvey(
    collars: pl.DataFrame,
    surveys: pl.DataFrame | None,
    *,
    method: Method = "minimum_curvature",
    no_survey: NoSurvey = "error",
) -> Paths:
    """The paths of holes from their collars and the surveys of their directions.

    ``method`` is how the course runs from station to station: ``minimum_curvature`` along the circular arc;
    ``balanced_tangent`` along the mean of both directions, straight from station to station; ``raw_tangent`` along the
    upper direction; ``midpoint_tangent`` along the nearer station's direction. Above the first station and below the
    last a hole is straight.

    ``no_survey`` is for holes without a usable station. By default (``error``) the azimuth and dip at the collar serve,
    and a hole that has none there raises ``NoDirectionError``; with ``collar`` it is left out, with ``vertical`` it is
    taken to be vertical; ``leave_out`` leaves out every hole that was not surveyed. ``Paths.basis`` lists which hole
    has which.

    Surveys name their azimuths from grid north and their dips negative down; see ``north`` for other references. Raises
    ``ValueError`` where collars and surveys count in different units. Source: handbook 3.1 to 3.4.

    >>> collars = pl.DataFrame({"hole": ["A"], "easting_m": [500.0], "northing_m": [100.0], "elevation_m": [50.0],
    ...     "azimuth_deg": [90.0], "dip_deg": [-60.0], "depth_m": [100.0]})
    >>> paths = desurvey(collars, None)
    >>> paths.basis.select("hole", "basis").row(0)
    ('A', 'collar')
    >>> [round(value, 3) for value in paths.end_of_hole().row(0)[2:5]]
    [550.0, 100.0, -36.603]
    """
    _one_of("method", method, get_args(Method))
    _one_of("no_survey", no_survey, get_args(NoSurvey))
    found = usable_collars(collars)
    if surveys is None or not surveys.width:
        stations = no_stations(found.unit)
    else:
        stations = usable_stations(surveys, found.names)
    if stations.unit != found.unit:
        raise ValueError(f"collars in {found.unit} and surveys in {stations.unit}; convert one of the two")
    table, directions = _basis(found, stations, no_survey), stations.directions()
    if method in ("minimum_curvature", "balanced_tangent") and len(turned := _opposite(stations, directions)):
        said = pl.when(pl.col("hole").is_in(turned.implode())).then(pl.lit("two stations in a row point opposite ways"))
        table = table.with_columns(pl.coalesce(said, "reason").alias("reason"))
    return _laid(found, table, stations, directions, method)


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ValueError(f"{name} is {', '.join(known[:-1])} or {known[-1]}, not {value!r}")


def _basis(collars: Collars, stations: Stations, no_survey: str) -> pl.DataFrame:
    """For each hole what its direction rests on, its stations, and the reason why it has to be left out, if any."""
    surveyed = pl.DataFrame(
        {
            "hole": stations.names,
            "stations": np.diff(stations.starts),
            f"first_{stations.unit}": stations.depths[stations.starts[:-1]],
            f"last_{stations.unit}": stations.depths[stations.starts[1:] - 1],
        }
    )
    table = pl.DataFrame({"hole": collars.names, "pointed": ~np.isnan(collars.dips)})
    table = table.join(surveyed, on="hole", how="left", maintain_order="left")
    choices = [pl.when(pl.col("stations") > 0).then(pl.lit("surveys"))]
    if no_survey != "leave_out":
        choices.append(pl.when("pointed").then(pl.lit("collar")))
    if no_survey == "vertical":
        choices.append(pl.when(pl.lit(value=True)).then(pl.lit("vertical")))
    basis = pl.coalesce(choices).alias("basis")
    table = table.select("hole", basis, pl.col("stations").fill_null(0), pl.col("^(first|last)_.*$"))
    lost = table.filter(pl.col("basis").is_null())["hole"]
    if no_survey == "error" and len(lost):
        some = ", ".join(lost.head(5)) + (", ..." if len(lost) > 5 else "")
        raise NoDirectionError(
            f"{len(lost)} of {len(collars)} holes have neither a usable survey nor azimuth and dip at the collar: "
            f"{some}; add them, or say no_survey='collar' (these are left out), 'vertical' or 'leave_out'"
        )
    said = "no survey" if no_survey == "leave_out" else "no survey and no direction at the collar"
    return table.with_columns(pl.when(pl.col("basis").is_null()).then(pl.lit(said)).alias("reason"))


def _opposite(stations: Stations, directions: Floats) -> pl.Series:
    """The holes in which two stations that follow one another point opposite ways: no arc joins them."""
    together = ((directions[1:] + directions[:-1]) ** 2).sum(axis=1)
    turned = np.flatnonzero(together < arcs.OPPOSITE)
    hole = np.searchsorted(stations.starts, turned, side="right") - 1
    return stations.names.gather(np.unique(hole[turned + 1 < stations.starts[hole + 1]]))


def _laid(collars: Collars, table: pl.DataFrame, stations: Stations, directions: Floats, method: str) -> Paths:
    """Paths laid through stations."""
    kept, basis = collars.at(table["reason"].is_null()), table.filter(pl.col("reason").is_null()).drop("reason")
    left_out = table.filter(pl.col("reason").is_not_null())
    left_out = left_out.select(pl.lit(None, dtype=pl.Int64).alias("row"), "hole", "reason")
    starts, depths, tangents = _directed(kept, basis, stations, directions)
    knots, tangents, turns = _courses(method, starts, depths, tangents)
    return Paths(
        names=kept.names,
        starts=starts,
        knots=knots,
        positions=arcs.points(starts, knots, kept.origins, tangents, turns),
        tangents=tangents,
        bends=turns,
        lengths=kept.lengths,
        unit=collars.unit,
        method=method,
        basis=basis,
        dropped=stations.dropped,
        left_out=pl.concat([collars.left_out, left_out]),
    )


def _directed(
    collars: Collars, basis: pl.DataFrame, stations: Stations, directions: Floats
) -> tuple[Ints, Floats, Floats]:
    """Depths and directions hole after hole: the stations, or one direction at the collar; each hole begins at 0."""
    surveyed = (basis["basis"] == "surveys").to_numpy()
    counts = np.where(surveyed, basis["stations"].to_numpy(), 1)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    used = np.repeat(stations.names.is_in(basis["hole"].implode()).to_numpy(), np.diff(stations.starts))
    if surveyed.all() and used.all():
        depths, tangents = stations.depths, directions
    else:
        own = np.repeat(surveyed, counts)
        depths, tangents = np.zeros(len(own)), np.empty((len(own), 3))
        depths[own], tangents[own] = stations.depths[used], directions[used]
        vertical = np.isnan(collars.dips) | (basis["basis"] == "vertical").to_numpy()
        azimuths, dips = np.where(vertical, 0.0, collars.azimuths), np.where(vertical, -90.0, collars.dips)
        tangents[~own] = unit_vectors(azimuths[~surveyed], dips[~surveyed])
    late = starts[:-1][depths[starts[:-1]] > 0.0]
    if not len(late):
        return starts, depths, tangents
    more = np.concatenate([[0], np.cumsum(depths[starts[:-1]] > 0.0)])
    return starts + more, np.insert(depths, late, 0.0), np.insert(tangents, late, tangents[late], axis=0)


def _courses(method: str, starts: Ints, depths: Floats, tangents: Floats) -> tuple[Floats, Floats, Floats]:
    """Knots, the direction in which the hole leaves each, and its bend there, by one of the methods."""
    straight = np.zeros_like(tangents)
    inner = np.ones(len(depths), dtype=np.bool_)
    if method == "minimum_curvature":
        return depths, tangents, arcs.bends(starts, depths, tangents)
    if method == "balanced_tangent":
        inner[starts[1:] - 1] = False
        mean = (tangents + np.roll(tangents, -1, axis=0)) / 2.0
        return depths, np.where(inner[:, None], mean, tangents), straight
    if method == "midpoint_tangent":
        inner[starts[:-1]] = False
        return np.where(inner, (depths + np.roll(depths, 1)) / 2.0, depths), tangents, straight
    return depths, tangents, straight
