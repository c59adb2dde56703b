"""The process that reads: it is given batches, says which document it begins, and hands back what became of all.

Whoever started the process holds the other end of its standard input; when that end goes, so does the process, whatever
it is doing.
"""

import gc
import os
import pickle
import signal
import sys
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from typing import IO, Any

from orebook.desk.crew.batch import Batch, done
from orebook.desk.crew.limits import Limits
from orebook.desk.crew.pipes import receive, send
from orebook.ground.telling import heard_by
from orebook.reading.read import read_text

_FIRST_WORDS = "Hole A-1 cut 12.0 m grading 1.50 g/t gold.\n"

_GRACE_S = 30

BEGUN, ENDED, FAULT, TOLD = b"b", b"e", b"f", b"t"
"""A document was begun; all are done; handing them back went wrong; so far is the document."""

_TELL_S = 0.1
"""So often at most it is told how far a document is."""


def main() -> None:
    """Read what is asked until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # interrupts are for the parent, which ends this process
    gc.set_threshold(100_000, 50, 50)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    asked: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin.buffer, asked), daemon=True).start()
    read_text("start", _FIRST_WORDS)  # what is imported when a document is first read belongs to no document
    while True:
        batch, limits = pickle.loads(asked.get())
        with heard_by(_Teller(answers)):
            _work(batch, limits, answers)


def _listen(pipe: IO[bytes], asked: "SimpleQueue[bytes]") -> None:
    while (message := receive(pipe)) is not None:
        asked.put(message[1])
    os._exit(0)


def _work(batch: Batch[Any, Any], limits: Limits, answers: IO[bytes]) -> None:
    results = []
    for number, job in enumerate(batch.jobs):
        _begin(number, limits, answers)
        results.append(done(job))
    _begin(len(batch.jobs), limits, answers)
    try:
        kind, content = ENDED, pickle.dumps(batch.whole(results), pickle.HIGHEST_PROTOCOL)
    except Exception as problem:
        kind, content = FAULT, _pickled(problem)
    _set_alarm(0)
    send(answers, kind, content)


class _Teller:
    """Hands on how far a document is, now and then."""

    def __init__(self, answers: IO[bytes]) -> None:
        self._answers, self._after = answers, 0.0

    def __call__(self, done: int, total: int, what: str) -> None:
        if (now := monotonic()) >= self._after:
            self._after = now + _TELL_S
            send(self._answers, TOLD, f"{done} {total} {what}".encode())


def _begin(number: int, limits: Limits, answers: IO[bytes]) -> None:
    """Say what is begun; the system ends this process should nobody be there to do it in time."""
    send(answers, BEGUN, str(number).encode())
    _set_alarm(int(limits.seconds) + _GRACE_S if limits.seconds else 0)


def _set_alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _pickled(problem: Exception) -> bytes:
    """An exception on its way to the parent, or its words where it cannot travel."""
    try:
        pickle.loads(content := pickle.dumps(problem))
    except Exception:
        return pickle.dumps(RuntimeError(f"{type(problem).__name__}: {problem}"))
    return content
