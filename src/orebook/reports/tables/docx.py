"""Tables as a Word document: real tables with captions, whose head is repeated on every page.

The same tables give the same bytes: no time of day is written into the file.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from orebook.ground.needs import need
from orebook.reports.archives import settled
from orebook.reports.pages import Result, notes, pages
from orebook.reports.paper import Paper, shown
from orebook.reports.printed import Passage, PrintedRow, PrintedTable, filled
from orebook.reports.widths import widths

BINARY = True
"""The page is bytes: it goes to a file or into a pipe, not on a terminal."""

_MOST = 1000
"""So many rows of a stored table are shown."""

_EPOCH = datetime(2000, 1, 1)
_STYLES = {"title": "Title", "heading": "Heading 1", "paragraph": "Normal", "bullet": "List Bullet"}
_WIDE = 9
"""A table of so many columns or more is set across the page."""

_INDENT = 0.15
"""A part is set in by so many inches for each level."""

_TOGETHER, _ALONE = 16, 2
"""A table of so many rows stays on one page; of a longer one so many rows do not stand alone on one."""

_LETTER, _GAP = 0.53, 2.4
"""How wide a letter is in parts of its size, and how many letters lie between two columns."""

_MARGIN = 108
"""How far a table begins left of the words around it unless it is set in, in twentieths of a point."""

_INK, _FAINT = "1B1B1B", "D6D6D6"
_BEHIND_TABLE = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
_BEHIND_CELL = ("w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")

Word = Any
"""A part of a document of the library, which has few types."""


def page(results: Iterable[Result], paper: Paper) -> Iterator[bytes]:
    """Yield the whole document at once."""
    docx = need("docx", extra="word")
    found = list(pages(results, most=_MOST))
    document = docx.Document()
    core = document.core_properties
    core.author, core.last_modified_by, core.comments = "Orebook", "Orebook", ""
    core.created = core.modified = _EPOCH
    core.title = found[0].doc if found else ""
    look(docx, document, across=any(len(table.columns) >= _WIDE for one in found for table in one.tables()))
    for printed in found:
        for part in printed.parts:
            if isinstance(part, Passage):
                document.add_paragraph(shown(part.text), style=_STYLES[part.kind])
            else:
                add_table(docx, document, part)
    file = BytesIO()
    document.save(file)
    yield settled(file.getvalue())


def look(docx: Word, document: Word, *, across: bool) -> None:
    """Set the paper and the letters."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", docx.shared.Pt(10)
    section = document.sections[0]
    if across:
        section.orientation = docx.enum.section.WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    margin = docx.shared.Cm(2)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = margin


def add_table(docx: Word, document: Word, table: PrintedTable) -> None:
    """Add a caption, a table and its notes, all on one page unless the table is long; then its end with its notes."""
    many = len(table.rows)
    if table.caption:
        caption = document.add_paragraph(shown(table.caption), style="Caption")
        caption.paragraph_format.keep_with_next = True
    grid = document.add_table(rows=1, cols=len(table.columns))
    grid.autofit = True
    size = docx.shared.Pt(9 if len(table.columns) < _WIDE else 8)
    _flag(docx, grid.rows[0], "w:cantSplit")
    _flag(docx, grid.rows[0], "w:tblHeader")
    for at, column in enumerate(table.columns):
        cell = grid.rows[0].cells[at]
        _set(docx, cell, shown(column.head), column.align, size, bold=True)
        cell.vertical_alignment = docx.enum.table.WD_ALIGN_VERTICAL.BOTTOM
        _line(docx, cell._tc.get_or_add_tcPr(), "w:tcBorders", (("bottom", 8, _INK),), _BEHIND_CELL)
    below = notes(table)
    for number, row in enumerate(table.rows, 1):
        line = _row(docx, grid.add_row(), row, table, size)
        parted = number < many and table.rows[number].depth > row.depth
        line.keep_with_next = parted or (_stays(number, many) if number < many else bool(below))
    grid.rows[0].cells[0].paragraphs[0].paragraph_format.keep_with_next = bool(table.rows)
    _plain(docx, grid)
    _widths(docx, document, grid, table, size)
    for number, note in enumerate(below, 1):
        words = document.add_paragraph(shown(note))
        words.paragraph_format.space_before = docx.shared.Pt(2 if number == 1 else 0)
        words.paragraph_format.space_after = docx.shared.Pt(0)
        words.paragraph_format.keep_with_next = number < len(below)
        words.runs[0].font.size = docx.shared.Pt(8)
    gap = document.add_paragraph()
    gap.paragraph_format.space_after = docx.shared.Pt(0)


