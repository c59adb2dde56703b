"""Terms of which nobody says whether they are owed."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_tenure import word


@table_rule("T910", on="records", basis="disclosure: may is not will")
def option_or_commitment_unsaid(tables: Tables) -> Iterator[Faults]:
    """A term of an earn-in does not say whether it is an option or a commitment.

    What it does:
    Looks for terms whose binding is empty.

    Why it matters:
    May spend and will spend are different states: a commitment is owed even when the option is given up.

    Flagged:

        earn_in_terms
        earn_in,stage,term,kind,amount,by_day,counted
        Hob,1,first,spending,14,2012-03-31,stage

    Fine:

        earn_in_terms
        earn_in,stage,term,kind,amount,by_day,counted,binding
        Hob,1,first,spending,14,2012-03-31,stage,option

    Help:
    Write option or commitment into binding, as the agreement has it.
    """
    rows = records(tables, "earn_in_terms", "earn_in", "term", "binding").with_columns(word("binding"))

    def say(row: Row) -> str:
        return f"{row['earn_in']}: {row['term']} is not said to be an option or a commitment"

    yield Faults("note", rows.filter(pl.col("binding").is_null()), say, {"earn_in_terms": "line"})
