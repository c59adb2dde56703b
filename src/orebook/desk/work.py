"""Work: one task for many documents, by one process or by several, answers in the order of the documents."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from typing import Generic, TypeVar

from orebook.desk.answer import AskedWronglyError
from orebook.desk.inputs import Input
from orebook.reports.trouble import Trouble

Result = TypeVar("Result")

_FEW = 20
"""So many documents are read faster than other processes start."""


@dataclass(frozen=True, slots=True)
class Job(Generic[Result]):
    """A document and what is to be done with it."""

    item: Input
    task: Callable[[Input], Result]


def workers(jobs: int, documents: int) -> int:
    """How many processes are to work; nothing asked means one for few documents and every processor for many.

    >>> workers(0, 3), workers(2, 3), workers(8, 3)
    (1, 2, 3)
    >>> workers(-1, 3)
    Traceback (most recent call last):
        ...
    orebook.desk.answer.AskedWronglyError: fewer processes than one cannot work; ask for one or more
    """
    if jobs < 0:
        raise AskedWronglyError("fewer processes than one cannot work; ask for one or more")
    if not jobs:
        jobs = 1 if documents < _FEW else _processors()
    return max(1, min(jobs, documents))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(jobs: Sequence[Job[Result] | Trouble], processes: int) -> Iterator[Result | Trouble]:
    """Yield the result of every job in the order of the jobs; a job that is trouble already stays it."""
    if processes == 1:
        yield from map(_done, jobs)
        return
    pool = ProcessPoolExecutor(processes, _context(), initializer=_leave_interrupts_to_the_parent)
    batch = max(1, min(4, len(jobs) // (4 * processes)))
    try:
        yield from pool.map(_done, jobs, chunksize=batch)
    except BrokenProcessPool:
        yield Trouble("orebook", "a process that read documents was ended from outside", "try again with --jobs 1")
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _done(job: Job[Result] | Trouble) -> Result | Trouble:
    """The result of one job. What goes wrong inside orebook costs this document only."""
    if isinstance(job, Trouble):
        return job
    try:
        return job.task(job.item)
    except Exception as problem:
        if os.environ.get("OREBOOK_TRACEBACK"):
            raise
        what = f"a fault of orebook: {type(problem).__name__}: {problem}"
        return Trouble(job.item.name, what, "please report it; OREBOOK_TRACEBACK=1 shows where it happened")


def _context() -> BaseContext:
    """The way to start processes: from a clean one that has read the rules, where the system has it."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["orebook.desk.check"])
    return context


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
