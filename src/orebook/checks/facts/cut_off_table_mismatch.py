"""An estimate in a summary against the row of its cut-off in a table by cut-off."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from orebook.checks.digits import alike
from orebook.checks.estimates import Estimate, estimates
from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.same import agree
from orebook.checks.saying import figure
from orebook.ground.fact import Fact
from orebook.reading.reading import Reading

_NAMES = ("deposit", "property", "zone")
_FAR = Decimal("0.15")
_MOST = 400


@rule("F205", on="records", basis="one thing has one value", catalogue="EX226")
def cut_off_table_mismatch(reading: Reading) -> Iterator[Remark]:
    """The tonnes of an estimate are not those of its cut-off in the table by cut-off.

    What it does:
    Takes rows that name a deposit and a cut-off, and looks in tables by cut-off for the same deposit and cut-off. Where
    the grades agree and the tonnes differ by less than a seventh, one of the two was mistyped. A deposit may have two
    models, so this is a warning.

    Why it matters:
    The summary is copied from the table. Its total was made with one of the two figures only.

    Flagged:

        Hazel Gold presents Birk Crag and Sallow Fell

        | Deposit | Mt | Au g/t | Inferred Oz Au | Cut-off g/t |
        |---|---|---|---|---|
        | Birk Crag | 14.0 | 1.1 | 505,000 | 0.8 |
        | Sallow Fell | 3.1 | 1.4 | 140,000 | 0.8 |

        Birk Crag by cut-off

        | Cut-off (g/t Au) | Tonnes (Mt) | Gold grade (g/t) | Contained gold (koz) |
        |---|---|---|---|
        | 0.6 | 22.0 | 0.90 | 637 |
        | 0.8 | 14.4 | 1.09 | 505 |
        | 1.0 | 9.0 | 1.30 | 376 |

    Fine:

        Hazel Gold presents Birk Crag and Sallow Fell

        | Deposit | Mt | Au g/t | Inferred Oz Au | Cut-off g/t |
        |---|---|---|---|---|
        | Birk Crag | 14.4 | 1.1 | 505,000 | 0.8 |
        | Sallow Fell | 3.1 | 1.4 | 140,000 | 0.8 |

        Birk Crag by cut-off

        | Cut-off (g/t Au) | Tonnes (Mt) | Gold grade (g/t) | Contained gold (koz) |
        |---|---|---|---|
        | 0.6 | 22.0 | 0.90 | 637 |
        | 0.8 | 14.4 | 1.09 | 505 |
        | 1.0 | 9.0 | 1.30 | 376 |

    Help:
    Take the summary from the table, and add the total again.
    """
    rows = [one for one in estimates(reading)[:_MOST] if one.tonnes is not None and _cut_off(one) is not None]
    listed = [one for one in rows if one.record.about.get("context") == "sensitivity"]
    for one in rows:
        for other in listed:
            if one.record.about.get("context") == "announced" and _same(reading, one, other):
                yield from _compared(one, other)


def _cut_off(one: Estimate) -> tuple[Decimal, str] | None:
    said = one.record.about.get("cutoff", "").split()
    try:
        return (Decimal(said[0]), said[1]) if len(said) > 1 else None
    except InvalidOperation:
        return None


def _same(reading: Reading, one: Estimate, other: Estimate) -> bool:
    """Whether two rows are of one deposit, cut-off and category, in two tables, and their grades agree."""
    categories = {each.category.lower() for each in (one, other)} - {"", "total"}
    if _cut_off(one) != _cut_off(other) or len(categories) > 1 or not _of_one_deposit(one, other):
        return False
    if block_at(reading, one.record.source) == block_at(reading, other.record.source):
        return False
    both = [(grade, other.grades[analyte]) for analyte, grade in one.grades.items() if analyte in other.grades]
    return bool(both) and all(agree(here.number, there.number) for here, there in both)


def _of_one_deposit(one: Estimate, other: Estimate) -> bool:
    """Whether two rows name one deposit, or the caption over the second names that of the first."""
    names, caption = _names(one), other.record.about.get("table", "").lower()
    return bool(names & _names(other)) or any(re.search(rf"\b{re.escape(name)}\b", caption) for name in names)


def _names(one: Estimate) -> set[str]:
    said = {one.record.about.get(key, "").lower() for key in _NAMES}
    return {name for name in said if name and not one.of_total}


def _compared(one: Estimate, other: Estimate) -> Iterator[Remark]:
    here, there = one.tonnes, other.tonnes
    if here is None or there is None or not _near(here, there):
        return
    cut_off = " ".join(one.record.about["cutoff"].split()[:2])
    text = f"{one.said()} at {cut_off}: {figure(here.number)} here, {figure(there.number)} in the table by cut-off"
    yield remark("warning", text, [here, there], there.number.range())


def _near(here: Fact, there: Fact) -> bool:
    """Whether tonnes differ by more than rounding, and not by so much that they must be of two models."""
    if not alike(here.number, there.number) or agree(here.number, there.number):
        return False
    sizes = sorted(each.number.range().to("t").middle for each in (here, there))
    return sizes[1] - sizes[0] <= _FAR * sizes[1]
