"""Asking: what one process asks an endpoint about the documents that it reads, each text once, and when it gives up."""

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import partial

from orebook.desk.assist.asked import Assist
from orebook.desk.assist.endpoint import ask
from orebook.desk.inputs import Opened
from orebook.reading.assist.assisted import assisted
from orebook.reading.assist.report import UnansweredError
from orebook.reading.assist.request import Request
from orebook.reports.standing import text_sha256

_PATIENCE = 2
"""After so many documents in a row without an answer the others are read without asking."""

_KEPT = 100


@dataclass(slots=True)
class _Asking:
    """What this process knows of an endpoint: its answers by text and request, and for how long it has been silent."""

    answers: "OrderedDict[tuple[str, Request], str]" = field(default_factory=OrderedDict)
    silent: int = 0
    problem: str = ""

    def answer(self, assist: Assist, text: str, until: float, request: Request) -> str:
        """The answer to a request about a text, asked for once."""
        known = self.answers.get((text, request))
        if known is None:
            if self.silent >= _PATIENCE:
                raise UnansweredError(self.problem)
            left = until - time.monotonic()
            if left <= 0:
                raise UnansweredError(f"no answer within {assist.seconds:g} s")
            known = ask(assist.url, assist.model, request.instruction, request.passages, left)
            self.answers[text, request] = known
            while len(self.answers) > _KEPT:
                self.answers.popitem(last=False)
        return known


_ASKING: dict[Assist, _Asking] = {}


def asked_about(read: Opened, assist: Assist) -> Opened:
    """What was read, with the facts that the endpoint proposes and the document bears out; its own report beside it."""
    asking = _ASKING.setdefault(assist, _Asking())
    until = time.monotonic() + assist.seconds
    text = text_sha256(read.reading.document)
    found = assisted(read.reading, partial(asking.answer, assist, text, until))
    if found.report.problem:
        asking.silent, asking.problem = asking.silent + 1, found.report.problem
    elif found.report.answers:
        asking.silent = 0
    plain = read.reading if found.reading is not read.reading else None
    return read._replace(reading=found.reading, assist=found.report, unassisted=plain)
