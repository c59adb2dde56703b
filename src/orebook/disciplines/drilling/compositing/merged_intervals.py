"""Merged intervals: several tables of intervals as one, cut at every boundary of any of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.disciplines.drilling.lines import Line, crossed, laid, same_unit, taken
from orebook.ground.schema import ORIGIN

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Merged:
    """Pieces of holes with what every table says of them, and the rows of each table that were not used."""

    table: pl.DataFrame
    dropped: Mapping[str, pl.DataFrame]


def merge_intervals(**tables: pl.DataFrame) -> Merged:
    """Several tables of intervals as one: a row for each piece of hole over which none of them changes.

    The tables are given by name; a column that more than one of them has gets the name of its table in front. Where a
    table says nothing its columns are missing; a piece of which no table says anything is not there. ``<name>_row`` is
    the row of that table (by hole and depth, from nought), so that every value can be followed. Raises ``ValueError``
    for fewer than two tables, and for metres with feet.

    >>> assays = pl.DataFrame({"hole": ["A"], "from_m": [0.0], "to_m": [3.0], "au_gpt": [1.5]})
    >>> lithology = pl.DataFrame({"hole": ["A", "A"], "from_m": [0.0, 2.0], "to_m": [2.0, 5.0], "rock": ["V", "Q"]})
    >>> merge_intervals(assays=assays, lithology=lithology).table.drop("assays_row", "lithology_row").rows()
    [('A', 0.0, 2.0, 1.5, 'V'), ('A', 2.0, 3.0, 1.5, 'Q'), ('A', 3.0, 5.0, None, 'Q')]
    """
    if len(tables) < 2:
        raise ValueError("merging needs two tables or more, each with its name: assays=..., lithology=...")
    lines = {name: laid(table) for name, table in tables.items()}
    same_unit(**lines)
    pieces, rows = _pieces(list(lines.values()))
    parts = [pieces.table]
    places = [line.table.drop("hole", *line.depths, *ORIGIN, strict=False).columns for line in lines.values()]
    for (name, line), found, columns in zip(lines.items(), rows, places, strict=True):
        clash = {column: f"{name}_{column}" for column in columns if sum(column in each for each in places) > 1}
        number = pl.Series(f"{name}_row", np.arange(len(line)) if line.rows is None else line.rows)
        parts.append(taken(line.table.select(columns).rename(clash).with_columns(number), found))
    return Merged(pl.concat(parts, how="horizontal"), {name: line.dropped for name, line in lines.items()})


def _pieces(lines: list[Line]) -> tuple[Line, list[Ints]]:
    """Lines cut at the ends of all, and the row of each piece in each of them."""
    pieces, rows = lines[0], [np.arange(len(lines[0]))]
    for line in lines[1:]:
        pieces, before, here = crossed(pieces, line)
        rows = [np.where(before >= 0, np.append(each, -1)[before], -1) for each in rows] + [here]
    return pieces, rows
