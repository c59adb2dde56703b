"""Layouts: how a company prints its tables, read from plain data such as a part of ``book.toml``.

Everything has a usual value, and everything can be said otherwise::

    [layout.intersections]
    caption = "Table 1: Significant intersections"
    columns = ["hole", "from", "to", "length", "true_thickness", "zn_pct", "pb_pct", "zn_pct + pb_pct"]
    units = "bare"
    child = "Including"
    further = "and"

A column is named as in the table or without its unit (``from``); a table in its place says more:
``{ source = "sc_ppm", head = "Sc", decimals = 0 }``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_type_hints

from orebook.reports.layouts import LayoutError, checked, instead, printable, several, value_of

__all__ = ["ColumnLayout", "Layout", "LayoutError", "layout"]


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """One column of a layout: where its values come from, and what is to be printed otherwise than usual.

    ``source`` is a column of the table, without its unit where one likes, or a sum of such (``zn_pct + pb_pct``).
    ``head`` is printed above it instead of the usual words, ``unit`` (as it shall be written) instead of the usual
    symbol; an empty unit prints none. ``values`` says what files for programs get.
    """

    source: str
    head: str | None = None
    unit: str | None = None
    decimals: int | None = None
    align: Literal["left", "right", "center"] | None = None
    values: Literal["printed", "unrounded", "both"] = "printed"

    def __post_init__(self) -> None:
        """Refuse decimals that nobody can print."""
        printable(self.decimals, f"column {self.source}")

    @property
    def parts(self) -> list[str]:
        """The columns that are added up for this one; one for an ordinary column."""
        return [part.strip() for part in self.source.split("+")]


@dataclass(frozen=True, slots=True)
class Layout:
    """How one kind of table is printed.

    ``columns`` nothing means the usual ones. ``units`` puts units in brackets, bare behind the words, or nowhere.
    ``order`` is by hole and depth, or as given. ``child`` is the word for a part of the interval above, a list of words
    one for each level; ``child_in`` says whether it stands in place of the hole or in a column of its own. ``further``
    is what stands in the hole's place in a second interval: the ``hole`` again, a word, or nothing. ``indent`` sets
    parts in. ``barren`` and ``pending`` say where holes without an intersection and holes without assays are named: in
    ``rows``, in a ``sentence`` below, or not at all (``none``). ``missing`` is printed where there is no value; a
    laboratory's reason for it (``NS``) where ``tokens`` are shown. ``at_least`` stands before a mean that counts
    samples at the upper limit of the laboratory: such a mean is at least what is printed. ``total`` asks for the row
    below collars.
    """

    caption: str = ""
    columns: tuple[ColumnLayout, ...] = ()
    units: Literal["brackets", "bare", "none"] = "brackets"
    order: Literal["hole", "given"] = "hole"
    child: tuple[str, ...] = ("Including",)
    child_in: Literal["hole", "column"] = "hole"
    further: str = "hole"
    indent: int = 2
    barren: Literal["rows", "sentence", "none"] = "sentence"
    pending: Literal["rows", "sentence", "none"] = "sentence"
    barren_words: str = "No significant intersections"
    pending_words: str = "Assays pending"
    missing: str = "-"
    tokens: Literal["shown", "missing"] = "missing"
    thousands: str = ","
    minus: str = "-"
    at_least: str = "≥"
    subscripts: bool = True
    depth_decimals: int | None = None
    total: bool = False
    total_words: str = "Total"
    notes: tuple[str, ...] | None = None

    def mark(self, level: int) -> str:
        """The word for a part, by how deep it lies.

        >>> Layout(child=("Including", "and including")).mark(3)
        'and including'
        """
        return self.child[min(level, len(self.child)) - 1]


def layout(said: Mapping[str, Any], base: Layout | None = None) -> Layout:
    """A layout from plain data; what is not said stays as in ``base``, or as usual.

    Raises ``LayoutError`` for a word that no layout knows and for a value that cannot stand there.

    >>> layout({"columns": ["hole", "from", {"source": "au_gpt", "decimals": 1}], "further": "and"}).columns[2].decimals
    1
    >>> layout({"collumns": []})
    Traceback (most recent call last):
        ...
    orebook.reports.layouts.LayoutError: a layout has no 'collumns'; did you mean columns?
    """
    known = get_type_hints(Layout)
    changes: dict[str, Any] = {}
    for name, value in said.items():
        if name not in known:
            raise LayoutError(f"a layout has no {name!r}; {instead(name, list(known))}")
        if name == "columns":
            changes[name] = tuple(_column(each) for each in several(name, value))
        else:
            changes[name] = value_of(name, value, known[name])
    printable(changes.get("depth_decimals"), "depth_decimals")
    if changes.get("child") == ():
        raise LayoutError("child: give at least one word for parts of an interval, such as 'Including'")
    return replace(base or Layout(), **changes)


def _column(said: object) -> ColumnLayout:
    """A column from its name, or from a table that says more."""
    if isinstance(said, ColumnLayout):
        return said
    if isinstance(said, str):
        return ColumnLayout(said)
    if not isinstance(said, Mapping) or "source" not in said:
        raise LayoutError(f"columns: {said!r} names no column; give a name or a table with source")
    return ColumnLayout(**checked(ColumnLayout, said, f"column {said['source']}"))
