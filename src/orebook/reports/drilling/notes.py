"""Notes: what stands below a table of intersections, made from the rules that made the intervals.

Rules come as plain data under the names of a rule set (``cutoff``, ``max_waste_run``, ``min_length``, ``top_cut`` ...),
so that nobody writes by hand what the computer knows. A rule that is not said makes no note; one that is said to be
none makes the note that there is none.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from orebook.ground.schema import ABOVE, BELOW
from orebook.reports.drilling.columns import length_of
from orebook.reports.drilling.heads import head, symbol
from orebook.reports.drilling.layouts import Layout
from orebook.reports.drilling.sentences import Templates, fill, has, template
from orebook.reports.rounding import as_is

Rules = Mapping[str, Any]

_LENGTHS = ("min_length", "max_length", "max_waste_run", "max_waste_total")
_ORDER = (
    "cutoff",
    "min_average",
    "min_length",
    "max_length",
    "short_high_metal",
    "max_waste_run",
    "max_waste_total",
    "min_waste_grade",
    "top_cut",
)
_SILENT: dict[str, tuple[object, ...]] = {"min_average": ("cutoff", "none"), "min_length": (0.0,)}
"""Values of a rule that say nothing a reader needs."""

_WORDS = ("missing_sample", "gap", "bdl_view", "weights")
_TIGHT = ("%",)


def rule_notes(rules: Rules | Sequence[Rules], *, length_unit: str, own: Templates | None = None) -> list[str]:
    """The notes of a rule set, or of several from the widest to the richest level.

    ``on`` of a rule set is the column by which the intervals were chosen, ``length_unit`` the unit of their depths.

    >>> rule_notes({"on": "au_gpt", "cutoff": 0.5, "max_waste_run": 3.0, "min_length": 2.0, "top_cut": None},
    ...     length_unit="m")
    ['Cut-off 0.5 g/t Au, length at least 2 m, internal dilution at most 3 m in a row, grades uncut.']
    """
    levels = [rules] if isinstance(rules, Mapping) else list(rules)
    said = [", ".join(_phrases(level, length_unit, own)) for level in levels]
    notes = [f"{words[:1].upper()}{words[1:]}." for words in said[:1] if words]
    for number, (level, words) in enumerate(zip(levels[1:], said[1:], strict=True), 1):
        name = str(level.get("name") or ("Parts" if number == 1 else f"Parts of level {number}"))
        if words:
            notes.append(fill(template("notes", "level", own), level=name, rules=f"{words}."))
    first = levels[0] if levels else {}
    words_ = (f"{name}_{first[name]}" for name in _WORDS if first.get(name))
    return notes + [template("notes", name, own) for name in words_ if has("notes", name, own)]


def _phrases(rules: Rules, unit: str, own: Templates | None) -> Iterator[str]:
    for name in _ORDER:
        if name not in rules:
            continue
        value = rules[name]
        if value is None or (name == "max_waste_run" and not value):
            if has("notes", f"{name}_none", own):
                yield template("notes", f"{name}_none", own)
            continue
        if value in _SILENT.get(name, ()) or (name == "min_average" and value == rules.get("cutoff")):
            continue
        said = _value(name, value, str(rules["on"]), unit)
        yield fill(template("notes", _kind(name, rules, own), own), value=said)


def _kind(name: str, rules: Rules, own: Templates | None) -> str:
    """The template of a rule, by what else the rule set says of it."""
    others = {"cutoff": "cutoff_op", "min_length": "min_length_basis", "top_cut": "top_cut_stage"}
    other = rules.get(others.get(name, ""))
    particular = f"{name}_{other}"
    return particular if other and has("notes", particular, own) else name


def _value(name: str, value: Any, of: str, unit: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return " and ".join(_value(name, each, column, unit) for column, each in value.items())
    if name in _LENGTHS:
        return f"{as_is(value)} {symbol(unit)}"
    graded = head(of)
    grade = symbol(graded.unit)
    if name == "short_high_metal":
        return f"{as_is(value)} {grade} × {symbol(unit)}"
    gap = "" if grade in _TIGHT else " "
    return f"{as_is(value)}{gap}{grade} {graded.words}"


def table_notes(table: pl.DataFrame, layout: Layout, own: Templates | None = None) -> list[str]:
    """The notes that follow from the intervals themselves: true thickness, and what ``<`` and ``>`` mean.

    >>> table_notes(pl.DataFrame({"hole": ["A"], "length_m": [3.0]}), Layout())
    ['Intervals are lengths along the core; true thickness is not known.']
    """
    unit = length_of(table, "length", "from")
    name = f"true_thickness_{unit}"
    known = table.height - table[name].null_count() if name in table.columns else 0
    kind = "unknown" if not known else "known" if known == table.height else "partly"
    if known and layout.columns and not any("true_thickness" in column.source for column in layout.columns):
        kind = "unsaid"
    notes = [template("notes", f"thickness_{kind}", own)]
    if _any(table, BELOW):
        notes.append(template("notes", "below", own))
    if _any(table, ABOVE):
        notes.append(fill(template("notes", "above", own), sign=layout.at_least))
    return notes


def _any(table: pl.DataFrame, ending: str) -> bool:
    return any(bool(table[column].any()) for column in table.columns if column.endswith(ending))


def equivalent_notes(formulas: Mapping[str, str], own: Templates | None = None) -> list[str]:
    """The formula of each equivalent, as it was computed.

    >>> equivalent_notes({"AuEq": "Au g/t + 1.5 × Cu %"})
    ['AuEq = Au g/t + 1.5 × Cu %.']
    """
    return [fill(template("notes", "equivalent", own), name=name, formula=said) for name, said in formulas.items()]


def desurvey_note(method: str, own: Templates | None = None) -> list[str]:
    """By which method positions along the holes were found; nothing for a method that nobody described.

    >>> desurvey_note("minimum_curvature")
    ['Positions along the holes are by minimum curvature.']
    """
    name = f"desurvey_{method}"
    return [template("notes", name, own)] if has("notes", name, own) else []
