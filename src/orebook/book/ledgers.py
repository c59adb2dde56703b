"""Ledgers: the accounts of a book added up over its reporting periods, once for all results that need them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import polars as pl

from orebook.book.bench import Bench
from orebook.book.tenures import company, interests
from orebook.disciplines.finance.ledger.balancing import as_date
from orebook.disciplines.finance.ledger.exchange import Exchange, exchange_into
from orebook.disciplines.finance.ledger.held import Held, held
from orebook.disciplines.finance.ledger.holdings import Holding, HoldingSaidError, entity_holdings
from orebook.disciplines.finance.ledger.spans import ALWAYS
from orebook.disciplines.finance.ledger.statement_lines import LineError, StatementLine, statement_lines
from orebook.disciplines.finance.ledger.summing import sums
from orebook.disciplines.finance.ledger.sums import Sums
from orebook.disciplines.finance.measures.bridges import Bridges, bridges, tag_kinds
from orebook.disciplines.finance.measures.definitions import MeasureDefinition, MeasureError, measure_definitions
from orebook.disciplines.finance.statements import bounds
from orebook.ground.fiscal import Reported, reporting_periods, year_end_month

STATEMENTS = "results.statements"

_QUANTITY = "quantity"


@dataclass(frozen=True)
class Accounts:
    """The accounts of a book: what can be counted, the periods, and the sums as they stand and as first reported."""

    held: Held
    periods: tuple[Reported, ...]
    current: Sums
    first: Sums
    lines: Mapping[str, StatementLine]
    company: str
    currency: str
    framework: str


def accounts(bench: Bench) -> Accounts:
    """The accounts of a book. Raises ``BookError`` without a ledger, ``SettingsError`` for what cannot be meant."""
    return bench.once("accounts", _accounts)


def _accounts(bench: Bench) -> Accounts:
    chart, ledger = bench.need("accounts", "statements"), bench.need("ledger", "statements")
    year_end = fiscal_month(bench)
    lines = own_lines(bench)
    read = held(chart, ledger, year_end=year_end, lines=lines, known=day(bench, "statements", "known"))
    exchange = exchange_into(reporting_currency(bench, chart, ledger), bench.table("exchange_rates"))
    periods = covered(read, bench.settings.fiscal_year_end)
    ends, holdings = bounds(periods), own_holdings(bench)
    return Accounts(
        read,
        periods,
        sums(read, *ends, exchange, year_end=year_end, holdings=holdings),
        sums(read, *ends, exchange, year_end=year_end, first_reported=True, holdings=holdings),
        lines,
        bench.settings.issuer,
        exchange.into,
        str(bench.said("statements").get("framework", "")),
    )


def fiscal_month(bench: Bench) -> int:
    """The month with which the fiscal year ends."""
    try:
        return year_end_month(bench.settings.fiscal_year_end)
    except ValueError as problem:
        raise bench.wrong("issuer.fiscal_year_end", str(problem)) from None


def own_lines(bench: Bench) -> dict[str, StatementLine]:
    """The lines of statements, with those of the company."""
    try:
        return statement_lines(bench.settings.lines)
    except LineError as problem:
        raise bench.wrong("lines", str(problem).removeprefix("lines.")) from None


def own_holdings(bench: Bench) -> dict[str, Holding]:
    """What the company holds of the entities in its ledger."""
    try:
        return entity_holdings(bench.settings.entities, _interests(bench))
    except HoldingSaidError as problem:
        raise bench.wrong("entities", str(problem)) from None


def _interests(bench: Bench) -> dict[str, list[tuple[int, float | None]]]:
    """The interests by date of the company, by property."""
    if not bench.settings.entities:
        return {}
    own = interests(bench).filter(pl.col("holder") == company(bench)).drop_nulls(["property", "from_day"])
    told: dict[str, list[tuple[int, float | None]]] = {}
    for name, start, percent in own.select("property", pl.col("from_day").to_physical(), "interest_pct").rows():
        told.setdefault(name, []).append((int(start), percent))
    return told


def day(bench: Bench, result: str, key: str) -> date | None:
    """A day that ``book.toml`` says for a result; nothing when it says none."""
    found = bench.said(result).get(key)
    return found if isinstance(found, date) and not isinstance(found, datetime) else None


def reporting_currency(bench: Bench, chart: pl.DataFrame, ledger: pl.DataFrame) -> str:
    """The currency of the report: the one that is said, or the only one of the ledger."""
    said = str(bench.said("statements").get("currency", ""))
    if said:
        return said
    counted = chart.filter(pl.col("kind") == _QUANTITY)["account"]
    money = ledger.filter(~pl.col("account").is_in(counted.implode()))["currency"].drop_nulls().unique().sort()
    if len(money) != 1:
        listed = ", ".join(money.to_list()) or "none"
        raise bench.wrong(
            f"{STATEMENTS}.currency", f"the ledger is in several currencies ({listed}); write one of them"
        )
    return str(money[0])


def covered(read: Held, year_end: str) -> tuple[Reported, ...]:
    """Every reporting period with a day between the first and the last of a ledger."""
    parts = [part for volume in read.volumes for part in (volume.flows, volume.stocks)]
    days = np.concatenate([np.zeros(0, np.int64), *(each for part in parts for each in (part.starts, part.ends))])
    known = days[days > ALWAYS]
    if not len(known):
        return ()
    first, last = int(known.min()), int(known.max()) - 1
    return reporting_periods(as_date(min(first, last)), as_date(last), year_end)


def exchange_of(bench: Bench, currency: str) -> Exchange:
    """The rates of the book into a currency."""
    return exchange_into(currency, bench.table("exchange_rates"))


def own_measures(bench: Bench) -> dict[str, MeasureDefinition]:
    """The measures that ``[measures]`` of the book defines."""
    found = accounts(bench)
    tags = tuple(tag_kinds(found.held.chart.accounts))
    try:
        return measure_definitions(bench.settings.measures, found.lines, tags)
    except MeasureError as problem:
        raise bench.wrong("measures", str(problem).removeprefix("measures.")) from None


def measured(bench: Bench) -> Bridges:
    """Every measure of the book, made once."""
    return bench.once("measured", _measured)


def _measured(bench: Bench) -> Bridges:
    found = accounts(bench)
    try:
        return bridges(own_measures(bench), found.current, found.lines, found.held.series)
    except MeasureError as problem:
        raise bench.wrong("measures", str(problem)) from None
