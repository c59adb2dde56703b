"""What one set of books says of every period: in the newest version that knows it, never in two of them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from orebook.disciplines.finance.ledger.cents import Ints
from orebook.disciplines.finance.ledger.running import Running
from orebook.disciplines.finance.ledger.spans import ALWAYS
from orebook.disciplines.finance.ledger.stretches import Bools

STATEMENTS = ("income", "position", "cash")


@dataclass(frozen=True)
class Seen:
    """Income over every period, balances at its end and before its beginning, moves over it, and what is known of each.

    ``cash_income`` is the income of the version from which the moves are. ``known``, ``published`` and ``restated`` are
    by statement.
    """

    income: Ints
    cash_income: Ints
    balances: Ints
    opening: Ints
    moves: Ints
    known: Mapping[str, Bools]
    published: Mapping[str, Ints]
    restated: Mapping[str, Bools]


def seen(books: Sequence[Running], starts: Ints, ends: Ints, first: int | None) -> Seen:
    """What the versions of one set of books say, the first report first.

    ``first`` is the day on which the earliest books of the company begin: books that begin later count from their own
    first day, and nothing before it.
    """
    one, many = books[0], len(starts)
    begins = one.first
    later = begins is not None and first is not None and begins > first and not one.volume.said
    from_day = np.maximum(starts, begins) if later and begins is not None else starts
    found = _nothing(one, many)
    for each in books:
        _look(each, found, from_day, ends, whole=from_day == starts)
    if later and begins is not None:
        for name in STATEMENTS:
            found.known[name][ends <= begins] = True
    return found


def _nothing(one: Running, many: int) -> Seen:
    """Nothing known of any period."""
    width = len(one.volume.stocks.series)
    income, balances = np.zeros((many, len(one.volume.flows.series)), np.int64), np.zeros((many, width + 2), np.int64)
    return Seen(
        income=income,
        cash_income=income.copy(),
        balances=balances,
        opening=balances.copy(),
        moves=np.zeros((many, width), np.int64),
        known={name: np.zeros(many, np.bool_) for name in STATEMENTS},
        published={name: np.full(many, ALWAYS, np.int64) for name in STATEMENTS},
        restated={name: np.zeros(many, np.bool_) for name in STATEMENTS},
    )


def _look(one: Running, found: Seen, starts: Ints, ends: Ints, whole: Bools) -> None:
    """Take from one version what it knows."""
    always = np.full(len(ends), ALWAYS, np.int64)
    earned, earned_known = one.flows.over(starts, ends)
    held, held_known = one.stocks.over(always, ends)
    before, before_known = one.stocks.over(always, starts)
    moved, moved_known = one.moves.over(starts, ends)
    cash = earned_known & held_known & before_known & moved_known & whole
    published = _published(one, ends)
    for name, fresh in (("income", earned_known), ("position", held_known), ("cash", cash)):
        found.known[name][fresh] = True
        found.restated[name][fresh] = one.volume.version is not None
        found.published[name][fresh] = published[fresh]
    found.income[earned_known] = earned[earned_known]
    found.balances[held_known] = held[held_known]
    found.cash_income[cash] = earned[cash]
    found.opening[cash] = before[cash]
    found.moves[cash] = moved[cash]


def _published(one: Running, ends: Ints) -> Ints:
    """The day of the last publication of what ends with each period."""
    found: dict[int, int] = {}
    for part in (one.volume.flows, one.volume.stocks):
        for end, day in zip(part.ends.tolist(), part.published.tolist(), strict=True):
            found[end] = max(found.get(end, ALWAYS), day)
    return np.array([found.get(end, ALWAYS) for end in ends.tolist()], np.int64)
