"""Slips in book.toml: each is refused with the file, the place in it, and what to write."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from book_runs import ask, content, settings
from orebook.book.keys import keys
from orebook.book.problems import SettingsError
from orebook.book.settings import read_settings

pytest_plugins = ("book_places",)


@pytest.fixture(scope="module")
def shared_book(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the finished book for all slips."""
    return Path(shutil.copytree(finished, tmp_path_factory.mktemp("slips") / "book"))


@pytest.fixture
def slipped(shared_book: Path) -> Iterator[Path]:
    """A book whose book.toml may be changed: it is put right again."""
    file = shared_book / "book.toml"
    said = file.read_bytes()
    yield shared_book
    file.write_bytes(said)


SLIPS = [
    *(("cutoff = 0.5", f"cutoff = {value}") for value in ("'x'", "nan", "inf", "-1", "[1]", "true", "2026-01-01")),
    *(("min_length = 2.0", f"min_length = {value}") for value in ("-2", "1e308", "inf", "'a'")),
    *(
        ("min_length = 2.0", f"min_length = 2.0\n{more}")
        for more in (
            "min_length_basis = 'true'", "weights = 'length_density'", "breaks = ['rock']", "breaks = 'sample'",
            "missing_sample = 'error'", "preset = 'x'", "preset = 'geosoft'", "max_waste_total = -1",
            "min_coverage = 7", "gap = 5",
        )
    ),
    *(("on = \"au_gpt\"", f"on = {value}") for value in ("'zz'", "'hole'", "''", "5", "'sample'")),
    *(
        ('rules = ["bulk", "vein", "shoot"]', said)
        for said in (
            "rules = []", "rules = ['nope']", "rules = [1]", "rules = ['bulk', 'bulk']", "rules = ['shoot', 'bulk']",
            "rules = ['bulk']\nzone = 5", "rules = ['bulk']\nholes = ['ZZ']", "rules = ['bulk']\nlargest_part = -1",
            "rules = ['bulk']\nthickness = 1", "rules = ['bulk']\nthickness = { tolerance_deg = 5 }",
            "rules = ['bulk']\nthickness = { tolerance_deg = 5, within = 5 }",
            "rules = ['bulk']\nthickness = { tolerance_deg = 5, within = 5, orientation_line = 'left' }",
        )
    ),
    *(
        ('carry = ["au_gpt", "cu_pct"]', f"carry = {value}")
        for value in ("['zz']", "[1]", "['hole']", "['from_m']", "['origin_row']", "5")
    ),
    *(
        ('first_of = ["au_grav_gpt", "au_fa30_gpt"]', said)
        for said in (
            "first_of = []", "first_of = ['zz']", "sum = ['au_grav_gpt']", "nonsense = 1", "first_of = ['au_gpt']",
            "oxide_of = 'sc_ppm'", "group = 'TREO+Y'", "equivalent = 'cu_pct'", "first_of = ['cu_pct']\nsum = ['x']",
        )
    ),
    *(("[derive.au_gpt]", f"[derive.{name}]") for name in ("hole", "from_m", '"a b"', "row")),
    *(('length = "m"', f'length = "{unit}"') for unit in ("km",)),
    *(('azimuth = "grid"', f"azimuth = {value}") for value in ("'x'", "5")),
]  # fmt: skip


@pytest.mark.parametrize(("right", "slip"), SLIPS, ids=lambda said: " ".join(str(said).split()))
def test_a_slip_in_the_rules(right: str, slip: str, slipped: Path) -> None:
    """A slip in what makes the intersections is refused with the file and the place in it."""
    settings(slipped, change=[(right, slip)])
    ask("make", "intercepts", "--book", slipped).refused("book.toml: ")


