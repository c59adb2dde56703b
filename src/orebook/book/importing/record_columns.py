"""Record columns: the columns of a table of records as they will stand in the book, with their units turned.

What a file says in one column and a book in two (a month, debits and credits) is taken apart or put together here, and
what holds in every row is filled in.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import polars as pl

from orebook.book.files import Loaded
from orebook.book.importing.amounts import amounts, decimal_shown
from orebook.book.importing.beside import put_beside
from orebook.book.importing.columns import Column, is_length, number_column, take_codes, text_column
from orebook.book.importing.day_columns import day_column, period_columns
from orebook.book.importing.declared import Declared
from orebook.book.importing.mapping import BESIDE, ColumnMapping, Match
from orebook.book.importing.measured_heads import factor, money_of, per
from orebook.book.importing.stand_ins import AMOUNT, CREDIT, DEBIT, ENDS, PERIOD, YEAR, stands_for
from orebook.ground.schema import schema, unit_of

_DIGITS = 15
"""Digits that a number of the machine keeps; a scale of a thousand adds none."""

CURRENCY, UNIT = "currency", "unit"


class Made(NamedTuple):
    """The columns of a table of records, by their names without a unit, and what should be known about them."""

    columns: dict[str, Column]
    remarks: list[str]


def record_columns(mapping: ColumnMapping, declared: Declared, loaded: Loaded, usual: str) -> Made:
    """The columns of a file as a table of records has them; ``usual`` is the decimal mark of the file, if it shows one.

    Raises ``ValueError`` for a value that holds in every row and is none of its column.
    """
    made = Made({}, [])
    shown = declared.decimal or _shown(mapping, loaded)
    decimal = shown or usual or "."
    said: dict[str, pl.Series] = {}
    for match in sorted(mapping.taken(), key=lambda match: match.how == BESIDE):
        cells = loaded.frame[str(match.index)]
        if match.how == BESIDE:
            put_beside(made.columns, match.column, cells)
        elif match.column in (PERIOD, YEAR) and match.column in stands_for(schema(mapping.table)):
            continue
        elif mapping.is_day(match):
            made.columns[match.column] = day_column(mapping, match, cells, declared)
        elif mapping.is_number(match):
            made.columns[match.column] = _number(mapping, match, cells, declared, decimal, said, made.remarks)
        else:
            made.columns[match.column] = text_column(mapping, match, cells)
    for column in made.columns.values():
        column.comma = "" if shown else column.comma
    _put_days(mapping, declared, loaded, made)
    _put_sides(mapping, made)
    _put_values(mapping, declared, loaded.frame.height, made)
    _put_currency(mapping, made, said)
    _put_unit(mapping, made)
    return made


def _shown(mapping: ColumnMapping, loaded: Loaded) -> str:
    """The decimal mark that some number of the file shows beyond doubt."""
    cells: list[str] = []
    for match in mapping.taken():
        column = loaded.frame[str(match.index)]
        if mapping.is_number(match) and column.dtype == pl.String:
            cells += column.filter(column.str.contains(r"[.,]")).unique().to_list()
    return decimal_shown(cells)


def _number(
    mapping: ColumnMapping,
    match: Match,
    cells: pl.Series,
    declared: Declared,
    decimal: str,
    said: dict[str, pl.Series],
    remarks: list[str],
) -> Column:
    """A column of numbers, its unit turned into that of the book; the currencies of its cells are put into ``said``."""
    if match in mapping.grades():
        return number_column(mapping, match, cells, declared, decimal)
    name = mapping.physical(match)
    own = _unit(mapping, match)
    read = amounts(cells, decimal=decimal, more=declared.tokens, unit=own)
    column = Column(match, name, read.values, cells, bad=read.bad)
    if not declared.decimal and cells.dtype == pl.String:
        column.comma = _comma(cells)
    if read.token is not None:
        column.marks["tokens"] = read.token
    if read.dash is not None:
        column.dash = str(cells.filter(read.dash)[0]).strip()
        if declared.dashes == "zero":
            column.values = column.values.set(read.dash, 0.0)
    take_codes(column, declared, grade=False)
    if read.currency is not None:
        said[match.column] = read.currency
    times = None if is_length(mapping, match) else factor(match.unit, own)
    if times not in (None, 1.0):
        column.values = (column.values * times).round_sig_figs(_DIGITS) if not own else column.values * times
        words = f"multiplied by {times:,.0f}" if not own else f"turned from {match.unit} into {own}"
        remarks.append(f"{match.head} was {words}")
    column.values = column.values + 0.0  # nought has no sign
    return column


def _unit(mapping: ColumnMapping, match: Match) -> str:
    """The unit that a column of numbers has in the book."""
    own = {each.name: each.unit for each in schema(mapping.table).columns}
    return own[match.column] if match.column in own else unit_of(match.column)


def _comma(cells: pl.Series) -> str:
    """A cell whose comma may be a decimal mark or part thousands; nothing where some cell shows which."""
    found = cells.filter(cells.str.contains(",", literal=True)).unique()
    return "" if not len(found) or decimal_shown(found.to_list()) else str(found[0]).strip()


def _put_days(mapping: ColumnMapping, declared: Declared, loaded: Loaded, made: Made) -> None:
    """Both ends of the days of a row, from the one column that stands for them."""
    taken = {match.column: match for match in mapping.taken()}
    if PERIOD in taken and PERIOD in stands_for(schema(mapping.table)):
        year = loaded.frame[str(taken[YEAR].index)] if YEAR in taken else None
        pair = period_columns(taken[PERIOD], loaded.frame[str(taken[PERIOD].index)], year, declared)
        made.columns.update(dict(zip(ENDS, pair, strict=True)))


def _put_sides(mapping: ColumnMapping, made: Made) -> None:
    """Amounts from debits and credits: a row has one of them, or both, or neither and then no amount."""
    served = stands_for(schema(mapping.table))
    sides = {name: made.columns.pop(name) for name in (DEBIT, CREDIT) if name in served and name in made.columns}
    if not sides:
        return
    first = next(iter(sides.values()))
    values = pl.Series([None], dtype=pl.Float64).new_from_index(0, len(first.values))
    bad = pl.Series([None], dtype=pl.String).new_from_index(0, len(first.values))
    for name, column in sides.items():
        signed = column.values if name == DEBIT else 0.0 - column.values
        both = values.is_not_null() & signed.is_not_null()
        sums = values.fill_null(0.0) + signed.fill_null(0.0)
        values = sums.zip_with(both, values.zip_with(values.is_not_null(), signed))
        if column.bad is not None:
            bad = bad.zip_with(bad.is_not_null(), column.bad)
    match = replace(first.match, column=AMOUNT)
    whole = replace(first, match=match, name=AMOUNT, values=(values * 100).round() / 100 + 0.0, bad=bad)
    for column in sides.values():
        whole.comma, whole.dash = whole.comma or column.comma, whole.dash or column.dash
    whole.bad = None if bad.null_count() == len(bad) else bad
    made.columns[AMOUNT] = whole
    made.remarks.append(f"amounts are {' less '.join(column.match.head for column in sides.values())}")


def _put_values(mapping: ColumnMapping, declared: Declared, height: int, made: Made) -> None:
    """Columns that hold the same in every row."""
    for name, words in mapping.values.items():
        match = Match(-1, f"--value {name}", name, "given", "holds in every row")
        cells = pl.Series([words], dtype=pl.String)
        if mapping.is_day(match):
            column = day_column(mapping, match, cells, declared)
        elif mapping.is_number(match):
            column = _number(mapping, match, cells, declared, declared.decimal or ".", {}, [])
        else:
            column = text_column(mapping, match, cells)
        if column.bad is not None or column.either or column.values.null_count():
            reason = column.bad[0] if column.bad is not None else "a day that could be another"
            raise ValueError(f"{mapping.file}: --value {name}={words}: {reason}; write it as the book has it")
        column.values, column.cells = (each.new_from_index(0, height) for each in (column.values, column.cells))
        column.comma = ""
        made.columns[name] = column


def _put_currency(mapping: ColumnMapping, made: Made, said: Mapping[str, pl.Series]) -> None:
    """The currency of each row, where heads or cells of amounts name it; a cell that names another is no amount."""
    own = {column.name for column in schema(mapping.table).columns}
    if CURRENCY not in own:
        return
    named = (each for each in made.columns.values() if money_of(each.match.unit) not in ("", "$"))
    first = next(named, made.columns.get(next(iter(said), ""), made.columns.get(AMOUNT) if said else None))
    if CURRENCY not in made.columns and first is not None:
        code = money_of(first.match.unit)
        values = pl.Series([code if code != "$" else None], dtype=pl.String).new_from_index(0, len(first.values))
        values = values.set(values == "", None)
        for cells in said.values():
            values = values.zip_with(values.is_not_null(), cells.set(cells == "$", None))
        match = replace(first.match, column=CURRENCY, unit="")
        made.columns[CURRENCY] = Column(match, CURRENCY, values, first.cells)
        codes = ", ".join(sorted(values.drop_nulls().unique().to_list()))
        made.remarks.append(f"the currency {codes} is that of {first.match.head}")
    if CURRENCY in made.columns:
        for name, cells in said.items():
            _refuse_other(made.columns[name if name in made.columns else AMOUNT], cells, made.columns[CURRENCY].values)


def _put_unit(mapping: ColumnMapping, made: Made) -> None:
    """The unit for which prices are paid, where their head names it and no column does."""
    first = next((column for column in made.columns.values() if per(column.match.unit)), None)
    if first is None or UNIT in made.columns or UNIT not in {column.name for column in schema(mapping.table).columns}:
        return
    below = per(first.match.unit)
    values = pl.Series([below], dtype=pl.String).new_from_index(0, len(first.values))
    made.columns[UNIT] = Column(replace(first.match, column=UNIT, unit=""), UNIT, values, first.cells)
    made.remarks.append(f"the unit {below} is that of {first.match.head}")


def _refuse_other(column: Column, said: pl.Series, currency: pl.Series) -> None:
    """Reject amounts whose cells name another currency than their row."""
    other = ((said != "$") & (said != currency)).fill_null(value=False)
    if other.any():
        reason = pl.select(pl.format("{} where the row says {}", pl.lit(said), pl.lit(currency))).to_series()
        none = pl.Series([None], dtype=pl.String).new_from_index(0, len(said))
        before = none if column.bad is None else column.bad
        column.bad = reason.zip_with(other, before)
