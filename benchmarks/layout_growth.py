"""How the time to lay out a document grows with its size: for every kind of input, ones that mean harm among them.

Run ``python benchmarks/layout_growth.py [BYTES]``; each line prints the seconds for 1, 2, 4 and 8 times the smallest
size and the growth from the first to the last, which is about 8 where the work is linear.
"""

import random
import sys
import time
from collections.abc import Callable

from orebook.reading.formats import layout, open_document

Make = Callable[[int], str]


def repeated(piece: str, before: str = "", after: str = "") -> Make:
    """Text of one piece, again and again."""
    return lambda size: before + piece * max(size // len(piece), 1) + after


def rows(separator: str, end: str = "\n", before: str = "") -> Make:
    """A table of five columns with numbers."""

    def make(size: int) -> str:
        pick = random.Random(7)
        lines = [separator.join(("Hole", "From (m)", "To (m)", "Au (g/t)", "Cu (%)"))]
        total = 0
        while total < size:
            start = pick.uniform(0, 400)
            cells = (f"AB-{pick.randrange(999):03}", f"{start:.1f}", f"{start + 3:.1f}", f"{pick.random():.2f}", "0.10")
            lines.append(before + separator.join(cells))
            total += len(lines[-1]) + len(end)
        return end.join(lines)

    return make


INPUTS: dict[str, tuple[str, Make]] = {
    "prose in lines": (
        "a.txt",
        repeated("The hole cut 12.5 m at 1.32 g/t Au from 1,204.5 m below the\nold pit floor.\n\n"),
    ),
    "one line": ("a.txt", repeated("The hole cut 12.5 m at 1.32 g/t Au from 1,204.5 m. ")),
    "one line of rows": (
        "a.txt",
        repeated("AB-12 495035 6829277 313 120 -60 52 ", "Hole East North RL Azimuth Dip Depth "),
    ),
    "tabs": ("a.txt", rows("\t")),
    "pipes": ("a.md", rows(" | ")),
    "aligned": ("a.txt", rows("     ")),
    "prose across columns": (
        "a.txt",
        repeated("AB-1   1.0   2.0\nAB-2   3.0   4.0\nThese words run over all the columns of numbers above them\n"),
    ),
    "rows over pages": ("a.txt", repeated("A\t1\t2\nB\t2\t3\n\n12\n\n")),
    "boxes": ("a.html", repeated("<div><div>A</div><div>1</div></div>")),
    "html table": ("a.html", rows("<td>", "\n", "<tr><td>")),
    "nested tables": ("a.html", repeated("<table><tr><td>1<td>2")),
    "nested blocks": ("a.html", repeated("<div><p>word 1.5 ")),
    "unclosed tags": ("a.html", repeated("<p class='a' ", "<html>")),
    "unclosed script": ("a.html", repeated("if (a < b) { x } ", "<html><script>")),
    "page source": (
        "a.tsx",
        repeated('<p>{cond && (<b a={"x"}>word 1.5</b>)}</p>', "const a = () => (<div>", "</div>);"),
    ),
    "data": ("a.tsx", repeated('{ hole: "A1", from: 45, au: 1.2 },\n', "const rows = [", "];")),
    "open braces": ("a.tsx", repeated("{", "const a = () => (<div>")),
    "open arrays": ("a.tsx", repeated("x = [{ a: ")),
    "one cell a line": ("a.txt", repeated("Hole\nFrom\nTo\nA1\n1.0\n2.0\n")),
    "bullets": ("a.md", repeated("- one 1.5 m\n")),
    "headings": ("a.md", repeated("# One\n\nTwo Three\n\n")),
    "short lines": ("a.txt", repeated("One two\n")),
    "captions": ("a.txt", repeated("Table 1: Holes\n\n")),
    "far indents": ("a.txt", repeated(" " * 20 + "Total\n")),
    "blank lines": ("a.txt", repeated("\n", "word")),
    "stars": ("a.md", repeated("*", "word")),
    "brackets": ("a.md", repeated("[", "word")),
    "angles": ("a.md", repeated("<a ", "word")),
    "ampersands": ("a.md", repeated("&am", "word")),
    "pipes alone": ("a.md", repeated("|", "word")),
    "pipe lines": ("a.md", repeated("|\n", "word |\n")),
    "tabs alone": ("a.txt", repeated("\t", "word")),
    "hyphens": ("a.txt", repeated("- ", "word")),
    "digits": ("a.txt", repeated("1,234 ", "word")),
    "blanks": ("a.txt", repeated(" ", "word", "word")),
    "zero width": ("a.txt", repeated("\u200b1\u200e2\u202e", "word")),
    "thousands": ("a.txt", repeated("1 234 567,8\t1'234'567.8\t1\u202f234\u00a0567\n")),
    "quotes": ("a.tsx", repeated("'\"`", "const a = ")),
}


def seconds(name: str, text: str) -> float:
    """How long opening and layout take."""
    data = text.encode()
    start = time.perf_counter()
    layout(open_document(name, data))
    return time.perf_counter() - start


def main() -> None:
    """Print a line for every kind of input."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seconds("warm.html", "<p>warm</p>")
    for kind, (name, make) in INPUTS.items():
        times = [seconds(name, make(size * factor)) for factor in (1, 2, 4, 8)]
        print(
            f"{kind:20}", *(f"{spent:8.3f}" for spent in times), f"  x{times[-1] / max(times[0], 1e-6):.1f}", flush=True
        )


if __name__ == "__main__":
    main()
