"""From the parts of a file to the blocks of a release."""

from orebook.ground.source import Document
from orebook.reading.layout import Block, Cell, Layout, Table
from orebook.reading.layout.blocks import blocks, table_block
from orebook.reading.layout.boilerplate import settle
from orebook.reading.layout.captions import bind
from orebook.reading.layout.lines import lines
from orebook.reading.layout.tables import table
from orebook.reading.paged.document import PagedDocument, Part
from orebook.reading.text import inline


def laid_out(document: Document) -> Layout:
    """The blocks of a document of pages or parts, tables among them.

    >>> from orebook.reading.paged.writing import Word, Writer
    >>> writer = Writer()
    >>> writer.heading([Word("Drilling")])
    >>> writer.line([Word("We"), Word("found"), Word("ore.")])
    >>> [block.kind for block in laid_out(writer.document("a.pdf", "pdf")).blocks]
    ['heading', 'paragraph']
    """
    found: list[Block] = []
    asides: list[Block] = []
    for part in document.parts if isinstance(document, PagedDocument) else (Part("text", 0, len(document.text)),):
        if part.kind == "table":
            found.append(table_block(_table(document, part)))
        elif part.kind == "aside":
            words = inline(document.text, part.start, part.end, markup=False)
            asides.append(Block("paragraph", words, part="tail"))
        elif part.kind == "heading":
            found.append(Block("heading", inline(document.text, part.start, part.end, markup=False), level=part.level))
        else:
            found.extend(blocks(document, lines(document.text, part.start, part.end)))
    found = bind(document.text, found)
    settle(found, _turns(document))
    return Layout(document, _merged(found, asides))


def _turns(document: Document) -> list[int]:
    """Where the pages of a document begin in its text."""
    if not isinstance(document, PagedDocument) or not document.words.boxes:
        return []
    words = document.words
    return [start for at, start in enumerate(words.starts) if not at or words.sites[at] != words.sites[at - 1]]


def _merged(found: list[Block], asides: list[Block]) -> list[Block]:
    """Blocks in the order of the text, with what stands aside, which neither captions nor headings may see."""
    if not asides:
        return found
    return sorted([*found, *asides], key=lambda block: block.text.start)


def _table(document: Document, part: Part) -> Table:
    rows = [
        [Cell(inline(document.text, slot.start, slot.end, markup=False), slot.column, slot.span) for slot in row]
        for row in part.rows
    ]
    return table(rows, "page", part.start, part.end, part.heads)
