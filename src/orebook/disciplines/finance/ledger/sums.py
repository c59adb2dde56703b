"""Sums: what all accounts come to in every reporting period, exactly, with what is known and from which version.

Sums are of debits, in whole cents of the currency of the report. They are kept for the company and for each mine, by
line of a statement and by tag of an account.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from orebook.disciplines.finance.ledger.cents import Ints
from orebook.disciplines.finance.ledger.running import NoRate
from orebook.disciplines.finance.ledger.stretches import Bools

COMPANY = ""
"""The name under which the sums of the whole company stand among those of its mines."""

Key = tuple[str, str]
"""A mine, or the company, and a line or tag."""


@dataclass
class Sums:
    """Sums for each of some periods, which begin with ``starts`` and end before ``ends``, in days.

    ``lines`` and ``tags`` are by mine and name: over the period for what runs, at its end for lines of financial
    position; ``tags_at_end`` are balances. ``known`` says for each statement which periods are whole. ``said_lines``
    are lines as a statement gives them, ``said`` what is known of these, and of tags of quantities. ``published`` is
    the day of the last publication that a period rests on, ``restated`` whether that is a restatement, by statement.
    ``by_account`` holds for a line and an account what of the line is the account's.
    """

    starts: Ints
    ends: Ints
    lines: dict[Key, Ints] = field(default_factory=dict)
    tags: dict[Key, Ints] = field(default_factory=dict)
    tags_at_end: dict[Key, Ints] = field(default_factory=dict)
    known: dict[str, Bools] = field(default_factory=dict)
    said_lines: dict[Key, Ints] = field(default_factory=dict)
    said: dict[Key, Bools] = field(default_factory=dict)
    published: dict[str, Ints] = field(default_factory=dict)
    restated: dict[str, Bools] = field(default_factory=dict)
    without_rate: tuple[NoRate, ...] = ()
    by_account: dict[Key, Ints] = field(default_factory=dict)

    def nothing(self) -> Ints:
        """Nought for every period."""
        return np.zeros(len(self.starts), np.int64)

    def unknown(self) -> Bools:
        """False for every period."""
        return np.zeros(len(self.starts), np.bool_)

    def line(self, name: str, statement: str, mine: str = COMPANY) -> tuple[Ints, Bools]:
        """The debits of a line in each period, and where they are known: from the books, else as it was said."""
        key = mine, name
        whole = self.known.get(statement, self.unknown())
        amounts = np.where(whole, self.lines.get(key, self.nothing()), self.said_lines.get(key, self.nothing()))
        return amounts, whole | self.said.get(key, self.unknown())

    def tag(self, name: str, *, at_end: bool, mine: str = COMPANY) -> tuple[Ints, Bools]:
        """The debits of all accounts with a tag, over each period or at its end, and where they are known."""
        key = mine, name
        amounts = (self.tags_at_end if at_end else self.tags).get(key, self.nothing())
        if key in self.said:
            return amounts, self.said[key]
        whole = self.known.get("position" if at_end else "income", self.unknown())
        return amounts, whole

    @property
    def mines(self) -> list[str]:
        """The mines that accounts or postings name."""
        return sorted({mine for mine, _ in (*self.lines, *self.tags, *self.tags_at_end)} - {COMPANY})


def add(into: dict[Key, Ints], keys: Iterable[Key], amounts: Ints) -> None:
    """Add amounts under some keys.

    >>> found = {}
    >>> add(found, [("", "revenues"), ("Heron", "revenues")], np.array([5]))
    >>> add(found, [("", "revenues")], np.array([2]))
    >>> [each.tolist() for each in found.values()]
    [[7], [5]]
    """
    for key in keys:
        if key in into:
            into[key] = into[key] + amounts
        else:
            into[key] = amounts
