"""Control samples as a share of more than one possible base."""

import re
from collections.abc import Iterator
from decimal import Decimal

from orebook.checks.places import Place, places, source
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import listed, number
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_COUNTS = Pattern(
    r"\b(?P<first>\d[\d,]{0,8})\s(?:[\w-]{1,20}\s){0,3}?samples?\s(?:and|plus)\s(?P<second>\d[\d,]{0,8})\s(?:[\w-]{1,20}\s){0,3}?samples?"
    r",?\s(?:including|which include[sd]?|of which)\s(?P<controls>\d[\d,]{0,8})\s"
    r"(?:[\w/-]{1,20}\s){0,2}?(?:QA|quality|control|standards?|blanks?)",
    re.IGNORECASE,
)


@rule("F122", on="document", basis="a share has one base", catalogue="EX206")
def control_sample_base_unsaid(reading: Reading) -> Iterator[Remark]:
    """Control samples are counted among several kinds of samples, and the base of their share is open.

    What it does:
    Where one sentence counts samples of two kinds "including" control samples, gives the share of the controls for
    every base that the sentence allows.

    Why it matters:
    The share of control samples tells how closely the laboratory was watched; it should follow from the sentence.

    Flagged:

        Lanthe Rare Metals drills Bracken Lake

        The laboratory received 400 core samples and 20 channel samples, including 21 control samples.

    Fine:

        Lanthe Rare Metals drills Bracken Lake

        The laboratory received 400 core samples, with 21 control samples among them.

    Help:
    Say how many controls were put among how many samples of which kind.
    """
    for place in places(reading, _COUNTS, hints=("samples",)):
        yield _remark(reading, place)


def _remark(reading: Reading, place: Place) -> Remark:
    names = ("first", "second", "controls")
    first, second, controls = (Decimal(place.match[name].replace(",", "")) for name in names)
    every = first + second
    bases = dict.fromkeys((every, max(first, second), every - controls))
    shares = listed(f"{100 * controls / base:.2f} % of {number(base)}" for base in bases if base > 0)
    text = f"{number(controls)} control samples are {shares}, as the sentence may be read"
    spans = [source(reading, place.block, *place.match.span(name)) for name in (*names[2:], *names[:2])]
    return remark("note", text, spans)
