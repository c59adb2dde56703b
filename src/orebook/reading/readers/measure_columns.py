"""Tables with a measure over each column and mines or periods down the rows: guidance, summaries, histories.

| 2024 guidance | Gold production (koz) | AISC ($/oz) | over a row for each mine.
"""

import re
from collections.abc import Iterator

from orebook.ground.fact import Record
from orebook.ground.period import Period
from orebook.reading.heads.amounts import amounts
from orebook.reading.heads.labels import Label, read_label
from orebook.reading.heads.period_columns import ColumnOf
from orebook.reading.heads.period_heads import head_period
from orebook.reading.heads.reporting import reporting
from orebook.reading.heads.scales import release_scale
from orebook.reading.heads.sheets import Sheet
from orebook.reading.heads.statement_cells import record_of
from orebook.reading.heads.table_lines import WHOLE, Line
from orebook.reading.heads.table_names import general, is_whole, place_name
from orebook.reading.layout import Row
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

ORDER = 51

_PLANNED = Pattern(r"\b(?:guidance|outlook|forecast|budget|targets?)\b", re.IGNORECASE)
_STATEMENT = Pattern(r"\b(?:measured|indicated|inferred|proved|proven|probable|cut-?off|hole)\b", re.IGNORECASE)


def records(release: Release) -> Iterator[Record]:
    """The figures of tables whose columns are measures: kinds ``production`` and ``financial``."""
    times, declared = reporting(release), release_scale(release)
    for block in release.layout.blocks:
        if block.table is not None and 3 <= block.table.width <= 24:
            sheet = Sheet(release, block, block.table, times)
            heads = _heads(sheet)
            if len(heads) >= 2 and not _STATEMENT.search(sheet.words):
                yield from _rows(sheet, heads, sheet.scale or declared)


def _heads(sheet: Sheet) -> dict[int, tuple[Label, ColumnOf]]:
    """The columns whose head is a measure, with the period and the plan that the head names too."""
    found: dict[int, tuple[Label, ColumnOf]] = {}
    for column, words in enumerate(sheet.table.header):
        header = " | ".join(kept for word in words if (kept := " ".join(word.split())))
        if not column or not header:
            continue
        said = header.replace(" | ", " ")
        when = head_period(said, sheet.times)
        label = read_label(" ".join((_PLANNED.sub(" ", when[1] if when else said)).split()))
        if label.measure and not (label.measure.startswith("milling.") and not _told(label)):
            period = when[0] if when else None
            found[column] = label, ColumnOf(period, "", header, bool(_PLANNED.search(header)))
    return found


def _told(label: Label) -> bool:
    """Whether a head of production says in what it counts; "Copper" alone may stand over anything."""
    return bool(label.unit) or label.measure in ("milling.recovery", "milling.strip_ratio")


def _rows(sheet: Sheet, heads: dict[int, tuple[Label, ColumnOf]], scale: str) -> Iterator[Record]:
    first = min(heads)
    filled = [row for row in sheet.table.rows if any(cell.column in heads and cell.plain for cell in row.cells)]
    named = [(row, _row_of(row, first, sheet)) for row in filled]
    if not named or sum(one is not None for _, one in named) < 0.6 * len(named):
        return
    only = sheet.release.periods if len(sheet.release.periods) == 1 and not sheet.planned else ()
    usual = sheet.period or next(iter(only), None)
    for row, one in named:
        if one is None or not (one[1] or usual or any(of.period for _, of in heads.values())):
            continue
        subject, period = one[0], one[1] or (None if sheet.period else usual)
        for column, (label, of) in heads.items():
            cell = row.cell(column)
            said = amounts(cell.text.plain) if cell else []
            if cell and said:
                when = ColumnOf((one[1] or of.period or period), "", of.header, of.planned)
                line = Line(label, subject, {column: (cell, said)}, of.header, subject)
                if found := record_of(sheet, line, when, cell, said, scale):
                    yield found


def _row_of(row: Row, first: int, sheet: Sheet) -> tuple[str, Period | None] | None:
    """The mine and the period that a row is about; nothing for a row about something else."""
    said = " ".join(cell.plain for cell in row.cells if cell.column < first)
    if is_whole(said):
        return WHOLE, None
    when = head_period(said, sheet.times) if re.search(r"\d|month|quarter|half", said) else None
    if when and when[0]:
        left = " ".join(when[1].split())
        return ("", when[0]) if not left or general(left) else (place_name(left, sheet.release.subjects), when[0])
    first_words = row.plain(0)
    name = place_name(said, sheet.release.subjects) or place_name(first_words, sheet.release.subjects)
    if not name and first_words.lower().startswith("other"):
        name = first_words
    return (name, None) if name else None
