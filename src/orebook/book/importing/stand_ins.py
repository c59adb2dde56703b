"""Stand-ins: columns of a file that a book does not have, from which columns that it has are made.

One column of months or days stands for the first and the last day of a row, a year beside a month belongs to it, and
debits beside credits are amounts with a sign.
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from orebook.book.importing.heads import key
from orebook.ground.schema import Schema

PERIOD, YEAR, DEBIT, CREDIT = "period", "year", "debit", "credit"

ENDS = ("from_day", "to_day")
"""The columns that a period stands for."""

AMOUNT = "amount"
"""The column that debits and credits stand for: debits count, credits count against them."""


@cache
def stands_for(kind: Schema) -> Mapping[str, tuple[str, ...]]:
    """The stand-ins that files of a table may have, and the columns that each of them serves.

    >>> from orebook.ground.schema import schema
    >>> dict(stands_for(schema("assays")))
    {}
    """
    own = {column.name for column in kind.columns}
    found: dict[str, tuple[str, ...]] = {}
    if set(ENDS) <= own:
        found |= {PERIOD: ENDS, YEAR: ENDS}
    if {"account", AMOUNT} <= own:
        found |= {DEBIT: (AMOUNT,), CREDIT: (AMOUNT,)}
    return {name: served for name, served in found.items() if name not in own} if kind.is_record else {}


@cache
def stand_in_heads() -> Mapping[str, str]:
    """The stand-in that each head means, by the key of the head.

    >>> stand_in_heads()["month"], stand_in_heads()["dr"]
    ('period', 'debit')
    """
    text = files(__package__).joinpath("stand_ins.csv").read_text(encoding="utf-8")
    return {key(head): row["stand_in"] for row in csv.DictReader(text.splitlines()) for head in row["heads"].split("|")}
