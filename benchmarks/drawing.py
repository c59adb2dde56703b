"""Time drawings of a large book: 100,000 intervals in 500 holes and a million blocks.

    python benchmarks/drawing.py [--rounds 5] [--keep FOLDER]

The book is simulated with a fixed seed and lies on disk as Parquet. The first section counts from a book that nobody
has opened: tables read, holes laid, blocks put in order, the drawing as SVG. Further ones count from what a server
holds. Least time of all rounds by the clock and of the processors, and the memory of the process.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from orebook.book.folder import Book, begin
from orebook.desk.drawing.holes_in_space import holes_in_space
from orebook.desk.drawing.wishes import WhichBlocks, Wish
from orebook.reports.drawings.svg import Drawing

HOLES, SAMPLES, STEP = 500, 200, 2.0
BLOCKS = (200, 100, 50)
SIZES = (15.0, 10.0, 4.0)
EAST, NORTH, TOP = 612_000.0, 5_480_000.0, 420.0
RULES = """
[rules.low]
on = "au_gpt"
cutoff = 0.5
top_cut = "none"
min_length = 3.0
max_waste_run = 4.0

[results.intercepts]
rules = ["low"]
carry = ["au_gpt"]
"""


def collars(rng: np.random.Generator) -> pl.DataFrame:
    """Holes in lines of fifty, to the east and down."""
    row, place = np.divmod(np.arange(HOLES), 50)
    return pl.DataFrame(
        {
            "hole": [f"GC-{number:03d}" for number in range(HOLES)],
            "easting_m": EAST + place * 30.0 + rng.normal(0, 4, HOLES),
            "northing_m": NORTH + 50.0 + row * 100.0 + rng.normal(0, 6, HOLES),
            "elevation_m": TOP + rng.normal(0, 2, HOLES),
            "azimuth_deg": np.where(place % 7 == 3, 270.0, 90.0),
            "dip_deg": rng.uniform(-80, -50, HOLES),
            "depth_m": np.full(HOLES, SAMPLES * STEP),
        }
    )


def assays(rng: np.random.Generator) -> pl.DataFrame:
    """Samples of two metres with two grades."""
    begins = np.tile(np.arange(SAMPLES) * STEP, HOLES)
    grades = np.exp(rng.normal(-2.5, 1.3, HOLES * SAMPLES)).round(3)
    holes = np.repeat([f"GC-{number:03d}" for number in range(HOLES)], SAMPLES)
    return pl.DataFrame(
        {"hole": holes, "from_m": begins, "to_m": begins + STEP, "au_gpt": grades, "cu_pct": (grades / 20).round(4)}
    )


def blocks(rng: np.random.Generator) -> pl.DataFrame:
    """A million blocks, richer towards a plane that dips to the east."""
    east, north, down = (each.ravel() for each in np.meshgrid(*map(np.arange, BLOCKS), indexing="ij"))
    away = np.abs(east * SIZES[0] - 900.0 - down * SIZES[2] * 0.6)
    grades = (np.exp(-away / 120.0) * np.exp(rng.normal(0, 0.6, len(east)))).round(3)
    middles = (EAST + (east + 0.5) * SIZES[0], NORTH + (north + 0.5) * SIZES[1], TOP - (down + 0.5) * SIZES[2])
    axes = ("easting_m", "northing_m", "elevation_m")
    sizes = {f"d{axis}_m": np.full(len(east), size) for axis, size in zip("xyz", SIZES, strict=True)}
    return pl.DataFrame({**dict(zip(axes, middles, strict=True)), **sizes, "au_gpt": grades})


def simulated(folder: Path) -> Book:
    """The book on disk."""
    book = begin(folder, issuer="Harrow Lake Ltd.", crs="EPSG:32617", azimuth="grid")
    with (folder / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write(RULES)
    rng = np.random.default_rng(7)
    (folder / "tables").mkdir()
    for name, table in (("collars", collars(rng)), ("assays", assays(rng)), ("blocks", blocks(rng))):
        table.write_parquet(folder / "tables" / f"{name}.parquet")
    return book


def timed(work: Callable[[], Drawing], rounds: int) -> tuple[float, float, int]:
    """Least seconds of a drawing with its SVG by the clock and of the processors, and the size of that in bytes."""
    least, busy, size = float("inf"), float("inf"), 0
    for _ in range(rounds):
        begun, at_work = time.perf_counter(), time.process_time()
        size = len(work().svg().encode())
        least, busy = min(least, time.perf_counter() - begun), min(busy, time.process_time() - at_work)
    return least, busy, size


def told(name: str, found: tuple[float, float, int]) -> None:
    """Print a line."""
    seconds, busy, size = found
    print(f"{name:30s} {seconds:8.3f} s by the clock {busy:8.3f} s of processors {size / 1000:8,.0f} kB")


def main() -> None:
    """Draw and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="folder of the book, made if it is not there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = given.keep or Path(place) / "book"
        book = Book(folder) if (folder / "book.toml").exists() else simulated(folder)
        first, next_one = Wish("section", hole="GC-225"), Wish("section", hole="GC-310")
        seen = holes_in_space(book)
        told("first section of the process", timed(lambda: first.drawn(seen), 1))
        ways: dict[str, Callable[[], Drawing]] = {
            "first section of a book": lambda: first.drawn(holes_in_space(book)),
            "next section": lambda: next_one.drawn(seen),
            "plan": lambda: Wish("plan").drawn(seen),
            "plan with a section on it": lambda: Wish("plan", hole="GC-225").drawn(seen),
            "plan with a level of blocks": lambda: Wish("plan", blocks=WhichBlocks(level=300.0)).drawn(seen),
            "log of a hole": lambda: Wish("log", hole="GC-225").drawn(seen),
            "locator": lambda: Wish("locator").drawn(seen),
        }
        for name, way in ways.items():
            told(name, timed(way, given.rounds))
        print(f"memory at its most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
