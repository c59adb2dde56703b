"""Sheet: a document as a page shows it, with facts and findings in their place and both as lists beside it."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby
from typing import NamedTuple

from orebook.checks import catalogue
from orebook.checks.saying import between, figure
from orebook.desk.looking import ON_BOOK, Looked
from orebook.faces.web.papers.spans import Cut, Span, cut, segments
from orebook.faces.web.printed import way
from orebook.ground.fact import Fact, Words
from orebook.ground.finding import GRADES, Finding
from orebook.ground.source import Document, Source
from orebook.reading.layout import Block, Row, Table
from orebook.reading.text import Text
from orebook.reports.about import about
from orebook.reports.paper import shown
from orebook.reports.shapes import help_for

_BLANKS = str.maketrans("\n\r\t\v\f", "     ")
_FACT, _FINDING, _POINTED, _BOOK = "k", "f", "p", "b"
"""What the names of spans begin with: of facts, of findings, of a place that one came for, of figures of the book."""


class Piece(NamedTuple):
    """Some words of a block: ``look`` is how they are marked, the numbers say which findings and facts they are of.

    ``book`` is the number of the figure of the book that they print, nought for none.
    """

    words: str
    look: str = ""
    findings: tuple[int, ...] = ()
    facts: tuple[int, ...] = ()
    book: int = 0


class CellShown(NamedTuple):
    """A cell of a table as it stands in a page."""

    pieces: Sequence[Piece]
    span: int = 1
    heading: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table as it stands in a page: the rows of its head, its rows, and a caption that stands nowhere else."""

    name: str
    head: Sequence[Sequence[CellShown]]
    rows: Sequence[Sequence[CellShown]]
    caption: Sequence[Piece] = ()


@dataclass(frozen=True, slots=True)
class BlockShown:
    """A block as it stands in a page; ``page`` is the number of the page that begins with it, if one does."""

    number: int
    kind: str
    level: int
    part: str
    pieces: Sequence[Piece]
    table: TableShown | None = None
    page: int = 0


