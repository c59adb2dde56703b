"""Figures of sales: shipments, metal sold, revenue, revaluation and what is open, by mine and period, as a tidy table.

Money is added in whole cents, ratios are made of sums. What rests on prices at the end of a period is made only for
periods that begin and end where open lots were valued; the rest for every period.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import polars as pl

from orebook.disciplines.sales.flows import PERIOD, by_stretch, in_order, over_periods
from orebook.disciplines.sales.positions import average_prices
from orebook.disciplines.sales.posting import IFRS_9, IFRS_15
from orebook.disciplines.sales.settling import Sold
from orebook.ground import units
from orebook.ground.tidy import tidy

FIGURES = tidy(kind=pl.String)
"""The columns of a table of figures."""

ITEMS = {
    "metal": "sales.metal_value",
    "price_participation": "sales.price_participation",
    "treatment_charge": "sales.treatment",
    "refining_charge": "sales.refining",
    "penalty": "sales.penalties",
    "freight": "finance.freight",
}
"""The measure of each item of a posting under IFRS 15; all others are other charges."""

BOTH = f"{IFRS_15} and {IFRS_9}"

_KEYS = ("measure", "subject", "metal", "basis", "unit")


def sales_figures(
    sold: Sold,
    positions: pl.DataFrame,
    receivable: pl.DataFrame,
    periods: pl.DataFrame,
    ends: Sequence[date],
    company: str,
) -> pl.DataFrame:
    """Figures of sales for every mine and for the company as a whole.

    ``positions`` are those of ``open_metal``, ``receivable`` those of ``receivables``; ``periods`` has ``kind``,
    ``period``, ``from_day`` and ``to_day``; ``ends`` are the days at which open lots were valued.
    """
    exact = _valued_at(periods, ends, sold)
    units_of = price_units(sold)
    quantities = _with_company(_quantities(sold, units_of), company)
    money = _with_company(_money(sold, periods), company)
    is_price = pl.col("basis") != IFRS_15
    parts = [
        over_periods(quantities, periods, _KEYS),
        _in_money(over_periods(money.filter(~is_price), periods, _KEYS)),
        _in_money(over_periods(money.filter(is_price), exact, _KEYS)),
    ]
    balances = _at_ends(_balances(positions, receivable, units_of, company), exact)
    made = pl.concat([*(part.select(*_KEYS, *PERIOD, pl.col("value").cast(pl.Float64)) for part in parts), balances])
    made = pl.concat([made, _realized_prices(made)])
    kinds = periods.select("kind", "period", "from_day", "to_day")
    told = made.join(kinds, on=list(PERIOD)).with_columns(version=pl.lit(None, pl.Date))
    ordered = in_order(told, [*_KEYS, "from_day", "to_day", "kind"])
    return ordered.select(pl.col(name).cast(kind) for name, kind in FIGURES.items())


def price_units(sold: Sold) -> pl.DataFrame:
    """The unit of mass in which each metal is counted: that of its prices, with its size in grams.

    Of several the one that comes first counts, so that all lots of a metal are counted alike.
    """
    found = sold.priced.metals.select("metal", unit="price_unit").drop_nulls().unique()
    one = found.group_by("metal").agg(pl.col("unit").min())
    grams = [float(units.unit(unit).ratio(units.unit("g"))) for unit in one["unit"]]
    return one.with_columns(grams=pl.Series(grams, dtype=pl.Float64))


def _quantities(sold: Sold, units_of: pl.DataFrame) -> pl.DataFrame:
    """Shipments and masses by day: those of the sale, and their change when the final ones are known."""
    days = sold.lots.select("lot", "mine", "shipped_day", "quantity_day")
    first = sold.lots.group_by("mine", name=pl.coalesce("shipment", "lot")).agg(day=pl.col("shipped_day").min())
    shipments = _flow(first, "sales.shipments", "100%", "shipment", pl.lit(1.0))
    weighed = _changes(sold.masses, ["wet_g", "dry_g"], days, [])
    masses = [
        _flow(weighed, f"sales.{name}_mass", "100%", "t", pl.col(f"{name}_g") / 1e6).filter(pl.col("value") != 0)
        for name in ("wet", "dry")
    ]
    metal = _changes(sold.payable, ["payable_g"], days, ["metal"]).join(units_of, on="metal")
    payable = metal.select(
        measure=pl.lit("milling.metal_sold"),
        subject="mine",
        metal="metal",
        basis=pl.lit("payable"),
        unit="unit",
        day="day",
        value=pl.col("payable_g") / pl.col("grams"),
    )
    return pl.concat([shipments, *masses, payable])


def _flow(frame: pl.DataFrame, measure: str, basis: str, unit: str, value: pl.Expr) -> pl.DataFrame:
    return frame.select(
        measure=pl.lit(measure),
        subject="mine",
        metal=pl.lit(None, pl.String),
        basis=pl.lit(basis),
        unit=pl.lit(unit),
        day="day",
        value=value,
    )


def _changes(staged: pl.DataFrame, columns: list[str], days: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Quantities by day: the provisional ones at shipment, the difference to the final ones when they are known."""
    found = staged.join(days, on="lot")
    first = found.filter(pl.col("stage") == "provisional")
    is_last = pl.col("stage") == "final"
    change = found.filter(pl.col("quantity_day").is_not_null()).group_by("lot", "mine", *keys, day="quantity_day")
    later = change.agg(pl.col(name).filter(is_last).sum() - pl.col(name).filter(~is_last).sum() for name in columns)
    wanted = ["mine", *keys, "day", *columns]
    return pl.concat([first.rename({"shipped_day": "day"}).select(wanted), later.select(wanted)])


