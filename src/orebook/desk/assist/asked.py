"""What somebody asked for: an endpoint and a model, or nothing. This is all of assistance that is always loaded."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from typing import TypeVar, cast

from orebook.desk.answer import AskedWronglyError
from orebook.desk.crew.limits import Limits
from orebook.desk.inputs import Opened
from orebook.reading.assist.report import Report
from orebook.reports.results import Checked, Facts, Records
from orebook.reports.trouble import Trouble

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Assist:
    """An OpenAI-compatible endpoint, by its address, and the model that is to be asked there.

    One document may be asked about for so many ``seconds``. The key is no part of it: whoever asks takes it from the
    environment, so that it is neither kept nor sent along.
    """

    url: str
    model: str
    seconds: float = 120.0

    @property
    def mark(self) -> str:
        """What tells readings with this assistance from others."""
        return sha256(f"{self.url}\n{self.model}".encode()).hexdigest()[:8]

    @classmethod
    def asked(cls, url: str, model: str, limits: Limits | None = None) -> "Assist | None":
        """What was asked for with ``--assist`` and ``--assist-model``; nothing where neither was.

        Asking takes half of the time at most that the ``limits`` allow a document, so that it costs no document.

        Raises ``AskedWronglyError`` for one without the other, and for an address that is not to be used.

        >>> Assist.asked("", "") is None
        True
        >>> Assist.asked("", "some-model")
        Traceback (most recent call last):
            ...
        orebook.desk.answer.AskedWronglyError: a model is asked at an endpoint; say where with --assist URL
        """
        if not url:
            if model:
                raise AskedWronglyError("a model is asked at an endpoint; say where with --assist URL")
            return None
        if not model:
            raise AskedWronglyError("an endpoint has models; say which to ask with --assist-model NAME")
        way = import_module("orebook.desk.assist.address")
        way.key()  # a wrong one is said before anything is read
        most = limits.seconds / 2 if limits is not None and limits.seconds else float("inf")
        return cls(cast("str", way.address(url)), model, min(way.seconds(), most))


def with_assist(read: Opened, assist: Assist | None) -> Opened:
    """What was read, and what was proposed and borne out besides where an endpoint is to be asked."""
    if assist is None:
        return read
    return cast("Opened", import_module("orebook.desk.assist.asking").asked_about(read, assist))


def told(results: Iterator[Result | Trouble], notes: list[str]) -> Iterator[Result | Trouble]:
    """Yield results; at their end note in one line what came of assistance with all of them."""
    whole = Report()
    documents = without = 0
    for result in results:
        if isinstance(result, Facts | Records | Checked) and result.assist is not None:
            whole += result.assist
            documents += 1
            without += bool(result.assist.problem)
        yield result
    if documents:
        of = f"; {without:,} of {documents:,} documents read without it" if without and documents > 1 else ""
        notes.append(f"assist: {whole}{of}")
