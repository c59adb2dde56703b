"""Text that holds tables in tags: the text is read as text, the tables as a page has them."""

import re

from orebook.ground.source import Document
from orebook.reading.formats.html import tags
from orebook.reading.layout import Block
from orebook.reading.layout.blocks import blocks
from orebook.reading.layout.lines import lines
from orebook.reading.layout.markup import page_blocks

_TABLE = re.compile(r"<[tT][aA][bB][lL][eE]\b")
"""Sets of two letters, because places that begin with one sign are found by that sign, and with any case by none."""
_END = re.compile(r"</table\s{0,5}>", re.IGNORECASE)


def mixed_blocks(document: Document, begin: int = 0) -> list[Block]:
    """The blocks of a text from an offset on.

    >>> text = "We found ore.\\n<table><tr><td>Hole<td>Au<tr><td>A1<td>2.0</table>\\nIt is good."
    >>> [block.kind for block in mixed_blocks(Document("a.md", text))]
    ['paragraph', 'table', 'paragraph']
    """
    found: list[Block] = []
    at = begin
    while opening := _TABLE.search(document.text, at):
        closing = _END.search(document.text, opening.end())
        if closing is None:
            break
        found.extend(blocks(document, lines(document.text, at, opening.start())))
        inside = document.text[opening.start() : closing.end()]
        shifted = [
            tag._replace(start=tag.start + opening.start(), end=tag.end + opening.start()) for tag in tags(inside)
        ]
        found.extend(page_blocks(document, shifted, opening.start(), closing.end()))
        at = closing.end()
    found.extend(blocks(document, lines(document.text, at)))
    return found
