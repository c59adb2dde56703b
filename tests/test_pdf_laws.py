"""PDF: what holds for every document, written by hand, by chance or by companies."""

import importlib.util
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.ground.needs import MissingError
from orebook.reading.formats import open_document
from orebook.reading.formats.pdf import opened, read
from orebook.reading.paged import PagedDocument
from orebook.reading.paged.pdfium import opened as door
from orebook.reading.scanned import scans
from pdf_paper import Paper
from scoring.statements import scores

_LABELS = st.sampled_from(["Hole", "North zone", "Revenue", "A-12", "Main lode", "Costs of sales", "Total"])
_NUMBERS = st.one_of(
    st.integers(0, 99_999).map("{:,}".format),
    st.decimals(0, 999, places=2).map(str),
    st.integers(1, 9_999).map("({:,})".format),
    st.sampled_from(["<0.01", "12.5%"]),
)


@st.composite
def grids(draw: st.DrawFn) -> list[list[str]]:
    """Some rows of numbers with labels."""
    wide, high = draw(st.integers(2, 7)), draw(st.integers(3, 12))
    return [[draw(_LABELS), *(draw(_NUMBERS) for _ in range(wide))] for _ in range(high)]


def cells(found: PagedDocument) -> list[list[list[str]]]:
    """The cells of the tables of a document."""
    return [
        [[found.text[slot.start : slot.end] for slot in row] for row in part.rows]
        for part in found.parts
        if part.kind == "table"
    ]


@settings(max_examples=60, deadline=None)
@given(rows=grids(), ruled=st.booleans(), pitch=st.integers(12, 30))
def test_what_is_written_is_read(rows: list[list[str]], ruled: bool, pitch: int) -> None:
    """A table of numbers, with and without borders, comes back cell by cell."""
    paper = Paper()
    page = paper.page(wide=800)
    head = ["Name", *(f"Col {at}" for at in range(len(rows[0]) - 1))]
    ends = [72.0, *(240.0 + 70 * at for at in range(len(rows[0]) - 1))]
    page.rows(100, [head, *rows], ends, pitch)
    if ruled:
        xs = [66.0, *(end - 65 for end in ends[1:]), ends[-1] + 5]
        page.grid(xs, [100 - 0.7 * pitch + pitch * at for at in range(len(rows) + 2)])
    found = opened("a.pdf", paper.data())
    assert isinstance(found, PagedDocument)
    assert cells(found) == [[head, *rows]]


@settings(max_examples=40, deadline=None)
@given(
    words=st.lists(
        st.tuples(st.floats(-50, 640), st.floats(-50, 900), st.integers(0, 3), _NUMBERS, st.integers(0, 40)),
        max_size=40,
    ),
    lines=st.lists(st.tuples(*[st.floats(0, 800)] * 4), max_size=30),
)
def test_any_page_is_read_without_a_crash(
    words: list[tuple[float, float, int, str, int]], lines: list[tuple[float, float, float, float]]
) -> None:
    """Words and lines anywhere make some document, in which every word stands that lies on the page."""
    paper = Paper()
    page = paper.page()
    page.words(72, 820, "words")
    for x, y, turn, said, size in words:
        page.words(x, y, said, size, turn=turn)
    for ends in lines:
        page.line(*ends)
    found = opened("a.pdf", paper.data())
    assert isinstance(found, PagedDocument)
    check(found)
    read(found)


def check(found: PagedDocument) -> None:
    """What holds for every document of pages."""
    words = found.words
    assert len(words.starts) == len(words.ends) == len(words.sites) == len(words.boxes)
    assert all(start < end for start, end in zip(words.starts, words.ends, strict=True))
    assert all(end < start for end, start in zip(words.ends, words.starts[1:], strict=False))
    covered = [(part.start, part.end) for part in found.parts]
    assert all(before[1] <= after[0] for before, after in pairwise(covered))
    starts, ends = set(words.starts), set(words.ends)
    for part in found.parts:
        for row in part.rows:
            assert all(before.column < after.column for before, after in pairwise(row))
            for slot in row:
                assert slot.start in starts and slot.end in ends and slot.span > 0 and slot.rows > 0
    said = "".join(found.text[start:end] for start, end in zip(words.starts, words.ends, strict=True))
    assert said == "".join(found.text.split())


def documents(shared: Path) -> Iterator[Path]:
    """Every PDF beside the checkout that has words."""
    yield from sorted((shared / "releases" / "dev" / "pdf").glob("*.pdf"))
    yield from sorted((shared / "data" / "tables" / "pdf").glob("*.pdf"))


def folded(text: str) -> str:
    """Letters in their plain form, without blanks; hyphens at the ends of lines as the library has them."""
    plain = unicodedata.normalize("NFKC", text).replace("\ufffe", "-").replace("\x02", "-")
    return "".join(plain.split())


def test_no_word_is_read_that_is_not_in_the_text_of_its_page(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every word of every document stands in the bare text of its page: nothing is invented, cells least of all."""

    def missing() -> str:
        raise MissingError("this needs tesseract")

    monkeypatch.setattr(scans, "version", missing)
    for path in documents(shared):
        data = path.read_bytes()
        found = open_document(path.name, data)
        assert isinstance(found, PagedDocument)
        check(found)
        with door(data) as file:
            bare = {number: folded(file.text(number)) for number in range(1, len(file) + 1)}
        words = found.words
        for at, (start, end, site) in enumerate(zip(words.starts, words.ends, words.sites, strict=True)):
            if at not in words.doubts:
                assert folded(found.text[start:end]) in bare[site], (path.name, site, found.text[start:end])


def _scorer(shared: Path) -> ModuleType:
    """The scorer that lies beside the tables."""
    spec = importlib.util.spec_from_file_location("score_tables", shared / "data" / "tables" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _rows(found: PagedDocument) -> list[list[list[str]]]:
    """The tables of a document with empty cells where none begins."""
    grids = []
    for part in found.parts:
        if part.kind == "table":
            wide = max(slot.column + slot.span for row in part.rows for slot in row)
            grid = [[""] * wide for _ in part.rows]
            for row, slots in zip(grid, part.rows, strict=True):
                for slot in slots:
                    row[slot.column] = found.text[slot.start : slot.end]
            grids.append(grid)
    return grids


def test_known_tables_are_read_cell_by_cell(shared: Path) -> None:
    """Of tables whose cells are known at least 95 % are exactly right in text and place, and no number is invented."""
    scorer = _scorer(shared)
    truth = scorer.json.loads((shared / "data" / "tables" / "truth.json").read_text(encoding="utf-8"))
    right = total = invented = 0
    for path in sorted((shared / "data" / "tables" / "pdf").glob("*.pdf")):
        tables = truth.get(path.stem) or truth.get(path.stem.split("_")[0])
        if not tables:
            continue
        found = open_document(path.name, path.read_bytes())
        assert isinstance(found, PagedDocument)
        per_table, wrong = scorer.score(tables, _rows(found))
        right += sum(one for one, _ in per_table)
        total += sum(many for _, many in per_table)
        invented += wrong
    assert total > 4_000 and invented == 0
    assert right >= 0.99 * total


def test_resources_and_reserves_of_a_study_are_read(shared: Path) -> None:
    """The rows of resources and reserves of a real study of many pages are read as its key has them."""
    study = next((shared / "releases" / "dev" / "pdf").glob("*pfs*.pdf"), None)
    if study is None:
        pytest.skip("no study beside this checkout")
    found = scores(only={study.stem})
    assert found["resource"].f1 >= 0.9 and found["reserve"].f1 >= 0.9
