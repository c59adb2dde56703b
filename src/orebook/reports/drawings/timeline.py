"""Timeline of an option: money spent against what is due by when, and below it who held what of the property."""

from datetime import date
from itertools import pairwise

from orebook.reports.charted import Timeline
from orebook.reports.drawings.axes import (
    LINE,
    SMALL,
    WIDE,
    Room,
    day_ticks,
    days_across,
    frame,
    key,
    key_rows,
    look,
    numbers,
    room_for,
    square,
    tick_words,
)
from orebook.reports.drawings.placing import Box, Wanted, along, beside
from orebook.reports.drawings.scales import Scale
from orebook.reports.drawings.svg import box, line, num, path, width_of, words

_PLOT, _SHARES = 170.0, 120.0
_WHOLE = 100.0


def timeline_panel(told: Timeline) -> tuple[str, float]:
    """Spending as steps with each amount that is due at its day, then the interests as bands up to the day of the page.

    Yields the panel and how high it is.
    """
    days = [told.first, told.until, *(due.day for due in told.due)]
    found = numbers([*(value for _, value in told.spent), *(due.amount for due in told.due)], nought=True)
    ticks = [said for _, said in tick_words(found)] + ["100"]
    room = room_for(ticks, [[""]], 0, _PLOT)
    across = days_across(min(days), max(days), room)
    across = Scale(across.low, across.high + (across.high - across.low) * 0.04, room.left, room.right)
    money = Scale(found.low, found.high, room.bottom, room.top + 12)
    body, end = _shares(told, across, room, room.bottom + 44)
    parts = [frame(room, told.title, told.axis, money), body, _today(told, across, room.top, end)]
    spent, taken = _spent(told, across, money)
    parts += [spent, _due(told, across, money, room, taken)]
    height = end + 24
    names = list(told.holders)
    parts.append(key(names, room, height + 12, [square(look(at + 1)) for at in range(len(names))]))
    return "".join(parts), height + 22 + 20 * len(key_rows(names, room))


def _track(told: Timeline, across: Scale, money: Scale) -> list[tuple[float, float]]:
    """What was spent by each day, as the points of steps."""
    points = [(across(day.toordinal()), money(value)) for day, value in told.spent]
    stepped = points[:1]
    for (_, before), (x, y) in pairwise(points):
        stepped += [(x, before), (x, y)]
    return [*stepped, (across(told.until.toordinal()), points[-1][1])] if points else []


def _spent(told: Timeline, across: Scale, money: Scale) -> tuple[str, list[Box]]:
    """The steps with their last number, and the room that both take."""
    track = _track(told, across, money)
    if not track:
        return "", []
    x, y = track[-1]
    said = f"{told.spent[-1][1]:,.1f} spent"
    wide = width_of(said, SMALL)
    left = x - 6 - wide if x - 6 - wide > across.start else x + 6
    marks = [_mark_box(across(due.day.toordinal()), money(due.amount)) for due in told.due]
    both = [Box(left, top, left + wide, top + LINE) for top in (y - 18, y + 4)]
    label = next((each for each in both if not any(each.meets(mark) for mark in marks)), both[0])
    drawn = path(line(track), "series0-line", 2) + words(label.left, label.bottom - 2, said, "ink small halo")
    return drawn, [label, *(Box(*each) for each in along([track]).tolist())]


def _mark_box(x: float, y: float) -> Box:
    """The room of a mark."""
    return Box(x - 6, y - 6, x + 6, y + 6)


def _due(told: Timeline, across: Scale, money: Scale, room: Room, taken: list[Box]) -> str:
    """Each amount that is due, at its day, with its words where they have room."""
    parts, wanted, marks = [], [], []
    for due in told.due:
        x, y = across(due.day.toordinal()), money(due.amount)
        parts.append(path(f"M{num(x)} {num(y)}V{num(room.bottom)}", "quiet-line", 1, ' stroke-dasharray="3 3"'))
        parts.append(f'<path class="mark accent" transform="translate({num(x)} {num(y)})" d="M0-6L6 0L0 6L-6 0Z"/>')
        wanted.append(Wanted(x, y, width_of(due.said, SMALL), LINE))
        marks.append(_mark_box(x, y))
    places = beside(wanted, Box(room.left, room.top + 2, room.right, room.bottom), [*taken, *marks])
    for due, place in zip(told.due, places, strict=True):
        if place is not None:
            parts.append(words(place.left, place.bottom - 3, due.said, "ink small halo"))
    return "".join(parts)


def _shares(told: Timeline, across: Scale, room: Room, begin: float) -> tuple[str, float]:
    """The interests as bands on one another, from the day of each until the next, and where they end below."""
    end = begin + _SHARES
    up = Scale(0.0, _WHOLE, end, begin)
    days = sorted({day for steps in told.holders.values() for day, _ in steps})
    parts = [words(room.left, begin - 10, "interest held, %", "quiet small")]
    for value in (0.0, 50.0, 100.0):
        parts.append(path(f"M{num(room.left)} {num(up(value))}H{num(room.right)}", "grid-line grid", 1))
        parts.append(words(room.left - 6, up(value) + 4, f"{value:.0f}", "quiet small end"))
    for start, stop in pairwise([*days, told.until]):
        base = 0.0
        for at, steps in enumerate(told.holders.values()):
            held = _on(steps, start)
            left, right = across(start.toordinal()), across(stop.toordinal())
            parts.append(box(left, up(base + held), right - left, up(base) - up(base + held), look(at + 1)))
            said = f"{held:g}%"
            if held >= 12 and right - left > width_of(said, 11) + 8:
                parts.append(words((left + right) / 2, up(base + held / 2) + 4, said, "ink small middle halo"))
            base += held
    for x, said in day_ticks(across):
        parts.append(path(f"M{num(x)} {num(end)}v4", "quiet-line", 1))
        if x + width_of(said, SMALL) / 2 < WIDE:
            parts.append(words(x, end + 16, said, "quiet small middle"))
    parts.append(path(f"M{num(room.left)} {num(end)}H{num(room.right)}", "ink-line", 1.2))
    return "".join(parts), end


def _today(told: Timeline, across: Scale, top: float, end: float) -> str:
    """The day of the page, through both parts."""
    x = across(told.until.toordinal())
    return path(f"M{num(x)} {num(top)}V{num(end)}", "accent-line", 1.2)


def _on(steps: tuple[tuple[date, float], ...], day: date) -> float:
    """What was held on a day: the last saying that had begun by then."""
    begun = [held for start, held in steps if start <= day]
    return begun[-1] if begun else 0.0
