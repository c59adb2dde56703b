"""Behind the holes: what of the ground stands on a section below traces and bars: blocks, and the surface."""

import numpy as np

from orebook.maths.numerals import written
from orebook.reports.drawings.blocks_in_space import Slice
from orebook.reports.drawings.furniture import Frame
from orebook.reports.drawings.grade_classes import GradeClasses
from orebook.reports.drawings.ground_line import GroundLine
from orebook.reports.drawings.svg import line, path


def blocks(frame: Frame, cut: Slice, classes: GradeClasses) -> list[str]:
    """The blocks of a cut, coloured by grade as bars are, paler: one path for each class."""
    inside = cut.within(frame.across.low, frame.across.high, frame.up.low, frame.up.high)
    found = []
    for number, edges in enumerate(inside.by_class(classes)):
        if not len(edges):
            continue
        left, right = (frame.across.start + (edges[:, at] - frame.across.low) * frame.across.per_unit for at in (0, 1))
        bottom, top = (frame.up.start + (edges[:, at] - frame.up.low) * frame.up.per_unit for at in (2, 3))
        (d,) = written("M# #h#v#H#z", np.column_stack([left, top, right - left, bottom - top, left]))
        found.append(f'<path class="blocks {classes.colour(number)}" fill-opacity="0.4" d="{d}"/>')
    return found


def surface(frame: Frame, ground: GroundLine | None) -> str:
    """The line of the ground; dashed where it only joins collars."""
    if ground is None:
        return ""
    dash = ' stroke-dasharray="7 4"' if ground.basis == "collars" else ""
    pieces = (line([(frame.across(x), frame.up(y)) for x, y in each]) for each in ground.lines)
    return path("".join(pieces), "surface-line ground", 1.6, dash)
