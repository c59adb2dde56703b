"""Reserve movements: tables that lead from the estimate of one day to that of a later one, deposit by deposit.

The first and the last row are estimates, the rows between them what was mined, found and lost: a loss is negative.
"""

import re
from collections.abc import Iterator

from orebook.ground import units
from orebook.ground.fact import Record
from orebook.ground.figure import Figure
from orebook.reading.estimating.estimates import category_in, category_pattern, is_estimate, kind_of
from orebook.reading.heads.amounts import amounts
from orebook.reading.heads.labels import without_notes
from orebook.reading.heads.table_names import is_whole
from orebook.reading.heads.unit_words import unit_in
from orebook.reading.language import analytes
from orebook.reading.language.dates import dates
from orebook.reading.layout import Block, Row, Table
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

ORDER = 39

_MASS = (("mass", 1),)
_MOVED = Pattern(
    r"\b(?:depletion|mined|production|conversion|additions?|changes?|discover\w+|acqui\w+)\b", re.IGNORECASE
)


def records(release: Release) -> Iterator[Record]:
    """Estimates at both ends, kinds ``resource`` and ``reserve``, and ``resource_change`` between them."""
    for block in release.layout.blocks:
        if block.table is not None and block.table.caption and is_estimate(block.table.caption.plain):
            yield from _movement(release, block, block.table, block.table.caption.plain)


def _movement(release: Release, block: Block, table: Table, caption: str) -> Iterator[Record]:
    """The rows of one table, if its first and last are of a day and those between are movements of a mass."""
    over = f"{caption} {' '.join(table.header[0]) if table.header else ''}"
    unit, rows = unit_in(over), table.rows
    if len(rows) < 3 or not unit or units.unit(unit).dimension != _MASS or not (_day(rows[0]) and _day(rows[-1])):
        return
    if not any(_MOVED.search(row.plain(0)) for row in rows[1:-1]) or any(_day(row) for row in rows[1:-1]):
        return
    metals = {symbol for _, _, symbol in analytes.find(over)}
    categories = {category_in(found[0]) for found in category_pattern().finditer(caption)}
    about = {
        **release.about(block),
        "category": categories.pop() if len(categories) == 1 else "",
        "table": without_notes(caption)[:120],
        "place": "table",
    }
    for row in rows:
        ends = row in (rows[0], rows[-1])
        kind = kind_of(about["category"], caption) if ends else "resource_change"
        context = "previously reported" if row is rows[0] else "announced"
        yield from _row(release, table, row, unit, metals, kind, {**about, "context": context})


def _row(
    release: Release, table: Table, row: Row, unit: str, metals: set[str], kind: str, about: dict[str, str]
) -> Iterator[Record]:
    """One record for each deposit over a column."""
    measure = "resources.change" if kind == "resource_change" else "resources.metal" if metals else "resources.tonnes"
    for cell in row.cells:
        said, heads = amounts(cell.text.plain), table.header[cell.column] if cell.column < len(table.header) else ()
        name = without_notes(" ".join(heads))
        if not cell.column or not name or len(said) != 1 or said[0].unit:
            continue
        figure = Figure(said[0].value, unit, said[0].sign)
        analyte = next(iter(metals)) if len(metals) == 1 else ""
        fact = release.fact(measure, figure, cell.text, said[0].start, said[0].end, analyte=analyte)
        deposit = "Total" if is_whole(name) else name
        yield release.record(kind, [fact], **{**about, "deposit": deposit, "label": without_notes(row.plain(0))})


def _day(row: Row) -> bool:
    """Whether the label of a row is a day at whose end an estimate stood."""
    return any(when.period.days == 1 and when.whole for when in dates(row.plain(0)[:80]))
