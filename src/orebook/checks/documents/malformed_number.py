"""Numbers that are not written as numbers are."""

import re
from collections.abc import Iterator

from orebook.checks.places import Place, places
from orebook.checks.rule import Remark, remark, rule
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_UNIT = (
    r"(?=\s?(?:g/t|gpt|%|ppm|ppb|m\b|km\b|ha\b|hectares|acres|metres|meters|feet|ft\b|oz|ounces|lbs?\b|pounds"
    r"|t\b|tonnes|wmt|Mt\b|kt\b))"
)
_POINTS = Pattern(rf"(?<![\w.,/-])\d{{1,4}}\.\d{{1,3}}\.\d{{1,4}}{_UNIT}")
_COMMAS = Pattern(rf"(?<![\w.,/-])\d{{1,3}}(?:,\d{{3}}){{0,3}},\d{{4,5}}(?:\.\d+)?{_UNIT}")
_MIXED = Pattern(rf"(?<![\w.,/-])\d{{1,3}}\.\d{{1,2}},\d{{1,2}}{_UNIT}")


@rule("D103", on="document", basis="how numbers are written")
def malformed_number(reading: Reading) -> Iterator[Remark]:
    """A number has a point or a comma too many.

    What it does:
    Looks for numbers before a unit that have two points (2.2.07), a group of four digits behind a comma (8,0009.5) or
    a comma behind the point (6.8,5).

    Why it matters:
    Nobody can tell which number was meant.

    Flagged:

        Brannoch Gold drills Kestrel Hill

        Hole KH-09 returned 16 m at 2.2.07 g/t Au from 51 m.

        ----

        Brannoch Gold drills Kestrel Hill

        The property covers 8,0009.5 ha.

    Fine:

        Brannoch Gold drills Kestrel Hill

        Hole KH-09 returned 16 m at 2.07 g/t Au from 51 m. The property covers 8,009.5 ha. See section 3.4.1 m. a.s.l.

    Help:
    Write the number again from its source.
    """
    for pattern in (_POINTS, _COMMAS, _MIXED):
        for place in places(reading, pattern):
            if not _is_reference(place):
                yield remark("warning", f'"{place.match[0]}" is not a number as it is written', [place.source])


def _is_reference(place: Place) -> bool:
    """Whether the digits number a section or a clause."""
    lead = place.block.plain[max(0, place.match.start() - 14) : place.match.start()].lower()
    return bool(re.search(r"(?:section|clause|item|table|figure|version|§|rule|lr|no\.)\s?$", lead))
