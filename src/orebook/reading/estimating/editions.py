"""Editions of an estimate side by side: the previous one and the current, told by the heads that span their columns.

>>> older("March 2021 Resource", ["March 2021 Resource", "August 2023 Resource"])
True
>>> older("Current", ["Previous", "Current"]), older("Prior estimate", ["Prior estimate", "Update"])
(False, True)
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from orebook.reading.estimating.estimate_columns import FIGURES, Column
from orebook.reading.patterns import Pattern

_BEFORE = Pattern(r"\b(?:previous(?:ly)?|prior|old|earlier|last|former|superseded)\b", re.IGNORECASE)
_NOW = Pattern(r"\b(?:current|new|updated?|latest|this)\b", re.IGNORECASE)
_YEAR = Pattern(r"\b(?:19|20)\d\d\b")


def with_editions(columns: dict[int, Column], header: Sequence[Sequence[str]]) -> dict[int, Column]:
    """Columns that nothing tells apart although two of them are tonnes, each with the head that spans its part."""
    tonnes = [at for at, column in sorted(columns.items()) if column.role == "tonnes"]
    alike = {(columns[at].group, columns[at].place, columns[at].cutoff, columns[at].basis) for at in tonnes}
    if len(tonnes) < 2 or len(alike) > 1:
        return columns
    parts = {at: sum(first <= at for first in tonnes) - 1 for at in columns}
    tops = [" ".join(header[at][:1]).strip() for at in tonnes]
    named = tops if len(set(tops)) == len(tops) and all(tops) else [str(part + 1) for part in range(len(tonnes))]
    return {
        at: replace(column, edition=named[parts[at]]) if column.role in FIGURES and parts[at] >= 0 else column
        for at, column in columns.items()
    }


def older(edition: str, editions: Sequence[str]) -> bool:
    """Whether another of the editions is newer, as far as their names say."""
    if not edition or _NOW.search(edition):
        return False
    if _BEFORE.search(edition):
        return True
    years = {name: int(found[-1]) for name in editions if (found := _YEAR.findall(name))}
    if edition in years:
        return years[edition] < max(years.values())
    return any(_NOW.search(name) for name in editions)
