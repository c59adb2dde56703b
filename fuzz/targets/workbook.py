"""Workbooks for a book: parts of a sound XLSX."""

import io
from collections.abc import Iterator
from datetime import datetime

import xlsxwriter

from fuzz.mutators import zip_mutator
from fuzz.seeds import known
from fuzz.targets.tables import taken_in

LONGEST = 120_000
WORDS = known("workbook")


def seeds() -> Iterator[bytes]:
    """Small workbooks: numbers, words, formulas, dates, merged cells, several sheets."""
    for sheets in (1, 2):
        file = io.BytesIO()
        book = xlsxwriter.Workbook(file, {"in_memory": True})
        for number in range(sheets):
            sheet = book.add_worksheet(f"Assays{number}")
            for at, row in enumerate(
                (["Hole", "From (m)", "To (m)", "Au_ppm"], [34873, 0, 1.5, "<0.01"], ["KR-1", "1.5", 3, 0.25])
            ):
                sheet.write_row(at, 0, row)
            sheet.write_formula(3, 3, "=D2*2", value=0.5)
            sheet.write_boolean(4, 0, True)
            sheet.write_datetime(5, 0, datetime(2011, 3, 1), book.add_format({"num_format": "mmm-yy"}))
            sheet.merge_range(6, 0, 7, 2, "merged")
        book.close()
        yield file.getvalue()


mutated = zip_mutator(WORDS, next(seeds()))


def once(data: bytes) -> None:
    """A workbook becomes a table and a list of what was rejected."""
    taken_in("a.xlsx", data)
