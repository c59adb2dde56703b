"""Every printed number can be asked why, whether it was recorded or not, sums of columns included."""

from pathlib import Path
from shutil import copytree

import pytest

from book_runs import ask, content, example, printed
from orebook.book.lineage import Address, address
from orebook.faces.asking.offered import offered
from orebook.faces.asking.reply import reply
from orebook.faces.asking.terms import Terms

SUM = "intercepts[0].zn_pct + pb_pct"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An example book of which nothing was made, whose layout prints a sum of columns."""
    book = example("ruddock-creek", tmp_path_factory.mktemp("why") / "book")
    file = book / "book.toml"
    said = file.read_text(encoding="utf-8")
    file.write_text(said.replace('source = "znpb_pct"', 'source = "zn_pct + pb_pct"'), encoding="utf-8")
    return book


def test_what_was_never_recorded_has_a_reason(fresh: Path) -> None:
    """The chain is the same as of the recorded result, says that no step tells of it, and nothing is written."""
    before = content(fresh)
    (now,) = ask("why", "intercepts[0].zn_pct", "--book", fresh, "--format", "json").well().json["done"]
    assert now["made"]["step"] == 0 and now["rows"] and now["again"] == pytest.approx(now["value"])
    said = ask("why", "intercepts[0].zn_pct", "--book", fresh).well().out
    assert "not recorded yet: orebook make intercepts writes it into the book" in said
    number = f"{now['value']:.2f}"
    assert number in ask("why", number, "--book", fresh).well().out
    assert content(fresh) == before
    ask("why", "99999.125", "--book", fresh).refused("no printed number of this book")
    ask("why", "intercept[0].zn_pct", "--book", fresh).refused("did you mean 'intercepts'?")


def test_agents_are_told_why_before_anything_is_made(fresh: Path) -> None:
    """Who may change nothing is told why all the same."""
    terms = Terms(fresh, fresh)
    shape = reply(offered(terms)["why"], {"value": "holes[0].depth_m"}, terms).shape
    assert shape is not None and shape["done"][0]["made"]["step"] == 0


def test_a_sum_of_columns_has_a_reason(fresh: Path, tmp_path: Path) -> None:
    """The address that a printed sum has can be asked for: its value, its parts, the same worked out once more."""
    book = Path(copytree(fresh, tmp_path / "book"))
    (table,) = printed(book, "intercepts")
    cell = next(each for each in table["rows"][0]["cells"] if each["address"] and "+" in each["address"]["column"])
    assert Address(*cell["address"].values()) == address(SUM) == address("intercepts[0].zn_pct+pb_pct")
    (found,) = ask("why", SUM, "--book", book, "--format", "json").well().json["done"]
    assert found["value"] == cell["value"] == pytest.approx(found["row"]["zn_pct"] + found["row"]["pb_pct"])
    assert found["again"] == pytest.approx(found["value"]) and {"zn_pct", "pb_pct"} <= set(found["rows"][0])
    assert "added up" in " ".join(found["definitions"])
    said = ask("why", cell["text"], "--book", book).well().out
    assert f"{SUM}: {cell['text']} is " in said or f"orebook why '{SUM}'" in said
    ask("why", "intercepts[0].zn_pct+from_m", "--book", book).refused("a sum needs one unit")
    ask("why", "intercepts[0].zn_pct+hole", "--book", book).refused("only numbers can be added up")


@pytest.mark.parametrize("said", ["a[0].b+", "a[0].+b", "a[0].b c", "a[0].b++c", "a[9999999999999].b", "a[0].b - c"])
def test_what_is_no_address_is_none(said: str) -> None:
    """A sum is names between plus signs, and nothing else."""
    assert address(said) is None
