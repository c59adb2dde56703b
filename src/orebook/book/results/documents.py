"""Documents: the register on a day, what took whose place, who answers for what, and what lacks somebody who does."""

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.tenures import told_until
from orebook.disciplines.tenure.documents import documents_on, previous, stale_citations
from orebook.disciplines.tenure.people import persons_on, statement_parts, unanswered


def make(bench: Bench) -> Made:
    """Documents published by a day, the one before each, people and what technical documents lack of them."""
    day, why = told_until(bench, "documents")
    known = bench.need("documents", "documents")
    there = known.filter(pl.col("published_day").is_null() | (pl.col("published_day") <= day))
    persons = bench.table("persons")
    people = persons if persons is not None else pl.DataFrame()
    parts = {
        "documents_now": documents_on(known, day),
        "documents_previous": previous(there),
        "documents_citations": stale_citations(there),
        "documents_persons": persons_on(people, day),
        "documents_statements": statement_parts(there, people),
        "documents_lacks": unanswered(there, people),
    }
    return Made(parts, {"documents": dict(bench.said("documents"))}, (why,))
