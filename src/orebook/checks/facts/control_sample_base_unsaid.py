"""Control samples as a share of more than one possible base."""

from collections.abc import Iterator
from decimal import Decimal

from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import listed, number
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.reading.reading import Reading

_SAMPLES = ("sampling.core_samples", "sampling.samples")


@rule("F122", on="records", basis="a share has one base", catalogue="EX206")
def control_sample_base_unsaid(reading: Reading) -> Iterator[Remark]:
    """Control samples are counted among several kinds of samples, and the base of their share is open.

    What it does:
    Where one sentence counts samples of two kinds "including" control samples, gives the share of the controls for
    every base that the sentence allows.

    Why it matters:
    The share of control samples tells how closely the laboratory was watched; it should follow from the sentence.

    Flagged:

        Lanthe Rare Metals drills Bracken Lake

        A total of 400 core samples and 20 grab samples, including 21 QA-QC samples, were sent for analysis.

    Fine:

        Lanthe Rare Metals drills Bracken Lake

        A total of 400 core samples were sent for analysis.

    Help:
    Say how many controls were put among how many samples of which kind.
    """
    for record in reading.of("qaqc", "surface_sample", "sampling"):
        controls = record.get("sampling.qaqc_samples")
        kinds = [fact for fact in record.facts if fact.measure in _SAMPLES and isinstance(fact.figure, Figure)]
        if controls is not None and isinstance(controls.figure, Figure) and len(kinds) > 1:
            yield _remark(controls, kinds)


def _remark(controls: Fact, kinds: list[Fact]) -> Remark:
    count = controls.number.value
    every = sum((fact.number.value for fact in kinds), Decimal(0))
    bases = dict.fromkeys([every, max(fact.number.value for fact in kinds), every - count])
    shares = listed(f"{100 * count / base:.2f} % of {number(base)}" for base in bases if base > 0)
    text = f"{number(count)} control samples are {shares}, as the sentence may be read"
    return remark("note", text, [controls, *kinds])
