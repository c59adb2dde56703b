"""Drilling: intercepts, collars, programmes, holes without results, lengths without assays, surface samples."""

from orebook.ground.fact import Record
from orebook.ground.figure import Figure
from orebook.reading.records.values import Json, Shape, filled, grades_of, plain, value_of


def intercept(record: Record) -> Shape:
    """An intercept: hole, depths, length, true thickness, grades, and the depths of the interval that holds it."""
    begin, end = value_of(record, "drilling.from"), value_of(record, "drilling.to")
    parent: list[Json] | None = None
    if record.parent:
        parent = [_depth(value_of(record.parent, "drilling.from")), _depth(value_of(record.parent, "drilling.to"))]
    return filled(
        {
            "hole": record.about.get("hole"),
            "from": _depth(begin),
            "to": _depth(end),
            "eoh": True if isinstance(end, str) else None,
            "interval": value_of(record, "drilling.length"),
            "true_thickness": value_of(record, "drilling.true_thickness"),
            "relation": record.about.get("relation"),
            "parent": parent if parent and parent != [None, None] else None,
            "grades": grades_of(record, "drilling.grade"),
            "shares": grades_of(record, "drilling.share"),
            "gram_metres": value_of(record, "drilling.gram_metres"),
        }
    )


def _depth(value: int | float | str | None) -> int | float | None:
    """A depth in figures; the surface is nought, the end of the hole has no figure."""
    if isinstance(value, str):
        return 0 if value.lower() == "surface" else None
    return value


def collar(record: Record) -> Shape:
    """A collar: hole, coordinates, directions, depth."""
    names = ("easting", "northing", "elevation", "azimuth", "dip", "depth")
    said: Shape = {"hole": record.about.get("hole"), **{name: value_of(record, f"collars.{name}") for name in names}}
    return filled({**said, "grid": record.about.get("grid")})


def programme(record: Record) -> Shape:
    """A programme: what it is, how many holes and metres, rigs and stations."""
    metres = value_of(record, "programmes.metres")
    said: Shape = {
        "what": record.about.get("what") or record.about.get("row"),
        "holes": value_of(record, "programmes.holes"),
        "metres": metres if metres is not None else value_of(record, "programmes.total"),
        "rigs": value_of(record, "programmes.rigs"),
        "stations": value_of(record, "programmes.stations"),
        "depth": value_of(record, "programmes.depth"),
        "period": record.about.get("period"),
    }
    return filled(said)


def nothing(record: Record) -> Shape:
    """A hole that is said to hold nothing of note."""
    return filled({"hole": record.about.get("hole"), "said": value_of(record, "drilling.nothing")})


def visual(record: Record) -> Shape:
    """Lengths of core that no assay stands beside."""
    lengths: list[Json] = [plain(f.figure.value) for f in record.all("drilling.visual") if isinstance(f.figure, Figure)]
    return filled({"hole": record.about.get("hole"), "interval": lengths[0] if len(lengths) == 1 else lengths})


def sample(record: Record) -> Shape:
    """A sample from the surface: its length and grades."""
    return filled(
        {
            "hole": record.about.get("hole"),
            "interval": value_of(record, "sampling.length"),
            "grades": grades_of(record, "sampling.grade"),
        }
    )


SHAPES = {
    "drill_intercept": intercept,
    "drill_collar": collar,
    "drill_program": programme,
    "drill_no_significant": nothing,
    "drill_interval_visual": visual,
    "surface_sample": sample,
}
