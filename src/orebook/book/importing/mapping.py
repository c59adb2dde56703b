"""Mapping: which table of a book a file is, which of its columns is which, and why; what has to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from orebook.book.importing.stand_ins import PERIOD, YEAR
from orebook.ground.metals import metal_column
from orebook.ground.one_line import one_line
from orebook.ground.schema import schema

KEEP, LEAVE = "keep", "leave"
"""What may be given for a column besides its name in the book: keep it as text, leave it out."""

BESIDE = "beside"
"""How a column is taken that stands beside a grade in a book: ``au_gpt_below``."""

EMPTY, KEPT_IF_ANY = "empty", "kept as text if it holds any"
"""Why a column of which nothing was seen is left out, and why it is kept where all that mean nothing to a book are."""


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can say before a file is taken in: where, what is open, and what to give.

    ``key`` names what is asked for: a field of ``Declared``, ``table``, or ``column:HEAD``. ``guess`` is what the data
    look like; it is shown and never taken for an answer.
    """

    key: str
    where: str
    what: str
    instead: str
    guess: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {one_line(self.what)}; {one_line(self.instead)}"


@dataclass(frozen=True, slots=True)
class Match:
    """A column of a file and what it is taken for.

    ``column`` is its name in the book without the unit of lengths and angles (``from``, ``cu_pct``), empty for one that
    is left out; ``how`` is given, profile, name, content, kept or none. ``rows`` are lines and cells that support it;
    ``unit`` is the unit of lengths that the head or the row of units names.
    """

    index: int
    head: str
    column: str
    how: str
    why: str
    rows: tuple[tuple[int, str], ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class ColumnMapping:
    """Which table of a book a file is, and which of its columns is which.

    ``length`` is the unit in which the book counts lengths. ``said_length`` is the unit of depths that the heads or
    the row of units name, empty when they name none; ``degrees`` says that the coordinates are longitude and latitude
    by name. ``values`` are columns of the book that hold the same words in every row and stand in no column of the
    file.
    """

    file: str
    table: str
    why: str
    profile: str
    matches: tuple[Match, ...]
    length: str
    said_length: str = ""
    degrees: bool = False
    questions: tuple[Question, ...] = field(default=())
    values: Mapping[str, str] = field(default_factory=dict)

    def taken(self) -> tuple[Match, ...]:
        """The columns that come into the book, in the order of the file."""
        return tuple(match for match in self.matches if match.column)

    def left(self) -> tuple[Match, ...]:
        """The columns that stay behind."""
        return tuple(match for match in self.matches if not match.column)

    def index(self, column: str) -> int | None:
        """The number of the column that is taken for one of the book, if there is one."""
        return next((match.index for match in self.matches if match.column == column), None)

    def physical(self, match: Match) -> str:
        """The name in the book with its unit.

        >>> surveys = ColumnMapping("a.csv", "surveys", "", "", (), "ft")
        >>> surveys.physical(Match(1, "AT", "depth", "name", "")), surveys.physical(Match(2, "x", "x", "kept", ""))
        ('depth_ft', 'x')
        """
        known = {column.name: column for column in schema(self.table).columns}
        return known[match.column].key(self.length) if match.column in known else match.column

    def is_number(self, match: Match) -> bool:
        """Whether a column holds numbers in the book."""
        known = {column.name: column.type for column in schema(self.table).columns}
        if match.how in ("kept", BESIDE):
            return False
        return known.get(match.column, "" if match.column in (PERIOD, YEAR) else "number") == "number"

    def is_day(self, match: Match) -> bool:
        """Whether a column holds days in the book."""
        return any(column.name == match.column and column.type == "day" for column in schema(self.table).columns)

    def grades(self) -> tuple[Match, ...]:
        """The columns of analytes."""
        kind = schema(self.table)
        own = {column.name for column in kind.columns}
        found = tuple(match for match in self.taken() if match.column not in own and match.how not in ("kept", BESIDE))
        if not kind.is_record:
            return found
        return tuple(match for match in found if (metal := metal_column(match.column)) and metal.kind == "grade")

    def given(self) -> Mapping[str, str]:
        """What ``recognise`` has to be given to come to this mapping again: the column for each head.

        Heads that stand over several columns are left to recognition, and so are columns that were empty.
        """
        heads = [match.head for match in self.matches]
        return {
            match.head: KEEP if match.how == "kept" else match.column or LEAVE
            for match in self.matches
            if match.head and heads.count(match.head) == 1 and match.how != BESIDE and match.why != EMPTY
        }

    def frame(self) -> pl.DataFrame:
        """The mapping as a table: head, column, how and why, and the rows that support it."""
        return pl.DataFrame(
            {
                "head": [match.head for match in self.matches],
                "column": [self.physical(match) if match.column else None for match in self.matches],
                "how": [match.how for match in self.matches],
                "why": [match.why for match in self.matches],
                "rows": [", ".join(f"{line}: {cell}" for line, cell in match.rows) for match in self.matches],
            },
            schema=dict.fromkeys(("head", "column", "how", "why", "rows"), pl.String),
        )


class OpenQuestionsError(ValueError):
    """A file that cannot be taken in before somebody says what it means.

    ``questions`` are all that is open, ``mapping`` is what the file is taken for as far as one can tell.
    """

    def __init__(self, questions: tuple[Question, ...], mapping: ColumnMapping | None = None) -> None:
        super().__init__("\n".join(map(str, questions)))
        self.questions, self.mapping = questions, mapping
