"""A document whose text was written from the words of its pages, and where each word stood."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from orebook.ground.source import Box, Document, Place


class Slot(NamedTuple):
    """A cell of a table: its stretch of the text, the column it begins in, and how many columns and rows it covers."""

    start: int
    end: int
    column: int
    span: int = 1
    rows: int = 1


class Part(NamedTuple):
    """A stretch of the text that belongs together.

    ``kind`` is ``text`` (lines, read like those of a plain text), ``heading`` (of a ``level``), ``aside`` (running
    heads and numbers of pages, which nobody reads) or ``table``, which has its cells in ``rows`` of which the first
    ``heads`` are header rows as far as the file itself tells.
    """

    kind: str
    start: int
    end: int
    level: int = 0
    rows: tuple[tuple[Slot, ...], ...] = ()
    heads: int = 0


Area = Box | tuple[float, float, float, float, *tuple[object, ...]]
"""A box, or what begins with its four sides."""


@dataclass(frozen=True)
class Words:
    """Where the words of a text stand, in the order of the text; one entry a word.

    ``starts`` and ``ends`` are places in the text, ``sites`` for each word the number of its page (from one) or, in
    formats without pages, of its part; ``boxes`` are empty where there are none (``box`` gives one); ``names`` are what
    people call the parts, ``origins`` who wrote the letters of each site (``native`` where nothing is said). ``doubts``
    has, by their number, how sure (0 to 1) whoever recognised a word is of it; a word that had to be recognised is
    never wholly sure.
    """

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sites: list[int] = field(default_factory=list)
    boxes: list[Area] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    origins: dict[int, str] = field(default_factory=dict)
    doubts: dict[int, float] = field(default_factory=dict)

    def box(self, at: int) -> Box:
        """The box of a word."""
        return Box(*self.boxes[at][:4])


@dataclass(frozen=True)
class PagedDocument(Document):
    """A document with pages or parts: its text is what we wrote from its words, once, and never edited."""

    parts: tuple[Part, ...] = ()
    words: Words = field(default_factory=Words)
    remarks: tuple[str, ...] = ()
    """What one should know about the reading of the file: pages without text, a broken font, tracked changes."""

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """The boxes in which a stretch stands, one for each line on each page; or the parts in which it stands.

        >>> words = Words([0, 5], [4, 8], [1, 1], [Box(10, 20, 30, 32), Box(34, 20, 50, 32)])
        >>> PagedDocument("a.pdf", "From 2.0", words=words).places(0, 8)
        (Place(page=1, box=Box(left=10, top=20, right=50, bottom=32), where='', origin='native'),)
        """
        words = self.words
        first, last = bisect_right(words.ends, start), bisect_left(words.starts, end)
        found: list[Place] = []
        for at in range(first, last):
            site = words.sites[at]
            origin = "ocr" if at in words.doubts else words.origins.get(site, "native")
            if not words.boxes:
                place = Place(0, None, words.names.get(site, ""), origin)
                found.extend([] if found and found[-1] == place else [place])
                continue
            box = words.box(at)
            if found and found[-1][::3] == (site, origin) and _on_one_line(found[-1].box, box):
                found[-1] = found[-1]._replace(box=_united(found[-1].box, box))
            else:
                found.append(Place(site, box, words.names.get(site, ""), origin))
        return tuple(found)

    def sure(self, start: int, end: int) -> float:
        """How sure whoever recognised the least sure word of a stretch is of it.

        >>> words = Words([0, 5], [4, 8], [1, 1], [Box(10, 20, 30, 32), Box(34, 20, 50, 32)], doubts={1: 0.5})
        >>> scan = PagedDocument("a.pdf", "From 2.0", words=words)
        >>> scan.sure(0, 4), scan.sure(0, 8)
        (1.0, 0.5)
        """
        words = self.words
        if not words.doubts:
            return 1.0
        first, last = bisect_right(words.ends, start), bisect_left(words.starts, end)
        return min((words.doubts.get(at, 1.0) for at in range(first, last)), default=1.0)


def _on_one_line(before: Box | None, box: Box) -> bool:
    """Whether a word goes on the line of the words before it."""
    if before is None:
        return False
    middle = (box.top + box.bottom) / 2
    return before.top <= middle <= before.bottom and box.left >= before.left


def _united(before: Box | None, box: Box) -> Box:
    if before is None:
        return box
    return Box(
        min(before.left, box.left),
        min(before.top, box.top),
        max(before.right, box.right),
        max(before.bottom, box.bottom),
    )
