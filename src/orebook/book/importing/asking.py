"""Asking: what has to be declared before a file is taken in, and declarations that its data contradict."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import polars as pl

from orebook.book.files import RawTable
from orebook.book.importing.columns import Column, has_hole_dips
from orebook.book.importing.declared import Declared
from orebook.book.importing.mapping import ColumnMapping, Question
from orebook.book.importing.units_said import LOCAL, length_units
from orebook.ground.metals import metal_column
from orebook.ground.schema import schema


def questions(
    raw: RawTable, mapping: ColumnMapping, declared: Declared, columns: Mapping[str, Column]
) -> tuple[Question, ...]:
    """Everything that is open; ``columns`` are the columns as read so far, by their names without a unit."""
    file = _File(raw.name, raw.decimal, mapping, declared, columns)
    asked = (_lengths, _dips, _azimuths, _places, _decimals, _dates, _dashes, _months, _codes, _negatives, _shares)
    return (*mapping.questions, *(question for each in asked for question in each(file)))


class _File(NamedTuple):
    """What is asked about: a file, what it is taken for, and what was said of it."""

    name: str
    decimal: str
    mapping: ColumnMapping
    declared: Declared
    columns: Mapping[str, Column]


def _lengths(file: _File) -> Iterator[Question]:
    unsaid = [column for column, unit in length_units(file.mapping, file.declared).items() if not unit]
    said, declared = file.mapping.said_length, file.declared.length
    if any(each.key == "length" for each in file.mapping.questions):
        return
    if unsaid:
        what = f"no head says whether {', '.join(unsaid)} {'is' if len(unsaid) == 1 else 'are'} in metres or feet"
        yield Question("length", file.name, what, "say --declare length=m or --declare length=ft", file.mapping.length)
    elif declared and said and declared != said:
        what = f"the heads say {said} and {declared} was declared"
        yield Question("length", file.name, what, f"say --declare length={said} or mend the heads")


def _dips(file: _File) -> Iterator[Question]:
    """The sign of dips: a guess from the majority is shown, and a declaration that it contradicts stops."""
    column = file.columns.get("dip")
    if column is None or not has_hole_dips(file.mapping.table):
        return
    above, below = _count(column.values > 0), _count(column.values < 0)
    guess = "positive_down" if above > below else "negative_down"
    if not above + below:
        return
    said = f"{above:,} of {above + below:,} dips that are not level are positive"
    if not file.declared.dip:
        what = f"no head says which sign a hole has that goes down, and {said}"
        instead = "say --declare dip=negative_down, --declare dip=positive_down or --declare dip=from_vertical"
        yield Question("dip", file.name, what, instead, guess)
        return
    wrong = {
        "negative_down": above > below,
        "positive_down": below > above,
        "from_vertical": below > above or _count(column.values > 180) > 0,
    }[file.declared.dip]
    if wrong and "dip" not in file.declared.confirmed:
        what = f"{said}, and dip={file.declared.dip} was declared"
        instead = f"say --declare dip={guess}, or --declare confirmed=dip if most holes go up"
        yield Question("dip", file.name, what, instead, guess)


def _count(flags: pl.Series) -> int:
    return int(flags.sum() or 0)


def _azimuths(file: _File) -> Iterator[Question]:
    column = file.columns.get("azimuth")
    if column is None or file.declared.azimuth or column.values.null_count() == len(column.values):
        return
    head = column.match.head.lower()
    guess = next((word for word, sign in (("magnetic", "mag"), ("grid", "grid"), ("true", "true")) if sign in head), "")
    instead = "say --declare azimuth=grid, or azimuth=true, azimuth=magnetic, azimuth=unknown"
    what = f"nothing says from which north {column.match.head!r} is counted"
    yield Question("azimuth", file.name, what, instead, guess)


def _places(file: _File) -> Iterator[Question]:
    """The grid of coordinates, and degrees where metres are expected."""
    east, north = file.columns.get("easting"), file.columns.get("northing")
    if east is None or north is None:
        return
    if not file.declared.crs:
        what = "nothing says in which grid the coordinates are"
        yield Question(
            "crs", file.name, what, "say --declare crs=EPSG:26909 or whatever its code is, or --declare crs=local"
        )
    if file.declared.coordinates or "coordinates" in file.declared.confirmed:
        return
    inside = (east.values.abs() <= 180) & (north.values.abs() <= 90)
    by_content = len(inside) > 2 and bool(inside.all()) and file.declared.crs != LOCAL
    if file.mapping.degrees or by_content:
        by = f"the head {east.match.head!r}" if file.mapping.degrees else "their size"
        instead = "say --declare coordinates=EPSG:4326 or another grid, or --declare confirmed=coordinates to keep them"
        yield Question("coordinates", file.name, f"the coordinates are degrees by {by}", instead, "EPSG:4326")


def _decimals(file: _File) -> Iterator[Question]:
    shown = next((column for column in file.columns.values() if column.comma), None)
    if shown is not None and not file.declared.decimal:
        what = f"the comma of {shown.comma!r} in {shown.match.head!r} may be a decimal mark or part thousands"
        instead = "say --declare decimal=comma, where 1,5 is one and a half, or --declare decimal=point"
        yield Question("decimal", file.name, what, instead, {",": "comma", ".": "point"}.get(file.decimal, ""))


def _dates(file: _File) -> Iterator[Question]:
    """Days whose month could be the day, where no cell of the column shows which comes first."""
    shown = next((column for column in file.columns.values() if column.either), None)
    if shown is not None and not file.declared.dates:
        what = f"{shown.either!r} in {shown.match.head!r} may begin with its day or with its month"
        yield Question("dates", file.name, what, "say --declare dates=dmy or --declare dates=mdy")


def _dashes(file: _File) -> Iterator[Question]:
    """Dashes where amounts belong, when nobody said what they stand for."""
    shown = next((column for column in file.columns.values() if column.dash), None)
    if shown is not None and not file.declared.dashes:
        what = f"{shown.dash!r} in {shown.match.head!r} may stand for nought or for no value"
        yield Question("dashes", file.name, what, "say --declare dashes=zero or --declare dashes=missing")


def _months(file: _File) -> Iterator[Question]:
    """Days that may stand for whole months, when nobody said whether they do."""
    shown = next((column for column in file.columns.values() if column.monthly), None)
    if shown is not None and not file.declared.rows:
        instead = "say --declare rows=months or --declare rows=days"
        yield Question("rows", file.name, shown.monthly, instead, "months")


def _codes(file: _File) -> Iterator[Question]:
    """Numbers that often stand for no value, when nobody said whether they do."""
    found = {column.match.head: column.codes for column in file.columns.values() if column.codes}
    if file.declared.missing is None and found:
        said = ", ".join(dict.fromkeys(f"{code:g}" for codes in found.values() for code in codes))
        holds = "holds" if len(found) == 1 else "hold"
        what = f"{', '.join(map(repr, list(found)[:6]))} {holds} {said}, which may be numbers or stand for no value"
        instead = f'say --declare "missing={said.replace(", ", "|")}", or --declare missing=none when they are numbers'
        yield Question("missing", file.name, what, instead, said.replace(", ", "|"))


def _negatives(file: _File) -> Iterator[Question]:
    """Negative grades, when nobody said what they are."""
    if file.declared.negatives:
        return
    found = {
        column.match.head: _count(column.marks["negative"])
        for column in file.columns.values()
        if "negative" in column.marks
    }
    if found:
        said = ", ".join(f"{head}: {count:,}" for head, count in list(found.items())[:6])
        more = f" and {len(found) - 6} columns more" if len(found) > 6 else ""
        what = f"negative grades ({said}{more}) may be below detection or no values"
        instead = "say --declare negatives=below, --declare negatives=missing or --declare negatives=kept"
        yield Question("negatives", file.name, what, instead, "below")


def _shares(file: _File) -> Iterator[Question]:
    """Shares in per cent that look like fractions of one."""
    told = {*file.declared.fractions, *file.declared.confirmed}
    found = []
    own = {each.name: each.unit for each in schema(file.mapping.table).columns}
    for name, column in file.columns.items():
        metal = None if name in own else metal_column(name)
        share = own.get(name) == "%" or (metal is not None and metal.kind == "recovery")
        if share and not {name, column.name} & told:
            top = column.values.max()
            if isinstance(top, float) and 0 < top <= 1:
                found.append(name)
    found.sort(key=lambda name: list(own).index(name) if name in own else len(own))
    if found:
        what = f"no {' and no '.join(found)} is above 1, so that they may be per cent or fractions of one"
        said = "|".join(found)
        yield Question(
            "fractions", file.name, what, f'say --declare "fractions={said}", or --declare "confirmed={said}"', said
        )
