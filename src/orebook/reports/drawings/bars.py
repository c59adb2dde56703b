"""Bars: the grades of samples beside a trace, as long and coloured as they say."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from orebook.reports.drawings.furniture import Frame
from orebook.reports.drawings.grade_classes import GradeClasses, bar_length
from orebook.reports.drawings.scales import Scale
from orebook.reports.drawings.svg import text

BAR = 16.0
"""The longest bar of a grade, in pixels."""


def bars(frame: Frame, cut: pl.DataFrame, classes: GradeClasses) -> list[str]:
    """A bar to the right of the trace for each interval of a cut: hole, from, to, grade, and where both ends lie.

    Those beyond the frame are left out.

    >>> rows = {"hole": ["A"], "from": [2.0], "to": [4.0], "grade": [5.0]}
    >>> ends = {"along_from": [0.0], "up_from": [8.0], "along_to": [0.0], "up_to": [6.0]}
    >>> frame = Frame(Scale(0, 10, 0, 100), Scale(0, 10, 100, 0))
    >>> bars(frame, pl.DataFrame(rows | ends), GradeClasses((5.0,)))
    ['<path class="bar class5" data-hole="A" data-from="2" data-to="4" data-grade="5" d="M0 20L0 40L16 40L16 20Z"/>']
    """
    if not cut.height:
        return []
    begin_x, end_x = (_scaled(frame.across, cut[name]) for name in ("along_from", "along_to"))
    begin_y, end_y = (_scaled(frame.up, cut[name]) for name in ("up_from", "up_to"))
    run, rise = end_x - begin_x, end_y - begin_y
    size = np.maximum(np.hypot(run, rise), 1e-9)
    side = np.where(-rise < 0, -1.0, 1.0)  # bars stand to the right of the trace
    away_x, away_y = -rise / size * side, run / size * side
    grades = cut["grade"].to_numpy()
    long, which = bar_length(grades, classes, BAR), classes.of(grades)
    x3, y3, x4, y4 = end_x + away_x * long, end_y + away_y * long, begin_x + away_x * long, begin_y + away_y * long
    roles = [classes.colour(number) for number in range(len(classes.bounds) + 1)]
    corners = (begin_x, begin_y, end_x, end_y, x3, y3, x4, y4)
    room = frame.room
    seen = (np.maximum(begin_x, end_x) >= room.left - BAR) & (np.minimum(begin_x, end_x) <= room.right + BAR)
    seen &= (np.maximum(begin_y, end_y) >= room.top - BAR) & (np.minimum(begin_y, end_y) <= room.bottom + BAR)
    which = np.where(seen, which, -1)
    return _written(cut, corners, [roles[number] if number >= 0 else None for number in which.tolist()])


def _written(cut: pl.DataFrame, corners: Sequence[np.ndarray], roles: Sequence[str | None]) -> list[str]:
    """The bars of samples, written all at once: there may be tens of thousands. One without a role is left out."""
    escaped = {hole: text(hole) for hole in cut["hole"].unique().to_list()}
    said = [pl.col(name).round(3).cast(pl.String).str.strip_suffix(".0") for name in ("from", "to")]
    grade = pl.col("grade").cast(pl.Float64).round_sig_figs(4).cast(pl.String).str.strip_suffix(".0")
    places = {f"at{number}": np.round(values, 1) for number, values in enumerate(corners)}
    table = cut.with_columns(role=pl.Series(roles, dtype=pl.String), **{k: pl.Series(v) for k, v in places.items()})
    hole = pl.col("hole").replace_strict(escaped, return_dtype=pl.String)
    points = [pl.col(name).cast(pl.String).str.strip_suffix(".0") for name in places]
    form = '<path class="bar {}" data-hole="{}" data-from="{}" data-to="{}" data-grade="{}" '
    form += 'd="M{} {}L{} {}L{} {}L{} {}Z"/>'
    written = table.filter(pl.col("role").is_not_null()).select(pl.format(form, "role", hole, *said, grade, *points))
    return written.to_series().to_list()


def _scaled(scale: Scale, values: pl.Series) -> np.ndarray:
    """The pixels of a column."""
    return np.asarray(scale.start + (values.to_numpy() - scale.low) * scale.per_unit)
