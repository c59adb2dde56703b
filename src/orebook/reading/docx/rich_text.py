"""RTF files: their words, paragraphs and tables, written as those of other word processors are."""

import codecs
import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from orebook.reading.docx.signs import lowered, raised
from orebook.reading.docx.styles import Lists, Style, Styles
from orebook.reading.docx.walk import Story, Walk
from orebook.reading.docx.words import Said
from orebook.reading.formats import UnreadableError
from orebook.reading.paged import Cell, PagedDocument, Word

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<byte>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z'])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]{1,65536})|[\r\n]+"
)
_ELSEWHERE = frozenset(
    (
        b"fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf "
        b"generator xmlnstbl listtable listoverridetable revtbl rsidtbl themedata colorschememapping datastore "
        b"latentstyles fldinst shppict nonshppict pntext bkmkstart bkmkend private annotation atnid atnauthor"
    ).split()
)
"""Groups that hold nothing of what the page says; ``listtext`` holds the number of a list as it is printed."""

_SIGNS = {
    b"tab": "\t", b"line": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " ", b"nestcell": " ", b"softline": " ",
}  # fmt: skip
_ODD = {b"~": "\u00a0", b"_": "\u2011", b"-": "", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n", b"\r": "\n"}
_SAME = 40
"""Edges of cells that lie nearer than this (twentieths of a point) are one."""
_DEEPEST = 500
_MOST_CELLS = 2_000_000


@dataclass(slots=True)
class _Look:
    """How words look, in a group and those within it."""

    unread: bool = False
    hidden: bool = False
    bold: bool = False
    height: int = 0
    skipped: int = 1


@dataclass(slots=True)
class _Row:
    """A row of a table: the right edges of its cells, which go on from a cell beside or above, and their words."""

    edges: list[int] = field(default_factory=list)
    beside: list[bool] = field(default_factory=list)
    below: list[bool] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def opened(name: str, data: bytes) -> PagedDocument:
    """The document in an RTF file; paragraphs and cells are its places.

    Raises ``UnreadableError`` for a file without words, or with groups without end.
    """
    document = _Reading(name).document(data)
    if not document.text.strip():
        raise UnreadableError("no text in the file", name, "give it as PDF or DOCX")
    return document


class _Reading:
    """The reading of one file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.walk = Walk(Styles(name, lambda: None), Lists(name, lambda: None), {})
        self.story = Story()
        self.looks = [_Look()]
        self.said = Said()
        self.outline, self.in_table, self.page, self.skip = -1, False, "cp1252", 0
        self.row, self.rows = _Row(), list[_Row]()
        self.cells = self.notes = 0
        self.hosts: list[tuple[int, Said]] = []
        self.noted: list[tuple[int, Said]] = []

    def document(self, data: bytes) -> PagedDocument:
        """Read word after word."""
        first = False
        for found in _TOKEN.finditer(data):
            kind = found.lastgroup
            if kind == "brace":
                first = self._group(found[0])
                continue
            if kind in ("word", "number"):
                word = found["word"]
                number = int(found["number"]) if found["number"] is not None else None
                if first and word in _ELSEWHERE:
                    self.looks[-1].unread = True
                self._order(word, number)
            elif kind == "sign":
                if found["sign"] == b"*":
                    self.looks[-1].unread = True
                else:
                    self._say(_ODD.get(found["sign"], ""))
            elif kind == "byte":
                self._bytes(bytes([int(found["byte"], 16)]))
            elif kind == "text":
                self._bytes(found["text"])
            first = first and kind == "sign"
        self._paragraph()
        self._table()
        self.walk.story((), self.story)
        return self.walk.writer.document(self.name, "rtf")

    def _group(self, brace: bytes) -> bool:
        """A group begins or ends; whether what follows may name it."""
        if brace == b"{":
            if len(self.looks) > _DEEPEST:
                raise UnreadableError("groups within groups without end", self.name, "save it anew as DOCX")
            self.looks.append(replace(self.looks[-1]))
            return True
        if len(self.looks) > 1:
            self.looks.pop()
        if self.hosts and len(self.looks) < self.hosts[-1][0]:
            self.noted.append((self.notes, self.said))
            self.said = self.hosts.pop()[1]
        return False

    def _bytes(self, raw: bytes) -> None:
        """Letters in the code page of the file; those that stand for a letter given by its number are skipped."""
        if self.skip:
            raw, self.skip = raw[self.skip :], max(self.skip - len(raw), 0)
        self._say(raw.decode(self.page, "replace"))

    def _say(self, words: str) -> None:
        look = self.looks[-1]
        if not words or look.unread or look.hidden:
            return
        if not look.bold and not words.isspace():
            self.said.bold = False
        self.said.pieces.append(raised(words) if look.height > 0 else lowered(words) if look.height < 0 else words)

    def _order(self, word: bytes, number: int | None) -> None:
        """A word that is an order."""
        look = self.looks[-1]
        if word == b"u" and number is not None:
            self._say(chr(number & 0xFFFF) if not 0xD800 <= number & 0xFFFF < 0xE000 else "\ufffd")
            self.skip = look.skipped
        elif look.unread:
            return
        elif word in _SIGNS:
            self._say(_SIGNS[word])
        elif word in (b"par", b"sect", b"page"):
            self._paragraph()
        elif word == b"footnote":
            self.hosts.append((len(self.looks), self.said))
            self.said = Said()
        elif word == b"chftn":
            self.notes += not self.hosts
            self._say(str(self.notes))
        elif word in (b"cell", b"row", b"trowd", b"cellx", b"clmrg", b"clvmrg"):
            self._grid(word, number)
        else:
            self._look(word, number)

    def _look(self, word: bytes, number: int | None) -> None:
        """How the next words look, or what kind of paragraph they are."""
        look, on = self.looks[-1], number != 0
        if word == b"pard":
            self.in_table, self.outline = False, -1
        elif word == b"intbl":
            self.in_table = True
        elif word == b"outlinelevel":
            self.outline = number if number is not None and number < 9 else -1
        elif word == b"plain":
            look.bold, look.hidden, look.height = False, False, 0
        elif word == b"b":
            look.bold = on
        elif word in (b"v", b"deleted"):
            look.hidden = on
        elif word in (b"super", b"up", b"sub", b"dn", b"nosupersub"):
            look.height = 0 if not on or word == b"nosupersub" else 1 if word in (b"super", b"up") else -1
        elif word == b"uc":
            look.skipped = min(max(number or 0, 0), 8)
        elif word == b"ansicpg" and number:
            self.page = _code_page(number)

    def _grid(self, word: bytes, number: int | None) -> None:
        """A cell or row begins or ends."""
        row = self.row
        if word == b"trowd":
            row.edges, row.beside, row.below = [], [], []
        elif word in (b"clmrg", b"clvmrg"):
            marks = row.beside if word == b"clmrg" else row.below
            marks += [False] * (len(row.edges) - len(marks)) + [True]
        elif word == b"cellx":
            row.edges.append(number or 0)
        elif word == b"cell":
            row.words.append(" ".join(self.said.text.split()))
            self.said = Said()
            self.cells += 1
            if self.cells > _MOST_CELLS:
                raise UnreadableError("more cells than a document needs", self.name, "save it anew as DOCX")
        elif row.words:
            self.rows.append(row)
            self.row = _Row(list(row.edges), list(row.beside), list(row.below))

    def _paragraph(self) -> None:
        """A paragraph ends; in a cell it only parts words."""
        if self.in_table or self.hosts:
            self.said.pieces.append(" ")
            return
        self._table()
        said, self.said = self.said, Said()
        self.story.paragraphs += 1
        if said.text.strip():
            self.walk.write(said.text, said, Style(outline=self.outline), "", f"paragraph {self.story.paragraphs}")
        self._tell()

    def _tell(self) -> None:
        """Write the notes that the paragraph or table before them points to."""
        noted, self.noted = self.noted, []
        for number, said in noted:
            if said.text.strip():
                self.walk.write(said.text, said, Style(), "", f"footnote {number}, paragraph 1")

    def _table(self) -> None:
        """Write the rows that wait, as one table."""
        rows, self.rows = self.rows, []
        if not rows:
            return
        self.story.tables += 1
        edges = _columns(rows)
        self.walk.table([self._cells(row, edges, at) for at, row in enumerate(rows, 1)])
        self._tell()

    def _cells(self, row: _Row, edges: list[int], at: int) -> list[Cell]:
        cells: list[Cell] = []
        column = 0
        for number, words in enumerate(row.words):
            last = bisect_left(edges, row.edges[number] - _SAME) + 1 if number < len(row.edges) else column + 1
            span = max(last - column, 1)
            if not (_is(row.beside, number) or _is(row.below, number)):
                name = f"table {self.story.tables}, row {at}, cell {number + 1}"
                cells.append(Cell([Word(words, site=self.walk.at(name))] if words else [], column, span))
            column += span
        return cells


def _is(marks: list[bool], at: int) -> bool:
    return at < len(marks) and marks[at]


def _columns(rows: list[_Row]) -> list[int]:
    """The right edges of the columns of a table."""
    edges: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.edges}):
        if not edges or edge - edges[-1] > _SAME:
            edges.append(edge)
    return edges


def _code_page(number: int) -> str:
    """The name of a code page, if it is known."""
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "cp1252"
