"""Running sums of a set of books in the currency of the report.

Income is exchanged at the average of each stretch between two reports, a balance at the rate of its day, equity as it
moved. What these rates leave open is the translation difference. In the currency of the report nothing is exchanged.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from orebook.disciplines.finance.ledger.balancing import joined, year_start
from orebook.disciplines.finance.ledger.cents import Ints, times
from orebook.disciplines.finance.ledger.exchange import Exchange, Rates
from orebook.disciplines.finance.ledger.spans import ALWAYS, Spans
from orebook.disciplines.finance.ledger.stretches import Bools, Stretches, Volume

Strings = npt.NDArray[Any]

RETAINED = "retained_earnings"
"""The line into which the income of a year is carried."""


class NoRate(NamedTuple):
    """A rate that nobody gave: of which currency, for which day or from which day on, and which kind."""

    currency: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Running:
    """Running sums of one volume.

    ``flows`` hold income and expense, ``stocks`` balances and, in two more columns, income not yet carried to equity
    and the translation difference; ``moves`` how balances moved, at average rates.
    """

    volume: Volume
    flows: Spans
    stocks: Spans
    moves: Spans
    without_rate: tuple[NoRate, ...] = ()

    @property
    def first(self) -> int | None:
        """The first day of which these books know something."""
        days = [part.days[part.days > ALWAYS] for part in (self.flows, self.stocks)]
        found = [int(each.min()) for each in days if len(each)]
        return min(found) if found else None


class Standing(NamedTuple):
    """Of which kind the account of every series is, and in which line it stands."""

    kind: Strings
    line: Strings

    @classmethod
    def of(cls, series: pl.DataFrame) -> "Standing":
        """The kinds and lines of all series of a ledger."""
        return cls(np.array(series["kind"].to_list()), np.array(series["line"].to_list()))


def running(volume: Volume, exchange: Exchange, series: Standing, year_end: int) -> Running:
    """The running sums of a volume.

    Where a rate is missing the books are cut: nothing is known across the gap.
    """
    flows, stocks = joined(volume.flows), joined(begun(volume.stocks))
    counted = {str(series.kind[place]) for place in (*volume.flows.series, *volume.stocks.series)} == {"quantity"}
    if counted or volume.currency == exchange.into:
        return Running(volume, flows, _with_rest(stocks), stocks)
    equity = series.kind[volume.stocks.series] == "equity"
    retained = np.flatnonzero(series.line[volume.stocks.series] == RETAINED)
    missing: list[NoRate] = []
    rates = exchange.of(volume.currency)
    earned = _at_averages(flows, rates, volume.currency, missing)
    moved = _at_averages(_since_always(stocks), rates, volume.currency, missing)
    balances = _at_closing(stocks, moved, rates, volume.currency, equity, missing)
    open_income = _open_income(stocks, balances, flows, earned, rates, year_end)
    if len(retained):
        _carry(stocks, balances, flows, open_income, int(retained[0]), rates)
    closed = _with_translation(balances, open_income)
    return Running(volume, earned, closed, moved, tuple(dict.fromkeys(missing)))


def begun(stocks: Stretches) -> Stretches:
    """Books without any balance begin with nothing."""
    if not len(stocks.starts) or (stocks.starts == ALWAYS).any():
        return stocks
    nothing = np.zeros((1, stocks.amounts.shape[1]), np.int64)
    first = stocks.starts.min()
    return Stretches(
        np.append(stocks.starts, ALWAYS),
        np.append(stocks.ends, first),
        np.concatenate([stocks.amounts, nothing]),
        stocks.series,
        np.append(stocks.published, ALWAYS),
    )


def _with_rest(stocks: Spans) -> Spans:
    """Balances with what they leave open, income not yet carried to equity, and no translation difference."""

    def with_rest(amounts: Ints) -> Ints:
        open_income = -amounts.sum(axis=1, keepdims=True)
        return np.concatenate([amounts, open_income, np.zeros_like(open_income)], axis=1)

    return replace(stocks, since=with_rest(stocks.since), amounts=with_rest(stocks.amounts))


def _since_always(stocks: Spans) -> Spans:
    """Balances but for the day before all days, across which nothing moved."""
    keep = stocks.days > ALWAYS
    return replace(stocks, days=stocks.days[keep], part=stocks.part[keep], since=stocks.since[keep])


def _parts(known: Spans) -> Iterator[Ints]:
    """The places of the days that are joined, in the order of time."""
    for each in np.unique(known.part):
        yield np.flatnonzero(known.part == each)


def _at_averages(known: Spans, rates: Rates | None, currency: str, missing: list[NoRate]) -> Spans:
    """Amounts between two neighbouring days at the average rate between them, and running up from there."""
    since, part, fresh = np.zeros_like(known.since), np.zeros_like(known.part), 0
    for places in _parts(known):
        part[places[0]] = fresh
        for before, place in pairwise(places.tolist()):
            start, end = int(known.days[before]), int(known.days[place])
            average = rates.average(start, end) if rates is not None else None
            if average is None:
                missing.append(NoRate(currency, start, end, "average"))
                fresh += 1
            else:
                since[place] = since[before] + times(known.since[place] - known.since[before], average)
            part[place] = fresh
        fresh += 1
    return Spans(known.days, part, since, {}, known.amounts)


def _at_closing(
    stocks: Spans, moved: Spans, rates: Rates | None, currency: str, equity: Bools, missing: list[NoRate]
) -> Spans:
    """Balances at the rate of their day; equity at the rate of its first day and then as it moved."""
    always = np.flatnonzero(stocks.days == ALWAYS)
    places = np.flatnonzero(stocks.part == stocks.part[always[0]])[1:] if len(always) else always
    kept: list[int] = []
    held: list[Ints] = []
    last = -1
    for place in places:
        day = int(stocks.days[place])
        closing = rates.closing(day - 1) if rates is not None else None
        if closing is None:
            missing.append(NoRate(currency, day - 1, day, "closing"))
            continue
        balance = times(stocks.since[place] - stocks.since[always[0]], closing)
        here = int(np.searchsorted(moved.days, day))
        if last >= 0 and moved.part[here] == moved.part[last]:
            balance[equity] = (held[-1] + moved.since[here] - moved.since[last])[equity]
        kept.append(int(place))
        held.append(balance)
        last = here
    days = np.concatenate([[ALWAYS], stocks.days[kept]]).astype(np.int64)
    since = np.concatenate([np.zeros((1, stocks.since.shape[1]), np.int64), *(each[None] for each in held)])
    return Spans(days, np.zeros(len(days), np.int64), since, {}, stocks.amounts)


def _open_income(
    stocks: Spans, balances: Spans, flows: Spans, earned: Spans, rates: Rates | None, year_end: int
) -> Ints:
    """At every day the income not yet carried to equity, at the averages at which it was earned."""
    found = np.zeros(len(balances.days), np.int64)
    for place, day in enumerate(balances.days.tolist()):
        if not (left := _left(stocks, day)):
            continue
        year = np.array([year_start(day - 1, year_end)]), np.array([day])
        (here, known), (there, exchanged) = flows.over(*year), earned.over(*year)
        if known[0] and exchanged[0] and int(here.sum()) == left:
            found[place] = there.sum()
        else:
            closing = rates.closing(day - 1) if rates is not None else None
            found[place] = times(np.array([left]), closing or 0.0)[0]
    return found


def _left(stocks: Spans, day: int) -> int:
    """What balances of a day leave open: income that was not yet carried to equity."""
    if day == ALWAYS:
        return 0
    own, _ = stocks.over(np.array([ALWAYS]), np.array([day]))
    return -int(own.sum())


def _carry(stocks: Spans, balances: Spans, flows: Spans, open_income: Ints, retained: int, rates: Rates | None) -> None:
    """Income that was carried to retained earnings stays there as it was earned, not at a later average."""
    days = balances.days.tolist()
    for place in range(2, len(days)):
        before, day = days[place - 1], days[place]
        was, left = _left(stocks, before), _left(stocks, day)
        earned, known = flows.over(np.array([before]), np.array([day]))
        carried = left - was - int(earned.sum())
        average = rates.average(before, day) if rates is not None else None
        if known[0] and carried and carried == -was and average is not None:
            balances.since[place:, retained] += open_income[place - 1] + times(np.array([carried]), average)[0]


def _with_translation(balances: Spans, open_income: Ints) -> Spans:
    """Balances with the income not yet carried to equity, and what the rates leave open."""
    rest = -balances.since.sum(axis=1) - open_income
    since = np.concatenate([balances.since, open_income[:, None], rest[:, None]], axis=1)
    return Spans(balances.days, balances.part, since, {}, np.zeros((0, since.shape[1]), np.int64))
