"""Headed names: mines and properties that a release names only by a heading of their own, without the word mine.

"Fern Hollow" or "OPERATIONS - FERN HOLLOW (60%)" stands over a paragraph and a table, or "Fern Hollow:" begins one;
elsewhere the text says "at Fern Hollow". A heading is a name when the prose uses its words so.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from orebook.reading.layout import Block, Layout
from orebook.reading.patterns import Pattern

_NAME = r"[A-Z][\w'’-]+(?: (?:(?:de|du|la|el|of) )?[A-Z][\w'’-]+){0,3}"
_HEADED = Pattern(rf"(?:[A-Z][\w &]{{2,30}}\s?[–—:-]\s)?(?P<name>{_NAME})(?:\s?\([^()]{{1,40}}\))?\s*")
_LABELLED = Pattern(rf"(?P<name>{_NAME})(?:\s?\([^()]{{1,40}}\))?\s?[:–—]\s(?=[A-Z])")
_PLACED = Pattern(r"\b(?:at|from|of|for|in|to|near|by|and)\s$")
_NAME_ENDS = Pattern(r"\b(?!\s[A-Z])")
_ACTS = Pattern(
    r"\s(?:is|was|has|hosts?|provides?|remains?|contains?|lies|covers|continues|produced|produces|delivered)\s"
)
_OPERATING = Pattern(
    r"\b(?:mill(?:ed|s|ing)?|produc\w+|ore|throughput|concentrates?|ounces|recover(?:y|ies)|head grade|leach\w*)\b",
    re.IGNORECASE,
)


@cache
def _general() -> frozenset[str]:
    """Words of which headings are made that name no place."""
    table = files("orebook.reading").joinpath("words", "heading_words.csv").read_text(encoding="utf-8")
    return frozenset(row["word"] for row in csv.DictReader(table.splitlines()))


def headed_names(layout: Layout) -> Iterator[tuple[str, str]]:
    """Names that headings give and the prose uses, and their kind: a mine where ore is milled, else a property."""
    prose = " ".join(block.plain for block in layout.prose() if block.kind in ("paragraph", "bullet"))
    for block in layout.blocks:
        found = _label(block)
        if not found:
            continue
        name = found["name"].title() if found["name"].isupper() else found["name"]
        if not _is_general(name) and _is_used(name, prose):
            yield name, "mine" if _operates(layout, block) else "property"


def _label(block: Block) -> re.Match[str] | None:
    """The name that a heading says, or a paragraph that begins with one."""
    if block.part == "tail" or block.table is not None:
        return None
    if block.kind == "heading":
        return _HEADED.fullmatch(block.plain)
    return _LABELLED.match(block.plain) if block.kind in ("paragraph", "bullet") else None


def _is_general(name: str) -> bool:
    """Whether a word of the heading is one that headings are made of: "Second Quarter Highlights"."""
    return any(word.lower().rstrip("s") in _general() or word.lower() in _general() for word in re.split(r"[ -]", name))


def is_general_heading(name: str) -> bool:
    """Whether a name has a word that headings are made of and so names no place."""
    return _is_general(name)


def _is_used(name: str, prose: str) -> bool:
    """Whether the prose speaks of something that is at, from or of the name, or of what the name does.

    The name is looked for first: an expression with the words before it would try every letter of the document.
    """
    at = prose.find(name)
    while at >= 0:
        end = at + len(name)
        if _PLACED.search(prose, max(0, at - 6), at) and _NAME_ENDS.match(prose, end):
            return True
        if prose[max(0, at - 2) : at - 1] in (",", ".") and prose[at - 1].isspace() and _ACTS.match(prose, end):
            return True
        at = prose.find(name, at + 1)
    return False


def _operates(layout: Layout, heading: Block) -> bool:
    """Whether the blocks below a heading speak of ore that is milled."""
    below = [block for block in layout.blocks if block.section == heading.plain and block is not heading]
    words = " ".join(block.plain if block.table is None else " ".join(_labels(block)) for block in below[:12])
    return len(_OPERATING.findall(words)) >= 2


def _labels(block: Block) -> Iterator[str]:
    return (row.cells[0].plain for row in block.table.rows if row.cells) if block.table else iter(())
