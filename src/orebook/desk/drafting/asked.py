"""Asked: what somebody wants to have drafted: of which book, for which day and period, and what is said beside it."""

from dataclasses import dataclass, field
from datetime import date

from orebook.book.folder import Book


@dataclass(frozen=True, slots=True)
class Asked:
    """A draft that was asked for. ``doc`` names it, ``notes`` take what there is to say beside it."""

    book: Book
    doc: str
    day: date | None = None
    period: str = ""
    notes: list[str] = field(default_factory=list)
