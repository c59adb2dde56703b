"""Demand that follows from use and number."""

from collections.abc import Iterator
from dataclasses import dataclass

from orebook.checks.digits import Digits, fits, nearest
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, fact, figure, listed
from orebook.disciplines.assaying.oxides import element_of, oxide_factor, to_element, to_oxide
from orebook.disciplines.economics.plan import demand as demand_of
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.ground.source import Source
from orebook.ground.units import unit
from orebook.reading.reading import Reading

_NEAR = 1500
_MOST = 200
_MASS = (("mass", 1),)


@rule("F504", on="facts", basis="arithmetic")
def demand_mismatch(reading: Reading) -> Iterator[Remark]:
    """A demand is not the use in each thing times the number of things, in the analyte that it names.

    What it does:
    Multiplies the use in each thing by the number of things and compares with the demand that follows in the text.
    Where one names an element and the other its oxide, converts; if the figures fit only without conversion, one
    label is another's.

    Why it matters:
    An oxide weighs up to twice its element: a wrong label moves a market by as much.

    Flagged:

        Lanthe Rare Metals on the niobium market

        Makers of light trucks could use up to 0.25 kg of niobium per vehicle. With 8 to 12 million vehicles built by
        2031, a demand of 2,000 to 3,000 tonnes of Nb2O5 would follow.

    Fine:

        Lanthe Rare Metals on the niobium market

        Makers of light trucks could use up to 0.25 kg of niobium per vehicle. With 8 to 12 million vehicles built by
        2031, a demand of 2,000 to 3,000 tonnes of niobium would follow.

    Help:
    Keep the label of the figure that was measured, and convert the product if the other is wanted.
    """
    uses = [one for one in reading.facts if one.measure == "market.use_per_unit" and isinstance(one.figure, Figure)]
    counts = [one for one in reading.facts if one.measure == "market.units" and isinstance(one.figure, Figure)]
    demands = [one for one in reading.facts if one.measure == "market.demand" and isinstance(one.figure, Figure)]
    pairs = [(said, _before(said, uses), _before(said, _of_bound(counts, said))) for said in demands[:_MOST]]
    noticed = [
        found
        for said, use, count in pairs
        if use is not None and count is not None and (found := _Product(use, count, said).compared())
    ]
    seen: set[Source] = set()
    for found in noticed:
        together = [other for other in noticed if other.use == found.use]
        if found.use.source not in seen:
            seen.add(found.use.source)
            yield _remark(together)


def _of_bound(facts: list[Fact], said: Fact) -> list[Fact]:
    """The low ends for a low end, the high ends for a high end."""
    return [one for one in facts if one.about.get("bound") == said.about.get("bound")]


def _before(said: Fact, facts: list[Fact]) -> Fact | None:
    """The nearest of some facts that stands a few sentences before another."""
    near = [one for one in facts if 0 <= said.source.start - one.source.end < _NEAR]
    return max(near, key=lambda one: one.source.start, default=None)


@dataclass(frozen=True, slots=True)
class _Product:
    """Use, number and demand."""

    use: Fact
    count: Fact
    said: Fact

    def made(self, read: Digits) -> Range:
        """Use times number, in tonnes of what the use names."""
        mass = Figure(self.use.number.value, self.use.number.unit.partition("/")[0])
        count = read(Figure(self.count.number.value, self.count.number.unit))
        ends = count.to(count.unit.split(" ")[-1])
        return demand_of(read(mass), Range(ends.low, ends.high))

    def labelled(self, read: Digits) -> Range:
        """The product in tonnes of what the demand names."""
        used, named = self.use.about.get("analyte", ""), self.said.about.get("analyte", "")
        if element_of(named) and element_of(named) == used:
            return to_oxide(self.made(read), Range.exact(oxide_factor(named)))
        if element_of(used) and element_of(used) == named:
            return to_element(self.made(read), Range.exact(oxide_factor(used)))
        return self.made(read)

    def compared(self) -> "_Noticed | None":
        """What there is to say, if the demand does not follow."""
        said = Figure(self.said.number.value, self.said.number.unit)
        mass = self.use.number.unit.partition("/")[0]
        if unit(mass or "1").dimension != _MASS or unit(said.unit or "1").dimension != _MASS:
            return None
        if fits(self.labelled, said):
            return None
        used, named = self.use.about.get("analyte", ""), self.said.about.get("analyte", "")
        implied = self.labelled(nearest).to(said.unit)
        needs = f"{figure(self.count.number)} need {between(implied)} {named}".rstrip()
        other = used if used != named and fits(self.made, said) else ""
        return _Noticed(self.use, self.said, self.count, implied, f"{needs}, not {fact(self.said)}", other)


@dataclass(frozen=True, slots=True)
class _Noticed:
    """A product that does not follow; ``fits_as`` is the analyte as which it would."""

    use: Fact
    said: Fact
    count: Fact
    implied: Range
    text: str
    fits_as: str


def _remark(noticed: list[_Noticed]) -> Remark:
    """One remark for all products of one use."""
    words = f"at {fact(noticed[0].use)}, {listed(one.text for one in noticed)}"
    if noticed[0].fits_as:
        words = f"{words}: the figures fit as {noticed[0].fits_as} only"
    places = [*(one.said for one in noticed), noticed[0].use, *(one.count for one in noticed)]
    return remark("error", words, places, noticed[0].implied)
