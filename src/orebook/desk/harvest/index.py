"""The index of a folder of shards: which document is in which, so that nobody has to open them all.

It is a cache: what the shards themselves say goes first, and whoever writes holds the index meanwhile.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_PATIENCE_S = 60.0
_TABLES = """
create table if not exists shards (name text primary key);
create table if not exists documents (
    sha256 text primary key, shard text not null, code text not null, key text not null, run text not null,
    position integer not null, name text not null, remark text not null
);
create index if not exists documents_key on documents (key);
create index if not exists documents_shard on documents (shard);
create table if not exists places (key text primary key, stamp text not null, sha256 text not null);
create table if not exists failures (
    key text primary key, name text not null, what text not null, instead text not null
);
"""


class Held(NamedTuple):
    """A document that is in the folder: its shard, the program that read it, the key of its place, who put it in."""

    sha256: str
    shard: str
    code: str
    key: str
    run: str = ""
    position: int = -1
    name: str = ""
    remark: str = ""


class Index:
    """The index of one folder."""

    def __init__(self, file: Path) -> None:
        try:
            self._open(file)
        except sqlite3.DatabaseError:
            file.unlink(missing_ok=True)
            self._open(file)

    def _open(self, file: Path) -> None:
        self._base = sqlite3.connect(file, timeout=_PATIENCE_S, isolation_level=None, check_same_thread=False)
        try:
            self._base.execute("pragma synchronous = normal")
            self._base.executescript(_TABLES)
        except sqlite3.DatabaseError:
            self._base.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only one that writes; what was written holds when this ends well."""
        self._base.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._base.execute("rollback")
            raise
        self._base.execute("commit")

    def shards(self) -> set[str]:
        """The names of the shards that are indexed."""
        return {name for (name,) in self._base.execute("select name from shards")}

    def put(self, shard: str, documents: Iterable[Held]) -> None:
        """Add a shard with its documents; what was known of these goes."""
        self._base.execute("insert or replace into shards values (?)", (shard,))
        self._base.executemany("insert or replace into documents values (?, ?, ?, ?, ?, ?, ?, ?)", documents)

    def drop_shard(self, shard: str) -> None:
        """Forget a shard and its documents."""
        self._base.execute("delete from documents where shard = ?", (shard,))
        self._base.execute("delete from shards where name = ?", (shard,))

    def drop(self, sha256s: Iterable[str]) -> None:
        """Forget documents."""
        self._base.executemany("delete from documents where sha256 = ?", [(one,) for one in sha256s])

    def held(self, sha256: str) -> Held | None:
        """What is known of a document."""
        row = self._base.execute("select * from documents where sha256 = ?", (sha256,)).fetchone()
        return Held(*row) if row else None

    def held_at(self, key: str) -> list[Held]:
        """The documents that came from a place."""
        return [Held(*row) for row in self._base.execute("select * from documents where key = ?", (key,))]

    def lies_at(self, key: str, run: str) -> list[Held]:
        """The documents that lie at a place; without a key those that a run has put in from no place."""
        asked = "select documents.* from places join documents using (sha256) where places.key = ?"
        loose = "select * from documents where key = '' and run = ? order by position"
        rows = self._base.execute(asked, (key,)) if key else self._base.execute(loose, (run,))
        return [Held(*row) for row in rows]

    def count(self) -> int:
        """How many documents are in the folder."""
        (number,) = self._base.execute("select count(*) from documents").fetchone()
        return int(number)

    def is_done(self, key: str, stamp: str, code: str) -> bool:
        """Whether what lies at a place, unchanged since it was seen, is in the folder as this program reads it."""
        asked = "select 1 from places join documents using (sha256) where places.key = ? and stamp = ? and code = ?"
        return self._base.execute(asked, (key, stamp, code)).fetchone() is not None

    def seen(self, places: Iterable[tuple[str, str, str]]) -> None:
        """Remember what lies at places: key, stamp, SHA-256; and that it did not fail."""
        known = [place for place in places if place[0]]
        self._base.executemany("insert or replace into places values (?, ?, ?)", known)
        self._base.executemany("delete from failures where key = ?", [(key,) for key, _, _ in known])

    def is_lost(self, key: str) -> bool:
        """Whether what was seen at a place is not in the folder any more, though it could be read."""
        asked = "select 1 from places left join documents using (sha256) where places.key = ? and shard is null"
        failed = "select 1 from failures where key = ?"
        is_gone, is_bad = (self._base.execute(each, (key,)).fetchone() is not None for each in (asked, failed))
        return is_gone and not is_bad

    def failed(self, failures: Iterable[tuple[str, str, str, str]]) -> None:
        """Remember failures: key, name, what is wrong, what to do instead."""
        self._base.executemany("insert or replace into failures values (?, ?, ?, ?)", failures)

    def remarks(self) -> list[tuple[str, str]]:
        """What one should know about how documents were read, by name."""
        return list(self._base.execute("select name, remark from documents where remark != '' order by name"))

    def failures(self) -> list[tuple[str, str, str]]:
        """Every document that failed when it was last tried, by name."""
        return list(self._base.execute("select name, what, instead from failures order by name, what"))


@lru_cache(maxsize=4)
def _reader(file: Path) -> sqlite3.Connection:
    uri = f"{file.as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, timeout=1.0, isolation_level=None, check_same_thread=False)


def is_known(file: Path, sha256: str, code: str, me: tuple[str, int]) -> bool:
    """Whether a document is in a folder, for those who read and do not write; no index knows nothing.

    ``me`` is the run that asks and the position of the document in it: a copy that the same run has put in, and that
    was asked for later, does not count.
    """
    asked = "select run, position from documents where sha256 = ? and code = ?"
    try:
        found = _reader(file).execute(asked, (sha256, code)).fetchone()
    except sqlite3.Error:
        return False
    return found is not None and (found[0] != me[0] or found[1] < me[1])
