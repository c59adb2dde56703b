"""Capital expenditures by project, kind and mine, and what paid for them."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from orebook.disciplines.finance.figures import Told, figures
from orebook.disciplines.finance.ledger.balancing import EPOCH
from orebook.disciplines.finance.ledger.cents import Ints, in_cents
from orebook.disciplines.finance.ledger.postings import day_column, in_these_years
from orebook.disciplines.finance.ledger.spans import ALWAYS
from orebook.disciplines.finance.ledger.stretches import Bools
from orebook.ground.fiscal import Reported

ALL, FUNDING, BY_KIND, BY_PROJECT = (
    f"finance.{name}" for name in ("capital_expenditures", "capital_funding", "capital_by_kind", "capital_by_project")
)

_OF_KIND: Mapping[str, str] = {"sustaining": "finance.sustaining_capital", "growth": "finance.project_capital"}
"""Kinds of capital that have a word of their own in the vocabulary."""


def capital_figures(capital: pl.DataFrame, periods: Sequence[Reported], *, company: str, currency: str) -> pl.DataFrame:
    """Capital expenditures of every period: in all, by kind, project, mine, and by what paid for them.

    A period is known when it lies within the days of the table and no row reaches across its ends. Rows in another
    currency are left out. The subject of a project, kind or source of funds is its own name.
    """
    told = _told(capital).filter(pl.col("currency") == currency)
    starts = np.array([(each.period.start - EPOCH).days for each in periods], np.int64)
    ends = np.array([(each.period.end - EPOCH).days for each in periods], np.int64)
    spent, known = _over(told, starts, ends)
    rows = [_line(ALL, company, "Capital expenditures", currency, spent, known)]
    for measure, column in ((BY_KIND, "kind"), (BY_PROJECT, "project"), (ALL, "mine"), (FUNDING, "funding")):
        for (name,), part in told.filter(pl.col(column) != "").partition_by(column, as_dict=True).items():
            amounts, _ = _over(part, starts, ends)
            rows.append(_line(measure, str(name), str(name), currency, amounts, known))
            if column == "kind" and str(name) in _OF_KIND:
                rows.append(_line(_OF_KIND[str(name)], company, str(name), currency, amounts, known))
    return figures(rows, periods)


def _told(capital: pl.DataFrame) -> pl.DataFrame:
    """Rows that can be counted, days as numbers, amounts in cents."""
    words = ("project", "kind", "funding", "mine", "currency")
    there = [(pl.col(name).fill_null("") if name in capital.columns else pl.lit("")).alias(name) for name in words]
    days = [day_column(name, capital).to_physical().cast(pl.Int64) for name in ("from_day", "to_day")]
    sane = in_these_years("from_day") & in_these_years("to_day")
    told = capital.filter(sane).select(*there, *days, in_cents("amount")).drop_nulls()
    return told.filter(pl.col("from_day") <= pl.col("to_day")).sort("project", "kind", "funding", "mine")


def _over(told: pl.DataFrame, starts: Ints, ends: Ints) -> tuple[Ints, Bools]:
    """What was spent from each first day to each last, and whether no row reaches across either."""
    first, last = told.sort("from_day"), told.sort("to_day")
    froms, tos = first["from_day"].to_numpy(), last["to_day"].to_numpy()
    begun = np.concatenate([[0], np.cumsum(first["amount"].to_numpy())]).astype(np.int64)
    done = np.concatenate([[0], np.cumsum(last["amount"].to_numpy())]).astype(np.int64)
    before, ended_before = np.searchsorted(froms, starts), np.searchsorted(tos, starts)
    by_end, ended = np.searchsorted(froms, ends, side="right"), np.searchsorted(tos, ends, side="right")
    whole = (before == ended_before) & (by_end == ended)
    inside = (starts >= froms[0]) & (ends <= tos[-1]) if len(froms) else np.zeros(len(starts), np.bool_)
    return done[ended] - begun[before], whole & inside


def _line(measure: str, subject: str, label: str, currency: str, cents: Ints, known: Bools) -> Told:
    words = {"measure": measure, "subject": subject, "unit": currency, "line": "capital", "label": label}
    none = np.full(len(cents), ALWAYS, np.int64)
    return Told({**words, "statement": "capital"}, cents, known, none, np.zeros(len(cents), np.bool_))
