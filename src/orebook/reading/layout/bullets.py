"""Bullets: the signs, numbers and letters that a point of a list begins with."""

import re

from orebook.reading.patterns import Pattern

_SIGNS = "•·●▪■□◦‣➢►✓❖\uf0b7\uf0a7\uf0d8\u2043"
_BULLET = Pattern(rf"(?:[-*+–—]\s+|[{_SIGNS}]\s*|o\s+(?=[A-Z\d])|\(?(?:\d{{1,2}}|[a-z]|[ivx]{{2,4}})[.)]\s+)(?=\S)")
_FIRST = frozenset(_SIGNS + "-*+–—(")
_NUMBER = 5
"""Behind a number or a letter its stop stands among so many first letters."""


def bullet(words: str) -> re.Match[str] | None:
    """The mark with which a point of a list begins; most words are told by their first letters.

    >>> [found and found.end() for found in map(bullet, ("- zinc", "12. zinc", "(a) zinc", "o Zinc", "ore", "1.2 m"))]
    [2, 4, 4, 2, None, None]
    """
    first = words[:1]
    if first in _FIRST:
        return _BULLET.match(words)
    if first.isupper() or not first.isalnum():
        return None
    head = words[1:_NUMBER]
    return _BULLET.match(words) if "." in head or ")" in head or (first == "o" and head[:1].isspace()) else None
