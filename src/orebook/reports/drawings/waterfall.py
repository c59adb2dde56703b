"""Waterfall: a bridge from one amount to another, each change where the one before left off."""

from collections.abc import Sequence

from orebook.reports.charted import Panel, steps
from orebook.reports.drawings.axes import WIDE, category_names, frame, numbers, room_for, spared, tick_words, upwards
from orebook.reports.drawings.svg import box, num, path, words

_WIDE = 96.0


def waterfall_panel(panel: Panel, names: Sequence[str], across: float = WIDE) -> tuple[str, float]:
    """The amounts at both ends from nought, the changes between them, each with its number; and how high it is.

    ``names`` are not used: a bridge has one series, and its colours say which way a change goes.
    """
    values = [value or 0.0 for value in panel.series[0].values]
    spans = steps(values)
    found = numbers([end for span in spans for end in span], nought=True)
    ticks = [said for _, said in tick_words(found)]
    room = room_for(ticks, [[""]], 0, wide=across)
    told, skip = spared(panel.categories, room.slot(len(values)))
    room = room_for(ticks, told, 0, wide=across)
    scale = upwards(found, room)
    wide = min(room.slot(len(values)) * 0.7, _WIDE)
    parts = [frame(room, panel.title, panel.axis, scale)]
    for at, ((begin, end), value) in enumerate(zip(spans, values, strict=True)):
        whole = at in (0, len(values) - 1)
        x = room.middle(at, len(values))
        colour = "series0" if whole else "gain" if value >= 0 else "loss"
        top, low = scale(max(begin, end)), scale(min(begin, end))
        parts.append(box(x - wide / 2, top, wide, max(low - top, 1.0), f"column {colour}"))
        if at < len(values) - 1:
            reach = room.slot(len(values)) - wide / 2
            parts.append(path(f"M{num(x + wide / 2)} {num(scale(end))}H{num(x + reach)}", "quiet-line", 1))
        said = f"{'+' if value > 0 and not whole else ''}{value:,.{panel.decimals}f}"
        below = end < 0 and begin <= 0
        parts.append(words(x, low + 14 if below else top - 5, said, "ink small middle halo"))
    return "".join([*parts, category_names(room, told, skip)]), room.height
