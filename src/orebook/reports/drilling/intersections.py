"""Intersections: the table of significant intersections, in the company's layout."""

import re
from collections.abc import Iterator, Sequence

import polars as pl

from orebook.checks.saying import listed
from orebook.disciplines.drilling.intervals import interval_length
from orebook.reports.drilling.columns import Row, Source, bare, length_of, settle_depths, sources
from orebook.reports.drilling.layouts import Layout, LayoutError
from orebook.reports.drilling.lists import sentence
from orebook.reports.drilling.sentences import Templates
from orebook.reports.printed import Address, PrintedCell, PrintedColumn, PrintedRow, PrintedTable

USUAL = ("hole", "zone", "from", "to", "length", "true_thickness")
"""Columns that are printed, where there are values, when the layout names none; all grades follow."""

LEVEL = "level"
"""The column that says how deep a part lies: nothing or 0 for an interval, 1 for a part of it, 2 for a part of that."""

POSITION = "position"
"""The column that says where a row stands in the table of the book."""


def intersection_table(
    table: pl.DataFrame,
    layout: Layout,
    *,
    holes: Sequence[str] = (),
    pending: Sequence[str] = (),
    notes: Sequence[str] = (),
    name: str = "intersections",
    own: Templates | None = None,
) -> PrintedTable:
    """The table of significant intersections.

    ``table`` has a row for each interval: ``hole``, depths, grades, and ``level`` where some are parts of others.
    ``holes`` are all holes that the table shall answer for: those without an interval are named as barren, and those
    that wait for assays (``pending``) as pending, so that none is forgotten. ``notes`` go below. ``name`` is the table
    of the book in which a printed number is found again, by its row. ``own`` are sentences of the company. Raises
    ``LayoutError`` for a column that is not there.

    >>> found = intersection_table(
    ...     pl.DataFrame({"hole": ["A1", "A1"], "from_m": [3.0, 4.0], "to_m": [9.5, 5.0],
    ...         "au_gpt": [1.005, 7.0], "level": [0, 1]}), Layout(caption="Table 1"))
    >>> found.cells()
    [['A1', '3.00', '9.50', '6.50', '1.01'], ['Including', '4.00', '5.00', '1.00', '7.00']]
    """
    whole, rows = prepared(table, layout)
    found, remarks = settle_depths(rows, sources(whole, layout, _present(whole)), layout)
    shown = {str(row["hole"]) for row in rows}
    barren = [hole for hole in dict.fromkeys(holes) if hole not in shown and hole not in set(pending)]
    waiting = list(dict.fromkeys(pending))
    printed = [*_intervals(rows, found, layout, name)]
    printed = _listed(printed, barren if layout.barren == "rows" else [], layout.barren_words, layout, found)
    printed = _listed(printed, waiting if layout.pending == "rows" else [], layout.pending_words, layout, found)
    columns = [source.printed for source in found]
    if layout.child_in == "column" and any(row.kind == "part" for row in printed):
        at = _hole_at(found)
        printed = [_parted(row, at) for row in printed]
        columns.insert(at + 1, PrintedColumn("relation", ""))
    unnamed = barren if layout.barren == "none" else []
    unnamed += waiting if layout.pending == "none" else []
    if unnamed:
        remarks.append(f"the layout names no holes without results: {listed(unnamed)}")
    below = [*(layout.notes if layout.notes is not None else notes)]
    below += [sentence("barren", barren, own)] if barren and layout.barren == "sentence" else []
    below += [sentence("pending", waiting, own)] if waiting and layout.pending == "sentence" else []
    return PrintedTable(name, layout.caption, tuple(columns), tuple(printed), tuple(below), tuple(remarks))


def prepared(table: pl.DataFrame, layout: Layout) -> tuple[pl.DataFrame, Sequence[Row]]:
    """A table of intervals with lengths and the position of each row, and its rows in the order of the layout."""
    whole = _with_length(table)
    return whole, _ordered(whole, layout)


