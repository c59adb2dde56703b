"""Drafts as they are set on paper: tables within the margins, heads that are repeated, pictures that fit a page."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from book_runs import ask, example
from orebook.reports.printed import PrintedCell, PrintedColumn, PrintedRow, PrintedTable
from orebook.reports.widths import widths

EMU_CM = 360_000
KINDS = {"crater-lake": ("drilling",), "two-mines": ("quarter", "--period", "2011-Q3", "--day", "2011-11-14")}

Opened = Callable[[str], Any]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """The draft of an example as Word opens it, each made once."""
    library = pytest.importorskip("docx")
    pytest.importorskip("typst")
    folder = tmp_path_factory.mktemp("set")

    @cache
    def made(name: str) -> Any:
        file = folder / f"{name}.docx"
        ask("draft", *KINDS[name], "--book", example(name, folder / name), "-o", file, "--quiet").well()
        return library.Document(file)

    return made


@pytest.mark.parametrize("name", KINDS)
def test_tables_stand_within_the_margins(name: str, opened: Opened) -> None:
    """Each table is no wider than the words around it, its head is repeated, and no row of it is parted by a page."""
    document = opened(name)
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert document.tables
    for table in document.tables:
        assert sum(column.width for column in table.columns) <= room
        head, *rows = (row._tr.xml for row in table.rows)
        assert "w:tblHeader" in head and "w:cantSplit" in head
        assert all("w:cantSplit" in row for row in rows)


@pytest.mark.parametrize("name", KINDS)
def test_no_word_of_a_cell_is_parted(name: str, opened: Opened) -> None:
    """The words of a cell, a number or the name of a hole, have room beside one another at nine points."""
    for table in opened(name).tables:
        for row in table.rows:
            for cell, column in zip(row.cells, table.columns, strict=False):
                longest = max(map(len, cell.text.split()), default=0)
                assert longest * 9 * 0.5 <= column.width.pt, cell.text


@pytest.mark.parametrize("name", KINDS)
def test_a_picture_stands_on_a_page_with_its_caption(name: str, opened: Opened) -> None:
    """A picture fits the page, says what it shows to those who cannot see it, and keeps its caption with it."""
    document = opened(name)
    captions = [each.text for each in document.paragraphs if each.style.name == "Caption"]
    assert len(document.inline_shapes) == sum(each.startswith("Figure ") for each in captions) > 1
    for shape in document.inline_shapes:
        assert shape.height <= 13.01 * EMU_CM and shape.width <= 16.51 * EMU_CM
        assert shape._inline.docPr.get("descr")
    with_pictures = [each for each in document.paragraphs if each._p.xpath(".//pic:pic")]
    assert all(each.paragraph_format.keep_with_next for each in with_pictures)


def test_pages_are_numbered(opened: Opened) -> None:
    """The foot of a page says which it is, and of how many."""
    foot = opened("two-mines").sections[0].footer.paragraphs[0]._p.xml
    assert re.findall(r"<w:instrText[^>]*>(\w+)<", foot) == ["PAGE", "NUMPAGES"]


def test_a_number_is_not_parted_from_its_unit(opened: Opened) -> None:
    """In sentences a number and its unit stay in one line."""
    (first, *_) = (each.text for each in opened("crater-lake").paragraphs if each.style.name == "List Bullet")
    assert "29.14\u00a0m" in first


def test_heads_run_over_lines_before_names_do() -> None:
    """A narrow page has heads over two lines, a narrower one names of rows, too; numbers stay whole."""
    columns = (
        PrintedColumn("line", ""),
        *(PrintedColumn(f"p{at}", f"Nine months ended September 30, {at}") for at in (2011, 2010)),
    )
    name = "Unrealized gains on derivatives"
    rows = (PrintedRow((PrintedCell(name), PrintedCell("12,862"), PrintedCell("3,389"))),)
    table = PrintedTable("bridge", "", columns, rows)
    assert widths(table, 200, 2) == [len(name) + 2, 38, 38]
    assert widths(table, 75, 2) == [len(name) + 2, 20, 20]
    narrow = widths(table, 60, 2)
    assert narrow == [20, 20, 20]
