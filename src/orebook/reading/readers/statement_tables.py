"""Statements and production tables: rows of measures by columns of periods, mines or segments."""

import re
from collections.abc import Iterator

from orebook.ground.fact import Record
from orebook.ground.figure import Figure
from orebook.ground.period import Period
from orebook.reading.labels import unit_class
from orebook.reading.period_columns import bare_years, with_periods
from orebook.reading.release import Release
from orebook.reading.reporting import reporting
from orebook.reading.scales import release_scale, said_in_prose, scale_by_prose
from orebook.reading.sheets import Sheet
from orebook.reading.statement_cells import record_of
from orebook.reading.table_lines import Line, lines

ORDER = 50

_CATEGORY = re.compile(r"\b(?:measured|indicated|inferred|proved|proven|probable)\b", re.IGNORECASE)
_OWNS = re.compile(
    r"(?P<who>[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3})(?:'s)? (?:owns|holds|owned|share|"
    r"interest)\D{0,12}(?P<share>\d{1,3}(?:\.\d+)?)\s?%"
)
_OF_YEAR = re.compile(r"\b(?:annual|year|years|full[ -]year|twelve months|guidance|outlook)\b", re.IGNORECASE)


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
    for (sheet, rows), scale in zip(read, scales, strict=True):
        yield from _ownership(sheet)
        of_money = _of_money(rows)
        for line in rows:
            yield from _row(sheet, line, scale or usual, of_money=of_money)


def _of_quarter(sheets: list[Sheet]) -> None:
    """Bare years stand for the quarters that the table before showed over the same years.

    They cannot be whole years where the last of them had not ended on the day of the release.
    """
    shown: dict[str, Period] = {}
    for sheet in sheets:
        columns = sheet.columns
        times = sheet.times
        if not bare_years(columns):
            shown = _by_year(sheet) or shown
            continue
        unended = [of for of in columns.values() if of.period and times.day and of.period.end > times.day.end]
        if sheet.planned or not unended or _OF_YEAR.search(sheet.words):
            continue
        now = {str(times.now.end.year): times.now} if times.now else {}
        heads = shown if all(of.header in shown for of in columns.values()) else _of_years(now, columns.values())
        said = {column: heads[of.header] for column, of in columns.items() if of.header in heads}
        sheet.columns = with_periods(columns, said)


def _by_year(sheet: Sheet) -> dict[str, Period]:
    """The periods that end the heads of a table in a year, where each year stands for one."""
    found: dict[str, Period] = {}
    for of in sheet.columns.values():
        year = of.header.rpartition(" | ")[2]
        if of.period and of.period.days < 300 and re.fullmatch(r"(?:19|20)\d\d", year):
            if found.setdefault(year, of.period) != of.period:
                return {}
    return found


def _of_years(now: dict[str, Period], columns: object) -> dict[str, Period]:
    return now


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
    known = sum(bool(line.label.measure) for line in rows)
    periods = sum(of.period is not None for of in sheet.columns.values()) or int(sheet.period is not None)
    return periods > 0 and (known >= 2 or known == len(rows)) and known >= 0.3 * len(rows)


def _of_money(rows: list[Line]) -> bool:
    """Whether a table is one of money, so that a row which the vocabulary does not know is money too."""
    money = sum(line.label.measure.startswith("finance.") for line in rows)
    signed = any(said[0].currency for line in rows for _, said in line.cells.values())
    metal = sum(line.label.measure.startswith("milling.") for line in rows)
    return money > metal or (money > 0 and signed)


def _row(sheet: Sheet, line: Line, scale: str, *, of_money: bool) -> Iterator[Record]:
    for column, (cell, said) in line.cells.items():
        if found := record_of(sheet, line, sheet.columns[column], cell, said, scale, of_money=of_money):
            yield found


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
