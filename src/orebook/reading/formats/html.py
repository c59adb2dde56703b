"""HTML: pages of company sites and wires."""

import re
from collections.abc import Iterator

from orebook.ground.source import Document
from orebook.reading.layout import Layout
from orebook.reading.layout.boilerplate import settle
from orebook.reading.layout.captions import bind
from orebook.reading.layout.markup import page_blocks
from orebook.reading.layout.tags import Tag
from orebook.reading.layout.unseen import seen, telling

_SUFFIXES = (".html", ".htm", ".xhtml")
_BREAK = re.compile(r"\r\n|\r|\n")
_START, _END, _COMMENT, _DOCTYPE = 1, 2, 3, 4


def recognises(name: str, head: bytes) -> bool:
    """Whether a file is a web page: by its name or its first tags."""
    low = head[:1024].lower()
    return name.lower().endswith(_SUFFIXES) or b"<!doctype html" in low or b"<html" in low


def read(document: Document) -> Layout:
    """The blocks of a web page.

    >>> page = "<h1>Ore</h1><table><tr><th>Hole<th>From<tr><td>A1<td>2.0<tr><td>A2<td>3.5</table>"
    >>> [[cell.plain for cell in row.cells] for row in next(read(Document("a.html", page)).tables()).rows]
    [['A1', '2.0'], ['A2', '3.5']]
    """
    found = bind(document.text, page_blocks(document, tags(document.text)))
    settle(found)
    return Layout(document, found)


def tags(text: str) -> list[Tag]:
    """Every tag of a page with its place; comments, and what nobody sees, are tags of no name."""
    return seen(text, list(_tags(text)))


def _tags(text: str) -> Iterator[Tag]:
    """Yield every tag as it stands in the page."""
    # The library takes sixty thousandths of a second to load; only whoever reads a page should wait for it.
    from turbohtml import Tokenizer

    starts = [0, *(found.end() for found in _BREAK.finditer(text))]
    at, told = 0, telling(text)
    tokenizer = Tokenizer(resolve_references=False, capture_source=True)
    for batch in (tokenizer.feed(text), tokenizer.close()):
        for token in batch:
            kind = int(token.type)
            source = token.source
            if kind not in (_START, _END, _COMMENT, _DOCTYPE) or not source:
                continue
            start = starts[min(token.line - 1, len(starts) - 1)] + token.col
            if not text.startswith("<", start) or start < at:
                start = text.find("<", at)
            at = start + len(source)
            name = (token.tag or "") if kind in (_START, _END) else ""
            asked = name in ("td", "th") or (start in told and name)
            attributes = {key: value or "" for key, value in token.attrs or ()} if asked else {}
            yield Tag(name, kind == _END, start, at, attributes)
