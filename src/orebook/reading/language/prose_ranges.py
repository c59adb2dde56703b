"""Ranges in prose: two figures that are the ends of one."""

import re

from orebook.reading.language.quantities import Quantity
from orebook.reading.patterns import Pattern

_ENDS = Pattern(r"\s?(?:to|and|-|–|—)\s?(?:approximately )?", re.IGNORECASE)

_FROM = Pattern(
    r"\b(?:from|rose|rising|risen|increased|increasing|grew|grown|climbed|jumped|improved|up|by|added|gained)"
    r"\s(?:a further |approximately |about )?$"
)


def joined_ranges(plain: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities with the two ends of a range made one: "$600 million to $625 million", "between 5 t and 7 t"."""
    kept: list[Quantity] = []
    for quantity in found:
        last = kept[-1] if kept else None
        gap = plain[last.end : quantity.start] if last else ""
        if (
            last
            and _ENDS.fullmatch(gap)
            and last.unit == quantity.unit
            and not last.is_range
            and not quantity.is_range
            and _rising(plain, last, quantity, gap)
        ):
            kept[-1] = Quantity(
                (last.figure, quantity.figure),
                last.start,
                quantity.end,
                last.number_start,
                quantity.number_end,
                quantity.noun,
                quantity.analyte,
                quantity.analyte_end,
            )
        else:
            kept.append(quantity)
    return kept


def _rising(plain: str, low: Quantity, high: Quantity, gap: str) -> bool:
    """Whether two figures are the ends of a range and not a figure and the one it rose to."""
    if low.figure.value >= high.figure.value or not low.unit:
        return False
    before = plain[max(0, low.start - 60) : low.start].lower()
    if gap.strip().lower() == "and":
        return re.search(r"\bbetween\s(?:approximately )?$", before) is not None
    return not _FROM.search(before)
