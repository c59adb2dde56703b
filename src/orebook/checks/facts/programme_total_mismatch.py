"""Metres of two kinds of drilling against those of both."""

from collections.abc import Iterator

from orebook.checks.digits import fits, in_unit, nearest
from orebook.checks.intercepts import plain
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import added, between, figure
from orebook.disciplines.drilling.programme import metres_drilled
from orebook.ground.fact import Fact
from orebook.reading.reading import Reading

_MOST = 12
_LEAST = 40
"""Smaller numbers of holes add up by chance."""


@rule("F129", on="records", basis="arithmetic", catalogue="EX227")
def programme_total_mismatch(reading: Reading) -> Iterator[Remark]:
    """The holes of two programmes add up to a third, and their metres do not.

    What it does:
    Where three statements give holes and metres one after the other, and the holes of two of them make exactly those of
    the first or the last (forty or more), adds the metres as well. Other holes may by chance add up too, so this is a
    warning.

    Why it matters:
    Counts are kept; metres are typed anew for every presentation.

    Flagged:

        Ingle Gold reports on Rook Fell

        The company drilled 171 RC holes totalling 9,840 metres.

        The company drilled 36 diamond holes totalling 4,415 metres.

        In total the company drilled 207 holes totalling 15,100 metres.

    Fine:

        Ingle Gold reports on Rook Fell

        The company drilled 171 RC holes totalling 9,840 metres.

        The company drilled 36 diamond holes totalling 4,415 metres.

        In total the company drilled 207 holes totalling 14,255 metres.

    Help:
    Add the metres of the same holes that were counted.
    """
    said: dict[tuple[str, str], tuple[Fact, Fact]] = {}
    for record in reading.of("drill_program"):
        holes, metres = record.get("programmes.holes"), record.get("programmes.metres")
        if holes is not None and metres is not None and plain(holes) and plain(metres):
            said.setdefault((holes.figure.digits, metres.figure.digits), (holes, metres))
    programmes = list(said.values())[:_MOST]
    for three in zip(programmes, programmes[1:], programmes[2:], strict=False):
        for whole, one, other in (three, three[::-1]):
            count = one[0].number.value + other[0].number.value
            told = count >= _LEAST and min(one[0].number.value, other[0].number.value) > 1
            if told and whole[0].number.value == count:
                yield from _compared([whole], [one[1], other[1]])


def _compared(wholes: list[tuple[Fact, Fact]], parts: list[Fact]) -> Iterator[Remark]:
    figures = [in_unit(part.number, "m") for part in parts]
    if any(fits(lambda read: metres_drilled([read(each) for each in figures]), whole[1].number) for whole in wholes):
        return
    holes, metres = wholes[0]
    implied = metres_drilled([nearest(each) for each in figures]).to(metres.number.unit or "m")
    text = (
        f"{added(parts)} make {between(implied, step=metres.number.step)};"
        f" {figure(metres.number)} stands for the same {figure(holes.number)}"
    )
    yield remark("warning", text, [metres, *parts, holes], implied)
