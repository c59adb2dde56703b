"""One file: documents are read into a folder of shards beside it, which becomes the file when all are in."""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from orebook.desk.answer import AskedWronglyError
from orebook.desk.assist.asked import Assist
from orebook.desk.harvest.folder import FAILURES, REMARKS, Folder, unwritable
from orebook.desk.harvest.gathering import key_of
from orebook.desk.inputs import Input
from orebook.reports.shards import Kind, joined
from orebook.reports.trouble import Trouble


@contextmanager
def single_file(file: Path, kind: Kind, assist: Assist | None = None) -> Iterator[Folder]:
    """The folder beside a file in which its shards are gathered; it stays where it is until ``finish``.

    Raises ``AskedWronglyError`` while another run writes the same file.
    """
    target = Path(os.path.abspath(file))  # noqa: PTH100 - Path.resolve would follow links
    parts = target.with_name(f".{target.name}.parts")
    try:
        parts.mkdir(exist_ok=True)
    except OSError as problem:
        raise unwritable(file, problem) from None
    with _alone(parts / "lock", file):
        folder = Folder(parts, kind, assist)
        try:
            yield folder
        finally:
            folder.close()
            if (parts / "done").exists():
                shutil.rmtree(parts, ignore_errors=True)


@contextmanager
def _alone(lock: Path, file: Path) -> Iterator[None]:
    """Be the only run that writes a file; the system lets go of the lock when a run dies."""
    with closing(sqlite3.connect(lock, timeout=0, isolation_level=None)) as base:
        try:
            base.execute("begin exclusive")
        except sqlite3.OperationalError:
            raise AskedWronglyError(f"another run is writing {file}; wait for it, or name another file") from None
        yield


def finish(folder: Folder, items: Sequence[Input | Trouble], file: Path) -> None:
    """Make the file of the shards: the documents that were asked for, in their order as far as shards allow."""
    shards: dict[str, None] = {}
    wanted: set[str] = set()
    for item in items:
        if isinstance(item, Input):
            for held in folder.index.lies_at(key_of(item), folder.run):
                shards[held.shard] = None
                wanted.add(held.sha256)
    is_all = len(wanted) == folder.index.count()
    fresh = folder.plan.waiting / "joined"
    try:
        joined(folder.plan.kind, [folder.place / shard for shard in shards], None if is_all else wanted, fresh)
        with fresh.open("rb") as made:
            os.fsync(made.fileno())
        fresh.replace(file)
        _report(folder, file)
        (folder.place / "done").touch()
    except OSError as problem:
        raise unwritable(file, problem) from None


def _report(folder: Folder, file: Path) -> None:
    """Put the lists of failures and remarks beside the file, or take those of an earlier run away."""
    folder.report()
    for name in (FAILURES, REMARKS):
        beside = file.with_name(f"{file.name}.{name}")
        with suppress(FileNotFoundError):
            beside.unlink()
        with suppress(FileNotFoundError):
            (folder.place / name).replace(beside)
