"""Readers: the processes that read for a server, begun before anybody asks and kept while they are of use."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Thread

from orebook.checks import ON_DOCUMENTS, wanted
from orebook.desk.crew.batch import Batch, Job, Result
from orebook.desk.crew.crew import waiting
from orebook.desk.crew.limits import Limits
from orebook.desk.crew.overseer import LostError
from orebook.desk.inputs import Input
from orebook.desk.looking import look
from orebook.desk.settings import Settings
from orebook.desk.work import lost
from orebook.ground.telling import Told
from orebook.reports.trouble import Trouble


class Readers:
    """Those who read for one server, each document within limits, in a process that can be ended.

    ``begun`` says whether there is a process that was begun for it.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._overseers = waiting()
        self._limits = limits or Limits()
        self.begun = False

    def each(self, jobs: Sequence[Job[Result]], told: Told | None = None) -> Iterator[Result | Trouble]:
        """Yield the result of every job, in their order; ``told`` hears how far each is."""
        self.begun = True
        for job in jobs:
            batch = Batch([job], list)
            try:
                yield from self._overseers.work(batch, self._limits, told)
            except LostError as why:
                yield from lost(batch, why)

    def warm(self) -> None:
        """Begin a process that has read something before, unless one was begun: its first document takes no longer
        than any other then."""
        if not self.begun:
            self.begun = True
            Thread(target=self._warm, daemon=True).start()

    def _warm(self) -> None:
        for _ in self.each([Job(Input("first words.md", data=_words().encode()), _read)]):
            pass


def _words() -> str:
    """Words of every kind that readers and rules know: the examples of the rules."""
    rules = wanted(ON_DOCUMENTS)
    return "\n\n".join(text for rule in rules for heading in ("Flagged", "Fine") for text in rule.examples(heading))


def _read(item: Input) -> None:
    look(Settings(Path()), item)
