"""Interests that became others."""

import re
from collections.abc import Iterator

from orebook.checks.across_rule import Family, Told, across_rule, row, when
from orebook.checks.intercepts import plain
from orebook.checks.issuers import plain_name
from orebook.checks.remembered import Kept, Remembered
from orebook.checks.rule import Remark, remark
from orebook.checks.saying import figure
from orebook.ground.fact import Fact
from orebook.reading.patterns import Pattern

_MOVED = Pattern(
    r"\b(?:acqui|earn|increas|dilut|sold|sale|sell|purchas|exercis|vest|transfer|reduc|dispos|convert|consolidat|buy|bought)",
    re.IGNORECASE,
)


@across_rule("A501", basis="one thing has one value at a time", catalogue="MR318")
def interest_changed(family: Family) -> Iterator[Remark]:
    """A company holds another share of a property than in an earlier release.

    What it does:
    Puts each interest beside the last that was told of the same holder and the same property or company. Where the
    sentence says how it came about (acquired, earned, sold, diluted), it is left alone.

    Why it matters:
    The share decides what of a mine is the company's. It changes by an act, and the act has a date.

    Flagged:

        # Wold Gold advances Fairlight

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) advances Fairlight. Wold Gold Corp. owns 75% of the Fairlight project.
        ====
        # Wold Gold advances Fairlight

        November 9, 2024 - Wold Gold Corp. (TSXV: WLD) advances Fairlight. Wold Gold Corp. owns 70% of the Fairlight
        project.

    Fine:

        # Wold Gold advances Fairlight

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) advances Fairlight. Wold Gold Corp. owns 75% of the Fairlight project.
        ====
        # Wold Gold advances Fairlight

        November 9, 2024 - Wold Gold Corp. (TSXV: WLD) advances Fairlight. Wold Gold Corp. owns 75.0% of the Fairlight
        project.

    Help:
    Say since when the share is another, and by what.
    """
    last: dict[tuple[str, str], tuple[Told, Fact]] = {}
    for release in family.dated:
        for name, (told, now) in _interests(release).items():
            known = last.get(name)
            if known is not None and _differ(now, known[1]) and not _MOVED.search(told.record.around):
                text = (
                    f"{name[1]}, held by {name[0]}: {figure(now.number)} here, {figure(known[1].number)} in"
                    f" {when(known[0].release)}"
                )
                yield remark("note", text, [now, row(*known)])
            last[name] = told, now


def _interests(release: Remembered) -> dict[tuple[str, str], tuple[Told, Fact]]:
    """Who holds how much of what; whoever holds two shares of one thing is left out."""
    found: dict[tuple[str, str], list[tuple[Told, Fact]]] = {}
    for record in release.of("ownership"):
        fact = record.get("tenure.interest")
        holder, target = _holder(record), _target(record)
        if fact is not None and plain(fact) and holder and target:
            found.setdefault((holder, target), []).append((Told(release, record), fact))
    return {name: some[0] for name, some in found.items() if not any(_differ(one, some[0][1]) for _, one in some)}


def _differ(one: Fact, other: Fact) -> bool:
    """Whether two shares differ; zeros of a share are digits."""
    return not one.number.range().meets(other.number.range())


def _holder(record: Kept) -> str:
    return plain_name(record.about.get("holder", ""))[0]


def _target(record: Kept) -> str:
    """What is held: the company that is named, else the property or the mine."""
    for key in ("target", "property", "mine"):
        if words := record.about.get(key, ""):
            return plain_name(words)[0]
    return ""
