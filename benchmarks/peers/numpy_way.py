"""The numpy way: no tables at all, sorted arrays, whole-array arithmetic; what the pandas way can lean on.

Holes are numbers 0, 1, 2 … and rows are sorted by hole and depth, so that one key, hole times ``REACH`` plus depth,
sorts everything. This is more than a table promises, and is not counted against the way.
"""

from typing import NamedTuple

import numpy as np

from bench_set import BenchSet

CUTOFF, LEAST, WASTE = 0.5, 2.0, 3.0
NOISE = 1e-9
REACH = 1e5
"""More than the depth of any hole."""


class Arrays(NamedTuple):
    """The set as arrays: holes as numbers."""

    collar: np.ndarray
    station_hole: np.ndarray
    station: np.ndarray
    hole: np.ndarray
    start: np.ndarray
    end: np.ndarray
    grades: dict[str, np.ndarray]


def prepare(tables: BenchSet) -> Arrays:
    """The tables as arrays; this is not timed."""
    number = dict(zip(tables.collars["hole"].to_list(), range(tables.collars.height), strict=True))
    code = [each["hole"].replace_strict(number).to_numpy().astype(np.int64) for each in (tables.surveys, tables.assays)]
    return Arrays(
        tables.collars.select("easting_m", "northing_m", "elevation_m").to_numpy().T.copy(),
        code[0],
        tables.surveys.select("depth_m", "azimuth_deg", "dip_deg").to_numpy().T.copy(),
        code[1],
        tables.assays["from_m"].to_numpy().copy(),
        tables.assays["to_m"].to_numpy().copy(),
        {name: tables.assays[name].to_numpy().copy() for name in tables.assays.columns[3:]},
    )


def stations(hole: np.ndarray, station: np.ndarray, collar: np.ndarray) -> tuple[np.ndarray, ...]:
    """Of each station: its direction, the normal of the arc that leaves it, the arc's curvature, and its place."""
    depth, azimuth, dip = station[0], np.radians(station[1]), np.radians(station[2])
    flat = np.cos(dip)
    t = np.stack([flat * np.sin(azimuth), flat * np.cos(azimuth), np.sin(dip)])
    last = np.append(hole[1:] != hole[:-1], True)
    following = np.roll(t, -1, axis=1)
    length = np.where(last, 1.0, np.roll(depth, -1) - depth)
    apart = np.sqrt(((following - t) ** 2).sum(axis=0))
    beta = np.where(last, 0.0, 2.0 * np.arctan2(apart, np.sqrt(((following + t) ** 2).sum(axis=0))))
    straight = beta < 1e-9
    beta = np.where(straight, 0.0, beta)
    sine, cosine = np.where(straight, 1.0, np.sin(beta)), np.cos(beta)
    n = np.where(straight, 0.0, (following - t * cosine) / sine)
    factor = np.where(straight, 1.0, 2.0 * np.tan(beta / 2.0) / np.where(straight, 1.0, beta))
    step = np.where(last, 0.0, length / 2.0 * factor * (t + following))
    laid = np.cumsum(step, axis=1) - step
    first = np.flatnonzero(np.append(True, hole[1:] != hole[:-1]))
    counts = np.diff(np.append(first, len(hole)))
    place = collar[:, hole] + laid - np.repeat(laid[:, first], counts, axis=1)
    return t, n, beta / length, place


def desurvey(given: Arrays) -> tuple[np.ndarray, ...]:
    """East, north and up of the middle of each sample."""
    t, n, curvature, place = stations(given.station_hole, given.station, given.collar)
    middle = (given.start + given.end) / 2.0
    key = given.hole * REACH + middle
    at = np.searchsorted(key, given.station_hole * REACH + given.station[0])
    counts = np.diff(np.append(at, len(key)))
    d = middle - np.repeat(given.station[0], counts)
    k = np.repeat(curvature, counts)
    curved = k > 0.0
    radius = np.divide(1.0, k, out=np.zeros_like(k), where=curved)
    turned = d * k
    along = np.where(curved, np.sin(turned) * radius, d)
    aside = (1.0 - np.cos(turned)) * radius
    return tuple(
        np.repeat(place[axis], counts) + along * np.repeat(t[axis], counts) + aside * np.repeat(n[axis], counts)
        for axis in range(3)
    )


