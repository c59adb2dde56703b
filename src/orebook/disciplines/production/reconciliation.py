"""Reconciliation: what the reserve model promised, what grade control delivered, and what the mill received.

F1 is grade control by reserve model, F2 what the mill received by what was delivered to it, F3 = F1 × F2 the mill by
the reserve model; each for tonnes, grade and metal, where the metal factor is that of tonnes times that of grade.
Source: H. M. Parker, Reconciliation principles for the mining industry, Mining Technology 121 (2012) 160–176.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import polars as pl

from orebook.disciplines.production.period_sums import KNOWN, by_stretch, in_months, sums_by_period
from orebook.disciplines.production.received_at_mill import MillSide, received_at_mill
from orebook.disciplines.production.sheet_stretches import lay
from orebook.ground.fiscal import fiscal_period, fiscal_year
from orebook.ground.metals import metal_column

RESERVE, CONTROL, DELIVERED, RECEIVED = MODELS = ("reserve", "grade control", "delivered", "received")
"""What the tonnes of a row come from."""

SAID = {RESERVE: "reserve model", CONTROL: CONTROL, DELIVERED: DELIVERED, RECEIVED: RECEIVED}
"""How each is told of in ``how``."""
FROM_FEED = "mill feed and change of stockpiles"

ROLLING = "twelve months"


class Reconciled(NamedTuple):
    """The factors of each period, and rows that share days with another of their model and were left out."""

    factors: pl.DataFrame
    left_out: pl.DataFrame


def reconciliation(
    depletions: pl.DataFrame,
    *,
    year_end: str = "12-31",
    bands: Mapping[str, tuple[float, float]] | None = None,
    mill: MillSide | None = None,
) -> Reconciled:
    """The factors F1, F2 and F3 of each mine by month, quarter and rolling twelve months, and years.

    A row for each ``factor`` and ``quantity`` (tonnes, grade and metal of each ``metal``) with its two amounts, value,
    the ``band`` that the site set for the factor, and whether it lies ``in``, ``above`` or ``below`` it. Only periods
    whose days both models tell are compared. Where nothing is told as delivered, what grade control depleted was. What
    the mill of a mine received without a row that says so follows from its feed and stockpiles, which are ``mill``.
    Raises ``ValueError`` for a fiscal year that does not end with a month.

    >>> from datetime import date
    >>> rows = pl.DataFrame({"mine": "A", "from_day": [date(2011, 1, 1)] * 3, "to_day": [date(2011, 1, 31)] * 3,
    ...     "model": ["reserve", "grade control", "received"], "tonnes_t": [100.0, 110.0, 99.0],
    ...     "au_gpt": [2.0, 1.9, 2.0]})
    >>> made = reconciliation(rows, bands={"F2": (0.9, 1.1)}).factors.filter(quantity="metal")
    >>> [(row["factor"], round(row["value"], 4), row["state"]) for row in made.iter_rows(named=True)]
    [('F1', 1.045, None), ('F2', 0.9474, 'in'), ('F3', 0.99, None)]
    """
    metals = [
        one for one in filter(None, map(metal_column, depletions.columns)) if one.kind == "grade" and not one.part
    ]
    frame = depletions if "row" in depletions.columns else depletions.with_row_index("row")
    frame = frame.filter(pl.col("model").is_in(MODELS), pl.col("from_day") <= pl.col("to_day"))
    days = ((pl.col("to_day") - pl.col("from_day")).dt.total_days() + 1).cast(pl.Float64)
    made = frame.with_columns(
        *((pl.col("tonnes_t") * pl.col(one.column)).alias(one.column) for one in metals), days=days
    )
    names, by = ["tonnes_t", *(one.column for one in metals)], ["mine", "model"]
    laid, _, left_out = lay(made, names, by)
    if laid.is_empty():
        return Reconciled(pl.DataFrame(schema=_SHAPE), left_out)
    months = in_months(by_stretch(laid, names, by), names, by)
    periods = _periods(laid, year_end)
    sums = sums_by_period(months, periods, names, by)
    whole = sums.filter((pl.col(f"tonnes_t{KNOWN}") - pl.col("days")).abs() < 0.5)
    told = {model: whole.filter(pl.col("model") == model).with_columns(told=pl.lit(SAID[model])) for model in MODELS}
    told[DELIVERED] = _or_else(told[DELIVERED], told[CONTROL])
    if mill is not None:
        fed = received_at_mill(mill, periods, metals).with_columns(told=pl.lit(FROM_FEED))
        told[RECEIVED] = _or_else(told[RECEIVED], fed)
    return Reconciled(_factors(told, names, bands or {}), left_out)


def _periods(rows: pl.DataFrame, year_end: str) -> pl.DataFrame:
    """Months, quarters and years, and twelve months to the end of each month."""
    first, last = rows["from_day"].min(), rows["to_day"].max()
    listed = []
    for year in range(fiscal_year(first, year_end), fiscal_year(last, year_end) + 1):  # type: ignore[arg-type]
        listed += [("month", fiscal_period(year, "month", each, year_end), year, each) for each in range(1, 13)]
        listed += [("quarter", fiscal_period(year, "quarter", each, year_end), year, each) for each in range(1, 5)]
        listed += [("year", fiscal_period(year, "year", 1, year_end), year, 1)]
        before = [fiscal_period(year - 1, "month", each, year_end) for each in range(1, 13)]
        own = [fiscal_period(year, "month", each, year_end) for each in range(1, 13)]
        for at in range(12):
            start, end = (*before, *own)[at + 1].start, own[at].end
            listed.append((ROLLING, type(own[at])(start, end, f"{start:%Y-%m}/{end:%Y-%m}"), year, at + 1))
    shape = {
        "kind": pl.String,
        "period": pl.String,
        "start": pl.Date,
        "end": pl.Date,
        "year": pl.Int64,
        "number": pl.Int64,
    }
    rows_ = [(kind, each.label, each.start, each.end, year, number) for kind, each, year, number in listed]
    return pl.DataFrame(rows_, shape, orient="row").with_columns(mine=pl.lit(None, pl.String))


_SHAPE = {
    "mine": pl.String, "factor": pl.String, "quantity": pl.String, "metal": pl.String, "kind": pl.String,
    "period": pl.String, "from_day": pl.Date, "to_day": pl.Date, "above": pl.Float64, "below": pl.Float64,
    "value": pl.Float64, "band_low": pl.Float64, "band_high": pl.Float64, "state": pl.String, "how": pl.String,
}  # fmt: skip


def _or_else(told: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """What is told, and for mines of which nothing is told the other."""
    return pl.concat([told, other.join(told.select("mine").unique(), on="mine", how="anti")], how="diagonal")


def _factors(
    told: Mapping[str, pl.DataFrame], names: Sequence[str], bands: Mapping[str, tuple[float, float]]
) -> pl.DataFrame:
    first = _ratios("F1", told[CONTROL], told[RESERVE], names)
    second = _ratios("F2", told[RECEIVED], told[DELIVERED], names)
    keys = ["mine", "quantity", "metal", "kind", "period", "from_day", "to_day"]
    both = first.join(second.select(*keys, second=pl.col("value")), on=keys, nulls_equal=True)
    third = both.with_columns(
        factor=pl.lit("F3"), value=pl.col("value") * pl.col("second"), how=pl.lit("F1 × F2"),
        above=pl.lit(None, pl.Float64), below=pl.lit(None, pl.Float64),
    ).drop("second")  # fmt: skip
    every = pl.concat([first, second, third])
    low = pl.col("factor").replace_strict({k: v[0] for k, v in bands.items()}, default=None, return_dtype=pl.Float64)
    high = pl.col("factor").replace_strict({k: v[1] for k, v in bands.items()}, default=None, return_dtype=pl.Float64)
    state = (
        pl.when(pl.col("value") < low).then(pl.lit("below"))
        .when(pl.col("value") > high).then(pl.lit("above"))
        .when(low.is_not_null() & high.is_not_null()).then(pl.lit("in"))
    )  # fmt: skip
    done = every.with_columns(band_low=low, band_high=high, state=state).select(list(_SHAPE))
    return done.sort("mine", "from_day", "to_day", "metal", "quantity", "factor")


def _ratios(factor: str, above: pl.DataFrame, below: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """One factor of tonnes, grade and metal for each period that both models tell."""
    met = above.join(below, on=["mine", "kind", "period"], suffix=" below")
    tonnes, under = pl.col("tonnes_t"), pl.col("tonnes_t below")
    made = [_one(met, factor, "tonnes", None, tonnes, under)]
    for name in names[1:]:
        found = metal_column(name)
        symbol = found.symbol if found else name
        some = met.filter(
            (pl.col(f"{name}{KNOWN}") == pl.col("days")), pl.col(f"{name}{KNOWN} below") == pl.col("days")
        )
        metal, metal_under = pl.col(name), pl.col(f"{name} below")
        made.append(_one(some, factor, "grade", symbol, metal / tonnes, metal_under / under))
        made.append(_one(some, factor, "metal", symbol, metal, metal_under))
    return pl.concat(made)


def _one(
    met: pl.DataFrame, factor: str, quantity: str, metal: str | None, above: pl.Expr, below: pl.Expr
) -> pl.DataFrame:
    made = met.select(
        "mine", factor=pl.lit(factor), quantity=pl.lit(quantity), metal=pl.lit(metal, pl.String), kind="kind",
        period="period", from_day="start", to_day="end", above=above, below=below, value=above / below,
        how=pl.concat_str("told", pl.lit(" ÷ "), "told below"),
    )  # fmt: skip
    return made.filter(pl.col("value").is_finite())
