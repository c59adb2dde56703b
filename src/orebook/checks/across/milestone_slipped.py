"""Milestones whose date moved."""

from collections.abc import Iterator
from datetime import date

from orebook.checks.across_milestones import Milestone, told_again
from orebook.checks.across_rule import Family, across_rule, when
from orebook.checks.rule import Remark, remark

_MONTH = 30.44


@across_rule("A401", basis="calendar")
def milestone_slipped(family: Family) -> Iterator[Remark]:
    """A milestone is planned for another time than in an earlier release, or was reached at another.

    What it does:
    Puts each dated event (start of production, a study, a permit) beside the last that an earlier release told of the
    same kind at the same mine or property, and says by how much it moved when the two times have no day in common. It
    is a note: plans move. What the release itself says about it is not read.

    Why it matters:
    A date that slips by a quarter at a time is never late in any one release.

    Flagged:

        # Wold Gold advances Fairlight

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) advances the Fairlight project. First gold at the Fairlight mine is
        expected in the fourth quarter of 2024.
        ====
        # Wold Gold advances Fairlight

        November 9, 2024 - Wold Gold Corp. (TSXV: WLD) advances the Fairlight project. First gold at the Fairlight mine
        is expected in the second quarter of 2025.

    Fine:

        # Wold Gold advances Fairlight

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) advances the Fairlight project. First gold at the Fairlight mine is
        expected in the fourth quarter of 2024.
        ====
        # Wold Gold advances Fairlight

        September 9, 2024 - Wold Gold Corp. (TSXV: WLD) advances the Fairlight project. First gold at the Fairlight mine
        is expected in December 2024.

    Help:
    Name the earlier date beside the new one, and what moved it.
    """
    for now, before in told_again(family):
        if not before.planned or now.when.overlaps(before.when):
            continue
        later = now.when.start > before.when.end
        if not now.planned and not later:
            continue
        yield remark("note", _text(now, before, later=later), [now.fact, before.fact])


def _text(now: Milestone, before: Milestone, *, later: bool) -> str:
    first, last = (before.when.end, now.when.end) if later else (now.when.end, before.when.end)
    place = now.told.record.about.get("mine") or now.told.record.about.get("property", "")
    done = "planned for" if now.planned else "reached in"
    way = "later" if later else "sooner"
    return (
        f"{now.kind} at {place}: {done} {now.fact.figure} here, planned for {before.fact.figure} in"
        f" {when(before.told.release)}: {_months(first, last)} {way}"
    )


def _months(first: date, last: date) -> str:
    count = max(round((last - first).days / _MONTH), 1)
    return f"{count} month{'' if count == 1 else 's'}"
