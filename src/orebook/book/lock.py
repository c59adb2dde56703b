"""Lock: many may read a book at once, one may write it, and who waits is told for whom.

The system itself holds the lock of an open file, so a process that dies lets go of it. The file ``.lock`` stays where
it is and says who wrote last; deleting it does no harm while nobody works.
"""

import errno
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orebook.book.problems import BusyBookError

FILE = ".lock"
WAIT_S = 10.0
"""So many seconds a command waits for another before it gives up."""

_PAUSE_S = 0.05

if sys.platform == "win32":
    import msvcrt

    def _try(file: int, *, alone: bool) -> bool:  # noqa: ARG001 - readers wait for one another there: no shared locks
        os.lseek(file, 0x7FFF0000, os.SEEK_SET)  # a byte far behind the words, so that they can be read
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try(file: int, *, alone: bool) -> bool:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError as problem:
            if problem.errno in (errno.EAGAIN, errno.EACCES):
                return False
            raise
        return True


@contextmanager
def reading(folder: Path, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold a book still while it is read. In a folder that nobody can write there is nothing to wait for."""
    try:
        file = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        yield
        return
    try:
        _wait(file, folder, wait_s, alone=False)
        yield
    finally:
        os.close(file)


@contextmanager
def writing(folder: Path, verb: str, wait_s: float = WAIT_S) -> Iterator[None]:
    """Be the only one at a book. ``verb`` is what others are told.

    Raises ``BusyBookError`` when another process does not let go in time, ``OSError`` where nothing can be written.
    """
    file = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _wait(file, folder, wait_s, alone=True)
        who = {"pid": os.getpid(), "host": socket.gethostname(), "verb": verb, "since": time.strftime("%H:%M:%S")}
        os.ftruncate(file, 0)
        os.lseek(file, 0, os.SEEK_SET)
        os.write(file, json.dumps(who).encode())
        yield
    finally:
        os.close(file)


def _wait(file: int, folder: Path, wait_s: float, *, alone: bool) -> None:
    end = time.monotonic() + wait_s
    while not _try(file, alone=alone):
        if time.monotonic() >= end:
            instead = "try again when it is done, or wait longer with --wait"
            raise BusyBookError(f"{folder}: {_holder(folder)} is at work on this book; {instead}")
        time.sleep(_PAUSE_S)


def _holder(folder: Path) -> str:
    """Who holds the lock, as far as the file tells."""
    try:
        who = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return f"orebook {who['verb']} (process {who['pid']} on {who['host']}, since {who['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
