"""Inputs: from what a person names (files, folders, globs, URLs, standard input) to the documents that can be read."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from glob import glob, has_magic
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple

from orebook.desk.answer import did_you_mean
from orebook.desk.remote import RemoteError, content, is_remote, listed
from orebook.ground.source import Document
from orebook.reading.assist.report import Report
from orebook.reading.formats import LIMIT, Format, UnreadableError, decode, formats
from orebook.reading.paged import PagedDocument
from orebook.reading.read import read_bytes
from orebook.reading.reading import Reading
from orebook.reports.trouble import Trouble

STANDARD_INPUT = "-"
_SOME_WORDS = b"words"
"""The beginning of a document that gives nothing away, so that only its name can."""

_SETTLES_NS = 2_000_000_000
"""A file that was written a moment ago may be written again without its time telling so."""

_BY_ITSELF = "name it by itself if it is to be read"
_CHECK_PATH = "look at the spelling of the path"


@dataclass(frozen=True, slots=True)
class Input:
    """A document that was named and not yet opened; what came from standard input is there already.

    ``place`` is where it lies, for whoever reads it in another folder or on another machine. ``size`` in bytes and
    ``stamp`` are what the system told of the file when it was found; a file with the same place and stamp has the same
    content. Both may be missing.
    """

    name: str
    data: bytes | None = None
    place: str = ""
    size: int = 0
    stamp: str = ""


def gather(asked: Sequence[str]) -> list[Input | Trouble]:
    """Every document that is meant, in order and none twice, and what was named and is none.

    Folders are searched through for files with the endings of known formats, hidden ones left out.
    """
    found: dict[object, Input | Trouble] = {}
    for path in asked:
        for item in _named(path):
            identity, placed = _placed(item)
            found.setdefault(identity, placed)
    return list(found.values())


def _placed(item: Input | Trouble) -> tuple[object, Input | Trouble]:
    """What tells a file from any other, by whatever path it was named; and the input with what the system tells."""
    if isinstance(item, Trouble) or item.data is not None:
        return item[:1] if isinstance(item, Trouble) else item.name, item
    if item.place:
        return item.place, item
    place = os.path.abspath(item.name)  # noqa: PTH100 - Path.resolve would follow links
    try:
        told = Path(item.name).stat()
    except OSError:
        return item.name, replace(item, place=place)
    is_settled = time.time_ns() - told.st_mtime_ns > _SETTLES_NS
    stamp = f"{told.st_size}.{told.st_mtime_ns}" if is_settled else ""
    return (told.st_dev, told.st_ino), replace(item, place=place, size=told.st_size, stamp=stamp)


def _named(path: str) -> Iterator[Input | Trouble]:
    """Yield what one path means."""
    if path == STANDARD_INPUT:
        yield _standard_input()
        return
    if is_remote(path):
        yield from _remote(path)
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


def _remote(url: str) -> Iterator[Input | Trouble]:
    """Yield the documents that a URL means: a file, those of a folder, or those of a pattern."""
    try:
        files = listed(url)
    except RemoteError as problem:
        yield Trouble(url, str(problem), "")
        return
    wanted = [file for file in files if file.named or is_document(file.url.partition("::")[0])]
    yield from (Input(file.url, file.data, file.url, file.size, file.stamp) for file in wanted)
    if not wanted:
        yield Trouble(url, "no document there", f"the formats read are {', '.join(formats())}")


def is_document(name: str) -> bool:
    """Whether the name of a file is that of a document, by its ending."""
    low = name.lower()
    return any(form.recognises(name, _SOME_WORDS) or low.endswith(_endings(form)) for form in formats().values())


def _endings(form: Format) -> tuple[str, ...]:
    """The endings by which files that are no text are found in a folder."""
    return getattr(form, "ENDINGS", ())


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
    troubles: list[Trouble] = []
    count, images = 0, 0

    def unreadable(problem: OSError) -> None:
        troubles.append(Trouble(str(problem.filename), _reason(problem), "ask for leave to read it"))

    for place, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and is_document(name):
                count += 1
                yield _found(str(Path(place) / name))
            else:
                images += _is_image(name)
    yield from troubles
    if not count and not troubles:
        yield _nothing(folder, images)


def _is_image(name: str) -> bool:
    """Whether a file that is passed over in a folder, since pages of the web are full of such, is an image."""
    return any(name.lower().endswith(getattr(form, "NAMED", ())) for form in formats().values())


def _nothing(folder: str, images: int) -> Trouble:
    """What is said of a folder without documents; images may be scans that somebody wants to be read."""
    if images:
        said = "1 image" if images == 1 else f"{images:,} images"
        what = f"no document in this folder, but {said}; in folders of pages most are no scans"
        return Trouble(folder, what, f"name those to read, or a pattern such as {Path(folder) / '*.png'}")
    return Trouble(folder, "no document in this folder", f"the formats read are {', '.join(formats())}")


def _found(path: str) -> Input | Trouble:
    """What lies in a folder under the name of a document: a file, or something that might be read without end."""
    try:
        kind = os.stat(path).st_mode  # noqa: PTH116 - a folder may hold a hundred thousand
    except OSError:
        return Input(path)  # whoever opens it is told why it cannot be
    return Input(path) if S_ISREG(kind) or S_ISDIR(kind) else Trouble(path, "a pipe or a device, no file", _BY_ITSELF)


def _standard_input() -> Input | Trouble:
    if sys.stdin is None:
        return Trouble(STANDARD_INPUT, "there is no standard input", "name a file")
    return Input("<stdin>", sys.stdin.buffer.read(LIMIT + 1))


class Opened(NamedTuple):
    """A document that was read, what one should know about how it was, and the SHA-256 of its bytes.

    ``assist`` is what came of asking a model; ``unassisted`` the reading without what it proposed, where that differs.
    """

    reading: Reading
    remark: str
    sha256: str
    assist: Report | None = None
    unassisted: Reading | None = None


def opened(item: Input) -> Opened | Trouble:
    """A document read from its first byte to its facts; one that cannot be read is trouble, never an exception."""
    data = fetched(item)
    return data if isinstance(data, Trouble) else understood(item, data)


def fetched(item: Input) -> bytes | Trouble:
    """The bytes of a document, one more than the limit at most."""
    try:
        if item.data is not None:
            return item.data
        if is_remote(item.place):
            return content(item.place, LIMIT + 1)
        with Path(item.place or item.name).open("rb") as file:
            return file.read(LIMIT + 1)
    except RemoteError as problem:
        return Trouble(item.name, str(problem), "")
    except OSError as problem:
        return Trouble(item.name, _reason(problem), "")


def understood(item: Input, data: bytes) -> Opened | Trouble:
    """A document whose bytes are there, read to its facts."""
    try:
        reading = read_bytes(item.name, data)
        return Opened(reading, _remark(reading.document, data), sha256(data).hexdigest())
    except UnreadableError as problem:
        return Trouble(problem.where, problem.what, problem.instead)


def _remark(document: Document, data: bytes) -> str:
    """What one should know about how a document was read."""
    if isinstance(document, PagedDocument):
        return "; ".join(document.remarks)
    return decode(document.name, data).remark


def _reason(problem: OSError | ValueError) -> str:
    """Why the system refused, in its own words."""
    return (getattr(problem, "strerror", None) or str(problem)).lower()
