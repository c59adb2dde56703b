"""Work: one task for many documents, by whoever is asked to do it, answers in the order of the documents."""

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Literal

from orebook.desk.answer import AskedWronglyError
from orebook.desk.crew.batch import Batch, Job, Result
from orebook.desk.crew.crew import Crew, at_scheduler, here
from orebook.desk.crew.limits import Limits
from orebook.desk.crew.overseer import LostError
from orebook.reports.trouble import Trouble

__all__ = ["Batch", "Crew", "Engine", "Hands", "Job", "each", "lost", "workers"]

Engine = Literal["processes", "dask"]

_FEW = 20
"""So many documents are read faster than other processes start."""

_MOST = 50
"""So many documents at most are given to a process at a time: more would save nothing."""


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


@dataclass(frozen=True, slots=True)
class Hands:
    """Who is to do the work, as somebody asked for it.

    ``minded`` says that limits hold even where a few documents would be read by the caller itself. ``crew``, when it is
    given, is who does the work: ``Crew(executor, places)`` takes any ``concurrent.futures.Executor``.
    """

    jobs: int = 0
    scheduler: str = ""
    limits: Limits = field(default_factory=Limits)
    minded: bool = False
    crew: Crew | None = None

    @classmethod
    def asked(
        cls,
        jobs: int,
        engine: Engine | None = None,
        scheduler: str = "",
        time_limit: int | None = None,
        memory_limit: int | None = None,
    ) -> "Hands":
        """Who is to do the work, from the words of a verb.

        Raises ``AskedWronglyError`` for what does not go together.
        """
        workers(jobs, 1)
        if engine == "dask" and not scheduler:
            raise AskedWronglyError(
                "Dask has a scheduler; say where it is with --scheduler, such as tcp://10.0.0.5:8786"
            )
        if scheduler and engine != "dask":
            raise AskedWronglyError("a scheduler is one of Dask; ask for it with --engine dask")
        minded = time_limit is not None or memory_limit is not None
        return cls(jobs, scheduler, Limits.asked(time_limit, memory_limit), minded)

    def at_work(self, documents: int) -> AbstractContextManager[Crew]:
        """Those who work on so many documents, until they are sent home."""
        if self.crew is not None:
            return nullcontext(self.crew)
        if self.scheduler:
            return at_scheduler(self.scheduler, self.limits)
        processes = workers(self.jobs, documents)
        if processes == 1 and documents < _FEW and not self.minded:
            return nullcontext(Crew())
        return here(processes, self.limits)


def each(jobs: Sequence[Job[Result] | Trouble], hands: Hands) -> Iterator[Result | Trouble]:
    """Yield the result of every job in the order of the jobs; a job that is trouble already stays it."""
    with hands.at_work(len(jobs)) as crew:
        size = max(1, min(_MOST, len(jobs) // (4 * crew.places)))
        parts = (jobs[at : at + size] for at in range(0, len(jobs), size))
        for batch, results in crew.in_order(Batch(part, list) for part in parts):
            yield from lost(batch, results) if isinstance(results, LostError) else results


def lost(batch: Batch[Any, Any], why: LostError) -> Iterator[Trouble]:
    """Yield the trouble for every document of a batch that was lost."""
    for job in batch.jobs:
        yield job if isinstance(job, Trouble) else Trouble(job.item.name, str(why), why.instead)
