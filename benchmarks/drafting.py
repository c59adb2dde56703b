"""Time the draft of each example book: the results it is told of, the draft, each format, and its comparison.

    python benchmarks/drafting.py [--rounds 3] [--books FOLDER]

The books are copies of `examples/*/book` without what can be made again. Least CPU seconds of all threads after one
round that compiles what lays holes and loads what is needed; beside them the numbers that were placed, and how many
kilobytes each format has. *checked* is the draft in Word put beside the book by the register that it carries.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from orebook.book.folder import Book, find
from orebook.desk.draft import draft
from orebook.desk.drafting.against import against_draft
from orebook.desk.drafting.files import FORMS, as_bytes
from orebook.desk.drafting.proof import proofread
from orebook.desk.settings import Settings
from orebook.reading.read import read_bytes
from orebook.reports.release.draft import Draft
from orebook.reports.release.register import register_of

Thing = TypeVar("Thing")

ROOT = Path(__file__).parents[1]


def least(rounds: int, do: Callable[[], Thing]) -> tuple[float, Thing]:
    """The least CPU seconds of some rounds, and what the last one made."""
    found = []
    for _ in range(rounds):
        begin = time.process_time()
        made = do()
        found.append(time.process_time() - begin)
    return min(found), made


def drafted(book: Book) -> Draft:
    """The draft of a book: of the quarter where it has accounts, of drilling where it has holes."""
    what = "quarter" if "ledger" in book.tables() else "drilling"
    answer = draft(what, dry_run=True, book=str(book.folder))
    return next(each for each in answer.results if isinstance(each, Draft))


def compared(book: Book, one: Draft, data: bytes) -> int:
    """How many numbers of a document stand beside those of the book."""
    known = against_draft(book, "sent.docx", data, register_of(one))
    return len(known.placed("sent.docx", read_bytes("sent.docx", data)))


def main() -> None:
    """Print a line for each example."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--books", type=Path, default=ROOT / "examples")
    said = asked.parse_args()
    heads = ("numbers", "draft", "findings", *FORMS, "checked")
    print("book".ljust(16) + "".join(head.rjust(12) for head in heads))
    with tempfile.TemporaryDirectory() as folder:
        for place in sorted(each for each in said.books.glob("*/book") if (each / "tables").is_dir()):
            copied = Path(folder) / place.parent.name
            shutil.copytree(place, copied, ignore=shutil.ignore_patterns("results", "cache", "*-make.json"))
            print(line(place.parent.name, find(str(copied)), said.rounds), flush=True)


def line(name: str, book: Book, rounds: int) -> str:
    """What the draft of a book costs."""
    first = drafted(book)
    seconds, one = least(rounds, lambda: drafted(book))
    read, _ = least(rounds, lambda: proofread(one, Settings(book.folder)))
    cells = [f"{sum(1 for _ in first.numbers())}", f"{seconds:.2f} s", f"{read:.2f} s"]
    made: dict[str, bytes] = {}
    for form in FORMS:
        took, made[form] = least(rounds, partial(as_bytes, one, form))
        cells.append(f"{took:.2f} s {len(made[form]) / 1000:,.0f}k")
    took, _ = least(rounds, lambda: compared(book, one, made["docx"]))
    return name.ljust(16) + "".join(cell.rjust(12) for cell in [*cells, f"{took:.2f} s"])


if __name__ == "__main__":
    main()
