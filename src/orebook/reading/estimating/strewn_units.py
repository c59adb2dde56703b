"""Units of strewn rows: in what tonnes, grades and metals are given, told by what tonnes times grade makes.

>>> from decimal import Decimal as D
>>> found = fitting([((12_529_000, 1000), ((1.53, 0.01), (0.2, 0.01)), ((191_700, 100), (80_600, 100)))], {"t", "oz"})
>>> [(one.tonnes, one.pairs) for one in found]
[('t', (('%', 't'), ('g/t', 'oz')))]
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

Number = tuple[float, float]
"""A number and its step."""

Product = tuple[Number, tuple[Number, ...], tuple[Number, ...]]
"""The tonnes of a row, its grades and its metals."""

_TONNES = {"t": 1.0, "kt": 1e3, "Mt": 1e6}
_METALS = {
    "t": 1.0, "kt": 1e3, "lb": 0.45359237e-3, "klb": 0.45359237, "Mlb": 453.59237, "oz": 31.1034768e-6,
    "koz": 31.1034768e-3, "Moz": 31.1034768,
}  # fmt: skip
_GRADES = {"%": 1e-2, "g/t": 1e-6, "ppm": 1e-6}
_PRECIOUS = ("oz", "koz", "Moz")
_DECADES = 3 * math.log(10)
"""Metals of a page differ by about so much, as a logarithm: what a chance fit is measured against."""
_BIG = 1_000_000


@dataclass(frozen=True, slots=True)
class Units:
    """The unit of the tonnes, and of each grade with its metal; ``chance`` is how probable it is to fit by chance."""

    tonnes: str
    pairs: tuple[tuple[str, str], ...]
    chance: float


def fitting(rows: Sequence[Product], named: set[str]) -> list[Units]:
    """The units under which tonnes times grade makes every metal of the rows as printed; only of units that are named.

    Tonnes that count in millions are tonnes, whether somebody says so or not.
    """
    found: list[Units] = []
    many = all(row[0][0] >= _BIG for row in rows)
    size = len(rows[0][1])
    for tonnes, factor in _TONNES.items():
        if (many and tonnes != "t") or not (many or tonnes in named):
            continue
        columns = [_pairs(rows, column, factor, named) for column in range(size)]
        for pairs in product(*columns):
            chance = math.prod(one for _, one in pairs)
            found.append(Units(tonnes, tuple(pair for pair, _ in pairs), chance))
    return found


def finer(row: Product, units: Units, column: int) -> Number:
    """The grade that a total's metal tells more finely than its print: its middle, and how wide it is.

    >>> row: Product = ((21_680_000, 10_000), ((0.74, 0.01),), ((514_500, 100),))
    >>> middle, width = finer(row, Units("t", (("g/t", "oz"),), 1.0), 0)
    >>> round(middle, 4), round(width, 4)
    (0.7381, 0.0005)
    """
    (tonnes, coarse), grade, metal = row[0], row[1][column], row[2][column]
    unit, of = units.pairs[column]
    factor = _METALS[of] / _TONNES[units.tonnes] / _GRADES[unit]
    low = max(grade[0] - grade[1] / 2, (metal[0] - metal[1] / 2) * factor / (tonnes + coarse / 2))
    high = min(grade[0] + grade[1] / 2, (metal[0] + metal[1] / 2) * factor / (tonnes - coarse / 2))
    return (low + high) / 2, max(high - low, 0.0)


def _pairs(rows: Sequence[Product], column: int, factor: float, named: set[str]) -> list[tuple[tuple[str, str], float]]:
    """The units of a grade and its metal that fit in every row, with the chance of that."""
    tried = [(grade, metal) for grade in _GRADES for metal in _METALS if metal in named and _goes(grade, metal)]
    found: list[tuple[tuple[str, str], float]] = []
    for grade, metal in tried:
        chance = float(len(tried))
        for tonnes, grades, metals in rows:
            width = _fit(tonnes, grades[column], metals[column], factor * _GRADES[grade] / _METALS[metal])
            if width is None:
                break
            chance *= min(1.0, width / _DECADES)
        else:
            found.append(((grade, metal), min(1.0, chance)))
    return found


def _goes(grade: str, metal: str) -> bool:
    return (grade == "g/t") == (metal in _PRECIOUS)


def _fit(tonnes: Number, grade: Number, metal: Number, factor: float) -> float | None:
    """How wide, as a logarithm, the range is in which tonnes times grade meets the metal; nothing where it does not."""
    low = (tonnes[0] - tonnes[1] / 2) * (grade[0] - grade[1] / 2) * factor
    high = (tonnes[0] + tonnes[1] / 2) * (grade[0] + grade[1] / 2) * factor
    least, most = metal[0] - metal[1] / 2, metal[0] + metal[1] / 2
    if low <= 0 or least <= 0 or high < least or most < low:
        return None
    return math.log(high / low) + math.log(most / least)
