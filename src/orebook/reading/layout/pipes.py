"""Tables whose cells are kept apart by upright strokes, with or without a rule below the header.

Three manners are seen: strokes on both sides (Markdown), a stroke after each cell (wire services, where the header may
be wrapped inside a cell and an empty cell is a stroke on a line of its own), and strokes only between cells.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from orebook.ground.source import Document
from orebook.reading.layout import Block, Table
from orebook.reading.layout.lines import Line
from orebook.reading.layout.mending import Draft, is_page_mark
from orebook.reading.layout.tables import draft, table
from orebook.reading.layout.values import is_value
from orebook.reading.patterns import Pattern
from orebook.reading.text import Text, cleaned, cleaned_each

_RULE = Pattern(r":?-+:?|:?=+:?")
_BORDER = Pattern(r"[+|][-=+:| ]*[-=][-=+:| ]*")
_RULES = frozenset(":-=+|")
"""What a rule begins with."""
_WRAPPED = 4
"""A cell of a header is wrapped over so many lines at most."""
_FEWEST_STROKES = 3
"""Rows that a blank line parts have so many strokes or more."""

Stretch = tuple[int, int]


def table_at(document: Document, lines: Sequence[Line], at: int) -> tuple[Table | None, int]:
    """The table that starts on a line, and the number of the first line after it.

    Without a table the number says up to where there is none.
    """
    last = _end(lines, at)
    region = [
        line
        for k, line in enumerate(lines[at:last], at)
        if (words := line.words) and ("|" in words or not _furniture(lines, k))
    ]
    grid = _grid(document.text, region)
    ruled = [_is_rule(document.text, row) for row in grid]
    rules = [index for index, rule in enumerate(ruled[:8]) if rule]
    rows = [row for row, rule in zip(grid, ruled, strict=True) if not rule]
    if not _is_table(rows, region, ruled=bool(rules)):
        return None, last
    joins = _joins(document.text, rows)
    drafts = [_cells(document.text, row, joins=joins) for row in rows]
    return table(drafts, "pipes", region[0].start, region[-1].end, ruled=rules[0] if rules else 0), last


def loose(document: Document, region: Sequence[Line]) -> list[Block]:
    """The cells of lines that have strokes and are no table, as paragraphs."""
    grid = _grid(document.text, region)
    words = [cleaned(document.text, *cell) for row in grid if not _is_rule(document.text, row) for cell in row]
    return [Block("paragraph", text) for text in words if text.plain]


def _end(lines: Sequence[Line], at: int) -> int:
    """Where the strokes end; a line without one belongs if it goes on in a line that has some."""
    last = at
    while last < len(lines):
        if lines[last].blank:
            if not _bridged(lines, at, last):
                break
        elif "|" not in lines[last].words and not _BORDER.fullmatch(lines[last].words):
            ahead = lines[last : last + _WRAPPED]
            if any(line.blank or len(line.words) > 60 for line in ahead[:1]):
                break
            onward = next((line for line in ahead if line.blank or "|" in line.words), None)
            if onward is None or onward.blank:
                break
        last += 1
    return last


def _bridged(lines: Sequence[Line], at: int, blank: int) -> bool:
    """Whether a blank line stands inside a cell, or between two rows with as many strokes and numbers in the lower."""
    if blank + 1 >= len(lines) or lines[blank + 1].blank or blank == at:
        return False
    above, below = lines[blank - 1].words, lines[blank + 1].words
    if above[:1] == "|" != above[-1] and lines[at].words[-1] == "|" != below[0]:
        return below[-1] == "|"
    ruled = blank + 2 < len(lines) and _BORDER.fullmatch(lines[blank + 2].words) is not None
    strokes = below.count("|")
    if ruled or strokes < _FEWEST_STROKES or above.count("|") != strokes:
        return False
    return any(is_value(cell.strip()) for cell in below.split("|"))


def _furniture(lines: Sequence[Line], at: int) -> bool:
    """Whether a line without strokes, between two rows, is the number of a page."""
    closed = at > 0 and lines[at - 1].words[-1:] == "|" and at + 1 < len(lines) and lines[at + 1].words[:1] == "|"
    return closed and is_page_mark(lines[at].words)


def _grid(text: str, region: Sequence[Line]) -> list[list[Stretch]]:
    """The cells of each row as stretches of the document."""
    stroked = [line for line in region if "|" in line.words]
    leading = sum(line.words[0] == "|" for line in stroked) >= 0.8 * len(stroked)
    trailing = sum(line.words[-1] == "|" for line in stroked) >= 0.3 * len(stroked)
    if leading:
        starts = [k for k, line in enumerate(region) if line.words[0] in "|+"] or [0]
        groups = [region[first:last] for first, last in pairwise([*starts, len(region)])]
    elif trailing:
        return _after_each_cell(text, region)
    else:
        return [_between(text, line) for line in region]
    return [_stretches(text, group[0].start, group[-1].end) for group in groups if group]


def _between(text: str, line: Line) -> list[Stretch]:
    """The cells of a line that has strokes only between them; a last cell that is empty counts."""
    cells = _stretches(text, line.start, line.end)
    return [*cells, (line.end, line.end)] if line.words[-1] == "|" else cells


def _after_each_cell(text: str, region: Sequence[Line]) -> list[list[Stretch]]:
    """Rows that end with a stroke; a line that begins with one goes on with the row before."""
    plain: list[list[Stretch]] = []
    begin: int | None = None
    for line in region:
        begin = line.start if begin is None else begin
        if line.words[-1] == "|":
            plain.append(_stretches(text, begin, line.end, leading=False))
            begin = None
    if begin is not None:
        plain.append(_stretches(text, begin, region[-1].end, leading=False))
    counts = Counter(len(row) for row in plain if text[row[0][0] : row[0][1]].strip())
    width = max(counts, key=lambda count: (counts[count], count), default=0)
    rows: list[list[Stretch]] = []
    for row in plain:
        goes_on = not text[row[0][0] : row[0][1]].strip()
        if goes_on and rows and len(rows[-1]) + len(row) <= width:
            rows[-1].extend(row)
        else:
            rows.append(row)
    return rows


def _stretches(text: str, start: int, end: int, *, leading: bool = True) -> list[Stretch]:
    """The cells between the strokes."""
    found: list[Stretch] = []
    at = stroke = start
    for cell in text[start:end].split("|")[:-1]:
        stroke += len(cell)
        if stroke == 0 or text[stroke - 1] != "\\":
            if stroke > start or not leading:
                found.append((at, stroke))
            at = stroke + 1
        stroke += 1
    if at < end:
        found.append((at, end))
    return found or [(start, end)]


def _is_rule(text: str, row: list[Stretch]) -> bool:
    if text[row[0][0] : row[0][1]].lstrip()[:1] not in _RULES:
        return False
    said = [text[start:end].strip() for start, end in row]
    if len(said) == 1 and _BORDER.fullmatch(said[0] or " "):
        return True
    return all(_RULE.fullmatch(words) for words in said) and bool(said)


def _is_table(rows: list[list[Stretch]], region: Sequence[Line], *, ruled: bool) -> bool:
    wide = [len(row) for row in rows if len(row) > 1]
    if ruled:
        return len(rows) > 1 and len(wide) > 0
    if len(wide) < 2:
        return False
    closed = sum(line.words[0] == "|" or line.words[-1] == "|" for line in region)
    if 2 * closed >= len(rows):
        return True
    return len(set(wide)) == 1 and (len(wide) > 2 or wide[0] > 2) and all(len(line.words) < 300 for line in region)


def _joins(text: str, rows: list[list[Stretch]]) -> bool:
    """Whether two strokes without anything between them make the cell before wider; only where cells have blanks."""
    inner = [cell for row in rows[:50] for cell in row]
    if not any(start == end for start, end in inner):
        return False
    full = [words for start, end in inner if (words := text[start:end]).strip()]
    return all(words[0] in " \t" for words in full[:50])


def _cells(text: str, row: list[Stretch], *, joins: bool) -> Draft:
    """The cells of a row; where two strokes stand side by side, the cell before them is wider."""
    if not joins:
        return draft(cleaned_each(text, row))
    texts: list[Text] = []
    spans: list[int] = []
    for (start, end), words in zip(row, cleaned_each(text, row), strict=True):
        if start == end and texts and texts[-1].plain:
            spans[-1] += 1
            continue
        texts.append(words)
        spans.append(1)
    return draft(texts, spans)
