"""Tables as Markdown: pipes, figures to the right."""

import re
from collections.abc import Iterable, Iterator, Sequence

from orebook.reports.pages import Result, notes, pages
from orebook.reports.paper import Paper, columns, shown
from orebook.reports.printed import Align, Passage, PrintedTable

_MOST = 1000
"""So many rows of a stored table are shown."""

_LEADS = {"title": "# ", "heading": "## ", "bullet": "- ", "paragraph": ""}
_SPECIAL = re.compile(r"([\\`*|\[\]]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?]))")
_STARTS = re.compile(r"^([#>+-]|\d+[.)])(?=\s|$)")


def page(results: Iterable[Result], paper: Paper) -> Iterator[str]:
    """Yield the parts of each page, a blank line between; bullets stand together."""
    before = ""
    for printed in pages(results, most=_MOST):
        for part in printed.parts:
            kind = part.kind if isinstance(part, Passage) else "table"
            yield "" if not before or kind == before == "bullet" else "\n"
            before = kind
            yield from passage_lines(part) if isinstance(part, Passage) else table_lines(part)


def passage_lines(part: Passage) -> Iterator[str]:
    """Yield a title, a heading, a bullet or a paragraph."""
    words = escaped(part.text)
    yield f"{_LEADS[part.kind]}{_STARTS.sub(_behind_a_stroke, words)}\n"


def table_lines(table: PrintedTable) -> Iterator[str]:
    """Yield the caption, the table as wide as its words, and the notes."""
    if table.caption:
        yield f"**{escaped(table.caption)}**\n\n"
    rows = [[escaped(column.head) for column in table.columns], *([escaped(w) for w in row] for row in table.cells())]
    widths = [max(3, *(columns(row[at]) for row in rows)) for at in range(len(table.columns))]
    aligns = [column.align for column in table.columns]
    for number, row in enumerate(rows):
        yield f"| {' | '.join(_set(*each) for each in zip(row, widths, aligns, strict=True))} |\n"
        if not number:
            yield f"|{'|'.join(_rule(*each) for each in zip(widths, aligns, strict=True))}|\n"
    yield from _notes(notes(table))


def _notes(found: Sequence[str]) -> Iterator[str]:
    yield "\n" if found else ""
    for note in found:
        number, dot, words = note.partition(". ") if note[:1].isdigit() else ("", "", note)
        yield f"{number}{dot}{escaped(words)}\n"


def escaped(words: str) -> str:
    """Words that Markdown shows as they are.

    >>> escaped("a|b *c* <0.01 <b>")
    'a\\\\|b \\\\*c\\\\* <0.01 \\\\<b>'
    """
    return _SPECIAL.sub(r"\\\1", shown(words))


def _behind_a_stroke(found: re.Match[str]) -> str:
    """The start of a line that would begin a list or a heading, behind a backward stroke."""
    said = found[1]
    return f"{said[:-1]}\\{said[-1]}" if said[0].isdigit() else f"\\{said}"


def _set(words: str, width: int, align: Align) -> str:
    room = " " * (width - columns(words))
    return room + words if align == "right" else words + room


def _rule(width: int, align: Align) -> str:
    left = ":" if align in ("left", "center") else "-"
    right = ":" if align in ("right", "center") else "-"
    return f"{left}{'-' * width}{right}"
