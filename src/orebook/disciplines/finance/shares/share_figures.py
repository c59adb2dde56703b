"""Share figures: weighted shares, basic and diluted, of every period, and what a share has of each measure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from orebook.disciplines.finance.amounts import per_share
from orebook.disciplines.finance.figures import FIGURES, period_frame
from orebook.disciplines.finance.shares.dilution import Diluted, diluted
from orebook.disciplines.finance.shares.potential_shares import NoPriceError, potential_shares
from orebook.disciplines.finance.shares.weighted_shares import Count, weighted_shares
from orebook.ground.fiscal import Reported

SHARES = "finance.shares"
AT_END = "finance.shares_at_end"
BASIC, DILUTED = "basic", "diluted"

STAGES: Mapping[str, type[pl.DataType]] = {
    "period": pl.String,
    "from_day": pl.Date,
    "to_day": pl.Date,
    "instrument": pl.String,
    "shares": pl.Float64,
    "income": pl.Float64,
    "per_share": pl.Float64,
    "dilutes": pl.Boolean,
}
"""How dilution came about: instruments in the order of taking in, and the figure per share with each."""


@dataclass(frozen=True)
class Given:
    """What share figures are made of: the history, what may become shares, and prices of the share."""

    history: pl.DataFrame
    dilutives: pl.DataFrame | None
    prices: pl.DataFrame | None
    count: Count = "days"


@dataclass(frozen=True)
class ShareFigures:
    """Weighted shares by period, how dilution came about, and periods without it with the reason."""

    counts: pl.DataFrame
    stages: pl.DataFrame
    undiluted: Mapping[str, str]


def share_figures(given: Given, periods: Sequence[Reported], income: Mapping[str, float]) -> ShareFigures:
    """Shares of every period that the history knows: ``basic``, ``diluted`` and ``at_end``.

    ``income`` is that of the owners by label of the period; it decides what dilutes. Without anything that may become
    shares diluted is basic; with it and without income, or without a price of the share where options stood, diluted is
    not known, and ``undiluted`` says why.
    """
    frame = weighted_shares(given.history, period_frame(periods), count=given.count)
    known = frame.drop_nulls("weighted")
    made: list[float | None] = []
    stages: list[tuple[object, ...]] = []
    why: dict[str, str] = {}
    for label, start, end, basic, _ in known.iter_rows():
        if given.dilutives is None or not given.dilutives.height:
            made.append(basic)
            continue
        found = _diluted(given, (start, end), basic, income.get(label))
        if isinstance(found, str):
            why[label] = found
            made.append(None)
            continue
        made.append(found.shares)
        stages += [
            (label, start, end, one.name, one.shares, one.income, one.per_share, one.dilutes) for one in found.stages
        ]
    counts = known.with_columns(diluted=pl.Series(made, dtype=pl.Float64)).rename({"weighted": "basic"})
    return ShareFigures(counts, pl.DataFrame(stages, dict(STAGES), orient="row"), why)


def _diluted(given: Given, days: tuple[date, date], basic: float, income: float | None) -> Diluted | str:
    """Shares after dilution of one period, or why they are not known."""
    if income is None:
        return "the income of the period is not known"
    assert given.dilutives is not None
    try:
        potentials = potential_shares(given.dilutives, *days, average_price(given.prices, *days))
    except NoPriceError as problem:
        return str(problem)
    return diluted(income, basic, potentials)


def average_price(prices: pl.DataFrame | None, start: date, end: date) -> float | None:
    """The mean of the closing prices of a period; nothing where nobody gave one.

    >>> held = pl.DataFrame({"day": [date(2011, 7, 4), date(2011, 7, 5)], "price": [9.0, 11.0]})
    >>> average_price(held, date(2011, 7, 1), date(2011, 9, 30))
    10.0
    """
    if prices is None:
        return None
    mean = prices.filter(pl.col("day").is_between(start, end))["price"].mean()
    return float(mean) if isinstance(mean, int | float) else None


def count_figures(found: ShareFigures, company: str) -> pl.DataFrame:
    """Weighted shares and shares at the end as figures."""
    parts = []
    for measure, column, basis, label in (
        (SHARES, BASIC, BASIC, "Weighted average shares, basic"),
        (SHARES, DILUTED, DILUTED, "Weighted average shares, diluted"),
        (AT_END, "at_end", "issued", "Shares outstanding at the end"),
    ):
        element = {BASIC: "WeightedAverageShares", DILUTED: "AdjustedWeightedAverageShares"}.get(basis)
        words = {"measure": measure, "subject": company, "basis": basis, "unit": "share", "line": column}
        words |= {"label": label, "statement": "shares", "element": element or "NumberOfSharesOutstanding"}
        parts.append(_figures(found.counts.select(*_PERIOD, value=pl.col(column)), words))
    return pl.concat(parts)


_PERIOD = ("period", "from_day", "to_day")

_ELEMENTS = {BASIC: "BasicEarningsLossPerShare", DILUTED: "DilutedEarningsLossPerShare"}


def per_share_figures(
    amounts: pl.DataFrame, counts: pl.DataFrame, measures: Mapping[str, str], *, company: str
) -> pl.DataFrame:
    """What a share has of each amount, basic and diluted; ``measures`` says for each under which word.

    Income of convertibles that dilute goes back to the income of the owners alone.
    """
    parts = [pl.DataFrame(schema=dict(FIGURES))]
    kept = amounts.filter((pl.col("subject") == company) & pl.col("measure").is_in(list(measures)))
    for basis in (BASIC, DILUTED):
        told = kept.join(counts.select(*_PERIOD, "given_back", shares=pl.col(basis)), on=list(_PERIOD), how="inner")
        back = pl.when((pl.col("line") == "net_income") & (basis == DILUTED)).then("given_back").otherwise(0.0)
        each = per_share(pl.col("value") + back, pl.col("shares"))
        net = pl.col("line") == "net_income"
        made = told.with_columns(
            measure=pl.col("measure").replace_strict(dict(measures), return_dtype=pl.String),
            value=each,
            unit=pl.col("unit") + "/share",
            basis=pl.lit(basis),
            label=pl.col("label") + " per share",
            line=pl.col("line") + "_per_share",
            element=pl.when(net).then(pl.lit(_ELEMENTS[basis])),
            cents=pl.lit(None, pl.Int64),
            statement=pl.lit("shares"),
        )
        parts.append(made.drop_nulls("value").select(*FIGURES))
    return pl.concat(parts)


def given_back(found: ShareFigures) -> pl.DataFrame:
    """Counts with the income that convertibles that dilute give back."""
    back = found.stages.filter("dilutes").group_by("period").agg(given_back=pl.col("income").sum())
    return found.counts.join(back, on="period", how="left").with_columns(pl.col("given_back").fill_null(0.0))


def _figures(counts: pl.DataFrame, words: Mapping[str, str]) -> pl.DataFrame:
    told = counts.with_columns(
        *(
            pl.lit(words.get(name), pl.String).alias(name)
            for name, kind in FIGURES.items()
            if kind == pl.String and name != "period"
        ),
        version=pl.lit(None, pl.Date),
        restated=pl.lit(value=False),
        cents=pl.lit(None, pl.Int64),
    )
    return told.drop_nulls("value").select(*FIGURES)


def in_last_shares(
    table: pl.DataFrame, history: pl.DataFrame, day: str, *, more: Sequence[str] = (), less: Sequence[str] = ()
) -> pl.DataFrame:
    """Numbers and prices of several days in shares after the last split.

    Columns in ``more`` grow with a split, those in ``less`` shrink. A row without a day is in such shares already.

    >>> split = pl.DataFrame({"day": [date(2010, 1, 1), date(2011, 1, 1)], "factor": [2.0, 1.0]})
    >>> held = pl.DataFrame({"day": [date(2010, 6, 30), date(2011, 6, 30)], "price": [20.0, 11.0]})
    >>> in_last_shares(held, split, "day", less=["price"])["price"].to_list()
    [10.0, 11.0]
    """
    if day not in table.columns or not history.height:
        return table
    steps = history.select(pl.col("day").alias(day), "factor").sort(day)
    placed = table.with_row_index("_place").sort(day, maintain_order=True)
    dated = placed.drop_nulls(day).join_asof(steps, on=day, strategy="backward")
    first = float(steps["factor"][0])
    whole = pl.concat([dated.with_columns(pl.col("factor").fill_null(first)), _undated(placed, day)])
    made = whole.with_columns(
        *(pl.col(name) * pl.col("factor") for name in more if name in table.columns),
        *(pl.col(name) / pl.col("factor") for name in less if name in table.columns),
    )
    return made.sort("_place").drop("_place", "factor")


def _undated(placed: pl.DataFrame, day: str) -> pl.DataFrame:
    return placed.filter(pl.col(day).is_null()).with_columns(factor=pl.lit(1.0))
