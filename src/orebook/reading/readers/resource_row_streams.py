"""Flattened statements of any shape: a line of heads, then rows of a label and as many numbers as there are heads.

Which words are heads of which columns is tried in several ways; that one is taken under which most rows are whole and
tonnes times grade makes the metal. Where nothing proves the columns, two whole rows and no other must stand there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from orebook.ground import units
from orebook.ground.fact import Record
from orebook.reading.estimating.estimate_columns import Column
from orebook.reading.estimating.estimate_cutoffs import with_contexts
from orebook.reading.estimating.estimate_subjects import OnlyMetal
from orebook.reading.estimating.estimates import (
    category_in,
    category_pattern,
    cutoff_in,
    deposits_in,
    is_historical,
    kind_of,
    places_in,
)
from orebook.reading.estimating.stream_heads import Shape, shapes
from orebook.reading.estimating.stream_names import Naming
from orebook.reading.estimating.stream_over import metal_of, of_this
from orebook.reading.estimating.stream_ragged import filled
from orebook.reading.estimating.stream_rows import Said, StreamRow, agreement, figures, rows
from orebook.reading.estimating.stream_words import Word, streams
from orebook.reading.layout import Block
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

ORDER = 41

_BEFORE = 40
_PROOFS_TO_ONE = 6
"""So many metals as printed outweigh one that is far from it: a slip of the document."""
_LONGEST_HEAD = 90
_RULING = Pattern(r"\b(?:Mineral )?Resources?\b|\b(?:Ore |Mineral )?Reserves?\b", re.IGNORECASE)


def records(release: Release) -> Iterator[Record]:
    """Rows of flattened statements: kinds ``resource`` and ``reserve``."""
    metal = OnlyMetal(release)
    for run, words in streams(release):
        begin = 0
        for at, word in enumerate(words):
            if not word.cell or (at and words[at - 1].cell):
                continue
            gap = words[max(begin, at - _LONGEST_HEAD) : at]
            begin = at + 1
            if table := _best(metal, words, at - len(gap), at):
                yield from with_contexts(_records(metal, run, words, table), _over(words, table))
                begin = max(begin, table.end)


@dataclass(slots=True)
class _Table:
    """A flattened table as one way of reading it sees it: where it begins and ends, its columns, its rows."""

    start: int
    shape: Shape
    rows: list[StreamRow]
    proofs: list[int]
    category: str = ""
    end: int = 0

    @property
    def rank(self) -> tuple[int, int, int, bool]:
        """How much speaks for this reading: rows proved by their metal, whole rows, few ragged rows."""
        whole = sum(row.whole for row in self.rows)
        return self.proofs.count(2) + self.proofs.count(1), whole, whole - len(self.rows), not self.shape.guess


def _best(metal: OnlyMetal, words: Sequence[Word], start: int, at: int) -> _Table | None:
    """The reading of the words before a number as heads under which most of the rows behind them make sense."""
    tables = [
        table
        for shape in shapes(words[start:at])
        if (table := _tried(metal, words, start, shape)) is not None and _believed(table)
    ]
    return max(tables, key=lambda table: table.rank, default=None)


def _tried(metal: OnlyMetal, words: Sequence[Word], start: int, shape: Shape) -> _Table | None:
    before = " ".join(word.plain for word in words[max(0, start - _BEFORE) : start + shape.label])
    columns = _with_metal(shape.columns, metal, before)
    shape = replace(shape, columns=columns)
    if any(column.role in ("grade", "metal") and not (column.analyte and column.unit) for column in columns):
        return None
    if not any(column.role == "tonnes" or column.unit == "mg/L" for column in columns) or not _told_apart(shape):
        return None
    found = list(rows(words[start:], shape))
    while found and not found[-1].whole:
        found.pop()
    found = filled(found, shape)
    proofs = [
        proof
        for row in found
        if row.whole
        for group in shape.groups
        for proof in agreement(figures([row.cells[i] for i in group], [columns[i] for i in group]))
    ]
    return _Table(start, shape, found, proofs, _only_category(before))


def _told_apart(shape: Shape) -> bool:
    """Whether no estimate has two grades, or two metals in one unit, under one name."""
    for group in shape.groups:
        said = [(column.role, column.analyte, column.basis, column.unit if column.role == "metal" else "")
                for column in (shape.columns[at] for at in group) if column.role in ("grade", "metal")]  # fmt: skip
        if len(set(said)) < len(said):
            return False
    return True


def _proved(table: _Table) -> bool:
    """Whether every grade has its metal and every metal its grade, and all metals are as printed."""
    for group in table.shape.groups:
        columns = [table.shape.columns[at] for at in group]
        grades, metals = ({one.analyte for one in columns if one.role == role} for role in ("grade", "metal"))
        if grades != metals:
            return False
    return bool(table.proofs) and all(proof == 2 for proof in table.proofs)


def _only_category(before: str) -> str:
    """The one category that the words over a table name."""
    said = {category_in(found[0]) for found in category_pattern().finditer(before)} - {"Total", "Subtotal"}
    return said.pop() if len(said) == 1 else ""


def _with_metal(columns: Sequence[Column], metal: OnlyMetal, before: str) -> tuple[Column, ...]:
    """Columns without a metal get the only one that the heads, the words before or the release name."""
    named = {column.analyte for column in columns if column.analyte and column.role in ("grade", "metal")}
    only = named.pop() if len(named) == 1 else ""
    if not named and not only:
        only = metal_of(before, metal.release) or metal.symbol
    return tuple(
        replace(column, analyte=only) if column.role in ("grade", "metal") and not column.analyte else column
        for column in columns
    )


def _believed(table: _Table) -> bool:
    """Whether the rows speak for a reading: labels of estimates, no metal far from tonnes times grade."""
    whole = [row for row in table.rows if row.whole]
    wrong, right = table.proofs.count(0), table.proofs.count(2)
    if not whole or wrong * _PROOFS_TO_ONE > right or (table.shape.guess and not _proved(table)):
        return False
    grouped = any(column.group for column in table.shape.columns)
    by_cutoff = grouped and right > 1 and any(column.role == "cutoff" for column in table.shape.columns)
    if not by_cutoff and any(not row.label for row in whole):
        return False
    over_all = right > 1 and bool(table.category)
    if not (grouped or over_all) and not any(category_in(" ".join(row.label)) for row in whole):
        return False
    if table.proofs:
        return right * 2 >= len(table.proofs)
    return len(whole) == len(table.rows) and (len(whole) > 1 or bool(category_in(" ".join(whole[0].label))))


def _over(words: Sequence[Word], table: _Table) -> str:
    """The words over the rows of a table: what stands before its heads, and these."""
    first = table.start + table.shape.label
    return " ".join(word.plain for word in words[max(0, table.start - _BEFORE) : first])


def _records(metal: OnlyMetal, run: list[Block], words: Sequence[Word], table: _Table) -> Iterator[Record]:
    before = _over(words, table)
    at = table.start + table.shape.label - 1
    block = next((one for one in run if one.text is words[at].text), run[0])
    kind = _kind(table, before)
    naming = Naming(category=table.category)
    for row in table.rows:
        columns = table.shape.columns if row.whole else ()
        tonnes = [
            cell.value
            for cell, column in zip(row.cells, columns, strict=bool(columns))
            if column.role == "tonnes" and cell.value is not None
        ]
        named = naming.of(" ".join(row.label), tonnes)
        cutoff = (_cutoff(table.shape, row) if row.whole else "") or cutoff_in(before)
        for group, said in _estimates(table.shape, row):
            of = (kind, group or named[0], named[1], cutoff)
            yield _record(metal.release, block, before, said, of)


def _estimates(shape: Shape, row: StreamRow) -> Iterator[tuple[str, list[Said]]]:
    """The estimates of a row, each with the category over its columns: group by group, the issuer's share apart."""
    for group in shape.groups if row.whole else ():
        columns = [shape.columns[at] for at in group]
        said = [one for one in figures([row.cells[at] for at in group], columns) if units.known(one[2].unit)]
        for basis in dict.fromkeys(column.basis for column, _, _ in said):
            part = [one for one in said if one[0].basis == basis]
            if any(column.role != "grade" for column, _, _ in part):
                yield columns[0].group, part


