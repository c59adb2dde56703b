"""Convert: a raw table as a table of the book; rows in are rows kept plus rows rejected, each with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl

from orebook.book.files import LINE, Loaded, RawTable
from orebook.book.importing.asking import questions
from orebook.book.importing.beside import put_beside
from orebook.book.importing.columns import Column, has_hole_dips, number_column, padded, settle, text_column
from orebook.book.importing.declared import Declared
from orebook.book.importing.mapping import BESIDE, ColumnMapping, OpenQuestionsError
from orebook.book.importing.places import project
from orebook.book.importing.record_columns import record_columns
from orebook.book.importing.rejecting import rejected_cells
from orebook.book.importing.report import COLUMNS, Report
from orebook.book.importing.units_said import length_units
from orebook.book.importing.unseen import remark, unseen, without_empty
from orebook.ground.schema import ABOVE, BELOW, LENGTHS, ORIGIN, TOKEN, schema

_ROW = ORIGIN[1]
_NAMES = ("hole", "zone")
_NO_PLAIN_NUMBER = r"[^0-9.,eE+-]"
"""What tells that a cell is no plain number; a comma may be a decimal mark, which is known by now."""


@dataclass(frozen=True)
class Imported:
    """A file as a table of the book, the cells that were rejected, and the report.

    ``table`` has the book's names with their units, companions where a row needs one, and ``origin_row``. ``rejected``
    has one row for each cell that cannot be used (``origin_row``, ``cell``, ``head``, ``value``, ``reason``).
    ``declared`` is what was declared, with the unit of lengths that the heads said.
    """

    table: pl.DataFrame
    rejected: pl.DataFrame
    report: Report
    mapping: ColumnMapping
    declared: Declared


def convert(raw: RawTable, mapping: ColumnMapping, declared: Declared) -> Imported:
    """Turn a raw table into a table of the book.

    A row is kept whole or rejected whole: one whose hole or depth is missing, with a cell that is neither a number nor
    a known word for none where a number belongs, with more cells than the head, with the head again, or with totals.
    Depths lose noise beyond a thousandth; the report counts them. Nothing else is changed but as declared.

    Raises ``OpenQuestionsError`` with all that is open when something has to be declared or contradicts the data.

    >>> from orebook.book.files import read_bytes
    >>> from orebook.book.importing.recognise import recognise
    >>> raw = read_bytes("a.csv", b"Hole,From (m),To (m),Au_gpt\\nK1,0,1.5,<0.01\\nK1,1.5,3,NSS\\nK1,3,x,2.1\\n")
    >>> taken = convert(raw, recognise(raw), Declared())
    >>> str(taken.report)
    'a.csv: 3 rows in = 2 kept as assays + 1 rejected (no number: 1)'
    >>> taken.table.columns
    ['hole', 'from_m', 'to_m', 'au_gpt', 'au_gpt_below', 'au_gpt_token', 'origin_row']
    >>> taken.rejected.rows()
    [(4, 'line 4, column 3', 'To (m)', 'x', 'no number')]
    """
    declared = replace(declared, length=declared.length or mapping.said_length)
    loaded = raw.cells.load(_kinds(raw, mapping), declared.decimal or ".")
    odd = [said for match in unseen(mapping) if (said := remark(match, loaded))]
    mapping = without_empty(mapping, loaded)
    if schema(mapping.table).is_record:
        columns, told = record_columns(mapping, declared, loaded, raw.decimal)
    else:
        columns, told = _columns(mapping, declared, loaded, declared.decimal or raw.decimal or "."), []
    if asked := questions(raw, mapping, declared, columns):
        raise OpenQuestionsError(asked, mapping)
    remarks = [*told, *project(columns, declared)]
    units = length_units(mapping, declared)
    for name, column in columns.items():
        settle(column, mapping, declared, units.get(name, ""))
    remarks += _turned(mapping, declared, columns, units)
    lines = loaded.frame[LINE]
    bad = rejected_cells(raw, mapping, columns, lines)
    whole = loaded.bad.select(
        pl.col(LINE).alias(_ROW), pl.format("line {}", LINE).alias("cell"), pl.lit("").alias("head"), "value", "reason"
    )
    rejected = pl.concat([whole, bad]).sort(_ROW, maintain_order=True) if whole.height else bad
    stays = None if not bad.height else ~lines.is_in(bad[_ROW].unique().implode())
    kept = [each for column in _in_order(mapping, columns) for each in column.frame_columns(stays)]
    table = pl.DataFrame([*kept, (lines if stays is None else lines.filter(stays)).rename(_ROW)])
    report = Report(
        file=raw.name,
        table=mapping.table,
        rows=loaded.frame.height + loaded.bad.height,
        kept=table.height,
        rejected=rejected[_ROW].n_unique(),
        blank=loaded.blank,
        reasons=_reasons(rejected),
        columns=_told(columns, table, stays),
        remarks=(*raw.remarks, *loaded.remarks, *odd, *remarks),
    )
    return Imported(table, rejected, report, mapping, declared)


def _columns(mapping: ColumnMapping, declared: Declared, loaded: Loaded, decimal: str) -> dict[str, Column]:
    """The columns as they stand in the file, by their names without a unit."""
    columns: dict[str, Column] = {}
    for match in sorted(mapping.taken(), key=lambda match: match.how == BESIDE):
        cells = loaded.frame[str(match.index)]
        if match.how == BESIDE:
            put_beside(columns, match.column, cells)
        elif mapping.is_number(match):
            columns[match.column] = number_column(mapping, match, cells, declared, decimal)
        else:
            columns[match.column] = text_column(mapping, match, cells)
    return columns


def _kinds(raw: RawTable, mapping: ColumnMapping) -> dict[int, str]:
    """How to read each column: as numbers where the sample shows nothing else, else as text."""
    found = {match.index: "text" for match in unseen(mapping)}
    if schema(mapping.table).is_record:  # whether 1.234 is a thousand and more other cells tell
        return found | {match.index: "text" for match in mapping.taken()}
    for match in mapping.taken():
        cells = raw.sample[str(match.index)].str.strip_chars()
        plain = mapping.is_number(match) and not cells.str.contains(_NO_PLAIN_NUMBER).any()
        found[match.index] = "number" if plain else "text"
    return found


def _turned(
    mapping: ColumnMapping, declared: Declared, columns: dict[str, Column], units: dict[str, str]
) -> Iterator[str]:
    """What was turned into another unit, sign or scale, as declared, and names that lost blanks around them."""
    for unit in LENGTHS:
        if turned := [columns[name].match.head for name, own in units.items() if own == unit != mapping.length]:
            yield f"{', '.join(turned)} were turned from {unit} into {mapping.length}"
    if "dip" in columns and has_hole_dips(mapping.table) and declared.dip in ("positive_down", "from_vertical"):
        yield f"dips were {declared.dip.replace('_', ' ')} and are negative down now"
    for column in columns.values():
        names = padded(column) if column.match.column in _NAMES else None
        if names is not None and len(names):
            count = f"{len(names):,} {'cell' if len(names) == 1 else 'cells'} of {column.match.head}"
            yield f"blanks around the name in {count} were left out, such as {names[0]!r}"
        if {column.match.column, column.name} & set(declared.fractions):
            yield f"{column.match.head} was turned from fractions of one into per cent"


def _in_order(mapping: ColumnMapping, columns: dict[str, Column]) -> list[Column]:
    """The columns in the order of the schema, grades and others behind them as in the file."""
    own = [column.name for column in schema(mapping.table).columns]
    return sorted(columns.values(), key=lambda each: own.index(each.match.column) if each.match.column in own else 999)


def _reasons(rejected: pl.DataFrame) -> tuple[tuple[str, int], ...]:
    """How many rows were rejected for which reason, by the first of each row."""
    first = rejected.unique(_ROW, keep="first", maintain_order=True)
    counted = first["reason"].value_counts(sort=True).sort("count", "reason", descending=[True, False])
    return tuple((reason, int(count)) for reason, count in counted.rows())


def _told(columns: dict[str, Column], table: pl.DataFrame, stays: pl.Series | None) -> pl.DataFrame:
    """What the report says of each column, of the rows that were kept."""
    told = []
    for column in columns.values():
        values = table[column.name]
        beside = {
            suffix: int(
                (table[column.name + suffix].is_not_null() if suffix == TOKEN else table[column.name + suffix]).sum()
                or 0
            )
            for suffix in (BELOW, ABOVE, TOKEN)
            if column.name + suffix in table.columns
        }
        marks = {
            name: int((mark if stays is None else mark.filter(stays)).sum() or 0) for name, mark in column.marks.items()
        }
        told.append(
            {
                "column": column.name,
                "head": column.match.head,
                "values": len(values) - values.null_count(),
                "missing": values.null_count(),
                "below": beside.get(BELOW, 0),
                "above": beside.get(ABOVE, 0),
                "tokens": beside.get(TOKEN, 0) + marks.get("tokens", 0),
                **{name: marks.get(name, 0) for name in ("negative", "coded", "snapped")},
            }
        )
    return pl.DataFrame(told, schema=COLUMNS)
