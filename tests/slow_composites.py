"""Composites the slow and obvious way: each hole as a row of cells of a thousandth, each cell with its value."""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

TOUCH = 10


class Sample(NamedTuple):
    """A sample in thousandths; a value of none was not assayed."""

    low: int
    high: int
    value: float | None
    zone: str = ""
    density: float | None = None


class Mean(NamedTuple):
    """What a stretch holds: both ends, mean, number of cells with a value, number of samples met and with a value."""

    low: int
    high: int
    mean: float | None
    assayed: int
    met: int
    valued: int


def used(samples: list[Sample]) -> list[Sample]:
    """The samples that count, so that each place counts once."""
    kept: list[Sample] = []
    for sample in sorted(samples, key=lambda each: (each.low, each.high, each.value is None, each.value or 0.0)):
        end = kept[-1].high if kept else -(10**9)
        if sample.high > sample.low and sample.low >= end - TOUCH and sample.high > end:
            kept.append(sample._replace(low=max(sample.low, end)))
    return kept


def cells(samples: list[Sample]) -> dict[int, int]:
    """Which sample lies at each thousandth."""
    return {place: number for number, each in enumerate(samples) for place in range(each.low, each.high)}


def steps(low: int, high: int, length: int, tail: str, anchor: int) -> list[tuple[int, int, bool]]:
    """Both ends of the stretches of a run, one after another, and whether it is a short last one to discard."""
    if tail == "distribute":
        number = max(1, (high - low) // length)
        places = [low + (high - low) * turn // number for turn in range(number + 1)]
        return [(a, b, False) for a, b in pairwise(places)]
    found, place = [], anchor
    while place + length <= low:
        place += length
    while place < high:
        found.append((max(place, low), min(place + length, high), False))
        place += length
    if place > high:
        a, b, _ = found.pop()
        if tail == "full":
            b = place
        if tail == "add_to_previous" and found:
            a = found.pop()[0]
        found.append((a, b, tail == "discard"))
    return found


def runs(samples: list[Sample], by_zone: bool) -> Iterator[tuple[int, int]]:
    """Where runs begin and end: the whole hole, or samples of one zone after another."""
    first = 0
    for number in range(1, len(samples) + 1):
        if number == len(samples) or (by_zone and samples[number].zone != samples[first].zone):
            yield samples[first].low, samples[number - 1].high
            first = number


def mean(samples: list[Sample], lying: dict[int, int], low: int, high: int, weigh: bool = False) -> Mean:
    """The mean over a stretch, cell by cell."""
    total, weight, assayed = 0.0, 0.0, 0
    met, valued = set(), set()
    for place in range(low, high):
        if place not in lying:
            continue
        sample = samples[lying[place]]
        met.add(lying[place])
        heavy = 1.0 if not weigh else sample.density
        if sample.value is not None and heavy is not None:
            total, weight, assayed = total + sample.value * heavy, weight + heavy, assayed + 1
            valued.add(lying[place])
    return Mean(low, high, total / weight if weight else None, assayed, len(met), len(valued))


def composites(
    samples: list[Sample], length: int, tail: str, origin: str, least: float
) -> tuple[list[Mean], list[tuple[Mean, str]]]:
    """Composites of a hole and the rejected ones with the reason."""
    left = used(samples)
    lying = cells(left)
    kept: list[Mean] = []
    rejected: list[tuple[Mean, str]] = []
    for low, high in runs(left, origin == "domain"):
        anchor = 0 if origin == "hole" else low
        begin = low // length * length if origin == "hole" else low
        for a, b, short in steps(begin, high, length, tail, anchor):
            found = mean(left, lying, a, b)
            if short and found.met:
                rejected.append((found, "short tail"))
            elif found.met and not found.assayed:
                rejected.append((found, "not assayed"))
            elif found.met and found.assayed < least * (b - a):
                rejected.append((found, "coverage under the minimum"))
            elif found.met:
                kept.append(found)
    return kept, rejected


def best_partition(ends: list[int], target: int, shortest: int, longest: int) -> list[int]:
    """Which of the places between samples to cut at, by trying all ways: fewest bad lengths, then least squares."""
    inner = range(1, len(ends) - 1)
    found = None
    for chosen in range(2 ** len(inner)):
        cuts = [0, *(place for turn, place in enumerate(inner) if chosen >> turn & 1), len(ends) - 1]
        lengths = [ends[b] - ends[a] for a, b in pairwise(cuts)]
        if any(length > longest and b - a > 1 for length, a, b in zip(lengths, cuts[:-1], cuts[1:], strict=True)):
            continue
        bad = sum(not shortest <= length <= longest for length in lengths)
        key = (bad, sum((length - target) ** 2 for length in lengths), len(lengths))
        if found is None or key < found[0]:
            found = (key, cuts)
    assert found is not None
    return [found[0][0], found[0][1], found[0][2]]


def close(one: float | None, other: float | None) -> bool:
    """Whether two means are the same, to rounding."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-11, abs_tol=1e-12)
