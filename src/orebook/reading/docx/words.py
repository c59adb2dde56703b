"""Words: what a paragraph says, as somebody sees it on the page who accepts all that was changed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from orebook.reading.docx.names import (
    ALTERNATIVES,
    AROUND,
    CHOICE,
    DELETED,
    FORMULA,
    FORMULA_LOWERED,
    FORMULA_RAISED,
    FORMULA_TEXT,
    FRACTION_BELOW,
    INSERTED,
    ODD,
    RUN,
    TEXT,
    W,
    is_on,
)
from orebook.reading.docx.signs import lowered, of_font, raised
from orebook.reading.docx.xml import Element

_SAID, _PROPERTIES, _BOX = f"{W}pPr", f"{W}rPr", f"{W}txbxContent"
_LOOKS = {f"{W}vanish": "hidden", f"{W}b": "bold", f"{W}vertAlign": "shape", f"{W}rFonts": "font"}
_SHAPES: dict[str, Callable[[str], str]] = {"superscript": raised, "subscript": lowered}
_PLAIN = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
}
_FIELD, _ORDER, _SHOWN = f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_OWN_MARKS = frozenset({f"{W}footnoteRef", f"{W}endnoteRef"})
_PICTURED = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
_PAGED = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
"""Fields that count pages: which page something stands on is nothing that it says."""


@dataclass(slots=True)
class Said:
    """What a paragraph says: its words, whether all are bold, notes that it points to, boxes that hang on it."""

    pieces: list[str] = field(default_factory=list)
    bold: bool = True
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words with tabs and line breaks."""
        return "".join(self.pieces)


@dataclass(slots=True)
class Speech:
    """Reads paragraph after paragraph, and counts what the file has to be remarked.

    ``marks`` gives the number of a note by its kind and its name in the file, ``own`` is the mark of the note that is
    read; ``signs`` says whether the part may hold letters in fonts of signs, ``tracked`` whether anything was deleted.
    """

    marks: Callable[[str, str], int]
    own: str = ""
    signs: bool = True
    tracked: bool = True
    inserted: int = 0
    deleted: int = 0
    pictures: int = 0
    _fields: list[str] = field(default_factory=list)

    def of(self, paragraph: Element) -> Said:
        """What a paragraph says."""
        said = Said([], True, [], [])
        self._through(paragraph, said)
        return said

    def is_plain(self, table: Element) -> bool:
        """Whether the cells of a table hold nothing but words in runs: then one need not look at every run."""
        if self._fields or self.signs:
            return False
        odd = table.iter(*ODD)
        return next(odd, None) is table and next(odd, None) is None

    def _through(self, around: Element, said: Said) -> None:
        for child in around:
            tag = child.tag
            if tag == RUN:
                self._run(child, said)
            elif tag == _SAID:
                continue
            elif tag in DELETED:
                self.deleted += 1
            elif tag == _SHOWN and _order(child.get(f"{W}instr")) in _PAGED:
                continue
            elif tag in AROUND:
                self.inserted += tag in INSERTED
                self._through(child, said)
            elif tag == ALTERNATIVES:
                for choice in _chosen(child):
                    self._through(choice, said)
            elif tag == FORMULA:
                said.pieces.extend(_formula(child))

    def _run(self, run: Element, said: Said) -> None:
        """A run: words of one look."""
        shape: Callable[[str], str] | None = None
        bold, font = False, ""
        for child in run:
            tag = child.tag
            if tag == TEXT:
                words = child.text
                if words and not (self._fields and self._counts_pages()):
                    if "\n" in words:
                        words = words.replace("\n", " ")
                    if font or not words.isascii():
                        words = of_font(font, words)
                    said.pieces.append(shape(words) if shape else words)
                    if not bold and said.bold and not words.isspace():
                        said.bold = False
            elif tag == _PROPERTIES:
                for property_ in child:
                    kind = _LOOKS.get(property_.tag)
                    if kind == "hidden" and is_on(property_):
                        return
                    if kind == "bold":
                        bold = is_on(property_)
                    elif kind == "shape":
                        shape = _SHAPES.get(property_.get(f"{W}val") or "")
                    elif kind == "font" and self.signs:
                        font = _font(property_)
            elif tag in _PLAIN:
                said.pieces.append(_PLAIN[tag])
            else:
                self._odd(child, said)

    def _odd(self, child: Element, said: Said) -> None:
        """What is no text: signs, fields, notes, pictures with words in them."""
        tag = child.tag
        if tag == f"{W}sym":
            said.pieces.append(_sign(child))
        elif tag == _ORDER:
            if self._fields:
                self._fields[-1] += child.text or ""
        elif tag == _FIELD:
            kind = child.get(f"{W}fldCharType")
            if kind == "begin":
                self._fields.append("")
            elif kind == "end" and self._fields:
                self._fields.pop()
        elif tag in _NOTES:
            said.notes.append((_NOTES[tag], child.get(f"{W}id") or ""))
            if child.get(f"{W}customMarkFollows") in (None, "0", "false"):
                said.pieces.append(raised(str(self.marks(*said.notes[-1]))))
        elif tag in _OWN_MARKS:
            said.pieces.append(self.own)
        elif tag in _PICTURED or tag == ALTERNATIVES:
            boxes = [box for part in _chosen(child) for box in part.iter(_BOX) if _outermost(box, part)]
            said.boxes.extend(boxes)
            self.pictures += not boxes

    def _counts_pages(self) -> bool:
        return any(_order(order) in _PAGED for order in self._fields)


def _order(words: str | None) -> str:
    """What a field does: the first word of its order."""
    return (words or "").split(None, 1)[0].upper() if words and not words.isspace() else ""


def _chosen(element: Element) -> Iterator[Element]:
    """Of things said twice, for new programs and for old ones, the first only."""
    if element.tag != ALTERNATIVES:
        yield element
        return
    found = element.find(CHOICE)
    yield from [found] if found is not None else element


def _outermost(box: Element, top: Element) -> bool:
    """Whether a box lies in no other box, and in nothing that old programs are given instead."""
    around = box.getparent()
    while around is not None and around is not top:
        if around.tag == _BOX or around.tag.endswith("}Fallback"):
            return False
        around = around.getparent()
    return True


def _font(fonts: Element) -> str:
    """The name of a font of signs; nothing for fonts of letters."""
    name = fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
    return name if name.lower().startswith(("symbol", "wingdings")) else ""


def _sign(element: Element) -> str:
    """A single sign of a font."""
    code = element.get(f"{W}char") or ""
    try:
        return of_font(element.get(f"{W}font") or "", chr(int(code, 16)))
    except (ValueError, OverflowError):
        return ""


def _formula(element: Element) -> Iterator[str]:
    """Yield the words of a formula, its exponents raised and its fractions with a stroke."""
    for child in element:
        tag = child.tag
        if tag == FORMULA_TEXT:
            yield child.text or ""
        elif tag == FORMULA_RAISED:
            yield raised("".join(_formula(child)))
        elif tag == FORMULA_LOWERED:
            yield lowered("".join(_formula(child)))
        elif tag == FRACTION_BELOW:
            yield "/"
            yield from _formula(child)
        else:
            yield from _formula(child)
