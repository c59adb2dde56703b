"""What the rules on ledgers look at: the ledger as it can be used, worked out once, and how amounts are put into words.

>>> amount(-1234.5, "CAD"), amount(0.01, "USD")
('-1,234.50 CAD', '0.01 USD')
"""

from collections.abc import Mapping
from datetime import date
from typing import cast

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Row, Tables
from orebook.disciplines.finance.ledger.exchange import Exchange, exchange_into
from orebook.disciplines.finance.ledger.held import Held, held
from orebook.disciplines.finance.ledger.postings import with_amount
from orebook.disciplines.finance.ledger.statement_lines import LineError, StatementLine, statement_lines, usual_lines
from orebook.disciplines.finance.ledger.stretches import Volume
from orebook.ground.fiscal import year_end_month

UNKNOWN = "is no account of the chart"
UNBALANCED = "does not balance"
BEYOND = ("cannot be balanced", UNBALANCED)


def amount(value: float | None, currency: str | None) -> str:
    """An amount of money as people write it."""
    return f"{value or 0.0:,.2f} {currency or ''}".rstrip()


def has_ledger(tables: Tables) -> bool:
    """Whether there are accounts and a ledger with rows to look at."""
    return tables.has("accounts", "account", "kind") and has_amounts(tables) and tables.has("ledger", "currency")


def has_amounts(tables: Tables) -> bool:
    """Whether there is a ledger with accounts, days and amounts."""
    sides = any(tables.has("ledger", name) for name in ("amount", "debit", "credit"))
    return sides and tables.has("ledger", "account", "to_day")


def posted(tables: Tables, *columns: str) -> pl.DataFrame:
    """Rows of the ledger with their line, their amount and some more columns."""
    told = records(tables, "ledger", *columns, "amount", "debit", "credit")
    return with_amount(told).drop("debit", "credit")


def lines(tables: Tables) -> Mapping[str, StatementLine]:
    """The lines of statements with those that the company says."""
    own = tables.said.get("lines")
    try:
        return statement_lines(own) if isinstance(own, Mapping) else usual_lines()
    except LineError:
        return usual_lines()


def month(tables: Tables) -> int:
    """The month with which the fiscal year ends."""
    try:
        return year_end_month(str(tables.said.get("fiscal_year_end", "12-31")))
    except ValueError:
        return 12


def ledger(tables: Tables) -> Held:
    """The ledger as it can be used, and all that was left out."""

    def make() -> Held:
        return held(tables.frame("accounts"), tables.frame("ledger"), year_end=month(tables), lines=lines(tables))

    return tables.kept("ledger", make)


def left_out(tables: Tables) -> pl.DataFrame:
    """What was left out of the ledger, each with its line."""
    return ledger(tables).left_out.with_columns(line=(pl.col("row").fill_null(0) + 2).cast(pl.UInt32))


def currency(tables: Tables) -> str:
    """The currency of the report: said, or the only one in which the ledger counts money; else nothing."""
    if said := str(tables.said.get("currency", "")):
        return said
    found = {volume.currency for volume in books(tables)}
    return next(iter(found)) if len(found) == 1 else ""


def books(tables: Tables) -> list[Volume]:
    """The books in double entry."""
    return [volume for volume in ledger(tables).volumes if not volume.said]


def exchange(tables: Tables) -> Exchange:
    """The rates into the currency of the report."""
    into = currency(tables)
    return tables.kept("exchange", lambda: exchange_into(into, tables.frames.get("exchange_rates")))


def days(row: Row) -> str:
    """The days of a row in words.

    >>> days({"from_day": date(2011, 7, 1), "to_day": date(2011, 9, 30)}), days({"to_day": date(2011, 9, 30)})
    ('2011-07-01 to 2011-09-30', 'at 2011-09-30')
    """
    start, end = cast("date | None", row.get("from_day")), row["to_day"]
    return f"at {end}" if start is None else f"{start} to {end}"
