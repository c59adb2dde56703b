"""Simulation: how the example books come by samples that composite to intervals which are known beforehand.

Depths are whole numbers of centimetres here and grades whole numbers of their last digit, so that what is written to a
file is exactly what was balanced. Every draw comes from a generator with a fixed seed: the same call writes the same
bytes.
"""

import csv
import io
import math
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.random import Generator

Vector = tuple[float, float, float]
Station = tuple[float, float, float]
"""A survey: depth in metres, azimuth and dip in degrees, down negative."""


# --- Samples ---


def cut(rng: Generator, start: int, end: int, pieces: int, *, step: int, shortest: int, longest: int) -> list[int]:
    """The depths at which a stretch of core is cut into so many samples of varied length, both ends among them.

    >>> cut(np.random.default_rng(1), 0, 300, 3, step=1, shortest=50, longest=150)
    [0, 98, 230, 300]
    """
    for _ in range(10_000):
        share = np.cumsum(rng.uniform(0.6, 1.4, pieces))
        inner = start + np.rint(share[:-1] / share[-1] * (end - start) / step).astype(int) * step
        depths = [start, *(int(depth) for depth in inner), end]
        if all(shortest <= below - above <= longest for above, below in pairwise(depths)):
            return depths
    raise ValueError(f"{end - start} cannot be cut into {pieces} samples of {shortest} to {longest}")


def drifting(rng: Generator, count: int, *, memory: float = 0.6) -> list[float]:
    """Standard normal numbers, each of which remembers the one before it, as grades do along a hole."""
    draws = rng.standard_normal(count)
    values = [float(draws[0])] if count else []
    for draw in draws[1:]:
        values.append(memory * values[-1] + math.sqrt(1 - memory * memory) * float(draw))
    return values


def balanced(
    values: Iterable[float], lengths: Sequence[int], mean: float, low: Sequence[float], high: Sequence[float]
) -> list[int]:
    """Whole numbers near the given ones, each within its bounds, whose length-weighted mean is as near as can be.

    >>> balanced([9, 11, 13], [100, 100, 50], 10.2, [0, 0, 0], [20, 20, 20])
    [8, 11, 13]
    """
    floor, roof = [math.ceil(each) for each in low], [math.floor(each) for each in high]
    found = [min(max(round(v), a), b) for v, a, b in zip(values, floor, roof, strict=True)]
    aim = mean * sum(lengths)

    def short() -> float:
        return aim - sum(value * length for value, length in zip(found, lengths, strict=True))

    while abs(short()) >= min(lengths):
        towards = 1 if short() > 0 else -1
        free = [k for k, value in enumerate(found) if floor[k] <= value + towards <= roof[k]]
        if not free:
            raise ValueError(f"a mean of {mean} cannot be had within the bounds")
        each = max(1, int(abs(short()) / sum(lengths[k] for k in free)))
        for k in free:
            if abs(short()) < lengths[k]:
                continue
            room = roof[k] - found[k] if towards > 0 else found[k] - floor[k]
            found[k] += towards * min(each, room)
        if all(abs(short()) < lengths[k] for k in free):
            break
    return _swapped(found, lengths, aim, floor, roof)


def _swapped(values: list[int], lengths: Sequence[int], aim: float, floor: list[int], roof: list[int]) -> list[int]:
    """One more here and one less there, as long as that brings the sum nearer to the aim."""
    gap = aim - sum(value * length for value, length in zip(values, lengths, strict=True))
    moves = [(0, 0), *((k, by) for k in range(len(values)) for by in (-1, 1))]
    while True:
        best, chosen = abs(gap), None
        for one in moves:
            for other in moves:
                if one[0] == other[0] and one[1] and other[1]:
                    continue
                if not all(floor[k] <= values[k] + by <= roof[k] for k, by in (one, other)):
                    continue
                left = abs(gap - one[1] * lengths[one[0]] - other[1] * lengths[other[0]])
                if left < best - 1e-6:
                    best, chosen = left, (one, other)
        if chosen is None:
            return values
        for k, by in chosen:
            values[k] += by
            gap -= by * lengths[k]


def shared_out(whole: float, parts: dict[str, float], rng: Generator, *, spread: float) -> dict[str, float]:
    """A whole divided in proportion to the parts, each of which is off by chance; the sum stays the whole."""
    weights = {name: part * math.exp(spread * float(rng.standard_normal())) for name, part in parts.items()}
    total = sum(weights.values())
    return {name: whole * weight / total for name, weight in weights.items()}


# --- Holes ---


def towards(azimuth: float, dip: float) -> Vector:
    """The direction of a hole as a unit vector: east, north, up."""
    a, d = math.radians(azimuth), math.radians(dip)
    return math.cos(d) * math.sin(a), math.cos(d) * math.cos(a), math.sin(d)


