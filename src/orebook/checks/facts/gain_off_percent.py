"""Percentages of a gain against the figure that was reached and the amount that was added."""

import re
from collections.abc import Iterator
from decimal import Decimal

from orebook.checks.digits import Digits, alike, fits, nearest
from orebook.checks.places import Place, places, source
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, figure
from orebook.disciplines.finance.amounts import growth
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.ground.source import Source
from orebook.reading.language.quantities import quantities
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_Q = r"\d[\d,.]{0,12}\s?(?:million |billion |thousand )?[A-Za-z]{1,12}"
_ADDED = Pattern(
    rf"\bto\s(?P<now>{_Q})[^.;%]{{0,20}}?,?\s(?:adding|an addition of|an increase of|a gain of|up)\s(?P<by>{_Q})"
    r"(?=[^.;]{0,20}\b(?:prior|previous|last|over|versus|compared)\b)"
)
_RISE = Pattern(
    r"\b(?:increas\w{0,5}|growth|grew|grows|gain|rise|rose|up)\s(?:of |by )?(?P<share>~?\d{1,4}(?:\.\d)?\s?%)"
    r"|(?P<before>~?\d{1,4}(?:\.\d)?\s?%)\s(?:increase|growth|gain|rise)\b",
    re.IGNORECASE,
)
_NEAR = Decimal("0.05")


@rule("F407", on="document", basis="arithmetic", catalogue="PR1008")
def gain_off_percent(reading: Reading) -> Iterator[Remark]:
    """A stated percentage of growth does not follow from the figure and from what was added to it.

    What it does:
    Where a paragraph says what a figure grew to and how much was added, takes the one from the other and compares the
    growth with the percentage of the paragraph. A headline with nearly the same percentage is named as well. Which
    categories the addition covers is often unsaid, so this is a warning.

    Why it matters:
    The commonest slip is the quotient for the change: twice as much is a rise of 100 %, not of 200 %.

    Flagged:

        Hazel Gold updates the Birk Crag resource

        Inferred resource increases 196%: the update brings inferred resources to 412 koz, adding 202 koz versus the
        previous estimate.

    Fine:

        Hazel Gold updates the Birk Crag resource

        Inferred resource increases 96%: the update brings inferred resources to 412 koz, adding 202 koz versus the
        previous estimate.

    Help:
    Divide what was added by the earlier figure.
    """
    for place in places(reading, _ADDED):
        now, by = (_only(place, name) for name in ("now", "by"))
        if now is None or by is None or not now.unit or not alike(now, by) or by.value >= now.value:
            continue
        rises = [found for found in _rises(reading, place) if found[0].value > 0]
        if rises and not any(_gives(now, by, share) for share, _ in rises):
            yield _said(reading, place, now, by, rises[0])


def _gives(now: Figure, by: Figure, share: Figure) -> bool:
    return fits(lambda read: _gain(read, now, by), share)


def _only(place: Place, name: str) -> Figure | None:
    if place.match[name] is None:
        return None
    found = quantities(place.block.plain, *place.match.span(name))
    return found[0].figure if len(found) == 1 and not found[0].is_range else None


def _gain(read: Digits, now: Figure, by: Figure) -> Range:
    """What was added as a share of what there was: now over before, less one."""
    return (growth(read(now), read(now) - read(by)).to("1") - 1).to("%")


def _rises(reading: Reading, place: Place) -> Iterator[tuple[Figure, Source]]:
    """The percentages of growth in the paragraph."""
    for found in _RISE.finditer(place.block.plain):
        name = "share" if found["share"] else "before"
        said = quantities(place.block.plain, *found.span(name))
        if len(said) == 1 and said[0].unit == "%":
            yield said[0].figure, source(reading, place.block, *found.span(name))


def _said(reading: Reading, place: Place, now: Figure, by: Figure, rise: tuple[Figure, Source]) -> Remark:
    share, where = rise
    headline = [
        source(reading, other.block, *other.match.span())
        for other in places(reading, _RISE)
        if other.block.part == "head"
        if (stated := _only(other, "share") or _only(other, "before")) is not None
        if abs(stated.value - share.value) <= _NEAR * share.value
    ]
    expected = _gain(nearest, now, by)
    text = (
        f"{figure(by)} added to reach {figure(now)} is a gain of {between(expected, step=share.step)};"
        f" {figure(share)} stands here"
    )
    return remark("warning", text, [where, *headline, source(reading, place.block, *place.match.span())], expected)
