"""Tenure as it stood on a day, and the overview with its key figures."""

from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from book_runs import ask, example
from browsing import PHONE, looking, served


def got(address: str, path: str, **headers: str) -> tuple[int, str]:
    """What a page answers, with its status."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=300)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = answer.status, answer.read().decode()
    connection.close()
    return found


def test_tenure_stands_on_the_day_that_is_asked_for(mines: Any) -> None:
    """Interests, options in sentences, milestones and places; another day shows what stood then; figures lead on."""
    mines.open("/tenure?on=2011-09-30")
    page = mines.page
    assert page.get_by_role("cell", name="joint operation").count() >= 1
    page.get_by_role("region", name="Interests on the day").get_by_role("link", name="50").first.click()
    page.locator("#why-body").get_by_text("not recorded yet").wait_for()
    assert page.locator("#why-body .big").inner_text().startswith("50")
    page.keyboard.press("Escape")
    mines.is_good("tenure")


def test_a_day_before_everything_holds_nothing_and_no_day_is_refused(two_mines: str) -> None:
    """What was not held yet is not shown; words that are no day are refused in a line."""
    status, words = got(two_mines, "/tenure?on=2001-01-01")
    assert status == 200 and "Interests on the day" not in words
    status, words = got(two_mines, "/tenure?on=yesterday")
    assert status == 422 and "is no day" in words


VENTURES = {
    "joint_ventures": "property,from_day,operator,dilution,deemed_amount,currency,floor,royalty\n"
    "Huckleberry,2010-01-01,Imperial Metals Corporation,contributions,100,CAD,10,2\n",
    "cash_calls": "property,day,holder,called,paid,currency\n"
    "Huckleberry,2011-06-30,Imperial Metals Corporation,5,10,CAD\nHuckleberry,2011-06-30,Others,5,0,CAD\n",
}


def test_joint_ventures_tell_who_takes_part_and_who_runs_them(chrome: Any, tmp_path: Path) -> None:
    """Parties with their interests, the operator, and what calls made of them; on a phone each row stands by itself."""
    folder = example("two-mines", tmp_path / "book")
    for name, words in VENTURES.items():
        (tmp_path / f"{name}.csv").write_text(words, encoding="utf-8")
        ask("add", tmp_path / f"{name}.csv", "--table", name, "--book", folder).well()
    with served(folder, read_only=True) as address, looking(chrome, address, PHONE) as look:
        words = got(address, "/tenure?on=2010-03-31")[1]
        assert "Who takes part" in words and "What calls made" not in words
        look.open("/tenure?on=2011-09-30").is_good("tenure-phone")
        parties = look.page.get_by_role("region", name="Who takes part")
        assert parties.get_by_role("cell", name="operator").count() == 1
        calls = look.page.get_by_role("region", name="What calls made")
        assert calls.get_by_role("link", name="54.55").count() == 1
        look.page.locator("summary", has_text="What was spent").click()
        assert look.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        label, value = (each.bounding_box() for each in parties.get_by_role("cell").all()[:2])
        assert label["y"] < value["y"] and label["x"] == value["x"]


def test_the_overview_begins_with_key_figures(mines: Any) -> None:
    """Revenues of the last quarter with the ones before, leading to their rows; findings lead to theirs."""
    mines.open("/")
    page = mines.page
    page.locator(".tile", has_text="Revenues").locator("a", has_text="69,409").click()
    page.locator("#why-body .big").wait_for()
    page.keyboard.press("Escape")
    page.get_by_text("No error").wait_for()
    page.get_by_role("link", name="its row").first.click()
    page.get_by_text("It came from").wait_for()


def test_the_overview_comes_at_once_where_no_script_runs(two_mines: str) -> None:
    """What is asked for after the page is there can be had with it; the page leads there without scripts."""
    assert '<noscript><p><a href="/?all">' in got(two_mines, "/")[1]
    status, words = got(two_mines, "/?all")
    assert status == 200 and "69,409" in words and "Copper produced, million pounds" in words
    assert "No error" in words and "hx-get" not in words


def test_the_overview_draws_what_was_drilled_and_produced(chrome: Any, crater_lake: str, two_mines: str) -> None:
    """Small charts tell their figures in words as well, on a phone one below the other; each leads to its page."""
    with looking(chrome, crater_lake, PHONE) as look:
        look.open("/").is_good("overview-phone")
        page = look.page
        assert page.get_by_role("img", name="Metres drilled by month, m: 2020-08").count() == 1
        assert page.get_by_role("img", name="Samples by certificate").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.get_by_role("link", name="Metres drilled by month").click()
        page.get_by_role("heading", name="Holes").wait_for()
    with looking(chrome, two_mines) as look:
        look.open("/")
        copper = look.page.get_by_role("img", name="Copper produced, million pounds")
        copper.wait_for()
        assert "2011-Q3" in (copper.get_attribute("aria-label") or "")


def test_the_overview_says_what_is_missing(chrome: Any, tmp_path: Path) -> None:
    """A book of collars alone names the tables without which nothing is made of drilling."""
    folder = example("small-mine", tmp_path / "book")
    for file in (folder / "tables").iterdir():
        if file.stem != "collars":
            file.unlink()
    with served(folder, read_only=True) as address, looking(chrome, address) as look:
        look.open("/")
        missing = look.page.locator(".area", has_text="Drilling")
        assert missing.get_by_text("needed").count() == 2 and "assays" in missing.inner_text()
        look.is_good("overview-missing")
