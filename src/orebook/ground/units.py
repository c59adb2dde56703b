"""Units of the trade: how much each is, and how people write it.

``units.csv`` and ``currencies.csv`` are the knowledge; this module only reads them. An ounce is a troy ounce, a
``ton`` is short, a ``t`` is metric. A unit that is not listed is an unknown unit, never a guess.

>>> unit("oz").ratio(unit("g"))
Fraction(19439673, 625000)
>>> unit("USD/lb") is unit("USD/lb")
True
>>> unit("parsec")
Traceback (most recent call last):
    ...
orebook.ground.units.UnknownUnitError: no unit is called 'parsec'; add one line to units.csv to teach it
"""

import csv
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path

Dimension = tuple[tuple[str, int], ...]
"""What is measured, as powers of base dimensions in order: grams per day is ``(("mass", 1), ("time", -1))``."""

SCALES = {
    "cent": Fraction(1, 100),
    "thousand": Fraction(10**3),
    "million": Fraction(10**6),
    "billion": Fraction(10**9),
    "trillion": Fraction(10**12),
}
"""Words that scale a unit, up or (hundredths of a currency) down."""


class UnknownUnitError(ValueError):
    """A unit that no row of the tables names."""


class IncompatibleUnitsError(ValueError):
    """Two units that measure different things."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of ``units.csv``."""

    name: str
    dimension: str
    factor: str
    suffix: str
    symbols: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """A unit: its name, what it measures and how many base units it holds.

    ``counted`` units are whole things (holes, samples, shares): a printed count is exact.
    """

    name: str
    dimension: Dimension
    factor: Fraction
    counted: bool = False

    def __hash__(self) -> int:
        return hash(self.name)  # that of a fraction takes long, and units are looked up for every figure

    def ratio(self, other: "Unit") -> Fraction:
        """How many ``other`` make one of this.

        >>> unit("Mlb").ratio(unit("lb"))
        Fraction(1000000, 1)
        """
        if self.dimension != other.dimension:
            raise IncompatibleUnitsError(f"{self.name} and {other.name} measure different things")
        return _ratio(self, other)

    def times(self, other: "Unit", power: int = 1) -> "Unit":
        """The unit of a product (``power`` 1) or a quotient (``power`` -1).

        >>> unit("t").times(unit("g/t")).name
        't·g/t'
        >>> unit("t").times(unit("g/t")).dimension
        (('mass', 1),)
        """
        if other is ONE:
            return self
        if power == 1 and self is ONE:
            return other
        return _product(self, other, power)

    @cached_property
    def money(self) -> str:
        """The currency that takes part, or nothing."""
        return next((base.removeprefix("money:") for base, _ in self.dimension if base.startswith("money:")), "")


@cache
def _ratio(one: Unit, other: Unit) -> Fraction:
    return one.factor / other.factor


@cache
def _product(left: Unit, right: Unit, power: int) -> Unit:
    powers = dict(left.dimension)
    for base, exponent in right.dimension:
        powers[base] = powers.get(base, 0) + power * exponent
    sign = "·" if power == 1 else "÷"
    return Unit(f"{left.name}{sign}{right.name}", _dimension(powers), left.factor * right.factor**power)


def _dimension(powers: dict[str, int]) -> Dimension:
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def _read(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word for word in cell.split("|") if word)


@cache
def rows() -> dict[str, Row]:
    """Every line of ``units.csv``, by the unit's name."""
    return {
        row["name"]: Row(**{**row, "symbols": _words(row["symbols"]), "words": _words(row["words"])})  # type: ignore[arg-type]
        for row in _read("units.csv")
    }


@cache
def currencies() -> dict[str, tuple[str, ...]]:
    """The ways of writing each currency, by its code; ``$`` is a dollar that the text does not name."""
    return {row["code"]: _words(row["symbols"]) + _words(row["words"]) for row in _read("currencies.csv")}


@cache
def spoken() -> dict[str, str]:
    """The unit that each written form stands for: symbols as they are, words in small letters.

    >>> spoken()["gpt"], spoken()["troy ounces"], spoken()["Mlbs"]
    ('g/t', 'oz', 'Mlb')
    """
    forms: dict[str, str] = {}
    for row in rows().values():
        for form in (*row.symbols, *(word.lower() for word in row.words)):
            if forms.setdefault(form, row.name) != row.name:
                raise ValueError(f"units.csv: {form!r} means both {forms[form]} and {row.name}")
    return forms


@cache
def unit(name: str) -> Unit:
    """The unit of that name: a row of ``units.csv``, money, a quotient ``a/b`` or a scaled unit ``CAD million``.

    >>> unit("CAD thousand").factor
    Fraction(1000, 1)
    >>> unit("t/d").dimension
    (('mass', 1), ('time', -1))
    >>> unit("m·g/t÷m").dimension
    ()
    """
    row = rows().get(name)
    if row and row.factor:
        if row.dimension == "count":
            return Unit(name, ((name, 1),), Fraction(1), counted=True)
        return Unit(name, ((row.dimension, 1),) if row.dimension else (), Fraction(row.factor))
    if name in currencies():
        return Unit(name, ((f"money:{name}", 1),), Fraction(1))
    for sign, power in (("·", 1), ("÷", -1)):
        left, found, right = name.rpartition(sign)
        if found and "·" not in right and "÷" not in right:
            return _product(unit(left), unit(right), power)
    above, per, below = name.partition("/")
    if per:
        top, bottom = unit(above), unit(below)
        return Unit(name, _product(top, bottom, -1).dimension, top.factor / bottom.factor)
    return _scaled(name)


def _scaled(name: str) -> Unit:
    """A base unit with a scale word before or after it."""
    first, space, last = name.rpartition(" ")
    for base, scale in ((first, last), (last, first)):
        if space and scale in SCALES:
            plain = unit(base)
            return Unit(name, plain.dimension, plain.factor * SCALES[scale], plain.counted)
    raise UnknownUnitError(f"no unit is called {name!r}; add one line to units.csv to teach it")


def known(name: str) -> bool:
    """Whether that is the name of a unit.

    >>> known("g/t"), known("g/furlong")
    (True, False)
    """
    try:
        unit(name)
    except UnknownUnitError:
        return False
    return True


ONE = Unit("1", (), Fraction(1))
