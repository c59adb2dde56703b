"""Statement cells: the record of one cell of a statement or production table.

A label that names a mass, a count or a rate is never money; a row that the vocabulary does not know is a line of money
only in a table of money, and a line of production only with a unit.
"""

import csv
import re
from decimal import Decimal
from functools import cache
from importlib.resources import files

from orebook.ground import units
from orebook.ground.fact import Record
from orebook.ground.figure import Figure
from orebook.reading.heads.amounts import Amount
from orebook.reading.heads.labels import Label, fits, unit_class, without_notes
from orebook.reading.heads.period_columns import ColumnOf
from orebook.reading.heads.sheets import Sheet
from orebook.reading.heads.table_lines import WHOLE, Line
from orebook.reading.heads.table_names import is_whole, place_name
from orebook.reading.language import analytes
from orebook.reading.layout import Cell
from orebook.reading.patterns import Pattern

_EPS = Pattern(r"\bEPS\b|per share")
_CENTS = Pattern(r"\bcents?\b|¢|\((?:US|A|C)?c(?:/\w+)?\)|\bUSc\b")
_UNIT_PRICES_END = Decimal(20_000)
"""No price or cost of a unit of metal is higher; a bare larger figure is an amount."""


def record_of(
    sheet: Sheet, line: Line, of: ColumnOf, cell: Cell, said: list[Amount], scale: str, *, of_money: bool = True
) -> Record | None:
    """The record of one cell: one figure, or the two ends of a guidance."""
    measure = line.label.measure
    if _EPS.search(of.header):
        measure, kind = "finance.line", "money/share"
    else:
        kind = unit_class(measure)
    unit = sheet.unit(line.label, kind, said[-1].currency, said[-1].unit, scale)
    if kind == "money/mass" and not line.label.unit and _are_amounts(line):
        unit = sheet.unit(line.label, "money", said[-1].currency, said[-1].unit, scale)
    if _in_cents(line) and units.known(unit) and units.unit(unit).money:
        unit = _of_cents(unit)
    measure = _settled(measure, line, unit, said[-1], of_money=of_money)
    if not measure or (unit and not units.known(unit)):
        return None
    planned = of.planned or sheet.planned
    facts = [
        sheet.release.fact(
            measure, Figure(amount.value, unit, amount.sign), cell.text, amount.start, amount.end, bound=end
        )
        for end, amount in zip(("low", "high") if len(said) == 2 else ("",), said, strict=True)
    ]
    kind = "production" if measure.startswith("milling.") else "financial"
    return sheet.release.record(kind, facts, **_about(sheet, line, of, measure, planned=planned))


def _in_cents(line: Line) -> bool:
    """Whether a row says that it counts hundredths of the currency, in its label or in the column of units."""
    return _CENTS.search(f"{line.printed} ({line.unit})") is not None


def _of_cents(unit: str) -> str:
    """The hundredths of a currency, and what they are per: ``USD cent/share``."""
    money, slash, below = unit.partition("/")
    return f"{money.split()[0]} cent{slash}{below}"


def _are_amounts(line: Line) -> bool:
    """Whether a row of costs holds whole amounts, taken off an income, and not costs of a unit."""
    values = [amount.value for _, said in line.cells.values() for amount in said]
    return any(value < 0 for value in values) or max(map(abs, values)) > _UNIT_PRICES_END


def _settled(measure: str, line: Line, unit: str, amount: Amount, *, of_money: bool) -> str:
    """The measure where the unit allows it, else a line of money or production, else nothing."""
    if measure and (measure == "finance.line" or fits(measure, unit)):
        return measure
    told = bool(line.label.unit or amount.unit or amount.currency)
    if not told and (not of_money or (not measure and _is_physical(line.label))):
        return ""
    if unit and units.known(unit) and units.unit(unit).money:
        return "finance.line"
    if unit == "%" and of_money:
        return "finance.line"
    production = not of_money and bool(line.label.unit) and not measure.startswith("finance.")
    return "milling.line" if production and line.label.words else ""


@cache
def _physical() -> frozenset[str]:
    text = files("orebook.reading").joinpath("words", "physical_words.csv").read_text(encoding="utf-8")
    return frozenset(row["word"] for row in csv.DictReader(text.splitlines()))


def _is_physical(label: Label) -> bool:
    """Whether a label without a unit counts or weighs something."""
    words = re.findall(r"[a-z]+", label.words.lower())
    return any(word in _physical() for word in words) and not {"cost", "costs", "price", "revenue", "sales"} & set(
        words
    )


def _about(sheet: Sheet, line: Line, of: ColumnOf, measure: str, *, planned: bool) -> dict[str, str]:
    period = of.period or sheet.period
    about = {
        "period": period.label if period else "",
        "analyte": "" if line.label.product else line.label.analyte or sheet.corner_label.analyte,
        "product": line.label.product,
        "label": line.label.words,
        "column": of.header,
        "basis": line.label.basis or sheet.basis,
        "excluding": line.label.excluding,
        "table": without_notes(sheet.caption)[:120],
        "place": "table",
        "context": "guidance" if planned else "announced",
    }
    over = WHOLE if is_whole(of.subject) else of.subject
    over = "" if line.section and sheet.is_of_one else over
    subject = (line.subject if line.subject and line.label.measure else over) or line.section
    if of.subject and line.subject and WHOLE not in (over, line.subject) and of.subject != line.subject:
        about["segment"] = of.subject
    company = {**about, "company": sheet.release.issuer}
    if subject == WHOLE:
        return company
    if measure.startswith("milling."):
        if metal := analytes.analyte(subject):  # over the column
            about["analyte"], subject = about["analyte"] or metal, ""
        mine = place_name(subject, sheet.release.subjects) or subject or sheet.segment or sheet.mine
        return {**about, "mine": mine} if mine else company
    if subject or sheet.segment:
        return {**about, "subject": ", ".join(dict.fromkeys(filter(None, (sheet.segment, subject))))}
    return company
