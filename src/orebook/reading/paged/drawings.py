"""Drawings of a PDF page: the straight lines and boxes that may be the rules of a table."""

import ctypes
from collections.abc import Iterator
from itertools import pairwise, repeat
from typing import Any

import numpy as np
import numpy.typing as npt

_MOST_OBJECTS = 20_000
_MOST_PIECES = 400
"""A path of more pieces is a drawing, not a grid."""
_SIMPLE = 6
"""A box has at most so many pieces."""
_DEEPEST = 3
_FLAT = 0.6
"""Points: a line whose ends are nearer than this to one height is level."""

Area = tuple[float, float, float, float]
"""Left, top, right, bottom; y up."""
Matrix = tuple[float, float, float, float, float, float]

_SAME: Matrix = (1, 0, 0, 1, 0, 0)


def drawn(door: Any, page: Any) -> npt.NDArray[np.float64]:
    """The boxes of what is drawn on a page (left, top, right, bottom, y up): thin ones are lines."""
    count = min(door.raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    pen = _Pen(door)
    areas: list[Area] = []
    every = list(map(door.page_object, repeat(ctypes.cast(page, ctypes.c_void_p).value), range(count)))
    for each, kind in zip(every, map(door.kind, every), strict=True):
        if kind in pen.drawings:
            areas.extend(pen.areas(each, kind, _SAME, _DEEPEST))
            if len(areas) > _MOST_OBJECTS:
                break
    return np.array(areas, dtype=np.float64).reshape(-1, 4)


class _Pen:
    """The library's functions for drawings, with the places into which they write."""

    def __init__(self, door: Any) -> None:
        self.door, self.raw = door, door.raw
        self.drawings = {door.raw.FPDF_PAGEOBJ_PATH, door.raw.FPDF_PAGEOBJ_FORM}
        self.sides = (ctypes.c_float * 4)()
        self.modes = (ctypes.c_int * 2)()
        self.x, self.y = ctypes.c_float(), ctypes.c_float()
        side, mode = ctypes.addressof(self.sides), ctypes.addressof(self.modes)
        self.side_places = (side, side + 4, side + 8, side + 12)
        self.mode_places = (mode, mode + 4)

    def areas(self, each: int, kind: int, outer: Matrix, depth: int) -> Iterator[Area]:
        """The boxes of one drawing, or of all that are grouped in it."""
        raw = self.raw
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield from self._path(each, outer)
        elif depth:
            group = _object(raw, each)
            inner = _times(self._matrix(group), outer)
            for at in range(min(raw.FPDFFormObj_CountObjects(group), _MOST_OBJECTS)):
                part = ctypes.cast(raw.FPDFFormObj_GetObject(group, at), ctypes.c_void_p).value
                part_kind = self.door.kind(part)
                if part is not None and part_kind in self.drawings:
                    yield from self.areas(part, part_kind, inner, depth - 1)

    def _path(self, each: int, outer: Matrix) -> Iterator[Area]:
        door = self.door
        if not door.draw_mode(each, *self.mode_places) or not any(self.modes):
            return
        pieces = door.segments(each)
        if pieces > _SIMPLE:
            if pieces <= _MOST_PIECES:
                yield from self._pieces(_object(self.raw, each), pieces, outer)
        elif door.bounds(each, *self.side_places):
            left, bottom, right, top = self.sides
            yield _moved(left, bottom, right, top, outer)

    def _pieces(self, each: Any, count: int, outer: Matrix) -> Iterator[Area]:
        """The straight lines and boxes of a path that has many."""
        raw = self.raw
        matrix = _times(self._matrix(each), outer)
        corners: list[tuple[float, float]] = []
        for at in range(count):
            piece = raw.FPDFPath_GetPathSegment(each, at)
            kind = raw.FPDFPathSegment_GetType(piece)
            if kind == raw.FPDF_SEGMENT_BEZIERTO or not raw.FPDFPathSegment_GetPoint(
                piece, ctypes.byref(self.x), ctypes.byref(self.y)
            ):
                corners = []
                continue
            point = _at(self.x.value, self.y.value, matrix)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                yield from self._sides(corners)
                corners = []
            corners.append(point)
        yield from self._sides(corners)

    def _sides(self, corners: list[tuple[float, float]]) -> Iterator[Area]:
        """A box from its corners, or the level and upright lines between corners."""
        if len(corners) in (4, 5):
            xs, ys = {round(x, 1) for x, _ in corners}, {round(y, 1) for _, y in corners}
            if len(xs) <= 2 and len(ys) <= 2:
                yield min(xs), max(ys), max(xs), min(ys)
                return
        for (x0, y0), (x1, y1) in pairwise(corners):
            if abs(x0 - x1) < _FLAT or abs(y0 - y1) < _FLAT:
                yield min(x0, x1), max(y0, y1), max(x0, x1), min(y0, y1)

    def _matrix(self, each: Any) -> Matrix:
        found = self.raw.FS_MATRIX()
        if not self.raw.FPDFPageObj_GetMatrix(each, ctypes.byref(found)):
            return _SAME
        return found.a, found.b, found.c, found.d, found.e, found.f


def _object(raw: Any, address: int) -> Any:
    """An object of the library by its address."""
    return ctypes.cast(address, raw.FPDF_PAGEOBJECT)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """Two changes of coordinates, one after the other."""
    if outer == _SAME:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _at(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _moved(left: float, bottom: float, right: float, top: float, outer: Matrix) -> Area:
    if outer == _SAME:
        return left, top, right, bottom
    corners = [_at(x, y, outer) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), max(ys), max(xs), min(ys)
