"""Quotes: the price of a quotational period as it was known on a day.

A table of prices has spot prices, and forward prices for a day of delivery as they were quoted on a day. Once the
quotational period is over its price is the mean of its spot prices; before that it is the forward price for it. Nothing
is made where no quote was given: no price is carried beyond the last day of delivery of a curve.
"""

from datetime import timedelta
from typing import Literal, NamedTuple

import polars as pl

from orebook.disciplines.sales.flows import in_order
from orebook.disciplines.sales.measures import charge, looked_up

OLDEST_D = 7
"""A forward price counts for so many days where none was quoted: weekends and holidays are no longer than that."""

_NEIGHBOURS: tuple[tuple[Literal["backward", "forward"], str], ...] = (("backward", "low"), ("forward", "high"))


class Quotes(NamedTuple):
    """Prices by grams in order: ``spots`` by series and day, ``forwards`` by series, day and day of delivery."""

    spots: pl.DataFrame
    forwards: pl.DataFrame


def by_gram(prices: pl.DataFrame) -> pl.DataFrame:
    """Prices by grams: ``amount`` in ``currency`` for each ``unit`` of mass becomes ``per_gram``.

    It is empty for a unit that is no mass.

    >>> prices = pl.DataFrame({"price": "LME copper", "amount": 4.05, "unit": ["lb", "m"], "currency": "USD"})
    >>> by_gram(prices)["per_gram"].round(8).to_list()
    [0.0089287, None]
    """
    said = pl.format("{}/{}", "currency", "unit")
    known = prices.with_columns(said.alias("_said")).with_columns(
        looked_up("_said", _per_gram, pl.Float64).alias("_said")
    )
    return known.with_columns(per_gram=pl.col("amount") * pl.col("_said")).drop("_said")


def _per_gram(unit: str) -> float | None:
    found = charge(unit)
    return None if found is None or found.basis == "lot" else found.per_gram


def quotes(prices: pl.DataFrame) -> Quotes:
    """Prices in order, apart by spot and forward; the spot price of a day is where its forward curve begins.

    ``prices`` has ``price`` (the series), ``day``, ``delivery_day`` (none, or the day itself, for spot) and
    ``per_gram``.
    """
    known = prices.drop_nulls(["price", "day", "per_gram"])
    if "delivery_day" not in known.columns:
        known = known.with_columns(delivery_day=pl.lit(None, pl.Date))
    order = ["price", "day", "delivery_day"]
    known = in_order(known.with_columns(pl.col("delivery_day").fill_null(pl.col("day"))), [*order, "per_gram"])
    known = known.unique(order, keep="first", maintain_order=True)  # a quote that is given twice is a finding elsewhere
    is_spot = pl.col("delivery_day") == pl.col("day")
    curved = known.filter(~is_spot).select("price", "day").unique()
    on_curves = known.join(curved, on=["price", "day"], how="semi", maintain_order="left")
    return Quotes(known.filter(is_spot).select("price", "day", "per_gram"), on_curves.select(*order, "per_gram"))


def priced(wanted: pl.DataFrame, known: Quotes, oldest_d: int = OLDEST_D) -> pl.DataFrame:
    """What each quotational period was worth on a day.

    ``wanted`` has ``price``, ``as_of``, ``qp_start`` and ``qp_end``. The answer has ``per_gram`` besides, ``priced_by``
    (``average`` of spot prices once the period is over, else ``forward``) and ``priced_on``, the day of the last quote
    that went in. Forward prices for days in the period are averaged; where there is none of these the price lies on the
    straight line between the nearest before and after the middle of the period. Of a period that has begun the spot
    prices known so far count by its days that are past, and the forward price of the rest by those that are left
    (``average and forward``); where no spot price is known, the forward price alone.

    >>> from datetime import date
    >>> prices = pl.DataFrame({"price": "LME copper", "day": date(2011, 9, 30), "per_gram": [7.0, 7.2, 7.4],
    ...     "delivery_day": [None, date(2011, 10, 16), date(2011, 12, 16)]})
    >>> wanted = pl.DataFrame({"price": "LME copper", "as_of": date(2011, 10, 1),
    ...     "qp_start": [date(2011, 10, 1), date(2011, 11, 1)], "qp_end": [date(2011, 10, 31), date(2011, 11, 30)]})
    >>> priced(wanted, quotes(prices))["per_gram"].round(3).to_list()
    [7.2, 7.298]
    """
    keys = ["price", "as_of", "qp_start", "qp_end"]
    asked = wanted.select(keys).unique().drop_nulls()
    over = pl.col("qp_end") <= pl.col("as_of")
    average = _mean_within(asked.filter(over), known.spots, ["price"], "day")
    average = average.with_columns(priced_by=pl.lit("average"), priced_on=pl.col("qp_end"))
    forward = _begun(_forward(asked.filter(~over), known.forwards, oldest_d), known.spots)
    columns = [*keys, "per_gram", "priced_by", "priced_on"]
    found = pl.concat([average.select(columns), forward.select(columns)]).drop_nulls("per_gram")
    return wanted.join(found, on=keys, how="left", maintain_order="left")


