"""Day columns: the columns of a file that hold days, months or quarters, as days of the book.

Days in ISO are read all at once; each different other cell is read once, with care.
"""

from calendar import monthrange
from dataclasses import replace

import polars as pl

from orebook.book.importing.columns import Column
from orebook.book.importing.days import DayCell, End, day_cell, period_said
from orebook.book.importing.declared import Declared
from orebook.book.importing.mapping import ColumnMapping, Match
from orebook.book.importing.stand_ins import ENDS

_ISO = r"^\d{4}-\d{2}-\d{2}$"
_MONTHLY = ("month", "months", "mes", "mois", "period", "quarter")
"""Heads that say that a row is a month or longer, whatever day its cell shows."""


def end_of(column: str) -> End:
    """Which end of a month or quarter a column of days asks for, by its name.

    >>> end_of("from_day"), end_of("to_day"), end_of("shipped_day")
    ('start', 'end', '')
    """
    return "start" if column.startswith("from_") else "end" if column.startswith("to_") else ""


def day_column(mapping: ColumnMapping, match: Match, cells: pl.Series, declared: Declared) -> Column:
    """A column of days as it stands in the file; what is none is told apart.

    Whether days or months come first is declared, or shown by a cell with a number above twelve; cells that could be
    either are left for a question.
    """
    return days_read(match, mapping.physical(match), cells, declared)


def days_read(match: Match, name: str, cells: pl.Series, declared: Declared) -> Column:
    """A column of days of that name, whatever column of the file its cells come from."""
    text = cells.cast(pl.String).str.strip_chars()
    iso = text.str.contains(_ISO)
    values = text.set(~iso, None).str.to_date("%Y-%m-%d", strict=False)
    odd = values.is_null() & text.is_not_null() & (text != "")
    column = Column(match, name, values, cells)
    if not odd.any():
        return column
    different = text.filter(odd).unique(maintain_order=True).to_list()
    said = _read(different, declared.dates, end_of(match.column))
    table = pl.DataFrame(
        {
            "text": different,
            "value": [each.value for each in said],
            "kind": [each.kind for each in said],
            "reason": [each.reason or None for each in said],
        },
        schema={"text": pl.String, "value": pl.Date, "kind": pl.String, "reason": pl.String},
    )
    joined = pl.DataFrame({"text": text.set(~odd, None)}).join(table, on="text", how="left", maintain_order="left")
    column.values = values.zip_with(~odd, joined["value"])
    column.bad = None if joined["reason"].null_count() == joined.height else joined["reason"]
    column.either = next((cell for cell, each in zip(different, said, strict=True) if each.kind == "either"), "")
    return column


def _read(cells: list[str], order: str, end: End) -> list[DayCell]:
    """What different cells of one column say: one that shows the order of day and month shows it for all."""
    said = [day_cell(each, order, end) for each in cells]
    shown = {each.kind for each in said} & {"dmy", "mdy"}
    if order or len(shown) != 1:
        return said
    return [day_cell(each, next(iter(shown)), end) for each in cells]


def period_columns(match: Match, cells: pl.Series, year: pl.Series | None, declared: Declared) -> tuple[Column, Column]:
    """The first and the last day of each row, from a column of days, months, quarters or years.

    ``year`` are the years beside months that do not say theirs. Days that are all the first or all the last of a month
    may stand for the months: the head says so, or it was declared, or it is asked.
    """
    said = cells.cast(pl.String).str.strip_chars()
    if year is not None:
        said = _with_years(said, year.cast(pl.String).str.strip_chars())
    first, last = (_one_end(match, name, said, cells, declared) for name in ENDS)
    same = (first.values == last.values).fill_null(value=False)
    days = first.values.filter(same).unique()
    if len(days) and same.sum() == first.values.is_not_null().sum():
        starts = all(day.day == 1 for day in days)
        ends = all(day.day == monthrange(day.year, day.month)[1] for day in days)
        monthly = declared.rows == "months" or match.head.strip().lower() in _MONTHLY
        if (starts or ends) and monthly:
            first.values, last.values = first.values.dt.month_start(), last.values.dt.month_end()
        elif starts or ends:
            which = "first" if starts else "last"
            first.monthly = f"every day in {match.head!r} is the {which} of a month, so that rows may be whole months"
    return first, last


def _one_end(match: Match, name: str, said: pl.Series, cells: pl.Series, declared: Declared) -> Column:
    """One end of the days of each row, with the cells as they stand in the file."""
    own = replace(match, column=name)
    column = days_read(own, name, said, declared)
    column.cells = cells
    return column


def _with_years(said: pl.Series, year: pl.Series) -> pl.Series:
    """Months and quarters with the years beside them, where they have none of their own."""
    pairs = pl.DataFrame({"said": said, "year": year}).unique()
    made = [_joined(each or "", when or "") for each, when in pairs.rows()]
    table = pairs.with_columns(pl.Series("whole", made, dtype=pl.String))
    both = pl.DataFrame({"said": said, "year": year})
    return both.join(table, on=["said", "year"], how="left", nulls_equal=True, maintain_order="left")["whole"]


def _joined(said: str, year: str) -> str:
    """A month with its year.

    >>> _joined("Sep", "2011"), _joined("9", "2011"), _joined("Q3", "2011"), _joined("2011-09", "2011")
    ('Sep 2011', '2011-09', 'Q3 2011', '2011-09')
    """
    year = year.removesuffix(".0")
    if said.isdigit() and 1 <= int(said) <= 12:
        return f"{year}-{int(said):02d}"
    return said if period_said(said) or not said else f"{said} {year}"
