"""Accounts in another currency than before."""

from collections import Counter
from collections.abc import Iterator

from orebook.checks.across_figures import said
from orebook.checks.across_rule import Family, Told, across_rule, row, when
from orebook.checks.intercepts import plain
from orebook.checks.remembered import Remembered
from orebook.checks.rule import Remark, remark
from orebook.checks.saying import fact
from orebook.ground.fact import Fact
from orebook.ground.units import unit

_FEW = 4
"""So many amounts in tables say in which currency the accounts are."""


@across_rule("A502", basis="money has a currency", catalogue="FN1113")
def currency_changed(family: Family) -> Iterator[Remark]:
    """The tables of accounts are in another currency than those of the last release that has some.

    What it does:
    Counts in which currency the amounts of tables are, release by release, and remarks on the first release in which
    most are in another. Dollars of no country are left alone.

    Why it matters:
    Figures of two releases that are put side by side grow or shrink by the rate of exchange.

    Flagged:

        October 20, 2023 - Alder Copper Corp. (TSX: ALD) reports.

        | Three months ended September 30 (in thousands of Canadian dollars) | 2023 | 2022 |
        |---|---|---|
        | Revenues | 48,210 | 44,100 |
        | Net income | 6,120 | 5,480 |
        | Cash flow | 11,900 | 10,310 |
        ====
        October 21, 2024 - Alder Copper Corp. (TSX: ALD) reports.

        | Three months ended September 30 (in thousands of US dollars) | 2024 | 2023 |
        |---|---|---|
        | Revenues | 38,110 | 35,660 |
        | Net income | 4,980 | 4,530 |
        | Cash flow | 9,020 | 8,800 |

    Fine:

        October 20, 2023 - Alder Copper Corp. (TSX: ALD) reports.

        | Three months ended September 30 (in thousands of Canadian dollars) | 2023 | 2022 |
        |---|---|---|
        | Revenues | 48,210 | 44,100 |
        | Net income | 6,120 | 5,480 |
        | Cash flow | 11,900 | 10,310 |
        ====
        October 21, 2024 - Alder Copper Corp. (TSX: ALD) reports.

        | Three months ended September 30 (in thousands of Canadian dollars) | 2024 | 2023 |
        |---|---|---|
        | Revenues | 51,300 | 48,210 |
        | Net income | 6,700 | 6,120 |
        | Cash flow | 12,130 | 11,900 |

    Help:
    Say from when the accounts are in the new currency, and give the earlier periods in it.
    """
    last: tuple[str, Told, Fact] | None = None
    for release in family.dated:
        own = _currency(release)
        if own is None:
            continue
        if last is not None and own[0] != last[0]:
            text = f"accounts in {own[0]} here, in {last[0]} in {when(last[1].release)}: {said(own[2])} {fact(own[2])}"
            yield remark("note", text, [own[2], row(last[1], last[2])])
        last = own


def _currency(release: Remembered) -> tuple[str, Told, Fact] | None:
    """The currency of most amounts in tables, with the first of them."""
    found: dict[str, tuple[Told, Fact]] = {}
    counts: Counter[str] = Counter()
    for record in release.of("financial"):
        for one in record.facts if record.about.get("place") == "table" else ():
            money = unit(one.figure.unit or "1").money if plain(one) else ""
            if money and len(unit(one.figure.unit).dimension) == 1:
                counts[money] += 1
                found.setdefault(money, (Told(release, record), one))
    if not counts or counts.most_common(1)[0][0] == "$" or sum(counts.values()) < _FEW:
        return None
    money, count = counts.most_common(1)[0]
    return (money, *found[money]) if 3 * count > 2 * sum(counts.values()) else None
