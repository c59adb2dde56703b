"""Columns: where each column of a printed table takes its values from, and how one of them becomes a cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from math import isnan
from typing import Any

import polars as pl

from orebook.disciplines.assaying.groups import combined_grade
from orebook.ground.schema import ABOVE, BELOW, LENGTHS, TOKEN, grades, unit_of
from orebook.reports.drilling.heads import Head, head, titled
from orebook.reports.drilling.layouts import ColumnLayout, Layout, LayoutError
from orebook.reports.printed import Address, PrintedCell, PrintedColumn
from orebook.reports.rounding import as_is, decimals_that_add, digits, exact

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A printed column and the columns of the table that it is made from, added up when there are several.

    ``name`` is the source without its unit: ``from`` for ``from_m``; ``words`` is its head without a unit, ``written``
    how the company writes the unit, if otherwise than usual.
    """

    name: str
    keys: tuple[str, ...]
    printed: PrintedColumn
    words: str
    written: str | None = None

    def value(self, row: Row) -> float | str | None:
        """The unrounded value of a row; nothing where a part of it is missing."""
        found = [row[key] for key in self.keys]
        if any(each is None or (isinstance(each, float) and isnan(each)) for each in found):
            return None
        if len(found) == 1:
            return found[0] if isinstance(found[0], int | float) and not isinstance(found[0], bool) else str(found[0])
        return float(combined_grade([exact(each) for each in found]))

    def sign(self, row: Row, layout: Layout) -> tuple[str, str]:
        """What stands before the digits, and to which side they are rounded for it to be true.

        A sum is below detection when all its parts are; one with some such parts counts their limits and has no sign.
        """
        if any(row.get(f"{key}{ABOVE}") for key in self.keys):
            return layout.at_least, "down"
        if all(row.get(f"{key}{BELOW}") for key in self.keys):
            return "<", "up"
        return "", "nearest"

    def cell(self, row: Row, layout: Layout, address: Address | None) -> PrintedCell:
        """The value of a row as it is printed: here it is rounded."""
        value = self.value(row)
        if value is None:
            token = next((row[f"{key}{TOKEN}"] for key in self.keys if row.get(f"{key}{TOKEN}")), None)
            shown = str(token) if token and layout.tokens == "shown" else layout.missing
            return PrintedCell(shown, None, address)
        if isinstance(value, str):
            return PrintedCell(value, value, address)
        return PrintedCell(self.text(value, layout, *self.sign(row, layout)), value, address)

    def text(self, value: float, layout: Layout, sign: str = "", towards: str = "nearest") -> str:
        """A number as this column prints it."""
        thousands = layout.thousands if self.printed.grouped else ""
        if self.printed.decimals is None:
            return sign + as_is(value, thousands=thousands)
        said = digits(value, self.printed.decimals, thousands=thousands, minus=layout.minus, towards=towards)
        return sign + said


def sources(table: pl.DataFrame, layout: Layout, usual: Sequence[str]) -> list[Source]:
    """The columns to print: those that the layout names, else those of the usual ones that the table has.

    After the usual ones come all grades. Raises ``LayoutError`` for a column that the table does not have.

    >>> found = sources(pl.DataFrame({"hole": ["A"], "from_m": [1.0], "au_gpt": [2.0]}), Layout(), ["hole", "from"])
    >>> [source.printed.head for source in found]
    ['Hole', 'From (m)', 'Au (g/t)']
    """
    wanted = layout.columns or tuple(
        ColumnLayout(name)
        for name in (*(name for name in usual if _column(table, name)), *grades(table.columns))
        if name not in ("recovery_pct", "rqd_pct")
    )
    return [_source(table, each, layout) for each in wanted]


def _source(table: pl.DataFrame, wanted: ColumnLayout, layout: Layout) -> Source:
    exactly = _column(table, wanted.source)
    keys = (exactly,) if exactly else tuple(_known(table, part) for part in wanted.parts)
    found = _head(keys, subscripts=layout.subscripts)
    number = all(table.schema[key].is_numeric() or table.schema[key] == pl.Null for key in keys)
    if len(keys) > 1 and not number:
        raise LayoutError(f"column {wanted.source}: only numbers can be added up")
    decimals = (found.decimals if wanted.decimals is None else wanted.decimals) if number else None
    words = found.words if wanted.head is None else wanted.head
    title = titled(words, found.unit, layout.units) if wanted.unit is None else _as_written(words, wanted.unit, layout)
    printed = PrintedColumn(
        key=keys[0] if len(keys) == 1 else _sum_key(keys),
        head=title,
        unit=found.unit,
        decimals=decimals,
        align=wanted.align or ("right" if number else "left"),
        values=wanted.values,
        grouped=found.grouped,
    )
    return Source(bare(keys[0]) if len(keys) == 1 else wanted.source, keys, printed, words, wanted.unit)


