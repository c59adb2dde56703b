"""Sheets: from the words and rules of pages to prose in reading order, headings and tables."""

from collections.abc import Iterator, Sequence

from orebook.ground.telling import counted
from orebook.reading.paged.flow import Block, Flow, Tabulated
from orebook.reading.paged.marks import Mark, Rule, Sheet
from orebook.reading.paged.pages import Page, body_height
from orebook.reading.paged.printing import Passage
from orebook.reading.paged.running import running
from orebook.reading.paged.writing import Cell, Writer

__all__ = ["Mark", "Rule", "Sheet", "write_sheets"]


def write_sheets(writer: Writer, sheets: Sequence[Sheet]) -> None:
    """Write what stands on some sheets of one document: prose in reading order, headings and tables.

    >>> writer = Writer()
    >>> write_sheets(writer, [Sheet(1, 612, 792, [Mark(72, 72, 90, 84, "Good"), Mark(94, 72, 110, 84, "ore.")])])
    >>> writer.document("a.pdf", "pdf").text
    'Good ore.\\n\\n'
    """
    pages = [Page.of(sheet) for sheet in counted(sheets, "pages are laid out")]
    asides = running(sheets, [page.rows for page in pages])
    body = body_height(pages)
    flow = Flow()
    for page, aside in zip(pages, asides, strict=True):
        page.flow_into(flow, aside, body, first=page is pages[0])
    _write(writer, flow.finished())


def _write(writer: Writer, blocks: Sequence[Block]) -> None:
    for at, block in enumerate(blocks):
        if isinstance(block, Tabulated):
            _write_table(writer, block)
            continue
        _write_passage(writer, block)
        if block.kind not in ("aside", "heading") and at + 1 < len(blocks) and not block.goes_on:
            writer.gap()


def _write_passage(writer: Writer, passage: Passage) -> None:
    sheet = passage.sheet
    writer.at_page(sheet.number, origin=sheet.origin)
    if passage.kind == "heading":
        writer.heading(sheet.written([mark for line in passage.lines for mark in line.marks]), passage.level)
    elif passage.kind == "aside":
        writer.aside(sheet.written(line.marks) for line in passage.lines)
    else:
        marks = [mark for line in passage.lines for mark in line.marks]
        writer.lines(sheet.written(marks), [line.text for line in passage.lines])


def _write_table(writer: Writer, found: Tabulated) -> None:
    def rows() -> Iterator[list[Cell]]:
        for row, sheet in zip(found.table.rows, found.sheets, strict=True):
            writer.at_page(sheet.number, origin=sheet.origin)
            yield [Cell(sheet.written(cell.marks), cell.column, cell.span, cell.rows) for cell in row]

    writer.table(rows(), found.table.heads)
