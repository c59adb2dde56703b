"""Profiles: how the common systems head the columns of the tables that they export (``profiles.csv``)."""

import csv
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from orebook.book.importing.heads import key
from orebook.book.importing.stand_ins import stand_in_heads
from orebook.ground.schema import LENGTHS, schema, tables


@cache
def profiles(table: str) -> dict[str, dict[str, str]]:
    """For each system, the key of each head and the column of a table that it heads.

    >>> profiles("surveys")["datamine"]
    {'bhid': 'hole', 'at': 'depth', 'brg': 'azimuth', 'dip': 'dip'}
    """
    text = files(__package__).joinpath("profiles.csv").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(text.splitlines()):
        if row["table"] == table:
            found.setdefault(row["profile"], {})[key(row["head"])] = row["column"]
    return found


@cache
def spoken(table: str) -> dict[str, str]:
    """The column that each head means in a table, by the key of the head: the schema's words, the systems' and more.

    >>> spoken("collars")["xcollar"], spoken("collars")["eoh"], spoken("assays")["fromdepth"]
    ('easting', 'depth', 'from')
    """
    found: dict[str, str] = {}
    for column in schema(table).columns:
        for words in (column.name, *map(column.key, LENGTHS), *column.spoken):
            found.setdefault(key(words), column.name)
    for heads in profiles(table).values():
        for head, name in heads.items():
            found.setdefault(head, name)
    text = files(__package__).joinpath("more_heads.csv").read_text(encoding="utf-8")
    own = {column.name for column in schema(table).columns}
    for row in csv.DictReader(text.splitlines()):
        if row["table"] in ("*", table) and row["column"] in own:
            for words in row["heads"].split("|"):
                found.setdefault(key(words), row["column"])
    return found


@cache
def meanings(table: str) -> dict[str, tuple[str, ...]]:
    """Every column that each head may mean in a table of records, by the key of the head: its own name first.

    >>> meanings("interests")["holder"], meanings("interests")["share"]
    (('holder',), ('interest',))
    """
    found: dict[str, list[str]] = {}
    columns = schema(table).columns
    named = [(words, each.name) for each in columns for words in (each.name, *map(each.key, LENGTHS))]
    for words, name in (*named, *((words, each.name) for each in columns for words in each.spoken)):
        found.setdefault(key(words), []).append(name)
    for words, name in spoken(table).items():
        found.setdefault(words, []).append(name)
    return {words: tuple(dict.fromkeys(names)) for words, names in found.items()}


def profile_of(table: str, heads: Collection[str]) -> str:
    """The system whose heads a file shows best: all required columns and the most others; nothing when none does.

    >>> profile_of("surveys", ["bhid", "at", "az", "dip"]), profile_of("surveys", ["hole", "md"])
    ('pygslib', '')
    """
    required = {column.name for column in schema(table).columns if column.required}
    best, found = 0, ""
    for name, known in profiles(table).items():
        shown = {column for head, column in known.items() if head in heads}
        if required <= shown and len(shown) > best:
            best, found = len(shown), name
    return found


@cache
def known_heads() -> frozenset[str]:
    """The key of every head that a table along holes is known by.

    >>> "bhid" in known_heads(), "desde" in known_heads(), "remarkable" in known_heads()
    (True, True, False)
    """
    return frozenset(head for table in tables() if not schema(table).is_record for head in spoken(table))


@cache
def record_heads() -> frozenset[str]:
    """The key of every head that a table of records is known by.

    >>> "holder" in record_heads(), "bhid" in record_heads()
    (True, False)
    """
    own = {head for table in tables() if schema(table).is_record for head in spoken(table)}
    return frozenset(own | stand_in_heads().keys())
