"""The whole tables that orebook gives, by whole-array arithmetic: what the pandas and polars ways of them rest on.

No library of tables finds the best set of intersections by itself. Here all stretches of holes that need a search are
searched at once, in lock step: the first run of every stretch, then the second, and so on, in whole numbers, so that
the outcome is the exact one. Composites come with all that says how far to trust them and with those not given, places
with a remark where a sample lies beyond its hole. Whether rows stand in order, overlap or lack depths is not looked at.
"""

import numpy as np

from peers import numpy_way
from peers.numpy_way import NOISE, Arrays

STEPS, SCALE = 1000, 1_000_000
CUT, LEAST, WASTE = 500_000, 2_000, 3_000
SHORT_OF = 0.5
"""The share of a composite that has to be assayed."""

Columns = dict[str, np.ndarray]


def desurvey(given: Arrays, lengths: np.ndarray) -> Columns:
    """East, north and up of the middle of each sample, none where it lies beyond its hole, and a remark there."""
    places = numpy_way.desurvey(given)
    middle = (given.start + given.end) / 2.0
    beyond = np.rint(middle * STEPS) > np.rint(lengths * STEPS)[given.hole]
    if beyond.any():
        places = tuple(np.where(beyond, np.nan, each) for each in places)
    names = ("easting_m", "northing_m", "elevation_m")
    head = {"hole": given.hole, "from_m": given.start, "to_m": given.end, "depth_m": middle}
    return {**head, **dict(zip(names, places, strict=True)), "remark": beyond.astype(np.int8)}


def composites(given: Arrays, of: tuple[str, ...], length: float) -> tuple[Columns, Columns]:
    """Composites with their samples, coverage and lengths, and those that are not given, one for each grade."""
    first = (given.start / length).astype(np.int32)
    count = np.ceil(given.end / length).astype(np.int32) - first
    row = np.repeat(np.arange(len(count), dtype=np.int32), count)
    top = np.cumsum(count, dtype=np.int32)
    number = np.arange(len(row), dtype=np.int32) - (top - count - first)[row]
    low, end, hole = number * length, given.end[row], given.hole[row]
    overlap = np.minimum(end, low + length) - np.maximum(given.start[row], low)
    heads = np.flatnonzero(np.append(True, (number[1:] != number[:-1]) | (hole[1:] != hole[:-1])))
    tails = np.append(heads[1:], len(row))
    start = low[heads]
    stop = np.minimum(end[tails - 1], start + length)
    parts: Columns = {"hole": hole[heads], "from_m": start, "to_m": stop, "samples": tails - heads}
    kept, left = np.zeros(len(heads), dtype=bool), []
    for name in of:
        grade = given.grades[name][row]
        none = np.isnan(grade)
        weight = np.where(none, 0.0, overlap)
        assayed = np.add.reduceat(weight, heads)
        share = assayed / (stop - start)
        enough = assayed >= SHORT_OF * (stop - start) - NOISE
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = np.add.reduceat(np.where(none, 0.0, grade) * weight, heads) / assayed
        parts |= {name: np.where(enough, mean, np.nan), f"{name}_coverage": share, f"{name}_assayed_m": assayed}
        parts[f"{name}_samples"] = parts["samples"] - np.add.reduceat(none.astype(np.int32), heads)
        short = np.flatnonzero(~enough)
        why = np.where(assayed[short] == 0.0, "not assayed", "coverage under the minimum")
        told = {"grade": mean[short], "coverage": share[short], "assayed_m": assayed[short], "reason": why}
        left.append({"hole": hole[heads][short], "from_m": start[short], "to_m": stop[short], **told})
        kept |= enough
    rejected = {name: np.concatenate([each[name] for each in left]) for name in left[0]}
    return {name: part[kept] for name, part in parts.items()}, rejected


def intersections(given: Arrays) -> Columns:
    """The best set of intersections, exactly, with the columns of the whole table."""
    gold = given.grades["au_gpt"]
    none = np.isnan(gold)
    low, high = (np.rint(each * STEPS).astype(np.int64) for each in (given.start, given.end))
    steps = np.rint(np.where(none, 0.0, gold) * SCALE).astype(np.int64)
    held = (high - low) * steps
    sums = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(held)])
    good = steps >= CUT
    first, last = _chosen(given.hole, low, high, good, sums)
    return _table(given, first, last, low, high, held, good, none)


