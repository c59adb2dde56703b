"""Estimates at several cut-offs: one resource told many times, of which one row is the base case."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from orebook.ground.fact import Fact, Record
from orebook.reading.patterns import Pattern

_SENSITIVITY = Pattern(
    r"\bsensitiv|\bgrade[- –]tonnage\b|\bby cut[- ]?off|\b(?:various|different|range of) cut", re.IGNORECASE
)
_BASE = (
    Pattern(r"\bbase[- ]case\b[^.;\d]{0,60}(?P<value>\d{1,5}(?:\.\d{1,4})?)", re.IGNORECASE),
    Pattern(
        r"(?<![\d.])(?P<value>\d{1,5}(?:\.\d{1,4})?)\s?(?:g/t|gpt|%|ppm)?[^.;\d]{0,60}\bbase[- ]case\b",
        re.IGNORECASE,
    ),
)
_MANY = 3
"""From so many cut-offs of one category on a table needs no word to be one of cut-offs."""


def with_contexts(records: Iterable[Record], words: str) -> Iterator[Record]:
    """The rows of one table; those of a table by cut-off are ``sensitivity`` but for the base case.

    ``words`` are caption and notes, which may say what the base case is.
    """
    rows = list(records)
    groups: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for row in rows:
        groups[tuple(row.about.get(key, "") for key in ("deposit", "category", "basis"))].append(row)
    base = _base_case(words)
    for group in groups.values():
        cutoffs = {row.about.get("cutoff", "") for row in group}
        if len(cutoffs) < len(group) or len(group) < (2 if _SENSITIVITY.search(words) else _MANY):
            continue
        for row in group:
            if base is None or not _same(row.about.get("cutoff", ""), base):
                _say(row, "sensitivity")
    yield from rows


def _base_case(words: str) -> Decimal | None:
    found = next((found for pattern in _BASE if (found := pattern.search(words))), None)
    return Decimal(found["value"]) if found else None


def _same(cutoff: str, base: Decimal) -> bool:
    return bool(cutoff) and Decimal(cutoff.split()[0]) == base


def _say(record: Record, context: str) -> None:
    """Give a record and its facts another context."""
    record.about["context"] = context
    record.facts = [Fact(f.measure, f.figure, {**f.about, "context": context}, f.source) for f in record.facts]
