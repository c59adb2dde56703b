"""Image files: from their bytes to a document, page by page."""

from orebook.ground.needs import MissingError
from orebook.ground.source import Document
from orebook.reading.formats import UnreadableError
from orebook.reading.paged import Writer
from orebook.reading.paged.marks import Sheet
from orebook.reading.paged.sheet import write_sheets
from orebook.reading.scanned.pictures import BrokenPictureError, pictures
from orebook.reading.scanned.scans import Scans
from orebook.reading.scanned.tesseract import version


def opened(name: str, data: bytes) -> Document:
    """The document that the pages of an image file show.

    Raises ``UnreadableError`` for an image that cannot be decoded, in which no words are found, or that nothing
    installed can recognise.
    """
    scans, sheets = Scans(), list[Sheet]()
    try:
        version()
        for number, page in enumerate(pictures(data), start=1):
            sheets += scans.sheets(page.grey, page.width, page.height, number)
    except BrokenPictureError as trouble:
        raise UnreadableError(f"the image cannot be read ({trouble})", name, "save it anew as PNG or TIFF") from None
    except MissingError as trouble:
        what, _, instead = str(trouble).partition("; ")
        raise UnreadableError(f"an image; {what}", name, instead) from None
    if not any(sheet.marks for sheet in sheets):
        why = "; ".join(scans.remarks) or "no words are found in the image"
        raise UnreadableError(why, name, "give a larger or clearer one")
    writer = Writer()
    write_sheets(writer, sheets)
    return writer.document(name, "image", scans.remarks)
