"""Crews: batches are given out to those who work, never many more than they can do, and taken back when done."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from os import cpu_count
from typing import Any, TypeVar

from orebook.desk.crew.batch import Batch, Result, Whole
from orebook.desk.crew.cluster import workers_of
from orebook.desk.crew.limits import Limits
from orebook.desk.crew.overseer import LostError, Overseers, oversee

Thing = TypeVar("Thing")

_AHEAD, _AHEAD_FAR = 4, 20
"""So many batches are given out for each that is being done, here and over a network; more would only wait."""


class Crew:
    """Those who work on batches: an ``Executor`` that does ``places`` of them at a time, or the caller itself.

    Without an executor nobody minds limits. ``work`` is what the executor is given to do a batch, ``ahead`` how many
    are given out for each that is being done.
    """

    def __init__(
        self,
        executor: Executor | None = None,
        places: int = 1,
        limits: Limits | None = None,
        work: Callable[[Batch[Any, Any], Limits], Any] = oversee,
        ahead: int = _AHEAD,
    ) -> None:
        self.places = places
        self._ahead = ahead
        self._executor = executor
        self._limits = limits or Limits()
        self._work = work

    def in_order(
        self, batches: Iterable[Batch[Result, Whole]]
    ) -> Iterator[tuple[Batch[Result, Whole], Whole | LostError]]:
        """Yield every batch with what it hands back, in the order in which they come."""
        if self._executor is None:
            yield from ((batch, batch.work()) for batch in batches)
            return
        rest = iter(batches)
        out: deque[tuple[Batch[Result, Whole], Future[Whole]]] = deque()
        try:
            while True:
                for batch in islice(rest, self._room(len(out))):
                    out.append((batch, self._given(batch)))
                if not out:
                    return
                first, future = out.popleft()
                whole = _taken(future)
                yield first, whole
        finally:
            _call_off(future for _, future in out)

    def as_done(
        self, batches: Iterable[Batch[Result, Whole]]
    ) -> Iterator[tuple[Batch[Result, Whole], Whole | LostError]]:
        """Yield every batch with what it hands back, as soon as it is done."""
        if self._executor is None:
            yield from ((batch, batch.work()) for batch in batches)
            return
        rest = iter(batches)
        out: dict[Future[Whole], Batch[Result, Whole]] = {}
        try:
            while True:
                for batch in islice(rest, self._room(len(out))):
                    out[self._given(batch)] = batch
                if not out:
                    return
                for future in wait(out, return_when=FIRST_COMPLETED).done:
                    whole = _taken(future)
                    yield out.pop(future), whole
        finally:
            _call_off(out)

    def _room(self, out: int) -> int:
        return max(0, self._ahead * self.places - out)

    def _given(self, batch: Batch[Result, Whole]) -> Future[Whole]:
        assert self._executor is not None
        return self._executor.submit(self._work, batch, self._limits)


def _taken(future: Future[Thing]) -> Thing | LostError:
    """What a batch hands back, or that it is lost with whoever worked at it."""
    try:
        return future.result()
    except LostError as problem:
        return problem
    except Exception as problem:
        return LostError(f"whoever worked at it was lost ({type(problem).__name__}: {problem})")


def _call_off(futures: Iterable[Future[Any]]) -> None:
    for future in futures:
        future.cancel()


_IDLE_S = 600.0
"""So long a process of a server waits for the next document: who asks for one often asks for another."""

_LEAST = 3
"""So many processes of a server work at once at least: one may take long, and another be asked for meanwhile."""

_staying: list[Overseers] = []


def waiting() -> Overseers:
    """Those who mind processes that wait for work: of the server that this is, or of whoever asks."""
    return _staying[-1] if _staying else Overseers(_IDLE_S, max(cpu_count() or 1, _LEAST))


@contextmanager
def staying() -> Iterator[Overseers]:
    """Have processes wait for further work, and share them, as long as a server runs; they end with the block."""
    overseers = waiting()
    _staying.append(overseers)
    try:
        yield overseers
    finally:
        _staying.remove(overseers)
        overseers.close()


@contextmanager
def here(processes: int, limits: Limits) -> Iterator[Crew]:
    """So many processes on this machine, each with a thread that minds it; those of a server stay."""
    overseers = waiting() if _staying else Overseers()
    pool = ThreadPoolExecutor(processes, thread_name_prefix="orebook")
    try:
        yield Crew(pool, processes, limits, overseers.work)
    finally:
        if overseers not in _staying:
            overseers.close()
        pool.shutdown(cancel_futures=True)


@contextmanager
def at_scheduler(scheduler: str, limits: Limits) -> Iterator[Crew]:
    """The workers of a Dask scheduler, each of which minds a process of its own."""
    with workers_of(scheduler) as (executor, places):
        yield Crew(executor, places, limits, ahead=_AHEAD_FAR)
