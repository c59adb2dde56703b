"""Time the import of an assay CSV of 164 MB beside polars' own reader, by the clock, in CPU seconds and in memory.

    python benchmarks/importing.py [--rounds 5] [--folder FOLDER]

Ours recognises the table and its columns, reads, converts and counts every cell; polars reads, as it stands or with the
types of the columns told. Taken into a book, the table is sorted, written as Parquet and entered in the journal, all of
it brought to disk; beside that stands polars, which reads the same and writes it as Parquet.
"""

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench_set import FOLDER, ready
from beside import MEGABYTE, Ready, Taken, agreement, bandwidth, in_turns, machine, serve

NUMBERS = ("from_m", "to_m", "au_gpt", "cu_pct", "ag_gpt")
TYPES: Mapping[str, type[pl.DataType]] = {"hole": pl.String, **dict.fromkeys(NUMBERS, pl.Float64)}
SMALL, FULL = 0, 1
"""Which file a way is got ready for: the first lines, or all."""

LINES = 5_000
"""Lines of the small file."""

POLARS, TYPED, POLARS_WRITES = "polars.read_csv", "polars.read_csv, types told", "polars.read_csv, written as Parquet"
OURS, BOOK = "orebook, to a table", "orebook add, to a book on disk"
Work = tuple[Callable[[], Any], Callable[[Any], Mapping[str, np.ndarray]]]


def _file(folder: Path, which: int) -> Path:
    """The file to read."""
    return folder / ("assays.csv" if which else "assays-small.csv")


def _numbers(table: pl.DataFrame) -> Mapping[str, np.ndarray]:
    return {name: table[name].to_numpy() for name in NUMBERS}


def polars_reads(folder: Path, which: int) -> Work:
    """As it is called by default."""
    file = _file(folder, which)
    return lambda: pl.read_csv(file), _numbers


def polars_reads_types(folder: Path, which: int) -> Work:
    """With the type of each column told."""
    file = _file(folder, which)
    return lambda: pl.read_csv(file, schema=TYPES), _numbers


def polars_writes(folder: Path, which: int) -> Work:
    """Read, and written as Parquet."""
    file = _file(folder, which)
    out = Path(tempfile.mkdtemp(prefix="orebook-bench-")) / "assays.parquet"

    def work() -> pl.DataFrame:
        table = pl.read_csv(file)
        table.write_parquet(out)
        return table

    return work, _numbers


def our_table(folder: Path, which: int) -> Work:
    """Read, recognised, converted, with the report of every row and column."""
    from orebook.book.files import read_table
    from orebook.book.importing.convert import convert
    from orebook.book.importing.declared import Declared
    from orebook.book.importing.recognise import recognise

    file = _file(folder, which)

    def work() -> Any:
        raw = read_table(file)
        return convert(raw, recognise(raw, length="m"), Declared(length="m"))

    return work, lambda found: _numbers(found.table)


def our_book(folder: Path, which: int) -> Work:
    """Taken into a fresh book, which is made before and thrown away after."""
    from orebook.desk.add import add
    from orebook.desk.new import new

    file = _file(folder, which)
    base = Path(tempfile.mkdtemp(prefix="orebook-bench-"))

    def work() -> pl.DataFrame:
        shutil.rmtree(base / "book", ignore_errors=True)
        list(new(base / "book", issuer="Bench").results)
        said = list(add([str(file)], book=str(base / "book"), table="assays", declare=["length=m"]).results)
        stored = base / "book" / "tables" / "assays.parquet"
        if which and not stored.is_file():
            raise SystemExit(f"nothing was stored: {said}")
        return pl.DataFrame() if not which else pl.scan_parquet(stored)  # type: ignore[return-value]

    return work, lambda found: _numbers(found.collect())


WAYS: Mapping[str, Callable[[Path, int], Work]] = {
    POLARS: polars_reads,
    TYPED: polars_reads_types,
    OURS: our_table,
    POLARS_WRITES: polars_writes,
    BOOK: our_book,
}


def measured(folder: Path, rounds: int) -> tuple[dict[str, Taken], dict[str, Mapping[str, np.ndarray]]]:
    """Times of all ways, and what they read."""
    with tempfile.TemporaryDirectory() as scratch:
        outs = {way: Path(scratch) / f"{number}.npz" for number, way in enumerate(WAYS)}
        base = [str(Path(__file__)), "--folder", str(folder), "--serve"]
        times = in_turns({way: [*base, way, str(out)] for way, out in outs.items()}, rounds)
        return times, {way: dict(np.load(out)) for way, out in outs.items()}


def lines(
    times: Mapping[str, Taken], found: Mapping[str, Mapping[str, np.ndarray]], data: float, size: int
) -> Iterator[str]:
    """All ways as rows of a table."""
    yield "\n| way | wall s | CPU s | wall ÷ polars | CPU ÷ polars | MB/s | peak MB | peak ÷ data | differs by |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|---|"
    for way, taken in times.items():
        theirs = times[POLARS_WRITES if way in (POLARS_WRITES, BOOK) else POLARS]
        yield (
            f"| {way} | {taken.wall:.2f} | {taken.cpu:.2f} | {taken.wall / theirs.wall:.2f} | "
            f"{taken.cpu / theirs.cpu:.2f} | {size / taken.wall / MEGABYTE:.0f} | {taken.peak / MEGABYTE:.0f} | "
            f"{taken.peak / data:.1f} | {agreement(found[POLARS], found[way]):.1e} |"
        )


def main() -> None:
    """Print everything as a table of Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--serve", nargs=2, metavar=("WAY", "OUT"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        way, out = asked.serve
        make: Ready = partial(WAYS[way], asked.folder)
        serve(make, SMALL, FULL, Path(out))
        return
    folder = ready(asked.folder)
    small = _file(folder, SMALL)
    with _file(folder, FULL).open("rb") as whole:
        small.write_bytes(b"".join(next(whole) for _ in range(LINES)))
    size, data = _file(folder, FULL).stat().st_size, 2_000_000 * (8 * len(NUMBERS) + 16)
    print(f"{size:,} bytes of text, {data / MEGABYTE:.0f} MB as a table in memory; median of {asked.rounds} turns")
    print(machine(), flush=True)
    times, found = measured(folder, asked.rounds)
    print("\n".join(lines(times, found, data, size)))
    print(f"\nthe floor: {1e3 * size / bandwidth():.1f} ms to stream the text once; at the end {machine()}")


if __name__ == "__main__":
    main()
