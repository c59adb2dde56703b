"""Columns that a table of tenure may lack: whoever keeps it fills what is known, and the rest is missing."""

from collections.abc import Mapping, Sequence

import polars as pl

Types = Mapping[str, type[pl.DataType]]
"""The columns that a piece of work reads, with what they hold."""


def shaped(frame: pl.DataFrame, types: Types) -> pl.DataFrame:
    """A table with these columns and no others, each of its type; one that is not there is missing in every row.

    Days may be written as ISO text. What is no value of its column's type is missing.

    >>> shaped(pl.DataFrame({"day": ["2011-10-25", "soon"]}), {"day": pl.Date, "amount": pl.Float64}).rows()
    [(datetime.date(2011, 10, 25), None), (None, None)]
    """
    if not frame.height:
        return pl.DataFrame(schema=dict(types))
    return frame.with_columns(_column(frame, name, kind) for name, kind in types.items()).select(list(types))


def beside(made: pl.DataFrame, frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """A table with some columns of the one that it was shaped from, row by row."""
    return made.with_columns(frame[name] for name in names)


def _column(frame: pl.DataFrame, name: str, kind: type[pl.DataType]) -> pl.Expr:
    if name not in frame.columns:
        return pl.lit(None, kind).alias(name)
    if kind is pl.Date and frame.schema[name] == pl.String:
        return pl.col(name).str.strip_chars().str.to_date("%Y-%m-%d", strict=False)
    if kind is pl.String:
        text = pl.col(name).cast(pl.String).str.strip_chars()
        return pl.when(text != "").then(text).alias(name)
    value = pl.col(name).cast(kind, strict=False)
    return pl.when(value.is_finite()).then(value).alias(name) if kind is pl.Float64 else value


def listed(text: str | None) -> tuple[str, ...]:
    """The names in one cell, which stand apart by ``|`` or ``;``.

    >>> listed("permit amendment | new tailings dam"), listed(None)
    (('permit amendment', 'new tailings dam'), ())
    """
    parts = (text or "").replace(";", "|").split("|")
    return tuple(name for name in map(str.strip, parts) if name)
