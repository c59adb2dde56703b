"""Beside: the columns that stand beside a grade in a book, in a file that came out of one.

``au_gpt_below`` says where a value is a detection limit, ``au_gpt_above`` where it is the end of the range of a method,
``au_gpt_token`` why there is no value.
"""

from collections.abc import Mapping

import polars as pl

from orebook.book.importing.columns import Column
from orebook.ground.schema import ABOVE, BELOW, TOKEN, is_grade

_YES = ("true", "t", "yes", "1")


def beside(name: str) -> tuple[str, str]:
    """The grade beside which a column of this name stands, and the end of its name; nothing for any other name.

    >>> beside("au_gpt_below"), beside("au_gpt"), beside("seen_below")
    (('au_gpt', '_below'), ('', ''), ('', ''))
    """
    end = next((end for end in (BELOW, ABOVE, TOKEN) if name.endswith(end)), "")
    grade = name.removesuffix(end)
    return (grade, end) if end and is_grade(grade) else ("", "")


def put_beside(columns: Mapping[str, Column], name: str, cells: pl.Series) -> None:
    """Put what such a column says beside the values of its grade, with what their own cells say."""
    grade, end = beside(name)
    column = columns.get(grade)
    if column is None:
        return
    said = cells.cast(pl.String).str.strip_chars()
    own = column.companions.get(end)
    if end == TOKEN:
        said = pl.select(pl.when(pl.lit(said) != "").then(pl.lit(said))).to_series()
        column.companions[end] = said if own is None else own.zip_with(own.is_not_null(), said)
    else:
        flag = said.str.to_lowercase().is_in(_YES).fill_null(value=False)
        column.companions[end] = flag if own is None else flag | own
