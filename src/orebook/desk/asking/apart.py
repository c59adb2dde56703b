"""Apart: the tables of a book, asked in processes that are ended where a question takes too long or too much."""

import json
import pickle
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from io import BytesIO
from threading import BoundedSemaphore, Lock
from typing import NamedTuple
from weakref import finalize

import polars as pl

from orebook.book.cache import Answered, Source
from orebook.book.problems import BookError
from orebook.desk.asking.child import FIRST, HELD, PROBLEM
from orebook.desk.crew.limits import Limits
from orebook.desk.crew.pipes import receive, send
from orebook.desk.crew.ward import Ward, resident_mb

_DOES = "orebook.desk.asking.child"

AT_ONCE = 4
"""So many questions are answered at the same time; others wait for their turn."""

MEGABYTES = 2048
"""So much memory may a question need beside the tables."""

_WAIT_S = 5.0
"""So long a question waits for its turn: who waits takes the place of somebody who asks for another page."""

_IDLE_S = 600.0
"""So long a process waits for the next question."""

_GRACE_S = 1.0
"""A process has so much time to stop by itself, which keeps the tables held, before it is ended."""


class _Asked(NamedTuple):
    """A process that holds the tables, how much memory that takes, and their columns."""

    ward: Ward
    megabytes: int
    columns: dict[str, list[tuple[str, str]]]


class Apart:
    """The tables of a book as they stood once, to be asked by many at the same time, each in a process of its own.

    A question can neither change the tables nor see anything beside them, and one that runs over ends with its process:
    whoever else asks is answered. ``still`` holds the book still while its files are read.
    """

    def __init__(
        self,
        sources: Iterable[Source],
        length: str,
        still: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self._held, self._still = (list(sources), length), still
        self._idle: list[_Asked] = []
        self._lock, self._turn = Lock(), BoundedSemaphore(AT_ONCE)
        first = self._begun()
        self._columns = first.columns
        self._idle.append(first)
        finalize(self, _end, self._idle)

    def columns(self) -> dict[str, list[tuple[str, str]]]:
        """The columns of each table with their types, in order."""
        return self._columns

    def ask(self, sql: str, *, seconds: float, most: int) -> Answered:
        """The first ``most`` rows of the answer to one question.

        Raises ``BookError`` for what is no question, is not understood, or takes longer or more memory than that.
        """
        if not self._turn.acquire(timeout=min(seconds, _WAIT_S)):
            raise BookError(f"{AT_ONCE} other questions are still being answered; ask again in a while")
        try:
            return self._answered(sql, seconds, most)
        finally:
            self._turn.release()

    def _answered(self, sql: str, seconds: float, most: int) -> Answered:
        limits = Limits(seconds + _GRACE_S, MEGABYTES)
        asked = self._taken(limits)
        ward = asked.ward
        try:
            send(ward.asks, HELD, pickle.dumps((sql, seconds, most)))
            message = receive(ward.answers)
        except OSError:
            message = None
        if message is None:
            problem = _ended(ward, seconds)
            ward.close()
            raise BookError(problem)
        ward.rests()
        with self._lock:
            self._idle.append(asked)
        kind, content = message
        if kind == PROBLEM:
            raise BookError(content.decode())
        return Answered(pl.read_ipc(BytesIO(content)), kind == FIRST)

    def _taken(self, limits: Limits) -> _Asked:
        """A process that waits for a question, or a new one."""
        while True:
            with self._lock:
                asked = self._idle.pop() if self._idle else None
            if asked is None:
                asked = self._begun()
            if asked.ward.begins(Limits(limits.seconds, asked.megabytes + limits.megabytes)):
                return asked
            asked.ward.close()

    def _begun(self) -> _Asked:
        """A new process, once it holds the tables."""
        ward = Ward(_IDLE_S, _DOES)
        with self._still():
            send(ward.asks, HELD, pickle.dumps(self._held))
            message = receive(ward.answers)
        if message is None or message[0] != HELD:
            ward.close()
            raise BookError(message[1].decode() if message else "the tables cannot be held to be asked")
        columns = {table: [(name, kind) for name, kind in some] for table, some in json.loads(message[1]).items()}
        return _Asked(ward, resident_mb([ward.pid]).get(ward.pid, 0), columns)


def _ended(ward: Ward, seconds: float) -> str:
    """What is said of a question that was ended with its process."""
    if ward.cause == "time":
        return f"the question was stopped after {seconds:g} s; ask for less at once"
    if ward.cause == "memory":
        return f"the question needs more than the {MEGABYTES:,} MB of memory that it may have; ask for less at once"
    return f"the process that answers ended by itself ({ward.ended()}); ask for less at once"


def _end(idle: list[_Asked]) -> None:
    """End processes that nobody will ask any more."""
    while idle:
        idle.pop().ward.close()
