"""Invented tables of estimates, each printed in the forms in which the public meets them, and how well they are read.

A file of ``estimate_tables`` holds a title, a caption, heads, rows and notes of one table, cells between bars (``<``
joins a cell to the one on its left, ``^`` to the one above; a ``band`` is a row of one cell over the whole width), and
the rows that a reader should find: deposit, category, tonnage, grades, metal. ``also`` is a row that may be read.

``python estimate_forms.py [part of a name ...]`` prints for each form what was read rightly, missed and read too much.
"""

import html
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from orebook.reading.estimating.estimates import RESERVES
from orebook.reading.read import read_bytes
from pdf_paper import Page, Paper, width
from scoring import statements

HERE = Path(__file__).parent / "estimate_tables"

Key = dict[str, Any]
"""A row of the answer, in the form of the answer keys of releases."""


@dataclass
class Printed:
    """A table as words: title, caption, heads, rows of cells, notes; and what should be read in it."""

    name: str
    title: str = ""
    caption: str = ""
    heads: list[list[str]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    also: list[Key] = field(default_factory=list)

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.heads[0])


def tables() -> Iterator[Printed]:
    """All invented tables."""
    for path in sorted(HERE.glob("*.txt")):
        table = Printed(path.stem)
        for line in path.read_text(encoding="utf-8").splitlines():
            sort, _, said = line.partition(": ")
            cells = [cell.strip() for cell in said.split("|")]
            if sort in ("title", "caption"):
                setattr(table, sort, said)
            elif sort == "band":
                table.rows.append([said])
            elif sort in ("head", "row"):
                (table.heads if sort == "head" else table.rows).append(cells)
            elif sort == "note":
                table.notes.append(said)
            else:
                (table.keys if sort == "key" else table.also).append(_key(cells))
        reserves = any(key["category"] in RESERVES for key in table.keys)
        for key in [*table.keys, *table.also]:
            key["kind"] = "reserve" if reserves else "resource"
        yield table


def _key(cells: list[str]) -> Key:
    key: Key = {"deposit": cells[0] or None, "category": cells[1] or None, "grades": [], "metal": []}
    for said in (part.strip() for cell in cells[2:] for part in cell.split(";") if part.strip()):
        number, unit, *analyte = said.split(" ")
        value = float(number.replace(",", ""))
        if not analyte:
            key["tonnage"] = {"value": value, "unit": unit}
        else:
            place = "metal" if re.match(r"[kM]?(?:t|oz|lb|ct)$", unit) else "grades"
            key[place].append({"analyte": analyte[0], "value": value, "unit": unit, "printed": number})
    return key


def _lead(table: Printed) -> str:
    company = " ".join(table.title.split()[:2])
    return (
        f"{table.title}\n\nPerth, Western Australia - 14 March 2023 - {company} Limited reports on its estimates.\n\n"
    )


def _plain(cells: list[str]) -> list[str]:
    return ["" if cell in ("<", "^") else cell for cell in cells]


def markdown(table: Printed) -> str:
    """Pipes; a second head stands among the rows."""
    lines = [_plain(head) for head in table.heads] + [row + [""] * (table.width - len(row)) for row in table.rows]
    body = [f"| {' | '.join(line)} |" for line in lines]
    body.insert(1, "|" + "---|" * table.width)
    return _lead(table) + f"{table.caption}\n\n" + "\n".join(body) + "\n\n" + "\n\n".join(table.notes) + "\n"


def webpage(table: Printed) -> str:
    """HTML with cells that span columns and rows."""
    out = [f"<html><body><h1>{html.escape(table.title)}</h1>"]
    out += [f"<p>{html.escape(part)}</p>" for part in _lead(table).split("\n\n")[1:2]]
    out.append(f"<p>{html.escape(table.caption)}</p><table>")
    for at, head in enumerate(table.heads):
        cells = ""
        for column, cell in enumerate(head):
            if cell in ("<", "^"):
                continue
            span = 1
            while column + span < table.width and head[column + span] == "<":
                span += 1
            down = sum(1 for lower in table.heads[at + 1 :] if lower[column] == "^") + 1
            cells += f'<th colspan="{span}" rowspan="{down}">{html.escape(cell)}</th>'
        out.append(f"<tr>{cells}</tr>")
    for row in table.rows:
        span = f' colspan="{table.width}"' if len(row) == 1 else ""
        out.append("<tr>" + "".join(f"<td{span}>{html.escape(cell)}</td>" for cell in row) + "</tr>")
    out.append("</table>" + "".join(f"<p>{html.escape(note)}</p>" for note in table.notes) + "</body></html>")
    return "\n".join(out)


