"""The flow of a document: the blocks of its pages one after the other, with what goes on over a page put together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from orebook.reading.paged.found import Found, Row
from orebook.reading.paged.joining import goes_on, moved, other_heads, repeated_heads
from orebook.reading.paged.lines import Line, segment_of
from orebook.reading.paged.marks import Sheet
from orebook.reading.paged.printing import Passage, continues


@dataclass(slots=True)
class Tabulated:
    """A table, and the sheet on which each of its rows stands."""

    table: Found
    sheets: list[Sheet]


Block = Passage | Tabulated


@dataclass(slots=True)
class Flow:
    """Blocks in reading order. What stands aside waits until what goes on over the page has come to its end."""

    blocks: list[Block] = field(default_factory=list)
    head: tuple[str, ...] = ()
    """What stood over the columns of the last text in columns."""
    _waiting: list[Block] = field(default_factory=list)

    def add(self, page: Iterable[Block]) -> None:
        """Put the blocks of a page, or of one of its columns, behind those before."""
        begun = False
        for block in page:
            if isinstance(block, Passage) and block.kind == "aside" and not begun:
                self._waiting.append(block)
                continue
            if not begun and self._goes_on(block):
                begun = True
                continue
            begun = True
            self._settle()
            self.blocks.append(block)

    def wait(self, feet: Iterable[Block]) -> None:
        """Set aside what stands at the foot of a page, until what goes on over the page has come to its end."""
        self._waiting.extend(feet)

    def finished(self) -> list[Block]:
        """All blocks."""
        self._settle()
        return self.blocks

    def repeats(self, head: Row) -> bool:
        """Whether a text in columns has the head of the one before; remembers it."""
        said = tuple(cell.text for cell in head)
        again, self.head = said == self.head, said
        return again

    def _settle(self) -> None:
        self.blocks += self._waiting
        self._waiting = []

    def _goes_on(self, block: Block) -> bool:
        """Join the first block of a page to the last one before, if it goes on with it."""
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Tabulated) and isinstance(block, Tabulated):
            return self._join(last, block)
        if not isinstance(last, Passage) or not isinstance(block, Passage):
            return False
        notes: list[Block] = []
        while len(self.blocks) > 1 and isinstance(last, Passage) and last.kind == "note":
            notes.insert(0, self.blocks.pop())
            last = self.blocks[-1]
        joins = isinstance(last, Passage) and continues(last, block)
        if joins and isinstance(last, Passage):
            last.goes_on = True
            self.blocks.append(block)
        self.blocks += notes
        return joins

    def _join(self, upper: Tabulated, lower: Tabulated) -> bool:
        """Join a table to its first half; whether it is the second."""
        place = goes_on(upper.table, lower.table)
        if place is None or other_heads(upper.table, lower.table):
            return False
        again = repeated_heads(upper.table, lower.table)
        self._waiting.extend(aside(lower.sheets[0], lower.table.rows[:again]))
        upper.table.rows.extend(moved(lower.table.rows[again:], place))
        upper.sheets.extend(lower.sheets[again:])
        return True


def aside(sheet: Sheet, rows: Sequence[Row]) -> list[Block]:
    """The heads of a table that are said again, set aside."""
    found: list[Block] = []
    for row in rows:
        piece = segment_of([mark for cell in row for mark in cell.marks])
        found.append(Passage("aside", sheet, [Line(piece.top, piece.bottom, [piece])]))
    return found
