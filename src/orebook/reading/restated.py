"""Restated: what a document says a second time.

An interval stands in the headline, in a bullet and in the table. Each place is read, for a checker compares them; the
fullest record is the interval itself, the others are marked ``about["restated"]`` so that a list of records can be
taken as a set.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from orebook.ground.fact import Record
from orebook.ground.figure import Figure
from orebook.reading.drilling.hole_names import bare

_MANY = 40
"""How many records of about the same place or length are looked at."""

_NEAR = 300
"""Characters: two lengths without depths that stand so close together are two intervals."""

_PARTS = {"%": Decimal(10000), "ppm": Decimal(1), "g/t": Decimal(1), "ppb": Decimal("0.001")}
"""Parts per million in a unit of grade."""


@dataclass(slots=True)
class _Told:
    """What a record says, for comparison: its hole, its figures by measure, its grades by analyte."""

    record: Record
    hole: str
    figures: dict[str, Decimal]
    grades: dict[str, tuple[Decimal, Decimal]]
    fullness: tuple[bool, int, bool, int]

    @property
    def place(self) -> str:
        """Where it stands."""
        return self.record.about.get("place", "")


def mark_restated(records: Sequence[Record]) -> None:
    """Mark every record that says again what a fuller one says: intercepts, collars, barren holes, programmes."""
    for kind, again in _AGAIN.items():
        those = sorted((_told(record) for record in records if record.kind == kind), key=lambda told: told.fullness)
        groups: dict[str, list[_Told]] = defaultdict(list)
        for told in those:
            if any(_is_said(told, groups[group], again) for group in _looked_up(told) if group in groups):
                told.record.about["restated"] = "true"
            for group in _groups(told):
                groups[group].append(told)


def _is_said(told: _Told, fuller: Iterable[_Told], again: Callable[[_Told, _Told], bool]) -> bool:
    """Whether one of the fuller records says the same."""
    return any(again(other, told) for other in islice(fuller, _MANY))


def _told(record: Record) -> _Told:
    """A record for comparison; the fullest come first, of two equally full ones that of a table, then the earlier."""
    figures: dict[str, Decimal] = {}
    grades: dict[str, tuple[Decimal, Decimal]] = {}
    for fact in record.facts:
        if not isinstance(fact.figure, Figure):
            continue
        name, value = fact.measure.rpartition(".")[2], fact.figure.value
        if name in ("grade", "share"):
            parts = _PARTS.get(fact.figure.unit, Decimal(1))
            place = Decimal(1).scaleb(_exponent(value)) * parts
            grades.setdefault(fact.about.get("analyte", ""), (value * parts, place))
        else:
            figures.setdefault(name, value)
    hole = record.about.get("hole", "")
    fullness = (not hole, -len(record.facts), record.about.get("place") != "table", record.source.start)
    return _Told(record, bare(hole), _completed(figures), grades, fullness)


def _completed(figures: dict[str, Decimal]) -> dict[str, Decimal]:
    """Depths and lengths, one of them worked out from the others where it is not printed."""
    begin, end, size = (figures.get(name) for name in ("from", "to", "length"))
    if begin is not None and end is not None and size is None:
        figures["length"] = end - begin
    elif begin is not None and size is not None and end is None:
        figures["to"] = begin + size
    return figures


def agree(one: Decimal, other: Decimal) -> bool:
    """Whether two figures are one, the finer rounded to the places of the coarser.

    >>> agree(Decimal("2.72"), Decimal("2.7")), agree(Decimal("2.72"), Decimal("2.8"))
    (True, False)
    """
    return abs(one - other) <= Decimal(1).scaleb(max(_exponent(one), _exponent(other))) / 2


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _groups(told: _Told) -> Iterator[str]:
    """Under what one looks for a record: its hole and metre, its length, its grades."""
    if told.record.kind != "drill_intercept":
        yield told.hole
        return
    yield from (f"{analyte} {value.normalize()}" for analyte, (value, _) in told.grades.items())
    if "from" in told.figures:
        yield f"{told.hole} from {int(told.figures['from'])}"
    sizes = {int(told.figures[name]) for name in ("length", "true_thickness") if name in told.figures}
    yield from (f"{hole} over {size}" for hole in {told.hole, ""} for size in sizes)


def _looked_up(told: _Told) -> Iterator[str]:
    """Where a fuller record of the same can stand: figures are rounded, so also beside its own metre."""
    if told.record.kind != "drill_intercept":
        yield told.hole
        return
    begin, size = told.figures.get("from"), told.figures.get("length", told.figures.get("true_thickness"))
    if begin is None and size is None:
        yield from (f"{analyte} {value.normalize()}" for analyte, (value, _) in told.grades.items())
    for step in (0, 1, -1):
        if begin is not None and told.hole:
            yield f"{told.hole} from {int(begin) + step}"
        if size is not None:
            yield f"{told.hole} over {int(size) + step}"


def _same_interval(fuller: _Told, told: _Told) -> bool:
    if not told.figures and told.record.about.get("qualifier"):
        return (not told.hole or told.hole == fuller.hole) and _same_grades(fuller, told)
    return _same_stretch(fuller, told) and _same_grades(fuller, told)


_STRETCH = ("from", "to", "length", "true_thickness")


def _same_stretch(fuller: _Told, told: _Told) -> bool:
    """Whether depths and lengths agree, as far as both have them, and both have some."""
    table = fuller.record.about.get("table")
    if told.place == "table" and table and table == told.record.about.get("table"):
        return False  # two rows of one table
    there, here = fuller.figures, told.figures
    shared = [name for name in _STRETCH if name in there and name in here]
    near = abs(fuller.record.source.start - told.record.source.start) < _NEAR
    if "from" not in shared and near and fuller.place == told.place:
        return False  # two lengths of one list
    if all(agree(there[name], here[name]) for name in shared):
        return "from" in shared or "length" in shared or _said_true(there, here)
    return "from" not in shared and _said_true(there, here)


def _said_true(there: dict[str, Decimal], here: dict[str, Decimal]) -> bool:
    """Whether a length said without depths is the true thickness of the other."""
    true, said = there.get("true_thickness"), here.get("length", here.get("true_thickness"))
    return true is not None and said is not None and agree(true, said)


def _same_grades(fuller: _Told, told: _Told) -> bool:
    """Whether all grades that both have agree, and they have one."""
    pairs = [(fuller.grades[name], told.grades[name]) for name in told.grades if name in fuller.grades]
    return bool(pairs) and all(abs(one[0] - other[0]) <= max(one[1], other[1]) / 2 for one, other in pairs)


def _same_collar(fuller: _Told, told: _Told) -> bool:
    both = [(fuller.figures[name], told.figures[name]) for name in told.figures if name in fuller.figures]
    return bool(both) and all(agree(one, other) for one, other in both)


def _same_programme(fuller: _Told, told: _Told) -> bool:
    pairs = [(fuller.figures.get(name), told.figures.get(name)) for name in ("holes", "metres")]
    pairs.append((fuller.figures.get("metres"), told.figures.get("total")))
    both = [(one, other) for one, other in pairs if one is not None and other is not None]
    planned = [one.record.about.get("context") == "planned" for one in (fuller, told)]
    return bool(both) and all(one == other for one, other in both) and planned[0] == planned[1]


def _same_hole(_: _Told, told: _Told) -> bool:
    return bool(told.hole)


_AGAIN: dict[str, Callable[[_Told, _Told], bool]] = {
    "drill_intercept": _same_interval,
    "drill_collar": _same_collar,
    "drill_no_significant": _same_hole,
    "drill_program": _same_programme,
}