class PlaceShown(NamedTuple):
    """A place that a finding speaks of: what people call it, its words, and where it can be looked at."""

    name: str
    quote: str
    link: str
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding beside the document."""

    number: int
    said: Finding
    name: str
    agrees: str
    instead: str
    places: Sequence[PlaceShown]


class FactShown(NamedTuple):
    """A fact beside the document; ``agrees`` says that a check compared its figure with others and found no fault."""

    number: int
    measure: str
    figure: str
    about: str
    period: str
    place: str
    block: int
    agrees: bool = False

    @property
    def words(self) -> str:
        """All that is said of it, to be searched."""
        return f"{self.measure} {self.figure} {self.about} {self.period} {'agrees' * self.agrees}".casefold()


class BookShown(NamedTuple):
    """A figure of the book beside the document: the words that print it, what the book has, and whether they differ."""

    number: int
    words: str
    value: str
    address: str
    why: str
    place: str
    block: int
    differs: bool


@dataclass(frozen=True)
class Sheet:
    """A document as a page shows it."""

    blocks: Sequence[BlockShown]
    findings: Sequence[FindingShown]
    facts: Sequence[FactShown]
    counts: dict[str, int] = field(default_factory=dict)
    book: Sequence[BookShown] = ()

    @property
    def differing(self) -> int:
        """How many figures are not those of the book."""
        return sum(each.differs for each in self.book)

    def groups(self) -> Iterator[tuple[bool, list[BlockShown]]]:
        """Yield the blocks in runs, with whether they are the points of one list; a list ends with its page."""
        pages = accumulate(block.page > 0 for block in self.blocks)
        runs = zip(self.blocks, pages, strict=True)
        for (listed, _), some in groupby(runs, key=lambda run: (run[0].kind == "bullet", run[1])):
            yield listed, [block for block, _ in some]


Links = Callable[[Source], str]
"""Where a place in another document is shown, or nothing."""


def sheet(
    looked: Looked,
    links: Links,
    pointed: tuple[int, int] | None = None,
    agreed: Collection[Source] = frozenset(),
) -> Sheet:
    """A document laid out.

    ``links`` leads to places in others, ``pointed`` is a stretch that one came for, ``agreed`` are the places of
    figures that agree with others.
    """
    document, findings = looked.reading.document, looked.checked.findings
    marks = cut(_spans(looked, pointed))
    ground = _Ground(document, looked.layout.blocks)
    facts = [_fact(number, fact, ground, agreed) for number, fact in enumerate(looked.reading.facts, 1)]
    pieces = _Pieces(
        document, marks, [finding.grade for finding in findings], {one.number for one in facts if one.agrees}
    )
    return Sheet(
        list(_blocks(looked, pieces, ground)),
        [_finding(number, finding, ground, links) for number, finding in enumerate(findings, 1)],
        facts,
        {grade: sum(finding.grade == grade for finding in findings) for grade in reversed(GRADES)},
        list(_book(looked, ground)),
    )


def _spans(looked: Looked, pointed: tuple[int, int] | None) -> Iterator[Span]:
    document, facts = looked.reading.document, looked.reading.facts
    for number, finding in enumerate(looked.checked.findings, 1):
        for source in finding.sources:
            if source.doc == document.name:
                yield Span(source.start, source.end, f"{_FINDING}{number}")
    for number, fact in enumerate(facts, 1):
        if not _is_running(fact):
            yield Span(fact.source.start, fact.source.end, f"{_FACT}{number}")
    for number, placed in enumerate(looked.reading.placed, 1):
        yield Span(placed.start, placed.end, f"{_BOOK}{number}")
    if pointed is not None:
        yield Span(*pointed, _POINTED)


def _is_running(fact: Fact) -> bool:
    """Whether a fact is a stretch of text, such as a title, in which others stand."""
    return isinstance(fact.figure, Words) and fact.figure.unit == "text"


class _Pieces:
    """Makes pieces of the texts of one document."""

    def __init__(self, document: Document, marks: Cut, grades: Sequence[str], agreed: Collection[int]) -> None:
        self.text, self.marks, self.grades, self.agreed = document.text, marks, grades, agreed

    def __call__(self, text: Text) -> list[Piece]:
        return [self._piece(words, names) for words, names in segments(self.text, text, self.marks)]

    def _piece(self, words: str, names: tuple[str, ...]) -> Piece:
        if not names:
            return Piece(plain(words))
        findings = tuple(int(name[1:]) for name in names if name[0] == _FINDING)
        facts = tuple(int(name[1:]) for name in names if name[0] == _FACT)
        look = max((self.grades[number - 1] for number in findings), key=GRADES.index, default="")
        book = next((int(name[1:]) for name in names if name[0] == _BOOK), 0)
        if not findings:
            good = any(fact in self.agreed for fact in facts)
            look = " ".join(filter(None, ("fact" if facts else "", "good" if good else "", "booked" if book else "")))
        return Piece(plain(words), f"{look} pointed".strip() if _POINTED in names else look, findings, facts, book)


def plain(words: str) -> str:
    """Words of a document as a page can hold them: line breaks are blanks, nothing turns or hides the others.

    >>> plain("of\\n2.31%\\u202e Cu")
    'of 2.31% Cu'
    """
    if words.isprintable():
        return words
    return shown(words.translate(_BLANKS))


class _Ground:
    """Where the blocks of a document stand, and what people call a place."""

    def __init__(self, document: Document, blocks: Sequence[Block]) -> None:
        self.document = document
        begins = sorted((_start(block), number) for number, block in enumerate(blocks, 1))
        self.starts = [start for start, _ in begins]
        self.numbers = [number for _, number in begins]

    def block(self, start: int) -> int:
        """The number of the block that holds a place, or of the first."""
        at = bisect_right(self.starts, start) - 1
        return self.numbers[max(at, 0)] if self.numbers else 0

    def name(self, start: int, end: int) -> str:
        """What people call a place: its page or part where the file has any, and its paragraph."""
        block = f"¶ {self.block(start)}"
        places = self.document.places(start, min(max(end, start + 1), len(self.document.text)))
        if places and places[0].page:
            return f"page {places[0].page}, {block}"
        return block


def _start(block: Block) -> int:
    return block.table.start if block.table is not None else block.text.start


def _blocks(looked: Looked, pieces: _Pieces, ground: _Ground) -> Iterator[BlockShown]:
    """Yield the blocks of a document as they are shown."""
    document, last = ground.document, 0
    said = {block.text.start for block in looked.layout.blocks if block.plain}
    for number, block in enumerate(looked.layout.blocks, 1):
        start = _start(block)
        places = document.places(start, min(start + 1, len(document.text)))
        page = places[0].page if places and places[0].page != last else 0
        last = page or last
        table = None if block.table is None else _table(block, number, pieces, said)
        words = pieces(block.text) if block.table is None else []
        yield BlockShown(number, block.kind, block.level, block.part, words, table, page)


def _table(block: Block, number: int, pieces: _Pieces, said: set[int]) -> TableShown:
    table = block.table
    assert table is not None
    caption = table.caption
    own = pieces(caption) if caption is not None and caption.plain and caption.start not in said else []
    name = caption.plain if caption is not None else ""
    right = _of_figures(table)
    return TableShown(
        plain(name) or f"Table in ¶ {number}",
        [_row(row, pieces, right, head=True) for row in table.header_rows],
        [_row(row, pieces, right, head=False) for row in table.rows],
        own,
    )


def _of_figures(table: Table) -> list[bool]:
    """For each column whether most of its cells are figures."""
    found = []
    for column in range(table.width):
        words = [word for row in table.rows if (word := row.plain(column))]
        figures = sum(sum(map(str.isdigit, word)) > sum(map(str.isalpha, word)) for word in words)
        found.append(column > 0 and 2 * figures > len(words))
    return found


def _row(row: Row, pieces: _Pieces, right: Sequence[bool], *, head: bool) -> list[CellShown]:
    """The cells of a row, with empty ones where it has none; the first of a row of the body names the row."""
    found: list[CellShown] = []
    column = 0
    for cell in sorted(row.cells, key=lambda cell: cell.column):
        found.extend(CellShown(()) for _ in range(column, cell.column))
        to_right = cell.span == 1 and cell.column < len(right) and right[cell.column]
        found.append(CellShown(pieces(cell.text), cell.span, head or not column, to_right))
        column = max(column, cell.column + cell.span)
    found.extend(CellShown(()) for _ in range(column, len(right)))
    return found


def _finding(number: int, said: Finding, ground: _Ground, links: Links) -> FindingShown:
    rule = catalogue().get(said.code)
    return FindingShown(
        number,
        said,
        rule.title if rule is not None else said.code,
        "" if said.expected is None else between(said.expected),
        help_for(said.code),
        [_placed(source, ground, links) for source in said.sources],
    )


def _placed(source: Source, ground: _Ground, links: Links) -> PlaceShown:
    quote = plain(" ".join(source.quote.split()))
    if source.doc == ground.document.name:
        return PlaceShown(ground.name(source.start, source.end), quote, f"#b{ground.block(source.start)}")
    name = plain(source.doc.replace("\\", "/").rpartition("/")[2])
    return PlaceShown(f"line {source.line}", quote, links(source), name)


def _book(looked: Looked, ground: _Ground) -> Iterator[BookShown]:
    """Yield the figures of the book in the order of the document."""
    codes = {rule.code for rule in ON_BOOK}
    found = (finding for finding in looked.checked.findings if finding.code in codes)
    off = {(source.start, source.end) for finding in found for source in finding.sources}
    for number, placed in enumerate(looked.reading.placed, 1):
        words = plain(" ".join(ground.document.text[placed.start : placed.end].split()))
        yield BookShown(
            number,
            words or placed.drafted,
            "nothing any more" if placed.value is None else f"{placed.value:,.10g}",
            placed.address,
            way(placed.address, words),
            ground.name(placed.start, placed.end),
            ground.block(placed.start),
            (placed.start, placed.end) in off,
        )


def _fact(number: int, fact: Fact, ground: _Ground, agreed: Collection[Source]) -> FactShown:
    words = fact.figure.value if isinstance(fact.figure, Words) else figure(fact.figure)
    period = fact.about.get("period", "")
    said = " · ".join(each for each in about(fact) if each != period)
    source = fact.source
    return FactShown(
        number,
        fact.measure,
        plain(words),
        plain(said),
        plain(period),
        ground.name(source.start, source.end),
        ground.block(source.start),
        source in agreed,
    )
