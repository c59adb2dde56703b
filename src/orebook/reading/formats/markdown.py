"""Markdown: releases as archives keep them, with front matter, headings by hashes, pipe tables and code blocks."""

import re

from orebook.ground.source import Document
from orebook.reading.formats._mixed import mixed_blocks
from orebook.reading.layout import Block, Layout
from orebook.reading.layout.boilerplate import settle
from orebook.reading.layout.captions import bind
from orebook.reading.layout.lines import Line, lines
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
    head = lines(document.text[:_LOOKED_AT]) if _RULE in first else []
    front = _front(head)
    begin = head[front].begin if front < len(head) else len(document.text) if front else 0
    found = _front_blocks(document.text, head[:front])
    found.extend(bind(document.text, mixed_blocks(document, begin)))
    settle(found)
    return Layout(document, found)


def _front(all_lines: list[Line]) -> int:
    """How many lines are front matter, its two rules included."""
    if not all_lines or all_lines[0].words != _RULE:
        return 0
    for at, line in enumerate(all_lines[1:_LONGEST], 1):
        if line.words in (_RULE, "..."):
            return at + 1
    return 0


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
