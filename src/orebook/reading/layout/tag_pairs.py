"""Tag pairs: which tag of a page closes which, which tables stand in which, and which of them only arrange a page."""

from collections.abc import Sequence

from orebook.reading.layout.tags import Tag

UNREAD = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "nav", "iframe", "select", "button", "object"}
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
CELLS = frozenset({"td", "th"})
"""What is no words of the page, headings with their level, and cells."""

_DEEPEST = 20
"""Of tables within more tables than this only the words are read."""


def partners(tags: Sequence[Tag]) -> tuple[dict[int, int], set[int], dict[int, list[int]]]:
    """For opening tags the number of the tag that closes each; and tables.

    Of tables those that only arrange others, and for each table those right in its cells.
    """
    partner: dict[int, int] = {}
    open_at: dict[str, list[int]] = {}
    for at, tag in enumerate(tags):
        if tag.name not in UNREAD and tag.name not in ("table", "pre"):
            continue
        waiting = open_at.setdefault(tag.name, [])
        if tag.closing:
            if waiting:
                partner[waiting.pop()] = at
        else:
            waiting.append(at)
    below: dict[int, list[int]] = {}
    arranging: set[int] = set()
    waiting = []
    for at, tag in enumerate(tags):
        if tag.name != "table":
            continue
        if tag.closing:
            if waiting:
                waiting.pop()
        else:
            if waiting and waiting[-1] in partner:
                below.setdefault(waiting[-1], []).append(at)
                if len(waiting) > _DEEPEST:
                    arranging.add(waiting[-1])
            waiting.append(at)
    arranging |= {at for at in below if at not in arranging and not _is_sheet(tags, at, partner[at])}
    return partner, arranging, below


def _is_sheet(tags: Sequence[Tag], first: int, last: int) -> bool:
    """Whether a table that holds tables has rows of its own: three or more, and other tables in few of its cells."""
    rows = cells = inner = depth = 0
    for tag in tags[first + 1 : last]:
        if tag.name == "table":
            inner += not tag.closing and not depth
            depth += -1 if tag.closing else 1
        elif not depth and not tag.closing:
            rows += tag.name == "tr"
            cells += tag.name in CELLS
    return rows > 2 and cells > 2 * rows and cells >= 4 * inner


def unclosed(tags: Sequence[Tag], at: int) -> int:
    """Where a table ends that nobody closed: before the next heading or table, or with the page."""
    for later in range(at + 1, len(tags)):
        name = tags[later].name
        if name in HEADINGS or name in ("table", "body", "html", "section", "footer", "article", "main"):
            return later - 1
    return len(tags) - 1
