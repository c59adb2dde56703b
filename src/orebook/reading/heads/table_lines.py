"""Table lines: the rows of a statement or production table that hold figures, with what each is and of which mine.

A row of its own may name the mine of the rows below, the metal, or the measure whose parts they are; a row with
figures is never such a heading. Totals below several mines are the company's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from orebook.ground.units import unit as unit_named
from orebook.reading.heads.amounts import Amount, amounts
from orebook.reading.heads.columns import vocabulary
from orebook.reading.heads.labels import Label, read_label, unit_class, without_notes
from orebook.reading.heads.sheets import Sheet
from orebook.reading.heads.table_names import general, is_whole, place_name
from orebook.reading.heads.unit_words import unit_in, unit_of
from orebook.reading.language import analytes
from orebook.reading.language.products import product_of
from orebook.reading.layout import Cell, Row
from orebook.reading.patterns import Pattern

Cells = dict[int, tuple[Cell, list[Amount]]]
"""The cells of a row with a number, by their column."""

WHOLE = "*"
"""The subject of a row that is about the company as a whole."""

_NAME = Pattern(r"[^\W\d_][^\d:]{1,50}")
_ASIDE = Pattern(r"\([^()]{0,40}\)")
_PER_SHARE = Pattern(
    r"[-–—\s]*(?:\(?\$\)?\s?)?per (?:common |ordinary )?share\b.{0,30}|[-–—\s]*(?:basic|diluted).{0,25}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row with figures: what it is, whom it is about, its cells by column.

    ``subject`` is a mine below the measure that it is a part of, ``section`` the mine in whose section the row stands,
    or ``WHOLE`` for a total of the company; ``unit`` what the column of units prints.
    """

    label: Label
    subject: str
    cells: Cells
    printed: str
    section: str = ""
    unit: str = ""


