"""The house has floors: a module imports from its own room or from a floor below, and stays small."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

FLOORS = ["ground", "maths", "disciplines", "reading", "checks", "book", "reports", "desk", "faces"]
ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "src" / "orebook"
MODULES = sorted(HOUSE.rglob("*.py"))
ROOMS = [path for path in MODULES if path.parent != HOUSE]

MOST_LINES, MOST_LINES_OF_A_FUNCTION = 400, 60


def named(path: Path) -> str:
    """A short name for messages."""
    return path.relative_to(HOUSE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The syntax of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(node: ast.AST) -> Iterator[str]:
    """Every module whose name an import statement below a node says."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import):
            yield from (alias.name for alias in inner.names)
        elif isinstance(inner, ast.ImportFrom) and inner.module:
            yield from (f"{inner.module}.{alias.name}" for alias in inner.names)


def place(module: str) -> tuple[int, str]:
    """The floor of a module and its room; each discipline is a room of its own."""
    _, floor, *room = module.split(".")
    return FLOORS.index(floor), room[0] if floor == "disciplines" and room else floor


@pytest.mark.parametrize("path", ROOMS, ids=named)
def test_imports_go_down(path: Path) -> None:
    """A module leans only on its own room and on floors below; no discipline leans on another."""
    here = place(".".join(path.relative_to(HOUSE.parent).with_suffix("").parts))
    for module in imported(tree(path)):
        if module.startswith("orebook.") and module.split(".")[1] in FLOORS:
            there = place(module)
            assert there == here or there[0] < here[0], f"{here[1]} may not lean on {there[1]} ({module})"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_imports_stand_at_the_top(path: Path) -> None:
    """No import of ours hides in a function or behind a condition; a slow foreign library may, at its one door."""
    top = {name for node in tree(path).body if isinstance(node, ast.Import | ast.ImportFrom) for name in imported(node)}
    hidden = set(imported(tree(path))) - top - {"fcntl", "msvcrt"}  # each system has one of the two
    assert not {name for name in hidden if name.partition(".")[0] in {"orebook", *sys.stdlib_module_names}}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_nothing_is_too_large(path: Path) -> None:
    """A file is one idea, and a function is a few lines."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            assert node.end_lineno - node.lineno < MOST_LINES_OF_A_FUNCTION, node.name


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_module_says_what_it_is(path: Path) -> None:
    """A module opens with a docstring whose first line is a sentence."""
    assert re.match(r".+[.:?]", (ast.get_docstring(tree(path)) or "").partition("\n")[0])


def test_no_circles() -> None:
    """No module needs itself, by whatever way round."""
    names = {
        ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__") for path in MODULES
    }

    def needs(path: Path) -> set[str]:
        said = set(imported(tree(path)))
        return {name if name in names else name.rpartition(".")[0] for name in said} & names

    graph = {
        ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__"): needs(path)
        for path in MODULES
    }
    while leaves := {name for name, below in graph.items() if not below & graph.keys()}:
        graph = {name: below for name, below in graph.items() if name not in leaves}
    assert not graph, f"these go round in a circle: {sorted(graph)}"


OUR_TABLES = {"polars", "numpy"}
"""A table is a polars frame and a column a numpy array: nouns of the house, not guests at a door."""


ROOM_IS_THE_DOOR = {"starlette": "faces/web/"}
"""A framework speaks through every file of the one room that is built of it, and nowhere else."""


def test_each_foreign_library_has_one_door() -> None:
    """A library that is not ours is imported in one module, or a framework in its one room."""
    doors: dict[str, set[str]] = {}
    for path in MODULES:
        for module in imported(tree(path)):
            top = module.partition(".")[0]
            if top != "orebook" and top not in sys.stdlib_module_names and top not in OUR_TABLES:
                room = ROOM_IS_THE_DOOR.get(top, "-")
                doors.setdefault(top, set()).add(room if named(path).startswith(room) else named(path))
    assert {name: where for name, where in doors.items() if len(where) > 1} == {}


def tracked() -> list[Path]:
    """Every file of the project that is text."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().splitlines() if (ROOT / name).is_file()]


def test_no_file_names_a_host_or_a_machine() -> None:
    """Nothing in the tree is bound to one package index or one machine."""
    hosts = ["pypi" + ".org", "python" + "hosted", "npm" + "js.org", "npm" + "js.com", "crates" + ".io/api"]
    machines = ["/ho" + "me/", "/wo" + "rk/", "/ro" + "ot/", "/Us" + "ers/"]
    forbidden = re.compile("|".join(map(re.escape, [*hosts, *machines])))
    for path in tracked():
        found = forbidden.search(path.read_text(encoding="utf-8", errors="ignore"))
        assert not found, f"{path.relative_to(ROOT)} names {found[0]}"
