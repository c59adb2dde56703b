"""Timelines of options: what was spent and what is due, and who held what, up to the end of the period."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from orebook.ground.period import Period
from orebook.reports.charted import Chart, Due, Timeline
from orebook.reports.quarter.figures import Parts
from orebook.reports.quarter.writing import currency_words

_MILLION = 1_000_000.0
_BARE = "$"


def earn_ins_chart(parts: Parts, period: Period, company: str) -> Chart | None:
    """Every option over time: money spent against what is due, and who held what."""
    if "earn_ins_spent" not in parts or "earn_ins_interests" not in parts:
        return None
    told = tuple(_timelines(parts, period))
    caption = f"Money spent up to {period.end} against what is due by when, and interests as they stood."
    return Chart("earn_ins", "Options", (), caption, told) if told else None


def _timelines(parts: Parts, period: Period) -> Iterator[Timeline]:
    held = parts["earn_ins_interests"].filter(~pl.col("planned"), pl.col("from_day") <= period.end)
    for (name,), some in held.group_by("earn_in", maintain_order=True):
        first = some["from_day"].min()
        if not isinstance(first, date):
            continue
        currency, spent = _spent(parts, str(name), period.end)
        if not spent:
            continue
        axis = f"million {'dollars' if currency in ('', _BARE) else currency_words(currency)}, running up"
        holders: dict[str, tuple[tuple[date, float], ...]] = {}
        for (holder,), rows in some.sort("from_day", maintain_order=True).group_by("holder", maintain_order=True):
            steps = rows.select("from_day", pl.col("interest_pct").fill_null(0.0)).rows()
            holders[str(holder)] = tuple(dict(steps).items())
        due = tuple(_due(parts, str(name), currency))
        begun = ((first, 0.0), *spent) if spent[0][0] > first else spent
        title = f"{some['property'][0]}: option of {_earner(parts, str(name))}".rstrip(" of")
        yield Timeline(title, axis, first, period.end, begun, due, holders)


def _spent(parts: Parts, name: str, end: date) -> tuple[str, tuple[tuple[date, float], ...]]:
    """What had been spent by the end of each quarter, in the first currency of the agreement."""
    rows = parts["earn_ins_spent"].filter(pl.col("earn_in") == name, pl.col("to_day") <= end)
    if not rows.height:
        return "", ()
    currency = rows["currency"][0]
    own = rows.filter(pl.col("currency").eq_missing(pl.lit(currency)))
    sums = own.group_by("to_day").agg(pl.col("amount").sort_by("from_day").first()).sort("to_day")
    rising = sums.filter(pl.col("amount") >= pl.col("amount").cum_max())
    return str(currency or ""), tuple((day, amount / _MILLION) for day, amount in rising.rows())


def _due(parts: Parts, name: str, currency: str) -> Iterator[Due]:
    """What each stage needs by its last day, counted from the beginning."""
    costs = parts.get("earn_ins_costs", pl.DataFrame())
    terms = parts.get("earn_ins_terms", pl.DataFrame())
    if not costs.height or not terms.height:
        return
    asked = terms.filter(pl.col("earn_in") == name, pl.col("due_day").is_not_null())
    days = dict(asked.group_by("stage").agg(pl.col("due_day").max()).rows())
    for row in costs.filter(pl.col("earn_in") == name).iter_rows(named=True):
        day = days.get(row["stage"])
        if day is not None and row["spending_after"] is not None and str(row["currency"] or "") == currency:
            yield Due(day, row["spending_after"] / _MILLION, _said(row, day))


def _said(row: Mapping[str, Any], day: date) -> str:
    points = f", {row['interest_pct']:g}%" if row["interest_pct"] is not None else ""
    return f"stage {row['stage']}{points} by {day}"


def _earner(parts: Parts, name: str) -> str:
    rows = parts.get("earn_ins_stands", pl.DataFrame())
    found = rows.filter(pl.col("earn_in") == name) if rows.height else rows
    return str(found["earner"][0]) if found.height else ""
