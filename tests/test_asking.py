"""Asking from outside: what is offered, what is refused, and that nothing lies outside of the folder or is changed."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from book_runs import example
from orebook.book.problems import BookError
from orebook.desk.answer import AskedWronglyError
from orebook.faces.asking.fitting import fitted
from orebook.faces.asking.given import given as arguments
from orebook.faces.asking.offered import choices, is_place, offered, schema
from orebook.faces.asking.reference import entries, read
from orebook.faces.asking.reply import Reply, reply
from orebook.faces.asking.terms import Terms
from orebook.faces.manual import doors, manual, module, verbs
from orebook.ground.needs import MissingError

RELEASE = "Hole NX-07 cut 12.0 m grading 1.50 g/t gold from 30.0 m to 41.0 m.\n"
ENDLESS = "select sum(a.range * b.range) from range(10000000) a, range(10000000) b"
ALL = [name for name in verbs() if name not in doors()]

NO_PLACES = {("add", "table"), ("add", "declare"), ("add", "value")}
"""Words about files that name none."""


def asked(verb: str, terms: Terms, **said: object) -> Reply:
    """What a verb answers on these terms."""
    return reply(offered(terms)[verb], said, terms)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a release and a book, beside one that is nobody's business."""
    (tmp_path / "secret.md").write_text(RELEASE)
    here = tmp_path / "here"
    example("crater-lake", here / "book")
    (here / "may.md").write_text(RELEASE)
    return here


@pytest.mark.parametrize("verb", ALL)
def test_every_verb_says_whether_it_changes_anything(verb: str) -> None:
    """A verb says of itself whether it changes a book or writes files; what it names that makes it do so, it takes."""
    said = vars(module(f"orebook.desk.{verb}"))["CHANGES"]
    assert isinstance(said, bool | tuple)
    assert set(manual(verb).changing) <= {choice.name for choice in manual(verb).choices}


@pytest.mark.parametrize("verb", ALL)
def test_what_names_a_file_is_known_as_such(verb: str) -> None:
    """A word that a verb takes and that is about files names a place, or stands in the list of those that do not."""
    page = manual(verb)
    for choice in choices(page, Terms(Path(), changes=True)):
        about = re.search(r"file|folder|path|director", f"{choice.name} {choice.metavar} {choice.help}".lower())
        assert is_place(choice) or not about or choice.kind not in ("word", "words") or (verb, choice.name) in NO_PLACES


def test_without_leave_nothing_that_writes_is_offered() -> None:
    """What only writes is not there, what can show is held to showing, and a choice that writes is not taken."""
    terms = Terms(Path())
    assert "new" not in offered(terms) and {"add", "make", "check"} <= set(offered(terms))
    assert not {"dry_run", "memory"} & {
        *schema(manual("make"), terms)["properties"],
        *schema(manual("check"), terms)["properties"],
    }
    assert "memory" in schema(manual("check"), Terms(Path(), changes=True))["properties"]


def test_no_verb_changes_the_book_without_leave(folder: Path) -> None:
    """Whatever is asked read-only, the files of the book stay as they are; only what can be made again may come."""
    terms = Terms(folder, folder / "book")
    before = _files(folder)
    made = asked("make", terms, result=["holes"])
    assert made.shape and made.shape["tables"]
    added = asked("add", terms, files=["book/tables/collars.csv"], declare=["dip=negative_down"], known="replace")
    assert added.shape and "nothing was written" in str(added.shape)
    asked("ask", terms, sql="select count(*) from collars")
    with pytest.raises((AskedWronglyError, BookError)):
        asked("ask", terms, sql="delete from collars")
    asked("validate", terms)
    assert _files(folder) == before


def _files(folder: Path) -> dict[str, bytes]:
    found = (file for file in folder.rglob("*") if file.is_file() and "cache" not in file.parts)
    return {str(file): file.read_bytes() for file in found if file.name != ".lock"}


