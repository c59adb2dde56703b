"""API: every verb over HTTP, described by OpenAPI; what cannot be is a problem, never a fault; GET changes nothing."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from book_runs import example
from orebook.book.folder import find
from orebook.faces.asking.offered import offered
from orebook.faces.asking.terms import Terms
from orebook.faces.web.application import application
from orebook.faces.web.shelf import Shelf

RELEASE = "Hole NX-07 cut 12.0 m grading 1.50 g/t gold from 30.0 m to 41.0 m.\n"
testclient = pytest.importorskip("starlette.testclient")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a release in it, beside a file that is nobody's business."""
    here = tmp_path_factory.mktemp("api")
    example("crater-lake", here / "book")
    (here / "book" / "may.md").write_text(RELEASE)
    (here / "secret.md").write_text(RELEASE)
    return here / "book"


def asking(folder: Path, **said: Any) -> Any:
    """A client of a server that has the book open."""
    return testclient.TestClient(application(Shelf(find(str(folder)), **said)), raise_server_exceptions=False)


@pytest.fixture(scope="module")
def client(folder: Path) -> Any:
    """A client of a server that changes nothing."""
    return asking(folder, read_only=True)


def problem(answer: Any, status: int) -> str:
    """The line that a problem says."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == status and set(said) == {"type", "title", "status", "detail"}
    assert "\n" not in said["detail"]
    return str(said["detail"])


def test_everything_that_is_offered_is_described(client: Any, folder: Path) -> None:
    """The description is OpenAPI: each verb has its address, parameters and answers; the models of others agree."""
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {f"/api/v1/{name}" for name in offered(Terms(folder))}
    for ways in described["paths"].values():
        assert set(ways) == {"get"}
        assert all(each["in"] == "query" and each["schema"] for each in ways["get"]["parameters"])
    assert "book" not in {each["name"] for each in described["paths"]["/api/v1/ask"]["get"]["parameters"]}
    changing = asking(folder).get("/api/v1/openapi.json").json()["paths"]
    assert {path for path, ways in changing.items() if "post" in ways} >= {"/api/v1/make", "/api/v1/add"}
    models = pytest.importorskip("fastapi.openapi.models")
    models.OpenAPI.model_validate(described)


def test_every_verb_is_reached(client: Any, folder: Path) -> None:
    """Each verb answers with its version and its status; places are named from the book."""
    for path in (
        "check?paths=may.md",
        "read?paths=may.md",
        "rule?code=F101",
        "validate?select=T1&select=T3&most=3",
        "make?result=holes",
        "make",
        "ask?sql=select%201%20n",
        "add?files=tables/collars.csv&declare=dip=negative_down&known=replace",
        "draw?what=plan&format=svg",
        "draft?what=drilling",
    ):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 200, (path, answer.text)
        assert str(folder) not in answer.text
        if answer.headers["content-type"] == "application/json":
            assert answer.json()["schema_version"] == 1 and answer.json()["status"] in (0, 1)
    assert client.get("/api/v1/reference/tables/collars").json()["name"] == "collars"
    assert problem(client.get("/api/v1/reference/nothing"), 400)


def test_many_may_ask_at_once(client: Any) -> None:
    """Questions that come at the same time are all answered."""
    asked = [f"/api/v1/ask?sql=select+{number}+n,+count(*)+c+from+collars" for number in range(12)]
    with ThreadPoolExecutor(12) as crew:
        answers = list(crew.map(client.get, asked))
    assert [answer.json()["tables"][0]["rows"][0]["n"] for answer in answers] == list(range(12))


def test_a_get_writes_nothing(client: Any, folder: Path) -> None:
    """GET of a verb that changes the book shows only what it would do."""
    before = {file: file.read_bytes() for file in (folder / "journal").glob("*")}
    client.get("/api/v1/make?result=composites")
    client.get("/api/v1/add?files=tables/collars.csv&declare=dip=negative_down&known=replace")
    assert {file: file.read_bytes() for file in (folder / "journal").glob("*")} == before
    assert "nothing is called" in problem(client.get("/api/v1/make?result=holes&dry_run=false"), 400)


def test_an_answer_is_given_once_as_long_as_the_book_stands(folder: Path, tmp_path: Path) -> None:
    """The tag of an answer stays until the book changes; who knows it gets nothing twice."""
    book = tmp_path / "book"
    copytree(folder, book)
    client = asking(book)
    first = client.get("/api/v1/ask?sql=select+count(*)+n+from+collars")
    tag = first.headers["etag"]
    again = client.get("/api/v1/ask?sql=select+count(*)+n+from+collars", headers={"if-none-match": tag})
    assert again.status_code == 304 and not again.content
    made = client.post("/api/v1/make", json={"result": ["holes"]})
    assert made.status_code == 200 and any("journal" in note for note in made.json()["notes"])
    fresh = client.get("/api/v1/ask?sql=select+count(*)+n+from+collars", headers={"if-none-match": tag})
    assert fresh.status_code == 200 and fresh.headers["etag"] != tag
    assert "etag" not in client.get("/api/v1/check?paths=may.md").headers


def test_what_cannot_be_is_a_problem(client: Any, folder: Path) -> None:
    """Unknown verbs and choices, places outside, wrong kinds and changes where none are allowed."""
    assert "did you mean 'check'" in problem(client.get("/api/v1/chekc"), 404)
    assert problem(client.get("/api/v1/serve"), 405) and problem(client.get("/api/v1/new?folder=x&issuer=y"), 405)
    assert "nothing at" in problem(client.get("/api/v1/a/b"), 404)
    assert "outside" in problem(client.get("/api/v1/check?paths=../secret.md"), 400)
    assert "outside" in problem(client.get("/api/v1/check?paths=may.md&config=/etc/hostname"), 400)
    assert "nothing is called" in problem(client.get("/api/v1/validate?book=/etc"), 400)
    assert "nothing is called" in problem(client.get("/api/v1/check?paths=may.md&assist=http://127.0.0.1"), 400)
    assert "give a number" in problem(client.get("/api/v1/validate?most=many"), 400)
    assert "twice" in problem(client.get("/api/v1/validate?most=1&most=2"), 400)
    assert problem(client.post("/api/v1/make", json={"result": ["holes"]}), 403)
    open_to_change = asking(folder)
    assert problem(open_to_change.post("/api/v1/make", content="result=holes"), 415)
    assert problem(open_to_change.post("/api/v1/make", content="{", headers={"content-type": "application/json"}), 400)
    assert problem(open_to_change.post("/api/v1/make", json=["holes"]), 400)
    assert problem(open_to_change.post("/api/v1/new", json={"folder": "x", "issuer": "y"}), 405)
    assert problem(client.get("/api/v1/ask?sql=delete+from+collars"), 422)


def test_the_guard_stands_before_it(folder: Path) -> None:
    """Another site's page and who has no token are refused as on every page."""
    guarded = application(Shelf(find(str(folder))), hosts=frozenset({"testserver"}), token="a long word")
    client = testclient.TestClient(guarded)
    assert client.get("/api/v1/rule").status_code == 401
    allowed = {"authorization": "Bearer a long word"}
    assert client.get("/api/v1/rule?code=F101", headers=allowed).status_code == 200
    assert client.get("/api/v1/openapi.json", headers=allowed).json()["security"] == [{"token": []}]
    hostile = {**allowed, "origin": "http://evil.example"}
    assert client.post("/api/v1/make", json={}, headers=hostile).status_code == 403


WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["../secret.md", "/etc/passwd", "may.md", "-1", "1e999", "nan", "true", "plan", "\0", "F101", "*"]),
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_hostile_queries_are_no_faults(client: Any, folder: Path, data: st.DataObject) -> None:
    """Whatever is asked, the answer is an answer or a problem that is the asker's, and never a fault."""
    pages = {name: page for name, page in offered(Terms(folder)).items() if name in ("rule", "validate", "why", "read")}
    verb = data.draw(st.sampled_from([*pages, "draw", "ask"]))
    names = [choice.name for choice in pages[verb].choices] if verb in pages else ["what", "hole", "width", "sql"]
    pairs = data.draw(st.lists(st.tuples(st.sampled_from([*names, "format"]), WORDS), max_size=4))
    answer = client.get(f"/api/v1/{verb}", params=pairs)
    assert answer.status_code in (200, 304, 400, 422), (answer.status_code, answer.text)
    assert json.loads(answer.text) is not None if "json" in answer.headers["content-type"] else True


def test_the_page_about_it_is_good(mines: Any) -> None:
    """The page that describes it needs nothing from outside."""
    mines.open("/api")
    assert "GET /api/v1/check" in mines.page.inner_text("main")
    mines.is_good("api")
