"""Columns: one column of a file as it will stand in the book, with its companions and what was read otherwise."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import polars as pl

from orebook.book.importing.declared import Declared
from orebook.book.importing.mapping import ColumnMapping, Match
from orebook.book.importing.values import Numbers, numbers
from orebook.ground.schema import ABOVE, BELOW, TOKEN, schema, unit_of

DEPTHS = ("from", "to", "depth")
"""Columns whose noise beyond a thousandth is taken off: nobody measures a depth to less than a millimetre."""

CODES = (-99.0, -999.0, -9999.0, -99999.0, -5555.0, -999.25)
"""Numbers that stand for no value in many files; only a person can say whether they do in this one."""

FOOT = 0.3048
"""Metres of an international foot."""

_BESIDE = (BELOW, ABOVE, TOKEN)

NOISE = 3
"""Decimals that a depth keeps."""

_TOGETHER = 8_192
"""Values that are looked at together: what is made on the way stays near the processor."""


@dataclass
class Column:
    """A column of the book in the making.

    ``cells`` are the cells as they stand in the file, ``companions`` what stands beside the values, by the end of its
    name; ``marks`` say for some rows what was done (negative, coded, snapped, tokens); ``bad`` says why a cell cannot
    be used; ``comma`` is a cell whose comma may be a decimal mark, ``codes`` are numbers that often mean no value,
    ``either`` is a cell whose day and month may be exchanged, ``dash`` one with a dash for an amount, ``monthly`` what
    is odd about days that are all the first or the last of a month.
    """

    match: Match
    name: str
    values: pl.Series
    cells: pl.Series
    companions: dict[str, pl.Series] = field(default_factory=dict)
    marks: dict[str, pl.Series] = field(default_factory=dict)
    bad: pl.Series | None = None
    comma: str = ""
    codes: tuple[float, ...] = ()
    either: str = ""
    dash: str = ""
    monthly: str = ""

    @cached_property
    def names(self) -> pl.Series:
        """The names in a column of text as they change from row to row, without blanks around them."""
        return changes(self.values)

    def frame_columns(self, rows: pl.Series | None) -> list[pl.Series]:
        """The values and companions of the rows that stay; a companion only if some row needs it."""
        found = []
        found_beside = {suffix: self.companions[suffix] for suffix in _BESIDE if suffix in self.companions}
        for suffix, series in {"": self.values, **found_beside}.items():
            left = series if rows is None else series.filter(rows)
            needed = not suffix or (left.null_count() < len(left) if suffix == TOKEN else left.any())
            if needed:
                found.append(left.rename(self.name + suffix))
        return found


def text_column(mapping: ColumnMapping, match: Match, cells: pl.Series) -> Column:
    """A column of text without blanks around it; an empty cell is missing."""
    column = Column(match, mapping.physical(match), cells, cells)
    if (column.names.str.strip_chars() == column.names).all() and not (column.names == "").any():
        return column
    stripped = cells.str.strip_chars()
    if (stripped == "").any():
        stripped = pl.select(pl.when(pl.lit(stripped) != "").then(pl.lit(stripped))).to_series()
    return Column(match, mapping.physical(match), stripped, cells)


def padded(column: Column) -> pl.Series:
    """The cells of a column of text from whose ends blanks were taken."""
    if column.values is column.cells or column.cells.dtype != pl.String:
        return column.cells.clear()
    return column.cells.filter((column.cells != column.values).fill_null(value=False))


def changes(cells: pl.Series) -> pl.Series:
    """The cells that differ from the one above: each name of a hole once where its rows stand together.

    >>> changes(pl.Series(["A", "A", None, "B", "B"])).to_list()
    ['A', None, 'B']
    """
    parts = [_changes(part) for part in cells.get_chunks()]
    return _changes(pl.concat(parts, rechunk=True)) if len(parts) > 1 else parts[0] if parts else cells


def _changes(cells: pl.Series) -> pl.Series:
    """The changes within one piece of memory."""
    below, above = cells.slice(1), cells.slice(0, max(len(cells) - 1, 0))
    other = (below.ne_missing(above) if cells.null_count() else below != above).arg_true()
    return pl.concat([cells.head(1), below.gather(other)])


def number_column(mapping: ColumnMapping, match: Match, cells: pl.Series, declared: Declared, decimal: str) -> Column:
    """A column of numbers as it stands in the file, words for no value, codes and negative grades told apart."""
    grade = match in mapping.grades()
    name = mapping.physical(match)
    unit = unit_of(name) if grade or not is_length(mapping, match) else match.unit or declared.length
    read = numbers(cells, decimal=decimal, more=declared.tokens, unit=unit, limits=grade)
    column = Column(match, name, read.values, cells, bad=read.bad, comma=read.comma)
    low = read.values.min()
    if isinstance(low, float) and low < 0:
        column.codes = tuple(code for code in CODES if (read.values == code).any())
    _keep_companions(column, read, grade)
    take_codes(column, declared, grade=grade)
    if grade and isinstance(low, float) and low < 0:
        _take_negatives(column, declared)
    return column


def _keep_companions(column: Column, read: Numbers, grade: bool) -> None:
    for suffix, series in ((BELOW, read.below), (ABOVE, read.above), (TOKEN, read.token)):
        if series is not None and grade:
            column.companions[suffix] = series
        elif series is not None and suffix == TOKEN:
            column.marks["tokens"] = series.is_not_null()


def take_codes(column: Column, declared: Declared, *, grade: bool) -> None:
    """Numbers that were declared to stand for no value."""
    if not declared.missing:
        return
    coded = column.values.is_in(list(declared.missing)).fill_null(value=False)
    if coded.any():
        _remove(column, coded, keep=grade)
        column.marks["coded"] = coded


def _remove(column: Column, rows: pl.Series, *, keep: bool) -> None:
    """Take values out; where a word may stand beside the value, it says what stood there."""
    if keep:
        said = column.values.cast(pl.String).str.strip_suffix(".0")
        before = column.companions.get(TOKEN, pl.Series([None], dtype=pl.String).new_from_index(0, len(said)))
        column.companions[TOKEN] = said.zip_with(rows, before)
    column.values = column.values.set(rows, None)


def _take_negatives(column: Column, declared: Declared) -> None:
    """Negative grades: minus a detection limit, or no value, as declared."""
    negative = (column.values < 0).fill_null(value=False)
    if not negative.any():
        return
    column.marks["negative"] = negative
    if declared.negatives == "below":
        column.values = column.values.abs().zip_with(negative, column.values)
        below = column.companions.get(BELOW)
        column.companions[BELOW] = negative if below is None else below | negative
    elif declared.negatives == "missing":
        _remove(column, negative, keep=True)


def is_length(mapping: ColumnMapping, match: Match) -> bool:
    """Whether a column holds lengths."""
    return any(column.name == match.column and column.unit == "m" for column in schema(mapping.table).columns)


def settle(column: Column, mapping: ColumnMapping, declared: Declared, unit: str) -> None:
    """Bring signs, units and shares of a column to what the book has, and take noise off depths.

    ``unit`` is the unit in which the file has its lengths.
    """
    what = column.match.column
    if not mapping.is_number(column.match) or column.match in mapping.grades():
        return
    if unit and unit != mapping.length:
        column.values = column.values * FOOT if unit == "ft" else column.values / FOOT
    if what in DEPTHS:
        _snap(column)
    if what == "dip" and has_hole_dips(mapping.table):
        if declared.dip == "positive_down":
            column.values = 0.0 - column.values
        elif declared.dip == "from_vertical":
            column.values = column.values - 90.0
    if {what, column.name} & set(declared.fractions):
        column.values = column.values * 100.0


def _snap(column: Column) -> None:
    """Depths to the thousandth; what changes is counted."""
    if not any(map(_is_noisy, column.values.get_chunks())):
        return
    snapped = column.values.round(NOISE)
    column.marks["snapped"] = (snapped != column.values).fill_null(value=False)
    column.values = snapped


def _is_noisy(values: pl.Series) -> bool:
    """Whether a value may have more decimals than a depth keeps; slice by slice, so that no long copy is made."""
    if values.null_count():
        return bool((values.round(NOISE) != values).any())
    held, scale = values.to_numpy(), 10.0**NOISE
    with np.errstate(over="ignore"):
        parts = (held[at : at + _TOGETHER] for at in range(0, len(held), _TOGETHER))
        return any(bool((np.rint(part * scale) / scale != part).any()) for part in parts)


def has_hole_dips(table: str) -> bool:
    """Whether the dips of a table are those of holes, which have a sign; those of planes have none."""
    return table in ("collars", "surveys")
