"""The word resource where there is no estimate."""

import re
from collections.abc import Iterator

from orebook.checks.places import places
from orebook.checks.rule import Remark, remark, rule
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_RESOURCE = Pattern(
    r"\b(?:significant|large|largest|major|only|substantial|world-?class|important)\b[^.;]{0,60}?\b(?:resource|reserve)s?\b"
    r"(?= (?:of|in|for|base)\b)",
    re.IGNORECASE,
)
_COMPLIANT = Pattern(r"\b(?:43-?101|JORC)[- ]?compliant\b[^.;]{0,40}?\b(?:resource|reserve|estimate)", re.IGNORECASE)
_WORD = Pattern(r"\bresource\b")
_INITIAL = Pattern(r"\b(?:initial|maiden|first|inaugural)\b", re.IGNORECASE)
_CATEGORY = Pattern(
    r"\b(?:measured|indicated|inferred|proven|proved|probable|historic(?:al)?|foreign)\s(?:\w+\s){0,3}?"
    r"(?:resource|reserve|estimate|category)",
    re.IGNORECASE,
)


@rule("D110", on="document", basis="CIM Definition Standards; NI 43-101 s. 2.2", catalogue="RD401 RD408 RD409")
def resource_without_estimate(reading: Reading) -> Iterator[Remark]:
    """A resource is spoken of, and the document gives none and announces the first.

    What it does:
    Looks for the word resource as a thing that exists, or for a "compliant" resource, in a document that holds no
    category and no estimate, and that announces an initial one.

    Why it matters:
    The word is reserved for estimates; "compliant" is a word that regulators ask to avoid.

    Flagged:

        Lanthe Rare Metals explores Bracken Lake

        A maiden JORC compliant resource is planned for 2022. The lake hosts one of the largest resources of niobium
        in the province.

    Fine:

        Lanthe Rare Metals explores Bracken Lake

        A maiden mineral resource estimate is planned for 2022. The lake hosts one of the largest occurrences of
        niobium in the province.

    Help:
    Say occurrence, mineralization or deposit until there is an estimate; say "in accordance with" instead of compliant.
    """
    if reading.of("resource", "reserve") or any(_CATEGORY.search(block.plain) for block in reading.layout.prose()):
        return
    if not any(_INITIAL.search(place.around) for place in places(reading, _WORD, hints=("resource",))):
        return
    for pattern, words in ((_RESOURCE, "resource is used of"), (_COMPLIANT, "a compliant resource is spoken of")):
        found = next(places(reading, pattern, hints=("resource", "reserve")), None)
        if found is not None:
            text = f'"{found.match[0]}": {words} where this document has no estimate'
            yield remark("note", text, [found.source])
