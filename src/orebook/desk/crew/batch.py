"""Batches: documents that are given to one process together, what is to be done with each, and with all of them."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from orebook.desk.inputs import Input
from orebook.ground.needs import MissingError
from orebook.reports.trouble import Trouble

Result = TypeVar("Result")
Whole = TypeVar("Whole")


@dataclass(frozen=True, slots=True)
class Job(Generic[Result]):
    """A document and what is to be done with it."""

    item: Input
    task: Callable[[Input], Result]


@dataclass(frozen=True, slots=True)
class Batch(Generic[Result, Whole]):
    """Jobs for one process; ``whole`` makes of their results, in their order, what is handed back.

    A job may be trouble already and stays it. Everything in a batch can be pickled, so that it can travel.
    """

    jobs: Sequence[Job[Result] | Trouble]
    whole: Callable[[Sequence[Result | Trouble]], Whole]

    def work(self) -> Whole:
        """Do the work here and now."""
        return self.whole(list(map(done, self.jobs)))


def done(job: Job[Result] | Trouble) -> Result | Trouble:
    """The result of one job. What goes wrong inside orebook costs this document only."""
    if isinstance(job, Trouble):
        return job
    try:
        return job.task(job.item)
    except MissingError as problem:
        return Trouble(job.item.name, str(problem), "")
    except MemoryError:
        return Trouble(job.item.name, "needs more memory than there is", "read a part of it")
    except Exception as problem:
        if os.environ.get("OREBOOK_TRACEBACK"):
            raise
        what = f"a fault of orebook: {type(problem).__name__}: {problem}"
        return Trouble(job.item.name, what, "please report it; OREBOOK_TRACEBACK=1 shows where it happened")
