"""By intervals: which interval of the book a document speaks of, even where its hole or a depth was changed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from orebook.ground.fact import Fact, Words
from orebook.reading.placed import Placed

_ROW = re.compile(r"(intercepts\[\d+\])\.\w+")
_HAIR = 1e-9
_SURE = 3
"""So many numbers tell an interval from those of other holes."""

_APART = frozenset({"analyte", "column", "label"})
"""What the numbers of one interval say each for itself."""

Key = tuple[str, str, tuple[tuple[str, str], ...]]
Number = tuple[str, str, str]
"""What a number of an interval is: its measure, unit and analyte."""


class Known(NamedTuple):
    """What the book has of a fact: the value, its address, and the words that a draft would print."""

    value: float
    address: str
    printed: str


@dataclass
class Interval:
    """An interval of the book: its row, hole and relation, and what is known of its numbers."""

    row: str
    hole: str
    relation: str
    numbers: dict[Number, Known] = field(default_factory=dict)


@dataclass
class _Told:
    """An interval as a document tells of it: the facts of its numbers, and of its hole where that has a cell."""

    about: Mapping[str, str]
    numbers: dict[Number, Fact] = field(default_factory=dict)
    hole: Fact | None = None


def is_of_interval(known: Known) -> bool:
    """Whether a number is one of an interval."""
    return _ROW.fullmatch(known.address) is not None


def intervals_of(facts: Mapping[Key, Known]) -> list[Interval]:
    """The intervals that the book would tell of."""
    found: dict[str, Interval] = {}
    for (measure, unit, said), known in facts.items():
        about, row = dict(said), _ROW.fullmatch(known.address)
        if row is not None and "hole" in about:
            one = found.setdefault(row[1], Interval(row[1], about["hole"], about.get("relation", "")))
            one.numbers.setdefault((measure, unit, about.get("analyte", "")), known)
    return list(found.values())


def placed_by_intervals(facts: Iterable[Fact], intervals: list[Interval]) -> Iterator[Placed]:
    """Yield the numbers of the intervals of a document, each with that of the interval of the book that it must be.

    That is the one of its hole with which most of its numbers agree, half of them at least. Where there is none, it is
    one of another hole with which three numbers and more agree, all that there are: then the hole is another one.
    """
    for told in _told(facts):
        own = [one for one in intervals if one.hole == told.about["hole"]]
        one = _best(told, own)
        if one is not None:
            yield from (_placed(fact, one.numbers[what]) for what, fact in told.numbers.items() if what in one.numbers)
            continue
        other = _best(told, [each for each in intervals if _is_whole(told, each)])
        if other is not None:
            first = told.hole or next(iter(told.numbers.values()))
            where = next(iter(other.numbers.values())).address
            yield Placed(first.source.start, first.source.end, None, where, of=f"hole {other.hole}")


def _told(facts: Iterable[Fact]) -> Iterator[_Told]:
    """Yield the intervals of a document; what is said of one twice is told twice."""
    found: list[_Told] = []
    for fact in facts:
        if not fact.measure.startswith("drilling.") or "hole" not in fact.about:
            continue
        about = {key: said for key, said in fact.about.items() if key not in _APART}
        what = (fact.measure, fact.figure.unit, fact.about.get("analyte", ""))
        if not found or found[-1].about != about or what in found[-1].numbers:
            found.append(_Told(about))
        if fact.measure == "drilling.hole":
            found[-1].hole = fact
        elif not isinstance(fact.figure, Words):
            found[-1].numbers[what] = fact
    return (each for each in found if each.numbers)


def _best(told: _Told, among: Iterable[Interval]) -> Interval | None:
    """The interval with which most numbers agree, half of them at least; nothing where two are as good."""
    scored = sorted(
        ((_agreeing(told, one), one.row, one) for one in among if _alike(told, one)), key=lambda each: each[0]
    )
    if not scored or (len(scored) > 1 and scored[-1][0] == scored[-2][0]):
        return None
    most, _, one = scored[-1]
    return one if most and 2 * most >= len(told.numbers.keys() & one.numbers.keys()) else None


def _alike(told: _Told, one: Interval) -> bool:
    """Whether both are whole intervals, or parts of others."""
    return told.about.get("relation", one.relation) == one.relation


def _is_whole(told: _Told, one: Interval) -> bool:
    """Whether all numbers of an interval are those of one of the book, enough of them to be no chance."""
    shared = told.numbers.keys() & one.numbers.keys()
    return len(shared) >= _SURE and _agreeing(told, one) == len(shared)


def _agreeing(told: _Told, one: Interval) -> int:
    return sum(_agrees(fact, one.numbers[what]) for what, fact in told.numbers.items() if what in one.numbers)


def _agrees(fact: Fact, known: Known) -> bool:
    """Whether printed digits are a value of the book, rounded."""
    assert not isinstance(fact.figure, Words)
    digits = fact.figure.value
    half = 0.5 * 10.0 ** min(int(digits.as_tuple().exponent), 0)
    return abs(float(digits) - known.value) <= half + abs(known.value) * _HAIR


def _placed(fact: Fact, known: Known) -> Placed:
    return Placed(fact.source.start, fact.source.end, known.value, known.address, known.printed, known.value)
