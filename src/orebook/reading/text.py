"""Text: plain words for reading, each character of which knows its place in the document.

Documents carry marks that are no words: Markdown stars and escapes, HTML tags and entities, raised footnote numbers,
non-breaking blanks. ``plain`` is the text without them; ``span`` leads back to the exact stretch of the original.

>>> text = inline(r"Net **income** of \\$17.6 million", 0, 33)
>>> text.plain
'Net income of $17.6 million'
>>> at = text.plain.index("$")
>>> text.span(at, at + 5)
(18, 24)
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from itertools import accumulate
from typing import NamedTuple

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₓ", "0123456789+-()x")
_REPLACED = {
    "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u2002": " ", "\u2003": " ", "\u3000": " ",
    "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "", "\u00ad": "", "\u200e": "", "\u200f": "", "\u2060": "",
    "\u202a": "", "\u202b": "", "\u202c": "", "\u202d": "", "\u202e": "", "\u2066": "", "\u2067": "", "\u2069": "",
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-", "\u2212": "-",
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\t": " ", "\r": " ", "\n": " ",
    "µ": "μ",
}  # fmt: skip

_ALIKE = {sign: letter for sign, letter in _REPLACED.items() if len(letter) == 1}
"""Signs for which one letter stands: places stay the same, and the text stays in one piece."""

_MARKING = r"\\\[<&*_`~⁽²³¹⁴⁵⁶⁷⁸⁹⁰ᵃᵇᶜᵈᶠᵍʰⁱᵛ₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₓ"
_CUTS = re.compile("[" + _MARKING + "".join(re.escape(sign) for sign in _REPLACED if sign not in _ALIKE) + "]")
_FIRST = _MARKING + "".join(map(re.escape, _REPLACED))
"""What a mark may begin with."""

_TAG = r"</?[A-Za-z][^<>]{0,2000}>|<!--[^>]{0,2000}-->"
_TAG_ALONE = re.compile(_TAG)

_SPECIAL = re.compile(
    r"(?P<char>[" + "".join(map(re.escape, _REPLACED)) + r"])"
    r"|(?P<stars>(?:\*{2,3}|\*(?!\.?\d))(?=[^\s)*])|(?<=[^\s(])(?:\*{2,3}|\*(?!\.?\d))|(?<![\w_])_{1,3}(?=\w)|(?<=\w)_{1,3}(?![\w_])|``?|~~)"
    r"|(?P<escape>\\[\\`*_{}\[\]()#+\-.!$|<>~&%=@^'\"])"
    r"|(?P<entity>&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<link>(?<!!)\[(?P<shown>[^\[\]\n]{0,300})\]\((?P<target>[^()\s]{0,500})(?: \"[^\"\n]{0,200}\")?\))"
    r"|(?P<raisedtag><sup>[^<]{0,12}</sup>)"
    rf"|(?P<tag>{_TAG})"
    r"|(?P<lowered>[₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₓ]+(?: (?=[A-Z]))?)"
    r"|(?P<power>(?<=m)[²³](?!\d))"
    r"|(?P<raised>[⁽][¹²³⁴⁵⁶⁷⁸⁹⁰,ᵃᵇᶜᵈᶠᵍʰⁱᵛ ]{1,40}[⁾]|[¹²³⁴⁵⁶⁷⁸⁹⁰ᵃᵇᶜᵈᶠᵍʰⁱᵛ]+(?:, ?[¹²³⁴⁵⁶⁷⁸⁹⁰ᵃᵇᶜᵈᶠᵍʰⁱᵛ]+){0,9})"
    r"|(?P<words>[^" + _FIRST + r"]++|[" + _FIRST + r"])"
)
"""Marks, and the words between them, which are taken in one step; no two kinds but ``words`` begin with the same sign,
or the former is the narrower."""


class Text(NamedTuple):
    """Plain words, in pieces that each stand for a stretch of the original.

    Piece ``i`` is ``plain[starts[i]:starts[i + 1]]`` and stands for ``lengths[i]`` characters from ``origins[i]``;
    where both have the same length, each character stands for the one in its place.
    """

    plain: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    lengths: tuple[int, ...]

    def _piece(self, at: int) -> int:
        return max(bisect_right(self.starts, at) - 1, 0)

    def _verbatim(self, piece: int) -> bool:
        end = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.plain)
        return end - self.starts[piece] == self.lengths[piece]

    @property
    def _one_piece(self) -> bool:
        """Whether all letters are those of the original, as they are in most texts."""
        return len(self.starts) == 1 and self.lengths[0] == len(self.plain)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that ``plain[start:end]`` stands for."""
        if self._one_piece:
            return self.origins[0] + start, self.origins[0] + max(start, end)
        if not self.starts:
            return 0, 0
        first = self._piece(start)
        begin = self.origins[first] + (start - self.starts[first] if self._verbatim(first) else 0)
        if end <= start:
            return begin, begin
        last = self._piece(end - 1)
        within = end - self.starts[last] if self._verbatim(last) else self.lengths[last]
        return begin, self.origins[last] + within

    @property
    def start(self) -> int:
        """Where the original stretch begins."""
        return self.origins[0] if self.origins else 0

    @property
    def end(self) -> int:
        """Where the original stretch ends."""
        if self.plain and self.starts[-1] < len(self.plain):
            return self.origins[-1] + self.lengths[-1]
        return self.span(0, len(self.plain))[1]

    def strip(self) -> "Text":
        """The same text without blanks around it."""
        return self.slice(len(self.plain) - len(self.plain.lstrip()), len(self.plain.rstrip()))

    def slice(self, start: int, end: int) -> "Text":
        """A part of this text, still tied to the original.

        >>> inline("a **bold** word", 0, 15).slice(2, 6).start
        4
        """
        size = len(self.plain)
        end = max(start, min(end, size))
        if len(self.starts) == 1 and self.lengths[0] == size:
            return verbatim(self.plain[start:end], self.origins[0] + start)
        if start == end or not self.starts:
            return verbatim("", self.span(start, start)[0])
        first, last = self._piece(start), self._piece(end - 1)
        starts, origins, lengths = [], [], []
        for piece in range(first, last + 1):
            begin = self.starts[piece]
            finish = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.plain)
            low, high = max(begin, start), min(finish, end)
            same = self._verbatim(piece)
            starts.append(low - start)
            origins.append(self.origins[piece] + (low - begin if same else 0))
            lengths.append(high - low if same else self.lengths[piece])
        return Text(self.plain[start:end], tuple(starts), tuple(origins), tuple(lengths))


