"""JSX: the sources of pages that are written as programs, with their data beside their words."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from orebook.ground.source import Document
from orebook.reading.layout import Block, Layout
from orebook.reading.layout.arrays import array_table, arrays
from orebook.reading.layout.blocks import table_block
from orebook.reading.layout.boilerplate import settle
from orebook.reading.layout.captions import bind
from orebook.reading.layout.markup import page_blocks
from orebook.reading.layout.quoted import OPENING, Quoted
from orebook.reading.layout.tags import Tag
from orebook.reading.text import inline, tidy

_SUFFIXES = (".tsx", ".jsx")
_CODE = re.compile(rf"(?P<quoted>{OPENING})|(?P<sign>[{{}}]|<(?=[A-Za-z>]))")
_WORDS = re.compile(r"[<{]")
_NAME = re.compile(r"</?(?P<name>[A-Za-z][\w.:-]{0,80})?")
_BARE = re.compile(r"<(?P<closing>/?)(?P<name>[A-Za-z][a-z\d]{0,80})>")
"""A tag that holds nothing but its name, as most do."""
_ATTRIBUTE = re.compile(
    r"(?P<span>colSpan|rowSpan|colspan|rowspan)\s{0,3}=\s{0,3}[{\"']?(?P<count>\d{1,4})"
    r"|(?P<quoted>[\"'`])|(?P<sign>[{}]|/?>)"
)
_SAID = re.compile(r"\{\s{0,20}(?P<quote>[\"'])(?P<said>[^\"'\\\n]*)(?P=quote)\s{0,20}\}")
_BEFORE_ELEMENT = (*"([?:&|,{=>", "return")
_OBJECT = re.compile(r"=\s{0,3}\{[^{}\[\]]{20,4000}\}")
_META = re.compile(r"\b(?P<key>title|headline|date|datePublished)\s{0,3}:\s{0,20}\"(?P<said>[^\"\\\n]{3,500})\"")
_MAPPED = re.compile(r"\b(?P<name>[A-Za-z_$][\w$]{0,80})(?:\.\w+\([^()\n]{0,80}\)){0,3}\.map\(")
_FIELD = re.compile(r"\{\s{0,20}[A-Za-z_$][\w$]{0,40}\.(?P<key>[A-Za-z_$][\w$]{0,80})")


def recognises(name: str, head: bytes) -> bool:
    """Whether a file is the source of a page: by its name."""
    return bool(head) and name.lower().endswith(_SUFFIXES)


def read(document: Document) -> Layout:
    """The blocks of a page source, the arrays of its data first.

    >>> data = 'const r = [{ hole: "A1", au: 1.2 }, { hole: "A2", au: 0.9 }];'
    >>> page = data + ' export default () => (<p>Two {"new"} holes</p>);'
    >>> [(block.kind, block.plain) for block in read(Document("a.tsx", page)).blocks]
    [('table', ''), ('heading', 'Two new holes')]
    """
    tags = list(elements(document.text))
    first = next((tag.start for tag in tags if tag.name), len(document.text))
    printed = _printed(document, tags)
    data = list(arrays(document.text))
    tables = {array.name: table_block(array_table(document, array, _heads(printed, array.name))) for array in data}
    names = {shown.start: shown.array for shown in printed}
    found = _said_of_page(document.text, first)
    found.extend(block for name, block in tables.items() if name not in names.values())
    for block in page_blocks(document, tags):
        if block.table is not None and block.table.start in names:
            block = tables.get(names[block.table.start], block)
        if block.table is None or any(row.cells for row in block.table.rows):
            found.append(block)
    found = bind(document.text, found)
    settle(found)
    return Layout(document, found)


def _said_of_page(text: str, end: int) -> list[Block]:
    """Title and date, where the source keeps them apart from the page."""
    for told in _OBJECT.finditer(text, 0, end):
        said = {meta["key"]: meta.span("said") for meta in _META.finditer(text, told.start(), told.end())}
        title = said.get("title") or said.get("headline")
        if title:
            date = said.get("date") or said.get("datePublished")
            found = [Block("title", tidy(inline(text, *title)))]
            return [*found, Block("paragraph", tidy(inline(text, *date)))] if date else found
    return []


def elements(text: str) -> Iterator[Tag]:
    """Every element's tags; a stretch of code is a tag without a name."""
    at, begin, braces = 0, 0, 0
    depths: list[int] = []
    waiting: list[int] = []
    quoted = Quoted(text)
    while at < len(text):
        if not depths or depths[-1] < 0:
            code = _CODE.search(text, at)
            if code is None:
                break
            at = code.end()
            if code["quoted"]:
                at = quoted.end(code.start())
                continue
            if code["sign"] == "<":
                if text[max(begin, code.start() - 200) : code.start()].rstrip().endswith(_BEFORE_ELEMENT):
                    yield Tag("", False, begin, code.start())
                    depths.append(0)
                    at = code.start()
            elif code["sign"] == "{":
                braces += 1
            elif braces:
                braces -= 1
            elif waiting:
                depths.pop()
                braces = waiting.pop()
                yield Tag("", False, begin, at)
            continue
        words = _WORDS.search(text, at)
        if words is None:
            return
        at = words.start()
        said = _SAID.match(text, at)
        if said:
            yield Tag("", False, at, said.start("said"))
            yield Tag("", False, said.end("said"), said.end())
            at = said.end()
        elif words[0] == "{":
            depths.append(-1)
            waiting.append(braces)
            begin, braces, at = at, 0, at + 1
        else:
            tag, closed = _tag(text, at, quoted)
            yield tag
            at = tag.end
            depths[-1] += -1 if tag.closing else (0 if closed else 1)
            if depths[-1] <= 0:
                depths.pop()
                begin = at
    yield Tag("", False, begin, len(text))


