"""Time the reading of PDF files beside the PDF library itself and beside other readers, in turns in one run.

    python benchmarks/reading_pdf.py [--rounds 3] [FOLDER-OR-FILE ...]

Without a folder the PDFs with known tables beside the checkout are taken. Readers that are not installed (pdfplumber,
markitdown) are left out, and it says so. Read the ratios: the seconds are those of one machine on one day, CPU seconds
of one core. Files that hold scanned pages time the recognition of letters instead: leave them out.
"""

import argparse
import io
from pathlib import Path
from statistics import median

import pypdfium2

from in_turns import Reader, files, installed, spent
from orebook.reading.formats import layout, open_document
from orebook.reading.paged.pdfium import opened

BESIDE = Path(__file__).parents[2] / "shared" / "data" / "tables" / "pdf"


def library(_: str, data: bytes) -> object:
    """The bare text of every page by the library alone."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()


def bare(_: str, data: bytes) -> object:
    """The bare text of every page through our door."""
    with opened(data) as pdf:
        return [pdf.text(number) for number in range(1, len(pdf) + 1)]


def words(_: str, data: bytes) -> object:
    """Words with boxes, and rules."""
    with opened(data) as pdf:
        return [pdf.sheets(number) for number in range(1, len(pdf) + 1)]


def document(name: str, data: bytes) -> object:
    """The document: words, tables, prose in reading order, every word with its place."""
    return open_document(name, data)


def release(name: str, data: bytes) -> object:
    """The document and its layout, as the readers of facts take it."""
    return layout(open_document(name, data))


def plumber(_: str, data: bytes) -> object:
    """Text and tables by pdfplumber."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [(page.extract_text(), page.extract_tables()) for page in pdf.pages]


def markdown(_: str, data: bytes) -> object:
    """Markdown by markitdown."""
    from markitdown import MarkItDown

    return MarkItDown().convert_stream(io.BytesIO(data), file_extension=".pdf").text_content


OURS: dict[str, Reader] = {
    "pdfium, text": library,
    "orebook, bare text": bare,
    "orebook, words and rules": words,
    "orebook, words and tables": document,
    "orebook, layout of a release": release,
}
OTHERS: dict[str, tuple[str, Reader]] = {
    "pdfplumber, text and tables": ("pdfplumber", plumber),
    "markitdown": ("markitdown", markdown),
}


def pages(some: list[tuple[str, bytes]]) -> int:
    """How many pages they have."""
    count = 0
    for _, data in some:
        with opened(data) as pdf:
            count += len(pdf)
    return count


def main() -> None:
    """Time all readers in turns and print a table."""
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("paths", nargs="*")
    given = ask.parse_args()
    some = files(given.paths, BESIDE, ".pdf")
    took = spent(installed(OURS, OTHERS), some, given.rounds)
    count, base = pages(some), median(took["pdfium, text"])
    ours = median(took["orebook, words and tables"])
    print(f"{len(some)} files, {count} pages, {given.rounds} turns\n")
    print("| reader | pages a CPU second | ÷ pdfium's text | ÷ our words and tables |\n|---|--:|--:|--:|")
    for name, turns in took.items():
        print(f"| {name} | {count / median(turns):,.0f} | {median(turns) / base:.2f} | {median(turns) / ours:.2f} |")


if __name__ == "__main__":
    main()