def composites(given: Arrays, of: tuple[str, ...], length: float) -> tuple[np.ndarray, ...]:
    """Hole, from, to, and for each variable grade and assayed length, of composites with at least half assayed.

    Each sample stands once for each bin that it touches; the pieces of a bin stand together, so that their sums are
    sums of slices.
    """
    first = (given.start / length).astype(np.int32)
    count = np.ceil(given.end / length).astype(np.int32) - first
    row = np.repeat(np.arange(len(count), dtype=np.int32), count)
    top = np.cumsum(count, dtype=np.int32)
    number = np.arange(len(row), dtype=np.int32) - (top - count - first)[row]
    low = number * length
    end = given.end[row]
    overlap = np.minimum(end, low + length) - np.maximum(given.start[row], low)
    hole = given.hole[row]
    heads = np.flatnonzero(np.append(True, (number[1:] != number[:-1]) | (hole[1:] != hole[:-1])))
    start = low[heads]
    stop = np.minimum(end[np.append(heads[1:], len(row)) - 1], start + length)
    found, kept = [], np.zeros(len(heads), dtype=bool)
    for name in of:
        grade = given.grades[name][row]
        none = np.isnan(grade)
        if none.any():
            weight = np.where(none, 0.0, overlap)
            metal = np.add.reduceat(np.where(none, 0.0, grade) * weight, heads)
        else:
            weight = overlap
            metal = np.add.reduceat(grade * weight, heads)
        assayed = np.add.reduceat(weight, heads)
        enough = assayed >= 0.5 * (stop - start) - NOISE
        with np.errstate(divide="ignore", invalid="ignore"):
            found += [np.where(enough, metal / assayed, np.nan), assayed]
        kept |= enough
    return tuple(column[kept] for column in (hole[heads], start, stop, *found))


def runs(given: Arrays) -> tuple[np.ndarray, ...]:
    """Runs of samples at the cut-off that are long enough, without dilution: hole, from, to, length, metal."""
    ore = np.flatnonzero(given.grades["au_gpt"] >= CUTOFF)
    apart = ~_follows(given, ore)
    heads = np.flatnonzero(apart)
    tails = np.append(heads[1:], len(ore)) - 1
    start, stop = given.start[ore[heads]], given.end[ore[tails]]
    metal = np.add.reduceat((given.end[ore] - given.start[ore]) * given.grades["au_gpt"][ore], heads)
    kept = stop - start >= LEAST - NOISE
    return tuple(each[kept] for each in (given.hole[ore[heads]], start, stop, stop - start, metal))


def _follows(given: Arrays, ore: np.ndarray) -> np.ndarray:
    """Whether each of some samples follows the one before it without a gap."""
    same = np.empty(len(ore), dtype=bool)
    same[:1] = False
    same[1:] = (ore[1:] == ore[:-1] + 1) & (given.start[ore[1:]] == given.end[ore[:-1]])
    same[1:] &= given.hole[ore[1:]] == given.hole[ore[:-1]]
    return same


def merged(given: Arrays) -> tuple[np.ndarray, ...]:
    """Runs joined over waste of at most 3 m while the mean stays at the cut-off: hole, from, to, length, metal.

    First all runs that such waste joins, where the mean of the whole is high enough. Of the others, neighbours are
    joined pair by pair as long as a pair has the mean, from the top of each chain of pairs. What it does not do: look
    for the best of all choices (a pair is never taken apart again, three that would do together are not found when no
    two of them do), and give the same from the bottom.
    """
    gold = given.grades["au_gpt"]
    ore = np.flatnonzero(gold >= CUTOFF)
    held = np.concatenate([[0.0], np.cumsum(np.where(np.isnan(gold), 0.0, gold) * (given.end - given.start))])
    gap = np.concatenate([[True], (given.start[1:] != given.end[:-1]) | (given.hole[1:] != given.hole[:-1])])
    stretch = np.cumsum(gap)[ore]
    heads = np.flatnonzero(~_follows(given, ore))
    first, last = ore[heads], ore[np.append(heads[1:], len(ore)) - 1]
    rows = np.stack([given.start[first], given.end[last], held[first], held[last + 1]])
    part = stretch[heads]
    far = np.concatenate([[True], (rows[0, 1:] - rows[1, :-1] > WASTE + NOISE) | (part[1:] != part[:-1])])
    top = np.flatnonzero(far)
    bottom = np.append(top[1:], len(far)) - 1
    whole = np.stack([rows[0, top], rows[1, bottom], rows[2, top], rows[3, bottom]])
    rich = whole[3] - whole[2] >= CUTOFF * (whole[1] - whole[0]) - NOISE
    island = np.cumsum(far) - 1
    poor = ~rich[island]
    hole = given.hole[first]
    parts, island, own = rows[:, poor], island[poor], hole[poor]
    while True:
        can = np.zeros(len(island), dtype=bool)
        can[:-1] = (island[1:] == island[:-1]) & (
            parts[3, 1:] - parts[2, :-1] >= CUTOFF * (parts[1, 1:] - parts[0, :-1]) - NOISE
        )
        if not can.any():
            break
        at = np.arange(len(can))
        begin = np.maximum.accumulate(np.where(can & ~np.concatenate([[False], can[:-1]]), at, 0))
        joins = can & ((at - begin) % 2 == 0)
        here = np.flatnonzero(joins)
        parts[1, here], parts[3, here] = parts[1, here + 1], parts[3, here + 1]
        left = np.ones(len(can), dtype=bool)
        left[here + 1] = False
        parts, island, own = parts[:, left], island[left], own[left]
    found = np.concatenate([whole[:, rich], parts], axis=1)
    holes = np.concatenate([hole[top][rich], own])
    kept = found[1] - found[0] >= LEAST - NOISE
    start, stop, low, high = found[:, kept]
    order = np.lexsort((start, holes[kept]))
    return tuple(each[order] for each in (holes[kept], start, stop, stop - start, high - low))
