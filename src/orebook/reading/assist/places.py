"""Places: the one figure that a quote points at, in the passage that is named, as the house itself reads it.

A quote must stand letter by letter in one sentence of the passage, once. A figure counts only if all of it stands
inside the quote, as the whole sentence reads it: ``12.0 m`` cut out of ``312.0 m`` points at nothing.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import zip_longest

from orebook.ground import units
from orebook.reading.assist.passages import Passage
from orebook.reading.assist.proposed_measures import Proposable, fits
from orebook.reading.assist.report import Proposal
from orebook.reading.language.quantities import Quantity, quantities
from orebook.reading.patterns import Pattern
from orebook.reading.release import Sentence
from orebook.reading.text import inline


class RefusedError(ValueError):
    """A proposal does not count: why, in a phrase that can be counted, and what is amiss."""

    def __init__(self, why: str, what: str = "") -> None:
        super().__init__(why, what)
        self.why, self.what = why, what


@dataclass(frozen=True, slots=True)
class Spot:
    """A figure of a sentence at which a proposal points."""

    sentence: Sentence
    quantity: Quantity

    @property
    def span(self) -> tuple[int, int]:
        """Where the digits stand in the document."""
        return self.sentence.text.span(self.quantity.number_start, self.quantity.number_end)


def spot(passage: Passage, measure: Proposable, proposal: Proposal) -> Spot:
    """The figure that a proposal points at.

    Raises ``RefusedError`` where the quote does not stand there once, or holds not one whole figure that the measure
    can have and that has the digits of the proposal.
    """
    sentence, start, end = _quoted(passage, proposal.quote)
    inside = [one for one in _figures(sentence) if start <= one.start and one.end <= end and fits(measure, one.unit)]
    if not inside:
        raise RefusedError("the quote holds no whole figure in such a unit", measure.unit)
    amiss = [_amiss(proposal, one) for one in inside]
    meant = [one for one, problem in zip(inside, amiss, strict=True) if problem is None]
    if len(meant) > 1:
        raise RefusedError("the quote holds that figure more than once", proposal.value)
    if not meant:
        raise amiss[0] or RefusedError(OTHER_NUMBER, proposal.value)
    return Spot(sentence, meant[0])


_JOINT = Pattern(r"\s?(?:to|and|or|-|–|—|,)\s?")


def _figures(sentence: Sentence) -> list[Quantity]:
    """The figures of a sentence; of "30.0 to 45.0 m" both are lengths."""
    found: list[Quantity] = []
    for one, behind in zip_longest(sentence.quantities, sentence.quantities[1:]):
        if not one.unit and behind is not None and _JOINT.fullmatch(sentence.plain, one.number_end, behind.start):
            one = replace(one, figures=tuple(replace(figure, unit=behind.unit) for figure in one.figures))
        found.append(one)
    return found


def _quoted(passage: Passage, quote: str) -> tuple[Sentence, int, int]:
    """The sentence of a passage that holds a quote, and where."""
    words = inline(quote, 0, len(quote), markup=False).plain.split()
    if not words:
        raise RefusedError("the quote is empty")
    pattern = _pattern(" ".join(words))
    found = [(sentence, match) for sentence in passage.sentences for match in pattern.finditer(sentence.plain)]
    if not found:
        raise RefusedError("the quote does not stand in the passage", passage.id)
    if len(found) > 1:
        raise RefusedError("the quote stands there more than once", passage.id)
    sentence, match = found[0]
    return sentence, match.start(), match.end()


@lru_cache(maxsize=64)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, words.split())))


_NUMBER = Pattern(r"\d{1,3}(?:[,']\d{3}){1,6}(?:\.\d{1,20})?|\d{1,20}(?:\.\d{0,20})?|\.\d{1,20}")


OTHER_NUMBER, OTHER_UNIT = "the number is not the one in the quote", "the unit is not the one in the quote"


def _amiss(proposal: Proposal, quantity: Quantity) -> RefusedError | None:
    """What speaks against a figure being the proposed one: another number, or a unit of another kind.

    A unit that we cannot read is no objection; the number then has to be the printed one.
    """
    printed = [figure.value for figure in quantity.figures]
    said = [_decimal(found[0]) for found in _NUMBER.finditer(proposal.value)]
    if quantity.spelled and not said:
        said = printed  # "three" is said as "three": the quote alone holds the number
    unit = _unit(proposal.unit) if quantity.unit else ""
    if unit and units.unit(unit).dimension != _dimension(quantity.unit, unit):
        return RefusedError(OTHER_UNIT, proposal.unit)
    agrees = said == (_in(unit, printed, quantity.unit) if unit else printed)
    return None if agrees else RefusedError(OTHER_NUMBER, proposal.value)


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(digits.replace(",", "").replace("'", ""))
    except InvalidOperation:
        return Decimal("NaN")


def _unit(said: str) -> str:
    """The unit that a proposal names, by any of its written forms; nothing where it is none."""
    written = " ".join(said.split())
    name = units.spoken().get(written) or units.spoken().get(written.lower())
    if name or units.known(written):
        return name or written
    behind = f"1 {written}"
    found = quantities(behind)
    return found[0].unit if len(found) == 1 and max(found[0].end, found[0].analyte_end) == len(behind) else ""


def _dimension(read: str, said: str) -> units.Dimension:
    """The dimension of the unit that was read; money is money, in whatever currency it is said to be."""
    money, other = units.unit(read).money, units.unit(said).money
    powers = units.unit(read).dimension
    if money and other:
        return tuple(sorted((f"money:{other}" if base == f"money:{money}" else base, power) for base, power in powers))
    return powers


def _in(unit: str, printed: list[Decimal], read: str) -> list[Decimal]:
    """The printed numbers in the unit of the proposal: 17.6 million said as 17,600,000."""
    ratio = units.unit(read).factor / units.unit(unit).factor
    return [value * Decimal(ratio.numerator) / Decimal(ratio.denominator) for value in printed]
