"""Plain text: news releases as wires and exchanges send them."""

from orebook.ground.source import Document
from orebook.reading.formats._mixed import mixed_blocks
from orebook.reading.layout import Layout
from orebook.reading.layout.boilerplate import settle
from orebook.reading.layout.captions import bind

_SUFFIXES = (".txt", ".text", ".asc", ".log")


def recognises(name: str, head: bytes) -> bool:
    """Whether a file is plain text by its name; what nothing else recognises is read as plain text too."""
    return bool(head) and name.lower().endswith(_SUFFIXES)


def read(document: Document) -> Layout:
    """The blocks of a plain text.

    >>> [block.kind for block in read(Document("a.txt", "Ore Found At Last\\n\\nWe found it.\\n")).blocks]
    ['title', 'paragraph']
    """
    found = bind(document.text, mixed_blocks(document))
    settle(found)
    return Layout(document, found)
