"""Text tables: CSV, TSV, semicolons, strokes or blanks between the cells; preambles, units, quotes, ragged rows."""

import csv
import io
from concurrent.futures import Future

import polars as pl

from orebook.book.files import HEAD, LINE, RawTable
from orebook.book.files._content import Content, whole
from orebook.book.files._decoding import INSTEAD, decode, sign_of
from orebook.book.files._delimited import DelimitedCells, row_of
from orebook.book.files._seen import seen
from orebook.book.files._shape import Line, Shape, delimiter_of, is_number, shape
from orebook.reading.formats import UnreadableError

_SAMPLED, _BLOCKS, _BLOCK = 400, 17, 2048


def recognises(name: str, head: bytes) -> bool:
    """Whether a file may be text: nothing at its start says that it is something else.

    >>> recognises("a.csv", b"hole,from"), recognises("a.csv", b"%PDF-1.7")
    (True, False)
    """
    return bool(name) and not sign_of(head)


def sheets(name: str, data: Content) -> tuple[str, ...]:
    """A text is one table, which has no name."""
    return ("",) if name or data else ()


def read(name: str, data: Content, digest: "Future[str]", *, sheet: str = "", header: int | None = None) -> RawTable:
    """The table of a text file. A text has one sheet, so that ``sheet`` must be empty."""
    if sheet:
        raise UnreadableError(f"a text has no sheets, and {sheet!r} was asked for", name, "leave the sheet out")
    text: Content
    text, encoding, remarks, found_in = decode(name, data)
    head = text[: HEAD + 1].decode("utf-8", "ignore")
    lines = (head if len(text) <= HEAD else head[: head.rfind("\n") + 1] or head).splitlines()
    delimiter = delimiter_of(lines[:_SAMPLED])
    if not delimiter and (blanks := _tabbed(text, lines)):
        text, delimiter, remarks = blanks, "\t", (*remarks, "cells are separated by blanks")
        found_in = seen(text)
        lines = text[:HEAD].decode("utf-8", "ignore").splitlines()
    if not delimiter:
        raise UnreadableError("no table: nothing stands between cells", name, INSTEAD)
    rows = _rows("\n".join(lines), delimiter)
    found = _widened(shape(rows, header), rows)
    if not found.header:
        raise UnreadableError(f"no head on line {header}", name, "give the line of the head, or 0 when there is none")
    cells = DelimitedCells.of(text, found.first, delimiter, len(found.header), found_in)
    sample = [row for row in rows if row.line >= found.first and any(row.cells)][:_SAMPLED]
    spread = _spread(cells)
    return RawTable(
        name=name,
        format="csv",
        header=found.header,
        units=found.units,
        header_line=found.header_line,
        preamble=found.preamble,
        sample=_sample(sample, spread, len(found.header)),
        cells=cells,
        digest=digest,
        size=len(data),
        encoding=encoding,
        delimiter=delimiter,
        decimal=_decimal([cell for row in (*sample, *spread) for cell in row.cells], delimiter),
        remarks=(*remarks, *cells.remarks),
    )


def _rows(text: str, delimiter: str) -> list[Line]:
    """The rows of some text, each with the line that it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found, line = [], 1
    try:
        for cells in reader:
            found.append(Line(line, cells))
            line = reader.line_num + 1
    except csv.Error:
        return [Line(at, each.split(delimiter)) for at, each in enumerate(text.splitlines(), 1)]
    return found


def _widened(found: Shape, rows: list[Line]) -> Shape:
    """A head as wide as its rows: columns without a head at the end are columns, too."""
    widths = [len(row.cells) for row in rows if row.line >= found.first and any(row.cells)]
    usual = max(set(widths), key=widths.count) if widths else len(found.header)
    if 2 * widths.count(usual) <= len(widths):
        usual = len(found.header)
    head, units = list(found.header), list(found.units)
    while len(head) > usual and not head[-1]:
        head.pop()
    head += [""] * (usual - len(head))
    units = (units + [""] * len(head))[: len(head)]
    return found._replace(header=tuple(head), units=tuple(units))


def _tabbed(text: Content, lines: list[str]) -> bytes:
    """A text whose cells stand apart by blanks, with a tab between them; nothing when its rows do not agree."""
    widths = [len(line.split()) for line in lines[:_SAMPLED] if line.strip()]
    usual = max(set(widths), key=widths.count) if widths else 0
    if usual < 2 or widths.count(usual) < 0.9 * len(widths) or len(widths) < 2:
        return b""
    return b"\n".join(b"\t".join(line.split()) for line in whole(text).split(b"\n"))


def _spread(cells: DelimitedCells) -> list[Line]:
    """Rows from all over a large file, so that what only its end holds is seen as well."""
    room = len(cells.content) - cells.start
    if room < 2 * HEAD:
        return []
    found = []
    for block in range(1, _BLOCKS):
        at = cells.start + room * block // _BLOCKS
        text = cells.content[at : at + _BLOCK]
        lines = text[text.find(b"\n") + 1 : text.rfind(b"\n") + 1]
        found += [row for row in row_of(lines, cells.delimiter) if len(row) == cells.width]
    return [Line(0, row) for row in found]


def _sample(rows: list[Line], spread: list[Line], width: int) -> pl.DataFrame:
    """Some rows as text, cut or filled to the width of the table."""
    both = [*rows, *spread]
    columns = {
        str(at): pl.Series([row.cells[at] if at < len(row.cells) else "" for row in both], dtype=pl.String)
        for at in range(width)
    }
    return pl.DataFrame({LINE: pl.Series([row.line or None for row in both], dtype=pl.Int64), **columns})


def _decimal(cells: list[str], delimiter: str) -> str:
    """The decimal mark that numbers show; nothing when they show none, or both."""
    numbers = [cell for cell in cells if is_number(cell)]
    commas, points = any("," in cell for cell in numbers), any("." in cell for cell in numbers)
    if delimiter == "," or not commas:
        return "." if points or not commas else ""
    return "" if points else ","
