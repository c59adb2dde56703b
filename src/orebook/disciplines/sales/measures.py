"""Measures: units that stand beside numbers in a table, turned into grams and fractions for whole columns at once."""

from collections.abc import Callable
from typing import NamedTuple

import polars as pl

from orebook.ground import units
from orebook.ground.units import UnknownUnitError

GRAMS_A_TONNE = 1e6

MOST_CENTS = 1e15
"""Amounts beyond this cannot be added to the cent."""

_WET = ("wmt", "kwmt", "Mwmt")


class Charge(NamedTuple):
    """What a unit of a charge says: its currency, how much a gram, and of what: a lot, its wet or its dry mass."""

    currency: str
    per_gram: float
    basis: str


def charge(name: str) -> Charge | None:
    """What a charge is counted in; nothing for a unit that is no money, or money for something else than mass.

    >>> charge("USD/dmt"), charge("USD/wmt").basis, charge("USD").basis, charge("t")
    (Charge(currency='USD', per_gram=1e-06, basis='dry'), 'wet', 'lot', None)
    >>> round(charge("USD cent/lb").per_gram * 453.59237, 12)
    0.01
    """
    try:
        found = units.unit(name)
    except UnknownUnitError:
        return None
    money = found.money
    rest = tuple((base, power) for base, power in found.dimension if not base.startswith("money:"))
    if not money or rest not in ((), (("mass", -1),)):
        return None
    basis = "lot" if not rest else "wet" if name.rpartition("/")[2] in _WET else "dry"
    return Charge(money, float(found.factor), basis)


def fraction(name: str) -> float | None:
    """What one of a unit of grade is as a share of the mass; nothing for another unit.

    >>> fraction("%"), fraction("g/t"), fraction("ppm"), fraction("t")
    (0.01, 1e-06, 1e-06, None)
    """
    try:
        found = units.unit(name)
    except UnknownUnitError:
        return None
    return float(found.factor) if not found.dimension and not found.counted else None


def looked_up(column: str, look: Callable[[str], object], kind: type[pl.DataType]) -> pl.Expr:
    """What something says of each different word of a column, at its rows."""

    def looked(words: pl.Series) -> pl.Series:
        said = words.unique().drop_nulls()
        return words.replace_strict(said, pl.Series([look(word) for word in said], dtype=kind), default=None)

    return pl.col(column).map_batches(looked, return_dtype=kind)


def cents(amount: pl.Expr) -> pl.Expr:
    """Money in whole hundredths, half away from nought; money is added only so. What cannot be counted is empty.

    >>> pl.DataFrame({"usd": [-927925.655, 0.005]}).select(cents(pl.col("usd")))["usd"].to_list()
    [-92792566, 1]
    """
    whole = (amount * 100).round(0, mode="half_away_from_zero")
    return pl.when(whole.abs() <= MOST_CENTS).then(whole).cast(pl.Int64)
