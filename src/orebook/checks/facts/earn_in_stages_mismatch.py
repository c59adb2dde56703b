"""Stages of an earn-in against the whole interest."""

from collections.abc import Iterator

from orebook.checks.digits import MEASURED, fits
from orebook.checks.keys import by
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import added, figure
from orebook.disciplines.tenure.interests import earned_interest
from orebook.ground.fact import Fact
from orebook.reading.reading import Reading


@rule("F502", on="facts", basis="arithmetic", catalogue="FN1111")
def earn_in_stages_mismatch(reading: Reading) -> Iterator[Remark]:
    """The stages of an earn-in do not add up to the interest that may be earned.

    What it does:
    Adds the interest of each stage and compares with the whole interest under option. Stages that are given as what
    is held after them are fine when the last of them is the whole.

    Why it matters:
    What an owner keeps follows from it.

    Flagged:

        Tor Metals options the Glen property

        Tor Metals has an option to earn a 60% interest in the Glen property. It may spend $5 million by June 30, 2021
        to earn a 30% interest, and a further $4 million by June 30, 2023 to earn an additional 20% interest.

    Fine:

        Tor Metals options the Glen property

        Tor Metals has an option to earn a 50% interest in the Glen property. It may spend $5 million by June 30, 2021
        to earn a 30% interest, and a further $4 million by June 30, 2023 to earn an additional 20% interest.

    Help:
    Give each stage what it adds and what is held after it.
    """
    interests = [fact for fact in reading.facts if fact.measure == "tenure.option_interest"]
    for facts in by(interests, "property", "holder").values():
        percent = [fact for fact in facts if fact.number.unit == "%"]
        whole = [fact for fact in percent if fact.about.get("stage") == "total"]
        stages = [fact for fact in percent if fact.about.get("stage", "").isdigit()]
        if len(whole) == 1 and len(stages) > 1:
            yield from _compared(whole[0], stages)


def _compared(whole: Fact, stages: list[Fact]) -> Iterator[Remark]:
    said = whole.number
    if stages[-1].number.value == said.value:
        return
    if not fits(lambda read: earned_interest([read(stage.number) for stage in stages]), said, MEASURED):
        implied = earned_interest([stage.number.range() for stage in stages])
        text = f"the stages, {added(stages)}, do not make {figure(said)}"
        yield remark("warning", text, [whole, *stages], implied)
