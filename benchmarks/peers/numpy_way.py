"""The numpy way: no tables at all, sorted arrays, whole-array arithmetic; what the pandas way can lean on.

Holes are numbers 0, 1, 2 … and rows are sorted by hole and depth, so that one key, hole times ``REACH`` plus depth,
sorts everything. This is more than a table promises, and is not counted against the way.
"""

from typing import NamedTuple

import numpy as np
from bench_set import BenchSet

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
    """Hole, from, and for each variable grade and assayed length, of composites with at least half assayed."""
    first = (given.start / length).astype(np.int64)
    count = np.ceil(given.end / length).astype(np.int64) - first
    row = np.repeat(np.arange(len(count)), count)
    turn = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    low = (first[row] + turn) * length
    overlap = np.minimum(given.end[row], low + length) - np.maximum(given.start[row], low)
    ends = np.flatnonzero(np.append(given.hole[1:] != given.hole[:-1], True))
    bins = np.ceil(given.end[ends] / length).astype(np.int64)
    offset = np.cumsum(bins) - bins
    group = offset[given.hole[row]] + first[row] + turn
    many = int(bins.sum())
    hole = np.repeat(np.arange(len(bins)), bins)
    start = (np.arange(many) - offset[hole]) * length
    whole = np.minimum(start + length, given.end[ends][hole]) - start
    found, kept = [], np.zeros(many, dtype=bool)
    for name in of:
        grade = given.grades[name][row]
        weight = np.where(np.isnan(grade), 0.0, overlap)
        metal = np.bincount(group, np.nan_to_num(grade) * weight, many)
        assayed = np.bincount(group, weight, many)
        enough = assayed >= 0.5 * whole - 1e-9
        with np.errstate(divide="ignore", invalid="ignore"):
            found += [np.where(enough, metal / assayed, np.nan), assayed]
        kept |= enough
    return tuple(column[kept] for column in (hole, start, *found))
