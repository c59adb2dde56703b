"""Markup: from the tags of a page to its blocks, tables among them.

Whoever knows a page's syntax gives its tags with their places; what lies between two tags is words. Here the words
become headings, paragraphs, bullets and tables. Tables that only arrange a page are taken apart.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from orebook.ground.source import Document
from orebook.reading.layout import Block, Cell, Table
from orebook.reading.layout.blocks import blocks as text_blocks
from orebook.reading.layout.blocks import table_block
from orebook.reading.layout.bullets import bullet
from orebook.reading.layout.grids import grids
from orebook.reading.layout.headings import is_caption, is_heading
from orebook.reading.layout.lines import lines
from orebook.reading.layout.mending import Draft
from orebook.reading.layout.piled_cells import unpiled
from orebook.reading.layout.prose import mended
from orebook.reading.layout.tables import table
from orebook.reading.layout.tag_pairs import CELLS, HEADINGS, UNREAD, partners, unclosed
from orebook.reading.layout.tags import INLINE, Tag
from orebook.reading.patterns import Pattern
from orebook.reading.text import Text, inline, joined, tidy

_BREAK = Pattern(r"<\s{0,3}(?:br|p|div|li)\b", re.IGNORECASE)
_ORDINAL = Pattern(r"\s{0,3}(?:st|nd|rd|th|er|re|e|ème|o)\s{0,3}", re.IGNORECASE)
_POWER = Pattern(r"\s{0,3}[23]\s{0,3}")
_METRES = Pattern(r"(?:[\d\s(/]|&nbsp;)(?:k|c|m)?m$")
_BLANKS = " \t\r\n"
_WIDEST = 1000
"""A cell that says it covers more columns or rows than this is not believed."""


@dataclass(slots=True)
class _Run:
    """Words that stand together: stretches of the document, whether all are bold, all links, and how many breaks."""

    stretches: list[tuple[int, int]] = field(default_factory=list)
    bold: bool = True
    linked: bool = True
    breaks: int = 0

    def text(self, document: Document) -> Text:
        return _text(document, self.stretches)

    def is_blank(self, text: str) -> bool:
        """Whether there is nothing but the blanks and line breaks of the source."""
        return all(not text[start:end].strip(_BLANKS) for start, end in self.stretches)

    def lines(self, document: Document) -> list[Text]:
        """The words with each line by itself."""
        found: list[list[tuple[int, int]]] = [[]]
        for start, end in self.stretches:
            if _BREAK.match(document.text, start, end):
                found.append([])
            else:
                found[-1].append((start, end))
        lines = [_text(document, each) for each in found if each]
        return [line for line in lines if line.plain]


@dataclass(slots=True)
class _Slot:
    """A cell of a table as its tag describes it."""

    run: _Run
    column_span: int
    row_span: int
    heading: bool


def _text(document: Document, stretches: Sequence[tuple[int, int]]) -> Text:
    if len(stretches) == 1:
        return tidy(inline(document.text, *stretches[0]))
    return tidy(joined([inline(document.text, start, end) for start, end in stretches], ""))


def page_blocks(document: Document, tags: Iterable[Tag], begin: int = 0, stop: int | None = None) -> list[Block]:
    """The blocks of a page, or of the stretch of a document that its tags stand in."""
    end = len(document.text) if stop is None else stop
    return mended(list(_Page(document, list(tags), begin, end).walk()))


class _Page:
    """A walk over the tags of one page."""

    def __init__(self, document: Document, tags: Sequence[Tag], begin: int, stop: int) -> None:
        self.document = document
        self.tags = tags
        self.begin = begin
        self.stop = stop
        self.partner, self.arranging, self.below = partners(tags)
        self.grids = grids(document, tags)
        self.kind = "paragraph"
        self.level = 0
        self.run = _Run()
        self.bold = 0
        self.raised = 0
        self.linked = 0
        self.bullets = 0

    def walk(self) -> Iterator[Block]:
        at, words = 0, self.begin
        while at < len(self.tags):
            tag = self.tags[at]
            self._take(words, tag.start)
            words = tag.end
            if not tag.closing and tag.name in UNREAD:
                after = self.partner.get(at)
                if after is not None:
                    yield from self._flush()
                    at, words = after + 1, self.tags[after].end
                    continue
            if not tag.closing and tag.name == "table" and at not in self.arranging:
                found, after = self._table(at)
                if found:
                    yield from self._flush()
                    yield from map(table_block, found)
                    at, words = after + 1, found[0].end
                    continue
            if at in self.grids:
                grid = self.grids[at]
                yield from self._flush()
                yield table_block(grid.table)
                self.kind, self.level = "paragraph", 0
                at, words = grid.last + 1, grid.table.end
                continue
            if not tag.closing and tag.name == "pre" and at in self.partner:
                after = self.partner[at]
                yield from self._flush()
                inside = lines(self.document.text, tag.end, self.tags[after].start)
                yield from text_blocks(self.document, inside)
                at, words = after + 1, self.tags[after].end
                continue
            yield from self._note(tag)
            at += 1
        self._take(words, self.stop)
        yield from self._flush()

    def _take(self, start: int, end: int) -> None:
        """Words between two tags belong to the run, unless they are a footnote mark."""
        if start < end and not (self.raised and _is_mark(self.document.text, start, end)):
            self.run.stretches.append((start, end))
            if not self.linked and self.run.linked and not self.document.text[start : min(end, start + 200)].isspace():
                self.run.linked = False
            if not self.bold and not self.document.text[start : min(end, start + 200)].isspace():
                self.run.bold = False

    def _note(self, tag: Tag) -> Iterator[Block]:
        """What a tag means for the words around it."""
        step = -1 if tag.closing else 1
        if tag.name in ("b", "strong"):
            self.bold = max(self.bold + step, 0)
        elif tag.name == "sup":
            self.raised = max(self.raised + step, 0)
        elif tag.name == "a":
            self.linked = max(self.linked + step, 0)
        if tag.name in INLINE:
            return
        if tag.name == "br" and self.kind == "heading" and self.run.stretches:
            self.run.stretches.append((tag.start, tag.end))
            return
        yield from self._flush()
        if tag.name in ("ul", "ol"):
            self.bullets = max(self.bullets + step, 0)
        self.kind, self.level = "paragraph", 0
        if tag.name in HEADINGS and not tag.closing:
            self.kind, self.level = "heading", HEADINGS[tag.name]
        elif tag.name in ("figcaption", "caption") and not tag.closing:
            self.kind = "caption"
        elif tag.name == "li" and not tag.closing:
            self.kind, self.level = "bullet", max(self.bullets - 1, 0)
        if tag.name not in ("br", "p", "div") and not tag.closing:
            self.bold = 0

    def _flush(self) -> Iterator[Block]:
        """The block of the words so far."""
        run = self.run
        if not run.stretches:
            run.bold = run.linked = True
            return
        self.run = _Run()
        if run.is_blank(self.document.text):
            return
        words = run.text(self.document)
        plain = words.plain
        if not plain:
            return
        kind, level = self.kind, self.level
        if kind == "paragraph" and is_caption(plain):
            kind = "caption"
        elif kind == "paragraph" and (
            is_heading(plain) or (run.bold and len(plain) <= 150 and not plain.endswith((".", ",", ";")))
        ):
            kind, level = "heading", 3
        if run.linked and self.kind in ("paragraph", "bullet"):
            yield Block("paragraph", words, part="tail")
            return
        if kind == "paragraph" and (point := bullet(plain)) and len(plain) > point.end():
            kind, words = "bullet", words.slice(point.end(), len(plain))
        yield Block(kind, words, level=level)

    def _table(self, at: int) -> tuple[list[Table], int]:
        """The table that a tag opens and those in its cells, and the number of the tag that ends it.

        Nothing when it holds no grid; a table in a cell that holds none is words of that cell.
        """
        last = self.partner.get(at) or unclosed(self.tags, at)
        end = self.tags[last].end
        if at not in self.partner:
            end = self.tags[last + 1].start if last + 1 < len(self.tags) else self.stop
        inner: list[Table] = []
        skipped: dict[int, int] = {}
        for below in self.below.get(at, ()):
            if below not in self.arranging:
                found, after = self._table(below)
                inner += found
                if found:
                    skipped[below - at] = after - at
        rows, caption = _Grid(self.document, self.tags[at : last + 1], end, skipped).read()
        if sum(len(row) > 1 for row in rows) < 2:
            return [], at
        spread, ruled = _spread(self.document, rows)
        whole = table(spread, "html", self.tags[at].start, end, ruled=ruled)
        if caption is not None and caption.stretches:
            whole = replace(whole, caption=caption.text(self.document))
        return [whole, *inner], last


def _is_mark(text: str, start: int, end: int) -> bool:
    """Whether raised words point to a footnote; the ends of ordinals and the powers of metres do not.

    >>> page = "12.3<sup>1</sup>, 5 km<sup>2</sup>, 1<sup>st</sup>"
    >>> [_is_mark(page, at, at + size) for at, size in ((9, 1), (27, 1), (42, 2))]
    [True, False, False]
    """
    before = text[max(text.rfind("<", 0, start) - 12, 0) : max(text.rfind("<", 0, start), 0)]
    if _ORDINAL.fullmatch(text, start, end) and before[-1:].isdigit():
        return False
    return end - start <= 12 and not (_POWER.fullmatch(text, start, end) and _METRES.search(before))


class _Grid:
    """The cells of one table, row by row."""

    def __init__(self, document: Document, tags: Sequence[Tag], end: int, skipped: Mapping[int, int]) -> None:
        self.document, self.tags, self.end, self.skipped = document, tags, end, skipped

    def read(self) -> tuple[list[list[_Slot]], _Run | None]:
        rows: list[list[_Slot]] = []
        caption: _Run | None = None
        run: _Run | None = None
        raised, words, unread, inner, after = 0, self.tags[0].end, "", 0, 0
        for at, tag in enumerate(self.tags[1:], 1):
            if at < after:
                words = tag.end
                continue
            after = self.skipped.get(at, -1) + 1
            if (
                run is not None
                and not unread
                and words < tag.start
                and not (raised and _is_mark(self.document.text, words, tag.start))
            ):
                run.stretches.append((words, tag.start))
            words = tag.end
            if tag.name == "table":
                inner += (-1 if tag.closing else 1) * (not after)
            if unread:
                unread = "" if tag.closing and tag.name == unread else unread
            elif tag.name in UNREAD and not tag.closing:
                unread = tag.name
            elif tag.name == "sup":
                raised = max(raised + (-1 if tag.closing else 1), 0)
            elif inner > 0:
                if run is not None and not tag.closing:
                    run.stretches.append((tag.start, tag.end))
            elif tag.name == "tr":
                run = None
                if not tag.closing:
                    rows.append([])
            elif tag.name in CELLS:
                run = None
                if not tag.closing:
                    if not rows:
                        rows.append([])
                    run = _Run()
                    rows[-1].append(_Slot(run, _count(tag, "colspan"), _count(tag, "rowspan"), tag.name == "th"))
            elif tag.name == "caption":
                run = None
                if not tag.closing:
                    run = caption = _Run()
            elif run is not None and tag.name not in INLINE and not tag.closing:
                run.breaks += bool(run.stretches)
                run.stretches.append((tag.start, tag.end))
        if run is not None and words < self.end:
            run.stretches.append((words, self.end))
        return [row for row in rows if row], caption


def _count(tag: Tag, name: str) -> int:
    if not tag.attributes:
        return 1
    said = tag.attributes.get(name, "1").strip("{}\"' ")
    return min(max(int(said), 1), _WIDEST) if said.isdecimal() else 1


def _spread(document: Document, rows: Sequence[Sequence[_Slot]]) -> tuple[list[Draft], int]:
    """Cells in their columns, those that reach down kept free below; and how many rows the page itself calls header."""
    taken: dict[int, int] = {}
    drafts: list[Draft] = []
    ruled, sections = 0, _sections(rows)
    for at, row in enumerate(rows):
        column, cells, piled = 0, [], True
        for slot in row:
            while taken.get(column, 0) > at:
                column += 1
            cells.append(Cell(slot.run.text(document), column, slot.column_span))
            piled = piled and slot.row_span == 1 and not slot.heading
            if slot.row_span > 1:
                for covered in range(column, column + slot.column_span):
                    taken[covered] = at + slot.row_span
            column += slot.column_span
        piled = piled and sum(slot.run.breaks > 0 for slot in row) > 1
        drafts.extend(unpiled(cells, [slot.run.lines(document) for slot in row]) if piled else [cells])
        if at == ruled and at not in sections and all(slot.heading for slot in row):
            ruled = at + 1
    return drafts, ruled if ruled < len(rows) else 0


def _sections(rows: Sequence[Sequence[_Slot]]) -> frozenset[int]:
    """Which rows name a part of the table that follows: one heading across all columns, below heads of several.

    A single one may be the end of the head; where others stand further below, each names its part.
    """
    first = next((at for at, row in enumerate(rows) if len(row) > 1), len(rows))
    across = [len(row) == 1 and row[0].heading and row[0].column_span > 1 for row in rows]
    found = [at for at in range(first + 1, len(rows)) if across[at]]
    return frozenset(found if len(found) > 1 else ())
