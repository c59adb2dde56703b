"""The set that drilling is timed on: 10,000 holes of 200 samples each, always the same, and as a CSV of 164 MB.

    python benchmarks/bench_set.py [FOLDER]

FOLDER gets ``collars.parquet``, ``surveys.parquet``, ``assays.parquet`` and ``assays.csv``; without it a folder of the
system for temporary files. What is there already stays. Source: handbook of drilling, 18.1; the places of the collars
are added, a grid that needs no chance.
"""

import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

HOLES, SAMPLES, STATIONS = 10_000, 200, 90_374
CSV_BYTES = 164_000_000
"""About so large is the CSV."""

SEED = 7
FOLDER = Path(tempfile.gettempdir()) / "orebook-bench-set-1"


class BenchSet(NamedTuple):
    """The tables of the set."""

    collars: pl.DataFrame
    surveys: pl.DataFrame
    assays: pl.DataFrame


def make() -> BenchSet:
    """The set, made anew."""
    rng = np.random.default_rng(SEED)
    shape = (HOLES, SAMPLES)
    lengths = rng.choice([0.5, 0.8, 1.0, 1.0, 1.2, 1.5, 2.0], size=shape)
    end = np.cumsum(lengths, axis=1).round(3)
    start = (end - lengths).round(3)
    noise = rng.standard_normal(shape)
    trend = np.empty_like(noise)
    trend[:, 0] = noise[:, 0]
    for at in range(1, SAMPLES):  # one sample resembles the one above it
        trend[:, at] = 0.85 * trend[:, at - 1] + np.sqrt(1 - 0.85**2) * noise[:, at]
    gold = np.exp(-1.6 + 1.5 * trend)
    copper = 0.3 * np.exp(-1.0 + 0.8 * (0.7 * trend + 0.3 * noise))
    silver = np.exp(0.5 + 1.0 * trend)
    gold[rng.random(shape) < 0.01] = np.nan
    names = pl.Series("hole", [f"BENCH-{number:06}" for number in range(1, HOLES + 1)])
    assays = pl.DataFrame(
        {
            "hole": names.gather(np.repeat(np.arange(HOLES), SAMPLES)),
            "from_m": start.ravel(),
            "to_m": end.ravel(),
            "au_gpt": pl.Series(gold.ravel()).fill_nan(None),
            "cu_pct": copper.ravel(),
            "ag_gpt": silver.ravel(),
        }
    )
    return BenchSet(_collars(names, end[:, -1]), _surveys(rng, names, end[:, -1]), assays)


def _collars(names: pl.Series, end: np.ndarray) -> pl.DataFrame:
    number = np.arange(HOLES)
    places = {
        "easting_m": 500_000.0 + 50.0 * (number % 100),
        "northing_m": 6_000_000.0 + 50.0 * (number // 100),
        "elevation_m": 400.0 + number % 7,
    }
    return pl.DataFrame({"hole": names, **places, "depth_m": end})


def _surveys(rng: np.random.Generator, names: pl.Series, end: np.ndarray) -> pl.DataFrame:
    azimuth, dip = rng.uniform(0, 360, HOLES), -rng.uniform(45, 85, HOLES)
    counts, depths, azimuths, dips = [], [], [], []
    for hole in range(HOLES):
        count = int(np.ceil(end[hole] / 30)) + 1
        counts.append(count)
        depths.append(np.minimum(np.arange(count) * 30.0, end[hole]).round(2))
        azimuths.append(((azimuth[hole] + np.cumsum(rng.normal(0.3, 0.5, count))) % 360).round(2))
        dips.append(np.clip(dip[hole] + np.cumsum(rng.normal(0.3, 0.4, count)), -89.5, -5).round(2))
    return pl.DataFrame(
        {
            "hole": names.gather(np.repeat(np.arange(HOLES), counts)),
            "depth_m": np.concatenate(depths),
            "azimuth_deg": np.concatenate(azimuths),
            "dip_deg": np.concatenate(dips),
        }
    )


def ready(folder: Path = FOLDER) -> Path:
    """The folder with the files of the set, made where they are not there; each is whole or not there."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [folder / f"{name}.parquet" for name in BenchSet._fields]
    if not all(file.is_file() for file in (*wanted, folder / "assays.csv")):
        tables = make()
        for file, table in zip(wanted, tables, strict=True):
            table.write_parquet(file.with_suffix(".new"))
            file.with_suffix(".new").replace(file)
        draft = folder / "assays.csv.new"
        tables.assays.write_csv(draft)
        draft.replace(folder / "assays.csv")
    return folder


def load(folder: Path, holes: int = HOLES) -> BenchSet:
    """The set from its folder, or its first holes, each column in one piece."""
    collars = pl.read_parquet(folder / "collars.parquet", n_rows=holes)
    surveys = pl.read_parquet(folder / "surveys.parquet")
    if holes < HOLES:
        surveys = surveys.join(collars.select("hole"), on="hole", how="semi", maintain_order="left")
    assays = pl.read_parquet(folder / "assays.parquet", n_rows=holes * SAMPLES)
    return BenchSet(collars, surveys.rechunk(), assays.rechunk())


def main() -> None:
    """Make the files and say how large they are."""
    folder = ready(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
    for file in sorted(folder.iterdir()):
        print(f"{file}  {file.stat().st_size:,} bytes")
    tables = load(folder)
    for name, table in zip(BenchSet._fields, tables, strict=True):
        print(f"{name}: {table.height:,} rows, {table.estimated_size():,} bytes in memory")


if __name__ == "__main__":
    main()
