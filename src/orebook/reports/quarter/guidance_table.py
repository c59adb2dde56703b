"""Tables of guidance: of each mine its metals down, the periods that it is for across, what came so far beside them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

from orebook.reports.printed import PrintedCell, PrintedColumn, PrintedRow, PrintedTable, Spoken
from orebook.reports.quarter.guidance import Guided
from orebook.reports.quarter.layouts import RowLayout, TableLayout
from orebook.reports.quarter.periods import Span, day_words
from orebook.reports.quarter.production import SHARE, row_words
from orebook.reports.quarter.tables import Line, cell, digits
from orebook.reports.sentences import fill

_OF_MINES = ("milling.", "mining.")


def guidance_tables(
    told: Collection[Guided], layout: TableLayout, templates: Mapping[str, str], company: str = ""
) -> Iterator[PrintedTable]:
    """Yield guidance for production with what came so far, a table for each mine; ``templates`` are captions."""
    kept = [each for each in told if each.measure.startswith(_OF_MINES)]
    for mine, some in groupby(kept, key=lambda each: each.subject):
        yield _table(list(some), "" if mine == company else mine, layout, templates)


def _table(kept: Sequence[Guided], mine: str, layout: TableLayout, templates: Mapping[str, str]) -> PrintedTable:
    ahead = list(dict.fromkeys(each.ahead for each in sorted(kept, key=lambda one: one.ahead.period.end)))
    until = list(dict.fromkeys(each.until for each in kept if each.until is not None))
    both = len({each.basis for each in kept}) > 1
    columns = [PrintedColumn("measure", "")]
    columns += [
        PrintedColumn(f"guidance {each.label}", _head(each, templates), align="right", grouped=True) for each in ahead
    ]
    columns += [PrintedColumn(each.label, each.head, align="right", grouped=True) for each in until]
    caption = layout.caption
    if caption is None:
        basis = "" if both else fill(templates["guidance_basis"], basis=kept[0].basis)
        caption = fill(templates["guidance" if mine else "guidance_company"], mine=mine, basis=basis)
    notes = (fill(templates["guidance_note"], given=_given(kept, templates)), *(layout.notes or ()))
    rows = _rows(kept, ahead, until, layout, both=both)
    return PrintedTable(f"guidance {mine}".strip(), caption, tuple(columns), tuple(rows), notes)


def _head(ahead: Span, templates: Mapping[str, str]) -> str:
    return fill(templates["guidance_for"], period=ahead.words.replace(" ended ", " ending "))


def _given(kept: Sequence[Guided], templates: Mapping[str, str]) -> str:
    """On which days it was given, in words; nothing where nobody said it."""
    days = sorted({each.said_on for each in kept if each.said_on is not None})
    said = " and ".join(filter(None, (", ".join(map(day_words, days[:-1])), *map(day_words, days[-1:]))))
    return fill(templates["guidance_given"], day=said) if said else ""


def _rows(
    some: Sequence[Guided],
    ahead: Sequence[Span],
    until: Sequence[Span],
    layout: TableLayout,
    *,
    both: bool,
) -> Iterator[PrintedRow]:
    """Yield a row for each measure and metal of a mine."""
    told: dict[tuple[str, str, str], list[Guided]] = {}
    for each in some:
        told.setdefault((each.measure, each.metal, each.basis), []).append(each)
    for (measure, metal, basis), same in told.items():
        said = RowLayout(measure, unit=same[0].low.unit)
        amounts = (same[0].low, same[0].high)
        shown = TableLayout(basis="both" if both else "attributable" if basis == SHARE else "100%")
        line = Line(row_words(measure, metal, amounts, said, basis, shown), measure, amounts, said, metal=metal)
        by_period = {each.ahead: each for each in same}
        by_stretch = {each.until: each.so_far for each in same if each.until is not None}
        cells = [_ends(by_period.get(span), line, layout) for span in ahead]
        cells += [cell(by_stretch.get(span), line, layout) for span in until]
        yield PrintedRow((PrintedCell(line.words), *cells))


def _ends(each: Guided | None, line: Line, layout: TableLayout) -> PrintedCell:
    """Both ends in one cell, each with its own address; one where both print alike."""
    if each is None:
        return PrintedCell(layout.missing)
    low, high = (digits(end, line, layout) for end in (each.low, each.high))
    first = Spoken(0, len(low), each.low.value, each.low.address)
    if low == high:
        return PrintedCell(low, each.low.value, each.low.address, (first,))
    words = f"{low} to {high}"
    last = Spoken(len(words) - len(high), len(words), each.high.value, each.high.address)
    return PrintedCell(words, None, each.low.address, (first, last))
