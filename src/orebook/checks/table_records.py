"""Records: tables whose rows lie in no hole, as rules look at them: each row with its line, days and amounts.

>>> from orebook.checks.table_example import tables_from_text
>>> held = "interests\\nproperty,holder,from_day,interest_pct\\nHeron,Alder Mines,2011-01-01,60"
>>> records(tables_from_text(held), "interests", "property", "from_day", "kind").rows()
[(2, 'Heron', datetime.date(2011, 1, 1), None)]
"""

import polars as pl

from orebook.checks.table_rule import Tables
from orebook.ground.schema import schema

_TYPES: dict[str, type[pl.DataType]] = {"number": pl.Float64, "day": pl.Date, "text": pl.String}


def records(tables: Tables, table: str, *columns: str) -> pl.DataFrame:
    """The rows of a table with ``line``, their line in its file; all columns, or those that are named.

    A column that is named and not there is empty; a table that is not there has no rows. Of a table that has a column
    ``line`` itself, such as accounts, all columns are all but that one.
    """
    frame = tables.frame(table)
    lines = pl.int_range(2, frame.height + 2, dtype=pl.UInt32, eager=True).alias("line")
    own = schema(table).keys(tables.length)
    wanted = columns or tuple(name for name in frame.columns if name != "line")
    made = []
    for name in wanted:
        kind = _TYPES[own[name].type] if name in own else pl.Float64
        made.append(pl.col(name) if name in frame.columns else pl.lit(None, kind).alias(name))
    return frame.select(lines, *made)
