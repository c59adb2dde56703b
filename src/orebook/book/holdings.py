"""Holdings: the properties that ``book.toml`` names, where they are, and who holds how much of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from orebook.book.keys import Table
from orebook.disciplines.tenure.interests import whole_interest

_WHOLE = Decimal(100)


class HoldingError(ValueError):
    """A property that cannot be meant: which, and what to write."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the company.

    ``interest`` is what the company holds, in per cent, ``holders`` what others hold beside it, by their names; nothing
    where nobody has said so. ``holes`` are the names or patterns of the holes on it, ``as_of`` the day for which the
    interests are told. ``longitude`` and ``latitude`` are degrees on WGS 84, east and north positive, of a point of it,
    and ``extent_km`` is how far its ground reaches from there.
    """

    name: str
    aliases: tuple[str, ...] = ()
    place: str = ""
    commodities: tuple[str, ...] = ()
    interest: float | None = None
    holders: Mapping[str, float] = field(default_factory=dict)
    operator: str = ""
    as_of: date | None = None
    holes: tuple[str, ...] = ()
    longitude: float | None = None
    latitude: float | None = None
    extent_km: float | None = None


def holdings(said: Sequence[Table]) -> tuple[Property, ...]:
    """The properties of a book, from tables whose keys and kinds have been looked at.

    Raises ``HoldingError`` for one without a name, for two of one name, and for interests that are no part of a whole.

    >>> [one.name for one in holdings([{"name": "Hob Lake", "interest": 75, "holders": {"Tor Mines Ltd.": 25}}])]
    ['Hob Lake']
    >>> holdings([{"name": "Hob Lake", "interest": 75, "holders": {"Tor Mines Ltd.": 30}}])
    Traceback (most recent call last):
        ...
    orebook.book.holdings.HoldingError: properties: interests in Hob Lake add up to 105 per cent; ...
    """
    found = tuple(_property(number, each) for number, each in enumerate(said, 1))
    seen: dict[str, int] = {}
    for number, one in enumerate(found):
        for name in (one.name, *one.aliases):
            if seen.setdefault(name.casefold(), number) != number:
                raise HoldingError(f"properties: {name} is said of two; give each a name of its own")
    return found


def _property(number: int, said: Table) -> Property:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in said.items()}
    name = str(values.get("name", "")).strip()
    if not name:
        raise HoldingError(f'properties: number {number} has no name; write name = "…" under [[properties]]')
    one = Property(**{**values, "name": name})
    shares = {"interest": one.interest, **{f"holders.{holder}": share for holder, share in one.holders.items()}}
    for place, share in shares.items():
        if share is not None and not 0 < share <= _WHOLE:
            raise HoldingError(f"properties: {place} of {name} is {share:g}; write per cent, above 0 and at most 100")
    _looked_at(one)
    told = [Decimal(str(share)) for share in shares.values() if share is not None]
    if told and (whole := whole_interest(told)) > _WHOLE:
        raise HoldingError(
            f"properties: interests in {name} add up to {whole} per cent; write what each holds of the whole"
        )
    return one


def _looked_at(one: Property) -> None:
    """Refuse coordinates that are no point on the earth, or half a point."""
    for name, said, most in (("longitude", one.longitude, 180), ("latitude", one.latitude, 90)):
        if said is not None and not -most <= said <= most:
            raise HoldingError(f"properties: {name} of {one.name} is {said:g}; write degrees from -{most} to {most}")
    if (one.longitude is None) != (one.latitude is None):
        raise HoldingError(f"properties: {one.name} has half a point; write both longitude and latitude, in degrees")
    if one.extent_km is not None and one.extent_km < 0:
        raise HoldingError(f"properties: extent_km of {one.name} is {one.extent_km:g}; write kilometres, 0 or more")
