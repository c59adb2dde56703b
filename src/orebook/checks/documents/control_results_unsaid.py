"""QA/QC that names its samples and not its results."""

import re
from collections.abc import Iterator

from orebook.checks.places import places
from orebook.checks.rule import Remark, remark, rule
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_CONTROL = Pattern(
    r"\b(?:QA/?-?\s?QC|quality (?:assurance|control)|certified reference materials?|standards|blanks|duplicates)\b",
    re.IGNORECASE,
)
_RESULT = Pattern(
    r"\b(?:within (?:acceptable|accepted|the|two|three|\d)"
    r"|no (?:significant |material )?(?:issues|failures|contamination|bias)"
    r"|pass(?:ed|es)?\b|fail(?:ed|ures?)\b|acceptable|satisfactory|performed|returned values|standard deviations?"
    r"|re-?assay(?:ed)?|reviewed and (?:found|considered))",
    re.IGNORECASE,
)


@rule("D105", on="document", basis="NI 43-101 s. 3.3(1)(c), in the Canadian profile", catalogue="EX206")
def control_results_unsaid(reading: Reading) -> Iterator[Remark]:
    """Control samples are named, and not what they showed.

    What it does:
    Where a release with drill results mentions standards, blanks or duplicates, looks for a word on their outcome
    near by.

    Why it matters:
    That controls were inserted says little; that they passed says something.

    Flagged:

        Holm Copper drills Linn Bank

        Hole LN-04 returned 40.0 m at 0.58% Cu from 120.0 m.

        Standards and blanks were inserted into the sample stream.

    Fine:

        Holm Copper drills Linn Bank

        Hole LN-04 returned 40.0 m at 0.58% Cu from 120.0 m.

        Standards and blanks were inserted into the sample stream; all results were within acceptable limits.

    Help:
    Add one sentence: how many controls, how many outside their limits, what was done about them.
    """
    if not reading.of("drill_intercept"):
        return
    named = list(places(reading, _CONTROL, hints=("qa", "quality", "standards", "blanks", "duplicates", "reference")))
    if named and not any(_RESULT.search(place.block.plain) for place in named):
        yield remark("note", "control samples are named here; their results were not found", [named[-1].source])
