"""Shelf: the one book that a server has open, and what was worked out of it, kept as long as its files stand."""

import os
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from threading import Lock
from typing import Any, TypeVar

from orebook.book.folder import Book
from orebook.book.settings import FILE
from orebook.desk.crew.limits import Limits
from orebook.faces.web.works import Works

Thing = TypeVar("Thing")

_MOST = 256
"""So many things are kept; those that nobody asked for the longest go first."""


@dataclass
class _Kept:
    """A thing that is being made or was made, under a state of the book."""

    state: str
    lock: Lock = field(default_factory=Lock)
    made: bool = False
    thing: Any = None


@dataclass
class Shelf:
    """The book that is open, for all requests at once.

    ``read_only`` says that nothing may be offered that changes it, ``upload_limit`` how many bytes a file may have,
    ``limits`` what a document may cost that is read.

    >>> from tempfile import mkdtemp
    >>> from orebook.book.folder import begin
    >>> shelf = Shelf(begin(Path(mkdtemp()) / "kestrel", issuer="Kestrel Ridge Gold Inc."))
    >>> shelf.kept("answer", lambda book: 6 * 7), shelf.kept("answer", lambda book: 0)
    (42, 42)
    """

    book: Book
    read_only: bool = False
    upload_limit: int = 200_000_000
    limits: Limits = field(default_factory=Limits)
    works: Works = field(default_factory=Works)
    _kept: OrderedDict[Hashable, _Kept] = field(default_factory=OrderedDict)
    _held: dict[Hashable, Any] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def name(self) -> str:
        """What the book is called: the issuer, or its folder where none is named."""
        return self.book.settings.issuer or self.book.folder.resolve().name

    def state(self) -> str:
        """A fingerprint of the files as they lie there now: their names, sizes and times."""
        found = sha256()
        for file in self._files():
            try:
                told = file.stat()
            except OSError:
                continue
            if S_ISREG(told.st_mode):
                found.update(f"{file}\0{told.st_mtime_ns}\0{told.st_size}\0".encode())
        return found.hexdigest()

    def _files(self) -> list[Path]:
        lying = sorted(Path(place, each) for place, _, some in os.walk(self.book.folder / "releases") for each in some)
        return [self.book.folder / FILE, *self.book.tables().values(), *self.book.results().values(), *lying]

    def kept(self, key: Hashable, make: Callable[[Book], Thing]) -> Thing:
        """What is made of the book, made once however many ask at the same time, and anew when its files change."""
        state = self.state()
        with self._lock:
            found = self._kept.get(key)
            if found is None or found.state != state:
                found = self._kept[key] = _Kept(state)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        with found.lock:
            if not found.made:
                found.thing = make(self.book)
                found.made = True
        thing: Thing = found.thing
        return thing

    def there(self, key: Hashable) -> Any:
        """What was made of the book as it stands now, if it was; nothing is made, and nobody waits."""
        state = self.state()
        with self._lock:
            found = self._kept.get(key)
        return found.thing if found is not None and found.made and found.state == state else None

    def held(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """What is made once and stays as long as the server runs, whatever becomes of the files."""
        with self._lock:
            if key not in self._held:
                self._held[key] = make()
            thing: Thing = self._held[key]
        return thing
