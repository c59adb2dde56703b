"""Gaps that somebody still has to fill."""

import re
from collections.abc import Iterator

from orebook.checks.places import places
from orebook.checks.rule import Remark, remark, rule
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_GAP = Pattern(
    r"\[(?:to be (?:completed|confirmed|determined|provided|updated)|to (?:come|follow)|insert|tb[cda]\b|x{2,}\b"
    r"|name of|date of)[^\[\]]{0,200}\]",
    re.IGNORECASE,
)


@rule("D119", on="document", basis="practice of reporting")
def gap_left_open(reading: Reading) -> Iterator[Remark]:
    """A gap was left open that somebody has to fill before the document goes out.

    What it does:
    Looks for words in square brackets that ask for something: to be completed, to be confirmed, insert, TBD, XX.

    Why it matters:
    A draft is not a release. What only a person can say, a computer does not say for them.

    Flagged:

        Vancouver, June 4, 2019 - Holm Copper Corp. (TSXV: HLM) drills Linn Bank.

        [to be completed: name of the Qualified Person] has reviewed and approved the content of this release.

    Fine:

        Vancouver, June 4, 2019 - Holm Copper Corp. (TSXV: HLM) drills Linn Bank.

        Ann Ross, P.Geo. [independent of the company], has reviewed and approved the content of this release.

    Help:
    Fill it in, or say it in book.toml and draft the document again.
    """
    for place in places(reading, _GAP, hints=("[",), tail=True):
        yield remark("note", f"this still has to be filled in: {place.match[0]}", [place.source])
