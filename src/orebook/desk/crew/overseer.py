"""Overseers: each gives batches to one process, and starts another when that one fell or has read enough."""

import pickle
from collections.abc import Sequence
from contextlib import nullcontext
from threading import BoundedSemaphore, Lock
from typing import Any, cast

from orebook.desk.crew.batch import Batch, Job, Result, Whole
from orebook.desk.crew.child import BEGUN, FAULT, TOLD
from orebook.desk.crew.limits import Limits
from orebook.desk.crew.pipes import receive, send
from orebook.desk.crew.ward import IDLE_S, Ward, resident_mb
from orebook.ground.telling import Told
from orebook.reports.trouble import Trouble

_MOST_DOCUMENTS = 2_000
_MOST_GROWTH_MB = 256
"""A process that has read so many, or has grown so much since its first batch, is replaced: what leaks ends with it."""

_AT_THE_START = -1
_MOST_STARTS = 2
_START_S = 60.0
"""So long a process may take to start and to begin with its first document, and so often it may fail to."""


class LostError(RuntimeError):
    """What a batch was to hand back is lost; ``instead`` says what to do about it."""

    def __init__(self, what: str, instead: str = "try again with --jobs 1") -> None:
        super().__init__(what, instead)
        self.instead = instead

    def __str__(self) -> str:
        return str(self.args[0])


class _FellError(Exception):
    """The process ended at the document of that number; as many as there are documents: at handing back."""

    def __init__(self, number: int, what: str, instead: str) -> None:
        super().__init__(what)
        self.number, self.what, self.instead = number, what, instead


class Overseers:
    """Those who mind processes here, as many as work at the same time, ``most`` at once where that is said.

    Each process waits ``idle_s`` for its next work.
    """

    def __init__(self, idle_s: float = IDLE_S, most: int = 0) -> None:
        self.idle_s = idle_s
        self._places = BoundedSemaphore(most) if most else nullcontext()
        self._resting: list[_Overseer] = []
        self._all: list[_Overseer] = []
        self._lock = Lock()
        self.over = False

    def work(self, batch: Batch[Result, Whole], limits: Limits, told: Told | None = None) -> Whole:
        """What a batch hands back; a document that ran over or took its process with it is trouble in it.

        ``told`` hears how far the process is.

        Raises ``LostError`` when it is the handing back that runs over, or the work was ended.
        """
        with self._places:
            with self._lock:
                if not self._resting:
                    self._resting.append(_Overseer(self))
                    self._all.append(self._resting[-1])
                overseer = self._resting.pop()
            try:
                return cast("Whole", overseer.work(batch, limits, told))
            finally:
                with self._lock:
                    self._resting.append(overseer)

    def close(self) -> None:
        """End all processes at once; what they were doing is lost."""
        self.over = True
        with self._lock:
            for overseer in self._all:
                overseer.close()


class _Overseer:
    """One process, and how much it has read."""

    def __init__(self, crew: Overseers) -> None:
        self._crew = crew
        self._ward: Ward | None = None
        self._read = 0
        self._first_mb = 0

    def work(self, batch: Batch[Any, Any], limits: Limits, told: Told | None = None) -> object:
        """Let the process do a batch; without the documents at which it fell, until all others are done."""
        jobs = list(batch.jobs)
        starts = 0
        while True:
            try:
                return self._attempt(Batch(jobs, batch.whole), limits, told)
            except _FellError as fall:
                self.close()
                starts += fall.number == _AT_THE_START
                if self._crew.over or starts == _MOST_STARTS or fall.number >= len(jobs):
                    why = ("the work was ended",) if self._crew.over else (fall.what, fall.instead)
                    raise LostError(*why) from None
                if fall.number != _AT_THE_START:
                    jobs[fall.number] = Trouble(_name(jobs, fall.number), fall.what, fall.instead)

    def close(self) -> None:
        """End the process."""
        ward, self._ward = self._ward, None
        if ward is not None:
            ward.close()

    def _attempt(self, batch: Batch[Any, Any], limits: Limits, told: Told | None) -> object:
        ward = self._ready(limits)
        number = _AT_THE_START
        try:
            send(ward.asks, BEGUN, pickle.dumps((batch, limits), pickle.HIGHEST_PROTOCOL))
            while (message := receive(ward.answers)) is not None:
                if message[0] == TOLD:
                    _tell(told, message[1])
                    continue
                if message[0] != BEGUN:
                    break
                number = int(message[1])
                ward.begins(limits)
        except (OSError, ValueError):  # the pipe has closed, or was closed by whoever ended the work
            message = None
        if message is None:
            raise _fell(ward, number, limits)
        ward.rests()
        self._read += len(batch.jobs)
        self._first_mb = self._first_mb or ward.peak_mb
        result = pickle.loads(message[1])
        if message[0] == FAULT:
            raise result
        return result

    def _ready(self, limits: Limits) -> Ward:
        """A process that works: the same as before, or a new one."""
        ward = self._ward
        if ward is not None and not self._is_used_up(ward) and ward.begins(limits, _START_S):
            return ward
        self.close()
        if self._crew.over:
            raise LostError("the work was ended")
        self._ward = ward = Ward(self._crew.idle_s)
        self._read = self._first_mb = 0
        ward.begins(limits, _START_S)
        return ward

    def _is_used_up(self, ward: Ward) -> bool:
        now = resident_mb([ward.pid]).get(ward.pid, 0)
        return self._read >= _MOST_DOCUMENTS or bool(self._first_mb and now > self._first_mb + _MOST_GROWTH_MB)


def _tell(told: Told | None, message: bytes) -> None:
    """Hand on how far a process is."""
    done, total, what = message.decode().split(" ", 2)
    if told is not None:
        told(int(done), int(total), what)


def _fell(ward: Ward, number: int, limits: Limits) -> _FellError:
    """Why the process ended."""
    how = ward.ended()
    if ward.cause == "time":
        return _FellError(number, f"took longer than {limits.seconds:,} s", "allow more with --time-limit")
    if ward.cause == "memory":
        return _FellError(number, f"needs more than {limits.megabytes:,} MB", "allow more with --memory-limit")
    return _FellError(number, f"the process that read it died ({how})", "please report it")


def _name(jobs: Sequence[Job[Any] | Trouble], number: int) -> str:
    job = jobs[number]
    return job.where if isinstance(job, Trouble) else job.item.name


HERE = Overseers()
"""Those of this process, for engines that bring work to it from elsewhere."""


def oversee(batch: Batch[Result, Whole], limits: Limits) -> Whole:
    """Do a batch here: what an engine's worker is given, wherever it runs."""
    return HERE.work(batch, limits)
