"""Whether a page of a PDF must be looked at as a picture, since its words are not in the file or mean nothing."""

import re
from collections.abc import Sequence

from orebook.reading.paged.pdfium import Pictured

_FEW = 40
"""A page with so many words says what it says in letters; one with fewer may say it in a picture."""
_LARGE = 0.25
"""The part of a page that pictures must cover."""
_DRAWN = 300
"""So many drawings on a page without words are probably letters that were turned into outlines."""
_ENOUGH = 20
_WITHOUT_MEANING = 0.25
_NUMBER = re.compile(r"[-(<~$]*\d[\d,.]*[%)]*")
_FOREIGN = re.compile("[\ufffd\ue000-\uf8ff]")
_ALPHABETS = re.compile("[^\u0000-\u024f\u2000-\u22ff]")
_COMMON = frozenset(
    "the of and in to for is on at with was by from as are that be this or an has"
    " de la le les des et du en à un une pour sur est que par dans"
    " el los las del y con se und der die das von mit den zu im".split()
)
_ENOUGH_SAID, _SAID = 150, 0.8
"""So many words that are no numbers, and such a part of all, tell whether they mean anything."""
_LEAST_COMMON = 0.01


def may_be_picture(words: Sequence[str]) -> bool:
    """Whether a page has so few words that one should ask what is drawn on it."""
    return len(words) < _FEW


def is_picture(words: Sequence[str], pictured: Pictured) -> bool:
    """Whether what a page says is in its pictures.

    >>> is_picture(["page", "3"], Pictured(0.95, 200, 0)), is_picture(["page", "3"], Pictured(0.0, 0, 2))
    (True, False)
    """
    return may_be_picture(words) and (pictured.share >= _LARGE or (pictured.drawn >= _DRAWN and len(words) < _ENOUGH))


def is_garbled(words: Sequence[str]) -> bool:
    """Whether the letters of a page are not those that one sees, as with fonts whose character map is broken.

    >>> is_garbled(["\ue012\ue013\ue020", "\ue011\ue042"] * 10), is_garbled(["ore", "body"] * 10)
    (True, False)
    """
    if len(words) < _ENOUGH:
        return False
    whole = "".join(words)
    if len(_FOREIGN.findall(whole)) > _WITHOUT_MEANING * len(whole):
        return True
    said = [word.lower() for word in words if not _NUMBER.fullmatch(word)]
    if len(said) < max(_ENOUGH_SAID, _SAID * len(words)) or len(_ALPHABETS.findall(whole)) > 0.05 * len(whole):
        return False
    return common(said) < _LEAST_COMMON


def common(words: Sequence[str]) -> float:
    """The part of some words that everybody says often: hardly any where letters stand for others."""
    return sum(word.lower() in _COMMON for word in words) / max(1, len(words))
