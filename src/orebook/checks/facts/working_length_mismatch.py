"""Lengths of workings before and after they are extended."""

from collections.abc import Iterator

from orebook.checks.digits import MEASURED, alike, fits, in_unit
from orebook.checks.intercepts import plain
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.same import agree
from orebook.checks.saying import added, between, figure
from orebook.disciplines.finance.amounts import sum_of_parts
from orebook.ground.fact import Fact
from orebook.reading.reading import Reading

_MOST = 400


@rule("F501", on="facts", basis="arithmetic")
def working_length_mismatch(reading: Reading) -> Iterator[Remark]:
    """The length of a working before and its extension do not make its total length.

    What it does:
    For each decline, drift or ramp whose length before, extension and total length the document gives, adds the first
    two and compares with the third.

    Why it matters:
    Metres of development are paid for and planned with; three figures of one working must agree.

    Flagged:

        Sedge Zinc reopens the Coble Hill mine

        This summer the Corrie decline was extended by 210 metres to a total length of 1,045 metres.

        Earlier owners had left the 815 metre Corrie decline under water.

    Fine:

        Sedge Zinc reopens the Coble Hill mine

        This summer the Corrie decline was extended by 210 metres to a total length of 1,025 metres.

        Earlier owners had left the 815 metre Corrie decline under water.

    Help:
    Take all three from the survey; say if a part was measured from another point.
    """
    facts = [one for one in reading.facts if one.about.get("working") and plain(one)]
    for extension in (one for one in facts[:_MOST] if one.measure == "plan.extension"):
        name = extension.about["working"].lower()
        named = [one for one in facts if one.about["working"].lower() == name]
        lengths = [one for one in named if one.measure == "plan.working_length"]
        after = [one for one in lengths if one.about.get("state") == "total"]
        before = [one for one in lengths if one.about.get("state", "before") == "before" and one not in after]
        before = [one for one in before if not any(agree(one.number, other.number) for other in after)]
        if len(before) == 1 and len(after) == 1:
            yield from _compared(after[0], before[0], extension)


def _compared(total: Fact, before: Fact, extension: Fact) -> Iterator[Remark]:
    said, parts = total.number, [before, extension]
    figures = [in_unit(part.number, said.unit) for part in parts]
    if all(alike(one, said) for one in figures) and not fits(
        lambda read: sum_of_parts([read(one) for one in figures]), said, MEASURED
    ):
        implied = sum_of_parts([one.range() for one in figures]).to(said.unit or "1")
        text = (
            f"the {total.about['working']}: {added(parts)} make {between(implied, step=said.step)};"
            f" {figure(said)} stands here"
        )
        yield remark("error", text, [total, extension, before], implied)
