"""Metres of a programme against the depths of its holes."""

import re
from collections import defaultdict
from collections.abc import Iterator

from orebook.checks.digits import fits, in_unit, nearest
from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import added, between, figure
from orebook.disciplines.drilling.programme import metres_drilled
from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_CAPTION = Pattern(r"\b(?:Table|Appendix)\s+[A-Z]?\d", re.IGNORECASE)
"""What parts two tables of a text that has lost its line breaks."""


@rule("F110", on="records", basis="arithmetic", catalogue="EX227")
def collar_total_mismatch(reading: Reading) -> Iterator[Remark]:
    """The metres of a programme are not the depths of its holes added up.

    What it does:
    Adds the depths in a table of collars and compares them with the total row of that table, and with a sentence that
    gives metres for just as many holes.

    Why it matters:
    The table is the proof of the programme. A hole that is missing from the total, or a depth that was changed in one
    place only, is found by adding.

    Flagged:

        Ingle Gold completes drilling at Rook Fell

        The Company completed 3 drill holes totalling 600 metres.

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | RF-01 | 412340 | 6171220 | 310 | 90 | -60 | 181.0 |
        | RF-02 | 412380 | 6171260 | 312 | 90 | -60 | 202.5 |
        | RF-03 | 412420 | 6171300 | 315 | 90 | -60 | 150.0 |

    Fine:

        Ingle Gold completes drilling at Rook Fell

        The Company completed 3 drill holes totalling 534 metres.

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | RF-01 | 412340 | 6171220 | 310 | 90 | -60 | 181.0 |
        | RF-02 | 412380 | 6171260 | 312 | 90 | -60 | 202.5 |
        | RF-03 | 412420 | 6171300 | 315 | 90 | -60 | 150.0 |
        | Total | | | | | | 533.5 |

    Help:
    Add the column again and give text and table the same state of the programme.
    """
    tables = _depths(reading)
    for total in (fact for fact in reading.facts if fact.measure == "programmes.total"):
        block = block_at(reading, total.source)
        above = [
            depths for (at, _), depths in tables.items() if at == block and depths[0].source.start < total.source.start
        ]
        if above:
            yield from _compared(total, above[-1], "the total row")
    for metres, holes in _programmes(reading):
        for depths in _of_so_many(holes, list(tables.values())):
            yield from _compared(metres, depths, f"{figure(holes.number)} in the text")


def _depths(reading: Reading) -> dict[tuple[int, int], list[Fact]]:
    """The depths in each table of collars in which every hole has one and stands once, by block and place in it."""
    tables: dict[tuple[int, int], list[Record]] = defaultdict(list)
    block, number, end = -1, 0, 0
    for record in reading.of("drill_collar"):
        if record.about.get("context") == "planned":
            continue
        at = block_at(reading, record.source)
        parted = at == block and _CAPTION.search(reading.document.text, end, record.source.start)
        number = number + bool(parted) if at == block else 0
        block, end = at, record.source.end
        tables[at, number].append(record)
    whole = {}
    for name, records in tables.items():
        said = [record.get("collars.depth") for record in records]
        depths = [fact for fact in said if fact and isinstance(fact.figure, Figure)]
        names = {record.about.get("hole", "") for record in records}
        if len(depths) == len(records) == len(names):
            whole[name] = depths
    return whole


def _programmes(reading: Reading) -> Iterator[tuple[Fact, Fact]]:
    """Metres and holes that were drilled, where one sentence gives both."""
    for record in reading.of("drill_program"):
        metres, holes = record.get("programmes.metres"), record.get("programmes.holes")
        done = record.about.get("context", "announced") == "announced"
        if done and metres and holes and isinstance(metres.figure, Figure) and isinstance(holes.figure, Figure):
            yield metres, holes


def _of_so_many(holes: Fact, tables: list[list[Fact]]) -> list[list[Fact]]:
    """The table, or all tables together, that have exactly that number of holes."""
    together = [depth for depths in tables for depth in depths]
    fitting = [depths for depths in (*tables, together) if depths and len(depths) == holes.number.value]
    return fitting[:1] if not holes.number.sign else []


def _compared(total: Fact, depths: list[Fact], what: str) -> Iterator[Remark]:
    said = in_unit(total.number, "m")
    parts = [in_unit(depth.number, "m") for depth in depths]
    if not fits(lambda read: metres_drilled([read(part) for part in parts]), said):
        implied = metres_drilled([nearest(part) for part in parts]).to(said.unit)
        text = (
            f"the depths of {len(depths)} holes, {added(depths)}, make {between(implied, step=said.step)};"
            f" {figure(said)} stands for {what}"
        )
        yield remark("error", text, [total, *depths], implied)
