"""Schemas: which tables a book has, which columns each may hold, and how a column is called in the file.

The knowledge stands in ``book_tables.csv`` and ``tables/*.csv``. A column is named after what it holds and its unit:
``from`` in metres is ``from_m``, in a book that counts in feet ``from_ft``; copper in percent is ``cu_pct``. A number
of a laboratory has companions that say what a number cannot: ``cu_pct_below`` (the value is a detection limit),
``cu_pct_above`` (the value is the upper limit), ``cu_pct_token`` (why there is no value). A number without a unit, such
as an amount of money whose currency stands beside it, keeps its plain name; so do words and days.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from orebook.ground import units

BELOW, ABOVE, TOKEN = "_below", "_above", "_token"
"""What is put behind the name of an analyte's column for its companions."""

ORIGIN = ("origin_step", "origin_row")
"""Columns that every table of a book has: the step of the journal that brought a row, and its line in that file."""

RECORD, PLACE = "record", "place"
"""What rows are that lie in no hole: those that days, names and numbers tell apart, and places in space."""

LENGTHS = ("m", "ft")
"""Units in which a book may count lengths."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name without a unit, what it holds, and how people head it.

    ``type`` is ``text``, ``number`` or ``day``; ``unit`` is a name of ``units.csv`` or empty; ``spoken`` are heads in
    small letters.
    """

    name: str
    type: str
    unit: str
    required: bool
    spoken: tuple[str, ...]
    description: str

    def key(self, length: str = "m") -> str:
        """The name in the file, in a book that counts lengths in metres or feet.

        >>> schema("surveys")["depth"].key(), schema("surveys")["depth"].key("ft"), schema("surveys")["dip"].key()
        ('depth_m', 'depth_ft', 'dip_deg')
        """
        if self.type != "number" or not self.unit:
            return self.name
        unit = length if self.unit == "m" else self.unit
        suffix = units.rows()[unit].suffix
        return f"{self.name}_{suffix}" if suffix else self.name


@dataclass(frozen=True)
class Schema:
    """A table of a book: its columns, what a row stands for, and whether analytes may be added.

    ``rows`` is ``hole``, ``station`` (a depth in a hole), ``interval`` (from and to), ``plane``, ``record`` (days,
    months, lots, accounts: rows that lie in no hole) or ``place`` (blocks, corners of outlines, points of the ground);
    ``order`` are the columns that sort it, and of a record those that tell it from every other. ``metals`` says that
    recoveries and masses of metals may stand beside grades.
    """

    name: str
    rows: str
    analytes: bool
    metals: bool
    order: tuple[str, ...]
    description: str
    columns: tuple[Column, ...]

    def __getitem__(self, name: str) -> Column:
        """The column of that name without its unit."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name!r}")

    @property
    def is_record(self) -> bool:
        """Whether its rows lie in no hole.

        >>> schema("interests").is_record, schema("assays").is_record
        (True, False)
        """
        return self.rows in (RECORD, PLACE)

    def required(self) -> tuple[str, ...]:
        """The columns without their units that have to be there, and in a table of records to hold a value.

        >>> schema("interests").required()
        ('property', 'holder', 'from_day', 'interest')
        """
        return tuple(column.name for column in self.columns if column.required)

    def keys(self, length: str = "m") -> dict[str, Column]:
        """Every column by its name in the file."""
        return {column.key(length): column for column in self.columns}


@cache
def tables() -> tuple[str, ...]:
    """The tables that a book may have.

    >>> tables()[:3]
    ('collars', 'surveys', 'assays')
    """
    return tuple(row["table"] for row in _rows("book_tables.csv"))


@cache
def schema(table: str) -> Schema:
    """The schema of a table.

    >>> schema("assays").analytes, schema("collars").order
    (True, ('hole',))
    >>> schema("assay")
    Traceback (most recent call last):
        ...
    KeyError: "a book has no table 'assay'; its tables are collars, surveys, assays, ..."
    """
    for row in _rows("book_tables.csv"):
        if row["table"] == table:
            columns = tuple(
                Column(
                    each["column"],
                    each["type"],
                    each["unit"],
                    each["required"] == "yes",
                    tuple(filter(None, each["spoken"].split("|"))),
                    each["description"],
                )
                for each in _rows(f"tables/{table}.csv")
            )
            order = tuple(row["order"].split("|"))
            said = row["analytes"]
            return Schema(table, row["rows"], said != "no", said == "metals", order, row["description"], columns)
    raise KeyError(f"a book has no table {table!r}; its tables are {', '.join(tables())}")


@cache
def _rows(name: str) -> list[dict[str, str]]:
    text = files("orebook.ground").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _suffixes() -> dict[str, str]:
    """The unit that each suffix of a column stands for, grades before anything else that shares a suffix."""
    found: dict[str, str] = {}
    for row in units.rows().values():
        if row.suffix:
            found.setdefault(row.suffix, row.name)
    return found


def unit_of(column: str) -> str:
    """The unit that the name of a column ends with, or nothing.

    >>> unit_of("au_gpt"), unit_of("from_ft"), unit_of("au_fa50_ppm"), unit_of("hole")
    ('g/t', 'ft', 'ppm', '')
    """
    _, bar, suffix = column.rpartition("_")
    return _suffixes().get(suffix, "") if bar else ""


GRADE_UNITS = ("%", "g/t", "ppm", "ppb", "oz/ton", "oz/t", "lb/ton", "kg/t")
"""Units of grades."""


def is_grade(column: str) -> bool:
    """Whether that is the name of a column of grades.

    >>> is_grade("cu_pct"), is_grade("from_m"), is_grade("cu_pct_below"), is_grade("recovery_pct")
    (True, False, False, True)
    """
    return unit_of(column) in GRADE_UNITS


def grades(columns: tuple[str, ...] | list[str]) -> list[str]:
    """The columns of grades among some columns, in order.

    >>> grades(["hole", "from_m", "to_m", "au_gpt", "au_gpt_below"])
    ['au_gpt']
    """
    return [column for column in columns if is_grade(column)]


class MissingColumnError(ValueError):
    """A table without a column that the work needs."""


def length_unit(columns: tuple[str, ...] | list[str], *names: str) -> str:
    """The unit of lengths of a table, read from the names of its columns.

    ``names`` are columns without their unit, all of which have to be there in the same unit.

    >>> length_unit(["hole", "from_ft", "to_ft"], "from", "to")
    'ft'
    >>> length_unit(["hole", "from_m"], "from", "to")
    Traceback (most recent call last):
        ...
    orebook.ground.schema.MissingColumnError: no column to_m or to_ft; the columns are hole, from_m
    """
    for unit in LENGTHS:
        if all(f"{name}_{unit}" in columns for name in names):
            return unit
    unit = next((unit for unit in LENGTHS if any(f"{name}_{unit}" in columns for name in names)), "")
    wanted = [name for name in names if f"{name}_{unit}" not in columns]
    said = ", ".join(" or ".join(f"{name}_{unit}" for unit in LENGTHS) for name in wanted)
    raise MissingColumnError(f"no column {said}; the columns are {', '.join(columns)}")
