"""Time the quarter: ten years of daily sheets of ten mines, 5,000 lots and 2,000 hedges to all tables of figures.

    python benchmarks/quarter.py [--rounds 5] [--mines 10] [--lots 5000] [--hedges 2000]

Inputs are simulated with a fixed seed and held in memory; files are neither read nor written. Each result is made anew
in every round; the least CPU and wall time count. Production is timed with and without shares of the company, and
tenure with the interests of all mines, an option on each and the milestones of ten years. The share of each result in
all of them is its ratio; the last row holds all of them against the two seconds that are asked for. Beside production
stands a plain aggregation of the same sheet by month with polars alone: what adding up costs without shares, sources,
coverage and ranges.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from orebook.book.bench import Bench
from orebook.book.results import results
from orebook.book.settings import BookSettings

FIRST, DAYS = date(2011, 1, 1), 3652
COPPER = "Copper"
NAMES = ("production", "sales", "hedges", "statements", "measures", "shares", "capital")
TENURE = ("interests", "earn_ins", "milestones")
ASKED_S = 2.0
"""So many seconds all tables of a quarter may take."""


def months() -> list[date]:
    """The first days of all months."""
    return [date(2011 + number // 12, number % 12 + 1, 1) for number in range(120)]


def mill(rng: np.random.Generator, mines: int) -> pl.DataFrame:
    """A row for each day and mine: ore, two grades, three metals, hours."""
    days = pl.date_range(FIRST, FIRST + timedelta(days=DAYS - 1), eager=True)
    count = mines * DAYS
    ore = np.rint(rng.normal(20_000, 1_500, count).clip(1))
    copper, gold = rng.uniform(0.2, 0.6, count).round(4), rng.uniform(0.1, 0.4, count).round(4)
    return pl.DataFrame(
        {
            "mine": np.repeat([f"Mine {number}" for number in range(mines)], DAYS),
            "from_day": pl.concat([days] * mines),
            "to_day": pl.concat([days] * mines),
            "ore_t": ore,
            "operating_h": rng.uniform(18, 24, count),
            "available_h": np.full(count, 24.0),
            "cu_pct": copper,
            "au_gpt": gold,
            "cu_lb": np.rint(ore * copper / 100 * 0.85 * 2204.6226),
            "au_oz": np.rint(ore * gold * 0.6 / 31.1034768),
        }
    )


def markets(rng: np.random.Generator, lots: int, hedges: int) -> dict[str, pl.DataFrame]:
    """Lots with their contract and prices; hedges with curves for every end of a quarter."""
    shipped = [FIRST + timedelta(days=int(day)) for day in rng.integers(0, DAYS - 100, lots)]
    daily = [FIRST + timedelta(days=day) for day in range(DAYS)]
    amounts = (3 + np.cumsum(rng.normal(0, 0.02, DAYS))).clip(1)
    quoted = [
        (day, delivery, float(amount))
        for day, amount in zip(daily, amounts, strict=True)
        for delivery in (None, *((day.replace(day=1) + timedelta(days=30 * k + 2)).replace(day=15) for k in (1, 2)))
    ]
    starts = [FIRST + timedelta(days=int(day)) for day in rng.integers(0, DAYS - 500, hedges)]
    ends = [each + timedelta(days=int(more)) for each, more in zip(starts, rng.integers(30, 480, hedges), strict=True)]
    kinds = rng.choice(["swap", "forward", "put", "call"], hedges)
    closings = [each - timedelta(days=1) for each in months()[3::3]] + [date(2020, 12, 31)]
    deliveries = [closing + timedelta(days=91 * number) for closing in closings for number in range(7)]
    return {
        "lots": pl.DataFrame(
            {
                "lot": [f"L{number}" for number in range(lots)],
                "mine": [f"Mine {number % 10}" for number in range(lots)],
                "contract": ["A"] * lots,
                "shipped_day": shipped,
                "wet_t": rng.uniform(4_000, 9_000, lots),
                "moisture_pct": np.full(lots, 8.0),
                "cu_pct": rng.uniform(22, 28, lots),
            }
        ),
        "contract_terms": pl.DataFrame(
            {
                "contract": ["A"] * 4,
                "term": ["price", "quotational_period", "payable", "treatment_charge"],
                "metal": ["Cu", "Cu", "Cu", None],
                "says": [COPPER, "M+1 shipment", None, None],
                "value": [None, None, 96.5, 80.0],
                "unit": [None, None, "%", "USD/dmt"],
            }
        ),
        "prices": pl.DataFrame(
            {
                "price": [COPPER] * len(quoted),
                "day": [day for day, _, _ in quoted],
                "delivery_day": pl.Series([delivery for _, delivery, _ in quoted], dtype=pl.Date),
                "amount": [amount for *_, amount in quoted],
                "unit": ["lb"] * len(quoted),
                "currency": ["USD"] * len(quoted),
            }
        ),
        "hedges": pl.DataFrame(
            {
                "hedge": [f"H{number}" for number in range(hedges)],
                "kind": kinds,
                "side": rng.choice(["buy", "sell"], hedges),
                "underlying": [COPPER] * hedges,
                "quantity": rng.integers(1, 20, hedges) * 100_000.0,
                "unit": ["lb"] * hedges,
                "strike": rng.uniform(2, 4, hedges).round(2),
                "currency": ["USD"] * hedges,
                "start_day": starts,
                "expiry_day": ends,
                "premium": np.where(np.isin(kinds, ["put", "call"]), 50_000.0, 0.0),
            }
        ),
        "curves": pl.DataFrame(
            {
                "underlying": [COPPER] * len(deliveries),
                "as_of_day": [closing for closing in closings for _ in range(7)],
                "delivery_day": deliveries,
                "price": rng.uniform(2.5, 4, len(deliveries)),
                "unit": ["lb"] * len(deliveries),
                "currency": ["USD"] * len(deliveries),
                "volatility_pct": np.full(len(deliveries), 30.0),
                "rate_pct": np.full(len(deliveries), 2.0),
            }
        ),
    }


LINES = ("metal_sales", "production_costs", "depreciation", "administration", "exploration_expense", "current_tax")


def books(rng: np.random.Generator) -> dict[str, pl.DataFrame]:
    """A trial balance of 120 accounts for 120 months, shares, capital."""
    accounts = [(f"{4000 + number}", LINES[number % 6]) for number in range(118)]
    kinds = ["income" if line == "metal_sales" else "expense" for _, line in accounts]
    rows = [("1000", None, FIRST - timedelta(days=1), 5e7), ("3000", None, FIRST - timedelta(days=1), -5e7)]
    for first, after in zip(months(), [*months()[1:], date(2021, 1, 1)], strict=True):
        cents = rng.integers(1_000_00, 900_000_00, len(accounts))
        signed = [-int(c) if kind == "income" else int(c) for c, kind in zip(cents, kinds, strict=True)]
        end = after - timedelta(days=1)
        rows += [(name, first, end, c / 100) for (name, _), c in zip(accounts, signed, strict=True)]
        rows.append(("1000", first, end, -sum(signed) / 100))
    chart = [("1000", "asset", "cash", "", ""), ("3000", "equity", "share_capital", "share_proceeds", "")]
    chart += [(name, kind, line, "", "") for (name, line), kind in zip(accounts, kinds, strict=True)]
    columns = ["account", "kind", "line", "cash_line", "tags"]
    spent = [(f"Project {number % 7}", first, first + timedelta(days=27), 1e6) for number, first in enumerate(months())]
    return {
        "accounts": pl.DataFrame(chart, columns, orient="row"),
        "ledger": pl.DataFrame(
            rows,
            {"account": pl.String, "from_day": pl.Date, "to_day": pl.Date, "amount": pl.Float64},
            orient="row",
        ).with_columns(currency=pl.lit("USD")),
        "share_events": pl.DataFrame({"day": [FIRST], "kind": ["opening"], "shares": [1e8]}),
        "capital": pl.DataFrame(spent, ["project", "from_day", "to_day", "amount"], orient="row").with_columns(
            currency=pl.lit("USD"), kind=pl.lit("sustaining"), funding=pl.lit("cash flow")
        ),
    }


def interests(mines: int) -> pl.DataFrame:
    """Two holders of every mine, whose shares change once."""
    rows = [
        (f"Mine {number}", holder, day, share)
        for number in range(mines)
        for day, share in ((FIRST, 60.0), (date(2016, 5, 17), 75.0))
        for holder, share in (("Bench Mines Ltd.", share), ("Others", 100 - share))
    ]
    return pl.DataFrame(rows, ["property", "holder", "from_day", "interest_pct"], orient="row")


def tenure(mines: int) -> dict[str, pl.DataFrame]:
    """An option in two stages on every mine with its spending, and a saying of each milestone in every quarter."""
    names = [f"Mine {number}" for number in range(mines)]
    quarters = months()[::3]
    options = [(name, name, "Bench Mines Ltd.", f"Earner {name}", FIRST, "USD") for name in names]
    stages = [(name, stage, 20.0) for name in names for stage in (1, 2)]
    terms = [
        (name, stage, "work", "spending", 2e8, date(2015 + 5 * (stage - 1), 12, 31), "stage", "option")
        for name in names
        for stage in (1, 2)
    ]
    spent = [(name, first + timedelta(days=40), "spent", 9e6) for name in names for first in quarters]
    said = [(name, "Mill expansion", first, "planned", f"{first.year + 1}") for name in names for first in quarters]
    told = {
        "earn_ins": (options, ["earn_in", "property", "owner", "earner", "signed_day", "currency"]),
        "earn_in_stages": (stages, ["earn_in", "stage", "interest_pct"]),
        "earn_in_terms": (terms, ["earn_in", "stage", "term", "kind", "amount", "by_day", "counted", "binding"]),
        "earn_in_events": (spent, ["earn_in", "day", "event", "amount"]),
        "milestone_dates": (said, ["property", "milestone", "said_on", "status", "date"]),
    }
    return {name: pl.DataFrame(rows, columns, orient="row") for name, (rows, columns) in told.items()}


def plain(sheet: pl.DataFrame) -> pl.DataFrame:
    """Amounts of each mine and month, and the grades and recoveries that follow."""
    fed = pl.col("ore_t") * pl.col("cu_pct")
    return (
        sheet.group_by("mine", pl.col("from_day").dt.month_start().alias("month"))
        .agg(pl.col("ore_t", "cu_lb", "au_oz").sum(), fed=fed.sum())
        .with_columns(cu_pct=pl.col("fed") / pl.col("ore_t"))
    )


def timed(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The least CPU and wall time of some rounds, in seconds."""
    found = []
    for _ in range(rounds):
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        found.append((time.process_time() - cpu, time.perf_counter() - wall))
    return min(each for each, _ in found), min(each for _, each in found)


