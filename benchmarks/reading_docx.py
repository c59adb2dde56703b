"""Time the reading of DOCX files beside a bare walk through their XML and beside other readers, in turns in one run.

    python benchmarks/reading_docx.py [--rounds 30] [FOLDER-OR-FILE ...]

Without a folder the DOCX files with known tables beside the checkout are taken. The bare walk takes the words of
paragraphs and cells out of ``word/document.xml`` with lxml; it knows no styles, lists, notes, headers or
places. Readers that are not installed (python-docx, markitdown) are left out, and it says so. Read the
ratios: the best of all turns counts, since whatever else the machine does only adds.
"""

import argparse
import io
import zipfile
from pathlib import Path

from lxml import etree

from in_turns import Reader, files, installed, spent
from orebook.reading.formats import layout, open_document

BESIDE = Path(__file__).parents[2] / "shared" / "data" / "tables" / "docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def walk(_: str, data: bytes) -> object:
    """The words of every paragraph and cell, in order."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    found: list[object] = []
    for block in root[0]:
        if block.tag == f"{W}p":
            found.append("".join(text.text or "" for text in block.iter(f"{W}t")))
        elif block.tag == f"{W}tbl":
            found.extend(row(each) for each in block.iter(f"{W}tr"))
    return found


def row(element: etree._Element) -> list[str]:
    """The cells of a row, an empty one for every further column that one covers."""
    cells: list[str] = []
    for cell in element.iter(f"{W}tc"):
        words = ("".join(text.text or "" for text in each.iter(f"{W}t")) for each in cell.iter(f"{W}p"))
        cells.append("\n".join(words))
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        cells += [""] * (int(span.get(f"{W}val")) - 1 if span is not None else 0)
    return cells


def document(name: str, data: bytes) -> object:
    """The document: its text, its tables, the place of every paragraph and cell."""
    return open_document(name, data)


def release(name: str, data: bytes) -> object:
    """The document and its layout, as the readers of facts take it."""
    return layout(open_document(name, data))


def python_docx(_: str, data: bytes) -> object:
    """Paragraphs and cells by python-docx."""
    import docx

    whole = docx.Document(io.BytesIO(data))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in whole.tables]
    return [paragraph.text for paragraph in whole.paragraphs], tables


def markdown(_: str, data: bytes) -> object:
    """Markdown by markitdown."""
    from markitdown import MarkItDown

    return MarkItDown().convert_stream(io.BytesIO(data), file_extension=".docx").text_content


OURS: dict[str, Reader] = {
    "bare walk with lxml": walk,
    "orebook, document": document,
    "orebook, layout of a release": release,
}
OTHERS: dict[str, tuple[str, Reader]] = {"python-docx": ("docx", python_docx), "markitdown": ("markitdown", markdown)}


def main() -> None:
    """Time all readers in turns and print a table."""
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--rounds", type=int, default=30)
    ask.add_argument("paths", nargs="*")
    given = ask.parse_args()
    some = files(given.paths, BESIDE, ".docx")
    took = spent(installed(OURS, OTHERS), some, given.rounds)
    best = {name: min(turns) for name, turns in took.items()}
    base = best["bare walk with lxml"]
    print(f"{len(some)} files, {given.rounds} turns\n")
    print("| reader | documents a CPU second | ÷ the bare walk |\n|---|--:|--:|")
    for name, took in best.items():
        print(f"| {name} | {len(some) / took:,.0f} | {took / base:.2f} |")


if __name__ == "__main__":
    main()
