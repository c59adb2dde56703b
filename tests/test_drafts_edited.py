"""Drafts after somebody has edited them, and books after they have got new rows: what no longer agrees is told."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from book_runs import Left, ask, example
from orebook.reading.formats import open_document
from orebook.reports.release.carried import carried
from orebook.reports.release.register import read_register

DAY = ("--day", "2031-07-21")


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the book of the small mine."""
    return example("small-mine", tmp_path_factory.mktemp("books") / "mine")


@pytest.fixture(scope="module")
def first(mine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The draft of its release in all formats, as it was written."""
    pytest.importorskip("docx")
    pytest.importorskip("typst")
    folder = tmp_path_factory.mktemp("drafts")
    ask("draft", "drilling", "--book", mine, *DAY, "-o", f"{folder}/", "--quiet").well()
    return folder


@pytest.fixture
def drafts(first: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the draft, to be edited."""
    for file in first.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    yield tmp_path


def checked(file: Path, book: Path, *more: str) -> list[tuple[str, str]]:
    """What is noticed in a document beside its book: grade and message."""
    left: Left = ask("check", file, "--book", book, "--select", "D117,D118", "--format", "jsonl", *more)
    assert left.status in (0, 1), left.said
    return [(each["grade"], each["message"]) for each in map(json.loads, left.out.splitlines())]


@pytest.mark.parametrize("form", ["md", "html", "docx", "pdf"])
def test_the_register_knows_where_each_number_stands(form: str, first: Path) -> None:
    """Place, words and address of every number stand in the register, for every format, and lead to those words."""
    register = read_register((first / "drilling.numbers.json").read_text(encoding="utf-8"))
    name = f"drilling.{form}"
    text = open_document(name, (first / name).read_bytes()).text
    places = register.documents[name]["places"]
    assert len(places) == len(register.numbers) >= 200
    for number, (start, end) in zip(register.numbers, places, strict=True):
        assert " ".join(text[start:end].split()) == number.printed


@pytest.mark.parametrize("form", ["md", "html", "docx", "pdf"])
def test_a_draft_agrees_with_its_book(form: str, first: Path, mine: Path) -> None:
    """Of a draft that nobody has touched every number is the one of the book."""
    assert checked(first / f"drilling.{form}", mine) == []


def test_a_changed_number_is_told_with_its_address(drafts: Path, mine: Path) -> None:
    """A digit that was changed, in a sentence and in a table, is an error that names the number of the book."""
    file = drafts / "drilling.md"
    text = file.read_text(encoding="utf-8")
    text = text.replace("Hole HB-06 returned 12.50 m", "Hole HB-06 returned 12.05 m").replace("31.20 |", "32.10 |")
    file.write_text(text, encoding="utf-8")
    assert checked(file, mine) == [
        ("error", "12.05 m is printed; the book has 12.50 (intercepts[12].length_m)"),
        ("error", "32.10 is printed; the book has 31.20 (intercepts[14].au_gpt)"),
    ]


def test_a_number_that_was_rounded_further_agrees(drafts: Path, mine: Path) -> None:
    """12.5 m for 12.50 m is the same number, said with fewer digits."""
    file = drafts / "drilling.md"
    file.write_text(file.read_text(encoding="utf-8").replace("12.50 m", "12.5 m"), encoding="utf-8")
    assert checked(file, mine) == []


def test_words_around_the_numbers_may_be_others(drafts: Path, mine: Path) -> None:
    """New sentences, other words and another order of paragraphs leave the numbers what they are."""
    file = drafts / "drilling.md"
    text = file.read_text(encoding="utf-8").replace("returned", "cut").replace("## Drill results", "New.\n\n## Results")
    file.write_text(text, encoding="utf-8")
    assert checked(file, mine) == []


def test_what_was_taken_out_or_moved_is_a_note(drafts: Path, mine: Path) -> None:
    """A highlight that was taken out is noted number by number; nothing of it is an error."""
    file = drafts / "drilling.md"
    lines = file.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("- Hole HB-02")]
    file.write_text("\n".join(kept), encoding="utf-8")
    found = checked(file, mine)
    assert len(found) == 6 and {grade for grade, _ in found} == {"note"}
    assert all("intercepts[3]" in message or "intercepts[4]" in message for _, message in found)


def test_word_and_a_page_that_were_edited_are_compared_too(drafts: Path, mine: Path) -> None:
    """A digit that was changed in Word, and one on the page, are told as in Markdown."""
    docx = pytest.importorskip("docx")
    document = docx.Document(drafts / "drilling.docx")
    paragraph = next(each for each in document.paragraphs if each.text.startswith("Hole HB-01"))
    paragraph.runs[0].text = paragraph.runs[0].text.replace("12.00\u00a0m", "21.00 m")
    document.save(drafts / "drilling.docx")
    page = drafts / "drilling.html"
    page.write_text(page.read_text(encoding="utf-8").replace(">12.00 m</data>", ">21.00 m</data>"), encoding="utf-8")
    for file in (drafts / "drilling.docx", page):
        assert checked(file, mine) == [("error", "21.00 m is printed; the book has 12.00 (intercepts[0].length_m)")]


