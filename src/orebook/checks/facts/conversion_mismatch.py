"""One quantity in two units."""

from collections.abc import Iterator

from orebook.checks.digits import ALL, alike
from orebook.checks.places import Place, places, source
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, figure
from orebook.ground.units import unit
from orebook.reading.language.quantities import Quantity, quantities
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_PAIR = Pattern(
    r"(?P<first>\d[\d,.]{0,14}(?:\s(?:million|billion|thousand))?[\s-]?[A-Za-z%°][\w/]{0,12})"
    r"\s?(?:\((?:or |approximately |about )?|/\s?|\s(?:or|=)\s)(?P<second>\d[\d,.]{0,14}[\s-]?[A-Za-z][\w/]{0,12})"
)

_FAR = 3
"""A second quantity that is farther off than this factor is of another thing: 107.6 m (30 cm)."""


@rule("F605", on="document", basis="conversion of units", catalogue="EX228")
def conversion_mismatch(reading: Reading) -> Iterator[Remark]:
    """A quantity in parentheses is not the same quantity in another unit.

    What it does:
    Where a quantity is followed by another of the same kind in another unit ("452 hectares (1,117 acres)"), converts
    and compares. A rounded factor explains a last digit, so this is a warning.

    Why it matters:
    Readers in another country take the second figure.

    Flagged:

        Tor Metals stakes the Glen property

        The property covers 1,250 hectares (3,890 acres).

    Fine:

        Tor Metals stakes the Glen property

        The property covers 1,250 hectares (3,089 acres), 12 km (7.5 miles) from the road.

    Help:
    Convert with the exact factor and round once.
    """
    for place in places(reading, _PAIR):
        pair = [_alone(place, name) for name in ("first", "second")]
        if pair[0] is not None and pair[1] is not None:
            yield from _compared(reading, place, pair[0], pair[1])


def _alone(place: Place, name: str) -> Quantity | None:
    """The only quantity of a part of the match."""
    found = quantities(place.block.plain, *place.match.span(name))
    return found[0] if len(found) == 1 and found[0].unit and not found[0].is_range else None


def _compared(reading: Reading, place: Place, first: Quantity, second: Quantity) -> Iterator[Remark]:
    one, other = first.figure, second.figure
    if one.unit == other.unit or not alike(one, other) or unit(one.unit).counted or first.money:
        return
    if not unit(one.unit).dimension and "%" in (one.unit, other.unit):
        return
    if any(a(one).meets(b(other)) for a in ALL for b in ALL):
        return
    expected = one.range().to(other.unit)
    if not expected.low / _FAR <= other.value <= expected.high * _FAR:
        return
    text = f"{figure(one)} is {between(expected, step=other.step)}; {figure(other)} stands here"
    spans = [source(reading, place.block, each.start, each.end) for each in (second, first)]
    yield remark("warning", text, spans, expected)
