"""Closures: the year in which a mine is to close, before and after a change of plan.

>>> from orebook.reading.read import read_text
>>> reading = read_text("note.txt", "The plan will extend the mine life from the 2027 planned closure to 2034.")
>>> [(str(fact.figure), fact.about["state"]) for fact in reading.facts]
[('2027', 'before'), ('2034', 'after')]
"""

import re
from collections.abc import Iterator

from orebook.ground.fact import Record, Words
from orebook.reading.patterns import Pattern
from orebook.reading.readers import cues
from orebook.reading.release import Release

ORDER = 63

_LIFE = Pattern(r"\bmine(?:'s)? life\b|\blife of (?:the )?mine\b|\bclosure\b", re.IGNORECASE)
_CLOSES = Pattern(
    r"\s?(?:(?:current(?:ly)?|planned|expected|scheduled|anticipated|mine)\s){0,3}closure\b", re.IGNORECASE
)
_UNTIL = Pattern(
    r"\b(?:extend\w*|life|operat\w+|closure)\b[^.;]{0,90}?\b(?:to|until|through|into"
    r"|beyond)\s(?:at least\s)?$",
    re.IGNORECASE,
)


def records(release: Release) -> Iterator[Record]:
    """Every year of closure that a sentence about the life of a mine names."""
    for sentence in cues.prose(release, "mine life", "mine's life", "life of", "closure"):
        if not _LIFE.search(sentence.plain):
            continue
        for when in sentence.dates:
            lead = sentence.plain[max(0, when.start - 140) : when.start]
            planned = _CLOSES.match(sentence.plain, when.end)
            if when.period.days not in (365, 366) or not (planned or _UNTIL.search(lead)):
                continue
            words, state = Words(when.period.label, "date"), _state(sentence.plain, lead, planned)
            fact = release.fact("plan.closure", words, sentence.text, when.start, when.end, state=state)
            about = release.about(sentence.block, sentence.text, when.end)
            yield release.record("development", [fact], **about, **cues.said_in(sentence))


def _state(plain: str, lead: str, planned: re.Match[str] | None) -> str:
    """Whether a year is the one before or after an extension, where the sentence speaks of one."""
    if not re.search(r"\bextend|\bextension", plain, re.IGNORECASE):
        return ""
    return "before" if planned else "after" if re.search(r"\bexten", lead, re.IGNORECASE) else ""
