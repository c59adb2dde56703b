"""Arrays: what the page in three dimensions draws, as plain numbers that a browser takes without reading them."""

import json
from collections.abc import Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.desk.drawing.holes_in_space import HolesInSpace
from orebook.reports.drawings.grade_classes import GradeClasses
from orebook.reports.drawings.svg import colours

Floats = NDArray[np.float64]

MOST_BLOCKS = 250_000
"""So many blocks are sent at most, the richest."""

FEW_BLOCKS = 30_000
"""Where nobody says from which grade on, so many of the richest are shown at first."""

_GRID = 160
"""The ground has at most so many squares along a side."""

_AXES = ("easting", "northing", "elevation")


def packed(about: Mapping[str, object], arrays: Mapping[str, NDArray[np.float32] | NDArray[np.uint32]]) -> bytes:
    """A head in JSON, which tells where each array lies, and the arrays, four bytes a number.

    The first four bytes are the length of the head, which is filled up to a whole number of words.

    >>> made = packed({"unit": "m"}, {"x": np.array([1.5], np.float32)})
    >>> int.from_bytes(made[:4], "little") % 4, made[-4:] == np.float32(1.5).tobytes()
    (0, True)
    """
    places, at = {}, 0
    for name, array in arrays.items():
        places[name] = [at, int(array.size), "f" if array.dtype == np.float32 else "u"]
        at += array.size
    head = json.dumps({**about, "arrays": places}, ensure_ascii=False, allow_nan=False).encode()
    head += b" " * (-len(head) % 4)
    return len(head).to_bytes(4, "little") + head + b"".join(array.tobytes() for array in arrays.values())


def origin_of(seen: HolesInSpace) -> tuple[float, float, float]:
    """A round place in the middle of the holes, from which places are counted: four bytes are too few for a grid."""
    unit = seen.unit
    columns = [f"{name}_{unit}" for name in _AXES]
    middles = [seen.points[name].drop_nulls().mean() for name in columns]
    east, north, up = (round(float(each), -1) if isinstance(each, float) else 0.0 for each in middles)
    return east, north, up


def holes_packed(seen: HolesInSpace, grade: str, classes: GradeClasses) -> bytes:
    """The traces as pieces, and the samples with the places of both ends, their grade and their hole."""
    unit, origin = seen.unit, origin_of(seen)
    columns = [f"{name}_{unit}" for name in _AXES]
    points = seen.points.drop_nulls(columns).sort("hole", f"depth_{unit}", maintain_order=True)
    places = points.select(columns).to_numpy() - np.array(origin)
    same = (points["hole"] == points["hole"].shift(-1)).fill_null(False).to_numpy()[:-1]
    pieces = np.hstack([places[:-1], places[1:]])[same] if points.height > 1 else np.empty((0, 6))
    names = seen.collars["hole"].to_list()
    arrays = {"traces": pieces.astype(np.float32).ravel(), **_samples(seen, grade, names, origin)}
    first = points.unique("hole", keep="first", maintain_order=True)
    heads = (first.select(columns).to_numpy() - np.array(origin)).tolist()
    tops = dict(zip(first["hole"].to_list(), heads, strict=True))
    roles = [colours()[classes.colour(number)] for number in range(len(classes.bounds) + 1)]
    about = {
        "origin": origin,
        "unit": unit,
        "holes": names,
        "tops": [[round(each, 2) for each in tops[name]] if name in tops else None for name in names],
        "bounds": classes.bounds,
        "said": classes.said(),
        "grade": " ".join(filter(None, (classes.unit, classes.label))),
        "colours": roles,
    }
    return packed(about, arrays)


def _samples(
    seen: HolesInSpace, grade: str, names: list[str], origin: tuple[float, float, float]
) -> dict[str, NDArray[np.float32] | NDArray[np.uint32]]:
    """The samples that have a place and a grade."""
    unit = seen.unit
    ends = [f"{end}_{axis}_{unit}" for end in ("from", "to") for axis in _AXES]
    if seen.samples is None or not grade:
        return {}
    numbered = pl.DataFrame({"hole": names, "number": np.arange(len(names), dtype=np.uint32)}).unique("hole")
    kept = seen.samples.drop_nulls([*ends, grade]).join(numbered, on="hole", how="inner", maintain_order="left")
    return {
        "ends": (kept.select(ends).to_numpy() - np.array([*origin, *origin])).astype(np.float32).ravel(),
        "grades": kept[grade].cast(pl.Float32).to_numpy(),
        "depths": kept.select(f"from_{unit}", f"to_{unit}").to_numpy().astype(np.float32).ravel(),
        "hole": kept["number"].to_numpy(),
    }


