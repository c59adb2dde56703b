"""Spans: amounts known for some stretches of time, and what follows from them for others.

A cumulative ledger knows three, six and nine months, a discrete one every month, a trial balance the balance at a day.
Each is an edge between two days; an amount between any two days that are joined by edges follows by adding and taking
away: the third quarter is nine months less the first half. A stretch that was given is read as it was given.
"""

from dataclasses import dataclass

import numpy as np

from orebook.disciplines.finance.ledger.cents import Ints

ALWAYS = -10_000_000
"""The day before all days: a balance is an amount since then."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Amounts of several series over stretches of time, in whole cents.

    ``days`` are the days at which stretches begin or end (the day after the last), ``part`` numbers those that are
    joined, ``since`` holds for each day and series what runs up since the first day of its part. ``given`` are the
    stretches themselves with their amounts.
    """

    days: Ints
    part: Ints
    since: Ints
    given: dict[tuple[int, int], int]
    amounts: Ints

    def over(self, starts: Ints, ends: Ints) -> tuple[Ints, np.ndarray]:
        """The amounts over some stretches, and which of them are known; the others are nought."""
        if not len(self.days):
            return np.zeros((len(starts), self.amounts.shape[1]), np.int64), np.zeros(len(starts), np.bool_)
        first, last = self._place(starts), self._place(ends)
        known = (self.days[first] == starts) & (self.days[last] == ends) & (self.part[first] == self.part[last])
        found = np.where(known[:, None], self.since[last] - self.since[first], 0)
        for place, key in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
            if key in self.given:
                found[place] = self.amounts[self.given[key]]
        return found, known

    def _place(self, days: Ints) -> Ints:
        return np.minimum(np.searchsorted(self.days, days), len(self.days) - 1)

    def disagreeing(self) -> list[tuple[tuple[int, int], Ints]]:
        """Stretches whose own amounts differ from what the shorter ones inside them add up to, by how much."""
        found = []
        for (start, end), place in self.given.items():
            first, last = self._place(np.array([start])), self._place(np.array([end]))
            apart = self.amounts[place] - (self.since[last] - self.since[first])[0]
            if apart.any():
                found.append(((start, end), apart))
        return found


def spans(starts: Ints, ends: Ints, amounts: Ints) -> Spans:
    """Join stretches of time by the days at which they meet; of several ways the one by the shortest is taken.

    ``ends`` are the days after the last. Each stretch stands once; ``amounts`` has a row for each.

    >>> known = spans(np.array([0, 0]), np.array([181, 273]), np.array([[70], [100]]))
    >>> [each.tolist() for each in known.over(np.array([181, 90]), np.array([273, 181]))]
    [[[30], [0]], [True, False]]
    """
    days = np.unique(np.concatenate([starts, ends]).astype(np.int64))
    part = np.arange(len(days))
    since = np.zeros((len(days), amounts.shape[1]), np.int64)
    first, last = np.searchsorted(days, starts), np.searchsorted(days, ends)
    members = {place: [place] for place in range(len(days))}
    for each in np.lexsort((starts, ends - starts)):
        a, b = int(first[each]), int(last[each])
        if part[a] != part[b]:
            _joined(a, b, amounts[each], part, since, members)
    given = {(int(start), int(end)): place for place, (start, end) in enumerate(zip(starts, ends, strict=True))}
    return Spans(days, part, since, given, amounts)


def _joined(a: int, b: int, amount: Ints, part: Ints, since: Ints, members: dict[int, list[int]]) -> None:
    """Join the parts of two days: what runs up in the smaller is counted from the other's beginning."""
    shift = since[a] + amount - since[b]
    keep, move = int(part[a]), int(part[b])
    if len(members[keep]) < len(members[move]):
        keep, move, shift = move, keep, -shift
    moved = members.pop(move)
    since[moved] += shift
    part[moved] = keep
    members[keep] += moved