def _chosen(
    hole: np.ndarray, low: np.ndarray, high: np.ndarray, good: np.ndarray, sums: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The first and the last sample of each intersection."""
    apart = np.concatenate([[True], (low[1:] != high[:-1]) | (hole[1:] != hole[:-1])])
    begins = np.flatnonzero(good & (apart | ~np.concatenate([[False], good[:-1]])))
    ends = np.flatnonzero(good & np.concatenate([apart[1:] | ~good[1:], [True]]))
    stretch = np.cumsum(apart)[begins]
    far = np.concatenate([[True], (low[begins[1:]] - high[ends[:-1]] > WASTE) | (stretch[1:] != stretch[:-1])])
    top = np.flatnonzero(far)
    bottom = np.append(top[1:], len(far)) - 1
    length = high[ends[bottom]] - low[begins[top]]
    content = sums[ends[bottom] + 1] - sums[begins[top]]
    rich = content >= CUT * length
    whole = (length >= LEAST) & rich
    search = (length >= LEAST) & ~rich
    one, other = _searched(top[search], bottom[search], begins, ends, low, high, sums)
    first, last = np.append(begins[top[whole]], begins[one]), np.append(ends[bottom[whole]], ends[other])
    order = np.argsort(first)
    return first[order], last[order]


def _searched(
    top: np.ndarray,
    bottom: np.ndarray,
    begins: np.ndarray,
    ends: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    sums: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """The runs that begin and end intersections within stretches of runs, all stretches in lock step.

    The best up to each run: most metal, then fewest, then shortest, then nearest to the collar.
    """
    order = np.argsort(top - bottom, kind="stable")
    top, bottom = top[order], bottom[order]
    many = bottom - top + 1
    most = int(many.max(initial=0))
    best = np.zeros((most + 1, 4, len(top)), dtype=np.int64)
    came = np.full((most + 1, len(top)), -1)
    for y in range(most):
        live = int(np.searchsorted(-many, -y, side="left"))
        here = top[:live] + y
        found, source = best[y, :, :live].copy(), np.full(live, -1)
        for x in range(y + 1):
            there = top[:live] + x
            length = high[ends[here]] - low[begins[there]]
            content = sums[ends[here] + 1] - sums[begins[there]]
            value = best[x, 0, :live] + content
            may = np.flatnonzero((content >= CUT * length) & (length >= LEAST) & (value >= found[0]))
            if not len(may):
                continue
            step = np.stack([content[may], np.full(len(may), -1), -length[may], -low[begins[there[may]]]])
            key, old = best[x][:, may] + step, found[:, may]
            better, same = np.zeros(len(may), dtype=bool), np.ones(len(may), dtype=bool)
            for one, other in zip(key, old, strict=True):
                better |= same & (one > other)
                same &= one == other
            found[:, may[better]], source[may[better]] = key[:, better], x
        best[y + 1, :, :live], came[y + 1, :live] = found, source
    at, firsts, lasts = many.copy(), [], []
    while (live := np.flatnonzero(at > 0)).size:
        source = came[at[live], live]
        told = source >= 0
        firsts.append((top[live] + source)[told])
        lasts.append((top[live] + at[live] - 1)[told])
        at[live] = np.where(told, source, at[live] - 1)
    nothing = np.zeros(0, dtype=np.int64)
    return np.concatenate([nothing, *firsts]), np.concatenate([nothing, *lasts])


def _table(
    given: Arrays,
    first: np.ndarray,
    last: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    held: np.ndarray,
    good: np.ndarray,
    none: np.ndarray,
) -> Columns:
    """What intersections hold."""
    edges = np.stack([first, last + 1], axis=1).reshape(-1)
    cut = edges[:-1] if len(edges) and edges[-1] == len(low) else edges
    lengths = high - low

    def total(values: np.ndarray) -> np.ndarray:
        return np.add.reduceat(values, cut)[::2]

    length, metal, assayed = high[last] - low[first], total(held), total(np.where(none, 0, lengths))
    waste, waste_metal = total(np.where(good, 0, lengths)), total(np.where(good, 0, held))
    best = np.maximum.reduceat(held, cut)[::2]
    row = np.repeat(first, last - first + 1) + np.arange(len(np.repeat(first, last - first + 1)))
    row -= np.repeat(np.cumsum(last - first + 1) - (last - first + 1), last - first + 1)
    is_best = held[row] == np.repeat(best, last - first + 1)
    group = np.repeat(np.arange(len(first)), last - first + 1)[is_best]
    best_length = lengths[row[is_best]][np.unique(group, return_index=True)[1]]
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "hole": given.hole[first],
            "from_m": low[first] / STEPS,
            "to_m": high[last] / STEPS,
            "length_m": length / STEPS,
            "au_gpt": metal / length / SCALE,
            "au_gpt_coverage": assayed / length,
            "au_gpt_assayed_m": assayed / STEPS,
            "metal": metal / (SCALE * STEPS),
            "waste_m": waste / STEPS,
            "waste_au_gpt": waste_metal / waste / SCALE,
            "not_assayed_m": (length - assayed) / STEPS,
            "best_share": best / metal,
            "au_gpt_without_best": (metal - best) / (length - best_length) / SCALE,
            "samples": last - first + 1,
            "first_row": first,
            "last_row": last,
        }
