"""Records as plain dictionaries: one function for each kind of record, found in the modules of this folder.

A module of the folder has ``SHAPES``: the kinds that it knows, each with the function that makes a dictionary of such a
record. ``as_key`` adds what all kinds share. A kind that no module knows gets its facts by their measures.
"""

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from orebook.ground.fact import GRAMMAR, Record
from orebook.reading.records.values import Json, Shape, number

Shaper = Callable[[Record], Shape]

_SHARED = ("hole_as_printed", "zone", "property", "mine", "context", "qualifier")


@cache
def shapes() -> dict[str, Shaper]:
    """The function for each kind of record."""
    found: dict[str, Shaper] = {}
    for module in iter_modules(__path__):
        found.update(getattr(import_module(f"{__name__}.{module.name}"), "SHAPES", {}))
    return found


def as_key(record: Record) -> Shape:
    """A record as a dictionary with the fields of its kind, then where it stands: ``source``, ``start``, ``end``.

    >>> from orebook.ground.fact import Fact
    >>> from orebook.ground.figure import Figure
    >>> from orebook.ground.source import Source
    >>> where = Source("note.txt", 1, 0, 4, "12 m")
    >>> length = Fact("drilling.length", Figure.parse("12 m"), {}, where)
    >>> as_key(Record("drill_intercept", {"hole": "QX-7"}, [length], where))["interval"]
    12
    """
    said = shapes().get(record.kind, _by_measure)(record)
    shared = {name: record.about[name] for name in _SHARED if record.about.get(name) and name not in said}
    place: Shape = {"source": record.about["place"]} if record.about.get("place") else {}
    if record.about.get("restated"):
        place["restated"] = True
    if missing := record.about.get("missing"):
        place["missing"] = [*missing.split(", ")]
    if record.read_by != GRAMMAR:
        place["read_by"] = record.read_by
    return {"kind": record.kind, **said, **shared, **place, "start": record.source.start, "end": record.source.end}


def _by_measure(record: Record) -> Shape:
    return dict(_measured(record))


def _measured(record: Record) -> Iterator[tuple[str, Json]]:
    seen: set[str] = set()
    for fact in record.facts:
        name = fact.measure.rpartition(".")[2]
        if name not in seen:
            seen.add(name)
            unit: dict[str, Json] = {"unit": fact.figure.unit} if fact.figure.unit else {}
            yield (
                name,
                {
                    "value": number(fact),
                    **unit,
                    **{key: value for key, value in fact.about.items() if key not in record.about},
                },
            )


__all__ = ["Json", "Shape", "as_key", "shapes"]
