"""Tables of the book are searched, put in order and taken along on the page; SQL only asks."""

import csv
import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from zipfile import ZipFile

import polars as pl
import pytest

from browsing import looking, served
from orebook.book.folder import begin
from orebook.book.problems import BookError
from orebook.desk.add import add
from orebook.desk.ask import held
from orebook.desk.asking import apart

NASTY = """<script>alert(1)</script>"""


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book whose names are scripts and formulas."""
    folder = tmp_path_factory.mktemp("evil")
    begin(folder / "book", issuer=f"Kestrel {NASTY}", crs="EPSG:26909")
    rows = [["hole", "easting_m", "northing_m", "elevation_m", "depth_m", "notes"]]
    names = [NASTY, "=1+2", "@SUM(A1)", "-2+3", '"]]>\x27', "javascript:alert(1)"]
    rows += [[name, str(100 + at), "200", "300", f"{50 + at}.5", f"note {at}"] for at, name in enumerate(names)]
    with (folder / "collars.csv").open("w", newline="", encoding="utf-8") as sheet:
        csv.writer(sheet).writerows(rows)
    assert [told.failed for told in add([str(folder / "collars.csv")], book=str(folder / "book")).results] == [False]
    return folder / "book"


@pytest.fixture(scope="module")
def wicked(evil: Path) -> Iterator[str]:
    """The address of that book."""
    with served(evil, read_only=True) as address:
        yield address


def answered(address: str, path: str) -> tuple[int, bytes]:
    """What a page answers, with its status."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def got(address: str, path: str) -> bytes:
    """What a page answers that is there."""
    status, body = answered(address, path)
    assert status == 200, body[-2000:]
    return body


def test_a_table_is_searched_sorted_and_leafed_through(mines: Any) -> None:
    """Search, heads that sort, pages by key and link; the address says what is seen, and the way back holds."""
    mines.open("/tables/mill")
    page = mines.page
    page.get_by_role("link", name="Ore (t)").click()
    page.locator("th[aria-sort=ascending]").wait_for()
    page.get_by_role("link", name="Ore (t)").click()
    page.locator("th[aria-sort=descending]").wait_for()
    assert page.locator("tbody tr").first.locator("td").nth(3).inner_text() == "24827"
    page.keyboard.press("ArrowRight")
    page.get_by_text("51–100").wait_for()
    assert "page=2" in page.url and "sort=ore_t" in page.url
    page.get_by_role("searchbox").fill("huckleberry 2010-05-1")
    page.get_by_text("found among").wait_for()
    assert page.get_by_text("of 10 rows").count() == 1 and "in." not in page.url
    assert "sort=ore_t" in page.url, "what was put in order stays so"
    page.go_back()
    page.get_by_text("51–100").wait_for()
    mines.is_good("table")
    page.locator("tbody th a").first.click()
    page.get_by_text("It came from").wait_for()
    mines.is_good("row")


def test_what_was_found_is_taken_along(two_mines: str) -> None:
    """Each format gives the rows that were found, in their order, with every digit."""
    query = urlencode({"in.mine": "Huckleberry", "in.ore_t": ">17000", "sort": "ore_t", "down": "1"})
    rows = list(csv.DictReader(StringIO(got(two_mines, f"/tables/mill/as.csv?{query}").decode())))
    assert len(rows) > 3 and {row["mine"] for row in rows} == {"Huckleberry"}
    ore = [float(row["ore_t"]) for row in rows]
    assert ore == sorted(ore, reverse=True) and min(ore) > 17000
    frame = pl.read_parquet(BytesIO(got(two_mines, f"/tables/mill/as.parquet?{query}")))
    assert frame["ore_t"].to_list() == ore
    assert len(json.loads(got(two_mines, f"/tables/mill/as.json?{query}"))["tables"][0]["rows"]) == len(rows)
    with ZipFile(BytesIO(got(two_mines, f"/tables/mill/as.xlsx?{query}"))) as book:
        assert book.read("xl/worksheets/sheet1.xml").count(b"<row ") == len(rows) + 1


