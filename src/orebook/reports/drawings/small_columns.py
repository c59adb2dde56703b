"""Small columns: a panel of a chart in the size of a card, with its figures in the words that stand for it."""

from orebook.reports.charted import Panel
from orebook.reports.drawings.axes import LINE, SMALL, fitted, look, tick_words
from orebook.reports.drawings.scales import Scale
from orebook.reports.drawings.svg import Drawing, box, num, path, text, width_of, words

_TOP, _RIGHT, _FILLED = 20.0, 4.0, 0.76
_ABOVE, _APART, _NAME = 1.12, 8.0, 84.0
_TICKS = 3
_TOLD = 40
"""So many figures are told to those who cannot see the columns."""

_LEAST = 1e-200
"""What is less is nought on an axis: no power of ten divides it any more."""


def small_columns(panel: Panel, *, width: float = 360.0, height: float = 168.0) -> Drawing:
    """Columns of a panel, beside one another or on one another, as small as a card; every one tells its figure.

    >>> from orebook.reports.charted import Series
    >>> panel = Panel("bars", "Copper produced", "million lb", ("2011-Q2", "2011-Q3"), (Series("Hob", (6.3, None)),))
    >>> small_columns(panel).title
    'Copper produced, million lb: 2011-Q2 6.3'
    """
    stacked = panel.kind == "stacked"
    low, high = _ends(panel, stacked=stacked)
    ticks = tick_words(Scale(low, high, 0.0, 1.0), _TICKS)
    left = max((width_of(said, SMALL) for _, said in ticks), default=0.0) + 8.0
    keys = _key([each.name for each in panel.series], left, width)
    bottom = height - 20.0 - LINE * len(keys)
    up = Scale(low, high, bottom, _TOP)
    slot = (width - _RIGHT - left) / max(len(panel.categories), 1)
    parts = [
        path("".join(f"M{num(left)} {num(up(value))}H{num(width - _RIGHT)}" for value, _ in ticks), "grid-line", 1)
    ]
    parts += [words(left - 5, up(value) + 4, said, "quiet small end") for value, said in ticks]
    parts.append(words(0, 9, panel.axis, "quiet small"))
    for at, name in enumerate(panel.categories):
        parts += _columns(panel, at, name, (left + slot * at, slot), up, stacked=stacked)
    parts.append(path(f"M{num(left)} {num(up(0.0))}H{num(width - _RIGHT)}", "ink-line", 1))
    parts += _names(panel, left, slot, bottom, width)
    parts += [_keyed(row, bottom + 22.0 + LINE * at) for at, row in enumerate(keys)]
    return Drawing(_told(panel), width, height, "".join(parts))


def _ends(panel: Panel, *, stacked: bool) -> tuple[float, float]:
    """What the axis reaches over: nought, all columns, and room above them for their figures."""
    known = [[series.values[at] or 0.0 for series in panel.series] for at in range(len(panel.categories))]
    heights = [0.0, *(sum(here) for here in known)] if stacked else [0.0, *(value for here in known for value in here)]
    low, high = min(heights), max(heights)
    return (low, low + (high - low) * _ABOVE) if high - low > _LEAST else (0.0, 1.0)


def _columns(panel: Panel, at: int, name: str, slot: tuple[float, float], up: Scale, *, stacked: bool) -> list[str]:
    """The columns of one category; the sum stands above where it has room."""
    begin, wide = slot
    many = 1 if stacked else max(len(panel.series), 1)
    each, low, parts = wide * _FILLED / many, 0.0, []
    for number, series in enumerate(panel.series):
        value = series.values[at]
        if value is None or not value:
            continue
        place = begin + wide * (1 - _FILLED) / 2 + (0 if stacked else number * each)
        said = f"{name}{f', {series.name}' if series.name else ''}: {value:,.{panel.decimals}f} {panel.axis}"
        top, base = up(low + value), up(low)
        shape = box(place, min(top, base), max(each * 0.94, 0.6), abs(base - top), f"column {look(number)}")
        parts.append(f"<g>{shape}<title>{text(said)}</title></g>")
        low += value if stacked else 0.0
    sums = [series.values[at] or 0.0 for series in panel.series]
    said = f"{sum(sums):,.{panel.decimals}f}"
    if (stacked or many == 1) and any(sums) and width_of(said, SMALL) <= wide + 2:
        parts.append(words(begin + wide / 2, up(max(sum(sums), 0.0)) - 4, said, "ink small middle halo"))
    return parts


def _names(panel: Panel, left: float, slot: float, bottom: float, width: float) -> list[str]:
    """The names of as many categories as have room, the last among them."""
    found: list[str] = []
    until = width + _APART
    for at in reversed(range(len(panel.categories))):
        said = fitted(panel.categories[at], max(slot, _NAME))
        half = width_of(said, SMALL) / 2
        x = min(max(left + slot * (at + 0.5), half), width - half)
        if x + half + _APART <= until:
            found.append(words(x, bottom + 14, said, "quiet small middle"))
            until = x - half
    return found[::-1]


def _key(names: list[str], left: float, width: float) -> list[list[tuple[int, str, float]]]:
    """The names of series in rows: number, words and where each begins; nothing for one without a name."""
    if not any(names):
        return []
    rows: list[list[tuple[int, str, float]]] = [[]]
    x = left
    for number, name in enumerate(names):
        said = fitted(name, width - left - 20.0)
        wide = width_of(said, SMALL) + 26.0
        if rows[-1] and x + wide > width:
            rows.append([])
            x = left
        rows[-1].append((number, said, x))
        x += wide
    return rows


def _keyed(row: list[tuple[int, str, float]], y: float) -> str:
    said = (f"{box(x, y, 9, 9, look(number))}{words(x + 13, y + 8, name, 'quiet small')}" for number, name, x in row)
    return f'<g class="key">{"".join(said)}</g>'


def _told(panel: Panel) -> str:
    """The figures in words."""
    parts = []
    for series in panel.series:
        known = [
            (name, value) for name, value in zip(panel.categories, series.values, strict=True) if value is not None
        ]
        said = ", ".join(f"{name} {value:,.{panel.decimals}f}" for name, value in known[-_TOLD:])
        parts.append(f"{series.name}: {said}" if len(panel.series) > 1 else said)
    return f"{panel.title}, {panel.axis}: {'; '.join(parts)}"
