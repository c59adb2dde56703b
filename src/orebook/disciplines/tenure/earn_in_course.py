"""The course of an earn-in: what its machine does with what happened, day by day.

The machine is a table of moves. On each day first everything counts that was spent, paid, filed or given on it, then
the moves of that day are made in the order of the table, so that the order of rows never matters. A stage vests by
itself on the day on which all that it asks for has been done in time; a deadline that passes undone ends the option by
itself on the day after. Conditions are read strictly: a day late is late, and another currency is another currency.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from orebook.disciplines.tenure.earn_in_data import Agreement, Event, Move, Term, moves
from orebook.disciplines.tenure.earn_in_terms import Facts, Standing, groups
from orebook.ground.when import days_after

SIGNED, VESTED, HELD_UP = "signed", "vested", "force majeure"
ITSELF = ("start", "vest", "lapse")
"""Moves that are made without anybody saying so, when their day or their guard comes."""


class Step(NamedTuple):
    """A state that an earn-in came into: when, in which stage, by which event, and whether that is only planned.

    ``vested`` are the stages that had vested by then.
    """

    day: date
    state: str
    stage: int
    cause: str
    planned: bool = False
    vested: tuple[int, ...] = ()


class Refused(NamedTuple):
    """An event that the machine does not let happen, and why."""

    event: Event
    why: str


@dataclass
class Course:
    """What became of an earn-in up to a day."""

    agreement: Agreement
    until: date
    steps: list[Step] = field(default_factory=list)
    terms: dict[Term, Standing] = field(default_factory=dict)
    begun: dict[int, date] = field(default_factory=dict)
    vested: dict[int, date] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    uncounted: list[Event] = field(default_factory=list)

    @property
    def now(self) -> Step | None:
        """The state on the last day."""
        return self.steps[-1] if self.steps else None


def course(agreement: Agreement, events: Iterable[Event], until: date) -> Course:
    """Run the machine of an earn-in over what happened up to a day, that day included.

    >>> terms = (Term(1, "spending", "spending", 14.0, by_day=date(2013, 12, 31), counted="stage"),)
    >>> hob = Agreement("Hob", "Hob Lake", "Tor", "Ness", date(2010, 7, 1), stages={1: 35.0}, terms=terms)
    >>> for step in course(hob, [Event(date(2012, 8, 1), "spent", 14.0)], date(2012, 12, 31)).steps:
    ...     print(step.day, step.state, step.stage)
    2010-07-01 in option 1
    2012-08-01 vested 1
    """
    return next(courses_on(agreement, events, [until]))


def courses_on(agreement: Agreement, events: Iterable[Event], days: Sequence[date]) -> Iterator[Course]:
    """Yield what had become of an earn-in by each of some rising days; its machine runs once over all of them.

    >>> hob = Agreement("Hob", "Hob Lake", "Tor", "Ness", date(2010, 7, 1), stages={1: 35.0})
    >>> [len(one.steps) for one in courses_on(hob, [], [date(2010, 6, 30), date(2010, 7, 1)])]
    [0, 1]
    """
    last = max(days, default=date.min)
    return _Machine(agreement, [event for event in events if event.day <= last], last).run(days)


class _Machine:
    """The machine of one earn-in while it runs."""

    def __init__(self, agreement: Agreement, events: list[Event], until: date) -> None:
        self.agreement, self.events = agreement, events
        self.facts = Facts(agreement, events)
        self.course = Course(agreement, until, terms={term: Standing(term) for term in agreement.terms})
        self.state, self.stage, self.before = SIGNED, 0, SIGNED
        self.pauses: list[tuple[date, date]] = []
        self.paused: date | None = None
        self.given: dict[Term, tuple[date, date]] = {}
        self.plan = min((event.day for event in events if event.planned), default=None)

    def run(self, wanted: Iterable[date]) -> Iterator[Course]:
        """Every day on which something may happen, in order; yield the course up to each day that is wanted.

        Courses between which nothing changed share their steps and terms.
        """
        agreement, moving = self.agreement, {move.event for move in moves()}
        by_day: dict[date, list[Event]] = {agreement.start: []} if agreement.start else {}
        for event in self.events:
            by_day.setdefault(event.day, []).extend([event] if event.kind in moving else [])
        days = sorted(by_day)
        day, place, found, steady = min(days, default=None), 0, None, date.min
        for until in wanted:
            while day is not None and day <= until:
                steady = date.min
                self._live(day, by_day.get(day, []))
                place += day == (days[place] if place < len(days) else None)
                lapse = self._lapse_day()
                day = min([*days[place : place + 1], *([lapse] if lapse and lapse > day else [])], default=None)
            if found is None or until > steady:
                found = self._until(until)
                steady = self._steady(found)
            else:
                found = replace(found, until=until)
            yield found

    def _steady(self, seen: Course) -> date:
        """The last day on which all that is said of a course stays true if nothing happens."""
        ahead = [each.last for each in seen.terms.values() if each.last and each.last >= seen.until]
        if self.agreement.signed is not None and self.agreement.signed > seen.until:
            ahead.append(days_after(self.agreement.signed, -1))
        return min(ahead, default=date.max) if self.paused is None else date.min

    def _until(self, day: date) -> Course:
        """The course as it stands on a day, which the machine goes on from."""
        now, signed = self.course, self.agreement.signed
        first = [self._step(signed, SIGNED, 0, "sign", ())] if signed is not None and signed <= day else []
        terms = {term: replace(standing) for term, standing in now.terms.items()}
        self._stand(day, terms)
        uncounted = [event for event in self.facts.uncounted if event.day <= day]
        begun, vested = dict(now.begun), dict(now.vested)
        return Course(self.agreement, day, [*first, *now.steps], terms, begun, vested, [*now.refused], uncounted)

    def _live(self, day: date, waiting: list[Event]) -> None:
        """The moves of one day, in the order of the table, until none is left that can be made."""
        self._stand(day, self.course.terms)
        while (found := self._next(day, waiting)) is not None:
            move, event = found
            if event is not None:
                waiting.remove(event)
            self._make(day, move, event)
            self._stand(day, self.course.terms)
        for event in waiting:
            self.course.refused.append(Refused(event, self._why(day, event)))

    def _next(self, day: date, waiting: list[Event]) -> tuple[Move, Event | None] | None:
        for move in moves():
            if move.state != self.state:
                continue
            stage = self._following() if move.stage == "next" else self.stage
            event = next((each for each in waiting if each.kind == move.event and each.stage in (None, stage)), None)
            itself = move.event in ITSELF and (move.guard or move.event == "start")
            if (event is not None or itself) and not self._barred(day, move, said=event is not None):
                return move, event
        return None

    def _barred(self, day: date, move: Move, *, said: bool) -> str:
        """Why a guard does not let a move be made; nothing where it does."""
        agreement = self.agreement
        if move.event == "start" and (agreement.start is None or day < agreement.start) and not said:
            return "it has not begun"
        if move.guard == "terms":
            return self._undone(said=said)
        if move.guard == "overdue":
            lapse = self._lapse_day()
            return "" if lapse and lapse <= day else "no deadline has passed"
        if move.guard == "window":
            return self._outside_window(day)
        if move.guard == "earned" and not self.course.vested:
            return "nothing was earned"
        return ""

    def _undone(self, *, said: bool) -> str:
        terms = self.agreement.of_stage(self.stage)
        if not terms:
            return "" if said else f"stage {self.stage} asks for nothing"
        left = [some for some in groups(terms) if not any(self.course.terms[term].met for term in some)]
        return "" if not left else f"{' or '.join(term.name for term in left[0])} was not done in time"

    def _outside_window(self, day: date) -> str:
        following = self._following()
        if following is None:
            return "there is no further stage"
        last = self.facts.window_end(following, self.course.vested.get(self.stage))
        return "" if last is None or day <= last else f"the window for stage {following} closed on {last}"

    def _following(self) -> int | None:
        return next((number for number in sorted(self.agreement.stages) if number > self.stage), None)

    def _make(self, day: date, move: Move, event: Event | None) -> None:
        if move.state == move.becomes == VESTED:
            return
        if move.becomes == HELD_UP and move.state != HELD_UP:
            self.before, self.paused = self.state, day
        if move.event == "resume" and self.paused is not None:
            self.pauses.append((self.paused, day))
            self.paused = None
        if move.event == "extend" and event is not None:
            self._extend(day, event)
        if move.stage == "next":
            self.stage = self._following() or self.stage
            self.course.begun[self.stage] = day
        if move.becomes == VESTED:
            self.course.vested[self.stage] = day
        self.state = self.before if move.becomes == "before" else move.becomes
        self.course.steps.append(self._step(day, self.state, self.stage, move.event, tuple(self.course.vested)))

    def _extend(self, day: date, event: Event) -> None:
        """More time for the term that is named, or for what is due last in the stage."""
        if event.until is None:
            return
        open_ = [each for each in self._open() if each.due is not None]
        named = [each for each in open_ if each.term.name.casefold() == event.what.casefold()]
        last = max((each.due for each in open_ if each.due), default=None)
        for each in named or [each for each in open_ if each.due == last]:
            self.given[each.term] = (event.until, day)

    def _open(self) -> list[Standing]:
        return [self.course.terms[term] for term in self.agreement.of_stage(self.stage) if not self._met(term)]

    def _met(self, term: Term) -> bool:
        """Whether a term, or one that may stand for it, is met."""
        some = next(group for group in groups(self.agreement.of_stage(term.stage)) if term in group)
        return any(self.course.terms[each].met for each in some)

    def _lapse_day(self) -> date | None:
        """The day after the first deadline that nobody has met; none while deadlines stand still or nothing runs."""
        if not any(move.state == self.state and move.event == "lapse" for move in moves()):
            return None
        days: list[date] = []
        for some in groups(self.agreement.of_stage(self.stage)):
            standings = [self.course.terms[term] for term in some]
            if not any(each.met for each in standings):
                last = [each.last for each in standings]
                days += [days_after(max(each for each in last if each), 1)] if all(last) else []
        return min(days, default=None)

    def _stand(self, day: date, terms: Mapping[Term, Standing]) -> None:
        """How terms stand on a day: their deadlines, what was done, and whether they were met just now."""
        paused = [*self.pauses, *([(self.paused, day)] if self.paused else [])]
        for term, standing in terms.items():
            standing.due = self.facts.due(term, self.course.begun, paused, self.given.get(term))
            standing.done = self.facts.done(term, self.course.begun, day)
            running = term.stage == self.stage and self.state != SIGNED
            if running and standing.met is None and self.facts.is_enough(term, standing.done):
                standing.met = day if standing.last is None or day <= standing.last else None

    def _step(self, day: date, state: str, stage: int, cause: str, vested: tuple[int, ...]) -> Step:
        planned = self.plan is not None and day >= self.plan
        return Step(day, state, stage, cause, planned, vested)

    def _why(self, day: date, event: Event) -> str:
        """Why the machine does not make a move that somebody says was made."""
        possible = [move for move in moves() if move.state == self.state and move.event == event.kind]
        reasons = [self._barred(day, move, said=True) for move in possible]
        return next((reason for reason in reasons if reason), f"{self.state} knows no {event.kind}")
