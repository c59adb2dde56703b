"""Room: arrays of one length for results that nobody has filled yet, side by side in one piece of memory.

A system hands out a large piece in large pages, many small ones page by page, which takes several times as long.
"""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from orebook.maths.compiled import each, side_by_side

_BESIDE = 64
"""Bytes in a line of a processor's cache; every array begins with one."""


def room(size: int, *kinds: DTypeLike) -> list[NDArray[Any]]:
    """Arrays of ``size`` numbers of the given kinds, not filled.

    >>> [(len(array), array.dtype.name) for array in room(3, np.float64, np.uint8)]
    [(3, 'float64'), (3, 'uint8')]
    """
    widths = [-(-size * np.dtype(kind).itemsize // _BESIDE) * _BESIDE for kind in kinds]
    whole, at, arrays = np.empty(sum(widths), dtype=np.uint8), 0, []
    for kind, width in zip(kinds, widths, strict=True):
        arrays.append(whole[at : at + width].view(kind)[:size])
        at += width
    return arrays


@side_by_side
def copied(values: NDArray[np.float64], into: NDArray[np.float64]) -> None:
    """Write numbers into a room for as many.

    >>> into = np.empty(2)
    >>> copied(np.array([1.0, 2.0]), into)
    >>> into.tolist()
    [1.0, 2.0]
    """
    for i in each(len(values)):
        into[i] = values[i]


@side_by_side
def middles(low: NDArray[np.float64], high: NDArray[np.float64], into: NDArray[np.float64]) -> None:
    """Write what lies in the middle between two numbers.

    >>> into = np.empty(1)
    >>> middles(np.array([1.0]), np.array([2.0]), into)
    >>> into.tolist()
    [1.5]
    """
    for i in each(len(low)):
        into[i] = (low[i] + high[i]) * 0.5
