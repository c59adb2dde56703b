"""Assays that are said not to have come in a release that prints them."""

import re
from collections.abc import Iterator

from orebook.checks.intercepts import intercepts
from orebook.checks.places import places
from orebook.checks.rule import Remark, remark, rule
from orebook.reading.drilling import holes
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_NONE_YET = Pattern(
    r"\b(?:no\s(?:laboratory\s)?assays?(?:\sresults)?\s(?:have|has)\s(?:yet\s)?been\sreceived"
    r"|(?:laboratory\s)?assays?(?:\sresults)?\s(?:have|has)\snot\s(?:yet\s|as\syet\s)?been\s(?:received|returned)"
    r"|all\sassays?(?:\sresults)?\s(?:are|remain)\s(?:still\s)?(?:pending|outstanding))\b"
    r"(?P<behind>(?:\sfrom\sthe\slaborator(?:y|ies))?(?:\s?(?:to\s?date|yet|so\sfar))?)(?=\s?(?:[.;,]|and\b|$))",
    re.IGNORECASE,
)
_LIMITED = Pattern(
    r"\b(?:for|from|of)\s(?:the\s)?(?:hole|remaining|other|last|next|second|phase|check|umpire|additional|final|most)"
    r"|\b(?:remaining|umpire|check|screen|duplicate|metallurg\w+|multi-?element|copper|silver|soil|trench|channel)\b",
    re.IGNORECASE,
)
_FEWEST = 5
"""So many intervals with grades are no visual estimates."""


@rule("D116", on="document", basis="two statements")
def assays_said_pending(reading: Reading) -> Iterator[Remark]:
    """Assays are said not to have been received, and the release gives assays.

    What it does:
    Looks for sentences that say of all assays that none has come. Where the document announces five or more intervals
    with grades in tables, the sentence was left from an earlier release. Sentences that speak of some holes, elements
    or kinds of samples are left alone.

    Why it matters:
    The part about methods is copied from release to release. Whoever reads it last doubts the results.

    Flagged:

        Ingle Gold drills Rook Fell

        | Hole | From (m) | To (m) | Interval (m) | Au (g/t) |
        |---|---|---|---|---|
        | RF-01 | 40 | 45 | 5 | 1.20 |
        | RF-02 | 51 | 57 | 6 | 2.10 |
        | RF-03 | 12 | 16 | 4 | 0.90 |
        | RF-04 | 88 | 97 | 9 | 1.70 |
        | RF-05 | 30 | 37 | 7 | 1.10 |

        Quality of assay data: samples of one metre were taken. Assays have not been received from the laboratory to
        date.

    Fine:

        Ingle Gold drills Rook Fell

        | Hole | From (m) | To (m) | Interval (m) | Au (g/t) |
        |---|---|---|---|---|
        | RF-01 | 40 | 45 | 5 | 1.20 |
        | RF-02 | 51 | 57 | 6 | 2.10 |
        | RF-03 | 12 | 16 | 4 | 0.90 |
        | RF-04 | 88 | 97 | 9 | 1.70 |
        | RF-05 | 30 | 37 | 7 | 1.10 |

        Quality of assay data: samples of one metre were taken. Assays have not been received for hole RF-06.

    Help:
    Bring the part about sampling and assays up to date.
    """
    listed = [
        one
        for one in intercepts(reading)
        if one.grades and one.record.about.get("place") == "table" and one.record.about.get("context") == "announced"
    ]
    if len(listed) < _FEWEST:
        return
    for place in places(reading, _NONE_YET, hints=("assay",), tail=True):
        around = place.around
        if not holes.find(around) and not _LIMITED.search(around):
            text = f"assays are said not to have been received; {len(listed)} intervals with grades stand in the tables"
            yield remark("warning", text, [place.source, listed[0].record.source])
            return
