"""Simulated sales of ten mines in ten years: lots, terms, events, prices, rates, hedges and curves, always the same.

The numbers are drawn by chance and mean nothing.
"""

from datetime import date

import numpy as np
import polars as pl

from orebook.ground.fiscal import reporting_periods

MINES, YEARS, LOTS, HEDGES = 10, 10, 5_000, 2_000
FIRST, LAST = date(2011, 1, 1), date(2020, 12, 31)
METALS = {"Cu": ("LME copper", "lb", 3.5), "Au": ("London gold", "oz", 1_500.0), "Ag": ("London silver", "oz", 20.0)}


def tables(seed: int = 5) -> dict[str, pl.DataFrame]:
    """All tables that sales and hedges rest on."""
    chance = np.random.default_rng(seed)
    days = pl.date_range(FIRST, LAST, eager=True)
    lots = _lots(chance, days)
    return {
        "lots": lots,
        "contract_terms": _terms(chance),
        "lot_events": _events(chance, lots),
        "prices": _prices(chance, days),
        "exchange_rates": _rates(chance, days),
        "hedges": _hedges(chance, days),
        "curves": _curves(chance),
    }


def ends() -> list[date]:
    """The ends of all quarters."""
    return [each.period.end for each in reporting_periods(FIRST, LAST) if each.kind == "quarter"]


def _drawn(days: pl.Series, at: np.ndarray) -> pl.Series:
    return days[at.tolist()]


def _lots(chance: np.random.Generator, days: pl.Series) -> pl.DataFrame:
    mine = chance.integers(0, MINES, LOTS)
    return pl.DataFrame(
        {
            "lot": [f"L{number:05d}" for number in range(LOTS)],
            "mine": [f"Mine {number}" for number in mine],
            "contract": [f"K{number}" for number in mine],
            "shipment": [f"S{number // 2:05d}" for number in range(LOTS)],
            "shipped_day": _drawn(days, chance.integers(0, len(days) - 1, LOTS)),
            "wet_t": chance.uniform(2_000, 11_000, LOTS).round(1),
            "moisture_pct": chance.uniform(6, 10, LOTS).round(2),
            "cu_pct": chance.uniform(20, 30, LOTS).round(2),
            "au_gpt": chance.uniform(2, 15, LOTS).round(2),
            "ag_gpt": chance.uniform(30, 120, LOTS).round(1),
            "as_pct": chance.uniform(0, 0.6, LOTS).round(3),
        }
    )


def _terms(chance: np.random.Generator) -> pl.DataFrame:
    rows = []
    for mine in range(MINES):
        for metal, (series, unit, _) in METALS.items():
            period = ("M+3 shipment", "M+1 shipment", "M+2 shipment")[mine % 3]
            rows += [
                {"term": "price", "metal": metal, "says": series},
                {"term": "quotational_period", "metal": metal, "says": period},
                {"term": "payable", "metal": metal, "value": 96.0, "unit": "%"},
                {"term": "refining_charge", "metal": metal, "value": 0.08, "unit": f"USD/{unit}"},
            ]
        rows += [
            {"term": "minimum_deduction", "metal": "Cu", "value": 1.0, "unit": "%"},
            {"term": "splitting_limit", "metal": "Cu", "value": 0.3, "unit": "%"},
            {
                "term": "penalty",
                "metal": "As",
                "value": 2.5,
                "unit": "USD/dmt",
                "above": 0.2,
                "each": 0.1,
                "step_unit": "%",
            },
            {"term": "freight", "value": 60.0, "unit": "USD/wmt"},
            {"term": "provisional_payment", "value": 90.0, "unit": "%"},
        ]
        for year in range(YEARS):
            charge = float(chance.uniform(60, 100))
            rows.append(
                {"term": "treatment_charge", "value": charge, "unit": "USD/dmt", "from_day": date(2011 + year, 1, 1)}
            )
        for row in rows:
            row.setdefault("contract", f"K{mine}")
    return pl.DataFrame(rows, infer_schema_length=None)


