"""Pages of drilling: what a result looks like when it is printed, in the company's layout.

Every page takes the parts of results, unrounded, and what ``book.toml`` says about printing; rounding happens in the
tables that it is made of, once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from orebook.checks.saying import listed
from orebook.disciplines.drilling.programmes import programmes
from orebook.disciplines.drilling.series import blocks
from orebook.reports.drilling.collars import collar_table
from orebook.reports.drilling.highlights import highlights, interval, richest
from orebook.reports.drilling.intersections import intersection_table
from orebook.reports.drilling.layouts import ColumnLayout, Layout, layout
from orebook.reports.drilling.lists import sentence
from orebook.reports.drilling.notes import desurvey_note, equivalent_notes, rule_notes, table_notes
from orebook.reports.drilling.programmes import programme_sentences, programme_table
from orebook.reports.drilling.sentences import Templates, fill, template
from orebook.reports.printed import Passage, Printed, PrintedTable
from orebook.reports.room import Page, Parts
from orebook.reports.said import Said, joined

_FEW = 5
"""So many numbers without a hole are named; where there are more, the numbers are no count of holes."""

_NO_LAYOUT = ("style", "grades", "decimals")
"""Keys of ``print`` that say something else than how a table looks."""


@dataclass(frozen=True, slots=True)
class Making:
    """What a page has to know beside its numbers: how the company prints, and what the numbers rest on.

    ``name`` is under which the intersections stand in the book, for the addresses of their cells.
    ``said`` is the table ``print`` of ``book.toml``, ``rules`` the rule sets from the widest to the richest level as
    plain tables, ``derived`` each derived column with ``name``, ``kind``, ``label`` and ``said``, ``length`` the unit
    of depths, ``desurvey`` the method.
    """

    doc: str
    said: Mapping[str, Any]
    name: str = "intercepts"
    rules: Sequence[Mapping[str, Any]] = ()
    derived: Sequence[Mapping[str, str]] = ()
    length: str = "m"
    desurvey: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    remark: str = ""
    own: Templates | None = field(default=None)

    def layout(self, name: str, **usual: object) -> Layout:
        """The layout of a table: what is said under its name, over what is usual for it."""
        labels = {one["name"]: one["label"] for one in self.derived}
        said = dict(self.said.get(name, {}))
        columns = said.get("columns")
        if columns is not None:
            said["columns"] = [_labelled(each, labels) for each in columns]
        return layout({**usual, **{key: value for key, value in said.items() if key not in _NO_LAYOUT}})

    def printed(self, *parts: PrintedTable | Passage) -> Printed:
        """A page of these parts; what was noticed in making a table is said with it."""
        noticed = [remark for part in parts if isinstance(part, PrintedTable) for remark in part.remarks]
        return Printed(self.doc, parts, self.parameters, "; ".join(filter(None, (self.remark, *noticed))))


def _labelled(column: object, labels: Mapping[str, str]) -> object:
    """A column of a layout with the label of its definition above it, where the layout says no head."""
    said = dict(column) if isinstance(column, Mapping) else {"source": column}
    label = labels.get(str(said.get("source", "")))
    return said if label is None or "head" in said else {**said, "head": label}


def intercepts_page(parts: Parts, making: Making) -> Printed:
    """The table of significant intersections, with the rules below it and no hole forgotten."""
    table = parts["intercepts"]
    chosen = _own_columns(making, table, "intercepts")
    notes = [*rule_notes(list(making.rules), length_unit=making.length, own=making.own)] if making.rules else []
    notes += table_notes(table, chosen, making.own)
    if measured := _measured(table):
        words = template("notes", "thickness_measured", making.own)
        notes.append(fill(words, holes=f"{'holes' if len(measured) > 1 else 'hole'} {listed(measured)}"))
    notes += equivalent_notes(_equivalents(making), making.own)
    if making.desurvey and _has(table, "true_thickness"):
        notes += desurvey_note(making.desurvey, making.own)
    waiting = _waiting(parts)
    held = [*_names(parts.get("intercepts_without")), *dict.fromkeys(table["hole"].to_list())]
    found = intersection_table(
        table, chosen, holes=held, pending=waiting, notes=notes, name=making.name, own=making.own
    )
    return making.printed(found)


def holes_page(parts: Parts, making: Making) -> Printed:
    """The table of holes and what was drilled in all."""
    table = parts["holes"]
    return making.printed(collar_table(table, making.layout("holes"), name="holes"))


def programme_page(parts: Parts, making: Making) -> Printed:
    """The totals of every programme: holes, metres, means."""
    found = programmes(parts["holes"])
    chosen = making.layout("programme", total=len(found) > 1)
    decimals = int(making.said.get("programme", {}).get("decimals", 1))
    said = [
        joined(programme_sentences(each, chosen, decimals=decimals, at=at, own=making.own)).passage()
        for at, each in enumerate(found)
    ]
    said += unused(parts["holes"]["hole"].to_list(), making.own)
    return making.printed(*said, programme_table(found, chosen, decimals=decimals))


def unused(holes: Sequence[str], own: Templates | None = None) -> list[Passage]:
    """The numbers among some holes that no hole has, in a sentence; nothing where there is none, or many.

    >>> [passage.text for passage in unused(["K-1", "K-2", "K-4", "K-5"])]
    ['No hole has the number K-3.']
    """
    absent = [name for block in blocks(holes) for name in block.names()]
    return [Passage(sentence("unused", absent, own))] if 0 < len(absent) <= _FEW else []


def _headlines(parts: Parts, making: Making) -> Printed:
    """A sentence for each interval with the parts that lie in it."""
    table = parts["intercepts"]
    sentences = highlights(
        table,
        _own_columns(making, table, "intercepts"),
        style=str(making.said.get("highlights", {}).get("style", "grading")),
        grades=_spoken_grades(making, table),
        name=making.name,
        own=making.own,
    )
    return making.printed(*(Passage(said.text, "bullet", said.figures) for said in sentences))


def _spoken_grades(making: Making, table: pl.DataFrame) -> list[str | ColumnLayout]:
    """The grades that sentences say: those of the layout, else the one that decides."""
    grades = making.said.get("highlights", {}).get("grades") or _deciding(making, table)
    return [_grade(each, making) for each in grades]


def richest_intervals(parts: Parts, making: Making) -> list[dict[str, str | Said]]:
    """The words of every whole interval, the richest first: by grade times length of the column that decides."""
    table = parts["intercepts"]
    looks, grades = _own_columns(making, table, "intercepts"), _spoken_grades(making, table)
    order = richest(table, next(iter(_deciding(making, table)), ""))
    return [interval(table, looks, row, grades=grades, name=making.name, own=making.own) for row in order]


def highlights_page(parts: Parts, making: Making) -> Printed:
    """A sentence for each interval with the parts that lie in it, and the holes that have none."""
    passages = list(_headlines(parts, making).parts)
    for kind, names in (("barren", _names(parts.get("intercepts_without"))), ("pending", _waiting(parts))):
        if names:
            passages.append(Passage(sentence(kind, names, making.own)))
    return making.printed(*passages)


def drilling_page(parts: Parts, making: Making) -> Printed:
    """Programme, highlights, intersections and collars: the numbers of a drilling release."""
    pages = [page(parts, making) for page in (programme_page, _headlines, intercepts_page, holes_page)]
    return making.printed(*(part for page in pages for part in page.parts))


def _own_columns(making: Making, table: pl.DataFrame, name: str) -> Layout:
    """The layout of intersections; when it names no columns: hole, depths, thickness, the grades asked for."""
    chosen = making.layout(name)
    if chosen.columns:
        return chosen
    wanted = ["hole", "from", "to", "length"]
    wanted += ["true_thickness"] if _has(table, "true_thickness") else []
    grades = [str(each) for each in making.said.get("carried", [])]
    labels = {one["name"]: one["label"] for one in making.derived}
    columns = [_labelled(each, labels) for each in (*wanted, *grades)]
    return layout({"columns": columns}, chosen)


def _has(table: pl.DataFrame, name: str) -> bool:
    return any(column.startswith(f"{name}_") and table[column].is_not_null().any() for column in table.columns)


def _measured(table: pl.DataFrame) -> list[str]:
    """The holes in which a plane was measured in the core for an interval that is printed."""
    if "plane_basis" not in table.columns:
        return []
    return list(dict.fromkeys(table.filter(pl.col("plane_basis") == "structures")["hole"].to_list()))


def _equivalents(making: Making) -> dict[str, str]:
    """The formula of each metal equivalent that was computed."""
    found = {}
    for one in making.derived:
        if one["kind"] == "equivalent":
            head, _, formula = one["said"].partition(" = ")
            found[head] = formula
    return found


def _names(frame: pl.DataFrame | None) -> list[str]:
    return [] if frame is None or "hole" not in frame.columns else list(dict.fromkeys(frame["hole"].to_list()))


def _waiting(parts: Parts) -> list[str]:
    """Holes that wait for their assays: those without a sample, and those whose samples have no value yet."""
    return [*_names(parts.get("intercepts_pending")), *_names(parts.get("intercepts_unassayed"))]


def _deciding(making: Making, table: pl.DataFrame) -> list[str]:
    """The column by which the intervals were chosen."""
    return [str(rule["on"]) for rule in making.rules[:1] if rule["on"] in table.columns]


def _grade(said: object, making: Making) -> str | ColumnLayout:
    """A grade of a highlight as the layout of columns takes it."""
    labels = {one["name"]: one["label"] for one in making.derived}
    whole = _labelled(said, labels)
    if isinstance(whole, Mapping) and set(whole) == {"source"}:
        return str(whole["source"])
    return layout({"columns": [whole]}).columns[0]


PAGES: Mapping[str, Page[Making]] = {
    "intercepts": Page(("intercepts",), intercepts_page),
    "holes": Page(("holes",), holes_page),
    "programme": Page(("holes",), programme_page),
    "highlights": Page(("intercepts",), highlights_page),
    "drilling": Page(("holes", "intercepts"), drilling_page),
}
"""Every page by its name: the results that it is made of, and how."""
