"""Images: scanned pages as PNG, JPEG or TIFF, whose letters are recognised; needs the extra ``ocr``."""

from orebook.ground.needs import MissingError
from orebook.ground.source import Document
from orebook.reading.formats import UnreadableError
from orebook.reading.layout import Layout
from orebook.reading.paged import Writer, laid_out
from orebook.reading.paged.marks import Sheet
from orebook.reading.paged.sheet import write_sheets
from orebook.reading.scanned.pictures import BrokenPictureError, pictures
from orebook.reading.scanned.scans import Scans

ENDINGS = (".tif", ".tiff")
"""By these files are found in a folder: scans are kept as TIFF, most other images there are logos and photographs."""

_MARKS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")


def recognises(_name: str, head: bytes) -> bool:
    """Whether a file is an image: by its first bytes.

    >>> recognises("page.tif", b"II*\\x00"), recognises("page.png", b"no image")
    (True, False)
    """
    return head.startswith(_MARKS)


def opened(name: str, data: bytes) -> Document:
    """The document that the pages of an image file show.

    Raises ``UnreadableError`` for an image that cannot be decoded, in which no words are found, or that nothing
    installed can recognise.
    """
    scans, sheets = Scans(), list[Sheet]()
    try:
        for number, page in enumerate(pictures(data), start=1):
            sheets += scans.sheets(page.grey, page.width, page.height, number)
    except BrokenPictureError as trouble:
        raise UnreadableError(f"the image cannot be read ({trouble})", name, "save it anew as PNG or TIFF") from None
    except MissingError as trouble:
        raise UnreadableError("an image", name, str(trouble)) from None
    if not any(sheet.marks for sheet in sheets):
        why = "; ".join(scans.remarks) or "no words are found in the image"
        raise UnreadableError(why, name, "give a larger or clearer one")
    writer = Writer()
    write_sheets(writer, sheets)
    return writer.document(name, "image", scans.remarks)


def read(document: Document) -> Layout:
    """The blocks of the pages."""
    return laid_out(document)
