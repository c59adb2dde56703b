"""Intercepts: the parts of one intersected length, wherever they were said, made into a record.

Children of an interval ("including") are tied to the one that holds them: by depth where depths are printed, else by
order and length.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from orebook.ground.fact import Fact, Record, Words
from orebook.ground.figure import Figure
from orebook.reading.release import Release
from orebook.reading.text import Text


@dataclass(slots=True)
class Said:
    """A figure or words, and the place in a text that says it; ``about`` holds what is about this one figure alone."""

    figure: Figure | Words
    text: Text
    start: int
    end: int
    about: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Intercept:
    """One intersected length: where in which hole it lies and what it holds.

    ``parts`` are its figures by measure (``drilling.from`` …), grades one for each analyte.
    """

    hole: str = ""
    relation: str = "primary"
    parts: list[tuple[str, Said]] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)

    def add(self, measure: str, said: Said) -> None:
        """Add a figure."""
        self.parts.append((measure, said))

    def first(self, measure: str) -> Said | None:
        """The first figure of a measure."""
        return next((said for name, said in self.parts if name == measure), None)

    def digits(self, measure: str) -> str:
        """The printed digits of a measure, or nothing."""
        said = self.first(measure)
        return said.figure.digits if said else ""

    @property
    def has_grade(self) -> bool:
        """Whether it holds any grade."""
        return any(measure in ("drilling.grade", "drilling.share", "sampling.grade") for measure, _ in self.parts)

    def record(self, release: Release, kind: str = "drill_intercept") -> Record:
        """The record of this intercept."""
        facts = [_fact(release, measure, said) for measure, said in self.parts]
        about = {
            "hole": self.hole,
            "from": self.digits("drilling.from"),
            "to": self.digits("drilling.to"),
            "relation": self.relation,
            **self.about,
        }
        if kind != "drill_intercept":
            about = {key: value for key, value in about.items() if key not in ("from", "to", "relation")}
        return release.record(kind, facts, **about)


def _fact(release: Release, measure: str, said: Said) -> Fact:
    return release.fact(measure, said.figure, said.text, said.start, said.end, **said.about)


def depths(record: Record) -> tuple[Decimal, Decimal] | None:
    """Where along the hole an intercept begins and ends, as printed or as begin and length say, if it is said."""
    begin, end, length = (_value(record, name) for name in ("from", "to", "length"))
    if begin is None:
        return None
    if end is None:
        end = begin + length if length is not None else None
    return (begin, end) if end is not None else None


def length(record: Record) -> Decimal | None:
    """The length along the hole: as printed, else between the depths."""
    said = _value(record, "length")
    between = depths(record)
    return said if said is not None else (between[1] - between[0] if between else None)


def _value(record: Record, name: str) -> Decimal | None:
    found = record.get(f"drilling.{name}")
    return found.figure.value if found and isinstance(found.figure, Figure) else None


def adopt(child: Record, earlier: Iterable[Record]) -> None:
    """Tie an included interval to the smallest earlier one of its hole that holds it, else to the last longer one."""
    own, size = depths(child), length(child)
    hole = child.about.get("hole", "")
    holders: list[tuple[Decimal, int, Record]] = []
    longer: list[Record] = []
    for place, other in enumerate(earlier):
        if other.about.get("hole", "") != hole or other is child:
            continue
        there, long = depths(other), length(other)
        if own and there:
            if holds(there, own):
                holders.append((there[1] - there[0], -place, other))
        elif size is not None and long is not None and long > size:
            longer.append(other)
    if holders:
        _tie(child, min(holders, key=lambda holder: holder[:2])[2])
    elif longer:
        _tie(child, longer[-1])


def holds(there: tuple[Decimal, Decimal], own: tuple[Decimal, Decimal]) -> bool:
    """Whether one stretch of a hole lies in another and is not all of it; a tenth of a metre is for rounding."""
    slack = Decimal("0.11")
    inside = there[0] <= own[0] + slack and own[1] <= there[1] + slack
    return inside and own[1] - own[0] < there[1] - there[0]


def _tie(child: Record, parent: Record) -> None:
    child.parent = parent
    parent.children.append(child)


def tie_all(records: Sequence[Record]) -> None:
    """Tie every including interval of a table or a text to its parent, in order."""
    for place, record in enumerate(records):
        if record.about.get("relation") == "including" and record.parent is None:
            adopt(record, records[max(0, place - 200) : place])
