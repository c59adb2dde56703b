"""Statements and production tables: rows of measures by columns of periods, mines or segments."""

import re
from collections.abc import Iterator
from dataclasses import replace

from orebook.ground import units
from orebook.ground.fact import Record
from orebook.ground.figure import Figure
from orebook.ground.period import Period, year_before
from orebook.reading.heads.labels import fits, read_label, unit_class
from orebook.reading.heads.period_columns import bare_years, with_periods
from orebook.reading.heads.reporting import reporting
from orebook.reading.heads.scales import release_scale, said_in_prose, scale_by_prose
from orebook.reading.heads.sheets import Sheet
from orebook.reading.heads.statement_cells import record_of
from orebook.reading.heads.table_lines import Line, lines
from orebook.reading.heads.unit_words import unit_in
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

ORDER = 50

_CATEGORY = Pattern(
    r"\b(?:measured|(?<!where )(?<!as )(?<!otherwise )indicated|inferred|proved|proven|probable)\b", re.IGNORECASE
)
_OWNS = Pattern(
    r"(?P<who>[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3})(?:'s)? (?:owns|holds|owned|share|"
    r"interest)\D{0,12}(?P<share>\d{1,3}(?:\.\d+)?)\s?%"
)
_GLUED = Pattern(r"\s\(?[\d,]{2,12}(?:\.\d+)?\)?$")
_PRICE = "money/mass"
_REVENUES = "finance.revenues"
_DIGITS = Pattern(r"\d")
_OF_YEAR = Pattern(r"\b(?:annual|year|years|full[ -]year|twelve months|guidance|outlook)\b", re.IGNORECASE)


def records(release: Release) -> Iterator[Record]:
    """The figures of every statement and production table: kinds ``financial`` and ``production``."""
    times = reporting(release)
    sheets = [Sheet(release, block, block.table, times) for block in release.layout.blocks if block.table is not None]
    _of_quarter(sheets)
    read = [(sheet, rows) for sheet in sheets if (rows := list(lines(sheet))) and _is_statement(sheet, rows)]
    if not read:
        return
    prose, declared = said_in_prose(release), release_scale(release)
    scales = [sheet.scale or scale_by_prose(_printed(rows), prose) or declared for sheet, rows in read]
    usual = next((scale for scale, (sheet, _) in zip(scales, read, strict=True) if scale and not sheet.scale), "")
    own = {sheet.scale for sheet, rows in read if sheet.scale and _of_money(rows)}
    usual = usual or (own.pop() if len(own) == 1 else "")
    for (sheet, rows), scale in zip(read, scales, strict=True):
        yield from _ownership(sheet)
        of_money = _of_money(rows)
        for line in _whole_costs(rows):
            yield from _row(sheet, line, scale or usual, of_money=of_money)


def _of_quarter(sheets: list[Sheet]) -> None:
    """Bare years stand for the quarters that the table before showed over the same years.

    They cannot be whole years where each stands twice, or where the last had not ended on the day of the release.
    """
    shown: list[tuple[str, Period]] = []
    for sheet in sheets:
        columns, times = sheet.columns, sheet.times
        if not bare_years(columns):
            shown = _by_year(sheet) or shown
            continue
        heads = [of.header for of in columns.values()]
        twice = len(set(heads)) < len(heads)
        reported = times.now is not None and max(heads) == str(times.now.end.year)
        unended = reported and any(of.period and times.day and of.period.end > times.day.end for of in columns.values())
        if sheet.planned or not (twice or unended) or _OF_YEAR.search(sheet.words):
            continue
        if heads == [year for year, _ in shown]:
            said = [period for _, period in shown]
        elif unended and not twice and times.now:
            said = [_in_year(times.now, int(year)) for year in heads]
        else:
            continue
        sheet.columns = with_periods(columns, dict(zip(columns, said, strict=True)))


def _in_year(period: Period, year: int) -> Period:
    """The same months of another year."""
    while period.end.year > year:
        period = year_before(period)
    return period


def _by_year(sheet: Sheet) -> list[tuple[str, Period]]:
    """The periods of a table whose heads end in a year."""
    found = [(of.header.rpartition(" | ")[2], of.period) for of in sheet.columns.values() if of.period]
    return found if all(re.fullmatch(r"(?:19|20)\d\d", year) and period.days < 300 for year, period in found) else []


