"""Time the pages of a large book as a browser waits for them: 100,000 intervals in 500 holes and a million blocks.

    python benchmarks/web.py [--rounds 3] [--keep FOLDER]

The book is simulated with a fixed seed and stored through the book itself; `orebook serve` is a process of its own.
*First* counts from a server that has just opened its address: tables read, holes laid, blocks put in order, which it
begins by itself at that moment, and the page written. Compiled kernels are kept on the machine after their first use
and do not count. Wall time, and the CPU time of the server, which says more on a busy machine.
The picture in space is that of a headless Chromium without a graphics card, where playwright and a browser (CHROMIUM
names one) are there. Then twenty threads ask for all pages at once.
"""

import argparse
import http.client
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
import polars as pl

from drawing import EAST, NORTH, RULES, TOP, assays, blocks, collars
from orebook.book.folder import Book, begin

BROWSERS, ROUNDS_EACH = 20, 1
SECTIONS = [f"/sections?line=hole:GC-{number:03d}" for number in range(5, 500, 45)]
PAGES = [
    "/",
    "/map",
    "/holes",
    "/holes/GC-225",
    "/holes?q=GC-1&sort=depth_m",
    *SECTIONS[:4],
    "/3d",
    "/3d/holes.bin",
    "/3d/blocks.bin?cutoff=1",
    "/3d/ground.bin",
    "/static/vendor/three.js",
]
_TICKS = os.sysconf("SC_CLK_TCK")


def topography() -> pl.DataFrame:
    """The ground as points 20 m apart."""
    east, north = (
        each.ravel() for each in np.meshgrid(EAST + np.arange(0, 3000, 20.0), NORTH + np.arange(0, 1200, 20.0))
    )
    height = TOP + 6.0 * np.sin(east / 300.0) + 4.0 * np.cos(north / 200.0)
    return pl.DataFrame({"easting_m": east, "northing_m": north, "elevation_m": height})


