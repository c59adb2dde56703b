"""Boil coasts and borders of Natural Earth down to the small file that orebook ships.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/map_data.py package/countries-10m.json

world-atlas (ISC) holds the maps of Natural Earth (https://www.naturalearthdata.com, public domain) as TopoJSON: arcs of
whole numbers that shapes share. Kept are the rings of the land and the arcs that two countries share.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

TARGET = Path(__file__).parents[1] / "src/orebook/reports/drawings/world.parquet"
DEGREES = 1_000
"""Coordinates are kept in thousandths of a degree: a hundred metres."""


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


def joined(arcs: list[np.ndarray], numbers: list[int]) -> np.ndarray:
    """The points of a ring."""
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([part[:-1] for part in parts])


def main() -> None:
    """Write the file anew."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = arcs_of(topology)
    lines = [(1, joined(arcs, each)) for each in rings(topology["objects"]["land"])]
    used = Counter(max(n, ~n) for each in rings(topology["objects"]["countries"]) for n in each)
    lines += [(0, arcs[number]) for number, times in sorted(used.items()) if times > 1]
    tables = []
    for number, (land, points) in enumerate(lines):
        kept = points[np.concatenate(([True], (np.diff(points, axis=0) != 0).any(axis=1)))]
        steps = np.diff(kept, axis=0, prepend=kept[:1] * 0)
        tables.append(pl.DataFrame({"line": number, "land": bool(land), "east": steps[:, 0], "north": steps[:, 1]}))
    table = pl.concat(tables).cast({"line": pl.Int32, "east": pl.Int32, "north": pl.Int32})
    table.write_parquet(TARGET, compression="zstd", compression_level=19, statistics=False)
    print(f"{len(lines):,} lines of {table.height:,} points, {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
