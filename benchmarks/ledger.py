"""Time a ledger of ten years: monthly postings of 300 accounts at ten mines, made into statements and measures.

python benchmarks/ledger.py         prints the best of five, in seconds of processor time
"""

import time
from collections.abc import Callable
from datetime import date
from itertools import product

import numpy as np
import polars as pl

from orebook.disciplines.finance.figures import period_frame
from orebook.disciplines.finance.ledger.exchange import exchange_into
from orebook.disciplines.finance.ledger.held import held
from orebook.disciplines.finance.ledger.statement_lines import usual_lines
from orebook.disciplines.finance.ledger.summing import sums
from orebook.disciplines.finance.measures.bridges import bridge_table, bridges
from orebook.disciplines.finance.measures.definitions import measure_definitions
from orebook.disciplines.finance.shares.share_history import share_history
from orebook.disciplines.finance.shares.weighted_shares import weighted_shares
from orebook.disciplines.finance.statements import bounds, statements
from orebook.ground.fiscal import reporting_periods
from orebook.ground.period import month

YEARS, MINES, ACCOUNTS, TURNS = 10, 10, 300, 5

_KINDS = (
    ("asset", "receivables", "working_capital_change"),
    ("asset", "mineral_properties", "capital_expenditures"),
    ("liability", "payables", "working_capital_change"),
    ("asset", "cash", ""),
    ("equity", "share_capital", "share_proceeds"),
    ("income", "revenues", ""),
    ("expense", "production_costs", ""),
    ("expense", "administration", ""),
    ("expense", "depreciation", ""),
)

MEASURES = {name: {"preset": name} for name in ("ebitda", "free_cash_flow", "net_debt", "working_capital")}


def simulated_accounts(count: int = ACCOUNTS) -> pl.DataFrame:
    """A chart of so many accounts, over every kind of line."""
    rows = [(str(1000 + place), *_KINDS[place % len(_KINDS)], f"tag{place % 12}") for place in range(count)]
    return pl.DataFrame(rows, ["account", "kind", "line", "cash_line", "tags"], orient="row")


def simulated_ledger(accounts: pl.DataFrame, *, years: int = YEARS, mines: int = MINES, seed: int = 1) -> pl.DataFrame:
    """Monthly postings that balance at every mine in every month; amounts are simulated."""
    luck = np.random.default_rng(seed)
    months = [month(2002 + year, number) for year, number in product(range(years), range(1, 13))]
    cents = np.rint(luck.normal(0, 1e8, (len(months), mines, accounts.height))).astype(np.int64)
    cents[:, :, -1] = -cents[:, :, :-1].sum(axis=2)
    at = np.repeat(np.arange(len(months)), mines * accounts.height)
    names = [f"Mine {number}" for number in range(1, mines + 1)]
    return pl.DataFrame(
        {
            "account": np.tile(accounts["account"].to_numpy(), len(months) * mines),
            "mine": np.tile(np.repeat(names, accounts.height), len(months)),
            "from_day": pl.Series([each.start for each in months])[at],
            "to_day": pl.Series([each.end for each in months])[at],
            "amount": cents.ravel() / 100,
            "currency": ["CAD"] * len(at),
        }
    )


def simulated_shares(years: int = YEARS) -> pl.DataFrame:
    """A share register with an issue every week and a split in the middle."""
    start = date(2002, 1, 1)
    days = [date.fromordinal(start.toordinal() + 7 * week) for week in range(52 * years)]
    kinds = ["opening", *["issue"] * (len(days) - 1)]
    kinds[len(days) // 2] = "split"
    ratio = [2.0 if kind == "split" else None for kind in kinds]
    return pl.DataFrame({"day": days, "kind": kinds, "shares": [1e6] * len(days), "ratio": ratio})


def best(of: Callable[[], object]) -> float:
    """The least processor time of several turns."""
    times = []
    for _ in range(TURNS):
        start = time.process_time()
        of()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Time every part alone."""
    accounts = simulated_accounts()
    ledger = simulated_ledger(accounts)
    periods = reporting_periods(ledger["from_day"].min(), ledger["to_day"].max())
    ends, lines = bounds(periods), usual_lines()
    read = held(accounts, ledger)
    found = sums(read, *ends, exchange_into("CAD", None))
    told = measure_definitions(MEASURES, lines)
    events = simulated_shares()
    parts: dict[str, Callable[[], object]] = {
        f"read and balance {ledger.height:,} postings": lambda: held(accounts, ledger),
        f"sums of {len(periods)} periods": lambda: sums(read, *ends, exchange_into("CAD", None)),
        "statements": lambda: statements(found, periods, lines, company="A", currency="CAD", basis="IFRS"),
        "measures and bridges": lambda: bridge_table(
            bridges(told, found, lines, read.series), periods, company="A", currency="CAD"
        ),
        "weighted shares": lambda: weighted_shares(share_history(events), period_frame(periods)),
    }
    times = {name: best(of) for name, of in parts.items()}
    for name, spent in (times | {"in all": sum(times.values())}).items():
        print(f"{name:40} {spent:7.3f} s")


if __name__ == "__main__":
    main()
