"""Tables as one HTML page that needs nothing else: captions, scopes, light and dark, every word escaped."""

from collections.abc import Iterable, Iterator
from html import escape

from orebook.reports.pages import Result, pages
from orebook.reports.paper import Paper, shown
from orebook.reports.printed import Passage, Printed, PrintedCell, PrintedColumn, PrintedRow, PrintedTable, filled

_MOST = 1000
"""So many rows of a stored table are shown."""

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --faint: #6b6b6b; --line: #d6d6d6; --wash: #f5f4f0 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e4df; --paper: #161616; --faint: #9a9a9a; --line: #3a3a3a; --wash: #202020 }
}
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: var(--ink); background: var(--paper);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif }
h1 { font-size: 1.5rem; line-height: 1.25 } h2 { font-size: 1.15rem }
.wide { overflow-x: auto; margin: 1.5rem 0 0.5rem }
table { border-collapse: collapse; font-variant-numeric: tabular-nums lining-nums }
caption { text-align: left; font-weight: 600; padding: 0 0 0.5rem }
th, td { padding: 0.3rem 0.9rem; text-align: left; vertical-align: baseline; white-space: nowrap }
thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; white-space: normal; font-weight: 600 }
tbody th { font-weight: 400 }
tbody tr { border-bottom: 1px solid var(--line) }
tbody tr:hover { background: var(--wash) }
.right { text-align: right } .center { text-align: center }
.part th, .part td { color: var(--faint) } .part th { padding-left: calc(0.9rem + var(--depth) * 1.1rem) }
.total th, .total td { border-top: 2px solid var(--ink); font-weight: 600 }
.words td { color: var(--faint); font-style: italic }
.notes { font-size: 0.85rem; color: var(--faint); max-width: 60rem }
.notes p { margin: 0.2rem 0 }
@media print { body { margin: 0; max-width: none } thead { display: table-header-group } tr { break-inside: avoid } }
"""


def page(results: Iterable[Result], paper: Paper) -> Iterator[str]:
    """Yield the page, part by part."""
    found = pages(results, most=_MOST)
    first = next(found, None)
    title = _title(first) if first else "No tables"
    yield "<!DOCTYPE html>\n"
    yield f'<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{_said(title)}</title>\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n"
    if first:
        yield from parts(first)
    for printed in found:
        yield from parts(printed)
    yield "</body>\n</html>\n"


def _title(printed: Printed) -> str:
    named = (part.text for part in printed.parts if isinstance(part, Passage) and part.kind == "title")
    return next(named, printed.doc)


def parts(printed: Printed) -> Iterator[str]:
    """Yield the passages and tables of a page, to stand in any other; bullets that follow one another are one list."""
    listing = False
    for part in printed.parts:
        bullet = isinstance(part, Passage) and part.kind == "bullet"
        if bullet != listing:
            yield "<ul>\n" if bullet else "</ul>\n"
            listing = bullet
        yield from _passage(part) if isinstance(part, Passage) else _table(part)
    if listing:
        yield "</ul>\n"


def _passage(part: Passage) -> Iterator[str]:
    tag = {"title": "h1", "heading": "h2", "bullet": "li", "paragraph": "p"}[part.kind]
    yield f"<{tag}>{_said(part.text)}</{tag}>\n"


def _table(table: PrintedTable) -> Iterator[str]:
    yield '<div class="wide">\n<table>\n'
    if table.caption:
        yield f"<caption>{_said(table.caption)}</caption>\n"
    heads = "".join(f'<th scope="col"{_class(column)}>{_said(column.head)}</th>' for column in table.columns)
    yield f"<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n"
    for row in table.rows:
        yield _row(row, table.columns)
    yield "</tbody>\n</table>\n</div>\n"
    if table.footnotes:
        yield '<div class="notes">\n'
        alone = len(table.footnotes) == 1
        for number, words in enumerate(table.footnotes, 1):
            yield f"<p>{'Note:' if alone else f'{number}.'} {_said(words)}</p>\n"
        yield "</div>\n"


def _row(row: PrintedRow, columns: tuple[PrintedColumn, ...]) -> str:
    kind = "" if row.kind == "row" else f' class="{row.kind}"'
    depth = f' style="--depth: {row.depth}"' if row.depth else ""
    cells = row.cells if row.kind == "words" else filled(row, len(columns))
    last = len(cells) - 1
    said = []
    for at, (cell, column) in enumerate(zip(cells, columns, strict=False)):
        across = len(columns) - last if row.kind == "words" and at == last else 1
        said.append(_cell(cell, column, heading=at == 0, across=across))
    return f"<tr{kind}{depth}>{''.join(said)}</tr>\n"


def _cell(cell: PrintedCell, column: PrintedColumn, *, heading: bool, across: int) -> str:
    span = f' colspan="{across}"' if across > 1 else ""
    if heading:
        return f'<th scope="row"{span}{_class(column)}>{_said(cell.text)}</th>'
    return f"<td{span}{'' if across > 1 else _class(column)}>{_said(cell.text)}</td>"


def _class(column: PrintedColumn) -> str:
    return "" if column.align == "left" else f' class="{column.align}"'


def _said(words: str) -> str:
    return escape(shown(words))
