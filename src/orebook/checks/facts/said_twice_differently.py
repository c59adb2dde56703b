"""One measure of one thing in several places."""

from collections import defaultdict
from collections.abc import Iterator

from orebook.checks.digits import alike, in_unit
from orebook.checks.intercepts import plain
from orebook.checks.keys import identity, made_of
from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.same import agree
from orebook.checks.saying import fact
from orebook.ground.fact import Fact
from orebook.ground.range import Range
from orebook.ground.units import ONE, unit
from orebook.reading.reading import Reading

_TABLES = ("milling.", "finance.", "resources.", "economics.", "tenure.area", "tenure.claims")
_NOT = ("finance.line", "finance.change", "finance.proceeds", "economics.price", "resources.change")
_SCOPED = ("finance.depreciation", "finance.royalties", "finance.freight", "finance.interest_expense", "tenure.area")
_CURRENT = ("announced", "")
_MOST = 12
_ROWS = 400
_FAR = 2
"""Figures that differ by more than this factor are of two things, whatever their keys say."""


@rule("F601", on="facts", basis="one thing has one value", catalogue="EX226")
def said_twice_differently(reading: Reading) -> Iterator[Remark]:
    """One measure of one thing, period and basis has two values.

    What it does:
    Compares figures of the same measure that are about the same things: mine or company, analyte, period, category,
    basis. Figures agree when the finer rounds to the coarser. Text against table with every key said is a
    disagreement; two sentences, or two tables, may speak of two things, so there it is a warning, and estimates, areas
    and costs that differ by scope are left alone.

    Why it matters:
    The reader takes whichever he meets first.

    Flagged:

        Alder Copper reports third quarter production

        Stang Mine

        | Production | Three Months Ended September 30, 2019 |
        |---|---|
        | Ore milled (tonnes) | 1,840,000 |
        | Copper (lbs) | 13,970,000 |

        Copper production at the Stang mine was 13.1 million pounds in the 2019 third quarter.

    Fine:

        Alder Copper reports third quarter production

        Stang Mine

        | Production | Three Months Ended September 30, 2019 |
        |---|---|
        | Ore milled (tonnes) | 1,840,000 |
        | Copper (lbs) | 13,970,000 |

        Copper production at the Stang mine was 14.0 million pounds in the 2019 third quarter.

    Help:
    Take text and table from one source, and round once.
    """
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for one in (one for one in reading.facts if one.measure.startswith(_TABLES) and one.measure not in _NOT):
        current = one.about.get("context", "") in _CURRENT and not one.about.get("bound")
        if current and plain(one) and one.figure.unit:
            groups[identity(one)].append(one)
    elsewhere: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for one in (one for facts in groups.values() for one in facts if _in_table(one)):
        elsewhere[one.measure, made_of(one)].append(one)
    for facts in groups.values():
        if len(facts) > 1:
            others = elsewhere[facts[0].measure, made_of(facts[0])][:_ROWS]
            sure = [one for one in _different(facts) if _in_table(one) or not _of_another(one, others)]
            yield from _compared(reading, sure)


def _in_table(fact: Fact) -> bool:
    return fact.about.get("place") == "table"


def _of_another(said: Fact, others: list[Fact]) -> bool:
    """Whether a table has the figure of a sentence for another period or part: the sentence may mean that one."""
    keys = ("period", "subject", "segment", "mine")
    about = [said.about.get(key, "") for key in keys]
    return any([one.about.get(key, "") for key in keys] != about and agree(said.number, one.number) for one in others)


def _different(facts: list[Fact]) -> list[Fact]:
    """Facts with other digits or units, each once, the first twelve."""
    seen: dict[tuple[str, str, str], Fact] = {}
    for one in facts:
        seen.setdefault((one.figure.digits, one.figure.unit, one.about.get("place", "")), one)
    return list(seen.values())[:_MOST]


def _compared(reading: Reading, facts: list[Fact]) -> Iterator[Remark]:
    tables = [one for one in facts if one.about.get("place") == "table"]
    texts = [one for one in facts if one.about.get("place") != "table"]
    known: set[frozenset[str]] = set()
    for said in texts:
        for other in tables:
            if _told(said) and _differ(said, other):
                known.add(_pair(said, other))
                yield remark("error", _text(said, other), [said, other], other.number.range())
    for group in (texts, tables):
        for place, said in enumerate(group):
            for other in group[:place]:
                apart = block_at(reading, said.source) != block_at(reading, other.source)
                if not apart or not _told(said) or _known_by_scope(said) or _pair(said, other) in known:
                    continue
                if _same_label(said, other) and _differ(said, other):
                    yield remark("warning", _text(said, other), [said, other])


def _pair(one: Fact, other: Fact) -> frozenset[str]:
    return frozenset(each.figure.digits.lstrip("-") for each in (one, other))


def _known_by_scope(said: Fact) -> bool:
    """Whether two tables, or two sentences, may have two values for one name.

    Costs differ by what they cover, and estimates by cut-off and by part of the deposit.
    """
    return said.measure.startswith("resources.") or said.measure in _SCOPED


def _same_label(one: Fact, other: Fact) -> bool:
    """Whether rows of two tables have the same words; sentences need not."""
    words = [" ".join(each.about.get("label", "").lower().split()) for each in (one, other)]
    return one.about.get("place") != "table" or words[0] == words[1]


def _differ(one: Fact, other: Fact) -> bool:
    """Whether two figures differ, and not by so much that they must be of two things."""
    there = in_unit(other.number, one.number.unit)
    if not alike(one.number, there) or unit(one.number.unit) is ONE or agree(one.number, other.number):
        return False
    sizes = sorted((abs(one.number.value), abs(Range.exact(there.value, there.unit).to(one.number.unit).middle)))
    return sizes[1] <= _FAR * sizes[0]


def _told(said: Fact) -> bool:
    """Whether a fact names enough to be the same as another: its subject and its period or category."""
    named = any(said.about.get(key) for key in ("mine", "company", "deposit", "property", "subject"))
    timeless = said.measure.startswith("tenure.")
    return named and (timeless or any(said.about.get(key) for key in ("period", "category")))


def _text(said: Fact, other: Fact) -> str:
    keys = ("mine", "company", "subject", "deposit", "property", "category", "period")
    about = ", ".join(said.about[key] for key in keys if said.about.get(key))
    name = said.measure.partition(".")[2].replace("_", " ")
    return f"{name}{f' ({about})' if about else ''}: {fact(said)} here, {fact(other)} elsewhere"
