"""True widths of a zone against the core that was cut in it."""

from collections import defaultdict
from collections.abc import Iterator

from orebook.checks.digits import in_unit
from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import added, figure
from orebook.disciplines.drilling.programme import metres_drilled
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.reading.reading import Reading

_CORE = ("geometry.core_length", "drilling.visual")


@rule("F121", on="records", basis="geometry", catalogue="EX224")
def thickness_exceeds_core(reading: Reading) -> Iterator[Remark]:
    """The true width of a zone is more than all the core that is said to be cut in it.

    What it does:
    Adds the lengths of core that the text gives for one hole and compares the sum with the true width that it gives
    for the same hole. The zone may include core between the sections, so this is a warning.

    Why it matters:
    Square to a zone is the shortest way through it: less core than width means that something else is included.

    Flagged:

        Lanthe Rare Metals drills Bracken Lake

        Hole BL-11: the drill cut dykes of 30 m and 20 m in core length. A true width of 60 m is estimated for the
        swarm.

    Fine:

        Lanthe Rare Metals drills Bracken Lake

        Hole BL-11: the drill cut dykes of 30 m and 20 m in core length. A true width of 40 m is estimated for the
        swarm.

    Help:
    Say what the width includes, and the angle between core and zone.
    """
    cores: dict[int, list[Fact]] = defaultdict(list)
    widths: dict[int, list[Fact]] = defaultdict(list)
    for fact in (one for one in reading.facts if one.measure in (*_CORE, "geometry.true_thickness")):
        if not isinstance(fact.figure, Figure) or fact.figure.sign not in ("", "~"):
            continue
        if fact.measure in _CORE:
            cores[block_at(reading, fact.source)].append(fact)
        elif fact.measure == "geometry.true_thickness":
            widths[block_at(reading, fact.source)].append(fact)
    for block, cut in cores.items():
        for width in widths.get(block, []):
            yield from _compared(width, cut)


def _compared(width: Fact, cores: list[Fact]) -> Iterator[Remark]:
    said = in_unit(width.number, "m")
    printed = [in_unit(core.number, "m") for core in cores]
    whole = metres_drilled([Range.exact(core.value, core.unit) for core in printed]).to(said.unit)
    if said.value > whole.high:
        most = metres_drilled([core.range() for core in printed]).to(said.unit)
        reach = "; with all rounding they just meet" if most.meets(said.range()) else ""
        text = f"a true width of {figure(said)} is more than the core cut, {added(cores)} {said.unit}{reach}"
        yield remark("warning", text, [width, *cores], Range(0, most.high, said.unit))
