"""Placing: the one way by which a number comes into a release: looked up, rounded once, and never parted from its row.

Templates write text. What is placed in it leaves a mark there, which no filter can change, and keeps words, value and
address in a list; when the text has become paragraphs the marks become the words again.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from orebook.reports.layouts import LayoutError, instead
from orebook.reports.printed import Address, Passage, Printed, PrintedTable, Value
from orebook.reports.release.draft import Part, Plate
from orebook.reports.rounding import as_is, digits
from orebook.reports.said import Said

_WORD, _PART, _NAME, _END = "\ue000", "\ue001", "\ue002", "\ue003"
MARK = re.compile(f"[{_WORD}{_PART}{_NAME}]([^{_END}]{{0,80}}){_END}")
_OURS = re.compile("[\ue000-\uf8ff]")
_ADDRESS = re.compile(r"(?P<part>\w+)\[(?P<row>\d+)\]\.(?P<column>\w+)")
_TIGHT = ("%", "°")

Tables = Mapping[str, pl.DataFrame]


def clean(words: object) -> str:
    """Words of anybody without the letters that mean something here."""
    return _OURS.sub("", str(words))


class Placer:
    """What has been placed so far: sayings, parts, and names of what is going to be numbered.

    >>> placer = Placer({"intercepts": pl.DataFrame({"hole": ["A1"], "au_gpt": [1.2649]})})
    >>> words = "Hole A1: " + placer.number("intercepts[0].au_gpt", decimals=2, unit="g/t Au") + "."
    >>> said = placer.said(words)
    >>> said.text, str(said.figures[0].address), said.figures[0].value
    ('Hole A1: 1.26 g/t Au.', 'intercepts[0].au_gpt', 1.2649)
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.sayings: list[Said] = []
        self.parts: list[Part] = []

    def number(self, where: str, column: str = "", *, decimals: int | None = None, unit: str = "", **keys: Any) -> str:
        """Place a number of a result: by its address, or by its table, column and what its row says.

        Raises ``LayoutError`` for one that is not there, or where several rows say so.
        """
        address = self._address(where, column, keys)
        value: Value = self.tables[address.table][address.column][int(address.row)]
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise LayoutError(f"{address} is {value!r}; a number can be placed, nothing else")
        words = as_is(value, thousands=",") if decimals is None else digits(value, decimals)
        words += unit if unit.startswith(_TIGHT) else f" {unit}" if unit else ""
        return self.say(Said.number(clean(words), value, address))

    def _address(self, where: str, column: str, keys: Mapping[str, Any]) -> Address:
        found = _ADDRESS.fullmatch(where)
        name, column = (found["part"], found["column"]) if found else (where, column)
        if name not in self.tables:
            raise LayoutError(f"nothing that was made is called {name!r}; {instead(name, list(self.tables))}")
        table = self.tables[name]
        for each in (column, *keys):
            if each not in table.columns:
                raise LayoutError(f"{name} has no column {each!r}; {instead(each, table.columns)}")
        if found:
            row = int(found["row"])
        else:
            rows = table.with_row_index("row of it").filter(*(pl.col(key) == value for key, value in keys.items()))
            if rows.height != 1:
                said = ", ".join(f"{key} {value}" for key, value in keys.items()) or "no condition"
                raise LayoutError(f"{name} has {rows.height} rows with {said}; say what only one row says")
            row = int(rows["row of it"][0])
        if row >= table.height:
            raise LayoutError(f"{name} has {table.height} rows, counted from 0; there is no row {row}")
        return Address(name, row, column)

    def say(self, said: Said) -> str:
        """Leave the mark of words whose figures have addresses."""
        self.sayings.append(said)
        return f"{_WORD}{len(self.sayings) - 1}{_END}"

    def part(self, part: Part) -> str:
        """Leave the mark of a table, a passage or a picture, in a line of its own."""
        self.parts.append(part)
        return f"\n\n{_PART}{len(self.parts) - 1}{_END}\n\n"

    def page(self, printed: Printed) -> str:
        """Leave the marks of all parts of a page."""
        return "".join(map(self.part, printed.parts))

    def name(self, name: str) -> str:
        """Leave the mark of a table or picture that gets its number later: ``Figure 1``."""
        return f"{_NAME}{clean(name)}{_END}"

    def alone(self, words: str) -> Part | None:
        """The part whose mark this is, when it is nothing else."""
        found = MARK.fullmatch(words.strip())
        return self.parts[int(found[1])] if found and words.strip().startswith(_PART) else None

    def said(self, words: str, named: Callable[[str], str] = str) -> Said:
        """Text of a template with its marks turned into words; ``named`` says how what has a number is called."""
        text, figures, at = "", [], 0
        for found in MARK.finditer(words):
            text += words[at : found.start()]
            at = found.end()
            if found[0].startswith(_WORD):
                saying = self.sayings[int(found[1])]
                figures += [each.shifted(len(text)) for each in saying.figures]
                text += saying.text
            elif found[0].startswith(_NAME):
                text += named(found[1])
            else:
                raise LayoutError("a table or picture stands in the middle of a sentence; give it a line of its own")
        return Said(text + words[at:], tuple(figures))


__all__ = ["MARK", "Passage", "Placer", "Plate", "PrintedTable", "Tables", "clean"]
