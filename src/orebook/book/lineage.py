"""Lineage: the chain of rows behind a number of a result, from the printed digits to the lines of the files."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import polars as pl

from orebook.book import journal, store
from orebook.book.again import again
from orebook.book.behind import Behind, Kept, behind
from orebook.book.bench import Bench
from orebook.book.folder import Book
from orebook.book.journal import Step, Thing
from orebook.book.making import Done, last_made, part
from orebook.book.origins import Origin, origins
from orebook.book.prepared import core_samples
from orebook.book.problems import BookError, SettingsError
from orebook.disciplines.assaying.definitions import DefinitionError, definitions
from orebook.disciplines.assaying.groups import combined_grade
from orebook.ground.schema import ABOVE, BELOW, ORIGIN, TOKEN, is_grade, tables, unit_of

_ADDRESS = re.compile(r"(?P<part>\w+)\[(?P<row>\d{1,12})\]\.(?P<column>\w+(?:\s?\+\s?\w+){0,20})")
_AND = " + "
"""What stands between the columns of a sum."""

_GEOMETRY = ("true_thickness", "core_angle", "easting", "northing", "elevation", "azimuth", "dip")
"""What the columns begin with that rest on the paths of holes."""

Row = Mapping[str, Any]


class Address(NamedTuple):
    """Where a number of a result stands: the part, the position of its row from nought, the column.

    Columns that are printed as one, added up, are named together: ``intercepts[0].pd_gpt + pt_gpt``.
    """

    part: str
    row: int
    column: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are added up; one where nothing is."""
        return tuple(self.column.split(_AND))

    def value(self, row: Row) -> Any:
        """The value in a row: that of its column, or the sum of several; nothing where one of them has none."""
        values = [row[name] for name in self.columns]
        if len(values) == 1 or None in values:
            return values[0] if len(values) == 1 else None
        return float(combined_grade([Decimal(f"{each:.15g}") for each in values]))

    def __str__(self) -> str:
        return f"{self.part}[{self.row}].{self.column}"


def address(said: str) -> Address | None:
    """An address as it was written, or nothing.

    >>> address("intercepts[3].au_gpt"), address("1.86")
    (Address(part='intercepts', row=3, column='au_gpt'), None)
    >>> address("intercepts[3].pd_gpt+pt_gpt").columns
    ('pd_gpt', 'pt_gpt')
    """
    found = _ADDRESS.fullmatch(said.strip())
    if found is None:
        return None
    return Address(found["part"], int(found["row"]), _AND.join(name.strip() for name in found["column"].split("+")))


@dataclass(frozen=True, slots=True)
class Chain:
    """What stands behind a number.

    ``value`` is unrounded; ``row`` what else the row of the result says. ``rows`` are the rows of ``table`` that it was
    made from, with their ``weight`` (the length of each inside an interval) where they were averaged; ``columns`` are
    those that take part, ``definitions`` how the derived ones of them are made. ``made`` is the step that made the
    result, ``again`` the mean worked out once more from the rows, nothing where nothing was averaged; ``changed`` names
    tables that are no longer as they were then, ``origins`` the files of the rows. Of a figure in a tidy table
    ``rests`` are the rows of each table behind it, as its result says. A result that no step of the journal tells of,
    because it was made for a look at it, has a step without a number.
    """

    address: Address
    value: object
    row: Row
    table: str
    rows: pl.DataFrame
    columns: tuple[str, ...]
    definitions: tuple[str, ...]
    made: Step
    again: float | None = None
    changed: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    rests: tuple[Behind, ...] = ()


def chain(book: Book, where: Address, done: Done | None = None) -> Chain:
    """The chain behind a number of a result: as it was written, or as it is ``done`` now, where that has it.

    Raises ``BookError`` for a result, row or column that is not there.
    """
    try:
        with book.still():
            if done is not None and (result := done.result_of(where.part)):
                return _chain(book, where, _looked_at(book, done, result))
            if where.part in tables() and where.part not in book.results():
                return _of_table(book, where)
            return _chain(book, where, _written(book, where.part))
    except DefinitionError as problem:
        raise SettingsError(f"{book.settings.file}: {problem}") from None


class _Source(NamedTuple):
    """Where the parts of a result are found, and the step that made it."""

    kept: Kept
    made: Step


