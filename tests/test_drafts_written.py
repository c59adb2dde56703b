"""Drafts on their way to the disk: whoever is killed, or finds it full, leaves all files as they were, or all new."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from book_runs import Left, ask, blameless, environment, example
from orebook.book import change
from orebook.book.problems import UnwritableError
from orebook.desk.drafting.files import write
from orebook.reports.drawings.svg import Drawing
from orebook.reports.printed import Address, Passage, Spoken
from orebook.reports.release.draft import Draft, Plate

posix = pytest.mark.skipif(os.name == "nt", reason="this is how Unix works")


class KilledError(BaseException):
    """The end of a process, as far as files can tell."""


def draft(metres: str) -> Draft:
    """A draft of one number and one picture."""
    figure = Spoken(9, 9 + len(metres), float(metres), Address("intercepts", 0, "length_m"))
    said = Passage(f"Hole A-1 {metres} m.", figures=(figure,))
    return Draft("release", "drilling", (said, Plate("plan", f"Figure 1: {metres}", Drawing(metres, 10, 5, ""))))


def lying(folder: Path) -> dict[str, bytes]:
    """The files of a folder that are seen."""
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if not file.name.startswith(".")}


def killed_at(step: int, patch: pytest.MonkeyPatch) -> None:
    """Let the process end at so manieth moment at which something reaches the disk, with nobody to clean up."""
    left = [step]
    settle, move = change._settle, change._move

    def counted() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise KilledError

    def settled(path: Path) -> None:
        counted()
        settle(path)

    def moved(target: Path, new: Path | None) -> None:
        counted()
        move(target, new)

    patch.setattr(change, "_settle", settled)
    patch.setattr(change, "_move", moved)
    patch.setattr(change.Change, "forget", lambda _: None)


def test_whoever_is_killed_leaves_all_or_nothing(tmp_path: Path) -> None:
    """Killed at every moment of writing, the next draft finds all files as they were, or finishes all of them."""
    old, new = tmp_path / "old", tmp_path / "new"
    write(draft("12.00"), f"{old}/release.md", force=False, notes=[])
    shutil.copytree(old, new)
    write(draft("13.00"), f"{new}/release.md", force=False, notes=[])
    before, after = lying(old), lying(new)
    assert len(before) == 3 and all(before[name] != after[name] for name in before)
    seen = set()
    for step in range(40):
        folder = tmp_path / f"killed {step}"
        shutil.copytree(old, folder)
        with pytest.MonkeyPatch.context() as patch:
            killed_at(step, patch)
            try:
                write(draft("13.00"), f"{folder}/release.md", force=False, notes=[])
                break
            except KilledError:
                pass
        happened = (folder / ".release.pending" / change.MOVES).exists()
        assert happened or lying(folder) in (before, after)
        change.finish(folder, ".release.pending")
        assert lying(folder) == (after if happened else lying(folder))
        seen.add(lying(folder) == after)
        write(draft("14.00"), f"{folder}/release.md", force=False, notes=[])
        assert b"14.00" in lying(folder)["release.md"] and not (folder / ".release.pending").exists()
    assert step > 6 and seen == {True, False}


def test_a_place_that_is_taken_stops_all_of_it(tmp_path: Path) -> None:
    """Where one of the files cannot be written none is, and the message says which."""
    (tmp_path / ".release.pending").write_text("in the way")
    with pytest.raises(UnwritableError, match="cannot be written"):
        write(draft("12.00"), f"{tmp_path}/release.md", force=False, notes=[])
    assert lying(tmp_path) == {}


FULL = """
import resource, signal, sys
from orebook.faces.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
main(sys.argv[1:])
"""


@posix
def test_a_disk_that_is_full_leaves_no_half_of_a_draft(tmp_path: Path) -> None:
    """The register and the page do not fit: no picture and no text is written either, and it is said."""
    book = example("small-mine", tmp_path / "book")
    drafts = tmp_path / "drafts"
    ask("draft", "drilling", "--book", book, "--quiet").well()  # what lays holes is compiled, which needs room, too
    asked = [sys.executable, "-c", FULL, "draft", "drilling", "--book", str(book), "-o", f"{drafts}/release.md"]
    done = subprocess.run(asked, capture_output=True, env=environment(), check=False)
    left = blameless(Left(done.returncode, done.stdout.decode(), done.stderr.decode()))
    left.refused("release", "cannot be written", "everything is as it was before")
    assert list(drafts.iterdir()) == []
    ask("draft", "drilling", "--book", book, "-o", drafts / "release.md", "--quiet").well()
    assert {"release.md", "release.numbers.json"} <= set(lying(drafts))
