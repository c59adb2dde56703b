"""Timing: how far the revenue of two periods differs because more or fewer shipments were made."""

import polars as pl

from orebook.ground.period import Period, year_before


def timing(figures: pl.DataFrame) -> pl.DataFrame:
    """Revenue of each period against that of the same period a year before, split by number and size of shipments.

    ``figures`` are those of ``sales_figures``. ``by_number`` is the change of the number of shipments times the earlier
    revenue of one, ``by_shipment`` the number now times the change of the revenue of one; both add up to ``change``. A
    period without shipments on one side is left out: it has no revenue of one.

    Source: definition; relation P-SHIP of quarterly reports.

    >>> from datetime import date
    >>> rows = [("sales.shipments", "2010-Q3", date(2010, 7, 1), date(2010, 9, 30), "100%", 4.0, "shipment"),
    ...     ("sales.shipments", "2011-Q3", date(2011, 7, 1), date(2011, 9, 30), "100%", 5.0, "shipment"),
    ...     ("sales.revenue", "2010-Q3", date(2010, 7, 1), date(2010, 9, 30), "IFRS 15", 60.0, "CAD"),
    ...     ("sales.revenue", "2011-Q3", date(2011, 7, 1), date(2011, 9, 30), "IFRS 15", 85.0, "CAD")]
    >>> columns = ["measure", "period", "from_day", "to_day", "basis", "value", "unit"]
    >>> figures = pl.DataFrame(rows, columns, orient="row")
    >>> figures = figures.with_columns(subject=pl.lit("North"), kind=pl.lit("quarter"))
    >>> timing(figures).select("change", "by_number", "by_shipment").row(0)
    (25.0, 15.0, 10.0)
    """
    keys = ["subject", "kind", "period"]
    shipments = figures.filter(pl.col("measure") == "sales.shipments").select(*keys, "to_day", shipments="value")
    revenue = figures.filter(pl.col("measure") == "sales.revenue").select(*keys, "unit", revenue="value")
    now = shipments.join(revenue, on=keys)
    labels = now.select("period").unique()
    earlier = [year_before(Period.parse(label)).label for label in labels["period"]]
    before = labels.with_columns(comparative=pl.Series(earlier, dtype=pl.String))
    then = now.select(
        "subject", "kind", "unit", comparative="period", shipments_before="shipments", revenue_before="revenue"
    )
    found = now.join(before, on="period").join(then, on=["subject", "kind", "unit", "comparative"])
    found = found.filter((pl.col("shipments") > 0) & (pl.col("shipments_before") > 0))
    each, earlier_each = pl.col("revenue") / pl.col("shipments"), pl.col("revenue_before") / pl.col("shipments_before")
    return found.with_columns(
        change=pl.col("revenue") - pl.col("revenue_before"),
        by_number=(pl.col("shipments") - pl.col("shipments_before")) * earlier_each,
        by_shipment=pl.col("shipments") * (each - earlier_each),
    ).sort("subject", "unit", "to_day", "kind")
