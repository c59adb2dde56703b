"""Asking: what has to be declared before a file is taken in, and declarations that its data contradict."""

from collections.abc import Iterator, Mapping

import polars as pl

from orebook.book.files import RawTable
from orebook.book.importing.columns import Column, has_hole_dips
from orebook.book.importing.declared import Declared
from orebook.book.importing.mapping import ColumnMapping, Question
from orebook.ground.schema import schema


def questions(
    raw: RawTable, mapping: ColumnMapping, declared: Declared, columns: Mapping[str, Column]
) -> tuple[Question, ...]:
    """Everything that is open; ``columns`` are the columns as read so far, by their names without a unit."""
    asked = (_lengths, _dips, _azimuths, _places, _decimals, _codes, _negatives, _shares)
    found = [question for each in asked for question in each(raw, mapping, declared, columns)]
    return (*mapping.questions, *found)


Columns = Mapping[str, Column]


def _lengths(raw: RawTable, mapping: ColumnMapping, declared: Declared, columns: Columns) -> Iterator[Question]:
    lengths = [each.name for each in schema(mapping.table).columns if each.unit == "m" and each.name in columns]
    if not lengths:
        return
    if not declared.length and not mapping.said_length and not any(each.key == "length" for each in mapping.questions):
        what = f"no head says whether {', '.join(lengths)} are metres or feet"
        yield Question("length", raw.name, what, "declare length=m or length=ft", mapping.length)
    elif declared.length and mapping.said_length and declared.length != mapping.said_length:
        what = f"the heads say {mapping.said_length} and {declared.length} was declared"
        yield Question("length", raw.name, what, f"declare length={mapping.said_length} or mend the heads")


def _dips(raw: RawTable, mapping: ColumnMapping, declared: Declared, columns: Columns) -> Iterator[Question]:
    """The sign of dips: a guess from the majority is shown, and a declaration that it contradicts stops."""
    column = columns.get("dip")
    if column is None or not has_hole_dips(mapping.table):
        return
    above, below = _count(column.values > 0), _count(column.values < 0)
    guess = "positive_down" if above > below else "negative_down" if below else ""
    said = f"{above:,} of {above + below:,} dips that are not level are positive"
    if not declared.dip:
        instead = "declare dip=negative_down, dip=positive_down or dip=from_vertical"
        yield Question("dip", raw.name, f"no head says which sign a hole has that goes down, and {said}", instead, guess)
        return
    wrong = {
        "negative_down": above > below,
        "positive_down": below > above,
        "from_vertical": below > above or _count(column.values > 180) > 0,
    }[declared.dip]
    if wrong and "dip" not in declared.confirmed:
        what = f"{said}, and dip={declared.dip} was declared"
        yield Question("dip", raw.name, what, f"declare dip={guess}, or confirm dip if most holes go up", guess)


def _count(flags: pl.Series) -> int:
    return int(flags.sum() or 0)


def _azimuths(raw: RawTable, mapping: ColumnMapping, declared: Declared, columns: Columns) -> Iterator[Question]:
    column = columns.get("azimuth")
    if column is None or declared.azimuth or column.values.null_count() == len(column.values):
        return
    head = column.match.head.lower()
    guess = next((word for word, sign in (("magnetic", "mag"), ("grid", "grid"), ("true", "true")) if sign in head), "")
    instead = "declare azimuth=grid, azimuth=true, azimuth=magnetic or azimuth=unknown"
    what = f"nothing says from which north {column.match.head!r} is counted"
    yield Question("azimuth", raw.name, what, instead, guess)


def _places(raw: RawTable, mapping: ColumnMapping, declared: Declared, columns: Columns) -> Iterator[Question]:
    """The grid of coordinates, and degrees where metres are expected."""
    east, north = columns.get("easting"), columns.get("northing")
    if east is None or north is None:
        return
    if not declared.crs:
        what = "nothing says in which grid the coordinates are"
        yield Question("crs", raw.name, what, "declare an EPSG code such as crs=EPSG:26909, or crs=local")
    if declared.coordinates or "coordinates" in declared.confirmed:
        return
    inside = (east.values.abs() <= 180) & (north.values.abs() <= 90)
    by_content = len(inside) > 2 and bool(inside.all()) and declared.crs != "local"
    if mapping.degrees or by_content:
        by = f"the head {east.match.head!r}" if mapping.degrees else "their size"
        instead = "declare the grid of the file, such as coordinates=EPSG:4326, or confirm coordinates"
        yield Question("coordinates", raw.name, f"the coordinates are degrees by {by}", instead, "EPSG:4326")


def _decimals(raw: RawTable, mapping: ColumnMapping, declared: Declared, columns: Columns) -> Iterator[Question]:
    shown = next((column for column in columns.values() if column.comma), None)
    if shown is not None and not declared.decimal:
        what = f"the comma of {shown.comma!r} in {shown.match.head!r} may be a decimal mark or part thousands"
        instead = "declare decimal=, where 1,5 is one and a half, or decimal=."
        yield Question("decimal", raw.name, what, instead, raw.decimal)


def _codes(raw: RawTable, mapping: ColumnMapping, declared: Declared, columns: Columns) -> Iterator[Question]:
    """Numbers that often stand for no value, when nobody said whether they do."""
    found = {column.match.head: column.codes for column in columns.values() if column.codes}
    if declared.missing is None and found:
        said = ", ".join(dict.fromkeys(f"{code:g}" for codes in found.values() for code in codes))
        what = f"{', '.join(map(repr, list(found)[:6]))} hold {said}, which may be numbers or stand for no value"
        instead = f"declare missing={said.replace(' ', '')}, or missing= with nothing behind it when they are numbers"
        yield Question("missing", raw.name, what, instead, said)


def _negatives(raw: RawTable, mapping: ColumnMapping, declared: Declared, columns: Columns) -> Iterator[Question]:
    """Negative grades, when nobody said what they are."""
    if declared.negatives:
        return
    found = {
        column.match.head: _count(column.marks["negative"]) for column in columns.values() if "negative" in column.marks
    }
    if found:
        said = ", ".join(f"{head}: {count:,}" for head, count in list(found.items())[:6])
        more = f" and {len(found) - 6} columns more" if len(found) > 6 else ""
        what = f"negative grades ({said}{more}) may be below detection or no values"
        yield Question(
            "negatives", raw.name, what, "declare negatives=below, negatives=missing or negatives=kept", "below"
        )


def _shares(raw: RawTable, mapping: ColumnMapping, declared: Declared, columns: Columns) -> Iterator[Question]:
    """Shares in per cent that look like fractions of one."""
    for each in schema(mapping.table).columns:
        column = columns.get(each.name)
        if each.unit != "%" or column is None or {each.name, column.name} & {*declared.fractions, *declared.confirmed}:
            continue
        top = column.values.max()
        if isinstance(top, float) and 0 < top <= 1:
            what = f"no {each.name} is above 1, so that they may be per cent or fractions of one"
            yield Question(
                "fractions", raw.name, what, f"declare fractions={each.name}, or confirm {each.name}", each.name
            )
