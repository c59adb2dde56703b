"""One figure of one period in two releases."""

import re
from collections import defaultdict
from collections.abc import Iterator

from orebook.checks.across_figures import Again, said, told_again
from orebook.checks.across_rule import Family, across_rule, grade_for, row, when
from orebook.checks.remembered import Remembered
from orebook.checks.rule import Remark, remark
from orebook.checks.saying import fact
from orebook.ground.fact import Fact
from orebook.ground.source import Source
from orebook.reading.patterns import Pattern

_EARLY = Pattern(r"\b(?:preliminar|estimated|approximat|expect|provisional|forecast)", re.IGNORECASE)
_NAMED = Pattern(r"\b(?:re-?stat|revis|reclass|correct|as (?:previously )?reported|recast)", re.IGNORECASE)
_SURE = 5
"""So many figures of two releases agree before one that does not is impossible rather than ambiguous."""
_MANY = 4
_SHOWN = 6


@across_rule("A301", basis="one thing has one value", catalogue="FN1107")
def figure_restated(family: Family) -> Iterator[Remark]:
    """A figure of a period is another than in an earlier release.

    What it does:
    Puts each figure of production or accounts beside the last that was told of the same measure, subject, period and
    basis: the comparative column of this year beside the report of last year. Where the later release says that it was
    restated, revised, reclassified or corrected, that is a note; where the earlier figure was preliminary, too. Where
    five others agree in the tables of both, one that differs cannot be; elsewhere it is a warning. Per-share figures
    over a split are restated where the release speaks of the split.

    Why it matters:
    Growth is measured against the comparative column. A restatement that is not called one moves the base in silence.

    Flagged:

        October 20, 2023 - Alder Copper Corp. (TSX: ALD) reports.

        Stang Mine

        | Production | Three Months Ended September 30, 2023 |
        |---|---|
        | Copper (lbs) | 13,970,000 |
        ====
        October 21, 2024 - Alder Copper Corp. (TSX: ALD) reports.

        Stang Mine

        | Production | Three Months Ended September 30, 2024 | Three Months Ended September 30, 2023 |
        |---|---|---|
        | Copper (lbs) | 14,410,000 | 13,070,000 |

    Fine:

        October 20, 2023 - Alder Copper Corp. (TSX: ALD) reports.

        Stang Mine

        | Production | Three Months Ended September 30, 2023 |
        |---|---|
        | Copper (lbs) | 13,970,000 |
        ====
        October 21, 2024 - Alder Copper Corp. (TSX: ALD) reports.

        Stang Mine

        | Production | Three Months Ended September 30, 2024 | Three Months Ended September 30, 2023 |
        |---|---|---|
        | Copper (lbs) | 14,410,000 | 13,970,000 |

    Help:
    Take the comparative from the report of that period; or say that it was restated, and why.
    """
    pairs: dict[tuple[str, str], list[Again]] = defaultdict(list)
    for again in told_again(family):
        if again.near:
            pairs[again.here.release.doc, again.there.release.doc].append(again)
    for group in pairs.values():
        yield from _changed(group)


def _changed(group: list[Again]) -> Iterator[Remark]:
    """The figures of two releases that differ; many that are called restated are one note."""
    changed = [again for again in group if not again.agrees]
    named = [again for again in changed if _named(again)]
    if len(named) >= _MANY:
        yield _many(named, len(group))
        changed = [again for again in changed if again not in named]
    agreeing = sum(again.agrees and again.in_tables for again in group)
    for again in changed:
        yield _one(again, _graded(again, agreeing, len(group)))


def _named(again: Again) -> bool:
    """Whether the later release says that the figure was restated: in its row or sentence, or of the accounts."""
    release: Remembered = again.here.release
    if again.now.measure.endswith("_per_share") and any(release.said("split")):
        return True
    words = f"{again.here.record.around} {again.now.about.get('column', '')} {again.now.about.get('table', '')}"
    return bool(_NAMED.search(words)) or any(not saying.about for saying in release.said("restated"))


def _graded(again: Again, agreeing: int, of: int) -> str:
    early = f"{again.there.record.around} {again.before.about.get('qualifier', '')}"
    if _named(again) or _EARLY.search(early):
        return "note"
    return "error" if again.in_tables and agreeing >= _SURE and 5 * agreeing >= 4 * of else "warning"


def _one(again: Again, grade: str) -> Remark:
    before, now = again.there.release, again.here.release
    why = ": restated" if _named(again) else ""
    text = f"{said(again.now)}: {fact(again.now)} here, {fact(again.before)} in {when(before)}{why}"
    expected = again.before.number.range() if grade == "error" else None
    places: list[Fact | Source] = [again.now, row(again.there, again.before)]
    return remark(grade_for(before, now, grade), text, places, expected)


def _many(named: list[Again], of: int) -> Remark:
    """One note on a restatement of many figures."""
    names = "; ".join(f"{said(again.now)} {fact(again.now)}, was {fact(again.before)}" for again in named[:_SHOWN])
    more = " and others" if len(named) > _SHOWN else ""
    text = f"{len(named)} of {of} figures of {when(named[0].there.release)} are restated here: {names}{more}"
    return remark("note", text, [one for again in named[:_SHOWN] for one in (again.now, again.before)])
