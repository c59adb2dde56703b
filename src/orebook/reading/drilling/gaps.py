"""Gaps: what a record of drilling does not say and nobody may guess: the hole, a depth, a unit, an analyte.

>>> from orebook.ground.fact import Fact
>>> from orebook.ground.figure import Figure
>>> from orebook.ground.source import Source
>>> where = Source("note.txt", 1, 0, 4, "12 m")
>>> gaps(Record("drill_intercept", {"hole": "QX-7"}, [Fact("drilling.length", Figure.parse("12 m"), {}, where)], where))
['from', 'to']
"""

from collections.abc import Iterable

from orebook.ground.fact import Record

_COLLAR = ("easting", "northing", "elevation", "azimuth", "dip", "depth")


def mark_gaps(records: Iterable[Record]) -> None:
    """Write into ``about["missing"]`` of every record of drilling what it leaves open."""
    for record in records:
        if found := gaps(record):
            record.about["missing"] = ", ".join(found)


def gaps(record: Record) -> list[str]:
    """What an intercept, a collar or a sample does not say."""
    if record.kind == "drill_intercept":
        return [*_of_interval(record), *_of_grades(record, "drilling.grade")]
    if record.kind == "drill_collar":
        grid = [] if record.about.get("grid") else ["grid"]
        return [name for name in _COLLAR if record.get(f"collars.{name}") is None] + grid
    return _of_grades(record, "sampling.grade") if record.kind == "surface_sample" else []


def _of_interval(record: Record) -> list[str]:
    hole = [] if record.about.get("hole") else ["hole"]
    depths = [name for name in ("from", "to") if record.get(f"drilling.{name}") is None]
    sized = record.get("drilling.length") or record.get("drilling.true_thickness") or not depths
    return [*hole, *depths, *([] if sized else ["length"])]


def _of_grades(record: Record, measure: str) -> list[str]:
    grades = record.all(measure)
    units = ["unit"] if any(not fact.figure.unit for fact in grades) else []
    return units + (["analyte"] if any(not fact.about.get("analyte") for fact in grades) else [])
