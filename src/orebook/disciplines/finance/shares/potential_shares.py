"""Potential shares: options, warrants, convertibles and shares that wait, as a table gives them for a period.

A row of ``dilutives`` has ``instrument``, ``kind``, ``from_day``, ``to_day`` (nothing while it stands), ``shares`` and,
by its kind, ``exercise_price`` or ``yearly_income`` (interest or dividends after tax that conversion would save).
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from orebook.disciplines.finance.shares.dilution import Potential, treasury_stock_shares

KINDS: Mapping[str, str] = {
    "option": "treasury-stock method at the exercise price",
    "warrant": "treasury-stock method at the exercise price",
    "unit": "treasury-stock method; without an exercise price all of them count",
    "convertible": "all shares, and what conversion saves goes back to income",
    "contingent": "all shares from the day on which the conditions were met",
}
"""What may become shares, and how it enters."""

_BY_PRICE = ("option", "warrant", "unit")


class NoPriceError(ValueError):
    """Options stood in a period of which nobody gave the average price of the share."""


def potential_shares(dilutives: pl.DataFrame, start: date, end: date, average_price: float | None) -> list[Potential]:
    """What may become shares in a period, weighted by the days on which each instrument stood.

    Numbers and prices are of shares of one kind. Options at or above the average price are given with no share. Raises
    ``NoPriceError`` when options stood and there is no average price, ``ValueError`` for an unknown kind. Source: IAS
    33, paragraphs 36 to 40.

    >>> held = pl.DataFrame({"instrument": ["A"], "kind": ["option"], "shares": [100.0], "exercise_price": [15.0]})
    >>> potential_shares(held, date(2020, 1, 1), date(2020, 3, 31), 20.0)[0].shares
    25.0
    """
    days = (end - start).days + 1
    found = []
    for row in _standing(dilutives, start, end).iter_rows(named=True):
        stood = ((min(row["to_day"] or end, end) - max(row["from_day"] or start, start)).days + 1) / days
        number = row["shares"] or 0.0
        strike = row["exercise_price"] or 0.0
        income = 0.0
        if row["kind"] in _BY_PRICE and strike > 0.0:
            if not average_price:
                raise NoPriceError(f"{row['instrument']}: no price of the share between {start} and {end}")
            number = max(treasury_stock_shares(number, strike, average_price), 0.0)
        elif row["kind"] == "convertible":
            income = (row["yearly_income"] or 0.0) * days / _year(end) * stood
        found.append(Potential(row["instrument"], number * stood, income))
    return found


def _year(end: date) -> int:
    """How many days the year has that ends on a day."""
    try:
        before = end.replace(year=end.year - 1)
    except ValueError:  # the 29th of February
        before = end.replace(year=end.year - 1, day=28)
    return (end - before).days


def _standing(dilutives: pl.DataFrame, start: date, end: date) -> pl.DataFrame:
    """The instruments that stood on some day of a period, in the order of their names."""
    if unknown := sorted(set(dilutives["kind"].drop_nulls().to_list()) - set(KINDS)):
        raise ValueError(f"what may become shares is one of {', '.join(KINDS)}, not {unknown[0]!r}")
    kinds = {"from_day": pl.Date, "to_day": pl.Date, "exercise_price": pl.Float64, "yearly_income": pl.Float64}
    absent = [pl.lit(None, kind).alias(name) for name, kind in kinds.items() if name not in dilutives.columns]
    held = dilutives.with_columns(absent)
    stood = (pl.col("from_day").fill_null(start) <= end) & (pl.col("to_day").fill_null(end) >= start)
    return held.filter(stood).sort("instrument", "from_day", "shares")
