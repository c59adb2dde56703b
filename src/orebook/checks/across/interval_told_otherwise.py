"""One interval of a hole in two releases."""

from collections import defaultdict
from collections.abc import Iterator

from orebook.checks.across_intervals import Again, told_again
from orebook.checks.across_rule import Family, across_rule, grade_for, row, when
from orebook.checks.intercepts import mouthful
from orebook.checks.remembered import Remembered
from orebook.checks.rule import Remark, remark
from orebook.checks.saying import fact, figure
from orebook.ground.fact import Fact

_SURE = 3
"""So many intervals of two releases agree before one that does not is impossible rather than ambiguous."""
_MANY = 3
"""So many that differ, and a third of all, have been worked out anew: that is said once."""
_SHOWN = 6


@across_rule("A101", basis="one interval has one value", catalogue="EX226")
def interval_told_otherwise(family: Family) -> Iterator[Remark]:
    """An interval has another grade or length than in an earlier release of the company.

    What it does:
    Puts each interval beside the same one in the last release that tells of it: the same hole and beginning, and the
    same end or grades; without a beginning, the only one of its length of which a grade is the same, or nearly. Where
    two tables agree in three intervals or more, one that differs cannot be; elsewhere it is a warning. A restatement
    that is called one is a note; so are, once for all, many intervals that were worked out anew, and many equivalents,
    which depend on prices.

    Why it matters:
    The hole was drilled once. An analyst who keeps a table of all releases finds two values for one interval, and
    cannot know which to use.

    Flagged:

        May 6, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank.

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LN-24-01 | 12.0 | 30.0 | 18.0 | 0.41 |
        | LN-24-02 | 44.0 | 61.5 | 17.5 | 0.77 |
        | LN-24-03 | 20.0 | 29.0 | 9.0 | 1.13 |
        | LN-24-04 | 120.0 | 160.0 | 40.0 | 0.58 |
        ====
        September 9, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank.

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LN-24-01 | 12.0 | 30.0 | 18.0 | 0.41 |
        | LN-24-02 | 44.0 | 61.5 | 17.5 | 0.77 |
        | LN-24-03 | 20.0 | 29.0 | 9.0 | 1.13 |
        | LN-24-04 | 120.0 | 160.0 | 40.0 | 0.85 |
        ----
        May 6, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank. Hole LN-24-04 returned 40.0 m at 0.58% Cu
        and 1.20 g/t Au from 120.0 m.
        ====
        September 9, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank. Hole LN-24-04 returned 44.0 m at
        0.58% Cu and 1.20 g/t Au from 120.0 m.

    Fine:

        May 6, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank. Hole LN-24-04 returned 40.0 m at 0.58% Cu
        from 120.0 m, including 8.0 m at 1.75% Cu from 120.0 m.
        ====
        September 9, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank. Hole LN-24-04 returned 40 m at 0.6% Cu
        from 120 m.
        ----
        May 6, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank. Hole LN-24-04 returned 40.0 m at 0.58% Cu
        from 120.0 m.
        ====
        September 9, 2024 - Holm Silver Mines Ltd. (CSE: HSM) has drilled Linn Bank. Hole LN-24-04 returned 40.0 m at
        0.85% Cu from 120.0 m.

    Help:
    Take both releases from one list of composites. Where the value was mended, say in the later release what it was and
    why it changed.
    """
    for group in _pairs(family):
        yield from (*_grades(group), *_equivalents(group), *_lengths(group))


def _pairs(family: Family) -> list[list[Again]]:
    """Intervals that were told before, by the two releases that tell of them."""
    pairs: dict[tuple[str, str], list[Again]] = defaultdict(list)
    for again in told_again(family):
        pairs[again.here.told.release.doc, again.there.told.release.doc].append(again)
    return list(pairs.values())


