"""Leafing: a table as it is looked through: some rows of it, searched, narrowed and put in order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import ceil

import polars as pl

from orebook.desk.answer import AskedWronglyError
from orebook.ground.schema import ABOVE, BELOW, ORIGIN, TOKEN

ROW = "row"
"""The column of the position of a row in the whole table, from nought."""

SIZES = (50, 100, 250, 1000)
"""So many rows may be shown at once."""

_KEPT_WORDS = 300_000
"""Of a table of so many rows the words are kept to be searched; of a larger one they are made each time."""

_BETWEEN = "\x1f"
_SAID = re.compile(r"(?P<sign><=|>=|!=|<|>|=)?(?P<value>.{0,200})", re.DOTALL)
_RANGE = re.compile(r"(?P<low>[^.]{1,40}(?:\.\d{1,20})?)\.\.(?P<high>.{1,60})")


@dataclass(frozen=True)
class Whole:
    """A table that is looked through, in the order in which it is kept.

    >>> whole = Whole("assays", pl.DataFrame({"hole": ["A", "B"], "au_gpt": [1.25, 0.3]}))
    >>> leaf(whole, Wish(words="a 1.25")).rows["row"].to_list(), leaf(whole, Wish(where={"au_gpt": "<1"})).found
    ([0], 1)
    """

    name: str
    stored: pl.DataFrame

    @cached_property
    def frame(self) -> pl.DataFrame:
        """The rows with their positions."""
        return self.stored.drop(ROW, strict=False).with_row_index(ROW).cast({ROW: pl.Int64})

    @cached_property
    def columns(self) -> list[str]:
        """The columns that are shown: without companions, which are shown with their number, and origins."""
        names = set(self.stored.columns)
        hidden = {name + end for name in names for end in (BELOW, ABOVE, TOKEN)} | {ROW, *ORIGIN}
        return [name for name in self.stored.columns if name not in hidden]

    def words(self) -> pl.Series:
        """All that a row says, in small letters, to be searched."""
        return self._kept if self.stored.height <= _KEPT_WORDS else self._words()

    @cached_property
    def _kept(self) -> pl.Series:
        return self._words()

    def _words(self) -> pl.Series:
        tokens = [name + TOKEN for name in self.columns if name + TOKEN in self.stored.columns]
        said = [_text(self.stored, name) for name in (*self.columns, *tokens)]
        joined = pl.concat_str(said, separator=_BETWEEN, ignore_nulls=True) if said else pl.lit("")
        return self.stored.select(joined.str.to_lowercase().alias("words")).to_series()


def _text(frame: pl.DataFrame, name: str) -> pl.Expr:
    """What a column says, numbers as they are shown."""
    text = pl.col(name).cast(pl.String)
    return text.str.strip_suffix(".0") if frame.schema[name].is_float() else text


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see of a table.

    ``words`` have all to stand in a row; ``where`` says for columns what has to hold: ``>1``, ``<=0.5``, ``0.3..2``,
    ``=W-12``, ``!=W-12``, or words that a text holds. ``sort`` is a column, ``page`` counts from one.
    """

    words: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    down: bool = False
    page: int = 1
    size: int = SIZES[0]


@dataclass(frozen=True)
class Leaf:
    """The rows of one page with their positions, how many there are on all pages, and which page of how many it is."""

    rows: pl.DataFrame
    found: int
    page: int
    pages: int

    @property
    def first(self) -> int:
        """The number of the first row among those that were found, from one; nought where there is none."""
        return 0 if not self.rows.height else self._size * (self.page - 1) + 1

    @property
    def last(self) -> int:
        """The number of the last row."""
        return max(self.first + self.rows.height - 1, 0)

    _size: int = SIZES[0]


def leaf(whole: Whole, wish: Wish) -> Leaf:
    """One page of what was wished for.

    Raises ``AskedWronglyError`` for a column that is not there, or a condition that cannot be understood.
    """
    found = chosen(whole, wish)
    size = min(max(wish.size, 1), SIZES[-1])
    pages = max(ceil(found.height / size), 1)
    page = min(max(wish.page, 1), pages)
    return Leaf(found.slice((page - 1) * size, size), found.height, page, pages, size)


def chosen(whole: Whole, wish: Wish) -> pl.DataFrame:
    """All rows that were wished for, in the order that was wished for, with their positions.

    Raises ``AskedWronglyError`` for a column that is not there, or a condition that cannot be understood.
    """
    frame = whole.frame
    terms = [pl.lit(whole.words()).str.contains(term, literal=True) for term in wish.words.lower().split()]
    terms += [condition(whole, name, said) for name, said in wish.where.items() if said.strip()]
    if terms:
        frame = frame.filter(pl.all_horizontal(term.fill_null(value=False) for term in terms))
    if wish.sort:
        _there(whole, wish.sort)
        frame = frame.sort(wish.sort, descending=wish.down, nulls_last=True, maintain_order=True)
    return frame


def condition(whole: Whole, name: str, said: str) -> pl.Expr:
    """What has to hold in a column, as an expression.

    Raises ``AskedWronglyError`` for what cannot be compared with what the column holds.
    """
    _there(whole, name)
    kind = whole.stored.schema[name]
    if between := _RANGE.fullmatch(said.strip()) if kind.is_numeric() or kind == pl.Date else None:
        low, high = (_value(whole, name, between[end].strip()) for end in ("low", "high"))
        return pl.col(name).is_between(pl.lit(low), pl.lit(high))
    found = _SAID.fullmatch(said.strip())
    sign, words = (found["sign"] or "", found["value"].strip()) if found else ("", said)
    if kind == pl.String and sign in ("", "=", "!="):
        text = pl.col(name).str.to_lowercase()
        if not sign:
            return text.str.contains(words.lower(), literal=True)
        return text == words.lower() if sign == "=" else text.ne_missing(words.lower())
    if kind == pl.Date and not sign:
        return pl.col(name).cast(pl.String).str.starts_with(words)
    value = pl.lit(_value(whole, name, words))
    compared = {
        "<": pl.col(name) < value,
        "<=": pl.col(name) <= value,
        ">": pl.col(name) > value,
        ">=": pl.col(name) >= value,
        "!=": pl.col(name).ne_missing(value),
    }
    return compared.get(sign, pl.col(name) == value)


def _there(whole: Whole, name: str) -> None:
    if name not in whole.columns:
        raise AskedWronglyError(f"{whole.name} has no column {name!r}; it has {', '.join(whole.columns)}")


def _value(whole: Whole, name: str, words: str) -> float | date | bool | str:
    """A value to compare a column with."""
    kind = whole.stored.schema[name]
    try:
        if kind == pl.Date:
            return date.fromisoformat(words)
        if kind == pl.Boolean:
            return {"true": True, "yes": True, "false": False, "no": False}[words.lower()]
        return float(words.replace(",", "")) if kind.is_numeric() else words
    except (ValueError, KeyError):
        what = {pl.Date: "a day such as 2011-09-30", pl.Boolean: "yes or no"}.get(type(kind), "a number")
        raise AskedWronglyError(
            f"{name}: {words!r} cannot be compared with what stands there; write {what}, >1, <=0.5 or 1..2"
        ) from None
