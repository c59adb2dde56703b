"""Rare earths: those of magnets or the heavy ones, said as a grade of the rock or as a share of all of them."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from orebook.reading.heads.cells import number
from orebook.reading.layout import Table
from orebook.reading.patterns import Pattern

TOTALS = frozenset({"TREO", "TREO+Y", "TREE", "REO", "REE"})
_OXIDES = frozenset({"MREO", "HREO", "LREO", "CREO", "NdPr"})
_ELEMENTS = frozenset({"La", "Ce", "Pr", "Nd", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu"})
_OF_TOTAL = Pattern(r"(?:\bof|/)\s?(?:the\s)?(?:total\b|TRE)|\b(?:ratio|proportion|share)\b", re.IGNORECASE)


class Head(NamedTuple):
    """What the head of a column of grades says: its analyte, its unit, all its words."""

    analyte: str
    unit: str
    said: str


def is_part_of_total(analyte: str) -> bool:
    """Whether an analyte is a part of the rare earths: magnet, heavy, light, or a sum of some.

    >>> is_part_of_total("MREO"), is_part_of_total("Nd+Pr"), is_part_of_total("TREO"), is_part_of_total("Zn+Pb")
    (True, True, False, False)
    """
    named = analyte.split("+") if "+" in analyte else []
    return analyte in _OXIDES or (bool(named) and all(re.sub(r"\d*O\d*$|\d+$", "", one) in _ELEMENTS for one in named))


def columns_of_shares(heads: Mapping[int, Head], table: Table) -> set[int]:
    """The columns in percent that are shares of the total: a part of it in percent of the rock would exceed it.

    So it is where the head says so, where the total is in another unit, and where a figure is larger than the total.
    """
    totals = {column: head for column, head in heads.items() if head.analyte in TOTALS}
    apart = any(total.unit not in ("", "%") for total in totals.values())
    return {
        column
        for column, head in heads.items()
        if head.unit == "%"
        and is_part_of_total(head.analyte)
        and (apart or _OF_TOTAL.search(head.said) or any(_exceeds(table, column, other) for other in totals))
    }


def _exceeds(table: Table, part: int, total: int) -> bool:
    """Whether a column is larger than that of the total in any row."""
    pairs = ((row.cell(part), row.cell(total)) for row in table.rows)
    both = ((number(one.text), number(other.text)) for one, other in pairs if one and other)
    return any(one and other and one.value > other.value for one, other in both)
