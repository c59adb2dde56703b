"""Whether a release announces a study or a plan of a mine, so that its costs and figures are those of years to come."""

import re

from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

_STUDY = Pattern(
    r"\b(?:PEA|PFS|DFS|BFS|(?:pre-?)?feasibility(?: study)?|scoping study|preliminary economic assessment|"
    r"economic study|life[- ]of[- ]mine plan|LOM plan)\b",
    re.IGNORECASE,
)
_RESULTS = Pattern(
    r"\b(?:quarter(?:ly|s)?|half[- ]year(?:ly)?|annual report|(?:first|second|third|fourth|full)[- ]year results|"
    r"financial results|Q[1-4]|interim|drill(?:s|ing)?|intersects?|hits)\b",
    re.IGNORECASE,
)
_OPENING = 6
_LETTERS = 1500


def announces_study(release: Release) -> bool:
    """Whether the title announces a study or a plan, or the first sentences of a release that reports no period do."""
    return release.once("announces a study", lambda: _announces(release))


def _announces(release: Release) -> bool:
    title = release.title.plain if release.title else ""
    if _STUDY.search(title):
        return _RESULTS.search(title) is None
    opening = " ".join(sentence.plain for sentence in release.sentences()[:_OPENING])[:_LETTERS]
    return release.periods == () and _STUDY.search(opening) is not None and _RESULTS.search(title) is None
