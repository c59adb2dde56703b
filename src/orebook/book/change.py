"""Change: several files of a folder, a book's or another, become new together, or none does, whoever may be killed.

New files are written and brought to disk in ``.pending``. Then one file, ``.pending/moves.json``, says where they
belong; the moment it appears is the moment the change has happened. What was cut off before is thrown away by whoever
opens the book next, what was cut off after is finished.
"""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path, PurePath

from orebook.book.problems import BookError, UnwritableError

FOLDER, MOVES = ".pending", "moves.json"


class Change:
    """A change to the files of a book in the making. Nothing is seen of it before ``commit``.

    ``pending`` is the folder in which they wait for it.
    """

    def __init__(self, book: Path, pending: str = FOLDER) -> None:
        self.book, self.pending = book, pending
        self._moves: dict[str, str | None] = {}
        try:
            (book / pending).mkdir(exist_ok=True)
        except OSError as problem:
            raise _unwritable(book, problem) from None

    def write(self, name: str, content: bytes | Callable[[Path], object]) -> None:
        """Put a file, named from the folder of the book: its bytes, or what writes it to a path."""
        place = self.book / self.pending / str(len(self._moves))
        try:
            if callable(content):
                content(place)
            else:
                place.write_bytes(content)
            _settle(place)
        except OSError as problem:
            raise _unwritable(self.book / name, problem) from None
        self._moves[name] = place.name

    def remove(self, name: str) -> None:
        """Take a file away."""
        self._moves[name] = None

    def placed(self, name: str) -> Path:
        """Where a file that was written waits for its place."""
        return self.book / self.pending / str(self._moves[name])

    def commit(self) -> None:
        """Let the change happen."""
        pending = self.book / self.pending
        try:
            draft = pending / f"{MOVES}.new"
            draft.write_text(json.dumps(self._moves, indent=1), encoding="utf-8")
            _settle(draft)
            draft.replace(pending / MOVES)
            _settle(pending)
        except OSError as problem:
            raise _unwritable(self.book, problem) from None
        finish(self.book, self.pending)

    def forget(self) -> None:
        """Let nothing happen; what has happened already stays, and is finished by whoever opens the book next."""
        if not (self.book / self.pending / MOVES).exists():
            shutil.rmtree(self.book / self.pending, ignore_errors=True)


def unfinished(book: Path) -> bool:
    """Whether a change was cut off."""
    return (book / FOLDER).exists()


def finish(book: Path, waits: str = FOLDER) -> None:
    """Finish a change that has happened, throw away one that has not; who calls it is alone at the book."""
    pending = book / waits
    try:
        if (pending / MOVES).exists():
            moves = _moves(pending / MOVES)
            for name, new in moves.items():
                _move(book / name, None if new is None else pending / new)
            for folder in {(book / name).parent for name in moves}:
                _settle(folder)
            (pending / MOVES).unlink()
            _settle(pending)
        shutil.rmtree(pending, ignore_errors=True)
    except OSError as problem:
        raise _unwritable(Path(problem.filename or book), problem) from None


def _moves(file: Path) -> dict[str, str | None]:
    """What a change moves where. Nothing is moved out of the book, whoever wrote the file.

    Raises ``BookError`` for a file that no change of ours has written.
    """
    try:
        moves = json.loads(file.read_text(encoding="utf-8"))
        ours = isinstance(moves, dict) and all(
            _is_within(name) and (new is None or (isinstance(new, str) and new.isdecimal()))
            for name, new in moves.items()
        )
    except ValueError:
        ours = False
    if not ours:
        raise BookError(f"{file}: this is no change of a book; delete the folder {file.parent} when nobody works here")
    return dict(moves)


def _is_within(name: str) -> bool:
    """Whether a name stays in the folder of the book.

    >>> _is_within("tables/collars.csv"), _is_within("../collars.csv"), _is_within("/etc/passwd")
    (True, False, False)
    """
    path = PurePath(name)
    return not path.is_absolute() and not path.drive and ".." not in path.parts


def _move(target: Path, new: Path | None) -> None:
    """Move a file to its place; one that is not there any more was moved before the cut."""
    if new is None:
        target.unlink(missing_ok=True)
    elif new.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        new.replace(target)


def _settle(path: Path) -> None:
    """Bring a file, or the names in a folder, to disk."""
    if os.name == "nt" and path.is_dir():
        return
    file = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _unwritable(where: Path, problem: OSError) -> UnwritableError:
    reason = (problem.strerror or str(problem)).lower()
    return UnwritableError(f"{where}: cannot be written: {reason}; everything is as it was before")
