"""Changes of ownership in points against the percentages before and after."""

import re
from collections import defaultdict
from collections.abc import Iterator

from orebook.checks.digits import MEASURED, fits
from orebook.checks.places import places, source
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, figure
from orebook.ground.figure import Figure
from orebook.ground.source import Source
from orebook.reading.language.quantities import quantities
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_ON = Pattern(
    r"(?P<share>\d{1,2}(?:\.\d{1,3})?\s?%)(?=[^%]{0,90}?\b(?P<basis>(?:non|un|partially|fully)[- ]?diluted)\b)",
    re.IGNORECASE,
)
_CHANGE = Pattern(r"\b(?:increase|decrease|reduction|change|dilution)\b", re.IGNORECASE)


@rule("F406", on="document", basis="arithmetic", catalogue="FN1111")
def ownership_change_mismatch(reading: Reading) -> Iterator[Remark]:
    """A change of ownership is not the difference of the percentages before and after.

    What it does:
    Collects percentages that are said to be on a non-diluted, partially diluted or fully diluted basis. Where a
    document gives one change and two holdings on a basis, subtracts the holdings and compares.

    Why it matters:
    Early warning reports exist for this one figure; bases are easily exchanged.

    Flagged:

        Rowan Metals reports on its holding in Sorrel Gold

        The transaction is an increase in ownership of 2.10% on a non-diluted basis.

        Before it Rowan held shares representing 11.20% on a non-diluted basis. Rowan now holds shares representing
        14.30% on a non-diluted basis.

    Fine:

        Rowan Metals reports on its holding in Sorrel Gold

        The transaction is an increase in ownership of 3.10% on a non-diluted basis.

        Before it Rowan held shares representing 11.20% on a non-diluted basis. Rowan now holds shares representing
        14.30% on a non-diluted basis.

    Help:
    Subtract the two percentages of the same basis.
    """
    changes: dict[str, dict[str, tuple[Figure, Source]]] = defaultdict(dict)
    holdings: dict[str, dict[str, tuple[Figure, Source]]] = defaultdict(dict)
    for place in places(reading, _ON, hints=("diluted",)):
        start, end = place.match.span("share")
        found = quantities(place.block.plain, start, end)
        if len(found) != 1 or found[0].unit != "%":
            continue
        into = changes if _CHANGE.search(_sentence_before(place.block.plain, start)) else holdings
        basis = place.match["basis"].lower().replace(" ", "-")
        stated = Figure(found[0].figure.value, "%"), source(reading, place.block, start, end)
        into[basis].setdefault(found[0].figure.digits, stated)
    for basis, moved in changes.items():
        if len(moved) == 1 and len(holdings[basis]) == 2:
            yield from _compared(basis, *moved.values(), *holdings[basis].values())


def _sentence_before(plain: str, start: int) -> str:
    """The words of the sentence before a figure."""
    begin = plain.rfind(". ", max(0, start - 400), start)
    return plain[max(begin, start - 400, 0) : start]


def _compared(
    basis: str, moved: tuple[Figure, Source], one: tuple[Figure, Source], other: tuple[Figure, Source]
) -> Iterator[Remark]:
    if not fits(lambda read: abs(read(one[0]) - read(other[0])), moved[0], MEASURED):
        expected = abs(one[0].range() - other[0].range())
        text = (
            f"{figure(one[0])} and {figure(other[0])} on a {basis} basis differ by"
            f" {between(expected, step=moved[0].step)}; {figure(moved[0])} stands here"
        )
        yield remark("error", text, [moved[1], one[1], other[1]], expected)
