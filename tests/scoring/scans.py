"""Counting the numbers of a scanned page that were recognised rightly, wherever they stand."""

import re
import unicodedata
from collections import Counter

_DASH = re.compile("[\u2212\u2010-\u2015]")


def numbers_of(text: str) -> Counter[str]:
    """The words of a text that hold a digit.

    >>> numbers_of("Hole A1: 2.0 m at 1.5 g/t")
    Counter({'A1:': 1, '2.0': 1, '1.5': 1})
    """
    words = _DASH.sub("-", unicodedata.normalize("NFKC", text)).split()
    return Counter(word for word in words if any(letter.isdigit() for letter in word))


def right_numbers(want: Counter[str], got: Counter[str]) -> int:
    """How many of the wanted numbers were got.

    >>> right_numbers(Counter({"2.0": 2, "3": 1}), Counter({"2.0": 1, "3": 2}))
    2
    """
    return (want & got).total()
