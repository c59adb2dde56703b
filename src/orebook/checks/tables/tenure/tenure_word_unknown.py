"""Words that a column of tenure does not know."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_tenure import word
from orebook.disciplines.tenure.dilution import FORMULAS
from orebook.disciplines.tenure.earn_in_data import BINDING, COUNTED, countings, events_known
from orebook.disciplines.tenure.milestones import STATUSES
from orebook.disciplines.tenure.people import RELATIONS
from orebook.disciplines.tenure.permits import permit_states
from orebook.disciplines.tenure.places import BASES
from orebook.disciplines.tenure.royalties import EVENTS


@table_rule("T911", on="records", basis="words of the tables")
def tenure_word_unknown(tables: Tables) -> Iterator[Faults]:
    """A column that takes one of a few words holds another.

    What it does:
    Compares states, kinds, events, bases and formulas with the words that each column knows.

    Why it matters:
    What is not understood takes part in nothing, in silence.

    Flagged:

        milestone_dates
        property,milestone,said_on,status,date
        Hob Lake,first gold,2011-11-14,hoped for,2012

    Fine:

        milestone_dates
        property,milestone,said_on,status,date
        Hob Lake,first gold,2011-11-14,planned,2012

    Help:
    Write one of the words that the message lists.
    """
    for (table, column), words in _known().items():
        rows = records(tables, table, column).with_columns(word(column).str.replace_all("_", " "))
        allowed = sorted(each.replace("_", " ") for each in words)

        def say(row: Row, column: str = column, allowed: list[str] = allowed) -> str:
            return f"{column} is {row[column]}; it knows {', '.join(allowed)}"

        yield Faults("error", rows.filter(~pl.col(column).is_in(allowed)), say, {table: "line"})


def _known() -> dict[tuple[str, str], frozenset[str]]:
    """The words that each column knows."""
    known = {
        ("earn_in_events", "event"): events_known(),
        ("earn_in_events", "status"): ("planned", "done"),
        ("earn_in_terms", "kind"): countings(),
        ("earn_in_terms", "counted"): COUNTED,
        ("earn_in_terms", "binding"): BINDING,
        ("joint_ventures", "dilution"): FORMULAS,
        ("milestone_dates", "status"): STATUSES,
        ("permits", "state"): permit_states(),
        ("persons", "relation"): RELATIONS,
        ("distances", "basis"): BASES,
        ("royalty_events", "event"): EVENTS,
    }
    return {key: frozenset(words) for key, words in known.items()}
