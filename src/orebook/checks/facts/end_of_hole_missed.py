"""Intervals that are said to reach the end of the hole."""

from collections.abc import Iterator

from orebook.checks.digits import in_unit, nearest
from orebook.checks.intercepts import Intercept, intercepts, mouthful
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, figure
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.reading.reading import Reading

_END = "EOH"
_SLACK = 1
"""Metres by which the last sample of a hole may miss its end."""


@rule("F128", on="records", basis="geometry of a hole", catalogue="EX221")
def end_of_hole_missed(reading: Reading) -> Iterator[Remark]:
    """An interval that runs "to EOH" does not end where the hole ends.

    What it does:
    Takes intervals that are said to run to the end of the hole, adds their length to their beginning, and
    compares with the depth in the table of collars. A metre is allowed for the last sample.

    Why it matters:
    Mineralization at the end of a hole promises more below. If the hole went on, there was nothing in it.

    Flagged:

        Fell Resources drills Sallow Ridge

        Hole SR-03 returned 23.0 m at 1.30 g/t Au from 59.0 m to EOH.

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | SR-03 | 512340 | 6871220 | 310 | 90 | -60 | 95.0 |

    Fine:

        Fell Resources drills Sallow Ridge

        Hole SR-03 returned 36.0 m at 1.30 g/t Au from 59.0 m to EOH.

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | SR-03 | 512340 | 6871220 | 310 | 90 | -60 | 95.0 |

    Help:
    Compare beginning, length and depth with the drill log.
    """
    depths: dict[str, Fact] = {}
    for record in reading.of("drill_collar"):
        depth = record.get("collars.depth")
        if depth is not None and isinstance(depth.figure, Figure) and record.about.get("context") != "planned":
            depths.setdefault(record.about.get("hole", ""), depth)
    for one in intercepts(reading) if depths else ():
        end = depths.get(one.hole)
        if end is not None and one.record.about.get("to") == _END:
            yield from _compared(one, end)


def _compared(one: Intercept, end: Fact) -> Iterator[Remark]:
    bounds = one.bounds(nearest)
    if bounds is None or one.start is None or one.length is None:
        return
    reached, hole = bounds[1], in_unit(end.number, "m").range()
    reached = reached.to(hole.unit)
    if reached.high + _SLACK < hole.low:
        text = (
            f"{mouthful(one)} is said to run to the end of the hole; it ends at {between(reached)},"
            f" the hole is {figure(in_unit(end.number, 'm'))} deep"
        )
        yield remark("warning", text, [one.length, one.start, end], hole)
