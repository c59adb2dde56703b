"""How the time to check one new release against a memory grows with the releases that are remembered.

Run ``python benchmarks/memory_growth.py [RELEASES]``; each line prints how many releases are remembered, the seconds to
put them in, the seconds to put one new release beside those of its company, and the latter over that of the smallest
memory, which is about 1 where a new release costs the same however many are in.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from orebook.checks.families import check_family, families
from orebook.checks.issuers import Issuer
from orebook.checks.remembered import Remembered, meets, remember
from orebook.desk.memory.folder import opened
from orebook.reading.read import read_text

_EACH = 10
"""So many releases each company has put out."""
_TURNS = 5
_TOGETHER = 500

_ROW = "| QK-{hole:03} | {start}.0 | {end}.0 | 12.0 | 1.{hole:02} |\n"
_TEXT = (
    "# Quoin drills\n\nMay 6, 2024 - Quoin Gold Corp. (TSXV: QGC) has drilled.\n\n"
    "| Hole | From (m) | To (m) | Interval (m) | Au (g/t) |\n|---|---|---|---|---|\n"
) + "".join(_ROW.format(hole=hole, start=10 * hole, end=10 * hole + 12) for hole in range(1, 41))


def releases(count: int) -> Iterator[Remembered]:
    """So many releases of a tenth as many companies, one every month."""
    one = remember(read_text("quoin.md", _TEXT))
    for number in range(count):
        company, turn = divmod(number, _EACH)
        issuer = Issuer.of(f"Quoin {_letters(company)} Gold Corp.", [f"TSXV:Q{_letters(company)}"])
        day = (date(2010, 1, 1) + timedelta(days=30 * turn)).isoformat()
        yield replace(one, doc=f"{company}-{turn}.md", issuer=issuer, day=day, _kinds={})


def _letters(number: int) -> str:
    found = ""
    for _ in range(4):
        number, place = divmod(number, 26)
        found = chr(ord("A") + place) + found
    return found


def timed(count: int, folder: Path) -> tuple[float, float]:
    """The seconds to fill a memory, and the median of those to put one new release beside it."""
    begun = time.perf_counter()
    waiting: list[Remembered] = []
    with opened(folder) as memory:
        for release in releases(count):
            waiting.append(release)
            if len(waiting) == _TOGETHER:
                memory.add(waiting)
                waiting.clear()
        memory.add(waiting)
    filled = time.perf_counter() - begun
    new = replace(next(releases(1)), doc="new.md", day="2031-01-01", _kinds={})
    taken = []
    for _ in range(_TURNS):
        begun = time.perf_counter()
        with opened(folder) as memory:
            memory.add([new])
            met = memory.recall(memory.joined(memory.known_as(new.issuer)), {meets(record) for record in new.records})
            for family in families(met, [new.doc]).families:
                check_family(family)
        taken.append(time.perf_counter() - begun)
    return filled, median(taken)


def main() -> None:
    """Print a line for each size."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    sizes = [size for size in (100, 1_000, 10_000, 100_000) if size <= most]
    first = 0.0
    print(f"{'releases':>9} {'put in, s':>10} {'a new one, s':>13} {'ratio':>6}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            filled, new = timed(size, Path(folder) / "memory")
        first = first or new
        print(f"{size:>9,} {filled:>10.2f} {new:>13.3f} {new / first:>6.2f}")


if __name__ == "__main__":
    main()
