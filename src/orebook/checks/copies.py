"""Copies: one release that was put out twice, on another wire or with other blanks and bullets.

A release is drawn as a sketch of 64 numbers: its runs of five words fall into 64 bins, and of each bin the least hash
is kept. Two sketches share as many of them as the texts share runs, so that copies are found without putting every text
beside every other.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from zlib import crc32

from orebook.reading.patterns import Pattern

LINES = 64
"""So many numbers are in a sketch."""

_BAND = 4
_RUN = 5
_ALIKE = 0.7
"""So large a part of the sketches is shared by copies."""

_FEW = 40
_WORD = Pattern(r"\w+")
_NONE = 1 << 32

Sketch = tuple[int, ...]


def sketch(text: str) -> Sketch:
    """The sketch of a text; of fewer than forty words none.

    >>> words = " ".join(f"word{number}" for number in range(200))
    >>> alike(sketch(words), sketch(words.replace(" ", "  ").upper()))
    True
    >>> sketch("Too short to tell.")
    ()
    """
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < _FEW:
        return ()
    least = [_NONE] * LINES
    for at in range(len(words) - _RUN + 1):
        run = crc32(" ".join(words[at : at + _RUN]).encode())
        least[run % LINES] = min(least[run % LINES], run)
    return tuple(least)


def alike(one: Sketch, other: Sketch) -> bool:
    """Whether two texts share most of their runs of words."""
    there = [pair for pair in zip(one, other, strict=False) if pair != (_NONE, _NONE)]
    return bool(there) and sum(here == beside for here, beside in there) >= _ALIKE * len(there)


def copies(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    """Every text that is like one before it: its number, and that of the first such.

    >>> words = [f"word{number}" for number in range(300)]
    >>> texts = [" ".join(words), " ".join(reversed(words)), " ".join(words[:-3])]
    >>> list(copies([sketch(text) for text in texts]))
    [(2, 0)]
    """
    bands: dict[tuple[int, Sketch], list[int]] = defaultdict(list)
    for number, lines in enumerate(sketches):
        keys = [(at, lines[at : at + _BAND]) for at in range(0, len(lines), _BAND)]
        keys = [key for key in keys if set(key[1]) != {_NONE}]
        near = dict.fromkeys(other for key in keys for other in bands[key])
        first = next((other for other in sorted(near) if alike(sketches[other], lines)), None)
        if first is not None:
            yield number, first
            continue
        for key in keys:
            bands[key].append(number)
