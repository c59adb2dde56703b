"""Crashers: inputs that once did what no input may do, found by fuzzing; each is tried as the fuzzing tried it."""

import re
from pathlib import Path

import pytest

from fuzz.targets import names, target

FOLDER = Path(__file__).parent / "crashers"
FILES = sorted(file for file in FOLDER.rglob("*") if file.is_file())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FOLDER).as_posix())
def test_what_once_crashed_does_not(file: Path) -> None:
    """Only our own refusals come out, figures stand where they are said to, and nothing is obeyed.

    An input that took too long has the law by which it grows in its name (``stretch-9x1000`` is its ninth line a
    thousand times), so that a small file stands for a large one; a test that hangs is one that fails.
    """
    target(file.parent.name).once(grown(file))


def grown(file: Path) -> bytes:
    """The input of a file: as it is, or one of its lines as often as its name says."""
    data = file.read_bytes()
    law = re.search(r"-(\d+)x(\d+)$", file.stem)
    if law is None:
        return data
    lines = data.splitlines(keepends=True)
    at, often = int(law[1]) - 1, int(law[2])
    return b"".join([*lines[:at], lines[at].rstrip(b"\n") * often + b"\n", *lines[at + 1 :]])


def test_every_folder_is_that_of_a_target() -> None:
    """A crasher lies in the folder of the target that it crashed."""
    assert {file.parent.name for file in FILES} <= set(names())


@pytest.mark.parametrize("name", names())
def test_every_target_takes_its_seeds(name: str) -> None:
    """What fuzzing begins with holds what must hold, and is no longer than what it tries."""
    chosen = target(name)
    for at, seed in enumerate(chosen.seeds()):
        assert len(seed) <= 2 * chosen.LONGEST
        if at < 12:
            chosen.once(seed)