def _spans(table: Printed, head: list[str]) -> Iterator[tuple[int, int, str]]:
    for column, cell in enumerate(head):
        if cell not in ("<", "^"):
            end = column + 1
            while end < table.width and head[end] == "<":
                end += 1
            yield column, end, cell


def aligned(table: Printed) -> str:
    """Columns made of blanks, words to the left and numbers to the right, heads that span in the middle."""
    whole = [row for row in table.rows if len(row) > 1]
    lowest = [[head[at] for head in table.heads if head[at] not in ("<", "^")][-1:] for at in range(table.width)]
    room = [max([len(row[at]) for row in whole] + [len(word) for word in lowest[at]]) + 3 for at in range(table.width)]
    starts = [sum(room[:at]) for at in range(table.width + 1)]
    lines = []
    for head in table.heads:
        line = ""
        for start, end, cell in _spans(table, head):
            held = starts[end] - starts[start] - 3
            said = cell.center(held) if end > start + 1 else cell.rjust(held) if start else cell
            line = line.ljust(starts[start]) + said
        lines.append(line.rstrip())
    for row in table.rows:
        line = ""
        for at, cell in enumerate(row):
            number = re.match(r"[\d.,%()+-]+$", cell)
            line = line.ljust(starts[at]) + (cell.rjust(room[at] - 3) if number else cell)
        lines.append(line.rstrip())
    return _lead(table) + table.caption + "\n\n" + "\n".join(lines) + "\n\n" + "\n".join(table.notes) + "\n"


def _words(cells: list[str]) -> str:
    return " ".join(cell for cell in _plain(cells) if cell)


def lines(table: Printed) -> str:
    """A line for each row, cells apart by one blank, empty ones gone."""
    body = "\n".join(map(_words, [*table.heads, *table.rows]))
    return f"{_lead(table)}{table.caption}\n{body}\n\n" + "\n".join(table.notes) + "\n"


def stream(table: Printed) -> str:
    """The whole page on one line."""
    return " ".join(lines(table).split()) + " "


def piled(table: Printed) -> str:
    """Each cell on a line of its own, empty ones gone."""
    cells = [cell for row in [*table.heads, *table.rows] for cell in _plain(row) if cell]
    return f"{_lead(table)}{table.caption}\n\n" + "\n".join(cells) + "\n\n" + "\n".join(table.notes) + "\n"


def wrapped(table: Printed) -> str:
    """A line for each row; the units of the heads stand in a line of their own below the names."""
    names, units = [], []
    for cell in _plain(table.heads[-1]):
        name, _, unit = f" {cell}".rpartition(" (") if cell.endswith(")") else (cell, "", "")
        names.append(name.strip())
        units.append(f"({unit}" if unit else "")
    upper = table.heads[:-1]
    body = "\n".join(map(_words, [*upper, names, units, *table.rows]))
    return f"{_lead(table)}{table.caption}\n{body}\n\n" + "\n".join(table.notes) + "\n"


def _lowest(table: Printed) -> list[str]:
    """The lowest words over each column."""
    return [
        cell if cell not in ("<", "^") or len(table.heads) < 2 else table.heads[-2][at]
        for at, cell in enumerate(table.heads[-1])
    ]


