"""Histogram: how the grades of some samples are spread, in the colours of their classes."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from orebook.reports.drawings.grade_classes import GradeClasses
from orebook.reports.drawings.scales import Scale, decimals_of
from orebook.reports.drawings.svg import Drawing, num, path, text, words

Floats = NDArray[np.float64]

_LEFT, _RIGHT, _TOP, _BOTTOM = 6.0, 6.0, 16.0, 34.0
_PARTS = 3
"""So many bars stand in each class that has two bounds."""

_WIDE = 5.0
"""Where the last bound is so many times the first, bars are as wide as ratios of grades, not as their differences."""


def histogram(
    grades: Floats,
    classes: GradeClasses,
    *,
    cutoff: float | None = None,
    of: str = "samples",
    width: float = 360.0,
    height: float = 170.0,
) -> Drawing:
    """The number of samples by grade, bars in the colours of the classes, the cut-off as a line where there is one.

    Every bar lies within one class. Grades below the first bar are counted in it. ``of`` says what has the grades.

    >>> drawn = histogram(np.array([0.2, 0.5, 2.0, 2.5]), GradeClasses((0.3, 1.0, 3.0), "Au", "g/t"))
    >>> drawn.title
    'Grades of 4 samples: < 0.3 g/t Au 1, 0.3 to 1 1, 1 to 3 2, ≥ 3 0'
    """
    found = grades[np.isfinite(grades)]
    ratios = classes.bounds[0] > 0 and classes.bounds[-1] >= _WIDE * classes.bounds[0]
    edges = _edges(classes, float(found.max(initial=0.0)), ratios)
    counts, _ = np.histogram(np.clip(found, edges[0], np.nextafter(edges[-1], 0)), edges)
    at = np.log(edges) if ratios else edges
    across = Scale(float(at[0]), float(at[-1]), _LEFT, width - _RIGHT)
    up = Scale(0.0, float(max(counts.max(initial=1), 1)), height - _BOTTOM, _TOP)
    parts = list(_bars(edges, at, counts, classes, across, up))
    parts.append(path(f"M{num(_LEFT)} {num(up.start)}H{num(width - _RIGHT)}", "ink-line", 1))
    parts += _axis(classes, across, up.start, ratios)
    if cutoff is not None and edges[0] < cutoff < edges[-1]:
        x = across(float(np.log(cutoff)) if ratios else cutoff)
        parts.append(path(f"M{num(x)} {num(_TOP - 4)}V{num(up.start)}", "accent-line", 1.4, ' stroke-dasharray="4 3"'))
        parts.append(words(x + 4, _TOP + 4, f"cut-off {cutoff:g}", "accent small halo"))
    return Drawing(_title(found, classes, of), width, height, "".join(parts))


def _edges(classes: GradeClasses, most: float, ratios: bool) -> Floats:
    """Where bars end: the bounds, each class cut into parts, one more class below and above."""
    bounds = list(classes.bounds)
    if ratios:
        step = bounds[1] / bounds[0] if len(bounds) > 1 else _WIDE
        ends = [bounds[0] / step, *bounds, max(bounds[-1] * step, most * 1.001)]
        pieces = [np.geomspace(low, high, _PARTS + 1)[:-1] for low, high in pairwise(ends)]
    else:
        step = bounds[1] - bounds[0] if len(bounds) > 1 else abs(bounds[0]) or 1.0
        ends = [min(bounds[0] - step, 0.0) if bounds[0] <= 0 else 0.0, *bounds, max(bounds[-1] + step, most * 1.001)]
        pieces = [np.linspace(low, high, _PARTS + 1)[:-1] for low, high in pairwise(ends)]
    return np.array([*np.concatenate(pieces), ends[-1]])


def _bars(
    edges: Floats, at: Floats, counts: NDArray[np.int64], classes: GradeClasses, across: Scale, up: Scale
) -> Iterator[str]:
    middles = (edges[:-1] + edges[1:]) / 2
    for low, high, begin, end, count, number in zip(
        edges[:-1], edges[1:], at[:-1], at[1:], counts, classes.of(middles), strict=True
    ):
        left, top = across(float(begin)), up(float(count))
        place = f'x="{num(left + 0.5)}" y="{num(top)}" width="{num(max(across(float(end)) - left - 1, 0.5))}"'
        said = f"<title>{text(f'{low:.3g} to {high:.3g}: {count:,}')}</title>"
        yield f'<rect class="{classes.colour(int(number))}" {place} height="{num(up.start - top)}">{said}</rect>'


def _axis(classes: GradeClasses, across: Scale, foot: float, ratios: bool) -> Iterator[str]:
    """The bounds of the classes below the bars, and what they are."""
    until = -1e9
    for bound in classes.bounds:
        x, said = across(float(np.log(bound)) if ratios else bound), f"{bound:.{decimals_of(bound)}f}"
        yield path(f"M{num(x)} {num(foot)}v4", "ink-line", 1)
        if x - until > 9 + 3.4 * len(said):
            yield words(x, foot + 16, said, "quiet small middle")
            until = x + 3.4 * len(said)
    named = " ".join(filter(None, (classes.unit, classes.label)))
    yield words(across.end, foot + 30, named, "quiet small end")


def _title(grades: Floats, classes: GradeClasses, of: str) -> str:
    which = np.bincount(classes.of(grades), minlength=len(classes.bounds) + 1) if len(grades) else np.zeros(6, int)
    said = classes.said()
    named = " ".join(filter(None, (classes.unit, classes.label)))
    first = f"{said[0]} {named} {which[0]:,}"
    others = [f"{each} {count:,}" for each, count in zip(said[1:], which[1:], strict=False)]
    return f"Grades of {len(grades):,} {of}: {', '.join([first, *others])}"
