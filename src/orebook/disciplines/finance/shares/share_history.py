"""Share history: how many shares were issued, held in treasury and outstanding after each event.

Events are dated facts: an opening count, issues, buy-backs (into treasury), cancellations, splits, consolidations and
rights issues. An event counts from its day on, that day included. A share bought back stops being outstanding on the
day it is bought; when only the cancellation is recorded, it does so on that day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from orebook.disciplines.finance.ledger.postings import in_these_years

KINDS: Mapping[str, int] = {
    "opening": 0,
    "split": 1,
    "consolidation": 2,
    "rights": 3,
    "issue": 4,
    "buy_back": 5,
    "cancel": 6,
    "count": 7,
}
"""What an event may be, and in which order those of one day take place: a split before the issues of its day."""

_MOST = 1e6
"""A split into more shares than this is none."""

_STEPS = {
    "day": pl.Date,
    "issued": pl.Float64,
    "treasury": pl.Float64,
    "outstanding": pl.Float64,
    "factor": pl.Float64,
}


@dataclass(slots=True)
class _Register:
    """The state of the share register, and how many shares of the last day one share of now has become."""

    issued: float = 0.0
    treasury: float = 0.0
    growth: float = 1.0

    def take(self, kind: str, shares: float, ratio: float) -> None:
        """Let one event happen."""
        if kind in ("opening", "issue", "rights"):
            self.issued += shares
        elif kind == "buy_back":
            self.treasury += shares
        elif kind == "cancel":
            self.issued -= shares
            self.treasury -= min(shares, self.treasury)
        elif kind in ("split", "consolidation"):
            self.issued, self.treasury, self.growth = self.issued * ratio, self.treasury * ratio, self.growth * ratio


def share_history(events: pl.DataFrame, *, known: date | None = None) -> pl.DataFrame:
    """How many shares there were from each day on: issued, in treasury, outstanding, and ``factor``.

    ``events`` has ``day``, ``kind``, ``shares``; ``ratio`` of a split (new for one old) or consolidation (old for one
    new); ``price`` and ``market_price`` of a rights issue. ``factor`` is what a share of that day has become by the
    last event: counts of several days are compared times their factors. ``known`` leaves out what came after a day.
    Source: IAS 33, paragraphs 19 to 29 and 64. Raises ``ValueError`` for an event of no known kind.

    >>> from datetime import date
    >>> days = [date(2020, 1, 1), date(2020, 3, 1), date(2020, 6, 1)]
    >>> given = {"kind": ["opening", "issue", "split"], "shares": [100.0, 20.0, None], "ratio": [None, None, 2.0]}
    >>> share_history(pl.DataFrame({"day": days, **given})).select("outstanding", "factor").rows()
    [(100.0, 2.0), (120.0, 2.0), (240.0, 1.0)]
    """
    given = _in_order(events, known)
    register = _Register()
    rows: list[tuple[date, float, float, float]] = []
    growths: list[float] = []
    for day, kind, shares, ratio, price, market in given.iter_rows():
        if kind == "rights":
            bonus = rights_factor(register.issued - register.treasury, shares, price, market)
            register.growth *= bonus
        register.take(kind, shares, ratio)
        if rows and rows[-1][0] == day:
            rows.pop()
            growths.pop()
        rows.append((day, register.issued, register.treasury, register.issued - register.treasury))
        growths.append(register.growth)
    made = [(*row, register.growth / growth) for row, growth in zip(rows, growths, strict=True)]
    return pl.DataFrame(made, schema=_STEPS, orient="row")


def _in_order(events: pl.DataFrame, known: date | None) -> pl.DataFrame:
    """Events in the order in which they took place, with every column."""
    if unknown := sorted(set(events["kind"].drop_nulls().to_list()) - set(KINDS)):
        raise ValueError(f"a share event is {', '.join(KINDS)}, not {unknown[0]!r}")
    named = ("shares", "ratio", "price", "market_price")
    there = [(pl.col(name) if name in events.columns else pl.lit(None)).cast(pl.Float64).alias(name) for name in named]
    rank = pl.col("kind").replace_strict(KINDS, return_dtype=pl.Int8)
    ratio = pl.when(pl.col("ratio").is_between(1 / _MOST, _MOST)).then("ratio").otherwise(1.0)
    turned = pl.when(pl.col("kind") == "consolidation").then(1.0 / ratio).otherwise(ratio).alias("ratio")
    kept = events.filter(in_these_years("day")).select("day", "kind", *there).drop_nulls(["day", "kind"])
    numbers = [pl.when(pl.col(name).is_finite()).then(name).alias(name) for name in named]
    kept = kept.with_columns(numbers).with_columns(turned, pl.col("shares").fill_null(0.0))
    if known is not None:
        kept = kept.filter(pl.col("day") <= known)
    return kept.sort("day", rank, "shares", "ratio", "price", nulls_last=True)


def rights_factor(before: float, new: float, price: float | None, market: float | None) -> float:
    """What earlier shares count for after a rights issue: the price before over the theoretical price after.

    ``market`` is the price immediately before the exercise. Without both prices there is no bonus in the issue.
    Source: IAS 33, paragraph A2.

    >>> rights_factor(500.0, 100.0, 5.0, 11.0)
    1.1
    """
    if price is None or market is None or before <= 0 or price >= market:
        return 1.0
    return market * (before + new) / (market * before + price * new)


def missed_counts(events: pl.DataFrame) -> pl.DataFrame:
    """Counts of the share register that the events do not lead to: ``day``, ``said``, ``computed``.

    An event of kind ``count`` says how many shares were issued at the end of its day.

    >>> from datetime import date
    >>> days = [date(2020, 1, 1), date(2020, 3, 1), date(2020, 3, 31)]
    >>> given = {"kind": ["opening", "issue", "count"], "shares": [100.0, 20.0, 121.0]}
    >>> missed_counts(pl.DataFrame({"day": days, **given})).select("said", "computed").rows()
    [(121.0, 120.0)]
    """
    said = events.filter(pl.col("kind") == "count").select("day", said=pl.col("shares").cast(pl.Float64)).sort("day")
    held = share_history(events).select("day", computed="issued")
    return said.join_asof(held, on="day", strategy="backward").filter(
        (pl.col("said") - pl.col("computed")).abs() >= 0.5
    )
