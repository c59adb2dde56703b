"""Journal: what was done to a book, step after step: from which rows, under which settings, by which code.

One JSON file a step, never changed. Each names the fingerprint of the step before, so that a missing or edited step
shows.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from orebook import __version__
from orebook.book.problems import BookError

FOLDER = "journal"
_NAME = re.compile(r"\d{6,}-[a-z]+\.json")


@dataclass(frozen=True, slots=True)
class Thing:
    """A file that a step read or wrote: its name, its fingerprint, and how many rows it holds."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was asked (``verb``, ``given``), what was read and written, and what came of it.

    ``counts`` are rows in, kept and rejected; ``settings`` are the parts of ``book.toml`` that the result rests on;
    ``code`` is the fingerprint of the program's source.
    """

    number: int
    verb: str
    at: str
    given: Mapping[str, object]
    reads: tuple[Thing, ...]
    writes: tuple[Thing, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    orebook: str = __version__
    code: str = ""
    previous: str = ""

    @property
    def file(self) -> str:
        """The name of its file, from the folder of the book."""
        return f"{FOLDER}/{self.number:06d}-{self.verb}.json"

    def content(self) -> bytes:
        """What stands in its file."""
        return (json.dumps(asdict(self), indent=1, ensure_ascii=False, default=str) + "\n").encode()


def steps(book: Path) -> list[Step]:
    """Every step of a book, in order.

    Raises ``BookError`` for a step that cannot be read.
    """
    return [_step(file) for file in _files(book)]


def step(book: Path, number: int) -> Step | None:
    """One step by its number."""
    return next((_step(file) for file in _files(book) if file.name.startswith(f"{number:06d}-")), None)


def next_step(book: Path, verb: str, given: Mapping[str, object]) -> Step:
    """A step that has just begun: numbered, dated, chained to the last."""
    files = _files(book)
    number = int(files[-1].name.partition("-")[0]) + 1 if files else 1
    previous = sha256(files[-1].read_bytes()).hexdigest() if files else ""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Step(number, verb, now, given, (), (), code=code_fingerprint(), previous=previous)


def broken(book: Path) -> list[str]:
    """What is not as it was written: steps that were edited, or that are missing.

    A chain that holds gives an empty list.
    """
    found, before, number = [], "", 0
    for file in _files(book):
        here = _step(file)
        if here.number != number + 1:
            found.append(f"{file.name}: step {number + 1} is missing before it")
        elif here.previous != before:
            found.append(f"{file.name}: the step before it is not the one that it was written after")
        before, number = sha256(file.read_bytes()).hexdigest(), here.number
    return found


def as_written(settings: Mapping[str, object]) -> dict[str, object]:
    """Settings as they come back from a step: what JSON has no word for is a text.

    >>> as_written({"cutoff": 0.3, "levels": ("bulk",)})
    {'cutoff': 0.3, 'levels': ['bulk']}
    """
    found: dict[str, object] = json.loads(json.dumps(settings, default=str))
    return found


@cache
def code_fingerprint() -> str:
    """The fingerprint of the source of the program, so that a result can be told from that of another version."""
    root = Path(__file__).parents[1]
    digest = sha256()
    for file in sorted(root.rglob("*")):
        if file.suffix in (".py", ".csv", ".toml"):
            digest.update(file.relative_to(root).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _files(book: Path) -> Sequence[Path]:
    return sorted(file for file in (book / FOLDER).glob("*.json") if _NAME.fullmatch(file.name))


def _step(file: Path) -> Step:
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        said |= {key: tuple(Thing(**thing) for thing in said[key]) for key in ("reads", "writes")}
        if not _is_shaped(said):
            raise ValueError("it does not say what a step says")
        return Step(**{**said, "remarks": tuple(said["remarks"])})
    except (OSError, ValueError, TypeError, KeyError) as problem:
        raise BookError(f"{file}: cannot be read as a step of the journal: {problem}") from None


def _is_shaped(said: Mapping[str, object]) -> bool:
    """Whether the parts of a step are of their kinds."""
    tables = [said.get(key) for key in ("given", "counts", "settings")]
    settings = said.get("settings")
    listed = [settings.get(key, []) for key in ("rules", "derived")] if isinstance(settings, dict) else [None]
    things = [*said["reads"], *said["writes"]]  # type: ignore[misc]  # tuples of things by now
    return (
        isinstance(said.get("number"), int)
        and all(isinstance(said.get(key, ""), str) for key in ("verb", "at", "orebook", "code", "previous"))
        and all(isinstance(each.rows, int) and isinstance(each.sha256, str) for each in things)
        and all(isinstance(each, str) for each in (*(thing.name for thing in things), *said["remarks"]))  # type: ignore[misc]
        and all(isinstance(table, dict) for table in tables)
        and all(isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in listed)
    )
