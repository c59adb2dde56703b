"""Captions and notes: what stands above a table and what below it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from orebook.reading.layout import Block, Table
from orebook.reading.layout.continued import continued
from orebook.reading.patterns import Pattern
from orebook.reading.text import Text, joined

_FOOT = Pattern(
    r"(?:[(\[⁽]?[\d¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2}[)\]⁾.]?|[(\[]?[a-z][)\]]|\*{1,3}|\\\*|[†‡§#])\s{0,12}(?=[A-Z\"'(*=<>≥≤]|[a-z]{2})"
)
_NOTED = Pattern(
    r"(?:table )?(?:foot)?notes?\b(?! that)|notes? to (?:the )?(?:table|figure)|\*|†|‡|source:", re.IGNORECASE
)
_LONELY = Pattern(r"[(\[]?[1-9*†‡][)\]]?")
_TAG = Pattern(r"<[^<>]{0,100}>|^[^<>]{0,100}>")
_PARTING = Pattern(r"<(?!/?(?:sup|span|b|i|em|strong|a|font|small|u)\b)[^<>]{0,100}>", re.IGNORECASE)
_TABLED = Pattern(r"table\b", re.IGNORECASE)
_STOP = Pattern(r"[.!?][\"')]? (?=[A-Z])")
_MARK = Pattern(r"[(\[]?(?:\d{1,2}|[a-z*†‡#]{1,3})[)\].]?")


def bind(text: str, blocks: list[Block]) -> list[Block]:
    """Give every table its caption and its notes; a table that is nothing but notes becomes notes."""
    spread: list[Block] = []
    for block in continued(blocks):
        notes = _as_notes(block.table) if block.table is not None else ()
        if notes:
            spread.extend(Block("note", words) for words in notes)
        else:
            spread.append(block)
    for at, block in enumerate(spread):
        if block.table is not None:
            caption = _caption(spread, at)
            notes = _notes(text, spread, at)
            if caption is not None or notes:
                block.table = replace(block.table, caption=block.table.caption or caption, notes=notes)
    return spread


def _before(text: str, start: int) -> str:
    """What stands before a block in its line: the mark of a note, without tags."""
    before = text[max(start - 20, 0) : start]
    if ">" in before:
        before = _TAG.sub("", _PARTING.split(text[max(start - 100, 0) : start])[-1])
    return before.rsplit("\n", 1)[-1].lstrip()


def _as_notes(table: Table) -> tuple[Text, ...]:
    """The rows of a table with a mark in the first column and a sentence in the second."""
    if table.width != 2:
        return ()
    rows = [row for row in (*table.header_rows, *table.rows) if row.cells]
    for row in rows:
        if len(row.cells) != 2 or not _MARK.fullmatch(row.cells[0].plain) or len(row.cells[1].plain) < 25:
            return ()
    return tuple(joined([row.cells[0].text, row.cells[1].text]) for row in rows)


def _caption(blocks: Sequence[Block], at: int) -> Text | None:
    """The nearest caption above; else a heading or a short line that announces something."""
    for back in range(at - 1, max(at - 4, -1), -1):
        block = blocks[back]
        if block.table is not None or block.kind == "front":
            break
        if block.kind == "caption":
            return block.text
        if len(block.text.plain) > 160:
            break
    below = blocks[at + 1 : at + 3]
    if below and below[0].kind == "caption" and _TABLED.match(below[0].text.plain) and below[-1].table is None:
        return below[0].text
    if not at or blocks[at - 1].table is not None:
        return None
    above = blocks[at - 1]
    plain = above.text.plain
    if above.kind in ("heading", "title"):
        return above.text
    if above.kind == "paragraph" and plain.endswith(":"):
        return _last_sentence(above.text)
    if above.kind == "paragraph" and len(plain) < 120 and plain[-1:] not in (".", "!", "?"):
        higher = blocks[at - 2] if at > 1 else None
        if plain.startswith("(") and higher is not None and higher.table is None and len(higher.text.plain) < 120:
            return joined([higher.text, above.text])
        return above.text
    return None


def _last_sentence(words: Text) -> Text:
    """The sentence that announces a table, at the end of a paragraph."""
    cut = max((found.end() for found in _STOP.finditer(words.plain)), default=0)
    return words.slice(cut, len(words.plain))


def _notes(text: str, blocks: Sequence[Block], at: int) -> tuple[Text, ...]:
    """The lines below a table that explain it; they become notes."""
    found: list[Text] = []
    opened = False
    for block in blocks[at + 1 : at + 40]:
        if block.kind == "paragraph" and _LONELY.fullmatch(block.text.plain):
            opened, block.kind = True, "note"
            continue
        if block.table is not None or block.kind in ("front", "title"):
            break
        before = _before(text, block.text.start)
        raw = before + text[block.text.start : block.text.start + 12]
        noted = (
            block.kind == "note"
            or _NOTED.match(block.text.plain)
            or (block.kind in ("paragraph", "bullet") and (_FOOT.match(raw) or raw[:1] in "⁽¹²³⁴⁵⁶⁷⁸⁹*†‡"))
        )
        numbered = opened and block.kind == "bullet" and before.strip(" ()").rstrip(".)").isdigit()
        lonely = bool(found) is False and opened and block.kind == "paragraph"
        if not (noted or numbered or lonely):
            break
        if block.kind in ("heading", "caption") and not _NOTED.match(block.text.plain):
            break
        opened = True
        block.kind = "note"
        found.append(block.text)
    return tuple(found)
