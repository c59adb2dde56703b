"""Row status: whether the rows of a table are announced, were reported before, are historical, or planned.

A row says it in a remark; a mark at the name of its hole leads to a note that says it; a label over some rows or the
caption says it for many.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from orebook.reading.drilling import status
from orebook.reading.layout import Row, Table

_MARK = re.compile(r"[*†‡§#^+]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]|\((?:\d|[a-z])\)")
_BEHIND = re.compile(r"(?<=[\w)])\s?(?P<mark>[*†‡§#^+]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]|\((?:\d|[a-z])\))\s*$")
_NEW = re.compile(r"\b(?:new|and|recent|this release)\b", re.IGNORECASE)
_PLANNED = re.compile(r"\b(?:planned|proposed)\b", re.IGNORECASE)
_LONGEST = 160


@dataclass(slots=True)
class RowStatus:
    """The status of rows: of all of them, of those below a label, of those with a mark."""

    whole: str = status.ANNOUNCED
    marks: Mapping[str, str] = field(default_factory=dict)
    label: str = ""

    @classmethod
    def of(cls, table: Table) -> "RowStatus":
        """What the caption and the notes of a table say about its rows."""
        caption = table.caption.plain[:_LONGEST] if table.caption else ""
        said = "" if _NEW.search(caption) else status.of_words(caption) or _planned(caption)
        marks = {}
        for note in table.notes:
            found = _MARK.match(note.plain.lstrip("\\ "))
            if found and (meant := status.of_words(note.plain[:_LONGEST])):
                marks[found[0]] = meant
        return cls(said or status.ANNOUNCED, marks)

    def below(self, label: str) -> bool:
        """Take a label over some rows; whether it speaks of their status."""
        found = status.of_words(label) or _planned(label)
        self.label = found or (status.ANNOUNCED if _NEW.search(label) and self.label else self.label)
        return bool(found)

    def said(self, row: Row) -> str:
        """The status of one row."""
        for cell in row.cells:
            plain = cell.text.plain
            if self.marks and (marked := _BEHIND.search(plain)) and (meant := self.marks.get(marked["mark"])):
                return meant
            if len(plain) > 6 and not plain[0].isdigit() and (meant := status.of_words(plain) or _planned(plain)):
                return meant
        return self.label or self.whole


def _planned(plain: str) -> str:
    return "planned" if _PLANNED.search(plain) else ""
