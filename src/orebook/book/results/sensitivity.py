"""Sensitivity: how far the richest intersections depend on the rules that made them."""

from orebook.book.bench import Bench, Made
from orebook.book.prepared import number
from orebook.book.results.intercepts import sought
from orebook.disciplines.drilling.intersections.sensitivity import sensitivity

_WHERE = "results.sensitivity"
_MOST = 1_000_000


def make(bench: Bench) -> Made:
    """The richest intersections under a grid of other rules: cut-off, waste, top-cut, objective, missing samples."""
    said = bench.said("sensitivity")
    richest = int(asked := number(bench, said, "richest", _WHERE, 10))
    if richest != asked or not 1 <= richest <= _MOST:
        raise bench.wrong(f"{_WHERE}.richest", f"is {asked:g}; write a whole number from 1 to {_MOST:,}")
    found = sought(bench)
    made = sensitivity(found, richest=richest)
    rules = [level.said() for level in found.profile]
    return Made(
        {"sensitivity": made.headlines, "sensitivity_runs": made.runs},
        {"rules": rules, "richest": richest},
        ("only the first rule set is varied",) if len(rules) > 1 else (),
    )
