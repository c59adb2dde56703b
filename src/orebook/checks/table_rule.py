"""What a rule on tables is: a look at the tables of a book that answers with rows that cannot be, or should be seen.

A rule works on whole columns and hands over the rows that it noticed as a frame; only as many of them as are wanted
become single findings. One more finding counts all the others, so that a book of ten million rows gives a page that can
be read and nothing is lost in silence.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isnan
from typing import Any, TypeVar, cast

import polars as pl

from orebook.checks.rule import Remark, Rule
from orebook.ground import schema
from orebook.ground.finding import GRADES, Finding
from orebook.ground.source import Source

SUBJECTS = ("collars", "surveys", "intervals", "values", "records", "tables")
"""What a rule on tables may look at; ``records`` lie in no hole, ``tables`` are several side by side."""

MOST = 200
"""So many single findings of one rule, when nobody asks for another number."""

SETTINGS: Mapping[str, float] = {
    "dogleg_deg_per_30m": 10.0,
    "turned_round_deg": 150.0,
    "collar_to_survey_deg": 10.0,
    "touching_m": 0.01,
    "longest_sample_m": 30.0,
    "sum_over_pct": 2.0,
    "recovery_over_pct": 5.0,
    "lightest_tpm3": 0.5,
    "heaviest_tpm3": 12.0,
}
"""What the rules measure by. A book may set each, and in ``bounds`` the least and the greatest value of a column."""

Row = dict[str, Any]
"""One row of what a rule noticed."""

T = TypeVar("T")


@dataclass(frozen=True)
class Tables:
    """The tables of a book, as rules look at them.

    ``frames`` are tables by their names in ``ground/book_tables.csv``, each with the columns of its schema. ``length``
    is the unit of depths and coordinates, ``crs`` the grid of the coordinates (an EPSG code, or ``local`` for a grid
    that belongs to no country), ``azimuth_reference`` what azimuths are counted from (``grid``, ``true``,
    ``magnetic``). ``files`` says in which file each table lies. ``settings`` overrule ``SETTINGS``. ``said`` is what
    ``book.toml`` says besides: ``fiscal_year_end``, the ``currency`` of the report, the ``lines`` of its statements.

    Raises ``ValueError`` for a table, a unit or a setting that does not exist.

    >>> Tables({"assay": pl.DataFrame()})
    Traceback (most recent call last):
        ...
    ValueError: a book has no table 'assay'; its tables are collars, surveys, assays, ...
    """

    frames: Mapping[str, pl.DataFrame]
    length: str = "m"
    crs: str = ""
    azimuth_reference: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    said: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for table in self.frames:
            if table not in schema.tables():
                raise ValueError(f"a book has no table {table!r}; its tables are {', '.join(schema.tables())}")
        if self.length not in schema.LENGTHS:
            raise ValueError(f"lengths are counted in {' or '.join(schema.LENGTHS)}, not in {self.length!r}")
        for name, said in self.settings.items():
            if name not in (*SETTINGS, "bounds"):
                raise ValueError(f"no rule knows the setting {name!r}; there are {', '.join((*SETTINGS, 'bounds'))}")
            if name != "bounds" and not _is_number(said):
                raise ValueError(f"the setting {name} is {said!r}; write a number")
        for column, ends in self._bounds.items():
            if not (isinstance(ends, list | tuple) and len(ends) == 2 and all(map(_is_number, ends))):
                raise ValueError(f"bounds of {column} are {ends!r}; write the least and the greatest value")

    @property
    def _bounds(self) -> Mapping[str, Any]:
        said = self.settings.get("bounds", {})
        return said if isinstance(said, Mapping) else {"every column": said}

    def setting(self, name: str) -> float:
        """A measure that the rules go by.

        >>> Tables({}, settings={"touching_m": 0.05}).setting("touching_m")
        0.05
        """
        return float(cast(float, self.settings.get(name, SETTINGS[name])))

    def bounds(self, column: str) -> tuple[float, float] | None:
        """The least and the greatest value that somebody declared for a column."""
        ends = self._bounds.get(column)
        return None if ends is None else (float(ends[0]), float(ends[1]))

    def key(self, name: str) -> str:
        """The name in the file of a column that holds a length.

        >>> Tables({}, length="ft").key("from")
        'from_ft'
        """
        return f"{name}_{self.length}"

    def in_unit(self, metres: float) -> float:
        """A length in metres in the unit of these tables."""
        return metres if self.length == "m" else metres / FOOT_M

    def frame(self, table: str) -> pl.DataFrame:
        """A table; one without columns when there is none."""
        return self.frames.get(table, pl.DataFrame())

    def has(self, table: str, *columns: str) -> bool:
        """Whether there is such a table with rows and all these columns."""
        return self.frame(table).height > 0 and set(columns) <= set(self.frame(table).columns)

    def file(self, table: str) -> str:
        """The name of the file that holds a table."""
        return self.files.get(table, f"{table}.csv")

    def source(self, table: str, line: int, *more: str) -> Source:
        """A row as a place: its line in the file, the heads being line 1, its key, and the values of some columns."""
        if line < 2:
            return Source(self.file(table), 1, 0, 0, ", ".join(more) or ", ".join(self.frame(table).columns[:6]))
        keys = schema.schema(table).order
        names = [each if each in self.frame(table).columns else self.key(each) for each in keys]
        values = self.frame(table).row(line - 2, named=True)
        said = [f"{name} {values[name]}" for name in dict.fromkeys((*names, *more)) if values.get(name) is not None]
        return Source(self.file(table), line, 0, 0, ", ".join(said))

    def kept(self, key: str, make: Callable[[], T]) -> T:
        """What several rules work out of the tables is worked out once."""
        memory = vars(self).setdefault("_memory", {})
        if key not in memory:
            memory[key] = make()
        return cast(T, memory[key])


FOOT_M = 0.3048
"""A foot in metres."""

_PLACES = 20
"""So many rows of one table are named as places of one finding; the message counts them all."""


def _is_number(said: object) -> bool:
    if isinstance(said, int):
        return not isinstance(said, bool) and abs(said) < 10**300  # a longer one is no number of the machine
    return isinstance(said, float) and not isnan(said)


@dataclass(frozen=True)
class Faults:
    """Rows with one fault: how grave it is, what is said of each, and where each stands.

    ``rows`` holds a row for each fault; ``say`` makes a message of it. ``at`` names, for each table that takes part,
    the column of ``rows`` with the line or the list of lines there, the table to mend first; ``quoted`` are columns of
    the first table whose values belong to the place.
    """

    grade: str
    rows: pl.DataFrame
    say: Callable[[Row], str]
    at: Mapping[str, str]
    quoted: tuple[str, ...] = ()


TableLook = Callable[[Tables], Iterator[Remark | Faults]]


@dataclass(frozen=True)
class TableRule(Rule):
    """A rule that looks at tables."""

    def __call__(self, seen: Tables, most: int = MOST) -> Iterator[Finding]:
        """Yield a finding for each thing that the rule notices; beyond ``most`` of them, one that counts the others."""
        left, rest = most, _Rest(seen)
        for noticed in self.look(seen):
            if isinstance(noticed, Remark):
                if left > 0:
                    yield Finding(self.code, *noticed, self.basis)
                else:
                    rest.add(noticed.grade, noticed.sources[0], 1)
                left -= 1
                continue
            for row in noticed.rows.head(max(left, 0)).iter_rows(named=True):
                yield Finding(self.code, noticed.grade, noticed.say(row), _places(seen, noticed, row), None, self.basis)
            rest.faults(noticed, max(left, 0))
            left -= noticed.rows.height
        if rest.first is not None:
            yield Finding(self.code, rest.grade, rest.message, (rest.first,), None, self.basis)


def _places(tables: Tables, faults: Faults, row: Row) -> tuple[Source, ...]:
    """The places of one fault, the first table first, at most so many of each."""
    found: dict[Source, None] = {}
    for number, (table, column) in enumerate(faults.at.items()):
        lines = row[column] if isinstance(row[column], list) else [row[column]]
        more = faults.quoted if number == 0 else ()
        lines = [line for line in lines if line is not None][:_PLACES]
        found.update(dict.fromkeys(tables.source(table, line, *more) for line in lines))
    return tuple(found)


class _Rest:
    """What a rule noticed beyond the number of findings that is wanted."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.grade = GRADES[0]
        self.first: Source | None = None
        self._files: Counter[str] = Counter()

    def add(self, grade: str, place: Source, count: int) -> None:
        """Count some more in the file of a place."""
        self.first = self.first or place
        self.grade = max(self.grade, grade, key=GRADES.index)
        self._files[place.doc] += count

    def faults(self, faults: Faults, shown: int) -> None:
        """Count the rows after those that are shown."""
        if faults.rows.height > shown:
            place = _places(self.tables, faults, faults.rows.row(shown, named=True))[0]
            self.add(faults.grade, place, faults.rows.height - shown)

    @property
    def message(self) -> str:
        """How many there are, in which files."""
        listed = " and ".join(f"{count:,} in {file}" for file, count in self._files.items())
        return f"{sum(self._files.values()):,} more like these: {listed}, the first of them here"


def table_rule(code: str, *, on: str, basis: str, since: str = "preview") -> Callable[[TableLook], TableRule]:
    """Make a rule of a function that looks at tables and yields what it notices.

    Raises ``ValueError`` for a subject that no rule on tables has.
    """
    if on not in SUBJECTS:
        raise ValueError(f"{code}: a rule on tables looks at {', '.join(SUBJECTS)}, not at {on!r}")
    return lambda look: TableRule(code, on, basis, look, since=since)
