"""Gathering: what the process that reads does with a document, and how the rows of a batch become a shard on disk."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from orebook.desk.assist.asked import Assist, with_assist
from orebook.desk.harvest.index import is_known
from orebook.desk.harvest.program import fingerprint
from orebook.desk.inputs import Input, Opened, fetched, understood
from orebook.desk.said import facts_of, records_of
from orebook.reports.shapes import Shape
from orebook.reports.shards import Entry, Foot, Kind, parquet, rows
from orebook.reports.trouble import Trouble

ASSISTED, UNANSWERED = "assist: ", "assist, to be asked again: "
"""How a remark begins on what came of asking a model; a document about which no answer came is asked about again."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is gathered, and where the shards wait until they are taken into the folder."""

    kind: Kind
    index: Path
    waiting: Path
    run: str
    assist: Assist | None = None

    @property
    def code(self) -> str:
        """What decides which facts a document gives: the program, and the model that is asked besides."""
        return fingerprint() + (f"-{self.assist.mark}" if self.assist is not None else "")


class Gathered(NamedTuple):
    """The rows of one document, which stood at a position among all; no rows for one that is in the folder already."""

    sha256: str
    item: Input
    position: int
    rows: list[Shape] | None
    remark: str = ""


class Seen(NamedTuple):
    """A document of a batch: its SHA-256, key and stamp, where it stood among all, and whether the shard has it."""

    sha256: str
    key: str
    stamp: str
    position: int
    is_in: bool


class Waiting(NamedTuple):
    """A shard that waits to be taken into the folder: its name, its foot, and what became of each document.

    ``file`` is nothing when no document of the batch gave rows; ``problem`` says why it could not be written.
    """

    file: Path | None
    name: str
    foot: Foot
    seen: tuple[Seen | Trouble, ...]
    problem: str = ""


def key_of(item: Input) -> str:
    """What stands for the place of a document; nothing for one that has none, such as standard input.

    >>> key_of(Input("<stdin>", b""))
    ''
    """
    return sha256(item.place.encode("utf-8", "surrogateescape")).hexdigest()[:24] if item.place else ""


def gather(plan: Plan, position: int, item: Input) -> Gathered | Trouble:
    """The rows of one document."""
    data = fetched(item)
    if isinstance(data, Trouble):
        return data
    digest = sha256(data).hexdigest()
    if is_known(plan.index, digest, plan.code, (plan.run, position)):
        return Gathered(digest, item, position, None)
    read = understood(item, data)
    if isinstance(read, Trouble):
        return read
    read = with_assist(read, plan.assist)
    found = rows(facts_of(read) if plan.kind == "facts" else records_of(read))
    return Gathered(digest, item, position, found, _remark(read))


def _remark(read: Opened) -> str:
    """What one should know about how a document was read, and what came of asking a model."""
    assist = read.assist
    begin = UNANSWERED if assist is not None and assist.problem else ASSISTED
    return "; ".join(filter(None, (read.remark, f"{begin}{assist}" if assist is not None else "")))


def bind(plan: Plan, results: Sequence[Gathered | Trouble]) -> Waiting:
    """Write the rows of a batch as a shard that waits; of two copies the first counts."""
    fresh: dict[str, Gathered] = {}
    seen: list[Seen | Trouble] = []
    for result in results:
        if isinstance(result, Trouble):
            seen.append(result)
            continue
        is_in = result.rows is not None and result.sha256 not in fresh
        seen.append(Seen(result.sha256, key_of(result.item), result.item.stamp, result.position, is_in))
        if is_in:
            fresh[result.sha256] = result
    foot = Foot(plan.code, tuple(map(_entry, fresh.values())))
    name = _name(foot.code, [one.sha256 for one in seen if isinstance(one, Seen)])
    waiting = Waiting(None, name, foot, tuple(seen))
    if not fresh:
        return waiting
    file = plan.waiting / f"{name}.{os.getpid()}.part"
    table = parquet(plan.kind, (row for one in fresh.values() for row in one.rows or ()), foot)
    try:
        write_whole(file, table)
    except OSError as problem:
        return waiting._replace(problem=(problem.strerror or str(problem)).lower())
    return waiting._replace(file=file)


def _entry(one: Gathered) -> Entry:
    return Entry(one.sha256, key_of(one.item), one.item.name, len(one.rows or ()), one.remark)


def _name(code: str, sha256s: Sequence[str]) -> str:
    """The name of a shard: the same documents read by the same program have the same."""
    return sha256("\n".join((code, *sha256s)).encode()).hexdigest()[:24]


def write_whole(file: Path, content: bytes) -> None:
    """Write a file and bring it to the disk."""
    with file.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