_FROM_NOUGHT = (0,)
_new = tuple.__new__
"""Makes a text in half the time that its class takes: a document has hundreds."""


def verbatim(plain: str, start: int) -> Text:
    """Words that stand in a document letter for letter as they are read, or one letter for each.

    >>> verbatim("zinc", 12).span(1, 3)
    (13, 15)
    """
    return _new(Text, (plain, _FROM_NOUGHT, (start,), (len(plain),)))


def _is_marked(words: str) -> bool:
    """Whether words hold a mark, or a sign for which no single letter stands.

    Signs one by one are found ten times as fast as any of a set.
    """
    if words.isascii():
        return (
            "*" in words or "&" in words or "\\" in words or "<" in words or "[" in words or "_" in words
            or "`" in words or "~" in words
        )  # fmt: skip
    return _CUTS.search(words) is not None


def _levelled(words: str) -> str:
    """Words with one letter for each sign that has one."""
    if words.isascii():
        if "\n" in words or "\t" in words or "\r" in words:
            return words.replace("\n", " ").replace("\t", " ").replace("\r", " ")
        return words
    for sign, letter in _ALIKE.items():
        if sign in words:
            words = words.replace(sign, letter)
    return words


def is_tag(words: str) -> bool:
    """Whether words are nothing but one tag, or one comment of a page.

    >>> is_tag("</figure>"), is_tag("< 0.5 g/t"), is_tag("<b>Ore</b>")
    (True, False, False)
    """
    return words[:1] == "<" and _TAG_ALONE.fullmatch(words) is not None


def inline(original: str, start: int, end: int, *, markup: bool = True) -> Text:
    """The plain text of a stretch of a document.

    ``markup`` takes away Markdown and HTML marks too; raised numbers (footnote marks) are dropped, lowered ones
    written on the line (``Sc₂O₃`` is ``Sc2O3``), blanks of every kind become one blank.
    """
    if start >= end or start >= len(original):
        return verbatim("", start)
    words = original[start:end]
    if not _is_marked(words):
        return verbatim(_levelled(words), start)
    end = start + len(words)
    pieces = list(_pieces(original, start, end, markup=markup))
    if not pieces:
        return verbatim("", start)
    parts, origins, lengths = zip(*pieces, strict=True)
    return _new(Text, ("".join(parts), (0, *accumulate(map(len, parts[:-1]))), origins, lengths))


_MARKS = frozenset({"escape", "tag", "stars", "link", "entity", "target", "shown", "raisedtag"})
"""Kinds of marks that are letters in a text without markup."""


def _pieces(original: str, start: int, end: int, *, markup: bool) -> Iterator[tuple[str, int, int]]:
    """The words of a stretch and what stands for its marks, each with its place and length in the original."""
    at = start
    for found in _SPECIAL.finditer(original, start, end):
        kind = found.lastgroup or ""
        if kind == "words" or (not markup and kind in _MARKS):
            continue
        begin, after = found.span()
        if kind == "lowered" and begin > at and original[begin - 1] == " ":
            begin -= 1
        if begin > at:
            yield original[at:begin], at, begin - at
        at = after
        if kind == "char":
            instead = _REPLACED[found[0]]
        elif kind in ("link", "target", "shown"):
            begin, after = found.span("shown")
            instead = original[begin:after]
        else:
            instead = _instead(kind, found[0])
        if instead:
            yield instead, begin, after - begin
    if end > at:
        yield original[at:end], at, end - at


