"""Inputs: from what a person names (files, folders, globs, standard input) to the documents that can be read."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple

from orebook.desk.answer import did_you_mean
from orebook.reading.formats import LIMIT, UnreadableError, decode, formats
from orebook.reading.read import read_bytes
from orebook.reading.reading import Reading
from orebook.reports.trouble import Trouble

STANDARD_INPUT = "-"
_SOME_WORDS = b"words"
"""The beginning of a document that gives nothing away, so that only its name can."""

_CHECK_PATH = "look at the spelling of the path"


@dataclass(frozen=True, slots=True)
class Input:
    """A document that was named and not yet opened; what came from standard input is there already."""

    name: str
    data: bytes | None = None


def gather(asked: Sequence[str]) -> list[Input | Trouble]:
    """Every document that is meant, in order and none twice, and what was named and is none.

    Folders are searched through for files with the endings of known formats, hidden ones left out.
    """
    found: dict[object, Input | Trouble] = {}
    for path in asked:
        for item in _named(path):
            found.setdefault(_identity(item), item)
    return list(found.values())


def _identity(item: Input | Trouble) -> object:
    """What tells a file from any other, by whatever path it was named."""
    if isinstance(item, Trouble) or item.data is not None:
        return item[:1] if isinstance(item, Trouble) else item.name
    try:
        place = Path(item.name).stat()
    except OSError:
        return item.name
    return place.st_dev, place.st_ino


def _named(path: str) -> Iterator[Input | Trouble]:
    """Yield what one path means."""
    if path == STANDARD_INPUT:
        yield _standard_input()
        return
    try:
        folder = S_ISDIR(Path(path).stat().st_mode)
    except FileNotFoundError:
        yield from _pattern(path)
        return
    except (OSError, ValueError) as problem:
        yield Trouble(path, _reason(problem), _CHECK_PATH)
        return
    yield from _folder(path) if folder else [Input(path)]


def _pattern(path: str) -> Iterator[Input | Trouble]:
    """Yield the files of a glob pattern; anything else that does not exist is trouble."""
    if not has_magic(path):
        yield Trouble(path, "no such file or folder", _sibling(path))
        return
    matches = sorted(glob(path, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    for match in matches:
        yield from _named(match)
    if not matches:
        yield Trouble(path, "no file matches this pattern", "** goes through folders, * through one")


def _sibling(path: str) -> str:
    """What to do about a path that does not exist: the nearest name in the same folder."""
    folder = Path(path).parent
    try:
        names = [entry.name for entry in folder.iterdir()]
    except OSError:
        return _CHECK_PATH
    return did_you_mean(Path(path).name, names[:10_000]).removeprefix("; ") or _CHECK_PATH


def _folder(folder: str) -> Iterator[Input | Trouble]:
    """Yield the documents below a folder, in the order of their names."""
    known = list(formats().values())
    troubles: list[Trouble] = []
    count = 0

    def unreadable(problem: OSError) -> None:
        troubles.append(Trouble(str(problem.filename), _reason(problem), "ask for leave to read it"))

    for place, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and any(form.recognises(name, _SOME_WORDS) for form in known):
                count += 1
                yield Input(str(Path(place) / name))
    yield from troubles
    if not count and not troubles:
        yield Trouble(folder, "no document in this folder", f"the formats read are {', '.join(formats())}")


def _standard_input() -> Input | Trouble:
    if sys.stdin is None:
        return Trouble(STANDARD_INPUT, "there is no standard input", "name a file")
    return Input("<stdin>", sys.stdin.buffer.read(LIMIT + 1))


class Opened(NamedTuple):
    """A document that was read, and what one should know about how it was."""

    reading: Reading
    remark: str


def opened(item: Input) -> Opened | Trouble:
    """A document read from its first byte to its facts; one that cannot be read is trouble, never an exception."""
    try:
        data = item.data if item.data is not None else _bytes(item.name)
    except OSError as problem:
        return Trouble(item.name, _reason(problem), "")
    try:
        return Opened(read_bytes(item.name, data), decode(item.name, data).remark)
    except UnreadableError as problem:
        return Trouble(problem.where, problem.what, problem.instead)


def _bytes(path: str) -> bytes:
    """The bytes of a file, one more than the limit at most."""
    with Path(path).open("rb") as file:
        return file.read(LIMIT + 1)


def _reason(problem: OSError | ValueError) -> str:
    """Why the system refused, in its own words."""
    return (getattr(problem, "strerror", None) or str(problem)).lower()
