"""Links: the words that tie a measure to its figure, or a figure to the one that it is compared with.

Periods do not count: "revenues in the September quarter of 2011 were" ties as well as "revenues were".
"""

import csv
import re
from functools import cache
from importlib.resources import files

from orebook.reading.language.mentions import Mention
from orebook.reading.language.quantities import Quantity
from orebook.reading.patterns import Pattern

COMPARED = Pattern(
    r"\b(?:compared? (?:to|with)|in comparison (?:to|with)|versus|vs\.?|against|from|as opposed to|up from|"
    r"down from)(?=\W|$)",
    re.IGNORECASE,
)
"""What leads to a comparison."""

_WORD = Pattern(r"[A-Za-z][A-Za-z'/&-]*|[:=–(,;]")
_STRANGERS = 5
_PERIODS_IN = Pattern(
    r"\b(?:the |same |comparative |comparable |prior |previous |current )*(?:(?:January|February|March|April|May|"
    r"June|July|August|September|October|November|December|Dec\.|Sept\.?)"
    r"(?: \d{1,2},?)? ?)?(?:(?:19|20)\d\d ?)?(?:first |second |third |fourth )?(?:quarter|year|period|months?|"
    r"half)s?(?: ended| ending)?(?: of (?:19|20)\d\d)?(?: (?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December|Dec\.)(?: \d{1,2},?)?(?: (?:19|20)\d\d)?)?"
    r"|\b(?:three|six|nine|twelve)\b|\b(?:19|20)\d\d\b|\bQ[1-4]\b|\b[1-4]Q\d\d\b",
    re.IGNORECASE,
)
_VERBS = frozenset(
    "sold produced produce producing produces delivered yielded yields issued issuing poured made sell treated"
    " processed milled crushed mined".split()
) | {
    "has produced",
    "have produced",
}


def outside(words: str) -> str:
    """Words without the periods in them."""
    return _PERIODS_IN.sub(" ", words)


@cache
def _links() -> dict[str, str]:
    text = files("orebook.reading").joinpath("words", "links.csv").read_text(encoding="utf-8")
    return {row["word"]: row["place"] for row in csv.DictReader(text.splitlines())}


def linked(plain: str, mention: Mention, quantity: Quantity) -> bool:
    """Whether the words between a measure and a quantity tie them together."""
    between = plain[mention.end : quantity.start]
    if len(between) > 160 or ";" in between:
        return False
    words = [word.lower() for word in _WORD.findall(outside(between))]
    if not words:
        return True
    tied = (
        _links().get(words[-1]) == "last" or words[-1] in (":", "=", "–", "(") or between.strip(" ~") in ("", ":", "-")
    )
    if mention.words.lower() in _VERBS:
        return _tied_verb(words)
    strangers = sum(word not in _links() and len(word) > 1 for word in words)
    return tied and strangers <= _STRANGERS


def _tied_verb(words: list[str]) -> bool:
    """Whether a verb has the figure as its object: nothing stands between but how exact it is."""
    return len(words) <= 5 and "and" not in words and sum(word not in _links() for word in words) <= 1


def moving(plain: str, mention: Mention, quantity: Quantity) -> bool:
    """Whether a measure and the figure of its move stand in one clause: "EBITDA per ton declined 17%"."""
    between = plain[mention.end : quantity.start]
    return len(between) <= 60 and not re.search(r"[,;]|\b(?:by|and|while)\b", between[:-4])


_BRACKETS = Pattern(r"\((?P<inside>[^()]{1,300})\)")


def bracket_at(plain: str, at: int) -> tuple[int, int] | None:
    """The brackets around a place: where they open and close.

    >>> bracket_at("ore of 5 t (2022: 4 t)", 18)
    (11, 22)
    """
    start = plain.rfind("(", max(0, at - 300), at)
    if start < 0 or ")" in plain[start:at]:
        return None
    end = plain.find(")", at, start + 302)
    if end < 0 and plain.endswith(";"):
        return (start, len(plain))  # the sentence was cut inside the brackets
    return (start, end + 1) if end >= 0 else None
