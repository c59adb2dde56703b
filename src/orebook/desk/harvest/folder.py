"""The folder of a harvest: shards are taken into it one at a time, and what was cut off is made good."""

import csv
import json
import os
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from orebook.desk.answer import AskedWronglyError
from orebook.desk.assist.asked import Assist
from orebook.desk.harvest.gathering import UNANSWERED, Plan, Seen, Waiting, write_whole
from orebook.desk.harvest.index import Held, Index
from orebook.reports.rows import cell
from orebook.reports.shards import Entry, Kind, NoShardError, foot, schema, without

PRIVATE = ".orebook"
FAILURES = "failures.csv"
REMARKS = "remarks.csv"
_ENDING = ".parquet"
_DAY_S = 86_400


class Taken(NamedTuple):
    """How many documents came in with a shard, and how many copies of them that this run had put in went out."""

    documents: int
    copies: int


class Folder:
    """A folder of shards of one kind of table, opened for one run of the program.

    Raises ``AskedWronglyError`` for a folder that holds something else, or that cannot be written.
    """

    def __init__(self, place: Path, kind: Kind, assist: Assist | None = None) -> None:
        self.place = Path(os.path.abspath(place))  # noqa: PTH100 - Path.resolve would follow links
        self.run = uuid4().hex
        self.replaced = 0
        private = self.place / PRIVATE
        waiting = private / "waiting" / self.run
        try:
            waiting.mkdir(parents=True, exist_ok=True)
            _declare(private / "table.json", kind, place)
            _clear(private / "waiting")
            self.index = Index(private / "index.sqlite")
        except OSError as problem:
            raise unwritable(place, problem) from None
        self.plan = Plan(kind, private / "index.sqlite", waiting, self.run, assist)
        with self.index.writing():
            self._refresh()

    def close(self) -> None:
        """Put failures and remarks where people find them, and let go of the folder."""
        with self.index.writing():
            self.report()
        self.index.close()
        shutil.rmtree(self.plan.waiting, ignore_errors=True)

    def take(self, shard: Waiting) -> Taken:
        """Take a shard that waits into the folder.

        A document that somebody else has put in meanwhile is left out; of two copies in one run the one that was asked
        for first stays. What the same place held before goes, and what another program read.
        """
        seen = [one for one in shard.seen if isinstance(one, Seen)]
        positions = {one.sha256: one.position for one in seen if one.is_in}
        code, at = shard.foot.code, positions.__getitem__
        new = {entry.sha256: _held(entry, "", code, self.run, at(entry.sha256)) for entry in shard.foot.documents}
        with self.index.writing():
            self._refresh()
            theirs = {one for one in new if self._stays(self.index.held(one), new[one])}
            mine = {one: held for one, held in new.items() if one not in theirs}
            copies = self._replace(mine)
            if mine and shard.file is not None:
                name = self._free(shard.name)
                if theirs:
                    write_whole(shard.file, without(shard.file, theirs))
                shard.file.replace(self.place / name)
                _settle(self.place)
                self.index.put(name, (held._replace(shard=name) for held in mine.values()))
            self.index.seen((one.key, one.stamp, one.sha256) for one in seen)
        if shard.file is not None:
            shard.file.unlink(missing_ok=True)
        return Taken(len(mine), copies)

    @staticmethod
    def _stays(there: Held | None, new: Held) -> bool:
        """Whether a document that is in the folder stays rather than the same one that comes."""
        if there is None or there.code != new.code:
            return False
        return there.run != new.run or there.position < new.position

    def _replace(self, new: dict[str, Held]) -> int:
        """Take out what documents that come replace: themselves as they were read before, what their places held.

        Returns how many of them this run itself had put in.
        """
        gone: dict[str, set[str]] = {}
        copies = 0
        for one in new.values():
            same = self.index.held(one.sha256)
            before = [there for there in self.index.held_at(one.key) if there.sha256 not in new] if one.key else []
            copies += same is not None and same.run == self.run
            self.replaced += len(before)
            for there in [*before, *([same] if same else [])]:
                gone.setdefault(there.shard, set()).add(there.sha256)
        for shard, documents in gone.items():
            self._take_out(self.place / shard, documents)
        return copies

    def _take_out(self, file: Path, documents: set[str]) -> None:
        """Take documents out of a shard; one that holds no others goes."""
        if documents >= {entry.sha256 for entry in foot(file).documents}:
            file.unlink()
            self.index.drop_shard(file.name)
            return
        fresh = self.plan.waiting / f"{file.name}.part"
        write_whole(fresh, without(file, documents))
        fresh.replace(file)
        self.index.drop(documents)

    def _free(self, name: str) -> str:
        """A name for a shard that no other has."""
        taken = (f"{name}{f'-{again}' if again else ''}{_ENDING}" for again in range(1_000_000))
        return next(free for free in taken if not (self.place / free).exists())

    def _refresh(self) -> None:
        """Let the index say what the shards say, whoever has written or removed them."""
        there = {entry.name for entry in os.scandir(self.place) if entry.name.endswith(_ENDING)}
        known = self.index.shards()
        for name in sorted(known - there):
            self.index.drop_shard(name)
        for name in sorted(there - known):
            self._adopt(self.place / name)

    def _adopt(self, file: Path) -> None:
        """Index a shard that others have written; a document that is in two is taken out of this one."""
        try:
            said = foot(file)
        except NoShardError as problem:
            raise AskedWronglyError(f"{problem}; take it out of the folder") from None
        twice = {entry.sha256 for entry in said.documents if self.index.held(entry.sha256)}
        if twice:
            self._take_out(file, twice)
        kept = [entry for entry in said.documents if entry.sha256 not in twice]
        if kept or not twice:
            self.index.put(file.name, (_held(entry, file.name, said.code) for entry in kept))

    def report(self) -> None:
        """Write which documents failed when they were last tried, and what one should know about others."""
        self._write(FAILURES, ("document", "what", "instead"), self.index.failures())
        self._write(REMARKS, ("document", "remark"), self.index.remarks())

    def _write(self, name: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write a list, or take it away when there is nothing in it."""
        file = self.place / name
        if not rows:
            file.unlink(missing_ok=True)
            return
        sheet = StringIO()
        writer = csv.writer(sheet, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows([cell(word) for word in row] for row in rows)
        fresh = self.plan.waiting / name
        write_whole(fresh, sheet.getvalue().encode("utf-8", "backslashreplace"))
        fresh.replace(file)


def _held(entry: Entry, shard: str, code: str, run: str = "", position: int = -1) -> Held:
    """What the index holds of a document; one that is to be read again has been read by no program."""
    code = "" if UNANSWERED in entry.remark else code
    return Held(entry.sha256, shard, code, entry.key, run, position, entry.name, entry.remark)


def unwritable(place: Path, problem: OSError) -> AskedWronglyError:
    """That a folder cannot be written, and why."""
    return AskedWronglyError(f"cannot write {place}: {(problem.strerror or str(problem)).lower()}")


def _declare(file: Path, kind: Kind, place: Path) -> None:
    """Say what the folder holds, once; or see that it holds that.

    Raises ``AskedWronglyError`` where it holds something else.
    """
    columns = sha256(repr(list(schema(kind).items())).encode()).hexdigest()[:16]
    mine = {"table": kind, "columns": columns}
    if not file.exists():
        others = [entry.name for entry in os.scandir(place) if entry.name.endswith(_ENDING)]
        if others:
            _forget(file.parent)
            raise AskedWronglyError(f"{place} holds Parquet files of others, such as {others[0]}; name a new folder")
        write_whole(file.with_suffix(f".{os.getpid()}"), json.dumps(mine).encode())
        file.with_suffix(f".{os.getpid()}").replace(file)
        return
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        said = {}
    if said.get("table") != kind:
        raise AskedWronglyError(f"{place} holds {said.get('table', 'something else')}, not {kind}; name another folder")
    if said.get("columns") != columns:
        what = "was written by a version of orebook whose table has other columns"
        raise AskedWronglyError(f"{place} {what}; name a new folder")


def _forget(private: Path) -> None:
    shutil.rmtree(private, ignore_errors=True)


def _clear(waiting: Path) -> None:
    """Throw away what runs that died have left; a run that lives has touched its folder within the day."""
    for left in waiting.iterdir():
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _DAY_S:
                shutil.rmtree(left, ignore_errors=True)


def _settle(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