MORE = {
    "make paths": [
        "[results.paths]\nstep = 0", "[results.paths]\nstep = -1", "[results.paths]\nstep = 1e-12",
        "[results.paths]\nstep = 'x'", "[results.paths]\nstep = nan", "[results.paths]\nstop = 1",
        "[desurvey]\nmethod = 'x'", "[desurvey]\nno_survey = 'x'", "[desurvey]\nranking = 5",
    ],
    "make composites": [
        *(f"[results.composites]\nof = ['au_gpt']\nlength = {value}" for value in ("-1", "'x'", "0", "nan", "inf")),
        *(
            f"[results.composites]\nof = ['au_gpt']\nlength = 1\n{said}"
            for said in (
                "kind = 'x'", "origin = 5", "tail = [1]", "top_cut = 5", "top_cut = { au_gpt = 'x' }",
                "top_cut = { au_gpt = -1 }", "weights = 5", "minimum_coverage = 5", "len = 5",
                "assigned_density = 5", "assigned_density = { Hob = 'x' }", "missing = 'x'",
            )
        ),
        *(f"[results.composites]\nof = {of}\nlength = 1" for of in ("['hole']", "['from_m']", "['sample']", "[5]")),
        "[results.composites]\nof = ['au_gpt']\nkind = 'optimal'\nlength = 1",
        "[results.composites]\nof = ['au_gpt']\nkind = 'optimal'\nlength = 1\nshortest = 5\nlongest = 1",
    ],
    "make survey_quality": [
        "[results.survey_quality]\nerrors = 5", "[results.survey_quality.errors]\nrandom = 5",
        "[results.survey_quality.errors]\nrandom = { azimuth_deg = 1, dip_deg = 'x' }",
    ],
    "make sensitivity": [
        *(f"[results.sensitivity]\nrichest = {value}" for value in ("0", "-5", "'x'", "1e300", "nan", "1.5")),
    ],
    "make holes": ["[results.holes]\nx = 1", "[results]\nholes = 5", "[print.holes]\ntotal = 'x'"],
    "make zones": ["[results.zones]\nx = 1"],
    "make intercepts": [
        *(
            f"[print.intercepts]\n{said}"
            for said in (
                "columns = ['nix']", "columns = [5]", "columns = [{}]", "columns = 5", "units = 'x'", "caption = 5",
                "depth_decimals = 99", "captoin = 'x'", "columns = [{ source = 'hole', decimals = -1 }]",
            )
        ),
        "[print]\nintercepts = 5", "[print.nope]\ncaption = 'x'", "[tables]\nformat = 'xml'", "[nonsense]\nx = 1",
        "[results.nope]\nx = 1", "[results.nope]\nlike = 'nope'",
    ],
    "make highlights": ["[print.highlights]\ngrades = 5", "[print.highlights]\nstyle = 'x'"],
    "make programme": ["[print.programme]\ndecimals = 'x'", "[print.programme]\ndecimals = 99"],
    "validate": [
        "[validate]\nbounds = 5", "[validate]\nbounds = { au_gpt = 'x' }", "[validate]\ndogleg_deg_per_30m = 'x'",
        "[validate]\ndogleg = 1",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "more"), [(words, more) for words, several in MORE.items() for more in several], ids=lambda x: repr(x)
)
def test_a_slip_in_other_settings(words: str, more: str, slipped: Path) -> None:
    """A slip anywhere in book.toml is refused with the file and the place in it, by what it concerns."""
    settings(slipped, more=f"\n{more}\n")
    before = {name: data for name, data in content(slipped).items() if name != "book.toml"}
    ask(*words.split(), "--book", slipped).refused("book.toml: ")
    assert before == {name: data for name, data in content(slipped).items() if name != "book.toml"}


HOLDINGS = {
    "interest = 75": "number 1 has no name",
    "name = ' '": "number 1 has no name",
    "name = 'Hob'\ninterest = 0": "interest of Hob is 0; write per cent",
    "name = 'Hob'\ninterest = 101": "interest of Hob is 101; write per cent",
    "name = 'Hob'\ninterest = 75\nholders = { Tor = 25.1 }": "interests in Hob add up to 100.1 per cent",
    "name = 'Hob'\nholders = { Tor = -1 }": "holders.Tor of Hob is -1",
    "name = 'Hob'\n[[properties]]\nname = 'HOB'": "HOB is said of two",
    "name = 'Hob'\n[[properties]]\nname = 'Tor'\naliases = ['hob']": "hob is said of two",
    "name = 'Hob'\n[[properties]]\nname = 'Tor'\ninterest = '5'": "properties.2.interest is '5'; write a number",
}


