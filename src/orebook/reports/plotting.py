"""Plotting: the one door to the library that draws charts; the same charts give the same bytes.

Colours are those of Okabe and Ito, which most eyes tell apart; series differ in hatching or marker as well.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from orebook.ground.needs import need
from orebook.reports.charted import Chart, Panel, steps

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000")
"""Okabe, M. and Ito, K., Color Universal Design, 2008."""

_UP, _DOWN, _WHOLE = "#009E73", "#D55E00", "#0072B2"
_HATCHES = ("", "//", "..", "xx", "\\\\", "--", "oo", "++")
_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
_INK, _FAINT = "#1b1b1b", "#d6d6d6"
_WIDE, _HIGH = 8.0, 3.1
_TURNED = 8
"""So many categories are turned, so that their names do not meet."""

_STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "axes.edgecolor": _INK,
    "axes.labelcolor": _INK,
    "axes.titlesize": 10.0,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": _FAINT,
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.5,
    "legend.frameon": False,
    "svg.hashsalt": "orebook",
    "svg.fonttype": "path",
}

Axes = Any
"""A part of a picture of the library."""


def plotted(charts: Sequence[Chart], kind: str) -> bytes:
    """Charts as one picture, panel below panel.

    ``kind`` is ``svg`` or ``png``.
    """
    matplotlib = need("matplotlib", extra="charts")
    figures = need("matplotlib.figure", extra="charts")
    panels = [(panel, _names(chart)) for chart in charts for panel in chart.panels]
    with matplotlib.rc_context(_STYLE):
        high = _HIGH * max(len(panels), 1)
        figure = figures.Figure(figsize=(_WIDE, high), layout="constrained")
        for number, (panel, names) in enumerate(panels, 1):
            _panel(figure.add_subplot(len(panels), 1, number), panel, names)
        file = BytesIO()
        metadata = {"Date": None, "Creator": "Orebook"} if kind == "svg" else {"Software": "Orebook"}
        figure.savefig(file, format=kind, dpi=160, metadata=metadata)
    return file.getvalue()


def _names(chart: Chart) -> list[str]:
    """The names of all series of a chart: one has the same colour in every panel."""
    return list(dict.fromkeys(series.name for panel in chart.panels for series in panel.series))


def _panel(axes: Axes, panel: Panel, names: Sequence[str]) -> None:
    """Draw one pair of axes."""
    _DRAWN[panel.kind](axes, panel, names)
    axes.set_title(panel.title)
    axes.set_ylabel(panel.axis)
    places = range(len(panel.categories))
    turned = len(panel.categories) > _TURNED
    axes.set_xticks(list(places), panel.categories, rotation=45 if turned else 0, ha="right" if turned else "center")
    axes.tick_params(axis="x", length=0)
    axes.set_xlim(-0.6, len(panel.categories) - 0.4)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.{panel.decimals}f}")
    if panel.kind != "waterfall" and len(names) > 1:
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.28 if turned else -0.12), ncols=4)


def _bars(axes: Axes, panel: Panel, names: Sequence[str]) -> None:
    many = len(panel.series)
    wide = 0.8 / many
    for number, series in enumerate(panel.series):
        places = [at + (number - (many - 1) / 2) * wide for at in range(len(series.values))]
        heights = [0.0 if value is None else value for value in series.values]
        at = names.index(series.name)
        look = {"color": COLOURS[at % len(COLOURS)], "hatch": _HATCHES[at % len(_HATCHES)]}
        axes.bar(places, heights, wide * 0.94, label=series.name, edgecolor="white", linewidth=0.4, **look)
    axes.axhline(0, color=_INK, linewidth=0.8)


def _lines(axes: Axes, panel: Panel, names: Sequence[str]) -> None:
    for series in panel.series:
        at = names.index(series.name)
        values = [float("nan") if value is None else value for value in series.values]
        look = {"color": COLOURS[at % len(COLOURS)], "marker": _MARKERS[at % len(_MARKERS)]}
        axes.plot(range(len(values)), values, label=series.name, linewidth=1.6, markersize=5, **look)
    axes.margins(y=0.15)


def _waterfall(axes: Axes, panel: Panel, names: Sequence[str]) -> None:
    values = [value or 0.0 for value in panel.series[0].values]
    spans = steps(values)
    for at, ((begin, end), value) in enumerate(zip(spans, values, strict=True)):
        whole = at in (0, len(values) - 1)
        colour = _WHOLE if whole else _UP if value >= 0 else _DOWN
        axes.bar(at, end - begin, 0.62, bottom=begin, color=colour, hatch="" if whole else "//", edgecolor="white")
        sign = "" if whole or value < 0 else "+"
        axes.annotate(
            f"{sign}{value:,.{panel.decimals}f}",
            (at, max(begin, end)),
            (0, 3),
            textcoords="offset points",
            ha="center",
            color=_INK,
        )
        if at < len(values) - 1:
            axes.plot([at + 0.31, at + 0.69], [end, end], color=_INK, linewidth=0.7)
    axes.axhline(0, color=_INK, linewidth=0.8)
    ends = [end for span in spans for end in span]
    room = 0.15 * (max(ends) - min(ends))
    axes.set_ylim(min(0.0, min(ends) - room if min(ends) < 0 else 0.0), max(0.0, max(ends)) + room)


def _ranges(axes: Axes, panel: Panel, names: Sequence[str]) -> None:
    low, high, came = (series.values for series in panel.series[:3])
    for at, (below, above, found) in enumerate(zip(low, high, came, strict=True)):
        if below is not None and above is not None:
            label = "guidance" if not at else None
            axes.bar(at, above - below, 0.5, bottom=below, color=COLOURS[4], edgecolor=_INK, linewidth=0.6, label=label)
        if found is not None:
            label = panel.series[2].name if not at else None
            axes.plot([at], [found], color=COLOURS[5], marker="D", markersize=7, linestyle="none", label=label)
    axes.margins(y=0.2)


_DRAWN = {"bars": _bars, "lines": _lines, "waterfall": _waterfall, "ranges": _ranges}