def test_files_start_no_formula(wicked: str) -> None:
    """A name that a spreadsheet would work out is a text in CSV and in a workbook."""
    rows = list(csv.DictReader(StringIO(got(wicked, "/tables/collars/as.csv").decode())))
    assert {"'=1+2", "'@SUM(A1)", "'-2+3"} <= {row["hole"] for row in rows}
    with ZipFile(BytesIO(got(wicked, "/tables/collars/as.xlsx"))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml") and b"=1+2" in book.read("xl/sharedStrings.xml")
    asked = got(wicked, "/sql/as.csv?" + urlencode({"sql": "select '=cmd()' as \"=head\""})).decode()
    assert asked == "'=head\n'=cmd()\n"


def test_names_that_are_scripts_stay_text(chrome: Any, wicked: str) -> None:
    """Cells, heads and names of books are shown, never run, on every page of tables."""
    with looking(chrome, wicked) as look:
        look.page.on("dialog", lambda _: look.wrong.append("a script ran"))
        for path in ("/tables", "/tables/collars", "/tables/collars/0", "/sql?sql=select+*+from+collars"):
            look.open(path)
            assert look.page.locator("main script").count() == 0
        assert look.page.get_by_text(NASTY).count() >= 1
        look.open("/sql?" + urlencode({"sql": f'select 1 as "{NASTY.replace("/", "")}"'}))
        assert not look.wrong


@pytest.mark.parametrize(
    "path",
    [
        "/tables/nope",
        "/tables/..%2Fbook.toml",
        "/tables/mill?sort=nope",
        "/tables/mill?in.ore_t=many",
        "/tables/mill/99999999",
        "/tables/mill/as.exe",
        "/tables/mill?sort=ore_t%22%3B+drop+table+mill",
    ],
)
def test_what_is_not_there_is_said(two_mines: str, path: str) -> None:
    """A table, row, column or format that is not there gives a page that says so."""
    assert answered(two_mines, path)[0] in (404, 422)


@pytest.mark.parametrize(
    "sql",
    [
        "copy mill to 'stolen.csv'",
        "attach 'other.duckdb'",
        "install httpfs",
        "load httpfs",
        "pragma version",
        "set threads = 1",
        "reset threads",
        "create table mine_now as select 1",
        "insert into mill (mine) values ('x')",
        "with x as (insert into mill (mine) values ('x') returning *) select * from x",
        "update mill set ore_t = 0",
        "delete from mill",
        "drop table mill",
        "export database 'out'",
        "import database 'in'",
        "checkpoint",
        "call pragma_version()",
        "begin",
        "use memory",
        "prepare p as select 1",
        "select 1; drop table mill",
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from glob('/*')",
        "select * from sniff_csv('/etc/passwd')",
        "from '/etc/passwd'",
        "from 'https://example.com/a.parquet'",
        "select * from query('drop table mill')",
        "from sources",
        "select ?",
        "",
        "-- nothing",
    ],
)
def test_sql_changes_nothing_and_sees_nothing_outside(mill: Any, sql: str) -> None:
    """Whatever is no single question, or looks beside the tables, is refused in one line."""
    with pytest.raises(BookError) as problem:
        mill.ask(sql, seconds=10, most=10)
    assert "\n" not in str(problem.value)
    assert mill.ask("select count(*) from mill", seconds=10, most=10).rows.item() == 1276


@pytest.fixture(scope="module")
def mill() -> Any:
    """The tables of the book of two mines, held to be asked."""
    from browsing import EXAMPLES
    from orebook.book.folder import find

    return held(find(str(EXAMPLES / "two-mines" / "book")))


def test_sql_that_takes_too_long_or_answers_too_much_ends(mill: Any) -> None:
    """A question is stopped after its time, also one without end; of a long answer the beginning is given, and said."""
    for endless in ("select count(*) from x", "select max(i) from x"):
        with pytest.raises(BookError, match="stopped after"):
            mill.ask(f"with recursive x as (select 1 i union all select i % 9 from x) {endless}", seconds=0.3, most=5)
    found = mill.ask("select * from range(1000000000)", seconds=20, most=5)
    assert found.more and found.rows.height == 5
    assert not mill.ask("select * from range(5)", seconds=20, most=5).more


@pytest.mark.parametrize(
    "sql",
    [
        "select repeat('x', 1000000000)",
        "with recursive x as (select 'x' t union all select t || t from x) select max(length(t)) from x",
        "select count(*) from range(1000000) a, range(1000000) b, range(1000) c",
    ],
)
def test_a_hostile_question_ends_and_others_are_answered(mill: Any, sql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes one huge value, or has no end, is ended in its time and memory and told; who else asks is answered."""
    monkeypatch.setattr(apart, "MEGABYTES", 200)
    with ThreadPoolExecutor(1) as beside:
        asked = beside.submit(mill.ask, sql, seconds=0.5, most=5)
        while not asked.done():
            assert mill.ask("select count(*) from mill", seconds=10, most=5).rows.item() == 1276
        with pytest.raises(BookError, match=r"stopped after 0\.5 s|more than the 200 MB") as problem:
            asked.result()
    assert "ask for less" in str(problem.value)


def test_too_many_questions_at_once_are_told_to_wait(mill: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks while as many as may are being answered waits a little, and is told to ask again."""
    monkeypatch.setattr(apart, "_WAIT_S", 0.05)
    endless = "select count(*) from range(1000000) a, range(1000000) b, range(1000) c"
    with ThreadPoolExecutor(apart.AT_ONCE + 1) as beside:
        asked = [beside.submit(mill.ask, endless, seconds=1, most=5) for _ in range(apart.AT_ONCE + 1)]
        problems = sorted(str(each.exception()) for each in asked)
    assert "other questions are still being answered" in problems[0]
    assert all("stopped after 1 s" in each for each in problems[1:])
    assert mill.ask("select 1", seconds=10, most=5).rows.item() == 1


def test_a_process_that_fell_is_replaced(mill: Any) -> None:
    """A process that somebody ended while it waited is no answer lost."""
    mill.ask("select 1", seconds=10, most=5)
    for waiting in mill._idle:
        os.kill(waiting.ward.pid, signal.SIGKILL)
        waiting.ward.ended()
    assert mill.ask("select count(*) from mill", seconds=10, most=5).rows.item() == 1276


def test_the_sql_page_asks_and_remembers(mines: Any) -> None:
    """A question typed is answered below it; a wrong one is told; the last ones are offered again."""
    mines.open("/sql")
    page = mines.page
    page.get_by_label("The question").fill("select mine, count(*) as days from mill group by mine order by mine")
    page.keyboard.press("Control+Enter")
    page.get_by_role("columnheader", name="days").wait_for()
    assert page.locator("#answer tbody tr").count() == 2
    mines.is_good("sql")
    page.reload()
    assert page.locator("#before button[data-sql]").count() == 1
    page.get_by_label("The question").fill("drop table mill")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_text("drop is no question").wait_for()
    assert not mines.violations()
