"""Blocks: from the lines of a text to its blocks in reading order, tables among them."""

from collections.abc import Sequence

from orebook.ground.source import Document
from orebook.reading.layout import Block, Table, aligned, piled, pipes, separated, tabs
from orebook.reading.layout.lines import Line
from orebook.reading.layout.prose import SEPARATOR, mended, prose
from orebook.reading.patterns import Pattern
from orebook.reading.text import Text

_FENCE = Pattern(r"(?:```|~~~)[\w-]{0,20}")
_SIGNS = frozenset("`~-*=.–—\\_")
"""What a line that separates begins and ends with: most lines are told by their first letter."""
_BETWEEN = "-*=~.–—\\_ "
_FENCES = frozenset("`~")
_UNDERLINED = Pattern(r"=+|-{3,}")


def blocks(document: Document, lines: Sequence[Line]) -> list[Block]:
    """The blocks of some lines of a document."""
    return mended(_walked(document, lines))


def _walked(document: Document, lines: Sequence[Line]) -> list[Block]:
    found: list[Block] = []
    at, begin, tableless, text = 0, 0, 0, document.text
    while at < len(lines):
        line = lines[at]
        words = line.words
        if not words or (words[0] in _SIGNS and _separates(words)):
            if begin < at:
                found += _prose(text, lines[begin:at], below=words)
            at = begin = at + 1
            continue
        if at >= tableless:
            table, after = _table_at(document, lines, at, line)
            if table is not None or words[0] == "|" == words[-1]:
                found += _prose(text, lines[begin:at])
                found += pipes.loose(document, lines[at:after]) if table is None else [table_block(table)]
                at = begin = after
                continue
            tableless = after
        at += 1
    return found + _prose(text, lines[begin:])


def _separates(words: str) -> bool:
    if words[0] in _FENCES and _FENCE.fullmatch(words):
        return True
    if words[1:2] not in _SIGNS or words[-1] not in _SIGNS or words.lstrip(_BETWEEN)[:1].isalnum():
        return False
    return SEPARATOR.fullmatch(words) is not None


def _prose(text: str, run: Sequence[Line], *, below: str = "") -> list[Block]:
    """The blocks of a run of lines; a single line is a heading where the line below it is a rule."""
    found = prose(text, run) if run else []
    if below and len(run) == 1 and _UNDERLINED.fullmatch(below):
        for block in found:
            if block.kind == "paragraph" and len(block.plain) < 160:
                block.kind, block.level = "heading", 2
    return found


def _table_at(document: Document, lines: Sequence[Line], at: int, line: Line) -> tuple[Table | None, int]:
    """A table that starts here, by whatever sign; or the line before which there is none."""
    words = line.words
    if "\t" in words or (line.begin < line.start and tabs.tabbed(document, line)):
        return tabs.table_at(document, lines, at)
    if "|" in words:
        return pipes.table_at(document, lines, at)
    if ";" in words and separated.heads(line):
        found, after = separated.table_at(document, lines, at)
        if found is not None:
            return found, after
    if len(words) <= piled.LONGEST_HEAD and piled.heads(line):
        found, after = piled.table_at(document, lines, at)
        if found is not None or not aligned.gapped(line):
            return found, after
    if aligned.gapped(line) or (at + 1 < len(lines) and lines[at + 1].words and aligned.headed(lines, at)):
        return aligned.table_at(document, lines, at)
    return None, at


def table_block(table: Table) -> Block:
    """The block that a table is."""
    return Block("table", Text("", (0,), (table.start,), (0,)), table=table)
