"""A draft as PDF, as it will be sent: set by the typesetter, tables with their heads repeated, pictures sharp."""

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from orebook.ground.needs import need
from orebook.reports.pages import notes
from orebook.reports.paper import Paper, shown
from orebook.reports.pictures import Picture, set_in_type
from orebook.reports.printed import Passage, PrintedRow, PrintedTable, filled
from orebook.reports.release.draft import Draft, Plate, unparted
from orebook.reports.trouble import Trouble

BINARY = True
"""The page is bytes: it goes to a file or into a pipe, not on a terminal."""

_GAP = "[to be completed:"
_WIDE, _WIDEST = 7, 9
"""From so many columns on a table is set in smaller letters, and in still smaller ones."""

_DAY = re.compile(r"[A-Z][a-z]{2,8} \d{1,2}, \d{4}")

_WIDE_CM, _HIGH_CM = 16.99, 13.0
"""How large a picture may be: its letters are read, and it finds room below a table."""

_FITS = 96
"""So many letters of a table stand beside one another."""

_LONGEST = 36
"""A name of a row that is longer runs over two lines."""


def page(results: Iterable[Draft | Trouble], paper: Paper) -> Iterator[bytes]:
    """Yield the whole file."""
    for draft in results:
        if isinstance(draft, Draft):
            yield _set(draft)


def _set(draft: Draft) -> bytes:
    """The file. Pictures are set as dots: the words in them are no sentences of the release."""
    typst = need("typst", extra="print")
    with TemporaryDirectory() as folder:
        for at, plate in enumerate(draft.plates(), 1):
            dots = set_in_type(Picture(plate.name, plate.drawing, "light"), "png")
            (Path(folder) / f"figure{at}.png").write_bytes(dots)
        main = Path(folder) / "release.typ"
        main.write_text(source(draft), encoding="utf-8")
        return bytes(typst.compile(main, root=folder, format="pdf", sys_inputs={"title": draft.title or draft.doc}))


def source(draft: Draft) -> str:
    """The draft in the language of the typesetter; every word of it is quoted."""
    head = files(__package__).joinpath("release.typ").read_text(encoding="utf-8")
    said, bullets, plates = [head], [], 0
    for part in draft.parts:
        if isinstance(part, Passage) and part.kind == "bullet":
            bullets.append(f"[{_inline(unparted(part))}]")
            continue
        said, bullets = said + _list(bullets), []
        if isinstance(part, Passage):
            said.append(_passage(part))
        elif isinstance(part, Plate):
            plates += 1
            wide = f"{min(_WIDE_CM, _HIGH_CM * part.drawing.width / part.drawing.height):.2f}cm"
            name, alt = f"figure{plates}.png", _quoted(part.drawing.title)
            said.append(f'#plate("{name}", {alt}, {wide}, {_quoted(part.caption)})')
        else:
            said.append(_table(part))
    return "\n\n".join(said + _list(bullets)) + "\n"


def _list(bullets: list[str]) -> list[str]:
    return [f"#list({', '.join(bullets)})"] if bullets else []


def _passage(part: Passage) -> str:
    if part.kind == "title":
        return f"#headline[{_inline(unparted(part))}]"
    return f"= {_inline(part.text)}" if part.kind == "heading" else f"#par[{_inline(unparted(part))}]"


def _inline(words: str) -> str:
    """Words, with what is still to be said set off."""
    first, *others = shown(words).split(_GAP)
    found = f"#{_quoted(first)}" if first else ""
    for other in others:
        inside, closing, after = other.partition("]")
        found += f"#highlight({_quoted(_GAP + inside + closing)})"
        found += f"#{_quoted(after)}" if after else ""
    return found


def _quoted(words: str) -> str:
    """Words that the typesetter takes as they are.

    >>> print(_quoted('the "vein" #1'))
    "the \\"vein\\" #1"
    """
    escaped = shown(words).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _table(table: PrintedTable) -> str:
    """A table between rules, its notes below."""
    wide = len(table.columns)
    size = "7.2pt" if wide >= _WIDEST else "8pt" if wide >= _WIDE else "8.6pt"
    aligns = ", ".join(column.align for column in table.columns)
    heads = ", ".join(f"strong({_quoted(_dated(column.head))})" for column in table.columns)
    rows = "".join(f"  {_row(row, wide)}\n" for row in table.rows)
    below = ", ".join(_quoted(note) for note in notes(table))
    return (
        f"#figures({_quoted(table.caption)}, {size}, ({_widths(table)},), ({aligns},),\n"
        f"  ({heads},),\n  (\n{rows}  ),\n  ({below}{',' if below else ''}))"
    )


def _dated(head: str) -> str:
    """A head whose day is not parted at the end of a line."""
    return _DAY.sub(lambda day: day[0].replace(" ", "\u00a0"), head)


def _widths(table: PrintedTable) -> str:
    """The widths of columns: as they come, or shared out where the table is wider than the page."""
    cells = [[column.head for column in table.columns], *([*row] for row in table.cells())]
    longest = [max(len(row[at]) for row in cells[1:] or cells) for at in range(len(table.columns))]
    heads = [len(head) for head in cells[0]]
    if sum(max(*both) for both in zip(longest, heads, strict=True)) <= _FITS:
        return ", ".join(["auto"] * len(heads))
    shares = [max(cell, -(-head // 2) + 5) for cell, head in zip(longest, heads, strict=True)]
    shares[0] = min(shares[0], _LONGEST)
    return ", ".join(f"{share}fr" for share in shares)


def _row(row: PrintedRow, wide: int) -> str:
    cells = row.cells if row.kind == "words" else filled(row, wide)
    said = []
    for at, cell in enumerate(cells):
        words = _quoted(cell.text)
        if row.kind == "total":
            words = f"strong({words})"
        elif row.kind == "words":
            words = f"emph({words})"
        if at == 0 and row.depth:
            words = f"h({row.depth * 0.9}em) + [#{words}]"
        if row.kind == "words" and at == len(cells) - 1 and wide > len(cells):
            words = f"table.cell(colspan: {wide - at}, align: left)[#{words}]"
        said.append(words)
    return "".join(f"{each}, " for each in said)
