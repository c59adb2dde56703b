"""A draft as one HTML page that needs nothing else: every number says its address, pictures stand in the page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from orebook.reports.drawings.svg import style
from orebook.reports.pages import notes
from orebook.reports.paper import Paper, shown
from orebook.reports.printed import Passage, PrintedColumn, PrintedRow, PrintedTable, filled
from orebook.reports.release.draft import Draft, Number, Plate
from orebook.reports.trouble import Trouble

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --faint: #5f5f5f; --line: #d6d6d6; --wash: #eef3fb }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e4df; --paper: #16181c; --faint: #a3a3a3; --line: #3a3a3a; --wash: #26303f }
}
body { margin: 2.5rem auto; max-width: 54rem; padding: 0 1.25rem; color: var(--ink); background: var(--paper);
  font: 16px/1.55 "Source Serif 4", Charter, Georgia, "Liberation Serif", serif; overflow-wrap: break-word }
h1, h2, table, figcaption, caption {
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 1.2rem; text-wrap: balance }
h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem }
p, ul { margin: 0.7rem 0 } li { margin: 0.3rem 0 }
.wide { overflow-x: auto; margin: 1.4rem 0 0.4rem }
table { border-collapse: collapse; font-size: 0.85rem; line-height: 1.35;
  font-variant-numeric: tabular-nums lining-nums;
  border-top: 1.5px solid var(--ink); border-bottom: 1.5px solid var(--ink) }
caption, figcaption { text-align: left; font-weight: 600; font-size: 0.9rem; padding: 0 0 0.5rem }
figcaption { padding: 0.5rem 0 0 }
th, td { padding: 0.28rem 0.8rem 0.28rem 0; text-align: left; vertical-align: baseline }
th:last-child, td:last-child { padding-right: 0 }
thead th { border-bottom: 1px solid var(--ink); vertical-align: bottom; font-weight: 600; text-wrap: balance }
tbody th { font-weight: 400; white-space: nowrap } tbody td { white-space: nowrap }
.loose tbody th { white-space: normal }
tbody tr + tr { border-top: 1px solid var(--line) }
.right { text-align: right } .center { text-align: center }
.part th { padding-left: calc(var(--depth) * 1rem) }
.total th, .total td { border-top: 1px solid var(--ink); font-weight: 600 }
.words td { color: var(--faint); font-style: italic }
.notes { font-size: 0.82rem; color: var(--faint) } .notes p { margin: 0.15rem 0 }
figure { margin: 1.6rem 0 } figure svg { width: 100%; height: auto; max-height: 46rem; border: 1px solid var(--line) }
data:hover, data:target { background: var(--wash) }
mark { background: #ffe58a; color: #1b1b1b }
@media print { body { margin: 0; max-width: none; font-size: 10.5pt; line-height: 1.4 } table { font-size: 8.5pt }
  h1 { font-size: 17pt } h2 { font-size: 12pt } caption, figcaption { font-size: 9.5pt } .notes { font-size: 8pt }
  thead { display: table-header-group } tr, figure, .short { break-inside: avoid } h2, caption { break-after: avoid }
  figure svg { max-height: 13cm; border: 0 } mark { print-color-adjust: exact } .wide { overflow: visible } }
"""


Cells = Mapping[tuple[int, ...], Sequence[Number]]


def page(results: Iterable[Draft | Trouble], paper: Paper) -> Iterator[str]:
    """Yield the page of a draft."""
    for draft in results:
        if isinstance(draft, Draft):
            yield from _page(draft)


def _page(draft: Draft) -> Iterator[str]:
    yield "<!DOCTYPE html>\n"
    yield f'<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{_said(draft.title or draft.doc)}</title>\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    drawn = style() if draft.plates() else ""
    yield f"<style>{_STYLE}{drawn}</style>\n</head>\n<body>\n<main>\n"
    numbers: dict[int, list[Number]] = {}
    for number in draft.numbers():
        numbers.setdefault(number.part, []).append(number)
    listing = False
    for at, part in enumerate(draft.parts):
        bullet = isinstance(part, Passage) and part.kind == "bullet"
        if bullet != listing:
            yield "<ul>\n" if bullet else "</ul>\n"
            listing = bullet
        found = numbers.get(at, [])
        if isinstance(part, Passage):
            yield _passage(part, found)
        elif isinstance(part, Plate):
            yield f"<figure>\n{part.drawing.inner()}\n<figcaption>{_said(part.caption)}</figcaption>\n</figure>\n"
        else:
            yield from _table(part, found)
    yield "</ul>\n" if listing else ""
    yield "</main>\n</body>\n</html>\n"


