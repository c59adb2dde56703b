"""Assertions: balances that somebody says, held against what the ledger comes to."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from orebook.disciplines.finance.ledger.balancing import EPOCH, joined
from orebook.disciplines.finance.ledger.cents import PER_UNIT, in_cents
from orebook.disciplines.finance.ledger.chart import STOCKS
from orebook.disciplines.finance.ledger.held import Held
from orebook.disciplines.finance.ledger.postings import day_column
from orebook.disciplines.finance.ledger.running import begun
from orebook.disciplines.finance.ledger.spans import ALWAYS, Spans

MISSED: Mapping[str, type[pl.DataType]] = {
    "row": pl.Int64,
    "account": pl.String,
    "day": pl.Date,
    "said": pl.Float64,
    "held": pl.Float64,
    "tolerance": pl.Float64,
    "currency": pl.String,
    "why": pl.String,
}
"""What is told of an assertion that does not hold."""


def missed_assertions(held: Held, balances: pl.DataFrame) -> pl.DataFrame:
    """Assertions that the ledger misses by more than their tolerance, or about which it knows nothing.

    Without a tolerance an assertion holds to the cent. ``held`` is what the ledger comes to, nothing where it does not
    know the day. All mines of an account count together.

    >>> from orebook.disciplines.finance.ledger.held import held
    >>> accounts = pl.DataFrame({"account": ["1000", "3000"], "kind": ["asset", "equity"], "line": ["cash", "equity"]})
    >>> at = {"to_day": ["2011-09-30"] * 2, "currency": ["CAD"] * 2}
    >>> ledger = pl.DataFrame({"account": ["1000", "3000"], **at, "amount": [500.0, -500.0]})
    >>> said = pl.DataFrame({"account": ["1000"], "day": ["2011-09-30"], "amount": [501.0], "currency": ["CAD"]})
    >>> missed_assertions(held(accounts, ledger), said).select("said", "held", "why").rows()
    [(501.0, 500.0, 'missed')]
    """
    kinds = dict(held.chart.accounts.select("account", "kind").iter_rows())
    joins: dict[tuple[str, str], tuple[Spans, list[str]]] = {}
    for volume in held.volumes:
        if not volume.said:
            accounts = held.series[volume.stocks.series.tolist()]["account"].to_list()
            joins[volume.entity, volume.currency] = joined(begun(volume.stocks)), accounts
    rows = []
    for row in _told(balances).iter_rows(named=True):
        found, why = _balance(row, kinds, joins)
        allowed = row["tolerance"] or 0
        if not why and found is not None and abs(found - row["amount"]) > allowed:
            why = "missed"
        if why:
            said, tolerance = row["amount"] / PER_UNIT, allowed / PER_UNIT
            amount = None if found is None else found / PER_UNIT
            rows.append((row["row"], row["account"], row["day"], said, amount, tolerance, row["currency"], why))
    return pl.DataFrame(rows, dict(MISSED), orient="row")


def _told(balances: pl.DataFrame) -> pl.DataFrame:
    """Assertions with every column, amounts in cents."""
    entity = pl.col("entity").fill_null("") if "entity" in balances.columns else pl.lit("").alias("entity")
    within = in_cents("tolerance") if "tolerance" in balances.columns else pl.lit(None, pl.Int64).alias("tolerance")
    row = pl.col("row").cast(pl.Int64) if "row" in balances.columns else pl.int_range(pl.len()).alias("row")
    told = balances.select(row, "account", day_column("day", balances), in_cents("amount"), "currency", entity, within)
    return told.drop_nulls(["account", "day", "amount", "currency"])


def _balance(
    row: Mapping[str, object], kinds: Mapping[str, str], joins: Mapping[tuple[str, str], tuple[Spans, list[str]]]
) -> tuple[int | None, str]:
    """What the ledger comes to on the day of an assertion, and why it does not know."""
    account = str(row["account"])
    if account not in kinds:
        return None, "is no account of the chart"
    if kinds[account] not in STOCKS:
        return None, "has no balance; it runs over a period"
    key = str(row["entity"]), str(row["currency"])
    if key not in joins:
        return None, "no ledger is in this currency"
    known, accounts = joins[key]
    day = row["day"]
    end = np.array([(day - EPOCH).days + 1])  # type: ignore[operator]
    amounts, there = known.over(np.array([ALWAYS]), end)
    if not there[0]:
        return None, "the ledger does not know this day"
    return int(sum(amounts[0, place] for place, name in enumerate(accounts) if name == account)), ""
