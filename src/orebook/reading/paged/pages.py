"""Pages: what stands on one sheet, from its words and rules to blocks in reading order."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orebook.reading.paged.columns import Stack, stacks
from orebook.reading.paged.flow import Block, Flow, Tabulated, aside
from orebook.reading.paged.found import Found, Row
from orebook.reading.paged.grids import grids
from orebook.reading.paged.leaders import without_leaders
from orebook.reading.paged.lines import Line, lines
from orebook.reading.paged.marks import Rule, Sheet
from orebook.reading.paged.panels import Panel, boxes, panels
from orebook.reading.paged.printing import Passage, cell_lines, passages
from orebook.reading.paged.rows import page_segments
from orebook.reading.paged.ruling import joined, networks
from orebook.reading.paged.unruled import unruled

_LONG_CELL = 40
"""Words: a table many of whose cells hold more is a text in columns, not a table of figures."""
_LONG_CELLS = 0.2
_QUESTIONS = re.compile(r"\bexplanation\b", re.IGNORECASE)
"""Over the column of a form (JORC Table 1) that says what is asked, not what is answered."""


@dataclass(slots=True)
class Page:
    """What stands on one sheet: tables with borders and panels, and the lines around them."""

    sheet: Sheet
    walls: list[Found | Panel]
    rows: list[Line]
    across: list[Rule]
    down: list[Rule]

    @classmethod
    def of(cls, sheet: Sheet) -> "Page":
        """The tables with borders and the lines of a sheet."""
        across, down = joined(sheet.across), joined(sheet.down)
        tables, left = grids(sheet.marks, networks(across, down))
        beside, left = panels(left, boxes(across, down, sheet.width * sheet.height), sheet.marks)
        sides = sheet.sides if len(left) == len(sheet.marks) else None
        return cls(
            sheet, [*tables, *beside], [without_leaders(row) for row in lines(page_segments(left, sides))], across, down
        )

    def flow_into(self, flow: Flow, asides: set[int], body: float, *, first: bool) -> None:
        """Put the blocks of the page behind those before; ``asides`` are the numbers of the lines that stand aside.

        On the first page the head that runs over all pages is read, as the letterhead it mostly is. ``body`` is the
        height of the letters of the document's running text.
        """
        kept = {at for at in asides if first and self.rows[at].middle < self.sheet.height / 2}
        away = sorted(asides - kept)
        half = self.sheet.height / 2
        heads = [at for at in away if self.rows[at].middle < half]
        flow.add(Passage("aside", self.sheet, [self.rows[at]]) for at in heads)
        inside = [segment for at, row in enumerate(self.rows) if at not in away for segment in row.segments]
        for stack in stacks([*inside, *self.walls], self.down, self.across):
            flow.add(list(self._stack(stack, body, flow)))
        flow.wait(Passage("aside", self.sheet, [self.rows[at]]) for at in away if at not in heads)

    def _stack(self, stack: Stack, body: float, flow: Flow) -> Iterator[Block]:
        """The blocks of one column: between its tables with borders stand lines, some of which are tables too."""
        walls, rows = sorted(stack.walls, key=lambda item: item.top), stack.rows
        at = 0
        for wall in [*walls, None]:
            end = at
            while end < len(rows) and (wall is None or rows[end].middle < (wall.top + wall.bottom) / 2):
                end += 1
            run: list[Line] = []
            for block in [*unruled(rows[at:end], self.across), *([wall] if wall else [])]:
                if isinstance(block, Line):
                    run.append(block)
                    continue
                yield from passages(self.sheet, run, body)
                run = []
                if isinstance(block, Panel):
                    for inner in stacks(block.items, self.down, self.across):
                        yield from self._stack(inner, body, flow)
                else:
                    yield from self._table(block, body, flow)
            yield from passages(self.sheet, run, body, last=wall is None)
            at = end

    def _table(self, table: Found, body: float, flow: Flow) -> Iterator[Block]:
        """A table; a text in columns is written cell by cell, with the tables that stand inside of it."""
        cells = [cell for row in table.rows for cell in row]
        long = sum(len(cell.marks) > _LONG_CELL for cell in cells)
        if long <= _LONG_CELLS * len(cells) and not table.inner:
            yield Tabulated(table, [self.sheet] * len(table.rows))
            return
        head, *rows = table.rows
        questions = {cell.column for cell in head if _QUESTIONS.search(cell.text)}
        if flow.repeats(head):
            yield from aside(self.sheet, [head])
        elif any(len(cell.marks) > _LONG_CELL for cell in head):
            rows = table.rows
        else:
            yield Passage("text", self.sheet, [line for cell in head for line in cell_lines(cell.marks)])
        inner = sorted(table.inner, key=lambda found: found.top)
        for row in rows:
            while inner and row[0].marks[0].top > inner[0].top:
                yield from self._table(inner.pop(0), body, flow)
            yield from self._cells(row, questions, body)
        for found in inner:
            yield from self._table(found, body, flow)

    def _cells(self, row: Row, questions: set[int], body: float) -> Iterator[Block]:
        for cell in row:
            written = cell_lines(cell.marks)
            if cell.column in questions:
                yield Passage("aside", self.sheet, written)
            else:
                yield from passages(self.sheet, written, body)


def body_height(pages: Sequence[Page]) -> float:
    """The height of most letters of the running text."""
    heights: Counter[float] = Counter()
    for page in pages:
        for row in page.rows:
            heights[round(row.height * 2) / 2] += sum([len(segment.text) for segment in row.segments])
    return heights.most_common(1)[0][0] if heights else 0.0
