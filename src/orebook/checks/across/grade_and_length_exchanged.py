"""Grade and length of an interval exchanged."""

from collections import defaultdict
from collections.abc import Iterator

from orebook.checks.across_rule import Family, Told, across_rule, row, when
from orebook.checks.digits import significant
from orebook.checks.intercepts import plain
from orebook.checks.rule import Remark, remark
from orebook.checks.saying import fact, figure
from orebook.ground.fact import Fact

_TELLING = 5
"""So many digits of both numbers together are no coincidence."""


@across_rule("A106", basis="one interval has one value", catalogue="EX226")
def grade_and_length_exchanged(family: Family) -> Iterator[Remark]:
    """The length of an interval is the grade of one in an earlier release, and the other way round.

    What it does:
    Looks for an interval whose two numbers stand in an earlier release in the other order. Numbers with few digits are
    left alone.

    Why it matters:
    Seven metres of 25 grams are a discovery, 25 metres of seven grams are another. Highlights are copied by hand.

    Flagged:

        # Holm Gold drills Linn Bank

        May 6, 2024 - Holm Gold Corp. (TSXV: HLM) has drilled Linn Bank. Hole LN-24-04 returned 8.5 m at 23.61 g/t Au
        from 120.0 m.
        ====
        # Holm Gold goes on drilling Linn Bank

        September 9, 2024 - Holm Gold Corp. (TSXV: HLM) has drilled Linn Bank. Earlier drilling returned 23.61 m at
        8.5 g/t Au.

    Fine:

        # Holm Gold drills Linn Bank

        May 6, 2024 - Holm Gold Corp. (TSXV: HLM) has drilled Linn Bank. Hole LN-24-04 returned 8.5 m at 23.61 g/t Au
        from 120.0 m.
        ====
        # Holm Gold goes on drilling Linn Bank

        September 9, 2024 - Holm Gold Corp. (TSXV: HLM) has drilled Linn Bank. Earlier drilling returned 8.5 m at
        23.61 g/t Au.

    Help:
    Copy the interval from its table.
    """
    told: dict[tuple[str, str], list[tuple[Told, Fact, Fact]]] = defaultdict(list)
    said: set[tuple[str, str]] = set()
    for release in family.releases:
        own = [one for record in release.of("drill_intercept") for one in _pairs(Told(release, record))]
        there = {_key(size, grade) for _, size, grade in own}
        for _, size, grade in own:
            for before, length, value in told.get(_key(grade, size), ())[:1]:
                if _key(grade, size) not in there and _key(grade, size) not in said:
                    said |= {_key(grade, size), _key(size, grade)}
                    text = (
                        f"{fact(grade)} over {figure(size.number)} here; {fact(value)} over {figure(length.number)}"
                        f" in {when(before.release)}"
                    )
                    dated = bool(before.release.day and release.day)
                    yield remark("warning" if dated else "note", text, [grade, size, row(before, value)])
        for one in own:
            told[_key(one[1], one[2])].append(one)


def _key(first: Fact, second: Fact) -> tuple[str, str]:
    return first.number.digits, second.number.digits


def _pairs(told: Told) -> Iterator[tuple[Told, Fact, Fact]]:
    """Length and grades of an interval, where their digits are enough to be told apart."""
    size = told.record.get("drilling.length")
    for grade in told.record.all("drilling.grade") if size is not None and plain(size) else ():
        if size is None or not plain(grade) or size.number.value == grade.number.value:
            continue
        if significant(size.number) + significant(grade.number) >= _TELLING:
            yield told, size, grade
