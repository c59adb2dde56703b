"""Styles and lists: what the name of a style means for a paragraph, and the number or point that stands before it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from orebook.reading.docx.archive import Reading
from orebook.reading.docx.names import W, leading
from orebook.reading.docx.xml import Element, parsed
from orebook.reading.formats import UnreadableError

_HEADING = re.compile(r"heading (\d)")
_OUTLINE, _NUMBERED = f"{W}outlineLvl", f"{W}numPr"
_NAME = re.compile(rb'xmlns:w="[^"]{1,200}"')
_ESCAPED = re.compile(r"[&<>\"]")
_SHOWN = re.compile(rb'<w:name w:val="([^"&<\x00-\x1f\x7f-\xff]{0,200})"/>')
_BASED = re.compile(rb'<w:basedOn w:val="([^"&<\x00-\x1f\x7f-\xff]{0,200})"/>')
_LEVEL = re.compile(rb'<w:outlineLvl w:val="([0-9])"/>')
_UNPLAIN = (b"!", b"<w:numPr", b"Change", b"<w:tblStylePr")
"""In a style these say more than its words alone: comments, lists, what was before a change, parts of tables."""

_PIECE = 8 * 1024
_DEEPEST = 20
"""A style that rests on more styles than this rests on itself."""

_POINTED = frozenset({"bullet", "none"})
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says: its name, its outline level (from nought; -1 for none), its list and the level in it."""

    name: str = ""
    outline: int = -1
    number: str = ""
    level: int = 0

    @property
    def heading(self) -> int:
        """The level of the headings that it makes, from one; nought when it makes none."""
        if not self.name:
            return self.outline + 1
        named = _HEADING.fullmatch(self.name)
        if named:
            return int(named[1])
        if self.name in ("title", "subtitle"):
            return 1 if self.name == "title" else 2
        return self.outline + 1


_NONE = Style()


class _Said(NamedTuple):
    """What one style says itself: its name in small letters, the style that it rests on, its properties."""

    name: str
    based: str | None
    properties: Element | None = None
    outline: int | None = None


