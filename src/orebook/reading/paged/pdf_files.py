"""PDF files: from their bytes to a document, page by page."""

from orebook.ground.source import Document
from orebook.reading.formats import UnreadableError
from orebook.reading.paged import Writer
from orebook.reading.paged.marks import Sheet
from orebook.reading.paged.pdfium import BrokenPdfError
from orebook.reading.paged.pdfium import opened as pdf
from orebook.reading.paged.sheet import write_sheets
from orebook.reading.scanned.scans import Scans

MOST_PAGES = 1_500
"""The longest technical reports have fewer pages."""


def opened(name: str, data: bytes) -> Document:
    """The document that a PDF file is.

    A file with very many pages is read up to a limit, and pages that are damaged are left out; the document's remarks
    say so. Raises ``UnreadableError`` for a file that cannot be opened, or in which no words are found.
    """
    scans, sheets, remarks = Scans(), list[Sheet](), list[str]()
    try:
        with pdf(data) as file:
            count = min(len(file), MOST_PAGES)
            if count < len(file):
                remarks.append(f"of {len(file):,} pages only the first {count:,} are read")
            for number in range(1, count + 1):
                try:
                    sheets += scans.completed(file, number, file.sheets(number))
                except BrokenPdfError as trouble:
                    remarks.append(f"page {number} cannot be read: {trouble}")
    except BrokenPdfError as trouble:
        instead = "save it without one" if "password" in str(trouble) else "save it anew"
        raise UnreadableError(f"the PDF cannot be opened: {trouble}", name, instead) from None
    remarks += scans.remarks
    if not any(sheet.marks for sheet in sheets):
        raise UnreadableError("; ".join(remarks[:3]) or "no words are found in the PDF", name, "give its text")
    writer = Writer()
    write_sheets(writer, sheets)
    return writer.document(name, "pdf", remarks)
