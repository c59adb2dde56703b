"""Tables as comma-separated values: the printed digits under the printed heads, or unrounded values under keys.

Each column says which of the two it gives. One table is a plain file with a head; of several each stands below the one
before, an empty line between. Words that a spreadsheet would take for a formula get an apostrophe in front.
"""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

import polars as pl

from orebook.reports.pages import Result
from orebook.reports.paper import Paper
from orebook.reports.printed import Printed, PrintedColumn, PrintedTable, Sheet, filled
from orebook.reports.rows import cell

_AT_ONCE = 100_000
"""So many rows of a stored table are written at once."""

_DASHES = "-–—"
_OBEYED = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
_FORMULA = r"^[=+\-@\t\r]"
_NUMBER = rf"^(?:[-+]?[0-9.]+(?:E[-+]?[0-9]+)?|[{_DASHES}]+)$"
"""What ``cell`` looks for, as the columns of a stored table are asked for it."""


def page(results: Iterable[Result], paper: Paper) -> Iterator[str]:
    """Yield every table, an empty line between two."""
    written = 0
    for result in results:
        for table in result.tables() if isinstance(result, Printed) else [result] if isinstance(result, Sheet) else []:
            yield "\n" if written else ""
            written += 1
            yield from _printed(table) if isinstance(table, PrintedTable) else _stored(table)


def _stored(sheet: Sheet) -> Iterator[str]:
    """Yield a stored table piece by piece, all digits kept; its words and its heads start no formula."""
    frame = sheet.frame.rename({name: str(cell(name)) for name in sheet.frame.columns})
    words = [_plain(name) for name, kind in frame.schema.items() if kind == pl.String]
    for at in range(0, max(frame.height, 1), _AT_ONCE):
        yield frame.slice(at, _AT_ONCE).with_columns(words).write_csv(include_header=at == 0)


def _plain(name: str) -> pl.Expr:
    """Words as ``cell`` writes them, for a whole column at once."""
    plain = pl.col(name).str.replace_all(_OBEYED, "·")
    formula = plain.str.contains(_FORMULA) & ~plain.str.contains(_NUMBER)
    return pl.when(formula).then(pl.lit("'") + plain).otherwise(plain).alias(name)


def _printed(table: PrintedTable) -> Iterator[str]:
    sheet = StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow([head for column in table.columns for head in _heads(column)])
    for row in table.rows:
        cells = zip(filled(row, len(table.columns)), table.columns, strict=True)
        writer.writerow([_safe(value) for each, column in cells for value in _values(each.text, each.value, column)])
        yield sheet.getvalue()
        sheet.seek(0)
        sheet.truncate()
    yield sheet.getvalue()


def _heads(column: PrintedColumn) -> list[str]:
    """The heads of a column: as printed, its key for the unrounded value, or both."""
    return {"printed": [column.head], "unrounded": [column.key], "both": [column.head, column.key]}[column.values]


def _values(text: str, value: object, column: PrintedColumn) -> list[object]:
    exact = text if value is None and column.decimals is None else value
    given: dict[str, list[object]] = {"printed": [text], "unrounded": [exact], "both": [text, exact]}
    return given[column.values]


def _safe(value: object) -> object:
    return value if isinstance(value, str) and value.strip(_DASHES) == "" else cell(value)