def _grades(group: list[Again]) -> Iterator[Remark]:
    """Measured grades of intervals that end in the same place."""
    same = [again for again in group if again.same_length]
    changed = [again for again in same if again.changed()]
    if _anew(len(changed), len(same)):
        yield _many(changed, "grades", len(same))
        return
    for again in changed:
        for here, there in again.changed():
            yield _one(again, here, there, _graded(again, group, len(same) - len(changed)))


def _equivalents(group: list[Again]) -> Iterator[Remark]:
    """Equivalents of intervals whose measured grades are the same."""
    same = [again for again in group if again.same_length and again.here.equivalents and not again.changed()]
    changed = [again for again in same if again.changed_equivalents()]
    if len(changed) > 1:
        yield _many(changed, "equivalents", len(same))
        return
    for again in changed:
        for here, there in again.changed_equivalents():
            grade = "note" if _restated(again.here.told.release, again) else "warning"
            yield _one(again, here, there, grade)


def _lengths(group: list[Again]) -> Iterator[Remark]:
    """Intervals with the same grades that end elsewhere."""
    changed = [again for again in group if not again.same_length]
    if _anew(len(changed), len(group)):
        yield _many(changed, "lengths", len(group))
        return
    for again in changed:
        here, there = (one.seen.end or one.seen.length for one in (again.here, again.there))
        lengths = again.here.seen.length, again.there.seen.length
        if lengths[0] is not None and lengths[1] is not None:
            here, there = lengths
        if here is not None and there is not None and here.measure == there.measure:
            yield _one(again, here, there, _graded(again, group, len(group) - len(changed)))


def _anew(changed: int, of: int) -> bool:
    return changed >= _MANY and 3 * changed > of


def _graded(again: Again, group: list[Again], agreeing: int) -> str:
    """How grave it is that one interval differs where so many others agree."""
    if _restated(again.here.told.release, again):
        return "note"
    tables = again.here.in_table and again.there.in_table
    return "error" if tables and agreeing >= _SURE and agreeing > len(group) // 2 else "warning"


def _restated(release: Remembered, again: Again) -> bool:
    """Whether the later release speaks of corrections or new assays: of this hole, or of none in particular."""
    hole = again.here.seen.hole
    return any(not saying.about or hole in saying.about.split() for saying in release.said("restated"))


def _one(again: Again, here: Fact, there: Fact, grade: str) -> Remark:
    now, before = again.here.told, again.there.told
    said = (
        (fact(here), fact(there)) if here.measure == "drilling.grade" else (figure(here.number), figure(there.number))
    )
    why = "; the release speaks of corrections or of new assays: restated" if _restated(now.release, again) else ""
    begin = f"{again.here.seen.hole}, from {figure(again.here.seen.depth(again.here.seen.start))}" if (
        again.here.seen.start is not None and here.measure != "drilling.grade"
    ) else mouthful(again.here.seen)  # fmt: skip
    text = f"{begin}: {said[0]} here, {said[1]} in {when(before.release)}{why}"
    expected = there.number.range() if grade == "error" else None
    return remark(grade_for(before.release, now.release, grade), text, [here, row(before, there)], expected)


def _many(changed: list[Again], what: str, of: int) -> Remark:
    """One note on many intervals that were worked out anew."""
    first = changed[0]
    names = ", ".join(dict.fromkeys(again.here.seen.hole for again in changed[:_SHOWN]))
    text = (
        f"{len(changed)} of the {of} intervals that {when(first.there.told.release)} tells of have other {what} here"
        f" ({names}{' and others' if len(changed) > _SHOWN else ''})"
    )
    places = [place for again in changed[:_SHOWN] for place in _both(again, what)]
    return remark("note", text, places)


def _both(again: Again, what: str) -> list[Fact]:
    if what == "lengths":
        found = [one.seen.length or one.seen.end for one in (again.here, again.there)]
        return [each for each in found if each is not None]
    pairs = again.changed() if what == "grades" else again.changed_equivalents()
    return list(pairs[0])
