"""Questions: what only a person can say of a table, as the fields of a form that answer it."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from orebook.book.importing.declared import AZIMUTHS, DASHES, DATES, DIPS, NEGATIVES, ROWS
from orebook.book.importing.mapping import Question
from orebook.ground.one_line import one_line
from orebook.ground.schema import LENGTHS, tables

ANSWER = "q."
"""What the names of fields begin with whose values are declarations, ``dip=negative_down``."""

DECLARED, COLUMN, HEAD_OF, SAME = "d.", "c.", "h.", "v."
"""What the names of other fields begin with: a declaration, the column of a head, the head of a column, a value."""

_WORDS: Mapping[str, Sequence[str]] = {
    "length": LENGTHS,
    "dip": DIPS,
    "azimuth": AZIMUTHS,
    "decimal": ("comma", "point"),
    "dates": DATES,
    "dashes": DASHES,
    "rows": ROWS,
    "negatives": NEGATIVES,
}
_MEANING = {
    "length=m": "metres",
    "length=ft": "feet",
    "dip=negative_down": "a hole that goes down has a negative dip",
    "dip=positive_down": "a hole that goes down has a positive dip",
    "dip=from_vertical": "dips count from straight down",
    "azimuth=grid": "grid north",
    "azimuth=true": "true north",
    "azimuth=magnetic": "magnetic north",
    "azimuth=unknown": "nobody knows",
    "decimal=comma": "decimal mark: 1,5 is one and a half",
    "decimal=point": "parts thousands: the decimal mark is a point",
    "dates=dmy": "the day comes first",
    "dates=mdy": "the month comes first",
    "dashes=zero": "nought",
    "dashes=missing": "no value",
    "rows=days": "days",
    "rows=months": "whole months",
    "negatives=below": "below detection, the limit with a minus",
    "negatives=missing": "no value",
    "negatives=kept": "negative numbers",
    "missing=none": "they are numbers",
    "confirmed=dip": "most holes go up",
    "confirmed=coordinates": "keep the numbers as they are",
}
_COLUMN = re.compile(r"--column (.{1,200}?)=([a-z0-9_]{1,60})(?= or |$|;|,)")
_CRS = "EPSG:26909"


class Choice(NamedTuple):
    """An answer that can be chosen: what is sent, and what it means."""

    value: str
    words: str


class Field(NamedTuple):
    """A question as a field: what is asked, what the data look like, and choices, or an example of what to write."""

    name: str
    asked: str
    guess: str
    choices: Sequence[Choice] = ()
    example: str = ""


def fields(question: Question, heads: Sequence[str]) -> list[Field]:
    """The fields that answer a question about a file with these heads.

    >>> asked = Question("dip", "a.csv", "no head says which sign", "say --declare dip=…", "positive_down")
    >>> [choice.value for choice in fields(asked, [])[0].choices]
    ['dip=negative_down', 'dip=positive_down', 'dip=from_vertical']
    """
    key, _, of = question.key.partition(":")
    what, guess = one_line(question.what), question.guess
    if key in _WORDS:
        plain = _chosen(key, what, guess and _meaning(f"{key}={guess}"), [f"{key}={word}" for word in _WORDS[key]])
        may_stay = f"confirmed={key}" in question.instead
        return [plain, _chosen(f"{key}.stays", "or it stays as it was said", "", [f"confirmed={key}"])][: 1 + may_stay]
    if key == "missing":
        return [_chosen(key, what, "", [f"missing={guess}", "missing=none"])]
    if key == "fractions":
        return [_chosen(key, what, "", [f"fractions={guess}", f"confirmed={guess}"])]
    if key == "coordinates":
        named = Field(f"{DECLARED}coordinates", what, guess, example=guess or _CRS)
        return [named, _chosen(key, "or they are no degrees", "", ["confirmed=coordinates"])]
    if key == "crs":
        return [Field(f"{DECLARED}crs", what, guess, example=f"{_CRS}, or local")]
    if key == "table":
        return [Field("table", what, guess, [Choice(name, name) for name in tables()])]
    if key == "column":
        from_head = Field(f"{HEAD_OF}{of}", what, guess, [Choice(head, head) for head in heads if head])
        return [from_head, Field(f"{SAME}{of}", f"or {of} is the same in every row", "", example="")]
    units = _COLUMN.findall(question.instead)
    return [Field(f"{COLUMN}{of}", what, guess, [Choice(column, column) for _, column in units])]


def _chosen(key: str, what: str, guess: str, pairs: Sequence[str]) -> Field:
    return Field(f"{ANSWER}{key}", what, guess, [Choice(pair, _meaning(pair)) for pair in pairs])


def _meaning(pair: str) -> str:
    """What a declaration means, in words.

    >>> _meaning("missing=-99"), _meaning("fractions=recovery_pct"), _meaning("dates=dmy")
    ('-99 stands for no value', 'recovery_pct: fractions of one', 'the day comes first')
    """
    if pair in _MEANING:
        return _MEANING[pair]
    key, _, value = pair.partition("=")
    said = value.replace("|", ", ")
    words = {"missing": f"{said} stands for no value", "fractions": f"{said}: fractions of one"}
    return words.get(key, f"{said}: per cent, as it stands" if key == "confirmed" else said)