@dataclass
class _Reader:
    """The rows from top to bottom, and what the rows above say about those below."""

    sheet: Sheet
    parent: Label | None = None
    open_parent: bool = False
    pending: str = ""
    section: str = ""
    metal: str = ""
    last: Label | None = None

    def __post_init__(self) -> None:
        corner = self.sheet.corner_label
        self.physical = corner.measure.startswith("milling.") or any(map(self._counts, self.sheet.table.rows))
        self.physical = self.physical or self._all_by_weight()
        self.said: dict[tuple[str, str], set[str]] = {}
        if corner.measure:
            self.parent, self.open_parent = corner, True
        unclosed = self.sheet.corner.count("(") > self.sheet.corner.count(")")
        if unclosed or (not corner.unit and self._starts_in_unit()):
            self.pending = self.sheet.corner

    def _counts(self, row: Row) -> bool:
        """Whether a row is one of production, as in the tables whose sections are mines."""
        label = self._read(self._label_of(row), row)
        return label.measure.startswith("milling.") and bool(label.unit)

    def _all_by_weight(self) -> bool:
        """Whether the corner counts all rows by weight, and some are of production: "Thousands of tonnes"."""
        unit = unit_in(self.sheet.corner)
        heavy = bool(unit) and unit_named(unit).dimension == (("mass", 1),)
        return heavy and any(
            self._read(self._label_of(row), row).measure.startswith("milling.") for row in self.sheet.table.rows
        )

    def _starts_in_unit(self) -> bool:
        """Whether the first row begins with the unit that belongs to the label in the corner."""
        rows = self.sheet.table.rows
        first = rows[0].cells[0].plain if rows and rows[0].cells else ""
        return bool(self.sheet.corner_label.measure) and first.startswith("(")

    def line(self, row: Row) -> Line | None:
        """The line of a row, or nothing where it only says what those below are."""
        printed, cells = self._label_of(row), self._cells(row)
        printed, self.pending = f"{self.pending} {printed}".strip(), ""
        if not cells and printed.count("(") > printed.count(")"):
            self.pending = printed
            return None
        label = self._read(printed, row)
        if not cells:
            self._head(label, printed)
            return None
        found = self._with_figures(label, printed, cells)
        if found and not found.label.measure.endswith("_per_share"):
            self.last = found.label
        return replace(found, unit=row.plain(self.sheet.units)) if found and self.sheet.units is not None else found

    def _label_of(self, row: Row) -> str:
        first, aside = min(self.sheet.columns, default=1), (self.sheet.units, *self.sheet.asides)
        kept = (cell.plain for cell in row.cells if cell.column < first and cell.column not in aside)
        return " ".join(said for said in kept if said)[:400]

    def _cells(self, row: Row) -> Cells:
        found: Cells = {}
        for cell in row.cells:
            column = next((c for c in range(cell.column, cell.column + cell.span) if c in self.sheet.columns), None)
            if column is not None and column not in found and (said := amounts(cell.text.plain)):
                found[column] = (cell, said)
        return found

    def _read(self, printed: str, row: Row) -> Label:
        """What a label says, with the unit that stands in a column of its own."""
        unit = row.plain(self.sheet.units) if self.sheet.units is not None else ""
        unit = unit if unit_of(unit) or unit_in(f"({unit})") else ""
        label = _money_label(read_label(f"{printed} ({unit})" if unit else printed), printed)
        return replace(label, words=without_notes(printed)) if unit else label

    def _head(self, label: Label, printed: str) -> None:
        """A row without figures: a mine, the company, a metal, a measure, or only a heading."""
        words = printed.strip(" :")
        if is_whole(words) or words.lower().startswith("corporate"):
            self._begin(WHOLE)
        elif not label.measure or label.measure == "milling.metal_produced":
            if metal := _metal(words):
                self.metal, self.parent, self.open_parent = metal, None, False
                return
            name = "" if label.measure else place_name(words, self.sheet.release.subjects, sure=not self.physical)
            if name:
                self._begin(name)
                return
            self.parent, self.open_parent = (label, True) if label.measure else (None, False)
        else:
            self.parent, self.open_parent = label, True

    def _begin(self, section: str) -> None:
        corner = self.sheet.corner_label
        self.parent, self.open_parent = (corner, True) if corner.measure else (None, False)
        self.section, self.metal = section, ""

    def _with_figures(self, label: Label, printed: str, cells: Cells) -> Line | None:
        shared = self._per_share(printed)
        if shared:
            share = replace(label, measure=shared, unit="", words=_joined(self.last, label))
            return Line(share, "", cells, printed, self.section)
        if made := self._made(label):
            return Line(made, "", cells, printed, self.section)
        if label.measure:
            if label.measure.startswith("milling."):
                label = replace(label, analyte=label.analyte or self.metal)
            label = self._in_unit_above(label)
            self._close(label, printed)
            if not self.open_parent:
                self.parent = label
            return Line(label, "", cells, printed, self.section)
        if self.parent and (self.open_parent or self._inherits(label, cells)):
            words = f"{self.parent.words} | {label.words}"
            heir = replace(self.parent, words=words, excluding=label.excluding)
            return Line(heir, WHOLE if is_whole(label.words) else label.words, cells, printed, self.section)
        return Line(label, "", cells, printed, self.section) if printed else None

    def _made(self, label: Label) -> Label | None:
        """A row that says only a metal or a product, below a measure that holds for all of them: sales, prices."""
        above = self.parent if self.open_parent else None
        metal, product = _metal(label.words), product_of(label.words, label=True)
        if above is None or not (metal or product) or (above.measure == "milling.metal_produced" and not product):
            return None
        words = f"{above.words} | {label.words}"
        return replace(
            above, words=words, analyte="" if product else metal, product=product, unit=label.unit or above.unit
        )

    def _in_unit_above(self, label: Label) -> Label:
        """A total without a unit is counted like the parts above it: "Total" below "Gold production (koz)"."""
        above = self.parent
        alike = above and (above.measure, above.analyte) == (label.measure, label.analyte) and is_whole(label.words)
        return replace(label, unit=above.unit) if above and alike and not label.unit else label

    def _close(self, label: Label, printed: str) -> None:
        """A total of what two mines have said is the company's, and so are the rows after it."""
        key = label.measure, label.analyte
        mines = self.said.setdefault(key, set())
        if self.section and self.section != WHOLE:
            if len(mines | {self.section}) > 1 and is_whole(printed):
                self._begin(WHOLE)
            else:
                mines.add(self.section)

    def _inherits(self, label: Label, cells: Cells) -> bool:
        """Whether a row below "Copper production (tonnes)" is one of the mines that make it up."""
        assert self.parent is not None
        bare = all(not said[0].currency and not said[0].unit for _, said in cells.values())
        named = _NAME.fullmatch(label.words) is not None and (
            not general(label.words) or "other" in label.words.lower()
        )
        shape = label.words[:1].isupper() and not label.words.isupper()
        return self.parent.measure.startswith("milling.") and not label.unit and bare and named and shape

    def _per_share(self, printed: str) -> str:
        """The measure of a row that says only "$ per share" below an amount."""
        if self.open_parent or not self.last or not _PER_SHARE.fullmatch(without_notes(printed)):
            return ""
        above = f"{self.last.measure}_per_share"
        said = read_label(f"{_ASIDE.sub(' ', self.last.words)} per share", ("finance",)).measure
        if any(column.measure == above for column in vocabulary("finance")):
            return above
        return said or ("finance.cash_flow_per_share" if "cash_flow" in above else "")


def _joined(above: Label | None, label: Label) -> str:
    return f"{above.words} | {label.words}" if above else label.words


def lines(sheet: Sheet) -> Iterator[Line]:
    """The rows that hold figures; a row without its own measure takes that of the row or head above it."""
    reader = _Reader(sheet)
    for row in sheet.table.rows:
        if found := reader.line(row):
            yield found


def _metal(words: str) -> str:
    """The metal that is all a row says."""
    return analytes.analyte(words) or (analytes.analyte(words.title()) if words.isupper() and len(words) > 2 else "")


def _money_label(label: Label, printed: str) -> Label:
    """Sales without a metal and without a unit of mass are revenues, not metal sold."""
    if not label.measure.startswith("milling.") or label.unit or unit_class(label.measure) != "mass" or label.analyte:
        return label
    money = read_label(printed, ("finance",))
    return money if money.measure else label
