"""Quotational periods: the days whose mean price is the price of a lot.

A contract says it in words: ``M+3 shipment`` (the third month after the month of shipment), ``M+1 arrival``, ``M+0
shipment`` (the month of shipment itself), ``D+30 shipment`` (one day, thirty days after it), or a day, ``2011-12-15``.
``MAMA`` is the month after the month of arrival, ``MAMS`` that of shipment. From which of the two one counts is never
guessed.
"""

import re
from datetime import date
from typing import NamedTuple

import polars as pl

_COUNTED = re.compile(
    r"\s{0,9}(?P<unit>[MD])\s{0,9}(?P<sign>[+-])\s{0,9}(?P<number>\d{1,3})\s{1,9}(?P<anchor>shipment|arrival)\s{0,9}",
    re.IGNORECASE,
)
_SHORT = {"MAMA": "M+1 arrival", "MAMS": "M+1 shipment"}


class Rule(NamedTuple):
    """A quotational period as a contract says it: counted in months or days, from which day, how many; or one day."""

    unit: str
    anchor: str
    number: int
    day: date | None = None


def rule(words: str) -> Rule | None:
    """What the words of a quotational period say; nothing when they are not understood.

    >>> rule("M+3 shipment")[:3], rule("MAMA")[:3], rule("2011-12-15").day
    (('M', 'shipment', 3), ('M', 'arrival', 1), datetime.date(2011, 12, 15))
    >>> rule("M+3") is None
    True
    """
    words = _SHORT.get(words.strip().upper(), words)
    if found := _COUNTED.fullmatch(words):
        number = int(found["number"]) * (1 if found["sign"] == "+" else -1)
        return Rule(found["unit"].upper(), found["anchor"].lower(), number)
    try:
        return Rule("day", "", 0, date.fromisoformat(words.strip()))
    except ValueError:
        return None


def quotational_periods(sold: pl.DataFrame) -> pl.DataFrame:
    """The first and the last day of the quotational period of each row.

    ``sold`` has ``says``, ``shipped_day`` and ``arrived_day``; the answer has ``qp_start`` and ``qp_end`` besides,
    empty where the words are not understood or the day from which they count is not known, and ``by_arrival`` where
    they count from arrival.

    >>> sold = pl.DataFrame({"says": ["M+3 shipment"], "shipped_day": date(2011, 8, 17), "arrived_day": None})
    >>> quotational_periods(sold).select("qp_start", "qp_end").rows()[0]
    (datetime.date(2011, 11, 1), datetime.date(2011, 11, 30))
    """
    read = {words: found for words in sold["says"].unique().drop_nulls() if (found := rule(words)) is not None}
    known = pl.DataFrame(
        [(words, *found) for words, found in read.items()],
        {"says": pl.String, "qp_unit": pl.String, "qp_anchor": pl.String, "qp_number": pl.Int64, "qp_day": pl.Date},
        orient="row",
    )
    anchor = (
        pl.when(pl.col("qp_anchor") == "arrival").then(pl.col("arrived_day").cast(pl.Date)).otherwise("shipped_day")
    )
    month = anchor.dt.month_start().dt.offset_by(pl.format("{}mo", "qp_number"))
    single = pl.coalesce("qp_day", anchor.dt.offset_by(pl.format("{}d", "qp_number")))
    by_month = pl.col("qp_unit") == "M"
    return (
        sold.join(known, on="says", how="left", maintain_order="left")
        .with_columns(
            qp_start=pl.when(by_month).then(month).when(pl.col("qp_unit").is_not_null()).then(single),
            qp_end=pl.when(by_month).then(month.dt.month_end()).when(pl.col("qp_unit").is_not_null()).then(single),
            by_arrival=(pl.col("qp_anchor") == "arrival").fill_null(value=False),
        )
        .drop("qp_unit", "qp_anchor", "qp_number", "qp_day")
    )
