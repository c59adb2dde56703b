"""Tables without borders: rows of numbers under heads, held together by alignment and a few horizontal rules."""

from collections.abc import Sequence

from orebook.reading.paged.beside import halves, side_by_side
from orebook.reading.paged.found import Found, FoundCell, Row, in_order, settled
from orebook.reading.paged.lines import Line, Segment, segment_of
from orebook.reading.paged.marks import Mark, Rule
from orebook.reading.paged.table_columns import Column, columns, dealt
from orebook.reading.paged.table_heads import head_lines, stacked, with_heads
from orebook.reading.paged.table_rows import gathered, is_anchor, pitch_of
from orebook.reading.paged.tabular import Stretch, is_numeric, is_years, levels, stretches
from orebook.reading.paged.tight import loosened

_WHOLE = 0.85
"""A rule as long as this share of a table reaches over all of it."""
_NEAR_ROW = 0.7
"""A line that belongs to the row below is nearer to it than this share of the distance of rows."""
_SECTION = 0.9
_CURRENCIES = frozenset({"$", "US$", "C$", "A$", "€", "£"})


def unruled(lines: Sequence[Line], across: Sequence[Rule]) -> list[Line | Found]:
    """Lines of one column of a page, those of tables without borders put together to tables."""
    found: list[Line | Found] = []
    done = 0
    for stretch in stretches(lines, across):
        if stretch.first < done:
            continue
        draft = _Draft.of(lines, stretch, across, done)
        if draft is None:
            continue
        found.extend(lines[done : draft.top])
        found.extend(draft.tables())
        done = stretch.last + 1
    found.extend(lines[done:])
    return found


class _Draft:
    """A table that is being made: its lines, its columns, the first line of its head and the first of its rows."""

    def __init__(self, lines: Sequence[Line], stretch: Stretch, across: Sequence[Rule], where: list[Column]) -> None:
        self.lines, self.stretch, self.across, self.where = lines, stretch, across, where
        self.top = self.first = stretch.first

    @classmethod
    def of(cls, lines: Sequence[Line], stretch: Stretch, across: Sequence[Rule], begin: int) -> "_Draft | None":
        """The draft of a stretch; nothing if it has one column. The head begins no earlier than at a line."""
        signed = loosened([_signed(line) for line in lines[stretch.first : stretch.last + 1]])
        counted = [line.segments for line in signed if _is_row(line)]
        rows = counted if len(counted) > 1 else [line.segments for line in signed]
        where = columns(rows)
        if len(where) < 2:
            return None
        where = _widened(where, signed)
        draft = cls([*lines[: stretch.first], *signed, *lines[stretch.last + 1 :]], stretch, across, where)
        draft._find_head(begin)
        draft.where = with_heads(where, rows, draft.lines[draft.top : draft.first])
        return draft

    def _find_head(self, begin: int) -> None:
        """Find where the rows begin, and where the head above them."""
        lines, where = self.lines, self.where
        first, last = self.stretch.first, self.stretch.last
        self.first = next((at for at in range(first, last + 1) if _is_row(lines[at])), first)
        anchors = [is_anchor(line, where) for line in lines[self.first : last + 1]]
        pitch = pitch_of(lines[self.first : last + 1], anchors)
        whole = self._whole()
        while self.first > begin and (
            _continues_below(lines, self.first - 1, pitch, whole)
            or (
                (self.first > first or _has_sections(lines, self.first, last, where))
                and _is_section(lines, self.first - 1, pitch, where, whole)
            )
        ):
            self.first -= 1
        top = head_lines(lines, self.first, where, self.stretch.ceiling, whole, begin, pitch)
        self.top = min(top, first, self.first)

    def _whole(self) -> list[Rule]:
        """The rules that reach over the whole table."""
        left, right = self.where[0][0], self.where[-1][1]
        return [
            rule
            for rule in levels(self.across)
            if min(rule.end, right) - max(rule.start, left) > _WHOLE * (right - left)
        ]

    def tables(self) -> list[Line | Found]:
        """The table; or, where two stand side by side, what is left and then what is right."""
        every = self.lines[self.top : self.stretch.last + 1]
        gap = side_by_side(every, self.where, self.across)
        if gap is not None:
            return [block for half in halves(every, gap) for block in unruled(half, self.across)]
        heads = stacked(self.lines[self.top : self.first], self.where, self.across)
        groups = gathered(self.lines[self.first : self.stretch.last + 1], self.where, self._whole())
        rows = [_row(group, self.where) for group in groups]
        left, right = min(line.left for line in every), max(line.right for line in every)
        top, bottom = min(line.top for line in every), max(line.bottom for line in every)
        every_row = [settled(row) for row in (*heads, *rows)]
        return [Found(every_row, left, top, right, bottom, self.where, heads=len(heads))]