def _money(sold: Sold, periods: pl.DataFrame) -> pl.DataFrame:
    """Postings by measure and day, in cents, as figures of a mine; charges are positive as they are charged."""
    told = sold.ledger.join(sold.lots.select("lot", subject="mine", unit="currency"), on="lot")
    told = by_stretch(told, periods, ["subject", "unit", "event", "standard", "item", "metal"], "amount")
    fifteen = told.filter(pl.col("standard") == IFRS_15)
    nine = told.filter(pl.col("standard") == IFRS_9)
    realized = pl.when(pl.col("event") == "final price").then(pl.lit("_realized")).otherwise(pl.lit("_unrealized"))
    charge = pl.col("item") != "metal"
    item = pl.col("item").replace_strict(ITEMS, default="sales.other_charges")
    signed = pl.when(charge).then(-pl.col("amount")).otherwise("amount")
    smelter = fifteen.filter(pl.col("item").is_in(["treatment_charge", "refining_charge"]))
    columns = ["measure", "subject", "metal", "basis", "unit", "day", "value"]
    none = pl.lit(None, pl.String)
    parts = [
        fifteen.with_columns(measure=item, metal=pl.when(charge).then(none).otherwise("metal"), value=signed),
        smelter.with_columns(measure=pl.lit("finance.treatment_charges"), metal=none, value=-pl.col("amount")),
        fifteen.with_columns(measure=pl.lit("sales.revenue"), metal=none, value="amount"),
        nine.with_columns(measure=pl.lit("finance.revaluation"), value="amount"),
        nine.with_columns(measure=pl.lit("finance.revaluation"), metal=none, value="amount"),
        nine.with_columns(measure=pl.lit("sales.revaluation") + realized, metal=none, value="amount"),
        told.with_columns(measure=pl.lit("finance.revenues"), metal=none, value="amount", standard=pl.lit(BOTH)),
    ]
    return pl.concat([part.rename({"standard": "basis"}).select(columns) for part in parts])


def _with_company(flows: pl.DataFrame, company: str) -> pl.DataFrame:
    """Figures of mines, and the same of the company as a whole."""
    return pl.concat([flows, flows.with_columns(subject=pl.lit(company))])


def _in_money(cents: pl.DataFrame) -> pl.DataFrame:
    return cents.with_columns(pl.col("value") / 100)