def pdf(table: Printed, *, ruled: bool = False) -> bytes:
    """A page of a PDF file on which the table stands in columns, with rules or without."""
    paper = Paper()
    page = paper.page(wide=1900)
    y = page.prose(60, 60, [part for part in _lead(table).splitlines() if part] + ["", table.caption]) + 20
    whole = [row for row in table.rows if len(row) > 1]
    lowest = _lowest(table)
    room = [max([width(row[at], 9) for row in whole] + [width(lowest[at], 9)]) + 14 for at in range(table.width)]
    xs = [60 + sum(room[:at]) for at in range(table.width + 1)]
    ys = [y - 11]
    for head in table.heads:
        for start, end, cell in _spans(table, head):
            middle = (xs[start] + xs[end]) / 2 - width(cell, 9) / 2
            page.words(middle if start else xs[0] + 4, y, cell, 9, bold=True)
        y += 16
        ys.append(y - 11)
    for row in table.rows:
        for at, cell in enumerate(row):
            number = re.match(r"[\d.,%()+-]+$", cell)
            x = xs[at + 1] - 6 - width(cell, 9) if number else xs[at] + 4
            page.words(x, y, cell, 9)
        y += 16
        ys.append(y - 11)
    if ruled:
        _rules(page, table, xs, ys)
    page.prose(60, y + 20, table.notes)
    return paper.data()


def _rules(page: Page, table: Printed, xs: list[float], ys: list[float]) -> None:
    """The borders of the cells; none runs through words that span columns."""
    for y in ys:
        page.line(xs[0], y, xs[-1], y)
    lines = [
        [start for start, _, _ in _spans(table, head)] if "<" in head else range(table.width) for head in table.heads
    ]
    lines += [range(table.width) if len(row) > 1 else [0] for row in table.rows]
    for at, starts in enumerate(lines):
        for start in [*starts, table.width]:
            page.line(xs[start], ys[at], xs[start], ys[at + 1])


FORMS: dict[str, tuple[str, Callable[[Printed], str | bytes]]] = {
    "markdown": ("note.md", markdown),
    "html": ("note.html", webpage),
    "aligned": ("note.txt", aligned),
    "lines": ("note.txt", lines),
    "stream": ("note.txt", stream),
    "piled": ("note.txt", piled),
    "wrapped": ("note.txt", wrapped),
    "pdf": ("note.pdf", pdf),
    "ruled": ("note.pdf", partial(pdf, ruled=True)),
}
"""The forms, each with the name of a file that it stands in."""


def judge(table: Printed, form: str) -> statements.Score:
    """What is read of one table in one form."""
    name, printed = FORMS[form]
    said = printed(table)
    records = read_bytes(name, said if isinstance(said, bytes) else said.encode()).records
    score = statements.Score()
    for kind in statements.ROWS:
        answers = [key for key in table.keys if key.get("kind") == kind]
        statements.score_rows(kind, {"doc": table.name, "figures": answers + table.also}, records, score)
    allowed = len(table.also)
    score.missed = [line for line in score.missed if not _may_miss(line, table)]
    score.right = min(score.right, len(table.keys)) if allowed else score.right
    return score


def _may_miss(line: str, table: Printed) -> bool:
    """Whether what is missed is one of the rows that may be read but need not."""
    also = [sorted(statements._grades(key, "metal")) for key in table.also]
    return any(f"{parts}" in line and "None" in line for parts in also)


def _line(name: str, score: statements.Score) -> str:
    counts = f"right {score.right:4} missed {len(score.missed):4} extra {len(score.extra):4}"
    return f"{name:10} {counts} F1 {score.f1:.3f}"


def report(parts: list[str]) -> Iterator[str]:
    """The score as lines."""
    chosen = [table for table in tables() if not parts or any(part in table.name for part in parts)]
    whole = statements.Score()
    detail = []
    for form in FORMS:
        score = statements.Score()
        per = []
        for table in chosen:
            one = judge(table, form)
            per.append(f"{table.name} {one.right}/{one.right + len(one.missed)}+{len(one.extra)}")
            detail += [f"{form} - {line}" for line in one.missed] + [f"{form} + {line}" for line in one.extra]
            score.right += one.right
            score.missed += one.missed
            score.extra += one.extra
        yield _line(form, score)
        yield "    " + "; ".join(part for part in per if not re.search(r" (\d+)/\1\+0$", part))
        whole.right += score.right
        whole.missed += score.missed
        whole.extra += score.extra
    yield _line("all", whole)
    if parts:
        yield from detail


if __name__ == "__main__":
    sys.stdout.write("\n".join(report(sys.argv[1:])) + "\n")
