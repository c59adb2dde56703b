"""Intercepts in tables: a row for each interval, the hole in its first row, "including" and "and" in its place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from orebook.ground.fact import Record, Words
from orebook.ground.figure import Figure, negative
from orebook.reading.drilling import build, holes
from orebook.reading.drilling.cells import said_in
from orebook.reading.drilling.centred import centred_names
from orebook.reading.drilling.intercepts import Intercept, Said, depths, holds, tie_all
from orebook.reading.drilling.pieces import pieces
from orebook.reading.drilling.row_status import RowStatus
from orebook.reading.heads import cells
from orebook.reading.heads.columns import ColumnRole
from orebook.reading.heads.side_by_side import parts
from orebook.reading.language.quantities import quantities
from orebook.reading.layout import Cell, Row, Table
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

ORDER = 20

_DEPTHS = ("drilling.from", "drilling.to", "drilling.length", "drilling.true_thickness")


def records(release: Release) -> Iterable[Record]:
    """Every intercept of every table of drill results, and the holes that are said to hold nothing."""
    blocks = [block for block in release.layout.blocks if block.table is not None and block.part != "tail"]
    for order, block in enumerate(blocks, 1):
        for table, columns in parts(block.table, "drilling") if block.table else ():
            if is_of_intercepts(columns):
                zone = release.about(block, table.caption).get("zone", "") if table.caption else ""
                yield from _Reader(release, table, _with_ranges(table, columns), order, zone=zone).read()


def _with_ranges(table: Table, columns: dict[int, ColumnRole]) -> dict[int, ColumnRole]:
    """Where a column holds two depths ("12.0 - 15.5"), the length beside it is that along the hole."""
    named = {role.measure: column for column, role in columns.items()}
    if "drilling.from" in named:
        return columns
    first, second = named.get("drilling.length", -1), named.get("drilling.true_thickness")
    if first >= 0 and second is not None and not _TRUE.search(columns[second].header) and _are_pairs(table, first):
        return {**columns, second: replace(columns[second], measure="drilling.length")}
    depth = next((column for column, words in enumerate(table.header) if _DEPTH.fullmatch(" ".join(words))), -1)
    if depth >= 0 and _are_pairs(table, depth):
        unit = columns[first].unit if first >= 0 else "m"
        return {**columns, depth: ColumnRole("drilling.from", unit, "", " | ".join(table.header[depth]))}
    return columns


def _are_pairs(table: Table, column: int) -> bool:
    """Whether the figures of a column are two depths each."""
    filled = [cell for row in table.rows if (cell := row.cell(column)) and any(c.isdigit() for c in cell.plain)]
    return bool(filled) and all(cells.pair(cell.text) for cell in filled)


_DEPTH = Pattern(r"(?:down-?hole )?depths?(?: range)?\s?(?:\((?:m|ft)\))?", re.IGNORECASE)
_TRUE = Pattern(r"\btrue\b|\be?tw\b", re.IGNORECASE)


def is_of_intercepts(columns: dict[int, ColumnRole]) -> bool:
    """A table of intercepts has a length or a depth, a grade, and holes or both depths."""
    measures = {role.measure for role in columns.values()}
    deep = measures & {"drilling.from", "drilling.length", "drilling.true_thickness"}
    graded = measures & {"drilling.grade", "drilling.share", "drilling.gram_metres"}
    return bool(deep and graded and ("drilling.hole" in measures or {"drilling.from", "drilling.to"} <= measures))


@dataclass
class _Reader:
    """Reads one table from top to bottom; keeps the hole, the zone and the sort of row that are in force."""

    release: Release
    table: Table
    columns: dict[int, ColumnRole]
    order: int
    hole: str = ""
    zone: str = ""
    centred: str | None = None
    status: RowStatus = field(init=False)
    done: list[Record] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.status = RowStatus.of(self.table, self.release.document.text)
        if not any(role.measure == "drilling.hole" for role in self.columns.values()) and self.table.caption:
            self.hole = _named_in_label(self.table.caption.plain)

    def read(self) -> Iterator[Record]:
        nothing: list[Record] = []
        names = centred_names(self.table, self.columns)
        for at, row in enumerate(self.table.rows):
            self.centred = names[at] if names else None
            nothing.extend(self._row(row))
        tie_all(self.done)
        yield from self.done
        yield from nothing

    def _row(self, row: Row) -> Iterator[Record]:
        """Read one row into ``done``; what is no intercept comes back."""
        named = self._hole(row)
        relation = self._relation(row)
        if self._section(row, named, relation):
            yield from self._said_nothing(row)
            return
        intercept = Intercept(self.hole, relation or "primary", about=self._about(row))
        if held := named or self._held(row, relation):
            intercept.add("drilling.hole", held)
        for cell in row.cells:
            self._cell(cell, intercept)
        if _has_depth(intercept) and intercept.has_grade:
            if not relation and not named:
                intercept.relation = self._unnamed(intercept)
            if self._on_surface():
                yield from_surface(intercept).record(self.release, "surface_sample")
                return
            self.done.append(intercept.record(self.release))
            self._remarks(row)
        else:
            yield from self._said_nothing(row)

    def _said_nothing(self, row: Row) -> Iterator[Record]:
        """A row that says that its hole holds nothing of note."""
        if self.hole and (said := self._nothing(row)):
            fact = self.release.fact("drilling.nothing", Words(said[0].plain[slice(*said[1])]), said[0].text, *said[1])
            yield self.release.record("drill_no_significant", [fact], hole=self.hole, **self._about(row))

    def _on_surface(self) -> bool:
        """Whether the names are those of trenches or channels."""
        heads = [role.header for role in self.columns.values() if role.measure == "drilling.hole"]
        return bool(heads) and bool(_CUT.search(heads[0])) and "hole" not in heads[0].lower()

    def _remarks(self, row: Row) -> None:
        """Intervals that a remark beside the row names lie in the row's own."""
        for cell in row.cells:
            role = self._role(cell)
            if role is None or not role.measure:
                for mention in said_in(cell.text):
                    part = build.intercept(mention, cell.text, self.hole, "including", self._about(row))
                    self.done.append(part.record(self.release))

    def _about(self, row: Row) -> dict[str, str]:
        caption = self.table.caption.plain.strip()[:120] if self.table.caption else ""
        label = row.cells[0].plain if row.cells else ""
        return {
            "zone": self._zone(row) or self.zone,
            "place": "table",
            "table": caption or str(self.order),
            "label": label,
            "context": self.status.said(row),
        }

    def _hole(self, row: Row) -> Said | None:
        """The hole that the row names; from here on the rows below it are of that hole."""
        if self.centred is not None:
            self.hole = self.centred
        for cell in row.cells:
            role = self._role(cell)
            if role and role.measure == "drilling.hole" and holes.is_name(cell.plain):
                name, start, end = _name(cell)
                self.hole = name
                return Said(Words(name, "name"), cell.text, start, end)
        return None

    def _held(self, row: Row, relation: str) -> Said | None:
        """The word that stands in the place of the hole: "and" says that it is still the one above."""
        cell = row.cells[0] if row.cells else None
        if not relation or not self.hole or not cell or not holes.relation(cell.plain):
            return None
        start = cell.text.plain.index(cell.plain)
        return Said(Words(self.hole, "name"), cell.text, start, start + len(cell.plain))

    def _relation(self, row: Row) -> str:
        """The word in place of a hole or before a depth: including, and."""
        for cell in row.cells[:4]:
            if found := holes.relation(cell.plain):
                return found
            first = cell.plain.split(" ", 1)[0]
            if first and holes.relation(first) == "including":
                return "including"
        return ""

    def _unnamed(self, intercept: Intercept) -> str:
        """A row without a hole and without a word is a further interval, or lies in the one before."""
        record = intercept.record(self.release)
        own = depths(record)
        if not self.done or self.done[-1].about.get("hole", "") != self.hole:
            return "primary"
        for other in reversed(self.done[-50:]):
            if other.about.get("hole", "") != self.hole:
                break
            there = depths(other)
            if own and there and holds(there, own):
                return "including"
        return "and"

    def _section(self, row: Row, named: Said | None, relation: str) -> bool:
        """A row with one cell of words is a heading for the rows below it."""
        filled = [cell for cell in row.cells if not cells.is_blank(cell.plain)]
        if len(filled) == 1 and not relation and (name := _named_in_label(filled[0].plain)):
            self.hole = name
            self.status.below(filled[0].plain)
            return True
        if named or relation or len(filled) != 1 or any(c.isdigit() for c in filled[0].plain):
            return False
        plain = filled[0].plain
        if len(plain) < 60 and not self.status.below(plain) and not cells.nothing(filled[0].text):
            self.zone = plain.rstrip(" :")
        return True

    def _zone(self, row: Row) -> str:
        """The zone or prospect that a column of its own names."""
        for column, words in enumerate(self.table.header):
            said = " ".join(words).lower()
            if said.strip(" :") in (
                "zone",
                "prospect",
                "target",
                "vein",
                "area",
                "deposit",
                "lode",
                "domain",
                "location",
                "project",
            ):
                return row.plain(column)
        return ""

    def _role(self, cell: Cell) -> ColumnRole | None:
        return self.columns.get(cell.column)

    def _cell(self, cell: Cell, intercept: Intercept) -> None:
        """Add what one cell says."""
        role = self._role(cell)
        if not role or not role.measure or role.measure == "drilling.hole":
            return
        if role.measure in ("drilling.from", "drilling.length") and (both := cells.pair(cell.text)):
            self._pair(cell, role, both, intercept)
            return
        found = cells.number(cell.text)
        graded = role.measure == "drilling.grade" and not (found and role.unit)
        if (graded and _worded(cell, role, intercept)) or not found:
            return
        figure = found.figure(role.unit)
        if role.measure == "drilling.grade" and found.value < 0:
            figure = Figure(negative(found.value), role.unit, "<")  # a negative assay is below detection
        about = {"column": role.header, "analyte": role.analyte if role.measure not in _DEPTHS else ""}
        intercept.add(role.measure, Said(figure, cell.text, found.start, found.end, about))

    def _pair(
        self, cell: Cell, role: ColumnRole, both: tuple[cells.Number, cells.Number | None], intercept: Intercept
    ) -> None:
        """Two depths in one cell."""
        for measure, found in zip(("drilling.from", "drilling.to"), both, strict=True):
            if found:
                said = Said(found.figure(role.unit or "m"), cell.text, found.start, found.end, {"column": role.header})
                intercept.add(measure, said)
        if size := cells.size_of_pair(cell.text):
            said = Said(size.figure(role.unit or "m"), cell.text, size.start, size.end, {"column": role.header})
            intercept.add("drilling.length", said)

    def _nothing(self, row: Row) -> tuple[Cell, tuple[int, int]] | None:
        return next(((cell, span) for cell in row.cells if (span := cells.nothing(cell.text))), None)


