"""Highlights: intersections as sentences, with the digits that stand in the table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from orebook.reports.drilling.columns import Row, Source, length_of, settle_depths, sources
from orebook.reports.drilling.heads import symbol
from orebook.reports.drilling.intersections import LEVEL, POSITION, prepared
from orebook.reports.drilling.layouts import ColumnLayout, Layout
from orebook.reports.drilling.sentences import Templates, has, template
from orebook.reports.printed import Address
from orebook.reports.said import Said, filled, joined, listed

_TIGHT = ("%", "°")
"""Units that stand right behind the digits."""


@dataclass(slots=True)
class _Interval:
    """An interval with the parts that lie in it."""

    row: Row
    parts: list["_Interval"] = field(default_factory=list)


def highlights(
    table: pl.DataFrame,
    layout: Layout,
    *,
    style: str,
    grades: Sequence[str | ColumnLayout],
    name: str = "intercepts",
    own: Templates | None = None,
) -> list[Said]:
    """A sentence for each interval with its parts: ``29.14 m grading 253 g/t Sc2O3 from 127.81 m, including ...``.

    ``table`` is that of the intersections, ``name`` under which it stands in the book, and ``layout`` its layout, so
    that digits are those of the table. ``grades`` names the columns to say, a ``ColumnLayout`` where head, unit or
    decimals shall be others than there. ``style`` is a group of ``sentences.toml`` (grading, at, sign, over, plain) or
    of the company's ``own`` templates.

    >>> table = pl.DataFrame({"hole": ["A1", "A1"], "from_m": [3.0, 4.0], "to_m": [9.5, 5.0],
    ...     "au_gpt": [1.005, 7.0], "level": [0, 1]})
    >>> said = highlights(table, Layout(), style="at", grades=["au_gpt"])[0]
    >>> said.text
    'A1: 6.50 m at 1.01 g/t Au from 3.00 m, including 1.00 m at 7.00 g/t Au from 4.00 m'
    >>> [(said.text[each.start : each.end], str(each.address)) for each in said.figures][1]
    ('1.01 g/t', 'intercepts[0].au_gpt')
    """
    whole, rows = prepared(table, layout)
    found, _ = settle_depths(rows, sources(whole, layout, ("hole", "from", "to", "length", "true_thickness")), layout)
    by_name = {source.name: source for source in found}
    said = [_graded(whole, grade, layout, found) for grade in grades]
    speaker = _Speaker(layout, style, by_name, said, _lengths(whole), name, own)
    return [speaker.line(interval) for interval in _tree(rows)]


def richest(table: pl.DataFrame, on: str) -> list[int]:
    """The rows of whole intervals, the one with the most grade times length first; by length where no grade is known.

    >>> richest(pl.DataFrame({"length_m": [10.0, 2.0], "au_gpt": [1.0, 9.0], "level": [0, 0]}), "au_gpt")
    [1, 0]
    """
    length = pl.col(f"length_{length_of(table, 'length')}").fill_null(0.0)
    worth = length * pl.col(on).fill_null(0.0) if on in table.columns else length
    whole = table.with_row_index(POSITION).with_columns(worth=worth)
    if LEVEL in table.columns:
        whole = whole.filter(pl.col(LEVEL).fill_null(0) == 0)
    return whole.sort("worth", descending=True, maintain_order=True)[POSITION].to_list()


def interval(
    table: pl.DataFrame,
    layout: Layout,
    row: int,
    *,
    grades: Sequence[str | ColumnLayout],
    name: str = "intercepts",
    own: Templates | None = None,
) -> dict[str, str | Said]:
    """The words of one interval by themselves: its ``hole``, ``from``, ``to``, ``length`` and ``grades``."""
    whole, rows = prepared(table, layout)
    found, _ = settle_depths(rows, sources(whole, layout, ("hole", "from", "to", "length", "true_thickness")), layout)
    said = [_graded(whole, grade, layout, found) for grade in grades]
    columns = {source.name: source for source in found}
    speaker = _Speaker(layout, "plain", columns, said, _lengths(whole), name, own)
    return speaker.slots(next(each for each in rows if each[POSITION] == row))


def _lengths(table: pl.DataFrame) -> str:
    return length_of(table, "from", "length")


def _graded(table: pl.DataFrame, grade: str | ColumnLayout, layout: Layout, found: Sequence[Source]) -> Source:
    """The column of a grade: as the table prints it, unless something else is asked for."""
    if isinstance(grade, str):
        for source in found:
            if grade in (source.name, source.printed.key):
                return source
        grade = ColumnLayout(grade)
    (source,) = sources(table, Layout(columns=(grade,), subscripts=layout.subscripts, units="bare"), ())
    return source


def _tree(rows: Sequence[Row]) -> list[_Interval]:
    """The intervals with their parts, by the level of each row."""
    whole: list[_Interval] = []
    open_: list[_Interval] = []
    for row in rows:
        level = min(int(row.get(LEVEL) or 0), len(open_))
        interval = _Interval(row)
        (open_[level - 1].parts if level else whole).append(interval)
        open_[level:] = [interval]
    return whole


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Puts intervals into words of one style."""

    layout: Layout
    style: str
    columns: dict[str, Source]
    grades: Sequence[Source]
    unit: str
    name: str
    own: Templates | None

    def line(self, interval: _Interval) -> Said:
        """The sentence of an interval."""
        words = self._words(interval, "interval")
        return filled(self._template("line"), {"interval": words, "hole": str(interval.row["hole"])})

    def _template(self, name: str) -> str:
        return template(f"highlight.{self.style}", name, self.own)

    def _words(self, interval: _Interval, name: str) -> Said:
        """An interval and, behind it, its parts."""
        row = interval.row
        own = name if has(f"highlight.{self.style}", name, self.own) else "interval"
        said = filled(self._template(own), self.slots(row))
        if interval.parts:
            parts = listed(self._words(part, "part") for part in interval.parts)
            said = joined([said, filled(self._template("including"), {"parts": parts})], "")
        return said

    def slots(self, row: Row) -> dict[str, str | Said]:
        """What a sentence may say of an interval."""
        slots: dict[str, str | Said] = {depth: self._depth(row, depth) for depth in ("from", "to", "length")}
        return {
            **slots,
            "hole": str(row["hole"]),
            "grades": listed(self._grades(row)),
            "thickness": self._thickness(row),
        }

    def _depth(self, row: Row, name: str) -> Said:
        source = self.columns.get(name)
        if source is None:
            return Said("")
        return self._said(f"{source.cell(row, self.layout, None).text} {self.unit}", source, row)

    def _said(self, words: str, source: Source, row: Row) -> Said:
        """Words that say the value of a column, with its address."""
        return Said.number(words, source.value(row), Address(self.name, int(row[POSITION]), " + ".join(source.keys)))

    def _thickness(self, row: Row) -> str | Said:
        source = self.columns.get("true_thickness")
        if source is None or source.value(row) is None:
            return template("thickness", "unknown", self.own)
        known = template("thickness", "known", self.own)
        return filled(known, {"thickness": self._depth(row, "true_thickness")})

    def _grades(self, row: Row) -> Iterator[Said]:
        """Yield each grade that is known, its unit behind the digits and the analyte behind that."""
        for source in self.grades:
            if source.value(row) is not None:
                words = quantity(source.cell(row, self.layout, None).text, source)
                yield joined([self._said(words, source, row), Said(source.words)])


def quantity(digits: str, source: Source) -> str:
    """Digits with the unit of their column."""
    unit = source.written if source.written is not None else symbol(source.printed.unit)
    return f"{digits}{unit}" if unit in _TIGHT else f"{digits} {unit}".rstrip()
