"""One amount for two periods."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from orebook.checks.digits import significant
from orebook.checks.keys import made_of, period, subject
from orebook.checks.places import sentence_at, source
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import figure
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.ground.source import Source
from orebook.reading.language.dates import When, dates
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_LEAST = 3
_RELATIVE = Pattern(
    r"\b(?:same|comparative|comparable|corresponding|previous|prior|preceding|last|earlier)\s(?:\w+\s)?(?:quarter|period|year)"
    r"|\b(?:first|second|third|fourth) quarter\b(?! (?:of )?\d{4})",
    re.IGNORECASE,
)
_TABLES = ("finance.", "milling.", "sales.")
_POINTS = ("finance.cash", "finance.debt", "finance.shares", "finance.working_capital", "finance.carrying_amount")


@rule("F602", on="facts", basis="one amount belongs to one period", catalogue="FN1107")
def one_amount_two_periods(reading: Reading) -> Iterator[Remark]:
    """One amount of one measure is given for two periods.

    What it does:
    Looks for sentences that give the same amount of the same measure, to three digits or more, for two periods of equal
    length. Rows of tables may repeat an amount by chance; sentences that explain a result do not.

    Why it matters:
    One of the two names the wrong quarter or year, and with it the wrong cause.

    Flagged:

        Alder Copper reports second quarter results

        Negative revenue revaluations of $11.3 million were recorded in the June 2018 quarter.

        Falling zinc prices led to the $11.3 million negative revenue revaluation in the June 2017 quarter.

    Fine:

        Alder Copper reports second quarter results

        Negative revenue revaluations of $11.3 million were recorded in the June 2018 quarter.

        Falling zinc prices led to the $11.3 million negative revenue revaluation in the June 2018 quarter.

    Help:
    Check which period the sentence explains.
    """
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in (one for one in reading.facts if one.measure.startswith(_TABLES) and one.measure not in _POINTS):
        told = isinstance(fact.figure, Figure) and fact.about.get("place") != "table" and not fact.about.get("bound")
        if told and significant(fact.number) >= _LEAST:
            key = (fact.measure, f"{abs(fact.number.value)}", fact.figure.unit, fact.figure.sign)
            groups[(*key, made_of(fact), subject(fact))].append(fact)
    for facts in groups.values():
        for one, other in combinations(facts[:12], 2):
            if _two_periods(one, other) and all(_one_period_near(reading, each) for each in (one, other)):
                text = (
                    f"{figure(one.number)} stands for {one.about['period']} here and for {other.about['period']} there:"
                    " one amount, two periods"
                )
                yield remark("error", text, _with_periods(reading, (other, one)))
                break


def _two_periods(one: Fact, other: Fact) -> bool:
    here, there = period(one), period(other)
    if here is None or there is None or here.overlaps(there):
        return False
    return abs(here.days - there.days) <= 3 and 27 < here.days < 400 and _context(one) == _context(other)


def _context(fact: Fact) -> str:
    return fact.about.get("context", "") or "announced"


def _one_period_near(reading: Reading, fact: Fact) -> bool:
    """Whether the sentence of a fact names one period at most, so that the figure can be of no other."""
    block, start, end = sentence_at(reading, fact.source)
    if block is None:
        return False
    words = block.plain[start:end]
    return len({when.period for when in _named(words)}) + bool(_RELATIVE.search(words)) <= 1


def _named(words: str) -> list[When]:
    return [when for when in dates(words) if when.kind == "period"]


def _with_periods(reading: Reading, facts: Iterable[Fact]) -> Iterator[Fact | Source]:
    """The facts, each with the words beside it that name its period."""
    for fact in facts:
        yield fact
        block, start, end = sentence_at(reading, fact.source)
        if block is not None:
            for when in _named(block.plain[start:end])[:1]:
                yield source(reading, block, start + when.start, start + when.end)
