"""Blocks: from the lines of a text to its blocks in reading order, tables among them."""

from collections.abc import Iterator, Sequence

from orebook.ground.source import Document
from orebook.reading.layout import Block, Table, aligned, piled, pipes, separated, tabs
from orebook.reading.layout.lines import Line
from orebook.reading.layout.prose import SEPARATOR, mended, prose
from orebook.reading.patterns import Pattern
from orebook.reading.text import Text

_FENCE = Pattern(r"(?:```|~~~)[\w-]{0,20}")
_SIGNS = frozenset("`~-*=.–—\\_")
"""What a line that separates begins with: most lines are told by their first letter."""
_UNDERLINED = Pattern(r"=+|-{3,}")


def blocks(document: Document, lines: Sequence[Line]) -> list[Block]:
    """The blocks of some lines of a document."""
    return mended(list(_walked(document, lines)))


def _walked(document: Document, lines: Sequence[Line]) -> Iterator[Block]:
    at, begin, tableless = 0, 0, 0
    while at <= len(lines):
        line = lines[at] if at < len(lines) else None
        parted = line is None or line.blank or _separates(line)
        if not parted and line is not None and at >= tableless:
            found, after = _table_at(document, lines, at, line)
            if found is not None:
                yield from _prose(document.text, lines[begin:at])
                yield table_block(found)
                at = begin = after
                continue
            tableless = after
            if line.words[0] == "|" == line.words[-1]:
                yield from _prose(document.text, lines[begin:at])
                yield from pipes.loose(document, lines[at:after])
                at = begin = after
                continue
        if parted:
            underlined = line is not None and at - begin == 1 and _UNDERLINED.fullmatch(line.words)
            yield from _prose(document.text, lines[begin:at], underlined=bool(underlined))
            begin = at + 1
        at += 1


def _separates(line: Line) -> bool:
    if line.words[:1] not in _SIGNS:
        return False
    return bool(_FENCE.fullmatch(line.words) or SEPARATOR.fullmatch(line.words))


def _prose(text: str, run: Sequence[Line], *, underlined: bool = False) -> list[Block]:
    found = prose(text, run) if run else []
    if underlined and len(found) == 1 and found[0].kind == "paragraph" and len(found[0].plain) < 160:
        found[0].kind, found[0].level = "heading", 2
    return found


def _table_at(document: Document, lines: Sequence[Line], at: int, line: Line) -> tuple[Table | None, int]:
    """A table that starts here, by whatever sign; or the line before which there is none."""
    if tabs.tabbed(document, line):
        return tabs.table_at(document, lines, at)
    if "|" in line.words:
        return pipes.table_at(document, lines, at)
    if separated.heads(line):
        found, after = separated.table_at(document, lines, at)
        if found is not None:
            return found, after
    if piled.heads(line):
        found, after = piled.table_at(document, lines, at)
        if found is not None or not aligned.gapped(line):
            return found, after
    if aligned.gapped(line) or aligned.headed(lines, at):
        return aligned.table_at(document, lines, at)
    return None, at


def table_block(table: Table) -> Block:
    """The block that a table is."""
    return Block("table", Text("", (0,), (table.start,), (0,)), table=table)
