"""Works: what takes long, done beside the answering of pages, told of while it goes on, and kept until it was seen."""

import secrets
import sys
import traceback
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any, Literal

from orebook.book.problems import BookError
from orebook.desk.answer import AskedWronglyError
from orebook.ground.needs import MissingError

_MOST = 64
"""So many works are remembered."""


@dataclass
class Work:
    """Something that is being done: what, how far it is, and what came of it.

    ``done`` of ``total`` counts whatever ``what`` counts; a total of nought says that nobody knows. ``result`` is what
    came of it, ``link`` the page that shows it, ``problem`` the line that says why nothing did.
    """

    key: str
    what: str
    done: int = 0
    total: int = 0
    state: Literal["running", "done", "failed"] = "running"
    result: Any = None
    problem: str = ""
    saying: str = ""
    link: str = ""

    def step(self, done: int, total: int = 0, saying: str = "") -> None:
        """Say how far it is."""
        self.done, self.total, self.saying = done, total or self.total, saying or self.saying


@dataclass
class Works:
    """All that is being done, and what was.

    >>> works = Works()
    >>> work = works.begin("adding up", lambda work: 20 + 22)
    >>> works.wait(work)
    >>> works[work.key].state, works[work.key].result
    ('done', 42)
    """

    _works: OrderedDict[str, Work] = field(default_factory=OrderedDict)
    _threads: dict[str, Thread] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __getitem__(self, key: str) -> Work:
        """A work by its key. Raises ``KeyError``."""
        return self._works[key]

    def all(self) -> list[Work]:
        """Every work that is remembered, the last first."""
        with self._lock:
            return list(reversed(self._works.values()))

    def begin(self, what: str, do: Callable[[Work], Any], link: str = "") -> Work:
        """Begin something; ``do`` is given the work, so that it can say how far it is."""
        work = Work(secrets.token_urlsafe(9), what, link=link)
        thread = Thread(target=self._run, args=(work, do), daemon=True)
        with self._lock:
            self._works[work.key] = work
            self._threads[work.key] = thread
            ended = [key for key, each in self._works.items() if each.state != "running"]
            for old in ended[: max(len(ended) - _MOST, 0)]:
                del self._works[old]
            thread.start()  # before anybody can see it: only what has begun can be waited for
        return work

    def wait(self, work: Work, seconds: float | None = None) -> None:
        """Wait until it has ended, or for so long."""
        with self._lock:
            thread = self._threads.get(work.key)
        if thread is not None:
            thread.join(seconds)

    def _run(self, work: Work, do: Callable[[Work], Any]) -> None:
        try:
            work.result = do(work)
            work.state = "done"
        except (BookError, AskedWronglyError, MissingError) as problem:
            work.problem, work.state = str(problem), "failed"
        except Exception as problem:
            traceback.print_exc(file=sys.stderr)
            work.problem = f"a fault of orebook ({type(problem).__name__}); the terminal where it runs says more"
            work.state = "failed"
        finally:
            with self._lock:
                self._threads.pop(work.key, None)