def _with_length(table: pl.DataFrame) -> pl.DataFrame:
    """The table with the position of each row, and with lengths where it has depths only."""
    whole = table.with_row_index(POSITION)
    unit = length_of(table, "from")
    if unit and f"length_{unit}" not in table.columns and f"to_{unit}" in table.columns:
        between = interval_length(pl.col(f"from_{unit}"), pl.col(f"to_{unit}"))
        whole = whole.with_columns(between.alias(f"length_{unit}"))
    return whole


def _present(table: pl.DataFrame) -> list[str]:
    """The usual columns in which there is anything to print."""
    empty = {bare(column) for column in table.columns if table[column].null_count() == table.height > 0}
    return [name for name in USUAL if name not in empty]


def _ordered(table: pl.DataFrame, layout: Layout) -> Sequence[Row]:
    """The rows by hole and depth, every interval before its parts; or as they were given."""
    rows = table.to_dicts()
    unit = length_of(table, "from")
    if layout.order == "given" or not unit:
        return rows
    first, last = f"from_{unit}", f"to_{unit}"
    return sorted(
        rows,
        key=lambda row: (natural(str(row["hole"])), _or_nought(row[first]), -_or_nought(row.get(last)), _level(row)),
    )


def _or_nought(depth: float | None) -> float:
    return depth or 0.0


def _level(row: Row) -> int:
    return int(row.get(LEVEL) or 0)


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key by which names are sorted as people sort them: hole 9 before hole 10.

    >>> sorted(["DH-10", "DH-9", "CL1"], key=natural)
    ['CL1', 'DH-9', 'DH-10']
    """
    parts = re.findall(r"\d+|\D+", name)
    return tuple((0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts)


def _intervals(rows: Sequence[Row], found: Sequence[Source], layout: Layout, name: str) -> Iterator[PrintedRow]:
    """Yield a printed row for each interval, the hole's place filled as the layout wants it."""
    before, at = None, _hole_at(found)
    for row in rows:
        level, hole = _level(row), str(row["hole"])
        cells = [
            source.cell(row, layout, Address(name, int(row[POSITION]), " + ".join(source.keys))) for source in found
        ]
        words = layout.mark(level) if level else _again(layout) if hole == before else hole
        cells[at] = PrintedCell(hole if words is None else words, hole, cells[at].address)
        before = hole
        yield PrintedRow(tuple(cells), "part" if level else "row", level)


def _again(layout: Layout) -> str | None:
    """What stands in the hole's place in a second interval; nothing said means its name."""
    return None if layout.further == "hole" else layout.further


def _listed(
    rows: list[PrintedRow], named: Sequence[str], words: str, layout: Layout, found: Sequence[Source]
) -> list[PrintedRow]:
    """The rows with one for each of the named holes, in their order where the table is in order."""
    at = _hole_at(found)
    empty = (PrintedCell(""),) * at
    lines = [PrintedRow((*empty, PrintedCell(hole, hole), PrintedCell(words)), "words") for hole in named]
    if layout.order == "given":
        return [*rows, *lines]
    groups: list[list[PrintedRow]] = []
    for row in [*rows, *lines]:
        if groups and groups[-1][0].cells[at].value == row.cells[at].value:
            groups[-1].append(row)
        else:
            groups.append([row])
    return [row for group in sorted(groups, key=lambda group: natural(str(group[0].cells[at].value))) for row in group]


def _hole_at(found: Sequence[Source]) -> int:
    """Where the column of holes stands."""
    for place, source in enumerate(found):
        if source.name == "hole":
            return place
    raise LayoutError("columns: a table of intersections needs the hole; add 'hole'")


def _parted(row: PrintedRow, at: int) -> PrintedRow:
    """A row with the word for parts in a column of its own, behind the hole."""
    cells = list(row.cells)
    named = cells[at]
    if row.kind == "part":
        cells[at] = PrintedCell(str(named.value), named.value, named.address)
    if row.kind != "words":
        cells.insert(at + 1, PrintedCell(named.text if row.kind == "part" else ""))
    return PrintedRow(tuple(cells), row.kind, row.depth)
