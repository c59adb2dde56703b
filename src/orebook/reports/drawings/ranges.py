"""Ranges: what was given in advance as a bar from its low to its high end, and what came so far beside it."""

from collections.abc import Sequence

from orebook.reports.charted import Panel
from orebook.reports.drawings.axes import SMALL, WIDE, fitted, key, numbers, room_for, square, tick_words
from orebook.reports.drawings.scales import Scale
from orebook.reports.drawings.svg import box, num, path, width_of, words

_ROW, _HEAD, _MOST = 40.0, 52.0, 260.0
_NUMBERS = 130.0


def ranges_panel(panel: Panel, names: Sequence[str]) -> tuple[str, float]:
    """A row for each name, numbers across: the range, what came, and both in digits at the end; and how high it is.

    The first series holds the low ends, the second the high ones, the third what came.
    """
    low, high, came = (series.values for series in panel.series[:3])
    scale = numbers([*low, *high, *came], nought=True)
    left = min(max(width_of(each, SMALL) for each in panel.categories) + 24, _MOST)
    bottom = _HEAD + _ROW * len(panel.categories)
    across = Scale(scale.low, scale.high, left, WIDE - _NUMBERS - 18)
    parts = [words(16, 20, panel.title, "ink strong"), words(16, 40, panel.axis, "quiet small")]
    lines = []
    for value, said in tick_words(scale):
        lines.append(f"M{num(across(value))} {num(_HEAD - 4)}V{num(bottom)}")
        parts.append(words(across(value), bottom + 16, said, "quiet small middle"))
    parts.insert(0, path("".join(lines), "grid-line grid", 1))
    for at, name in enumerate(panel.categories):
        y = _HEAD + _ROW * (at + 0.5)
        parts.append(words(left - 10, y + 4, fitted(name, left - 24), "ink small end"))
        parts.append(_row(across, y, (low[at], high[at], came[at]), panel.decimals))
    parts.append(path(f"M{num(across(0))} {num(_HEAD - 4)}V{num(bottom)}", "ink-line", 1.2))
    room = room_for(["0"], [[""]], 1)
    marks = [square("series4"), square("series0")]
    parts.append(key(["guidance", panel.series[2].name], room, bottom + 36, marks))
    return "".join(parts), bottom + 60


def _row(across: Scale, y: float, found: tuple[float | None, ...], decimals: int) -> str:
    """The bars of a row and, at its end, the digits; a missing end leaves its bar out."""
    low, high, came = found
    parts, said = [], []
    if low is not None and high is not None:
        begin, end = sorted((across(low), across(high)))
        parts.append(box(begin, y - 11, max(end - begin, 3.0), 22, "series4"))
        ends = f"{low:,.{decimals}f}" if low == high else f"{low:,.{decimals}f} to {high:,.{decimals}f}"
        said.append(ends)
    if came is not None:
        begin, end = sorted((across(0.0), across(came)))
        parts.append(box(begin, y - 5, max(end - begin, 1.0), 10, "series0"))
        said.append(f"so far {came:,.{decimals}f}")
    x = across.end + 14
    parts += [words(x, y - 2 + 14 * row, each, "ink small") for row, each in enumerate(said)]
    return "".join(parts)
