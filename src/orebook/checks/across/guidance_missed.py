"""What became of guidance."""

from collections.abc import Iterator

from orebook.checks.across_figures import figures, said
from orebook.checks.across_guidance import Guided, guidance
from orebook.checks.across_rule import Family, across_rule, row, when
from orebook.checks.digits import ALL, alike, in_unit
from orebook.checks.rule import Remark, remark
from orebook.checks.saying import fact, figure
from orebook.ground.fact import Fact


@across_rule("A303", basis="arithmetic", catalogue="PR1011")
def guidance_missed(family: Family) -> Iterator[Remark]:
    """What was reached in a period lies outside the last guidance that was given for it.

    What it does:
    Puts the figure of a whole period beside the last guidance of an earlier release for the same measure, subject and
    period. It is a note: guidance is no promise, but a release that speaks of success should be read beside it.

    Why it matters:
    The range stands in a release of last year; whether it was met is said only by those who met it.

    Flagged:

        # Alder Copper looks at the year ahead

        January 20, 2024 - Alder Copper Corp. (TSX: ALD) reports.

        The Stang mine is expected to produce 52 to 56 million pounds of copper in 2024.
        ====
        # Alder Copper reports production of 2024

        January 21, 2025 - Alder Copper Corp. (TSX: ALD) reports.

        The Stang mine produced 49.6 million pounds of copper in 2024.

    Fine:

        # Alder Copper looks at the year ahead

        January 20, 2024 - Alder Copper Corp. (TSX: ALD) reports.

        The Stang mine is expected to produce 52 to 56 million pounds of copper in 2024.
        ====
        # Alder Copper reports production of 2024

        January 21, 2025 - Alder Copper Corp. (TSX: ALD) reports.

        The Stang mine produced 53.9 million pounds of copper in 2024.

    Help:
    Name the guidance beside the result.
    """
    last: dict[tuple[str, ...], Guided] = {}
    for release in family.dated:
        for name, told in figures(release, "announced", "").items():
            before = last.get(name)
            bounded = any(one.about.get("bound") for _, one in told)
            if before is None or bounded or before.told.release.day >= release.day:
                continue
            _, now = told[0]
            if outside := _outside(now, before):
                low, high = before.ends[0], before.ends[-1]
                ends = figure(low.number) if low is high else f"{low.number.value:,f} to {figure(high.number)}"
                text = f"{said(now)}: {fact(now)} is {outside} the guidance of {ends} in {when(before.told.release)}"
                yield remark("note", text, [now, row(before.told, low)])
                del last[name]
        last.update(guidance(release))


def _outside(now: Fact, before: Guided) -> str:
    """Whether a figure lies below or above the guidance under every reading of the digits; guidance has two ends."""
    if len(before.ends) < 2:
        return ""
    low, high = (in_unit(end.number, now.number.unit) for end in before.ends)
    if not (alike(now.number, low) and alike(now.number, high)):
        return ""
    below = all(read(now.number).high < read(low).to(now.number.unit).low for read in ALL)
    above = all(read(now.number).low > read(high).to(now.number.unit).high for read in ALL)
    return "below" if below else "above" if above else ""
