"""Layouts of a quarter: how a company prints its tables and paragraphs, from ``[print]`` of ``book.toml``.

::

    [print.summary]
    rows = ["revenues", "net_income", { source = "cash_flow", head = "Cash flow" }]
    scale = "thousand"
    periods = ["quarter", "year_to_date"]

    [print.production]
    rows = ["ore_milled", "throughput", { source = "head_grade", metal = "Cu", decimals = 3 }]
    periods = ["year_to_date"]

    [print.quarter]
    parts = ["results", "production", "outlook"]
    scale = "million"
    decimals = 1
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from orebook.reports.layouts import LayoutError, checked, printable, several
from orebook.reports.quarter.writing import Money, Negative, Scale

_PERIODS = ("quarter", "year_to_date")

PARTS = (
    *("results", "bridge", "derivatives", "cash_flow", "events"),
    *("production", "properties", "earn_ins", "outlook", "caution"),
)
"""What a page of a quarter may hold, in the order in which it stands when the layout says nothing."""


@dataclass(frozen=True, slots=True)
class RowLayout:
    """One row of a table: the measure, the metal where it is told of metals, and what is to be printed otherwise."""

    source: str
    metal: str | None = None
    head: str | None = None
    unit: str | None = None
    decimals: int | None = None

    def __post_init__(self) -> None:
        """Refuse decimals that nobody can print."""
        printable(self.decimals, f"row {self.source}")

    def measure(self, table: str) -> str:
        """The word of the vocabulary; ``table`` is where a word without one stands."""
        return self.source if "." in self.source else f"{table}.{self.source}"


@dataclass(frozen=True, slots=True)
class TableLayout:
    """How a table of measures by periods is printed.

    ``rows`` nothing means the usual ones. ``scale`` and ``decimals`` are for money; ``negative`` is how numbers below
    nothing are written; ``periods`` the columns. ``basis`` is the share of a mine that is printed, ``bases`` says both.
    """

    caption: str | None = None
    rows: tuple[RowLayout, ...] = ()
    scale: Scale = "thousand"
    decimals: int = 0
    negative: Negative = "minus"
    periods: tuple[str, ...] = _PERIODS
    unaudited: bool = True
    missing: str = "–"
    basis: Literal["100%", "attributable", "both"] = "100%"
    metals: tuple[str, ...] = ()
    notes: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse decimals that nobody can print, and periods that no page has."""
        printable(self.decimals, "decimals")
        for name in self.periods:
            if name not in _PERIODS:
                raise LayoutError(f"periods: {name!r} cannot stand here; give {' or '.join(map(repr, _PERIODS))}")


@dataclass(frozen=True, slots=True)
class PageLayout:
    """How the paragraphs are written: what stands on the page in which order, how money is told, who speaks.

    ``name`` is how the company calls itself in sentences, ``currency`` what ``sign`` stands for.
    """

    parts: tuple[str, ...] = ()
    scale: Scale = "million"
    decimals: int = 1
    currency: str = ""
    sign: str = "$"
    name: str = "the Company"
    title: str | None = None

    def __post_init__(self) -> None:
        """Refuse decimals that nobody can print."""
        printable(self.decimals, "decimals")

    def money(self, currency: str) -> Money:
        """How sentences tell money; ``currency`` is that of the figures where the layout names none."""
        return Money(self.currency or currency, self.scale, self.decimals, self.sign)


def table_layout(said: Mapping[str, Any], base: TableLayout | None = None) -> TableLayout:
    """A layout of a table from plain data; what is not said stays as in ``base``, or as usual.

    >>> table_layout({"rows": ["revenues", {"source": "cash_flow", "decimals": 1}]}).rows[1].decimals
    1
    >>> table_layout({"periods": ["month"]})
    Traceback (most recent call last):
        ...
    orebook.reports.layouts.LayoutError: periods: 'month' cannot stand here; give 'quarter' or 'year_to_date'
    """
    plain = {name: value for name, value in said.items() if name != "rows"}
    changes = checked(TableLayout, plain)
    if "rows" in said:
        changes["rows"] = tuple(_row(each) for each in several("rows", said["rows"]))
    return replace(base or TableLayout(), **changes)


def _row(said: object) -> RowLayout:
    if isinstance(said, str):
        return RowLayout(said)
    if not isinstance(said, Mapping) or "source" not in said:
        raise LayoutError(f"rows: {said!r} names no measure; give a name or a table with source")
    return RowLayout(**checked(RowLayout, said, f"row {said['source']}"))


def page_layout(said: Mapping[str, Any], known: tuple[str, ...]) -> PageLayout:
    """A layout of the whole page; ``known`` are the parts that it may have.

    >>> page_layout({"parts": ["results"]}, ("results", "outlook")).parts
    ('results',)
    """
    found = PageLayout(**checked(PageLayout, said))
    for part in found.parts:
        if part not in known:
            raise LayoutError(f"parts: there is no {part!r}; there are {', '.join(known)}")
    return found
