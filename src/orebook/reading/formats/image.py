"""Images: scanned pages as PNG, JPEG or TIFF, whose letters are recognised; needs the extra ``ocr``."""

from importlib import import_module

from orebook.ground.source import Document
from orebook.reading.layout import Layout
from orebook.reading.paged import laid_out

ENDINGS = (".tif", ".tiff")
"""By these files are found in a folder: scans are kept as TIFF, most other images there are logos and photographs."""

_MARKS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")

NAMED = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp")
"""What bears such a name and is none is refused: it came damaged, or is another file."""


def recognises(_name: str, head: bytes) -> bool:
    """Whether a file is an image: by its first bytes.

    >>> recognises("page.tif", b"II*\\x00"), recognises("page.png", b"no image")
    (True, False)
    """
    return head.startswith(_MARKS)


def opened(name: str, data: bytes) -> Document:
    """The document that the pages of an image file show; only whoever reads one loads what it takes.

    Raises ``UnreadableError`` for an image that cannot be decoded, in which no words are found, or that nothing
    installed can recognise.
    """
    document: Document = import_module("orebook.reading.scanned.image_files").opened(name, data)
    return document


def read(document: Document) -> Layout:
    """The blocks of the pages."""
    return laid_out(document)
