"""Tables as plain text: columns held by blanks, figures to the right, words to the left."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from orebook.reports.pages import Result, notes, pages
from orebook.reports.paper import Paper, columns, shown
from orebook.reports.printed import Align, Passage, PrintedRow, PrintedTable, filled

_GAP = "  "
_MOST = 60
"""So many rows of a stored table are shown."""

_INDENT = "  "


def page(results: Iterable[Result], paper: Paper) -> Iterator[str]:
    """Yield the parts of each page, a blank line between; bullets stand together."""
    before = ""
    for printed in pages(results, most=_MOST):
        for part in printed.parts:
            kind = part.kind if isinstance(part, Passage) else "table"
            yield "" if not before or kind == before == "bullet" else "\n"
            before = kind
            yield from _passage(part, paper) if isinstance(part, Passage) else _table(part, paper)


def _passage(part: Passage, paper: Paper) -> Iterator[str]:
    words = shown(part.text)
    if part.kind in ("title", "heading"):
        yield f"{paper.ink('strong', words)}\n"
        return
    lead = "- " if part.kind == "bullet" else ""
    yield from (f"{line}\n" for line in _wrapped(lead + words, paper, " " * len(lead)))


def _wrapped(words: str, paper: Paper, lead: str) -> list[str]:
    """Prose in lines as wide as the paper; on paper without an end one line."""
    if not paper.width:
        return [words]
    return wrap(words, max(paper.width, 40), subsequent_indent=lead, break_long_words=False, break_on_hyphens=False)


def _table(table: PrintedTable, paper: Paper) -> Iterator[str]:
    """Yield the caption, the head, the rows and the notes."""
    if table.caption:
        yield f"{paper.ink('strong', shown(table.caption))}\n\n"
    heads = [shown(column.head) for column in table.columns]
    rows = [_words(row, len(heads)) for row in table.rows]
    lines = _heads(heads, _widths([[""] * len(heads), *rows], table), paper)
    widths = _widths([*lines, *rows], table)
    aligns = [column.align for column in table.columns]
    yield from (f"{paper.ink('faint', _line(line, widths, aligns))}\n" for line in lines)
    yield f"{_rule(widths)}\n"
    for row, words in zip(table.rows, rows, strict=True):
        if row.kind == "total":
            yield f"{_rule(widths)}\n"
        yield f"{_across(row, words, widths) if row.kind == 'words' else _line(words, widths, aligns)}\n"
    if table.footnotes:
        yield "\n"
    for note in notes(table):
        yield from (f"{line}\n" for line in _wrapped(shown(note), paper, "   "))


def _words(row: PrintedRow, width: int) -> list[str]:
    """The words of a row, a part set in."""
    said = [shown(cell.text) for cell in filled(row, width)]
    if row.kind == "part" and said:
        said[0] = _INDENT * row.depth + said[0]
    return said


def _widths(rows: Sequence[Sequence[str]], table: PrintedTable) -> list[int]:
    """How wide each column is; words that run across count for none."""
    widths = [1] * len(table.columns)
    across = len(rows) - len(table.rows)
    for number, row in enumerate(rows):
        kept = len(row)
        if number >= across and table.rows[number - across].kind == "words":
            kept = len(table.rows[number - across].cells) - 1
        for at, words in enumerate(row[:kept]):
            widths[at] = max(widths[at], columns(words))
    return widths


def _heads(heads: Sequence[str], widths: Sequence[int], paper: Paper) -> list[list[str]]:
    """The heads in one line; in several where the paper is too narrow, the last word at the bottom."""
    whole = sum(max(columns(words), width) + len(_GAP) for words, width in zip(heads, widths, strict=True))
    if not paper.width or whole <= paper.width:
        return [list(heads)]
    both = zip(heads, widths, strict=True)
    wrapped = [wrap(words, max(width, 8), break_long_words=False) or [""] for words, width in both]
    depth = max(map(len, wrapped), default=1)
    filled_up = [[""] * (depth - len(words)) + words for words in wrapped]
    return [[words[number] for words in filled_up] for number in range(depth)]


def _line(words: Sequence[str], widths: Sequence[int], aligns: Sequence[Align]) -> str:
    return _GAP.join(_set(*each) for each in zip(words, widths, aligns, strict=True)).rstrip()


def _set(words: str, width: int, align: Align) -> str:
    """Words in a column."""
    room = width - columns(words)
    left = {"left": 0, "right": room, "center": room // 2}[align]
    return " " * left + words + " " * (room - left)


def _across(row: PrintedRow, words: Sequence[str], widths: Sequence[int]) -> str:
    """A row whose last words run across the columns that are left."""
    last = len(row.cells) - 1
    before = [_set(each, width, "left") for each, width in zip(words[:last], widths, strict=False)]
    return _GAP.join([*before, words[last]]).rstrip()


def _rule(widths: Sequence[int]) -> str:
    return _GAP.join("-" * width for width in widths)
