"""Time the recognition of scanned pages, step by step, beside Tesseract alone on the pages as they are.

    python benchmarks/ocr.py [FOLDER]

FOLDER holds scanned PDF files; without it those beside the checkout are taken. Read the ratios: the seconds are
those of one machine on one day, CPU seconds of this process and of the programs that it started.
"""

import resource
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from orebook.reading.paged.pdfium import opened
from orebook.reading.scanned.doubts import looked_at_again
from orebook.reading.scanned.level import level
from orebook.reading.scanned.pages import scanned_sheet
from orebook.reading.scanned.paper import whitened
from orebook.reading.scanned.pictures import Grey
from orebook.reading.scanned.tesseract import recognised, version

BESIDE = Path(__file__).parents[2] / "shared" / "data" / "tables" / "scan"
DOTS = 200
Result = TypeVar("Result")


def cpu() -> float:
    """CPU seconds of this process and of those that it started and that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


class Steps:
    """CPU seconds by step."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def time(self, step: str, work: Callable[[], Result]) -> Result:
        """What a piece of work gives; its time goes to the step."""
        begin = cpu()
        result = work()
        self.spent[step] += cpu() - begin
        return result


def pages(folder: Path, steps: Steps) -> Iterator[tuple[Grey, float, float]]:
    """The pictures of all pages of the PDF files of a folder."""
    for path in sorted(folder.glob("*.pdf")):
        with opened(path.read_bytes()) as pdf:
            for number in range(1, len(pdf) + 1):
                yield steps.time("picture of the page", lambda pdf=pdf, number=number: pdf.picture(number, DOTS))


def main() -> None:
    """Time every page and print a table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else BESIDE
    steps, count = Steps(), 0
    for grey, width, height in pages(folder, steps):
        count += 1
        steps.time("Tesseract alone", lambda grey=grey: recognised(grey))
        white = steps.time("paper made white", lambda grey=grey: whitened(grey))
        page = steps.time(
            "made level, rules found", lambda white=white, width=width: level(white, white.shape[1] / width)
        )
        large = steps.time("made larger", lambda page=page: page.large)
        seen = steps.time("Tesseract", lambda large=large: recognised(large))
        steps.time("doubtful numbers again", lambda page=page, seen=seen: looked_at_again(page, seen))
        steps.time("a page in one", lambda grey=grey, w=width, h=height: scanned_sheet(grey, 1, w, h))
    if not count:
        sys.exit(f"no PDF file in {folder}")
    alone = steps.spent["Tesseract alone"]
    print(f"{count} pages, {version()}\n\n| step | CPU s a page | ÷ Tesseract alone |\n|---|--:|--:|")
    for step, spent in steps.spent.items():
        print(f"| {step} | {spent / count:.2f} | {spent / alone:.2f} |")


if __name__ == "__main__":
    main()
