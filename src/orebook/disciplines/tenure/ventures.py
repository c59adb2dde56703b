"""Ventures: who takes part in each joint venture, with which interest from when to when, and what was agreed."""

from datetime import date

import polars as pl

from orebook.disciplines.tenure.columns import shaped
from orebook.disciplines.tenure.dilution import VENTURE
from orebook.disciplines.tenure.interest_days import interest_spans

JOINT = ("joint operation", "joint venture")
"""Kinds of interest that are held in a joint venture."""

OPERATOR, PARTICIPANT = "operator", "participant"


def venture_terms(ventures: pl.DataFrame, day: date) -> pl.DataFrame:
    """What the agreement of each joint venture says on a day: its operator, and what comes of a call that is not paid.

    The row that began last holds. What the agreement does not say is missing.

    >>> said = {"property": "Hob Lake", "from_day": [date(2009, 1, 1), date(2011, 3, 1)], "operator": ["Tor", "Ness"]}
    >>> venture_terms(pl.DataFrame(said), date(2010, 1, 1)).select("property", "operator").rows()
    [('Hob Lake', 'Tor')]
    """
    rows = shaped(ventures, VENTURE).drop_nulls(["property", "from_day"]).filter(pl.col("from_day") <= day)
    return rows.sort("property", "from_day").unique("property", keep="last", maintain_order=True)


def venture_parties(interests: pl.DataFrame, ventures: pl.DataFrame | None, day: date) -> pl.DataFrame:
    """Who has taken part in each joint venture until a day: interest in per cent of the whole, from when to when.

    A venture is a property that has an agreement by then, or an interest that is held in a joint venture or operation.
    ``role`` says who runs it, where that is known; ``to_day`` is missing for what is held on the day.

    >>> said = {"property": "Hob Lake", "holder": ["Tor", "Ness"], "interest_pct": [65.0, 35.0],
    ...         "from_day": [date(2009, 1, 1), date(2011, 3, 1)], "kind": "joint venture"}
    >>> agreed = pl.DataFrame({"property": ["Hob Lake"], "from_day": [date(2011, 3, 1)], "operator": ["Tor"]})
    >>> venture_parties(pl.DataFrame(said), agreed, date(2012, 1, 1)).select("holder", "role", "interest_pct").rows()
    [('Tor', 'operator', 65.0), ('Ness', 'participant', 35.0)]
    """
    spans = interest_spans(interests).filter(pl.col("from_day") <= day)
    agreed = venture_terms(pl.DataFrame() if ventures is None else ventures, day).select("property", "operator")
    joint = spans.filter(pl.col("kind").str.to_lowercase().is_in(JOINT)).select("property")
    names = pl.concat([joint, agreed.select("property")]).unique()
    rows = spans.join(names, on="property", how="semi").join(agreed, on="property", how="left")
    role = pl.when(pl.col("holder") == pl.col("operator")).then(pl.lit(OPERATOR)).otherwise(pl.lit(PARTICIPANT))
    known = pl.when(pl.col("operator").is_not_null()).then(role).alias("role")
    ended = pl.when(pl.col("to_day") < day).then(pl.col("to_day")).alias("to_day")
    shown = rows.select("property", "holder", known, "interest_pct", "from_day", ended, "kind", "document")
    return shown.sort("property", "from_day", "holder")
