"""Coordinates of one table that are of other sizes."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from orebook.checks.intercepts import plain
from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import number
from orebook.ground.fact import Fact
from orebook.reading.reading import Reading

_LEAST = 3
_FAR = 5


@rule("F123", on="facts", basis="holes of one table lie near each other")
def coordinate_digits_differ(reading: Reading) -> Iterator[Remark]:
    """A coordinate in a table of collars is many times smaller or larger than the others of its column.

    What it does:
    Compares each easting and northing with the middle value of its column in a table of three holes or more, where the
    coordinates are those of a projected grid.

    Why it matters:
    A digit was lost or doubled: the hole lands hundreds of kilometres away.

    Flagged:

        Fell Resources drills Sallow Ridge

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | SR-03 | 512340 | 6871220 | 310 | 90 | -60 | 131.0 |
        | SR-04 | 51238 | 6871260 | 312 | 90 | -60 | 120.0 |
        | SR-05 | 512420 | 6871300 | 315 | 90 | -60 | 150.0 |

    Fine:

        Fell Resources drills Sallow Ridge

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | SR-03 | 512340 | 6871220 | 310 | 90 | -60 | 131.0 |
        | SR-04 | 512380 | 6871260 | 312 | 90 | -60 | 120.0 |
        | SR-05 | 512420 | 6871300 | 315 | 90 | -60 | 150.0 |

    Help:
    Take the coordinate from the survey of the collar.
    """
    columns: dict[tuple[int, str], list[Fact]] = defaultdict(list)
    for fact in reading.facts:
        if fact.measure in ("collars.easting", "collars.northing") and plain(fact):
            columns[block_at(reading, fact.source), fact.measure].append(fact)
    for facts in columns.values():
        middle = median(abs(fact.number.value) for fact in facts)
        if len(facts) < _LEAST or middle < 100_000:
            continue
        for fact in facts:
            size = abs(fact.number.value)
            if not middle <= size * _FAR <= middle * _FAR * _FAR:
                hole = fact.about.get("hole", "a hole")
                text = f"{hole}: {number(fact.number.value)} stands in a column of about {number(Decimal(int(middle)))}"
                yield remark("warning", text, [fact])