def main(words: list[str]) -> None:
    """Print a row for each result and one for all of them."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name, default in (("rounds", 5), ("mines", 10), ("lots", 5_000), ("hedges", 2_000)):
        asked.add_argument(f"--{name}", type=int, default=default)
    given = asked.parse_args(words)
    rng = np.random.default_rng(2011)
    tables = {"mill": mill(rng, given.mines), "interests": interests(given.mines), **books(rng), **tenure(given.mines)}
    tables |= markets(rng, given.lots, given.hedges)
    settings = BookSettings(file=Path("book.toml"), issuer="Bench Mines Ltd.")

    def make(names: tuple[str, ...]) -> Mapping[str, object]:
        bench = Bench(settings, tables.get)
        return {name: results()[name].make(bench) for name in names}

    def alone() -> object:
        return results()["production"].make(Bench(settings, {"mill": tables["mill"]}.get))

    everything = (*NAMES, *TENURE)
    made = make(everything)
    rows = {name: sum(part.height for part in made[name].parts.values()) for name in everything}
    cpu, wall = timed(lambda: make(everything), given.rounds)
    print("| result | rows | CPU ms | wall ms | of all |\n|---|--:|--:|--:|--:|")
    for name in everything:
        own, clock = timed(lambda name=name: make((name,)), given.rounds)
        print(f"| {name} | {rows[name]:,} | {1e3 * own:.0f} | {1e3 * clock:.0f} | {own / cpu:.2f} |")
    own, clock = timed(alone, given.rounds)
    print(f"| production without shares: the mill alone | | {1e3 * own:.0f} | {1e3 * clock:.0f} | {own / cpu:.2f} |")
    own, clock = timed(lambda: plain(tables["mill"]), given.rounds)
    print(
        f"| plain aggregation of the mill by month, polars | | {1e3 * own:.0f} | {1e3 * clock:.0f} | {own / cpu:.2f} |"
    )
    print(f"| all of them, tables in memory | {sum(rows.values()):,} | {1e3 * cpu:.0f} | {1e3 * wall:.0f} | 1.00 |")
    print(f"\nCPU of all to the {ASKED_S:.0f} s that are asked for: {cpu / ASKED_S:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
