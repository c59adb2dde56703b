"""Grade classes: which colour a grade has, and the key that says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10

import numpy as np
from numpy.typing import NDArray

from orebook.ground import units
from orebook.ground.metals import symbols
from orebook.ground.schema import unit_of
from orebook.reports.drawings.furniture import LINE
from orebook.reports.drawings.scales import decimals_of, round_numbers
from orebook.reports.drawings.svg import box, width_of, words

_SERIES = (1.0, 3.0)
"""The bounds that are proposed are these times powers of ten: half a power of ten apart."""

_NARROW = 4.0
"""Where the richest samples are less than so many times the middle one, bounds in even steps tell more."""

_TRACE = 1e-12
"""Less than this is no grade, in whatever unit."""

MOST = 6
"""So many classes have a colour."""


@dataclass(frozen=True, slots=True)
class GradeClasses:
    """The bounds between classes of a grade, rising, and how the grade is called: ``Au``, ``g/t``.

    >>> classes = GradeClasses((0.3, 1.0, 3.0), "Au", "g/t")
    >>> classes.of(np.array([0.1, 0.3, 9.0, np.nan])).tolist(), classes.said()
    ([0, 1, 3, -1], ['< 0.3', '0.3 to 1', '1 to 3', '≥ 3'])
    """

    bounds: tuple[float, ...]
    label: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        if len(self.bounds) >= MOST or not self.bounds or any(low >= high for low, high in pairwise(self.bounds)):
            raise ValueError(f"bounds of grades are {self.bounds}; give one to {MOST - 1} rising numbers")

    def of(self, grades: NDArray[np.float64]) -> NDArray[np.int64]:
        """The class of each grade, 0 for those below the first bound, -1 where there is none."""
        found = np.searchsorted(np.asarray(self.bounds), grades, side="right")
        return np.where(np.isnan(grades), -1, found).astype(np.int64)

    def colour(self, number: int) -> str:
        """The colour of a class: the first is the least, the last the most, however many there are."""
        most = len(self.bounds)
        return f"class{0 if number == 0 else MOST - 1 - most + number}"

    def said(self) -> list[str]:
        """Each class in words."""
        bounds = [f"{bound:.{decimals_of(bound)}f}" for bound in self.bounds]
        middle = [f"{low} to {high}" for low, high in pairwise(bounds)]
        return [f"< {bounds[0]}", *middle, f"≥ {bounds[-1]}"]

    def key(self, x: float, y: float, width: float = 1e9) -> tuple[str, int]:
        """The key of the classes in rows no wider than so many pixels, the first at ``y``, and how many rows it has."""
        parts, at, row = [], x, 0
        named = " ".join(filter(None, (self.unit, self.label)))
        said = [*((number, each) for number, each in enumerate(self.said())), *([(-1, named)] if named else [])]
        for number, each in said:
            wide = width_of(each, 11) + (24 if number >= 0 else 0)
            if at > x and at + wide > x + width:
                at, row = x, row + 1
            if number >= 0:
                parts.append(box(at, y + row * LINE - 9, 10, 10, self.colour(number), ' rx="2"'))
            parts.append(words(at + (14 if number >= 0 else 0), y + row * LINE, each, "quiet small"))
            at += wide
        return f'<g class="key">{"".join(parts)}</g>', row + 1


def proposed(grades: Sequence[float] | NDArray[np.float64], label: str = "", unit: str = "") -> GradeClasses:
    """Classes that tell the grades of a project apart: about two to a power of ten, the richest few samples alone.

    They say nothing of what is ore. Grades of nought and below, and missing ones, do not count.

    >>> proposed([0.01, 0.05, 0.2, 0.4, 0.9, 2.0, 14.0, 0.0], "Au", "g/t").bounds
    (0.1, 0.3, 1.0, 3.0, 10.0)
    """
    found = np.asarray(grades, dtype=np.float64)
    found = found[np.isfinite(found) & (found > _TRACE)]
    if not len(found):
        return GradeClasses((1.0,), label, unit)
    low, middle, top = (float(each) for each in np.quantile(found, (0.05, 0.5, 0.98)))
    if top < _NARROW * middle:  # grades that hardly differ: even steps from the poorest to the richest
        kept = tuple(round_numbers(low, top, MOST - 1))[: MOST - 1]
        return GradeClasses(kept or (_rounded(top),), label, unit)
    powers = range(-12, 13)
    series = [float(f"{first * 10.0**power:.0e}") for power in powers for first in _SERIES]
    below = [bound for bound in series if bound <= top][-(MOST - 1) :]
    kept = tuple(bound for bound in below if (found < bound).any()) or tuple(below[:1]) or (_rounded(top),)
    return GradeClasses(kept, label, unit)


def _rounded(grade: float) -> float:
    """A grade cut to two digits, so that a bound at it is a number that people say.

    >>> _rounded(133.496), _rounded(0.0999)
    (130.0, 0.099)
    """
    step = floor(log10(grade)) - 1
    return round(floor(round(grade / 10.0**step, 6)) * 10.0**step, 12 - step)


_LEAST = 1e-200
"""What is less is nought: nothing can be divided by it."""


def bar_length(grades: NDArray[np.float64], classes: GradeClasses, most: float) -> NDArray[np.float64]:
    """How long the bar of each grade is, in pixels: by the root of the grade over the last bound, at most ``most``.

    Where no bound lies above nought every grade above it has the whole length.

    >>> bar_length(np.array([1.0]), GradeClasses((1.0, 4.0)), 12.0).tolist()
    [6.0]
    >>> bar_length(np.array([1.0, 0.0]), GradeClasses((0.0,)), 12.0).tolist()
    [12.0, 0.0]
    """
    top = classes.bounds[-1]
    if top < _LEAST:
        return np.where(np.nan_to_num(grades) > 0.0, most, 0.0)
    return np.asarray(most * np.sqrt(np.clip(np.nan_to_num(grades) / top, 0.0, 1.0)))


def spoken(grade: str) -> tuple[str, str]:
    """How a column of grades is called, and its unit.

    >>> spoken("au_gpt"), spoken("sc2o3_ppm"), spoken("au_fa50_ppm")
    (('Au', 'g/t'), ('Sc2O3', 'ppm'), ('Au_fa50', 'ppm'))
    """
    unit = unit_of(grade)
    name = grade.rpartition("_")[0] if unit else grade
    return symbols().get(name, f"{name[:1].upper()}{name[1:]}"), units.rows()[unit].name if unit else ""
