"""Seen: which signs stand in the bytes of a table, told by one pass over them."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from orebook.book.files._content import PART, Content

_SLICE = 64 * 1024
"""Bytes that are held and looked at together: what is asked of them on the way stays near the processor."""

_SIGNS = b",;\t|"
_FEED = 10


class Seen(NamedTuple):
    """What stands in some bytes: whether all is ASCII, whether there are noughts, returns, quotes and signs of limits,
    how many line feeds, and how often the sign that most likely stands between cells.
    """

    ascii: bool
    noughts: bool
    returns: bool
    quotes: bool
    limits: bool
    feeds: int
    sign: bytes
    signs: int


def seen(data: Content) -> Seen:
    """Look once at all of the bytes, slice by slice, since the memory is slower than what is asked of them.

    >>> found = seen(b'hole,from\\nA,1\\nB,<2')
    >>> found.ascii, found.quotes, found.limits, found.feeds, found.sign, found.signs
    (True, False, True, 2, b',', 3)
    """
    often = Counter(byte for byte in data[:4096] if byte in _SIGNS)
    sign = max(_SIGNS, key=lambda byte: often[byte])
    plain, noughts, returns, quotes, limits = True, False, False, False, False
    feeds = signs = 0
    room = np.empty(PART, np.bool_)
    for part in _parts(data):
        plain = plain and part.isascii()
        noughts = noughts or b"\x00" in part
        returns = returns or b"\r" in part
        quotes = quotes or b'"' in part
        limits = limits or b"<" in part or b">" in part
        buffer, equal = np.frombuffer(part, np.uint8), room[: len(part)]
        feeds += int(np.count_nonzero(np.equal(buffer, _FEED, out=equal)))
        signs += int(np.count_nonzero(np.equal(buffer, sign, out=equal)))
    return Seen(plain, noughts, returns, quotes, limits, feeds, bytes([sign]), signs)


def _parts(data: Content) -> Iterator[bytes | bytearray]:
    if isinstance(data, bytes):
        return (data[at : at + _SLICE] for at in range(0, len(data), _SLICE))
    return data.parts()
