"""Numerals: many decimal numbers written at once, each with no more digits than it needs."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orebook.maths.compiled import compiled

_ROOM = 24
"""So many letters are enough for a mark, a minus, a point and the digits of any whole number of 64 bits."""


def written(
    form: str, values: NDArray[np.float64], *, places: int = 1, begins: Sequence[int] | NDArray[np.int64] = (0,)
) -> list[str]:
    """Rows of finite numbers in a form, the rows from each beginning to the next as one text.

    ``form`` has a mark before each number, which stands as ``#``, and may have one after all. Numbers are rounded to
    ``places`` decimals; noughts that say nothing are left out, and so is a space before a minus.

    >>> written("M# #h#z", np.array([[1.0, 2.27, 0.5], [3.0, -4.04, 120.0]]))
    ['M1 2.3h.5zM3-4h120z']
    >>> written("M# #", np.array([[1.0, 2.0], [3.0, 4.0]]), begins=[0, 1])
    ['M1 2', 'M3 4']
    """
    *marks, after = form.split("#")
    scaled = np.rint(np.asarray(values, dtype=np.float64) * 10.0**places).astype(np.int64)
    letters = np.empty(scaled.size * _ROOM + len(scaled), dtype=np.uint8)
    first = np.frombuffer("".join(marks).encode("ascii"), dtype=np.uint8)
    ends = np.zeros(len(scaled) + 1, dtype=np.int64)
    _write(np.ascontiguousarray(scaled), first, ord(after) if after else 0, places, letters, ends)
    said = letters[: ends[-1]].tobytes().decode("ascii")
    return [said[begin:end] for begin, end in pairwise(ends[[*begins, len(scaled)]].tolist())]


@compiled
def _write(scaled: Any, marks: Any, after: Any, places: Any, letters: Any, ends: Any) -> None:
    """Write whole numbers with a point before their last places, and where each row ends."""
    digits = np.empty(_ROOM, np.uint8)
    at = 0
    for row in range(scaled.shape[0]):
        for column in range(scaled.shape[1]):
            size = abs(scaled[row, column])
            minus = scaled[row, column] < 0
            if not minus or marks[column] != 32:
                letters[at] = marks[column]
                at += 1
            if minus:
                letters[at] = 45
                at += 1
            left = places
            while left > 0 and size % 10 == 0:  # noughts at the end
                size //= 10
                left -= 1
            count = 0
            while size > 0 or count < left:
                digits[count] = 48 + size % 10
                size //= 10
                count += 1
            if count == 0:
                digits[0] = 48
                count = 1
            for digit in range(count - 1, -1, -1):
                if digit == left - 1:
                    letters[at] = 46
                    at += 1
                letters[at] = digits[digit]
                at += 1
        if after > 0:
            letters[at] = after
            at += 1
        ends[row + 1] = at
