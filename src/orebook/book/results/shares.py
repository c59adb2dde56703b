"""Shares: issued, weighted, basic and diluted, and what a share has of net income and of the company's own measures."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast, get_args

import numpy as np
import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.ledgers import Accounts, accounts, day, fiscal_month, measured
from orebook.book.rests import Rest, rests
from orebook.disciplines.finance.figures import FIGURES, Told, figures
from orebook.disciplines.finance.ledger.postings import in_these_years
from orebook.disciplines.finance.ledger.sums import COMPANY
from orebook.disciplines.finance.shares.buy_backs import over_limits
from orebook.disciplines.finance.shares.share_figures import (
    Given,
    count_figures,
    given_back,
    in_last_shares,
    per_share_figures,
    share_figures,
)
from orebook.disciplines.finance.shares.share_history import missed_counts, share_history
from orebook.disciplines.finance.shares.weighted_shares import Count
from orebook.disciplines.finance.statements import versions
from orebook.ground.fiscal import Reported, reporting_periods

_OWNERS, _MINORITY = "net_income", "minority_income"


def make(bench: Bench) -> Made:
    """Shares of every period of the ledger, or else of the history itself, and figures per share."""
    fiscal_month(bench)
    events = _events(bench)
    history = share_history(events, known=day(bench, "shares", "known"))
    found = accounts(bench) if bench.table("ledger") is not None and bench.table("accounts") is not None else None
    periods = found.periods if found is not None else _own_periods(events, bench.settings.fiscal_year_end)
    amounts, words = _amounts(bench, found, periods)
    last = _last_day(bench, events)
    over = [each for each in periods if each.period.end <= last]
    shares = share_figures(_given(bench, history), over, _income(amounts, bench.settings.issuer))
    each = per_share_figures(amounts, given_back(shares), words, company=bench.settings.issuer)
    parts = {
        "shares": pl.concat([count_figures(shares, bench.settings.issuer), each]),
        "shares_history": history,
        "shares_dilution": shares.stages,
        "shares_missed": missed_counts(events),
        "shares_rests": rests(
            Rest("", "share_events", ("shares", "ratio", "kind"), days=("day",), span="until", words="days weighted")
        ),
    }
    if (bids := bench.table("bids")) is not None:
        parts["shares_over_limits"] = over_limits(bids, events)
    settings: dict[str, object] = {"shares": dict(bench.said("shares")), "fiscal": bench.settings.fiscal_year_end}
    return Made(parts, settings, tuple(_remarks(parts, shares.undiluted)))


def _events(bench: Bench) -> pl.DataFrame:
    """Share events, blocks as yes or no."""
    events = bench.need("share_events", "shares").filter(in_these_years("day"))
    if "block" not in events.columns:
        return events
    block = pl.col("block").cast(pl.String).str.to_lowercase().is_in(["yes", "true", "1"])
    return events.with_columns(block.alias("block"))


def _given(bench: Bench, history: pl.DataFrame) -> Given:
    """What share figures are made of, in shares after the last split."""
    said = str(bench.said("shares").get("count", "days"))
    if said not in get_args(Count):
        raise bench.wrong("results.shares.count", f"{said!r} is not known; write one of {', '.join(get_args(Count))}")
    dilutives, prices = bench.table("dilutives"), bench.table("share_prices")
    if dilutives is not None:
        dilutives = in_last_shares(dilutives, history, "from_day", more=["shares"], less=["exercise_price"])
    if prices is not None:
        prices = in_last_shares(prices, history, "day", less=["price"])
    return Given(history, dilutives, prices, cast(Count, said))


def _last_day(bench: Bench, events: pl.DataFrame) -> date:
    """The last day of which the book knows something: what comes after it may change the shares still."""
    ledger = bench.table("ledger")
    sane = None if ledger is None else ledger.filter(in_these_years("to_day"))["to_day"].max()
    ends = (events["day"].max(), sane)
    return max((each for each in ends if isinstance(each, date)), default=date.min)


def _own_periods(events: pl.DataFrame, year_end: str) -> tuple[Reported, ...]:
    """The periods of a history of shares that stands alone."""
    days = [day for day in events["day"].to_list() if isinstance(day, date)]
    return reporting_periods(min(days), max(days), year_end) if days else ()


def _amounts(bench: Bench, found: Accounts | None, periods: Sequence[Reported]) -> tuple[pl.DataFrame, dict[str, str]]:
    """The amounts that are divided by shares, and under which word each quotient goes."""
    if found is None:
        return pl.DataFrame(schema=dict(FIGURES)), {}
    income, known = found.current.line(_OWNERS, "income")
    minority, _ = found.current.line(_MINORITY, "income")
    line = found.lines[_OWNERS]
    words = {"measure": line.measure, "subject": found.company, "unit": found.currency, "line": line.name}
    told = [Told({**words, "label": line.label}, -(income - minority), known, *versions(found.current, "income"))]
    quotients = {line.measure: f"{line.measure}_per_share"}
    for bridge in (each for (_, subject), each in measured(bench).made.items() if subject == COMPANY):
        one = bridge.definition
        if one.per_share:
            own = {**words, "measure": one.measure, "line": one.name, "label": one.label}
            flat = np.zeros(len(periods), np.bool_)
            published = versions(found.current, "income")[0]
            told.append(Told(own, bridge.cents, bridge.known, published, flat))
            quotients[one.measure] = f"{one.measure}_per_share"
    return figures(told, periods), quotients


def _income(amounts: pl.DataFrame, company: str) -> dict[str, float]:
    """Income of the owners by period."""
    net = amounts.filter((pl.col("line") == _OWNERS) & (pl.col("subject") == company))
    return dict(net.select("period", "value").iter_rows())


def _remarks(parts: Mapping[str, pl.DataFrame], undiluted: Mapping[str, str]) -> list[str]:
    """What one should know: counts that are not met, limits that are passed, periods without diluted figures."""
    remarks = []
    if (missed := parts["shares_missed"]).height:
        remarks.append(f"{missed.height} counts of the register are not met")
    if (over := parts.get("shares_over_limits", pl.DataFrame())).height:
        remarks.append(f"{over.height} days on which a bid bought more than it may")
    if undiluted:
        period, why = next(iter(undiluted.items()))
        remarks.append(f"no diluted shares for {len(undiluted)} periods; {period}: {why}")
    return remarks
