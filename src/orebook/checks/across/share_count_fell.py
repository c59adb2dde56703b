"""Fewer shares than before."""

from collections.abc import Iterator
from decimal import Decimal

from orebook.checks.across_rule import Family, across_rule, when
from orebook.checks.remembered import Remembered
from orebook.checks.rule import Remark, remark
from orebook.checks.sayings import Saying

_LEAST = Decimal("0.02")
"""Shares that are taken back one by one are not asked after."""


@across_rule("A503", basis="shares do not vanish", catalogue="FN1109")
def share_count_fell(family: Family) -> Iterator[Remark]:
    """Fewer shares are outstanding than in an earlier release, and nothing says why.

    What it does:
    Puts the number of shares outstanding beside the last that was told. Where it is lower by a fiftieth or more, and
    neither release nor any between them speaks of a consolidation or a split, it is a note.

    Why it matters:
    Figures per share before and after a consolidation cannot be compared, and a release that is silent about it makes
    one compare them.

    Flagged:

        # Wold Gold advances Fairlight

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) drills. The Company has 182,400,000 common shares issued and
        outstanding.
        ====
        # Wold Gold drills Fairlight

        July 9, 2024 - Wold Gold Corp. (TSXV: WLD) drills. The Company has 18,240,000 common shares issued and
        outstanding.

    Fine:

        # Wold Gold advances Fairlight

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) drills. The Company has 182,400,000 common shares issued and
        outstanding.
        ====
        # Wold Gold drills Fairlight

        July 9, 2024 - Wold Gold Corp. (TSXV: WLD) drills. After the share consolidation, the Company has 18,240,000
        common shares issued and outstanding.

    Help:
    Say when and at which ratio the shares were consolidated.
    """
    last: tuple[Remembered, Saying] | None = None
    for release in family.dated:
        for saying in release.said("shares"):
            if last is not None and Decimal(saying.about) < (1 - _LEAST) * Decimal(last[1].about):
                told = any(any(one.said("split")) for one in (last[0], *family.between(last[0], release)))
                if not told:
                    now, before = (f"{Decimal(each.about):,f}" for each in (saying, last[1]))
                    text = (
                        f"{now} shares outstanding here, {before} in {when(last[0])}; nothing says why they are fewer"
                    )
                    yield remark("note", text, [saying.source, last[1].source])
            last = release, saying
