"""Quoted sheets: a column of prices for each metal, or of rates for each pair of currencies, days down the page.

So treasurers and news services keep them: ``Date``, ``Cu USD/lb``, ``Gold (US$/oz)``, ``USD/CAD``. Turned, each cell
that quotes something is a row: of ``prices``, or of ``exchange_rates`` where there are no prices or that is asked for.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import polars as pl

from orebook.book.files import LINE, Loaded, RawTable
from orebook.book.files._delimited import BAD
from orebook.book.importing.amounts import amount
from orebook.book.importing.days import period_said
from orebook.book.importing.heads import key
from orebook.book.importing.measured_heads import measured, money_of, per
from orebook.book.importing.profiles import meanings
from orebook.book.importing.sideways import Turned, is_measure, turned_table
from orebook.ground import units
from orebook.reading.language.analytes import names

PRICES, RATES = "prices", "exchange_rates"
_DATE = "Date"
_HEADS: dict[str, tuple[str, ...]] = {
    PRICES: ("Price series", _DATE, "Amount", "Unit", "Currency"),
    RATES: ("Base", "Quote", _DATE, "Rate", "Kind"),
}
"""The heads of a turned sheet: what is quoted stands around the day and the number."""

_NOTHING = ("missing", "dash", "token")
"""Kinds of cells that quote nothing."""

_DAYS = ("date", "day", "month", "period", "quotedate", "asof", "datum", "fecha")
_BESIDE = ("note", "comment", "remark", "source", "document", "total", "average", "mean", "avg")
_METAL_UNITS = ("lb", "oz", "t", "kg", "g", "ton", "klb", "koz", "kt")
_CENTS = re.compile(
    r"(?P<us>US\s?)?(?:¢|c|cts?|cents?)\s?(?:/|\bper\b)\s?(?P<per>lb|lbs|pound|oz|ounce|kg)\b", re.IGNORECASE
)
_PAIR = re.compile(r"(?P<base>[A-Z]{3})\s?/?\s?(?P<quote>[A-Z]{3})|(?P<quoted>[A-Z]{3}) per (?P<of>[A-Z]{3})")
AVERAGE = "average"
_KINDS = {"spot": "spot", "noon": "spot", "closing": "spot", "close": "spot", "average": "average", "avg": "average",
          "mean": "average", "rate": "", "exchange": "", "fx": ""}  # fmt: skip
"""Words beside a pair of currencies, and which kind of rate they say it is."""


class _Quote(NamedTuple):
    """What a column quotes: a series by unit and currency, or base, quote and kind of rates; cents are hundredths."""

    table: str
    said: tuple[str, str, str]
    cents: bool = False


def quoted(raw: RawTable, table: str = "") -> RawTable:
    """A table as it stands, or with a row for each quotation where its columns quote prices or rates by day.

    ``table`` is the table that was asked for, if any. A sheet of anything else beside them is left as it stands.

    >>> from orebook.book.files import read_bytes
    >>> raw = quoted(read_bytes("a.csv", b"Date,Cu USD/lb,Gold (US$/oz)\\n2011-09-30,3.24,1620\\n"))
    >>> raw.cells.load(dict.fromkeys(range(5), "text")).frame.drop("line").rows()
    [('Cu', '2011-09-30', '3.24', 'lb', 'USD'), ('Gold', '2011-09-30', '1620', 'oz', 'USD')]
    """
    if table not in ("", PRICES, RATES) or isinstance(raw, Turned):
        return raw
    found = {at: quote for at, head in enumerate(raw.header) if head and (quote := quote_of(head)) is not None}
    days = [at for at, head in enumerate(raw.header) if key(head) in _DAYS]
    kinds = {quote.table for quote in found.values()}
    if not found or len(days) != 1 or (table and table not in kinds) or not _nothing_else(raw, {*found, *days}):
        return raw
    chosen = table or (PRICES if PRICES in kinds else RATES)
    return _turned(raw, days[0], {at: quote for at, quote in found.items() if quote.table == chosen}, chosen)


@cache
def quote_of(head: str) -> _Quote | None:
    """What the head of a column says that it quotes; nothing where it does not say all of it.

    >>> quote_of("LME Copper Cash (US$/t)").said, quote_of("Zinc USc/lb").cents, quote_of("CAD per USD").said
    (('LME Copper Cash', 't', 'USD'), True, ('USD', 'CAD', ''))
    >>> quote_of("Mining cost (US$/t)"), quote_of("Price (US$/lb)"), quote_of("USD")
    (None, None, None)
    """
    words = [word for word in re.split(r"[\s_,()\[\]]+", head) if word]
    kinds = [_KINDS[word.lower()] for word in words if word.lower() in _KINDS]
    pair = _PAIR.fullmatch(" ".join(word for word in words if word.lower() not in _KINDS))
    if pair is not None:
        base, quote = pair["base"] or pair["of"], pair["quote"] or pair["quoted"]
        if {base, quote} <= units.currencies().keys() and base != quote:
            return _Quote(RATES, (base, quote, next(filter(None, kinds), "")))
    return _price(head)


def _price(head: str) -> _Quote | None:
    """A price of a metal for a mass of it: its series is the head without the unit."""
    if cents := _CENTS.search(head):
        unit = measured(f"x US$/{cents['per']}").unit
        series, money = head[: cents.start()], "USD" if cents["us"] else "$"
        return _Quote(PRICES, (_series(series), per(unit), money), cents=True) if _metal(series) else None
    unit = measured(head).unit
    money, mass = money_of(unit), per(unit)
    if not money or mass not in _METAL_UNITS or unit.partition("/")[0] != money or not _metal(head):
        return None
    return _Quote(PRICES, (_series(head), mass, money))


def _metal(words: str) -> bool:
    parts = [part for part in re.split(r"[\s_()\[\],;:./-]+", words) if part]
    return any((part in names() or part.lower() in names()) and part.lower() not in ("in", "or") for part in parts)


def _series(head: str) -> str:
    """The name of a series: its head as far as it is no unit.

    >>> [_series(head) for head in ("Gold (US$/oz)", "Cu USD/lb", "LME copper, US$ per tonne", "Mo price (USD/lb)")]
    ['Gold', 'Cu', 'LME copper', 'Mo price']
    """
    plain = re.sub(r"[(\[][^()\[\]]{0,40}[)\]]", " ", head).strip()
    wanted = measured(head).key
    words = plain.split()
    short = [" ".join(words[:size]) for size in range(1, len(words) + 1)]
    return next((name for name in short if key(name) == wanted), plain).strip(" ,;:-")


def _nothing_else(raw: RawTable, known: set[int]) -> bool:
    """Whether no other column is a measure or head that a table of records knows, and most columns quote something."""
    others = [head for at, head in enumerate(raw.header) if head and at not in known]
    plain = [head for head in others if not key(head).startswith(_BESIDE)]
    own = {head for table in (PRICES, RATES) for head in meanings(table)}
    return not any(is_measure(head) or key(head) in own for head in plain) and len(plain) < len(known)


def _turned(raw: RawTable, day: int, quotes: Mapping[int, _Quote], table: str) -> Turned:
    """A row for each cell that quotes something, day after day."""
    loaded = raw.cells.load(dict.fromkeys((day, *quotes), "text"))
    heads, at_day = _HEADS[table], _HEADS[table].index(_DATE)
    rows: list[list[object]] = []
    places: dict[tuple[int, int], tuple[int, int]] = {}
    empty, number = 0, 1
    for line, when, *cells in loaded.frame.select(LINE, str(day), *map(str, quotes)).iter_rows():
        for (at, quote), cell in zip(quotes.items(), cells, strict=True):
            if amount(cell or "", raw.decimal or ".").kind in _NOTHING:
                empty += 1
                continue
            number += 1
            said = _in_currency(cell, raw.decimal) if quote.cents else cell
            rows.append([number, *quote.said[:at_day], _day(when or "", quote), said, *quote.said[at_day:]])
            places |= {(number, at_day): (line, day), (number, at_day + 1): (line, at)}
    if table == RATES and not any(quote.said[-1] for quote in quotes.values()):
        heads, rows = heads[:-1], [row[:-1] for row in rows]
    bad = pl.DataFrame(_lost(loaded, number), schema=BAD, orient="row")
    remarks = (*loaded.remarks, *_said(raw, day, quotes, table, len(rows), empty))
    return turned_table(raw, heads, rows, places, bad, loaded.blank, remarks)


def _day(cell: str, quote: _Quote) -> str:
    """The day of a row; of the mean of a month its last day."""
    month = period_said(cell) if quote.said[-1] == AVERAGE else None
    return cell if month is None else month.end.isoformat()


def _lost(loaded: Loaded, number: int) -> list[tuple[int, None, str, str]]:
    """Lines of the sheet that have no place in it, counted after those that were turned."""
    lines = enumerate(loaded.bad.iter_rows(named=True), number + 1)
    return [(at, None, row["value"], f"line {row[LINE]} of the sheet: {row['reason']}") for at, row in lines]


def _said(raw: RawTable, day: int, quotes: Mapping[int, _Quote], table: str, rows: int, empty: int) -> Iterator[str]:
    """Yield what somebody should know who added such a sheet."""
    taken = ", ".join(raw.header[at] for at in quotes)
    yield f"a column for each of {taken} was turned into {rows} rows of {table}, which are counted as they were turned"
    if empty:
        yield f"{empty} cells quote nothing"
    if left := [head for at, head in enumerate(raw.header) if head and at not in quotes and at != day]:
        yield f"columns left out: {', '.join(left)}{_once_more(raw, table)}"
    if table == RATES:
        yield "; ".join(f"{raw.header[at]} is read as {q.said[1]} for one {q.said[0]}" for at, q in quotes.items())


def _once_more(raw: RawTable, table: str) -> str:
    """What brings the rates of a sheet of prices."""
    rates = [head for head in raw.header if (quote := quote_of(head)) is not None and quote.table == RATES]
    more = "; add the file once more with --table exchange_rates for the rates"
    return more if rates and table == PRICES else ""


def _in_currency(cell: str, decimal: str) -> str:
    """An amount in cents as one in the currency; a cell that is none stays as it stands."""
    found = amount(cell, decimal or ".").value
    return cell if found is None else str(Decimal(repr(found)) / 100).replace(".", decimal or ".")
