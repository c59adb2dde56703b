"""Number words: counts that are spelled out, up to ninety-nine and a hundred."""

import re
from decimal import Decimal

from orebook.reading.language.alternation import either

_SPELLED = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty".split(),
        1,
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"

WORDS = rf"(?=[efhnostEFHNOST\u017f])(?i:(?:{_TENS})[-‑–](?:{_ONES})|{either(_SPELLED)})"
"""A regular expression for a spelled number, "twenty-six" before "twenty".

Without regard to capitals every word would be compared at every place: a look at the first letter comes before.
"""


def spelled_out(words: str) -> Decimal:
    """The value of a number in words.

    >>> spelled_out("six"), spelled_out("Twenty-six")
    (Decimal('6'), Decimal('26'))
    """
    return Decimal(sum(_SPELLED[part] for part in re.split("[-‑–]", words.lower())))
