"""Axes of charts: the title of a panel, numbers upwards, categories or days across, the names of its series."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from orebook.reports.drawings.scales import Scale, decimals_of, nice_step
from orebook.reports.drawings.svg import box, num, path, width_of, words

WIDE = 880.0
"""How wide a chart is, in pixels."""

SMALL, LINE = 11.0, 14.0
"""The size of small letters, and how far lines of them lie apart."""

_RIGHT, _HEAD, _PLOT, _KEY = 18.0, 52.0, 210.0, 20.0
_TICK, _SPARE = 6.0, 12.0
_MOST_LINES = 3
_SERIES = 8


@dataclass(frozen=True, slots=True)
class Room:
    """The part of a panel in which values are drawn: its edges in pixels, and how high the whole panel is."""

    left: float
    right: float
    top: float
    bottom: float
    height: float

    def slot(self, many: int) -> float:
        """How wide the room of one of so many categories is."""
        return (self.right - self.left) / max(many, 1)

    def middle(self, at: int, many: int) -> float:
        """The middle of a category."""
        return self.left + self.slot(many) * (at + 0.5)


def room_for(
    ticks: Sequence[str], names: Sequence[Sequence[str]], key: int, plot: float = _PLOT, wide: float = WIDE
) -> Room:
    """Room for numbers so wide, names of categories with so many lines, and so many rows of a key."""
    left = max([width_of(each, SMALL) for each in ticks], default=20.0) + 16
    lines = max([len(each) for each in names], default=1)
    bottom = _HEAD + plot
    return Room(left, wide - _RIGHT, _HEAD, bottom, bottom + 10 + lines * LINE + key * _KEY + 14)


def numbers(values: Iterable[float | None], *, nought: bool, most: int = 6) -> Scale:
    """A scale that holds all values and ends at round numbers; columns stand on nought, lines need not see it.

    The pixels are set later: ``Scale.low`` and ``high`` count.

    >>> scale = numbers([3.0, 27.0], nought=True)
    >>> scale.low, scale.high, numbers([0.36, 0.38], nought=False).low
    (0.0, 30.0, 0.355)
    """
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=1.0)
    if nought:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        reach = abs(low) * 0.1 or 1.0
        low, high = (low, high + reach) if nought and low >= 0 else (low - reach, high + reach)
    step = nice_step(high - low, most - 1)
    first, last = low // step, -(-high // step)
    if not nought:
        first -= 1 if low - first * step < step * 0.2 else 0
        last += 1 if last * step - high < step * 0.2 else 0
    return Scale(round(first * step, 12), round(last * step, 12), 0.0, 1.0)


def upwards(scale: Scale, room: Room) -> Scale:
    """A scale set into a room, with space at its ends for numbers above the highest column and below the lowest."""
    return Scale(scale.low, scale.high, room.bottom - (_SPARE if scale.low < 0 else 0), room.top + _SPARE)


def tick_words(scale: Scale, most: int = 6) -> list[tuple[float, str]]:
    """The numbers of an axis with their words.

    >>> [said for _, said in tick_words(Scale(0.0, 30.0, 0.0, 1.0))]
    ['0', '5', '10', '15', '20', '25', '30']
    """
    places = decimals_of(nice_step(scale.high - scale.low, most))
    return [(value, f"{value:,.{places}f}") for value in scale.ticks(most)]


def frame(room: Room, title: str, axis: str, scale: Scale) -> str:
    """The title, the unit, and the numbers with their lines; ``scale`` runs upwards in the room."""
    said = [words(room.left, 20, title, "ink strong"), words(room.left, 40, axis, "quiet small")]
    lines = []
    for value, number in tick_words(scale):
        y = scale(value)
        lines.append(f"M{num(room.left)} {num(y)}H{num(room.right)}")
        said.append(words(room.left - _TICK, y + 4, number, "quiet small end"))
    grid = path("".join(lines), "grid-line grid", 1)
    zero = scale(0.0) if scale.low <= 0 <= scale.high else room.bottom
    base = path(f"M{num(room.left)} {num(zero)}H{num(room.right)}", "ink-line", 1.2)
    return f'<g class="axes">{grid}{base}{"".join(said)}</g>'


def wrapped(name: str, wide: float, size: float = SMALL) -> list[str]:
    """A name in lines that fit a width, broken between words; what is left over ends in three dots.

    >>> wrapped("Gains on derivatives", 80.0)
    ['Gains on', 'derivatives']
    >>> wrapped("2011-Q3", 80.0)
    ['2011-Q3']
    """
    lines: list[str] = [""]
    for word in name.split():
        joined = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(joined, size) > wide:
            lines.append(word)
        else:
            lines[-1] = joined
    kept = lines if len(lines) <= _MOST_LINES else [*lines[: _MOST_LINES - 1], " ".join(lines[_MOST_LINES - 1 :])]
    return [fitted(line, wide, size) for line in kept]


def fitted(said: str, wide: float, size: float = SMALL) -> str:
    """Words cut to a width; what was cut off is three dots.

    >>> fitted("Huckleberry", 40.0)
    'Huckl…'
    """
    if width_of(said, size) <= wide:
        return said
    most = max(int(wide / (size * 0.6)), 2)
    return f"{said[: most - 1].rstrip()}…"


def category_names(room: Room, names: Sequence[Sequence[str]], skip: int = 1) -> str:
    """The names below the categories, every ``skip``-th of them."""
    said = []
    for at, lines in enumerate(names):
        if at % skip == 0:
            x = room.middle(at, len(names))
            said += [
                words(x, room.bottom + 16 + row * LINE, line, "ink small middle") for row, line in enumerate(lines)
            ]
    return "".join(said)


def spared(names: Sequence[str], slot: float) -> tuple[list[list[str]], int]:
    """The names of categories in lines that fit their slots; where one word does not, only every so-manieth is told."""
    widest = max((width_of(word, SMALL) for name in names for word in name.split()), default=0.0)
    skip = max(1, -(-int(widest + 6) // max(int(slot), 1)))
    return [wrapped(name, slot * skip - 6) for name in names], skip


def look(at: int) -> str:
    """The class of the colour of a series."""
    return f"series{at % _SERIES}"


def key_rows(names: Sequence[str], room: Room) -> list[list[tuple[int, str, float]]]:
    """The names of several series in rows that fit: the number of each, its words, and where it begins."""
    rows: list[list[tuple[int, str, float]]] = [[]]
    x = room.left
    for at, name in enumerate(names):
        said = fitted(name, room.right - room.left - 30)
        wide = width_of(said, SMALL) + 40
        if rows[-1] and x + wide > room.right:
            rows.append([])
            x = room.left
        rows[-1].append((at, said, x))
        x += wide
    return rows


def key(names: Sequence[str], room: Room, top: float, marks: Sequence[str]) -> str:
    """What each series looks like, in rows; ``marks`` are drawn at the origin."""
    said = []
    for row, some in enumerate(key_rows(names, room)):
        for at, name, x in some:
            y = top + row * _KEY
            said.append(f'<g transform="translate({num(x + 8)} {num(y)})">{marks[at]}</g>')
            said.append(words(x + 22, y + 4, name, "ink small"))
    return f'<g class="key">{"".join(said)}</g>'


def square(classes: str) -> str:
    """The mark of columns in a key."""
    return box(-6, -5, 12, 10, classes)


def days_across(first: date, last: date, room: Room) -> Scale:
    """A scale of days across a room, counted from the first of all days."""
    low, high = first.toordinal(), last.toordinal()
    return Scale(low, high if high > low else low + 1, room.left, room.right)


def day_ticks(scale: Scale) -> list[tuple[float, str]]:
    """Beginnings of quarters or of years on a scale of days, as many as have room.

    >>> [said for _, said in day_ticks(days_across(date(2010, 7, 1), date(2011, 3, 1), Room(0, 400, 0, 1, 1)))]
    ['2010-07', '2010-10', '2011-01']
    """
    first, last = date.fromordinal(int(scale.low)), date.fromordinal(int(scale.high))
    months = [
        date(whole // 12, whole % 12 + 1, 1)
        for whole in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ]
    for every in (3, 6, 12, 24, 60, 120):
        kept = [day for day in months if (day.year * 12 + day.month - 1) % every == 0 and first <= day <= last]
        if len(kept) * 60 <= abs(scale.end - scale.start):
            break
    whole = every >= 12
    return [(scale(day.toordinal()), f"{day.year}" if whole else f"{day:%Y-%m}") for day in kept]
