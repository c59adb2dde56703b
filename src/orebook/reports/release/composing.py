"""Composing: a release from its template: what it asks for is placed, numbered, and marked where it looks ahead."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from orebook.reports.drawings.svg import Drawing
from orebook.reports.layouts import LayoutError, instead
from orebook.reports.printed import Passage, Printed, PrintedTable
from orebook.reports.release.blocks import parts_of
from orebook.reports.release.draft import FORWARD, Draft, Part, Plate
from orebook.reports.release.forward import looks_forward
from orebook.reports.release.placing import Placer, Tables, clean
from orebook.reports.said import Said
from orebook.reports.templating import ENDING, Shelf, rendered

ROOM = "orebook.reports.release.templates"
CAUTIONS = "cautions"
UNFINISHED = "[to be completed: {what}]"
_NUMBERED = re.compile(r"(?P<name>(?:Table|Figure) \d{1,3})\b")
_KINDS = {PrintedTable: "Table", Plate: "Figure"}


@dataclass(frozen=True)
class Source:
    """What a release is told from.

    ``tables`` are the parts of results, ``pages`` makes a page by its name and ``drawings`` a drawing; both raise
    ``LayoutError`` for a name that means nothing, and drawings that cannot be drawn are nothing. ``words`` is what else
    templates may say, each word with figures as ``Said``; ``period`` the label of the period that it is about, if any.
    """

    doc: str
    kind: str
    tables: Tables
    pages: Callable[[str], Printed]
    drawings: Callable[[str, str], Drawing | None]
    words: Mapping[str, Any] = field(default_factory=dict)
    period: str = ""


def compose(source: Source, shelf: Shelf) -> Draft:
    """The draft that a template makes of what it is told.

    Raises ``LayoutError`` with file and line where the template is wrong.
    """
    desk = _Desk(source)
    told = desk.told()
    text = rendered(shelf, source.kind + ENDING, told)
    ahead = any(isinstance(part, Passage) and looks_forward(part.text) for part in parts_of(text, desk.placer))
    if desk.wants_cautions:
        cautions = rendered(shelf, CAUTIONS + ENDING, {**told, "forward": ahead})
        text = text.replace(desk.placer.name(CAUTIONS), _BREAK + cautions)
    return desk.draft(text)


_BREAK = "\n\n\uf000\n\n"
"""Behind it stand the cautions, which speak of looking ahead and do not look ahead themselves."""


class _Desk:
    """A release that is being written: what was placed, and what is still to be said."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.placer = Placer(source.tables)
        self.unfinished: dict[str, None] = {}
        self.names: dict[int, str] = {}
        self.wants_cautions = False

    def told(self) -> dict[str, Any]:
        """All that a template may use."""
        return {
            **{name: self._spoken(words) for name, words in self.source.words.items()},
            "number": self.placer.number,
            "table": self.table,
            "page": self.page,
            "drawing": self.drawing,
            "ref": self.placer.name,
            "todo": self.todo,
            CAUTIONS: self.cautions,
        }

    def _spoken(self, words: Any) -> Any:
        """Words for a template: sayings leave their marks, nothing else means anything."""
        if isinstance(words, Said):
            return self.placer.say(words)
        if isinstance(words, str):
            return clean(words)
        if isinstance(words, Mapping):
            return {key: self._spoken(value) for key, value in words.items()}
        if isinstance(words, Sequence):
            return [self._spoken(each) for each in words]
        return words

    def todo(self, what: str) -> str:
        """A gap that only a person can fill, visible to everybody."""
        self.unfinished[clean(what)] = None
        return UNFINISHED.format(what=clean(what))

    def cautions(self) -> str:
        """The place of the cautions."""
        self.wants_cautions = True
        return f"\n\n{self.placer.name(CAUTIONS)}\n\n"

    def table(self, name: str, caption: str = "", ref: str = "") -> str:
        """The tables of a page, under this caption where its layout has none."""
        made = self.source.pages(name)
        marks = []
        for table in made.tables():
            shown = table if table.caption else replace(table, caption=caption)
            marks.append(self._named(shown, ref or name))
        return "".join(marks)

    def page(self, name: str, only: str = "", captions: Mapping[str, str] | None = None) -> str:
        """The parts of a page: all of them, or its ``sentences`` or ``tables`` only.

        ``captions`` are put before the captions of tables by their names.
        """
        if only not in ("", "sentences", "tables"):
            raise LayoutError(f"only is {only!r}; {instead(only, ['sentences', 'tables'])}")
        made = self.source.pages(name)
        kept = [part for part in made.parts if not only or isinstance(part, Passage) == (only == "sentences")]
        return "".join(
            self._named(_headed(part, (captions or {}).get(part.name, "")), part.name)
            if isinstance(part, PrintedTable)
            else self.placer.part(part)
            for part in kept
        )

    def drawing(self, name: str, caption: str = "", ref: str = "", of: str = "") -> str:
        """A drawing with its caption; nothing where it cannot be drawn."""
        found = self.source.drawings(name, of)
        if found is None:
            return ""
        return self._named(Plate(ref or name, caption or found.caption or found.title, found), ref or name)

    def _named(self, part: Part, name: str) -> str:
        mark = self.placer.part(part)
        self.names[id(part)] = name
        return mark

    def draft(self, text: str) -> Draft:
        """The draft of a text: its parts, those with captions numbered, those that look ahead marked."""
        numbers: dict[str, str] = {}
        known = self.names
        first = _captioned(list(parts_of(text, self.placer)))
        for part, caption in first:
            numbers.setdefault(known.get(id(part), ""), caption.partition(":")[0])
        captions = {id(part): caption for part, caption in first}

        def called(name: str) -> str:
            if name not in numbers:
                raise LayoutError(f"ref({name!r}): nothing of that name stands in the release")
            return numbers[name]

        parts: list[Part] = []
        body = True
        for part in parts_of(text, self.placer, called):
            if isinstance(part, Passage):
                body = body and part.text != _BREAK.strip()
                if part.text != _BREAK.strip():
                    parts.append(_ahead(part) if body else part)
            else:
                caption = captions.get(id(part), part.caption)
                ahead = isinstance(part, PrintedTable) and body and looks_forward(caption, table=True)
                caption = self.placer.said(caption, called).text
                parts.append(replace(part, caption=caption + FORWARD if ahead else caption))
        title = next((part.text for part in parts if isinstance(part, Passage) and part.kind == "title"), "")
        gaps = tuple(self.unfinished)
        return Draft(self.source.doc, self.source.kind, tuple(parts), title, gaps, period=self.source.period)


