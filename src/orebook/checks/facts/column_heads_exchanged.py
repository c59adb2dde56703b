"""Columns of a table whose values speak against their heads."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.reading.reading import Reading

_FEWEST = 2
Column = Sequence[Fact]


@rule("F131", on="facts", basis="what a measure can be")
def column_heads_exchanged(reading: Reading) -> Iterator[Remark]:
    """The heads of two columns seem to have been exchanged: most values of each fit the other.

    What it does:
    Looks at whole columns of a table: a dip is negative or at most 90 degrees, an azimuth runs from 0 to 360; an
    easting of a projected grid has six digits, a northing seven; an interval begins above its end. Nothing is put
    right: the records keep what the heads say.

    Why it matters:
    Every hole of the table lands elsewhere or points another way.

    Flagged:

        Fell Resources drills Sallow Ridge

        | Hole ID | Easting | Northing | RL | Dip | Azimuth | Depth (m) |
        |---|---|---|---|---|---|---|
        | SR-03 | 512340 | 6871220 | 310 | 135 | -60 | 131.0 |
        | SR-04 | 512380 | 6871260 | 312 | 140 | -55 | 120.0 |

    Fine:

        Fell Resources drills Sallow Ridge

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | SR-03 | 512340 | 6871220 | 310 | 135 | -60 | 131.0 |
        | SR-04 | 512380 | 6871260 | 312 | 140 | -55 | 120.0 |

    Help:
    Compare the heads with the source of the table.
    """
    tables: dict[int, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in reading.facts:
        if fact.measure in _LOOKED_AT and fact.about.get("place") == "table" and isinstance(fact.figure, Figure):
            tables[block_at(reading, fact.source)][fact.measure].append(fact)
    for columns in tables.values():
        for one, other, exchanged in _PAIRS:
            first, second = columns.get(one, []), columns.get(other, [])
            if min(len(first), len(second)) >= _FEWEST and exchanged(first, second):
                names = f"{_name(one)} and {_name(other)}"
                values = f"{first[0].number.value} and {second[0].number.value}"
                message = f"the heads of {names} seem exchanged: {values} in the first row, and the like in most others"
                yield remark("warning", message, [second[0], first[0]])


def _name(measure: str) -> str:
    return measure.partition(".")[2]


def _most(column: Column, holds: Callable[[Decimal], bool]) -> bool:
    return 2 * sum(holds(fact.number.value) for fact in column) > len(column)


def _angles(dips: Column, azimuths: Column) -> bool:
    steep = _most(dips, lambda value: value > 90)
    down = _most(azimuths, lambda value: -90 <= value < 0)
    flat = not any(fact.number.value > 90 for fact in azimuths)
    return (steep and flat) or (down and not any(fact.number.value < 0 for fact in dips))


def _coordinates(eastings: Column, northings: Column) -> bool:
    seven = _most(eastings, lambda value: 1_000_000 <= value < 10_000_000)
    return seven and _most(northings, lambda value: 100_000 <= value < 1_000_000)


def _depths(begins: Column, ends: Column) -> bool:
    ends = sorted(ends, key=_start)
    pairs = []
    for begin in begins:
        first = bisect_right(ends, begin.source.start - _NEAR, key=_start)
        after = bisect_left(ends, begin.source.start + _NEAR, key=_start)
        beside = (end for end in ends[first:after] if end.about.get("hole") == begin.about.get("hole"))
        pairs += [(begin.number.value, end.number.value) for end in beside]
    return len(pairs) >= _FEWEST and 2 * sum(begin > end for begin, end in pairs) > len(pairs)


def _start(fact: Fact) -> int:
    return fact.source.start


_NEAR = 25
"""Two depths of one row stand at most so many characters apart."""
_PAIRS: tuple[tuple[str, str, Callable[[Column, Column], bool]], ...] = (
    ("collars.dip", "collars.azimuth", _angles),
    ("collars.easting", "collars.northing", _coordinates),
    ("drilling.from", "drilling.to", _depths),
)
_LOOKED_AT = frozenset(measure for one, other, _ in _PAIRS for measure in (one, other))
