"""Holdings: how the books of an entity enter the statements of the company, by what it holds of it on every day.

A joint operation enters with its share of every line, a subsidiary whole with the share of others in its income beside
it, an associate not at all: the company's own books hold its one line. Source: IFRS 11, IFRS 10, IAS 28.

Where the interest changed, what runs over some days counts with the mean of their interests, and a balance with the
interest of its day. What a change makes of cash is neither earned nor spent and stands in a line of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from orebook.disciplines.finance.ledger.cents import times
from orebook.disciplines.finance.ledger.interest_steps import InterestSteps, interest_steps
from orebook.disciplines.finance.ledger.running import NoRate, Running
from orebook.disciplines.finance.ledger.spans import ALWAYS, Spans

HOLDINGS = ("joint operation", "subsidiary", "associate")
"""What the company may hold of an entity."""

_RESULT, _TRANSLATION = -2, -1
_KEYS = ("kind", "interest_pct", "interest_of")


@dataclass(frozen=True, slots=True)
class Holding:
    """What the company holds of an entity: how, and how much of it from each day on."""

    kind: str
    interest: InterestSteps

    @classmethod
    def always(cls, kind: str, percent: float) -> "Holding":
        """One interest on every day.

        >>> Holding.always("subsidiary", 80.0).interest.on(np.array([0])).tolist()
        [0.8]
        """
        return cls(kind, InterestSteps((ALWAYS,), (percent,)))

    @property
    def whole(self) -> bool:
        """Whether nobody else ever holds anything."""
        return set(self.interest.percent) == {100.0} and not self.interest.changes


class HoldingSaidError(ValueError):
    """A holding that cannot be meant: of which entity, which key, what instead."""


Steps = Iterable[tuple[int, float | None]]
"""Days, counted from 1970-01-01, and the per cent held from each on."""


def entity_holdings(said: Mapping[str, object], known: Mapping[str, Steps] | None = None) -> dict[str, Holding]:
    """Holdings as ``[entities.NAME]`` of a book says them.

    ``interest_pct`` is one interest for all days; without it the interests by date of a property hold, which
    ``interest_of`` names where it is not called like the entity. ``known`` has those of the company by property.

    >>> entity_holdings({"Heron": {"kind": "joint operation", "interest_pct": 50}})["Heron"].interest.percent
    (50.0,)
    >>> by_date = {"Heron Hill": [(0, 100.0), (365, 60.0)]}
    >>> said = {"Heron": {"kind": "joint operation", "interest_of": "Heron Hill"}}
    >>> entity_holdings(said, by_date)["Heron"].interest.days
    (0, 365)
    >>> entity_holdings({"Heron": {"kind": "half"}})
    Traceback (most recent call last):
        ...
    orebook.disciplines.finance.ledger.holdings.HoldingSaidError: Heron.kind: 'half' is not known; write one of ...
    """
    return {name: _holding(name, one if isinstance(one, Mapping) else {}, known or {}) for name, one in said.items()}


def _holding(name: str, keys: Mapping[str, object], known: Mapping[str, Steps]) -> Holding:
    if (kind := keys.get("kind")) not in HOLDINGS:
        raise HoldingSaidError(f"{name}.kind: {kind!r} is not known; write one of {', '.join(HOLDINGS)}")
    if unknown := [key for key in keys if key not in _KEYS]:
        raise HoldingSaidError(f"{name}.{unknown[0]}: unknown key; write {', '.join(_KEYS[:-1])} or {_KEYS[-1]}")
    if "interest_pct" in keys:
        if "interest_of" in keys:
            raise HoldingSaidError(f"{name}: interest_pct and interest_of say it twice; write one of them")
        interest = keys["interest_pct"]
        if not isinstance(interest, int | float) or isinstance(interest, bool) or not 0 < interest <= 100:
            raise HoldingSaidError(f"{name}.interest_pct: {interest!r} is no share; write percent above 0, at most 100")
        return Holding.always(str(kind), float(interest))
    where = keys.get("interest_of", name)
    steps = interest_steps(known.get(str(where), ()))
    if not steps.days:
        raise HoldingSaidError(
            f"{name}: the table interests tells nothing that the company holds of {where!r}; write interest_pct, or "
            "interest_of = the name of a property in it"
        )
    return Holding(str(kind), steps)


def shared(one: Running, holding: Holding) -> Running:
    """Books with a share of every amount, to the cent: what runs up is shared, so that parts still add to wholes.

    The cents that rounding leaves open stand in income not yet carried to equity, so that balances still balance. Days
    of which the interest is not known are cut out, and named; nothing is nothing whatever is held of it.
    """
    steps = holding.interest
    missing: list[tuple[int, int]] = []
    stocks = _balances(one.stocks, steps, missing)
    if stocks.since.shape[1] > 1:
        rest = stocks.since[:, :_RESULT].sum(axis=1) + stocks.since[:, _TRANSLATION]
        stocks.since[:, _RESULT] = -rest
    flows, moves = _running(one.flows, steps, missing), _running(one.moves, steps, missing)
    lacking = tuple(NoRate(one.volume.entity, *days, "interest") for days in sorted(set(missing)))
    return replace(one, flows=flows, stocks=stocks, moves=moves, without_rate=(*one.without_rate, *lacking))


def _running(known: Spans, steps: InterestSteps, missing: list[tuple[int, int]]) -> Spans:
    """What runs up, each stretch between two neighbouring days with the mean share of its days."""
    since, part, fresh = np.zeros_like(known.since), np.zeros_like(known.part), 0
    for each in np.unique(known.part):
        places = np.flatnonzero(known.part == each)
        days = known.days[places]
        starts = np.where(days[:-1] > ALWAYS, days[:-1], days[1:])
        means, moved = steps.mean(starts, days[1:]), np.diff(known.since[places], axis=0)
        lacking = np.isnan(means) & moved.any(axis=1)
        run = np.cumsum(np.nan_to_num(means)[:, None] * moved, axis=0)
        since[places] = np.rint(np.concatenate([np.zeros((1, since.shape[1])), run])).astype(np.int64)
        part[places] = fresh + np.concatenate([[0], np.cumsum(lacking)])
        fresh += int(lacking.sum()) + 1
        missing += zip(starts[lacking].tolist(), days[1:][lacking].tolist(), strict=True)
    return Spans(known.days, part, since, {}, np.zeros((0, since.shape[1]), np.int64))


def _balances(known: Spans, steps: InterestSteps, missing: list[tuple[int, int]]) -> Spans:
    """Balances, each with the share of its day."""
    since, part = np.zeros_like(known.since), known.part.copy()
    shares = steps.on(known.days - 1)
    for each in np.unique(known.part):
        places = np.flatnonzero(known.part == each)
        base = known.since[places[0]]
        share = np.where(known.days[places] > ALWAYS, shares[places], 0.0)
        balance = known.since[places] - base
        since[places] = times(balance, np.nan_to_num(share)[:, None])
        lacking = places[np.isnan(share) & balance.any(axis=1)]
        part[lacking] = -1 - lacking
        missing += [(day - 1, day) for day in known.days[lacking].tolist()]
    return Spans(known.days, part, since, {}, np.zeros((0, since.shape[1]), np.int64))
