"""Guidance: what the company said in advance of a period, beside what came of it so far.

Of one figure the newest saying counts. What came so far is the figure of the page that begins on the first day of the
period that the guidance is for: the year to date, or the quarter itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from orebook.ground.period import Period
from orebook.reports.printed import Address
from orebook.reports.quarter.figures import Amount, Figures, Parts
from orebook.reports.quarter.periods import Reported, Span, span
from orebook.reports.quarter.production import SHARE, WHOLE, ordered

PART = "production_guidance"
_POSITION = "position of the row"
_ONE_FIGURE = ("subject", "measure", "metal", "basis", "period")


@dataclass(frozen=True, slots=True)
class Guided:
    """A figure that was given in advance: both ends, the period it is for, and what came of it so far.

    ``until`` is the stretch that ``so_far`` is of; both are nothing where no figure begins with the period.
    """

    subject: str
    measure: str
    metal: str
    basis: str
    low: Amount
    high: Amount
    ahead: Span
    so_far: Amount | None
    until: Span | None
    said_on: date | None


def guided(parts: Parts, figures: Figures, periods: Reported, fiscal_year_end: str = "12-31") -> list[Guided]:
    """What was given in advance of periods that end after the one that is reported: mine by mine, then metals."""
    end = periods.now.period.end
    return [each for each in _told(parts, figures, periods, fiscal_year_end) if each.ahead.period.end > end]


def met(parts: Parts, figures: Figures, periods: Reported, fiscal_year_end: str = "12-31") -> list[Guided]:
    """What was given in advance of periods that end with the one that is reported, where the figure is known."""
    end = periods.now.period.end
    over = [each for each in _told(parts, figures, periods, fiscal_year_end) if each.ahead.period.end == end]
    return [each for each in over if each.so_far is not None]


def _told(parts: Parts, figures: Figures, periods: Reported, fiscal_year_end: str) -> Iterator[Guided]:
    """Yield the newest saying of each figure: mine by mine, amounts first, then metals as tables list them."""
    if PART not in parts:
        return
    rows = parts[PART].with_row_index(_POSITION).filter(pl.col("low").is_finite(), pl.col("high").is_finite())
    newest = rows.sort("said_on", nulls_last=False, maintain_order=True)
    newest = newest.unique(_ONE_FIGURE, keep="last", maintain_order=True)
    metals = ordered(newest["metal"].drop_nulls().unique(maintain_order=True).to_list())
    rank = {metal: at for at, metal in enumerate(metals)}
    keyed = sorted(newest.to_dicts(), key=lambda row: (row["subject"], row["from_day"], rank.get(row["metal"], -1)))
    for row in keyed:
        yield _guided(row, figures, periods, fiscal_year_end)


def _guided(row: dict[str, Any], figures: Figures, periods: Reported, fiscal_year_end: str) -> Guided:
    ahead = span(Period(row["from_day"], row["last_day"], row["period"]), fiscal_year_end)
    so_far, until = None, None
    for each in (periods.year, periods.now):
        if so_far is None and each is not None and each.period.start == row["from_day"]:
            so_far, until = _came(row, figures, each.label), each
    low, high = (Amount(row[end], row["unit"], row, Address(PART, row[_POSITION], end)) for end in ("low", "high"))
    who = (row["subject"] or "", row["measure"], row["metal"] or "", row["basis"])
    return Guided(*who, low, high, ahead, so_far, until if so_far else None, row["said_on"])


def _came(row: dict[str, Any], figures: Figures, period: str) -> Amount | None:
    """What came in a period, on the basis of the guidance; a figure that says no basis is of the whole."""
    found = figures.all(row["measure"], period, subject=row["subject"], metal=row["metal"])
    same = [each for each in found if each.said("basis") == row["basis"]]
    plain = [each for each in found if row["basis"] == WHOLE and each.said("basis") not in (WHOLE, SHARE)]
    return next(iter([*same, *plain]), None)
