"""Holes that have no samples."""

from collections.abc import Iterator

from orebook.checks.table_ids import holes_without
from orebook.checks.table_rule import Faults, Row, Tables, table_rule


@table_rule("T503", on="tables", basis="a pending hole is named")
def hole_without_assays(tables: Tables) -> Iterator[Faults]:
    """A hole has a collar and no assays.

    What it does:
    Looks for each collar among the assays, where there is a table of assays, and repeats the status of the hole.

    Why it matters:
    Its results are pending, it was not sampled, or its rows were lost. A release that is complete says which.

    Flagged:

        collars
        hole,easting_m,northing_m,status
        CL20037,1000.0,2000.0,completed
        CL20038,1050.0,2000.0,results pending

        assays
        hole,from_m,to_m,cu_pct
        CL20037,10.0,12.0,0.12

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,10.0,12.0,0.12

    Help:
    Say in ``status`` what each of them waits for.
    """

    def say(row: Row) -> str:
        status = f"; its status is {row['status']}" if row["status"] else ""
        return f"{row['hole']} has no assays{status}"

    yield Faults("note", holes_without(tables, "assays"), say, {"collars": "line"})
