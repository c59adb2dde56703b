"""Documents that cite what another had replaced."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.disciplines.tenure.documents import stale_citations


@table_rule("T918", on="records", basis="what was replaced no longer holds")
def superseded_document_cited(tables: Tables) -> Iterator[Faults]:
    """A document cites another whose place a third had taken by then, or one that is not in the register.

    What it does:
    Follows what supersedes what by the days of publication.

    Why it matters:
    Figures of an old estimate go on living in new releases.

    Flagged:

        documents
        document,kind,published_day,supersedes,cites
        A,agreement,2009-07-01,,
        B,agreement,2010-03-01,A,
        C,agreement,2011-10-25,,A

    Fine:

        documents
        document,kind,published_day,supersedes,cites
        A,agreement,2009-07-01,,
        B,agreement,2010-03-01,A,
        C,agreement,2011-10-25,,B

    Help:
    Cite what holds, or say that the cited is out of date.
    """
    lines = records(tables, "documents", "document").group_by("document").agg(pl.col("line").min())
    rows = stale_citations(tables.frame("documents")).join(lines, on="document").sort("line")

    def say(row: Row) -> str:
        if row["unknown"]:
            return f"{row['document']} cites {row['cites']}, which the register does not have"
        return (
            f"{row['document']} cites {row['cites']}, whose place {row['superseded_by']} took on {row['superseded_on']}"
        )

    yield Faults("note", rows, say, {"documents": "line"})
