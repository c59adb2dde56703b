"""Windows: sentences that have no end, cut into pieces that are read one by one.

Text from pages can be one sentence of any length. Intervals stand close together, so a cut at a bullet, a semicolon or
the name of a hole loses nothing, and the work stays in proportion to the length.
"""

from collections.abc import Iterator

from orebook.reading.language.quantities import quantities
from orebook.reading.patterns import Pattern
from orebook.reading.release import Sentence

_LONGEST = 1500
_EARLIEST = 900
_CUT = Pattern(r"[;•▪]\s|\s(?=[A-Z]{2,6}[-\d]{3,}[:\s])")


def windows(sentence: Sentence) -> Iterator[Sentence]:
    """The sentence itself, or its parts when it is very long.

    >>> from orebook.reading.layout import Block
    >>> from orebook.reading.text import inline
    >>> said = "QX-007: 6 m at 2.1 g/t Au from 14 m; " * 200
    >>> text = inline(said, 0, len(said))
    >>> parts = list(windows(Sentence(text, Block("paragraph", text), 0)))
    >>> len(parts), parts[1].plain[:7], sum(len(part.plain) for part in parts) == len(said)
    (5, 'QX-007:', True)
    """
    plain = sentence.plain
    if len(plain) <= _LONGEST:
        yield sentence
        return
    start = 0
    while start < len(plain):
        end = _end(plain, start)
        text = sentence.text.slice(start, end)
        yield Sentence(text, sentence.block, sentence.at + start, quantities(text.plain), [])
        start = end


def _end(plain: str, start: int) -> int:
    """Where a window ends: at the last good place for a cut, else at the last blank, else anywhere."""
    if len(plain) - start <= _LONGEST:
        return len(plain)
    cuts = [found.end() for found in _CUT.finditer(plain, start + _EARLIEST, start + _LONGEST)]
    blank = plain.rfind(" ", start + _EARLIEST, start + _LONGEST)
    return cuts[-1] if cuts else (blank + 1 if blank > start else start + _LONGEST)
