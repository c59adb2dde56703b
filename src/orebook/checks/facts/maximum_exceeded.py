"""Claims of a maximum against the figures that they range over."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from orebook.checks.digits import MEASURED, alike
from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.same import agree
from orebook.checks.saying import fact, listed
from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading.reading import Reading

_CURRENT = ("announced", "")
_MOST = 200
_NAMED = 4
_SHOWN = 8
"""So many figures that exceed a claim are shown: those of its sentence first, then the highest of tables."""


@rule("F114", on="records", basis="a maximum is not exceeded", catalogue="EX231")
def maximum_exceeded(reading: Reading) -> Iterator[Remark]:
    """A grade is said to be "up to" a figure that another grade of the same set exceeds.

    What it does:
    Takes each drill grade with the words "up to", "as high as" or "a maximum of", and looks for a higher grade of the
    same analyte in the same hole, in the same zone, in the same sentence, or in the table that holds the claimed
    figure. Included intervals count: a claim that means whole intervals only can say so.

    Why it matters:
    "Up to" promises the highest figure. Where the table has a higher one, either the claim picked the longest interval
    instead of the richest, or the table was changed afterwards.

    Flagged:

        Marl Nickel drills the Teal zone

        Drilling at the Teal zone returned grades up to 1.15% Ni over 22.0 m.

        | Hole | From (m) | To (m) | Interval (m) | Ni (%) |
        |---|---|---|---|---|
        | TZ-11 | 80.0 | 102.0 | 22.0 | 1.15 |
        | TZ-12 | 64.0 | 75.0 | 11.0 | 1.62 |

    Fine:

        Marl Nickel drills the Teal zone

        Drilling at the Teal zone returned grades up to 1.62% Ni over 11.0 m.

        | Hole | From (m) | To (m) | Interval (m) | Ni (%) |
        |---|---|---|---|---|
        | TZ-11 | 80.0 | 102.0 | 22.0 | 1.15 |
        | TZ-12 | 64.0 | 75.0 | 11.0 | 1.62 |

    Help:
    Give the highest figure with its hole; or keep the figure, drop "up to", and say what sets the interval apart: that
    it is the longest, or the first below the cover.
    """
    for said in _grades(reading).values():
        current = [(record, one) for record, one in said if record.about.get("context", "") in _CURRENT]
        claims: dict[tuple[str, ...], tuple[Record, Fact]] = {}
        for record, one in current:
            if one.number.sign == "up to":
                key = (_hole(record), record.about.get("zone", ""), one.figure.digits, one.figure.unit)
                claims.setdefault(key, (record, one))
        plain = [(record, one) for record, one in current if not one.number.sign] if claims else []
        for record, claim in list(claims.values())[:_MOST]:
            yield from _exceeded(reading, record, claim, plain)


def _grades(reading: Reading) -> dict[str, list[tuple[Record, Fact]]]:
    """Every drill grade with its record, by analyte."""
    grades: dict[str, list[tuple[Record, Fact]]] = defaultdict(list)
    for record in reading.of("drill_intercept"):
        for one in record.all("drilling.grade"):
            if isinstance(one.figure, Figure) and one.figure.unit:
                grades[one.about.get("analyte", "")].append((record, one))
    return grades


def _exceeded(reading: Reading, record: Record, claim: Fact, plain: list[tuple[Record, Fact]]) -> Iterator[Remark]:
    tables = _tables_with(reading, record, claim, plain)
    above = [(other, one) for other, one in plain if _same_set(reading, record, other, tables) and _higher(one, claim)]
    if above:
        above.sort(key=lambda pair: (not _one_sentence(record, pair[0]), -_low(pair[1], claim)))
        said = {(_low(one, claim).normalize(), _where(other)): one for other, one in reversed(above)}
        words = [f"{fact(one)}{where}" for (_, where), one in reversed(said.items())]
        more = len(words) - _NAMED
        rest = [f"{more} more"] if more > 0 else []
        text = f"{fact(claim)} is exceeded by {listed([*words[:_NAMED], *rest])}"
        highest = max((one for _, one in above), key=lambda one: _low(one, claim))
        yield remark("error", text, [claim, *(one for _, one in above[:_SHOWN])], highest.number.range())


def _low(one: Fact, claim: Fact) -> Decimal:
    return one.number.range().to(claim.number.unit).low


def _tables_with(reading: Reading, record: Record, claim: Fact, plain: list[tuple[Record, Fact]]) -> set[int]:
    """The tables that hold the claimed figure, where the claim names no hole: it ranges over them."""
    if _hole(record):
        return set()
    bare = Figure(claim.number.value, claim.number.unit)
    return {
        block_at(reading, other.source)
        for other, one in plain
        if other.about.get("place") == "table" and one.number.step == bare.step and agree(one.number, bare)
    }


def _same_set(reading: Reading, record: Record, other: Record, tables: set[int]) -> bool:
    """Whether a record belongs to what a claim ranges over: its hole, its sentence, its zone, or its table."""
    if _hole(record):
        return _hole(record) == other.about.get("hole", "")
    if other.about.get("place") == "table":
        return block_at(reading, other.source) in tables or _same_zone(record, other)
    return _one_sentence(record, other)


def _hole(record: Record) -> str:
    """The hole that a claim names; one that was only found by its figures is no limit of the claim."""
    return "" if record.about.get("resolved") else record.about.get("hole", "")


def _same_zone(record: Record, other: Record) -> bool:
    zone = record.about.get("zone", "")
    return bool(zone) and zone == other.about.get("zone", "")


def _one_sentence(record: Record, other: Record) -> bool:
    """Whether two records follow one another closely: 253 g/t, including 271 g/t."""
    first, second = sorted((record.source, other.source), key=lambda source: source.start)
    return second.start - first.end < 200 and (record in _line(other) or other in _line(record))


def _line(record: Record) -> list[Record]:
    """A record and the records that hold it."""
    line = [record]
    while line[-1].parent is not None and len(line) < 9:
        line.append(line[-1].parent)
    return line


def _higher(one: Fact, claim: Fact) -> bool:
    """Whether a grade is higher than the claim in every reading of both."""
    bare = Figure(claim.number.value, claim.number.unit)
    if one.number.unit == bare.unit and one.number.value <= bare.value:
        return False
    if not alike(one.number, bare):
        return False
    highest = max(read(bare).high for read in MEASURED)
    return all(read(one.number).to(bare.unit).low > highest for read in MEASURED)


def _where(record: Record) -> str:
    hole = record.about.get("hole", "")
    return f" in {hole}" if hole else ""
