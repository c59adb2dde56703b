"""Raised marks: figures of footnotes behind a word, which are no part of its number, and the endings of ordinals."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Area = tuple[float, float, float, float]
Floats = npt.NDArray[np.float64]

SMALLER = 0.86
"""Raised and lowered letters are smaller than this share of the others."""
_HIGHER = 0.15
"""Raised letters stand higher than the others by this share of their height."""
_NEAR = 0.6
_APART = 0.3
"""Letters of one word are nearer than this share of their height."""
_MARK = re.compile(r"[\d,()*]+")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_RAISING = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")


@dataclass(slots=True)
class Words:
    """The words of a page: text, box (left, top, right, bottom; y up), quarter turns counterclockwise, boldness.

    ``objects`` are the drawings of the file that the words begin in.
    """

    texts: list[str]
    boxes: Floats
    turns: npt.NDArray[np.int64]
    bold: list[bool]
    hidden: list[bool]
    objects: list[int | None]
    broken: bool = False
    """Whether the fonts of the page do not say which letters they show."""

    def kept(self, places: Sequence[int]) -> None:
        """Keep some words, or some of them several times."""
        self.texts = [self.texts[at] for at in places]
        self.bold = [self.bold[at] for at in places]
        self.hidden = [self.hidden[at] for at in places]
        self.objects = [self.objects[at] for at in places]
        self.boxes, self.turns = self.boxes[places], self.turns[places]


def letters_of(word: str, boxes: Sequence[Area], sizes: Sequence[float]) -> list[tuple[str, Area, int]]:
    """A word parted where its letters stand apart: words, their boxes, and the number of the first letter of each.

    Figures that are set smaller and higher at its beginning or end are written raised. ``sizes`` are those of the
    letters' font.

    >>> boxes = [(0, 10, 5, 0), (5, 10, 10, 0), (10, 12, 13, 6)]
    >>> letters_of("143", boxes, [10, 10, 6])
    [('14³', (0, 12, 13, 0), 0)]
    """
    main = max(sizes)
    small = [size < SMALLER * main for size in sizes]
    letters = list(word)
    if any(small) and not all(small):
        bases = sorted([box[3] for box, little in zip(boxes, small, strict=True) if not little])
        base = bases[len(bases) // 2] + _HIGHER * main
        raised = [little and box[3] > base for box, little in zip(boxes, small, strict=True)]
        for where in (range(_run(raised)), range(len(word) - _run(raised[::-1]), len(word))):
            if _MARK.fullmatch("".join(word[at] for at in where)):
                for at in where:
                    letters[at] = letters[at].translate(_RAISING)
    cuts, reach = [0], boxes[0][2]
    for at in range(1, len(boxes)):
        if boxes[at][0] - reach > _APART * main:
            cuts.append(at)
        reach = max(reach, boxes[at][2])
    cuts.append(len(letters))
    if len(cuts) - 1 == len(letters) and len(letters) > 3:
        cuts = [0, len(letters)]
    found: list[tuple[str, Area, int]] = []
    for begin, stop in pairwise(cuts):
        lefts, tops, rights, bottoms = zip(*boxes[begin:stop], strict=True)
        found.append(("".join(letters[begin:stop]), (min(lefts), max(tops), max(rights), min(bottoms)), begin))
    return found


def _run(raised: Sequence[bool]) -> int:
    """How many letters at the beginning are raised, if others are not."""
    return next((at for at, up in enumerate(raised) if not up), 0)


def raise_marks(words: Words, size: Callable[[int | None], float]) -> None:
    """Write figures that stand raised behind a word as raised, and join the endings of ordinals to their numbers.

    ``size`` tells the size of the font of a drawing: a raised mark is set in smaller letters.
    """
    boxes = words.boxes
    high = boxes[:, 1] - boxes[:, 3]
    base = boxes[1:, 3]
    raised = (
        (base > boxes[:-1, 3] + 0.1 * high[:-1])
        & (base < boxes[:-1, 1])
        & (np.abs(boxes[1:, 0] - boxes[:-1, 2]) < _NEAR * high[:-1])
        & (words.turns[1:] == 0)
    )
    endings = set()
    for at in (np.flatnonzero(raised) + 1).tolist():
        text = words.texts[at]
        mark = _MARK.fullmatch(text) is not None
        ending = text.rstrip(".,;:)") in _ORDINALS and words.texts[at - 1][-1:].isdigit()
        if not (mark or ending) or size(words.objects[at]) >= SMALLER * size(words.objects[at - 1]):
            continue
        if mark:
            words.texts[at] = text.translate(_RAISING)
        else:
            words.texts[at - 1] += text
            boxes[at - 1, 2] = boxes[at, 2]
            endings.add(at)
    if endings:
        words.kept([at for at in range(len(words.texts)) if at not in endings])