def _written(book: Book, name: str) -> _Source:
    """A part as it lies in the book."""
    files = book.results()
    if name not in files:
        part(book, name)
    return _Source(lambda each: store.read_part(files[each]) if each in files else None, _made(book, name))


def _looked_at(book: Book, done: Done, result: str) -> _Source:
    """A result as it was made for a look at it, with the step that tells of it where there is one."""
    made = done.made[result]
    step = journal.step(book.folder, done.steps[result]) if result in done.steps else None
    if step is None:
        settings, code = journal.as_written(made.settings), journal.code_fingerprint()
        reads, counts = done.reads.get(result, ()), {name: frame.height for name, frame in made.parts.items()}
        step = Step(0, "make", "", {"result": result}, reads, (), counts, settings, made.remarks, code=code)
    parts = {name: frame for one in done.made.values() for name, frame in one.parts.items()}
    return _Source(parts.get, step)


def _chain(book: Book, where: Address, source: _Source) -> Chain:
    """The chain behind a number of a book that is held still."""
    frame = source.kept(where.part)
    row = _cell(pl.DataFrame() if frame is None else frame, where)
    made = source.made
    bench = Bench(book.settings, book.table)
    changed = _changed(book, made.reads)
    if rests := tuple(behind(book, bench, source.kept, where.part, where.row, row)):
        return Chain(where, where.value(row), row, "", pl.DataFrame(), (), (), made, None, changed, (), rests)
    table, rows, columns = _behind(bench, row, where, made)
    if table == "assays":
        dropped = source.kept(f"{made.given.get('result')}_dropped")
        rows = rows if dropped is None else rows.join(dropped.select("row"), on="row", how="anti")
    return Chain(
        where,
        where.value(row),
        row,
        table,
        rows,
        columns,
        (*_sum(where), *_said(made, columns)),
        made,
        _again(rows, where, made, row, bench.settings.derive),
        changed,
        origins(book, rows),
    )


def _of_table(book: Book, where: Address) -> Chain:
    """The chain behind a cell of a table of the book: the step that brought its row, and its line in that file."""
    frame = Bench(book.settings, book.table).need(where.part, "questions about it")
    row, step = _cell(frame, where), None
    if row.get(ORIGIN[0]) is not None:
        step = journal.step(book.folder, int(row[ORIGIN[0]]))
    if step is None:
        raise BookError(f"{book.folder}: no step of the journal tells where row {where.row} of {where.part} came from")
    rows = frame[where.row]
    return Chain(
        where, where.value(row), row, where.part, rows, (), tuple(_sum(where)), step, origins=origins(book, rows)
    )


def _sum(where: Address) -> list[str]:
    """How columns that are printed as one follow from the row."""
    return [f"{where.column}: the columns of the row added up"] if len(where.columns) > 1 else []


def _again(rows: pl.DataFrame, where: Address, made: Step, row: Row, derive: Mapping[str, object]) -> float | None:
    """The mean worked out once more from the rows, or the sum of those of several columns."""
    means = [again(rows, name, made.settings, row.get("rule"), derive) for name in where.columns]
    whole = [each for each in means if each is not None]
    return sum(whole) if len(whole) == len(means) else None


def _cell(frame: pl.DataFrame, where: Address) -> Row:
    """The row of a cell.

    Raises ``BookError`` for a row or a column that is not there.
    """
    for name in where.columns:
        if name not in frame.columns:
            raise BookError(f"{where.part} has no column {name}; it has {', '.join(frame.columns)}")
        if len(where.columns) > 1 and not frame.schema[name].is_numeric():
            raise BookError(f"{where}: {name} is no number; only numbers can be added up")
        if unit_of(name) != unit_of(where.columns[0]):
            raise BookError(f"{where}: a sum needs one unit; {name} has another than {where.columns[0]}")
    if where.row >= frame.height:
        raise BookError(f"{where.part} has {frame.height} rows, counted from 0; there is no row {where.row}")
    return frame.row(where.row, named=True)


def _made(book: Book, name: str) -> Step:
    """The step that made the result of which this is a part."""
    steps = [step for step in journal.steps(book.folder) if step.verb == "make" and name in step.counts]
    if not steps:
        raise BookError(f"{book.folder}: no step of the journal tells of {name}; orebook make makes it anew")
    return steps[-1]


