"""Notebook: results as pieces of HTML that stand in a notebook: every word escaped, colours those of its ground."""

import base64
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from orebook.checks import Rule
from orebook.checks.saying import figure
from orebook.ground.fact import Fact, Record, Words
from orebook.ground.finding import Finding
from orebook.reports.about import about
from orebook.reports.charted import Chart
from orebook.reports.drawings.charts import chart_drawing
from orebook.reports.drawings.svg import Drawing
from orebook.reports.paper import shown
from orebook.reports.pictures import Picture
from orebook.reports.printed import Passage, Printed, PrintedTable, Sheet
from orebook.reports.release.draft import Draft, Plate
from orebook.reports.results import Checked, Facts, Records, Told
from orebook.reports.sheets import seen
from orebook.reports.tables.html import parts
from orebook.reports.traced import Traces
from orebook.reports.trouble import Trouble

_MOST = 200
"""So many rows, facts and findings are shown."""

_STYLE = """<style>
.orebook { font: 13px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; color: inherit }
.orebook h1 { font-size: 1.3em; margin: 0.6em 0 } .orebook h2 { font-size: 1.1em; margin: 0.6em 0 }
.orebook .wide { overflow-x: auto }
.orebook table { border-collapse: collapse; font-variant-numeric: tabular-nums lining-nums; margin: 0.4em 0 }
.orebook caption { text-align: left; font-weight: 600; padding: 0 0 0.4em; caption-side: top; color: inherit }
.orebook th, .orebook td { padding: 0.2em 0.8em 0.2em 0; text-align: left; vertical-align: baseline; background: none }
.orebook thead th { border-bottom: 1px solid currentColor; font-weight: 600 }
.orebook tbody th { font-weight: 400 }
.orebook tbody tr + tr { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent) }
.orebook th.right, .orebook td.right { text-align: right } .orebook .center { text-align: center }
.orebook .part th { padding-left: calc(var(--depth) * 1.1em) }
.orebook .total th, .orebook .total td { border-top: 1px solid currentColor; font-weight: 600 }
.orebook .notes, .orebook .faint { opacity: 0.75 } .orebook .notes p { margin: 0.1em 0 }
.orebook pre { white-space: pre-wrap; font-size: 12px } .orebook img { max-width: 100%; height: auto }
.orebook .error { color: light-dark(#b3261e, #ff8a80) } .orebook .warning { color: light-dark(#8a5300, #ffc46b) }
</style>"""


def shown_by_itself(result: object) -> str:
    """One result as a piece of HTML with its style.

    >>> shown_by_itself(Told("x", ("<b>done</b>",))).rpartition("<pre>")[2]
    '&lt;b&gt;done&lt;/b&gt;</pre></div>'
    """
    return together([result])


def together(results: Iterable[object], notes: Sequence[str] = ()) -> str:
    """Several results as one piece of HTML, and what there is to say beside them."""
    said = "".join(piece for result in results for piece in _pieces(result))
    beside = "".join(f'<p class="faint">{_said(note)}</p>' for note in notes)
    return f'{_STYLE}<div class="orebook">{said}{beside}</div>'


def _pieces(result: object) -> Iterator[str]:
    """Yield the pieces of one result."""
    if isinstance(result, Sheet):
        yield from parts(seen(result, most=_MOST))
    elif isinstance(result, Printed):
        yield from parts(result)
    elif isinstance(result, PrintedTable):
        yield from parts(Printed(result.name, (result,)))
    elif isinstance(result, Draft):
        yield from _draft(result)
    elif isinstance(result, Checked):
        yield from _findings(result)
    elif isinstance(result, Facts | Records):
        yield from _facts(result)
    elif isinstance(result, Told):
        yield f"<pre>{chr(10).join(map(_said, result.lines))}</pre>"
    elif isinstance(result, Picture):
        yield _picture(result.drawing)
    elif isinstance(result, Drawing):
        yield _picture(result)
    elif isinstance(result, Chart):
        yield _picture(chart_drawing([result]))
    else:
        yield _other(result)


def _other(result: object) -> str:
    """What is shown in a line or two."""
    if isinstance(result, Trouble):
        return f'<p class="error">{_said(str(result))}</p>'
    if isinstance(result, Rule):
        return f"<pre>{escape(result.page)}</pre>"
    if isinstance(result, Traces):
        return f"<p>{_said(result.doc)}: {result.collars.height:,} holes, {result.points.height:,} points</p>"
    return f"<pre>{_said(repr(result))}</pre>"


def _draft(draft: Draft) -> Iterator[str]:
    for part in draft.parts:
        if isinstance(part, Plate):
            yield f"{_picture(part.drawing)}<p><b>{_said(part.caption)}</b></p>"
        elif isinstance(part, Passage | PrintedTable):
            yield from parts(Printed(draft.doc, (part,)))


def _findings(result: Checked) -> Iterator[str]:
    count = len(result.findings)
    yield f"<p><b>{_said(result.doc)}</b>: {count or 'no'} {'finding' if count == 1 else 'findings'}</p>"
    if count:
        rows = (_finding(each) for each in result.findings[:_MOST])
        yield from _table(("Grade", "Rule", "What disagrees", "Line", "Words"), rows, count)


def _finding(found: Finding) -> tuple[str, ...]:
    first = found.sources[0] if found.sources else None
    grade = f'<span class="{escape(found.grade)}">{_said(found.grade)}</span>'
    place = (str(first.line), _said(first.quote[:_MOST])) if first is not None else ("", "")
    return (grade, _said(found.code), _said(found.message), *place)


def _facts(result: Facts | Records) -> Iterator[str]:
    """Yield the facts of a document, or its records fact by fact."""
    found = list(_single(result.facts if isinstance(result, Facts) else result.records))
    yield f"<p><b>{_said(result.doc)}</b>: {len(found):,} {'fact' if len(found) == 1 else 'facts'}</p>"
    if found:
        yield from _table(("Measure", "Figure", "About", "Line"), (_fact(each) for each in found[:_MOST]), len(found))


def _single(items: Iterable[Fact | Record]) -> Iterator[Fact]:
    for item in items:
        yield from item.facts if isinstance(item, Record) else (item,)


def _fact(fact: Fact) -> tuple[str, ...]:
    words = fact.figure.value if isinstance(fact.figure, Words) else figure(fact.figure)
    return _said(fact.measure), _said(str(words)), _said(" · ".join(about(fact))), str(fact.source.line)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], count: int) -> Iterator[str]:
    """Yield a table of cells that are HTML already."""
    titles = "".join(f'<th scope="col">{head}</th>' for head in heads)
    yield f'<div class="wide"><table><thead><tr>{titles}</tr></thead><tbody>'
    for row in rows:
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
    yield "</tbody></table></div>"
    if count > _MOST:
        yield f'<p class="faint">The first {_MOST} of {count:,}.</p>'


def _picture(drawing: Drawing) -> str:
    """A drawing as a picture of its own, whose style reaches nothing else in the notebook."""
    return _image(drawing.svg().encode(), "image/svg+xml", drawing.title)


def _image(content: bytes, media: str, title: str) -> str:
    data = base64.b64encode(content).decode()
    return f'<img src="data:{media};base64,{data}" alt="{escape(shown(title), quote=True)}">'


def _said(words: str) -> str:
    return escape(shown(words))
