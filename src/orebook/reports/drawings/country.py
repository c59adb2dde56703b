"""Country: the ground of a locator map: land with its coast, lakes, rivers, provinces and the borders of countries."""

import numpy as np

from orebook.reports.drawings.furniture import Frame
from orebook.reports.drawings.placing import Box
from orebook.reports.drawings.svg import line, num, path
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
    for kind, points in looking.seen(float(np.hypot(frame.across.high, frame.up.high)) * 1.05):
        if fine and kind in COARSE:
            continue
        x = frame.across.start + (points[:, 0] - frame.across.low) * frame.across.per_unit
        y = frame.up.start + (points[:, 1] - frame.up.low) * frame.up.per_unit
        pixels, area = np.column_stack([x, y]), kind in AREAS
        for part in [clipped(pixels, low, high)] if area else inside(pixels, low, high):
            kept = _thinned(part)
            if len(kept) > (3 if area else 1):  # an island of three points nobody would see
                drawn[kind].append(line(kept, close=area))
    return "".join(path("".join(drawn[kind]), *looks) for kind, looks in _LOOKS.items())


def sea(room: Box) -> str:
    """The ground of a map before the land is drawn: water."""
    size = f'width="{num(room.right - room.left)}" height="{num(room.bottom - room.top)}"'
    return f'<rect class="water" x="{num(room.left)}" y="{num(room.top)}" {size}/>'


def _thinned(points: Floats) -> Floats:
    """The points of a line in pixels that move it by something that can be seen."""
    rounded = np.round(points, 1)
    cells = np.floor(rounded / _SEEN)
    return rounded[np.concatenate(([True], (np.diff(cells, axis=0) != 0).any(axis=1)))] if len(rounded) else rounded
