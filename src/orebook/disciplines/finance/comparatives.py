"""Comparatives: a quarter beside that of the year before, and the year to date beside its own.

>>> [each.label for each in four_columns("2011-Q3")]
['2011-Q3', '2010-Q3', '2011-9M', '2010-9M']
"""

import polars as pl

from orebook.ground.fiscal import fiscal_year, year_end_month
from orebook.ground.period import Period, months_ended, year_before


def four_columns(quarter: str, year_end: str = "12-31") -> tuple[Period, ...]:
    """The quarter, the same of the year before, the fiscal year to its end, and the same of the year before.

    In the first quarter of a fiscal year the two pairs are one, and in the last the year to date is the year.

    >>> [each.label for each in four_columns("2011-Q1")], four_columns("2024-Q3", "06-30")[0].label
    (['2011-Q1', '2010-Q1'], '2024-Q3')
    """
    now = Period.parse(quarter)
    months = (now.end.month - year_end_month(year_end) - 1) % 12 + 1
    to_date = months_ended(now.end, months)
    assert fiscal_year(to_date.start, year_end) == fiscal_year(now.end, year_end)
    return tuple(dict.fromkeys((now, year_before(now), to_date, year_before(to_date))))


def comparatives(figures: pl.DataFrame, quarter: str, year_end: str = "12-31") -> pl.DataFrame:
    """Figures of finance side by side, a column for each of the four periods; missing where a period is not known.

    >>> given = {"statement": ["income"] * 2, "line": ["revenues"] * 2, "label": ["Revenues"] * 2}
    >>> given |= {"subject": ["Alder"] * 2, "unit": ["CAD"] * 2, "basis": ["IFRS"] * 2}
    >>> found = pl.DataFrame({**given, "period": ["2011-Q3", "2011-9M"], "value": [5.0, 9.0]})
    >>> comparatives(found, "2011-Q3").select("2011-Q3", "2010-Q3", "2011-9M", "2010-9M").rows()
    [(5.0, None, 9.0, None)]
    """
    labels = [period.label for period in four_columns(quarter, year_end)]
    key = ["statement", "line", "label", "subject", "unit", "basis"]
    kept = figures.filter(pl.col("period").is_in(labels))
    wide = kept.pivot("period", on_columns=labels, index=key, values="value", maintain_order=True)
    absent = [pl.lit(None, pl.Float64).alias(label) for label in labels if label not in wide.columns]
    return wide.with_columns(absent).select(*key, *labels)