def test_a_question_without_end_is_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks from outside gets no thread for hours: a question is stopped, and says so."""
    monkeypatch.setattr("orebook.faces.asking.offered._SECONDS", 1)
    with pytest.raises(BookError, match="stopped after 1 s"):
        asked("ask", Terms(folder, folder / "book"), sql=ENDLESS)


def test_with_leave_a_result_is_recorded(folder: Path) -> None:
    """Where changes are allowed a result is written with its step, and asked why."""
    terms = Terms(folder, folder / "book", changes=True)
    done = asked("make", terms, result=["holes"])
    assert any("step" in note for note in done.notes)
    assert asked("why", terms, value="holes[0].depth_m").shape


HOSTILE = [
    "../secret.md",
    "/etc/passwd",
    "book/../../secret.md",
    "out.md",
    "out",
    "-",
    "https://example.com/release.html",
    "file:///etc/passwd",
    "zip://*.html::releases.zip",
    "../*.md",
    "/etc/*",
    "*/../../secret.md",
    "\0",
    "ou[t]/*.md",
]


@pytest.mark.parametrize("said", HOSTILE)
def test_nothing_outside_of_the_folder_is_opened(folder: Path, said: str) -> None:
    """Paths upwards, absolute ones, links, patterns, addresses and standard input are refused alike."""
    (folder / "out.md").symlink_to(folder.parent / "secret.md")
    (folder / "out").symlink_to(folder.parent)
    for verb, name in (("check", "paths"), ("read", "paths"), ("add", "files")):
        with pytest.raises(AskedWronglyError):
            asked(verb, Terms(folder), **{name: [said], "book": ""})
    with pytest.raises((AskedWronglyError, BookError)):
        asked("validate", Terms(folder), book=said)


def test_a_folder_with_a_way_out_is_refused(folder: Path) -> None:
    """A link that lies in a folder and leads elsewhere keeps the whole folder from being read."""
    (folder / "deep").mkdir()
    (folder / "deep" / "out.md").symlink_to(folder.parent / "secret.md")
    with pytest.raises(AskedWronglyError, match="outside"):
        asked("check", Terms(folder), paths=["deep"])


def test_a_refusal_does_not_tell_what_is_there(folder: Path) -> None:
    """A file that is there and one that is not are refused in the same words."""
    said = []
    for name in ("secret.md", "nothing.md"):
        with pytest.raises(AskedWronglyError) as refusal:
            asked("check", Terms(folder), paths=[f"../{name}"])
        said.append(str(refusal.value).replace(name, "NAME"))
    assert said[0] == said[1]


def test_answers_name_files_from_the_folder(folder: Path) -> None:
    """Where the folder lies on the disk is nowhere in an answer."""
    found = asked("check", Terms(folder), paths=["may.md", "gone.md"])
    assert found.shape and found.status == 2
    assert {each["doc"] for each in found.shape["findings"]} == {"may.md"}
    assert [each["where"] for each in found.shape["troubles"]] == ["gone.md"]
    assert str(folder.parent) not in json.dumps(found.shape) + found.words


def test_a_book_above_the_folder_is_not_found(folder: Path) -> None:
    """A question that names no book gets none from above, but is told which there are."""
    with pytest.raises(AskedWronglyError, match="book is missing"):
        asked("validate", Terms(folder / "book" / "tables"))
    with pytest.raises(AskedWronglyError, match="there are book"):
        asked("validate", Terms(folder))


def test_every_answer_has_a_version_and_a_status(folder: Path) -> None:
    """Each object says its version, its status and its notes, and is strict JSON."""
    terms = Terms(folder, folder / "book")
    for verb, said in (
        ("rule", {"code": "F101"}),
        ("check", {"paths": ["may.md"]}),
        ("read", {"paths": ["may.md"]}),
        ("read", {"paths": ["may.md"], "format": "json", "records": True}),
        ("ask", {"sql": "select 'nan'::double x, current_date d"}),
    ):
        shape = asked(verb, terms, **said).shape
        assert shape and shape["schema_version"] == 1 and shape["status"] in (0, 1) and shape["notes"] == []
        json.dumps(shape, allow_nan=False)


def test_other_formats_come_as_they_are(folder: Path) -> None:
    """A format that is asked for is given with its media type; one that the verb does not have is refused."""
    terms = Terms(folder, folder / "book")
    csv = asked("ask", terms, sql="select hole from collars order by hole", format="csv")
    assert csv.media.startswith("text/csv") and csv.content.splitlines()[0] == "hole"
    drawn = asked("draw", terms, what="plan")
    assert drawn.media == "image/svg+xml" and drawn.content.startswith("<svg")
    with pytest.raises(AskedWronglyError, match="there are"):
        asked("rule", terms, format="docx")


def test_an_answer_that_is_too_large_is_cut_and_told(folder: Path) -> None:
    """Of a long list only the beginning is given, with how many there are; a file that is too large is refused."""
    terms = Terms(folder, folder / "book", most=4000)
    found = asked("ask", terms, sql="select range n from range(5000)")
    assert found.shape and len(json.dumps(found.shape)) <= 4000
    (left,) = found.shape["left_out"]
    assert left["all"] == 5000 and left["shown"] == len(found.shape["tables"][0]["rows"]) > 50
    assert "of 5,000" in found.words
    with pytest.raises(AskedWronglyError, match="at most 4,000"):
        asked("ask", terms, sql="select range n from range(5000)", format="csv")


@settings(deadline=None, max_examples=60)
@given(
    st.recursive(
        st.one_of(st.integers(), st.text(max_size=30), st.none()),
        lambda inner: st.one_of(st.lists(inner, max_size=8), st.dictionaries(st.text(max_size=5), inner, max_size=5)),
        max_leaves=60,
    ),
    st.integers(600, 2000),
)
def test_what_is_fitted_fits(found: object, most: int) -> None:
    """Whatever the object, it fits afterwards or is refused."""
    try:
        shape, left = fitted({"found": found}, most)
    except AskedWronglyError:
        return
    assert len(json.dumps(shape, ensure_ascii=False)) <= most
    assert bool(left) == ("left_out" in shape)


WORTH = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**12), 10**12),
        st.floats(),
        st.text(max_size=40),
        st.sampled_from([*HOSTILE, "may.md", "book", "plan", "F101", "m", "json", "csv", "always", "x" * 30_000]),
    ),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=6,
)


@settings(deadline=None, max_examples=80)
@given(st.data())
def test_hostile_arguments_are_refused_in_a_line(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Arguments of any kind become what a verb takes, or are refused in one line; nothing else is raised."""
    terms = Terms(Path(__file__).parent / "samples", changes=data.draw(st.booleans()))
    page = offered(terms)[data.draw(st.sampled_from(sorted(offered(terms))))]
    names = [*schema(page, terms)["properties"], "nothing"]
    said = data.draw(st.dictionaries(st.sampled_from(names), WORTH, max_size=4))
    try:
        arguments(page, said, terms)
    except AskedWronglyError as problem:
        assert "\n" not in str(problem) and len(str(problem)) < 1500


def test_the_reference_can_be_read() -> None:
    """Every page of the reference is found at its address, JSON where it says so; one that is not there is told."""
    terms = Terms(Path())
    found = list(entries(terms))
    assert len({each.address for each in found}) == len(found) > 100
    for each in (one for one in found if one.name in ("rules", "tables", "measures", "collars", "check")):
        text = read(each.address, terms).made()
        assert text and (each.media != "application/json" or json.loads(text)["schema_version"] == 1)
    with pytest.raises(AskedWronglyError, match="nothing at"):
        read("orebook://rules/../../etc", terms)


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the SDK the door says what to install."""
    agents = module("orebook.faces.agents")

    def missing(library: str, *, extra: str) -> None:
        raise MissingError(f"this needs {library}, which is not installed; pip install 'orebook[{extra}]'")

    monkeypatch.setattr(agents, "need", missing)
    with pytest.raises(MissingError, match="orebook\\[agents\\]"):
        agents.server(Terms(Path()))
