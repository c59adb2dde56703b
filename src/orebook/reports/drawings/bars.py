"""Bars: the grades of samples beside a trace, as long and coloured as they say."""

from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.maths.numerals import written
from orebook.reports.drawings.furniture import Frame
from orebook.reports.drawings.grade_classes import GradeClasses, bar_length
from orebook.reports.drawings.scales import Scale
from orebook.reports.drawings.svg import text

BAR = 16.0
"""The longest bar of a grade, in pixels."""

_FIGURES, _LEAST, _MOST = 4, 3, 9
"""A grade is told with so many figures; numbers are rounded to no less and no more than so many decimals."""

Floats = NDArray[np.float64]


def bars(frame: Frame, cut: pl.DataFrame, classes: GradeClasses) -> list[str]:
    """A bar to the right of the trace for each interval of a cut: hole, from, to, grade, and where both ends lie.

    The bars of a hole stand in a group, those of one class in one path, whose ``data-each`` has from, to and grade of
    each: ten thousand bars of their own are slow to show. Those beyond the frame are left out.

    >>> rows = {"hole": ["A"], "from": [2.0], "to": [4.0], "grade": [5.0]}
    >>> ends = {"along_from": [0.0], "up_from": [8.0], "along_to": [0.0], "up_to": [6.0]}
    >>> frame = Frame(Scale(0, 10, 0, 100), Scale(0, 10, 100, 0))
    >>> bars(frame, pl.DataFrame(rows | ends), GradeClasses((5.0,)))
    ['<g data-hole="A"><path class="bar class5" data-each="2 4 5" d="M0 20l0 20 16 0 0-20z"/></g>']
    """
    begin_x, end_x = (_scaled(frame.across, cut[name]) for name in ("along_from", "along_to"))
    begin_y, end_y = (_scaled(frame.up, cut[name]) for name in ("up_from", "up_to"))
    room, which = frame.room, classes.of(cut["grade"].cast(pl.Float64).to_numpy())
    seen = (np.maximum(begin_x, end_x) >= room.left - BAR) & (np.minimum(begin_x, end_x) <= room.right + BAR)
    seen &= (np.maximum(begin_y, end_y) >= room.top - BAR) & (np.minimum(begin_y, end_y) <= room.bottom + BAR)
    holes = cut["hole"].rle_id().to_numpy()
    order = np.lexsort((which, holes))
    order = order[(seen & (which >= 0))[order]]
    if not len(order):
        return []
    begin, end = (np.stack(each)[:, order] for each in ((begin_x, begin_y), (end_x, end_y)))
    table, which, holes = cut[order], which[order], holes[order]
    changes = (which[1:] != which[:-1]) | (holes[1:] != holes[:-1])
    begins = np.flatnonzero(np.concatenate(([True], changes)))
    grades = table["grade"].cast(pl.Float64).to_numpy()
    paths = written("M# #l# # # # # #z", _corners(begin, end, bar_length(grades, classes, BAR)), begins=begins)
    said = _said(table, grades, begins)
    drawn = [
        f'<path class="bar {classes.colour(number)}" data-each="{each[1:]}" d="{d}"/>'
        for number, each, d in zip(which[begins].tolist(), said, paths, strict=True)
    ]
    own = holes[begins]
    first = np.flatnonzero(np.concatenate(([True], own[1:] != own[:-1]))).tolist()
    names = table["hole"].gather(begins[first]).to_list()
    return [
        f'<g data-hole="{text(hole)}">{"".join(drawn[begin:end])}</g>'
        for hole, (begin, end) in zip(names, pairwise([*first, len(drawn)]), strict=True)
    ]


def _corners(begin: Floats, end: Floats, long: Floats) -> Floats:
    """The corners of bars in pixels, from both ends (x and y) and lengths: the first, and the ways to the next ones."""
    run, rise = end - begin
    size = np.maximum(np.hypot(run, rise), 1e-9)
    side = np.where(-rise < 0, -1.0, 1.0) * long  # bars stand to the right of the trace
    away = np.stack([-rise / size * side, run / size * side])
    corners = np.round(np.stack([begin, end, end + away, begin + away]), 1)
    corners[1:] -= corners[:-1].copy()  # of rounded corners, so that no way adds up to a miss
    return corners.transpose(2, 0, 1).reshape(-1, 8)


def _said(table: pl.DataFrame, grades: Floats, begins: NDArray[np.int64]) -> list[str]:
    """From, to and grade of the bars of each path."""
    power = np.floor(np.log10(np.maximum(np.abs(grades), 1e-300)))
    step = 10.0 ** np.where(grades == 0, 0.0, power - (_FIGURES - 1))
    depths = (table[name].cast(pl.Float64).to_numpy() for name in ("from", "to"))
    told = np.column_stack([*(np.round(each, _LEAST) for each in depths), np.rint(grades / step) * step])
    finest = -np.log10(step.min())
    return written(" # # #", told, places=int(np.clip(finest, _LEAST, _MOST)), begins=begins)


def _scaled(scale: Scale, values: pl.Series) -> Floats:
    """The pixels of a column."""
    return np.asarray(scale.start + (values.to_numpy() - scale.low) * scale.per_unit)
