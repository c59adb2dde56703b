"""Time what people wait for: the start, one release, a folder of releases, and what a larger document costs.

    python benchmarks/run.py [FOLDER]

FOLDER holds releases in subfolders ``txt``, ``md`` and ``html``; without it the folder beside the checkout is taken,
and the examples where there is none.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from orebook.checks import check
from orebook.desk.check import check as check_paths
from orebook.desk.inputs import Input, gather
from orebook.desk.work import workers
from orebook.reading.read import read_bytes

ROOT = Path(__file__).parents[1]
BESIDE = ROOT.parent / "shared" / "releases" / "dev"
THREE_PAGES = 9_000
"""Characters of a release of three pages."""

MANY = 10_000


def seconds(work: Callable[[], object], times: int) -> list[float]:
    """How long a piece of work takes, so many times, the shortest first."""
    found = []
    for _ in range(times):
        begin = perf_counter()
        work()
        found.append(perf_counter() - begin)
    return sorted(found)


def start() -> Iterator[str]:
    """The start of the command line, as a process."""
    bare = seconds(lambda: subprocess.run([sys.executable, "-c", ""], check=True), 15)
    asked = [sys.executable, "-m", "orebook", "--help"]
    full = seconds(lambda: subprocess.run(asked, check=True, capture_output=True), 15)
    yield f"| `orebook --help`, a process | {1e3 * median(full):.0f} ms; bare Python is {1e3 * median(bare):.0f} ms |"


def one_release(documents: list[Path]) -> Iterator[str]:
    """The release nearest to three pages, read and checked in this process."""
    path = min(documents, key=lambda each: abs(each.stat().st_size - THREE_PAGES))
    data = path.read_bytes()

    def understand() -> None:
        check(read_bytes(path.name, data))

    first = seconds(understand, 1)[0]
    again = median(seconds(understand, 20))
    yield f"| {path.name}, {len(data):,} bytes, the first time | {1e3 * first:.0f} ms |"
    yield f"| the same, after that | {1e3 * again:.1f} ms |"


def folder(documents: list[Path]) -> Iterator[str]:
    """Every release of the folder, by one process and by all."""
    names = [str(path) for path in documents]
    size = sum(path.stat().st_size for path in documents) / 1e6
    for jobs in sorted({1, workers(0, MANY)}):
        taken = seconds(lambda jobs=jobs: list(check_paths(names, jobs=jobs).results), 1)[0]
        what = f"{len(names)} releases, {size:.1f} MB, {jobs} process{'es' if jobs > 1 else ''}"
        yield f"| {what} | {taken:.1f} s, {len(names) / taken:.0f} documents/s, {size / taken:.2f} MB/s |"


def growth(documents: list[Path]) -> Iterator[str]:
    """What doubling a document costs; twice is linear."""
    path = max(documents, key=lambda each: each.stat().st_size if each.stat().st_size < 60_000 else 0)
    data, before = path.read_bytes(), 0.0
    for times in (1, 2, 4, 8, 16):
        taken = min(seconds(lambda times=times: check(read_bytes(path.name, data * times)), 3))
        ratio = f", {taken / before:.2f} times the line above" if before else ""
        yield f"| {path.name} × {times}, {len(data) * times:,} bytes | {1e3 * taken:.0f} ms{ratio} |"
        before = taken


def main() -> None:
    """Print a table of everything."""
    top = Path(sys.argv[1]) if sys.argv[1:] else BESIDE
    folders = (
        [str(top / name) for name in ("txt", "md", "html")] if top.is_dir() else [str(ROOT / "examples" / "releases")]
    )
    documents = [Path(item.name) for item in gather(folders) if isinstance(item, Input)]
    print("| what | how long |\n|---|---|")
    for part in (start(), one_release(documents), folder(documents), growth(documents)):
        for line in part:
            print(line, flush=True)


if __name__ == "__main__":
    main()
