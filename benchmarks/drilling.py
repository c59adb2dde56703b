"""Time drilling beside polars, pandas and DuckDB: desurvey, composites, significant intersections; and the floor.

    python benchmarks/drilling.py [--rounds 5] [--holes 10000] [--task desurvey]... [--folder FOLDER]

2,000,000 samples in 10,000 holes. Every way is a process of its own, all of them take turns. What they find is
compared: places to 1e-6 m, composites to 1e-9, the best intersections to 1e-4; of simpler ways to intersections it is
printed how much they find. *The same* are tasks whose ways give the same tables as ours. The floor is the time in which
the machine streams the bytes that have to be read and written once.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import numpy as np

from bench_set import FOLDER, HOLES, BenchSet, load, ready
from beside import MEGABYTE, Ready, Taken, agreement, bandwidth, in_turns, machine, serve
from drilling_tasks import KERNEL, LIBRARIES, OURS, SMALL, TASKS, TOGETHER, Arrays, Task


def measured(name: str, folder: Path, holes: int, rounds: int) -> tuple[dict[str, Taken], dict[str, Arrays]]:
    """Times of all ways of a task, and what they found."""
    with tempfile.TemporaryDirectory() as scratch:
        outs = {way: Path(scratch) / f"{number}.npz" for number, way in enumerate(TASKS[name].ways)}
        here = str(Path(__file__))
        base = [here, "--folder", str(folder), "--holes", str(holes), "--serve", name]
        times = in_turns({way: [*base, way, str(out)] for way, out in outs.items()}, rounds)
        found = {way: dict(np.load(out)) for way, out in outs.items()}
    return times, found


NOBODY = Taken(np.inf, np.inf, np.inf, np.inf, 0.0)
"""What a way that is not there takes."""


def best(times: Mapping[str, Taken], library: str, by: str) -> float:
    """The least that any way of a library took."""
    return min((getattr(taken, by) for way, taken in times.items() if way.split(":")[0] == library), default=np.inf)


def lines(name: str, times: Mapping[str, Taken], found: Mapping[str, Arrays], data: float) -> Iterator[str]:
    """A task as rows of a table."""
    task, ours = TASKS[name], times[OURS]
    yield f"\n### {task.title}\n"
    told = "agrees to" if np.isfinite(task.within) else "count · length m · g/t·m"
    yield f"| way | wall ms | CPU ms | wall ÷ ours | CPU ÷ ours | peak MB | peak ÷ data | {told} |"
    yield "|---|--:|--:|--:|--:|--:|--:|---|"
    for way, taken in times.items():
        cells = (
            f"{1e3 * taken.wall:.1f} | {1e3 * taken.cpu:.1f} | {taken.wall / ours.wall:.2f} | "
            f"{taken.cpu / ours.cpu:.2f} | {taken.peak / MEGABYTE:.0f} | {taken.peak / data:.1f}"
        )
        yield f"| {way} | {cells} | {_outcome(task, found, way)} |"


def _outcome(task: Task, found: Mapping[str, Arrays], way: str) -> str:
    if not np.isfinite(task.within):
        held = found[way]
        return f"{len(held['from_m']):,} · {held['length_m'].sum():,.1f} · {held['metal'].sum():,.1f}"
    if way == OURS:
        return ""
    apart = agreement(found[OURS], found[way])
    return f"{apart:.1e}" if apart <= task.within else f"**DIFFERS: {apart:.1e}**"


def ratios(times: Mapping[str, Mapping[str, Taken]]) -> Iterator[str]:
    """The best of each library against ours, task by task and together, and against our kernels alone."""
    yield "\n### Ratios: the best way of each library ÷ orebook, by the clock · in CPU seconds\n"
    yield "| task | " + " | ".join(LIBRARIES) + " | the best of all | the best of all ÷ our kernel |"
    yield "|---|--:|--:|--:|--:|--:|"
    groups = {name: (name,) for name in times} | {
        f"the three together, {said}": names for said, names in TOGETHER.items() if set(names) <= set(times)
    }
    for said, names in groups.items():
        theirs = {
            library: [sum(best(times[name], library, by) for name in names) for by in ("wall", "cpu")]
            for library in LIBRARIES
        }
        theirs["least"] = [min(each) for each in zip(*theirs.values(), strict=True)]
        ours = [
            [sum(getattr(times[name].get(way, NOBODY), by) for name in names) for by in ("wall", "cpu")]
            for way in (OURS, KERNEL)
        ]
        cells = [_over(each, ours[0]) for each in theirs.values()] + [_over(theirs["least"], ours[1])]
        yield f"| {said} | {' | '.join(cells)} |"


def _over(theirs: list[float], ours: list[float]) -> str:
    pairs = list(zip(theirs, ours, strict=True))
    return " · ".join(f"{one / other:.1f}" for one, other in pairs) if np.isfinite(pairs).all() else "–"


def floors(times: Mapping[str, Mapping[str, Taken]], given: BenchSet, bins: int, stream: float) -> Iterator[str]:
    """How far each task is from the time in which its bytes can be moved."""
    yield f"\n### The floor: bytes that have to move ÷ {stream / 1e9:.1f} GB/s, which one core streams here\n"
    yield "| task | MB | floor ms | kernel ÷ floor | tables in and out ÷ floor |\n|---|--:|--:|--:|--:|"
    for name, ways in times.items():
        moved = TASKS[name].floor(given.assays.height, bins, given.surveys.height)
        least = moved / stream
        factors = " | ".join(f"{ways[way].wall / least:.1f}" if way in ways else "–" for way in (KERNEL, OURS))
        yield f"| {name} | {moved / MEGABYTE:.0f} | {1e3 * least:.1f} | {factors} |"


def size_in_memory(given: BenchSet) -> int:
    """Bytes of the tables: eight a number, sixteen for the name of a hole."""
    return sum(table.height * (8 * (table.width - 1) + 16) for table in given)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--holes", type=int, default=HOLES)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--task", action="append", choices=TASKS)
    parser.add_argument("--serve", nargs=3, metavar=("TASK", "WAY", "OUT"), help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Print everything as tables of Markdown."""
    asked = arguments()
    if asked.serve:
        task, way, out = asked.serve
        make: Ready = partial(TASKS[task].ways[way], asked.folder)
        serve(make, SMALL, asked.holes, Path(out))
        return
    folder = ready(asked.folder)
    given = load(folder, asked.holes)
    data = size_in_memory(given)
    print(f"{given.assays.height:,} samples, {given.collars.height:,} holes, {data / MEGABYTE:.0f} MB in memory")
    print(f"median of {asked.rounds} turns; {machine()}", flush=True)
    times: dict[str, dict[str, Taken]] = {}
    bins = 0
    for name in asked.task or TASKS:
        times[name], found = measured(name, folder, asked.holes, asked.rounds)
        bins = max(bins, len(found[OURS]["from_m"])) if name.startswith("composites") else bins
        print("\n".join(lines(name, times[name], found, data)), flush=True)
    print("\n".join(ratios(times)))
    print("\n".join(floors(times, given, bins, bandwidth())))
    print(f"\nat the end: {machine()}", file=sys.stderr)


if __name__ == "__main__":
    main()
