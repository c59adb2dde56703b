"""Blocks: what a template wrote, as the parts of a page: title, headings, bullets, paragraphs, tables, pictures.

The marks are those of Markdown: ``#`` before a title, ``##`` before a heading, ``-`` before a bullet; a line that ends
in a backward stroke ends there. Lines that stand together are one paragraph; a blank line parts two.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal

from orebook.reports.printed import Passage
from orebook.reports.release.draft import Part
from orebook.reports.release.placing import Placer

Kind = Literal["title", "heading", "paragraph", "bullet"]

_SIGNS: tuple[tuple[str, Kind], ...] = (("# ", "title"), ("## ", "heading"), ("### ", "heading"), ("- ", "bullet"))


def parts_of(text: str, placer: Placer, named: Callable[[str], str] = str) -> Iterator[Part]:
    """Yield the parts that a filled template means.

    >>> placer = Placer({})
    >>> [(part.kind, part.text) for part in parts_of("# A\\n\\nb\\nc\\n\\n- d\\n- e", placer)]
    [('title', 'A'), ('paragraph', 'b c'), ('bullet', 'd'), ('bullet', 'e')]
    """
    for kind, words in _lines(text):
        part = placer.alone(words)
        if part is not None:
            yield part
            continue
        said = placer.said(words, named)
        if said.text.strip():
            yield replace(said.passage(), kind=kind)


def _lines(text: str) -> Iterator[tuple[Kind, str]]:
    """Yield the lines of each block as one line, with what it is."""
    kind: Kind = "paragraph"
    held: list[str] = []
    for line in [*text.splitlines(), ""]:
        words = line.strip()
        sign = next(((sign, found) for sign, found in _SIGNS if words.startswith(sign)), None)
        ends = bool(held) and held[-1].endswith("\\")
        if held and (not words or sign or ends or kind in ("title", "heading")):
            yield kind, " ".join(held).removesuffix("\\").rstrip()
            held, kind = [], "paragraph"
        if sign:
            kind, words = sign[1], words.removeprefix(sign[0]).strip()
        if words:
            held.append(words)


def passages(parts: Iterator[Part]) -> Iterator[Passage]:
    """Yield the passages among some parts."""
    return (part for part in parts if isinstance(part, Passage))
