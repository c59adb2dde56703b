"""Charts: the figures of a company as one drawing, panel below panel, with what they show said below them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from orebook.reports.charted import Chart, Panel
from orebook.reports.drawings.axes import LINE, WIDE, wrapped
from orebook.reports.drawings.columns import columns_panel, lines_panel, stacked_panel
from orebook.reports.drawings.ranges import ranges_panel
from orebook.reports.drawings.svg import Drawing, num, words
from orebook.reports.drawings.timeline import timeline_panel
from orebook.reports.drawings.waterfall import waterfall_panel

_BETWEEN = 18.0

Drawn = tuple[str, float]
"""What was drawn, and how high it is."""

_PANELS: Mapping[str, Callable[[Panel, Sequence[str], float], Drawn]] = {
    "bars": columns_panel,
    "stacked": stacked_panel,
    "lines": lines_panel,
    "waterfall": waterfall_panel,
}
"""The panels that are as wide as one says; ranges and timelines take the whole width."""

_SHORT = ("bars", "stacked", "lines")
"""Panels whose categories are periods; those of a bridge have names that want the whole width."""

_PRINTED = 700.0
"""How wide a chart of a document is: its letters are read on paper that is narrower than a screen."""


def chart_drawing(charts: Sequence[Chart]) -> Drawing:
    """Charts as one drawing: every panel of each with its caption, one below the other.

    >>> from orebook.reports.charted import Series
    >>> panel = Panel("bars", "Copper produced", "million pounds", ("2011-Q3",), (Series("Hob", (6.3,)),))
    >>> drawn = chart_drawing([Chart("production", "Production", (panel,))])
    >>> drawn.title, drawn.body.count('class="column')
    ('Production', 1)
    """
    parts: list[str] = []
    y = 8.0
    for chart in charts:
        names = _names(chart)
        found = [
            _PANELS[panel.kind](panel, names, WIDE) if panel.kind in _PANELS else ranges_panel(panel, names)
            for panel in chart.panels
        ]
        found += [timeline_panel(each) for each in chart.timelines]
        for body, height in found:
            parts.append(f'<g transform="translate(0 {num(y)})">{body}</g>')
            y += height + _BETWEEN
        for said in wrapped(chart.caption, WIDE - 40) if chart.caption else ():
            parts.append(words(16, y, said, "quiet small"))
            y += LINE
        y += _BETWEEN if chart.caption else 0
    title = "; ".join(chart.title for chart in charts)
    caption = " ".join(chart.caption for chart in charts if chart.caption)
    return Drawing(title, WIDE, y, "".join(parts), caption)


def printed_drawing(chart: Chart) -> Drawing:
    """A chart for a page of a document, which tells its caption itself: panels two by two where their names have room.

    >>> from orebook.reports.charted import Series
    >>> panel = Panel("lines", "Grade, copper", "%", ("2011-Q3",), (Series("Hob", (0.36,)),))
    >>> drawn = printed_drawing(Chart("recovery", "Grades", (panel,) * 4))
    >>> drawn.width, drawn.height < 2 * drawn.width
    (700.0, True)
    """
    if chart.timelines or not all(panel.kind in _PANELS for panel in chart.panels):
        return replace(chart_drawing([replace(chart, caption="")]), caption=chart.caption)
    names, parts, y = _names(chart), [], 0.0
    abreast = 2 if len(chart.panels) > 1 and all(panel.kind in _SHORT for panel in chart.panels) else 1
    wide = (_PRINTED - _BETWEEN * (abreast - 1)) / abreast
    for first in range(0, len(chart.panels), abreast):
        row = [_PANELS[panel.kind](panel, names, wide) for panel in chart.panels[first : first + abreast]]
        for at, (body, _) in enumerate(row):
            parts.append(f'<g transform="translate({num(at * (wide + _BETWEEN))} {num(y)})">{body}</g>')
        y += max(height for _, height in row) + _BETWEEN
    return Drawing(chart.title, _PRINTED, y - _BETWEEN, "".join(parts), chart.caption)


def _names(chart: Chart) -> list[str]:
    """The series of all panels, each once, so that one has the same colour everywhere."""
    return list(dict.fromkeys(series.name for panel in chart.panels for series in panel.series))
