"""Terms: what somebody who asks from outside may see, and whether anything may be changed."""

from dataclasses import dataclass, field
from pathlib import Path

from orebook.desk.crew.limits import Limits

MOST = 400_000
"""So many characters an answer may have when nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms is asked: the folder that may be looked into, the book that is meant when none is named, or in
    any case where it is ``fixed``.

    ``changes`` says whether books may be changed and files written, ``most`` how many characters an answer may have,
    ``picture`` the format in which drawings and charts are given when none is asked for, ``limits`` what a document may
    cost that is read.
    """

    folder: Path
    book: Path | None = None
    changes: bool = False
    most: int = MOST
    picture: str = "svg"
    fixed: bool = False
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folder", self.folder.resolve())
        if self.book is not None:
            object.__setattr__(self, "book", self.book.resolve())

    def holds(self, place: Path) -> bool:
        """Whether a place, its links followed, lies in the folder or in the book.

        >>> terms = Terms(Path("/srv/kestrel"))
        >>> terms.holds(Path("/srv/kestrel/may.md")), terms.holds(Path("/srv/kestrels")), terms.holds(Path("/srv"))
        (True, False, False)
        """
        return any(place.is_relative_to(each) for each in (self.folder, self.book) if each is not None)

    def hidden(self, words: str) -> str:
        """Words in which places are named as they look from the folder; nobody need know where that lies.

        >>> Terms(Path("/srv/kestrel")).hidden("/srv/kestrel/may.md:3: no such hole; /srv/kestrel is no book")
        'may.md:3: no such hole; . is no book'
        """
        book = self.book
        if book is not None and not book.is_relative_to(self.folder):
            words = words.replace(str(book), book.name)
        return words.replace(f"{self.folder}/", "").replace(str(self.folder), ".")