def _tag(text: str, start: int, quoted: Quoted) -> tuple[Tag, bool]:
    """The tag that starts here, and whether it closes itself."""
    if bare := _BARE.match(text, start):
        name = bare["name"]
        return Tag(name if name[0].islower() else "div", bare["closing"] == "/", start, bare.end()), False
    named = _NAME.match(text, start)
    name = (named["name"] or "") if named else ""
    closing = text.startswith("</", start)
    attributes: dict[str, str] = {}
    braces = 0
    at = named.end() if named else start + 1
    while found := _ATTRIBUTE.search(text, at):
        at = quoted.end(found.start()) if found["quoted"] else found.end()
        if found["span"] and not braces:
            attributes[found["span"].lower()] = found["count"]
        sign = found["sign"]
        if sign == "{":
            braces += 1
        elif sign == "}":
            braces -= 1
        elif sign and braces <= 0:
            known = name.lower() if name[:1].islower() else "div" if name else ""
            return Tag(known, closing, start, found.end(), attributes), sign == "/>"
        if found["span"] and text[found.end("count") - len(found["count"]) - 1] == "{":
            braces += 1
    return Tag(name.lower(), closing, start, len(text), attributes), True


class _Printed(NamedTuple):
    """A table that prints an array row by row: where it starts, which array, the keys and the words above them."""

    start: int
    array: str
    keys: list[str]
    words: list[str]


def _printed(document: Document, tags: Sequence[Tag]) -> list[_Printed]:
    """Every table of the page that is filled from an array."""
    found: list[_Printed] = []
    current = _Printed(0, "", [], [])
    for at, tag in enumerate(tags):
        if tag.name == "table":
            if tag.closing and current.array:
                found.append(current)
            current = _Printed(tag.start, "", [], [])
        elif tag.name in ("th", "td") and not tag.closing:
            end = next((t.start for t in tags[at + 1 : at + 60] if t.name == tag.name and t.closing), tag.end)
            if tag.name == "th":
                current.words.append(tidy(inline(document.text, tag.end, end)).plain)
            else:
                field = _FIELD.search(document.text, tag.end, end)
                current.keys.append(field["key"] if field else "")
        elif not tag.name and not current.array:
            mapped = _MAPPED.search(document.text, tag.start, tag.end)
            current = current._replace(array=mapped["name"] if mapped and current.words else "")
    return found


def _heads(printed: Sequence[_Printed], name: str) -> dict[str, str]:
    """The words that the page prints over the keys of an array."""
    for shown in printed:
        if shown.array == name and len(shown.keys) == len(shown.words):
            return {key: said for key, said in zip(shown.keys, shown.words, strict=True) if key and said}
    return {}
