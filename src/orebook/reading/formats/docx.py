"""DOCX: the files of word processors."""

from importlib import import_module

from orebook.ground.source import Document
from orebook.reading.layout import Layout
from orebook.reading.paged import laid_out

ENDINGS = (".docx", ".docm", ".dotx", ".dotm", ".doc")
"""By these files are found in a folder; a DOC is found so that somebody hears that it cannot be read."""

_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

NAMED = (".docx", ".docm", ".dotx", ".dotm")
"""What bears such a name and is none is refused: it came damaged, or is another file."""


def recognises(_name: str, head: bytes) -> bool:
    """Whether a file is one of a word processor, or an archive of anything: by its first bytes.

    >>> recognises("a.docx", b"PK\\x03\\x04"), recognises("a.docx", b"words")
    (True, False)
    """
    return head.startswith(_MARKS)


def opened(name: str, data: bytes) -> Document:
    """The document in a file; only whoever reads one loads what it takes.

    Raises ``UnreadableError`` for what is locked, damaged, or no document of a word processor.
    """
    document: Document = import_module("orebook.reading.docx.files").opened(name, data)
    return document


def read(document: Document) -> Layout:
    """The blocks of a document that a word processor wrote."""
    return laid_out(document)
