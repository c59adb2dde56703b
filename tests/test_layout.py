"""Layout: every word that comes out stands in the document where its place says."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.ground.source import Document
from orebook.reading.formats import layout, open_document
from orebook.reading.layout import KINDS, PARTS, Layout
from orebook.reading.layout.lines import lines
from orebook.reading.text import Text, cleaned, inline, joined, tidy

SAMPLES = Path(__file__).parent / "samples"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORDS = "12.5 1,204 m g/t | ** - # <td> <tr> <table> </table> <p> Hole AB-12 "
_SIGNS = "$ ) ( – 2019 ``` --- &nbsp; \\$ ₂ ¹ { } [x](y) ’"
_PHRASES = ("Table 1: Holes", "From (m)", "About Us Inc.", "NOTES:", "Contact: A. Person")
_PIECES = st.sampled_from(
    (*_WORDS.split(), *_SIGNS.split(), "\t", "  ", "\n", "\n\n", "\r\n", "\u200b", "\u202f", '{ a: "1.5" },', *_PHRASES)
)


def texts(found: Layout) -> Iterator[Text]:
    """Every stretch of words in a layout."""
    for block in found.blocks:
        if block.table is None:
            yield block.text
            continue
        for row in (*block.table.header_rows, *block.table.rows):
            for cell in row.cells:
                yield cell.text
        yield from block.table.notes


def holds(document: Document) -> Layout:
    """Lay out a document and see that every number is quoted from its place, and every place is in order."""
    found = layout(document)
    for text in texts(found):
        for number in _NUMBER.finditer(text.plain):
            start, end = text.span(*number.span())
            again = inline(document.text, start, end).plain
            assert re.sub(r"\D", "", again) == re.sub(r"\D", "", number[0]), (number[0], document.text[start:end])
        assert 0 <= text.start <= text.end <= len(document.text)
    for block in found.blocks:
        assert block.kind in KINDS
        assert block.part in PARTS
        if block.table is not None:
            assert all(len(row.cells) for row in block.table.rows)
            assert all(c.column + c.span <= block.table.width for row in block.table.rows for c in row.cells)
    return found


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=60), st.sampled_from(["a.txt", "a.md", "a.html", "a.tsx"]))
def test_no_number_is_invented_and_nothing_breaks(pieces: list[str], name: str) -> None:
    """Whatever stands in a document, in whatever format, each number is the one at its place."""
    text = " ".join(pieces)
    if text.strip():
        holds(open_document(name, text.encode()))


@pytest.mark.parametrize("path", sorted(p for p in SAMPLES.iterdir() if p.suffix != ".json"), ids=lambda p: p.name)
def test_numbers_of_the_samples_stand_at_their_places(path: Path) -> None:
    """Cells and blocks of the samples quote the document."""
    holds(open_document(path.name, path.read_bytes()))


def test_real_releases_are_laid_out_with_exact_places(shared: Path) -> None:
    """The same holds for every real release that lies beside the checkout."""
    folder = shared / "releases"
    for path in sorted([*folder.glob("seeds/*.txt"), *folder.glob("dev/*/*")]):
        if path.suffix in (".txt", ".md", ".tsx") and path.stat().st_size < 100_000:
            holds(open_document(path.name, path.read_bytes()))


@pytest.mark.parametrize(
    ("pattern", "sizes"),
    [("*q3*", [(8, 5), (9, 3), (8, 3)]), ("*ruddock*", [(21, 8)]), ("*crater*", [(7, 8), (5, 7)]), ("*huckle*", [])],
)
def test_the_tables_of_the_seeds_have_their_size(shared: Path, pattern: str, sizes: list[tuple[int, int]]) -> None:
    """Rows and columns of each table, as one counts them on paper."""
    [path] = (shared / "releases" / "seeds").glob(pattern)
    found = layout(open_document(path.name, path.read_bytes()))
    assert [(len(table.rows), table.width) for table in found.tables()] == sizes


def test_lines_know_their_places() -> None:
    """Every kind of line break ends a line; blanks of every kind around it are not its words."""
    text = "one\r\n\u00a0two\u200b \n\n\ttab\x0cend"
    assert [text[line.start : line.end] for line in lines(text)] == ["one", "two", "", "tab", "end"]


def test_joined_words_keep_their_places() -> None:
    """A number put together from two cells spans both."""
    text = "| ($0.04 | | ) |"
    whole = joined([cleaned(text, 1, 9), cleaned(text, 12, 15)], "")
    assert whole.plain == "($0.04)"
    assert text[slice(*whole.span(0, 7))] == "($0.04 | | )"
    assert text[slice(*whole.span(2, 6))] == "0.04"


@given(st.text(alphabet="a *_\t1.\\$<>[]()", max_size=40))
def test_tidy_words_are_the_same_words(text: str) -> None:
    """Only blanks are lost."""
    words = inline(text, 0, len(text))
    assert tidy(words).plain == " ".join(words.plain.split())


def test_a_unit_at_the_beginning_of_a_line_belongs_to_the_number_above() -> None:
    """A line that ends in a number goes on with the unit of the next."""
    text = "Tarn Gold\n\n\u2022 The resource is an estimated 60\nMt at 0.75 g/t Au for 1.45 Moz Au\n\u2022 Next.\n"
    found = layout(Document("a.txt", text))
    assert "60 Mt at 0.75" in next(block.plain for block in found.blocks if block.kind == "bullet")
