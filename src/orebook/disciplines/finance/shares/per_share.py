"""One number of shares: what several printed per-share figures of a period allow together."""

from collections.abc import Iterable

from orebook.disciplines.finance.amounts import implied_shares
from orebook.ground.range import Range


def common_share_count(pairs: Iterable[tuple[Range, Range]]) -> Range | None:
    """The numbers of shares that fit every pair of an amount and its per-share figure; nothing when none does.

    All measures of a period are divided by the same weighted average. Losses count without their sign; a per-share
    figure that may be nothing says nothing. Source: catalogue code FN1102.

    >>> pair = Range(9, 11, "CAD"), Range("0.45", "0.55", "CAD/share")
    >>> common_share_count([pair])
    Range(16.36..., 24.44..., 'share')
    """
    found: Range | None = None
    for amount, each in pairs:
        if each.low <= 0 <= each.high:
            continue
        one = abs(implied_shares(amount, each)).to("share")
        found = one if found is None else found.intersect(one)
        if found is None:
            return None
    return found
