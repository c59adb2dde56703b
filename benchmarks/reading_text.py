"""Time the reading of text, Markdown and HTML releases step by step, from bytes to findings, in CPU seconds of a core.

    python benchmarks/reading_text.py [--rounds 5] [FOLDER-OR-FILE ...]

Without a folder the releases beside the checkout are taken, and the examples where there are none. Every step is given
what the steps above it make; the least of all turns counts, since what else the machine does can only add to it. The
garbage collector is set as the command line sets it. What the first document of a process costs is timed in processes
of their own.
"""

import argparse
import gc
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from in_turns import Document
from orebook.checks import check
from orebook.desk.inputs import Opened
from orebook.desk.said import facts_of, records_of
from orebook.ground.source import Document as Decoded
from orebook.reading.formats import layout, open_document
from orebook.reading.read import read_document
from orebook.reading.reading import Reading
from orebook.reports.facts import json as facts_page
from orebook.reports.paper import Paper
from orebook.reports.records import json as records_page

ROOT = Path(__file__).parents[1]
BESIDE = ROOT.parent / "shared" / "releases" / "dev"
ENDINGS = (".txt", ".md", ".html", ".tsx")
THREE_PAGES = 9_000
TEN_KB = 10_000

In = TypeVar("In")
Out = TypeVar("Out")

FIRST = """
import sys, time
from orebook.checks import check
from orebook.reading.read import read_bytes
data = open(sys.argv[1], "rb").read()
for _ in range(2):
    begin = time.process_time()
    check(read_bytes(sys.argv[1], data))
    print(time.process_time() - begin)
"""
"""One document, read and checked twice in a process that has read nothing yet."""


def decoding(some: Sequence[Document]) -> list[Decoded]:
    """The documents with their formats."""
    return [open_document(name, data) for name, data in some]


def laying_out(some: Sequence[Decoded]) -> list[object]:
    """The blocks and tables of every document."""
    return [layout(document) for document in some]


def reading(some: Sequence[Decoded]) -> list[Reading]:
    """The facts of every document, its layout among the work."""
    return [read_document(document) for document in some]


def showing_facts(some: Sequence[Reading]) -> list[str]:
    """The facts as JSON."""
    return ["".join(facts_page.page(iter([facts_of(Opened(one, "", ""))]), Paper())) for one in some]


def showing_records(some: Sequence[Reading]) -> list[str]:
    """The records as JSON."""
    return ["".join(records_page.page(iter([records_of(Opened(one, "", ""))]), Paper())) for one in some]


def checking(some: Sequence[Reading]) -> list[object]:
    """The findings in every reading; ranges that an earlier turn has computed are forgotten with their readings."""
    return [check(one) for one in some]


def turn(some: Sequence[Document]) -> dict[str, float]:
    """The CPU seconds of each step over all documents, once."""
    took: dict[str, float] = {}

    def timed(name: str, step: Callable[[In], Out], given: In) -> Out:
        gc.collect()
        begin = time.process_time()
        made = step(given)
        took[name] = time.process_time() - begin
        return made

    decoded = timed("decode", decoding, some)
    timed("layout", laying_out, decoding(some))
    read = timed("read: layout and facts", reading, decoded)
    timed("facts to JSON", showing_facts, read)
    timed("records to JSON", showing_records, read)
    timed("check", checking, read)
    took["bytes to facts as JSON"] = took["decode"] + took["read: layout and facts"] + took["facts to JSON"]
    took["bytes to findings"] = took["decode"] + took["read: layout and facts"] + took["check"]
    return took


def first(path: Path) -> tuple[float, float]:
    """The CPU seconds of the first reading and check in a process, and of the second, each the least of three."""
    runs = [
        subprocess.run([sys.executable, "-c", FIRST, str(path)], check=True, capture_output=True, text=True).stdout
        for _ in range(3)
    ]
    firsts, seconds = zip(*((float(word) for word in said.split()) for said in runs), strict=True)
    return min(firsts), min(seconds)


def main() -> None:
    """Time all steps and print a table."""
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("paths", nargs="*")
    given = ask.parse_args()
    gc.set_threshold(100_000, 50, 50)
    folders = [BESIDE / name for name in ("txt", "md", "html")]
    places = given.paths or [str(one) for one in folders if one.is_dir()] or [str(ROOT / "examples" / "releases")]
    paths = [path for place in map(Path, places) for path in (sorted(place.rglob("*")) if place.is_dir() else [place])]
    some = [(path.name, path.read_bytes()) for path in paths if path.suffix in ENDINGS]
    turn(some)  # to warm up
    turns = [turn(some) for _ in range(given.rounds)]
    size = sum(len(data) for _, data in some)
    print(f"{len(some)} releases of {size / len(some) / 1e3:.1f} KB, the best of {given.rounds} turns\n")
    print("| step | ms a release | releases a CPU second | 10 KB a CPU second |\n|---|--:|--:|--:|")
    for name in turns[0]:
        best = min(took[name] for took in turns)
        print(f"| {name} | {1e3 * best / len(some):.2f} | {len(some) / best:,.0f} | {size / TEN_KB / best:,.0f} |")
    path = min(paths, key=lambda one: abs(one.stat().st_size - THREE_PAGES))
    cold, warm = first(path)
    print(f"\n{path.name}, read and checked: {1e3 * cold:.0f} ms as the first of a process, {1e3 * warm:.0f} ms again")


if __name__ == "__main__":
    main()
