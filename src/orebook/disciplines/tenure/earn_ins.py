"""Earn-ins as tables: the states they came through, what is due next, what was refused, and what a point costs."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import polars as pl

from orebook.disciplines.tenure.earn_in_course import Course, Step, course
from orebook.disciplines.tenure.earn_in_data import Agreement, Event, Term, countings
from orebook.disciplines.tenure.earn_in_terms import Standing, groups
from orebook.disciplines.tenure.interests import earned_interest
from orebook.ground.quantity import Q

STATES = {
    "earn_in": pl.String,
    "property": pl.String,
    "day": pl.Date,
    "state": pl.String,
    "stage": pl.Int64,
    "year": pl.Int64,
    "cause": pl.String,
    "earned_pct": pl.Float64,
    "planned": pl.Boolean,
}
TERMS = {
    "earn_in": pl.String,
    "property": pl.String,
    "stage": pl.Int64,
    "term": pl.String,
    "kind": pl.String,
    "binding": pl.String,
    "due_day": pl.Date,
    "needed": pl.Float64,
    "done": pl.Float64,
    "shortfall": pl.Float64,
    "currency": pl.String,
    "status": pl.String,
    "met_day": pl.Date,
    "days_left": pl.Int64,
    "next": pl.Boolean,
}
COSTS = {
    "earn_in": pl.String,
    "property": pl.String,
    "stage": pl.Int64,
    "interest_pct": pl.Float64,
    "held_after_pct": pl.Float64,
    "spending": pl.Float64,
    "spending_after": pl.Float64,
    "per_point": pl.Float64,
    "currency": pl.String,
}
REFUSALS = {
    "earn_in": pl.String,
    "day": pl.Date,
    "event": pl.String,
    "amount": pl.Float64,
    "currency": pl.String,
    "why": pl.String,
}

_MONEY = ("spending", "contribution")
_ENDED = ("terminated", "lapsed")


def cost_per_point(spending: Q, interest: Q) -> Q:
    """What one percentage point of an interest costs: money by interest in per cent.

    Source: definition; systems 42.

    >>> cost_per_point(14.0, 35.0), cost_per_point(6.0, 15.0)
    (0.4, 0.4)
    """
    return spending / interest


def courses(known: Mapping[str, Agreement], events: Mapping[str, Iterable[Event]], until: date) -> dict[str, Course]:
    """The course of each agreement up to a day."""
    return {name: course(agreement, events.get(name, ()), until) for name, agreement in known.items()}


def states(run: Mapping[str, Course]) -> pl.DataFrame:
    """Every state that each earn-in came into: from which day, in which stage and year, and what it had earned by then.

    ``year`` counts from one, from the start of the agreement; ``earned_pct`` is missing where a stage does not say.
    """
    rows = (
        (
            *(name, one.agreement.land, step.day, step.state, step.stage or None),
            *(_year(one.agreement, step.day), step.cause, earned(one.agreement, step), step.planned),
        )
        for name, one in run.items()
        for step in one.steps
    )
    return pl.DataFrame(list(rows), STATES, orient="row")


def earned(agreement: Agreement, step: Step) -> float | None:
    """What all stages that had vested make, in per cent; nothing where one of them does not say."""
    points = [agreement.stages.get(stage) for stage in step.vested]
    known = [point for point in points if point is not None]
    if len(known) < len(points):
        return None
    return earned_interest(known) if known else 0.0


def _year(agreement: Agreement, day: date) -> int | None:
    start = agreement.start
    if start is None or day < start:
        return None
    return day.year - start.year + ((day.month, day.day) >= (start.month, start.day))


def terms_on(run: Mapping[str, Course]) -> pl.DataFrame:
    """Every term of every earn-in as it stands on the last day of its course: due, done, what is lacking, days left.

    ``status`` is ``met``, ``open``, ``missed`` (its day has passed), ``not begun`` (of a later stage), ``closed`` (the
    agreement ended before) or ``spared`` (an alternative was done). ``next`` marks what is due first of what is open.
    Money and shares as they are counted; a study, approval or notice is one.
    """
    rows = [row for name, one in run.items() for row in term_rows(name, one)]
    return pl.DataFrame(rows, TERMS, orient="row")


def term_rows(name: str, one: Course) -> Iterator[tuple[object, ...]]:
    """Yield a row of ``TERMS`` for each term of one earn-in, as it stands on the last day of its course."""
    spared = _spared(one)
    standings = [one.terms[term] for term in one.agreement.terms]
    said = {standing.term: _status(one, standing, spared) for standing in standings}
    first = min((each.due for each in standings if said[each.term] == "open" and each.due), default=None)
    for each in standings:
        term, status = each.term, said[each.term]
        needed = _needed(term)
        lacking = None if needed is None else max(needed - each.done, 0.0)
        left = (each.due - one.until).days if each.due and status in ("open", "missed") else None
        yield (
            *(name, one.agreement.land, term.stage, term.name, term.kind, term.binding or None, each.due),
            *(needed, each.done, lacking, _currency(one.agreement, term), status, each.met, left),
            status == "open" and each.due == first and first is not None,
        )


def _status(one: Course, standing: Standing, spared: set[Term]) -> str:
    term, now = standing.term, one.now
    if standing.met is not None:
        return "met"
    if term in spared:
        return "spared"
    if term.stage not in one.begun:
        return "closed" if now is not None and now.state in _ENDED else "not begun"
    if standing.last is not None and standing.last < one.until and _was_running(one, standing.last):
        return "missed"
    return "closed" if now is None or now.state in _ENDED else "open"


def _was_running(one: Course, day: date) -> bool:
    """Whether the agreement had not been ended by a day."""
    ended = [step.day for step in one.steps if step.state == "terminated"]
    return not ended or day < ended[0]


def _spared(one: Course) -> set[Term]:
    """Terms that need not be met, since an alternative was."""
    found: set[Term] = set()
    for stage in one.agreement.stages:
        for some in groups(one.agreement.of_stage(stage)):
            if any(one.terms[term].met for term in some):
                found.update(term for term in some if not one.terms[term].met)
    return found


def _needed(term: Term) -> float | None:
    counting = countings().get(term.kind)
    if counting is None:
        return None
    return term.amount if counting.adds else 1.0


def _currency(agreement: Agreement, term: Term) -> str | None:
    counting = countings().get(term.kind)
    money = counting is not None and counting.adds and term.kind != "shares"
    return (term.currency or agreement.currency or None) if money else None


def refusals(run: Mapping[str, Course]) -> pl.DataFrame:
    """Events that the machines did not let happen, and amounts that no term counts, each with the reason."""
    rows: list[tuple[object, ...]] = []
    for name, one in run.items():
        rows += [(name, event.day, event.kind, event.amount, event.currency, why) for event, why in one.refused]
        rows += [
            (name, event.day, event.kind, event.amount, event.currency, "no term counts this currency")
            for event in one.uncounted
        ]
    return pl.DataFrame(rows, REFUSALS, orient="row").sort("earn_in", "day", "event", maintain_order=True)


def costs(known: Mapping[str, Agreement]) -> pl.DataFrame:
    """What each stage adds, what the earners hold after it, what has to be spent for it, and what a point costs.

    ``spending`` is what the stage itself needs beyond those before, where all of it is in one currency; missing where
    no amount is said. Source: systems 42.

    >>> terms = (Term(1, "", "spending", 14.0, counted="stage"), Term(2, "", "spending", 6.0, counted="stage"))
    >>> hob = Agreement("Hob", "Hob Lake", "Tor", "Ness", None, stages={1: 35.0, 2: 15.0}, terms=terms)
    >>> costs({"Hob": hob}).select("held_after_pct", "spending_after", "per_point").rows()
    [(35.0, 14.0, 0.4), (50.0, 20.0, 0.4)]
    """
    rows: list[tuple[object, ...]] = []
    for name, one in known.items():
        after: float | None = 0.0
        held: float | None = 0.0
        for stage, points in one.stages.items():
            spending = _spending(one, stage, after)
            after = None if after is None or spending is None else after + spending
            held = None if held is None or points is None else held + points
            each = cost_per_point(spending, points) if spending is not None and points else None
            rows.append((name, one.land, stage, points, held, spending, after, each, one.currency or None))
    return pl.DataFrame(rows, COSTS, orient="row")


def _spending(one: Agreement, stage: int, before: float | None) -> float | None:
    """What a stage needs to be spent: the most that a schedule asks for, or each year added up."""
    terms = [term for term in one.of_stage(stage) if term.kind in _MONEY and term.amount is not None]
    if not terms or len({term.currency or one.currency for term in terms}) > 1:
        return None
    by_year = sum(term.amount or 0.0 for term in terms if term.counted == "year")
    of_stage = max((term.amount or 0.0 for term in terms if term.counted in ("stage", "")), default=0.0)
    of_all = max((term.amount or 0.0 for term in terms if term.counted == "start"), default=None)
    since_start = 0.0 if of_all is None else of_all - before if before is not None else None
    return None if since_start is None else max(by_year, of_stage, since_start)