def test_a_release_without_a_register_is_compared_by_its_facts(mine: Path, tmp_path: Path) -> None:
    """A release in words of its own that gives another grade for an interval of the book is told, the others agree."""
    file = tmp_path / "letter.txt"
    file.write_text(
        "Nansen, July 21, 2031 - Marrowfen Copper and Gold Ltd. reports drilling.\n\n"
        "Hole HB-06 returned 12.50 m grading 3.78 g/t Au from 140.00 m.\n\n"
        "Hole HB-09 returned 5.20 m grading 1.21 g/t Au from 55.00 m.\n",
        encoding="utf-8",
    )
    assert checked(file, mine) == [("error", "3.78 g/t is printed; the book has 3.87 (intercepts[12].au_gpt)")]


def test_a_release_of_an_earlier_quarter_is_compared_with_that_quarter(tmp_path: Path) -> None:
    """Without a register, figures of the period that a release reports on are put beside what the book says of it."""
    book = example("two-mines", tmp_path / "mines")
    file = tmp_path / "second-quarter.md"
    ask("draft", "quarter", "--period", "2011-Q2", "--book", book, "--day", "2011-08-12", "-o", file, "--quiet").well()
    (tmp_path / "second-quarter.numbers.json").unlink()
    assert checked(file, book) == []
    text = file.read_text(encoding="utf-8")
    assert "Revenues of $65.1 million" in text
    file.write_text(text.replace("Revenues of $65.1 million", "Revenues of $56.1 million"), encoding="utf-8")
    assert checked(file, book) == [
        ("error", "$56.1 million is printed; the book has 65.1 (statements[5].value)"),
    ]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Hole HB-09 returned 5.20 m grading 1.21 g/t Au from 55.00 m.", []),
        ("Hole HB-09 returned 5.20 m grading 1.21 g/t Au from 56.00 m.", ["56.00|55.00 (intercepts[17].from_m)"]),
        ("Hole HB-09 returned 5.30 m grading 1.21 g/t Au from 55.00 m.", ["5.30 m|5.20 (intercepts[17].length_m)"]),
        ("| HB-04 | 24.00 | 26.60 | 2.50 | 1.62 |", ["26.60|26.50 (intercepts[8].to_m)"]),
        ("| HB-03 | 88.00 | 94.00 | 5.50 | 4.20 |", ["88.00|88.50 (intercepts[6].from_m)"]),
        ("| HB-08 | 20.00 | 27.50 | 7.50 | 2.50 |", ["HB-08|these numbers of hole HB-07 (intercepts[15]."]),
        ("Hole HB-08 returned 7.50 m grading 2.50 g/t Au from 20.00 m.", ["7.50 m|these numbers of hole HB-07"]),
        ("Hole HB-11 returned 4.00 m grading 1.10 g/t Au from 20.00 m.", []),
    ],
)
def test_a_depth_or_a_hole_that_was_changed_is_told(said: str, told: list[str], mine: Path, tmp_path: Path) -> None:
    """An interval is known by most of its numbers: the depth, length or hole that is another one is told, no other."""
    file = tmp_path / "letter.md"
    head = "| Hole | From (m) | To (m) | Interval (m) | Au (g/t) |\n|---|---|---|---|---|\n" if said[0] == "|" else ""
    file.write_text(f"Nansen, July 21, 2031 - Marrowfen Copper reports drilling.\n\n{head}{said}\n", encoding="utf-8")
    found = [message for _, message in checked(file, mine)]
    assert len(found) == len(told)
    for message, expected in zip(found, told, strict=True):
        printed, book = expected.split("|")
        assert message.startswith(f"{printed} is printed; the book has {book}")


def test_a_page_alone_tells_that_it_was_edited(drafts: Path) -> None:
    """A page says the values of its numbers itself, so that no book is needed to see that a digit was changed."""
    page = drafts / "drilling.html"
    page.write_text(page.read_text(encoding="utf-8").replace(">12.00 m</data>", ">21.00 m</data>"), encoding="utf-8")
    assert "21.00 m is printed; the book has 12.00" in ask("check", page).out