def _stays(number: int, many: int) -> bool:
    """Whether a row stands on the page of the next."""
    return many <= _TOGETHER or number < _ALONE or number > many - _ALONE


def _widths(docx: Word, document: Word, grid: Word, table: PrintedTable, size: Word) -> None:
    """Give each column the room that its cells need, within the margins, beginning where the words around begin."""
    section = document.sections[0]
    letter = size.pt * _LETTER
    room = docx.shared.Emu(section.page_width - section.left_margin - section.right_margin).pt
    found = [docx.shared.Pt(each * letter) for each in widths(table, room / letter, _GAP)]
    for column, wide in zip(grid.columns, found, strict=True):
        column.width = wide
    for line in grid._tbl.tr_lst:
        at = 0
        for cell in line.tc_lst:
            cell.width = docx.shared.Emu(sum(found[at : at + cell.grid_span]))
            at += cell.grid_span
    set_in = docx.oxml.OxmlElement("w:tblInd")
    set_in.set(docx.oxml.ns.qn("w:w"), str(_MARGIN))
    set_in.set(docx.oxml.ns.qn("w:type"), "dxa")
    grid._tbl.tblPr.insert_element_before(set_in, "w:tblBorders", *_BEHIND_TABLE)


def _row(docx: Word, line: Word, row: PrintedRow, table: PrintedTable, size: Word) -> Word:
    """Fill a row, words at its end run across the columns that are left; the format of its first paragraph."""
    _flag(docx, line, "w:cantSplit")
    cells = list(line.cells)
    first = cells[0].paragraphs[0].paragraph_format
    last = len(row.cells) - 1
    if row.kind == "words" and last < len(cells) - 1:
        cells[last] = cells[last].merge(cells[-1])
        del cells[last + 1 :]
    for at, (cell, said) in enumerate(zip(cells, filled(row, len(cells)), strict=True)):
        align = "left" if row.kind == "words" else table.columns[at].align
        _set(docx, cell, shown(said.text), align, size, bold=row.kind == "total")
        if row.depth and not at:
            first.left_indent = docx.shared.Inches(_INDENT * row.depth)
    return first


def _set(docx: Word, cell: Word, words: str, align: str, size: Word, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = getattr(docx.enum.text.WD_ALIGN_PARAGRAPH, align.upper())
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = docx.shared.Pt(1)
    paragraph.paragraph_format.line_spacing = 1.0
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, size


def _flag(docx: Word, line: Word, name: str) -> None:
    """Set a property of a row that the library has no word for."""
    line._tr.get_or_add_trPr().append(docx.oxml.OxmlElement(name))


def _plain(docx: Word, grid: Word) -> None:
    """Lines above and below the table, below its head and between its rows, and no others."""
    edges = (("top", 8, _INK), ("bottom", 8, _INK), ("insideH", 4, _FAINT))
    _line(docx, grid._tbl.tblPr, "w:tblBorders", edges, _BEHIND_TABLE)


def _line(
    docx: Word, holder: Word, name: str, edges: tuple[tuple[str, int, str], ...], behind: tuple[str, ...]
) -> None:
    """Draw lines along edges, each with its width in eighths of a point and its colour.

    ``behind`` are the properties that the format wants after this one.
    """
    borders = docx.oxml.OxmlElement(name)
    for edge, size, colour in edges:
        line = docx.oxml.OxmlElement(f"w:{edge}")
        for key, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", colour)):
            line.set(docx.oxml.ns.qn(f"w:{key}"), value)
        borders.append(line)
    holder.insert_element_before(borders, *behind)