def _as_written(words: str, unit: str, layout: Layout) -> str:
    """A head with the unit that the company writes, in brackets where the layout has brackets."""
    if not unit:
        return words
    return f"{words} {unit}" if layout.units == "bare" else f"{words} ({unit})"


def _head(keys: Sequence[str], *, subscripts: bool) -> Head:
    """The head of a column, or of a sum of columns in one unit."""
    parts = [head(key, subscripts=subscripts) for key in keys]
    units = {part.unit for part in parts}
    if len(units) > 1:
        said = ", ".join(f"{key} in {part.unit or 'no unit'}" for key, part in zip(keys, parts, strict=True))
        raise LayoutError(f"{' + '.join(keys)}: a sum needs one unit ({said})")
    if len(parts) == 1:
        return parts[0]
    whole = head(_sum_key(keys), subscripts=subscripts)
    decimals = min((part.decimals for part in parts if part.decimals is not None), default=None)
    return replace(whole, words="+".join(part.words for part in parts), decimals=decimals)


def _sum_key(keys: Sequence[str]) -> str:
    """The name of a sum for programs: ``zn_pb_pct``."""
    return "_".join([*(bare(key) for key in keys), keys[-1].rpartition("_")[2]])


def bare(key: str) -> str:
    """The name of a column without its unit.

    >>> bare("from_m"), bare("hole")
    ('from', 'hole')
    """
    return key.rpartition("_")[0] if unit_of(key) else key


def _column(table: pl.DataFrame, name: str) -> str:
    """The column of that name, with its unit or without; nothing when the table has none."""
    if name in table.columns:
        return name
    return next((key for key in table.columns if bare(key) == name and unit_of(key)), "")


def _known(table: pl.DataFrame, name: str) -> str:
    found = _column(table, name)
    if not found:
        close = get_close_matches(name, table.columns, n=1)
        instead = f"did you mean {close[0]}?" if close else f"the table has {', '.join(table.columns)}"
        raise LayoutError(f"no column {name!r} to print; {instead}")
    return found


def settle_depths(rows: Sequence[Row], found: list[Source], layout: Layout) -> tuple[list[Source], list[str]]:
    """Give from, to and length one number of decimals, finer by as much as their difference needs.

    Printed depths shall give the printed length in every row (handbook of drilling, 7.6). What was changed comes back
    as remarks.
    """
    deep = {source.name: source for source in found if source.name in ("from", "to", "length")}
    if not deep:
        return found, []
    said = {source.printed.decimals or 0 for source in deep.values()}
    wanted = max(said) if layout.depth_decimals is None else layout.depth_decimals
    needed = wanted
    remarks: list[str] = []
    if len(deep) == 3:
        triples = list(_triples(rows, deep))
        needed = decimals_that_add(triples, wanted)
        if needed != wanted:
            remarks.append(
                f"depths and lengths have {_many(needed)}, not {wanted}: to less from would not give the printed length"
            )
    settled = [
        replace(source, printed=replace(source.printed, decimals=needed)) if source.name in deep else source
        for source in found
    ]
    return settled, remarks


def _triples(rows: Iterable[Row], deep: Mapping[str, Source]) -> Iterable[tuple[float, float, float]]:
    for row in rows:
        begin, end, length = (deep[name].value(row) for name in ("from", "to", "length"))
        if isinstance(begin, int | float) and isinstance(end, int | float) and isinstance(length, int | float):
            yield begin, end, length


def _many(count: int) -> str:
    return f"{count} decimal{'' if count == 1 else 's'}"


def length_of(table: pl.DataFrame, *names: str) -> str:
    """The unit of lengths of a table by the first of these columns that it has, or nothing.

    >>> length_of(pl.DataFrame({"depth_ft": [1.0]}), "length", "depth")
    'ft'
    """
    return next((unit for name in names for unit in LENGTHS if f"{name}_{unit}" in table.columns), "")
