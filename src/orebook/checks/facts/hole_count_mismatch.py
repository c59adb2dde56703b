"""Numbers of holes in the text against the holes of the table."""

from collections.abc import Iterator

from orebook.checks.digits import fits, in_unit, significant
from orebook.checks.intercepts import plain
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.same import agree
from orebook.checks.saying import figure
from orebook.disciplines.drilling.programme import metres_drilled
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.reading.reading import Reading

_TELLING = 4
"""Metres with so many digits are of one programme."""


@rule("F111", on="records", basis="count", catalogue="EX227")
def hole_count_mismatch(reading: Reading) -> Iterator[Remark]:
    """A programme has another number of holes in the text than in the table that has its metres.

    What it does:
    Where the metres of a sentence are those of the whole table of collars, compares the number of holes as well; and
    with another sentence that gives the same metres.

    Why it matters:
    Either a hole is not accounted for, or the sentence counts another programme than the table.

    Flagged:

        Ingle Gold completes drilling at Rook Fell

        The Company completed 4 drill holes totalling 534 metres.

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | RF-01 | 412340 | 6171220 | 310 | 90 | -60 | 181.0 |
        | RF-02 | 412380 | 6171260 | 312 | 90 | -60 | 202.5 |
        | RF-03 | 412420 | 6171300 | 315 | 90 | -60 | 150.0 |
        ----
        Ingle Gold completes drilling at Rook Fell

        The Company completed 64 drill holes totalling 7,931 metres.

        The results of 63 drill holes totalling 7,930.6 metres have been received.

    Fine:

        Ingle Gold completes drilling at Rook Fell

        The Company completed 3 drill holes totalling 534 metres.

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | RF-01 | 412340 | 6171220 | 310 | 90 | -60 | 181.0 |
        | RF-02 | 412380 | 6171260 | 312 | 90 | -60 | 202.5 |
        | RF-03 | 412420 | 6171300 | 315 | 90 | -60 | 150.0 |

    Help:
    Name the holes that are in the count and not in the table, or mend the count.
    """
    yield from _in_two_sentences(reading)
    collars = reading.of("drill_collar")
    depths = [fact for record in collars if (fact := record.get("collars.depth")) and isinstance(fact.figure, Figure)]
    names = {record.about.get("hole", "") for record in collars}
    if len(names) < 2 or len(depths) != len(names):
        return
    for record in reading.of("drill_program"):
        metres, holes = record.get("programmes.metres"), record.get("programmes.holes")
        if metres is None or holes is None or record.about.get("context", "announced") != "announced":
            continue
        if not isinstance(holes.figure, Figure) or not isinstance(metres.figure, Figure) or holes.figure.sign:
            continue
        if holes.figure.value != len(names) and _same_metres(metres, depths):
            text = f"{figure(holes.figure)} stand here; the table that adds up to these metres has {len(names)}"
            yield remark("warning", text, [holes, metres, *depths])


def _in_two_sentences(reading: Reading) -> Iterator[Remark]:
    """Programmes that have their metres in common and not their holes."""
    seen: list[tuple[Fact, Fact]] = []
    for record in reading.of("drill_program"):
        metres, holes = record.get("programmes.metres"), record.get("programmes.holes")
        if metres is None or holes is None or not (plain(metres) and plain(holes)):
            continue
        if significant(metres.number) < _TELLING:
            continue
        for length, count in seen:
            if agree(length.number, metres.number) and count.number.value != holes.number.value:
                text = f"{figure(holes.number)} here and {figure(count.number)} there for {figure(metres.number)}"
                yield remark("warning", text, [holes, count, metres, length])
                break
        seen.append((metres, holes))


def _same_metres(metres: Fact, depths: list[Fact]) -> bool:
    parts = [in_unit(depth.number, "m") for depth in depths]
    said = in_unit(metres.number, "m")
    return fits(lambda read: metres_drilled([read(part) for part in parts]), said)
