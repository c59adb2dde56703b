"""Resource and reserve tables: categories down the rows or across the columns, with tonnes, grades and metal."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from orebook.ground import units
from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading import analytes
from orebook.reading.amounts import amounts
from orebook.reading.estimates import category_in, cutoff_in, deposits_in, is_historical, kind_of
from orebook.reading.labels import without_notes
from orebook.reading.layout import Block, Cell, Row, Table
from orebook.reading.release import Release
from orebook.reading.unit_words import unit_in, unit_of

ORDER = 40

_TONNES = re.compile(r"\b(?:tonnes|tonnage|tons|mass|quantity|mt|kt)\b|^'?000t$", re.IGNORECASE)
_METAL = re.compile(r"\b(?:contained|content|metal|ounces|oz|koz|moz|pounds|lbs?|mlbs?|in[- ]situ)\b", re.IGNORECASE)
_GRADE = re.compile(r"\bgrade\b", re.IGNORECASE)
_DEPOSIT = re.compile(
    r"\b(?:deposit|project|zone|area|prospect|pit|domain|property|location|mine|lode|target)\b", re.IGNORECASE
)
_CATEGORY = re.compile(r"\b(?:category|class|classification|resource category|reserve category)\b", re.IGNORECASE)
_CUTOFF = re.compile(r"\bcut[- ]?off\b|\bcog\b", re.IGNORECASE)
_INTEREST = re.compile(r"\b(?:interest|ownership|equity|attributable)\b", re.IGNORECASE)
_SKIPPED = re.compile(
    r"\b(?:volume|density|cubic|block|composite|reconcil\w*|strip|page|change|difference|sg)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of an estimate holds: ``role`` is tonnes, grade, metal, category, deposit, cutoff or interest."""

    role: str
    group: str
    unit: str = ""
    analyte: str = ""
    cutoff: str = ""


@dataclass(slots=True)
class _Sheet:
    """A table of estimates and what rules its rows."""

    release: Release
    block: Block
    table: Table
    columns: dict[int, Column]
    words: str
    headed: str = ""
    section: str = ""
    deposit: str = ""
    category: str = ""


def records(release: Release) -> Iterator[Record]:
    """Rows of resource and reserve tables: kinds ``resource`` and ``reserve``."""
    for at, block in enumerate(release.layout.blocks):
        table = block.table
        if table is None:
            continue
        columns = {column: _column(words) for column, words in enumerate(table.header)}
        columns = {column: found for column, found in columns.items() if found.role}
        if not _is_estimate(table, columns):
            continue
        caption = table.caption.plain if table.caption else ""
        notes = " ".join(note.plain for note in table.notes)
        sheet = _Sheet(
            release,
            block,
            table,
            _one_metal(columns, _words_above(release, block, caption)),
            f"{caption} {notes} {block.section}",
            _above(release, at),
        )
        for row in table.rows:
            yield from _row(sheet, row)


def _is_estimate(table: Table, columns: dict[int, Column]) -> bool:
    """Whether a table has tonnes or metal with categories, in its rows or over its columns."""
    roles = [column.role for column in columns.values()]
    grouped = any(column.group for column in columns.values())
    rows = [row for row in table.rows if row.cells and any(category_in(cell.plain) for cell in row.cells[:2])]
    said = grouped or bool([row for row in rows if category_in(row.cells[0].plain) != "Total" or len(rows) > 1])
    return said and ("tonnes" in roles or "metal" in roles) and ("grade" in roles or "metal" in roles)


def _column(words: tuple[str, ...]) -> Column:
    """The role of a column, told by the words above it from the top to the lowest."""
    rows = [" ".join(without_notes(word.replace(":selected:", "")).split()) for word in words if word.strip()]
    whole = " ".join(rows)
    if not whole or _SKIPPED.search(whole):
        return Column("", "")
    group = next((found for row in rows if (found := category_in(row))), "")
    lowest = rows[-1]
    bare = [_without_metal(row) for row in rows]
    unit = (
        unit_in(bare[-1])
        or unit_of((bare[-1].split() or [""])[-1])
        or next((found for row in reversed(bare) if (found := unit_in(row))), "")
    )
    named = [
        symbol
        for row in reversed(rows)
        if row == lowest or not _CUTOFF.search(row)
        for _, _, symbol in analytes.find(row)
    ]
    analyte, cutoff = (named[0] if named else ""), cutoff_in(whole)
    if _CUTOFF.search(lowest):
        return Column("cutoff", "", unit, analyte)
    if _CATEGORY.search(lowest):
        return Column("category", "")
    if (
        not unit
        and not _GRADE.search(lowest)
        and not analyte
        and not _TONNES.search(lowest)
        and not _METAL.search(lowest)
    ):
        return Column("deposit" if _DEPOSIT.search(whole) else "", "")
    if _INTEREST.search(lowest) and unit in ("%", ""):
        return Column("interest", group, "%")
    return _measured(group, unit, analyte, whole, lowest, cutoff)


