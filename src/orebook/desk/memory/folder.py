"""The folder of a memory: one Parquet file for each issuer, and an index of their names and codes.

A new release is put beside those of its issuer alone, so that it costs the same however many are remembered. Files are
written whole or not at all; one process at a time writes.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from orebook.book import lock
from orebook.checks.issuers import Issuer
from orebook.checks.remembered import Remembered
from orebook.desk.answer import AskedWronglyError
from orebook.desk.memory import rows

INDEX = "index.parquet"
ISSUERS = "issuers"
_OURS = (ISSUERS, "seen.json")
"""What a memory may hold before it has an index: it may have been ended early, or be that of a book."""

_INDEX: dict[str, Any] = {
    "id": pl.String,
    "name": pl.String,
    "form": pl.String,
    "tickers": pl.List(pl.String),
    "former": pl.List(pl.String),
    "with": pl.String,
}
"""A row for each issuer as it was printed; ``id`` is its file, ``with`` another file of the same company."""

_WAIT_S = 60.0


class Memory:
    """What was said, by issuer. The index is written when the block that opened it ends well.

    >>> from tempfile import mkdtemp
    >>> with opened(Path(mkdtemp()) / "memory") as memory:
    ...     memory.known_as(Issuer.of("Kestrel Ridge Gold Corp.", ["TSXV:KRG"])).rpartition("-")[0]
    'kestrel-ridge-gold'
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        file = folder / INDEX
        index = pl.read_parquet(file) if file.is_file() else pl.DataFrame(schema=_INDEX)
        self._issuers: dict[Issuer, str] = {}
        self._by_key: dict[str, dict[Issuer, None]] = defaultdict(dict)
        self._together: dict[str, dict[str, None]] = {}
        for row in index.iter_rows(named=True):
            self._know(Issuer(row["name"], row["form"], tuple(row["tickers"]), tuple(row["former"])), row["id"])
            if row["with"]:
                self._join(row["id"], row["with"])

    def _know(self, issuer: Issuer, name: str) -> None:
        self._issuers[issuer] = name
        for key in issuer.keys:
            self._by_key[key][issuer] = None

    def known_as(self, issuer: Issuer) -> str:
        """The file of an issuer; one that nobody has heard of gets a new one.

        A release that shows two names to be one company joins their files (see ``joined``).
        """
        if issuer in self._issuers:
            return self._issuers[issuer]
        near = dict.fromkeys(one for key in issuer.keys for one in self._by_key.get(key, ()))
        same = list(dict.fromkeys(self._issuers[one] for one in near if issuer.same(one)))
        name = same[0] if same else _file_name(issuer)
        self._know(issuer, name)
        for other in same[1:]:
            self._join(name, other)
        return name

    def _join(self, one: str, other: str) -> None:
        together = self.joined(one) | self.joined(other)
        self._together.update(dict.fromkeys(together, together))

    def joined(self, name: str) -> dict[str, None]:
        """The files that hold one issuer."""
        return self._together.get(name, {name: None})

    def add(self, releases: Iterable[Remembered]) -> None:
        """Remember releases, each in the place of what was remembered of the document with its name.

        Releases that name no issuer cannot be put to any, and are left out.
        """
        groups: dict[str, list[Remembered]] = defaultdict(list)
        for release in releases:
            if release.issuer.keys:
                groups[self.known_as(release.issuer)].append(release)
        for name, some in groups.items():
            file = self._file(name)
            old = pl.read_parquet(file) if file.is_file() else rows.table([])
            kept = old.filter(~pl.col("doc").is_in([release.doc for release in some]))
            file.parent.mkdir(parents=True, exist_ok=True)
            _write(pl.concat([kept, rows.table(some)]), file)

    def recall(self, names: Iterable[str], meeting: Collection[str] | None = None) -> list[Remembered]:
        """The releases in these files; with ``meeting`` only what can meet a new release (see ``rows.releases``)."""
        found = []
        for file in map(self._file, names):
            if file.is_file():
                found += rows.releases(pl.read_parquet(file), meeting)
        return found

    def _file(self, name: str) -> Path:
        return self.folder / ISSUERS / f"{name}.parquet"

    def documents(self) -> dict[str, str]:
        """The SHA-256 of the text of every document that is remembered, by its name."""
        found: dict[str, str] = {}
        for file in sorted((self.folder / ISSUERS).glob("*.parquet")):
            heads = pl.scan_parquet(file).filter(pl.col("row") == "release").select("doc", "sha256").collect()
            found.update(heads.iter_rows())
        return found

    def write_index(self) -> None:
        """Write the names and the codes."""
        said = [
            (name, one.name, one.form, list(one.tickers), list(one.former), next(iter(self.joined(name))))
            for one, name in self._issuers.items()
        ]
        _write(pl.DataFrame(said, schema=_INDEX, orient="row"), self.folder / INDEX)


@contextmanager
def opened(folder: Path) -> Iterator[Memory]:
    """A memory to recall from and to add to; what was added is indexed when the block ends well.

    Raises ``AskedWronglyError`` where it cannot be read or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _its_own(folder)
        with lock.writing(folder, "check", _WAIT_S):
            memory = Memory(folder)
            yield memory
            memory.write_index()
    except (OSError, pl.exceptions.PolarsError) as problem:
        said = (getattr(problem, "strerror", None) or str(problem)).lower()
        raise AskedWronglyError(f"{folder}: cannot be used as a memory: {said}") from None


def _its_own(folder: Path) -> None:
    """Refuse a folder that is full of something else, such as the releases themselves."""
    if (folder / INDEX).is_file():
        return
    other = next((one for one in folder.iterdir() if one.name[0] != "." and one.name not in _OURS), None)
    if other is not None:
        said = f"{folder}: no memory, and it holds other things ({other.name})"
        raise AskedWronglyError(f"{said}; name a folder of its own, such as {folder / 'memory'}")


def _write(frame: pl.DataFrame, file: Path) -> None:
    """Write a file that is there whole or stays as it was."""
    fresh = file.with_name(f".{file.name}.part")
    frame.write_parquet(fresh)
    fresh.replace(file)


def _file_name(issuer: Issuer) -> str:
    """A name that people know and no two issuers share."""
    words = re.sub(r"[^a-z0-9]+", "-", issuer.name).strip("-")[:40] or "unnamed"
    return f"{words}-{sha256(repr(issuer).encode()).hexdigest()[:8]}"
