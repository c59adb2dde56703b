"""Content: the bytes of a file. Small ones are held; of a large plain text only what is looked at, part by part.

To hold a large file costs as much as to look at all of it: every page of memory has to be got first. A file that lies
where it is may change while it is read, so each look at it begins and ends with asking whether it is still the same.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import FileIO
from pathlib import Path
from typing import TypeAlias

from orebook.reading.formats import UnreadableError

_LARGE = 8 * 1024 * 1024
"""Bytes from which on a file is left where it is."""

_HEAD = 64 * 1024
PART = 512 * 1024
"""Bytes that are looked at together: few enough to stay near the processor."""

_PIECE = 8 * 1024 * 1024
"""Bytes that are taken apart together: enough for all processors, and few enough that the memory is used again."""

_UNUSUAL = (b"\x00", b"\r", b'"', b"<", b">")
"""Signs for which somebody will want all of the bytes."""


class OnDisk:
    """The bytes of a file that stays where it is; a slice of it is read when it is asked for.

    Every look raises ``UnreadableError`` when the file is not what it was at first.
    """

    def __init__(self, path: Path, called: str, first: os.stat_result) -> None:
        self._path = path
        self._called = called
        self._first = _mark(first)
        self._size = first.st_size
        self._whole: bytes | None = None

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, where: slice) -> bytes:
        start, stop, _ = where.indices(self._size)
        with self.opened() as file:
            file.seek(start)
            found = file.read(max(stop - start, 0))
            while len(found) < stop - start and (more := file.read(stop - start - len(found))):
                found += more  # some file systems give less than was asked for
            return found

    def parts(self) -> Iterator[bytes | bytearray]:
        """All of it in turns, in one place of memory: a part is gone when the next is asked for."""
        room = bytearray(PART)
        with self.opened() as file:
            while got := file.readinto(room):
                yield room if got == len(room) else bytes(memoryview(room)[:got])

    def whole(self) -> bytes:
        """All of it, held from now on."""
        if self._whole is None:
            with self.opened() as file:
                self._whole = file.read()
        return self._whole

    @property
    def is_held(self) -> bool:
        """Whether all of it is held."""
        return self._whole is not None

    @contextmanager
    def opened(self) -> Iterator[FileIO]:
        """The file, open, the same before and after."""
        with opening(self._path, self._called) as file:
            self._look(os.fstat(file.fileno()))
            yield file
            self._look(os.fstat(file.fileno()))

    def _look(self, found: os.stat_result) -> None:
        if _mark(found) != self._first:
            raise UnreadableError(
                "the file changed while it was read", self._called, "give it again when nothing writes to it"
            )


Content: TypeAlias = bytes | OnDisk


@contextmanager
def opening(path: Path, called: str) -> Iterator[FileIO]:
    """A file, open to be read. Raises ``UnreadableError``: what, where, what instead."""
    with _told(called), FileIO(path) as file:
        yield file


@contextmanager
def _told(called: str) -> Iterator[None]:
    """What the system says of a file, as ``UnreadableError``."""
    try:
        yield
    except FileNotFoundError:
        raise UnreadableError("no such file", called, "look at the spelling of the path") from None
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise UnreadableError(f"cannot be read: {reason}", called, "give a file that can be opened") from None


def content(path: Path, called: str) -> Content:
    """The bytes of a file: held, or left on disk where it is large and begins like a plain text."""
    with opening(path, called) as file:
        first = os.fstat(file.fileno())
        if not stat.S_ISREG(first.st_mode) or first.st_size < _LARGE:
            return file.read()
        head = file.read(_HEAD)
        if head.isascii() and b"\n" in head and not any(sign in head for sign in _UNUSUAL):
            return OnDisk(path, called, first)
        file.seek(0)
        return file.read()


def whole(data: Content) -> bytes:
    """All of the bytes, held.

    >>> whole(b"hole,from")
    b'hole,from'
    """
    return data.whole() if isinstance(data, OnDisk) else data


def pieces(data: Content, start: int, lines: int) -> Iterator[tuple[bytes, int]]:
    """The bytes from ``start`` on in pieces of whole lines, and how many lines to leave out in front of each.

    What is held is one piece, whose first ``lines`` are left out: to part it would be to copy it. Else each piece is
    read when it is asked for, into the memory of the one before.

    >>> list(pieces(b"hole,from\\nA,1\\n", 10, 1))
    [(b'hole,from\\nA,1\\n', 1)]
    """
    if isinstance(data, bytes) or data.is_held or start >= len(data):
        yield whole(data), lines
        return
    while start < len(data):
        stop = _line_end(data, start + _PIECE)
        yield data[start:stop], 0
        start = stop


def _line_end(data: OnDisk, at: int) -> int:
    """Where the line ends in which a place lies, behind its sign."""
    while at < len(data):
        found = data[at : at + _HEAD].find(b"\n")
        if found >= 0:
            return at + found + 1
        at += _HEAD
    return len(data)


def fingerprint(data: Content) -> str:
    """The SHA-256 of the bytes.

    >>> fingerprint(b"hole,from")[:8]
    'bb3f61c8'
    """
    if isinstance(data, bytes):
        return sha256(data).hexdigest()
    digest = sha256()
    for part in data.parts():
        digest.update(part)
    return digest.hexdigest()


def _mark(found: os.stat_result) -> tuple[int, int, int, int]:
    """What tells a file from another, and from itself after a change."""
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
