"""Sheets: a table of rows by columns of periods or mines, with the currency, scale and basis in which it is printed."""

import re
from dataclasses import dataclass
from functools import cached_property

from orebook.ground import units
from orebook.ground.period import Period
from orebook.reading.heads.labels import Label, read_label
from orebook.reading.heads.period_columns import ColumnOf, column_period, columns_of, unit_column
from orebook.reading.heads.period_heads import Reporting
from orebook.reading.heads.scales import table_scale
from orebook.reading.heads.table_names import heading_place, place_name
from orebook.reading.heads.unit_words import unit_in, unit_of
from orebook.reading.layout import Block, Table
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, declared_currency

_BASIS = Pattern(r"\b100\s?%\s?(?:basis|ownership)?|\battributable (?:basis|share)", re.IGNORECASE)
_PLANNED = Pattern(r"\b(?:guidance|outlook|forecast|budget|targets?)\b", re.IGNORECASE)
_SEGMENT = Pattern(r"(?P<name>[A-Z][\w&.'-]{0,40}(?: [A-Z&][\w&.'-]{0,40}){0,4}) (?:Segment|Division|Operations)\b")
_NUMBERED = Pattern(r"^table\s\d{1,2}\s?[.:–—-]?\s", re.IGNORECASE)
_COLUMN_OF_NAMES = Pattern(
    r"(?:(?:assets?|mines?|operations?|projects?|property|properties|regions?|sites?|products?|commodit(?:y|ies)|metals?)"
    r"(?: name)?)?",
    re.IGNORECASE,
)
"""What stands above a column of names, if anything does."""
_MORE_ABOUT = Pattern(
    r"(?:operators?|owners?|interests?|ownership|royalt(?:y|ies)|streams?|terms?|locations?|countr(?:y|ies)|"
    r"jurisdictions?|stage|status|partners?|counterpart(?:y|ies))(?: \(?%\)?)?",
    re.IGNORECASE,
)
_WHAT_KIND = Pattern(
    r"\b(?:summary|overview|by (?:asset|mine|operation|product|metal|commodity|site|region|project|segment))\b",
    re.IGNORECASE,
)
_ZEROS = {"t": "kt", "oz": "koz", "lb": "klb", "ton": "kton"}


