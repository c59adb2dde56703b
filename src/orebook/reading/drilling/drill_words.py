"""Words of drilling: lists that tell a drilled length from another one, a hole from a code, a plan from a result.

They stand in ``words/drilling.csv``; each word is a piece of a regular expression.

>>> bool(any_of("surface").search("a grab sample of 3 g/t"))
True
"""

import csv
import re
from functools import cache
from importlib.resources import files

from orebook.reading.patterns import Pattern


@cache
def _lists() -> dict[str, list[str]]:
    table = files("orebook.reading").joinpath("words", "drilling.csv").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(table.splitlines()):
        found.setdefault(row["list"], []).append(row["word"])
    return found


@cache
def words(name: str) -> str:
    """The words of a list as one alternative of a regular expression.

    >>> words("grid")
    '(?:NAD|WGS|GDA|MGA)'
    """
    return f"(?:{'|'.join(_lists()[name])})"


@cache
def any_of(name: str) -> Pattern:
    """A pattern that finds any word of a list, in letters of any size."""
    return Pattern(rf"(?<!\w){words(name)}(?!\w)", re.IGNORECASE)
