"""Claims: what is held of the ground, how large it is, until when, and what it costs to keep.

Rows of ``claims_held`` are claims, licences and leases with the day from which they are held and the day on which they
expire; a renewal is a further row of the same claim with a later day.
"""

from datetime import date

import polars as pl

from orebook.disciplines.tenure.columns import Types, shaped

CLAIM: Types = {
    "property": pl.String,
    "claim": pl.String,
    "kind": pl.String,
    "holder": pl.String,
    "area_ha": pl.Float64,
    "from_day": pl.Date,
    "expires_day": pl.Date,
    "fee": pl.Float64,
    "work": pl.Float64,
    "currency": pl.String,
    "document": pl.String,
}
"""The columns of ``claims_held``: ``fee`` to pay and ``work`` to do by the day of expiry to keep it."""


def claims_on(claims: pl.DataFrame, day: date) -> pl.DataFrame:
    """Each claim as its last row up to a day has it, with ``days_left`` and whether it is ``held``.

    A claim is held on the day on which it expires, and lapsed from the day after. One whose expiry nobody says is held.

    >>> rows = {"property": "Heron", "claim": ["1", "1", "2"], "area_ha": [20.0, 20.0, 5.0],
    ...         "from_day": ["2010-01-01", "2011-01-01", "2010-01-01"],
    ...         "expires_day": ["2010-12-31", "2011-12-31", "2010-12-31"]}
    >>> claims_on(pl.DataFrame(rows), date(2011, 6, 30)).select("claim", "held", "days_left").rows()
    [('1', True, 184), ('2', False, -181)]
    """
    rows = shaped(claims, CLAIM).drop_nulls(["property", "claim"])
    begun = rows.filter(pl.col("from_day").is_null() | (pl.col("from_day") <= day))
    order = ["property", "claim", "from_day", "expires_day", "area_ha", "fee"]
    last = begun.sort(order, nulls_last=False).group_by("property", "claim", maintain_order=True).last()
    left = (pl.col("expires_day") - pl.lit(day)).dt.total_days().alias("days_left")
    held = (pl.col("expires_day").is_null() | (pl.col("expires_day") >= day)).alias("held")
    return last.with_columns(left, held).sort("property", "claim")


def grounds(stood: pl.DataFrame) -> pl.DataFrame:
    """How many claims of each property are held, how many hectares they have, how many lapsed, which day is first.

    ``area_unsaid`` counts claims without an area, so that a sum that leaves them out is seen to.
    """
    held = pl.col("held")
    return (
        stood.group_by("property")
        .agg(
            held.sum().cast(pl.Int64).alias("claims"),
            pl.col("area_ha").filter(held).sum().alias("area_ha"),
            (held & pl.col("area_ha").is_null()).sum().cast(pl.Int64).alias("area_unsaid"),
            (~held).sum().cast(pl.Int64).alias("lapsed"),
            pl.col("expires_day").filter(held).min().alias("first_expiry"),
        )
        .sort("property")
    )


def renewals(stood: pl.DataFrame) -> pl.DataFrame:
    """What has to be paid and worked by when to keep what is held: by property, month of expiry and currency."""
    held = stood.filter("held").drop_nulls("expires_day")
    month = pl.col("expires_day").dt.month_start().alias("month")
    sums = held.group_by("property", month, "currency").agg(
        pl.len().cast(pl.Int64).alias("claims"),
        pl.col("expires_day").min().alias("first_day"),
        pl.col("fee").sum(),
        pl.col("work").sum(),
        pl.col("fee").is_null().sum().cast(pl.Int64).alias("fee_unsaid"),
    )
    return sums.sort("property", "month", "currency")
