"""A ward: a process that reads, under watch: killed when a document takes too long or too much, or nobody needs it."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Condition, Lock, Thread
from time import monotonic, sleep
from typing import IO

from orebook.desk.crew.limits import Limits

_LOOK_S = 0.05
"""So often every process is looked at."""

IDLE_S = 20.0
"""So long a process waits for work before it is sent away, when nobody says otherwise."""

READS = "orebook.desk.crew.child"
"""The module whose ``main`` reads documents."""


class Ward:
    """A process that reads, or does what else the ``main`` of a module does. ``cause`` says why it was killed."""

    def __init__(self, idle_s: float = IDLE_S, does: str = READS) -> None:
        self.limits = Limits()
        self._idle_s = idle_s
        self.cause = ""
        self.peak_mb = 0
        self._lock = Lock()
        self._until = monotonic() + self._idle_s
        self._busy = False
        paths = dict.fromkeys(os.path.abspath(path) for path in sys.path)  # noqa: PTH100 - a path may be a zip file
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", f"from {does} import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("OREBOOK_TRACEBACK") else subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            start_new_session=True,
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self.asks: IO[bytes] = self._process.stdin
        self.answers: IO[bytes] = self._process.stdout
        _watch().mind(self)

    def begins(self, limits: Limits, at_least: float = 0) -> bool:
        """Count the time from now: a document, or the handing back of all, begins; whether the process is there."""
        with self._lock:
            self._busy = True
            self.limits = limits
            self._until = monotonic() + max(limits.seconds, at_least) if limits.seconds else float("inf")
            return not self.cause and self._process.poll() is None

    def rests(self) -> None:
        """Nothing is asked of the process at the moment."""
        with self._lock:
            self._busy = False
            self._until = monotonic() + self._idle_s

    def look(self, resident_mb: int) -> bool:
        """Kill the process if it runs over; whether it is to be looked at again."""
        self.peak_mb = max(self.peak_mb, resident_mb)
        with self._lock:
            if self._process.returncode is not None or self.cause:
                return False
            if monotonic() > self._until:
                self.cause = "time" if self._busy else "idle"
            elif self._busy and self.limits.megabytes and resident_mb > self.limits.megabytes:
                self.cause = "memory"
            if self.cause:
                self._kill()
        return not self.cause

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def ended(self) -> str:
        """How the process ended, once its pipe has closed: the name of a signal or its status."""
        status = self._process.wait()
        with suppress(ValueError):
            return signal.Signals(-status).name if status < 0 else f"status {status}"
        return f"signal {-status}"

    def close(self) -> None:
        """End the process, whatever it is doing."""
        with self._lock:
            self._kill()
            self._process.wait()
        for pipe in (self.asks, self.answers):
            with suppress(OSError):
                pipe.close()

    def _kill(self) -> None:
        """Kill the process, and what it has started (a program that reads pictures)."""
        if self._process.poll() is not None:
            return
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()


class _Watch:
    """Looks at all processes every moment."""

    def __init__(self) -> None:
        self._wards: set[Ward] = set()
        self._some = Condition()
        Thread(target=self._look, name="orebook-watch", daemon=True).start()

    def mind(self, ward: Ward) -> None:
        """Look after one more process until it has ended."""
        with self._some:
            self._wards.add(ward)
            self._some.notify()

    def _look(self) -> None:
        while True:
            with self._some:
                while not self._wards:
                    self._some.wait()
                wards = list(self._wards)
            sizes = resident_mb([ward.pid for ward in wards])
            over = {ward for ward in wards if not ward.look(sizes.get(ward.pid, 0))}
            with self._some:
                self._wards -= over
            sleep(_LOOK_S)


@cache
def _watch_of(pid: int) -> _Watch:  # noqa: ARG001 - a forked process has no threads and needs its own
    return _Watch()


def _watch() -> _Watch:
    return _watch_of(os.getpid())


_asked_at, _sizes = 0.0, dict[int, int]()


def resident_mb(pids: list[int]) -> dict[int, int]:
    """How many megabytes of memory each process holds; nothing for one that the system does not tell.

    >>> import os
    >>> resident_mb([os.getpid()])[os.getpid()] > 5
    True
    """
    if Path("/proc/self/statm").exists():
        return {pid: size for pid in pids if (size := _by_proc(pid)) is not None}
    return _by_ps(pids)


def _by_proc(pid: int) -> int | None:
    try:
        pages = Path(f"/proc/{pid}/statm").read_bytes().split()[1]
    except (OSError, IndexError):
        return None
    return int(pages) * os.sysconf("SC_PAGE_SIZE") // 2**20


def _by_ps(pids: list[int]) -> dict[int, int]:
    """What ``ps`` says, asked once a second; macOS has no other way that needs no library."""
    global _asked_at, _sizes
    if monotonic() - _asked_at > 1:
        _asked_at = monotonic()
        words = ["ps", "-o", "pid=,rss=", "-p", ",".join(map(str, pids))]
        with suppress(OSError, ValueError):
            lines = subprocess.run(words, capture_output=True, text=True, check=False).stdout.splitlines()
            _sizes = {int(pid): int(size) // 1024 for pid, size in map(str.split, lines)}
    return _sizes
