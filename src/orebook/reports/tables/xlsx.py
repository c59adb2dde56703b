"""Tables as a workbook: numbers are numbers and show the printed digits, the head stays in sight, parameters beside.

The same tables give the same bytes: no time of day is written into the file.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from orebook.ground.needs import need
from orebook.reports.pages import Result, names, notes
from orebook.reports.paper import Paper, columns
from orebook.reports.printed import (
    Passage,
    Printed,
    PrintedCell,
    PrintedColumn,
    PrintedRow,
    PrintedTable,
    Sheet,
    filled,
)

BINARY = True
"""The page is bytes: it goes to a file or into a pipe, not on a terminal."""

_EPOCH = datetime(2000, 1, 1)
_ROWS = 1_000_000
"""So many rows of a stored table go on one sheet; the format allows a few more."""

_WIDEST = 60
_FONT = {"font_name": "Calibri", "font_size": 11, "valign": "vcenter"}

Book = Any
"""A workbook, a worksheet or a format of the library, which has no types."""


def page(results: Iterable[Result], paper: Paper) -> Iterator[bytes]:
    """Yield the whole workbook at once: a sheet for each table, one for prose, one for parameters."""
    found = [result for result in results if isinstance(result, Printed | Sheet)]
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    book = need("xlsxwriter", extra="excel").Workbook(file, options)
    book.set_properties({"author": "Orebook", "created": _EPOCH})
    tables = [table for result in found if isinstance(result, Printed) for table in result.tables()]
    stored = [(sheet, at) for sheet in found if isinstance(sheet, Sheet) for at in _starts(sheet)]
    titles = names([*(table.name for table in tables), *(sheet.doc for sheet, _ in stored)])
    ink = _Ink(book)
    for table, title in zip(tables, titles, strict=False):
        _table(book.add_worksheet(title), table, ink)
    for (sheet, at), title in zip(stored, titles[len(tables) :], strict=True):
        _stored(book.add_worksheet(title), sheet, at, ink)
    prose = [part for result in found if isinstance(result, Printed) for part in result.parts]
    _prose(book, [part for part in prose if isinstance(part, Passage)], ink)
    _parameters(book, [pair for result in found if isinstance(result, Printed) for pair in result.parameters], ink)
    if not book.worksheets():
        book.add_worksheet("nothing")
    book.close()
    yield file.getvalue()


def _starts(sheet: Sheet) -> range:
    return range(0, max(sheet.frame.height, 1), _ROWS)


class _Ink:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Book] = {}

    def __call__(self, **wanted: object) -> Book:
        """The format with these properties."""
        key = tuple(sorted(wanted.items(), key=lambda pair: pair[0]))
        if key not in self._made:
            self._made[key] = self._book.add_format({**_FONT, **wanted})
        return self._made[key]


def _table(sheet: Book, table: PrintedTable, ink: _Ink) -> None:
    """Write a printed table: caption, head, rows, notes."""
    top = 0
    if table.caption:
        sheet.write_string(0, 0, table.caption, ink(bold=True))
        top = 2
    for at, column in enumerate(table.columns):
        sheet.write_string(top, at, column.head, ink(bold=True, bottom=2, text_wrap=True, align=column.align))
        sheet.set_column(at, at, _width(table, at))
    for number, row in enumerate(table.rows, top + 1):
        _row(sheet, number, row, table.columns, ink)
    for number, note in enumerate(notes(table), top + 2 + len(table.rows)):
        sheet.write_string(number, 0, note, ink(font_color="#6b6b6b", font_size=10))
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _width(table: PrintedTable, at: int) -> float:
    longest = max((columns(row[at]) for row in table.cells()), default=0)
    words = max((columns(word) for word in table.columns[at].head.split()), default=0)
    return float(min(max(longest, words, 8) + 2, _WIDEST))


def _row(sheet: Book, number: int, row: PrintedRow, heads: tuple[PrintedColumn, ...], ink: _Ink) -> None:
    look: dict[str, object] = {"bold": True, "top": 1} if row.kind == "total" else {}
    for at, (cell, column) in enumerate(zip(filled(row, len(heads)), heads, strict=True)):
        indent = {"indent": row.depth} if row.depth and not at else {}
        align = "left" if row.kind == "words" else column.align
        _cell(sheet, (number, at), cell, column, ink, {**look, **indent, "align": align})


def _cell(
    sheet: Book, place: tuple[int, int], cell: PrintedCell, column: PrintedColumn, ink: _Ink, look: dict[str, object]
) -> None:
    """Write a cell: a number under a number format that shows what is printed, else words."""
    number = _number(cell, column)
    if number is None:
        if cell.text or "top" in look:
            sheet.write_string(*place, cell.text, ink(**look))
    else:
        sheet.write_number(*place, number, ink(num_format=_format(cell.text, column), **look))


def _number(cell: PrintedCell, column: PrintedColumn) -> float | None:
    """The number of a cell, as printed or unrounded as its column says; nothing for words."""
    if isinstance(cell.value, bool | str) or cell.value is None or not any(char.isdigit() for char in cell.text):
        return None
    if column.values != "printed" and cell.text[:1] not in "<>≥≤~":
        return float(cell.value)
    said = "".join(char for char in cell.text.replace("−", "-") if char.isdigit() or char in ".-")
    return -float(said) if _bracketed(cell.text) else float(said)


def _bracketed(text: str) -> bool:
    """Whether a number below nothing stands in brackets, as accountants write it."""
    return text.startswith("(") and text.endswith(")")


def _format(text: str, column: PrintedColumn) -> str:
    """The number format that shows a printed text: sign, thousands, decimals.

    >>> _format("<1,234.50", PrintedColumn("a", "A", decimals=2)), _format("-55", PrintedColumn("a", "A", decimals=0))
    ('"<"#,##0.00', '0')
    >>> _format("(1,234)", PrintedColumn("a", "A"))
    '#,##0;(#,##0)'
    """
    if _bracketed(text):
        plain = _format(text[1:-1], column)
        return f"{plain};({plain})"
    sign = text[: next((at for at, char in enumerate(text) if char.isdigit() or char in "-−"), 0)]
    digits = text[len(sign) :].lstrip("-−")
    whole = "#,##0" if "," in digits else "0"
    decimals = len(digits.partition(".")[2]) if column.decimals is None else column.decimals
    return f'"{sign}"{whole}{_point(decimals)}' if sign else whole + _point(decimals)


def _point(decimals: int) -> str:
    return f".{'0' * decimals}" if decimals else ""


def _stored(sheet: Book, table: Sheet, at: int, ink: _Ink) -> None:
    """Write rows of a stored table, every digit kept."""
    frame = table.frame.slice(at, _ROWS)
    for number, name in enumerate(frame.columns):
        sheet.write_string(0, number, name, ink(bold=True, bottom=2))
        values = frame[name].to_list()
        if not frame.schema[name].is_numeric():
            values = [None if value is None else str(value) for value in values]
        sheet.write_column(1, number, values)
        sheet.set_column(number, number, max(len(name), 8) + 2)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(frame.height, 1), max(frame.width - 1, 0))


def _prose(book: Book, parts: list[Passage], ink: _Ink) -> None:
    if not parts:
        return
    sheet = book.add_worksheet("Text")
    sheet.set_column(0, 0, 120)
    for number, part in enumerate(parts):
        strong = part.kind in ("title", "heading")
        sheet.write_string(number, 0, part.text, ink(bold=strong, text_wrap=True))


def _parameters(book: Book, pairs: list[tuple[str, str]], ink: _Ink) -> None:
    if not pairs:
        return
    sheet = book.add_worksheet("Parameters")
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 80)
    for number, (name, value) in enumerate([("Parameter", "Value"), *pairs]):
        look: dict[str, object] = {} if number else {"bold": True, "bottom": 2}
        sheet.write_string(number, 0, name, ink(**look))
        sheet.write_string(number, 1, value, ink(**look, text_wrap=True))
    sheet.freeze_panes(1, 0)
