"""Balancing: which stretches of double-entry books are whole, and what is the matter with the others.

What was posted over a stretch of time sums to nothing. The balances of a day sum to nothing with the income of the
fiscal year so far, or by themselves when that income was already carried to equity. Nothing is posted in half: a
stretch that does not balance, or has a row that cannot be read, is not used, nor is anything else that ends on its day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from orebook.disciplines.finance.ledger.spans import ALWAYS, Spans, spans
from orebook.disciplines.finance.ledger.stretches import Stretches, Volume

EPOCH = date(1970, 1, 1)
"""The day from which days are counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A stretch that is not used: which, why, and by how many cents it is out."""

    start: int
    end: int
    why: str
    out: int = 0


def as_date(day: int) -> date:
    """A day by its number.

    >>> as_date(15247)
    datetime.date(2011, 9, 30)
    """
    return EPOCH + timedelta(days=day)


def year_start(day: int, year_end: int) -> int:
    """The first day of the fiscal year in which a day lies; ``year_end`` is the month with which it ends.

    >>> as_date(year_start(15247, 12)), as_date(year_start(15247, 6))
    (datetime.date(2011, 1, 1), datetime.date(2011, 7, 1))
    """
    when = as_date(day)
    first = year_end % 12 + 1
    return (date(when.year - (when.month < first), first, 1) - EPOCH).days


def balanced(volume: Volume, refused: Iterable[tuple[int, int, str]], year_end: int) -> tuple[Volume, list[Fault]]:
    """A volume without the stretches that cannot be used, and these with the reason.

    ``refused`` are stretches with a row that cannot be read. Lines and quantities outside double entry are only held
    against these; so is a statement of income alone.
    """
    faults = [Fault(start, end, why) for start, end, why in refused]
    if not volume.said and len(volume.stocks.starts):
        broken = _spread({(each.start, each.end) for each in faults}, volume)
        faults += _moves(volume, broken)
        broken = _spread({(each.start, each.end) for each in faults}, volume)
        faults += _balances(_used(volume, broken), year_end)
    return _used(volume, _spread({(each.start, each.end) for each in faults}, volume)), faults


def _spread(broken: set[tuple[int, int]], volume: Volume) -> set[tuple[int, int]]:
    """Where balances stand at a day, all that ends on it belongs together."""
    days = {end for start, end in volume.stocks.keys if start == ALWAYS} & {end for _, end in broken}
    every = (*volume.flows.keys, *volume.stocks.keys)
    return broken | {key for key in every if key[1] in days}


def _used(volume: Volume, broken: set[tuple[int, int]]) -> Volume:
    """A volume without some stretches."""

    def rest(part: Stretches) -> Stretches:
        return part.without({place for place, key in enumerate(part.keys) if key in broken})

    if not broken:
        return volume
    return Volume(volume.entity, volume.currency, volume.said, volume.version, rest(volume.flows), rest(volume.stocks))


def _moves(volume: Volume, broken: set[tuple[int, int]]) -> list[Fault]:
    """Stretches whose postings do not sum to nothing."""
    income = dict(zip(volume.flows.keys, volume.flows.amounts.sum(axis=1).tolist(), strict=True))
    faults = []
    for key, total in zip(volume.stocks.keys, volume.stocks.amounts.sum(axis=1).tolist(), strict=True):
        out = total + income.get(key, 0)
        if key[0] != ALWAYS and key not in broken and out:
            faults.append(Fault(*key, "does not balance", out))
    return faults


def _balances(volume: Volume, year_end: int) -> list[Fault]:
    """Days whose balances do not sum to nothing, neither alone nor with the income of the year so far."""
    income = joined(volume.flows)
    totals = dict(zip(volume.stocks.keys, volume.stocks.amounts.sum(axis=1).tolist(), strict=True))
    faults: list[Fault] = []
    last: tuple[int, int] | None = None
    for (start, end), total in sorted(totals.items(), key=lambda each: each[0][1]):
        if start != ALWAYS:
            continue
        fault = _balance(end, total, income, last, year_end)
        if fault is None:
            last = end, total
        else:
            faults.append(fault)
    return faults


def _balance(end: int, total: int, income: Spans, last: tuple[int, int] | None, year_end: int) -> Fault | None:
    """What is the matter with the balances of one day; ``last`` are the day and sum of the good ones before."""
    first = year_start(end - 1, year_end)
    earned = earned_over(income, first, end)
    if total == 0 and (earned is None or year_start(end, year_end) == end):
        return None  # the income of the year was carried to equity, or there is none
    if earned is None and last is not None and last[0] > first:
        since = earned_over(income, last[0], end)
        earned = None if since is None else since - last[1]
    if earned is not None:
        return Fault(ALWAYS, end, "does not balance", total + earned) if total + earned else None
    return Fault(ALWAYS, end, f"cannot be balanced, since the income from {as_date(first)} on is not known", total)


def joined(part: Stretches) -> Spans:
    """The stretches of a part joined by the days at which they meet."""
    return spans(part.starts, part.ends, part.amounts)


def earned_over(income: Spans, start: int, end: int) -> int | None:
    """The sum of all income accounts from one day to before another, debits positive; nothing when it is not known."""
    amounts, known = income.over(np.array([start]), np.array([end]))
    return int(amounts.sum()) if known[0] else None


def suspect(rows: pl.DataFrame, out: int) -> int | None:
    """The row of a stretch that would explain why it is out: posted alone, on the wrong side, or else the largest.

    ``rows`` has ``row`` and ``cents``.

    >>> held = pl.DataFrame({"row": [3, 4, 5], "cents": [-500, 900, 100]})
    >>> suspect(held, 100), suspect(held, -1000), suspect(held, 77)
    (5, 3, 4)
    """
    for wanted in (out, -out):
        for times in (1, 2):
            found = rows.filter(pl.col("cents") * times == wanted).sort("row")
            if found.height and (wanted == out or times == 1):
                return int(found["row"][0])
    ordered = rows.sort(pl.col("cents").abs(), "row", descending=[True, False])
    return int(ordered["row"][0]) if ordered.height else None
