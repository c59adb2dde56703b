"""Milestones: when each is to happen and how exactly that is known, how it slipped, and what has to come before."""

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.tenures import told_until
from orebook.disciplines.tenure.milestones import chains, conflicts, order_of, sayings, slippage, standing
from orebook.disciplines.tenure.permits import permit_sayings, permits_on, with_permits


def make(bench: Bench) -> Made:
    """Milestones on a day with the earliest day that their chains allow, their slippage, conflicts and order."""
    day, why = told_until(bench, "milestones")
    south = bool(bench.said("milestones").get("south", False))
    said = sayings(bench.need("milestone_dates", "milestones"), south=south)
    known = said.filter(pl.col("said_on").is_null() | (pl.col("said_on") <= day))
    stood, permits = standing(said, day), bench.table("permits")
    awaited = None if permits is None else permits_on(permit_sayings(permits, south=south), day)
    waiting = stood if awaited is None else with_permits(stood, awaited)
    chain = chains(waiting, awaited)
    possible = chain.select("property", "milestone", "possible_day", "by", "short_d")
    parts = {
        "milestones": stood.join(possible, on=["property", "milestone"], how="left"),
        "milestones_slippage": slippage(known),
        "milestones_chain": chain,
        "milestones_conflicts": conflicts(known),
        "milestones_order": order_of(waiting),
        "milestones_said": said,
    }
    return Made(parts, {"milestones": dict(bench.said("milestones"))}, (why,))
