"""The verbs of a book as people use them: help, exit status, messages, JSON, and what each promises to keep."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from book_runs import (
    ASSAYS,
    COLLARS,
    DECLARED,
    MINE,
    ask,
    blameless,
    content,
    environment,
    printed,
    put,
    question,
    settings,
    whole,
)
from orebook.book import journal

pytest_plugins = ("book_places",)

VERBS = ("new", "add", "validate", "make", "ask", "why")
DAMAGED = MINE / "damaged"


# --- Help, and what was asked wrongly ---


@pytest.mark.parametrize("verb", VERBS)
def test_help_shows_examples_that_exist(verb: str) -> None:
    """The help of a verb tells its options and shows examples, which use no other."""
    text = ask(verb, "--help").well().out
    said, _, examples = text.partition("Examples:")
    lines = [line for line in examples.splitlines() if line.strip()]
    assert len(lines) >= 2 and all(line.strip().startswith(f"orebook {verb}") for line in lines)
    known = set(re.findall(r"--[a-z-]+", said))
    assert set(re.findall(r"--[a-z-]+", examples)) <= known and {"--format", "--output", "--quiet", "--help"} <= known


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add",), "Missing argument 'FILE...'"),
        (("ask",), "Missing argument 'SQL'"),
        (("ask", "--"), "Missing argument 'SQL'"),
        (("why",), "Missing argument 'VALUE'"),
        (("new", "--issuer", "X"), "Missing argument 'FOLDER'"),
        (("new", "kestrel"), "Missing option '--issuer'"),
        (("validate", "--boko", "x"), "Did you mean '--book'?"),
        (("validate", "--fail-on", "errors"), "'errors' is not one of them; did you mean 'error'?"),
        (("add", "x.csv", "--known", "both"), "there are replace, add, skip"),
        (("ask", "select 1", "--format", "dokx"), "is not one of"),
        (("validtae",), "did you mean 'validate'?"),
    ],
    ids=lambda said: " ".join(said) if isinstance(said, tuple) else "",
)
def test_asked_wrongly(words: tuple[str, ...], said: str) -> None:
    """What is missing or unknown on the command line is said with what there is, and leaves with 2."""
    ask(*words).refused(said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "x.csv", "--table", "assay"), "did you mean 'assays'?"),
        (("add", "x.csv", "--declare", "lenght=m"), "did you mean 'length'?"),
        (("add", "x.csv", "--declare", "length"), "write KEY=VALUE"),
        (("add", "x.csv", "--column", "CU"), "write HEAD=NAME"),
        (("add", "x.csv", "--header", "-1"), "lines count from 1"),
        (("add", "nowhere.csv"), "no such file"),
        (("make", "intercept"), "did you mean 'intercepts'?"),
        (("make", "traces", "holes"), "ask for them alone"),
        (("make", "composites"), 'write the columns to average: of = ["au_gpt"]'),
        (("validate", "--select", "X9"), "X9"),
        (("validate", "--most", "0"), "ask for at least one"),
        (("ask", "select * from asays"), "assays"),
        (("why", "9999.99"), "ask with another --period, or for an address"),
        (("why", "intercepts[99].au_gpt"), "has 18 rows, counted from 0"),
        (("why", "intercepts[0].ag_gpt"), "it has id, parent"),
        (("why", "composites[0].au_gpt"), "write the columns to average"),
    ],
    ids=lambda said: " ".join(said) if isinstance(said, tuple) else "",
)
def test_a_book_asked_wrongly(words: tuple[str, ...], said: str, book: Path) -> None:
    """A message says what is wrong and what to do instead; the book stays as it was."""
    before = content(book)
    ask(*words, "--book", book).refused("orebook: ", said)
    assert content(book) == before


def test_without_a_book(tmp_path: Path) -> None:
    """Every verb that needs a book says how one is begun."""
    for words in (("add", "x.csv"), ("validate",), ("make", "holes"), ("ask", "select 1"), ("why", "1.0")):
        ask(*words, "--book", tmp_path).refused("there is no book here", "orebook new")
    ask("new", tmp_path / "b", "--issuer", "X").well()
    ask("new", tmp_path / "b", "--issuer", "X").refused("this is a book already")


def test_status_of_validate(book: Path, fresh: Path, tmp_path: Path) -> None:
    """0 when nothing reaches the grade of --fail-on, 1 when something does."""
    assert ask("validate", "--book", book).status == 0
    assert ask("validate", "--book", book, "--fail-on", "note").status == 1
    put(tmp_path, "c.csv", f"{COLLARS}\nA-1,500000,6000000,100,90,-60,100\nA-1,500000,6000000,100,90,-60,120\n")
    ask("add", tmp_path / "c.csv", "--book", fresh, *DECLARED).well()
    assert ask("validate", "--book", fresh).status == 1
    assert ask("validate", "--book", fresh, "--fail-on", "never").status == 0
    assert ask("validate", "--book", fresh, "--ignore", "T102").status == 0


# --- JSON ---

SHAPES = {
    "new": ("done", {"doc", "lines", "book"}),
    "add": ("done", {"table", "rows", "kept", "rejected", "reasons", "mapping", "declared", "rejected_cells", "step"}),
    "validate": ("findings", {"code", "grade", "message", "sources", "expected", "basis", "help"}),
    "make": ("tables", {"name", "caption", "columns", "rows", "footnotes", "remarks"}),
    "ask": ("tables", {"doc", "columns", "rows"}),
    "why": ("done", {"address", "value", "again", "row", "table", "rows", "definitions", "origins", "made", "changed"}),
}


@pytest.mark.parametrize("verb", VERBS)
def test_json(verb: str, book: Path, tmp_path: Path) -> None:
    """Every answer is one object with its version, its results and its troubles."""
    words: dict[str, tuple[str | Path, ...]] = {
        "new": (tmp_path / "n", "--issuer", "X"),
        "add": (MINE / "recoveries.csv", "--declare", "length=m", "--known", "replace", "--book", book),
        "validate": ("--book", book),
        "make": ("intercepts", "--book", book),
        "ask": ("select hole from collars", "--book", book),
        "why": ("intercepts[0].au_gpt", "--book", book),
    }
    said = ask(verb, *words[verb], "--format", "json").well().json
    part, keys = SHAPES[verb]
    assert said["schema_version"] and said["troubles"] == [] and keys <= set(said[part][0])
    missing = ask("add", tmp_path / "none.csv", "--book", book, "--format", "json")
    assert missing.status == 2 and {"where", "what", "instead"} <= set(missing.json["troubles"][0])


# --- add ---


def added(book: Path, file: Path, *more: str | Path) -> dict[str, Any]:
    """What orebook add says of a file, as an object."""
    found: dict[str, Any] = ask("add", file, "--book", book, *more, "--format", "json").well().json["done"][0]
    return found


def test_a_dry_run_changes_nothing_and_tells_all(fresh: Path, tmp_path: Path) -> None:
    """--dry-run says what add will say, but for the step, and writes nothing."""
    file = put(tmp_path, "a.csv", f"{ASSAYS}\nA-1,0,1,<0.01\nA-1,1,2,x\nA-1,2,3,5\n")
    before = content(fresh)
    dry = added(fresh, file, *DECLARED, "--dry-run")
    assert content(fresh) == before and dry["step"] == 0
    real = added(fresh, file, *DECLARED)
    assert content(fresh) != before and real["step"] == 1
    told = ("rows", "kept", "rejected", "reasons", "mapping", "declared", "rejected_cells")
    assert [dry[key] for key in told] == [real[key] for key in told]
    assert (real["rows"], real["kept"], real["reasons"]) == (3, 2, {"no number": 1})
    kept = (fresh / "journal" / "000001-rejected.csv").read_text(encoding="utf-8")
    assert "line 3, column 4" in kept and "no number" in kept


def test_holes_that_the_table_knows(fresh: Path, tmp_path: Path) -> None:
    """Rows of known holes need a word: in the place of the old ones, beside them, or not at all."""
    ask("add", put(tmp_path, "a.csv", f"{ASSAYS}\nA,0,1,1\nA,1,2,1\nB,0,1,1\n"), "--book", fresh, *DECLARED).well()
    file = put(tmp_path, "b.csv", f"{ASSAYS}\nA,0,2,7\nC,0,1,7\n")
    said = ask("add", file, "--book", fresh, *DECLARED)
    said.refused("has rows of 1 of these holes already (A)", "--known replace", "--known add", "--known skip")
    results = {}
    for known in ("replace", "add", "skip"):
        trial = Path(shutil.copytree(fresh, tmp_path / known))
        done = added(trial, file, *DECLARED, "--known", known)
        rows = question(trial, "select hole, count(*) n from assays group by hole order by hole")
        results[known] = (done["rows_now"], done["replaced"], done["skipped"], {row["hole"]: row["n"] for row in rows})
        assert whole(trial) == 2
    assert results == {
        "replace": (3, 2, 0, {"A": 1, "B": 1, "C": 1}),
        "add": (5, 0, 0, {"A": 3, "B": 1, "C": 1}),
        "skip": (4, 0, 1, {"A": 2, "B": 1, "C": 1}),
    }


def test_the_same_file_twice(fresh: Path, tmp_path: Path) -> None:
    """A file that was added before is known by its content, whatever it is called; a word takes it again."""
    file = put(tmp_path, "a.csv", f"{ASSAYS}\nA,0,1,1\n")
    ask("add", file, "--book", fresh, *DECLARED).well()
    other = put(tmp_path, "other.csv", file.read_bytes())
    for again in (file, other):
        ask("add", again, "--book", fresh, *DECLARED).refused("this file was added in step 1", "--known replace")
    assert added(fresh, other, *DECLARED, "--known", "replace")["rows_now"] == 1


def test_a_mapping_is_remembered(fresh: Path, tmp_path: Path) -> None:
    """What was said of a file holds for the next with the same heads; what is said anew holds before it."""
    heads = "Hole,a,b,Copper,Remark"
    said = ("--column", "a=from,b=to,Copper=cu_pct,Remark=keep", "--table", "assays", "--declare", "length=m")
    first = added(fresh, put(tmp_path, "one.csv", f"{heads}\nA,0,1,0.5,x\n"), *said)
    second = ask("add", put(tmp_path, "two.csv", f"{heads}\nB,0,1,0.7,y\n"), "--book", fresh).well()
    assert "columns and declarations as in mappings/assays-" in second.out
    assert question(fresh, "select cu_pct, remark from assays order by hole") == [
        {"cu_pct": 0.5, "remark": "x"}, {"cu_pct": 0.7, "remark": "y"},
    ]  # fmt: skip
    third = added(fresh, put(tmp_path, "three.csv", f"{heads}\nC,0,1,0.7,y\n"), "--column", "Copper=cu_ppm")
    columns = {row["head"]: row["column"] for row in third["mapping"]}
    assert columns["Copper"] == "cu_ppm" and columns["a"] == "from_m"
    assert {row["head"]: row["column"] for row in first["mapping"]}["Copper"] == "cu_pct"


def test_what_is_asked_can_be_answered(fresh: Path, tmp_path: Path) -> None:
    """Every option that a question names, word for word, is one that add takes."""
    text = "hole,easting,northing,elevation,azimuth,dip,depth\nA-1,500000,6000000,100,90,60,100\n"
    sheet = put(tmp_path, "c.csv", text)
    codes = put(tmp_path, "a.csv", "hole,from_m,to_m,au_gpt,recovery_pct\nA-1,0,1,-999,0.9\nA-1,1,2,-0.01,0.8\n")
    settings(fresh, change=[('crs = "EPSG:26909"', 'crs = ""'), ('azimuth = "grid"', 'azimuth = "unknown"')])
    named = set()
    for file in (sheet, codes):
        left = ask("add", file, "--book", fresh, "--dry-run").refused("--declare ")
        assert "declare" not in left.err.replace("--declare ", "").replace("was declared", "")
        named |= {quoted or bare for quoted, bare in re.findall(r'--declare (?:"([^"]+)"|([\w=:]+))', left.err)}
    assert {
        "length=m",
        "dip=positive_down",
        "azimuth=grid",
        "crs=EPSG:26909",
        "missing=-999",
        "negatives=below",
    } <= named
    for one in sorted(named):
        assert "--declare" not in blameless(ask("add", "none.csv", "--book", fresh, "--declare", one)).err, one


def test_a_question_where_the_cache_cannot_be_written(book: Path, tmp_path: Path) -> None:
    """On a full disk, or where no cache can lie, a question has the same answer, and no half of a cache is left."""
    asked = ("ask", "select count(*) n from assays", "--format", "json", "--book")
    rows = ask(*asked, book).well().out
    other = Path(shutil.copytree(book, tmp_path / "other", ignore=shutil.ignore_patterns("cache")))
    (other / "cache").write_text("no folder", encoding="utf-8")
    assert ask(*asked, other).well().out == rows
    assert "cannot be written" in ask(*asked, other).err
    ask("ask", "select * from read_csv('book.toml')", "--book", other).refused("cannot be answered")
    if os.name != "posix":
        return
    (other / "cache").unlink()
    script = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000)); "
    script += "from orebook.faces.cli import main; sys.exit(main(sys.argv[1:]))"
    words = [sys.executable, "-c", script, *map(str, asked), str(other)]
    answer = subprocess.run(words, capture_output=True, text=True, env=environment())
    assert answer.stdout == rows, answer.stderr
    assert not list((other / "cache").iterdir())


def test_blanks_around_names_are_said(fresh: Path, tmp_path: Path) -> None:
    """A name that loses blanks is another name than the file had: it is counted and shown."""
    left = ask(
        "add", put(tmp_path, "a.csv", f"{ASSAYS}\nA ,0,1,1\nA,1,2,1\n B,0,1,1\n"), "--book", fresh, *DECLARED
    ).well()
    assert "blanks around the name in 2 cells of hole were left out, such as 'A '" in left.out
    assert {row["hole"] for row in question(fresh, "select hole from assays")} == {"A", "B"}


def noticed(book: Path) -> dict[tuple[str, str], set[int]]:
    """The lines of the files that were added at which each rule finds something, by file and code."""
    found: dict[tuple[str, str], set[int]] = {}
    for finding in ask("validate", "--book", book, "--format", "json", "--most", "100000").json["findings"]:
        for source in finding["sources"]:
            with Path(source["doc"]).open(encoding="utf-8", newline="") as lines:
                row = list(csv.DictReader(lines))[source["line"] - 2]
            found.setdefault((Path(source["doc"]).name, finding["code"]), set()).add(int(row["origin_row"]))
    return found


def test_every_planted_fault_is_noticed(tmp_path: Path) -> None:
    """Each fault of the damaged tables is seen where it stands, by add or by the rule that the list names."""
    book = tmp_path / "book"
    ask("new", book, "--issuer", "X", "--crs", "EPSG:25833", "--azimuth", "grid").well()
    sheets = [DAMAGED / name for name in ("collars.csv", "surveys.csv", "lithology.csv")]
    left = [ask("add", *sheets, "--book", book, "--declare", "length=m,dip=negative_down").well()]
    said = "length=m,decimal=.,negatives=kept"
    left += [ask("add", DAMAGED / "assays.csv", "--book", book, "--declare", said).well()]
    for name, words in (("broken.xlsx", "corrupt"), ("invoice.csv", "no column for hole among Invoice")):
        left += [ask("add", DAMAGED / name, "--book", book, "--declare", "length=m").refused(words)]
    told = "".join(each.said for each in left)
    found = noticed(book)
    with (DAMAGED / "planted.csv").open(encoding="utf-8", newline="") as lines:
        planted = list(csv.DictReader(lines))
    for row in planted:
        if row["noticed_by"] != "import":
            assert int(row["line"]) in found.get((row["file"], row["noticed_by"]), set()), row
        elif row["line"]:
            assert f"line {row['line']}, column " in told or f"such as {row['hole']!r}" in told, row
    assert "byte-order mark" in told and "line ends are mixed" in told


# --- make, ask and why ---


def test_a_make_when_nothing_has_changed_writes_no_step(book: Path, tmp_path: Path) -> None:
    """Alone or with others, or after a table it does not rest on, the step that stands is named; new rules make one."""
    before = content(book)
    for words in (("intercepts",), ("holes", "intercepts"), ("drilling",)):
        assert "intercepts: step 11 of the journal" in ask("make", *words, "--book", book).well().err
    assert content(book) == before
    ask("add", MINE / "recoveries.csv", "--declare", "length=m", "--known", "replace", "--book", book).well()
    assert "intercepts: step 11 of the journal" in ask("make", "intercepts", "--book", book).well().err
    settings(book, change=[("cutoff = 0.5", "cutoff = 0.6")])
    assert "intercepts: step 14 of the journal" in ask("make", "intercepts", "--book", book).well().err
    assert whole(book) == 14


def test_a_step_names_the_tables_of_its_own_result(book: Path) -> None:
    """What is made beside a result is nothing that it rests on, whatever was made first."""
    made = {step.given["result"]: {read.name for read in step.reads} for step in journal.steps(book)[-2:]}
    assert made["intercepts"] == {"tables/assays.csv", "tables/collars.csv", "book.toml"}
    assert made["holes"] == {"tables/assays.csv", "tables/collars.csv", "tables/surveys.csv", "book.toml"}
    ask("make", "paths", "survey_quality", "--book", book).well()
    for step in journal.steps(book)[-2:]:
        assert {read.name for read in step.reads} == {"tables/collars.csv", "tables/surveys.csv", "book.toml"}


def test_a_book_that_was_moved(book: Path, tmp_path: Path) -> None:
    """Nothing in a book names its place: moved, it makes no step anew, and its chains lead to the same lines."""
    before, chain = content(book), ask("why", "intercepts[0].au_gpt", "--book", book).well().out
    moved = tmp_path / "far" / "away"
    moved.parent.mkdir()
    shutil.move(book, moved)
    assert "step 11 of the journal" in ask("make", "intercepts", "--book", moved).well().err
    assert ask("why", "intercepts[0].au_gpt", "--book", moved).well().out == chain
    ask("validate", "--book", moved).well()
    assert question(moved, "select count(*) n from intercepts") == [{"n": 18}]
    assert content(moved) == before and whole(moved) == 12
    assert not any(
        str(book.parent).encode() in data for name, data in before.items() if name.endswith((".json", ".csv"))
    )


def test_a_book_in_feet(tmp_path: Path) -> None:
    """Feet stay feet from the file to the page; metres that come in are turned, and that is said."""
    book = tmp_path / "feet"
    ask("new", book, "--issuer", "Old Iron Range Co.", "--length", "ft", "--azimuth", "grid", "--crs", "local").well()
    rules = "[rules.bulk]\non = 'fe_pct'\ncutoff = 30\ntop_cut = 'none'\nmin_length = 5\nmax_waste_run = 5\n"
    settings(book, more=f"\n{rules}[results.intercepts]\nrules = ['bulk']\ncarry = ['fe_pct']\n")
    collars = "hole,easting,northing,elevation,azimuth,dip,depth (ft)\nB1-001,570000,5280000,1500,0,-90,1000\n"
    assays = "hole,from (ft),to (ft),fe_pct\nB1-001,100,105.5,31\nB1-001,105.5,110,33\nB1-001,110,115,10\n"
    said = ("--declare", "dip=negative_down")
    ask("add", put(tmp_path, "c.csv", collars), put(tmp_path, "a.csv", assays), "--book", book, *said).well()
    metric = "hole,from (m),to (m),fe_pct\nB1-002,30.48,60.96,20\n"
    turned = ask("add", put(tmp_path, "m.csv", metric), "--book", book, *said).well()
    assert "from (m), to (m) were turned from m into ft" in turned.out
    assert question(book, "select from_ft, to_ft from assays where hole = 'B1-002'") == [
        {"from_ft": 100.0, "to_ft": 200.0}
    ]
    (table,) = printed(book, "intercepts")
    heads = [column["head"] for column in table["columns"]]
    assert heads == ["Hole", "From (ft)", "To (ft)", "Interval (ft)", "Fe (%)"]
    assert [cell["text"] for cell in table["rows"][0]["cells"]][:4] == ["B1-001", "100.00", "110.00", "10.00"]
    assert "from_ft 100.0" in ask("why", "intercepts[0].fe_pct", "--book", book).well().out
    assert ask("validate", "--book", book, "--ignore", "T301").status == 0


def test_numbers_without_measure_are_written_short(fresh: Path, tmp_path: Path) -> None:
    """1e308 is not printed with 309 digits, and no rule counts the decimals of what is no depth."""
    file = put(tmp_path, "a.csv", f"{ASSAYS}\nA-1,0,1,1e308\nA-1,1e307,1e308,1\nA-1,1,2.00049,1\n")
    ask("add", file, "--book", fresh, *DECLARED).well()
    out = ask("ask", "select * from assays", "--book", fresh).well().out
    assert "1e308" in out and max(map(len, out.splitlines())) < 200
    ask("add", put(tmp_path, "c.csv", f"{COLLARS}\nA-1,500000,6000000,1,0,-90,9\n"), "--book", fresh, *DECLARED).well()
    found = ask("validate", "--book", fresh, "--select", "T310", "--format", "json").json["findings"]
    assert found == []


def test_why_finds_a_printed_number(book: Path) -> None:
    """A printed number leads to its rows with their weights, to the rule set and to the lines of the file."""
    text = ask("why", "2.89", "--book", book).well().out
    assert "intercepts[0].au_gpt: 2.89 is 2.88525" in text and "rule set bulk: on au_gpt, cutoff 0.5" in text
    assert re.search(r"from assays\.csv \(sha256 [0-9a-f]{12}\), lines \d+", text)
    said = json.loads(ask("why", "intercepts[0].au_gpt", "--book", book, "--format", "json").out)["done"][0]
    assert said["value"] == pytest.approx(said["again"]) and said["changed"] == []
    settings(book, more="\n# a remark\n")
    assert "CHANGED since then: book.toml" in ask("why", "2.89", "--book", book).well().out


def test_coordinates_of_another_grid_are_not_taken_for_ours(tmp_path: Path) -> None:
    """A file on another grid than the book's is refused with both, and turned when that is what was meant."""
    book = tmp_path / "tor"
    ask("new", book, "--issuer", "Tor Mines Ltd.", "--crs", "EPSG:26920").well()
    file = put(tmp_path, "collars.csv", "hole,easting,northing,depth\nT-1,440870,6133665,100\nT-2,440825,6133270,90\n")
    said = ("add", file, "--book", book, "--declare")
    ask(*said, "length=m,crs=EPSG:26919").refused("EPSG:26919", "EPSG:26920", "coordinates=EPSG:26919")
    assert not content(book)
    ask(*said, "length=m,crs=epsg:26920").well()
    turned = ask(
        "add", file, "--book", book, "--known", "replace", "--declare", "length=m,coordinates=EPSG:26919"
    ).well()
    assert "turned from EPSG:26919 into EPSG:26920" in turned.said