def blocks_packed(seen: HolesInSpace, grade: str, at_least: float | None) -> bytes:
    """The blocks from a grade on: middles, grades, and sizes, once where all are of one size.

    Where more have it than are sent, the richest are, and ``all`` says how many there are.
    """
    blocks = seen.blocks
    if blocks is None or grade not in blocks.grades:
        return packed({"shown": 0, "all": 0, "at_least": at_least}, {})
    values = blocks.grades[grade]
    at_least = first_threshold(values) if at_least is None else at_least
    at = np.flatnonzero(values >= at_least)
    found = len(at)
    if found > MOST_BLOCKS:
        at = np.sort(at[np.argpartition(values[at], -MOST_BLOCKS)[-MOST_BLOCKS:]])
    middles = np.column_stack([column[at] for column in blocks.middles]) - np.array(origin_of(seen))
    halves = np.column_stack([column[at] for column in blocks.halves])
    one = bool(len(halves)) and bool((np.ptp(halves, axis=0) < 1e-6).all())
    about = {
        "shown": len(at),
        "all": found,
        "at_least": at_least,
        "one_size": one,
    }
    return packed(
        about,
        {
            "middles": middles.astype(np.float32).ravel(),
            "halves": (halves[:1] if one else halves).astype(np.float32).ravel(),
            "grades": values[at].astype(np.float32),
        },
    )


def first_threshold(values: Floats) -> float:
    """The grade from which on so few blocks are left that they are drawn at once; nought or less where all are.

    >>> first_threshold(np.array([0.1, 2.0]))
    0.1
    """
    known = values[np.isfinite(values)]
    if not len(known):
        return 0.0
    if len(known) <= FEW_BLOCKS:
        return float(known.min())
    return float(np.partition(known, -FEW_BLOCKS)[-FEW_BLOCKS])


def ground_packed(seen: HolesInSpace) -> bytes:
    """The ground as a grid of heights, from the means of its points in each square; nothing where no table says it."""
    unit, table = seen.unit, seen.topography
    columns = [f"{name}_{unit}" for name in _AXES]
    if table is None or not set(columns) <= set(table.columns) or not table.drop_nulls(columns).height:
        return packed({"across": 0, "up": 0}, {})
    east, north, height = _near(seen, table.drop_nulls(columns).select(columns).to_numpy()).T
    if not len(east):
        return packed({"across": 0, "up": 0}, {})
    wide, high = max(float(np.ptp(east)), 1.0), max(float(np.ptp(north)), 1.0)
    square = max(np.sqrt(wide * high / len(east)) * 1.05, max(wide, high) / _GRID)
    across, up = int(wide / square) + 1, int(high / square) + 1
    at = ((north - north.min()) / square).astype(np.int64) * across + ((east - east.min()) / square).astype(np.int64)
    count = np.bincount(at, minlength=across * up).reshape(up, across)
    total = np.bincount(at, height, minlength=across * up).reshape(up, across)
    heights = _closed(np.where(count > 0, total / np.maximum(count, 1), np.nan))
    start = np.array([east.min() + square / 2, north.min() + square / 2, 0.0]) - np.array(origin_of(seen))
    about = {"across": across, "up": up, "square": float(square), "start": start.tolist()}
    return packed(about, {"heights": np.nan_to_num(heights + start[2], nan=-1e9).astype(np.float32).ravel()})


def _near(seen: HolesInSpace, ground: Floats) -> Floats:
    """The points of the ground that lie over the holes and the blocks, and a little around."""
    points = seen.points.select(f"{name}_{seen.unit}" for name in _AXES[:2]).drop_nulls().to_numpy()
    places = [points] if len(points) else []
    if seen.blocks is not None and len(seen.blocks):
        places.append(np.column_stack(seen.blocks.middles[:2]))
    if not places:
        return ground
    low = np.min([each.min(axis=0) for each in places], axis=0)
    high = np.max([each.max(axis=0) for each in places], axis=0)
    more = 0.1 * (high - low) + 20.0
    over = ((ground[:, :2] >= low - more) & (ground[:, :2] <= high + more)).all(axis=1)
    return np.asarray(ground[over], np.float64)


def _closed(heights: Floats) -> Floats:
    """Heights with single missing squares closed by the mean of those around them."""
    padded = np.pad(heights, 1, constant_values=np.nan)
    near = np.stack([padded[1:-1, :-2], padded[1:-1, 2:], padded[:-2, 1:-1], padded[2:, 1:-1]])
    known = np.isfinite(near)
    mean = np.nan_to_num(near).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.where(np.isnan(heights) & (known.sum(axis=0) >= 2), mean, heights)