def _forward(asked: pl.DataFrame, forwards: pl.DataFrame, oldest_d: int) -> pl.DataFrame:
    """The forward price of what is left of each period, by the latest quotes of not more than so many days before."""
    quoted = forwards.select("price", priced_on="day").unique().with_row_index("_curve").sort("priced_on")
    found = asked.sort("as_of").join_asof(
        quoted,
        left_on="as_of",
        right_on="priced_on",
        by="price",
        tolerance=f"{oldest_d}d",
        coalesce=False,
        check_sortedness=False,
    )
    used = quoted.join(found.select("_curve").unique(), on="_curve", how="semi")
    curves = forwards.rename({"day": "priced_on"}).join(used, on=["price", "priced_on"])
    by = ["_curve"]
    begins = pl.max_horizontal("qp_start", pl.col("as_of") + timedelta(days=1))
    found = found.with_columns(begun=pl.col("qp_start"), qp_start=begins)
    mean = _mean_within(found, curves, by, "delivery_day").rename({"per_gram": "mean"})
    target = pl.col("qp_start") + (pl.col("qp_end") - pl.col("qp_start")) / 2
    line = between(mean.with_columns(target=target), curves, by, "delivery_day", ["per_gram"])
    return line.with_columns(pl.coalesce("mean", "per_gram").alias("per_gram"), qp_start="begun")


def _begun(forward: pl.DataFrame, spots: pl.DataFrame) -> pl.DataFrame:
    """Forward prices together with the spot prices that are known of periods that have begun."""
    past = forward.select("price", "as_of", "qp_start", ends="qp_end", qp_end="as_of", rest="per_gram", on="priced_on")
    known = _mean_within(past, spots, ["price"], "day")
    gone = (pl.col("as_of") - pl.col("qp_start")).dt.total_days() + 1
    left = (pl.col("ends") - pl.col("as_of")).dt.total_days()
    both = (pl.col("per_gram") * gone + pl.col("rest") * left) / (gone + left)
    mixed = pl.col("per_gram").is_not_null() & (gone > 0)
    return known.with_columns(
        per_gram=pl.when(mixed).then(both).otherwise("rest"),
        priced_by=pl.when(mixed).then(pl.lit("average and forward")).otherwise(pl.lit("forward")),
        priced_on="on",
        qp_end="ends",
    )


def _mean_within(asked: pl.DataFrame, known: pl.DataFrame, by: list[str], day: str) -> pl.DataFrame:
    """The mean of the prices on days of each period, from running sums."""
    running = known.sort(*by, day).with_columns(
        _sum=pl.col("per_gram").cum_sum().over(by), _count=pl.col("per_gram").cum_count().over(by)
    )
    sums = running.select(*by, pl.col(day).alias("_day"), "_sum", "_count").sort("_day")
    found = asked.with_row_index("_at")
    for end, name, exact in (("qp_end", "last", True), ("qp_start", "before", False)):
        placed = (
            found.select("_at", *by, end)
            .sort(end)
            .join_asof(sums, left_on=end, right_on="_day", by=by, allow_exact_matches=exact, check_sortedness=False)
        )
        found = found.join(
            placed.select("_at", pl.col("_sum").alias(f"sum_{name}"), pl.col("_count").alias(f"count_{name}")),
            on="_at",
            how="left",
        )
    number = pl.col("count_last").fill_null(0).cast(pl.Int64) - pl.col("count_before").fill_null(0).cast(pl.Int64)
    total = pl.col("sum_last").fill_null(0) - pl.col("sum_before").fill_null(0)
    return found.with_columns(per_gram=pl.when(number > 0).then(total / number)).select(*asked.columns, "per_gram")


def between(asked: pl.DataFrame, known: pl.DataFrame, by: list[str], day: str, values: list[str]) -> pl.DataFrame:
    """Values on the straight line between the nearest days before and after ``target``; none beyond the ends.

    Rows of ``known`` stand once for each day. The order of ``asked`` is kept.

    >>> from datetime import date
    >>> known = pl.DataFrame({"curve": "a", "day": [date(2011, 1, 1), date(2011, 1, 11)], "rate": [1.0, 2.0]})
    >>> asked = pl.DataFrame({"curve": "a", "target": [date(2011, 1, 6), date(2011, 1, 11), date(2011, 1, 12)]})
    >>> between(asked, known, ["curve"], "day", ["rate"])["rate"].to_list()
    [1.5, 2.0, None]
    """
    found = asked.with_row_index("_at")
    curve = known.select(*by, pl.col(day).alias("_day"), *values).sort("_day")
    for strategy, name in _NEIGHBOURS:
        placed = (
            found.select("_at", *by, "target")
            .sort("target")
            .join_asof(
                curve,
                left_on="target",
                right_on="_day",
                by=by,
                strategy=strategy,
                check_sortedness=False,
            )
        )
        found = found.join(placed.select("_at", pl.col("_day", *values).name.suffix(f"_{name}")), on="_at", how="left")
    span = (pl.col("_day_high") - pl.col("_day_low")).dt.total_days()
    part = pl.when(span > 0).then((pl.col("target") - pl.col("_day_low")).dt.total_days() / span).otherwise(0.0)
    lines = [
        (pl.col(f"{each}_low") + (pl.col(f"{each}_high") - pl.col(f"{each}_low")) * part).alias(each) for each in values
    ]
    return found.sort("_at").with_columns(lines).select(*asked.columns, *values)