@pytest.mark.parametrize("said", HOLDINGS)
def test_a_slip_in_a_property(said: str, tmp_path: Path) -> None:
    """A property without a name, two of one name, and more than the whole are refused, and what is no list."""
    assert HOLDINGS[said] in written(tmp_path / "book.toml", "properties", said)
    (tmp_path / "book.toml").write_text("[issuer]\nname = 'Any'\nproperties = 5\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"unknown key issuer\.properties"):
        read_settings(tmp_path / "book.toml")
    (tmp_path / "book.toml").write_text("properties = 5\n[issuer]\nname = 'Any'\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="properties is not a list of tables"):
        read_settings(tmp_path / "book.toml")


def test_properties_of_a_new_book(tmp_path: Path) -> None:
    """Properties named for a new book stand in book.toml, braces and quotes as they are, and can be asked for."""
    book = tmp_path / "tor"
    ask("new", book, "--issuer", "Tor Mines Ltd.", "--property", 'Hob {Lake} "B"', "--property", "Tor North").well()
    settings(
        book, change=[('name = "Tor North"', 'name = "Tor North"\ninterest = 62.5\nholders = { "Any Ltd." = 37.5 }')]
    )
    asked = ask("ask", "select name, interest, holders from properties", "--book", book, "--format", "json").well().json
    assert "Hob {Lake}" in str(asked)
    assert "62.5" in str(asked)
    assert "Any Ltd. 37.5" in str(asked)
    ask("new", tmp_path / "two", "--issuer", "Tor", "--property", "A", "--property", "a").refused("said of two")
    assert not (tmp_path / "two").exists()


WRONG = {
    "text": ("5", "['a']", "{}", "true"),
    "number": ("'far'", "nan", "inf", "true", "[1]", "{}", "1" + "0" * 400),
    "yes": ("'yes'", "1"),
    "words": ("5", "[5]", "{}", "['a', 5]"),
    "texts": ("5", "'gyro'", "[5]"),
    "numbers": ("5", "'x'", "{ a = 'x' }", "{ a = true }"),
    "day": ("'2026-06-30'", "20260630", "2026-06-30T10:00:00"),
    "table": ("5", "[]", "'x'"),
}
"""Values that a key of each kind cannot have."""

PLACES = [(table, key, kind) for table, known in keys().items() for key, kind in known.items()]


def written(file: Path, table: str, line: str) -> str:
    """What is said of a book.toml that has one line in one table."""
    issuer = "" if table == "issuer" else "[issuer]\nname = 'Any Ltd.'\n"
    head = f"[[{table}]]" if table in ("properties", "contacts", "laboratories") else f"[{table}]"
    file.write_text(f"{issuer}{head}\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as problem:
        read_settings(file)
    return str(problem.value)


@pytest.mark.parametrize(("table", "key", "kind"), PLACES, ids=lambda said: str(said))
def test_a_value_of_a_wrong_kind(table: str, key: str, kind: str, tmp_path: Path) -> None:
    """Every key of book.toml refuses values of other kinds, with the file and the place in it."""
    for value in WRONG[kind]:
        said = written(tmp_path / "book.toml", table, f"{key} = {value}")
        assert said.startswith(f"{tmp_path / 'book.toml'}: {table}.{key} is ") and "; write " in said, said


@pytest.mark.parametrize("table", sorted({table for table, _, _ in PLACES}))
def test_a_key_that_nobody_knows(table: str, tmp_path: Path) -> None:
    """An unknown key is refused with the nearest one that is known, in every table of book.toml."""
    for key in keys()[table]:
        slip = f"{key}x"
        assert f"unknown key {table}.{slip}; did you mean " in written(tmp_path / "book.toml", table, f"{slip} = 1")
    assert f"unknown key {table}.qqqqq; the keys are " in written(tmp_path / "book.toml", table, "qqqqq = 1")


@pytest.mark.parametrize(
    "text", ["x = " + "[" * 100_000, "x = " + "1" * 5000, "x = 1\nx = 2", "\0"], ids=["deep", "long", "twice", "nul"]
)
def test_what_is_no_toml(text: str, tmp_path: Path) -> None:
    """Brackets in brackets, numbers that never end: refused like any other file that is not TOML."""
    (tmp_path / "book.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"book\.toml: this is not TOML"):
        read_settings(tmp_path / "book.toml")
