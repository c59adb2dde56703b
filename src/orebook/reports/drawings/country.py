"""Country: the ground of a locator map: land with its coast, lakes, rivers, provinces and the borders of countries."""

import numpy as np

from orebook.maths.numerals import written
from orebook.reports.drawings.furniture import Frame
from orebook.reports.drawings.placing import Box
from orebook.reports.drawings.svg import num, path
from orebook.reports.drawings.world import AREAS, COARSE, Floats, Looking, clipped, inside

_SEEN = 0.8
"""Pixels that an eye tells apart."""

_COARSE_KM = 0.25
"""Where a pixel stands for less, what is kept at 1:50 million would lie beside where it is, and is left out."""

_EVEN = ' fill-rule="evenodd"'
_LOOKS = {
    "land": ("land river-line coast", 0.8, _EVEN),
    "lake": ("lake river-line lake", 0.6, _EVEN),
    "river": ("river-line river", 0.8, ""),
    "province": ("quiet-line province", 0.7, ' stroke-dasharray="3 3"'),
    "border": ("quiet-line border", 1.0, ' stroke-dasharray="7 3 1.5 3"'),
}
"""How each kind of line looks, from the lowest upwards: classes, width, more."""


def country(looking: Looking, frame: Frame) -> str:
    """Land, waters and borders as far as a frame in kilometres shows them, as SVG.

    >>> from orebook.reports.drawings.scales import Scale
    >>> frame = Frame(Scale(-400, 400, 0, 400), Scale(-400, 400, 400, 0))
    >>> ground = country(Looking(-88.0, 48.0), frame)
    >>> [kind for kind in ("coast", "lake", "river", "province", "border") if kind in ground]
    ['coast', 'lake', 'river', 'province', 'border']
    """
    left, top, right, bottom = frame.room
    low, high = np.array([left - 4.0, top - 4.0]), np.array([right + 4.0, bottom + 4.0])
    drawn: dict[str, list[str]] = {kind: [] for kind in _LOOKS}
    fine = abs(frame.across.per_unit) * _COARSE_KM > 1.0
    reach = float(np.hypot(frame.across.high, frame.up.high)) * 1.05
    parts: list[tuple[str, Floats]] = []
    for kind, points in looking.seen(reach):
        if fine and kind in COARSE:
            continue
        x = frame.across.start + (points[:, 0] - frame.across.low) * frame.across.per_unit
        y = frame.up.start + (points[:, 1] - frame.up.low) * frame.up.per_unit
        pixels = np.column_stack([x, y])
        least, most = pixels.min(axis=0), pixels.max(axis=0)
        if (most < low).any() or (least > high).any():
            continue
        if (least >= low).all() and (most <= high).all():
            parts.append((kind, pixels))
        else:
            cut = [clipped(pixels, low, high)] if kind in AREAS else inside(pixels, low, high)
            parts += [(kind, each) for each in cut if len(each)]
    for (kind, _), d in zip(
        parts, _drawn([each for _, each in parts], [kind in AREAS for kind, _ in parts]), strict=True
    ):
        drawn[kind].append(d)
    return "".join(path("".join(drawn[kind]), *looks) for kind, looks in _LOOKS.items())


def _drawn(parts: list[Floats], areas: list[bool]) -> list[str]:
    """Lines in pixels as paths, their points left out that move them by nothing that can be seen; areas are closed."""
    if not parts:
        return []
    begins = np.cumsum([0, *(len(each) for each in parts)])[:-1]
    rounded = np.asarray(np.round(np.concatenate(parts), 1), dtype=np.float64)
    moves = np.ones(len(rounded), dtype=np.bool_)
    moves[1:] = (np.diff(np.floor(rounded / _SEEN), axis=0) != 0).any(axis=1)
    moves[begins] = True
    counts = np.add.reduceat(moves, begins, dtype=np.int64)
    paths = written("L# #", rounded[moves], begins=np.cumsum(counts) - counts)
    least = [3 if area else 1 for area in areas]  # an island of three points nobody would see
    return [
        f"M{d[1:]}{'Z' if area else ''}" if count > few else ""
        for d, area, count, few in zip(paths, areas, counts.tolist(), least, strict=True)
    ]


def sea(room: Box) -> str:
    """The ground of a map before the land is drawn: water."""
    size = f'width="{num(room.right - room.left)}" height="{num(room.bottom - room.top)}"'
    return f'<rect class="water" x="{num(room.left)}" y="{num(room.top)}" {size}/>'
