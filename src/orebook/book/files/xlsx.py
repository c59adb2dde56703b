"""Workbooks: XLSX, XLSM, XLSB, XLS and ODS, a sheet at a time. The one door to python-calamine."""

import datetime
import io
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import polars as pl

from orebook.book.files import LINE, Loaded, RawTable
from orebook.book.files._content import Content, whole
from orebook.book.files._delimited import BAD
from orebook.book.files._extent import refuse_bombs
from orebook.book.files._shape import Line, is_number, shape
from orebook.ground.needs import need
from orebook.reading.formats import UnreadableError

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_SAMPLED, _LOOKED_AT = 400, 600
_WHOLE = 1e15
"""Numbers of a sheet below this are exact when they are whole."""

_INSTEAD = "open it in a spreadsheet and save it anew, or give CSV"


def recognises(name: str, head: bytes) -> bool:
    """Whether a file is a workbook: by its first bytes, and by its name when those are of no use.

    >>> recognises("a.xlsx", b"PK\\x03\\x04"), recognises("a.xls", b"hole\\tfrom"), recognises("a.xlsx", b"")
    (True, False, False)
    """
    return head.startswith((_ZIP, _OLD)) and (name.lower().endswith(_SUFFIXES) or b"xl/" in head or b"[Content" in head)


@dataclass(frozen=True)
class SheetCells:
    """The rows of a sheet as text, each with its row number."""

    table: pl.DataFrame

    def load(self, kinds: Mapping[int, str], decimal: str = ".") -> Loaded:  # noqa: ARG002
        """The columns that were asked for, as text, without rows that hold no cell at all."""
        none = pl.all_horizontal(pl.exclude(LINE) == "")
        blank = int(self.table.select(none)[:, 0].sum())
        frame = self.table.filter(~none) if blank else self.table
        return Loaded(frame.select(LINE, *(str(at) for at in sorted(kinds))), pl.DataFrame(schema=BAD), blank)


def sheets(name: str, data: Content) -> tuple[str, ...]:
    """The sheets of a workbook that hold cells, in order. Raises ``UnreadableError`` for one that cannot be opened."""
    return tuple(_filled(name, _opened(name, data)))


def read(name: str, data: Content, digest: "Future[str]", *, sheet: str = "", header: int | None = None) -> RawTable:
    """The table of a sheet; of the only one that holds cells when none is named.

    Raises ``UnreadableError`` for a workbook that is corrupt, locked or empty, and for several sheets to choose from.
    """
    book = _opened(name, data)
    chosen, opened = _chosen(name, book, sheet)
    rows = opened.to_python(skip_empty_area=False)
    top = [Line(at, [_text(cell) for cell in row]) for at, row in enumerate(rows[:_LOOKED_AT], 1)]
    found = shape([row for row in top if any(row.cells)][:_SAMPLED], header)
    if not found.header:
        raise UnreadableError(f"no head in row {header}", name, "give the row of the head, or 0 when there is none")
    width = max(len(found.header), len(rows[0]))
    head = (*found.header, *[""] * (width - len(found.header)))
    units = (*found.units, *[""] * (width - len(found.units)))
    table = _table(rows[found.first - 1 :], found.first, width)
    return RawTable(
        name=name,
        format="xlsx",
        header=head,
        units=units,
        header_line=found.header_line,
        preamble=found.preamble,
        sample=table.filter(pl.any_horizontal(pl.exclude(LINE) != "")).head(_SAMPLED),
        cells=SheetCells(table),
        digest=digest,
        size=len(data),
        encoding="workbook",
        decimal="." if any("." in cell and is_number(cell) for row in top for cell in row.cells) else "",
        sheet=chosen,
        remarks=_left_aside(book, chosen) if not sheet else (),
    )


def _opened(name: str, data: Content) -> Any:
    calamine = need("python_calamine", extra="excel")
    held = whole(data)
    refuse_bombs(name, held)
    try:
        return calamine.load_workbook(io.BytesIO(held))
    except calamine.PasswordError:
        raise UnreadableError("the workbook is locked by a password", name, "save it without one") from None
    except (calamine.CalamineError, ValueError, OSError) as problem:
        what = f"the workbook is corrupt or no workbook ({problem})"
        raise UnreadableError(what, name, _INSTEAD) from None


def _sheet(name: str, book: Any, sheet: str) -> Any:
    calamine = need("python_calamine", extra="excel")
    try:
        return book.get_sheet_by_name(sheet)
    except (calamine.CalamineError, ValueError, OSError) as problem:
        raise UnreadableError(f"the sheet {sheet!r} is corrupt ({problem})", name, _INSTEAD) from None


def _filled(name: str, book: Any) -> dict[str, Any]:
    """The sheets that hold cells, by their names."""
    return {each: found for each in book.sheet_names if (found := _sheet(name, book, each)).height}


def _chosen(name: str, book: Any, sheet: str) -> tuple[str, Any]:
    known = list(book.sheet_names)
    if sheet:
        if sheet not in known:
            raise UnreadableError(f"no sheet {sheet!r}", name, f"the sheets are {', '.join(known)}")
        found = _sheet(name, book, sheet)
        if not found.height:
            raise UnreadableError(f"the sheet {sheet!r} has no cells", name, "name a sheet with a table in it")
        return sheet, found
    filled = _filled(name, book)
    if not filled:
        raise UnreadableError("the workbook has no cells", name, "give one with a table in it")
    if len(filled) > 1:
        what = f"the workbook has {len(filled)} sheets with cells: {', '.join(filled)}"
        raise UnreadableError(what, name, f"say which, such as sheet={next(iter(filled))}")
    return next(iter(filled.items()))


def _left_aside(book: Any, chosen: str) -> tuple[str, ...]:
    others = [each for each in book.sheet_names if each != chosen]
    return (f"sheets without cells: {', '.join(others)}",) if others else ()


def _text(cell: Any) -> str:
    """A cell as text: whole numbers without a point, dates as ISO, so that a hole 34873 stays 34873.

    >>> [_text(cell) for cell in (34873.0, 0.1, True, datetime.date(2026, 3, 1), " NSS ")]
    ['34873', '0.1', 'TRUE', '2026-03-01', 'NSS']
    """
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _WHOLE else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ") if (cell.hour or cell.minute or cell.second) else cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, datetime.date | datetime.time) else str(cell)


def _table(rows: list[list[Any]], first: int, width: int) -> pl.DataFrame:
    """Some rows as text, column by column, with their numbers in the sheet."""
    columns = list(zip(*rows, strict=True)) or [()] * width
    texts = {str(at): _texts(columns[at]) for at in range(width)}
    return pl.DataFrame({LINE: pl.int_range(first, first + len(rows), dtype=pl.Int64, eager=True), **texts})


def _texts(cells: Sequence[Any]) -> pl.Series:
    """The cells of a column as text, all at once where they are all numbers or all words.

    >>> _texts((34873.0, 0.1, -1e-7, 5e15)).to_list(), _texts((1.0, "", True)).to_list()
    (['34873', '0.1', '-1e-7', '5e15'], ['1', '', 'TRUE'])
    """
    kinds = set(map(type, cells))
    if kinds == {float}:
        numbers = pl.Series(cells, dtype=pl.Float64)
        whole = (numbers == numbers.round()) & (numbers.abs() < _WHOLE)
        return numbers.cast(pl.Int64, strict=False).cast(pl.String).zip_with(whole, numbers.cast(pl.String))
    if kinds == {str}:
        return pl.Series(cells, dtype=pl.String).str.strip_chars()
    return pl.Series([_text(cell) for cell in cells], dtype=pl.String)
