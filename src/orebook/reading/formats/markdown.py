"""Markdown: releases as archives keep them, with front matter, headings by hashes, pipe tables and code blocks."""

import re
from itertools import islice

from orebook.ground.source import Document
from orebook.reading.formats._mixed import mixed_blocks
from orebook.reading.layout import Block, Layout
from orebook.reading.layout.boilerplate import settle
from orebook.reading.layout.captions import bind
from orebook.reading.layout.lines import Line, each_line
from orebook.reading.text import inline, tidy

_SUFFIXES = (".md", ".markdown", ".mdx", ".mkd")
_TITLE = re.compile(r"title:\s*(?P<quote>[\"']?)(?P<title>[^\n]{1,1000}?)(?P=quote)\s*$")
_RULE = "---"
_LONGEST = 300
_LOOKED_AT = 64 * 1024
"""Front matter ends within so many lines and characters, or it is none."""


def recognises(name: str, head: bytes) -> bool:
    """Whether a file is Markdown: by its name, or by front matter at its top."""
    return name.lower().endswith(_SUFFIXES) or (head.startswith(b"---\n") and b"\n---\n" in head)


def read(document: Document) -> Layout:
    """The blocks of a Markdown text.

    >>> [block.kind for block in read(Document("a.md", "---\\ntitle: Ore\\n---\\n# Ore\\n\\n- one\\n")).blocks]
    ['front', 'title', 'heading', 'bullet']
    """
    first = document.text.partition("\n")[0]
    front, begin = _front(document.text) if _RULE in first else ([], 0)
    found = _front_blocks(document.text, front)
    found.extend(bind(document.text, mixed_blocks(document, begin)))
    settle(found)
    return Layout(document, found)


def _front(text: str) -> tuple[list[Line], int]:
    """The lines of the front matter, its two rules included, and where the text behind it begins."""
    front: list[Line] = []
    every = each_line(text[:_LOOKED_AT])
    for line in islice(every, _LONGEST):
        if not front and line.words != _RULE:
            break
        front.append(line)
        if len(front) > 1 and line.words in (_RULE, "..."):
            below = next(every, None)
            return front, below.begin if below is not None else len(text)
    return [], 0


def _front_blocks(text: str, front: list[Line]) -> list[Block]:
    """The front matter as a block that nobody reads as prose, and the title that it gives."""
    if not front:
        return []
    found = [Block("front", inline(text, front[0].start, front[-1].end, markup=False))]
    for line in front:
        title = _TITLE.match(line.words)
        if title:
            begin = line.start + title.start("title")
            found.append(Block("title", tidy(inline(text, begin, begin + len(title["title"])))))
            break
    return found
