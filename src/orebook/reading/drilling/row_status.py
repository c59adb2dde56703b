"""Row status: whether the rows of a table are announced, were reported before, are historical, or planned.

A row says it in a remark; a mark at the name of its hole leads to a note that says it; a label over some rows or the
caption says it for many.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from orebook.reading.drilling import status
from orebook.reading.layout import Cell, Row, Table
from orebook.reading.patterns import Pattern

_MARK = Pattern(r"[*†‡§#^+]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]|\((?:\d|[a-z])\)")
_BEHIND = Pattern(r"(?<=[\w)])\s?(?P<mark>[*†‡§#^+]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]|\((?:\d|[a-z])\))\s*$")
_NEW = Pattern(r"\b(?:new|and|recent|this release)\b", re.IGNORECASE)
_PLANNED = Pattern(r"\b(?:planned|proposed)\b", re.IGNORECASE)
_LONGEST = 160
_ANY = "*"
"""The mark of a note that has lost its own: a list made it a bullet."""


@dataclass(slots=True)
class RowStatus:
    """The status of rows: of all of them, of those below a label, of those with a mark."""

    whole: str = status.ANNOUNCED
    marks: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    label: str = ""

    @classmethod
    def of(cls, table: Table, text: str) -> "RowStatus":
        """What the caption and the notes of a table in a document of that ``text`` say about its rows."""
        caption = table.caption.plain[:_LONGEST] if table.caption else ""
        said = "" if _NEW.search(caption) else status.of_words(caption) or _planned(caption)
        marks = {}
        for note in table.notes:
            found = _MARK.match(note.plain.lstrip("\\ "))
            if meant := status.of_words(note.plain[:_LONGEST]):
                marks[found[0] if found else _ANY] = meant
        return cls(said or status.ANNOUNCED, marks, text)

    def below(self, label: str) -> bool:
        """Take a label over some rows; whether it speaks of their status."""
        found = status.of_words(label) or _planned(label)
        self.label = found or (status.ANNOUNCED if _NEW.search(label) and self.label else self.label)
        return bool(found)

    def said(self, row: Row) -> str:
        """The status of one row."""
        for cell in row.cells:
            plain = cell.text.plain
            if self.marks and (meant := self.marks.get(self._mark(cell))):
                return meant
            if len(plain) > 6 and not plain[0].isdigit() and (meant := status.of_words(plain) or _planned(plain)):
                return meant
        return self.label or self.whole

    def _mark(self, cell: Cell) -> str:
        """The mark behind the words of a cell, also a star that was taken for one of emphasis."""
        if found := _BEHIND.search(cell.text.plain):
            return found["mark"]
        start, end = cell.text.start, cell.text.end
        alone = self.text[end : end + 1] == "*" and self.text[max(start - 1, 0) : start] != "*"
        return "*" if alone and cell.plain else ""


def _planned(plain: str) -> str:
    return "planned" if _PLANNED.search(plain) else ""
