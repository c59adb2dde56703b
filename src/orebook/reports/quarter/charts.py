"""Charts of a quarter: production, grade and recovery by quarter, bridges, hedges by expiry, guidance, options."""

from collections.abc import Callable, Iterator, Mapping

import polars as pl

from orebook.ground import units
from orebook.ground.period import Period
from orebook.reports.charted import Chart, Kind, Panel, Series
from orebook.reports.quarter.figures import Parts
from orebook.reports.quarter.labels import label
from orebook.reports.quarter.option_timelines import earn_ins_chart
from orebook.reports.quarter.production import WHOLE, metal_words, ordered
from orebook.reports.quarter.writing import currency_words

_QUARTERS = 8
"""So many quarters are drawn, up to the one that is reported."""

_MILLION, _THOUSAND = 1_000_000.0, 1_000.0


def production_chart(parts: Parts, period: Period, company: str) -> Chart | None:
    """Metal by quarter and mine, a panel for each metal."""
    frame = _of_mines(parts, period, company)
    if frame is None:
        return None
    made = frame.filter(pl.col("measure") == "milling.metal_produced")
    panels = []
    for metal in ordered(made["metal"].drop_nulls().unique(maintain_order=True).to_list()):
        some = made.filter(pl.col("metal") == metal)
        scale, word = _scale(some["value"])
        axis = f"{word}{_unit(some['unit'][0])}"
        panels.append(_by_mine(some, "bars", f"{metal_words(metal)} produced", axis, scale, 1))
    caption = f"Metal produced in the quarters up to {period.label}, all of every mine."
    return Chart("production", "Production", tuple(panels), caption) if panels else None


def recovery_chart(parts: Parts, period: Period, company: str) -> Chart | None:
    """Head grade and recovery of each metal by quarter and mine."""
    frame = _of_mines(parts, period, company)
    if frame is None:
        return None
    panels = []
    for measure, decimals in (("milling.head_grade", 3), ("milling.recovery", 0)):
        told = frame.filter(pl.col("measure") == measure)
        for metal in ordered(told["metal"].drop_nulls().unique(maintain_order=True).to_list()):
            some = told.filter(pl.col("metal") == metal)
            title = f"{label(measure).words}, {metal_words(metal).lower()}"
            panels.append(_by_mine(some, "lines", title, str(some["unit"][0]), 1.0, decimals))
    caption = f"Head grade and recovery in the quarters up to {period.label}; a quarter that is not known is a gap."
    return Chart("recovery", "Grade and recovery", tuple(panels), caption) if panels else None


def bridge_chart(parts: Parts, period: Period, company: str) -> Chart | None:
    """The reconciliation of each measure as a waterfall, in millions."""
    steps = parts.get("measures_bridges")
    if steps is None:
        return None
    own = steps.filter(pl.col("subject") == company, pl.col("period") == period.label)
    panels = []
    for (measure,), some in own.sort("step").group_by("measure", maintain_order=True):
        if some.height < 3:
            continue
        names = tuple(str(each) for each in some["item"])
        values = tuple(value / _MILLION for value in some["value"])
        axis = f"million {currency_words(str(some['unit'][0]))}"
        title = f"{label(f'finance.{measure}').words}, {period.label}"
        panels.append(Panel("waterfall", title, axis, names, (Series("", values),)))
    caption = f"From the line of the statements to each measure, {period.label}; items net of their income tax."
    return Chart("bridge", "Reconciliation", tuple(panels), caption) if panels else None


def hedges_chart(parts: Parts, period: Period, company: str) -> Chart | None:
    """What is hedged by month of expiry, as it stood at the end of the period: a panel for each underlying."""
    book = parts.get("hedges_book")
    if book is None or not book.height:
        return None
    open_ = book.filter(pl.col("closing") == period.end) if "closing" in book.columns else book
    panels = []
    for (underlying, unit), some in open_.group_by("underlying", "unit", maintain_order=True):
        month = some.with_columns(month=pl.col("expiry_day").dt.strftime("%Y-%m"))
        months = tuple(month["month"].unique().sort().to_list())
        scale, word = _scale(month["quantity"])
        series = []
        for (kind, side), each in month.group_by("kind", "side", maintain_order=True):
            sums = dict(each.group_by("month").agg(pl.col("quantity").sum()).rows())
            values = tuple(sums[name] / scale if name in sums else None for name in months)
            series.append(Series(f"{kind}, {'sold' if side == 'sell' else 'bought'}", values))
        axis = f"{word}{_unit(str(unit))}"
        panels.append(Panel("stacked", f"{underlying}: open on {period.end}", axis, months, tuple(series)))
    caption = f"Quantities hedged and not settled on {period.end}, by month of expiry."
    return Chart("hedges", "Hedge book", tuple(panels), caption) if panels else None


