"""Ends of holes: how deep each is, how finely that is written, and which rows lie beyond it."""

from math import gcd

import polars as pl

from orebook.checks.table_rule import FOOT_M, Tables
from orebook.checks.table_views import collars, deepest, rows

_COARSEST = 1000
"""Depths are written to a whole unit at the coarsest, in thousandths."""

_PER_FOOT = 1.0 / FOOT_M
_SAME = 0.04
"""So closely must the depths of a table keep to the feet in a metre."""


def step(depths: pl.Series) -> int:
    """How finely depths in whole thousandths are written: 1, 10, 100 or 1000 of them.

    >>> step(pl.Series([120000, 85500])), step(pl.Series([120000, 85000])), step(pl.Series([142510]))
    (100, 1000, 10)
    """
    common = _COARSEST
    for size in (1000, 100, 10):
        if (depths.drop_nulls() % size == 0).all():
            return gcd(common, size)
    return 1


def beyond(tables: Tables, table: str, last: str) -> pl.DataFrame:
    """The rows of a table that end below their hole by more than the printed digits allow: ``end``, ``collar_line``.

    A depth stands for all that rounds to it. Nothing comes of a table that counts in another unit than the collars,
    because then every row would; another rule says so.
    """

    def make() -> pl.DataFrame:
        ends = (
            collars(tables).rename({"line": "collar_line", "depth": "end"}).drop_nulls("end").filter(pl.col("end") > 0)
        )
        view = rows(tables, table)
        if not ends.height or not view.height or abs(foreign(tables, table)) > 0:
            return view.clear().join(ends.clear(), on="at")
        deep = deepest(tables, table).join(ends, on="at")
        loose = (step(ends["end"]) + step(deep["deepest"])) // 2
        suspects = deep.filter(pl.col("deepest") > pl.col("end") + loose).select("at", "end", "collar_line")
        return view.join(suspects, on="at").filter(pl.col(last) > pl.col("end") + loose)

    return tables.kept(f"beyond {table}", make)


def foreign(tables: Tables, table: str) -> int:
    """1 where a table seems to count in feet and the collars in metres, -1 the other way round, else 0.

    The deepest rows of its holes lie 3.28 times as deep as the collars say, or 0.305 times, in nearly all holes.
    """

    def make() -> int:
        both = deepest(tables, table).join(collars(tables), on="at").filter(pl.col("depth") > 0, pl.col("deepest") > 0)
        if both.height < 3:
            return 0
        ratios = (both["deepest"] / both["depth"]).sort()
        low, middle, high = (ratios.quantile(share) or 0.0 for share in (0.2, 0.5, 0.8))
        for sign, factor in ((1, _PER_FOOT), (-1, FOOT_M)):
            if abs(middle / factor - 1.0) < _SAME and high / low < 1.0 + 3.0 * _SAME:
                return sign
        return 0

    return tables.kept(f"foreign {table}", make)