def _named_in_label(plain: str) -> str:
    """The hole that a label over rows names: "Hole QX-7 (North)", "Previously reported: hole QX-5"."""
    if name := holes.heading(plain):
        return name
    named = holes.find(plain) if len(plain) < _LABEL and "hole" in plain.lower() else []
    return named[0][2] if len(named) == 1 else ""


_LABEL = 80


def _worded(cell: Cell, role: ColumnRole, intercept: Intercept) -> bool:
    """Add the grades that a cell says with their units ("4.41 g/t Au"); whether there were any."""
    plain = cell.text.plain
    said = [piece for piece in pieces(plain, quantities(plain)) if piece.kind == "grade"]
    for piece in said:
        about = {"column": role.header, "analyte": piece.analyte or role.analyte}
        intercept.add(role.measure, Said(piece.figure, cell.text, *piece.spans[0], about))
    return bool(said)


_CUT = Pattern(r"\b(?:trench|channel|pit|outcrop)", re.IGNORECASE)


def from_surface(intercept: Intercept) -> Intercept:
    """The same lengths and grades as those of a trench or a channel."""
    names = {"drilling.length": "sampling.length", "drilling.grade": "sampling.grade"}
    parts = [(names.get(measure, measure), said) for measure, said in intercept.parts]
    return Intercept(intercept.hole, intercept.relation, parts, intercept.about)


def _name(cell: Cell) -> tuple[str, int, int]:
    """The name of the hole in a cell, without the marks of notes, and its place."""
    plain = cell.text.plain
    name = holes.heading(plain) or plain.strip(" *†^#:+\n")
    start = plain.index(name)
    return name, start, start + len(name)


def _has_depth(intercept: Intercept) -> bool:
    return any(intercept.first(measure) for measure in _DEPTHS)
