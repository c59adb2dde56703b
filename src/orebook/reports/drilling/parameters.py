"""Parameters: every option of the rules that made a result, for the sheet beside its tables."""

from collections.abc import Sequence
from typing import Any

from orebook.reports.drilling.notes import Rules


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
