"""Technical documents for which nobody answers."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.disciplines.tenure.people import unanswered


@table_rule("T917", on="records", basis="NI 43-101 s. 3.1")
def nobody_answers(tables: Tables) -> Iterator[Faults]:
    """A technical document names nobody who answers for it, or somebody who lacks what that takes.

    What it does:
    Takes each document that is technical by its kind or by its own word, and looks at the persons that it names as
    they stood on its day: known, with a credential that a body registers, the body, and the relation to the issuer.

    Why it matters:
    Written technical disclosure names a qualified person and their relation to the issuer.

    Flagged:

        documents
        document,kind,published_day
        E1,resource estimate,2009-07-01

    Fine:

        documents
        document,kind,published_day,persons
        E1,resource estimate,2009-07-01,R. Calder

        persons
        person,credentials,body,relation
        R. Calder,P.Geo.,EGBC,independent

    Help:
    Name the person under persons, and give them a row in the table of persons with credentials, body and relation.
    """
    lines = records(tables, "documents", "document").group_by("document").agg(pl.col("line").min())
    rows = unanswered(tables.frame("documents"), tables.frame("persons")).join(lines, on="document").sort("line")

    def say(row: Row) -> str:
        if row["person"] is None:
            return f"{row['document']} is technical and names nobody who answers for it"
        if row["lacks"] == "known person":
            return f"{row['document']}: the table of persons has no {row['person']} on its day"
        return f"{row['document']}: {row['person']} has no {row['lacks']} in the table of persons"

    yield Faults("warning", rows, say, {"documents": "line"})
