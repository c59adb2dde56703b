"""Holdings: how the books of an entity enter the statements of the company, by what it holds of it.

A joint operation enters with its share of every line, a subsidiary whole with the share of others in its income beside
it, an associate not at all: the company's own books hold its one line. Source: IFRS 11, IFRS 10, IAS 28.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from orebook.disciplines.finance.ledger.cents import times
from orebook.disciplines.finance.ledger.running import Running
from orebook.disciplines.finance.ledger.spans import Spans

HOLDINGS = ("joint operation", "subsidiary", "associate")
"""What the company may hold of an entity."""

_RESULT, _TRANSLATION = -2, -1


@dataclass(frozen=True, slots=True)
class Holding:
    """What the company holds of an entity: how, and how much of it in percent."""

    kind: str
    interest_pct: float

    @property
    def share(self) -> float:
        """The interest as a fraction of one."""
        return self.interest_pct / 100.0


class HoldingSaidError(ValueError):
    """A holding that cannot be meant: of which entity, which key, what instead."""


def entity_holdings(said: Mapping[str, object]) -> dict[str, Holding]:
    """Holdings as ``[entities.NAME]`` of a book says them.

    >>> entity_holdings({"Heron Joint Venture": {"kind": "joint operation", "interest_pct": 50}})
    {'Heron Joint Venture': Holding(kind='joint operation', interest_pct=50.0)}
    >>> entity_holdings({"Heron": {"kind": "half"}})
    Traceback (most recent call last):
        ...
    orebook.disciplines.finance.ledger.holdings.HoldingSaidError: Heron.kind: 'half' is not known; write one of ...
    """
    found = {}
    for name, one in said.items():
        keys = one if isinstance(one, Mapping) else {}
        if (kind := keys.get("kind")) not in HOLDINGS:
            raise HoldingSaidError(f"{name}.kind: {kind!r} is not known; write one of {', '.join(HOLDINGS)}")
        interest = keys.get("interest_pct")
        if not isinstance(interest, int | float) or isinstance(interest, bool) or not 0 < interest <= 100:
            raise HoldingSaidError(f"{name}.interest_pct: {interest!r} is no share; write percent above 0, at most 100")
        if unknown := [key for key in keys if key not in ("kind", "interest_pct")]:
            raise HoldingSaidError(f"{name}.{unknown[0]}: unknown key; write kind and interest_pct")
        found[name] = Holding(str(kind), float(interest))
    return found


def shared(one: Running, share: float) -> Running:
    """Books with a share of every amount, to the cent: what runs up is shared, so that parts still add to wholes.

    The cents that rounding leaves open stand in income not yet carried to equity, so that balances still balance.
    """

    def part(known: Spans) -> Spans:
        since = times(known.since, share)
        return Spans(known.days, known.part, since, {}, np.zeros((0, since.shape[1]), np.int64))

    stocks = part(one.stocks)
    if stocks.since.shape[1] > 1:
        rest = stocks.since[:, :_RESULT].sum(axis=1) + stocks.since[:, _TRANSLATION]
        stocks.since[:, _RESULT] = -rest
    return replace(one, flows=part(one.flows), stocks=stocks, moves=part(one.moves))
