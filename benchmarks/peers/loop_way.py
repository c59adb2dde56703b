"""The way that libraries of tables offer for what they cannot say by themselves: a function of ours for each hole.

The exact set of intersections, found hole by hole in plain Python, by the dynamic programme of the handbook.
"""

from collections.abc import Iterator
from itertools import groupby

import polars as pl

from peers.whole_way import CUT, LEAST, SCALE, STEPS, WASTE

Run = tuple[int, int, int, int, int, int]
"""First and last sample, beginning and end in thousandths, and the metal above its beginning and above its end."""

SCHEMA = {"hole": pl.UInt32, "from_m": pl.Float64, "to_m": pl.Float64, "length_m": pl.Float64, "metal": pl.Float64}


def best_of_hole(start: list[float], end: list[float], gold: list[float | None]) -> list[tuple[float, float, float]]:
    """From, to and metal of the best intersections of one hole."""
    found = []
    for island in _islands(list(_runs(start, end, gold))):
        length, metal = island[-1][3] - island[0][2], island[-1][5] - island[0][4]
        if length < LEAST:
            continue
        chosen = [(0, len(island) - 1)] if metal >= CUT * length else _searched(island)
        for one, other in chosen:
            low, high = island[one][2], island[other][3]
            found.append((low / STEPS, high / STEPS, (island[other][5] - island[one][4]) / (SCALE * STEPS)))
    return found


def _runs(start: list[float], end: list[float], gold: list[float | None]) -> Iterator[Run]:
    """Samples at the cut-off that touch, as runs."""
    metal, run = 0, None
    for row, (low, high, grade) in enumerate(zip(start, end, gold, strict=True)):
        a, b = round(low * STEPS), round(high * STEPS)
        steps = 0 if grade is None or grade != grade else round(grade * SCALE)
        before, metal = metal, metal + (b - a) * steps
        if steps >= CUT and run is not None and run[1] == row - 1 and run[3] == a:
            run = (run[0], row, run[2], b, run[4], metal)
        elif steps >= CUT:
            if run is not None:
                yield run
            run = (row, row, a, b, before, metal)
    if run is not None:
        yield run


def _islands(runs: list[Run]) -> Iterator[list[Run]]:
    """Runs that waste may join; the set has no gaps, which would part them."""
    number, last = 0, None
    marked = []
    for run in runs:
        number += last is not None and run[2] - last > WASTE
        marked.append((number, run))
        last = run[3]
    for _, group in groupby(marked, key=lambda each: each[0]):
        yield [run for _, run in group]


def _searched(island: list[Run]) -> list[tuple[int, int]]:
    """The best set within one island: most metal, then fewest, then shortest, then nearest to the collar."""
    best: list[tuple[int, int, int, int]] = [(0, 0, 0, 0)]
    came = [-1]
    for y, last in enumerate(island):
        key, source = best[y], -1
        for x in range(y + 1):
            first = island[x]
            length, metal = last[3] - first[2], last[5] - first[4]
            if length >= LEAST and metal >= CUT * length:
                value, count, long, places = best[x]
                other = (value + metal, count - 1, long - length, places - first[2])
                if other > key:
                    key, source = other, x
        best.append(key)
        came.append(source)
    found, y = [], len(island)
    while y > 0:
        if came[y] < 0:
            y -= 1
        else:
            found.append((came[y], y - 1))
            y = came[y]
    return found[::-1]


def of_group(table: pl.DataFrame) -> pl.DataFrame:
    """The best intersections of the rows of one hole, as ``map_groups`` of polars wants it."""
    found = best_of_hole(*(table[name].to_list() for name in ("from_m", "to_m", "au_gpt")))
    low, high, metal = (list(each) for each in zip(*found, strict=True)) if found else ([], [], [])
    hole = table["hole"].head(1).to_physical().new_from_index(0, len(low))
    columns = {"hole": hole, "from_m": low, "to_m": high, "metal": metal}
    frame = pl.DataFrame(columns, schema_overrides={"from_m": pl.Float64, "to_m": pl.Float64, "metal": pl.Float64})
    return frame.with_columns(length_m=pl.col("to_m") - pl.col("from_m")).select(*SCHEMA)
