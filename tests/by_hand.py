"""The slow, obvious way: sums as fractions, paths in small steps, intervals by joining what stands close together.

Nothing of the library computes here, so that what the library computes can be compared with it.
"""

import csv
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

Row = dict[str, str]
Sample = tuple[Fraction, Fraction, Row]
Span = tuple[Fraction, Fraction]


@cache
def rows(file: Path, separator: str = ",") -> list[Row]:
    """The rows of a text table."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=separator))


def printed(value: Fraction | float, digits: int) -> str:
    """A number as print rounds it, a half upwards."""
    exact = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else Decimal(value)
    return str(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def published(book: Path, table: str) -> list[Row]:
    """The rows of a published table: its cells by column, and the hole under ``hole``."""
    found: dict[str, Row] = {}
    for row in rows(book / "published.csv"):
        if row["table"] == table:
            found.setdefault(row["row"], {"hole": row["hole"]})[row["column"]] = row["cell"]
    return list(found.values())


def core(table: Iterable[Row], hole: str, start: str, end: str, kind: str, original: str) -> dict[str, list[Sample]]:
    """The samples of core by hole; standards, blanks and duplicates are left out."""
    found: dict[str, list[Sample]] = defaultdict(list)
    for row in table:
        if row[kind] == original:
            found[row[hole]].append((Fraction(row[start]), Fraction(row[end]), row))
    for samples in found.values():
        assert all(above[1] <= below[0] for above, below in pairwise(samples))
    return found


def within(samples: Sequence[Sample], start: Fraction, end: Fraction) -> list[Sample]:
    """The samples of an interval, which they have to fill."""
    inside = [sample for sample in samples if start <= sample[0] and sample[1] <= end]
    assert sum(below - above for above, below, _ in inside) == end - start
    return inside


def mean(samples: Sequence[Sample], grades: Sequence[Fraction]) -> Fraction:
    """The mean of grades, weighted by the lengths of their samples."""
    lengths = [below - above for above, below, _ in samples]
    return sum((grade * length for grade, length in zip(grades, lengths, strict=True)), Fraction(0)) / sum(lengths)


def chains(samples: Sequence[Sample], grades: Sequence[Fraction], cutoff: str, least: str, waste: str) -> list[Span]:
    """Stretches of samples at or above a cut-off, joined over waste up to a length, that are long enough.

    Where the mean of each whole stretch is above the cut-off, as is asserted, no other choice has more metal.
    """
    found: list[list[Fraction]] = []
    for (start, end, _), grade in zip(samples, grades, strict=True):
        if grade >= Fraction(cutoff):
            if found and start - found[-1][1] <= Fraction(waste):
                found[-1][1] = end
            else:
                found.append([start, end])
    kept = [(start, end) for start, end in found if end - start >= Fraction(least)]
    by_sample = list(zip(samples, grades, strict=True))
    for start, end in kept:
        inside = [(sample, grade) for sample, grade in by_sample if start <= sample[0] and sample[1] <= end]
        assert mean([s for s, _ in inside], [g for _, g in inside]) >= Fraction(cutoff)
    return kept


# --- Paths, followed in small steps ---

Vector = tuple[float, float, float]


def unit(azimuth: float, dip: float) -> Vector:
    """A direction: east, north, up."""
    a, d = math.radians(azimuth), math.radians(dip)
    return math.cos(d) * math.sin(a), math.cos(d) * math.cos(a), math.sin(d)


def normal(dip: float, direction: float) -> Vector:
    """Square to a plane."""
    return unit(direction, 90 - dip)


def dot(one: Iterable[float], other: Iterable[float]) -> float:
    """The inner product."""
    return sum(a * b for a, b in zip(one, other, strict=True))


def walked(stations: Sequence[tuple[float, float, float]], depth: float) -> Vector:
    """Where a hole is at a depth, seen from its collar: its direction turned evenly from station to station."""
    at = [0.0, 0.0, 0.0]
    ends = [*stations[1:], (1e9, *stations[-1][1:])]
    for (above, *first), (below, *second) in zip(stations, ends, strict=True):
        if depth <= above:
            break
        one, other = unit(*first), unit(*second)
        turn = math.acos(min(1.0, dot(one, other)))
        steps = max(1, round((min(depth, below) - above) / 0.25))
        length = (min(depth, below) - above) / steps
        for step in range(steps):
            share = (step + 0.5) * length / (below - above)
            if turn < 1e-7:
                way = one
            else:
                a, b = math.sin((1 - share) * turn) / math.sin(turn), math.sin(share * turn) / math.sin(turn)
                way = tuple(a * p + b * q for p, q in zip(one, other, strict=True))  # type: ignore[assignment]
            at = [here + length * part for here, part in zip(at, way, strict=True)]
    return at[0], at[1], at[2]


def surveys(table: Iterable[Row], hole: str, depth: str) -> dict[str, list[tuple[float, float, float]]]:
    """The stations of each hole."""
    found: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for row in table:
        place = (row[depth], row["Azimuth"], row["Dip"])
        found[row[hole]].append(tuple(float(each.replace(",", ".")) for each in place))  # type: ignore[arg-type]
    return found


def chord(stations: Sequence[tuple[float, float, float]], start: float, end: float) -> Vector:
    """From one depth of a hole straight to another."""
    a, b = walked(stations, start), walked(stations, end)
    return b[0] - a[0], b[1] - a[1], b[2] - a[2]
