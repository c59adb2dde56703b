"""Vanished groups: rows of a flattened table that have lost the empty cells of whole groups of columns.

Under Measured, Indicated, Inferred and Total a row may hold twelve numbers, nine, six or three; in which groups they
stand is told by the totals: along the row, and down the columns. What the totals leave open stays open.

>>> rows = [[Decimal(n) for n in row.split()] for row in ("10 2 5 1 15 3", "7 1 7 1", "10 2 12 2 22 4")]
>>> placed(rows, Shape(groups=3, size=2, sums=True), total=2)
[(0, 1, 2), (1, 2), (0, 1, 2)]
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

Groups = tuple[int, ...]
"""The groups of columns in which the figures of a row stand, from left to right."""

_STEPS = 20_000
"""So many tries are made before a table is given up."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How many groups of how many columns; ``sums`` says that the last group is the total of the others."""

    groups: int
    size: int
    sums: bool


@dataclass(slots=True)
class _Search:
    """The ways to place ragged rows so that every column adds up."""

    rows: list[list[Decimal]]
    choices: list[list[Groups]]
    left: list[Decimal]
    room: Decimal
    size: int
    steps: int = 0
    found: list[list[Groups]] = field(default_factory=list)

    def run(self, chosen: list[Groups], left: Sequence[Decimal]) -> None:
        """Place the next row in every way that leaves no column too much."""
        self.steps += 1
        if self.steps > _STEPS:
            return
        at = len(chosen)
        if at == len(self.rows):
            if all(abs(rest) <= self.room for rest in left):
                self.found.append(list(chosen))
            return
        for groups in self.choices[at]:
            rest = list(left)
            for place, group in enumerate(groups):
                rest[group] -= self.rows[at][place * self.size]
            if all(one >= -self.room for one in rest):
                self.run([*chosen, groups], rest)


def placed(rows: Sequence[Sequence[Decimal]], shape: Shape, total: int | None) -> list[Groups | None]:
    """For each row the groups it fills, or nothing where more than one way is left; ``total`` is the row of totals.

    The first column of each group is the one that adds up: the tonnes.
    """
    everything = tuple(range(shape.groups))
    known: list[Groups | None] = [everything if len(row) == shape.groups * shape.size else None for row in rows]
    ragged = [at for at, groups in enumerate(known) if groups is None and at != total]
    if not ragged or total is None or known[total] is None:
        return known
    choices = [list(_choices(rows[at], shape)) for at in ragged]
    left = [rows[total][group * shape.size] for group in everything]
    for at, groups in enumerate(known):
        if groups is not None and at != total:
            left = [rest - rows[at][group * shape.size] for group, rest in enumerate(left)]
    room = len(rows) * _step(value for row in rows for value in row[:: shape.size])
    search = _Search([list(rows[at]) for at in ragged], choices, left, room, shape.size)
    search.run([], left)
    if not search.found or search.steps > _STEPS:
        return known
    for place, at in enumerate(ragged):
        ways = {way[place] for way in search.found}
        known[at] = ways.pop() if len(ways) == 1 else None
    return known


def _choices(row: Sequence[Decimal], shape: Shape) -> Iterator[Groups]:
    """Every way to place a row by itself: with a column of totals, its last figures are the total of the others."""
    held, odd = divmod(len(row), shape.size)
    if odd or not held or held > shape.groups:
        return
    if not shape.sums:
        yield from combinations(range(shape.groups), held)
        return
    tonnes = list(row[:: shape.size])
    if held > 1 and abs(sum(tonnes[:-1]) - tonnes[-1]) <= held * _step(iter(tonnes)):
        for others in combinations(range(shape.groups - 1), held - 1):
            yield (*others, shape.groups - 1)


def _step(values: Iterator[Decimal]) -> Decimal:
    """One unit in the last printed place of the coarsest value."""
    places = [exponent for value in values if isinstance(exponent := value.as_tuple().exponent, int)]
    return Decimal(1).scaleb(max(places, default=0))