def _headed(table: PrintedTable, caption: str) -> PrintedTable:
    """A table with words before its caption."""
    if not caption:
        return table
    own = f", {table.caption[:1].lower()}{table.caption[1:]}" if table.caption else ""
    return replace(table, caption=clean(caption) + own)


_SENTENCE = re.compile(r"(?<=[a-z0-9%)\]][.!?]) (?=[A-Z\[])")
"""Between two sentences."""


def _ahead(part: Passage) -> Passage:
    """A passage with the sign behind each sentence that looks ahead; a title and a heading say what they say."""
    if part.kind in ("title", "heading") or not looks_forward(part.text):
        return part
    ends = [found.start() for found in _SENTENCE.finditer(part.text)] + [len(part.text)]
    text, at, figures = "", 0, list(part.figures)
    for end in ends:
        sentence = part.text[at:end]
        text += sentence
        at = end
        if looks_forward(sentence):
            figures = [each.shifted(1) if each.start >= len(text) else each for each in figures]
            text += FORWARD
    return replace(part, text=text, figures=tuple(figures), forward=True)


def _captioned(parts: Sequence[Part]) -> list[tuple[Part, str]]:
    """Tables and pictures with their captions, each with a number of its own: the one it says, or the next free one."""
    shown = [part for part in parts if isinstance(part, PrintedTable | Plate)]
    said = {found["name"] for part in shown if (found := _NUMBERED.match(part.caption))}
    captions: list[tuple[Part, str]] = []
    counts = dict.fromkeys(_KINDS.values(), 0)
    for part in shown:
        kind = _KINDS[type(part)]
        own = _NUMBERED.match(part.caption)
        if own is None:
            counts[kind] += 1
            while f"{kind} {counts[kind]}" in said:
                counts[kind] += 1
            captions.append((part, f"{kind} {counts[kind]}: {part.caption}".rstrip(": ")))
        else:
            captions.append((part, part.caption))
    return captions
