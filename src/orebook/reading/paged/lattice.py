"""Lattices: the places between crossing rules, and which of them are one cell because no rule parts them."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from orebook.reading.paged.marks import Mark, Rule
from orebook.reading.paged.ruling import Network, places

_MOST_CELLS = 100_000
_OPEN_SIDE = 8.0
"""Points: a horizontal rule that goes on so far beyond the last vertical one makes a column without a border."""
NARROWEST = 6.0
_LOWEST = 5.0
"""Points: columns and rows are at least so wide and high; shades inside of borders are no cells."""
_INSET = 3.5
"""Points: shades stand so far inside of the borders of their cells."""

Area = tuple[int, int, int, int]
"""A cell: its first row and column, its last row and column."""


class Lattice:
    """Column edges, row edges, and between which neighbours a rule stands."""

    def __init__(self, xs: list[float], ys: list[float], network: Network) -> None:
        self.xs, self.ys = xs, ys
        self.wide, self.high = len(xs) - 1, len(ys) - 1
        self.walls = [[False] * (self.wide + 1) for _ in range(self.high)]
        self.floors = [[False] * self.wide for _ in range(self.high + 1)]
        middles = [(a + b) / 2 for a, b in pairwise(ys)]
        centres = [(a + b) / 2 for a, b in pairwise(xs)]
        for rule in network.down:
            column = _nearest(xs, rule.at)
            for row, middle in enumerate(middles):
                if rule.start - 1 <= middle <= rule.end + 1:
                    self.walls[row][column] = True
        for rule in network.across:
            row = _nearest(ys, rule.at)
            for column, centre in enumerate(centres):
                if rule.start - 1 <= centre <= rule.end + 1:
                    self.floors[row][column] = True

    @classmethod
    def of(cls, network: Network) -> "Lattice | None":
        """The lattice of a network; nothing if it has too few edges for a table."""
        xs = places(network.down, NARROWEST)
        ys = places(_borders(network.across, xs), _LOWEST)
        if len(xs) < 2 or len(ys) < 2:
            return None
        first, last = min(rule.start for rule in network.across), max(rule.end for rule in network.across)
        xs = ([first] if first < xs[0] - _OPEN_SIDE else []) + xs + ([last] if last > xs[-1] + _OPEN_SIDE else [])
        top, bottom = min(rule.start for rule in network.down), max(rule.end for rule in network.down)
        ys = ([top] if top < ys[0] - _OPEN_SIDE else []) + ys + ([bottom] if bottom > ys[-1] + _OPEN_SIDE else [])
        if len(xs) < 3 or len(ys) < 3 or len(xs) * len(ys) > _MOST_CELLS:
            return None
        return cls(xs, ys, network)

    def column(self, x: float) -> int:
        """The column in which a place lies."""
        return min(max(bisect_right(self.xs, x) - 1, 0), self.wide - 1)

    def parted(self, marks: Sequence[Mark]) -> tuple[list[tuple[int, int, Mark]], list[Mark]]:
        """The words inside with their row and column, and the others."""
        inside: list[tuple[int, int, Mark]] = []
        outside: list[Mark] = []
        xs, ys = self.xs, self.ys
        left, right, top, bottom = xs[0] - 1, xs[-1] + 1, ys[0] - 1, ys[-1] + 1
        for mark in marks:
            x, y = (mark[0] + mark[2]) / 2, (mark[1] + mark[3]) / 2
            if left <= x <= right and top <= y <= bottom:
                row = min(max(bisect_right(ys, y) - 1, 0), self.high - 1)
                inside.append((row, self.column(x), mark))
            else:
                outside.append(mark)
        return inside, outside

    def areas(self) -> list[list[Area]]:
        """For every place of the lattice the cell it belongs to: first row and column, last row and column."""
        areas: list[list[Area]] = [[(0, 0, -1, -1)] * self.wide for _ in range(self.high)]
        for row in range(self.high):
            for column in range(self.wide):
                if areas[row][column][2] >= 0:
                    continue
                last = column
                while last + 1 < self.wide and not self.walls[row][last + 1] and areas[row][last + 1][2] < 0:
                    last += 1
                low = row
                while low + 1 < self.high and self._same_below(low, column, last):
                    low += 1
                for y in range(row, low + 1):
                    for x in range(column, last + 1):
                        areas[y][x] = (row, column, low, last)
        return areas

    def _same_below(self, row: int, column: int, last: int) -> bool:
        """Whether no rule parts a cell from the place below it, which has the same sides."""
        if any(self.floors[row + 1][column : last + 1]) or any(self.walls[row + 1][column + 1 : last + 1]):
            return False
        opened = column > 0 and not self.walls[row + 1][column]
        return not opened and (last + 1 >= self.wide or self.walls[row + 1][last + 1])


def _borders(across: Sequence[Rule], xs: Sequence[float]) -> list[Rule]:
    """The horizontal rules that reach a column's edge; the sides of shades inside of cells reach none."""
    found = [
        rule
        for rule in across
        if min(abs(xs[_nearest(xs, rule.start)] - rule.start), abs(xs[_nearest(xs, rule.end)] - rule.end)) < _INSET
        or rule.start < xs[0] - _OPEN_SIDE
        or rule.end > xs[-1] + _OPEN_SIDE
    ]
    return found if len(found) > 1 else list(across)


def _nearest(values: Sequence[float], value: float) -> int:
    at = bisect_right(values, value)
    if at == len(values) or (at and value - values[at - 1] <= values[at] - value):
        return at - 1
    return at
