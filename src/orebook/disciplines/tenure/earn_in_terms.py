"""Terms of an earn-in: by which day each is due, how much of it was done, and whether that is enough."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from orebook.disciplines.tenure.earn_in_data import Agreement, Event, Term, countings
from orebook.ground.when import days_after, months_after

_HUNDREDTHS = 100
_YEAR = 12


@dataclass
class Standing:
    """How a term stands: by which day it is due, how much of it was done, and on which day it was met."""

    term: Term
    due: date | None = None
    done: float = 0.0
    met: date | None = None

    @property
    def last(self) -> date | None:
        """The last day on which it can still be met."""
        return days_after(self.due, self.term.cure_days) if self.due else None


def groups(terms: Iterable[Term]) -> list[tuple[Term, ...]]:
    """Terms, those together of which one is enough.

    >>> [len(some) for some in groups([Term(1, "a", "spending"), Term(1, "b", "study", either="x"),
    ...                                Term(1, "c", "spending", either="x")])]
    [1, 2]
    """
    found: dict[object, list[Term]] = {}
    for place, term in enumerate(terms):
        found.setdefault(term.either or place, []).append(term)
    return [tuple(some) for some in found.values()]


class Facts:
    """What was spent, paid, issued, filed, approved and noticed under an agreement, ready to be asked by day.

    ``uncounted`` are amounts in a currency that no term of the agreement counts.
    """

    def __init__(self, agreement: Agreement, events: Sequence[Event]) -> None:
        self.agreement = agreement
        self.counted_kinds = {kind for each in countings().values() for kind in each.events}
        self._events = [event for event in events if event.kind in self.counted_kinds]
        self._sums: dict[tuple[tuple[str, ...], str], tuple[list[date], list[int]]] = {}
        known = {self._currency(term) for term in agreement.terms} | {agreement.currency}
        self.uncounted = [
            event
            for event in self._events
            if event.amount is not None and event.currency and event.currency not in known
        ]

    def due(
        self,
        term: Term,
        begun: Mapping[int, date],
        pauses: Sequence[tuple[date, date]] = (),
        given: tuple[date, date] | None = None,
    ) -> date | None:
        """The day by which a term is due; none where nothing says it, or its stage has not begun.

        ``pauses`` are the stretches in which deadlines stood still, ``given`` a later day and when it was given.
        """
        due = given[0] if given else term.by_day or self._after_months(term, begun)
        for first, last in sorted(pauses):
            if due is not None and first <= due and (given is None or first >= given[1]):
                due = days_after(due, (last - first).days)
        return due

    def _after_months(self, term: Term, begun: Mapping[int, date]) -> date | None:
        since = self._since(term, begun)
        return months_after(since, term.months) if since is not None and term.months is not None else None

    def _since(self, term: Term, begun: Mapping[int, date]) -> date | None:
        """The day from which a term counts: the start, or the day on which its stage began."""
        first = term.stage == min(self.agreement.stages, default=term.stage)
        if term.counted in ("start", "year") or first:
            return self.agreement.start
        return begun.get(term.stage) if term.counted == "stage" else None

    def done(self, term: Term, begun: Mapping[int, date], until: date) -> float:
        """How much of a term was done up to a day: an amount, or one where a thing of that name was done.

        What happened on the day on which a further stage began belongs to the stage before.
        """
        since, counting = self._since(term, begun), countings().get(term.kind)
        if since is None or counting is None:
            return 0.0
        if since != self.agreement.start:
            since = days_after(since, 1)
        if not counting.adds:
            named = (each for each in self._events if each.kind in counting.events and since <= each.day <= until)
            return float(any(not term.what or each.what.casefold() == term.what.casefold() for each in named))
        if term.counted == "year" and (due := self.due(term, begun)):
            start = months_after(due, -_YEAR)
            since, until = since if start <= since else days_after(start, 1), min(until, due)
        currency = self._currency(term) if term.kind != "shares" else ""
        return self._sum(counting.events, currency, since, until) / _HUNDREDTHS

    def is_enough(self, term: Term, done: float) -> bool:
        """Whether so much fulfils a term; one whose amount nobody said is never fulfilled by an amount."""
        counting = countings().get(term.kind)
        if counting is None or (counting.adds and term.amount is None):
            return False
        return round(done * _HUNDREDTHS) >= round((term.amount or 1.0) * _HUNDREDTHS) if counting.adds else done > 0.0

    def window_end(self, stage: int, vested: date | None) -> date | None:
        """The last day on which a further stage can be taken on, where the agreement says one."""
        months = self.agreement.windows.get(stage)
        return months_after(vested, months) if vested is not None and months is not None else None

    def _currency(self, term: Term) -> str:
        return term.currency or self.agreement.currency

    def _sum(self, kinds: tuple[str, ...], currency: str, first: date, last: date) -> int:
        """Amounts of some kinds of events from one day to another, in whole hundredths."""
        key = kinds, currency
        if key not in self._sums:
            some = sorted(
                (event.day, round((event.amount or 0.0) * _HUNDREDTHS))
                for event in self._events
                if event.kind in kinds and (not currency or (event.currency or self.agreement.currency) == currency)
            )
            self._sums[key] = [day for day, _ in some], list(accumulate((each for _, each in some), initial=0))
        days, sums = self._sums[key]
        return sums[bisect_right(days, last)] - sums[min(bisect_left(days, first), bisect_right(days, last))]
