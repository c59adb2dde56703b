"""Hedges: fair value, realized and unrealized gains by period, roll-forward, and the book of what is open by expiry."""

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.prepared import number
from orebook.book.problems import BookError
from orebook.book.rests import Rest, rests
from orebook.book.selling import Times, in_money, oldest, rates, rates_said, span, times
from orebook.disciplines.sales.exchange import in_currency
from orebook.disciplines.sales.hedging.figures import hedge_figures, spot_prices
from orebook.disciplines.sales.hedging.gains import Hedged, by_expiry, hedge_book, hedge_gains, roll_forward
from orebook.disciplines.sales.hedging.valuing import CURVES
from orebook.disciplines.sales.settling import PRICES

_WHERE = "results.hedges"


def make(bench: Bench) -> Made:
    """Value all derivatives of the book at the ends of periods, and split their gains.

    Rests on the tables hedges and curves, with prices and exchange_rates for what they were settled at. One of which
    something is missing is not posted; ``hedges_unposted`` says what. The tax rate is that of ``tax_rate_pct``; nothing
    is assumed.
    """
    said = bench.said("hedges")
    oldest_d = oldest(bench, said, _WHERE)
    to, kind = rates_said(bench, said, _WHERE)
    held, curves = bench.need("hedges", "hedges"), bench.table("curves")
    curves = pl.DataFrame(schema=CURVES) if curves is None else curves
    prices = bench.table("prices")
    spots = spot_prices(pl.DataFrame(schema=PRICES) if prices is None else prices, curves, rates(bench))
    first, _ = span([held["start_day"]])
    _, last = span([held["start_day"], curves["as_of_day"], spots["day"]])
    if first is None or last is None:
        raise BookError("no derivative has a day on which it was made; gains begin with one")
    told = times(bench, said, _WHERE, first, last, oldest_d)
    own = hedge_gains(held, curves, spots, told.ends, oldest_d)
    tax = number(bench, said, "tax_rate_pct", _WHERE) if "tax_rate_pct" in said else None
    hedged, values = _exchanged(own, rates(bench), to, kind, oldest_d) if to else (own, own.values)
    parts = _parts(own, hedged, values, told, tax, bench.settings.issuer)
    count = parts["hedges_unposted"]["hedge"].n_unique()
    remark = f"{count} hedge{'s' * (count > 1)} not posted: orebook ask 'from hedges_unposted'"
    return Made(parts, {"hedges": dict(said)}, (remark,) if count else ())


def _exchanged(own: Hedged, known: pl.DataFrame, to: str, kind: str, oldest_d: int) -> tuple[Hedged, pl.DataFrame]:
    """Hedges with their gains and values in the currency of the company; those without a rate are not posted."""
    ledger, without = in_currency(own.ledger, known, to, kind, oldest_d)
    valued = own.values.join(own.hedges.select("hedge", "currency"), on="hedge").rename({"closing": "day"})
    values, lacking = in_currency(valued.rename({"value": "amount"}), known, to, "spot", oldest_d)
    reason = pl.format("no rate from {} to {}", "currency", pl.lit(to))
    named = pl.concat([frame.select("hedge", "day", reason=reason) for frame in (without, lacking)]).unique()
    gone = named.select("hedge").unique()
    kept = {"on": "hedge", "how": "anti", "maintain_order": "left"}
    hedged = Hedged(
        own.hedges.join(gone, **kept).with_columns(currency=pl.lit(to)),  # type: ignore[arg-type]
        own.values.join(gone, **kept),  # type: ignore[arg-type]
        ledger.join(gone, **kept),  # type: ignore[arg-type]
        pl.concat([own.unposted, named]).sort("hedge", "day", "reason"),
    )
    back = values.join(gone, on="hedge", how="anti").rename({"day": "closing", "amount": "value"})
    return hedged, back.drop("currency")


def _parts(
    own: Hedged, hedged: Hedged, values: pl.DataFrame, told: Times, tax: float | None, company: str
) -> dict[str, pl.DataFrame]:
    figures = hedge_figures(hedged, values, told.periods, told.ends, tax, company)
    posted = own._replace(
        hedges=own.hedges.join(hedged.hedges, on="hedge", how="semi"),
        values=own.values.join(hedged.hedges, on="hedge", how="semi"),
        ledger=own.ledger.join(hedged.hedges, on="hedge", how="semi"),
    )
    book = hedge_book(posted)
    known = pl.Series(told.ends, dtype=pl.Date).implode()
    whole = told.periods.filter(pl.col("to_day").is_in(known) & (pl.col("kind") == "quarter"))
    roll = roll_forward(posted, whole, ["underlying", "currency"])
    money = ["opening", "premium", "gain", "settled", "closing", "realized", "unrealized"]
    names = hedged.hedges.select("hedge", "underlying", "kind")
    ledger = hedged.ledger.join(names, on="hedge", maintain_order="left").with_columns(company=pl.lit(company))
    return {
        "hedges": figures,
        "hedges_book": in_money(book, ["value"]),
        "hedges_by_expiry": in_money(by_expiry(book), ["value"]),
        "hedges_roll": in_money(roll, money),
        "hedges_ledger": in_money(ledger, ["amount"]),
        "hedges_unposted": hedged.unposted,
        "hedges_rests": _rests(),
    }


def _rests() -> pl.DataFrame:
    """What the figures rest on: gains by day and part."""
    measures = {"": "", "_realized": "realized", "_unrealized": "unrealized"}
    return rests(
        *(
            Rest(
                f"finance.derivative_gain{ending}",
                "hedges_ledger",
                ("amount", "part", "event"),
                same={"company": "subject", "underlying": "underlying", "currency": "unit"},
                days=("day",),
                words=f"those of the part {part}" if part else "realized and unrealized",
            )
            for ending, part in measures.items()
        )
    )
