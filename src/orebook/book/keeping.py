"""Keeping: a document is put among the releases of a book, in one step that the journal tells of."""

from hashlib import sha256
from pathlib import Path

from orebook.book.folder import Book
from orebook.book.journal import Thing
from orebook.book.problems import BookError

RELEASES = "releases"
"""The folder of a book with its releases."""


def keep(book: Book, path: Path, name: str) -> None:
    """Put a document into the folder of the releases under a name; what lies there already is never overwritten.

    Raises ``BookError`` for a name that is taken, or none.

    >>> from tempfile import mkdtemp
    >>> from orebook.book.folder import begin
    >>> book = begin(Path(mkdtemp()) / "kestrel", issuer="Kestrel Ridge Gold Inc.")
    >>> note = book.folder / "note.md"
    >>> _ = note.write_text("Hole KR-7 cut 12.0 m.")
    >>> keep(book, note, "2026-05-note.md")
    >>> (book.folder / "releases" / "2026-05-note.md").read_text()
    'Hole KR-7 cut 12.0 m.'
    """
    if name in ("", ".", "..") or name != Path(name).name or "\\" in name or name.startswith("."):
        raise BookError(f"{name!r} is no name for a release; give a plain file name")
    data = path.read_bytes()
    with book.changing("keep", {"file": name}) as writing:
        if (book.folder / RELEASES / name).exists():
            raise BookError(f"{RELEASES}/{name} is in the book already; name the new one otherwise")
        writing.file(f"{RELEASES}/{name}", data)
        writing.tell(reads=(Thing(name, sha256(data).hexdigest(), 0),))
