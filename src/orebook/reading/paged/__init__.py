"""Files that are no text: their words are written into one text, and every word keeps its page and box."""

from orebook.reading.paged.document import PagedDocument, Part, Slot
from orebook.reading.paged.layout import laid_out
from orebook.reading.paged.writing import Cell, Run, Word, Writer

__all__ = ["Cell", "PagedDocument", "Part", "Run", "Slot", "Word", "Writer", "laid_out"]
