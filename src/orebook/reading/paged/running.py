"""Running heads and feet: lines that stand at the same place on many pages, and the numbers of the pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from orebook.reading.paged.lines import Line
from orebook.reading.paged.marks import Sheet

_SAME_PLACE = 6.0
"""Points: a running head stands at one height on all pages, give or take this."""
_SHARE = 0.2
"""A running head is found on at least two pages and on this share of all."""
_ISOLATED = 1.6
"""What runs over the pages is so many heights away from the text."""
_OUTER = 0.16
"""Running heads stand in this share of the page's height, at the top or at the bottom."""
_DIGITS = re.compile(r"\d+")


class _Seen(NamedTuple):
    """A line that may be a running head: sheet, number of the line, height on the page, numbers in it."""

    sheet: int
    line: int
    middle: float
    numbers: tuple[int, ...]


def running(sheets: Sequence[Sheet], pages: Sequence[Sequence[Line]]) -> list[set[int]]:
    """For each sheet the numbers of its lines that only run over the pages.

    >>> from orebook.reading.paged.lines import Segment
    >>> from orebook.reading.paged.marks import Mark
    >>> def line(y, text): return Line(y, y + 10, [Segment(50, y, 99, y + 10, [Mark(50, y, 99, y + 10, text)], text)])
    >>> pages = [[line(20, "Ore Ltd"), line(100, text), line(780, number)] for text, number in (("a", "1"), ("b", "2"))]
    >>> running([Sheet(1, 595, 842, []), Sheet(2, 595, 842, [])], pages)
    [{0, 2}, {0, 2}]
    """
    seen: dict[str, list[_Seen]] = defaultdict(list)
    outer = [_outer(sheet, rows) for sheet, rows in zip(sheets, pages, strict=True)]
    for number, (rows, some) in enumerate(zip(pages, outer, strict=True)):
        for at in some:
            text = rows[at].text
            if len(text) < 300:
                numbers = tuple(int(found) for found in _DIGITS.findall(text)[:9] if len(found) < 9)
                seen[_DIGITS.sub("#", text)].append(_Seen(number, at, rows[at].middle, numbers))
    fewest = max(2, _SHARE * len({sheet.number for sheet in sheets}))
    found: list[set[int]] = [set() for _ in sheets]
    for lines in seen.values():
        if len(lines) >= 2:
            for one in _repeated(lines, sheets, fewest):
                found[one.sheet].add(one.line)
    return [_apart(rows, here, sheet) for rows, here, sheet in zip(pages, found, sheets, strict=True)]


def _outer(sheet: Sheet, rows: Sequence[Line]) -> list[int]:
    """The lines of the outer parts of a page; of words that stand turned on it, all."""
    if sheet.turn and len(rows) <= 4:
        return list(range(len(rows)))
    edge = _OUTER * sheet.height
    return [at for at, row in enumerate(rows) if row.middle < edge or row.middle > sheet.height - edge]


def _repeated(lines: Sequence[_Seen], sheets: Sequence[Sheet], fewest: float) -> list[_Seen]:
    """Those of some lines with one wording that stand at one place and say the same, or count the pages."""
    groups: list[list[_Seen]] = []
    for one in sorted(lines, key=lambda one: one.middle):
        if groups and one.middle - groups[-1][0].middle < _SAME_PLACE:
            groups[-1].append(one)
        else:
            groups.append([one])
    chosen: list[_Seen] = []
    for group in groups:
        same = Counter(one.numbers for one in group)
        alike = [one for one in group if same[one.numbers] >= 2 and same[one.numbers] >= fewest]
        counting = _counting(group, sheets)
        if len(counting) >= fewest or (len(counting) >= 2 and len(counting) == len(group)):
            chosen.extend(counting)
        chosen.extend(one for one in alike if one not in counting)
    return chosen


def _counting(group: Sequence[_Seen], sheets: Sequence[Sheet]) -> list[_Seen]:
    """The lines of which one number goes up with the pages while the others stay."""
    best: list[_Seen] = []
    for place in range(min((len(one.numbers) for one in group), default=0)):
        offsets = Counter(
            (one.numbers[place] - sheets[one.sheet].number, one.numbers[:place] + one.numbers[place + 1 :])
            for one in group
        )
        wanted, count = offsets.most_common(1)[0]
        if count >= 2 and count > len(best):
            best = [
                one
                for one in group
                if (one.numbers[place] - sheets[one.sheet].number, one.numbers[:place] + one.numbers[place + 1 :])
                == wanted
            ]
    return best


def _apart(rows: Sequence[Line], found: set[int], sheet: Sheet) -> set[int]:
    """Those of the lines found that are the outermost of the page, or outside of others that are."""
    if sheet.turn and len(rows) <= 4:
        return found
    kept: set[int] = set()
    for order, step in ((range(len(rows)), 1), (range(len(rows) - 1, -1, -1), -1)):
        run: list[int] = []
        for at in order:
            if at not in found:
                break
            run.append(at)
        while run and not _isolated(rows, run[-1], step):
            run.pop()
        kept.update(run)
    return kept


def _isolated(rows: Sequence[Line], at: int, step: int) -> bool:
    """Whether a line stands away from the next one further in; the number of a page needs no room."""
    further = at + step
    if not 0 <= further < len(rows):
        return True
    gap = abs(rows[further].middle - rows[at].middle)
    return gap > _ISOLATED * min(rows[at].height, rows[further].height) or len(rows[at].text) < 12
