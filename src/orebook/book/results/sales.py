"""Sales: lots from shipment to final settlement, revenue, revaluation and what is open, by mine and period."""

from datetime import date

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.keys import Table
from orebook.book.prepared import number
from orebook.book.problems import BookError
from orebook.book.rests import Rest, rests
from orebook.book.selling import (
    Times,
    grades,
    in_money,
    oldest,
    rates,
    rates_said,
    span,
    times,
    with_symbols,
)
from orebook.disciplines.sales.exchange import Exchange
from orebook.disciplines.sales.figures import price_units, sales_figures
from orebook.disciplines.sales.invoices import invoices, receivables, states
from orebook.disciplines.sales.positions import open_metal
from orebook.disciplines.sales.settling import EVENTS, Sold, in_reporting_currency, settle
from orebook.disciplines.sales.timing import timing

_WHERE = "results.sales"


def make(bench: Bench) -> Made:
    """Settle all lots of the book, and add them up by mine and period.

    Rests on the tables lots, contract_terms, lot_events, prices and exchange_rates, which turn money into the currency
    of the company, and charges into that of the price. A lot of which something is missing is not posted;
    ``sales_unposted`` says what.
    """
    said = bench.said("sales")
    oldest_d = oldest(bench, said, _WHERE)
    to, kind = rates_said(bench, said, _WHERE)
    lots, events = bench.need("lots", "sales"), _table(bench, "lot_events", EVENTS)
    prices = bench.need("prices", "sales")
    terms = with_symbols(bench.need("contract_terms", "sales"))
    told = _times(bench, said, lots, events, prices, oldest_d)
    assayed = list({each.column: each for each in (*grades("lots", lots), *grades("lot_events", events))}.values())
    exchange = Exchange(rates(bench), kind, oldest_d)
    own = settle(lots, terms, events, prices, assayed, told.ends, oldest_d, exchange)
    sold = in_reporting_currency(own, exchange.rates, to, kind, oldest_d) if to else own
    shift = number(bench, said, "sensitivity_pct", _WHERE) if "sensitivity_pct" in said else None
    parts = _parts(own, sold, events, told, shift, bench.settings.issuer)
    return Made(parts, {"sales": dict(said)}, _remarks(parts))