def _kind(table: _Table, before: str) -> str:
    """Resource or reserve: by any category of the table, else by the words over it."""
    groups = [column.group for column in table.shape.columns]
    said = [*groups, *(category_in(" ".join(row.label)) for row in table.rows)]
    exact = next((category for category in said if category not in ("", "Total", "Subtotal")), "")
    ruling = [found[0] for found in _RULING.finditer(before)]
    return kind_of(exact, ruling[-1] if ruling else "")


def _cutoff(shape: Shape, row: StreamRow) -> str:
    """The cut-off that a column of its own gives a row."""
    for column, cell in zip(shape.columns, row.cells, strict=True):
        if column.role == "cutoff" and cell.value is not None:
            return f"{cell.plain} {cell.unit or column.unit} {column.analyte}".strip()
    return ""


def _record(release: Release, block: Block, before: str, said: list[Said], of: tuple[str, str, str, str]) -> Record:
    """One estimate of a row; ``of`` is its kind, its category, its deposit and its cut-off."""
    facts = [
        release.fact(
            f"resources.{column.role}", figure, word.text, word.start, word.end,
            analyte="" if column.role == "tonnes" else word.analyte or column.analyte,
        )
        for column, word, figure in said
    ]  # fmt: skip
    kind, category, deposit, cutoff = of
    return release.record(
        kind,
        facts,
        **{**release.about(block), "deposit": deposit or _place(release, block, before)},
        category=category,
        cutoff=cutoff,
        basis=said[0][0].basis,
        place="table",
        context=_context(release, block, before),
    )


def _place(release: Release, block: Block, before: str) -> str:
    """The deposit that the words over a table name last, else the one that its block is about."""
    over = [*places_in(before), *deposits_in(before)]
    about = release.about(block)
    return over[-1][2] if over else about.get("zone") or about.get("property") or about.get("mine", "")


def _context(release: Release, block: Block, before: str) -> str:
    if is_historical(before):
        return "historical"
    return "announced" if of_this(release, block, before) else "previously reported"
