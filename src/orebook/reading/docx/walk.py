"""The walk through a file: its paragraphs and tables in order, written as one text in which each knows its place."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from orebook.reading.docx.grid import Grid, Space, grid, plain_grid
from orebook.reading.docx.names import ALTERNATIVES, AROUND, CHOICE, INSERTED, PARAGRAPH, TABLE, TEXT, W, leading
from orebook.reading.docx.signs import raised
from orebook.reading.docx.styles import Lists, Style, Styles, said_by
from orebook.reading.docx.words import Said, Speech
from orebook.reading.docx.xml import Element
from orebook.reading.paged import Cell, Run, Word, Writer

_PROPERTIES = f"{W}pPr"
_HUNG = re.compile(r"^(\(?(?:\d{1,2}|[A-Za-z]|[ivx]{2,4})[.)]|[•·●▪■□◦➢✓–—*-])\t+")
_LABELLED = re.compile(r"\(?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{2,4})[.)]?\s")
_BLANKS = re.compile(r"[ \u00a0]{2,}")
_LONGEST_HEADING = 250
_LONGEST_BOLD = 150
_ANNOUNCES = 160
"""A line up to so long without a stop may belong to the table below it; notes it points to come after that table."""
_new = tuple.__new__
"""Makes a named tuple in a third of the time that its class takes; cells and paragraphs are many."""

_MARKS = " \n⁰¹²³⁴⁵⁶⁷⁸⁹"
_SHORT_CELL = 60


@dataclass(slots=True)
class Story:
    """A part of the file that is read by itself: the body, a header, a note, a box; with what was counted in it."""

    name: str = ""
    paragraphs: int = 0
    tables: int = 0
    boxes: int = 0


@dataclass(slots=True)
class _TabLine:
    """A line with tabs that waits for its neighbours: its cells and the number of its place."""

    cells: list[str]
    site: int


@dataclass(slots=True)
class Walk:
    """Writes the parts of one file.

    ``notes`` holds the paragraphs of footnotes and endnotes by their kind and name; each is written after the
    paragraph or table that points to it.
    """

    styles: Styles
    lists: Lists
    notes: dict[tuple[str, str], Element]
    writer: Writer = field(default_factory=Writer)
    speech: Speech = field(init=False)
    _site: int = 0
    _held: list[str] = field(default_factory=list)
    _tabbed: list[_TabLine] = field(default_factory=list)
    _marks: dict[tuple[str, str], int] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _due: list[tuple[str, str]] = field(default_factory=list)
    _told: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Notes are numbered in the order in which they are pointed to."""
        self.speech = Speech(self._mark)

    def story(self, blocks: Iterable[Element], story: Story) -> None:
        """Write paragraphs and tables in order."""
        self._blocks(blocks, story)
        self._settle()
        self._tell()

    def _blocks(self, blocks: Iterable[Element], story: Story) -> None:
        for block in blocks:
            tag = block.tag
            if tag == PARAGRAPH:
                self._paragraph(block, story)
            elif tag == TABLE:
                self._table(block, story)
            elif tag in AROUND:
                self.speech.inserted += tag in INSERTED
                self._blocks(block, story)
            elif tag == ALTERNATIVES and (choice := block.find(CHOICE)) is not None:
                self._blocks(choice, story)

    def _paragraph(self, paragraph: Element, story: Story) -> None:
        story.paragraphs += 1
        properties = leading(paragraph, _PROPERTIES)
        said = self.speech.of(paragraph)
        if self.speech.tracked and properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._held.append(said.text)
            self.speech.deleted += 1
            return
        text = "".join([*self._held, *said.pieces]) if self._held else said.text
        self._held.clear()
        if text and not text.isspace():
            style = said_by(self.styles, properties)
            label = self.lists.label(style.number, style.level) if style.number else ""
            self.write(text, said, style, label, f"{story.name}paragraph {story.paragraphs}")
        self._due.extend(said.notes)
        if self._due and (len(text) > _ANNOUNCES or text.rstrip(_MARKS).endswith((".", "!", "?"))):
            self._tell()
        for box in said.boxes:
            story.boxes += 1
            self._settle()
            self._blocks(box, Story(f"{story.name}text box {story.boxes}, "))

    def write(self, text: str, said: Said, style: Style, label: str, name: str) -> None:
        """One paragraph: a heading, lines, or a line of a table that tabs make."""
        site = self.at(name)
        text = text.strip("\n ")
        heading = style.heading
        if not (label or said.bold or heading or "\t" in text or "\n" in text):
            self._settle()
            self.writer.line(_new(Run, ((_squeezed(text),), (), (), site)))
            self.writer.gap()
            return
        level = heading or (3 if said.bold and _stands_out(text) and not label else 0)
        if level and len(text) <= _LONGEST_HEADING and not style.name.startswith("toc "):
            self._settle()
            head = f"{label} {text}" if label and label != "•" else text
            self.writer.heading([Word(_one_line(head), site=site)], level)
            return
        if style.name.startswith("toc "):
            text = text.replace("\t", " ")
        text = _HUNG.sub(r"\1 ", text) if text.count("\t") == 1 else text
        tabs = [line.rstrip("\t ") for line in text.split("\n")]
        if label:
            tabs[0] = f"{'  ' * style.level if label == '•' else ''}{label} {tabs[0].lstrip()}"
        if any("\t" in line.strip("\t ") for line in tabs):
            self._tabbed.extend(_TabLine(line.split("\t"), site) for line in tabs if line.strip())
            return
        self._settle()
        for line in tabs:
            self.writer.line([Word(_squeezed(line.lstrip("\t")), site=site)])
        self.writer.gap()

    def _settle(self) -> None:
        """Write the lines with tabs that wait."""
        if not self._tabbed:
            return
        lines, self._tabbed = self._tabbed, []
        filled = [[cell.strip() for cell in line.cells if cell.strip()] for line in lines]
        counts = {len(cells) for cells in filled}
        even = len(lines) > 1 and len(counts) == 1 and min(counts) > 1
        for line, cells in zip(lines, filled, strict=True):
            shown = cells if even else [cell.strip() for cell in line.cells]
            self.writer.line([Word("\t".join(shown), site=line.site)])
        self.writer.gap()

    def at(self, name: str) -> int:
        """The number of a new place that people call so."""
        self._site += 1
        self.writer.name(self._site, name)
        return self._site

    def _places(self, names: Sequence[str]) -> Iterator[int]:
        """The numbers of many new places."""
        first, self._site = self._site + 1, self._site + len(names)
        self.writer.names(names, first)
        return iter(range(first, first + len(names)))

    def _table(self, table: Element, story: Story) -> None:
        self._settle()
        story.tables += 1
        is_plain = self.speech.is_plain(table)
        found = plain_grid(table, self._labelled) if is_plain else grid(table)
        self.speech.deleted += found.deleted
        name = f"{story.name}table {story.tables}, "
        nested = (
            0 if is_plain else sum(any(True for _ in space.cell.iter(TABLE)) for row in found.rows for space in row)
        )
        if (nested and 4 * nested > sum(map(len, found.rows))) or not _worded(found):
            self._arranged(found, name)
        else:
            inner = self._written(found, name, is_plain=is_plain)
            for number, (row, space) in enumerate(inner, 1):
                self._table(space, Story(f"{name}row {row}, inner table {number}, "))
        self._tell()

    def _written(self, found: Grid, name: str, *, is_plain: bool) -> list[tuple[int, Element]]:
        """Write a table; the tables in its cells, with the numbers of their rows, are still to be written."""
        spaces = [(at, space) for at, row in enumerate(found.rows, 1) for space in row]
        sites = self._places([f"{name}row {at}, cell {space.number}" for at, space in spaces])
        rows = (
            [
                _new(Cell, (self._words(space, next(sites), is_plain), space.column, space.span, space.rows))
                for space in row
            ]
            for row in found.rows
        )
        self.table(rows, found.heads)
        return [] if is_plain else [(at, child) for at, space in spaces for child in space.cell if child.tag == TABLE]

    def _words(self, space: Space, site: int, is_plain: bool) -> Run:
        """The words of a cell at their place."""
        return _new(Run, (space.words if is_plain else list(self._cell(space)), (), (), site))

    def table(self, rows: Iterable[Sequence[Cell]], heads: int = 0) -> None:
        """Write a table."""
        self._settle()
        self.writer.table(rows, heads)

    def _labelled(self, text: str, properties: Element) -> str:
        """Words with the number or point that the list puts before them."""
        style = said_by(self.styles, properties)
        label = self.lists.label(style.number, style.level) if style.number else ""
        return f"{label} {text}" if label else text

    def _cell(self, space: Space) -> Iterator[str]:
        """Yield the paragraphs of a cell, each on one line."""
        for paragraph in _paragraphs(space.cell):
            said = self.speech.of(paragraph)
            text = _one_line(said.text)
            self._due.extend(said.notes)
            properties = leading(paragraph, _PROPERTIES)
            if text:
                yield text if properties is None else self._labelled(text, properties)
            for box in said.boxes:
                yield from filter(None, (_one_line(self.speech.of(inner).text) for inner in _paragraphs(box)))

    def _arranged(self, found: Grid, name: str) -> None:
        """A table that only arranges the page: its cells one after the other; a row of few words as one line."""
        for at, row in enumerate(found.rows, 1):
            if len(row) > 1 and len(found.rows) == 1 and all(_short(space) for space in row):
                site = self.at(f"{name}row {at}")
                texts = [" ".join(self._cell(space)) for space in row]
                self.writer.line([Word("\t".join(texts), site=site)])
                self.writer.gap()
                continue
            for space in row:
                self._blocks(space.cell, Story(f"{name}row {at}, cell {space.number}, "))
                self._settle()

    def _mark(self, kind: str, name: str) -> int:
        """The number of a note."""
        if (kind, name) not in self._marks:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._marks[kind, name] = self._counts[kind]
        return self._marks[kind, name]

    def _tell(self) -> None:
        """Write the notes that were pointed to."""
        if not self._due:
            return
        due, self._due = self._due, []
        for key in due:
            note = self.notes.get(key)
            if note is None or key in self._told:
                continue
            self._told.add(key)
            self._settle()
            self.speech.own = raised(str(self._mark(*key)))
            self._blocks(note, Story(f"{key[0]} {self._mark(*key)}, "))
            self._settle()


