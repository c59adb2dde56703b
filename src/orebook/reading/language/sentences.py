"""Sentences: where one ends is not where every full stop stands.

>>> text = inline("Pierre Roy, P. Geo., is the QP. It cost $1.5 M. See Fig. 3 vs. Table 2.", 0, 80)
>>> [sentence.plain for sentence in sentences(text)]
['Pierre Roy, P. Geo., is the QP.', 'It cost $1.5 M.', 'See Fig. 3 vs. Table 2.']
"""

import re

from orebook.reading.patterns import Pattern
from orebook.reading.text import Text, inline

_STOP = Pattern(r"[.!?][\"')\]]{0,3}(?=\s+[\"'(\[]{0,2}[A-Z0-9•])|(?<=[a-z)]);\s(?=[A-Z])")
_KEPT = Pattern(
    r"(?:\b(?:[A-Z]|Dr|Mr|Mrs|Ms|Prof|St|No|Nos|Fig|Figs|Tab|Sec|vs|Ltd|Inc|Corp|Co|Cie|Jr|Sr|Mt|Geo|Eng|Sc|Ph|D|Sci|Nat|approx"
    r"|ca|cf|al|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|U\.S|B\.C|N\.W|i\.e|e\.g|incl|Incl|inc|est|Est|Hon|P|M|B|Vol|pp)\.)$"
)
_CONTINUES = Pattern(r"\s+(?:[a-z]|Geo\b|Eng\b|\d)")


def sentences(text: Text) -> list[Text]:
    """The sentences of a text, each still tied to the document."""
    return [text.slice(start, end).strip() for start, end in spans(text.plain) if text.plain[start:end].strip()]


def spans(plain: str) -> list[tuple[int, int]]:
    """Where each sentence of a plain text starts and ends."""
    found, start = [], 0
    for stop in _STOP.finditer(plain):
        before = plain[max(start, stop.start() - 12) : stop.start() + 1]
        kept = _KEPT.search(before)
        if kept and (len(kept[0]) > 2 or _CONTINUES.match(plain, stop.end()) or _initial(plain, stop)):
            continue
        found.append((start, stop.end()))
        start = stop.end()
    found.append((start, len(plain)))
    return found


def _initial(plain: str, stop: re.Match[str]) -> bool:
    """Whether a single letter before the stop is an initial, not the end of "Zone B." or "$1.5 M."."""
    before = plain[max(0, stop.start() - 12) : stop.start()]
    return not re.search(r"(?:\d\s?|[Zz]one |[Tt]arget |[Pp]hase |Area )[A-Z]$", before)


__all__ = ["inline", "sentences", "spans"]
