"""Places where a number was to be filled in."""

import re
from collections.abc import Iterator

from orebook.checks.places import places
from orebook.checks.rule import Remark, remark, rule
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_AMOUNT = Pattern(r"(?:\b(?:US|C|CA|CDN|CAD|AUD|A|USD|NZ)\s?)?\$\s?(?:million|billion|thousand)\b")
_BEFORE = Pattern(r"(?:\d\s?|\bin |\(|\bof |million |per )$", re.IGNORECASE)
_CENTS = Pattern(r"\$\s?\d{0,3}\.\d{1,3}\s?cents?\b|(?<![\w.$])0?\.\d{1,3}\s?cents?\b(?! per)", re.IGNORECASE)
_EDITOR = Pattern(
    r"[(\[](?:need|insert|confirm|tbc|tbd|xx+|to be confirmed|to come)\b[^()\[\]]{0,60}[)\]]", re.IGNORECASE
)


@rule("D115", on="document", basis="how amounts are written")
def number_missing(reading: Reading) -> Iterator[Remark]:
    """An amount stands without its number, with two units, or with a note that it is still to be filled in.

    What it does:
    Looks for a dollar sign before "million" without digits, for dollars that are also cents ("$0.15 cents"), and for
    notes in brackets such as "(need tonnes)". Heads that give the scale of a table are left alone.

    Why it matters:
    A draft was published: the figure was never put in, or its unit was put in twice.

    Flagged:

        Tor Metals reports third quarter production

        The plan holds approximately C$million of major project capital.

        ----

        Tor Metals closes a placement

        The units were sold at a price of $0.15 cents each.

    Fine:

        Tor Metals reports third quarter production

        The plan holds approximately C$40 million of major project capital (in $ million: 40). Units were sold at $0.15.

    Help:
    Put the number in; write dollars or cents, not both.
    """
    for place in places(reading, _AMOUNT, hints=("$",)):
        lead = place.block.plain[max(0, place.match.start() - 12) : place.match.start()]
        if place.block.kind == "paragraph" and not _BEFORE.search(lead):
            yield remark("warning", f'"{place.match[0]}" has no number', [place.source])
    for place in places(reading, _CENTS, hints=("cent",)):
        yield remark("warning", f'"{place.match[0]}": dollars or cents', [place.source])
    for place in places(reading, _EDITOR, hints=("(", "[")):
        yield remark("warning", f'"{place.match[0]}" is a note to fill something in', [place.source])