def test_a_book_that_has_changed_is_told(drafts: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """After a sample was corrected in the book the draft is old: the interval and what it is part of are told."""
    book = example("small-mine", tmp_path_factory.mktemp("books") / "changed")
    table = book / "tables" / "assays.csv"
    text = table.read_text(encoding="utf-8")
    assert ",31.2," in text
    table.write_text(text.replace(",31.2,", ",27.2,"), encoding="utf-8")
    found = checked(drafts / "drilling.md", book)
    assert ("error", "31.20 is printed; the book has 27.20 (intercepts[14].au_gpt)") in found
    assert {grade for grade, _ in found} == {"error"} and all("au_gpt" in message for _, message in found)


def test_rows_are_found_again_when_others_are_gone(drafts: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Without the first hole all intervals stand in other rows: only those of that hole are told."""
    book = example("small-mine", tmp_path_factory.mktemp("books") / "fewer")
    table = book / "tables" / "assays.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join(line for line in lines if not line.startswith("HB-01,")) + "\n", encoding="utf-8")
    found = [message for grade, message in checked(drafts / "drilling.md", book) if "intercepts[" in message]
    assert found and all("no such number any more" in message for message in found)
    assert all(message.split("(intercepts[")[1][0] in "012" for message in found)


def test_an_edited_draft_is_not_written_over(drafts: Path, mine: Path) -> None:
    """Drafting again changes nothing that somebody has edited, and says what is other; --force writes over it."""
    file = drafts / "drilling.md"
    edited = file.read_text(encoding="utf-8").replace("12.50 m", "12.60 m")
    file.write_text(edited, encoding="utf-8")
    ask("draft", "drilling", "--book", mine, *DAY, "-o", file).refused("edited", "12.50 m is now 12.60 m", "--force")
    assert file.read_text(encoding="utf-8") == edited
    ask("draft", "drilling", "--book", mine, *DAY, "-o", file, "--force", "--quiet").well()
    assert "12.60 m" not in file.read_text(encoding="utf-8")
    ask("draft", "drilling", "--book", mine, "--day", "2031-07-22", "-o", file, "--quiet").well()
    assert "July 22, 2031" in file.read_text(encoding="utf-8")


def test_a_file_that_is_no_draft_is_not_written_over(mine: Path, tmp_path: Path) -> None:
    """A document of which no register tells stays as it is."""
    file = tmp_path / "release.md"
    file.write_text("Mine.\n", encoding="utf-8")
    ask("draft", "drilling", "--book", mine, *DAY, "-o", file).refused("no register tells", "--force")
    assert file.read_text(encoding="utf-8") == "Mine.\n"


def test_templates_of_the_book_win(tmp_path: Path) -> None:
    """--templates writes ours into the book, leaves what is there, and the draft follows what was edited."""
    book = example("small-mine", tmp_path / "mine")
    own = book / "templates"
    own.mkdir()
    (own / "about.md").write_text("## Who we are\n\n{{ company }} digs.\n", encoding="utf-8")
    said = ask("draft", "drilling", "--book", book, "--templates").well().out
    assert "about.md: is there and stays as it is" in said and (own / "drilling.md").is_file()
    left = ask("draft", "drilling", "--book", book, *DAY).well().out
    assert "## Who we are\n\nMarrowfen Copper and Gold Ltd. digs." in left
    (own / "about.md").write_text("## Who we are\n\n{{ compamy }} digs.\n", encoding="utf-8")
    left = ask("draft", "drilling", "--book", book, *DAY)
    left.refused("about.md:3:", "'compamy' is undefined")


def test_a_gap_is_noted(mine: Path, tmp_path: Path) -> None:
    """What is still to be said is a note of the checks; the whole draft of the example has none."""
    file = tmp_path / "release.md"
    ask("draft", "drilling", "--book", mine, *DAY, "-o", file, "--quiet").well()
    assert "D119" not in ask("check", file).out
    text = file.read_text(encoding="utf-8").replace("Jonas Pell", "[to be completed: name of a contact]")
    file.write_text(text, encoding="utf-8")
    assert "D119" in ask("check", file).well().out


def test_word_carries_the_register_with_it(drafts: Path, mine: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A Word file that was sent alone, edited and saved is compared; a register beside it goes before its own."""
    docx = pytest.importorskip("docx")
    away = tmp_path_factory.mktemp("away") / "final 2.docx"
    document = docx.Document(drafts / "drilling.docx")
    paragraph = next(each for each in document.paragraphs if each.text.startswith("Hole HB-01"))
    paragraph.runs[0].text = paragraph.runs[0].text.replace("12.00\u00a0m", "21.00 m")
    document.save(away)
    assert checked(away, mine) == [("error", "21.00 m is printed; the book has 12.00 (intercepts[0].length_m)")]
    register = (drafts / "drilling.numbers.json").read_text(encoding="utf-8")
    other = register.replace('"intercepts[0].length_m"', '"intercepts[0].to_m"')
    (away.parent / "final 2.numbers.json").write_text(other, encoding="utf-8")
    assert "(intercepts[0].to_m)" in checked(away, mine)[0][1]


def test_what_word_carries_has_no_digit_that_is_not_printed(drafts: Path) -> None:
    """Who is sent the Word file learns no more of a grade than its words say; who has the register knows all of it."""
    own = carried("drilling.docx", (drafts / "drilling.docx").read_bytes())
    kept = read_register((drafts / "drilling.numbers.json").read_text(encoding="utf-8"))
    assert own is not None and len(own.numbers) == len(kept.numbers) > 50
    for there, here in zip(own.numbers, kept.numbers, strict=True):
        assert (there.address, there.printed) == (here.address, here.printed)
        digits = re.sub(r"\D", "", repr(there.value)).strip("0")
        assert digits in re.sub(r"\D", "", here.printed), (there.value, here.printed)
    assert any(there.value != here.value for there, here in zip(own.numbers, kept.numbers, strict=True))