def _valued_at(periods: pl.DataFrame, ends: Sequence[date], sold: Sold) -> pl.DataFrame:
    """The periods that begin after an end at which lots were valued, or before the first lot, and end at one."""
    first = sold.lots["shipped_day"].min() if sold.lots.height else None
    known = pl.Series(sorted(set(ends)), dtype=pl.Date).implode()
    before = (pl.col("from_day") - timedelta(days=1)).is_in(known)
    begins = before if first is None else before | (pl.col("from_day") <= pl.lit(first))
    return periods.filter(begins & pl.col("to_day").is_in(known))


def _balances(
    positions: pl.DataFrame, receivable: pl.DataFrame, units_of: pl.DataFrame, company: str
) -> Iterator[pl.DataFrame]:
    """What stands at each end of a period: open metal and its prices, lots, what a change of price would do."""
    both = pl.concat([positions, positions.with_columns(mine=pl.lit(company))])
    keys = ["closing", "mine", "metal", "price_currency"]
    open_ = average_prices(both, keys).join(units_of, on="metal")
    money = pl.format("{}/{}", "price_currency", "unit")
    yield _balance(open_, "sales.open_metal", pl.col("payable_g") / pl.col("grams"), pl.col("unit"))
    yield _balance(open_, "sales.provisional_price", pl.col("now") * pl.col("grams"), money)
    yield _balance(open_, "sales.first_price", pl.col("first") * pl.col("grams"), money)
    if "shift" in open_.columns:
        yield _balance(open_, "sales.sensitivity", pl.col("shift") / 100, pl.col("price_currency"))
    lots = both.group_by("closing", "mine").agg(value=pl.col("lot").n_unique(), metal=pl.lit(None, pl.String))
    yield _balance(lots, "sales.open_lots", pl.col("value").cast(pl.Float64), pl.lit("1"))
    owed = _with_company(receivable, company).group_by("closing", "subject", "currency").agg(pl.col("amount").sum())
    owed = owed.rename({"subject": "mine"}).with_columns(metal=pl.lit(None, pl.String))
    yield _balance(owed, "sales.receivable", pl.col("amount") / 100, pl.col("currency"))


def _balance(frame: pl.DataFrame, measure: str, value: pl.Expr, unit: pl.Expr) -> pl.DataFrame:
    return frame.select(
        measure=pl.lit(measure),
        subject="mine",
        metal="metal",
        basis=pl.lit("payable"),
        unit=unit,
        to_day="closing",
        value=value,
    )


def _at_ends(balances: Iterator[pl.DataFrame], periods: pl.DataFrame) -> pl.DataFrame:
    """Balances under every period that ends on their day."""
    stood = pl.concat(list(balances))
    return stood.join(periods.select(PERIOD), on="to_day").select(*_KEYS, *PERIOD, "value")


def _realized_prices(made: pl.DataFrame) -> pl.DataFrame:
    """The price received for what was sold in a period, with what the price did to earlier sales, before charges."""
    keys = ["subject", "metal", *PERIOD]
    metal = pl.col("metal").is_not_null()
    value = made.filter(metal & pl.col("measure").is_in(["sales.metal_value", "finance.revaluation"]))
    counted = value.group_by(*keys, "unit").agg(pl.col("value").sum(), both=pl.col("measure").n_unique())
    without = value.filter(pl.col("measure") == "sales.metal_value").select(*keys, "unit", sale="value")
    sold = made.filter(pl.col("measure") == "milling.metal_sold").select(*keys, mass="value", per="unit")
    exact = made.filter(pl.col("measure") == "finance.revenues").select("subject", *PERIOD, "unit").unique()
    found = counted.join(without, on=[*keys, "unit"]).join(sold, on=keys).filter(pl.col("mass") > 0)
    whole = found.join(exact, on=["subject", *PERIOD, "unit"], how="semi")
    unit = pl.format("{}/{}", "unit", "per")
    named = {"unit": unit, "measure": pl.lit("finance.realized_price")}
    parts = [
        whole.with_columns(**named, basis=pl.lit(BOTH), value=pl.col("value") / pl.col("mass")),
        found.with_columns(**named, basis=pl.lit(IFRS_15), value=pl.col("sale") / pl.col("mass")),
    ]
    return pl.concat([part.select(*_KEYS, *PERIOD, "value") for part in parts])
