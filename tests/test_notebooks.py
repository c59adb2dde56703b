"""Notebooks: results show themselves, and no word of a document becomes part of the page."""

import doctest
import json
import subprocess
import sys
from contextlib import chdir
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import orebook
from orebook.desk.answer import AskedWronglyError
from orebook.faces.notebook import Asked, ask_verb
from orebook.reports.charted import Chart, Panel, Series
from orebook.reports.notebook import shown_by_itself, together
from orebook.reports.printed import PrintedCell, PrintedColumn, PrintedRow, PrintedTable, Sheet
from orebook.reports.results import Told
from orebook.reports.trouble import Trouble

ROOT = Path(__file__).parents[1]
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)> \"'&"
KNOWN = {"style", "div", "h1", "h2", "p", "ul", "li", "b", "pre", "img", "span"} | {
    *("table", "caption", "thead", "tbody", "tr", "th", "td")
}


class _Page(HTMLParser):
    """Goes through a page and keeps what it is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        self.tags.add(tag)
        assert not {name for name, _ in attrs} - {"class", "scope", "colspan", "style", "src", "alt"}, attrs
        assert all(str(value).startswith("data:image/") for name, value in attrs if name == "src")
        if tag != "img":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """A tag ends, the one that began last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Words."""
        self.words += data


def sound(html: str) -> _Page:
    """A piece of HTML whose tags are ours and close in order."""
    page = _Page()
    page.feed(html)
    page.close()
    assert not page.open and page.tags <= KNOWN
    return page


def test_the_page_about_notebooks_is_true() -> None:
    """Every line of docs/notebooks.md runs as it stands there."""
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    with chdir(ROOT):
        failed, tried = doctest.testfile(str(ROOT / "docs" / "notebooks.md"), module_relative=False, optionflags=flags)
    assert tried > 10 and not failed


EVIL_TABLE = PrintedTable(
    EVIL, EVIL, (PrintedColumn(EVIL, EVIL),), (PrintedRow((PrintedCell(EVIL, EVIL),)),), (EVIL, "two")
)


@pytest.mark.parametrize(
    "result",
    [
        EVIL_TABLE,
        Sheet(EVIL, pl.DataFrame({EVIL: [EVIL]})),
        Told(EVIL, (EVIL,)),
        Trouble(EVIL, EVIL, EVIL),
        object(),
    ],
    ids=lambda result: type(result).__name__,
)
def test_words_stay_words(result: object) -> None:
    """A script in a cell, a name, a caption or a message is shown as it is written."""
    page = sound(shown_by_itself(result))
    assert isinstance(result, type(object())) or "alert(1)" in page.words or type(result) is object


def test_documents_stay_words(tmp_path: Path) -> None:
    """Findings and facts of a release that holds a script show it as words."""
    release = tmp_path / "may.md"
    release.write_text(f"Hole NX-07 cut 12.0 m grading 1.50 g/t gold from 30.0 m to 41.0 m. {EVIL}\n")
    checked, read = orebook.check(release), orebook.read(release)
    for asked in (checked, read, orebook.read(release, records=True)):
        page = sound(asked._repr_mimebundle_()["text/html"])
        assert "may.md" in page.words
    assert "F101" in sound(checked[0]._repr_html_()).words


def test_every_result_of_the_books_shows_itself() -> None:
    """Tables, drawings, charts, questions and reasons of example books are sound HTML with something in it."""
    book = orebook.open(ROOT / "examples" / "crater-lake" / "book")
    drawn = book.draw("plan")
    assert drawn[0]._repr_svg_().startswith("<svg")
    for asked in (book.intercepts(), book.holes(), book.ask("select * from collars"), drawn, book.validate()):
        assert len(sound(asked._repr_mimebundle_()["text/html"]).tags) > 2
    assert set(book.intercepts()._repr_mimebundle_()) == {"text/html", "text/plain"}
    assert {"make", "why", "intercepts", "holes"} <= set(dir(book))


def test_a_chart_is_a_picture() -> None:
    """A chart shows itself as a picture of lines."""
    series = (Series("ore", (1.0, 2.0)),)
    chart = Chart("x", EVIL, (Panel("bars", "t", "u", ("a", "b"), series),))
    assert "img" in sound(chart._repr_html_()).tags


def test_an_answer_can_be_saved_and_framed(tmp_path: Path) -> None:
    """The ending of a file names the format; what is no table says so."""
    rules = ask_verb("rule", "F101")
    assert json.loads(rules.save(tmp_path / "rule.json").read_text())["rules"][0]["code"] == "F101"
    with pytest.raises(AskedWronglyError, match="no table"):
        rules.frame()
    with pytest.raises(AskedWronglyError, match="endings"):
        rules.save(tmp_path / "rule.xlsx")
    assert Asked("tables", (Sheet("a", pl.DataFrame({"x": [1]})),)).frame().item() == 1


@pytest.mark.parametrize(
    ("verb", "said", "instead"),
    [
        ("rule", {"cod": "F101"}, "did you mean 'code'"),
        ("check", {}, "wants paths"),
    ],
)
def test_what_cannot_be_asked_says_what_instead(verb: str, said: dict[str, Any], instead: str) -> None:
    """A wrong name or a missing one is an error in a line."""
    with pytest.raises(AskedWronglyError, match=instead):
        ask_verb(verb, **said)
    with pytest.raises(AskedWronglyError, match="without a name"):
        ask_verb("rule", "F101", "F102")
    with pytest.raises(AttributeError):
        _ = orebook.nothing
    with pytest.raises(AttributeError, match="nothing called"):
        _ = orebook.open(ROOT / "examples" / "crater-lake" / "book").intercept


def test_to_import_loads_nothing() -> None:
    """The package is imported without anything that its verbs need."""
    asked = "import sys, orebook; print(sorted(set(sys.modules) & {'polars', 'numpy', 'duckdb', 'orebook.faces'}))"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_many_rows_are_told() -> None:
    """Of a long table the beginning is shown, and that there is more."""
    html = together([Sheet("t", pl.DataFrame({"x": list(range(1000))}))], ["a note"])
    page = sound(html)
    assert "1,000 rows" in page.words and "a note" in page.words and html.count("<tr>") < 220
