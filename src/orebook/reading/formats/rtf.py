"""RTF: files that many word processors write."""

from importlib import import_module

from orebook.ground.source import Document
from orebook.reading.layout import Layout
from orebook.reading.paged import laid_out

ENDINGS = (".rtf",)
"""By these files are found in a folder."""


def recognises(_name: str, head: bytes) -> bool:
    """Whether a file is RTF: by its first bytes.

    >>> recognises("a.doc", rb"{\\rtf1\\ansi words}"), recognises("a.rtf", b"words")
    (True, False)
    """
    return head.lstrip().startswith(rb"{\rtf")


def opened(name: str, data: bytes) -> Document:
    """The document in an RTF file; only whoever reads one loads what it takes.

    Raises ``UnreadableError`` for a file without words.
    """
    document: Document = import_module("orebook.reading.docx.rich_text").opened(name, data)
    return document


def read(document: Document) -> Layout:
    """The blocks of the document."""
    return laid_out(document)
