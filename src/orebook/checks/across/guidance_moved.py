"""Guidance that became another."""

from collections.abc import Iterator

from orebook.checks.across_figures import said
from orebook.checks.across_guidance import Guided, guided_again
from orebook.checks.across_rule import Family, across_rule, row, when
from orebook.checks.rule import Remark, remark
from orebook.checks.saying import figure


@across_rule("A302", basis="one thing has one value at a time", catalogue="PR1011")
def guidance_moved(family: Family) -> Iterator[Remark]:
    """The guidance for a period is another than in an earlier release.

    What it does:
    Puts guidance beside the last that an earlier release gave for the same measure and period. Where the release says
    that it was changed (updated, raised, lowered, narrowed), that is a note with the old range; where it says nothing,
    or that it was maintained, a warning.

    Why it matters:
    Who meets a range that was moved in silence has not met the one that was promised.

    Flagged:

        # Alder Copper looks at the year ahead

        January 20, 2024 - Alder Copper Corp. (TSX: ALD) reports.

        The Stang mine is expected to produce 52 to 56 million pounds of copper in 2024.
        ====
        # Alder Copper reports second quarter production

        July 21, 2024 - Alder Copper Corp. (TSX: ALD) reports.

        The Stang mine is expected to produce 48 to 51 million pounds of copper in 2024.

    Fine:

        # Alder Copper looks at the year ahead

        January 20, 2024 - Alder Copper Corp. (TSX: ALD) reports.

        The Stang mine is expected to produce 52 to 56 million pounds of copper in 2024.
        ====
        # Alder Copper reports second quarter production

        July 21, 2024 - Alder Copper Corp. (TSX: ALD) reports.

        The Stang mine is expected to produce 52 to 56 million pounds of copper in 2024.

    Help:
    Say that the guidance was changed, from which range to which, and why.
    """
    for now, before in guided_again(family):
        if now.same(before):
            continue
        release = now.told.release
        told = any(release.said("guided"))
        why = "; the release says that guidance was changed" if told else "; the release does not say so"
        text = f"{said(now.ends[0])}: guidance {_range(now)} here, {_range(before)} in {when(before.told.release)}{why}"
        yield remark("note" if told else "warning", text, [*now.ends, row(before.told, before.ends[0])])


def _range(one: Guided) -> str:
    low, high = one.ends[0], one.ends[-1]
    return figure(low.number) if low is high else f"{low.number.value:,f} to {figure(high.number)}"
