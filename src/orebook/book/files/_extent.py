"""Extent: how large the sheets of a workbook are, before a library lays out all cells from the first to the last."""

import re
import zlib
from io import BytesIO
from typing import IO
from zipfile import BadZipFile, ZipFile

from orebook.reading.formats import UnreadableError

_MOST_CELLS = 50_000_000
"""Cells of a sheet, empty ones among them: a million rows of fifty columns."""
_MOST_BYTES = 2 * 1024**3
_SMALL, _DENSEST = 1024 * 1024, 300
"""So many times its packed size a part may have once it is large: sheets reach sixty, bombs a thousand."""
_PIECE, _OVER = 1024 * 1024, 256
_ROW = re.compile(rb"(?:<row [^>]{0,200}?\br=\"|\br=\"(?:[A-Z]{1,3}(?=\d{6})|[A-Z]{3}(?=\d{4})))(\d{4,20})")
_COLUMN = re.compile(rb"\br=\"([A-Z]{2,3})\d")
_LEAST_ROWS, _LEAST_COLUMNS = 999, 26
_INSTEAD = "delete the cells beyond the table and save it anew, or give CSV"


def refuse_bombs(name: str, data: bytes) -> None:
    """Refuse a workbook that would fill the memory: parts packed too densely, or a cell very far from the others.

    Only workbooks that are ZIP archives are looked at; one that cannot be opened is left to whoever opens it.
    Raises ``UnreadableError``.
    """
    if not data.startswith(b"PK"):
        return
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > _MOST_BYTES or any(
                entry.file_size > _SMALL and entry.file_size > _DENSEST * max(entry.compress_size, 1)
                for entry in entries
            ):
                raise UnreadableError("the workbook unpacks to more than a workbook needs", name, _INSTEAD)
            for entry in entries:
                if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                    with archive.open(entry) as sheet:
                        _refuse_far(name, sheet)
    except UnreadableError:
        raise
    except (BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError, ValueError):
        return


def _refuse_far(name: str, sheet: IO[bytes]) -> None:
    """Refuse a sheet whose last row and last column make too many cells."""
    rows, columns, before = _LEAST_ROWS, _LEAST_COLUMNS, b""
    while piece := sheet.read(_PIECE):
        seen = before + piece
        rows = max(rows, max(map(int, _ROW.findall(seen)), default=0))
        columns = max(columns, max(map(_number, set(_COLUMN.findall(seen))), default=0))
        if rows * columns > _MOST_CELLS:
            what = f"a sheet has {rows:,} rows and {columns:,} columns, more than {_MOST_CELLS:,} cells"
            raise UnreadableError(what, name, _INSTEAD)
        before = seen[-_OVER:]


def _number(letters: bytes) -> int:
    """The number of a column from its letters, counted from one.

    >>> _number(b"AA"), _number(b"XFD")
    (27, 16384)
    """
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
