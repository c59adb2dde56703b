"""Sideways sheets: a row for each measure and a column for each month, turned so that each month of a mine is a row.

Mines keep their monthly figures so: the measures down the page, their units beside them, the months across, a total at
the end. Turned, the measures are heads, and rows are what columns were.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

from orebook.book.files import LINE, Loaded, RawTable
from orebook.book.files._delimited import BAD
from orebook.book.importing.days import day_cell, period_said
from orebook.book.importing.heads import key
from orebook.book.importing.measured_heads import measured, said_unit
from orebook.book.importing.metal_heads import metal_head, metal_name
from orebook.book.importing.profiles import record_heads
from orebook.ground.period import Period, day

_FEWEST = 2
"""So many months across, and so many measures down that a book knows, make a sheet that lies on its side."""
_SAMPLED = 400
_MOST_UNITS = 0.8
SECTION, MONTH, DATE = "Section", "Month", "Date"
"""Heads of the columns that a turned sheet gets: the title above some rows, and the period of a column."""


@dataclass(frozen=True)
class Turned(RawTable):
    """A sheet that was turned; its lines count its rows from two, and ``places`` says where each cell stood before."""

    places: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict, repr=False, compare=False)

    def address(self, line: int, column: int) -> str:
        """Where a cell stood in the sheet; of one that stood nowhere what it is."""
        place = self.places.get((line, column))
        if place is not None:
            return super().address(*place)
        return f"row {line} as turned" + (f", {self.heads()[column]}" if column >= 0 else "")


@dataclass(frozen=True)
class TurnedCells:
    """The rows of a turned sheet as text."""

    table: pl.DataFrame
    bad: pl.DataFrame
    blank: int

    def load(self, kinds: Mapping[int, str], decimal: str = ".") -> Loaded:  # noqa: ARG002
        """The columns that were asked for, as text."""
        return Loaded(self.table.select(LINE, *(str(at) for at in sorted(kinds))), self.bad, self.blank)


class _Across(NamedTuple):
    """What stands across a sheet: its periods by column, the column of labels, that of units, those of names."""

    periods: dict[int, Period]
    labels: int
    unit: int | None
    names: tuple[int, ...]


class _Line(NamedTuple):
    """A row of the sheet: to what it belongs, its measure, and its cells across."""

    line: int
    about: tuple[str, ...]
    measure: str
    cells: Mapping[int, str]


def upright(raw: RawTable) -> RawTable:
    """A table as it stands, or turned, where it has measures down and periods across.

    >>> from orebook.book.files import read_bytes
    >>> raw = read_bytes("a.csv", b"Holder,Jan-11,Feb-11\\nNo measure,1,2\\n")
    >>> upright(raw) is raw
    True
    """
    periods = {at: found for at, head in enumerate(raw.header) if head and (found := _period(head)) is not None}
    if len(periods) < _FEWEST:
        return raw
    loaded = raw.cells.load(dict.fromkeys(range(len(raw.header)), "text"))
    across = _across(raw, periods, loaded.frame)
    return raw if across is None else _turned(raw, across, loaded)


def _period(head: str) -> Period | None:
    """The month, quarter, year or day that a head names."""
    if (found := period_said(head)) is not None:
        return found
    cell = day_cell(head)
    return day(cell.value) if cell.value is not None and cell.kind in ("day", "dmy", "mdy") else None


def _across(raw: RawTable, periods: dict[int, Period], frame: pl.DataFrame) -> _Across | None:
    """How a sheet lies on its side, or nothing where too few of its labels are measures that a book knows."""
    others = [at for at in range(len(raw.header)) if at not in periods]
    known = {at: sum(map(is_measure, _words(frame, at))) for at in others}
    labels = max(others, key=lambda at: known[at], default=-1)
    if labels < 0 or known[labels] < _FEWEST:
        return None
    rest = [at for at in others if at != labels and not _sums_up(raw.header[at])]
    said = {at: [cell for cell in _words(frame, at) if cell] for at in rest}
    unit = next((at for at in rest if said[at] and _share_of_units(said[at]) >= _MOST_UNITS), None)
    names = tuple(at for at in rest if at != unit and said[at] and raw.header[at] and at < min(periods))
    return _Across(periods, labels, unit, names)


def _words(frame: pl.DataFrame, at: int) -> list[str]:
    return [str(cell or "").strip() for cell in frame[str(at)].to_list()]


def is_measure(label: str) -> bool:
    """Whether a label is a head of records, or names a metal."""
    if not label:
        return False
    return bool({key(label), measured(label).key} & record_heads()) or bool(metal_head(label) or metal_name(label))


def _share_of_units(cells: Sequence[str]) -> float:
    return sum(bool(said_unit(cell)) for cell in cells) / len(cells)


def _sums_up(head: str) -> bool:
    return key(head).startswith(("total", "ytd", "yeartodate", "average", "avg", "note", "comment", "variance"))


def _turned(raw: RawTable, across: _Across, loaded: Loaded) -> Turned:
    """The turned sheet: a row for each period of everything that it is about."""
    lines = _lines(raw, across, loaded.frame)
    measures = list(dict.fromkeys(line.measure for line in lines))
    about = list(dict.fromkeys(line.about for line in lines))
    heads = [*(raw.header[at] for at in across.names), SECTION, _time(across.periods), *measures]
    sums = _sums(across.periods)
    known = {(line.about, line.measure): line for line in lines}
    rows: list[list[object]] = []
    bad: list[tuple[int, None, str, str]] = []
    places: dict[tuple[int, int], tuple[int, int]] = {}
    blank, number = 0, 1
    for one in about:
        found = [known.get((one, measure)) for measure in measures]
        for at, period in across.periods.items():
            cells = ["" if line is None else line.cells.get(at, "") for line in found]
            number += 1
            if not any(cells):
                blank += 1
            elif at in sums:
                bad.append((number, None, raw.header[at], "a period that sums up others of the sheet"))
            else:
                rows.append([number, *one, period.label, *cells])
                first = len(heads) - len(measures)
                places |= {(number, first + k): (line.line, at) for k, line in enumerate(found) if line is not None}
    kept = [place for place in range(len(heads)) if heads[place] != SECTION or any(one[-1] for one in about)]
    moved = {place: at for at, place in enumerate(kept)}
    for line, why in _lost(across, loaded):
        number += 1
        bad.append((number, None, "", f"line {line} of the sheet: {why}"))
    left = _left_out(raw, across)
    said = (
        f"a row for each measure and a column for each period: {len(measures)} measures and {len(across.periods)} "
        f"columns were turned into {len(rows)} rows, which are counted as they were turned",
        *([f"columns left out: {', '.join(left)}"] if left else []),
    )
    return turned_table(
        raw,
        [heads[place] for place in kept],
        [[row[0], *(row[place + 1] for place in kept)] for row in rows],
        {(line, moved[place]): where for (line, place), where in places.items()},
        pl.DataFrame(bad, schema=BAD, orient="row"),
        blank,
        (*loaded.remarks, *said),
    )


def turned_table(
    raw: RawTable,
    heads: Sequence[str],
    rows: Sequence[Sequence[object]],
    places: Mapping[tuple[int, int], tuple[int, int]],
    bad: pl.DataFrame,
    blank: int,
    remarks: Sequence[str],
) -> Turned:
    """A table that was turned: rows of a line and the texts below each head, with where each cell stood before."""
    names = [LINE, *map(str, range(len(heads)))]
    schema: dict[str, type[pl.DataType]] = {name: pl.Int64 if name == LINE else pl.String for name in names}
    table = pl.DataFrame(rows, schema=schema, orient="row")
    return Turned(
        **{name: getattr(raw, name) for name in ("name", "format", "header_line", "preamble", "digest", "size")},
        **{name: getattr(raw, name) for name in ("encoding", "delimiter", "decimal", "sheet")},
        header=tuple(heads),
        units=("",) * len(heads),
        sample=table.head(_SAMPLED),
        cells=TurnedCells(table, bad, blank),
        remarks=(*raw.remarks, *remarks),
        places=places,
    )


def _left_out(raw: RawTable, across: _Across) -> list[str]:
    """The heads of columns that are neither measure, unit, name nor period: totals, comments."""
    taken = {*across.periods, across.labels, across.unit, *across.names}
    return [head for at, head in enumerate(raw.header) if head and at not in taken]


def _lost(across: _Across, loaded: Loaded) -> Iterator[tuple[int, str]]:
    """Yield the lines of a sheet that cannot be turned: without a place in it, or with numbers and no measure."""
    for row in loaded.bad.iter_rows(named=True):
        yield row[LINE], row["reason"]
    for row in loaded.frame.iter_rows(named=True):
        label = str(row[str(across.labels)] or "").strip()
        if not label and any(str(row[str(at)] or "").strip() for at in across.periods):
            yield row[LINE], "numbers without a measure"


def _time(periods: Mapping[int, Period]) -> str:
    return DATE if all(period.days == 1 for period in periods.values()) else MONTH


def _lines(raw: RawTable, across: _Across, frame: pl.DataFrame) -> list[_Line]:
    """The rows of a sheet that hold something, with the titles above them and the names beside them."""
    found: list[_Line] = []
    section, names = "", [""] * len(across.names)
    seen: dict[tuple[tuple[str, ...], str], int] = {}
    for row in frame.iter_rows(named=True):
        said = {at: str(row[str(at)] or "").strip() for at in range(len(raw.header))}
        cells = {at: said[at] for at in across.periods if said[at]}
        names = [said[at] or before for at, before in zip(across.names, names, strict=True)]
        label = said[across.labels]
        if not cells:
            section = label if label and not is_measure(label) else section
        elif label:
            about = (*names, section)
            unit = said[across.unit] if across.unit is not None else ""
            measure = f"{label} ({unit})" if unit and not measured(label).unit else label
            again = seen[about, measure] = seen.get((about, measure), 0) + 1
            found.append(_Line(row[LINE], about, measure if again == 1 else f"{measure} [{again}]", cells))
    return found


def _sums(periods: Mapping[int, Period]) -> set[int]:
    """The columns whose period holds several others of the sheet."""
    return {
        at
        for at, period in periods.items()
        if sum(other.within(period) and other != period for other in periods.values()) >= _FEWEST
    }
