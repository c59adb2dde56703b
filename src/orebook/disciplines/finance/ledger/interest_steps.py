"""Interest by date: the share of an entity that the company holds on every day, and its mean over any days.

A step holds from its day on until the next. Before the first step, and from one that is no share on, nobody has said
what is held, and nothing can be known of those days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from orebook.disciplines.finance.ledger.cents import Floats, Ints
from orebook.disciplines.finance.ledger.spans import ALWAYS

_WHOLE = 100.0


@dataclass(frozen=True)
class InterestSteps:
    """What is held from each day on, in per cent; nothing where it is not said. ``days`` rise.

    >>> steps = interest_steps([(0, 100.0), (15, 50.0)])
    >>> steps.on(np.array([-1, 14, 15])).tolist(), steps.mean(np.array([0, 0]), np.array([30, 10])).tolist()
    ([nan, 1.0, 0.5], [0.75, 1.0])
    """

    days: tuple[int, ...]
    percent: tuple[float | None, ...]

    def on(self, days: Ints) -> Floats:
        """The share on each day, as a fraction of one; not a number where nobody has said it."""
        days_of, shares, _, _ = self._known
        place = np.searchsorted(days_of, days, side="right") - 1
        return np.where(place >= 0, shares[np.maximum(place, 0)], np.nan)

    def mean(self, starts: Ints, ends: Ints) -> Floats:
        """The mean share from each start until before each end, by days; not a number where it is not known of a day.

        Of no days at all it is the share on the first. Source: handbook 13; catalogue code PR1007.
        """
        begun, ended = self._run(starts), self._run(ends)
        length = (ends - starts).astype(np.float64)
        mean = (ended[0] - begun[0]) / np.where(length > 0, length, 1.0)
        unknown = (ended[1] - begun[1] > 0) | (starts < self.days[0])
        return np.where(unknown, np.nan, np.where(length > 0, mean, self.on(starts)))

    def _run(self, days: Ints) -> tuple[Floats, Floats]:
        """What runs up before each day: shares times days, and days of which nothing is known."""
        days_of, shares, held, unknown = self._known
        place = np.maximum(np.searchsorted(days_of, days, side="right") - 1, 0)
        past = np.maximum(days - days_of[place], 0)
        lacking = np.isnan(shares[place])
        return held[place] + np.where(lacking, 0.0, shares[place]) * past, unknown[place] + lacking * past

    @cached_property
    def _known(self) -> tuple[Ints, Floats, Floats, Floats]:
        """The days, the shares, and what ran up before each: share-days, and days without a share."""
        days = np.array(self.days, np.int64)
        shares = np.array([np.nan if each is None else each / _WHOLE for each in self.percent], np.float64)
        length, lacking = np.diff(days), np.isnan(shares[:-1])
        held = np.concatenate([[0.0], np.cumsum(np.where(lacking, 0.0, shares[:-1]) * length)])
        return days, shares, held, np.concatenate([[0.0], np.cumsum(lacking * length)])

    @property
    def changes(self) -> bool:
        """Whether the share is another on some days, or not known on some."""
        return len(set(self.percent)) > 1 or None in self.percent or self.days[0] > ALWAYS


def interest_steps(said: Iterable[tuple[int, float | None]]) -> InterestSteps:
    """Steps out of days and per cent in any order; one that is no share, or is said in two ways, is not known.

    >>> interest_steps([(15, 120.0), (0, 50.0), (3, 40.0), (3, 60.0)]).percent
    (50.0, None, None)
    """
    by_day: dict[int, set[float | None]] = {}
    for day, percent in said:
        by_day.setdefault(day, set()).add(percent if percent is not None and 0 <= percent <= _WHOLE else None)
    days = sorted(by_day)
    return InterestSteps(tuple(days), tuple(by_day[day].pop() if len(by_day[day]) == 1 else None for day in days))