def _changed(book: Book, reads: Sequence[Thing]) -> tuple[str, ...]:
    """Files that are no longer as they were when the result was made."""
    found = []
    for thing in reads:
        file = book.folder / thing.name
        if not file.is_file() or store.fingerprint(file) != thing.sha256:
            found.append(thing.name)
    return tuple(found)


def _behind(bench: Bench, row: Row, where: Address, made: Step) -> tuple[str, pl.DataFrame, tuple[str, ...]]:
    """The table, its rows and the columns that a number of this row was made from."""
    unit = bench.settings.length
    top, end = row.get(f"from_{unit}"), row.get(f"to_{unit}")
    hole = row.get("hole")
    geometry = any(name.startswith(_GEOMETRY) for name in where.columns) or where.part.startswith("survey_quality")
    if hole is not None and top is not None and end is not None and not geometry:
        rule = _rule(made, row)
        columns = tuple(dict.fromkeys(name for each in where.columns for name in _columns(bench, each, rule)))
        return "assays", _samples(bench, str(hole), float(top), float(end), columns), columns
    if hole is None:
        return "", pl.DataFrame(), ()
    if bench.table("surveys") is not None and not set(where.columns) <= {"hole", f"depth_{unit}"}:
        surveys = bench.need("surveys", "paths")
        stations = (f"depth_{unit}", "azimuth_deg", "dip_deg")
        return "surveys", _kept(surveys.filter(pl.col("hole") == hole), stations), stations
    collars = bench.need("collars", "holes")
    names = tuple(name for name in collars.columns if name in where.columns or unit_of(name))
    return "collars", _kept(collars.filter(pl.col("hole") == hole), names), names


def _samples(bench: Bench, hole: str, top: float, end: float, columns: Sequence[str]) -> pl.DataFrame:
    """The samples inside an interval, with the length of each that lies in it."""
    unit = bench.settings.length
    low, high = f"from_{unit}", f"to_{unit}"
    table = core_samples(bench).filter((pl.col("hole") == hole) & (pl.col(high) > top) & (pl.col(low) < end))
    weight = pl.min_horizontal(high, pl.lit(end)) - pl.max_horizontal(low, pl.lit(top))
    more = [name for name in ("sample", "certificate") if name in table.columns]
    return _kept(table.with_columns(weight=weight), (low, high, "weight", *more, *columns))


def _kept(table: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """These columns with their companions, and where each row came from."""
    wanted = ["row", "hole"]
    for column in dict.fromkeys(columns):
        wanted += [name for name in (column, *(column + end for end in (BELOW, ABOVE, TOKEN))) if name in table.columns]
    return table.select(*dict.fromkeys(wanted), *(name for name in ORIGIN if name in table.columns))


def _rule(made: Step, row: Row) -> Mapping[str, Any]:
    """The rule set that made a row; an empty one when none did."""
    told = made.settings.get("rules", [])
    rules = told if isinstance(told, list) else []
    return next((rule for rule in rules if rule["name"] == row.get("rule")), {})


def _columns(bench: Bench, column: str, rule: Mapping[str, Any]) -> tuple[str, ...]:
    """A column and all that it is made from, itself first; of something else the column that decided."""
    known = definitions(bench.settings.derive)
    first = column if column in known or is_grade(column) else str(rule.get("on", column))
    found, waiting = [], [first]
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found.append(name)
            waiting += known[name].columns if name in known else []
    return (*found, rule["density"]) if rule.get("weights") == "length_density" else tuple(found)


def _said(made: Step, columns: Sequence[str]) -> list[str]:
    """How the derived columns among these are made, as it was when the result was made."""
    told = made.settings.get("derived", [])
    return [str(one["said"]) for one in told if one["name"] in columns] if isinstance(told, list) else []


def remade(book: Book, name: str) -> tuple[dict[str, pl.DataFrame], Step] | None:
    """The parts of a result as they were written, and the step that made them; nothing when it was not made."""
    step = last_made(book, name)
    files = book.results()
    if step is None or not set(step.counts) <= set(files):
        return None
    return {each: store.read_part(files[each]) for each in step.counts}, step
