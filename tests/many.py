"""What tests of many documents share: small releases, readers that misbehave, the words of the command line."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from orebook.desk.harvest import harvest
from orebook.desk.harvest.gathering import Gathered, Plan
from orebook.desk.inputs import Input, fetched
from orebook.reports.trouble import Trouble

RELEASE = """# Tamarack Ridge Cuts {grade} g/t Gold over 12.0 Metres

Kettlewick, British Columbia, March {day}, 2025 - Tamarack Ridge Metals Corp. (TSXV: TAMX) reports drilling.

| Hole | From (m) | To (m) | Interval (m) | Au (g/t) |
|---|---|---|---|---|
| TR-{number:03} | 10.0 | 22.0 | 12.0 | {grade} |
"""

HANGS, EATS, DIES, LEAVES = b"hangs", b"eats memory", b"dies", b"leaves"
"""Documents at which a reader that misbehaves does."""


def releases(folder: Path, count: int) -> Path:
    """So many small releases in a folder, each with a hole of its own; old enough for their stamps to be believed."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = RELEASE.format(number=number, grade=f"{1 + number / 100:.2f}", day=1 + number % 28)
        write(folder / f"{number:04}.md", text.encode())
    return folder


def write(file: Path, content: bytes) -> None:
    """A file that was written a minute ago."""
    file.write_bytes(content)
    before = time.time() - 60
    os.utime(file, (before, before))


def misbehave(item: Input) -> int | Trouble:
    """The size of a document, unless it is one at which readers misbehave."""
    data = fetched(item)
    if isinstance(data, Trouble):
        return data
    if data.strip() == HANGS:
        while True:
            pass
    if data.strip() == EATS:
        eaten = []
        while True:
            eaten.append(bytearray(16 * 2**20))
    if data.strip() == DIES:
        os.kill(os.getpid(), signal.SIGSEGV)
    if data.strip() == LEAVES:
        os._exit(3)
    return len(data)


def fail(results: object) -> None:
    """A handing back that cannot be done."""
    raise OSError("no room")


def vanish(results: object) -> None:
    """A handing back that takes the process with it."""
    os._exit(1)


def pid_of(item: Input) -> int:
    """The process that reads."""
    return os.getpid()


_KEPT: list[bytearray] = []


def leak(item: Input) -> int:
    """The process that reads, which keeps 300 MB each time."""
    _KEPT.append(bytearray(300 * 2**20))
    return os.getpid()


GOOD_GATHER = harvest.gather


def gather(plan: Plan, position: int, item: Input) -> Gathered | Trouble:
    """What the process that reads does with a document of a harvest, unless it is one at which readers misbehave."""
    said = misbehave(item)
    return said if isinstance(said, Trouble) else GOOD_GATHER(plan, position, item)


def orebook(*words: object, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """A command of the program as a process of its own."""
    asked = [sys.executable, "-m", "orebook", *map(str, words)]
    return subprocess.run(asked, cwd=cwd, capture_output=True, text=True, check=False)


def shards(folder: Path) -> dict[str, bytes]:
    """Every file of a folder that people see, by its name."""
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file()}
