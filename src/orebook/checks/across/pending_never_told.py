"""Results that were pending and are not told of later."""

from collections.abc import Iterator
from datetime import timedelta

from orebook.checks.across_rule import Family, across_rule
from orebook.checks.remembered import Remembered
from orebook.checks.rule import Remark, remark
from orebook.ground.source import Source
from orebook.reading.drilling.hole_names import bare

_SOON = timedelta(days=120)
"""Results that have been pending for so long are asked for."""
_SHOWN = 8


@across_rule("A104", basis="count", catalogue="EX213")
def pending_never_told(family: Family) -> Iterator[Remark]:
    """Results that an earlier release called pending do not stand in any later one.

    What it does:
    Remembers the holes whose results are said to be pending, until a release tells of an interval of the hole, or that
    it has none. A release that brings results of the same programme four months later or more, without those, is a
    note, as is one that brings the results of holes with greater numbers.

    Why it matters:
    Holes without success are told of last, or never. Whoever reads only the results thinks that every hole met ore.

    Flagged:

        # Holm Copper drills Linn Bank

        May 6, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank. Hole LN-24-04 returned 40.0 m at 0.58% Cu
        from 120.0 m. Results are pending for LN-24-05.
        ====
        # Holm Copper goes on drilling Linn Bank

        November 11, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank. Hole LN-24-06 returned 11.5 m at 0.72%
        Cu from 88.0 m.

    Fine:

        # Holm Copper drills Linn Bank

        May 6, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank. Hole LN-24-04 returned 40.0 m at 0.58% Cu
        from 120.0 m. Results are pending for LN-24-05.
        ====
        # Holm Copper goes on drilling Linn Bank

        November 11, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank. Hole LN-24-06 returned 11.5 m at 0.72%
        Cu from 88.0 m. Hole LN-24-05 returned no significant results.

    Help:
    Say of every hole of a programme what it returned, or that it returned nothing.
    """
    waiting: dict[str, tuple[Remembered, str, Source]] = {}
    for release in family.dated:
        brought = _brought(release)
        for hole in [hole for hole in waiting if hole in brought]:
            del waiting[hole]
        pending = {bare(saying.about) for saying in release.said("pending")}
        late = [] if not brought else [
            told for hole, told in waiting.items() if hole not in pending and _overdue(release, told[0], hole, brought)
        ]  # fmt: skip
        if late:
            yield _late(release, late)
            for _, hole, _ in late:
                waiting.pop(bare(hole), None)
        for saying in release.said("pending"):
            if bare(saying.about) not in brought:
                waiting.setdefault(bare(saying.about), (release, saying.about, saying.source))


def _brought(release: Remembered) -> dict[str, Source]:
    """The holes of which a release tells what they returned, with the place."""
    found: dict[str, Source] = {}
    for record in release.of("drill_intercept", "drill_no_significant"):
        if hole := record.about.get("hole", ""):
            found.setdefault(bare(hole), record.source)
    return found


def _overdue(now: Remembered, before: Remembered, hole: str, brought: dict[str, Source]) -> bool:
    """Whether the results should have come by now: others of the same series did, later ones, or long after."""
    series, _, number = hole.rpartition("/")
    others = [other.rpartition("/")[2] for other in brought if other.rpartition("/")[0] == series]
    if not series or not others or now.date is None or before.date is None:
        return False
    later = number.isdigit() and any(other.isdigit() and int(other) > int(number) for other in others)
    return now.date - before.date >= _SOON if not later else now.date - before.date >= _SOON / 2


def _late(release: Remembered, late: list[tuple[Remembered, str, Source]]) -> Remark:
    names = ", ".join(hole for _, hole, _ in late[:_SHOWN])
    more = f" and {len(late) - _SHOWN} others" if len(late) > _SHOWN else ""
    since = late[0][0]
    text = f"results of {names}{more} were pending on {since.day}; no release up to this one tells of them"
    here = next(iter(_brought(release).values()))
    return remark("note", text, [here, *(source for _, _, source in late[:_SHOWN])])
