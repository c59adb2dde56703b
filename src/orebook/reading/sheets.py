"""Sheets: a table of rows by columns of periods or mines, with the currency, scale and basis in which it is printed."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from orebook.ground import units
from orebook.ground.period import Period
from orebook.reading.labels import Label, read_label
from orebook.reading.layout import Block, Table
from orebook.reading.period_columns import ColumnOf, column_period, columns_of
from orebook.reading.release import Release, declared_currency
from orebook.reading.unit_words import unit_in, unit_of

_SCALE = re.compile(
    r"\b(?P<words>thousands|millions)\b|(?<![\d.,])(?P<zeros>'?000'?s?)(?![\d,])|\$\s?(?P<letter>[MmKk])\b|"
    r"\$\s?(?P<spelled>million|thousand)",
    re.IGNORECASE,
)
_BASIS = re.compile(r"\b100\s?%\s?(?:basis|ownership)?|\battributable (?:basis|share)", re.IGNORECASE)
_PLANNED = re.compile(r"\b(?:guidance|outlook|forecast|budget|targets?)\b", re.IGNORECASE)
_SEGMENT = re.compile(r"(?P<name>[A-Z][\w&.'-]*(?: [A-Z&][\w&.'-]*){0,4}) (?:Segment|Division|Operations)\b")


@dataclass
class Sheet:
    """A table and what rules all its cells."""

    release: Release
    block: Block
    table: Table

    @cached_property
    def corner(self) -> str:
        """The words above the labels."""
        return " ".join(self.table.header[0]) if self.table.header else ""

    @cached_property
    def words(self) -> str:
        """Everything that stands over the figures: caption, corner, heads."""
        caption = self.table.caption.plain if self.table.caption else ""
        heads = " ".join(dict.fromkeys(word for column in self.table.header[1:] for word in column))
        return f"{caption} {self.corner} {heads}"

    @cached_property
    def heading(self) -> str:
        """Caption and section: what the table is called."""
        return f"{self.table.caption.plain if self.table.caption else ''} {self.block.section}".strip()

    @cached_property
    def columns(self) -> dict[int, ColumnOf]:
        """What each column behind the labels is about."""
        found = columns_of(self.table, self.release.year)
        return {column: of for column, of in found.items() if of.period or of.subject or self.period}

    @cached_property
    def period(self) -> Period | None:
        """The period of the whole table, where the columns are mines or segments."""
        for said in (self.corner, self.table.caption.plain if self.table.caption else ""):
            if said and (found := column_period((said,))):
                return found
        return None

    @cached_property
    def planned(self) -> bool:
        """Whether the figures are guidance."""
        return _PLANNED.search(f"{self.words} {self.block.section}") is not None

    @cached_property
    def currency(self) -> str:
        """What a bare dollar means here."""
        said = declared_currency(self.words)
        if said == "$":
            said = next(
                (
                    code
                    for code in ("USD", "CAD", "AUD")
                    if any(form in self.words for form in units.currencies()[code] if "$" in form)
                ),
                "$",
            )
        return said if said != "$" else self.release.currency

    @cached_property
    def scale(self) -> str:
        """Thousand or million, when the table says so."""
        found = _SCALE.search(self.words.replace("’", "'"))
        if not found:
            return ""
        said = next(word for word in found.groupdict().values() if word).lower()
        return "million" if said.startswith("m") else "thousand"

    @cached_property
    def basis(self) -> str:
        """``100%`` or ``attributable``, when the head says so."""
        found = _BASIS.search(self.words)
        return "" if not found else "attributable" if "ttrib" in found[0] else "100%"

    @cached_property
    def segment(self) -> str:
        """The segment that the caption names."""
        found = _SEGMENT.search(self.table.caption.plain) if self.table.caption else None
        return found["name"] if found else ""

    @cached_property
    def corner_label(self) -> Label:
        """What the corner says that the rows below hold: "Copper production (000's tonnes)"."""
        return read_label(self.corner)

    def money(self, scale: str) -> str:
        """The unit of an amount in this table."""
        return f"{self.currency} {scale}".strip()

    def unit(self, label: Label, kind: str, currency: str, printed: str, scale: str) -> str:
        """The unit of a figure: printed with it, in its label, or ruled by the table."""
        money = currency if currency not in ("", "$") else self.currency
        if printed:
            return printed
        if label.unit:
            unit = re.sub(r"^\$", money, label.unit) if label.unit.startswith("$") else label.unit
            return self._thousands(unit) if units.unit(unit).dimension == (("mass", 1),) else unit
        if kind in ("%", "mass fraction"):
            return "%" if kind == "%" else ""
        if kind == "money/share" or (" per " in f" {label.words.lower()} " and "share" in label.words.lower()):
            return f"{money}/share"
        if kind == "share":
            return f"{scale} share".strip()
        if kind in ("money", "", "money/mass") and not unit_in(self.corner):
            return f"{money} {scale}".strip()
        return unit_in(self.corner) or unit_of(self.corner)

    def _thousands(self, unit: str) -> str:
        """A mass under a corner that says only "000's"."""
        if re.fullmatch(r"\s*'?000['s]*\s*", self.corner.replace("’", "'")):
            return {"t": "kt", "oz": "koz", "lb": "klb", "ton": "kton"}.get(unit, unit)
        return unit


def scale_by_prose(values: Iterable[str], prose: dict[str, Counter[str]]) -> str:
    """The scale of a table that does not say it: that in which the text repeats at least two of its amounts.

    >>> scale_by_prose(["405", "456", "99"], {"405": Counter({"million": 2}), "99": Counter({"million": 1})})
    'million'
    """
    votes: Counter[str] = Counter()
    for value in set(values):
        for scale in prose.get(value, ()):
            votes[scale] += 1
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] >= 2 else ""
