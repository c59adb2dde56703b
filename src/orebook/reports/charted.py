"""Charted: charts as data: what stands on their axes, in which unit, and what is drawn; formats only set it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from orebook.reports.itself import Itself

Kind = Literal["bars", "stacked", "lines", "waterfall", "ranges"]


@dataclass(frozen=True, slots=True)
class Series:
    """Values under one name, one for each category; nothing where there is no value."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One pair of axes: categories across, numbers in one unit upwards.

    ``bars`` stand side by side, ``stacked`` ones on one another, ``lines`` join values; of a ``waterfall`` the first
    and the last category are amounts and all between are changes; ``ranges`` have a series ``low``, a series ``high``
    and one of what came.
    """

    kind: Kind
    title: str
    axis: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    decimals: int = 1


@dataclass(frozen=True, slots=True)
class Due:
    """An amount that is due by a day, and how it is said."""

    day: date
    amount: float
    said: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """An option over time, up to a day: what was spent by each day, what is due, who held what from each day on.

    ``spent`` runs up; ``holders`` have their interests in per cent, from day to day.
    """

    title: str
    axis: str
    first: date
    until: date
    spent: tuple[tuple[date, float], ...]
    due: tuple[Due, ...]
    holders: Mapping[str, tuple[tuple[date, float], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chart(Itself):
    """A picture of one or several panels, one above the other, with a sentence below them."""

    doc: str
    title: str
    panels: tuple[Panel, ...]
    caption: str = ""
    timelines: tuple[Timeline, ...] = ()


def steps(values: Sequence[float]) -> list[tuple[float, float]]:
    """Where each bar of a waterfall begins and ends: from nothing, then from where the one before ended.

    The last value is the amount at which the changes arrive, drawn from nothing again.

    >>> steps([10.0, -4.0, 1.0, 7.0])
    [(0.0, 10.0), (10.0, 6.0), (6.0, 7.0), (0.0, 7.0)]
    """
    found, at = [], 0.0
    for number, value in enumerate(values):
        whole = number in (0, len(values) - 1)
        begin, end = (0.0, value) if whole else (at, at + value)
        found.append((begin, end))
        at = end
    return found
