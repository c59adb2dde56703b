"""Hard pages, seen twice: as one block of lines, and as words that stand anywhere; the surer words are kept."""

from collections.abc import Sequence

import numpy as np

from orebook.reading.scanned.pictures import Grey
from orebook.reading.scanned.tesseract import SCATTERED, Seen, recognised, sense

_PLAIN = 0.88
"""A page of text makes more sense than this; tables in colours, maps and drawings make less."""
_SHARED = 0.25


def seen_twice(large: Grey, seen: Sequence[Seen]) -> tuple[list[Seen], float]:
    """The words of a page that was recognised once, with those of a second look if the first made little sense.

    And how much sense the better of the looks made: the surer of two guesses would seem to make more.
    """
    first = sense(seen)
    if first >= _PLAIN:
        return list(seen), first
    after = 1 + max((word.line for word in seen), default=0)
    again = [word._replace(line=word.line + after) for word in recognised(large, SCATTERED)]
    return surest([*seen, *again]), max(first, sense(again))


def surest(seen: Sequence[Seen]) -> list[Seen]:
    """Of words that lie over one another the surest, in the order in which they came.

    >>> first = Seen(0, 0, 40, 10, "AT%", 0.7, 0), Seen(50, 0, 60, 10, "ore", 0.5, 0)
    >>> [word.text for word in surest([*first, Seen(1, 0, 40, 10, "47%", 0.9, 7)])]
    ['ore', '47%']
    """
    if not seen:
        return []
    boxes = np.array([word[:4] for word in seen], dtype=np.float64)
    areas = np.maximum(1, (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]))
    left = np.ones(len(seen), dtype=np.bool_)
    kept = []
    for at in sorted(range(len(seen)), key=lambda at: (-seen[at].sure, at)):
        if not left[at]:
            continue
        kept.append(at)
        wide = np.minimum(boxes[:, 2], boxes[at, 2]) - np.maximum(boxes[:, 0], boxes[at, 0])
        high = np.minimum(boxes[:, 3], boxes[at, 3]) - np.maximum(boxes[:, 1], boxes[at, 1])
        shared = np.maximum(0, wide) * np.maximum(0, high) / np.minimum(areas, areas[at])
        left &= shared <= _SHARED
    return [seen[at] for at in sorted(kept)]