def _is_row(line: Line) -> bool:
    return is_numeric(line) and not is_years(line)


def _continues_below(lines: Sequence[Line], at: int, pitch: float, whole: Sequence[Rule]) -> bool:
    """Whether a line above the first numbers belongs to their row: much nearer to it than rows are to each other."""
    line, below = lines[at], lines[at + 1]
    if any(line.middle < rule.at < below.middle for rule in whole):
        return False
    down = below.middle - line.middle
    return down < _NEAR_ROW * pitch and (at == 0 or line.middle - lines[at - 1].middle > down * 1.2)


def _is_section(lines: Sequence[Line], at: int, pitch: float, where: Sequence[Column], whole: Sequence[Rule]) -> bool:
    """Whether a lone label above the first numbers names a section: below a rule, or as far off the head as a row."""
    line, above = lines[at], lines[at - 1]
    if len(line.segments) != 1 or at == 0 or line.left > where[0][1]:
        return False
    if at > 1 and len(above.segments) == 1 and above.left < line.left and pitch > 0:
        far = line.middle - above.middle >= _SECTION * pitch
        return far and len(lines[at - 2].segments) > 1 and _is_section(lines, at - 1, pitch, where, whole)
    if len(above.segments) < 2:
        return False
    ruled = any(above.middle < rule.at < line.middle for rule in whole)
    headed = above.left < where[0][1] and pitch > 0 and line.middle - above.middle >= _SECTION * pitch
    return ruled or headed


def _has_sections(lines: Sequence[Line], first: int, last: int, where: Sequence[Column]) -> bool:
    """Whether lone labels stand between the rows of a table just as one does above the first of them."""
    return lines[first - 1].right < where[1][0] and any(
        len(line.segments) == 1 and line.right < where[1][0] for line in lines[first + 1 : last]
    )


def _widened(where: Sequence[Column], body: Sequence[Line]) -> list[Column]:
    """The columns with what stands left of or right of all of them in rows without numbers."""
    found = list(where)
    for line in body:
        for segment in line.segments:
            if segment.right < found[0][0]:
                found.insert(0, (segment.left, segment.right))
            elif segment.left > found[-1][1] and len(line.segments) > 1:
                found.append((segment.left, segment.right))
    return found


def _signed(line: Line) -> Line:
    """A line with currency signs joined to the numbers behind them, and signs behind numbers to those."""
    pieces: list[Segment] = []
    for segment in line.segments:
        last = pieces[-1] if pieces else None
        before = last is not None and segment.text[:1] in "0123456789(.-–—" and last.text in _CURRENCIES
        behind = last is not None and segment.text in ("%", ")", ")%")
        if last is not None and (before or (behind and segment.left - last.right < 1.5 * line.height)):
            pieces[-1] = segment_of([*last.marks, *segment.marks])
        else:
            pieces.append(segment)
    return line if len(pieces) == len(line.segments) else Line(line.top, line.bottom, pieces)


def _row(lines: Sequence[Line], where: Sequence[Column]) -> Row:
    """The cells of a row of one or several lines."""
    cells: dict[int, list[Mark]] = {}
    spans: dict[int, int] = {}
    for line in lines:
        for segment in line.segments:
            for column, span, marks in dealt(segment, where):
                cells.setdefault(column, []).extend(marks)
                spans[column] = max(spans.get(column, 1), span)
    row = [FoundCell(in_order(marks), column, spans[column]) for column, marks in sorted(cells.items())]
    if len(row) == 2 and row[0].column == 0 and row[0].span == 1 and row[1].span > 1:
        row[1] = row[1]._replace(column=1, span=len(where) - 1)
    return row
