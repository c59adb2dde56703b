"""Tabular lines: which lines of a page are rows of a table without borders, and where such a table begins and ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from orebook.reading.layout.headings import is_caption
from orebook.reading.paged.lines import Line, is_number
from orebook.reading.paged.marks import Rule

_NUMERIC_SHARE = 0.4
"""So much of a numeric row is numbers or signs for nothing."""
_LONGEST_CELL = 60
"""Characters in a cell behind the first of a numeric row."""
_ROW_GAP = 3.2
"""Rows of one table are nearer than this (in heights of their letters)."""
_BRIDGE_GAP = 2.0
"""A line of labels between two numeric rows is nearer to both than this."""
_TIGHT = 1.5
"""A line that goes on with the cells above is nearer to them than this (in heights)."""
_MOST_BRIDGES = 4
_SAME_END = 8.0
"""Points: rules that begin and end within this belong together."""
_PIECES = 12.0
"""Points: pieces of a rule at one height are nearer than this."""
_LEADERS = re.compile(r"\.{4,}|(?:\. ){3,}|…{2,}|_{4,}")
_LETTER, _FIGURE = re.compile(r"[^\W\d_]"), re.compile(r"\d")
_NEARER, _SHORT_NAME = 0.75, 30
_NEAR_EDGE, _OUTDENT = 12.0, 40.0
"""Points: labels between rows stick out by less; further only at the distance of rows."""
_ROW_PITCH = 1.3
"""A row is no further below the last than so many usual distances of rows."""
_YEAR = re.compile(r"(?:FY)?(?:19|20)\d\d[AEF]?")


@dataclass(slots=True)
class Stretch:
    """A table without borders: its lines, and the heights of the rules that end it above and below."""

    first: int
    last: int
    ceiling: float = float("-inf")
    floor: float = float("inf")


def is_years(line: Line) -> bool:
    """Whether a line holds years and nothing else but a label, as heads do."""
    labelled = len(line.segments) > 2 and not is_number(line.segments[0].text)
    return all(_YEAR.fullmatch(segment.text) for segment in line.segments[labelled:])


def is_numeric(line: Line) -> bool:
    """Whether a line looks like a row of a table of numbers."""
    pieces = line[2]
    if len(pieces) < 2:
        return False
    texts = [piece.text for piece in pieces]
    if len(pieces) == 2 and _ITEM.fullmatch(texts[0]):
        return False
    numbers = sum(map(is_number, texts))
    if not numbers or numbers < _NUMERIC_SHARE * len(pieces) or any(len(text) > _LONGEST_CELL for text in texts[1:]):
        return False
    return not any(_LEADERS.search(text) for text in texts)


_ITEM = re.compile(r"[•·●▪■□◦‣➢►✓❖\uf000-\uf0ff–—*-]|o|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{2,4})[.)]")


def is_item(text: str) -> bool:
    """Whether words are what stands before an item of a list: a point, a dash, a letter or figure.

    >>> [is_item(text) for text in ("•", "(a)", "3.", "ore")]
    [True, True, True, False]
    """
    return _ITEM.fullmatch(text) is not None


_ALIGNED = 2.0
"""Points: edges of cells that stand below one another differ by less."""
_FEWEST_ALIGNED = {2: 4, 3: 3}
"""How many lines of so many cells make a table of words (of more cells: the last number)."""


def aligned(lines: Sequence[Line]) -> list[bool]:
    """Which lines are rows of a table of words: several lines with cells at the same places."""
    found = [False] * len(lines)
    begin = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and len(lines[at][2]) > 1 and _below(lines[at - 1], lines[at]):
            continue
        if at - begin > 2:
            cells = min(len(line.segments) for line in lines[begin:at])
            if at - begin >= _FEWEST_ALIGNED.get(cells, 3) and cells > 1:
                found[begin:at] = [True] * (at - begin)
        begin = at
    return found


def _below(upper: Line, lower: Line) -> bool:
    """Whether the cells of a line stand below those of the line above."""
    if len(upper.segments) < 2 or len(lower.segments) < 2 or abs(upper.left - lower.left) > _ALIGNED:
        return False
    if lower.middle - upper.middle > _ROW_GAP * min(upper.height, lower.height):
        return False
    for line in (upper, lower):
        texts = [segment.text for segment in line.segments]
        if _ITEM.fullmatch(texts[0]) or any(len(text) > _LONGEST_CELL or _LEADERS.search(text) for text in texts):
            return False
    above = upper.segments[1:]
    same = sum(
        any(abs(cell.left - other.left) < _ALIGNED or abs(cell.right - other.right) < _ALIGNED for other in above)
        for cell in lower.segments[1:]
    )
    return same >= max(1, min(len(upper.segments), len(lower.segments)) - 1)


def levels(across: Sequence[Rule]) -> list[Rule]:
    """Horizontal rules, pieces at one height with small gaps between them as one."""
    found: list[Rule] = []
    for rule in sorted(across, key=lambda rule: (round(rule.at), rule.start)):
        last = found[-1] if found else None
        if last is not None and abs(last.at - rule.at) < 2 and -2 <= rule.start - last.end < _PIECES:
            found[-1] = Rule(last.at, last.start, max(last.end, rule.end))
        else:
            found.append(rule)
    return sorted(found)


def between_rules(lines: Sequence[Line], level: Sequence[Rule]) -> list[Stretch]:
    """Stretches of lines that rules of one length part, where most lines have several cells."""
    found: list[Stretch] = []
    for chain in _chains(level):
        begun: tuple[list[int], float] | None = None
        for upper, lower in pairwise(chain):
            inside = [
                at
                for at, line in enumerate(lines)
                if upper.at - 2 < line.middle < lower.at + 2
                and line.left > upper.start - _SAME_END
                and line.right < upper.end + _SAME_END
            ]
            if _tabular(lines, inside, upper.end - upper.start, begun is not None):
                begun = (begun[0] + inside, begun[1]) if begun else (inside, upper.at)
                if lower is chain[-1]:
                    found.extend(_stretch(lines, begun, lower.at, len(chain)))
            elif begun:
                found.extend(_stretch(lines, begun, upper.at, len(chain)))
                begun = None
    return found


def _chains(level: Sequence[Rule]) -> list[list[Rule]]:
    """Rules that begin and end at the same places, from the top down."""
    chains: list[list[Rule]] = []
    for rule in level:
        for chain in chains:
            if abs(chain[0].start - rule.start) < _SAME_END and abs(chain[0].end - rule.end) < _SAME_END:
                chain.append(rule)
                break
        else:
            chains.append([rule])
    return [chain for chain in chains if len(chain) > 1]


def _tabular(lines: Sequence[Line], inside: Sequence[int], width: float, begun: bool) -> bool:
    """Whether lines between two rules look like rows of a table; the caption of the next one does not."""
    if not inside:
        return begun
    if all(len(lines[at].segments) == 1 for at in inside) and is_caption(lines[inside[0]].text):
        return False
    many = sum(len(lines[at].segments) > 1 for at in inside)
    items = sum(len(lines[at].segments) == 2 and is_item(lines[at].segments[0].text) for at in inside)
    if items > 1:
        return False
    prose = sum(len(lines[at].segments) == 1 and lines[at].right - lines[at].left > 0.75 * width for at in inside)
    if any(_LEADERS.search(lines[at].text) for at in inside):
        return False
    return (many > 0 and many >= 0.3 * len(inside) and prose < 2) or (begun and len(inside) == 1 and not prose)


def _stretch(lines: Sequence[Line], begun: tuple[list[int], float], floor: float, rules: int) -> list[Stretch]:
    inside, ceiling = begun
    many = sum(len(lines[at].segments) > 1 for at in inside)
    if many < 2 or not (rules > 2 or any(is_numeric(lines[at]) for at in inside)):
        return []
    if inside[-1] - inside[0] + 1 != len(set(inside)):
        return []
    return [Stretch(inside[0], inside[-1], ceiling, floor)]


def stretches(lines: Sequence[Line], across: Sequence[Rule]) -> list[Stretch]:
    """The tables without borders among some lines of one column of a page."""
    ruled = between_rules(lines, levels(across)) if len(across) > 1 else []
    member = [-1] * len(lines)
    for number, stretch in enumerate(ruled):
        for at in range(stretch.first, stretch.last + 1):
            member[at] = number if member[at] < 0 else member[at]
    numeric = [is_numeric(line) or beside for line, beside in zip(lines, aligned(lines), strict=True)]
    found: list[Stretch] = []
    at = 0
    while at < len(lines):
        if not numeric[at] and member[at] < 0:
            at += 1
            continue
        last = _reach(lines, numeric, member, at)
        numbers = sum(numeric[at : last + 1])
        owner = max(member[at : last + 1])
        if owner >= 0:
            whole = ruled[owner]
            found.append(Stretch(at, last, whole.ceiling, whole.floor))
        elif numbers > 1:
            found.append(Stretch(at, last))
        at = last + 1
    return found


def _reach(lines: Sequence[Line], numeric: Sequence[bool], member: Sequence[int], first: int) -> int:
    """The last line of the table that begins on a line."""
    at = last = first
    bridges = 0
    while at + 1 < len(lines):
        upper, lower = lines[at], lines[at + 1]
        gap, height = lower.middle - upper.middle, max(6.0, min(upper.height, lower.height))
        same = member[at + 1] >= 0 and member[at + 1] == member[first]
        if member[at + 1] != member[first] and member[at + 1] >= 0 and member[first] >= 0:
            break
        loose = _ROW_GAP * height if member[first] < 0 else 1.3 * _pitch(lines, first, at)
        if same or (numeric[at + 1] and gap < loose):
            at += 1
            last, bridges = at, 0
        elif member[first] < 0 and bridges < _MOST_BRIDGES and _bridges(lines, numeric, at + 1, first, gap, height):
            at += 1
            bridges += 1
        else:
            break
    return _tail(lines, first, last) if member[first] < 0 else last


def _pitch(lines: Sequence[Line], first: int, last: int) -> float:
    """How far two lines of a stretch are apart on average."""
    return (lines[last].middle - lines[first].middle) / max(last - first, 1)


def _bridges(lines: Sequence[Line], numeric: Sequence[bool], at: int, first: int, gap: float, height: float) -> bool:
    """Whether a line of labels, or one that goes on with a cell, may stand between two rows of a table."""
    line = lines[at]
    if gap > (_BRIDGE_GAP if len(line.segments) > 1 else _ROW_GAP) * height or len(line.segments) > 3:
        return False
    if not any(numeric[at + 1 : at + 1 + _MOST_BRIDGES]) or is_caption(line.text):
        return False
    rows = lines[first:at]
    if _continues_cell(line, rows) and gap < _BRIDGE_GAP * height:
        return True
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    outdent = _OUTDENT if len(rows) > 1 and gap < _ROW_PITCH * _pitch(rows, 0, len(rows) - 1) else _NEAR_EDGE
    inside = line.left > left - outdent and line.right < right + _NEAR_EDGE
    return inside and line.right - line.left < 0.8 * (right - left)


def _continues_cell(line: Line, rows: Sequence[Line]) -> bool:
    """Whether a line begins where cells behind the first column begin."""
    starts = [segment.left for row in rows[-_MOST_BRIDGES:] for segment in row.segments[1:]]
    return all(any(abs(segment.left - start) < _ALIGNED for start in starts) for segment in line.segments)


def _tail(lines: Sequence[Line], first: int, last: int) -> int:
    """The last line of a table whose last row goes on over several lines."""
    while last + 1 < len(lines):
        line, above = lines[last + 1], lines[last]
        apart, rows = line.middle - above.middle, lines[first : last + 1]
        near = apart < _TIGHT * min(line.height, above.height)
        near_name = near and _goes_on_below_name(line, rows, apart)
        if not (near and _continues_cell(line, rows)) and not near_name and not _is_named_alike(line, rows, apart):
            break
        last += 1
    return last


def _goes_on_below_name(line: Line, rows: Sequence[Line], apart: float) -> bool:
    """Whether a line goes on with the name of the last row, as it did in the rows before: nearer than rows are."""
    left = min(row.left for row in rows)
    named = [row.middle for row in rows if len(row.segments) > 1]
    pitch = min((lower - upper for upper, lower in pairwise(named)), default=0.0)
    below = [
        row
        for row in rows
        if len(row.segments) == 1 and abs(row.left - left) < _ALIGNED and len(row.text) < _SHORT_NAME
    ]
    short = len(line.segments) == 1 and abs(line.left - left) < _ALIGNED and len(line.text) < _SHORT_NAME
    return short and len(below) > 1 and apart < _NEARER * pitch


def _is_named_alike(line: Line, rows: Sequence[Line], apart: float) -> bool:
    """Whether a line of words behind a name goes on with rows that have names of the same form, at their distance."""
    if len(line.segments) < 2 or len(rows) < 2 or apart > _ROW_PITCH * _pitch(rows, 0, len(rows) - 1):
        return False
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    form = form_of(line.segments[0].text)
    return (
        abs(line.left - left) < _ALIGNED
        and line.right < right + _SAME_END
        and form != ""
        and any(form_of(row.segments[0].text) == form for row in rows if abs(row.left - left) < _ALIGNED)
    )


def form_of(name: str) -> str:
    """The form of a name with figures in it: its letters and figures without saying which; nothing for other words.

    >>> form_of("AB-101") == form_of("CD-204"), form_of("AB-101") == form_of("AB-1"), form_of("Total")
    (True, False, '')
    """
    return _LETTER.sub("a", _FIGURE.sub("0", name)) if _FIGURE.search(name) else ""
