"""Lists of a study written one cell to a line: a name, its unit and a figure for each case, or name and figure.

Every row tells itself by its unit, so that lines which are a section of the list may stand between the rows, and a head
may take two lines: the case, and the price that it is for.
"""

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from orebook.ground import units
from orebook.reading.layout.values import is_holder, is_value
from orebook.reading.patterns import Pattern

_FEWEST_ROWS = 3
_MOST_CASES = 6
_UNIT_HEADS = frozenset({"unit", "units", "uom"})
_RATIO = Pattern(r"(?:waste|w|t|tonnes|bcm|t waste)\s?[:/]\s?(?:ore|o|t|tonnes|t ore)|ratio|x|times", re.IGNORECASE)
_MONEY = Pattern(
    r"(?:US|A|C|NZ|AU|CA)?\s?[$€£]\s?(?:M|m|k|B|bn|million|billion|'000)?(?:\s?(?:/|per)\s?[a-zA-Z]{1,12}){0,2}"
    r"(?: [A-Za-z0-9]{1,10}\.?){0,2}|(?:USD|AUD|CAD|EUR|GBP)\s?(?:M|m|k|/t|/oz|/lb)?"
)
_MONEY_ONLY = Pattern(r"(?:US|A|C|NZ)?\s?[$€£]\s?(?:M|m|k|million|'000)|[(].{1,14}[)]")
_MASS = Pattern(
    r"(?:g/t|kg/t|%|ppm|k?tpd|k?tpa|Mtpa|k?oz|Moz|k?t|Mt|M?lbs?|years?|months?)(?:/[a-z]{1,4})?"
    r"(?: [A-Za-z0-9]{1,8}){0,2}"
)


class Shape(NamedTuple):
    """Where the cells of a list belong: those of each head, and those of each row; a row of one cell is a section."""

    head: list[list[int]]
    rows: list[list[int]]


@cache
def words() -> frozenset[str]:
    """Words that stand at the head of a first column of names.

    >>> "parameter" in words(), "hole" in words()
    (True, False)
    """
    text = files("orebook.reading").joinpath("words", "list_heads.csv").read_text(encoding="utf-8")
    return frozenset(row["word"] for row in csv.DictReader(text.splitlines()))


def is_head(cell: str) -> bool:
    """Whether a line could be the head of a column of names in a list."""
    return len(cell) <= 30 and cell.lower().strip(" :*") in words()


def shape(cells: Sequence[str]) -> Shape | None:
    """The shape of a list whose first cell is the head of its names, or nothing.

    >>> shape("Metric|Unit|Base|Mine life|years|9|Money|NPV|A$M|58|IRR|%|31".split("|"))
    Shape(head=[[0], [1], [2]], rows=[[3, 4, 5], [6], [7, 8, 9], [10, 11, 12]])
    >>> shape("Area|A$M|Mine|9|Plant|58|Total|67".split("|"))
    Shape(head=[[0], [1]], rows=[[2, 3], [4, 5], [6, 7]])
    """
    if len(cells) < 2 or not is_head(cells[0]):
        return None
    if cells[1].lower() in _UNIT_HEADS:
        return _with_units(cells)
    return _in_pairs(cells) if _MONEY_ONLY.fullmatch(cells[1]) else None


def _with_units(cells: Sequence[str]) -> Shape | None:
    first = next((n for n in range(3, min(len(cells) - 2, 24)) if _is_unit(cells[n]) and _is_value(cells[n + 1])), 0)
    if not first or _is_value(cells[first - 1]):
        return None
    cases = next((n for n in range(1, _MOST_CASES + 1) if not _is_value(_at(cells, first + 1 + n))), 0)
    head = _head(first - 1, cases)
    if not cases or head is None:
        return None
    rows = _rows(cells, max(n for cell in head for n in cell) + 1, cases)
    whole = sum(len(row) > 1 for row in rows)
    return Shape(head, rows) if whole >= _FEWEST_ROWS else None


def _head(begin: int, cases: int) -> list[list[int]] | None:
    """The cells of each head: one for each case, or two; what is left is a section of the list."""
    over = begin - 2
    if over in (cases, cases + 1):
        return [[0], [1], *([2 + n] for n in range(cases))]
    if over in (2 * cases, 2 * cases + 1):
        return [[0], [1], *([2 + 2 * n, 3 + 2 * n] for n in range(cases))]
    return None


def _rows(cells: Sequence[str], begin: int, cases: int) -> list[list[int]]:
    rows: list[list[int]] = []
    at, size = begin, cases + 2
    while at < len(cells):
        if _is_row(cells[at : at + size], cases):
            rows.append(list(range(at, at + size)))
            at += size
        elif not _is_value(cells[at]) and _is_row(cells[at + 1 : at + 1 + size], cases):
            rows.append([at])
            at += 1
        else:
            break
    return rows


def _is_row(row: Sequence[str], cases: int) -> bool:
    return (
        len(row) == cases + 2 and not is_value(row[0]) and _is_unit(row[1]) and all(_is_value(cell) for cell in row[2:])
    )


def _in_pairs(cells: Sequence[str]) -> Shape | None:
    rows: list[list[int]] = []
    for at in range(2, len(cells) - 1, 2):
        if is_value(cells[at]) or not _is_value(cells[at + 1]):
            break
        rows.append([at, at + 1])
    return Shape([[0], [1]], rows) if len(rows) >= _FEWEST_ROWS else None


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _is_value(cell: str) -> bool:
    return is_value(cell) or is_holder(cell)


def _is_unit(cell: str) -> bool:
    """Whether a cell is a unit, as a column of units has it."""
    said = cell.strip(" ()[]")
    return (
        bool(units.spoken().get(said))
        or _RATIO.fullmatch(said) is not None
        or _MONEY.fullmatch(said) is not None
        or _MASS.fullmatch(said) is not None
        or re.fullmatch(r"[A-Z]{3}\s?[:/]\s?[A-Z]{3}", said) is not None
    )
