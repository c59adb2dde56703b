"""Dilution: what a holder of a joint venture keeps who does not pay their share of a call, as the agreement says.

An agreement names its formula; nothing is taken for granted. ``contributions`` puts what each has paid, with what was
deemed paid at the beginning, over what all have paid. ``accelerated`` takes so many times what that formula would take
from whoever paid too little. ``points`` takes a point of interest for every so much that was not paid. Below a floor
an interest becomes a royalty, and the others take it up in proportion.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from orebook.disciplines.tenure.columns import Types, shaped
from orebook.ground.quantity import Q

FORMULAS = ("contributions", "accelerated", "points")
"""The formulas that an agreement may name."""

VENTURE: Types = {
    "property": pl.String,
    "from_day": pl.Date,
    "operator": pl.String,
    "dilution": pl.String,
    "deemed_amount": pl.Float64,
    "currency": pl.String,
    "multiple": pl.Float64,
    "amount_per_point": pl.Float64,
    "floor_pct": pl.Float64,
    "royalty_pct": pl.Float64,
    "document": pl.String,
}
"""The columns of ``joint_ventures``: one row for each agreement and its terms."""

CALL: Types = {
    "property": pl.String,
    "day": pl.Date,
    "holder": pl.String,
    "called": pl.Float64,
    "paid": pl.Float64,
    "currency": pl.String,
    "document": pl.String,
}
"""The columns of ``cash_calls``: what each holder was asked for by a day, and what each paid."""

_LINE = {
    "property": pl.String,
    "day": pl.Date,
    "holder": pl.String,
    "before_pct": pl.Float64,
    "interest_pct": pl.Float64,
    "royalty_pct": pl.Float64,
    "state": pl.String,
}


def contributed_interest(own: Q, together: Q, whole: Q) -> Q:
    """Interest by contributions: what one has paid over what all have paid, of the whole.

    Source: the usual dilution clause of joint-venture agreements; each agreement says whether it is its own.

    >>> contributed_interest(30.0, 120.0, 100.0)
    25.0
    """
    return own * whole / together


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement says about dilution; nothing where it does not."""

    formula: str
    deemed: float = 0.0
    multiple: float | None = None
    amount_per_point: float | None = None
    floor: float | None = None
    royalty: float | None = None


def diluted(
    terms: Terms, held: Mapping[str, float], put_in: Mapping[str, float], calls: Mapping[str, tuple[float, float]]
) -> dict[str, float]:
    """Interests in per cent after one call, whose ``calls`` are what each was asked for and what each paid.

    ``put_in`` is what each had contributed before it, deemed or paid. Raises ``ValueError`` for a formula that is not
    known, or one whose terms were not said.

    >>> diluted(Terms("contributions"), {"Tor": 50.0, "Ness": 50.0}, {"Tor": 15.0, "Ness": 15.0},
    ...         {"Tor": (5.0, 10.0), "Ness": (5.0, 0.0)})
    {'Tor': 62.5, 'Ness': 37.5}
    >>> diluted(Terms("accelerated", multiple=2.0), {"Tor": 50.0, "Ness": 50.0}, {"Tor": 15.0, "Ness": 15.0},
    ...         {"Tor": (5.0, 10.0), "Ness": (5.0, 0.0)})
    {'Tor': 75.0, 'Ness': 25.0}
    >>> diluted(Terms("points", amount_per_point=2.0), {"Tor": 50.0, "Ness": 50.0}, {},
    ...         {"Tor": (5.0, 10.0), "Ness": (5.0, 0.0)})
    {'Tor': 52.5, 'Ness': 47.5}
    """
    _look_at(terms)
    short = {one: asked - paid for one, (asked, paid) in calls.items() if asked > paid and one in held}
    if terms.formula == "points":
        base, lost = dict(held), {one: short[one] / (terms.amount_per_point or 1.0) for one in short}
    else:
        base = _by_contributions(held, put_in, calls)
        more = (terms.multiple or 1.0) - 1.0 if terms.formula == "accelerated" else 0.0
        lost = {one: max(more * (held[one] - base[one]), 0.0) for one in short}
    lost = {one: min(points, base[one]) for one, points in lost.items()}
    takers = _takers(base, calls, short)
    weight = sum(takers.values())
    if weight <= 0.0:
        return base
    freed = sum(lost.values())
    return {one: base[one] - lost.get(one, 0.0) + freed * takers.get(one, 0.0) / weight for one in held}


def _look_at(terms: Terms) -> None:
    if terms.formula not in FORMULAS:
        raise ValueError(f"no dilution is called {terms.formula!r}; there are {', '.join(FORMULAS)}")
    if terms.formula == "points" and not terms.amount_per_point:
        raise ValueError("dilution by points needs what one point costs; write amount_per_point")
    if terms.formula == "accelerated" and terms.multiple is None:
        raise ValueError("accelerated dilution needs how many times it takes; write multiple")


