"""Interests of all holders of one thing."""

from collections.abc import Iterator

from orebook.checks.intercepts import plain
from orebook.checks.keys import by
from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import added, between
from orebook.disciplines.tenure.interests import whole_interest
from orebook.ground.fact import Fact
from orebook.ground.range import Range
from orebook.reading.reading import Reading

_NEAR = 160


@rule("F503", on="facts", basis="arithmetic", catalogue="FN1111")
def interests_exceed_whole(reading: Reading) -> Iterator[Remark]:
    """The holders of one thing together hold more than the whole of it.

    What it does:
    Adds the interests of different holders that one sentence gives for one property, mine or company.

    Why it matters:
    Attributable figures are computed with these shares.

    Flagged:

        Tor Metals reports on the Glen property

        The Glen property is held 50% by Tor Metals, 40% by Ness Mining and 20% by Lorn Holdings.

    Fine:

        Tor Metals reports on the Glen property

        The Glen property is held 50% by Tor Metals, 30% by Ness Mining and 20% by Lorn Holdings.

    Help:
    Check who holds what after the last transaction.
    """
    blocks: dict[int, list[Fact]] = {}
    for fact in (one for one in reading.facts if one.measure == "tenure.interest" and plain(one)):
        if fact.number.unit == "%":
            blocks.setdefault(block_at(reading, fact.source), []).append(fact)
    for facts in blocks.values():
        for group in by(facts, "property", "mine", "deposit", "target", "context", "after").values():
            yield from _compared(_one_sentence(group))


def _one_sentence(facts: list[Fact]) -> list[Fact]:
    """The first run of facts that follow one another closely, each of another holder."""
    run: list[Fact] = []
    for fact in facts:
        if run and fact.source.start - run[-1].source.end > _NEAR:
            break
        if (holder := fact.about.get("holder", "")) and holder not in {one.about["holder"] for one in run}:
            run.append(fact)
    return run


def _compared(facts: list[Fact]) -> Iterator[Remark]:
    if len(facts) < 2:
        return
    together = whole_interest([fact.number.range() for fact in facts])
    if together.low > Range.exact(100, "%").high:
        text = f"the interests of {len(facts)} holders, {added(facts)}, make {between(together)}"
        yield remark("error", text, facts, Range.exact(100, "%"))
