"""Restated: what a document says a second time.

An interval stands in the headline, in a bullet and in the table. Each place is read, for a checker compares them; the
fullest record is the interval itself, the others are marked ``about["restated"]`` so that a list of records can be
taken as a set.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice

from orebook.ground.fact import Record
from orebook.ground.figure import Figure
from orebook.reading.hole_names import bare

_MANY = 60
"""How many records of about the same place or length are looked at."""

_NEAR = 300
"""Characters: two lengths without depths that stand so close together are two intervals."""

_DEPTHS = ("drilling.from", "drilling.to", "drilling.length", "drilling.true_thickness")
_COLLAR = ("easting", "northing", "elevation", "azimuth", "dip", "depth")


def mark_restated(records: Sequence[Record]) -> None:
    """Mark every record that says again what a fuller one says: intercepts, collars, barren holes, programmes."""
    for kind, again in _AGAIN.items():
        those = [record for record in records if record.kind == kind]
        groups: dict[str, list[Record]] = defaultdict(list)
        for record in sorted(those, key=_fullness):
            for group in _groups(record):
                groups[group].append(record)
        for record in those:
            if any(_is_said(record, groups[group], again) for group in _looked_up(record)):
                record.about["restated"] = "true"


def _is_said(record: Record, fuller: Iterable[Record], again: Callable[[Record, Record], bool]) -> bool:
    """Whether one of the fuller records says the same."""
    mine = _fullness(record)
    for other in islice(fuller, _MANY):
        if _fullness(other) >= mine:
            return False
        if other is not record and again(other, record):
            return True
    return False


def _groups(record: Record) -> Iterator[str]:
    """Under what one looks for a record: its hole and metre, and its length, for those that do not name the hole."""
    hole, size = bare(record.about.get("hole", "")), _value(record, "drilling.length")
    size = _value(record, "drilling.true_thickness") if size is None else size
    begin = _value(record, "drilling.from")
    if record.kind != "drill_intercept":
        yield hole
    else:
        yield from _by_grade(record)
        yield from (f"{hole} from {int(begin)}",) if begin is not None else ()
        for name in {hole, ""} if size is not None else ():
            yield f"{name} over {int(size or 0)}"
            true = _value(record, "drilling.true_thickness")
            if true is not None and int(true) != int(size or 0):
                yield f"{name} over {int(true)}"


def _by_grade(record: Record) -> Iterator[str]:
    """Under its grades one finds the interval that a highest grade ("up to") was said of."""
    for analyte, (value, _) in _grades(record).items():
        yield f"{analyte} {value.normalize()}"


def _looked_up(record: Record) -> Iterator[str]:
    """Where a fuller record of the same can stand: figures are rounded, so also beside its own metre."""
    hole = bare(record.about.get("hole", ""))
    begin, size = _value(record, "drilling.from"), _value(record, "drilling.length")
    size = _value(record, "drilling.true_thickness") if size is None else size
    if record.kind != "drill_intercept":
        yield hole
        return
    if size is None and begin is None:
        yield from _by_grade(record)
    for step in (0, 1, -1):
        yield from (f"{hole} from {int(begin) + step}",) if begin is not None and hole else ()
        yield from (f"{hole} over {int(size) + step}",) if size is not None else ()


def _fullness(record: Record) -> tuple[bool, int, bool, int]:
    """The fullest first; of two equally full ones that of a table, then the earlier."""
    named = bool(record.about.get("hole"))
    return (not named, -len(record.facts), record.about.get("place") != "table", record.source.start)


def _value(record: Record, measure: str) -> Decimal | None:
    found = record.get(measure)
    return found.figure.value if found and isinstance(found.figure, Figure) else None


def agree(one: Decimal, other: Decimal) -> bool:
    """Whether two figures are one, the finer rounded to the places of the coarser.

    >>> agree(Decimal("2.72"), Decimal("2.7")), agree(Decimal("2.72"), Decimal("2.8"))
    (True, False)
    """
    places = max(_exponent(one), _exponent(other))
    return abs(one - other) <= Decimal(1).scaleb(places) / 2


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _same_interval(fuller: Record, record: Record) -> bool:
    if not _stretch(record) and record.about.get("qualifier"):
        apart = record.about.get("hole") and bare(record.about["hole"]) != bare(fuller.about.get("hole", ""))
        return not apart and _same_grades(fuller, record)
    return _same_stretch(fuller, record) and _same_grades(fuller, record)


def _same_stretch(fuller: Record, record: Record) -> bool:
    """Whether depths and lengths agree, as far as both have them, and both have some."""
    table = fuller.about.get("table")
    if record.about.get("place") == "table" and table and table == record.about.get("table"):
        return False  # two rows of one table
    there, here = _stretch(fuller), _stretch(record)
    shared = [name for name in _DEPTHS if name in there and name in here]
    near = abs(fuller.source.start - record.source.start) < _NEAR
    if "drilling.from" not in shared and near and fuller.about.get("place") == record.about.get("place"):
        return False  # two lengths of one list
    if all(agree(there[name], here[name]) for name in shared):
        return "drilling.from" in shared or "drilling.length" in shared or _said_true(there, here)
    return "drilling.from" not in shared and _said_true(there, here)


def _said_true(there: dict[str, Decimal], here: dict[str, Decimal]) -> bool:
    """Whether a length said without depths is the true thickness of the other."""
    true, said = there.get("drilling.true_thickness"), here.get("drilling.length", here.get("drilling.true_thickness"))
    return true is not None and said is not None and agree(true, said)


def _stretch(record: Record) -> dict[str, Decimal]:
    """The depths and lengths of an interval, one of them worked out from the others where it is not printed."""
    found = {name: value for name in _DEPTHS if (value := _value(record, name)) is not None}
    begin, end, size = (found.get(name) for name in _DEPTHS[:3])
    if begin is not None and end is not None and size is None:
        found["drilling.length"] = end - begin
    elif begin is not None and size is not None and end is None:
        found["drilling.to"] = begin + size
    return found


_PARTS = {"%": Decimal(10000), "ppm": Decimal(1), "g/t": Decimal(1), "ppb": Decimal("0.001")}
"""Parts per million in a unit of grade."""


def _grades(record: Record) -> dict[str, tuple[Decimal, Decimal]]:
    """For each analyte its value in parts per million (in its own unit where that is none) and its last place."""
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for fact in (*record.all("drilling.grade"), *record.all("drilling.share")):
        if isinstance(fact.figure, Figure):
            parts = _PARTS.get(fact.figure.unit, Decimal(1))
            place = Decimal(1).scaleb(_exponent(fact.figure.value)) * parts
            found.setdefault(fact.about.get("analyte", ""), (fact.figure.value * parts, place))
    return found


def _same_grades(fuller: Record, record: Record) -> bool:
    """Whether all grades that both have agree, and they have one; "up to" is said of a maximum, not of an interval."""
    there, here = _grades(fuller), _grades(record)
    shared = [analyte for analyte in here if analyte in there]
    return bool(shared) and all(
        abs(there[name][0] - here[name][0]) <= max(there[name][1], here[name][1]) / 2 for name in shared
    )


def _same_collar(fuller: Record, record: Record) -> bool:
    pairs = [(_value(fuller, f"collars.{name}"), _value(record, f"collars.{name}")) for name in _COLLAR]
    both = [(one, other) for one, other in pairs if one is not None and other is not None]
    return bool(both) and all(agree(one, other) for one, other in both)


def _same_programme(fuller: Record, record: Record) -> bool:
    names = ("programmes.holes", "programmes.metres", "programmes.total")
    pairs = [(_value(fuller, name), _value(record, name)) for name in names]
    metres = (_value(fuller, "programmes.metres"), _value(record, "programmes.total"))
    both = [(one, other) for one, other in (*pairs, metres) if one is not None and other is not None]
    planned = [one.about.get("context") == "planned" for one in (fuller, record)]
    return bool(both) and all(one == other for one, other in both) and planned[0] == planned[1]


def _same_hole(_: Record, record: Record) -> bool:
    return bool(record.about.get("hole"))


_AGAIN: dict[str, Callable[[Record, Record], bool]] = {
    "drill_intercept": _same_interval,
    "drill_collar": _same_collar,
    "drill_no_significant": _same_hole,
    "drill_program": _same_programme,
}
