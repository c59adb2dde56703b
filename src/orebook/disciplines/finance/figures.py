"""Figures of finance: tidy tables with a row for each measure, subject and period, to the cent."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from orebook.disciplines.finance.ledger.cents import Ints, money
from orebook.disciplines.finance.ledger.spans import ALWAYS
from orebook.disciplines.finance.ledger.stretches import Bools
from orebook.ground.fiscal import Reported
from orebook.ground.tidy import tidy

FIGURES = tidy(
    restated=pl.Boolean,
    statement=pl.String,
    line=pl.String,
    label=pl.String,
    element=pl.String,
    cents=pl.Int64,
)
"""The columns of a table of figures of finance."""


_WORDS = ("measure", "subject", "metal", "basis", "unit", "statement", "line", "label", "element")


class Told(NamedTuple):
    """One line over all periods: the words that its figures share, its cents, and where they are known.

    ``published`` and ``restated`` say from which version the figure of each period is.
    """

    words: Mapping[str, str | None]
    cents: Ints
    known: Bools
    published: Ints
    restated: Bools


def figures(told: Sequence[Told], periods: Sequence[Reported]) -> pl.DataFrame:
    """Lines as a tidy table, a row for each period in which a line is known, line after line."""
    if not told:
        return pl.DataFrame(schema=dict(FIGURES))
    known = np.concatenate([each.known for each in told])
    line = np.repeat(np.arange(len(told)), len(periods))[known]
    place = np.tile(np.arange(len(periods)), len(told))[known]
    cents = np.concatenate([each.cents for each in told])[known]
    published = np.concatenate([each.published for each in told])[known]
    words = pl.DataFrame([[each.words.get(word) for word in _WORDS] for each in told], _columns(), orient="row")
    days = pl.Series(np.where(published > ALWAYS, published, 0).astype(np.int32)).cast(pl.Date)
    made = pl.concat([words[line], period_frame(periods)[place]], how="horizontal").with_columns(
        cents=pl.Series(cents, dtype=pl.Int64),
        value=pl.Series(money(cents), dtype=pl.Float64),
        version=pl.when(pl.Series(published > ALWAYS)).then(days),
        restated=pl.Series(np.concatenate([each.restated for each in told])[known], dtype=pl.Boolean),
    )
    ordered: pl.DataFrame = made.select(*FIGURES)
    return ordered


def _columns() -> dict[str, type[pl.DataType]]:
    return dict.fromkeys(_WORDS, pl.String)


def period_frame(periods: Sequence[Reported]) -> pl.DataFrame:
    """Periods as a table: ``period``, ``from_day`` and ``to_day``."""
    told = [(each.period.label, each.period.start, each.period.end) for each in periods]
    return pl.DataFrame(told, {"period": pl.String, "from_day": pl.Date, "to_day": pl.Date}, orient="row")