_GAP = re.compile(r" {2,}")


def joined(texts: Iterable[Text], between: str = " ") -> Text:
    """Several stretches read as one, each still tied to its own place.

    >>> words = "net $(1.2 | ) million"
    >>> text = joined([inline(words, 4, 9), inline(words, 12, 13)], "")
    >>> text.plain, text.span(0, 6)
    ('$(1.2)', (4, 13))
    """
    pieces = list(texts)
    if len(pieces) == 1:
        return pieces[0]
    if len(pieces) == 2 and not between and pieces[0].plain and pieces[1].plain:
        first, second = pieces
        size = len(first.plain)
        begins = (*first.starts, *[start + size for start in second.starts])
        return Text(first.plain + second.plain, begins, first.origins + second.origins, first.lengths + second.lengths)
    parts: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    lengths: list[int] = []
    size = 0
    last = 0
    for text in pieces:
        if not text.plain:
            last = last or text.origins[0]
            continue
        if parts and between:
            parts.append(between)
            starts.append(size)
            origins.append(last)
            lengths.append(0)
            size += len(between)
        parts.append(text.plain)
        starts.extend(start + size for start in text.starts)
        origins.extend(text.origins)
        lengths.extend(text.lengths)
        size += len(text.plain)
        last = text.end
    if not starts:
        return Text("", (0,), (last,), (0,))
    return Text("".join(parts), tuple(starts), tuple(origins), tuple(lengths))


def tidy(text: Text) -> Text:
    """The same words with one blank where several stood, and none around them.

    >>> tidy(inline("  two   words ", 0, 14)).plain
    'two words'
    """
    plain = text.plain
    if "  " not in plain:
        return text.strip() if plain[:1] == " " or plain[-1:] == " " else text
    words = plain.strip()
    if words and len(text.starts) == 1 and text.lengths[0] == len(plain):
        return _in_one_piece(words, text.origins[0] + len(plain) - len(plain.lstrip()))
    stretches, at = [], 0
    for gap in _GAP.finditer(plain):
        stretches.append(text.slice(at, gap.start()))
        at = gap.end()
    stretches.append(text.slice(at, len(plain)))
    return joined(stretches).strip()


def _in_one_piece(words: str, start: int) -> Text:
    """Words as they stand in the original, with one blank where several stood."""
    parts, starts, origins, lengths = [], [], [], []
    at = size = 0
    for gap in _GAP.finditer(words):
        begin, end = gap.span()
        parts += [words[at:begin], " "]
        starts += [size, size + begin - at]
        origins += [start + at, start + begin]
        lengths += [begin - at, 0]
        size += begin - at + 1
        at = end
    parts.append(words[at:])
    return Text("".join(parts), (*starts, size), (*origins, start + at), (*lengths, len(words) - at))


def cleaned(original: str, start: int, end: int) -> Text:
    """A stretch of a document read as words: without marks, without blanks around it, one blank between words.

    >>> cleaned("|  **Zn** (%) |", 1, 14).plain
    'Zn (%)'
    """
    raw = original[start:end]
    words = raw.strip()
    begin = start + (len(raw) - len(raw.lstrip()) if len(words) < len(raw) else 0)
    if _is_marked(words):
        return tidy(inline(original, begin, begin + len(words)))
    words = _levelled(words)
    text = verbatim(words, begin)
    return tidy(text) if "  " in words or words[:1] == " " or words[-1:] == " " else text


def cleaned_each(original: str, stretches: Sequence[tuple[int, int]]) -> list[Text]:
    """Some stretches of a document, one behind the other, each ``cleaned``: marks are looked for once for all.

    >>> [text.plain for text in cleaned_each("| Zn | % |", [(1, 5), (6, 9)])]
    ['Zn', '%']
    """
    whole = original[stretches[0][0] : stretches[-1][1]] if stretches else ""
    if _is_marked(whole):
        return [cleaned(original, start, end) for start, end in stretches]
    found: list[Text] = []
    whole, first = _levelled(whole), stretches[0][0] if stretches else 0
    for start, end in stretches:
        raw = whole[start - first : end - first]
        words = raw.strip()
        begin = start + len(raw) - len(raw.lstrip()) if len(words) < len(raw) else start
        text = _new(Text, (words, _FROM_NOUGHT, (begin,), (len(words),)))
        found.append(tidy(text) if "  " in words else text)
    return found


def _instead(kind: str, found: str) -> str:
    """What the plain text has in place of a mark."""
    if kind == "escape":
        return found[1:]
    if kind == "power":
        return "2" if found == "²" else "3"
    if kind == "lowered":
        return found.strip().translate(_SUBSCRIPTS)
    if kind == "entity":
        shown = unescape(found)
        return _REPLACED.get(shown, shown)
    if kind == "tag" and re.match(r"<\s*(br|p|div|li|td|tr)\b", found, re.IGNORECASE):
        return " "
    return ""
