"""Intervals that end below the end of their hole."""

from collections.abc import Iterator

from orebook.checks.digits import in_unit, nearest
from orebook.checks.intercepts import Intercept, intercepts, mouthful
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import figure
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.reading.reading import Reading


@rule("F103", on="records", basis="geometry of a hole", catalogue="EX221")
def interval_below_hole(reading: Reading) -> Iterator[Remark]:
    """An interval ends deeper than the hole.

    What it does:
    Compares the end of each interval with the depth of its hole in the table of collars. The deepest of several printed
    depths of one hole counts; planned holes and holes in progress have no end yet.

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
    for one in intercepts(reading):
        end = ends.get(one.hole)
        if end is not None and end.about.get("context") != "planned":
            yield from _below(one, end)


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
    return ends


def _below(one: Intercept, end: Fact) -> Iterator[Remark]:
    bounds = one.bounds(nearest)
    if bounds is None:
        return
    hole = in_unit(end.number, "m").range()
    if bounds[1].to(hole.unit).low > hole.high:
        text = f"{mouthful(one)} ends below the end of the hole, which is {figure(in_unit(end.number, 'm'))} deep"
        yield remark("error", text, [fact for fact in (one.end, one.start, end) if fact], hole)
