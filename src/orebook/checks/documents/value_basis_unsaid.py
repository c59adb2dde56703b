"""Net present values without currency, tax or share."""

import re
from collections.abc import Iterator

from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import figure, listed
from orebook.ground.figure import Figure
from orebook.ground.units import unit
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_TAX = Pattern(r"\b(?:pre|after|post|before)[- ]tax|\b(?:before|after) (?:income )?tax", re.IGNORECASE)
_SHARE = Pattern(r"\b100\s?%\s?(?:project )?basis|\battributable\b|\b100\s?%-?owned|\(100\s?%", re.IGNORECASE)


@rule("D107", on="document", basis="practice of valuation", catalogue="PE605 PE606 MR318")
def value_basis_unsaid(reading: Reading) -> Iterator[Remark]:
    """A net present value stands without its currency, or without a word on tax.

    What it does:
    Looks at the first net present value of a document: whether its dollars are named, whether the document says
    before or after tax, and whether it says 100 % or attributable where the issuer holds a part.

    Why it matters:
    The same project has very different values on these bases.

    Flagged:

        Alder Copper files the study of the Stang plan

        The study gives the project a net present value of $180.0 million at a discount rate of 8%.

    Fine:

        Alder Copper files the study of the Stang plan

        The study gives the project an after-tax net present value of US$180.0 million at a discount rate of 8%.

    Help:
    Write currency, tax and basis into the sentence that gives the value.
    """
    values = [fact for fact in reading.facts if fact.measure == "economics.npv" and isinstance(fact.figure, Figure)]
    if not values:
        return
    first = values[0]
    words = [block.plain for block in reading.layout.blocks]
    unsaid = ["currency"] if unit(first.number.unit or "1").money in ("$", "") else []
    if not any(_TAX.search(plain) for plain in words):
        unsaid.append("before or after tax")
    partly = any(fact.measure == "tenure.interest" and fact.figure.digits != "100" for fact in reading.facts)
    here = reading.layout.blocks[block_at(reading, first.source)].plain if reading.layout.blocks else ""
    if partly and not _SHARE.search(here):
        unsaid.append("100 % or attributable")
    if unsaid:
        text = f"a net present value of {figure(first.number)}; not found with it: {listed(unsaid)}"
        yield remark("note", text, [first])
