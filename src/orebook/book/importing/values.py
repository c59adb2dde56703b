"""Values: what the cells of a column of numbers say: numbers, limits of detection, words for no value, and the rest.

Most cells are plain numbers and are turned into them all at once. Each different other cell is read once, with care.
"""

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import polars as pl

from orebook.book.importing.heads import PLAIN_UNITS, grade_unit

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_LIMIT = re.compile(r"(?P<sign><=?|>=?|≤|≥)\s*(?P<number>.{1,60})")
_PLAIN = re.compile(r"[+-]?(?:\d{1,60}\.?\d{0,60}|\.\d{1,60})(?:[eE][+-]?\d{1,4})?")
_GROUPED = {
    ".": re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3}){1,12}|(?:[ ']\d{3}){1,12})(?:\.\d{0,40})?"),
    ",": re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3}){1,12}|(?:[ ']\d{3}){1,12})(?:,\d{0,40})?"),
}
_WITH_UNIT = re.compile(r"(?P<number>[-+<>.,\d ]{1,60}?)\s?(?P<unit>[%A-Za-z/]{1,12})")


class Cell(NamedTuple):
    """What a cell says: a number, the limit that it lies below or above, a word for no value, or nothing usable."""

    value: float | None
    kind: str
    reason: str = ""


@dataclass(frozen=True)
class Numbers:
    """A column of numbers as read: values, and for rows that need it the companions; ``bad`` says why a cell is none.

    ``tokens`` counts the words for no value, ``odd`` the cells that were no plain numbers, ``commas`` the first cell
    whose comma could be a decimal mark or a separator of thousands.
    """

    values: pl.Series
    below: pl.Series | None
    above: pl.Series | None
    token: pl.Series | None
    bad: pl.Series | None
    comma: str = ""


@cache
def tokens() -> dict[str, bool]:
    """Words for no value in small letters, and whether the word is kept beside the empty cell.

    >>> tokens()["nss"], tokens()["-"]
    (True, False)
    """
    text = files(__package__).joinpath("tokens.csv").read_text(encoding="utf-8")
    return {row["token"].lower(): row["kept"] == "yes" for row in csv.DictReader(text.splitlines())}


def cell(text: str, decimal: str = ".", more: Collection[str] = (), unit: str = "") -> Cell:
    """What a cell of numbers says. ``more`` are further words for no value, ``unit`` is the unit of the column.

    >>> cell("< 0.01"), cell(">10"), cell("NSS"), cell("-")
    (Cell(value=0.01, kind='below', reason=''), Cell(value=10.0, kind='above', reason=''),
     Cell(value=None, kind='token', reason=''), Cell(value=None, kind='missing', reason=''))
    >>> cell("1,234.5").value, cell("1 234,5", ",").value, cell("12.5 ppm", unit="ppm").value
    (1234.5, 1234.5, 12.5)
    >>> cell("O.55").reason, cell("1.2.3").reason, cell("0.5%", unit="ppm").reason
    ('no number', 'no number', 'a number in % where the column has ppm')
    """
    said = text.strip().removeprefix("'").strip()
    small = said.lower()
    if small in tokens() or small in {each.lower() for each in more}:
        return Cell(None, "token" if tokens().get(small, True) else "missing")
    limit = _LIMIT.fullmatch(said)
    number = _number(limit["number"].strip() if limit else said, decimal)
    if number is None and (named := _WITH_UNIT.fullmatch(said)):
        own = grade_unit(named["unit"]) or PLAIN_UNITS.get(named["unit"].lower(), "")
        if own and own == unit:
            return cell(named["number"], decimal, more)
        if own and _number(named["number"].strip(" <>"), decimal) is not None:
            return Cell(None, "bad", f"a number in {own} where the column has {unit or 'no unit'}")
    if number is None:
        return Cell(None, "bad", "no number")
    if abs(number) == float("inf"):
        return Cell(None, "bad", "too large for a number")
    if limit:
        if number < 0:
            return Cell(None, "bad", "a limit below nought")
        return Cell(number, "below" if limit["sign"][0] in "<≤" else "above")
    return Cell(number, "number")


def _number(said: str, decimal: str) -> float | None:
    """A number with its decimal mark and perhaps its thousands apart."""
    said = _SPACES.sub(" ", said)
    if _GROUPED[decimal].fullmatch(said):
        said = said.replace(" ", "").replace("'", "").replace("." if decimal == "," else ",", "")
    if decimal == ",":
        if "." in said:
            return None
        said = said.replace(",", ".")
    return float(said) if _PLAIN.fullmatch(said) else None


def numbers(column: pl.Series, *, decimal: str, more: Collection[str], unit: str, limits: bool) -> Numbers:
    """The numbers of a column of text or numbers. ``limits`` says whether a limit of detection may stand in it.

    >>> read = numbers(pl.Series(["1.5", "<0.1", "IS", "x", None]), decimal=".", more=(), unit="ppm", limits=True)
    >>> read.values.to_list(), read.below.to_list(), read.token.to_list(), read.bad.to_list()
    ([1.5, 0.1, None, None, None], [False, True, False, False, False], [None, None, 'IS', None, None],
     [None, None, None, 'no number', None])
    """
    if column.dtype == pl.Float64:
        return Numbers(column, None, None, None, None)
    text = column.str.strip_chars()
    plain = pl.select(_plain(pl.lit(text), decimal)).to_series()
    unread = plain.is_null() & text.is_not_null() & (text != "")
    comma = text.filter(text.str.contains(",", literal=True)).head(1)
    shown = str(comma[0]) if len(comma) else ""
    if not unread.any():
        return Numbers(plain.rename(column.name), None, None, None, None, shown)
    odd = text.filter(unread).unique()
    said = [cell(each, decimal, more, unit) for each in odd]
    if not limits:
        wrong = "a limit where a measured number is needed"
        said = [Cell(None, "bad", wrong) if each.kind in ("below", "above") else each for each in said]
    table = pl.DataFrame(
        {
            "text": odd,
            "value": pl.Series([each.value for each in said], dtype=pl.Float64),
            "kind": [each.kind for each in said],
            "reason": [each.reason or None for each in said],
        },
        schema_overrides={"reason": pl.String},
    )
    joined = pl.DataFrame({"text": text.set(~unread, None)}).join(table, on="text", how="left", maintain_order="left")
    kind = joined["kind"]
    return Numbers(
        values=plain.zip_with(~unread, joined["value"]).rename(column.name),
        below=_or_none((kind == "below").fill_null(value=False)),
        above=_or_none((kind == "above").fill_null(value=False)),
        token=None
        if not (kind == "token").any()
        else text.zip_with((kind == "token").fill_null(value=False), _null(text)),
        bad=None if joined["reason"].null_count() == joined.height else joined["reason"],
        comma=shown,
    )


def _plain(text: pl.Expr, decimal: str) -> pl.Expr:
    """Plain numbers at once; what is none, or none that is finite, is null and looked at alone."""
    if decimal == ",":
        text = (
            pl.when(text.str.contains(".", literal=True)).then(None).otherwise(text.str.replace(",", ".", literal=True))
        )
    value = text.cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value)


def _or_none(flags: pl.Series) -> pl.Series | None:
    return flags if flags.any() else None


def _null(like: pl.Series) -> pl.Series:
    return pl.Series([None], dtype=pl.String).new_from_index(0, len(like))
