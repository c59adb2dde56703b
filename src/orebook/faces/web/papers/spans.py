"""Spans: stretches of a document that overlap, cut so that each letter of it knows all that it belongs to."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from orebook.reading.text import Text


class Span(NamedTuple):
    """A stretch of a document from its first character to the one after its last, and what it stands for."""

    start: int
    end: int
    name: str


class Segment(NamedTuple):
    """Some words, and the names of everything that they belong to."""

    words: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cut:
    """Stretches of a document side by side, none over another: ``names`` has for each what it belongs to."""

    starts: tuple[int, ...]
    names: tuple[tuple[str, ...], ...]

    def over(self, start: int, end: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Yield a stretch in parts, each with all that it belongs to."""
        at = bisect_right(self.starts, start) - 1
        while start < end:
            stop = self.starts[at + 1] if at + 1 < len(self.starts) else end
            stop = min(stop, end)
            yield start, stop, self.names[at] if at >= 0 else ()
            start, at = stop, at + 1


def cut(spans: Iterable[Span]) -> Cut:
    """Cut spans that overlap into stretches side by side; one without a length takes the character behind it.

    >>> found = cut([Span(2, 9, "a"), Span(5, 12, "b"), Span(5, 5, "c")])
    >>> list(found.over(0, 14))
    [(0, 2, ()), (2, 5, ('a',)), (5, 6, ('a', 'b', 'c')), (6, 9, ('a', 'b')), (9, 12, ('b',)), (12, 14, ())]
    """
    edges: dict[int, tuple[list[str], list[str]]] = {}
    for span in spans:
        edges.setdefault(span.start, ([], []))[0].append(span.name)
        edges.setdefault(max(span.end, span.start + 1), ([], []))[1].append(span.name)
    open_now: dict[str, int] = {}
    starts, names = [], []
    for place in sorted(edges):
        begun, ended = edges[place]
        for name in ended:
            open_now[name] -= 1
            if not open_now[name]:
                del open_now[name]
        for name in begun:
            open_now[name] = open_now.get(name, 0) + 1
        starts.append(place)
        names.append(tuple(open_now))
    return Cut(tuple(starts), tuple(names))


def segments(original: str, text: Text, marks: Cut) -> list[Segment]:
    """The words of a text in the order of reading, cut where something begins or ends.

    Letters are shown as the document has them where one stands for one, and as they were read elsewhere.

    >>> from orebook.reading.text import inline
    >>> said = "of **2.31%** Cu"
    >>> segments(said, inline(said, 0, len(said)), cut([Span(5, 10, "f1")]))
    [Segment(words='of ', names=()), Segment(words='2.31%', names=('f1',)), Segment(words=' Cu', names=())]
    """
    found: list[Segment] = []
    for piece, begin in enumerate(text.starts):
        stop = text.starts[piece + 1] if piece + 1 < len(text.starts) else len(text.plain)
        words, origin, length = text.plain[begin:stop], text.origins[piece], text.lengths[piece]
        if length == len(words):
            for start, end, names in marks.over(origin, origin + length):
                _put(found, original[start:end], names)
        elif words:
            names = tuple(dict.fromkeys(name for _, _, some in marks.over(origin, origin + length) for name in some))
            _put(found, words, names)
    return found


def _put(found: list[Segment], words: str, names: tuple[str, ...]) -> None:
    """Add words, to those before them where they belong to the same."""
    if found and found[-1].names == names:
        found[-1] = Segment(found[-1].words + words, names)
    elif words:
        found.append(Segment(words, names))
