"""Measure what many documents cost beside their reading: overhead by engine and batch, memory, one more document.

    python benchmarks/many.py                        everything
    python benchmarks/many.py overhead --documents 2000
    python benchmarks/many.py memory --documents 10000
    python benchmarks/many.py growth

Releases are taken from the folder beside the checkout, or from the examples where there is none; copies differ by one
line, so that each is a document of its own.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from time import perf_counter, process_time

from orebook.desk.crew.batch import Batch, Job
from orebook.desk.crew.crew import Crew, at_scheduler, here
from orebook.desk.crew.limits import Limits
from orebook.desk.crew.overseer import LostError
from orebook.desk.crew.ward import resident_mb
from orebook.desk.inputs import Input, fetched, gather
from orebook.desk.read import read

ROOT = Path(__file__).parents[1]
BESIDE = ROOT.parent / "shared" / "releases" / "dev"
LARGEST = 20_000
"""Releases of more bytes are left out of the copies."""

BATCHES = (1, 10, 50)

CLUSTER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(
        n_workers=int(sys.argv[1]), threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


def copies(folder: Path, count: int) -> list[Path]:
    """So many releases, each different from the others by a line at least."""
    top = BESIDE if BESIDE.is_dir() else ROOT / "examples" / "releases"
    models = [
        path for path in sorted(top.rglob("*")) if path.suffix in (".txt", ".md", ".html") and path.is_file()
        and path.stat().st_size < LARGEST
    ]  # fmt: skip
    made = []
    for number in range(count):
        model = models[number % len(models)]
        path = folder / f"{number:06}{model.suffix}"
        path.write_bytes(model.read_bytes() + f"\n\nCopy number {number}.\n".encode())
        os.utime(path, (1e9, 1e9))
        made.append(path)
    return made


def glance(item: Input) -> int:
    """A task that costs next to nothing: the number of bytes of a document."""
    data = fetched(item)
    return len(data) if isinstance(data, bytes) else 0


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """The address of a scheduler with so many workers on this machine."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "cluster.py"
        script.write_text(CLUSTER, encoding="utf-8")
        paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
        process = subprocess.Popen(
            [sys.executable, str(script), str(workers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONPATH": paths},
        )
        assert process.stdin and process.stdout
        with process:
            yield process.stdout.readline().strip()
            process.stdin.close()


def overhead(documents: int, jobs: int) -> None:
    """Print what each engine adds to a document, for batches of 1, 10 and 50."""
    print(f"\n{documents:,} documents whose bytes are counted, {jobs} processes; the second run of each is timed\n")
    print("| engine | batch | start, s | all, s | documents/s | added per document, ms | CPU of this process, ms |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder, cluster(jobs) as scheduler:
        items = gather([str(path) for path in copies(Path(folder), documents)])
        work = [Job(item, many_glance) for item in items if isinstance(item, Input)]
        engines: dict[str, AbstractContextManager[Crew]] = {
            "plain loop": nullcontext(Crew()),
            "processes": here(jobs, Limits()),
            "Dask": at_scheduler(scheduler, Limits()),
        }
        bare = 0.0
        for name, engine in engines.items():
            with engine as crew:
                for size in BATCHES:
                    start, taken, cpu = _timed(crew, work, size)
                    bare = bare or taken
                    added = 1e3 * (taken - bare / crew.places) / documents
                    print(
                        f"| {name} | {size} | {start:.2f} | {taken:.2f} | {documents / taken:,.0f} | {added:.3f} "
                        f"| {1e3 * cpu / documents:.3f} |",
                        flush=True,
                    )


def _timed(crew: Crew, work: list[Job[int]], size: int) -> tuple[float, float, float]:
    """Seconds of the first batch for each place, of all batches after that, and of this process's own work."""
    begin = perf_counter()
    _count(crew, work[: crew.places * size], size)
    start = perf_counter() - begin
    begin, own = perf_counter(), process_time()
    assert _count(crew, work, size) == len(work)
    return start, perf_counter() - begin, process_time() - own


def _count(crew: Crew, work: list[Job[int]], size: int) -> int:
    batches = (Batch(work[at : at + size], list) for at in range(0, len(work), size))
    return sum(len(whole) for _, whole in crew.in_order(batches) if not isinstance(whole, LostError))


def memory(documents: int, jobs: int) -> None:
    """Print how much this process and those that read hold while a folder of facts grows."""
    print(f"\n{documents:,} releases read into a folder by {jobs} processes\n")
    print("| documents | s | this process, MB | processes that read, MB each |")
    print("|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "in").mkdir()
        copies(Path(folder) / "in", documents)
        begin = perf_counter()
        answer = read([f"{folder}/in"], jobs=jobs, into=f"{folder}/facts/")
        for number, _ in enumerate(answer.results, 1):
            if number % max(1, documents // 10) == 0:
                mine = resident_mb([os.getpid()])[os.getpid()]
                theirs = " ".join(map(str, sorted(resident_mb(children()).values())))
                print(f"| {number:,} | {perf_counter() - begin:.0f} | {mine} | {theirs} |", flush=True)
        size = sum(file.stat().st_size for file in Path(folder, "facts").glob("*.parquet"))
        shards = len(list(Path(folder, "facts").glob("*.parquet")))
        print(f"\n{'; '.join(answer.notes)}; {shards} shards, {size / 1e6:.1f} MB")


def children() -> list[int]:
    """The processes that this one has started."""
    tasks = Path(f"/proc/{os.getpid()}/task")
    if not tasks.is_dir():
        return []
    return [int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()]


def growth(most: int) -> None:
    """Print what one more document costs when so many are in."""
    print("\nOne more document, named by itself, and with the folder that holds all\n")
    print("| in the folder | one more, ms | the folder with one more, ms | DuckDB counts all rows, ms |")
    print("|--:|--:|--:|--:|")
    sizes = [size for size in (100, 1_000, 10_000, 100_000) if size <= most]
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            docs, into = Path(folder) / f"in{size}", f"{folder}/facts{size}/"
            docs.mkdir()
            for number in range(size):
                path = docs / f"{number:06}.txt"
                path.write_text(f"Hole A-{number} cut 12.0 m grading 1.50 g/t gold.\n", encoding="utf-8")
                os.utime(path, (1e9, 1e9))
            list(read([str(docs)], into=into).results)
            alone, together = _one_more(docs, into, "a", alone=True), _one_more(docs, into, "b", alone=False)
            print(f"| {size:,} | {alone:.0f} | {together:.0f} | {_counted(into):.0f} |", flush=True)


def _one_more(docs: Path, into: str, name: str, *, alone: bool) -> float:
    """Milliseconds to add one document, the best of five."""
    taken = []
    for number in range(5):
        path = docs / f"{name}{number}.txt"
        path.write_text(f"Hole {name}-{number} cut 13.0 m grading 2.50 g/t gold.\n", encoding="utf-8")
        begin = perf_counter()
        list(read([str(path if alone else docs)], into=into).results)
        taken.append(perf_counter() - begin)
    return 1e3 * min(taken)


def _counted(into: str) -> float:
    import duckdb

    begin = perf_counter()
    with duckdb.connect() as base:
        base.execute(f"select count(*), count(distinct sha256) from read_parquet('{into}**/*.parquet')").fetchall()
    return 1e3 * (perf_counter() - begin)


def main() -> None:
    """Measure what is asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", nargs="?", choices=["all", "overhead", "memory", "growth"], default="all")
    asked.add_argument("--documents", type=int, default=0)
    asked.add_argument("--jobs", type=int, default=2)
    said = asked.parse_args()
    if said.what in ("all", "overhead"):
        overhead(said.documents or 2_000, said.jobs)
    if said.what in ("all", "growth"):
        growth(said.documents or 10_000)
    if said.what in ("all", "memory"):
        memory(said.documents or 10_000, said.jobs)


if __name__ == "__main__":
    from many import glance as many_glance  # so that other processes find it by its name

    main()
