"""Resolve: what a record leaves unsaid because the document says it elsewhere.

A highlight often gives length and grade of an interval whose hole stands only in the table; where exactly one row of
the tables has the same length and grades, it is that row. What is taken from elsewhere is marked:
``about["resolved"]``."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading.release import Release

_OWNERS = ("mine", "property", "company", "region")
_ABOUT_THE_ISSUER = frozenset({"financial", "document", "person", "market"})


def resolve(records: list[Record], release: Release) -> None:
    """Give each record the property of a document that has one, and each headline interval its hole."""
    if release.subjects.main:
        several = not release.issuer and release.subjects.main not in release.subjects.titled
        for record in records:
            if several and record.kind == "production":
                continue  # of several companies and countries, none of which speaks
            if record.kind not in _ABOUT_THE_ISSUER and not any(key in record.about for key in _OWNERS):
                _tell(record, {release.subjects.main.kind: release.subjects.main.name})
    rows = _rows(records)
    for record in records:
        if record.kind == "drill_intercept" and not record.about.get("hole"):
            _give_hole(record, rows)


def _rows(records: Iterable[Record]) -> dict[Decimal, list[Record]]:
    """Intervals of the tables that have a hole, by their length."""
    rows: dict[Decimal, list[Record]] = defaultdict(list)
    for record in records:
        if record.kind == "drill_intercept" and record.about.get("place") == "table" and record.about.get("hole"):
            for measure in ("drilling.length", "drilling.true_thickness"):
                for fact in record.all(measure):
                    rows[fact.number.value.normalize()].append(record)
    return rows


def _grades(record: Record) -> dict[str, Decimal]:
    return {
        fact.about.get("analyte", ""): fact.figure.value
        for fact in record.all("drilling.grade")
        if isinstance(fact.figure, Figure)
    }


def _give_hole(record: Record, rows: dict[Decimal, list[Record]]) -> None:
    """Take the hole of the one row with this length and these grades."""
    lengths = [fact.number for m in ("drilling.length", "drilling.true_thickness") for fact in record.all(m)]
    said = _grades(record)
    if not lengths or not said or not isinstance(lengths[0], Figure):
        return
    same = [row for row in rows.get(lengths[0].value.normalize(), []) if _agree(said, _grades(row))]
    holes = {row.about["hole"] for row in same}
    if len(holes) == 1:
        _tell(record, {"hole": holes.pop(), "resolved": "table"})


def _agree(said: dict[str, Decimal], printed: dict[str, Decimal]) -> bool:
    shared = [analyte for analyte in said if analyte in printed]
    return bool(shared) and all(said[analyte] == printed[analyte] for analyte in shared)


def _tell(record: Record, more: dict[str, str]) -> None:
    """Add to what a record and its facts are about, without changing what they said themselves."""
    for key, value in more.items():
        record.about.setdefault(key, value)
    record.facts = [Fact(f.measure, f.figure, {**more, **f.about}, f.source) for f in record.facts]
