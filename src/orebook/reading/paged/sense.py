"""Sense: whether words are those of a language or numbers, where a font does not say which letters it shows."""

import re
from collections.abc import Sequence

COMMON = frozenset(
    "the of and in to for is on at with was by from as are that be this or an has"
    " de la le les des et du en à un une pour sur est que par dans"
    " el los las del y con se und der die das von mit den zu im".split()
)
"""Words that everybody says often, in the languages that are read here."""
_DECIMAL = re.compile(r"[(<>~$€£+−–-]{0,3}\d[\d,]{0,12}\.\d{1,6}[%)]{0,2}")
_FEWEST = 5
_DECIMALS, _COMMON = 0.2, 0.06
"""Of words that make sense this share are numbers with decimals, or common."""


def common(words: Sequence[str]) -> float:
    """The part of some words that everybody says often: hardly any where letters stand for others."""
    return sum(word.lower() in COMMON for word in words) / max(1, len(words))


def makes_sense(words: Sequence[str]) -> bool:
    """Whether words can be what one sees: letters that stand for others make neither numbers nor common words.

    >>> makes_sense("A-1 2.0 12.5 1.20 A-2".split()), makes_sense("all of the ore is in the hill".split())
    (True, True)
    >>> makes_sense("DOO RI WKH RUH LV LQ WKH KLOO".split())
    False
    """
    if len(words) < _FEWEST:
        return False
    decimals = sum(_DECIMAL.fullmatch(word) is not None for word in words)
    return decimals >= _DECIMALS * len(words) or common(words) >= _COMMON
