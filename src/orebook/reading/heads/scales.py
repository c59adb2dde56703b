"""Scales: whether a table's money is printed in thousands or millions, said over it or once for the whole release.

>>> said_scale("All amounts are in thousands of US dollars unless noted."), said_scale("in millions of tonnes")
('thousand', '')
"""

import re
from collections import Counter
from collections.abc import Iterable

from orebook.ground import units
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

_TABLE = Pattern(
    r"\b(?P<words>thousands|millions)\b|(?<![\d.,])(?P<zeros>'?000'?s?)(?![\d,])|\$\s?(?P<letter>[MmKk])\b|"
    r"(?:\$|€|£|\b(?:EUR|GBP|SEK|NOK|DKK|ZAR|USD|CAD|AUD|CNY|BRL))\s?(?P<spelled>millions?|thousands?|m\b|k\b)|"
    r"(?<![A-Za-z])(?P<before>[mMtTkK])(?:EUR|SEK|NOK|DKK|USD|CAD|AUD|GBP)\b|(?-i:\bR)\s?(?P<rand>m|million)\b",
    re.IGNORECASE,
)
_SAID = Pattern(
    r"\b(?:in|expressed in|stated in|presented in)\s(?P<scale>thousands|millions) of (?:the )?"
    r"(?:(?:US|U\.S\.|United States|Canadian|Australian|New Zealand|Swedish) )?"
    r"(?:dollars|US\$|C\$|A\$|CDN\$|CAD|USD|AUD|\$|kron\w{1,2}|euros?|pounds sterling|rand)|"
    r"\((?:in )?(?:US|C|A)?\$\s?(?P<zeros>000'?s?|millions?|M)\b",
    re.IGNORECASE,
)


def table_scale(words: str) -> str:
    """Thousand or million, when the words over a table say so.

    >>> table_scale("(in thousands of CDN$)"), table_scale("US$ million"), table_scale("Ore milled")
    ('thousand', 'million', '')
    """
    found = _TABLE.search(words.replace("’", "'"))
    if not found:
        return ""
    said = next(word for word in found.groupdict().values() if word).lower()
    return "million" if said.startswith("m") else "thousand"


def said_scale(plain: str) -> str:
    """The scale in which a sentence says that amounts of money are printed."""
    found = _SAID.search(plain)
    if not found:
        return ""
    return "million" if (found["scale"] or found["zeros"]).lower().startswith("m") else "thousand"


def release_scale(release: Release) -> str:
    """The scale that a release says once for all its tables, in its opening or above a table."""
    blocks = (block for block in release.layout.blocks if block.table is None and block.part != "tail")
    return release.once(
        "scale", lambda: next((scale for block in blocks if (scale := said_scale(block.plain[:3000]))), "")
    )


def said_in_prose(release: Release) -> dict[str, Counter[str]]:
    """The digits of every amount in the text, with the scales in which it is said there."""
    said: dict[str, Counter[str]] = {}
    for sentence in release.sentences():
        for quantity in sentence.quantities:
            scale = quantity.unit.partition(" ")[2]
            if quantity.money and scale in units.SCALES and not quantity.is_range:
                said.setdefault(quantity.figure.digits, Counter())[scale] += 1
    return said


def scale_by_prose(values: Iterable[str], prose: dict[str, Counter[str]]) -> str:
    """The scale of a table that does not say it: that in which the text repeats at least two of its amounts.

    >>> scale_by_prose(["405", "456", "99"], {"405": Counter({"million": 2}), "99": Counter({"million": 1})})
    'million'
    """
    votes: Counter[str] = Counter()
    for value in set(values):
        for scale in prose.get(value, ()):
            votes[scale] += 1
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] >= 2 else ""