def _printed(rows: list[Line]) -> list[str]:
    return [
        f"{abs(said[0].value):f}"
        for line in rows
        if unit_class(line.label.measure) in ("money", "") and not line.label.unit
        for _, said in line.cells.values()
        if len(said) == 1 and not said[0].unit
    ]


def _is_statement(sheet: Sheet, rows: list[Line]) -> bool:
    """Whether enough rows are known measures of statements or production, under columns that are periods or mines."""
    if not sheet.columns or _CATEGORY.search(sheet.words):
        return False
    if sum(_GLUED.search(line.printed) is not None for line in rows) > len(rows) / 2 and _DIGITS.search(sheet.corner):
        return False  # the first column of figures was taken for labels
    known = sum(bool(line.label.measure) for line in rows)
    periods = sum(of.period is not None for of in sheet.columns.values()) or int(sheet.period is not None)
    return periods > 0 and (known >= 2 or known == len(rows)) and known >= 0.3 * len(rows)


def _of_money(rows: list[Line]) -> bool:
    """Whether a table is one of money, so that a row which the vocabulary does not know is money too."""
    money = sum(line.label.measure.startswith("finance.") for line in rows)
    signed = any(said[0].currency for line in rows for _, said in line.cells.values())
    metal = sum(line.label.measure.startswith("milling.") for line in rows)
    return money > metal or (money > 0 and signed)


def _whole_costs(rows: list[Line]) -> list[Line]:
    """The rows, with costs as lines of money where a row of their own below gives the same cost per ounce or pound."""
    per_unit = {line.label.measure for line in rows if line.label.unit and unit_class(line.label.measure) == _PRICE}
    return [
        replace(line, label=replace(line.label, measure="finance.line"))
        if line.label.measure in per_unit and not line.label.unit and _summed(line)
        else line
        for line in rows
    ]


def _summed(line: Line) -> bool:
    """Whether a row of costs prints its currency and no unit, and stands below no measure that it is a part of."""
    return not line.subject and all(said[0].currency and not said[0].unit for _, said in line.cells.values())


def _row(sheet: Sheet, line: Line, scale: str, *, of_money: bool) -> Iterator[Record]:
    for column, (cell, said) in line.cells.items():
        of = sheet.columns[column]
        told = _as_headed(line, of.header, of_money=of_money)
        if told and (found := record_of(sheet, told, of, cell, said, scale, of_money=of_money)):
            yield found


def _as_headed(line: Line, header: str, *, of_money: bool) -> Line | None:
    """A row in the unit that the head of a column gives; nothing where what it measures has no such unit.

    Below "Tonnes (thousands)" sales are what was sold, below "Average per tonne" what a tonne brought; other money is
    not counted in tonnes.
    """
    if not of_money or line.label.unit:
        return line
    units_over = [unit for part in header.split(" | ") if (unit := unit_in(part))]
    if price := next((unit for unit in units_over if _is_price(unit)), ""):
        return replace(line, label=replace(line.label, unit=price))
    if not _is_heavy(header) and not any(map(_is_mass, units_over)):
        return line
    if line.label.measure != _REVENUES:
        return None
    unit = next((unit for unit in units_over if _is_mass(unit)), "")
    return replace(line, label=replace(line.label, measure="milling.metal_sold", unit=unit)) if unit else None


def _is_price(unit: str) -> bool:
    """Whether a unit is one of money per tonne, ounce or the like."""
    return fits("finance.realized_price", unit) and unit != ""


def _is_mass(unit: str) -> bool:
    return units.known(unit) and units.unit(unit).dimension == (("mass", 1),)


def _is_heavy(header: str) -> bool:
    """Whether the words over a column give a mass, so that nothing below them is money: "Q2 2021 GEOs"."""
    unit = read_label(header.rpartition(" | ")[2]).unit or unit_in(header)
    return units.known(unit) and units.unit(unit).dimension == (("mass", 1),)


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
                    "ownership", [fact], company=_company(sheet, who), mine=sheet.mine, place="table"
                )


def _company(sheet: Sheet, who: str) -> str:
    """The issuer, when it is called by its first word."""
    return sheet.release.issuer if sheet.release.issuer.startswith(who) else who
