"""Milestones that were reached and are planned again."""

from collections.abc import Iterator

from orebook.checks.across_milestones import happens_once, told_again
from orebook.checks.across_rule import Family, across_rule, when
from orebook.checks.rule import Remark, remark


@across_rule("A402", basis="calendar")
def reached_and_planned_again(family: Family) -> Iterator[Remark]:
    """Something that an earlier release called done is planned again.

    What it does:
    Looks for an event that happens once (first gold, a feasibility study) that an earlier release gives with a date in
    the past and a later one with a date to come.

    Why it matters:
    Either it was not done, or the second is another: then it has a name of its own.

    Flagged:

        # Wold Gold advances Fairlight

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) advances the Fairlight project. Commercial production at the Fairlight
        mine was achieved in March 2024.
        ====
        # Wold Gold advances Fairlight

        November 9, 2024 - Wold Gold Corp. (TSXV: WLD) advances the Fairlight project. Commercial production at the
        Fairlight mine is expected in the second quarter of 2025.

    Fine:

        # Wold Gold advances Fairlight

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) advances the Fairlight project. Commercial production at the Fairlight
        mine was achieved in March 2024.
        ====
        # Wold Gold advances Fairlight

        November 9, 2024 - Wold Gold Corp. (TSXV: WLD) advances the Fairlight project. Commercial production at the
        Fairlight mine was achieved in March 2024.

    Help:
    Say which of the two is meant: the first, a second stage, a restart.
    """
    for now, before in told_again(family):
        if not happens_once(now.kind) or before.planned or not now.planned:
            continue
        released, earlier = now.told.release.date, before.told.release.date
        if released and earlier and before.when.end <= earlier and now.when.end > released:
            place = now.told.record.about.get("mine") or now.told.record.about.get("property", "")
            text = (
                f"{now.kind} at {place}: planned for {now.fact.figure} here; {when(before.told.release)} has it done in"
                f" {before.fact.figure}"
            )
            yield remark("note", text, [now.fact, before.fact])
