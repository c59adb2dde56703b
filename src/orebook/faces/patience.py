"""Patience: after two seconds on a terminal people are told how far the work is."""

import sys
from collections.abc import Iterable, Iterator
from threading import Lock, Timer
from typing import Protocol, TypeVar

from orebook.faces.manual import module

Thing = TypeVar("Thing")

_SECONDS = 2.0


class _Line(Protocol):
    """What is wanted of a line of progress."""

    def at(self, done: int) -> None: ...

    def stop(self) -> None: ...


class Patience:
    """Watches results come in, and shows progress when they take long.

    The line shows only where it disturbs nothing: standard error is a terminal, and the answer goes elsewhere or
    nothing of it has been shown yet.
    """

    def __init__(self, total: int, what: str, *, wanted: bool) -> None:
        self._total = total
        self._what = what
        self._done = 0
        self._line: _Line | None = None
        self._lock = Lock()
        self._over = not (wanted and sys.stderr is not None and sys.stderr.isatty())
        self._timer = Timer(_SECONDS, self._show)
        self._timer.daemon = True

    def watch(self, results: Iterable[Thing]) -> Iterator[Thing]:
        """Yield the results, counting them."""
        if not self._over:
            self._timer.start()
        try:
            for result in results:
                self._done += 1
                with self._lock:
                    if self._line:
                        self._line.at(self._done)
                yield result
        finally:
            self.end()

    def end(self) -> None:
        """Show nothing any more: the answer is about to take the terminal."""
        self._timer.cancel()
        with self._lock:
            self._over = True
            if self._line:
                self._line.stop()
                self._line = None

    def _show(self) -> None:
        """Begin the line; this is when the library that draws it is imported."""
        line: _Line = module("orebook.faces.progress").Line(self._total, self._what)
        with self._lock:
            if self._over:
                line.stop()
            else:
                self._line = line
                line.at(self._done)
