"""Rejecting: the cells for which a row cannot be kept, each with its address, its words and the reason."""

from collections.abc import Mapping, Sequence

import polars as pl

from orebook.book.files import RawTable
from orebook.book.importing.columns import Column, changes
from orebook.book.importing.mapping import ColumnMapping
from orebook.book.importing.report import REJECTED
from orebook.disciplines.drilling.controls import control_kind
from orebook.ground.schema import ORIGIN, Schema, schema

_TOTALS = ("total", "totals", "sum", "subtotal", "grand total", "average", "mean", "count", "min", "max")
_TOTAL = (
    r"^(?:(?:grand|sub)[ -]?)?totals?"
    r"(?:[ :-]{1,3}(?:\d{4}|ytd|(?:for )?(?:the )?(?:year|month|quarter|period|company)))?[:. ]{0,9}$"
    r"|^(?:ytd|year[ -]to[ -]date|month[ -]to[ -]date|mtd|average|avg|mean|sum|min|max|count)[:. \d]{0,8}$"
    r"|^.{1,40} totals?[:.]?$"
)
"""What stands, in small letters, where a row of records should say what it is about and sums others up instead."""
_DATE = r"^\d{4}-\d{2}-\d{2}(?: .{1,20})?$"
_ROW = ORIGIN[1]

Columns = Mapping[str, Column]


def rejected_cells(raw: RawTable, mapping: ColumnMapping, columns: Columns, lines: pl.Series) -> pl.DataFrame:
    """Every cell for which a row is rejected; ``lines`` are the lines of the rows.

    A row that is the head again or totals is rejected for that alone.
    """
    other = _other_rows(raw, mapping, columns)
    found = [_cells(raw, column, why, lines) for column, why in other]
    seen = pl.concat([each[_ROW] for each in found]) if found else pl.Series(dtype=pl.Int64)
    known = lines.is_in(seen.implode()) if len(seen) else None
    controls = _controls(columns)
    for column in columns.values():
        for why in (column.bad, _missing(mapping, column, controls)):
            if why is not None:
                told = _cells(raw, column, why if known is None else why.set(known, None), lines)
                if told.height:
                    found.append(told)
    if not found:
        return pl.DataFrame(schema=REJECTED)
    whole = pl.concat(found).sort(_ROW, maintain_order=True)
    return whole.unique(maintain_order=True) if schema(mapping.table).is_record else whole


def _controls(columns: Columns) -> pl.Series | None:
    """Which rows are control samples: a standard has a number and results, and lies in no hole."""
    said = columns.get("type")
    if said is None:
        return None
    return pl.select(control_kind(pl.lit(said.values)).is_not_null()).to_series()


def _missing(mapping: ColumnMapping, column: Column, controls: pl.Series | None) -> pl.Series | None:
    """Rows without a hole, a depth or whatever else tells one row of the table from another and has to be there."""
    kind = schema(mapping.table)
    needed = kind.required() if kind.is_record else kind.order
    if column.match.column not in needed or not column.values.null_count():
        return None
    absent = column.values.is_null()
    if column.bad is not None:
        absent = absent & column.bad.is_null()
    if controls is not None and mapping.table == "assays":
        absent = absent & ~controls
    return _where(absent, f"no {column.match.column}") if absent.any() else None


def _where(rows: pl.Series, reason: str) -> pl.Series:
    """A reason for some rows, nothing for the others."""
    return pl.select(pl.when(pl.lit(rows)).then(pl.lit(reason))).to_series()


def _other_rows(raw: RawTable, mapping: ColumnMapping, columns: Columns) -> list[tuple[Column, pl.Series]]:
    """Rows that are no rows of the table: the head again, totals, a hole that a spreadsheet took for a date."""
    kind = schema(mapping.table)
    first = columns.get(kind.order[0])
    if first is None:
        return []
    found = _totals(kind, columns) if kind.is_record else []
    head = raw.header[first.match.index].strip()
    known = [(_forms([head]), "the head again")] + ([] if kind.is_record else [(_forms(_TOTALS), "a row of totals")])
    said = first.values if first.values.dtype == pl.String else first.cells.cast(pl.String).str.strip_chars()
    names = first.names if said is first.values else changes(said)
    for words, why in known:
        if names.is_in(words).any():
            rows = said.is_in(words)
            found.append((first, _where(rows, why)))
    if raw.sheet and first.match.column == "hole" and (dates := first.values.str.contains(_DATE)).any():
        found.append((first, _where(dates, "a date where the name of a hole should be")))
    return found


def _totals(kind: Schema, columns: Columns) -> list[tuple[Column, pl.Series]]:
    """Rows of records that sum others up, by the first column that says so of what tells records apart.

    Of what kind a row is says nothing of that: a rate of exchange may be an average.
    """
    found: list[tuple[Column, pl.Series]] = []
    seen = None
    for column in (columns[name] for name in kind.order if name in columns and name != "kind"):
        said = column.cells.cast(pl.String).str.strip_chars().str.to_lowercase()
        rows = said.str.contains(_TOTAL).fill_null(value=False)
        fresh = rows if seen is None else rows & ~seen
        if fresh.any():
            found.append((column, _where(fresh, "a row of totals")))
        seen = rows if seen is None else seen | rows
    return found


def _forms(words: Sequence[str]) -> list[str]:
    """Some words in the letters in which people write them, with and without a colon."""
    cased = {
        form for word in words if word for form in (word, word.lower(), word.upper(), word.title(), word.capitalize())
    }
    return sorted(cased | {f"{each}:" for each in cased})


def _cells(raw: RawTable, column: Column, why: pl.Series, lines: pl.Series) -> pl.DataFrame:
    """The cells of a column that have a reason against them."""
    at = why.is_not_null().arg_true()
    rows = lines.gather(at)
    return pl.DataFrame(
        {
            _ROW: rows,
            "cell": [raw.address(line, column.match.index) for line in rows],
            "head": pl.Series([column.match.head], dtype=pl.String).new_from_index(0, len(at)),
            "value": column.cells.gather(at).cast(pl.String).fill_null(""),
            "reason": why.gather(at),
        },
        schema=REJECTED,
    )
