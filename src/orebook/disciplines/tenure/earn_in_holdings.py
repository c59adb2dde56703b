"""Who holds what of a property under an earn-in: from the day of each vesting, stated, derived or presumed.

What an owner had before is taken from the interests of the property; where nobody says it the owner is presumed to
have had all that others do not hold, and the row says so. What the earners hold together follows from the stages. How
they divide it stands only where the agreement says it; otherwise they stand as one party.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import polars as pl

from orebook.disciplines.tenure.earn_in_course import Course, Step
from orebook.disciplines.tenure.earn_ins import earned
from orebook.disciplines.tenure.interest_days import interest_on
from orebook.disciplines.tenure.interests import remaining_interest

HOLDINGS = {
    "earn_in": pl.String,
    "property": pl.String,
    "holder": pl.String,
    "from_day": pl.Date,
    "interest_pct": pl.Float64,
    "basis": pl.String,
    "planned": pl.Boolean,
    "note": pl.String,
}

STATED, DERIVED, PRESUMED = "stated", "derived", "presumed"
"""On what an interest rests: a document says it, it follows, or nobody says it and the owner is taken to have all."""

_WHOLE = 100.0
_HAIR = 1e-9


def holdings(run: Mapping[str, Course], interests: pl.DataFrame | None = None) -> pl.DataFrame:
    """What every party of each earn-in holds from which day on, in per cent of the property.

    ``interests`` are the interests by date of the book; those of a property on the day on which its agreement was
    signed are the starting point. At every date the parts of one property make what was held at the start.
    """
    known: dict[date, pl.DataFrame] = {}

    def on(day: date) -> pl.DataFrame:
        if day not in known:
            known[day] = interest_on(interests, day) if interests is not None and interests.height else pl.DataFrame()
        return known[day]

    rows = [row for name, one in run.items() for row in _holdings(name, one, on)]
    return pl.DataFrame(rows, HOLDINGS, orient="row")


def holding_on(held: pl.DataFrame, day: date) -> pl.DataFrame:
    """Who of an earn-in holds what on a day: the last of ``holdings`` that has begun by then, nobody with nothing."""
    known = held.filter(pl.col("from_day") <= day)
    last = known.filter(pl.col("from_day") == pl.col("from_day").max().over("earn_in"))
    return last.filter(pl.col("interest_pct").fill_null(1.0) != 0.0)


def _holdings(name: str, one: Course, on: Callable[[date], pl.DataFrame]) -> Iterator[tuple[object, ...]]:
    agreement = one.agreement
    first = agreement.signed or agreement.start
    if first is None or not agreement.land:
        return
    before, basis = _before(one, on(first))
    held = set(before) - {agreement.owner}
    note = "" if basis == STATED else f"nobody says what {agreement.owner} held before"
    whole = before[agreement.owner]
    yield name, agreement.land, agreement.owner, first, whole, basis, False, note
    for holder in sorted(held):
        yield name, agreement.land, holder, first, before[holder], STATED, False, ""
    for step in _vestings(one):
        points = earned(agreement, step)
        left = None if points is None else remaining_interest(whole, points)
        rows = [(agreement.owner, left, DERIVED if basis == STATED else basis, note), *_earners(one, step, points)]
        rows += [(holder, before[holder], STATED, "") for holder in sorted(held)]
        for holder, share, how, why in rows:
            yield name, agreement.land, holder, step.day, share, how, step.planned, why


def _vestings(one: Course) -> list[Step]:
    """The steps at which a stage vested, the last of each day."""
    steps = {step.day: step for step in one.steps if step.state == "vested"}
    return list(steps.values())


def _before(one: Course, rows: pl.DataFrame) -> tuple[dict[str, float], str]:
    """What everybody held when the agreement was signed, and on what the owner's part rests."""
    agreement = one.agreement
    known: dict[str, float] = {}
    if rows.height:
        said = rows.filter(pl.col("property") == agreement.land).drop_nulls("interest_pct")
        known = dict(said.select("holder", "interest_pct").rows())
    if agreement.owner in known:
        return known, STATED
    return {**known, agreement.owner: _WHOLE - sum(known.values())}, PRESUMED


def _earners(one: Course, step: Step, points: float | None) -> list[tuple[str, float | None, str, str]]:
    """The earners' rows: each by name where the agreement says how they divide, else all of them as one party."""
    agreement = one.agreement
    split = agreement.splits.get(step.stage, {})
    if split and points is not None and abs(sum(split.values()) - points) < _HAIR:
        together = [(agreement.earner, 0.0, DERIVED, "")] if agreement.earner not in split else []
        return [*((holder, share, STATED, "") for holder, share in split.items()), *together]
    note = ""
    if agreement.members:
        said = "makes another interest" if split else "is not stated"
        note = f"how {' and '.join(agreement.members)} divide it {said}"
    return [(agreement.earner, points, DERIVED, note)]
