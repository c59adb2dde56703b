"""Zones on a section: bands along the holes, and where somebody asks for it straight shapes from hole to hole."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.reports.drawings.corridor import Cut, Point
from orebook.reports.drawings.furniture import Frame
from orebook.reports.drawings.svg import line, path, text, words

Floats = NDArray[np.float64]

_ENDS = ("along_from", "up_from", "along_to", "up_to")
_SAME = 1e-9


class Shape(NamedTuple):
    """A zone between two neighbouring holes: its name, the holes, and the corners (along, height) around it."""

    zone: str
    holes: tuple[str, str]
    corners: tuple[Point, Point, Point, Point]


def bands(frame: Frame, cut: pl.DataFrame) -> list[str]:
    """The intervals of zones along the traces, as broad pale bands; ``cut`` has the zone as ``grade``."""
    found = []
    for row in cut.select(*_ENDS, "grade", "hole", "from", "to").iter_rows():
        ends = [(frame.across(row[0]), frame.up(row[1])), (frame.across(row[2]), frame.up(row[3]))]
        said = f"<title>{text(f'{row[5]} {row[6]:g} to {row[7]:g}: {row[4]}')}</title>"
        found.append(
            f'<path class="zone-line domain" stroke-width="9" stroke-opacity="0.28" d="{line(ends)}">{said}</path>'
        )
    return found


def joined(cut: pl.DataFrame, traces: Sequence[Cut], apart: float) -> list[Shape]:
    """The shapes between neighbouring holes that each cut a zone once, their middles no further apart than that.

    Neighbours follow one another along the greatest spread of the zone in the section. Nothing is joined past a hole
    that runs between the two and does not have the zone there, nor to a hole that cuts it several times: how it lies
    between those is for a person to say.

    >>> rows = {"hole": ["A", "B"], "grade": ["Z", "Z"], "from": [10.0, 20.0], "to": [14.0, 25.0]}
    >>> ends = {"along_from": [0.0, 30.0], "up_from": [90.0, 80.0], "along_to": [0.0, 30.0], "up_to": [86.0, 75.0]}
    >>> joined(pl.DataFrame(rows | ends), [], 40.0)[0].corners
    ((0.0, 90.0), (30.0, 80.0), (30.0, 75.0), (0.0, 86.0))
    """
    lines: dict[str, list[Floats]] = {}
    for each in traces:
        lines.setdefault(each.hole, []).append(np.array(each.line))
    found = []
    for (zone,), rows in cut.group_by("grade", maintain_order=True):
        ends = rows.select(_ENDS).to_numpy().reshape(-1, 2, 2)
        middles, holes = ends.mean(axis=1), rows["hole"].to_list()
        for one, other in pairwise(_along(middles)):
            pair = holes[one], holes[other]
            near = float(np.hypot(*(middles[other] - middles[one]))) <= apart
            if near and all(holes.count(hole) == 1 for hole in pair):
                between = (piece for hole, own in lines.items() if hole not in pair for piece in own)
                if not any(_crosses(middles[one], middles[other], piece) for piece in between):
                    found.append(Shape(str(zone), pair, _corners(ends[one], ends[other])))
    return found


def shapes(frame: Frame, found: Sequence[Shape]) -> list[str]:
    """Shapes as pale surfaces with dashed edges, each zone named on its largest."""
    parts: list[str] = []
    largest: dict[str, tuple[float, float, float]] = {}
    for each in found:
        pixels = [(frame.across(x), frame.up(y)) for x, y in each.corners]
        title = f"<title>{text(f'{each.zone}, joined straight from {each.holes[0]} to {each.holes[1]}')}</title>"
        parts.append(
            f'<path class="zone domain joined" fill-opacity="0.16" d="{line(pixels, close=True)}">{title}</path>'
        )
        edges = line(pixels[:2]) + line(pixels[2:])
        parts.append(path(edges, "zone-line domain", 0.9, ' stroke-dasharray="5 3" stroke-opacity="0.8"'))
        area = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*pixels, pixels[0]]))) / 2
        if area > largest.get(each.zone, (0.0, 0.0, 0.0))[0]:
            largest[each.zone] = area, sum(x for x, _ in pixels) / 4, sum(y for _, y in pixels) / 4
    for zone, (_, x, y) in largest.items():
        parts.append(f'<g class="domain">{words(x, y + 4, zone, "zone small strong middle halo")}</g>')
    return parts


def _along(middles: Floats) -> list[int]:
    """The order of points along their greatest spread."""
    if len(middles) < 2:
        return list(range(len(middles)))
    away = middles - middles.mean(axis=0)
    _, _, axes = np.linalg.svd(away, full_matrices=False)
    return [int(at) for at in np.argsort(away @ axes[0], kind="stable")]


def _crosses(begin: Floats, end: Floats, points: Floats) -> bool:
    """Whether a line of points crosses the straight piece between two others."""
    way, steps, first = end - begin, np.diff(points, axis=0), points[:-1] - begin
    turn = way[0] * steps[:, 1] - way[1] * steps[:, 0]
    sure = np.where(np.abs(turn) < _SAME, np.nan, turn)
    on = (first[:, 0] * steps[:, 1] - first[:, 1] * steps[:, 0]) / sure
    off = (first[:, 0] * way[1] - first[:, 1] * way[0]) / sure
    return bool(((on > 0) & (on < 1) & (off >= 0) & (off <= 1)).any())


def _corners(one: Floats, other: Floats) -> tuple[Point, Point, Point, Point]:
    """Around two intervals so that the edges between them do not cross, whichever way the holes run."""
    a, b, c, d = ((float(x), float(y)) for x, y in (one[0], other[0], other[1], one[1]))
    return (a, c, b, d) if _crosses(one[0], other[0], np.array([one[1], other[1]])) else (a, b, c, d)