def _without_metal(words: str) -> str:
    """Words without the metals in them, so that "(g/t Au)" is a unit."""
    for start, end, _ in reversed(analytes.find(words)):
        words = f"{words[:start]}{words[end:]}"
    return " ".join(words.replace("( ", "(").replace(" )", ")").split())


def _measured(group: str, unit: str, analyte: str, whole: str, lowest: str, cutoff: str) -> Column:
    share = bool(unit) and units.known(unit) and not units.unit(unit).dimension
    mass = bool(unit) and units.known(unit) and units.unit(unit).dimension == (("mass", 1),)
    if share or (_GRADE.search(lowest) and not mass):
        return Column("grade", group, unit, analyte, cutoff)
    if not (mass or _TONNES.search(whole) or _METAL.search(whole)):
        return Column("grade", group, unit, analyte, cutoff) if analyte and _GRADE.search(whole) else Column("", "")
    if (
        analyte
        or (_METAL.search(whole) and not re.search(r"\btonn", lowest, re.IGNORECASE))
        or units.unit(unit or "1").name in ("oz", "koz", "Moz", "lb", "Mlb")
    ):
        metal = {"ounces": "oz", "oz": "oz", "pounds": "lb", "lbs": "lb"}
        named = next((code for word, code in metal.items() if word in lowest.lower()), "")
        return Column("metal", group, unit or named, analyte, cutoff)
    return Column("tonnes", group, unit or unit_of(lowest) or ("t" if "tonnes" in lowest.lower() else ""), "", cutoff)


def _words_above(release: Release, block: Block, caption: str) -> list[str]:
    """What may name the metal of a table that does not: caption, section, title."""
    return [caption, block.section, release.title.plain if release.title else ""]


def _one_metal(columns: dict[int, Column], above: list[str]) -> dict[int, Column]:
    """Give columns without an analyte the only one that the table or its caption names."""
    named = {column.analyte for column in columns.values() if column.analyte and column.role in ("grade", "metal")}
    for words in above:
        named = named or {symbol for _, _, symbol in analytes.find(words)}
    only = next(iter(named)) if len(named) == 1 else ""
    return {
        at: Column(c.role, c.group, c.unit, c.analyte or (only if c.role in ("grade", "metal") else ""), c.cutoff)
        for at, c in columns.items()
    }


def _aligned(row: Row, sheet: _Sheet) -> dict[int, Cell]:
    """The cells of a row by column; a row whose merged first cell has vanished is moved to the right."""
    filled = [cell for cell in row.cells if cell.plain]
    at = {cell.column: cell for cell in filled}
    wanted = next((column for column, of in sheet.columns.items() if of.role == "category"), None)
    first = filled[0] if filled else None
    if (
        first
        and wanted
        and first.column < wanted
        and category_in(first.plain) not in ("", "Total")
        and not category_in(at[wanted].plain if wanted in at else "")
    ):
        shift = wanted - first.column
        if filled[-1].column + shift < sheet.table.width:
            return {column + shift: cell for column, cell in at.items()}
    return at


def _row(sheet: _Sheet, row: Row) -> Iterator[Record]:
    cells = _aligned(row, sheet)
    valued = {
        at: cell
        for at, cell in cells.items()
        if at in sheet.columns and sheet.columns[at].role in ("tonnes", "grade", "metal") and amounts(cell.plain)
    }
    words = [cell.plain for at, cell in sorted(cells.items()) if at not in valued and not amounts(cell.plain)]
    if not valued:
        if words and len(cells) == 1 and not category_in(words[0]):
            sheet.section = without_notes(words[0])
        return
    category, deposit = _who(sheet, cells, words)
    for group in dict.fromkeys(sheet.columns[at].group for at in valued):
        for cutoff in dict.fromkeys(sheet.columns[at].cutoff for at in valued if sheet.columns[at].group == group):
            facts = [
                fact
                for at, cell in valued.items()
                if (of := sheet.columns[at]).group == group and of.cutoff == cutoff and (fact := _fact(sheet, of, cell))
            ]
            if facts:
                yield _record(sheet, facts, group or category, deposit, cutoff or _cut(sheet, cells), cells)


