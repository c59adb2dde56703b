"""How long pages of tables and of a quarter take, asked of a real server.

    python benchmarks/web_tables.py

A book of 100,000 samples is made in a folder of its own; each page is asked for several times and the median of the
later answers printed beside the first, which also reads the table or makes the results, and the time of the processor.
"""

import shutil
import statistics
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import polars as pl
import uvicorn

from orebook.book.folder import Book, begin, find
from orebook.faces.web.application import application
from orebook.faces.web.serving import opened
from orebook.faces.web.shelf import Shelf

ROWS, AGAIN = 100_000, 7
MINES = Path(__file__).parents[1] / "examples" / "two-mines" / "book"


def samples(folder: Path) -> Book:
    """A book with so many samples."""
    book = begin(folder, issuer="Kestrel Ridge Gold Inc.", crs="EPSG:26909")
    random, at = np.random.default_rng(7), np.arange(ROWS)
    grades = {name: np.round(random.lognormal(0, 1, ROWS), 3) for name in ("au_gpt", "ag_gpt", "cu_pct", "zn_pct")}
    frame = pl.DataFrame(
        {
            "hole": [f"W-{each // 200:03d}" for each in at],
            "from_m": at % 200 * 1.5,
            "to_m": at % 200 * 1.5 + 1.5,
            "sample": [f"S{each:06d}" for each in at],
            **grades,
        }
    )
    with book.changing("add", {"file": "samples.csv"}) as writing:
        writing.table("assays", frame)
    return book


def timed(book: Book, paths: list[tuple[str, str]]) -> None:
    """Print what each page takes first and later, in milliseconds."""
    door = opened("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(application(Shelf(book)), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    connection = HTTPConnection("127.0.0.1", door.getsockname()[1], timeout=600)
    for words, path in paths:
        took, busy = [], []
        for _ in range(AGAIN):
            begun, worked = time.perf_counter(), time.process_time()
            connection.request("GET", path, headers={"HX-Request": "true"})
            answer = connection.getresponse()
            body = answer.read()
            took.append(1000 * (time.perf_counter() - begun))
            busy.append(1000 * (time.process_time() - worked))
            assert answer.status == 200, (path, body[:500])
        later, cpu = statistics.median(took[1:]), statistics.median(busy[1:])
        print(f"{words:<40}{took[0]:>9,.0f} ms first{later:>9,.1f} ms next{cpu:>9,.1f} ms CPU", flush=True)
    server.should_exit = True
    connection.close()
    thread.join(10)


def main() -> int:
    """Measure and print."""
    folder = Path(tempfile.mkdtemp(prefix="orebook-"))
    try:
        wishes = {
            "page": {},
            "page in the middle": {"page": "1000"},
            "sorted by a grade": {"sort": "au_gpt", "down": "1"},
            "sorted by words": {"sort": "sample", "down": "1"},
            "search, few found": {"q": "w-123 s0246"},
            "search, many found": {"q": "w-1"},
            "search, sorted": {"q": "w-1", "sort": "cu_pct"},
            "narrowed by a grade": {"in.au_gpt": ">=5"},
        }
        tables = [(f"{ROWS:,} rows: {name}", f"/tables/assays?{urlencode(wish)}") for name, wish in wishes.items()]
        sql = "select hole, avg(au_gpt) from assays group by hole order by 2 desc"
        timed(
            samples(folder / "kestrel"), [*tables, (f"{ROWS:,} rows: SQL by hole", f"/sql?{urlencode({'sql': sql})}")]
        )
        shutil.copytree(MINES, folder / "mines", ignore=shutil.ignore_patterns("cache", ".lock"))
        mines = find(str(folder / "mines"))
        pages = [("quarter", "/quarter?period=2011-Q3"), ("quarter before", "/quarter?period=2011-Q2")]
        pages += [("why a figure", "/why?at=production%5B3%5D.value"), ("tenure", "/tenure"), ("overview", "/")]
        timed(mines, pages)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
