"""Per-share figures that one number of shares cannot give."""

from collections import defaultdict
from collections.abc import Iterator

from orebook.checks.digits import ALL, Digits, in_unit, nearest
from orebook.checks.intercepts import plain
from orebook.checks.keys import once
from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, figure, listed
from orebook.disciplines.finance.amounts import implied_shares
from orebook.ground.fact import Fact
from orebook.ground.range import Range
from orebook.reading.reading import Reading

_PER_SHARE = "_per_share"
_KEYS = ("company", "subject", "segment", "period", "context", "excluding", "column")
Pair = tuple[Fact, Fact]


@rule("F401", on="facts", basis="arithmetic", catalogue="FN1102")
def share_counts_differ(reading: Reading) -> Iterator[Remark]:
    """The per-share figures of one period need different numbers of shares.

    What it does:
    Each amount divided by its per-share figure is a number of shares, as a range. All measures of one period and one
    table are divided by the same weighted average, so one number must lie in every range. Basic and diluted figures
    are kept apart.

    Why it matters:
    A per-share figure of another period, or one that was divided by the shares at the end of the period, shows up here.

    Flagged:

        Alder Copper reports third quarter results

        | (in thousands of CDN$ except per share amounts) | Three Months Ended September 30, 2019 |
        |---|---|
        | Net Income | $18,200 |
        | Net Income Per Share | $0.35 |
        | Adjusted Net Income | $9,100 |
        | Adjusted Net Income Per Share | $0.22 |

    Fine:

        Alder Copper reports third quarter results

        | (in thousands of CDN$ except per share amounts) | Three Months Ended September 30, 2019 |
        |---|---|
        | Net Income | $18,200 |
        | Net Income Per Share | $0.35 |
        | Adjusted Net Income | $9,100 |
        | Adjusted Net Income Per Share | $0.18 |

    Help:
    Divide every amount of the period by the weighted average number of shares; name the figures that are diluted.
    """
    for pairs in _pairs(reading):
        if len(pairs) > 1 and not any(_common([_shares(pair, read) for pair in pairs]) for read in ALL):
            yield _remark(pairs)


def _pairs(reading: Reading) -> Iterator[list[Pair]]:
    """Amounts with their per-share figures, for each column of each table."""
    columns: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in reading.facts:
        if fact.measure.startswith("finance.") and fact.about.get("place") == "table" and plain(fact):
            key = (block_at(reading, fact.source), *(fact.about.get(name, "") for name in _KEYS))
            columns[key].append(fact)
    for facts in columns.values():
        for kind in ("diluted", "basic", ""):
            yield list(_of_column(facts, kind))


def _of_column(facts: list[Fact], kind: str) -> Iterator[Pair]:
    measures = dict.fromkeys(fact.measure for fact in facts if fact.measure.endswith(_PER_SHARE))
    for measure in measures:
        each = once(fact for fact in facts if fact.measure == measure and _kind(fact) == kind)
        amount = once(fact for fact in facts if fact.measure == measure.removesuffix(_PER_SHARE))
        if each is not None and amount is not None and each.number.value and amount.number.value:
            yield amount, each


def _kind(fact: Fact) -> str:
    words = f"{fact.about.get('label', '')} {fact.about.get('basis', '')}".lower()
    return "diluted" if "diluted" in words and "basic" not in words else "basic" if "basic" in words else ""


def _shares(pair: Pair, read: Digits) -> Range | None:
    """The numbers of shares that a pair implies, without sign: a loss has as many shares as a gain."""
    amount, each = pair
    money = in_unit(amount.number, each.number.unit.partition("/")[0])
    per = read(each.number)
    if per.low <= 0 <= per.high:
        return None
    try:
        return abs(implied_shares(read(money), per).to("share"))
    except ValueError:
        return None


def _common(ranges: list[Range | None]) -> bool:
    known = [each for each in ranges if each is not None]
    return len(known) < 2 or max(each.low for each in known) <= min(each.high for each in known)


def _remark(pairs: list[Pair]) -> Remark:
    words = [
        f"{figure(amount.number)} at {figure(each.number)} needs {between(shares.to('million share'))}"
        for amount, each in pairs
        if (shares := _shares((amount, each), nearest)) is not None
    ]
    places = [fact for amount, each in pairs for fact in (each, amount)]
    text = f"no one number of shares fits {pairs[0][1].about.get('period', 'the period')}: {listed(words)}"
    return remark("error", text, places)
