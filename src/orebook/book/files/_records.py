"""Records: where each row of a delimited text begins, how many cells it has, and on which line it stands.

A large plain file is only counted: when the delimiters are as many as its lines ask for, every row has its cells and
row ``k`` stands on line ``first + k``. Quotes and ragged rows are looked at byte by byte, in arrays.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from orebook.book.files._content import Content, whole
from orebook.book.files._seen import Seen

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]

_PART = 1024 * 1024
_FEED, _RETURN, _QUOTE = 10, 13, 34
_LONGEST_CELL = 50
"""Lines that a quoted cell may reach over; a quote that is not closed by then is a sign for inches."""


class Counts(NamedTuple):
    """Lines and delimiters of a text without quotes."""

    lines: int
    delimiters: int


class Records(NamedTuple):
    """Where each record begins and ends in the bytes, its line, and how many cells it has.

    ``broken`` is the place of the first quote that neither opens nor closes a cell, or -1.
    """

    starts: Ints
    ends: Ints
    lines: Ints
    cells: Ints
    broken: int

    def are_regular(self, width: int) -> bool:
        """Whether every record has its cells and stands on one line, below the one before."""
        one_line = len(self.lines) < 2 or bool((np.diff(self.lines) == 1).all())
        return bool((self.cells == width).all()) and one_line


def counts(data: Content, start: int, delimiter: str, found_in: Seen) -> Counts:
    """How many lines and delimiters there are from a place on; a last line without its end counts.

    ``found_in`` is what stands in the whole of the bytes.

    >>> from orebook.book.files._seen import seen
    >>> counts(b"a,1\\nb,2", 0, ",", seen(b"a,1\\nb,2"))
    Counts(lines=2, delimiters=2)
    """
    sign = delimiter.encode()
    lines = found_in.feeds - data[:start].count(b"\n")
    known = found_in.sign == sign
    delimiters = found_in.signs - data[:start].count(sign) if known else whole(data).count(sign, start)
    return Counts(lines + int(len(data) > start and data[-1:] != b"\n"), delimiters)


def records(data: bytes, start: int, first_line: int, delimiter: str) -> Records:
    """Every record from a place on, with line ends and delimiters in quotes left alone.

    >>> found = records(b'a,"x\\ny"\\nb,2,3\\n', 0, 1, ",")
    >>> found.starts.tolist(), found.ends.tolist(), found.lines.tolist(), found.cells.tolist(), found.broken
    ([0, 8], [7, 13], [1, 3], [2, 3], -1)
    """
    buffer = np.frombuffer(data, np.uint8)
    ends, lines, delimiters = [], [], []
    inside, fed, seen, broken = np.uint8(0), 0, 0, -1
    for at in range(start, len(buffer), _PART):
        part = buffer[at : at + _PART]
        quotes = part == _QUOTE
        within = np.bitwise_xor.accumulate(quotes.view(np.uint8)) ^ inside
        if broken < 0:
            broken = _first_broken(buffer, np.flatnonzero(quotes) + at, within[quotes], start, ord(delimiter))
        feeds = np.flatnonzero(part == _FEED)
        outside = feeds[within[feeds] == 0]
        signs = np.flatnonzero(part == ord(delimiter))
        signs = signs[within[signs] == 0]
        ends.append(outside + at)
        lines.append(np.searchsorted(feeds, outside) + fed + 1)
        delimiters.append(np.searchsorted(signs, outside) + seen)
        inside, fed, seen = within[-1], fed + len(feeds), seen + len(signs)
    if len(buffer) > start and (buffer[-1] != _FEED or inside):
        ends.append(np.array([len(buffer)]))
        delimiters.append(np.array([seen]))
    stops = _joined(ends)
    return Records(
        starts=np.concatenate([[start], stops[:-1] + 1]).astype(np.int64) if len(stops) else stops,
        ends=stops,
        lines=(np.concatenate([[0], _joined(lines)])[: len(stops)] + first_line).astype(np.int64),
        cells=np.diff(_joined(delimiters), prepend=0) + 1,
        broken=broken if broken >= 0 or not inside else len(buffer),
    )


def _joined(parts: list[Ints]) -> Ints:
    return np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, dtype=np.int64)


def _first_broken(buffer: Bytes, quotes: Ints, opens: Bytes, start: int, delimiter: int) -> int:
    """The first quote that opens amid a cell, or closes one that goes on."""
    before = np.where(quotes > start, buffer[np.maximum(quotes - 1, 0)], _FEED)
    after = np.where(quotes < len(buffer) - 1, buffer[np.minimum(quotes + 1, len(buffer) - 1)], _FEED)
    beside = np.where(opens == 1, before, after)
    wrong = quotes[~np.isin(beside, (delimiter, _FEED, _RETURN, _QUOTE))]
    return int(wrong[0]) if len(wrong) else -1


def mended(data: bytes, start: int, first_line: int, delimiter: str) -> tuple[bytes, list[int]]:
    """A text whose stray quotes are put in quotes themselves, and the lines that had them; no line moves.

    >>> mended(b'A,core 5" wide,1\\nB,"ok",2\\n', 0, 1, ",")
    (b'A,"core 5"" wide",1\\nB,"ok",2\\n', [1])
    """
    sign = delimiter.encode()
    pieces, lines, done, line, counted = [data[:start]], [], start, first_line, start
    for begin, end in _quoted_lines(data, start, sign):
        text = data[begin:end]
        line += data.count(b"\n", counted, begin)
        counted = begin
        if not _is_whole(text, sign):
            pieces += [data[done:begin], _requoted(text, sign)]
            done = end
            lines.append(line)
    return b"".join([*pieces, data[done:]]), lines


def _quoted_lines(data: bytes, start: int, sign: bytes) -> Iterator[tuple[int, int]]:
    """Every stretch of lines that a quote stands in: one line, or as many as a quoted cell reaches over."""
    at = data.find(b'"', start)
    while at >= 0:
        begin = max(data.rfind(b"\n", start, at) + 1, start)
        first = stop = _line_end(data, at)
        for _ in range(_LONGEST_CELL):
            if _is_whole(data[begin:stop], sign) or stop >= len(data):
                break
            stop = _line_end(data, stop + 1)
        end = stop if _is_whole(data[begin:stop], sign) else first
        yield begin, end
        at = data.find(b'"', end)


def _line_end(data: bytes, at: int) -> int:
    """Where the line ends, before the signs that end it."""
    found = data.find(b"\n", at)
    return len(data) if found < 0 else found


def _is_whole(text: bytes, sign: bytes) -> bool:
    """Whether every quote of some text opens a cell, closes one, or is doubled within one."""
    text = text.removesuffix(b"\r")
    at = 0
    while at <= len(text):
        if text.startswith(b'"', at):
            close = text.find(b'"', at + 1)
            while close >= 0 and text.startswith(b'""', close):
                close = text.find(b'"', close + 2)
            if close < 0 or (close + 1 < len(text) and not text.startswith(sign, close + 1)):
                return False
            at = close + 2
        else:
            end = text.find(sign, at)
            end = len(text) if end < 0 else end
            if text.find(b'"', at, end) >= 0:
                return False
            at = end + 1
    return True


def _requoted(text: bytes, sign: bytes) -> bytes:
    """A line whose quotes are taken as they stand, those that stand around a cell excepted."""
    tail = b"\r" if text.endswith(b"\r") else b""
    cells = []
    for cell in text.removesuffix(b"\r").split(sign):
        inner = cell[1:-1] if len(cell) > 1 and cell.startswith(b'"') and cell.endswith(b'"') else cell
        cells.append(b'"' + inner.replace(b'"', b'""') + b'"' if b'"' in inner or inner != cell else cell)
    return sign.join(cells) + tail
