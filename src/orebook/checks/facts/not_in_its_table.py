"""Figures that a sentence takes from a table that does not hold them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from orebook.checks.digits import significant
from orebook.checks.places import places, source
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import number
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.ground.source import Source
from orebook.reading.layout import Table
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_NUMBER = r"\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,3})?|\d{1,9}(?:\.\d{1,3})?"
_SHOWN = Pattern(
    rf"(?<![\w.,-])(?P<said>{_NUMBER})(?![\w,]*\d)(?P<between>[^.;0-9]{{1,60}}(?:\dN?\s?[A-Z][A-Za-z0-9]{{1,6}}\s)?[^.;0-9]{{0,40}}?)"
    r",?\s(?:as\s|\()?(?:is\s|are\s)?(?:shown|summari[sz]ed|listed|presented|detailed|set out|given|outlined)\sin"
    r"\sTable\s(?P<table>\d{1,3})(?!\.?\d)"
)
_CAPTION = re.compile(r"Table\s(?P<table>\d{1,3})(?!\.?\d)")
_VALUE = re.compile(rf"(?<![\w.,-])(?:{_NUMBER})(?![\w,]*\d)")
_TELLING = 4
"""A figure of so many digits is copied, not told in round terms."""
_CLOSE = Decimal("0.02")


@rule("F608", on="document", basis="one thing has one value", catalogue="EX226")
def not_in_its_table(reading: Reading) -> Iterator[Remark]:
    """A figure is said to stand in a table, and the table has a slightly different one.

    What it does:
    Takes figures of four digits or more that a sentence gives "as shown in Table 7", and looks for them in that table.
    Where no cell has the figure and one has a number of as many decimals within two per cent of it, the two were meant
    to be one. Round figures, and tables whose number stands over two tables, are left alone.

    Why it matters:
    The table was made anew and the sentence was not, or the other way round; whoever uses the report has to choose.

    Flagged:

        Ingle Gold completes its study of Rook Fell

        Processing costs are estimated at $48.37 per tonne milled as shown in Table 7.

        Table 7. Processing costs

        | Item | $ per tonne milled |
        |---|---|
        | Labour | 21.14 |
        | Reagents | 27.41 |
        | Total | 48.55 |

    Fine:

        Ingle Gold completes its study of Rook Fell

        Processing costs are estimated at $48.55 per tonne milled as shown in Table 7.

        Table 7. Processing costs

        | Item | $ per tonne milled |
        |---|---|
        | Labour | 21.14 |
        | Reagents | 27.41 |
        | Total | 48.55 |

    Help:
    Take the figure from the table that the sentence names.
    """
    tables = _numbered(reading)
    for place in places(reading, _SHOWN, hints=("in table",), tail=True) if tables else ():
        named = tables.get(place.match["table"], [])
        said = Figure(Decimal(place.match["said"].replace(",", "")))
        if len(named) == 1 and significant(said) >= _TELLING and place.match["between"].count("$") == 0:
            where = source(reading, place.block, *place.match.span("said"))
            yield from _compared(reading, said, where, named[0])


def _numbered(reading: Reading) -> dict[str, list[Table]]:
    """The tables of each number that a caption gives."""
    tables: dict[str, list[Table]] = {}
    for table in (block.table for block in reading.layout.blocks if block.table is not None):
        found = _CAPTION.match(table.caption.plain) if table.caption is not None else None
        if found:
            tables.setdefault(found["table"], []).append(table)
    return tables


def _compared(reading: Reading, said: Figure, where: Source, table: Table) -> Iterator[Remark]:
    near: list[tuple[Decimal, Figure, Source]] = []
    for row in table.rows:
        for cell in row.cells:
            for match in _VALUE.finditer(cell.plain):
                listed = Figure(Decimal(match[0].replace(",", "")))
                if listed.value == said.value or (listed.step != said.step and listed.range().meets(said.range())):
                    return
                gap = abs(listed.value - said.value)
                if listed.step == said.step and gap <= _CLOSE * said.value:
                    near.append((gap, listed, reading.document.source(*cell.text.span(*match.span()))))
    if near:
        _, listed, there = min(near, key=lambda one: one[0])
        text = f"{number(said.value)} stands here, {number(listed.value)} in the table that is named"
        yield remark("warning", text, [where, there], Range.exact(listed.value, "1"))
