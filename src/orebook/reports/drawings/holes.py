"""Holes in drawings: one after the other, with their names beside them."""

from collections.abc import Iterator

import polars as pl

from orebook.reports.drawings.placing import Box, Wanted
from orebook.reports.drawings.svg import line, path, words


def by_hole(points: pl.DataFrame, depth: str) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the points of each hole by depth.

    >>> [(hole, table.height) for hole, table in by_hole(pl.DataFrame({"hole": ["A", "A"], "d": [2.0, 1.0]}), "d")]
    [('A', 2)]
    """
    for (hole,), table in points.sort("hole", depth, maintain_order=True).group_by("hole", maintain_order=True):
        yield str(hole), table


def hole_label(said: str, label: Wanted, place: Box) -> str:
    """The name of a hole in its box, with a leader where it stands away from its point."""
    right = place.left >= label.x
    foot = (place.left if right else place.right, (place.top + place.bottom) / 2)
    away = abs(foot[0] - label.x) > 12 or abs(foot[1] - label.y) > 8
    leader = path(line([(label.x, label.y), foot]), "quiet-line", 0.6) if away else ""
    return leader + words(
        place.left if right else place.right, place.bottom - 3, said, f"ink small halo{'' if right else ' end'}"
    )
