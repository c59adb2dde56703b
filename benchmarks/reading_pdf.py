"""Time the reading of PDF files beside the PDF library itself and beside other readers, in turns in one run.

    python benchmarks/reading_pdf.py [--rounds 3] [FOLDER-OR-FILE ...]

Without a folder the PDFs with known tables beside the checkout are taken. Readers that are not installed (pdfplumber,
markitdown) are left out, and it says so. Read the ratios: the seconds are those of one machine on one day, CPU seconds
of one core. Files that hold scanned pages time the recognition of letters instead: leave them out.
"""

import argparse
import importlib.util
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pypdfium2

from orebook.reading.formats import layout, open_document
from orebook.reading.paged.pdfium import opened

BESIDE = Path(__file__).parents[2] / "shared" / "data" / "tables" / "pdf"
Reader = Callable[[str, bytes], object]


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


def files(given: list[str]) -> list[tuple[str, bytes]]:
    """The PDF files of some folders, in memory."""
    found: list[Path] = []
    for path in map(Path, given or [str(BESIDE)]):
        found += sorted(path.rglob("*.pdf")) if path.is_dir() else [path]
    return [(path.name, path.read_bytes()) for path in found]


def pages(some: list[tuple[str, bytes]]) -> int:
    """How many pages they have."""
    count = 0
    for _, data in some:
        with opened(data) as pdf:
            count += len(pdf)
    return count


def timed(reader: Reader, some: list[tuple[str, bytes]]) -> float:
    """CPU seconds to read all files once."""
    begin = time.process_time()
    for name, data in some:
        reader(name, data)
    return time.process_time() - begin


def main() -> None:
    """Time all readers in turns and print a table."""
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("paths", nargs="*")
    given = ask.parse_args()
    some = files(given.paths)
    if not some:
        sys.exit("no PDF file there")
    readers = dict(OURS)
    for name, (module, reader) in OTHERS.items():
        if importlib.util.find_spec(module):
            readers[name] = reader
        else:
            print(f"{module} is not installed: left out", file=sys.stderr)
    for reader in readers.values():
        reader(*some[0])
    spent: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(given.rounds):
        for name, reader in readers.items():
            spent[name].append(timed(reader, some))
    count, base = pages(some), median(spent["pdfium, text"])
    ours = median(spent["orebook, words and tables"])
    print(f"{len(some)} files, {count} pages, {given.rounds} turns\n")
    print("| reader | pages a CPU second | ÷ pdfium's text | ÷ our words and tables |\n|---|--:|--:|--:|")
    for name, took in spent.items():
        print(f"| {name} | {count / median(took):,.0f} | {median(took) / base:.2f} | {median(took) / ours:.2f} |")


if __name__ == "__main__":
    main()
