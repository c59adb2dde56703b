"""Ruling lines: pieces that make one line joined, lines that cross each other gathered to networks."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from orebook.reading.paged.marks import Rule

CLOSE = 3.0
"""Points: rules nearer than this stand at one place, touch, or go on."""
_BROKEN = 5.0
"""Points: a rule that goes on after less is one rule (where borders cross, some printers leave a hole)."""
_SPREAD = 2.2
_MOST = 3_000
"""A page with more rules after joining them is a drawing."""


class Network(NamedTuple):
    """Rules that cross or touch one another."""

    across: list[Rule]
    down: list[Rule]


def joined(rules: Iterable[Rule], close: float = CLOSE) -> list[Rule]:
    """Pieces at one place that touch, as one rule each.

    >>> joined([Rule(10, 0, 50), Rule(10.5, 51, 90), Rule(40, 0, 90)])
    [Rule(at=10.25, start=0, end=90), Rule(at=40, start=0, end=90)]
    """
    found: list[Rule] = []
    group: list[Rule] = []
    for rule in sorted(rules):
        if group and rule.at - group[0].at > close / 2:
            found.extend(_united(group))
            group = []
        group.append(rule)
    if group:
        found.extend(_united(group))
    return found


def _united(group: list[Rule]) -> list[Rule]:
    if len(group) == 1:
        return group
    at = sum([rule.at for rule in group]) / len(group)
    found: list[Rule] = []
    for _, start, end in sorted(group, key=lambda rule: rule.start):
        if found and start <= found[-1].end + _BROKEN:
            if end > found[-1].end:
                found[-1] = Rule(at, found[-1].start, end)
        else:
            found.append(Rule(at, start, end))
    return found


def places(rules: Iterable[Rule], close: float = CLOSE) -> list[float]:
    """Where rules stand, in order; of some that are close together, where the longest of them do.

    >>> places([Rule(10, 0, 50), Rule(14, 0, 90), Rule(40, 0, 90)], 5)
    [14, 40]
    """
    found: list[float] = []
    group: dict[float, float] = {}
    last = first = 0.0
    for at, start, end in sorted(rules):
        if group and (at - last > close or at - first > _SPREAD * close):
            found.append(max(group, key=group.__getitem__))
            group = {}
        first, last = first if group else at, at
        group[at] = group.get(at, 0.0) + end - start
    if group:
        found.append(max(group, key=group.__getitem__))
    return found


def networks(across: Sequence[Rule], down: Sequence[Rule]) -> list[Network]:
    """Rules gathered to networks, from the top of the page down."""
    if not across or not down or len(across) + len(down) > _MOST:
        return []
    level, upright = np.array(across), np.array(down)
    crossing = (
        (upright[:, 0] >= level[:, 1:2] - CLOSE)
        & (upright[:, 0] <= level[:, 2:3] + CLOSE)
        & (level[:, 0:1] >= upright[:, 1] - CLOSE)
        & (level[:, 0:1] <= upright[:, 2] + CLOSE)
    )
    free = set(range(len(across)))
    found: list[Network] = []
    while free:
        levels = {free.pop()}
        uprights: set[int] = set()
        fresh = levels
        while fresh:
            touched = set(np.flatnonzero(crossing[list(fresh)].any(axis=0)).tolist()) - uprights
            uprights |= touched
            fresh = set(np.flatnonzero(crossing[:, list(touched)].any(axis=1)).tolist()) - levels if touched else set()
            levels |= fresh
        free -= levels
        if uprights:
            found.append(Network([across[at] for at in sorted(levels)], [down[at] for at in sorted(uprights)]))
    return sorted(found, key=lambda network: (network.across[0].at, network.down[0].at))
