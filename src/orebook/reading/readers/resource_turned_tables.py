"""Estimates in tables that are turned: tonnes, grades and metal down the rows, the categories over the columns."""

import re
from collections.abc import Iterator

from orebook.ground import units
from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading.estimating.estimate_columns import FIGURES, Column, column_of
from orebook.reading.estimating.estimate_subjects import OnlyMetal
from orebook.reading.estimating.estimates import category_in, cutoff_in, is_historical, kind_of, places_in
from orebook.reading.estimating.over_tables import line_above
from orebook.reading.heads.amounts import amounts
from orebook.reading.language import analytes
from orebook.reading.layout import Block, Row, Table
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

ORDER = 41

_PRODUCED = Pattern(r"\b(?:milled|processed|produced|production|recovered|sold|quarter|month)\b", re.IGNORECASE)


def records(release: Release) -> Iterator[Record]:
    """Columns of turned tables: kinds ``resource`` and ``reserve``."""
    metal = OnlyMetal(release)
    for at, block in enumerate(release.layout.blocks):
        if block.table is None:
            continue
        over = _categories(block.table)
        rows = [(row, column) for row in block.table.rows if (column := _measure(row)).role in FIGURES]
        roles = {column.role for _, column in rows}
        if len(over) > 1 and "tonnes" in roles and len(roles) > 1:
            yield from _of_table(metal, at, block, over, rows)


def _categories(table: Table) -> dict[int, str]:
    """The columns whose head is a category and nothing that could be measured."""
    found: dict[int, str] = {}
    for at, words in enumerate(table.header):
        said = " ".join(words)
        category = category_in(said)
        if category and at and column_of(tuple(words)).role not in FIGURES and not _PRODUCED.search(said):
            found[at] = category
    return found


def _measure(row: Row) -> Column:
    """What a row holds, by its label."""
    label = row.plain(0)
    return Column("", "") if not label or amounts(label) or _PRODUCED.search(label) else column_of((label,))


def _of_table(
    metal: OnlyMetal, at: int, block: Block, over: dict[int, str], rows: list[tuple[Row, Column]]
) -> Iterator[Record]:
    """One estimate for each column, and a new one where tonnes come again."""
    table = block.table
    assert table is not None
    caption = table.caption.plain if table.caption else ""
    words = f"{caption} {line_above(metal.release, at)} {block.section}"
    named = {column.analyte for _, column in rows if column.analyte}
    only = named.pop() if len(named) == 1 else "" if named else _metal(metal, words)
    parts: list[list[tuple[Row, Column]]] = []
    for row, column in rows:
        if column.role == "tonnes" or not parts:
            parts.append([])
        parts[-1].append((row, column))
    about = metal.release.about(block)
    place = next((name for _, _, name in places_in(words)), "") or about.get("zone") or about.get("property", "")
    for part in parts:
        for column_at, category in over.items():
            facts = [
                fact for row, column in part if (fact := _fact(metal.release, row, column_at, column, only)) is not None
            ]
            if len(facts) > 1:
                yield metal.release.record(
                    kind_of(category, words), facts, **{**about, "deposit": place or about.get("mine", "")},
                    category=category, cutoff=cutoff_in(words), table=caption[:120], place="table",
                    context="historical" if is_historical(words) else "announced",
                )  # fmt: skip


def _metal(metal: OnlyMetal, words: str) -> str:
    said = {symbol for _, _, symbol in analytes.find(words)}
    return said.pop() if len(said) == 1 else metal.symbol


def _fact(release: Release, row: Row, at: int, column: Column, only: str) -> Fact | None:
    """The figure of a row under a category."""
    cell = row.cell(at)
    said = amounts(cell.text.plain) if cell else []
    unit = (said[0].unit if len(said) == 1 else "") or column.unit
    analyte = "" if column.role == "tonnes" else column.analyte or only
    if cell is None or len(said) != 1 or not units.known(unit) or (column.role != "tonnes" and not analyte):
        return None
    figure = Figure(said[0].value, unit, said[0].sign)
    return release.fact(f"resources.{column.role}", figure, cell.text, said[0].start, said[0].end, analyte=analyte)
