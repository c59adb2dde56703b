"""Tables of records that tests of the import use, so that they do not hang on the tables that books happen to have."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from orebook.book.importing import profiles, stand_ins
from orebook.ground import schema

HEAD = "column,type,unit,required,spoken"
TABLES: Mapping[str, tuple[str, str, str]] = {
    "sheets": (
        "metals",
        "mine|from_day|to_day",
        "mine,text,,yes,mine|site\nfrom_day,day,,yes,from|start|day|date\nto_day,day,,yes,to|end|period end\n"
        "ore,number,t,no,ore|ore milled|tonnes milled\nwet,number,wmt,no,wet tonnes\n"
        "operating,number,h,no,operating hours|hours run\nmoisture,number,%,no,moisture\n",
    ),
    "entries": (
        "no",
        "account|from_day|to_day|version",
        "account,text,,yes,account|account no\nfrom_day,day,,yes,from\nto_day,day,,yes,to\n"
        "amount,number,,yes,amount|balance\ncurrency,text,,yes,currency|ccy\nversion,text,,no,version\n",
    ),
    "quotes": (
        "no",
        "price|day",
        "price,text,,yes,series|index\nday,day,,yes,date\namount,number,,yes,amount|price|close\n"
        "unit,text,,yes,unit|per\ncurrency,text,,yes,currency\n",
    ),
    "deliveries": (
        "no",
        "lot|day",
        "lot,text,,yes,lot|lot no\nday,day,,yes,date|shipped\nprice,number,,no,price\nshares,number,share,no,shares\n",
    ),
}


@contextmanager
def more_tables(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let books have these tables of records in the place of their own."""
    plain = schema._rows

    def rows(name: str) -> list[dict[str, str]]:
        if name == "book_tables.csv":
            ours = [
                {
                    "table": table,
                    "rows": "record",
                    "analytes": metals,
                    "order": order,
                    "description": f"Rows of {table}",
                }
                for table, (metals, order, _) in TABLES.items()
            ]
            return [*(row for row in plain(name) if row["rows"] != "record"), *ours]
        table = name.removeprefix("tables/").removesuffix(".csv")
        if table not in TABLES:
            return plain(name)
        lines = [line.split(",") for line in TABLES[table][2].splitlines()]
        return [dict(zip((*HEAD.split(","), "description"), (*line, line[0]), strict=True)) for line in lines]

    patch.setattr(schema, "_rows", rows)
    _forget()
    yield
    patch.undo()
    _forget()


def _forget() -> None:
    for known in (schema.tables, schema.schema, profiles.spoken, profiles.profiles, profiles.known_heads):
        known.cache_clear()
    profiles.record_heads.cache_clear()
    profiles.meanings.cache_clear()
    stand_ins.stands_for.cache_clear()
