"""Closures: the year in which a mine is to close, before and after a change of plan."""

import re
from collections.abc import Iterator

from orebook.ground.fact import Record, Words
from orebook.reading.readers import cues
from orebook.reading.release import Release

ORDER = 63

_LIFE = re.compile(r"\bmine(?:'s)? life\b|\blife of (?:the )?mine\b|\bclosure\b", re.IGNORECASE)
_CLOSES = re.compile(
    r"\s?(?:(?:current(?:ly)?|planned|expected|scheduled|anticipated|mine)\s){0,3}closure\b", re.IGNORECASE
)
_UNTIL = re.compile(
    r"\b(?:extend\w*|life|operat\w+|closure)\b[^.;]{0,90}?\b(?:to|until|through|into"
    r"|beyond)\s(?:at least\s)?$",
    re.IGNORECASE,
)


def records(release: Release) -> Iterator[Record]:
    """Every year of closure that a sentence about the life of a mine names."""
    for sentence in release.sentences():
        if not _LIFE.search(sentence.plain):
            continue
        for when in sentence.dates:
            lead = sentence.plain[max(0, when.start - 140) : when.start]
            planned = _CLOSES.match(sentence.plain, when.end)
            if when.period.days not in (365, 366) or not (planned or _UNTIL.search(lead)):
                continue
            extended = not planned and re.search(r"\bextend", lead, re.IGNORECASE)
            fact = release.fact(
                "plan.closure", Words(when.period.label, "date"), sentence.text, when.start, when.end,
                state="after" if extended else "before" if re.search("current", planned[0] if planned else "") else "",
            )  # fmt: skip
            about = release.about(sentence.block, sentence.text, when.end)
            yield release.record("development", [fact], **about, **cues.said_in(sentence))
