"""Rests: what the figures of a result rest on, said beside them, so that ``orebook why`` can follow one to its rows.

A result that makes a tidy table of figures (``measure``, ``subject``, ``metal``, ``period``, ``from_day``, ``to_day``,
``basis``, ``value``, ``unit`` …) says in a part of its own what they were made of:

    Made({"production": figures, "production_rests": rests(
        Rest("milling.ore_milled", "mill", ("ore_t",), same={"mine": "subject"}, how="sum"),
        Rest("milling.metal_produced", "mill", ("{metal}_lb", "{metal}_oz"), same={"mine": "subject"}, how="sum"),
    )}, settings)

That costs nothing while the result is made: the rows are looked for when somebody asks. Where no such saying finds the
rows (a lot in a revaluation, an option in a hedge book), ``rows_part`` lists them figure by figure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import polars as pl

from orebook.ground.metals import letters

RESTS, ROWS = "_rests", "_rows"
"""What is put behind the name of a part of figures for the parts that say what they rest on."""

Span = Literal["within", "touching", "until", "any"]
"""Which rows belong to the days of a figure: those inside, those that share a day, all up to the last day, any."""

How = Literal["sum", "per_day", "mean", "last", "other"]
"""How a figure follows from the rows: added, added and divided by the days, mean of the first column by the second,
the last value, or in another way, which ``words`` tell."""

_PARTS = {"rests": RESTS, "rows": ROWS}
_BETWEEN = " "


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saying:
    same: Mapping[str, str] = field(default_factory=dict)
    days: tuple[str, ...] = ()
    span: Span = "within"
    how: How = "other"
    words: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Rest(_Saying):
    """What the figures of one measure rest on.

    ``measure`` is the measure of the figures, empty for all; ``basis`` narrows it further. ``on`` is a table of the
    book or a part of another result. ``columns`` are those that take part; ``{metal}`` in a name is the metal of the
    figure in small letters, and columns that the table lacks are passed over; with none of them nothing is shown.
    ``same`` says for columns of ``on`` with which column of the figure they agree; ``subject?`` agrees where some row
    does, so that a figure of the whole company rests on the rows of all its mines. ``days`` are the columns of its
    days, one or two, ``from_day`` and ``to_day`` or ``day`` when nothing is said; ``span`` which of them count. ``how``
    says how the figure follows, and ``words`` whatever else should be known.

    Raises ``ValueError`` for a span or a way that does not exist.

    >>> Rest("milling.ore_milled", "mill", ("ore_t",), how="added")
    Traceback (most recent call last):
        ...
    ValueError: milling.ore_milled: how is 'added'; write one of sum, per_day, mean, last, other
    """

    measure: str
    on: str
    columns: tuple[str, ...]

    def __post_init__(self) -> None:
        for name, said, known in (("span", self.span, Span), ("how", self.how, How)):
            if said not in get_args(known):
                raise ValueError(f"{self.measure}: {name} is {said!r}; write one of {', '.join(get_args(known))}")


_SCHEMA = dict.fromkeys(("measure", "basis", "on", "columns", "same", "days", "span", "how", "words"), pl.String)


def rests(*sayings: Rest) -> pl.DataFrame:
    """The part of a result that says what its figures rest on.

    >>> rests(Rest("milling.ore_milled", "mill", ("ore_t",), same={"mine": "subject"}, how="sum")).row(0)
    ('milling.ore_milled', '', 'mill', 'ore_t', 'mine=subject', '', 'within', 'sum', '')
    """
    rows = [
        (
            each.measure,
            each.basis,
            each.on,
            _BETWEEN.join(each.columns),
            _BETWEEN.join(f"{own}={figures}" for own, figures in each.same.items()),
            _BETWEEN.join(each.days),
            each.span,
            each.how,
            each.words,
        )
        for each in sayings
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def rows_part(found: pl.DataFrame) -> pl.DataFrame:
    """The part of a result that lists the rows of its figures one by one.

    ``figure`` is the position of the figure in its part, from nought; ``table`` a table of the book (or a part of
    another result) and ``row`` the position of a row in it, as ``bench.table`` numbers them. ``weight`` says how much
    of a row counts, and ``columns`` which of them take part; both may be left out.

    >>> rows_part(pl.DataFrame({"figure": [0], "table": ["lots"], "row": [3]})).columns
    ['figure', 'table', 'row', 'weight', 'columns']
    """
    types = {"figure": pl.Int64, "table": pl.String, "row": pl.Int64, "weight": pl.Float64, "columns": pl.String}
    made = [(pl.col(name) if name in found.columns else pl.lit(None)).cast(kind) for name, kind in types.items()]
    return found.select(each.alias(name) for each, name in zip(made, types, strict=True))


def said_of(part: pl.DataFrame, figure: Mapping[str, Any]) -> Iterator[Rest]:
    """Yield what a part of sayings says of one figure, in order, with its metal in the names of columns."""
    metal = letters(str(figure.get("metal") or ""))
    for row in part.iter_rows(named=True):
        if row["measure"] in ("", figure.get("measure")) and row["basis"] in ("", figure.get("basis")):
            pairs = (pair.partition("=") for pair in row["same"].split())
            yield Rest(
                row["measure"],
                row["on"],
                tuple(name.replace("{metal}", metal) for name in row["columns"].split()),
                same={own: figures for own, _, figures in pairs},
                days=tuple(row["days"].split()),
                span=row["span"],
                how=row["how"],
                words=row["words"],
                basis=row["basis"],
            )
