"""PDF: announcements, financial statements and technical reports as their issuers print them."""

from importlib import import_module

from orebook.ground.source import Document
from orebook.reading.layout import Layout
from orebook.reading.paged import laid_out

ENDINGS = (".pdf",)
"""By these files are found in a folder."""

NAMED = (".pdf",)
"""What bears such a name and is none is refused: it came damaged, or is another file."""


def recognises(name: str, head: bytes) -> bool:
    """Whether a file is a PDF: by its first bytes, before which some mailers put others."""
    at = head.find(b"%PDF-", 0, 1024)
    return at == 0 or (at > 0 and name.lower().endswith(".pdf"))


def opened(name: str, data: bytes) -> Document:
    """The document that a PDF file is; only whoever reads one loads what it takes.

    Raises ``UnreadableError`` for a file that cannot be opened, or in which no words are found.
    """
    document: Document = import_module("orebook.reading.paged.pdf_files").opened(name, data)
    return document


def read(document: Document) -> Layout:
    """The blocks of a PDF."""
    return laid_out(document)
