"""Intervals that end below the end of their hole."""

from collections.abc import Iterator

from orebook.checks.digits import in_unit, nearest
from orebook.checks.intercepts import Intercept, intercepts, mouthful
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.sample_rows import sample_rows
from orebook.checks.saying import figure
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.ground.source import Source
from orebook.reading.reading import Reading


@rule("F103", on="records", basis="geometry of a hole", catalogue="EX221")
def interval_below_hole(reading: Reading) -> Iterator[Remark]:
    """An interval ends deeper than the hole.

    What it does:
    Compares the end of each interval, and of each sample of a table that ran together, with the depth of its hole in
    the table of collars. The deepest of several printed depths of one hole counts; planned holes and holes in progress
    have no end yet. Where all depths are whole and the end lies one metre below the hole, only rounding could save it:
    that is a warning.

    Why it matters:
    Core from below the end of a hole does not exist: a depth, a hole name or a row is mistyped.

    Flagged:

        Fell Resources drills Sallow Ridge

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | SR-03 | 512340 | 6871220 | 310 | 90 | -60 | 101.0 |

        | Hole ID | From (m) | To (m) | Interval (m) | Au (g/t) |
        |---|---|---|---|---|
        | SR-03 | 104.0 | 112.0 | 8.0 | 2.66 |
        ----
        Fell Resources drills Sallow Ridge

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | SR-03 | 512340 | 6871220 | 310 | 90 | -60 | 80 |

        | Hole ID | From (m) | To (m) | Interval (m) | Au (g/t) |
        |---|---|---|---|---|
        | SR-03 | 72 | 81 | 9 | 2.66 |

    Fine:

        Fell Resources drills Sallow Ridge

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | SR-03 | 512340 | 6871220 | 310 | 90 | -60 | 131.0 |

        | Hole ID | From (m) | To (m) | Interval (m) | Au (g/t) |
        |---|---|---|---|---|
        | SR-03 | 104.0 | 112.0 | 8.0 | 2.66 |

    Help:
    Compare both depths with the drill log; a hole that was deepened needs its new depth in the table of collars.
    """
    ends = _ends(reading)
    if ends:
        yield from _of_intervals(reading, ends)
        yield from _of_samples(reading, ends)


def _of_intervals(reading: Reading, ends: dict[str, Fact]) -> Iterator[Remark]:
    for one in intercepts(reading):
        end, bounds = ends.get(one.hole), one.bounds(nearest)
        if end is not None and bounds is not None:
            exact = one.end.number if one.end is not None and _whole_metres(one, end) else None
            places = [fact.source for fact in (one.end, one.start, end) if fact]
            yield from _below(mouthful(one), bounds[1], exact, end, places)


def _of_samples(reading: Reading, ends: dict[str, Fact]) -> Iterator[Remark]:
    """The deepest sample of each hole, where it is no interval that was read with its grades."""
    read = {(one.hole, one.end.number.value) for one in intercepts(reading) if one.end is not None}
    deepest = {row.hole: row for row in sorted(sample_rows(reading), key=lambda row: row.end.value)}
    for row in deepest.values():
        end = ends.get(row.hole)
        if end is not None and (row.hole, row.end.value) not in read:
            said = f"{row.hole}, {row.start.value:f} to {figure(row.end)}"
            exact = row.end if row.end.step == end.number.step == 1 else None
            yield from _below(said, row.end.range(), exact, end, [row.source, end.source])


def _ends(reading: Reading) -> dict[str, Fact]:
    """The end of each hole: the deepest depth that is printed for it."""
    ends: dict[str, Fact] = {}
    for record in reading.of("drill_collar"):
        fact = record.get("collars.depth")
        hole = record.about.get("hole", "")
        if fact is None or not hole or not isinstance(fact.figure, Figure):
            continue
        if hole not in ends or fact.figure.value > ends[hole].number.value:
            ends[hole] = fact
    return {hole: end for hole, end in ends.items() if end.about.get("context") != "planned"}


def _whole_metres(one: Intercept, end: Fact) -> bool:
    depths = [fact for fact in (one.start, one.end, one.length, end) if fact]
    return all(fact.number.step == 1 for fact in depths)


def _below(said: str, reached: Range, exact: Figure | None, end: Fact, places: list[Source]) -> Iterator[Remark]:
    depth = in_unit(end.number, "m")
    hole = depth.range()
    text = f"{said} ends below the end of the hole, which is {figure(depth)} deep"
    if reached.to(hole.unit).low > hole.high:
        yield remark("error", text, places, hole)
    elif exact is not None and exact.unit in (depth.unit, "") and exact.value > depth.value:
        yield remark("warning", f"{text}, unless both were rounded", places, hole)
