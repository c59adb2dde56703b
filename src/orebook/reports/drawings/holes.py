"""Holes in drawings: their names beside them."""

from orebook.reports.drawings.placing import Box, Wanted
from orebook.reports.drawings.svg import line, path, words


def hole_label(said: str, label: Wanted, place: Box) -> str:
    """The name of a hole in its box, with a leader where it stands away from its point."""
    right = place.left >= label.x
    foot = (place.left if right else place.right, (place.top + place.bottom) / 2)
    away = abs(foot[0] - label.x) > 12 or abs(foot[1] - label.y) > 8
    leader = path(line([(label.x, label.y), foot]), "quiet-line", 0.6) if away else ""
    return leader + words(
        place.left if right else place.right, place.bottom - 3, said, f"ink small halo{'' if right else ' end'}"
    )
