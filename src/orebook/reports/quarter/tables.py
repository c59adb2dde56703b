"""Tables of figures: a row for each measure, a column for each period, every number rounded here and addressed."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from orebook.ground import units
from orebook.reports.printed import PrintedCell, PrintedColumn, PrintedRow, PrintedTable, RowKind
from orebook.reports.quarter.figures import Amount
from orebook.reports.quarter.labels import label
from orebook.reports.quarter.layouts import RowLayout, TableLayout
from orebook.reports.quarter.periods import Span
from orebook.reports.quarter.writing import scaled, written
from orebook.reports.rounding import rounded
from orebook.reports.sentences import fill

_ANY = "*"
_PLAIN = ("basic", "diluted")


@dataclass(frozen=True, slots=True)
class Line:
    """A row before it is printed: its words, its figures by period, and how they are rounded."""

    words: str
    measure: str
    amounts: tuple[Amount | None, ...]
    said: RowLayout | None = None
    kind: RowKind = "row"
    depth: int = 0
    metal: str = ""

    @property
    def known(self) -> bool:
        """Whether a figure is there at all."""
        return any(amount is not None for amount in self.amounts)


@dataclass(slots=True)
class Notes:
    """The notes below a table, each said once, in the order in which the rows need them."""

    words: Mapping[str, str]
    told: list[str] = field(default_factory=list)

    def mark(self, name: str) -> str:
        """The mark of a note; nothing where there is none of that name."""
        if name not in self.words:
            return ""
        if name not in self.told:
            self.told.append(name)
        return f" ({self.told.index(name) + 1})"

    def below(self) -> list[str]:
        """The notes that were marked."""
        return [self.words[name] for name in self.told]


def figure_table(
    name: str,
    lines: Iterable[Line],
    spans: Sequence[Span],
    layout: TableLayout,
    *,
    caption: str = "",
    definitions: Mapping[str, str] | None = None,
    first: str = "",
    restated: str = "",
) -> PrintedTable:
    """A table of lines by periods; lines without any figure are left out.

    ``definitions`` are the notes that measures need for being no measures of IFRS, ``first`` the head of the words.
    ``restated`` is the template of the note that names the periods whose figures are not those first reported.
    """
    lines = list(lines)
    notes = Notes(definitions or {})
    printed = [_row(line, layout, notes) for line in lines if line.known or line.kind == "words"]
    columns = (
        PrintedColumn("measure", first),
        *(PrintedColumn(span.label, span.head, align="right", grouped=True) for span in spans),
    )
    again = [span.head for at, span in enumerate(spans) if any(_restated(line, at) for line in lines)]
    told = (fill(restated, periods="; ".join(again)),) if restated and again else ()
    below = (*notes.below(), *told, *(layout.notes or ()))
    said = layout.caption if layout.caption is not None else caption
    return PrintedTable(name, said, columns, tuple(printed), below, marked=bool(notes.told))


def _restated(line: Line, at: int) -> bool:
    """Whether the figure of a line in a column was published otherwise before."""
    amount = line.amounts[at] if at < len(line.amounts) else None
    return amount is not None and bool(amount.row.get("restated"))


def _row(line: Line, layout: TableLayout, notes: Notes) -> PrintedRow:
    words = line.words + notes.mark(label(line.measure).defined)
    if line.kind == "words":
        return PrintedRow((PrintedCell(words),), "words", line.depth)
    cells = (cell(amount, line, layout) for amount in line.amounts)
    return PrintedRow((PrintedCell(words), *cells), line.kind, line.depth)


def cell(amount: Amount | None, line: Line, layout: TableLayout) -> PrintedCell:
    """A figure as a cell, rounded, with the number behind it and its address."""
    if amount is None:
        return PrintedCell(layout.missing)
    return PrintedCell(digits(amount, line, layout), amount.value, amount.address)


def digits(amount: Amount, line: Line, layout: TableLayout) -> str:
    """The digits of a figure: money in the scale of the table, per share in cents, all else in its own unit."""
    said = line.said or RowLayout(line.measure)
    if is_money(amount.unit):
        decimals = layout.decimals if said.decimals is None else said.decimals
        return written(scaled(amount.value, layout.scale, decimals), layout.negative)
    unit = said.unit or amount.unit
    decimals = decimals_of(line.measure, unit, line.metal) if said.decimals is None else said.decimals
    return written(rounded(amount.to(unit) if said.unit else amount.value, decimals), layout.negative)


def is_money(unit: str) -> bool:
    """Whether a unit is a currency, which tables tell in their scale.

    >>> is_money("CAD"), is_money("CAD/share"), is_money("t")
    (True, False, False)
    """
    return unit in units.currencies()


@cache
def _decimals() -> dict[tuple[str, str, str], int]:
    text = files(__package__).joinpath("decimals.csv").read_text(encoding="utf-8")
    return {
        (row["measure"], row["unit"], row["metal"]): int(row["decimals"]) for row in csv.DictReader(text.splitlines())
    }


def decimals_of(measure: str, unit: str, metal: str = "") -> int:
    """With how many decimals a figure is printed where the layout does not say it.

    >>> decimals_of("milling.head_grade", "%", "Cu"), decimals_of("milling.ore_milled", "t")
    (3, 0)
    >>> decimals_of("finance.net_income_per_share", "CAD/share"), decimals_of("finance.aisc", "USD/oz")
    (2, 0)
    """
    if unit.endswith(("/share", "/lb")):
        return 2
    known = _decimals()
    keys = ((measure, unit, metal), (measure, unit, _ANY), (_ANY, unit, _ANY), (_ANY, _ANY, _ANY))
    return next(known[key] for key in keys if key in known)


def with_basis(words: str, amounts: Iterable[Amount | None]) -> str:
    """The words of a row of per-share figures with what they are counted on, where all say the same."""
    bases = {amount.said("basis") for amount in amounts if amount is not None}
    told = bases & set(_PLAIN)
    return f"{words}, {told.pop()}" if len(bases) == 1 and told else words
