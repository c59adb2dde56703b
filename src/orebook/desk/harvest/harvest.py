"""Harvests: many documents are read into a folder of shards, or by way of one into a single file."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from orebook.desk.answer import Answer, AskedWronglyError
from orebook.desk.assist.asked import Assist
from orebook.desk.crew.overseer import LostError
from orebook.desk.harvest.folder import FAILURES, REMARKS, Folder
from orebook.desk.harvest.gathering import ASSISTED, UNANSWERED, Gathered, Seen, Waiting, bind, gather, key_of
from orebook.desk.harvest.single import finish, single_file
from orebook.desk.inputs import Input
from orebook.desk.remote import is_remote
from orebook.desk.work import Batch, Hands, Job, lost
from orebook.reports.results import Stored
from orebook.reports.shards import Kind
from orebook.reports.trouble import Trouble

_MOST_DOCUMENTS = 50
_MOST_BYTES = 4 * 1024 * 1024
_MOST_SHARDS_OF_FEW = 64
"""So much makes a batch and so a shard, less where there are few; however many work, the shards are the same."""

_TOLD = 20
"""So many failures are told as they happen; the report has them all."""

Work = Batch[Gathered | Trouble, Waiting]


@dataclass(slots=True)
class Harvest:
    """A run that reads documents into a folder, and how far it is: documents in = read + failed + skipped."""

    folder: Folder
    items: Sequence[Input | Trouble]
    hands: Hands
    read: int = 0
    failed: int = 0
    skipped: int = 0
    assisted: int = 0
    unanswered: int = 0
    _untold: int = 0

    def results(self) -> Iterator[Stored | Trouble]:
        """Read what is not in the folder yet; yield what became of every document, as it happens."""
        todo = list(enumerate(self.items))
        while todo:
            with self.hands.at_work(len(todo)) as crew:
                for batch, shard in crew.as_done(self._batches(todo)):
                    yield from self._skipped()
                    yield from self._taken(batch, shard)
                yield from self._skipped()
            todo = self._lost()
            self.skipped -= len(todo)

    def _batches(self, todo: Sequence[tuple[int, Input | Trouble]]) -> Iterator[Work]:
        """Yield the documents that have to be read, in batches; count those that are in the folder."""
        jobs: list[Job[Gathered | Trouble] | Trouble] = []
        size, most = 0, min(_MOST_DOCUMENTS, 1 + len(self.items) // _MOST_SHARDS_OF_FEW)
        for position, item in todo:
            if isinstance(item, Trouble):
                jobs.append(item)
            elif self._is_done(item):
                self.skipped += 1
                self._untold += 1
            else:
                jobs.append(Job(item, partial(gather, self.folder.plan, position)))
                size += item.size
            if len(jobs) == most or size >= _MOST_BYTES:
                yield Batch(jobs, partial(bind, self.folder.plan))
                jobs, size = [], 0
        if jobs:
            yield Batch(jobs, partial(bind, self.folder.plan))

    def _is_done(self, item: Input) -> bool:
        return bool(item.stamp) and self.folder.index.is_done(key_of(item), item.stamp, self.folder.plan.code)

    def _skipped(self) -> Iterator[Stored]:
        """Yield an answer for each document that was skipped since the last time."""
        untold, self._untold = self._untold, 0
        yield from (Stored("") for _ in range(untold))

    def _lost(self) -> list[tuple[int, Input | Trouble]]:
        """Documents that were skipped as copies of one whose place holds something else by now."""
        if not self.folder.replaced:
            return []
        self.folder.replaced = 0
        inputs = ((at, item) for at, item in enumerate(self.items) if isinstance(item, Input))
        return [(at, item) for at, item in inputs if item.place and self.folder.index.is_lost(key_of(item))]

    def _taken(self, batch: Work, shard: Waiting | LostError) -> Iterator[Stored | Trouble]:
        """Take a shard into the folder; yield what became of its documents."""
        if isinstance(shard, LostError):
            for job, trouble in zip(batch.jobs, lost(batch, shard), strict=True):
                yield self._fail(job, trouble)
            return
        if shard.problem:
            raise AskedWronglyError(f"cannot write {self.folder.place}: {shard.problem}")
        if shard.foot.code != self.folder.plan.code:
            raise AskedWronglyError("the workers read with another version of orebook; install the same everywhere")
        taken = self.folder.take(shard)
        entries = shard.foot.documents
        self.assisted += sum(ASSISTED in entry.remark for entry in entries)
        self.unanswered += sum(UNANSWERED in entry.remark for entry in entries)
        good = sum(isinstance(one, Seen) for one in shard.seen)
        self.read += taken.documents - taken.copies
        self.skipped += good - taken.documents + taken.copies
        for job, one in zip(batch.jobs, shard.seen, strict=True):
            yield self._fail(job, one) if isinstance(one, Trouble) else Stored(_name(job))

    def _fail(self, job: Job[Gathered | Trouble] | Trouble, trouble: Trouble) -> Stored | Trouble:
        """Put a failure down; only the first ones are told."""
        self.failed += 1
        if isinstance(job, Job):
            key = key_of(job.item) or trouble.where
            self.folder.index.failed([(key, job.item.name, trouble.what, trouble.instead)])
        return trouble if self.failed <= _TOLD else Stored(_name(job), failed=True)


def _name(job: Job[Gathered | Trouble] | Trouble) -> str:
    return job.where if isinstance(job, Trouble) else job.item.name


def harvest(
    items: Sequence[Input | Trouble], kind: Kind, into: str, hands: Hands, assist: Assist | None = None
) -> Answer[Stored | Trouble]:
    """Read documents into a folder of shards, when ``into`` ends in ``/`` or is one, or else into a single file.

    A folder keeps what it has: documents that are in it are skipped. A file holds the documents that were asked for; a
    run that was ended goes on where it was.
    """
    if is_remote(into):
        raise AskedWronglyError(f"facts are written to a folder of this machine, not to {into}; copy the folder there")
    names = tuple(item.name for item in items if isinstance(item, Input))
    answer: Answer[Stored | Trouble] = Answer(kind, iter(()), names)
    is_folder = into.endswith(("/", os.sep)) or Path(into).is_dir()
    if is_folder:
        answer.results = _folder(partial(Folder, Path(into), kind, assist), items, Path(into), hands, answer.notes)
    else:
        answer.results = _file(single_file(Path(into), kind, assist), items, Path(into), hands, answer.notes)
    return answer


def _folder(
    opening: Callable[[], Folder], items: Sequence[Input | Trouble], into: Path, hands: Hands, notes: list[str]
) -> Iterator[Stored | Trouble]:
    folder = opening()
    run = Harvest(folder, items, hands)
    try:
        yield from run.results()
    finally:
        folder.close()
    notes += _summary(run, into / FAILURES, into / REMARKS)


def _file(
    opening: AbstractContextManager[Folder],
    items: Sequence[Input | Trouble],
    into: Path,
    hands: Hands,
    notes: list[str],
) -> Iterator[Stored | Trouble]:
    with opening as folder:
        run = Harvest(folder, items, hands)
        yield from run.results()
        finish(folder, items, into)
    beside = (into.with_name(f"{into.name}.{name}") for name in (FAILURES, REMARKS))
    notes += _summary(run, *beside)


def _summary(run: Harvest, report: Path, remarks: Path) -> Iterator[str]:
    """Yield how many documents were read, failed, or were in already, and about how many a model was asked."""
    parts = [f"{run.read:,} read"]
    parts += [f"{run.skipped:,} skipped"] if run.skipped else []
    parts += [f"{run.failed:,} failed"] if run.failed else []
    total, where = len(run.items), f"; see {report}" if run.failed else ""
    yield f"{total:,} document{'' if total == 1 else 's'}: {', '.join(parts)}{where}"
    if run.assisted or run.unanswered:
        without = f", {run.unanswered:,} without an answer" if run.unanswered else ""
        yield f"assist: a model was asked about {run.assisted + run.unanswered:,} of them{without}; see {remarks}"
