"""Worth of metals in an equivalent: prices, recoveries, payable shares, the coefficients that follow, and printed ones.

Everything is exact: prices and recoveries are numbers as they were written, units of mass are defined. A coefficient is
for the units in which the two grades stand, such as percent of copper for each gram per tonne of gold.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import reduce

from orebook.disciplines.assaying.columns import assay, subscripted
from orebook.disciplines.assaying.equivalents import worth_ratio
from orebook.ground import units
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.ground.schema import unit_of

DIGITS = 4
"""Significant digits of a coefficient in a printed formula, where nobody asks for others."""


@dataclass(frozen=True, slots=True)
class Metal:
    """A metal of an equivalent: its column, what it is worth, and how much of it is recovered and paid for.

    ``price`` is in ``price_unit``, such as ``USD/oz``, for the analyte that the column holds. ``recovery`` and
    ``payable`` are fractions of one; ``basis`` says where the recovery comes from: test work or an assumption.
    """

    column: str
    price: Fraction
    price_unit: str
    recovery: Fraction
    basis: str
    payable: Fraction = Fraction(1)

    @property
    def currency(self) -> str:
        """The currency of the price."""
        return units.unit(self.price_unit.partition("/")[0]).money

    @property
    def price_of_grade(self) -> Fraction:
        """Price of what one unit of the column's grade holds in a gram of rock."""
        money, _, mass = self.price_unit.partition("/")
        per_gram = units.unit(money).factor / units.unit(mass).ratio(units.unit("g"))
        return self.price * per_gram * units.unit(unit_of(self.column)).factor

    @property
    def kept(self) -> Fraction:
        """The part of the metal that is recovered and paid for."""
        return self.recovery * self.payable


def coefficients(metals: Sequence[Metal], primary: str, *, unit: str = "") -> dict[str, Fraction]:
    """What each metal's grade is multiplied by, exactly; the sum is the equivalent in the unit of the primary metal.

    ``unit`` is another unit of grade for the result. Source: definition; catalogue code EQ706.

    >>> gold = Metal("au_gpt", Fraction(2000), "USD/oz", Fraction(9, 10), "test work")
    >>> silver = Metal("ag_gpt", Fraction(25), "USD/oz", Fraction(7, 10), "test work")
    >>> {column: round(float(value), 8) for column, value in coefficients([gold, silver], "au_gpt").items()}
    {'au_gpt': 1.0, 'ag_gpt': 0.00972222}
    """
    first = next(metal for metal in metals if metal.column == primary)
    own = unit_of(primary)
    scale = units.unit(own).ratio(units.unit(unit or own))
    return {
        metal.column: scale * worth_ratio(metal.price_of_grade, metal.kept, first.price_of_grade, first.kept)
        for metal in metals
    }


def rounded(value: Fraction, digits: int = DIGITS) -> str:
    """A coefficient with so many significant digits, as a formula prints it.

    >>> rounded(Fraction(1, 1800)), rounded(Fraction(35, 32)), rounded(Fraction(10000))
    ('0.0005556', '1.094', '10000')
    """
    context = Context(prec=digits)
    number = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return f"{number:f}"


def formula(name: str, terms: Mapping[str, Fraction], *, digits: int = DIGITS) -> str:
    """The formula of an equivalent as a release prints it, its coefficients rounded.

    >>> formula("AuEq (g/t)", {"au_gpt": Fraction(1), "ag_gpt": Fraction(7, 720)})
    'AuEq (g/t) = Au (g/t) + 0.009722 × Ag (g/t)'
    """
    parts = [
        assay(column).label if value == 1 else f"{rounded(value, digits)} × {assay(column).label}"
        for column, value in terms.items()
    ]
    return f"{name} = {' + '.join(parts)}"


def assumptions(metals: Iterable[Metal], date: str) -> str:
    """The sentence that goes with a formula: prices with their date, recoveries with their basis, payable shares.

    >>> assumptions([Metal("au_gpt", Fraction(2000), "USD/oz", Fraction(9, 10), "test work")], "2026-10-01")
    'Prices of 2026-10-01: Au 2000 USD/oz; recoveries: Au 90 % (test work).'
    """
    listed = list(metals)
    names = {metal.column: subscripted(assay(metal.column).analyte) for metal in listed}
    prices = ", ".join(f"{names[each.column]} {_plain(each.price)} {each.price_unit}" for each in listed)
    kept = ", ".join(f"{names[each.column]} {_plain(each.recovery * 100)} % ({each.basis})" for each in listed)
    paid = ", ".join(f"{names[each.column]} {_plain(each.payable * 100)} %" for each in listed if each.payable != 1)
    return f"Prices of {date}: {prices}; recoveries: {kept}{f'; payable: {paid}' if paid else ''}."


def _plain(value: Fraction) -> str:
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{number.normalize():f}"


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed coefficient beside the exact one; ``fits`` when the exact one rounds to the printed digits.

    ``excess`` is how much too large the print is, as a fraction of the exact coefficient.
    """

    column: str
    exact: Fraction
    printed: Range
    fits: bool
    excess: float


def compare(exact: Mapping[str, Fraction], printed: Mapping[str, str]) -> list[Printed]:
    """Printed coefficients against those that prices and recoveries give. Source: handbook 10.2; catalogue EQ706.

    Raises ``ValueError`` for a column that the formula does not have.

    >>> exact = {"au_gpt": Fraction(35, 32), "mo_ppm": Fraction(1, 1800)}
    >>> found = compare(exact, {"au_gpt": "1.10", "mo_ppm": "0.00056"})
    >>> [(each.column, each.fits, round(each.excess, 3)) for each in found]
    [('au_gpt', False, 0.006), ('mo_ppm', True, 0.008)]
    """
    rows = []
    for column, said in printed.items():
        if column not in exact:
            raise ValueError(f"the formula has no metal {column!r}; it has {', '.join(exact)}")
        figure, value = Figure.parse(said), exact[column]
        values = figure.range()
        fits = Fraction(values.low) <= value <= Fraction(values.high)
        rows.append(Printed(column, value, values, fits, float(Fraction(figure.value) / value - 1)))
    return rows


def common_cause(rows: Sequence[Printed]) -> str:
    """What several coefficients that are off by one and the same factor have in common; nothing when they have not.

    >>> exact = {"au_gpt": Fraction(35, 32), "ag_gpt": Fraction(7, 360)}
    >>> common_cause(compare(exact, {"au_gpt": "1.10", "ag_gpt": "0.0196"}))
    'all are 0.54 to 1.03 % too large: another price of the primary metal, or a recovery that is not stated'
    """
    off = [row for row in rows if not row.fits]
    if len(off) < 2:
        return ""
    low = reduce(max, (Fraction(row.printed.low) / row.exact for row in off))
    high = reduce(min, (Fraction(row.printed.high) / row.exact for row in off))
    if low > high or low <= 1 <= high:
        return ""
    word, ends = ("large", (low - 1, high - 1)) if low > 1 else ("small", (1 - high, 1 - low))
    first, last = (f"{float(end) * 100:.2f}" for end in ends)
    return (
        f"all are {first} to {last} % too {word}: another price of the primary metal, or a recovery that is not stated"
    )
