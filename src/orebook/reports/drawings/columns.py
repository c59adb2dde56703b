"""Columns and lines: values of several series by category, beside one another, on one another, or joined by lines."""

from collections.abc import Sequence
from itertools import groupby

from orebook.reports.charted import Panel
from orebook.reports.drawings.axes import (
    SMALL,
    WIDE,
    Room,
    category_names,
    frame,
    key,
    key_rows,
    look,
    numbers,
    room_for,
    spared,
    square,
    tick_words,
    upwards,
)
from orebook.reports.drawings.scales import Scale
from orebook.reports.drawings.svg import box, line, num, path, width_of, words

_FILLED = 0.78
"""How much of a slot its columns fill."""

_SHAPES = ("M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0", "M-4-4H4V4H-4Z", "M0-5L5 4H-5Z", "M0-5L5 0L0 5L-5 0Z")


def columns_panel(panel: Panel, names: Sequence[str], across: float = WIDE) -> tuple[str, float]:
    """Columns side by side, a series of each colour; a value that is missing leaves its place empty.

    ``names`` are all series of the chart, so that one has the same colour in every panel. Yields the panel and how high
    it is.
    """
    values = [value for series in panel.series for value in series.values]
    room, scale = _room(panel, numbers(values, nought=True), across)
    slot, many = room.slot(len(panel.categories)), max(len(panel.series), 1)
    wide = slot * _FILLED / many
    parts, said, fits = [], [], True
    for number, series in enumerate(panel.series):
        for at, value in enumerate(series.values):
            if value is None:
                continue
            x = room.middle(at, len(panel.categories)) + (number - (many - 1) / 2) * wide
            parts.append(_column(x, wide * 0.94, scale(0.0), scale(value), look(names.index(series.name))))
            number_words = f"{value:,.{panel.decimals}f}"
            fits = fits and width_of(number_words, SMALL) <= wide + 1
            said.append(_above(x, scale(value), number_words, below=value < 0))
    drawn = "".join([*parts, *(said if fits else [])])
    return _whole(panel, room, scale, drawn, [square(look(at)) for at in _places(panel, names)])


def stacked_panel(panel: Panel, names: Sequence[str], across: float = WIDE) -> tuple[str, float]:
    """Columns on one another: what is above nothing upwards, what is below it downwards, the sum beside them."""
    sums = []
    for at in range(len(panel.categories)):
        here = [series.values[at] or 0.0 for series in panel.series]
        sums += [sum(value for value in here if value > 0), sum(value for value in here if value < 0)]
    room, scale = _room(panel, numbers(sums, nought=True), across)
    wide = min(room.slot(len(panel.categories)) * _FILLED, 90.0)
    parts = []
    for at in range(len(panel.categories)):
        x, up, down = room.middle(at, len(panel.categories)), 0.0, 0.0
        for series in panel.series:
            value = series.values[at]
            if value is None:
                continue
            begin = up if value >= 0 else down
            parts.append(_column(x, wide, scale(begin), scale(begin + value), look(names.index(series.name))))
            up, down = (begin + value, down) if value >= 0 else (up, begin + value)
        if any(series.values[at] is not None for series in panel.series):
            said = f"{up + down:,.{panel.decimals}f}"
            if width_of(said, SMALL) <= room.slot(len(panel.categories)):
                parts.append(_above(x, scale(up) if up else scale(down), said, below=not up and down < 0))
    return _whole(panel, room, scale, "".join(parts), [square(look(at)) for at in _places(panel, names)])


def lines_panel(panel: Panel, names: Sequence[str], across: float = WIDE) -> tuple[str, float]:
    """Values joined by lines, each series with a mark of its own; where a value is missing the line is broken."""
    values = [value for series in panel.series for value in series.values]
    room, scale = _room(panel, numbers(values, nought=False), across)
    parts = []
    for series in panel.series:
        at = names.index(series.name)
        points = [
            None if value is None else (room.middle(place, len(panel.categories)), scale(value))
            for place, value in enumerate(series.values)
        ]
        for known, run in groupby(points, key=lambda point: point is not None):
            some = [point for point in run if point is not None]
            if known and len(some) > 1:
                parts.append(path(line(some), f"{look(at)}-line", 2))
        parts += [
            f'<g transform="translate({num(point[0])} {num(point[1])})">{_mark(at)}</g>' for point in points if point
        ]
    return _whole(panel, room, scale, "".join(parts), [_mark(at) for at in _places(panel, names)])


def _room(panel: Panel, scale: Scale, across: float) -> tuple[Room, Scale]:
    """The room of a panel that is so wide, and the scale set into it."""
    ticks = [said for _, said in tick_words(scale)]
    first = room_for(ticks, [[""]], 0, wide=across)
    told, _ = spared(panel.categories, first.slot(len(panel.categories)))
    names = _named(panel)
    keyed = len(key_rows(names, first)) if names else 0
    room = room_for(ticks, told, keyed, wide=across)
    return room, upwards(scale, room)


def _places(panel: Panel, names: Sequence[str]) -> list[int]:
    """Which of the series of the chart stand in a panel."""
    return [names.index(series.name) for series in panel.series]


def _named(panel: Panel) -> list[str]:
    """The names that the key of a panel tells; none where there is nothing to tell apart."""
    names = [series.name for series in panel.series]
    return names if len(names) > 1 or any(names) else []


def _whole(panel: Panel, room: Room, scale: Scale, drawn: str, marks: Sequence[str]) -> tuple[str, float]:
    """A panel with its axes and its key."""
    told, skip = spared(panel.categories, room.slot(len(panel.categories)))
    lines = max((len(each) for each in told), default=1)
    names = _named(panel)
    keyed = key(names, room, room.bottom + 22 + lines * 14, marks) if names else ""
    parts = (frame(room, panel.title, panel.axis, scale), drawn, category_names(room, told, skip), keyed)
    return "".join(parts), room.height


def _column(x: float, wide: float, base: float, end: float, colour: str) -> str:
    return box(x - wide / 2, min(base, end), wide, abs(base - end), f"column {colour}")


def _above(x: float, y: float, said: str, *, below: bool) -> str:
    return words(x, y + 14 if below else y - 5, said, "ink small middle halo")


def _mark(at: int) -> str:
    return f'<path class="mark {look(at)}" d="{_SHAPES[at % len(_SHAPES)]}"/>'