def upwards(dip: float, dip_direction: float) -> Vector:
    """The normal of a plane that points up."""
    d, a = math.radians(dip), math.radians(dip_direction)
    return math.sin(d) * math.sin(a), math.sin(d) * math.cos(a), math.cos(d)


def dot(one: Vector, other: Vector) -> float:
    """The inner product of two vectors."""
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]


def displaced(stations: Sequence[Station], depth: float) -> Vector:
    """How far a point of a hole lies from its collar, in metres east, north and up, by minimum curvature.

    The arc between two stations is followed itself; below the last station the hole runs straight on. The first
    station is at the collar.

    >>> [round(part, 6) for part in displaced([(0, 90, -60), (30, 90, -60)], 20)]
    [10.0, 0.0, -17.320508]
    """
    east = north = up = 0.0
    for (above, *first), (below, *second) in pairwise(stations):
        t1, t2 = towards(*first), towards(*second)
        along = min(depth, below) - above
        step = _along_arc(t1, t2, below - above, along)
        east, north, up = east + step[0], north + step[1], up + step[2]
        if depth <= below:
            return east, north, up
    last, *direction = stations[-1]
    t = towards(*direction)
    return east + (depth - last) * t[0], north + (depth - last) * t[1], up + (depth - last) * t[2]


def _along_arc(t1: Vector, t2: Vector, length: float, along: float) -> Vector:
    """The way from the upper of two stations to a point of the arc between them."""
    apart = math.dist(t1, t2)
    dogleg = 2 * math.atan2(apart, math.dist(t1, (-t2[0], -t2[1], -t2[2])))
    if dogleg < 1e-9:
        return along * t1[0], along * t1[1], along * t1[2]
    radius, turned = length / dogleg, along / length * dogleg
    across = [(b - a * math.cos(dogleg)) / math.sin(dogleg) for a, b in zip(t1, t2, strict=True)]
    e, n, u = (radius * (math.sin(turned) * a + (1 - math.cos(turned)) * b) for a, b in zip(t1, across, strict=True))
    return e, n, u


def between(stations: Sequence[Station], start: float, end: float) -> Vector:
    """The chord of an interval, from its upper end to its lower end."""
    a, b = displaced(stations, start), displaced(stations, end)
    return b[0] - a[0], b[1] - a[1], b[2] - a[2]


def wandering(rng: Generator, depth: float, *, every: float, azimuth: float, dip: float) -> list[Station]:
    """Survey stations of a hole that leaves its first direction slowly, relative to that direction.

    ``azimuth`` and ``dip`` are the standard deviations of one step; the first station is the collar.
    """
    depths = [0.0, *np.arange(every, depth - every / 4, every).tolist()]
    turns, lifts = rng.normal(0.0, azimuth, len(depths)), rng.normal(0.0, dip, len(depths))
    turns[0] = lifts[0] = 0.0
    sums = zip(depths, np.cumsum(turns), np.cumsum(lifts), strict=True)
    return [(at, round(float(turn), 1), round(float(lift), 1)) for at, turn, lift in sums]


def pointed(path: Sequence[Station], azimuth: float, dip: float) -> list[Station]:
    """A relative path from a first direction: azimuths from 0 up to 360 degrees, all angles with one digit."""
    return [(at, round(azimuth + turn, 1) % 360, round(dip + lift, 1)) for at, turn, lift in path]


# --- Files ---


def written(value: float, digits: int) -> str:
    """A number with so many digits after the point; nothing is ever minus nought.

    >>> written(2.675, 1), written(-0.04, 1)
    ('2.7', '0.0')
    """
    text = f"{value:.{digits}f}"
    return text.lstrip("-") if not float(text) else text


def quotient(part: int, whole: int, digits: int) -> str:
    """A fraction as text with so many digits, a half upwards: exact, where a binary number would not be.

    >>> quotient(1, 8, 2), quotient(2_885_250, 1_000_000, 4)
    ('0.13', '2.8853')
    """
    scaled = (2 * part * 10**digits + whole) // (2 * whole)
    return f"{scaled // 10**digits}.{scaled % 10**digits:0{digits}d}"


def depth_text(centimetres: int, digits: int = 2) -> str:
    """A depth in metres as text."""
    return f"{centimetres / 100:.{digits}f}"


def save(file: Path, header: Sequence[str], rows: Iterable[Sequence[str]], *, separator: str = ",") -> None:
    """Write a table of text."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=separator, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    file.write_bytes(page.getvalue().encode())


def save_workbook(file: Path, sheets: dict[str, list[list[str | float | None]]]) -> None:
    """Write a workbook that is the same to the byte each time: no clock in it, and nothing compressed."""
    import xlsxwriter

    page = io.BytesIO()
    with xlsxwriter.Workbook(page, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1), "author": "", "comments": "invented"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, ["" if cell is None else cell for cell in row])
    plain = io.BytesIO()
    with zipfile.ZipFile(page) as packed, zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as stored:
        for name in sorted(packed.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            stored.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), packed.read(name))
    file.write_bytes(plain.getvalue())
