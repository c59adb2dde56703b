"""A draft as Markdown: the text to edit, with its tables as pipes and its pictures beside it."""

from collections.abc import Iterable, Iterator

from orebook.reports.paper import Paper
from orebook.reports.printed import Passage, PrintedTable
from orebook.reports.release.draft import Draft, Part
from orebook.reports.release.files import picture_name
from orebook.reports.tables.md import escaped, passage_lines, table_lines
from orebook.reports.trouble import Trouble


def page(results: Iterable[Draft | Trouble], paper: Paper) -> Iterator[str]:
    """Yield the parts of each draft, a blank line between; bullets stand together."""
    for draft in results:
        if isinstance(draft, Draft):
            yield from pieces(draft)


def pieces(draft: Draft) -> Iterator[str]:
    """Yield a piece of text for each part of a draft, with the blank line before it."""
    before, plates = "", 0
    for part in draft.parts:
        kind = part.kind if isinstance(part, Passage) else "part"
        gap = "" if not before or kind == before == "bullet" else "\n"
        before = kind
        plates += not isinstance(part, Passage | PrintedTable)
        yield gap + "".join(_part(part, draft, plates))


def _part(part: Part, draft: Draft, plates: int) -> Iterator[str]:
    if isinstance(part, Passage):
        yield from passage_lines(part)
    elif isinstance(part, PrintedTable):
        yield from table_lines(part)
    else:
        yield f"![{escaped(part.drawing.title)}]({picture_name(draft.doc, plates)})\n\n*{escaped(part.caption)}*\n"
