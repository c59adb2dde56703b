"""Charts: the figures of a company as one drawing, panel below panel, with what they show said below them."""

from collections.abc import Callable, Mapping, Sequence

from orebook.reports.charted import Chart, Panel
from orebook.reports.drawings.axes import LINE, WIDE, wrapped
from orebook.reports.drawings.columns import columns_panel, lines_panel, stacked_panel
from orebook.reports.drawings.ranges import ranges_panel
from orebook.reports.drawings.svg import Drawing, num, words
from orebook.reports.drawings.timeline import timeline_panel
from orebook.reports.drawings.waterfall import waterfall_panel

_BETWEEN = 18.0

_PANELS: Mapping[str, Callable[[Panel, Sequence[str]], tuple[str, float]]] = {
    "bars": columns_panel,
    "stacked": stacked_panel,
    "lines": lines_panel,
    "waterfall": waterfall_panel,
    "ranges": ranges_panel,
}


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
        names = list(dict.fromkeys(series.name for panel in chart.panels for series in panel.series))
        found = [_PANELS[panel.kind](panel, names) for panel in chart.panels]
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
