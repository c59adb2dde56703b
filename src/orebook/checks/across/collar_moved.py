"""One collar in two releases."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from orebook.checks.across_rule import Family, Told, across_rule, grade_for, row, when
from orebook.checks.digits import MEASURED, alike, in_unit
from orebook.checks.intercepts import plain
from orebook.checks.remembered import Kept, Remembered, hole_of
from orebook.checks.rule import Remark, remark
from orebook.checks.saying import figure
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.ground.source import Source

_NAMES = {
    "collars.easting": "easting",
    "collars.northing": "northing",
    "collars.elevation": "elevation",
    "collars.azimuth": "azimuth",
    "collars.dip": "dip",
    "collars.depth": "depth",
}
_SMALL = {
    "collars.easting": Decimal(15),
    "collars.northing": Decimal(15),
    "collars.elevation": Decimal(10),
    "collars.azimuth": Decimal(4),
    "collars.dip": Decimal(2),
}
"""What a survey after drilling changes, in metres and degrees: worth a note."""
_MANY = 3
_SHOWN = 6
_DONE = ("complete", "finished", "ended", "eoh reached")
_UNDER_WAY = ("progress", "ongoing", "planned", "proposed", "underway", "under way", "being drilled")


@dataclass(frozen=True, slots=True, eq=False)
class _Moved:
    """A figure of a collar, here and in the release before."""

    here: Told
    there: Told
    now: Fact
    before: Fact

    @property
    def apart(self) -> Decimal:
        """How far the two figures are apart."""
        size = abs(self.now.number.value - self.before.number.value)
        return min(size, abs(360 - size)) if self.now.measure == "collars.azimuth" else size


@across_rule("A102", basis="one hole has one collar", catalogue="EX226")
def collar_moved(family: Family) -> Iterator[Remark]:
    """A hole has other coordinates, another direction or another depth than in an earlier release.

    What it does:
    Puts each collar beside the last one that was told of the same hole. A hole that was still being drilled may have
    grown deeper; one that both tables call completed cannot have another depth. Changes such as a survey after drilling
    brings are a note; where a third of the collars were moved, that is noted once for all.

    Why it matters:
    A hole is put on a map by its latest collar. Two releases that disagree put it in two places.

    Flagged:

        May 6, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank.

        | Hole | Easting | Northing | Elevation (m) | Dip | Azimuth | Depth (m) | Status |
        |---|---|---|---|---|---|---|---|
        | LN-24-01 | 512,340 | 6,120,450 | 410 | -60 | 140 | 328.9 | Completed |
        ====
        September 9, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank.

        | Hole | Easting | Northing | Elevation (m) | Dip | Azimuth | Depth (m) | Status |
        |---|---|---|---|---|---|---|---|
        | LN-24-01 | 512,340 | 6,120,450 | 410 | -60 | 180 | 199.9 | Completed |

    Fine:

        May 6, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank.

        | Hole | Easting | Northing | Elevation (m) | Dip | Azimuth | Depth (m) | Status |
        |---|---|---|---|---|---|---|---|
        | LN-24-01 | 512,340 | 6,120,450 | 410 | -60 | 140 | 199.9 | In progress |
        ====
        September 9, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank.

        | Hole | Easting | Northing | Elevation (m) | Dip | Azimuth | Depth (m) | Status |
        |---|---|---|---|---|---|---|---|
        | LN-24-01 | 512,340.2 | 6,120,450.1 | 410 | -60 | 140 | 328.9 | Completed |

    Help:
    Print the collar as it was surveyed, and say so where an earlier release had another.
    """
    slight: dict[tuple[str, str, str], list[_Moved]] = defaultdict(list)
    for (measure, now, before), moved in _moved(family).items():
        deeper = measure == "collars.depth"
        told = [one for one in moved if _differ(one.now.number, one.before.number) and not (deeper and _grew(one))]
        if len(told) >= _MANY and 3 * len(told) > len(moved):
            yield _many(told, len(moved))
            continue
        for one in told:
            if one.apart <= _SMALL.get(measure, Decimal(-1)):
                slight[hole_of(one.here.record), now, before].append(one)
            else:
                yield _one(one)
    for some in slight.values():
        yield _slight(some)


def _moved(family: Family) -> dict[tuple[str, str, str], list[_Moved]]:
    """Every figure of a collar that was told before, beside the last one, by measure and pair of releases."""
    last: dict[tuple[str, str], tuple[Told, Fact]] = {}
    found: dict[tuple[str, str, str], list[_Moved]] = defaultdict(list)
    for release in family.releases:
        own: dict[tuple[str, str], tuple[Told, Fact]] = {}
        for record in release.of("drill_collar"):
            for measure, fact in _figures(record):
                own.setdefault((hole_of(record), measure), (Told(release, record), fact))
        for (hole, measure), (here, now) in own.items():
            known = last.get((hole, measure))
            if known and "/" in hole and _comparable(now, known[1]):
                pair = measure, release.doc, known[0].release.doc
                found[pair].append(_Moved(here, known[0], now, known[1]))
        last.update(own)
    return found


def _figures(record: Kept) -> Iterator[tuple[str, Fact]]:
    for measure in _NAMES:
        fact = record.get(measure)
        if fact is not None and plain(fact):
            yield measure, fact


def _comparable(now: Fact, before: Fact) -> bool:
    """Whether two figures are on one scale: degrees of latitude and metres of a grid are not."""
    here, there = now.number, in_unit(before.number, now.number.unit)
    if not alike(here, there):
        return False
    large, small = sorted((abs(here.value), abs(there.value)), reverse=True)
    return now.measure not in ("collars.easting", "collars.northing") or small == large or small * 2 > large


def _differ(one: Figure, other: Figure) -> bool:
    """Whether two measured figures differ: zeros at their ends are digits."""
    return not any(read(one).meets(read(in_unit(other, one.unit))) for read in MEASURED)


def _grew(one: _Moved) -> bool:
    """Whether a hole was deepened: it was not yet finished, and is deeper now."""
    return _state(one.there) == "under way" or (
        one.now.number.value > one.before.number.value and not _state(one.there)
    )


def _state(told: Told) -> str:
    """Whether a hole was done or under way, as its row says; a hole whose results are there is done."""
    words = f"{told.record.about.get('status', '')} {told.record.around}".lower()
    if any(word in words for word in _DONE):
        return "done"
    if any(word in words for word in _UNDER_WAY):
        return "under way"
    results = {hole_of(record) for record in told.release.of("drill_intercept", "drill_no_significant")}
    return "done" if hole_of(told.record) in results else ""


def _one(one: _Moved) -> Remark:
    name = _NAMES[one.now.measure]
    hole = one.here.record.about.get("hole", "")
    now, before = figure(one.now.number), figure(one.before.number)
    text = f"{hole}: {name} {now} here, {before} in {when(one.there.release)}"
    grade = _graded(one)
    if restated := _restated(one.here.release, hole):
        text += "; the release speaks of a correction: restated"
        grade = "note"
    places: list[Fact | Source] = [one.now, row(one.there, one.before)]
    expected = one.before.number.range() if grade == "error" and not restated else None
    return remark(grade_for(one.there.release, one.here.release, grade), text, places, expected)


def _slight(some: list[_Moved]) -> Remark:
    """One note on the small changes of one collar, such as a survey after drilling brings."""
    changes = "; ".join(
        f"{_NAMES[one.now.measure]} {figure(one.now.number)}, was {figure(one.before.number)}" for one in some
    )
    text = (
        f"{some[0].here.record.about.get('hole', '')}: small changes against {when(some[0].there.release)}: {changes}"
    )
    places: list[Fact | Source] = []
    for one in some:
        places += [one.now, row(one.there, one.before)]
    return remark("note", text, places)


def _graded(one: _Moved) -> str:
    if one.now.measure != "collars.depth":
        return "warning"
    said = [any(word in told.record.around.lower() for word in _DONE) for told in (one.here, one.there)]
    return "error" if all(said) else "warning" if one.now.number.value < one.before.number.value else "note"


def _restated(release: Remembered, hole: str) -> bool:
    return any(hole in saying.about.split() for saying in release.said("restated"))


def _many(told: list[_Moved], of: int) -> Remark:
    """One note on many collars that were moved."""
    names = ", ".join(one.here.record.about.get("hole", "") for one in told[:_SHOWN])
    what = _NAMES[told[0].now.measure]
    text = (
        f"{len(told)} of the {of} collars that {when(told[0].there.release)} tells of have another {what} here"
        f" ({names}{' and others' if len(told) > _SHOWN else ''})"
    )
    places: list[Fact | Source] = []
    for one in told[:_SHOWN]:
        places += [one.now, row(one.there, one.before)]
    return remark("note", text, places)
