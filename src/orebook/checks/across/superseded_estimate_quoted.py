"""An old estimate told after a new one."""

import re
from collections.abc import Iterator

from orebook.checks.across_estimates import Stated, announces, by_release, same_cutoff
from orebook.checks.across_rule import Family, across_rule, row, when
from orebook.checks.remembered import Remembered
from orebook.checks.rule import Remark, remark
from orebook.checks.saying import fact
from orebook.reading.patterns import Pattern

_OLD = Pattern(
    r"\b(?:previous|prior|former|superseded|earlier|histor|compar|versus|from|last|old|replaced|20\d\d)", re.IGNORECASE
)


@across_rule("A202", basis="one thing has one value at a time", catalogue="MR316")
def superseded_estimate_quoted(family: Family) -> Iterator[Remark]:
    """A release quotes an estimate that an earlier release has replaced by another.

    What it does:
    Follows the estimates of a deposit and category from release to release. Where one has announced a new estimate, a
    later one that gives the figures of the old and not of the new, and does not call them previous, is remarked on.

    Why it matters:
    The last page of a release is copied from the release before. The old estimate lives on there, and only the new one
    may be called the company's.

    Flagged:

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) drills.

        The Fairlight project has an inferred mineral resource of 41.2 million tonnes averaging 1.07 g/t Au for
        contained gold of 1,417,000 ounces.
        ====
        # Wold Gold updates the Mineral Resource Estimate at Fairlight

        July 9, 2024 - Wold Gold Corp. (TSXV: WLD) has an updated mineral resource estimate.

        The Fairlight project has an inferred mineral resource of 55.0 million tonnes averaging 1.10 g/t Au for
        contained gold of 1,945,000 ounces.
        ====
        September 9, 2024 - Wold Gold Corp. (TSXV: WLD) drills.

        The Fairlight project has an inferred mineral resource of 41.2 million tonnes averaging 1.07 g/t Au for
        contained gold of 1,417,000 ounces.

    Fine:

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) drills.

        The Fairlight project has an inferred mineral resource of 41.2 million tonnes averaging 1.07 g/t Au for
        contained gold of 1,417,000 ounces.
        ====
        # Wold Gold updates the Mineral Resource Estimate at Fairlight

        July 9, 2024 - Wold Gold Corp. (TSXV: WLD) has an updated mineral resource estimate.

        The Fairlight project has an inferred mineral resource of 55.0 million tonnes averaging 1.10 g/t Au for
        contained gold of 1,945,000 ounces.
        ====
        September 9, 2024 - Wold Gold Corp. (TSXV: WLD) drills.

        The Fairlight project has an inferred mineral resource of 55.0 million tonnes averaging 1.10 g/t Au for
        contained gold of 1,945,000 ounces.

    Help:
    Put the new estimate into the standing text, or call the old one previous and name the release that replaced it.
    """
    yield from _lines(family)


def _lines(family: Family) -> Iterator[Remark]:
    """Follow the estimates of each deposit and category."""
    lines: dict[tuple[str, str, frozenset[str]], list[Stated]] = {}
    muddled: set[tuple[str, str, frozenset[str]]] = set()
    for release in family.dated:
        own = by_release(family).get(release.doc, [])
        for one in own:
            line = lines.get(_key(one), [])
            if one.names and len(line) > 1 and _key(one) not in muddled and (newest := _replaced(one, line, own)):
                tonnes = one.seen.tonnes or next(iter(one.figures.values()))
                new = newest.seen.tonnes or next(iter(newest.figures.values()))
                text = (
                    f"{one.seen.said()}: {fact(tonnes)} is the estimate of before;"
                    f" {when(newest.told.release)} has {fact(new)}"
                )
                yield remark("warning", text, [tonnes, row(newest.told, new)])
        for one in own:
            if any(_key(other) == _key(one) and not _same(one, other) and len(other.figures) > 1 for other in own):
                muddled.add(_key(one))  # two estimates under one name: which is which cannot be told
            _follow(lines.setdefault(_key(one), []), one, release)


def _key(one: Stated) -> tuple[str, str, frozenset[str]]:
    return one.told.record.kind, one.category, one.names


def _follow(line: list[Stated], one: Stated, release: Remembered) -> None:
    """Add an estimate to those of its deposit: the first, and each new one that a release announces."""
    new = len(one.figures) > 1 and not any(_same(one, other) for other in line)
    if new and (not line or announces(release)):
        line.append(one)


def _same(one: Stated, other: Stated) -> bool:
    equal, unequal = one.compared(other)
    return len(equal) > 1 and not unequal


def _replaced(one: Stated, line: list[Stated], beside: list[Stated]) -> Stated | None:
    """The newest estimate of a line, if one is an older one and the release does not give the newest as well."""
    newest = line[-1]
    old = any(_same(one, other) for other in line[:-1]) and not _same(one, newest)
    if not old or newest.told.release is one.told.release or not same_cutoff(one, newest):
        return None
    if any(_same(other, newest) for other in beside) or _OLD.search(one.told.record.around):
        return None
    return newest
