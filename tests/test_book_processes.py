"""Several processes at one book, and disks that take no more: nothing is lost, and it is said who holds what."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from book_runs import (
    ASSAYS,
    COLLARS,
    DECLARED,
    MINE,
    Left,
    ask,
    blameless,
    command,
    content,
    end,
    environment,
    put,
    question,
    start,
    whole,
)

pytest_plugins = ("book_places",)

ADD = ("add", MINE / "assays.csv", "--known", "replace", *DECLARED)
posix = pytest.mark.skipif(os.name == "nt", reason="this is how Unix works")


def test_two_at_once_lose_nothing(fresh: Path, tmp_path: Path) -> None:
    """Four processes that add to one book at the same moment: all that they say has landed has, and nothing else."""
    put(tmp_path, "collars.csv", COLLARS + "".join(f"\nH-{n},500000,6000000,100,90,-60,50" for n in range(4)) + "\n")
    ask("add", tmp_path / "collars.csv", "--book", fresh, *DECLARED).well()
    files = [put(tmp_path, f"assays-{n}.csv", f"{ASSAYS}\nH-{n},0,1,{n}\nH-{n},1,2,{n}\n") for n in range(4)]
    processes = [start("add", file, "--book", fresh, "--wait", "60", *DECLARED) for file in files]
    for process in processes:
        end(process).well()
    assert question(fresh, "select hole, count(*) n from assays group by hole order by hole") == [
        {"hole": f"H-{n}", "n": 2} for n in range(4)
    ]
    assert whole(fresh) == 5


HOLD = """
import sys
from pathlib import Path
from orebook.book.lock import writing
with writing(Path(sys.argv[1]), "add"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_who_does_not_wait_is_told_for_whom(book: Path) -> None:
    """While one process writes, every verb that gives up says which process is at work, and changes nothing."""
    before = content(book)
    asked = [sys.executable, "-c", HOLD, str(book)]
    with subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment()) as holder:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        for words in (ADD, ("make", "holes"), ("validate",), ("ask", "select 1"), ("why", "intercepts[0].au_gpt")):
            left = ask(*words, "--book", book, "--wait", "0")
            left.refused(f"orebook add (process {holder.pid} ", "wait longer with --wait")
        holder.communicate("")
    assert content(book) == before


def as_nobody(words: Sequence[str | Path], book: Path) -> Left:
    """A command of somebody who may not write the book, whoever runs the tests."""
    drop = "import os, sys; os.setgid(65534); os.setuid(65534); os.execv(sys.argv[1], sys.argv[1:])"
    plain = command(*words, "--book", book)
    asked = [sys.executable, "-c", drop, *plain] if os.geteuid() == 0 else plain
    done = subprocess.run(asked, capture_output=True, env=environment(), check=False)
    return Left(done.returncode, done.stdout.decode(), done.stderr.decode())


@posix
def test_a_folder_that_cannot_be_written(book: Path) -> None:
    """In a read-only book everything can be looked at; a change is refused in one line, a result said to be lost."""
    for place in [*book.parents[:1], book, *book.rglob("*")]:
        place.chmod(0o555 if place.is_dir() else 0o444)
    if as_nobody(("ask", "select 1"), book).status not in (0, 2):
        pytest.skip("nobody may run the program here")
    before = content(book)
    try:
        refused = as_nobody(ADD, book)
        if "Permission" in refused.err and "Traceback" in refused.err:
            pytest.skip("nobody may read the program here")
        refused.refused("cannot be written")
        made = as_nobody(("make", "survey_quality"), book).well()
        assert "HB-01" in made.out and "the result is not recorded" in made.err
        blameless(as_nobody(("validate",), book))
        assert "HB-01" in as_nobody(("why", "intercepts[0].au_gpt"), book).well().out
    finally:
        for place in [*book.parents[:1], book, *book.rglob("*")]:
            place.chmod(0o755 if place.is_dir() else 0o644)
    assert content(book) == before


FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
from orebook.faces.cli import main
main(sys.argv[1:])
"""


@posix
@pytest.mark.parametrize("words", [ADD, ("make", "paths"), ("ask", "select 1")], ids=["add", "make", "ask"])
def test_a_disk_that_is_full(words: Sequence[str | Path], book: Path) -> None:
    """Where no more fits on the disk nothing changes, and the message says what could not be written."""
    shutil.rmtree(book / "cache")
    before = content(book)
    asked = [sys.executable, "-c", FULL, *map(str, words), "--book", str(book)]
    done = subprocess.run(asked, capture_output=True, env=environment(), check=False)
    left = blameless(Left(done.returncode, done.stdout.decode(), done.stderr.decode()))
    assert "cannot be written" in left.err
    assert left.status == (2 if words[0] == ADD[0] else 0)  # results and answers do not hang on the disk
    assert content(book) == before and whole(book) == 12
