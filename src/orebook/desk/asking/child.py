"""The process that answers: it holds the tables of a book, and is ended from outside where a question runs over.

Some functions of a database cannot be stopped from within, nor kept from taking memory: they make one value of it.
"""

import json
import os
import pickle
import signal
import sys
from io import BytesIO
from queue import SimpleQueue
from threading import Thread

from orebook.book.cache import Answered, Held
from orebook.book.problems import BookError
from orebook.desk.crew.pipes import receive, send

HELD, ALL, FIRST, PROBLEM = b"h", b"a", b"f", b"p"
"""The tables are held, with their columns; all rows of an answer; the first of them; why there are none."""

_GRACE_S = 30
_MOST_BYTES = 500_000_000
"""So large may an answer be."""


def main() -> None:
    """Hold the tables of a book and answer questions to them until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # interrupts are for the parent, which ends this process
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    asked: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(asked,), daemon=True).start()
    sources, length = pickle.loads(asked.get())
    try:
        held = Held(sources, length)
    except BookError as problem:
        send(answers, PROBLEM, str(problem).encode())
        return
    send(answers, HELD, json.dumps(held.columns()).encode())
    while True:
        sql, seconds, most = pickle.loads(asked.get())
        _set_alarm(int(seconds) + _GRACE_S)
        try:
            kind, content = _packed(held.ask(sql, seconds=seconds, most=most))
        except (BookError, MemoryError) as problem:
            kind, content = PROBLEM, (str(problem) or "the answer needs more memory than there is").encode()
        _set_alarm(0)
        send(answers, kind, content)


def _packed(answer: Answered) -> tuple[bytes, bytes]:
    """An answer on its way to the parent."""
    file = BytesIO()
    answer.rows.write_ipc(file)
    if file.tell() > _MOST_BYTES:
        raise BookError(f"the answer has {file.tell() / 1e6:,.0f} MB, more than {_MOST_BYTES / 1e6:,.0f}; ask for less")
    return FIRST if answer.more else ALL, file.getvalue()


def _listen(asked: "SimpleQueue[bytes]") -> None:
    while (message := receive(sys.stdin.buffer)) is not None:
        asked.put(message[1])
    os._exit(0)


def _set_alarm(seconds: int) -> None:
    """The system ends this process should nobody be there to do it in time."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)