def guidance_chart(parts: Parts, period: Period, company: str) -> Chart | None:
    """What was said in advance beside what came so far, a panel for each measure, metal and unit."""
    told = parts.get("production_guidance")
    if told is None:
        return None
    open_ = told.filter(
        pl.col("from_day") <= period.end, pl.col("last_day") >= period.start, pl.col("low").is_not_null()
    )
    newest = open_.sort("said_on", nulls_last=False).unique(
        ["subject", "measure", "metal", "period"], keep="last", maintain_order=True
    )
    panels = []
    rank = {
        metal: at
        for at, metal in enumerate(ordered(newest["metal"].drop_nulls().unique(maintain_order=True).to_list()))
    }
    ranked = newest.with_columns(pl.col("metal").replace_strict(rank, default=-1, return_dtype=pl.Int64).alias("rank"))
    for (measure, metal, unit), some in ranked.sort("rank", maintain_order=True).group_by(
        "measure", "metal", "unit", maintain_order=True
    ):
        scale, word = _scale(some["high"])
        names = tuple(f"{row['subject']}, {row['period']}" for row in some.iter_rows(named=True))
        ends = [
            Series(name, tuple(None if value is None else value / scale for value in some[column]))
            for name, column in (("low", "low"), ("high", "high"), ("so far", "actual"))
        ]
        title = label(str(measure)).words.format(metal=metal_words(str(metal or "")))
        panels.append(Panel("ranges", f"{title}: guidance", f"{word}{_unit(str(unit))}", names, tuple(ends)))
    caption = "Guidance is forward-looking information; so far is what the book knows of the period."
    return Chart("guidance", "Guidance", tuple(panels), caption) if panels else None


CHARTS: Mapping[str, Callable[[Parts, Period, str], Chart | None]] = {
    "production": production_chart,
    "recovery": recovery_chart,
    "bridge": bridge_chart,
    "hedges": hedges_chart,
    "guidance": guidance_chart,
    "earn_ins": earn_ins_chart,
}
"""Every chart by its name."""


def charts(parts: Parts, period: Period, company: str) -> Iterator[Chart]:
    """Yield the charts that the results allow."""
    for draw in CHARTS.values():
        chart = draw(parts, period, company)
        if chart is not None:
            yield chart


def _of_mines(parts: Parts, period: Period, company: str) -> pl.DataFrame | None:
    """The quarters of each mine up to the period, the whole of every mine."""
    frame = parts.get("production")
    if frame is None:
        return None
    quarters = [each for each in frame["period"].unique() if "-Q" in each]
    known = sorted((Period.parse(each) for each in quarters), key=lambda each: each.end)
    kept = [each.label for each in known if each.end <= period.end][-_QUARTERS:]
    whole = [pl.col("source").is_null()] if "source" in frame.columns else []
    told = (pl.col("period").is_in(kept), pl.col("subject") != company, pl.col("basis") == WHOLE)
    return frame.filter(*told, *whole).sort("period", maintain_order=True)


def _by_mine(some: pl.DataFrame, kind: Kind, title: str, axis: str, scale: float, decimals: int) -> Panel:
    """Values of one measure by quarter, a series for each mine."""
    periods = tuple(some["period"].unique().sort().to_list())
    series = []
    for (mine,), each in some.group_by("subject", maintain_order=True):
        values = dict(each.select("period", "value").rows())
        series.append(Series(str(mine), tuple(values[name] / scale if name in values else None for name in periods)))
    return Panel(kind, title, axis, periods, tuple(series), decimals)


def _scale(values: pl.Series) -> tuple[float, str]:
    """In what large numbers are told: millions, thousands, or as they are."""
    largest = max((abs(value) for value in values.drop_nulls()), default=0.0)
    if largest >= _MILLION:
        return _MILLION, "million "
    return (_THOUSAND, "thousand ") if largest >= 10 * _THOUSAND else (1.0, "")


def _unit(name: str) -> str:
    row = units.rows().get(name)
    return row.words[0] if row and row.words else currency_words(name)
