"""Intervals that are said to reach the end of the hole."""

from collections.abc import Iterator
from decimal import Decimal

from orebook.checks.digits import in_unit, nearest
from orebook.checks.intercepts import Intercept, intercepts, mouthful
from orebook.checks.places import places
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, figure, listed
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.reading.drilling import holes
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_END = "EOH"
_TO_END = Pattern(
    r"(?<![\w.,-])(?P<start>\d{1,4}(?:\.\d{1,2})?)\sto\s(?:[A-Za-z][A-Za-z/&-]{0,20}\s){0,8}?(?:\dm\s)?"
    r"(?:[Ii]ncl(?:uding|\.)?\s)?(?P<length>\d{1,3}(?:\.\d{1,2})?)\s\d{1,3}\.\d{1,3}\sEOH\b"
)
_NEAR = 160
_BOTH = 2
_SLACK = 1
"""Metres by which the last sample of a hole may miss its end."""


@rule("F128", on="records", basis="geometry of a hole", catalogue="EX221")
def end_of_hole_missed(reading: Reading) -> Iterator[Remark]:
    """An interval that runs "to EOH" does not end where the hole ends.

    What it does:
    Takes intervals that are said to run to the end of the hole, adds their length to their beginning, and
    compares with the depth in the table of collars. A metre is allowed for the last sample. In a table that ran
    together the hole may stand before or behind the row: then neither depth may fit.

    Why it matters:
    Mineralization at the end of a hole promises more below. If the hole went on, there was nothing in it.

    Flagged:

        Fell Resources drills Sallow Ridge

        Hole SR-03 returned 23.0 m at 1.30 g/t Au from 59.0 m to EOH.

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | SR-03 | 512340 | 6871220 | 310 | 90 | -60 | 95.0 |
        ----
        Fell Resources drills Sallow Ridge

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | SR003 | 512340 | 6871220 | 310 | 90 | -60 | 95 |
        | SR004 | 512380 | 6871220 | 310 | 90 | -60 | 120 |

        Results of last samples: SR003 AC North 1m 40 6 0.31 in weathered rock 59 to hole ended in ore 1m 23 1.30 EOH
        rock SR004 AC North 1m 77 4 0.25 in weathered rock

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
    if depths:
        yield from _in_streams(reading, depths)


def _in_streams(reading: Reading, depths: dict[str, Fact]) -> Iterator[Remark]:
    """Rows of tables that ran together, whose first depth is told as "59 to EOH" over two lines of its cell."""
    for place in places(reading, _TO_END, hints=("eoh",), tail=True):
        plain, (start, end) = place.block.plain, place.match.span()
        before = holes.find(plain, max(0, start - _NEAR), start)
        behind = holes.find(plain, end, end + _NEAR)
        near = [depths.get(name) for *_, name in (*before[-1:], *behind[:1])]
        known = [depth for depth in near if depth is not None]
        first, long = (Figure(Decimal(place.match[name]), "m") for name in ("start", "length"))
        reached = first.range() + long.range()
        if len(known) < _BOTH or any(_ends_there(reached, depth) for depth in known):
            continue
        ends = listed(figure(in_unit(depth.number, "m")) for depth in known)
        text = (
            f"{first.value} m to the end of the hole is {figure(long)} long here; the holes beside it are {ends} deep"
        )
        yield remark("warning", text, [place.source, *known])


def _ends_there(reached: Range, depth: Fact) -> bool:
    hole = in_unit(depth.number, "m").range()
    there = reached.to(hole.unit)
    return there.low - _SLACK <= hole.high and hole.low <= there.high + _SLACK


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
