"""Own templates: the templates of drafts, written into a book to be edited there; what is there stays as it is."""

from pathlib import Path

from orebook.book.folder import Book
from orebook.book.problems import UnwritableError
from orebook.reports.release.composing import ROOM
from orebook.reports.results import Told
from orebook.reports.templating import Shelf

FOLDER = "templates"
"""The folder of a book with its own templates."""


def written(book: Book) -> Told:
    """Our templates in the folder of the book; what is there stays as it is."""
    shelf, folder = Shelf(ROOM, []), book.folder / FOLDER
    lines, new = [], []
    try:
        folder.mkdir(exist_ok=True)
        for name in shelf.list_templates():
            if _write(folder / name, shelf.ours(name)):
                new.append(name)
                lines.append(f"{folder / name}: ours, to be edited; take the file away to have ours again")
            else:
                lines.append(f"{folder / name}: is there and stays as it is")
    except OSError as problem:
        raise UnwritableError(f"{folder}: cannot be written: {(problem.strerror or str(problem)).lower()}") from None
    return Told(str(folder), tuple(lines), {"folder": str(folder), "written": new})


def _write(file: Path, words: str) -> bool:
    """Write a file where there is none; whether it was written."""
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(words)
    except FileExistsError:
        return False
    return True
