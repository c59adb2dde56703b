"""Series: the running numbers in the names of holes, and the numbers among them that no hole has."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

LEAST = 4
"""A series of fewer holes tells nothing."""

_BLOCK = 10
"""Where more numbers than this are missing at once, another block of numbers begins."""

_RUNS = re.compile(r"\d+|\D+")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A hole of a series: its number, its name, the digits that spell the number, and its place among the names."""

    number: int
    name: str
    place: int
    digits: str


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a series without a great gap: its holes in order, and the numbers between them that no hole has."""

    holes: tuple[Numbered, ...]
    absent: tuple[int, ...]

    @property
    def present(self) -> int:
        """How many numbers have a hole; wedges share that of their hole."""
        return len({one.number for one in self.holes})

    def names(self) -> list[str]:
        """The names that the absent numbers would have, stretches of them as one."""
        return list(_names(self.absent, self.holes[0]))


def blocks(names: Iterable[str]) -> list[Block]:
    """The series of some holes that lack numbers, in stretches; one that lacks more numbers than it has is no series.

    The running number is the last one of a name (``CL20037``, ``EUG-11-083``), and the same for a wedge
    (``NMD182W1``). Source: habit of the trade.

    >>> [block.names() for block in blocks(["CL20036", "CL20037", "CL20039", "CL20040"])]
    [['CL20038']]
    """
    found = []
    for series in _series(names).values():
        for stretch in _stretches(sorted(series, key=lambda one: (one.number, one.place))):
            present = {one.number for one in stretch}
            absent = tuple(number for number in range(stretch[0].number, stretch[-1].number) if number not in present)
            if len(present) >= LEAST and 0 < len(absent) <= len(present):
                found.append(Block(tuple(stretch), absent))
    return found


def _series(names: Iterable[str]) -> dict[str, list[Numbered]]:
    """Holes by what stands before their running number: the last number of the name, unless it is one digit alone."""
    series: dict[str, list[Numbered]] = defaultdict(list)
    for place, name in enumerate(names):
        runs = _RUNS.findall(name.strip())
        places = [at for at, run in enumerate(runs) if run.isdecimal() and len(run) < 10]
        if not places:
            continue
        at = places[-1]
        if len(runs[at]) == 1:
            at = max(places, key=lambda each: (len(runs[each]), each))
        series["".join(runs[:at]).upper()].append(Numbered(int(runs[at]), name, place, runs[at]))
    return series


def _stretches(series: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    """A series in order, cut where many numbers in a row are missing."""
    stretch: list[Numbered] = []
    for one in series:
        if stretch and one.number - stretch[-1].number > _BLOCK + 1:
            yield stretch
            stretch = []
        stretch.append(one)
    if stretch:
        yield stretch


def _names(absent: Iterable[int], like: Numbered) -> Iterator[str]:
    head = like.name.strip()[: like.name.strip().rindex(like.digits)]
    run: list[int] = []
    for number in [*absent, -1]:
        if run and number != run[-1] + 1:
            first, last = (f"{head}{end:0{len(like.digits)}d}" for end in (run[0], run[-1]))
            yield first if len(run) == 1 else f"{first} to {last}"
            run = []
        run.append(number)
