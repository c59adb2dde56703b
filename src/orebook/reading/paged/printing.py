"""Passages: paragraphs, headings, footnotes, and what stands beside the text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orebook.reading.layout.bullets import bullet
from orebook.reading.layout.headings import is_caption
from orebook.reading.paged.lines import Line, segment_of
from orebook.reading.paged.marks import Mark, Sheet
from orebook.reading.paged.paragraphs import LARGER, STOPPED, is_bold, paragraphs

_FEW_DIGITS = 0.25
_HUGE = 1.5
_LONGEST_HEADING = 150
_MOST_LINES = 3
_DIGIT = re.compile(r"\d")
_NUMBERED = re.compile(r"(?:section |part |item )?(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[A-Z]\.|[IVX]{1,4}\.)", re.IGNORECASE)
_MARKED = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹*†‡⁽]|[(\[]\d{1,2}[)\]]|\d{1,2}[.)] ?(?=[A-Z])")
_SMALLER = 0.94
"""Footnotes are set in letters smaller than this share of the others."""


@dataclass(slots=True)
class Passage:
    """Lines of one paragraph or heading, a footnote, or what stands beside the text.

    ``kind`` is text, heading, note or aside; ``open`` says that it may go on at the top of the next column or page,
    ``goes_on`` that it does.
    """

    kind: str
    sheet: Sheet
    lines: list[Line]
    level: int = 0
    open: bool = False
    goes_on: bool = False


def passages(sheet: Sheet, rows: Sequence[Line], body: float, *, last: bool = False) -> Iterator[Passage]:
    """The paragraphs and headings of some lines that follow one another in one column.

    ``body`` is the height of the letters of the document's running text. Where nothing follows in the column (``last``)
    footnotes may stand below the text.
    """
    notes = _notes(rows, body) if last else len(rows)
    text = rows[:notes]
    if text:
        left, right = min(row.left for row in text), max(row.right for row in text)
        for group, listed in paragraphs(text):
            yield _passage(sheet, group, body, right - left, right, listed)
    for note in _split_notes(rows[notes:]):
        yield Passage("note", sheet, note)


def _notes(rows: Sequence[Line], body: float) -> int:
    """The number of the first of the footnotes at the end of a column: smaller letters, a mark at the beginning."""
    first = len(rows)
    for at in range(len(rows) - 1, -1, -1):
        if rows[at].height >= _SMALLER * body:
            break
        if _MARKED.match(rows[at].text) and (at == 0 or rows[at].middle - rows[at - 1].middle > 1.2 * rows[at].height):
            first = at
    return first


def _split_notes(rows: Sequence[Line]) -> Iterator[list[Line]]:
    """Footnotes one by one: each begins with a mark."""
    begin = 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or _MARKED.match(rows[at].text):
            if rows[begin:at]:
                yield list(rows[begin:at])
            begin = at


def _passage(sheet: Sheet, rows: list[Line], body: float, width: float, right: float, listed: bool) -> Passage:
    level = 0 if listed else _level(rows, body)
    if level:
        return Passage("heading", sheet, rows, level if sheet.number == 1 else max(level, 2))
    last = rows[-1]
    full = last.right > right - 0.12 * width
    return Passage("text", sheet, rows, open=full and not last.text.endswith((".", "!", "?", ":")))


def _level(rows: Sequence[Line], body: float) -> int:
    """The level of a heading; nothing for text."""
    text = " ".join(row.text for row in rows)
    if len(rows) > _MOST_LINES or not 2 < len(text) <= _LONGEST_HEADING or text.endswith(STOPPED):
        return 0
    if (bullet(text) and not text[0].isalnum()) or len(_DIGIT.findall(text)) > _FEW_DIGITS * len(text):
        return 0
    if is_caption(text) or not any(letter.isalpha() for letter in text) or not (text[0].isupper() or text[0].isdigit()):
        return 0
    if any(len(row.segments) > 1 + bool(_NUMBERED.fullmatch(row.segments[0].text)) for row in rows):
        return 0
    larger = min(row.height for row in rows) / body if body else 1.0
    if larger > _HUGE:
        return 1
    if larger > LARGER:
        return 2
    return 3 if all(map(is_bold, rows)) and larger > _SMALLER and (len(rows) == 1 or len(text) < 100) else 0


def continues(upper: Passage, lower: Passage) -> bool:
    """Whether a paragraph goes on at the top of the next column or page."""
    if not upper.open or upper.kind != "text" or lower.kind != "text" or bullet(lower.lines[0].text):
        return False
    high, low = upper.lines[-1].height, lower.lines[0].height
    return max(high, low) < LARGER * min(high, low)


def cell_lines(marks: Sequence[Mark]) -> list[Line]:
    """The lines of the words of one cell."""
    rows: list[list[Mark]] = []
    for mark in marks:
        last = rows[-1][-1] if rows else None
        if last is not None and mark.left > last.left and mark.top < last.bottom - 0.5 * (last.bottom - last.top):
            rows[-1].append(mark)
        else:
            rows.append([mark])
    pieces = [segment_of(row) for row in rows]
    return [Line(piece.top, piece.bottom, [piece]) for piece in pieces]
