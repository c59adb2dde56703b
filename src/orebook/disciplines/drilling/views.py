"""Views: the sixteen bytes by which a column holds each of its texts, seen as two numbers, nothing copied.

A text of at most twelve bytes stands in its view itself, with its length; a longer one with its beginning and the place
where the whole of it lies. Two equal views are two equal texts; of two that differ only the short ones are known to be
different texts. Source: the layout of ``utf8_view`` and the C stream interface in the specification of Apache Arrow.
"""

import ctypes
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.maths.compiled import compiled

Views = NDArray[np.uint64]
Ints = NDArray[np.int64]

_OF_VIEWS = b"vu"
_BLOCK = 32
"""Rows that are looked at together; a change among them is looked for only where there is one."""


class _Schema(ctypes.Structure):
    """What kind of column it is, as Arrow tells it."""


class _Array(ctypes.Structure):
    """Where the parts of a column lie, as Arrow tells it."""


class _Stream(ctypes.Structure):
    """The pieces of a column one after another, as Arrow hands them out."""


_Schema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_char_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.c_void_p),
    ("dictionary", ctypes.c_void_p),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Schema))),
    ("private_data", ctypes.c_void_p),
]
_Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.c_void_p),
    ("dictionary", ctypes.c_void_p),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Array))),
    ("private_data", ctypes.c_void_p),
]
_Stream._fields_ = [
    ("get_schema", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Schema))),
    ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Array))),
    ("get_last_error", ctypes.c_void_p),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Stream))),
    ("private_data", ctypes.c_void_p),
]


def views(column: pl.Series) -> Views | None:
    """The views of a column of text in one piece, two numbers a row; none where it is held in another way.

    They lie in the memory of the column, which has to live as long as they are looked at.

    >>> seen = views(pl.Series(["A-1", "A-1", "A-2"]))
    >>> (seen[1:] == seen[:-1]).all(axis=1).tolist()
    [True, False]
    """
    if column.dtype != pl.String or column.n_chunks() != 1 or not len(column):
        return None
    capsule = column.__arrow_c_stream__()
    stream = ctypes.cast(_pointer(capsule, b"arrow_array_stream"), ctypes.POINTER(_Stream)).contents
    kind, array = _Schema(), _Array()
    if stream.get_schema(stream, kind) != 0:
        return None
    named = kind.format
    kind.release(kind)
    if named != _OF_VIEWS or stream.get_next(stream, array) != 0 or array.length != len(column):
        return None
    begin = array.buffers[1] + 16 * array.offset
    array.release(array)
    memory = (ctypes.c_uint64 * (2 * len(column))).from_address(begin)
    words: NDArray[np.uint64] = np.ctypeslib.as_array(memory)
    return words.reshape(-1, 2)


_pointer: Any = ctypes.pythonapi.PyCapsule_GetPointer
_pointer.restype, _pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]


def changes(column: pl.Series) -> Ints:
    """The rows of a column of text without gaps that differ from the row above.

    >>> changes(pl.Series(["A", "A", "B", "B", "A"])).tolist()
    [2, 4]
    """
    seen = None if column.null_count() else views(column)
    if seen is not None:
        rows = _other(seen.reshape(-1), np.empty(len(column) // 4 + 1, dtype=np.int64))
        if len(rows) <= len(column) // 4:  # more are long texts each at a place of its own
            differ = column.gather(rows) != column.gather(rows - 1)
            return rows if differ.all() else rows[differ.to_numpy()]
    below, above = column.slice(1), column.slice(0, max(len(column) - 1, 0))
    differ = below.ne_missing(above) if column.null_count() else below != above
    return differ.arg_true().to_numpy().astype(np.int64) + 1


@compiled
def _other(words: NDArray[np.uint64], rows: Ints) -> Ints:
    """The rows whose two words are not those of the row above, as far as there is room for them."""
    n = 0
    for begin in range(2, len(words), 2 * _BLOCK):
        here, above = words[begin : begin + 2 * _BLOCK], words[begin - 2 : begin - 2 + 2 * _BLOCK]
        apart = np.uint64(0)
        for i in range(len(here)):
            apart |= here[i] ^ above[i]
        if apart == 0:
            continue
        for i in range(0, len(here), 2):
            if here[i] != above[i] or here[i + 1] != above[i + 1]:
                if n == len(rows):
                    return rows
                rows[n] = (begin + i) // 2
                n += 1
    return rows[:n]
