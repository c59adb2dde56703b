"""Events after a period: which quarter they came too late for, and into which one they will go."""

from orebook.book.bench import Bench, Made
from orebook.book.ledgers import fiscal_month
from orebook.disciplines.finance.later_events import later_events


def make(bench: Bench) -> Made:
    """Every event with the quarter that ended before it and the one that records it, as far as that is known."""
    fiscal_month(bench)
    events = bench.need("later_events", "events after the period")
    found = later_events(events, bench.settings.fiscal_year_end)
    unknown = found.filter(found["falls_in"].is_null()).height
    said = "event is recorded when it closes" if unknown == 1 else "events are recorded when they close"
    remarks = (f"{unknown} {said}; nobody knows yet when",) if unknown else ()
    return Made({"later_events": found}, {"fiscal_year_end": bench.settings.fiscal_year_end}, remarks)