def _table(bench: Bench, name: str, columns: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    found = bench.table(name)
    return pl.DataFrame(schema=columns) if found is None else with_symbols(found)


def _times(
    bench: Bench, said: Table, lots: pl.DataFrame, events: pl.DataFrame, prices: pl.DataFrame, oldest_d: int
) -> Times:
    """The periods from the first shipment to the last day of which anything is known."""
    first, shipped = span([lots["shipped_day"]])
    _, last = span([lots["shipped_day"], events["day"], prices["day"]])
    if first is None or shipped is None or last is None:
        raise BookError("no lot has a day of shipment; sales begin with one")
    until = said.get("until")
    return times(bench, said, _WHERE, first, until if isinstance(until, date) else last, oldest_d)


def _parts(
    own: Sold, sold: Sold, events: pl.DataFrame, told: Times, shift: float | None, company: str
) -> dict[str, pl.DataFrame]:
    """The figures, and beside them lots, states, invoices, postings, what is open and what was not posted."""
    kept = _same_lots(own, sold)
    positions = open_metal(kept, shift)
    invoiced = invoices(kept, events)
    owed = receivables(kept, invoiced, told.ends)
    figures = sales_figures(sold, positions, owed, told.periods, told.ends, company)
    ledger = sold.ledger.join(sold.lots.select("lot", "mine", "shipment", "currency"), on="lot", maintain_order="left")
    history = states(kept, events)
    return {
        "sales": figures,
        "sales_lots": _lots(sold, history),
        "sales_states": history,
        "sales_invoices": in_money(invoiced, ["value", "amount", "made"]),
        "sales_ledger": in_money(ledger, ["amount"]),
        "sales_shipments": _shipments(ledger),
        "sales_open": _open(positions, sold),
        "sales_timing": timing(figures),
        "sales_unposted": sold.unposted,
        "sales_undecided": sold.undecided,
        "sales_rests": _rests(),
    }


def _same_lots(own: Sold, sold: Sold) -> Sold:
    """Lots in the currency of their contracts, those that are posted in that of the company."""
    if own is sold:
        return own
    lots = sold.lots.select("lot")

    def kept(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.join(lots, on="lot", how="semi", maintain_order="left")

    return own._replace(lots=kept(own.lots), payable=kept(own.payable), ledger=kept(own.ledger), priced=sold.priced)


def _lots(sold: Sold, history: pl.DataFrame) -> pl.DataFrame:
    """Every lot that is posted, with its masses, what it brought, and its state."""
    of = [
        pl.col("amount").filter(pl.col("standard") == "IFRS 15").sum().alias("revenue"),
        pl.col("amount").filter(pl.col("standard") == "IFRS 9").sum().alias("revaluation"),
        pl.col("amount").sum().alias("total"),
    ]
    brought = in_money(sold.ledger.group_by("lot").agg(of), ["revenue", "revaluation", "total"])
    weighed = sold.masses.sort("stage").group_by("lot").agg(pl.col("wet_g", "dry_g").first() / 1e6)
    now = history.group_by("lot", maintain_order=True).agg(pl.col("state").last(), state_day=pl.col("day").last())
    names = ["lot", "mine", "product", "contract", "shipment", "shipped_day", "quantity_day", "currency"]
    found = sold.lots.select(names).join(weighed.rename({"wet_g": "wet_t", "dry_g": "dry_t"}), on="lot", how="left")
    return found.join(brought, on="lot", how="left").join(now, on="lot", how="left").sort("shipped_day", "lot")


def _shipments(ledger: pl.DataFrame) -> pl.DataFrame:
    """What each shipment brought in all: revenue, and what the price did afterwards."""
    sale = pl.col("event") == "sale"
    found = ledger.group_by("mine", pl.coalesce("shipment", "lot").alias("shipment"), "currency").agg(
        shipped_day=pl.col("day").filter(sale).min(),
        lots=pl.col("lot").n_unique(),
        revenue=pl.col("amount").filter(pl.col("standard") == "IFRS 15").sum(),
        revaluation=pl.col("amount").filter(pl.col("standard") == "IFRS 9").sum(),
    )
    return in_money(found, ["revenue", "revaluation"]).sort("shipped_day", "mine", "shipment")


def _open(positions: pl.DataFrame, sold: Sold) -> pl.DataFrame:
    """What is open at each end of a period, lot by lot, in the units in which its metal is priced."""
    counted = positions.join(price_units(sold), on="metal", maintain_order="left")
    priced = [(pl.col(name) * pl.col("grams")).alias(name) for name in ("first", "now")]
    found = counted.with_columns(*priced, payable=pl.col("payable_g") / pl.col("grams"))
    found = in_money(found, ["shift"]) if "shift" in found.columns else found
    columns = ["closing", "mine", "lot", "metal", "payable", "unit", "first", "now", "price_currency", "price"]
    more = [name for name in ("qp_start", "qp_end", "priced_by", "priced_on", "shift") if name in found.columns]
    return found.select(*columns, *more)


def _rests() -> pl.DataFrame:
    """What the figures rest on: postings by day, lots by shipment, open lots by the end of the period."""
    by_standard = {"mine": "subject", "standard": "basis", "currency": "unit"}
    by_mine = {"mine": "subject", "currency": "unit"}
    posted = [
        Rest(measure, "sales_ledger", ("amount", "event"), same=same, days=("day",), how="sum")
        for measure, same in (
            ("sales.revenue", by_standard),
            ("finance.revaluation", by_standard),
            ("finance.revenues", by_mine),
        )
    ]
    shipped = [
        Rest(measure, "lots", columns, same={"mine": "subject"}, days=("shipped_day",), words=words)
        for measure, columns, words in (
            ("sales.shipments", ("shipment",), "shipments by their first day"),
            ("sales.wet_mass", ("wet_t",), "at shipment; later weights are in lot_events"),
            ("sales.dry_mass", ("dry_t", "wet_t", "moisture_pct"), "at shipment; later weights are in lot_events"),
            (
                "milling.metal_sold",
                ("wet_t", "moisture_pct", "{metal}_pct", "{metal}_gpt"),
                "payable by contract_terms",
            ),
        )
    ]
    return rests(*posted, *shipped)


def _remarks(parts: dict[str, pl.DataFrame]) -> tuple[str, ...]:
    lots = parts["sales_unposted"]["lot"].n_unique()
    undecided = parts["sales_undecided"]["lot"].n_unique()
    said = []
    if lots:
        said.append(f"{lots} lot{'s' * (lots > 1)} not posted: orebook ask 'from sales_unposted'")
    if undecided:
        said.append(f"assays of {undecided} lot{'s' * (undecided > 1)} not decided: orebook ask 'from sales_undecided'")
    return tuple(said)
