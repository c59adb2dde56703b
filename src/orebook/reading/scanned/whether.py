"""Whether a page of a PDF must be looked at as a picture, since its words are not in the file or mean nothing."""

import re
from collections.abc import Sequence

from orebook.reading.paged.pdfium import Pictured
from orebook.reading.paged.sense import COMMON, common

_FEW = 16
"""A page with so many words says what it says in letters; one with a title and a number may say it in a picture."""
_LARGE = 0.25
"""The part of a page that pictures must cover."""
_DRAWN = 300
"""So many drawings on a page without words are probably letters that were turned into outlines."""
_ENOUGH = 20
_WITHOUT_MEANING = 0.25
_SAID = re.compile(r"[^\W\d_]{3,20}[,.;:]?")
_VOWEL = re.compile("[aeiouyàâäéèêëîïíóôöúùûüáå]", re.IGNORECASE)
_FOREIGN = re.compile("[\ufffd\ue000-\uf8ff]")
_FAMILIAR = 0.02
_ENOUGH_SAID = 60
"""So many words of letters tell whether they mean anything."""
_LEAST_COMMON, _WITH_VOWELS = 0.01, 0.75
"""Of the words of any language that is read here more are common, and nearly all that are longer have a vowel."""


def may_be_picture(words: Sequence[str]) -> bool:
    """Whether a page has so few words that one should ask what is drawn on it."""
    return len(words) < _FEW


def is_picture(words: Sequence[str], pictured: Pictured) -> bool:
    """Whether what a page says is in its pictures.

    >>> is_picture(["page", "3"], Pictured(0.95, 200, 0)), is_picture(["page", "3"], Pictured(0.0, 0, 2))
    (True, False)
    """
    return may_be_picture(words) and (pictured.share >= _LARGE or pictured.drawn >= _DRAWN)


def is_garbled(words: Sequence[str]) -> bool:
    """Whether the letters of a page are not those that one sees, as with fonts whose character map is broken.

    >>> is_garbled(["\ue012\ue013\ue020", "\ue011\ue042"] * 10), is_garbled(["ore", "body"] * 10)
    (True, False)
    >>> is_garbled("WKH FRPSDQB GULOOHG IRXU KROHV LQ WKH QRUWK".split() * 10)  # each letter stands for another
    True
    """
    if len(words) < _ENOUGH or _says_common_words(words):
        return False
    whole = "".join(words)
    if len(_FOREIGN.findall(whole)) > _WITHOUT_MEANING * len(whole):
        return True
    said = [word for word in words if _SAID.fullmatch(word)]
    if len(said) < _ENOUGH_SAID or common(said) > _LEAST_COMMON:
        return False
    return sum(_VOWEL.search(word) is not None for word in said) < _WITH_VOWELS * len(said)


def _says_common_words(words: Sequence[str]) -> bool:
    """Whether enough words are those that everybody says; where many are, one need not look at all."""
    enough, begin = _FAMILIAR * len(words), words[:_ENOUGH_SAID]
    return sum(map(COMMON.__contains__, begin)) > enough or sum(map(COMMON.__contains__, words)) > enough
