"""Delimited cells: the rows of a text, numbers where a column has nothing else, with ragged and blank rows counted."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.book.files import HEAD, LINE, Loaded
from orebook.book.files._content import Content, pieces, whole
from orebook.book.files._records import Records, counts, mended, records
from orebook.book.files._seen import Seen, seen

BAD = {LINE: pl.Int64, "column": pl.Int64, "value": pl.String, "reason": pl.String}
"""Columns of a table of rejected cells; ``column`` counts from nought, null for a whole row."""

_NAMED = re.compile(r"at column '(\d{1,6})'")
_LOOKED_AT = 50
"""Signs of limits that are looked at to tell which columns have them."""

_TRIES = 2
"""Columns that may turn out not to be numbers before all others are read as text, too."""


@dataclass(frozen=True)
class DelimitedCells:
    """The rows of a text in UTF-8 from byte ``start`` and line ``first`` on, ``width`` cells in each."""

    content: Content = field(repr=False)
    start: int
    first: int
    delimiter: str
    width: int
    quoted: bool
    lines: int
    regular: bool
    limits: bool
    remarks: tuple[str, ...] = ()

    @property
    def data(self) -> bytes:
        """All of the bytes, which are fetched from the disk where they are not held."""
        return whole(self.content)

    @classmethod
    def of(
        cls, data: Content, first: int, delimiter: str, width: int, found_in: Seen | None = None
    ) -> "DelimitedCells":
        """Look at all of the bytes: quotes, line ends, delimiters; ``found_in`` is what was seen there already.

        >>> DelimitedCells.of(b"hole,from\\nA,1\\nB,2", 2, ",", 2).lines
        2
        """
        start = offset_of_line(data, first)
        own = found_in or seen(data)
        if not own.quotes or whole(data).find(b'"', start) < 0:
            lines, delimiters = counts(data, start, delimiter, own)
            regular = delimiters == lines * (width - 1)
            return cls(data, start, first, delimiter, width, False, lines, regular, own.limits)
        data = whole(data)
        remarks: tuple[str, ...] = ()
        found = records(data, start, first, delimiter)
        if found.broken < 0 and found.are_regular(width):
            return cls(data, start, first, delimiter, width, True, len(found.lines), True, own.limits)
        if found.broken >= 0:
            data, stray = mended(data, start, first, delimiter)
            said = ", ".join(str(line) for line in stray[:5])
            remarks = (f"quotes that belong to the text on {len(stray):,} lines ({said}); read as they stand",)
        return cls(data, start, first, delimiter, width, True, -1, False, own.limits, remarks)

    def load(self, kinds: Mapping[int, str], decimal: str = ".") -> Loaded:
        """The columns that were asked for, blank and ragged rows taken out and counted.

        A decimal comma is read with the numbers only where the text has no point, which could part thousands.

        >>> cells = DelimitedCells.of(b"A,1\\n\\nB,2,3\\n", 1, ",", 2)
        >>> found = cells.load({0: "text", 1: "number"})
        >>> found.frame.rows(), found.blank, found.bad.rows()
        ([(1, 'A', 1.0)], 1, [(3, None, 'B,2,3', '3 cells where the table has 2')])
        """
        comma = decimal == ","
        if comma and self.data.find(b".", self.start) >= 0:
            kinds, comma = dict.fromkeys(kinds, "text"), False
        if self.regular:
            try:
                return self._without_blank(self._typed(kinds, "raise", comma=comma))
            except pl.exceptions.PolarsError:  # a row too long beside one too short
                pass
        return self._ragged(kinds, comma=comma)

    def _without_blank(self, frame: pl.DataFrame) -> Loaded:
        """A frame without the rows of delimiters alone; those with words in other columns stay."""
        blank = 0
        none = _without_cells(frame)
        if none.any():
            found = records(self.data, self.start, self.first, self.delimiter)
            empty = self._empty(found, none.arg_true().to_numpy())
            blank, frame = len(empty), frame.filter(~pl.Series(np.isin(np.arange(frame.height), empty)))
        frame.replace_column(0, frame[LINE].cast(pl.Int64))
        return Loaded(frame, pl.DataFrame(schema=BAD), blank)

    def _empty(self, found: Records, rows: NDArray[np.integer]) -> NDArray[np.int64]:
        """Which of some rows hold nothing but delimiters and blanks."""
        signs = (self.delimiter + ' \t\r"').encode()
        return np.array([row for row in rows.tolist() if not self._text(found, row).strip(signs)], dtype=np.int64)

    def _text(self, found: Records, row: int) -> bytes:
        return self.data[found.starts[row] : found.ends[row]]

    def _ragged(self, kinds: Mapping[int, str], *, comma: bool) -> Loaded:
        """The rows of a text with quotes, blank lines, or rows of uneven width."""
        found = records(self.data, self.start, self.first, self.delimiter)
        try:
            frame = self._typed(kinds, "ignore", comma=comma)
        except pl.exceptions.PolarsError:
            frame = self._by_hand(kinds, found)
        if frame.height != len(found.lines):
            frame = self._by_hand(kinds, found)
        frame = frame.with_columns(pl.Series(LINE, found.lines, dtype=pl.Int64))
        odd = np.flatnonzero(found.cells != self.width)
        full = frame.select(pl.all_horizontal(pl.exclude(LINE).is_null()))[:, 0].arg_true().to_numpy()
        empty = self._empty(found, np.union1d(odd, full))
        long = [int(row) for row in odd if found.cells[row] > self.width]
        extra = {row: cells for row in long if any(cells := self._beyond(found, row))}
        short = np.setdiff1d(odd[found.cells[odd] < self.width], empty)
        bad = pl.DataFrame(
            {
                LINE: [int(found.lines[row]) for row in extra],
                "column": [None] * len(extra),
                "value": [self._text(found, row).decode("utf-8", "replace").strip() for row in extra],
                "reason": [f"{found.cells[row]} cells where the table has {self.width}" for row in extra],
            },
            schema=BAD,
        )
        gone = np.union1d(empty, np.array(list(extra), dtype=np.int64))
        if len(gone):
            frame = frame.filter(~pl.Series(np.isin(np.arange(frame.height), gone)))
        tall = np.flatnonzero(np.diff(found.lines, append=found.lines[-1:] + 1) > 1)
        remarks = [
            f"{len(rows):,} {'row has' if len(rows) == 1 else 'rows have'} {what} (line {found.lines[rows[0]]} first)"
            for rows, what in (
                (tall, "a cell of several lines"),
                (short, "fewer cells than the head; what is missing is empty"),
                ([row for row in long if row not in extra], "empty cells beyond the head"),
            )
            if len(rows)
        ]
        return Loaded(frame.select(LINE, pl.exclude(LINE)), bad, len(empty), tuple(remarks))

    def _by_hand(self, kinds: Mapping[int, str], found: Records) -> pl.DataFrame:
        """The columns record by record, for a text that the fast reader takes apart in another way."""
        rows = [next(iter(row_of(self._text(found, row), self.delimiter)), []) for row in range(len(found.lines))]
        cells = {at: [(row[at] if at < len(row) else "") or None for row in rows] for at in sorted(kinds)}
        columns = [pl.Series(str(at), said, dtype=pl.String) for at, said in cells.items()]
        return pl.DataFrame([pl.Series(LINE, found.lines, dtype=pl.Int64), *columns])

    def _beyond(self, found: Records, row: int) -> list[str]:
        """The cells of a row that stand beyond the head."""
        cells = next(iter(row_of(self._text(found, row), self.delimiter)), [])
        return [cell.strip() for cell in cells[self.width :]]

    def _typed(self, kinds: Mapping[int, str], extra: str, *, comma: bool) -> pl.DataFrame:
        """The columns with numbers as numbers; one that holds anything else comes as text."""
        numbers = {at for at, kind in kinds.items() if kind == "number"} - self._with_limits()
        for tried in range(_TRIES + 2):
            try:
                frame = self._polars(kinds, numbers, extra, comma=comma)
            except pl.exceptions.PolarsError as problem:
                named = _NAMED.search(str(problem))
                if named is None or not numbers:
                    raise
                numbers = numbers - {int(named[1])} if tried < _TRIES else set()
                continue
            sums = frame.select(pl.col(str(at)).sum() for at in numbers)
            doubtful = {at for at in numbers if not isfinite(sums[str(at)].item())}
            odd = {at for at in doubtful if not frame[str(at)].is_finite().all()}
            if not odd:
                return frame
            numbers -= odd
        return self._polars(kinds, set(), extra, comma=comma)

    def _with_limits(self) -> set[int]:
        """Columns in which a sign of a limit stands somewhere, by the first places where there is one."""
        found: set[int] = set()
        for sign in (b"<", b">") if self.limits else ():
            at = self.data.find(sign, self.start)
            for _ in range(_LOOKED_AT):
                if at < 0:
                    break
                found.add(self.data.count(self.delimiter.encode(), self.data.rfind(b"\n", 0, at) + 1, at))
                at = self.data.find(sign, at + 1)
        return found

    def _polars(self, kinds: Mapping[int, str], numbers: set[int], extra: str, *, comma: bool) -> pl.DataFrame:
        schema = {str(at): pl.Float64 if at in numbers else pl.String for at in range(self.width)}
        rows, found = self.first, []
        for piece, lines in pieces(self.content, self.start, self.first - 1):
            frame = pl.read_csv(
                piece,
                has_header=False,
                skip_lines=lines,
                separator=self.delimiter,
                quote_char='"' if self.quoted else None,
                schema=schema,
                columns=sorted(kinds),
                infer_schema=False,
                decimal_comma=comma and self.delimiter != ",",
                row_index_name=LINE,
                row_index_offset=rows,
                raise_if_empty=False,
                missing_columns="insert",
                extra_columns="ignore" if extra == "ignore" else "raise",
            )
            rows += frame.height
            found.append(frame)
        return pl.concat(found, rechunk=False) if len(found) > 1 else found[0]


def _without_cells(frame: pl.DataFrame) -> pl.Series:
    """Which rows have no cell at all; nothing is compared where some column is full."""
    columns = [each for each in frame.get_columns() if each.name != LINE]
    if any(not each.null_count() for each in columns):
        return pl.Series(dtype=pl.Boolean)
    return frame.select(pl.all_horizontal(pl.exclude(LINE).is_null()))[:, 0]


def offset_of_line(data: Content, line: int) -> int:
    """Where a line begins, counted from one.

    >>> offset_of_line(b"a\\nb\\nc", 3)
    4
    """
    for held in (data[:HEAD], data):
        at, left = 0, line - 1
        while left and (found := whole(held).find(b"\n", at)) >= 0:
            at, left = found + 1, left - 1
        if not left:
            return at
    return len(data)


def row_of(text: bytes, delimiter: str) -> list[list[str]]:
    """The rows of a stretch of text."""
    lines = io.StringIO(text.decode("utf-8", "replace"), newline="")
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return [each.split(delimiter) for each in text.decode("utf-8", "replace").splitlines()]
