"""Ranks: whether two rows of numbers rise together."""

from collections import Counter
from collections.abc import Sequence
from math import sqrt


def ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value from one; equal values share the mean of their ranks.

    >>> ranks([30.0, 10.0, 10.0])
    [3.0, 1.5, 1.5]
    """
    ordered = sorted(values)
    first = {value: place for place, value in reversed(list(enumerate(ordered, 1)))}
    counts = Counter(ordered)
    return [first[value] + (counts[value] - 1) / 2 for value in values]


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's correlation of ranks: one when both rise together, nothing when neither tells of the other.

    Rows that do not vary have a correlation of nothing. Raises ``ValueError`` for rows of different lengths.

    >>> rank_correlation([1.0, 2.0, 3.0, 4.0], [10.0, 20.0, 30.0, 50.0])
    1.0
    """
    pairs = list(zip(ranks(one), ranks(other), strict=True))
    mean = (len(pairs) + 1) / 2
    across = sum((a - mean) * (b - mean) for a, b in pairs)
    spread = sqrt(sum((a - mean) ** 2 for a, _ in pairs) * sum((b - mean) ** 2 for _, b in pairs))
    return across / spread if spread else 0.0