@dataclass
class Sheet:
    """A table and what rules all its cells."""

    release: Release
    block: Block
    table: Table
    times: Reporting

    @cached_property
    def corner(self) -> str:
        """The words above the labels."""
        return " ".join(self.table.header[0]) if self.table.header else ""

    @cached_property
    def words(self) -> str:
        """Everything that stands over the figures: caption, corner, heads."""
        heads = " ".join(dict.fromkeys(word for column in self.table.header[1:] for word in column))
        return f"{self.caption} {self.corner} {heads}"

    @cached_property
    def caption(self) -> str:
        """The words above the table."""
        return self.table.caption.plain if self.table.caption else ""

    @cached_property
    def heading(self) -> str:
        """Caption and section: what the table is called."""
        return f"{self.caption} {self.block.section}".strip()

    @cached_property
    def columns(self) -> dict[int, ColumnOf]:
        """What each column behind the labels is about."""
        found = columns_of(self.table, self.times)
        kept = {c: of for c, of in found.items() if c != self.units and (of.period or of.subject or self.period)}
        first = min((c for c, of in kept.items() if of.period), default=0)
        return {c: of for c, of in kept.items() if of.period or c > first or not first}

    @cached_property
    def is_of_one(self) -> bool:
        """Whether one name stands over the whole table, its labels too: that of the first of its sections."""
        header = self.table.header
        whole = bool(header and header[0]) and all(header[0][0] in over for over in header)
        return whole and len({of.subject for of in self.columns.values()}) == 1

    @cached_property
    def units(self) -> int | None:
        """The column that holds the unit of each row: by its head, or because nothing else stands in it."""
        found = unit_column(self.table)
        if found is not None or self.table.width < 3:
            return found
        cells = [said for row in self.table.rows[:60] if (said := row.plain(1))]
        told = sum(1 for said in cells if unit_of(said) or said.lower() in _CENTS)
        return 1 if len(cells) > 1 and told >= 0.8 * len(cells) else None

    @cached_property
    def asides(self) -> tuple[int, ...]:
        """The columns of words that say more about a named row and are no part of its name: operator, interest."""
        heads = [" ".join(words) for words in self.table.header]
        return tuple(column for column, head in enumerate(heads) if column and _MORE_ABOUT.fullmatch(head.strip(" :*")))

    @cached_property
    def period(self) -> Period | None:
        """The period of the whole table, where the columns are mines or segments."""
        for said in (self.corner, self.caption):
            if said and (found := column_period((said,), self.times)):
                return found
        return None

    @cached_property
    def planned(self) -> bool:
        """Whether the figures are guidance."""
        if any(of.planned for of in columns_of(self.table, self.times).values()):
            return False  # the heads tell which columns are
        return _PLANNED.search(f"{self.words} {self.block.section}") is not None

    @cached_property
    def currency(self) -> str:
        """What a bare dollar means here."""
        said = declared_currency(self.words)
        if said == "$":
            said = next(
                (
                    code
                    for code in _DOLLARS
                    if any(_amounts_in(form, self.words) for form in units.currencies()[code] if "$" in form)
                ),
                "$",
            )
        if said == "$" and (other := _OTHER_MONEY.search(self.words)):
            return next(code for code, forms in units.currencies().items() if other["code"] in forms)
        return said if said != "$" else self._money_of_units or self.release.currency

    @property
    def _money_of_units(self) -> str:
        """The currency in which the column of units counts, if it is one and no dollar without a name."""
        cells = [row.plain(self.units) for row in self.table.rows[:60]] if self.units is not None else []
        codes = {units.unit(unit).money for said in cells if (unit := unit_of(said)) and units.unit(unit).money}
        return codes.pop() if len(codes) == 1 and codes != {"$"} else ""

    @cached_property
    def scale(self) -> str:
        """Thousand or million, when the table says so over its rows or in a first row of its own."""
        first = self.table.rows[0] if self.table.rows else None
        alone = first.cells[0].plain if first and len(first.cells) == 1 and first.cells[0].column == 0 else ""
        return table_scale(self.words) or (table_scale(alone) if alone.startswith("(") else "")

    @cached_property
    def basis(self) -> str:
        """``100%`` or ``attributable``, when the head says so."""
        found = _BASIS.search(self.words)
        return "" if not found else "attributable" if "ttrib" in found[0] else "100%"

    @cached_property
    def segment(self) -> str:
        """The segment that the caption names."""
        found = _SEGMENT.search(self.caption)
        return found["name"] if found else ""

    @cached_property
    def mine(self) -> str:
        """The mine that corner, caption or section names; else the only one of the release."""
        known = self.release.subjects
        named = place_name(self.corner, known) or heading_place(self.caption, known)
        if named or (named := heading_place(self.block.section, known)):
            return named
        about = self.release.about(self.block)
        only = about.get("mine") or about.get("property", "")
        return only if only and self._announced(only) else ""

    def _announced(self, name: str) -> bool:
        """Whether the title or the paragraph above the table names the only mine of a release, so that it is meant."""
        blocks = self.release.layout.blocks
        at = next((index for index, block in enumerate(blocks) if block is self.block), 0)
        above = [block.plain[:2000] for block in blocks[max(0, at - 3) : at] if block.table is None]
        title = self.release.title.plain if self.release.title else ""
        return any(
            subject.name == name for said in (title, *above) for *_, subject in self.release.subjects.mentions(said)
        )

    @cached_property
    def corner_label(self) -> Label:
        """What the corner says that the rows below hold: "Copper production (000's tonnes)".

        Over an empty corner the caption says it, where it is nothing but a measure with its unit.
        """
        said = read_label(self.corner)
        if said.measure or not (_COLUMN_OF_NAMES.fullmatch(self.corner.strip()) or self._corner_unit):
            return said
        caption = _WHAT_KIND.sub("", _NUMBERED.sub("", self.caption)).strip(" -–—:")
        over = read_label(f"{caption} ({self.corner})" if self._corner_unit else caption)
        return over if over.measure and over.unit else said

    @property
    def _corner_unit(self) -> str:
        """The unit that is all the corner says: "kt" above the names of products."""
        return unit_of(self.corner) or ("" if " " in self.corner else unit_in(f"({self.corner})"))

    def unit(self, label: Label, kind: str, currency: str, printed: str, scale: str) -> str:
        """The unit of a figure: printed with it, in its label, or ruled by the table."""
        money = currency if currency not in ("", "$") else self.currency
        if currency == "$" and money not in (*_DOLLARS, "NZD"):
            money = "$"
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
        over = unit_in(self.corner) or unit_of(self.corner)
        if kind in ("money/mass", "money", "") and (not over or _is_amount(over)):
            return money if kind == "money/mass" else f"{money} {scale}".strip()
        return over

    def _thousands(self, unit: str) -> str:
        """A mass under a corner that says only "000's"."""
        bare = re.fullmatch(r"\s*'?000['s]*\s*", self.corner.replace("’", "'"))
        return _ZEROS.get(unit, unit) if bare else unit


_CENTS = ("cents", "c", "¢", "usc")
_DOLLARS = ("USD", "CAD", "AUD")
_OTHER_MONEY = Pattern(
    r"(?<![A-Za-z])(?:(?:[MTkm]|in )?(?P<code>EUR|€|GBP|£|SEK|NOK|DKK|ZAR|CNY|RMB|BRL|R\$)\s?"
    r"(?:m|k|bn|mn|millions?|thousands?|billions?|'?000)?)(?![A-Za-z/])"
)
"""A currency other than dollars, as the heads of tables write it: "EUR million", "MSEK", "£m"."""


def _amounts_in(form: str, words: str) -> bool:
    """Whether words speak of amounts in a currency, not of a price such as US$/t."""
    at = words.find(form)
    while at >= 0:
        if not words[at + len(form) :].lstrip().startswith(("/", "per ")):
            return True
        at = words.find(form, at + 1)
    return False


def _is_amount(unit: str) -> bool:
    """Whether a unit is one of money, not of a price."""
    name = "USD" + unit[1:] if unit.startswith("$") else unit
    return units.known(name) and len(units.unit(name).dimension) == 1 and bool(units.unit(name).money)
