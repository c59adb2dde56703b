"""Permits: the state of each, until when an answer is expected, how that moved, and what waits for it."""

from orebook.book.bench import Bench, Made
from orebook.book.tenures import told_until
from orebook.disciplines.tenure.milestones import sayings, standing
from orebook.disciplines.tenure.permits import blocked, permit_sayings, permits_on


def make(bench: Bench) -> Made:
    """Permits as they stand on a day, what those that are not held keep from happening, and all that was said."""
    day, why = told_until(bench, "permits")
    south = bool(bench.said("permits").get("south", False))
    said = permit_sayings(bench.need("permits", "permits"), south=south)
    stood = permits_on(said, day)
    milestones = bench.table("milestone_dates")
    waiting = standing(sayings(milestones, south=south), day) if milestones is not None else None
    parts = {"permits_now": stood, "permits_blocked": blocked(stood, waiting), "permits_said": said}
    return Made(parts, {"permits": dict(bench.said("permits"))}, (why,))
