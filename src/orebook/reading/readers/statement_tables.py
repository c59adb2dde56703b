"""Statements and production tables: rows of measures by columns of periods, mines or segments."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from orebook.ground import units
from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading.amounts import Amount, amounts
from orebook.reading.labels import Label, fits, read_label, unit_class, without_notes
from orebook.reading.layout import Cell, Row
from orebook.reading.period_columns import ColumnOf
from orebook.reading.release import Release
from orebook.reading.sheets import Sheet, scale_by_prose

ORDER = 50

_CATEGORY = re.compile(r"\b(?:measured|indicated|inferred|proved|proven|probable)\b", re.IGNORECASE)
_OWNS = re.compile(
    r"(?P<who>[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3})(?:'s)? (?:owns|holds|owned|share|"
    r"interest)\D{0,12}(?P<share>\d{1,3}(?:\.\d+)?)\s?%"
)
_NAME = re.compile(r"[A-Z][^\d:]{1,50}")


@dataclass(frozen=True, slots=True)
class Line:
    """A row with figures: what it is, whom it is about, its cells by column."""

    label: Label
    subject: str
    cells: dict[int, tuple[Cell, list[Amount]]]
    printed: str


def records(release: Release) -> Iterator[Record]:
    """The figures of every statement and production table: kinds ``financial`` and ``production``."""
    prose = _said_in_prose(release)
    sheets = [Sheet(release, block, block.table) for block in release.layout.blocks if block.table is not None]
    read = [(sheet, lines) for sheet in sheets if (lines := list(_lines(sheet))) and _is_statement(sheet, lines)]
    scales = [sheet.scale or scale_by_prose(_printed(lines), prose) for sheet, lines in read]
    usual = next((scale for scale, (sheet, _) in zip(scales, read, strict=True) if scale and not sheet.scale), "")
    for (sheet, lines), scale in zip(read, scales, strict=True):
        yield from _ownership(sheet)
        for line in lines:
            yield from _row(sheet, line, scale or usual)


def _said_in_prose(release: Release) -> dict[str, Counter[str]]:
    """The digits of every amount in the text, with the scales in which it is said there."""
    said: dict[str, Counter[str]] = {}
    for sentence in release.sentences():
        for quantity in sentence.quantities:
            scale = quantity.unit.partition(" ")[2]
            if quantity.money and scale in units.SCALES and not quantity.is_range:
                said.setdefault(quantity.figure.digits, Counter())[scale] += 1
    return said


def _printed(lines: list[Line]) -> list[str]:
    return [
        f"{abs(said[0].value):f}"
        for line in lines
        if unit_class(line.label.measure) in ("money", "") and not line.label.unit
        for _, said in line.cells.values()
        if len(said) == 1 and not said[0].unit
    ]


def _is_statement(sheet: Sheet, lines: list[Line]) -> bool:
    """Whether enough rows are known measures of statements or production, under columns that are periods or mines."""
    if not sheet.columns or _CATEGORY.search(sheet.words):
        return False
    known = sum(bool(line.label.measure) for line in lines)
    periods = sum(of.period is not None for of in sheet.columns.values()) or int(sheet.period is not None)
    return periods > 0 and (known >= 2 or known == len(lines)) and known >= 0.3 * len(lines)


def _lines(sheet: Sheet) -> Iterator[Line]:
    """The rows that hold figures; a row without its own measure takes that of the row or head above it."""
    parent = sheet.corner_label if sheet.corner_label.measure else None
    open_parent = parent is not None
    pending = (
        sheet.corner
        if sheet.corner.count("(") > sheet.corner.count(")") or (not sheet.corner_label.unit and _starts_in_unit(sheet))
        else ""
    )
    for row in sheet.table.rows:
        printed = _label_of(row, sheet.columns)
        cells = _cells(row, sheet.columns)
        printed, pending = f"{pending} {printed}".strip(), ""
        label = read_label(printed)
        if not cells and printed.count("(") > printed.count(")"):
            pending = printed
            continue
        label = _money_label(label, printed)
        if not cells:
            parent, open_parent = (label, True) if label.measure else (None, False)
            continue
        if label.measure:
            if not (open_parent and parent and _is_subject(label)):
                parent, open_parent = label, False
            yield Line(label, "", cells, printed)
        elif parent and (open_parent or _inherits(parent, label, cells)):
            heir = replace(parent, words=f"{parent.words} | {label.words}", excluding=label.excluding)
            yield Line(heir, label.words, cells, printed)
        elif printed:
            yield Line(label, "", cells, printed)


def _starts_in_unit(sheet: Sheet) -> bool:
    """Whether the first row begins with the unit that belongs to the label in the corner."""
    first = sheet.table.rows[0].cells[0].plain if sheet.table.rows and sheet.table.rows[0].cells else ""
    return bool(sheet.corner_label.measure) and first.startswith("(")


def _money_label(label: Label, printed: str) -> Label:
    """Sales without a metal and without a unit of mass are revenues, not metal sold."""
    if not label.measure.startswith("milling.") or label.unit or unit_class(label.measure) != "mass" or label.analyte:
        return label
    money = read_label(printed, ("finance",))
    return money if money.measure else label


def _is_subject(label: Label) -> bool:
    return not label.measure


def _inherits(parent: Label, label: Label, cells: dict[int, tuple[Cell, list[Amount]]]) -> bool:
    """Whether a row below "Copper production (tonnes)" is one of the mines that make it up."""
    bare = all(not said[0].currency and not said[0].unit for _, said in cells.values())
    return (
        parent.measure.startswith("milling.") and not label.unit and bare and _NAME.fullmatch(label.words) is not None
    )


def _label_of(row: Row, columns: dict[int, ColumnOf]) -> str:
    first = min(columns, default=1)
    return " ".join(cell.plain for cell in row.cells if cell.column < first and cell.plain)[:400]


def _cells(row: Row, columns: dict[int, ColumnOf]) -> dict[int, tuple[Cell, list[Amount]]]:
    """The cells with a number, by the column that they stand in."""
    found: dict[int, tuple[Cell, list[Amount]]] = {}
    for cell in row.cells:
        column = next((c for c in range(cell.column, cell.column + cell.span) if c in columns), None)
        if column is not None and column not in found and (said := amounts(cell.text.plain)):
            found[column] = (cell, said)
    return found


def _row(sheet: Sheet, line: Line, scale: str) -> Iterator[Record]:
    for column, (cell, said) in line.cells.items():
        if record := _record(sheet, line, sheet.columns[column], cell, said, scale):
            yield record


def _record(sheet: Sheet, line: Line, of: ColumnOf, cell: Cell, said: list[Amount], scale: str) -> Record | None:
    """The record of one cell: one figure, or the two ends of a guidance."""
    measure = line.label.measure
    if re.search(r"\bEPS\b|per share", of.header):
        measure, kind = "finance.line", "money/share"
    else:
        kind = unit_class(measure)
    unit = sheet.unit(line.label, kind, said[-1].currency, said[-1].unit, scale)
    if not measure or (measure != "finance.line" and not fits(measure, unit)):
        measure = "finance.line" if _money_or_share(unit) else ""
    if not measure or (unit and not units.known(unit)):
        return None
    planned = of.planned or sheet.planned
    facts: list[Fact] = []
    for end, amount in zip(("low", "high") if len(said) == 2 else ("",), said, strict=True):
        figure = Figure(amount.value, unit, amount.sign)
        facts.append(sheet.release.fact(measure, figure, cell.text, amount.start, amount.end, bound=end))
    kind = "production" if measure.startswith("milling.") else "financial"
    return sheet.release.record(kind, facts, **_about(sheet, line, of, measure, planned=planned))


def _money_or_share(unit: str) -> bool:
    return unit == "%" or bool(unit and units.unit(unit).money)


def _about(sheet: Sheet, line: Line, of: ColumnOf, measure: str, *, planned: bool) -> dict[str, str]:
    period = of.period or sheet.period
    about = {
        "period": period.label if period else "",
        "analyte": line.label.analyte or sheet.corner_label.analyte,
        "label": line.label.words,
        "column": of.header,
        "basis": line.label.basis or sheet.basis,
        "excluding": line.label.excluding,
        "table": without_notes(sheet.table.caption.plain)[:120] if sheet.table.caption else "",
        "place": "table",
        "context": "guidance" if planned else "announced",
    }
    subject = line.subject if line.subject and line.label.measure else of.subject
    if of.subject and line.subject and of.subject != line.subject:
        about["segment"] = of.subject
    if measure.startswith("milling."):
        return {**about, "mine": subject or sheet.segment or _mine(sheet)}
    if subject or sheet.segment:
        return {**about, "subject": ", ".join(filter(None, (sheet.segment, subject)))}
    return {**about, "company": sheet.release.issuer}


def _mine(sheet: Sheet) -> str:
    """The mine whose section or caption the table stands in."""
    about = sheet.release.about(sheet.block)
    return about.get("mine") or about.get("property", "")


def _ownership(sheet: Sheet) -> Iterator[Record]:
    """Who owns which share, said in the head of a production table."""
    for row in sheet.table.header_rows:
        for cell in row.cells:
            for found in _OWNS.finditer(cell.text.plain):
                who = found["who"]
                fact = sheet.release.fact(
                    "tenure.interest", Figure.parse(f"{found['share']} %"), cell.text, found.start("share"), found.end()
                )
                yield sheet.release.record(
                    "ownership", [fact], company=_company(sheet, who), mine=_mine(sheet), place="table"
                )


def _company(sheet: Sheet, who: str) -> str:
    """The issuer, when it is called by its first word."""
    return sheet.release.issuer if sheet.release.issuer.startswith(who) else who
