"""Amounts: what cells of money and masses say in tables of records: currencies, signs of accountants, dashes.

>>> [amount(each).value for each in ("$1,234.50", "(1,234.50)", "CAD 1,234", "1 234.5-", "US$ (7)", "85.3%")]
[1234.5, -1234.5, 1234.0, -1234.5, -7.0, None]
>>> amount("€1.234,50", ","), amount("–").kind, amount("85.3%", unit="%").value
(Amount(value=1234.5, kind='number', reason='', currency='EUR'), 'dash', 85.3)
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import polars as pl

from orebook.book.importing.values import cell
from orebook.ground import units

_MINUS = "-\u2212\u2013"
_DASHES = frozenset("-\u2212\u2013\u2014")
_MOST_SIGNS = 8
_POINT = re.compile(r"\d[,' ]\d{3}(?:[,' ]\d{3}){0,9}\.\d|\d,\d{3},\d{3}|\d\.\d{1,2}$|\d\.\d{4,40}$")
_COMMA = re.compile(r"\d[.' ]\d{3}(?:[.' ]\d{3}){0,9},\d|\d\.\d{3}\.\d{3}|\d,\d{1,2}$|\d,\d{4,40}$")


class Amount(NamedTuple):
    """What a cell says: a number, its currency where it names one; a dash, no value, or nothing usable."""

    value: float | None
    kind: str
    reason: str = ""
    currency: str = ""


@dataclass(frozen=True)
class Amounts:
    """A column of amounts as read; ``bad`` says why a cell is none, ``dash`` where a dash stands for nought or nothing.

    ``token`` says where a word for no value stands, ``currency`` the currencies that cells name.
    """

    values: pl.Series
    bad: pl.Series | None = None
    dash: pl.Series | None = None
    token: pl.Series | None = None
    currency: pl.Series | None = None


def amount(text: str, decimal: str = ".", more: Collection[str] = (), unit: str = "") -> Amount:
    """What a cell says in a table of records. ``more`` are further words for no value, ``unit`` that of the column."""
    said, currency, signs = text.strip().removeprefix("'").strip(), "", 0
    for _ in range(_MOST_SIGNS):
        before = said
        code, said = _without_currency(said)
        if code and currency and code != currency:
            return Amount(None, "bad", "two currencies in one cell")
        currency = code or currency
        if said in _DASHES:
            return Amount(None, "dash", "", currency)
        if said[:1] == "(" and said[-1:] == ")":
            said, signs = said[1:-1].strip(), signs + 1
        elif len(said) > 1 and said[0] in _MINUS:
            said, signs = said[1:].strip(), signs + 1
        elif len(said) > 1 and said[-1] in _MINUS:
            said, signs = said[:-1].strip(), signs + 1
        if said == before:
            break
    found = cell(said, decimal, more, unit)
    if found.kind in ("below", "above"):
        return Amount(None, "bad", "a limit where a measured number is needed")
    if found.value is None:
        return Amount(None, found.kind, found.reason)
    if signs > 1 or (signs and found.value < 0):
        return Amount(None, "bad", "more than one sign")
    return Amount(-found.value if signs else found.value, "number", "", currency)


def _without_currency(said: str) -> tuple[str, str]:
    """The currency that some text begins or ends with, and the rest."""
    for form, code in _currencies():
        if said.startswith(form) and not said[len(form) :][:1].isalpha():
            return code, said[len(form) :].strip()
        if said.endswith(form) and not said[: -len(form)][-1:].isalpha():
            return code, said[: -len(form)].strip()
    return "", said


@cache
def _currencies() -> tuple[tuple[str, str], ...]:
    """Every way of writing a currency, the longest first, but for cents."""
    known = {form: code for code, forms in units.currencies().items() for form in (*forms, code) if code != "¢"}
    return tuple(sorted(known.items(), key=lambda each: (-len(each[0]), each[0])))


def amount_share(cells: Iterable[str]) -> float:
    """The share of amounts, dashes and words for no value among the cells that are not empty; 1 where all are.

    >>> amount_share(["$5", "", "-", "x"])
    0.6666666666666666
    """
    told = [any(amount(each, mark).kind != "bad" for mark in (".", ",")) for each in cells if each]
    return sum(told) / len(told) if told else 1.0


def decimal_shown(cells: Iterable[str]) -> str:
    """The decimal mark that numbers show beyond doubt; nothing where none does, or both do.

    >>> decimal_shown(["1,234.50", "7"]), decimal_shown(["1.234,50"]), decimal_shown(["1,234"]), decimal_shown(["1,5"])
    ('.', ',', '', ',')
    """
    point = comma = False
    for each in cells:
        said = each.strip("() $€£%-")
        point, comma = point or bool(_POINT.search(said)), comma or bool(_COMMA.search(said))
    return "" if point == comma else "." if point else ","


def amounts(column: pl.Series, *, decimal: str, more: Collection[str], unit: str) -> Amounts:
    """The amounts of a column of text or numbers; plain numbers at once, each different other cell once.

    >>> read = amounts(pl.Series(["1.5", "$2", "-", "x", None]), decimal=".", more=(), unit="")
    >>> read.values.to_list(), read.bad.to_list(), read.currency.to_list()
    ([1.5, 2.0, None, None, None], [None, None, None, 'no number', None], [None, '$', None, None, None])
    """
    if column.dtype == pl.Float64:
        return Amounts(column)
    text = column.str.strip_chars()
    marked = text.str.replace(",", ".", literal=True) if decimal == "," else text
    plain = marked.cast(pl.Float64, strict=False)
    usable = plain.is_finite().fill_null(value=False)
    if decimal == ",":
        usable &= ~text.str.contains(".", literal=True)
    plain = plain.set(~usable, None)
    unread = ~usable & text.is_not_null() & (text != "")
    if not unread.any():
        return Amounts(plain)
    odd = text.filter(unread).unique()
    said = [amount(each, decimal, more, unit) for each in odd]
    table = pl.DataFrame(
        {
            "text": odd,
            "value": [each.value for each in said],
            "kind": [each.kind for each in said],
            "reason": [each.reason or None for each in said],
            "currency": [each.currency or None for each in said],
        },
        schema={"text": pl.String, "value": pl.Float64, **dict.fromkeys(("kind", "reason", "currency"), pl.String)},
    )
    joined = pl.DataFrame({"text": text.set(~unread, None)}).join(table, on="text", how="left", maintain_order="left")
    kind = joined["kind"]
    return Amounts(
        values=plain.zip_with(~unread, joined["value"]),
        bad=_if_any(joined["reason"]),
        dash=(kind == "dash").fill_null(value=False) if (kind == "dash").any() else None,
        token=(kind == "token").fill_null(value=False) if (kind == "token").any() else None,
        currency=_if_any(joined["currency"]),
    )


def _if_any(words: pl.Series) -> pl.Series | None:
    return None if words.null_count() == len(words) else words
