"""Dollars of no country."""

from collections.abc import Iterator

from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import figure
from orebook.ground.figure import Figure
from orebook.ground.units import unit
from orebook.reading.reading import Reading

_MONEY = ("finance.", "economics.", "tenure.option", "plan.")


@rule("D113", on="facts", basis="money has a currency", catalogue="FN1113")
def currency_unsaid(reading: Reading) -> Iterator[Remark]:
    """An amount is in dollars, and the document does not say of which country.

    What it does:
    Looks at the first amount of finance, economics or an earn-in in a document that neither declares its currency nor
    names it beside the amount.

    Why it matters:
    Issuers, projects and investors sit in different countries.

    Flagged:

        Tor Metals options the Glen property

        Tor Metals may spend $5 million by June 30, 2021 to earn a 30% interest in the Glen property.

    Fine:

        Tor Metals options the Glen property

        Tor Metals may spend C$5 million by June 30, 2021 to earn a 30% interest in the Glen property.

    Help:
    Write C$, US$ or A$, or declare the currency once.
    """
    for fact in (one for one in reading.facts if one.measure.startswith(_MONEY)):
        if isinstance(fact.figure, Figure) and fact.figure.unit and unit(fact.figure.unit).money == "$":
            yield remark("note", f"{figure(fact.figure)}: the currency of the dollars is not said", [fact])
            return
