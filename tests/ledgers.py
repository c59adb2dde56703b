"""Small ledgers made by hand: a chart of accounts, and the same business written down in several manners."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from orebook.disciplines.finance.ledger.exchange import exchange_into
from orebook.disciplines.finance.ledger.held import Held, held
from orebook.disciplines.finance.ledger.statement_lines import usual_lines
from orebook.disciplines.finance.ledger.summing import sums
from orebook.disciplines.finance.ledger.sums import Sums
from orebook.disciplines.finance.statements import bounds, statements
from orebook.ground.fiscal import Reported, reporting_periods
from orebook.ground.period import month

CHART = """
1000 asset cash - -
1100 asset receivables working_capital_change -
1200 asset inventory working_capital_change -
1500 asset mineral_properties capital_expenditures capital
1590 asset mineral_properties depreciation_added -
1300 asset derivative_assets unrealized_derivatives_added -
2000 liability payables working_capital_change -
2500 liability long_term_debt borrowings -
2600 liability deferred_tax_liabilities deferred_tax_added -
3000 equity share_capital share_proceeds -
3900 equity retained_earnings dividends_paid -
4000 income revenues - -
5000 expense production_costs - -
5100 expense depreciation - depreciation
5200 expense administration - -
4500 income derivative_gain_unrealized - unrealized
4600 income derivative_gain_realized - -
5500 expense interest_expense interest_paid -
5600 expense current_tax - -
5700 expense deferred_tax - -
"""
"""Accounts: number, kind, line, line of cash flows, tags."""

STOCKS = ("asset", "liability", "equity")


def chart(text: str = CHART) -> pl.DataFrame:
    """A chart of accounts as it is drawn above."""
    rows = [
        [word.replace("-", "") if word == "-" else word for word in line.split()] for line in text.split("\n") if line
    ]
    names = ["account", "kind", "line", "cash_line", "tags"]
    return pl.DataFrame(rows, dict.fromkeys(names, pl.String), orient="row")


KINDS = dict(chart().select("account", "kind").iter_rows())

Entry = tuple[str, str, int]
"""Debited account, credited account, cents."""

Book = Mapping[date, Sequence[Entry]]
"""The entries of each month, by its first day."""

COLUMNS = {
    "account": pl.String,
    "from_day": pl.Date,
    "to_day": pl.Date,
    "amount": pl.Float64,
    "currency": pl.String,
}


def moved(entries: Sequence[Entry]) -> dict[str, int]:
    """What some entries do to every account."""
    found = dict.fromkeys(KINDS, 0)
    for debit, credit, cents in entries:
        found[debit] += cents
        found[credit] -= cents
    return found


def monthly(book: Book, currency: str = "CAD") -> pl.DataFrame:
    """The movement of every account in every month, and an opening of nothing."""
    rows = []
    for start, entries in book.items():
        end = month(start.year, start.month).end
        rows += [(name, start, end, cents / 100, currency) for name, cents in moved(entries).items()]
    return pl.DataFrame(rows, COLUMNS, orient="row")


def trial_balances(book: Book, currency: str = "CAD", *, every: int = 3) -> pl.DataFrame:
    """Balances at the end of every third month, with the income of the calendar year so far; years are closed."""
    rows: list[tuple[str, date | None, date, float, str]] = []
    so_far = dict.fromkeys(KINDS, 0)
    for place, (start, entries) in enumerate(sorted(book.items())):
        if start.month == 1:
            for name, kind in KINDS.items():
                if kind not in STOCKS:
                    so_far["3900"] += so_far[name]
                    so_far[name] = 0
        for name, cents in moved(entries).items():
            so_far[name] += cents
        if (place + 1) % every == 0:
            end = month(start.year, start.month).end
            for name, cents in so_far.items():
                begins = None if KINDS[name] in STOCKS else date(start.year, 1, 1)
                rows.append((name, begins, end, cents / 100, currency))
    if book:
        before = date(min(book).year - 1, 12, 31)
        rows += [(name, None, before, 0.0, currency) for name, kind in KINDS.items() if kind in STOCKS]
    return pl.DataFrame(rows, COLUMNS, orient="row")


def entries(book: Book, currency: str = "CAD") -> pl.DataFrame:
    """Every entry as two rows of one day."""
    rows = []
    for start, told in book.items():
        for place, (debit, credit, cents) in enumerate(told):
            day = start.replace(day=1 + place % 28)
            rows += [(debit, day, day, cents / 100, currency), (credit, day, day, -cents / 100, currency)]
    return pl.DataFrame(rows, COLUMNS, orient="row")


def read(ledger: pl.DataFrame, accounts: pl.DataFrame | None = None, **how: object) -> Held:
    """A ledger held against the chart above."""
    return held(chart() if accounts is None else accounts, ledger, **how)  # type: ignore[arg-type]


def made(
    ledger: pl.DataFrame,
    first: date,
    last: date,
    *,
    rates: pl.DataFrame | None = None,
    accounts: pl.DataFrame | None = None,
    **how: object,
) -> pl.DataFrame:
    """The statements of a ledger over all periods from one day to another."""
    periods = reporting_periods(first, last)
    return drawn(summed(ledger, periods, rates=rates, accounts=accounts, **how), periods)


def summed(
    ledger: pl.DataFrame,
    periods: Sequence[Reported],
    *,
    rates: pl.DataFrame | None = None,
    accounts: pl.DataFrame | None = None,
    known: date | None = None,
    **how: object,
) -> Sums:
    """The sums of a ledger over some periods."""
    return sums(read(ledger, accounts, known=known), *bounds(periods), exchange_into("CAD", rates), **how)  # type: ignore[arg-type]


def drawn(found: Sums, periods: Sequence[Reported]) -> pl.DataFrame:
    """Sums as statements."""
    return statements(found, periods, usual_lines(), company="Alder", currency="CAD", basis="IFRS")


def value(figures: pl.DataFrame, line: str, period: str, subject: str = "Alder") -> float | None:
    """One figure of a statement; nothing when it is not there."""
    at = (pl.col("line") == line) & (pl.col("period") == period) & (pl.col("subject") == subject)
    found = figures.filter(at)["value"].to_list()
    assert len(found) < 2, f"{line} of {period} stands {len(found)} times"
    return found[0] if found else None
