"""Mending: what a conversion tore apart or mixed into the rows of a table is put right before the table is made.

A currency sign, a bracket or a percent sign in a cell of its own goes back to its number; the number of a page and the
heads that are said again at the top of the next page are no rows; a mark that points to a footnote is no part of a
number.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from string import digits

from orebook.reading.layout import Cell
from orebook.reading.layout.values import is_holder, is_value
from orebook.reading.patterns import Pattern
from orebook.reading.text import Text, joined

Draft = list[Cell]
"""One row as it was seen; the cells may be empty."""

_CODES = r"(?:CAD|USD|AUD|EUR|GBP|NZD|ZAR|SEK)(?: ?\$)?"
_SIGN = r"(?:US|CDN|CAN|CA|NZ|AU|HK|[CARS])?[$€£¥]"
_BEFORE = Pattern(rf"[(<>~≈≤≥-]?\s?(?:{_SIGN}|{_CODES})\s?[(-]?|[(<>~≈≤≥]")
_AFTER = Pattern(r"\)?\s?%?\s?\)?|x|\*|pts")
_SIGNS = frozenset(" \t\u00a0(<>~≈≤≥-$€£¥UCNAHRSEGZ)%x*p")
"""What a sign begins with; a blank may stand before it."""
_LONGEST_SIGN = 5
_FOLLOWED = "0123456789.(-–—"
_MARKED = Pattern(r"(?<=[\d%)])\s?(?:[(\[](?:\d|[a-e])(?:, ?(?:\d|[a-e])){0,3}[)\]]|[*†‡§]{1,3})$")
_MARKS = frozenset(")]*†‡§")
_PAGE = Pattern(r"(?:-|–)?\s?(?:page|p\.|pg\.?)?\s?\d{1,3}(?: (?:of|/) \d{1,3})?\s?(?:-|–)?", re.IGNORECASE)
_CONTINUED = Pattern(r"[(\[]?(?:cont(?:inued|'d|d\.?)|table \d{1,2} \(?cont(?:inued|'d)\)?)[)\].]?", re.IGNORECASE)


def is_page_mark(plain: str) -> bool:
    """Whether a line is what stands at the foot or the head of a page: its number, or that something goes on.

    >>> [is_page_mark(line) for line in ("12", "- 3 -", "Page 4 of 10", "(continued)", "2,011", "Hole 4")]
    [True, True, True, True, False, False]
    """
    return len(plain) < 30 and bool(_PAGE.fullmatch(plain) or _CONTINUED.fullmatch(plain))


def mended(rows: Sequence[Draft]) -> list[Draft]:
    """The rows with signs put back to their numbers; a column of units keeps its signs."""
    signs = [
        [at for at, cell in enumerate(row) if (plain := cell.text.plain)[:1] in _SIGNS and _is_sign(plain)]
        for row in rows
    ]
    if not any(signs):
        return list(rows)
    units = _unit_columns(rows, signs)
    return [_mended(row, at, units) if at else row for row, at in zip(rows, signs, strict=True)]


def _unit_columns(rows: Sequence[Draft], places: Sequence[Sequence[int]]) -> frozenset[int]:
    """The columns in which signs stand among words, as units do; ``places`` says which cells of each row are signs."""
    signs = Counter(row[at].column for row, found in zip(rows, places, strict=True) for at in found)
    words = Counter(cell.column for row in rows for cell in row if cell.column in signs and _is_word(cell.text.plain))
    return frozenset(column for column, count in signs.items() if words[column] > count)


def _is_word(plain: str) -> bool:
    return bool(plain) and not (_is_sign(plain) or is_value(plain) or is_holder(plain))


def _is_sign(plain: str) -> bool:
    if plain[:1] not in _SIGNS or len(plain) > _LONGEST_SIGN or plain[-1] in digits:
        return False
    return _stands_before(plain) or _stands_behind(plain)


@lru_cache(maxsize=256)
def _stands_before(sign: str) -> bool:
    """Whether a sign belongs to the number behind it; there are few signs, and tables hold hundreds of each."""
    return _BEFORE.fullmatch(sign) is not None


@lru_cache(maxsize=256)
def _stands_behind(sign: str) -> bool:
    return _AFTER.fullmatch(sign) is not None


def _mended(row: Draft, signs: Sequence[int], units: frozenset[int]) -> Draft:
    """A row with its signs put back; the number keeps its column, the cell that held the sign is left empty."""
    said = [cell.text.plain for cell in row]
    cells = list(row)
    for at in signs:
        if row[at].column in units:
            continue
        if _stands_before(said[at]):
            there = next((k for k in range(at + 1, min(at + 4, len(cells))) if cells[k].text.plain), None)
            if there is not None and cells[there].text.plain[0] in _FOLLOWED:
                cells[there] = _with(cells[there], joined([cells[at].text, cells[there].text], ""))
                cells[at] = _with(cells[at], cells[at].text.slice(0, 0))
        else:
            there = next((k for k in range(at - 1, max(at - 4, -1), -1) if cells[k].text.plain), None)
            if there is not None and cells[there].text.plain[-1].isdigit() and _takes(cells[there].text.plain):
                cells[there] = _with(cells[there], joined([cells[there].text, cells[at].text], ""))
                cells[at] = _with(cells[at], cells[at].text.slice(0, 0))
    return cells


def _with(cell: Cell, text: Text) -> Cell:
    return Cell(text, cell.column, cell.span)


def _takes(number: str) -> bool:
    """Whether words are a number that a sign can follow: also one whose bracket is still open."""
    return is_value(number) or is_value(number.replace("(", ""))


def without_furniture(head: Sequence[Draft], body: Sequence[Draft]) -> list[Draft]:
    """The rows without the numbers of pages and without heads that are said again.

    The number of a page stands alone in a row of a table with three columns or more, and rows follow.
    """
    again = {words for row in head if len(words := _said(row)) > 1}
    kept: list[Draft] = []
    for at, row in enumerate(body):
        words = _said(row)
        if words in again:
            continue
        lonely = len(words) == 1 and is_page_mark(words[0]) and 0 < at < len(body) - 1
        if lonely and max(len(_said(near)) for near in (body[at - 1], body[at + 1])) > 2:
            continue
        kept.append(row)
    return kept


def _said(row: Draft) -> tuple[str, ...]:
    return tuple([cell.text.plain for cell in row if cell.text.plain])


def without_marks(body: Sequence[Draft]) -> list[Draft]:
    """The rows without the marks behind numbers that point to footnotes.

    A figure in brackets that most numbers of a column have is a second figure and stays.
    """
    marks: dict[int, list[tuple[int, int, int]]] = {}
    for at, row in enumerate(body):
        for place, cell in enumerate(row):
            plain = cell.text.plain
            found = _MARKED.search(plain) if plain and plain[-1] in _MARKS and len(plain) < 40 else None
            if found and plain.count("(") == plain.count(")") and is_value(plain) and is_value(plain[: found.start()]):
                marks.setdefault(cell.column, []).append((at, place, found.start()))
    if not marks:
        return list(body)
    valued = Counter(cell.column for row in body for cell in row if cell.column in marks and is_value(cell.text.plain))
    rows = [list(row) for row in body]
    for column, places in marks.items():
        if 2 * len(places) <= valued[column] or valued[column] < 3:
            for at, place, end in places:
                rows[at][place] = rows[at][place]._replace(text=rows[at][place].text.slice(0, end))
    return rows