def _events(chance: np.random.Generator, lots: pl.DataFrame) -> pl.DataFrame:
    named = lots.select("lot", "shipped_day", "cu_pct", "wet_t", "moisture_pct")
    other = pl.Series(chance.uniform(-0.2, 0.2, LOTS).round(2))
    parts = [
        named.select("lot", day=pl.col("shipped_day").dt.offset_by("10d"), kind=pl.lit("provisional")),
        named.select(
            "lot",
            day=pl.col("shipped_day").dt.offset_by("60d"),
            kind=pl.lit("assays"),
            party=pl.lit("buyer"),
            cu_pct=(pl.col("cu_pct") + other).round(2),
        ),
        named.select(
            "lot",
            "moisture_pct",
            day=pl.col("shipped_day").dt.offset_by("60d"),
            kind=pl.lit("weights"),
            wet_t=(pl.col("wet_t") * 0.998).round(1),
        ),
        named.select("lot", day=pl.col("shipped_day").dt.offset_by("150d"), kind=pl.lit("final")),
    ]
    return pl.concat(parts, how="diagonal")


def _prices(chance: np.random.Generator, days: pl.Series) -> pl.DataFrame:
    """A spot price for every working day, and forwards of the next six months on each."""
    working = days.filter(days.dt.weekday() <= 5)
    parts = []
    for series, unit, level in METALS.values():
        path = level * np.exp(np.cumsum(chance.normal(0, 0.012, len(working))))
        frame = pl.DataFrame({"day": working, "amount": path.round(4)})
        parts.append(frame.with_columns(delivery_day=pl.lit(None, pl.Date), price=pl.lit(series), unit=pl.lit(unit)))
        for month in range(6):
            ahead = frame.with_columns(
                amount=pl.col("amount") * (1 + 0.002 * month),
                delivery_day=pl.col("day").dt.offset_by(f"{month}mo").dt.month_start().dt.offset_by("19d"),
            ).filter(pl.col("delivery_day") > pl.col("day"))
            parts.append(ahead.with_columns(price=pl.lit(series), unit=pl.lit(unit)))
    columns = ["price", "day", "delivery_day", "amount", "unit"]
    return pl.concat([part.select(columns) for part in parts]).with_columns(currency=pl.lit("USD"))


def _rates(chance: np.random.Generator, days: pl.Series) -> pl.DataFrame:
    rate = 1.1 * np.exp(np.cumsum(chance.normal(0, 0.004, len(days))))
    frame = pl.DataFrame({"day": days, "rate": rate.round(4)})
    return frame.select(pl.lit("USD").alias("base"), pl.lit("CAD").alias("quote"), "day", "rate", kind=pl.lit("spot"))


def _hedges(chance: np.random.Generator, days: pl.Series) -> pl.DataFrame:
    start = chance.integers(0, len(days) - 1, HEDGES)
    frame = pl.DataFrame(
        {
            "hedge": [f"H{number:05d}" for number in range(HEDGES)],
            "kind": chance.choice(["forward", "swap", "put", "call", "collar"], HEDGES),
            "side": chance.choice(["buy", "sell"], HEDGES),
            "quantity": chance.integers(1, 50, HEDGES) * 1e5,
            "strike": chance.uniform(2.5, 3.5, HEDGES).round(2),
            "second_strike": chance.uniform(3.5, 4.5, HEDGES).round(2),
            "premium": chance.integers(0, 500, HEDGES) * 1e3,
            "start_day": _drawn(days, start),
            "term_d": chance.integers(30, 900, HEDGES),
        }
    )
    expiry = pl.col("start_day") + pl.duration(days=pl.col("term_d"))
    whole = pl.lit("LME copper").alias("underlying"), pl.lit("lb").alias("unit"), pl.lit("USD").alias("currency")
    return frame.with_columns(*whole, expiry_day=expiry).drop("term_d")


def _curves(chance: np.random.Generator) -> pl.DataFrame:
    """A curve of forty months at the end of each quarter, and a price for every day."""
    rows = []
    for end in ends():
        level = float(chance.uniform(2.5, 4.5))
        frame = pl.DataFrame({"month": range(41)}).select(
            as_of_day=pl.lit(end),
            delivery_day=pl.lit(end).dt.offset_by(pl.format("{}mo", "month")),
            price=level + 0.01 * pl.col("month"),
            volatility_pct=30.0 - 0.2 * pl.col("month"),
            rate_pct=1.0 + 0.02 * pl.col("month"),
        )
        rows.append(frame)
    days = pl.date_range(FIRST, date(2023, 12, 31), eager=True)
    daily = pl.DataFrame({"as_of_day": days, "delivery_day": days, "price": chance.uniform(2.5, 4.5, len(days))})
    both = pl.concat([*rows, daily], how="diagonal").unique(["as_of_day", "delivery_day"], keep="first")
    return both.with_columns(underlying=pl.lit("LME copper"), unit=pl.lit("lb"), currency=pl.lit("USD"))