def _who(sheet: _Sheet, cells: dict[int, Cell], words: list[str]) -> tuple[str, str]:
    """Category and deposit of a row: each from its column, else from the words before its figures."""
    of = {column.role: at for at, column in reversed(sheet.columns.items()) if column.role in ("category", "deposit")}
    said = cells[of["category"]].plain if "category" in of and of["category"] in cells else ""
    place = cells[of["deposit"]].plain if "deposit" in of and of["deposit"] in cells else ""
    total = next((word for word in words if _TOTAL.match(word)), "")
    category = category_in(said) or next((found for word in words if (found := category_in(word))), "")
    if not place:
        place = next((word for word in words if word != said and not category_in(word)), "")
    if total and place in ("", total):
        return category, "" if category not in (
            "Total",
            "Subtotal",
        ) or (total.lower() == "total" and "deposit" not in of) else total
    if not category and of.get("category", 1) < of.get("deposit", 99):
        category = sheet.category
    sheet.category = category
    if place and category_in(place) and len(place.split()) > 1:
        return category or category_in(place), without_notes(place)
    if place and not category_in(place):
        sheet.deposit = without_notes(place)
    return category, sheet.deposit or sheet.section


_TOTAL = re.compile(r"(?:grand |sub-?\s?)?total|all\b", re.IGNORECASE)


def _cut(sheet: _Sheet, cells: dict[int, Cell]) -> str:
    """The cut-off of a row: in its own cell, else in the caption or notes."""
    for at, column in sheet.columns.items():
        if column.role == "cutoff" and at in cells and (said := amounts(cells[at].plain)):
            return f"{said[0].value} {said[0].unit or column.unit} {column.analyte}".strip()
    return cutoff_in(sheet.words)


def _fact(sheet: _Sheet, column: Column, cell: Cell) -> Fact | None:
    said = amounts(cell.text.plain)
    if len(said) != 1:
        return None
    unit = said[0].unit or column.unit
    if unit and not units.known(unit):
        return None
    figure = Figure(said[0].value, unit, said[0].sign)
    analyte = "" if column.role == "tonnes" else column.analyte
    return sheet.release.fact(
        f"resources.{column.role}", figure, cell.text, said[0].start, said[0].end, analyte=analyte
    )


def _record(
    sheet: _Sheet, facts: list[Fact], category: str, deposit: str, cutoff: str, cells: dict[int, Cell]
) -> Record:
    about = sheet.release.about(sheet.block)
    kind = kind_of(category, sheet.words)
    caption = sheet.table.caption.plain if sheet.table.caption else ""
    named = (
        deposit
        or next((name for _, _, name in deposits_in(caption)), "")
        or sheet.headed
        or about.get("zone")
        or about.get("property")
        or about.get("mine", "")
    )
    interest = next(
        (amounts(cells[at].plain) for at, c in sheet.columns.items() if c.role == "interest" and at in cells), []
    )
    return sheet.release.record(
        kind,
        facts,
        **{**about, "deposit": named},
        category=category,
        cutoff=cutoff,
        interest=f"{interest[0].value} %" if interest else "",
        table=without_notes(caption)[:120],
        place="table",
        context="historical" if is_historical(sheet.words) else "announced",
    )


_HEADED = re.compile(
    r"^(?P<name>[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'-]+){0,3}?) (?:GOLD |COPPER |SILVER |Gold |Copper |"
    r"Silver )?(?:PROJECT|DEPOSIT|MINE|PROPERTY|Project|Deposit|Mine|Property)$"
)


def _above(release: Release, at: int) -> str:
    """The deposit that a short line above a table names as the head of its part."""
    for block in reversed(release.layout.blocks[max(0, at - 8) : at]):
        if block.table is None and len(block.plain) < 60 and (found := _HEADED.match(block.plain.strip())):
            return found["name"].title()
    return ""
