"""Metal accounting: what went into a plant, what came out, what nobody can account for, and the reconciled balance."""

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.disciplines.production.metal_balance import metal_account


def make(bench: Bench) -> Made:
    """Check-in and check-out of each stretch of days as first and as last said, with standard deviations and tests."""
    streams = bench.need("streams", "balances of metal")
    measures = bench.need("stream_measures", "balances of metal")
    made = metal_account(streams.drop("row"), measures.drop("row"), bench.table("stream_stocks"))
    remarks = []
    if made.lacking.height:
        remarks.append(f"{made.lacking.height} streams lack a mass; see metal_accounting_lacking")
    if (loose := made.tests.filter(~pl.col("converged")).height) > 0:
        remarks.append(f"{loose} balances could not be reconciled")
    parts = {
        "metal_accounting": made.balances,
        "metal_accounting_reconciled": made.reconciled,
        "metal_accounting_tests": made.tests,
        "metal_accounting_lacking": made.lacking,
    }
    return Made(parts, {"metal_accounting": dict(bench.said("metal_accounting"))}, tuple(remarks))
