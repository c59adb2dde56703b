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
    """Add a caption, a table and its notes."""
    if table.caption:
        caption = document.add_paragraph(shown(table.caption), style="Caption")
        caption.paragraph_format.keep_with_next = True
    grid = document.add_table(rows=1, cols=len(table.columns))
    grid.autofit = True
    _flag(docx, grid.rows[0], "w:tblHeader")
    for at, column in enumerate(table.columns):
        _set(docx, grid.rows[0].cells[at], shown(column.head), column.align, bold=True)
        _line(docx, grid.rows[0].cells[at]._tc.get_or_add_tcPr(), "w:tcBorders", (("bottom", 8, _INK),), _BEHIND_CELL)
    for row in table.rows:
        _row(docx, grid.add_row(), row, table)
    _plain(docx, grid)
    for note in notes(table):
        words = document.add_paragraph(shown(note))
        words.paragraph_format.space_after = docx.shared.Pt(0)
        words.runs[0].font.size = docx.shared.Pt(8)
    document.add_paragraph()


def _row(docx: Word, line: Word, row: PrintedRow, table: PrintedTable) -> None:
    """Fill a row; words at its end run across the columns that are left."""
    _flag(docx, line, "w:cantSplit")
    cells = list(line.cells)
    last = len(row.cells) - 1
    if row.kind == "words" and last < len(cells) - 1:
        cells[last] = cells[last].merge(cells[-1])
        del cells[last + 1 :]
    for at, (cell, said) in enumerate(zip(cells, filled(row, len(cells)), strict=True)):
        align = "left" if row.kind == "words" else table.columns[at].align
        _set(docx, cell, shown(said.text), align, bold=row.kind == "total")
        if row.depth and not at:
            cell.paragraphs[0].paragraph_format.left_indent = docx.shared.Inches(_INDENT * row.depth)


def _set(docx: Word, cell: Word, words: str, align: str, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = getattr(docx.enum.text.WD_ALIGN_PARAGRAPH, align.upper())
    paragraph.paragraph_format.space_after = docx.shared.Pt(0)
    paragraph.add_run(words).bold = bold


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
