"""Sensitivity: how far the richest intersections depend on the rules that made them."""

from orebook.book.bench import Bench, Made
from orebook.book.prepared import known_keys, number
from orebook.book.results.intercepts import sought
from orebook.disciplines.drilling.intersections.sensitivity import sensitivity

_WHERE = "results.sensitivity"


def make(bench: Bench) -> Made:
    """The richest intersections under a grid of other rules: cut-off, waste, top-cut, objective, missing samples."""
    said = bench.said("sensitivity")
    known_keys(bench, said, ("richest",), _WHERE)
    richest = int(number(bench, said, "richest", _WHERE, 10))
    found = sought(bench)
    made = sensitivity(found, richest=richest)
    rules = [level.said() for level in found.profile]
    return Made(
        {"sensitivity": made.headlines, "sensitivity_runs": made.runs},
        {"rules": rules, "richest": richest},
        ("only the first rule set is varied",) if len(rules) > 1 else (),
    )
