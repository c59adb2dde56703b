"""Tidy figures: the columns that every table of figures of a book begins with, whatever room makes it.

A row is one figure, unrounded: what is measured (a word of the vocabulary), of whom, of which metal, over which days
and on which basis. ``version`` is the day on which it was published so, where it stands in several versions. Rooms add
columns of their own behind.
"""

from collections.abc import Mapping

import polars as pl

Types = Mapping[str, pl.DataType | type[pl.DataType]]
"""Columns by their names, with what they hold."""

TIDY: Types = {
    "measure": pl.String,
    "subject": pl.String,
    "metal": pl.String,
    "period": pl.String,
    "from_day": pl.Date,
    "to_day": pl.Date,
    "basis": pl.String,
    "value": pl.Float64,
    "unit": pl.String,
    "version": pl.Date,
}
"""The columns that all have."""


def tidy(**own: pl.DataType | type[pl.DataType]) -> dict[str, pl.DataType | type[pl.DataType]]:
    """The columns of a table of figures: those that all have, and further ones of its own.

    >>> list(tidy(holder=pl.String))[-2:]
    ['version', 'holder']
    """
    return {**TIDY, **own}