def _passage(part: Passage, numbers: Sequence[Number]) -> str:
    tag = {"title": "h1", "heading": "h2", "bullet": "li", "paragraph": "p"}[part.kind]
    ahead = ' data-forward="yes"' if part.forward else ""
    return f"<{tag}{ahead}>{_with(part.text, numbers)}</{tag}>\n"


def _with(words: str, numbers: Sequence[Number]) -> str:
    """Words with the numbers in them; a place ends with the first and the last letter of its number."""
    said, at = "", 0
    for number in numbers:
        start, end = number.place[-2:]
        said += _gaps(words[at:start]) + _number(number)
        at = end
    return said + _gaps(words[at:])


def _gaps(words: str) -> str:
    """Words with what is still to be said set off."""
    parts = _said(words).split("[to be completed:")
    found = parts[0]
    for part in parts[1:]:
        inside, closing, after = part.partition("]")
        found += f"<mark>[to be completed:{inside}{closing}</mark>{after}"
    return found


def _number(number: Number) -> str:
    """A number with its name, its unrounded value and its address."""
    value = escape(repr(number.value), quote=True)
    address = escape(str(number.address), quote=True)
    return f'<data id="{number.name}" value="{value}" data-address="{address}">{_said(number.printed)}</data>'


def _table(table: PrintedTable, numbers: Sequence[Number]) -> Iterator[str]:
    loose = any(len(cell.text) > _LONG for row in table.rows for cell in row.cells[:1])
    short = " short" if len(table.rows) <= _SHORT else ""
    yield f'<div class="wide{short}">\n<table{" class=loose" if loose else ""}>\n'
    if table.caption:
        yield f"<caption>{_said(table.caption)}</caption>\n"
    heads = "".join(f'<th scope="col"{_class(column)}>{_said(column.head)}</th>' for column in table.columns)
    yield f"<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n"
    cells: dict[tuple[int, ...], list[Number]] = {}
    for number in numbers:
        cells.setdefault(number.place[:2], []).append(number)
    for at, row in enumerate(table.rows):
        yield _row(row, at, table.columns, cells)
    yield "</tbody>\n</table>\n</div>\n"
    if table.footnotes:
        yield f'<div class="notes">\n{"".join(f"<p>{_said(note)}</p>" for note in notes(table))}\n</div>\n'


_LONG = 24
"""A name of a row that is longer may run over two lines."""

_SHORT = 16
"""A table of so many rows is printed on one page."""


def _row(row: PrintedRow, at: int, columns: tuple[PrintedColumn, ...], numbers: Cells) -> str:
    kind = "" if row.kind == "row" else f' class="{row.kind}"'
    depth = f' style="--depth: {row.depth}"' if row.depth else ""
    cells = row.cells if row.kind == "words" else filled(row, len(columns))
    last = len(cells) - 1
    said = []
    for place, (cell, column) in enumerate(zip(cells, columns, strict=False)):
        across = len(columns) - last if row.kind == "words" and place == last else 1
        words = _with(cell.text, numbers.get((at, place), ()))
        said.append(_cell(words, column, heading=place == 0, across=across))
    return f"<tr{kind}{depth}>{''.join(said)}</tr>\n"


def _cell(words: str, column: PrintedColumn, *, heading: bool, across: int) -> str:
    span = f' colspan="{across}"' if across > 1 else ""
    if heading:
        return f'<th scope="row"{span}{_class(column)}>{words}</th>'
    return f"<td{span}{'' if across > 1 else _class(column)}>{words}</td>"


def _class(column: PrintedColumn) -> str:
    return "" if column.align == "left" else f' class="{column.align}"'


def _said(words: str) -> str:
    return escape(shown(words))
