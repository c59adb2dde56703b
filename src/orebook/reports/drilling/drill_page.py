"""The drill page: highlights, the table of intersections with its notes, and the table of collars, as one page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from orebook.reports.drilling.collars import collar_table
from orebook.reports.drilling.columns import length_of
from orebook.reports.drilling.highlights import highlights
from orebook.reports.drilling.intersections import intersection_table
from orebook.reports.drilling.layouts import ColumnLayout, Layout
from orebook.reports.drilling.notes import Rules, desurvey_note, equivalent_notes, rule_notes, table_notes
from orebook.reports.drilling.programmes import programme, programme_sentences
from orebook.reports.drilling.sentences import Templates
from orebook.reports.printed import Passage, Printed, PrintedTable

PENDING = ("results pending", "pending", "assays pending", "in progress")
"""What the status of a hole says that waits for its assays."""


@dataclass(frozen=True, slots=True)
class DrillLayout:
    """How a company prints drill results: its two tables, its highlights and its own sentences.

    ``style`` is a style of highlights, nothing for none; ``grades`` are the columns that highlights say; ``programme``
    is the number of decimals of the sentence on metres drilled, nothing for no sentence.
    """

    intersections: Layout = field(default_factory=lambda: Layout(caption="Table 1: Significant intersections"))
    collars: Layout = field(default_factory=lambda: Layout(caption="Table 2: Drill hole locations", total=True))
    style: str = ""
    grades: tuple[str | ColumnLayout, ...] = ()
    programme: int | None = None
    own: Templates | None = None


def drill_page(
    doc: str,
    intersections: pl.DataFrame,
    collars: pl.DataFrame,
    layout: DrillLayout,
    *,
    title: str = "",
    rules: Sequence[Rules] = (),
    equivalents: dict[str, str] | None = None,
    desurvey: str = "",
    pending: Sequence[str] | None = None,
) -> Printed:
    """The page of drill results of a book.

    ``rules`` are the rule sets that made the intersections, the widest first, as plain data; ``equivalents`` the
    formula of each equivalent grade; ``desurvey`` the method of positions. Every hole of the collars is answered for:
    with intersections, as barren, or as pending (by its status, unless ``pending`` names the holes).

    >>> collars = pl.DataFrame({"hole": ["A1", "A2"], "depth_m": [60.0, 40.0], "status": ["done", "results pending"]})
    >>> found = pl.DataFrame({"hole": ["A1"], "from_m": [3.0], "to_m": [9.5], "au_gpt": [1.005]})
    >>> page = drill_page("book", found, collars, DrillLayout(style="at", grades=("au_gpt",)))
    >>> page.parts[0].text, page.tables()[0].footnotes[-1]
    ('A1: 6.50 m at 1.01 g/t Au from 3.00 m', 'Assays are pending for hole A2.')
    """
    waiting = _pending(collars) if pending is None else list(pending)
    unit = length_of(intersections, "from", "length") or length_of(collars, "depth")
    own = layout.own
    notes = [
        *rule_notes(rules, length_unit=unit, own=own),
        *equivalent_notes(equivalents or {}, own),
        *table_notes(intersections, layout.intersections, own),
        *desurvey_note(desurvey, own),
    ]
    holes = collars["hole"].cast(pl.String).to_list()
    table = intersection_table(intersections, layout.intersections, holes=holes, pending=waiting, notes=notes, own=own)
    parts: list[PrintedTable | Passage] = [Passage(title, "title")] if title else []
    if layout.style:
        said = highlights(intersections, layout.intersections, style=layout.style, grades=layout.grades, own=own)
        parts += [Passage(words, "bullet") for words in said]
    if layout.programme is not None:
        words = programme_sentences(programme(collars), layout.intersections, decimals=layout.programme, own=own)
        parts.append(Passage(" ".join(words)))
    parts += [table, collar_table(collars, layout.collars)]
    return Printed(doc, tuple(parts), parameters(rules), "; ".join(table.remarks))


def _pending(collars: pl.DataFrame) -> list[str]:
    """The holes whose status says that they wait."""
    if "status" not in collars.columns:
        return []
    waits = pl.col("status").cast(pl.String).str.strip_chars().str.to_lowercase().is_in(PENDING)
    return collars.filter(waits)["hole"].cast(pl.String).to_list()


def parameters(rules: Sequence[Rules]) -> tuple[tuple[str, str], ...]:
    """Every option of every rule set as a name and a value, for the sheet of parameters.

    >>> parameters([{"name": "bulk", "cutoff": 0.3, "top_cut": None}])
    (('bulk.cutoff', '0.3'), ('bulk.top_cut', 'none'))
    """
    named = [(str(each.get("name") or f"level {number}"), each) for number, each in enumerate(rules, 1)]
    return tuple(
        (f"{name}.{key}", _word(value)) for name, each in named for key, value in each.items() if key != "name"
    )


def _word(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    return str(value)
