"""Results that are called new a second time."""

from collections import defaultdict
from collections.abc import Iterator

from orebook.checks.across_intervals import Again, told_again
from orebook.checks.across_rule import Family, across_rule, grade_for, row, when
from orebook.checks.rule import Remark, remark
from orebook.reading.drilling.hole_names import bare


@across_rule("A103", basis="a result is new once", catalogue="QP110")
def results_new_again(family: Family) -> Iterator[Remark]:
    """Results that a release calls new stand in an earlier one.

    What it does:
    Where a release calls the results of a hole new, looks whether all its intervals of that hole stand in an earlier
    release with the same depths and grades.

    Why it matters:
    A reader counts a result twice that is announced twice. Repeated results name the release that brought them first.

    Flagged:

        # Holm Copper drills Linn Bank

        May 6, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank. Hole LN-24-04 returned 40.0 m at 0.58% Cu
        from 120.0 m.
        ====
        # Holm Copper goes on drilling Linn Bank

        September 9, 2024 - Holm Copper Corp. (TSXV: HLM) reports new drill results from hole LN-24-04 at Linn Bank.

        Hole LN-24-04 returned 40.0 m at 0.58% Cu from 120.0 m.

    Fine:

        # Holm Copper drills Linn Bank

        May 6, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank. Hole LN-24-04 returned 40.0 m at 0.58% Cu
        from 120.0 m.
        ====
        # Holm Copper goes on drilling Linn Bank

        September 9, 2024 - Holm Copper Corp. (TSXV: HLM) reports new drill results from hole LN-24-05 at Linn Bank.

        Hole LN-24-05 returned 11.5 m at 0.72% Cu from 88.0 m. Hole LN-24-04 returned 40.0 m at 0.58% Cu from 120.0 m,
        as reported on May 6, 2024.

    Help:
    Say when the results were first reported, or which of them are new.
    """
    by_hole: dict[tuple[str, str], list[Again]] = defaultdict(list)
    for again in told_again(family):
        by_hole[again.here.told.release.doc, bare(again.here.seen.hole)].append(again)
    for release in family.releases:
        counts: dict[str, int] = defaultdict(int)
        for record in release.of("drill_intercept"):
            if record.get("drilling.from") and not record.about.get("restated"):
                counts[bare(record.about.get("hole", ""))] += 1
        for saying in release.said("new"):
            repeated = by_hole.get((release.doc, bare(saying.about)), [])
            old = [again for again in repeated if again.same_length and not again.changed()]
            before = old[0].there.told if old else None
            if before and before.release.day != release.day and len(old) >= counts[bare(saying.about)]:
                text = f"the results of {saying.about} are called new here; {when(before.release)} has them already"
                places = [saying.source, row(before, next(iter(old[0].there.seen.grades.values())))]
                yield remark(grade_for(before.release, release, "note"), text, places)
