"""Drops: files that somebody gave to look at; they lie in a folder of the server's own and go with it."""

import re
import shutil
import unicodedata
from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_urlsafe
from tempfile import mkdtemp
from threading import Lock
from typing import BinaryIO
from weakref import finalize

from orebook.book.problems import BookError
from orebook.desk.inputs import is_document
from orebook.faces.web.works import Work

_MOST = 64
"""So many files are kept; the oldest go first."""
_LONGEST = 120
_TABLES = (".csv", ".tsv", ".tab", ".dat", ".asc", ".xlsx", ".xlsm", ".xls")
_PARTS = ("\t", ";", ",", "|")
_LINES = 40
_BINARY = 0


@dataclass
class Dropped:
    """A file that was given: its name, where it lies, its size in bytes, and what became of it."""

    key: str
    name: str
    path: Path
    size: int
    is_table: bool
    became: str = ""
    tried: OrderedDict[object, Work] = field(default_factory=OrderedDict)

    @property
    def link(self) -> str:
        """The page that looks at it as what it seems to be."""
        return f"/add/{self.key}" if self.is_table else f"/dropped/{self.key}"


class Drops:
    """The files that were given to one server.

    >>> from io import BytesIO
    >>> drops = Drops(1_000_000)
    >>> told = drops.put("../../etc/collar.csv", BytesIO(b"Hole,East\\nA,1\\n"))
    >>> told.name, told.is_table, told.path.parent.parent == drops.folder
    ('collar.csv', True, True)
    """

    def __init__(self, most_bytes: int) -> None:
        self.folder = Path(mkdtemp(prefix="orebook-"))
        finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self._most_bytes = most_bytes
        self._files: OrderedDict[str, Dropped] = OrderedDict()
        self._lock = Lock()

    def put(self, name: str, file: BinaryIO) -> Dropped:
        """Take a file. Raises ``BookError`` for one without content."""
        key = token_urlsafe(9)
        called = file_name(name)
        folder = self.folder / key
        folder.mkdir()
        path = folder / called
        with path.open("wb") as out:
            shutil.copyfileobj(file, out)
        size = path.stat().st_size
        if not size:
            shutil.rmtree(folder)
            raise BookError(f"{called}: the file is empty; drop one with content")
        found = Dropped(key, called, path, size, is_table(path))
        with self._lock:
            self._files[key] = found
            self._make_room()
        return found

    def _make_room(self) -> None:
        """Let the oldest files go where there are too many, or too much of them."""
        while len(self._files) > 1 and (
            len(self._files) > _MOST or sum(each.size for each in self._files.values()) > self._most_bytes
        ):
            _, old = self._files.popitem(last=False)
            shutil.rmtree(old.path.parent, ignore_errors=True)

    def get(self, key: str) -> Dropped | None:
        """A file by its key, if it is kept."""
        with self._lock:
            return self._files.get(key)

    def all(self) -> list[Dropped]:
        """Every file that is kept, the last first."""
        with self._lock:
            return list(reversed(self._files.values()))


def file_name(said: str) -> str:
    """A plain file name, whatever a browser was made to say: no folder, no sign that hides or turns others.

    >>> [file_name(said) for said in ("C:\\\\data\\\\a.csv", "../b.csv", ".hidden", "\\u202efdp.exe", "")]
    ['a.csv', 'b.csv', 'hidden', 'fdp.exe', 'file']
    """
    last = re.split(r"[\\/]", said)[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in ':*?"<>|')
    stem, dot, ending = plain.strip(" .").rpartition(".")
    return (f"{stem[: _LONGEST - len(ending) - 1]}.{ending}" if dot and len(ending) < 12 else plain.strip(" ."))[
        :_LONGEST
    ] or "file"


def is_table(path: Path) -> bool:
    """Whether a file is a table rather than a document: by its ending, else by the signs that part its lines."""
    low = path.name.lower()
    if low.endswith(_TABLES):
        return True
    with path.open("rb") as file:
        head = file.read(64 * 1024)
    if _BINARY in head or (is_document(low) and not low.endswith(".txt")):
        return False
    lines = [line for line in head.decode("utf-8", "replace").splitlines()[:_LINES] if line.strip()]
    return len(lines) > 1 and any(_alike([line.count(sign) for line in lines]) for sign in _PARTS)


def _alike(counts: list[int]) -> bool:
    """Whether most lines are parted into as many columns."""
    usual, times = Counter(counts).most_common(1)[0]
    return usual > 0 and 10 * times > 7 * len(counts)