def _paragraphs(around: Element) -> Iterator[Element]:
    """Yield the paragraphs of a cell or box, not those of tables in it."""
    for child in around:
        if child.tag == PARAGRAPH:
            yield child
        elif child.tag in AROUND:
            yield from _paragraphs(child)


def _worded(found: Grid) -> bool:
    """Whether two rows or more have words in two cells or more."""
    rows = 0
    for row in found.rows:
        cells = 0
        for space in row:
            cells += bool(space.words) or any(text.text for text in space.cell.iter(TEXT))
            if cells > 1:
                rows += 1
                break
        if rows > 1:
            return True
    return False


def _short(space: Space) -> bool:
    if any(True for _ in space.cell.iter(TABLE)) or len(list(_paragraphs(space.cell))) != 1:
        return False
    return sum(len(text.text or "") for text in space.cell.iter(TEXT)) <= _SHORT_CELL


def _stands_out(text: str) -> bool:
    """Whether a paragraph all in bold is a heading."""
    return len(text) <= _LONGEST_BOLD and "\t" not in text and not text.rstrip().endswith((".", ",", ";", ":"))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _squeezed(line: str) -> str:
    """A line with one blank where several stood in its middle."""
    if "  " not in line and "\u00a0" not in line:
        return line
    lead = len(line) - len(line.lstrip(" "))
    return line[:lead] + _BLANKS.sub(" ", line[lead:])
