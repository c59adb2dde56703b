"""Unit costs: a cost over the metal that was sold or produced, by-products taken off or costs shared among co-products.

The denominator is named with its basis, and reproduces the figure. A site's figure stands beside the company's, which
holds what belongs to no site.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from orebook.disciplines.finance.figures import period_frame
from orebook.disciplines.finance.ledger.cents import Floats, Ints, money, shared_out
from orebook.disciplines.finance.ledger.stretches import Bools
from orebook.disciplines.finance.ledger.sums import COMPANY, Sums
from orebook.disciplines.finance.measures.bridges import Bridge, Bridges
from orebook.disciplines.finance.measures.definitions import Per
from orebook.ground import units
from orebook.ground.fiscal import Reported
from orebook.ground.quantity import Q

UNIT_COSTS: Mapping[str, type[pl.DataType]] = {
    "measure": pl.String,
    "label": pl.String,
    "subject": pl.String,
    "metal": pl.String,
    "period": pl.String,
    "from_day": pl.Date,
    "to_day": pl.Date,
    "cost": pl.Float64,
    "quantity": pl.Float64,
    "quantity_unit": pl.String,
    "quantity_basis": pl.String,
    "value": pl.Float64,
    "unit": pl.String,
    "treatment": pl.String,
    "line": pl.String,
}
"""The columns of a table of unit costs; ``cost`` over ``quantity`` is ``value``."""


def unit_cost(cost: Q, metal: Q) -> Q:
    """Cost for each unit of metal. Source: definition; catalogue code NG916.

    >>> unit_cost(1200.0, 4.0)
    300.0
    """
    return cost / metal


def unit_costs(
    found: Bridges, periods: Sequence[Reported], quantities: pl.DataFrame, *, company: str, currency: str
) -> pl.DataFrame:
    """Every cost for a unit of metal, of the company and, where a measure is given by mine, of each mine.

    ``quantities`` are figures of other results that measures may name; a quantity of nought gives no figure.
    """
    parts = [pl.DataFrame(schema=dict(UNIT_COSTS))]
    frame = period_frame(periods)
    for (_, subject), bridge in found.made.items():
        if subject == COMPANY or bridge.definition.by_mine:
            costs, known = _costs(bridge, found.sums)
            for per, cost in zip(bridge.definition.per, costs, strict=True):
                name = subject or company
                amount, there = _quantity(per, subject, name, found.sums, frame, quantities)
                parts.append(_table(bridge, per, name, currency, frame, cost, amount, known & there))
    return pl.concat(parts)


def _costs(bridge: Bridge, sums: Sums) -> tuple[list[Ints], Bools]:
    """The cost that belongs to each metal: all of it, or its share by revenue."""
    per = bridge.definition.per
    if bridge.definition.treatment != "co-product" or len(per) < 2:
        return [bridge.cents] * len(per), bridge.known
    revenues = [sums.tag(one.revenue, at_end=False, mine=bridge.subject) for one in per]
    known = np.logical_and.reduce([bridge.known, *(each for _, each in revenues)])
    weights = np.abs(np.stack([amounts for amounts, _ in revenues]))
    shares = [shared_out(int(cost), weights[:, place]) for place, cost in enumerate(bridge.cents)]
    shared = np.stack(shares) if shares else np.zeros((0, len(per)), np.int64)
    return [shared[:, place] for place in range(len(per))], known


def _quantity(
    per: Per, subject: str, name: str, sums: Sums, periods: pl.DataFrame, quantities: pl.DataFrame
) -> tuple[Floats, Bools]:
    """The quantity of each period in the unit that is asked for, and where it is known."""
    if per.tag:
        amounts, known = sums.tag(per.tag, at_end=False, mine=subject)
        return money(amounts), known
    held = quantities.filter((pl.col("measure") == per.figure) & (pl.col("subject") == name))
    if per.metal:
        held = held.filter(pl.col("metal") == per.metal)
    if held["basis"].n_unique() > 1:
        held = held.filter(pl.col("basis") == per.basis)
    wanted = units.unit(per.unit)
    told = {row["period"]: float(row["value"] * units.unit(row["unit"]).ratio(wanted)) for row in held.to_dicts()}
    values = np.array([told.get(period, np.nan) for period in periods["period"]], np.float64)
    return np.nan_to_num(values), ~np.isnan(values)


def _table(
    bridge: Bridge,
    per: Per,
    subject: str,
    currency: str,
    periods: pl.DataFrame,
    cost: Ints,
    quantity: Floats,
    known: Bools,
) -> pl.DataFrame:
    """The unit costs of one metal and subject."""
    definition = bridge.definition
    words = {
        "measure": definition.measure,
        "label": definition.label,
        "subject": subject,
        "metal": per.metal or None,
        "quantity_unit": per.unit,
        "quantity_basis": per.basis,
        "unit": f"{currency}/{per.unit}",
        "treatment": definition.treatment or None,
        "line": definition.name,
    }
    whole = known & (quantity != 0)
    made = periods.with_columns(
        *(pl.lit(value, pl.String).alias(key) for key, value in words.items()),
        cost=pl.Series(money(cost)),
        quantity=pl.Series(quantity),
        value=pl.Series(unit_cost(money(cost), np.where(whole, quantity, 1.0))),
    )
    return made.filter(pl.Series(whole)).select(*UNIT_COSTS)
