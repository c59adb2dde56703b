"""Statements flattened into a stream under heads of units: Indicated, Inferred over kt, Au g/t, Au koz, Cu %.

Each group begins with its tonnes; the last may have a column more, such as an equivalent. Only a row with a number for
every column is read, and only where tonnes times grade is about the metal: a page reader strews numbers.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from orebook.ground.fact import Record
from orebook.reading.estimating.estimate_columns import FIGURES, column_of
from orebook.reading.estimating.estimates import RESERVES, category_in
from orebook.reading.estimating.stream_figures import Head, Number, mended, plausible, record_of
from orebook.reading.language import analytes
from orebook.reading.layout import Block
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

ORDER = 41

_GROUP = (
    r"(?i:Measured (?:and|&|\+) Indicated|Prove[dn] (?:and|&|\+) Probable|M ?& ?I|P ?& ?P|Measured|Indicated|Inferred|"
    r"Total|Proved|Proven|Probable)(?: (?i:(?:Mineral |Ore )?(?:Resources?|Reserves?)))?"
)
_UNIT = r"(?:Mt|kt|t|koz|Koz|Moz|oz|g/t|%|ppm|ppb|Mlbs?|klbs?|kg/t)"
_COLUMN = rf"(?:(?:{analytes.pattern()})\s)?{_UNIT}(?![\w/])"
_HEAD = Pattern(rf"(?P<groups>(?:{_GROUP}\s+){{2,5}})(?P<columns>(?:{_COLUMN}\s+){{4,40}})")
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER_OR_DASH = Pattern(rf"{_NUMBER}|[-–—]")
_ROW = Pattern(
    rf"\s{{0,20}}(?P<name>[A-Z][\w'&/().-]*(?: (?!\d)[\w'&/().-]+){{0,5}})\s+"
    rf"(?P<numbers>(?:(?:{_NUMBER}|[-–—])\s+){{2,40}})"
)
_BEFORE = 200


def records(release: Release) -> Iterator[Record]:
    """Rows of flattened statements under heads of units: kinds ``resource`` and ``reserve``."""
    for block in release.layout.blocks:
        if block.table is None and len(block.plain) > 120:
            yield from _of_block(release, block)


def _of_block(release: Release, block: Block) -> Iterator[Record]:
    plain = block.plain
    for head in _HEAD.finditer(plain):
        categories = [category_in(found[0]) for found in re.finditer(_GROUP, head["groups"])]
        groups = _groups(head["columns"])
        if len(groups) != len(categories) or not all(categories):
            continue
        before = plain[max(0, head.start() - _BEFORE) : head.start()]
        kind = "reserve" if any(category in RESERVES for category in categories) else "resource"
        for name, numbers in _rows(plain, head.end(), sum(map(len, groups))):
            at = 0
            for category, heads in zip(categories, groups, strict=True):
                part = [number for number in numbers[at : at + len(heads)] if number]
                at += len(heads)
                if len(part) == len(heads) and plausible(part, heads):
                    yield record_of(release, block, part, heads, (kind, category, name), before)


def _groups(columns: str) -> list[list[Head]]:
    """The heads of each group; a group begins with its tonnes. Nothing where a head has no role."""
    groups: list[list[Head]] = []
    for found in re.finditer(_COLUMN, columns):
        column = column_of((mended(found[0]),))
        if column.role not in FIGURES or not column.unit:
            return []
        if column.role == "tonnes" or not groups:
            groups.append([])
        groups[-1].append(Head(column.role, column.unit, "" if column.role == "tonnes" else column.analyte))
    whole = all(group[0].role == "tonnes" and len(group) > 1 for group in groups)
    named = all(head.analyte for group in groups for head in group[1:])
    return groups if whole and named and _alike(groups) else []


def _alike(groups: Sequence[Sequence[Head]]) -> bool:
    """Whether every group begins with the same heads; the last may go on."""
    return bool(groups) and all(list(group[: len(groups[0])]) == list(groups[0]) for group in groups)


def _rows(plain: str, at: int, width: int) -> Iterator[tuple[str, list[Number | None]]]:
    """The rows that have as many numbers as there are columns; a dash is nothing in its place."""
    while (row := _ROW.match(plain, at)) and len(row["name"]) < 60:
        numbers = [
            None if found[0] in "-–—" else (Decimal(found[0].replace(",", "")), found.start(), found.end())
            for found in _NUMBER_OR_DASH.finditer(plain, *row.span("numbers"))
        ]
        if len(numbers) == width:
            yield row["name"], numbers
        at = row.end("numbers")
