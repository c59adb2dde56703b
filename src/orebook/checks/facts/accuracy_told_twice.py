"""Two accuracies of one study's estimate of costs."""

import re
from collections.abc import Iterator
from decimal import Decimal

from orebook.checks.places import places
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import number
from orebook.ground.source import Source
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_EITHER = r"(?:±|\+\s?/?\s?[-–−])\s?(?P<percent{0}>\d{{1,2}}(?:\.\d)?)\s?%"
_ACCURACY = Pattern(
    r"\baccura(?:cy|te)(?:\s(?:level|range))?\s(?:of|to|within|level|is|at)\s(?:the\sorder\sof\s|within\s|about\s|approximately\s)?"
    + _EITHER.format("")
    + r"|\b(?:cap(?:ital|ex)|op(?:erating|ex)|AACE|class\s[1-5]|cost\sestimates?)\b[^.;±+]{0,60}\(\s?"
    + _EITHER.format("2")
    + r"\s?\)",
    re.IGNORECASE,
)
_STUDY = Pattern(
    r"\b(?:study|PFS|DFS|PEA|FS|AACE|class\s[1-5]|cap(?:ital|ex)|op(?:erating|ex)|cost\sestimates?|estimated?\scosts?)\b",
    re.IGNORECASE,
)
_OTHER = Pattern(
    r"\b(?:scoping|DFS|definitive|feasibility\sstudy\swill|next\s(?:phase|study)|previous|earlier|assay|sample|survey|duplicate"
    r"|density|grade|resource|gps|collar|transport|haul\w*|quot\w+|in\s20\d\d\sdollars)\b",
    re.IGNORECASE,
)


@rule("F411", on="document", basis="one thing has one value", catalogue="EX226")
def accuracy_told_twice(reading: Reading) -> Iterator[Remark]:
    """The costs of one study are said to be accurate within two different margins.

    What it does:
    Reads the margins (such as ±25 %) that sentences and headings give as the accuracy of a study or of its costs, and
    compares them. Sentences that speak of another study, of samples, of surveys or of a quotation are left alone.

    Why it matters:
    The margin says what kind of study it is. Investors and lenders take the smaller, auditors the larger one.

    Flagged:

        Ingle Gold completes its pre-feasibility study of Rook Fell

        Capital and operating costs (±25%)

        The mine costs A$210 million to build.

        The capital cost estimate was calculated with an accuracy of ±30%, in accordance with class 4.

    Fine:

        Ingle Gold completes its pre-feasibility study of Rook Fell

        Capital and operating costs (±25%)

        The mine costs A$210 million to build. The scoping study of last year had an accuracy of ±35%.

        The capital cost estimate was calculated with an accuracy of ±25%, in accordance with class 4.

    Help:
    State the class of the estimate and its margin once, and refer to it.
    """
    seen: dict[Decimal, Source] = {}
    for place in places(reading, _ACCURACY, hints=("accura", "cap", "op", "class", "cost"), tail=True):
        around = place.around
        if not _STUDY.search(around) or _OTHER.search(around):
            continue
        said = Decimal(place.match["percent"] or place.match["percent2"])
        if said in seen:
            continue
        for before, there in seen.items():
            text = f"an accuracy of ±{number(said)} % here and of ±{number(before)} % there"
            yield remark("warning", text, [place.source, there])
            break
        seen[said] = place.source
