"""Vanished groups: rows of a flattened table that have lost the empty cells of whole groups of columns.

Under Measured, Indicated, Inferred and Total a row may hold twelve numbers, nine, six or three; in which groups they
stand is told by the totals: along the row, and down the columns. What the totals leave open stays open.

>>> rows = [[Decimal(n) for n in row.split()] for row in ("10 2 5 1 15 3", "7 1 7 1", "10 2 12 2 22 4")]
>>> placed(rows, Shape(groups=3, size=2, sums=True), total=2)
[(0, 1, 2), (1, 2), (0, 1, 2)]
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations

Groups = tuple[int, ...]
"""The groups of columns in which the figures of a row stand, from left to right."""

Place = tuple[int, int]
"""A column that adds up: its group and its place in the group."""

_STEPS = 20_000
"""So many tries are made before a table is given up."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How many groups of how many columns; ``sums`` says that the last group is the total of the others.

    ``adding`` are the columns of a group that add up: the tonnes, and the metal where there is one.
    """

    groups: int
    size: int
    sums: bool
    adding: tuple[int, ...] = (0,)


@dataclass(slots=True)
class _Search:
    """The ways to place ragged rows so that every column adds up."""

    rows: list[list[Decimal]]
    choices: list[list[Groups]]
    room: dict[int, Decimal]
    size: int
    steps: int = 0
    found: list[list[Groups]] = field(default_factory=list)

    def run(self, chosen: list[Groups], left: Mapping[Place, Decimal]) -> None:
        """Place the next row in every way that leaves no column too much."""
        self.steps += 1
        if self.steps > _STEPS:
            return
        at = len(chosen)
        if at == len(self.rows):
            if all(abs(rest) <= self.room[column] for (_, column), rest in left.items()):
                self.found.append(list(chosen))
            return
        for groups in self.choices[at]:
            rest = dict(left)
            for place, group in enumerate(groups):
                for column in self.room:
                    rest[group, column] -= self.rows[at][place * self.size + column]
            if all(one >= -self.room[column] for (_, column), one in rest.items()):
                self.run([*chosen, groups], rest)


def placed(rows: Sequence[Sequence[Decimal]], shape: Shape, total: int | None) -> list[Groups | None]:
    """For each row the groups it fills, or nothing where more than one way is left; ``total`` is the row of totals."""
    everything = tuple(range(shape.groups))
    known: list[Groups | None] = [everything if len(row) == shape.groups * shape.size else None for row in rows]
    ragged = [at for at, groups in enumerate(known) if groups is None and at != total]
    if not ragged or total is None or known[total] is None:
        return known
    whole = [at for at, groups in enumerate(known) if groups is not None and at != total]
    for adding in (shape.adding, shape.adding[:1]):  # metal is often rounded so that it does not add up
        found = _searched(rows, replace(shape, adding=adding), total, whole, ragged)
        if found:
            for place, at in enumerate(ragged):
                ways = {way[place] for way in found}
                known[at] = ways.pop() if len(ways) == 1 else None
            break
    return known


def _searched(
    rows: Sequence[Sequence[Decimal]], shape: Shape, total: int, whole: list[int], ragged: list[int]
) -> list[list[Groups]]:
    """Every way to place the ragged rows so that, with the whole ones, the columns make the totals."""
    left = {
        (group, column): rows[total][group * shape.size + column]
        - sum((rows[at][group * shape.size + column] for at in whole), Decimal(0))
        for group in range(shape.groups)
        for column in shape.adding
    }
    room = {
        column: len(rows) * _step(value for row in rows for value in row[column :: shape.size])
        for column in shape.adding
    }
    search = _Search(
        [list(rows[at]) for at in ragged], [list(_choices(rows[at], shape)) for at in ragged], room, shape.size
    )
    search.run([], left)
    return search.found if search.steps <= _STEPS else []


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
