"""Marks on paper: the words and the rules of a page, whoever saw them (a PDF library, the recognition of a scan)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from orebook.ground.source import Box
from orebook.reading.paged.document import Area
from orebook.reading.paged.writing import Run, Word


class Mark(NamedTuple):
    """A word and its box in the reading frame of its sheet: points, x along the lines, y down from line to line.

    ``sure`` says how sure whoever recognised the letters is of them, 0 to 1.
    """

    left: float
    top: float
    right: float
    bottom: float
    text: str
    bold: bool = False
    sure: float = 1.0


class Rule(NamedTuple):
    """A ruling line: a horizontal one stands at a height ``at``, a vertical one at an ``at`` from the left."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words of a page that run in one direction, and the rules that stand around them.

    ``number`` is that of the page, from one; a page whose words run in two directions makes two sheets. ``width`` and
    ``height`` are those of the reading frame, in which the words run from left to right and the lines from the top
    down. ``across`` are the horizontal rules, ``down`` the vertical ones. ``origin`` says whose the letters are:
    ``native`` or ``ocr``. ``turn`` counts the quarter turns clockwise by which the words stand turned on the page as
    one sees it: 0 upright, 1 down the page, 3 up the page. ``lean`` says by how many degrees clockwise a scan lies
    askew: its frame is level, and the boxes of its words are turned back with the page. ``doubtful`` says whether the
    letters of any word may be in doubt; ``sides`` are the boxes of all words as columns, where the file gave them so.

    >>> sheet = Sheet(1, 792, 612, [Mark(72, 100, 90, 112, "ore")], turn=3)
    >>> sheet.word(sheet.marks[0]).box
    Box(left=100, top=702, right=112, bottom=720)
    """

    number: int
    width: float
    height: float
    marks: Sequence[Mark]
    across: Sequence[Rule] = ()
    down: Sequence[Rule] = ()
    origin: str = "native"
    turn: int = 0
    lean: float = 0.0
    doubtful: bool = True
    sides: npt.NDArray[np.float64] | None = field(default=None, compare=False, repr=False)

    def written(self, marks: Sequence[Mark]) -> Run:
        """Words with their boxes on the page as one sees it."""
        doubts = [(at, mark[6]) for at, mark in enumerate(marks) if mark[6] < 1] if self.doubtful else ()
        return Run([mark[4] for mark in marks], self._boxes(marks), doubts)

    def _boxes(self, marks: Sequence[Mark]) -> Sequence[Area]:
        """The boxes of words on the page as one sees it: those of the reading frame where it is the same."""
        if not self.turn and not self.lean:
            return marks
        return [self.word(mark).box or mark for mark in marks]

    def word(self, mark: Mark) -> Word:
        """A word with its box on the page as one sees it."""
        left, top, right, bottom = mark[:4]
        if self.lean:
            left, top, right, bottom = self._leaning(left, top, right, bottom)
        if self.turn == 0:
            box = Box(left, top, right, bottom)
        elif self.turn == 1:
            box = Box(self.height - bottom, left, self.height - top, right)
        elif self.turn == 2:
            box = Box(self.width - right, self.height - bottom, self.width - left, self.height - top)
        else:
            box = Box(top, self.width - right, bottom, self.width - left)
        return Word(mark.text, box, mark.sure)

    def _leaning(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """A box of the level frame where it lies on the page: turned about the middle of the page, within it."""
        lean = math.radians(self.lean)
        across, up = (left + right - self.width) / 2, (top + bottom - self.height) / 2
        x = self.width / 2 + across * math.cos(lean) - up * math.sin(lean)
        y = self.height / 2 + across * math.sin(lean) + up * math.cos(lean)
        wide, high = (right - left) / 2, (bottom - top) / 2
        tall = high * math.cos(lean) + wide * abs(math.sin(lean))
        return (
            round(min(self.width, max(0.0, x - wide)), 2),
            round(min(self.height, max(0.0, y - tall)), 2),
            round(max(0.0, min(self.width, x + wide)), 2),
            round(max(0.0, min(self.height, y + tall)), 2),
        )
