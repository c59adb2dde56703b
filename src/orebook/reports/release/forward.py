"""Forward: which sentences look ahead of the release, so that they carry the caution; what has happened does not.

The words stand in ``forward_words.csv``. Some of them name things as well (a mine plan, the month of May): those count
only where they are used as verbs. A sentence that also names a day or a period after the release looks ahead with any
of them.
"""

import csv
import re
from functools import cache
from importlib.resources import files

_MORE = r"(?:to|on|that|for|be|in|by|not|have|begin|continue|further|\d)"
_THINGS = re.compile(
    r"\b(?:mine|site|pit|plan|location|drill|option|purchase|management|incentive|deposit|floor|work) plans?\b"
    r"|\bplan (?:view|map|of)\b|\b(?:production|payment) schedules?\b|\btarget(?:s|ed)? (?:area|zone|horizon|depth)s?\b"
    r"|\b(?:in|of|on|since|until|early|late|mid|through) May\b|\bMay \d|\bas (?:previously )?planned\b"
    r"|\b(?:was|were|had been|has been|than) (?:planned|scheduled|expected|anticipated|forecast|budgeted)\b",
    re.IGNORECASE,
)


_GUIDANCE = re.compile(r"\b(?:guidance|outlook|budget|forecasts?)\b", re.IGNORECASE)
"""What the caption of a table of figures to come says; in a sentence it may stand beside what has come."""


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The words that always look ahead, and those that do as verbs."""
    rows = list(csv.DictReader(files(__package__).joinpath("forward_words.csv").read_text("utf-8").splitlines()))
    always = "|".join(re.escape(row["word"]) for row in rows if row["kind"] == "always")
    verbs = "|".join(re.escape(row["word"]) for row in rows if row["kind"] == "verb")
    return (
        re.compile(rf"\b(?:{always})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{verbs})\b(?=\s+{_MORE}\b)", re.IGNORECASE),
    )


def looks_forward(text: str, *, table: bool = False) -> bool:
    """Whether a sentence or paragraph looks ahead, or a table with this caption.

    >>> looks_forward("Sterling: first gold production is planned for early 2012.")
    True
    >>> looks_forward("The mine plan of 2010 was followed, and 16,411 tonnes a day were milled, more than planned.")
    False
    >>> looks_forward("Drilling may continue in May 2012."), looks_forward("Drilling ended in May 2012.")
    (True, False)
    """
    left = _THINGS.sub(" ", text)
    if table and _GUIDANCE.search(left):
        return True
    return any(words.search(left) for words in _words())
