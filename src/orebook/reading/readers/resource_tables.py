"""Resource and reserve tables: categories down the rows or across the columns, with tonnes, grades and metal."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from orebook.ground import units
from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading.estimating.editions import older, with_editions
from orebook.reading.estimating.estimate_columns import FIGURES, Column, column_of, columns_of, is_head
from orebook.reading.estimating.estimate_cutoffs import with_contexts
from orebook.reading.estimating.estimate_subjects import OnlyMetal
from orebook.reading.estimating.estimates import (
    RESERVES,
    category_in,
    category_pattern,
    cutoff_in,
    deposits_in,
    is_estimate,
    is_historical,
    kind_of,
    place_in,
    places_in,
)
from orebook.reading.estimating.over_tables import headed_above, line_above
from orebook.reading.heads.amounts import amounts
from orebook.reading.heads.labels import without_notes
from orebook.reading.language import analytes
from orebook.reading.layout import Block, Cell, Row, Table
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

ORDER = 40

_PRODUCED = Pattern(
    r"\b(?:milled|processed|produced|production|throughput|recovery|recoveries|quarter|sold|sales|guidance|"
    r"intersection|interval|hole)\b",
    re.IGNORECASE,
)
_TOTAL = Pattern(r"(?:grand |sub-?\s?)?totals?\b|all\b", re.IGNORECASE)
_CONTROL = Pattern(
    r"(?:grade control(?: model)?|mine[ds]?(?: claimed| call(?:ed)?| production)?|claimed|declared ore mined|mill(?:ed|"
    r" feed| reconciled| production)?|processed|plant(?: feed)?|variance|differences?|reconciled)"
    r"(?: \([^()]{0,30}\))?$",
    re.IGNORECASE,
)
_MINED = Pattern(r"min|mill|claimed|declared|process|plant", re.IGNORECASE)
_CALLED = {"tonnes": "tonnes", "grade": "grade", "metal": "contained metal"}


@dataclass(slots=True)
class _Sheet:
    """A table of estimates and what rules its rows; ``words`` say of what the table is."""

    release: Release
    block: Block
    table: Table
    columns: dict[int, Column]
    words: str
    ruling: str
    about: dict[str, str]
    place: str
    cutoff: str
    context: str
    section: str = ""
    under: str = ""
    of: str = ""
    deposit: str = ""
    category: str = ""
    exact: str = ""
    tonnes: list[Decimal] = field(default_factory=list)
    alike: list[Decimal] = field(default_factory=list)


def records(release: Release) -> Iterator[Record]:
    """Rows of resource and reserve tables: kinds ``resource`` and ``reserve``."""
    metal = OnlyMetal(release)
    for at, block in enumerate(release.layout.blocks):
        if block.table is None:
            continue
        if sheet := _sheet(metal, at, block, block.table):
            taken = columns_of(block.table, sheet.words)[1]
            rows = [record for row in block.table.rows[taken:] for record in _row(sheet, row)]
            yield from with_contexts(rows, sheet.words)


def _sheet(metal: OnlyMetal, at: int, block: Block, table: Table) -> _Sheet | None:
    """A table as one of estimates, or nothing where it is none."""
    release, caption = metal.release, table.caption.plain if table.caption else ""
    above = line_above(release, at) if not is_estimate(caption) else ""
    notes = " ".join(note.plain for note in table.notes)
    ruling = f"{caption} {above} {block.section}"
    columns, taken = columns_of(table, f"{ruling} {notes}")
    if not _is_estimate(table, columns, taken, ruling):
        return None
    title = release.title.plain if release.title else ""
    columns, band = _without_band(with_editions(columns, table.header))
    columns = _one_metal(columns, [caption, above, block.section, title, metal.symbol])
    words, about = f"{caption} {above} {notes} {block.section}", release.about(block)
    over = [*places_in(ruling), *deposits_in(caption)]
    named = over[0][2] if over else headed_above(release, at) or about.get("zone") or about.get("property")
    return _Sheet(
        release,
        block,
        table,
        columns,
        words,
        ruling,
        about,
        place=named or about.get("mine", ""),
        cutoff=cutoff_in(words),
        context="historical" if is_historical(words) else "announced",
        under=band,
        category=band,
    )


def _without_band(columns: dict[int, Column]) -> tuple[dict[int, Column], str]:
    """Columns without the one category that stands over some of them: it is a row over the rows, not a group."""
    groups = {column.group for column in columns.values() if column.role in FIGURES}
    band = next((group for group in groups if group), "")
    if len(groups) != 2 or "" not in groups or band in ("", "Total"):
        return columns, ""
    return {at: replace(column, group="") for at, column in columns.items()}, band


def _is_estimate(table: Table, columns: dict[int, Column], taken: int, ruling: str) -> bool:
    """Whether a table has tonnes or metal with categories: in its rows, over its columns or over the whole of it."""
    roles = [column.role for column in columns.values()]
    body = table.rows[taken:]
    rows = [row for row in body if row.cells and any(category_in(cell.plain) for cell in row.cells[:2])]
    if not {"tonnes", "metal"} & set(roles):
        return False
    if "grade" not in roles and "metal" not in roles:  # coal has no grade
        return len(rows) > 1 and is_estimate(ruling)
    if any(column.group for column in columns.values()):
        return True
    if [row for row in rows if category_in(row.cells[0].plain) != "Total" or len(rows) > 1]:
        return True
    head = " ".join(word for words in table.header for word in words)
    if "tonnes" not in roles or "grade" not in roles or _PRODUCED.search(f"{ruling} {head}"):
        return False
    return bool(_category_over(ruling)) or ("metal" in roles and ("cutoff" in roles or is_estimate(ruling)))


def _category_over(words: str) -> str:
    """The one category that the words over a table name, or nothing."""
    said = {category_in(found[0]) for found in category_pattern().finditer(words)} - {"Total", "Subtotal"}
    return said.pop() if len(said) == 1 else ""


def _one_metal(columns: dict[int, Column], above: list[str]) -> dict[int, Column]:
    """Give columns without an analyte the only one that the table or its caption names."""
    named = {column.analyte for column in columns.values() if column.analyte and column.role in ("grade", "metal")}
    for words in above:
        named = named or {symbol for _, _, symbol in analytes.find(words)}
    only = next(iter(named)) if len(named) == 1 else ""
    return {
        at: replace(column, analyte=only) if column.role in ("grade", "metal") and not column.analyte else column
        for at, column in columns.items()
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
        if at in sheet.columns and sheet.columns[at].role in FIGURES and amounts(cell.plain)
    }
    words = [cell.plain for at, cell in sorted(cells.items()) if at not in valued and not _is_number(cell.plain)]
    if not valued or is_head(row):
        _heading(sheet, row, words)
        return
    if any(_CONTROL.match(word) for word in words[:1]):
        yield from _reconciled(sheet, words[0], valued)
        return
    category, deposit = _who(sheet, cells, words, valued)
    for apart in dict.fromkeys(map(_apart, (sheet.columns[at] for at in valued))):
        facts = [
            fact
            for at, cell in valued.items()
            if _apart(of := sheet.columns[at]) == apart and (fact := _fact(sheet, of, cell))
        ]
        if facts:
            group, place, *_ = apart
            yield _record(sheet, facts, (group or category, place or deposit), apart, cells)


def _is_number(plain: str) -> bool:
    return bool(amounts(plain.lstrip("+")))


def _reconciled(sheet: _Sheet, label: str, valued: dict[int, Cell]) -> Iterator[Record]:
    """What was mined or milled, beside an estimate that it is reconciled with; a model or difference is neither."""
    about = {**sheet.about, "place": "table", "context": sheet.context}
    for at, cell in valued.items() if _MINED.match(label) else ():
        if fact := _fact(sheet, sheet.columns[at], cell):
            words = f"{without_notes(label)} {_CALLED.get(sheet.columns[at].role, '')}".strip()
            yield sheet.release.record("production", [replace(fact, measure="milling.line")], **about, label=words)


_Apart = tuple[str, str, str, str, str]


def _apart(column: Column) -> _Apart:
    """What tells the estimates of one row apart."""
    return column.group, column.place, column.cutoff, column.basis, column.edition


def _heading(sheet: _Sheet, row: Row, words: list[str]) -> None:
    """A row without figures: the name of a part of the table, a category over its rows, or the head once more."""
    if is_head(row):
        fresh = {cell.column: column_of((cell.plain,)) for cell in row.cells}
        known = {at: found for at, found in fresh.items() if found.role in FIGURES and found.unit}
        sheet.columns = _one_metal({**sheet.columns, **_under_groups(sheet.columns, known)}, [sheet.ruling])
        return
    if not words or len(row.cells) != 1:
        return
    category, said = category_in(words[0]), without_notes(words[0])
    if category in ("Total", "Subtotal"):
        sheet.section, sheet.deposit, sheet.under = place_in(said) or "Total", "", ""
        return
    sheet.of = words[0] if is_estimate(words[0]) else sheet.of
    name = place_in(said)
    if category:
        sheet.under, sheet.category = category, category
    if name:
        sheet.section = said if not category and not is_estimate(said) else name
    if not name and not category:
        sheet.section, sheet.under = "", ""
    sheet.deposit, sheet.tonnes = "", []


def _under_groups(old: dict[int, Column], fresh: dict[int, Column]) -> dict[int, Column]:
    """Heads that come again keep the category and deposit that span them."""
    return {
        at: Column(
            of.role, old[at].group, of.unit, of.analyte, old[at].cutoff, old[at].place, of.basis or old[at].basis
        )
        for at, of in fresh.items()
        if at in old
    }


def _who(sheet: _Sheet, cells: dict[int, Cell], words: list[str], valued: dict[int, Cell]) -> tuple[str, str]:
    """Category and deposit of a row: each from its column, else from the words before its figures."""
    of = {column.role: at for at, column in reversed(sheet.columns.items()) if column.role in ("category", "deposit")}
    said = cells[of["category"]].plain if "category" in of and of["category"] in cells else ""
    place = cells[of["deposit"]].plain if "deposit" in of and of["deposit"] in cells else ""
    if said and not category_in(said):  # a column of categories and deposits in one
        said, place = "", place or said
    category = category_in(said) or next((found for word in words if (found := category_in(word))), "")
    place = place or next((word for word in words if word != said and not category_in(word)), "")
    label = place or next((word for word in words if word != said), "")
    if is_estimate(label):
        sheet.of = label
    total = next((word for word in words if _TOTAL.match(word)), "")
    if total and place in ("", total):
        category = _category_of_total(sheet, category, said, valued)
        return category, _of_total(sheet, category, total, valued, of)
    if not category:
        listed = of.get("category", 1) < of.get("deposit", 99)
        category = (sheet.category if listed else "") or sheet.under
    elif category not in ("Total", "Subtotal"):
        sheet.alike = sheet.alike if category == sheet.exact else []
        sheet.category = sheet.exact = category
    own = place_in(label) if category_in(label) not in ("", "Total", "Subtotal") else ""
    if own:  # "Stockpile (Proven)" names a deposit for this row alone
        return category, without_notes(own)
    if place and category_in(place) and len(place.split()) > 1:
        return category or category_in(place), without_notes(place)
    if place and not (category_in(place) or amounts(place) or without_notes(place) == sheet.deposit):
        sheet.deposit, sheet.tonnes = without_notes(place), []
    if category not in ("Total", "Subtotal", "Measured and Indicated", "Proved and Probable"):
        sheet.tonnes += _tonnes(sheet, valued)
        sheet.alike += _tonnes(sheet, valued)
    return category or _category_over(sheet.ruling), sheet.deposit or sheet.section


def _category_of_total(sheet: _Sheet, category: str, said: str, valued: dict[int, Cell]) -> str:
    """The category of a row of totals that names none: that of the table, or of the rows that add up to it."""
    if said or category not in ("Total", "Subtotal"):
        return category
    if not sheet.exact:
        return _category_over(sheet.ruling) or category
    return sheet.exact if sheet.deposit and _adds_up(sheet.alike, _tonnes(sheet, valued)) else category


def _adds_up(parts: list[Decimal], whole: list[Decimal]) -> bool:
    """Whether two or more tonnages make a total, to a hundredth."""
    return bool(whole) and len(parts) > 1 and abs(sum(parts) - whole[0]) * 100 <= whole[0]


def _of_total(sheet: _Sheet, category: str, total: str, valued: dict[int, Cell], of: dict[str, int]) -> str:
    """Of what a total is: of the deposit above where its tonnes add up to it, else of everything."""
    here = sheet.deposit or sheet.section
    added = _tonnes(sheet, valued)
    if here and _adds_up(sheet.tonnes, added) and category in ("Total", "Subtotal"):
        return here
    if category in ("Measured and Indicated", "Proved and Probable") and of.get("deposit", 1) != 0:
        return here
    if _TOTAL.fullmatch(total) is None and (name := place_in(total)):
        return without_notes(total) if category_in(total) in ("", "Total", "Subtotal") else name
    named = "deposit" in of or bool(sheet.deposit)
    everything = named or (category in ("Total", "Subtotal") and total.lower() != "total")
    sheet.section, sheet.deposit = "", "Total" if named and category not in ("Total", "Subtotal") else ""
    return "Total" if everything else ""


def _tonnes(sheet: _Sheet, valued: dict[int, Cell]) -> list[Decimal]:
    """The tonnage of a row, where one column holds it."""
    said = [amounts(cell.plain)[0].value for at, cell in valued.items() if sheet.columns[at].role == "tonnes"]
    return said if len(said) == 1 else []


_LEADING_NUMBER = Pattern(r"\W{0,4}(?P<value>\d{1,5}(?:\.\d{1,4})?)\b")


def _cut(sheet: _Sheet, cells: dict[int, Cell]) -> str:
    """The cut-off of a row: in its own cell, else in the caption or notes."""
    for at, column in sheet.columns.items():
        if column.role == "cutoff" and at in cells and (said := _LEADING_NUMBER.match(cells[at].plain)):
            own = amounts(cells[at].plain)
            unit = (own[0].unit if own else "") or column.unit
            return f"{said['value']} {unit} {column.analyte}".strip()
    return sheet.cutoff


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


def _kind(sheet: _Sheet, category: str) -> str:
    """Resource or reserve: by the category, by the part of the table, by the rows above, by the caption."""
    if category in ("Total", "Subtotal", "") and not sheet.of and sheet.exact:
        return "reserve" if sheet.exact in RESERVES else "resource"
    return kind_of(category, f"{sheet.of} {sheet.words}")


def _record(sheet: _Sheet, facts: list[Fact], named: tuple[str, str], apart: _Apart, cells: dict[int, Cell]) -> Record:
    category, deposit = named
    _, _, cutoff, basis, edition = apart
    caption = sheet.table.caption.plain if sheet.table.caption else ""
    editions = [column.edition for column in sheet.columns.values()]
    interest = next(
        (amounts(cells[at].plain) for at, c in sheet.columns.items() if c.role == "interest" and at in cells), []
    )
    return sheet.release.record(
        _kind(sheet, category),
        facts,
        **{**sheet.about, "deposit": deposit or sheet.place},
        category=category,
        cutoff=cutoff or _cut(sheet, cells),
        basis=basis,
        edition=edition if not edition.isdigit() else "",
        interest=f"{interest[0].value} %" if interest else "",
        table=without_notes(caption)[:120],
        place="table",
        context="previously reported" if older(edition, editions) else sheet.context,
    )
