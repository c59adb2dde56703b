"""Small tables drawn as text: the examples on the pages of rules on tables."""

import re
from collections.abc import Iterator
from io import StringIO

import polars as pl

from orebook.checks.table_rule import SETTINGS, Tables
from orebook.ground import schema

_MANY = re.compile(r"<(\d{1,4}) rows>(.*)")
_COUNTER = re.compile(r"\{(\d{1,6})\}")

_FRAME = {"crs": "local", "azimuth": "grid", "length": "m"}
"""What an example need not say: its rows are what it shows."""

_BOOK = ("fiscal_year_end", "currency")
"""What else of ``book.toml`` an example may say."""


def tables_from_text(text: str) -> Tables:
    """Tables as they are drawn in an example.

    Each table is its name, a line of heads, and rows, all with commas; an empty line stands between two tables. Before
    the first there may be lines such as ``crs: EPSG:26920``, ``azimuth: unknown``, ``length: ft``, a setting of the
    rules, or ``bounds cu_pct: 0 40``. An empty cell is missing; a text with blanks at its ends stands in quotation
    marks. ``<30 rows>`` before a row draws it thirty times, and ``{10}`` in it counts 10, 11, 12 and so on.

    >>> tables_from_text("length: ft\\n\\ncollars\\nhole,easting_ft\\nA,12.5").frame("collars").rows()
    [('A', 12.5)]
    """
    said: dict[str, str] = dict(_FRAME)
    frames: dict[str, pl.DataFrame] = {}
    for block in text.strip("\n").split("\n\n"):
        name, *lines = block.strip("\n").splitlines()
        if ":" in name:
            said.update(_said(line) for line in (name, *lines))
        else:
            frames[name] = _frame(name, [row for line in lines for row in _drawn(line)], said["length"])
    settings: dict[str, object] = {name: float(value) for name, value in said.items() if name in SETTINGS}
    limits = {name.removeprefix("bounds "): value.split() for name, value in said.items() if name.startswith("bounds ")}
    if limits:
        settings["bounds"] = {column: tuple(map(float, ends)) for column, ends in limits.items()}
    book = {name: said[name] for name in _BOOK if name in said}
    return Tables(frames, said["length"], said["crs"], said["azimuth"], settings=settings, said=book)


def _drawn(line: str) -> Iterator[str]:
    """A row, as often as it says."""
    found = _MANY.fullmatch(line)
    for turn in range(int(found[1]) if found else 1):
        yield _COUNTER.sub(lambda start, turn=turn: str(int(start[1]) + turn), found[2]) if found else line


def _said(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip(), value.strip()


def _frame(name: str, lines: list[str], length: str) -> pl.DataFrame:
    """A table with the types that its schema gives; what is not in it is a number unless it says otherwise."""
    known = schema.schema(name).keys(length)
    heads = lines[0].split(",")
    types: dict[str, type[pl.DataType]] = dict.fromkeys(heads, pl.Float64)
    types |= {head: pl.String for head in heads if head in known and known[head].type == "text"}
    types |= {head: pl.String for head in heads if head.endswith(schema.TOKEN)}
    types |= {head: pl.Boolean for head in heads if head.endswith((schema.BELOW, schema.ABOVE))}
    types |= {head: pl.String for head in heads if _holds_words(lines, heads.index(head))}
    days = [head for head in heads if head in known and known[head].type == "day"]
    types |= dict.fromkeys(days, pl.String)
    return pl.read_csv(StringIO("\n".join(lines)), schema_overrides=types).with_columns(pl.col(days).str.to_date())


def _holds_words(lines: list[str], place: int) -> bool:
    """Whether a column of an example holds something that is neither a number nor true or false."""
    for line in lines[1:]:
        cells = line.split(",")
        cell = cells[place].strip() if place < len(cells) else ""
        if cell and cell not in ("true", "false"):
            try:
                float(cell)
            except ValueError:
                return True
    return False