class Styles:
    """The styles of a file, each looked up when a paragraph names it: a file has hundreds and uses five."""

    def __init__(self, where: str, part: Callable[[], Reading | None]) -> None:
        self._where, self._part, self._data = where, part, b""
        self._known: dict[str, Style] = {}
        self._all: dict[str, Element] | None = None

    def style(self, name: str, depth: int = 0) -> Style:
        """What a style says, with what it takes over from the style that it rests on."""
        if name not in self._known:
            said = self._said(name)
            self._known[name] = Style() if said is None else self._rested(said, depth)
        return self._known[name]

    @cached_property
    def _reading(self) -> Reading | None:
        return self._part()

    def _rested(self, said: _Said, depth: int) -> Style:
        """What a style says, over what the style says that it rests on."""
        below = _NONE if said.based is None or depth >= _DEEPEST else self.style(said.based, depth + 1)
        name = below.name if not _kept(said.name) and _kept(below.name) else said.name
        outline = below.outline if said.outline is None else said.outline
        found = Style(name, outline, below.number, below.level)
        return found if said.properties is None else _over(found, said.properties)

    def _said(self, name: str) -> _Said | None:
        """What one style says: cut out where it stands as all programs write it, else looked for."""
        if not _ESCAPED.search(name):
            sign = b'w:styleId="' + name.encode("utf-8") + b'"'
            at = self._found(sign, 0)
            end = self._found(b"</w:style>", at) if at >= 0 else -1
            data = self._data
            begin, top = data.rfind(b"<w:style ", 0, max(at, 0)), data.find(b"<w:styles")
            if begin > top >= 0 and end >= 0 and b">" not in data[begin:at]:
                head = data[top : data.find(b">", top) + 1]
                return _plainly(data[begin:end]) or _read(self._cut(head, data[begin:end] + b"</w:style></w:styles>"))
        if self._all is None:
            self._found(b"\0", 0)
            styles = parsed(self._where, self._data).iter(f"{W}style") if self._data else ()
            self._all = {style.get(f"{W}styleId") or "": style for style in styles}
        return _read(self._all.get(name))

    def _cut(self, head: bytes, style: bytes) -> Element | None:
        """A style that was cut out; of the many names that the head declares most styles need only one."""
        named = _NAME.search(head)
        try:
            whole = parsed(self._where, (b"<w:styles " + named[0] + b">" if named else head) + style)
        except UnreadableError:
            whole = parsed(self._where, head + style)
        return next(iter(whole), None)

    def _found(self, sign: bytes, begin: int) -> int:
        """Where some bytes stand; of the part only as much is read as that takes, since most styles are never used."""
        at = self._data.find(sign, begin)
        while at < 0 and self._reading is not None:
            before = len(self._data)
            piece = self._reading.more(max(_PIECE, before // 2))
            if not piece:
                break
            self._data += piece
            at = self._data.find(sign, max(begin, before - len(sign)))
        return at


def _plainly(style: bytes) -> _Said | None:
    """What a style says that has a name, says nothing of lists, and is written as all programs write it.

    Most are such, and looking at their bytes takes a tenth of the time that it takes to parse them.
    """
    if any(odd in style for odd in _UNPLAIN):
        return None
    name, based, level = _SHOWN.search(style), _BASED.search(style), _LEVEL.search(style)
    counts = style.count(b"<w:name"), style.count(b"<w:basedOn"), style.count(b"<w:outlineLvl")
    if name is None or counts != (1, based is not None, level is not None):
        return None
    outline = None if level is None else int(level[1]) if level[1] != b"9" else -1
    return _Said(name[1].decode().lower(), based[1].decode() if based else None, None, outline)


def _read(style: Element | None) -> _Said | None:
    """What the element of a style says."""
    if style is None:
        return None
    named, based = style.find(f"{W}name"), style.find(f"{W}basedOn")
    return _Said(
        ((named.get(f"{W}val") if named is not None else None) or "").lower(),
        None if based is None else based.get(f"{W}val") or "",
        style.find(f"{W}pPr"),
    )


def _kept(name: str) -> bool:
    """Whether a name means something to us."""
    return bool(_HEADING.fullmatch(name)) or name in ("title", "subtitle", "caption") or name.startswith("toc ")


def _over(style: Style, said: Element) -> Style:
    """A style with what a paragraph says of itself."""
    for child in said:
        tag = child.tag
        if tag == _OUTLINE:
            level = _whole(child.get(f"{W}val"), 9)
            style = replace(style, outline=level if level < 9 else -1)
        elif tag == _NUMBERED:
            named, deep = child.find(f"{W}numId"), child.find(f"{W}ilvl")
            if named is not None:
                style = replace(style, number=named.get(f"{W}val") or "")
            if deep is not None:
                style = replace(style, level=_whole(deep.get(f"{W}val"), 0))
    return style


def said_by(styles: Styles, said: Element | None) -> Style:
    """The style of a paragraph with what the paragraph itself says over it."""
    if said is None:
        return _NONE
    named = leading(said, f"{W}pStyle")
    style = _NONE if named is None else styles.style(named.get(f"{W}val") or "")
    return style if len(said) == (named is not None) else _over(style, said)


def _whole(words: str | None, otherwise: int) -> int:
    return int(words) if words is not None and words.isdecimal() and len(words) < 5 else otherwise


@dataclass(slots=True)
class _Level:
    """One level of a list: how it counts, how it looks, where it begins."""

    form: str = "decimal"
    looks: str = ""
    first: int = 1


class Lists:
    """The lists of a file, and how far each has counted."""

    def __init__(self, where: str, part: Callable[[], bytes | None]) -> None:
        self._where, self._part = where, part
        self._levels: dict[str, dict[int, _Level]] = {}
        self._kinds: dict[str, str] = {}
        self._forms: dict[str, Element] = {}
        self._numbers: dict[str, Element] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        self._is_read = False

    def label(self, number: str, level: int) -> str:
        """The number or point of the next paragraph of a list; nothing for what is no list.

        ``number`` is the name of the list, ``level`` the depth, from nought.
        """
        if not self._is_read:
            self._is_read = True
            data = self._part()
            if data:
                self._read(parsed(self._where, data))
        said = self._numbers.get(number)
        if said is None or number == "0":
            return ""
        if number not in self._kinds:
            of = said.find(f"{W}abstractNumId")
            self._kinds[number] = (of.get(f"{W}val") if of is not None else None) or ""
        kind = self._kinds[number]
        level = min(max(level, 0), 8)
        levels = self._leveled(kind)
        counts = self._counts.setdefault(kind, [None] * 9)
        if number not in self._begun:
            self._begun.add(number)
            for at, first in dict(_restarts(said)).items():
                counts[at:] = [first - 1] + [None] * (8 - at)
        mine = levels.get(level, _Level())
        before = counts[level]
        counts[level] = mine.first if before is None else before + 1
        counts[level + 1 :] = [None] * (8 - level)
        if mine.form in _POINTED:
            return "•" if mine.form == "bullet" else ""
        return _PLACE.sub(lambda found: _counted(levels, counts, int(found[1]) - 1), mine.looks)

    def _read(self, root: Element) -> None:
        """Keep where the lists stand; each is looked at when a paragraph names it, since a file has dozens."""
        self._forms = {form.get(f"{W}abstractNumId") or "": form for form in root.iter(f"{W}abstractNum")}
        self._numbers = {number.get(f"{W}numId") or "": number for number in root.iter(f"{W}num")}

    def _leveled(self, kind: str) -> dict[int, _Level]:
        """The levels of a kind of list by their depth."""
        if kind not in self._levels:
            form = self._forms.get(kind)
            levels = () if form is None else form.iter(f"{W}lvl")
            self._levels[kind] = {_whole(level.get(f"{W}ilvl"), 0): _level(level) for level in levels}
        return self._levels[kind]


def _level(level: Element) -> _Level:
    said = {key: level.find(f"{W}{key}") for key in ("numFmt", "lvlText", "start")}
    values = {key: (found.get(f"{W}val") if found is not None else None) for key, found in said.items()}
    form = "decimal" if values["numFmt"] is None else values["numFmt"]
    return _Level(form, values["lvlText"] or "", _whole(values["start"], 1))


def _restarts(number: Element) -> Iterator[tuple[int, int]]:
    """Yield the levels at which a list begins anew, and with which number."""
    for level in number.iter(f"{W}lvlOverride"):
        first = level.find(f"{W}startOverride")
        at = _whole(level.get(f"{W}ilvl"), 0)
        if first is not None and at < 9:
            yield at, _whole(first.get(f"{W}val"), 1)


def _counted(levels: dict[int, _Level], counts: list[int | None], at: int) -> str:
    """A number of a list as its level writes it."""
    level = levels.get(at, _Level())
    count = counts[at]
    return written(level.form, level.first if count is None else count)


def written(form: str, count: int) -> str:
    """A count in figures, letters or Roman numerals, as a word processor names the forms.

    >>> [written(form, 4) for form in ("decimal", "lowerRoman", "upperLetter", "decimalZero")]
    ['4', 'iv', 'D', '04']
    """
    if form in ("lowerLetter", "upperLetter") and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 9)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < count < 5000:
        roman, rest = "", count
        for value, letters in _ROMAN:
            roman += letters * (rest // value)
            rest %= value
        return roman if form == "lowerRoman" else roman.upper()
    return f"{count:02d}" if form == "decimalZero" else str(count)