def _by_contributions(
    held: Mapping[str, float], put_in: Mapping[str, float], calls: Mapping[str, tuple[float, float]]
) -> dict[str, float]:
    after = {one: put_in.get(one, 0.0) + calls.get(one, (0.0, 0.0))[1] for one in held}
    together, whole = sum(after.values(), 0.0), sum(held.values(), 0.0)
    return {one: contributed_interest(after[one], together, whole) if together > 0.0 else held[one] for one in held}


def _takers(
    held: Mapping[str, float], calls: Mapping[str, tuple[float, float]], short: Mapping[str, float]
) -> dict[str, float]:
    """Who takes up what others lose, with their weights: those who paid for others, else all who paid, as they hold."""
    over = {one: paid - asked for one, (asked, paid) in calls.items() if paid > asked and one in held}
    return over or {one: share for one, share in held.items() if one not in short}


def dilution_line(
    ventures: pl.DataFrame, calls: pl.DataFrame, interests: Mapping[str, Mapping[str, float]]
) -> pl.DataFrame:
    """What the calls of joint ventures make of the interests: a row for each property, day of a call and holder.

    ``interests`` are what each holder of each property has when its venture begins. ``state`` is ``joint venture``,
    ``diluted`` or ``royalty``, and ``royalty_pct`` what an interest below the floor became. Calls of a venture whose
    formula is not said, or before it began, change nothing here.

    >>> ventures = pl.DataFrame({"property": ["Hob"], "from_day": ["2012-01-01"], "dilution": ["contributions"],
    ...     "deemed_amount": [20.0], "floor_pct": [10.0], "royalty_pct": [2.0]})
    >>> calls = pl.DataFrame({"property": "Hob", "day": "2012-06-30", "holder": ["Tor", "Ness"],
    ...     "called": [100.0, 100.0], "paid": [100.0, 0.0]})
    >>> line = dilution_line(ventures, calls, {"Hob": {"Tor": 50.0, "Ness": 50.0}})
    >>> line.select("holder", "interest_pct", "royalty_pct", "state").rows()
    [('Ness', 0.0, 2.0, 'royalty'), ('Tor', 100.0, None, 'joint venture')]
    """
    rows: list[tuple[object, ...]] = []
    asked = shaped(calls, CALL).drop_nulls(["property", "day", "holder"]).sort("property", "day", "holder")
    for venture in shaped(ventures, VENTURE).drop_nulls(["property", "from_day", "dilution"]).to_dicts():
        held = dict(interests.get(venture["property"], {}))
        if venture["dilution"] in FORMULAS and held:
            own = asked.filter(pl.col("property") == venture["property"], pl.col("day") >= venture["from_day"])
            rows += _line(venture["property"], _terms(venture), held, own)
    return pl.DataFrame(rows, _LINE, orient="row")


def _terms(venture: Mapping[str, object]) -> Terms:
    names = {"deemed": "deemed_amount", "floor": "floor_pct", "royalty": "royalty_pct"}
    said = {one: venture[names.get(one, one)] for one in ("deemed", "multiple", "amount_per_point", "floor", "royalty")}
    return Terms(str(venture["dilution"]), **{one: float(str(each)) for one, each in said.items() if each is not None})


def _line(name: str, terms: Terms, held: dict[str, float], calls: pl.DataFrame) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    put_in = {holder: terms.deemed * share / 100.0 for holder, share in held.items()}
    royal: dict[str, float | None] = {}
    for (day,), some in calls.group_by("day", maintain_order=True):
        sums = some.group_by("holder").agg(pl.col("called", "paid").sum())
        said = {holder: (asked, paid) for holder, asked, paid in sums.rows()}
        after = diluted(terms, held, put_in, said)
        put_in = {holder: put_in[holder] + said.get(holder, (0.0, 0.0))[1] for holder in held}
        after = _floored(terms, after, royal)
        rows += [_row(name, day, holder, held[holder], after[holder], royal) for holder in sorted(held)]
        held = after
    return rows


def _floored(terms: Terms, held: Mapping[str, float], royal: dict[str, float | None]) -> dict[str, float]:
    """Interests after those below the floor became royalties; the others take them up in proportion."""
    if terms.floor is None:
        return dict(held)
    below = {holder for holder, share in held.items() if 0.0 < share < terms.floor}
    rest = sum(share for holder, share in held.items() if holder not in below)
    if not below or rest <= 0.0:
        return dict(held)
    royal.update(dict.fromkeys(below, terms.royalty))
    whole = sum(held.values())
    return {holder: 0.0 if holder in below else share * whole / rest for holder, share in held.items()}


def _row(
    name: str, day: object, holder: str, before: float, after: float, royal: Mapping[str, float | None]
) -> tuple[object, ...]:
    state = "royalty" if holder in royal else "diluted" if after < before else "joint venture"
    assert isinstance(day, date)
    return name, day, holder, before, after, royal.get(holder), state
