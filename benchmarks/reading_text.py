"""Time the reading of text, Markdown and HTML releases step by step, from bytes to findings, in CPU seconds of a core.

    python benchmarks/reading_text.py [--rounds 5] [FOLDER-OR-FILE ...]

Without a folder the releases beside the checkout are taken, and the examples where there are none. The least of all
turns counts, since what else the machine does can only add to it. The garbage collector is set as the command line sets
it. What the first document of a process costs is timed in processes of their own.
"""

import argparse
import gc
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from in_turns import Document
from orebook.checks import check
from orebook.desk.inputs import Opened
from orebook.desk.said import facts_of, records_of
from orebook.reading.formats import layout, open_document
from orebook.reading.read import read_document
from orebook.reports.facts import json as facts_page
from orebook.reports.paper import Paper
from orebook.reports.records import json as records_page

ROOT = Path(__file__).parents[1]
BESIDE = ROOT.parent / "shared" / "releases" / "dev"
ENDINGS = (".txt", ".md", ".html", ".tsx")
THREE_PAGES = 9_000
TEN_KB = 10_000

Made = TypeVar("Made")

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


def turn(some: Sequence[Document]) -> Counter[str]:
    """The CPU seconds of each step over all documents, once; a document is checked right after it was read."""
    took: Counter[str] = Counter()

    def timed(name: str, step: Callable[[], Made]) -> Made:
        begin = time.process_time()
        made = step()
        took[name] += time.process_time() - begin
        return made

    for name, data in some:
        kind = Path(name).suffix
        before = took["layout"], took["read: layout and facts"]
        document = timed("decode", partial(open_document, name, data))
        timed("layout", partial(layout, document))
        reading = timed("read: layout and facts", partial(read_document, document))
        took[f"layout {kind}"] += took["layout"] - before[0]
        took[f"read {kind}"] += took["read: layout and facts"] - before[1]
        timed("check", partial(check, reading))
        opened = Opened(reading, "", "")
        timed("facts to JSON", lambda opened=opened: "".join(facts_page.page(iter([facts_of(opened)]), Paper())))
        timed("records to JSON", lambda opened=opened: "".join(records_page.page(iter([records_of(opened)]), Paper())))
    took["bytes to facts as JSON"] = took["decode"] + took["read: layout and facts"] + took["facts to JSON"]
    took["bytes to findings"] = took["decode"] + took["read: layout and facts"] + took["check"]
    return took


def by_ending(some: Sequence[Document], turns: Sequence[Counter[str]]) -> Iterator[str]:
    """How many releases of each ending are read in a CPU second, and how many times ten kilobytes of them."""
    for ending in ENDINGS:
        sizes = [len(data) for name, data in some if name.endswith(ending)]
        if sizes:
            most, tens = max(sizes) / 1e3, sum(sizes) / TEN_KB
            laid, read = (min(took[f"{step} {ending}"] for took in turns) for step in ("layout", "read"))
            yield (
                f"{len(sizes)} {ending} of {10 * tens / len(sizes):.1f} KB, the largest {most:.0f} KB:"
                f" layout {len(sizes) / laid:,.0f}/s, {tens / laid:,.0f} of 10 KB;"
                f" layout and facts {len(sizes) / read:,.0f}/s, {tens / read:,.0f} of 10 KB"
            )


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
        if not name.endswith(ENDINGS):
            best = min(took[name] for took in turns)
            print(f"| {name} | {1e3 * best / len(some):.2f} | {len(some) / best:,.0f} | {size / TEN_KB / best:,.0f} |")
    print("\n".join(["", *by_ending(some, turns)]))
    path = min(paths, key=lambda one: abs(one.stat().st_size - THREE_PAGES))
    cold, warm = first(path)
    print(f"\n{path.name}, read and checked: {1e3 * cold:.0f} ms as the first of a process, {1e3 * warm:.0f} ms again")


if __name__ == "__main__":
    main()