def stored(folder: Path) -> Book:
    """The simulated book, its tables stored by the book."""
    book = begin(folder, issuer="Harrow Lake Ltd.", crs="EPSG:32617", azimuth="grid")
    with (folder / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write(RULES)
    rng = np.random.default_rng(7)
    made = {"collars": collars(rng), "assays": assays(rng), "blocks": blocks(rng), "topography": topography()}
    with book.changing("add", {"file": "simulated"}) as writing:
        for name, table in made.items():
            writing.table(name, table)
    return book


class Took(NamedTuple):
    """How long an answer took by the clock and in CPU time of the server, its status and its size in bytes."""

    wall: float
    cpu: float
    status: int
    size: int


class Server(NamedTuple):
    """A server that runs: its process and its address."""

    process: int
    address: str

    def cpu(self) -> float:
        """CPU seconds of all its threads so far."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory(self) -> tuple[float, float]:
        """What it holds now and held at its most, in MB."""
        said = Path(f"/proc/{self.process}/status").read_text()
        now, most = (re.search(rf"{name}:\s+(\d+)", said) for name in ("VmRSS", "VmHWM"))
        return (float(now[1]) if now else 0.0) / 1024, (float(most[1]) if most else 0.0) / 1024

    def ask(self, path: str) -> Took:
        """Ask for a page."""
        before, begun = self.cpu(), time.perf_counter()
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=300)
        connection.request("GET", path)
        answer = connection.getresponse()
        size = len(answer.read())
        connection.close()
        return Took(time.perf_counter() - begun, self.cpu() - before, answer.status, size)

    def all(self, paths: Iterable[str]) -> list[Took]:
        """Ask for pages, one after the other."""
        return [self.ask(each) for each in paths]


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server on a book, which has read nothing of it yet."""
    command = [sys.executable, "-m", "orebook", "serve", str(folder), "--port", "0", "--read-only"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = process.stderr.readline()
    found = re.search(r"http://[^ ]+?(?=/ )", said)
    try:
        if found is None:
            raise SystemExit(f"the server did not start: {said}")
        server = Server(process.pid, found[0])
        while True:
            try:
                server.ask("/static/mark.svg")
                break
            except OSError:
                time.sleep(0.05)
        yield server
    finally:
        process.terminate()
        process.wait(20)


def told(name: str, found: list[Took]) -> None:
    """One line: the median of some answers."""
    wall, cpu = median(each.wall for each in found), median(each.cpu for each in found)
    wrong = [each.status for each in found if each.status != 200]
    size = found[0].size / 1000
    print(f"{name:38s} {wall:8.3f} s {cpu:8.3f} s CPU {size:8.0f} kB {wrong or ''}", flush=True)


def first(folder: Path, path: str, rounds: int) -> list[Took]:
    """The first answer of servers that have read nothing."""
    found = []
    for _ in range(rounds):
        with serving(folder) as server:
            found.append(server.ask(path))
    return found


def at_once(server: Server) -> None:
    """Twenty browsers, each of which asks for all pages, in an order of its own."""

    def browse(number: int) -> list[Took]:
        order = PAGES[number % len(PAGES) :] + PAGES[: number % len(PAGES)]
        return [server.ask(path) for _ in range(ROUNDS_EACH) for path in order]

    begun = time.perf_counter()
    with ThreadPoolExecutor(BROWSERS) as pool:
        found = [each for all_of_one in pool.map(browse, range(BROWSERS)) for each in all_of_one]
    took, wrong = time.perf_counter() - begun, [each for each in found if each.status != 200]
    walls = sorted(each.wall for each in found)
    print(f"{BROWSERS} browsers at once, {len(found)} answers   {took:8.3f} s, {len(wrong)} errors, ", end="")
    print(f"median {median(walls):.3f} s, slowest of a hundred {walls[int(len(walls) * 0.99)]:.3f} s", flush=True)


def picture(server: Server, rounds: int) -> None:
    """How long it takes until the picture in space stands in a browser without a graphics card."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("3D picture: playwright is not there")
        return
    names = ("chromium", "chromium-browser", "google-chrome")
    found_browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), "")
    flags = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=found_browser or None, args=flags)
        found: list[float] = []
        for _ in range(rounds):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            begun = time.perf_counter()
            page.goto(f"{server.address}/3d", wait_until="commit")
            page.locator("#space[data-drawn]").wait_for(timeout=120_000)
            found.append(time.perf_counter() - begun)
            page.close()
        browser.close()
    print(
        f"{'3D, first picture, no graphics card':38s} {min(found):8.3f} s least, {median(found):.3f} s median",
        flush=True,
    )


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="folder of the book, made if it is not there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = given.keep or Path(place) / "book"
        if not (folder / "book.toml").exists():
            stored(folder)
        first(folder, SECTIONS[0], 1)  # kernels are compiled once for a machine
        told("first section of a server", first(folder, SECTIONS[0], given.rounds))
        told("first plan of a server", first(folder, "/map", given.rounds))
        with serving(folder) as server:
            server.ask(SECTIONS[0])
            told("next section", server.all(SECTIONS[1:]))
            told("nearer", server.all([f"{SECTIONS[5]}&reach={x},{x + 300},100,400" for x in range(0, 900, 100)]))
            told("a section again", server.all(SECTIONS[:5]))
            told("plan", server.all(["/map", *(f"/map?line=hole:GC-{each}" for each in range(100, 400, 60))]))
            told("log and samples of a hole", server.all([f"/holes/GC-{each}" for each in range(100, 200, 10)]))
            told("blocks from a grade on", server.all([f"/3d/blocks.bin?cutoff={each / 10}" for each in range(8, 20)]))
            picture(server, given.rounds)
            at_once(server)
            now, most = server.memory()
            print(f"memory of the server {now:,.0f} MB, {most:,.0f} MB at its most")


if __name__ == "__main__":
    main()
