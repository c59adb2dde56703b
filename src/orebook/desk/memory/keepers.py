"""Keepers: where the releases of a run are kept until all are read, and with which others they are put together."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from orebook.checks.remembered import Remembered, meets
from orebook.desk.memory.file import OneFile
from orebook.desk.memory.file import opened as opened_file
from orebook.desk.memory.folder import Memory
from orebook.desk.memory.folder import opened as opened_folder

_TOGETHER = 500
"""So many releases are put into a folder at a time."""
_STRANGERS = 1000
"""So many releases that name no issuer are kept, in case they tell of the holes of one."""


class Keeper(Protocol):
    """Takes releases as they are read; ``groups`` are those that may be of one issuer, remembered ones among them."""

    def take(self, release: Remembered, *, fresh: str) -> None:
        """Keep a release: ``new`` if it is one of those that are checked, ``earlier`` otherwise."""

    def groups(self) -> Iterator[list[Remembered]]:
        """Yield releases that may be of one issuer, if one of them is new."""


class InFile:
    """Keeps everything in one list, with what one file remembers."""

    def __init__(self, memory: OneFile) -> None:
        self._memory = memory

    def take(self, release: Remembered, *, fresh: str) -> None:  # noqa: ARG002 - a file keeps all alike
        """Keep a release in the place of what was remembered of it."""
        self._memory.add([release])

    def groups(self) -> Iterator[list[Remembered]]:
        """Yield everything."""
        yield self._memory.all()


class InFolder:
    """Keeps releases in the folder of a memory, and of the new ones only what they are looked up by."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._waiting: list[Remembered] = []
        self._strangers: list[Remembered] = []
        self._meeting: dict[str, set[str]] = {}

    def take(self, release: Remembered, *, fresh: str) -> None:
        """Keep a release; those that name no issuer only until the end."""
        if not release.issuer.keys:
            if fresh == "new" and len(self._strangers) < _STRANGERS:
                self._strangers.append(release)
            return
        self._waiting.append(release)
        if fresh == "new":
            name = self._memory.known_as(release.issuer)
            self._meeting.setdefault(name, set()).update(meets(record) for record in release.records)
        if len(self._waiting) >= _TOGETHER:
            self._put()

    def _put(self) -> None:
        self._memory.add(self._waiting)
        self._waiting.clear()

    def groups(self) -> Iterator[list[Remembered]]:
        """Yield the releases of each issuer of whom there is a new one."""
        self._put()
        for names, meeting in self._joined():
            yield [*self._memory.recall(names, meeting), *self._strangers]
        if not self._meeting:
            yield self._strangers

    def _joined(self) -> Iterator[tuple[list[str], set[str]]]:
        """The files of one issuer together, with what is looked up in them."""
        left = dict(self._meeting)
        while left:
            name = next(iter(left))
            names = self._memory.joined(name)
            meeting = set().union(*(left.pop(one, set()) for one in [*names, name]))
            yield list(names), meeting


@contextmanager
def keeper(place: Path) -> Iterator[Keeper]:
    """Whoever keeps releases at a place: one file if its name ends in ``.parquet``, else a folder."""
    if place.suffix == ".parquet":
        with opened_file(place) as file:
            yield InFile(file)
    else:
        with opened_folder(place) as folder:
            yield InFolder(folder)
