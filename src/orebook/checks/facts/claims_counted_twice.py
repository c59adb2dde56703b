"""One area of claims with two numbers of claims."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from orebook.checks.digits import alike
from orebook.checks.places import Place, places, source
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.same import agree
from orebook.checks.saying import figure
from orebook.ground.figure import Figure
from orebook.ground.source import Source
from orebook.reading.language.quantities import Quantity, quantities
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_NUMBER = r"(?:\d[\d,.]{0,12}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)"
_LAND = r"(?:claims?|concessions?|licen[cs]es?|tenements?|permits?|tenures?)"
_PAIR = Pattern(
    rf"(?P<area>{_NUMBER}\s?(?:hectares|ha|acres|km2|square kilomet(?:re|er)s))[^.;0-9]{{1,40}}?"
    rf"\b(?P<count>{_NUMBER}\s(?:[a-z-]{{2,15}}\s){{0,3}}{_LAND})\b",
    re.IGNORECASE,
)
_BACK = Pattern(
    rf"\b(?P<count>{_NUMBER}\s(?:[a-z-]{{2,15}}\s){{0,3}}{_LAND})\b[^.;0-9]{{1,40}}?"
    rf"(?P<area>{_NUMBER}\s?(?:hectares|ha|acres|km2|square kilomet(?:re|er)s))",
    re.IGNORECASE,
)
_COMPRISES = Pattern(
    rf"\b(?:compris(?:es|ing)|comprised\sof|consist(?:s|ing)\sof|made\sup\sof)\s(?:approximately\s)?"
    rf"(?P<count>{_NUMBER}\s(?:[a-z-]{{2,15}}\s){{0,3}}claims?)\b",
    re.IGNORECASE,
)
_PROPERTY = Pattern(r"\b(?P<name>[A-Z][\w’'-]{2,20})\s(?:[A-Z][\w-]{2,20}\s){0,3}?(?:[Pp]roperty|[Pp]roject)\b")
_PART = Pattern(
    r"\b(?:additional|new(?:ly)?|further|acquir\w+|option\w*|stak\w+|sold|blocks?|other|(?:portion|part)\sof\sthe\s(?:property|project|ground)|now|previous\w*"
    r"|original\w*|historic\w*|former\w*|expand\w*|increas\w*|adjacent|adjoining|surround\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Ground:
    area: Figure
    claims: Figure
    source: Source


@rule("F607", on="document", basis="count")
def claims_counted_twice(reading: Reading) -> Iterator[Remark]:
    """One area, or one property, is said to consist of two numbers of claims.

    What it does:
    Looks for sentences that give an area with a number of claims, licences or concessions, and compares the numbers
    where the areas are equal. A property that "comprises" a number of claims in two sentences is compared as well,
    unless one of them speaks of ground that was added or of a part.

    Why it matters:
    Claims lapse and are staked; the paragraph about the company is often the one that was not brought up to date.

    Flagged:

        Durlow Metals enlarges the Sedge property

        The Sedge property now covers approximately 2,310 hectares across six mineral claims.

        About the Sedge property: it covers approximately 2,310 hectares across four mineral claims in a copper belt.
        ----
        Durlow Metals drills the Sedge property

        The Sedge property lies in a copper belt and comprises 214 mineral claims south of the river.

        Durlow's flagship is the Sedge property. Comprised of 190 mineral claims, the Sedge property is on the highway.

    Fine:

        Durlow Metals enlarges the Sedge property

        The Sedge property now covers approximately 2,310 hectares across six mineral claims.

        About the Sedge property: it covers 2,310 hectares across 6 mineral claims in a copper belt. The ground bought
        today is 410 hectares across two mineral claims.

    Help:
    Count the claims in the register once more.
    """
    seen: list[_Ground] = []
    for pattern in (_PAIR, _BACK):
        for place in places(
            reading, pattern, hints=("claim", "concession", "licen", "tenement", "permit", "tenure"), tail=True
        ):
            area, count = (_only(place.block.plain, *place.match.span(name)) for name in ("area", "count"))
            if area is None or count is None or not area.unit:
                continue
            here = _Ground(
                Figure(area.figure.value, area.figure.unit),
                Figure(count.figure.value),
                source(reading, place.block, *place.match.span()),
            )
            yield from _compared(here, seen)
            seen.append(here)
    yield from _of_properties(reading)


def _of_properties(reading: Reading) -> Iterator[Remark]:
    """Properties that are said to comprise two numbers of claims."""
    named: dict[str, tuple[Figure, Source]] = {}
    for place in places(reading, _COMPRISES, hints=("claim",), tail=True):
        count = _only(place.block.plain, *place.match.span("count"))
        name = _nearest(place)
        if count is None or not name or _PART.search(place.around):
            continue
        here, where = Figure(count.figure.value), source(reading, place.block, *place.match.span())
        before, there = named.setdefault(name, (here, where))
        if before.value != here.value:
            text = f"{figure(here)} claims here and {figure(before)} there"
            yield remark("warning", text, [where, there])


def _nearest(place: Place) -> str:
    """The property that the sentence names nearest to the number of its claims."""
    at = place.around.find(place.match[0])
    names = [(abs(found.start() - at), found["name"]) for found in _PROPERTY.finditer(place.around)]
    return min(names)[1] if names else ""


def _only(plain: str, start: int, end: int) -> Quantity | None:
    found = [one for one in quantities(plain, start, end) if not one.is_range]
    return found[0] if len(found) == 1 else None


def _compared(here: _Ground, seen: list[_Ground]) -> Iterator[Remark]:
    for there in seen:
        same = alike(here.area, there.area) and agree(here.area, there.area)
        if same and here.claims.value != there.claims.value:
            text = f"{figure(here.area)} are {figure(here.claims)} claims here and {figure(there.claims)} there"
            yield remark("warning", text, [here.source, there.source])
            return
