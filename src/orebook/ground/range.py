"""Ranges: all the values that a printed number may have been rounded from, and what follows from them.

A range encloses: sums, differences and products of ranges are exact; a quotient is rounded outwards at fifty digits, so
that no value is ever lost. Open ends are infinite. Both ends belong to the range, because half-up, half-even and
half-away-from-zero all stay inside.

>>> tonnes, grade = Range("9.95", "10.05", "Mt"), Range("1.495", "1.505", "g/t")
>>> (tonnes * grade).to("koz")
Range(478.2..., 486.2..., 'koz')
>>> (tonnes * grade).meets(Range("549.5", "550.5", "koz"))
False
"""

from collections.abc import Callable, Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import reduce
from itertools import product
from operator import add

from orebook.ground.units import ONE, IncompatibleUnitsError, Unit, unit

Number = Decimal | int | str

_DOWN = Context(prec=50, rounding=ROUND_FLOOR)
_UP = Context(prec=50, rounding=ROUND_CEILING)
_ZERO = Decimal(0)
INFINITY = Decimal("Infinity")


class Range:
    """All values from ``low`` to ``high``, both included, in ``unit``.

    Adding and comparing converts to the left operand's unit; multiplying and dividing makes a product or a quotient of
    units. Plain numbers take part as exact numbers without a unit.

    >>> Range(1, 2, "m") - Range(1, 2, "m")
    Range(-1, 1, 'm')
    >>> -2 * Range(1, 3)
    Range(-6, -2, '1')
    >>> Range(1, 2, "m") + Range(1, 2, "t")
    Traceback (most recent call last):
        ...
    orebook.ground.units.IncompatibleUnitsError: t and m measure different things
    """

    __slots__ = ("_unit", "high", "low")

    def __init__(self, low: Number, high: Number, unit_name: str | Unit = "1") -> None:
        self.low = Decimal(low)
        self.high = Decimal(high)
        self._unit = unit_name if isinstance(unit_name, Unit) else unit(unit_name)
        if self.low > self.high:
            raise ValueError(f"a range runs from low to high, not from {low} to {high}")

    @classmethod
    def exact(cls, value: Number, unit_name: str | Unit = "1") -> "Range":
        """A number without any doubt: a count, a factor, a price that was assumed."""
        return cls(value, value, unit_name)

    @classmethod
    def around(cls, value: Decimal, reach: Decimal, unit_name: str | Unit = "1") -> "Range":
        """All values that lie at most so far from one.

        >>> Range.around(Decimal("9" * 40), Decimal("0.5")).low
        Decimal('9999999999999999999999999999999999999998.5')
        """
        return cls(_DOWN.subtract(value, reach), _UP.add(value, reach), unit_name)

    @property
    def unit(self) -> str:
        """The name of the unit."""
        return self._unit.name

    @property
    def middle(self) -> Decimal:
        """Half way between the ends."""
        return (self.low + self.high) / 2

    @property
    def width(self) -> Decimal:
        """How far apart the ends are."""
        return _UP.subtract(self.high, self.low)

    def to(self, other: str | Unit) -> "Range":
        """The same range in another unit.

        >>> Range(1, 1, "ton").to("kg").low
        Decimal('907.18474')
        """
        target = other if isinstance(other, Unit) else unit(other)
        if target is self._unit:
            return self
        ratio = self._unit.ratio(target)
        top, bottom = Decimal(ratio.numerator), Decimal(ratio.denominator)
        return Range(
            _DOWN.divide(_DOWN.multiply(self.low, top), bottom),
            _UP.divide(_UP.multiply(self.high, top), bottom),
            target,
        )

    def meets(self, other: "Range") -> bool:
        """Whether some value lies in both ranges: two figures agree when their ranges meet."""
        there = other.to(self._unit)
        return self.low <= there.high and there.low <= self.high

    def within(self, other: "Range") -> bool:
        """Whether every value of this lies in the other."""
        here = self.to(other._unit)
        return other.low <= here.low and here.high <= other.high

    def gap(self, other: "Range") -> Decimal:
        """How far the two are apart, in this range's unit; nothing when they meet."""
        there = other.to(self._unit)
        return max(_UP.subtract(there.low, self.high), _UP.subtract(self.low, there.high), _ZERO)

    def intersect(self, other: "Range") -> "Range | None":
        """The values that lie in both, or nothing."""
        there = other.to(self._unit)
        low, high = max(self.low, there.low), min(self.high, there.high)
        return Range(low, high, self._unit) if low <= high else None

    def hull(self, other: "Range") -> "Range":
        """The smallest range that holds both."""
        there = other.to(self._unit)
        return Range(min(self.low, there.low), max(self.high, there.high), self._unit)

    def __add__(self, other: "Range | Number") -> "Range":
        there = _range(other).to(self._unit)
        return Range(_DOWN.add(self.low, there.low), _UP.add(self.high, there.high), self._unit)

    def __radd__(self, other: "Range | Number") -> "Range":
        return self if other == 0 else _range(other) + self

    def __neg__(self) -> "Range":
        return Range(_DOWN.minus(self.high), _UP.minus(self.low), self._unit)

    def __abs__(self) -> "Range":
        ends = sorted((self.low.copy_abs(), self.high.copy_abs()))
        return Range(_ZERO if self.low <= 0 <= self.high else ends[0], ends[1], self._unit)

    def __sub__(self, other: "Range | Number") -> "Range":
        return self + -_range(other)

    def __rsub__(self, other: "Range | Number") -> "Range":
        return _range(other) - self

    def __mul__(self, other: "Range | Number") -> "Range":
        there = _range(other)
        pairs = [(a, b) for a in (self.low, self.high) for b in (there.low, there.high)]
        low = min(_times(a, b, _DOWN) for a, b in pairs)
        high = max(_times(a, b, _UP) for a, b in pairs)
        return Range(low, high, self._unit.times(there._unit))

    __rmul__ = __mul__

    def __truediv__(self, other: "Range | Number") -> "Range":
        there = _range(other)
        result = self._unit.times(there._unit, -1)
        if there.low <= 0 <= there.high:
            return Range(-INFINITY, INFINITY, result)
        pairs = [(a, b) for a in (self.low, self.high) for b in (there.low, there.high)]
        low = min(_over(a, b, _DOWN) for a, b in pairs)
        high = max(_over(a, b, _UP) for a, b in pairs)
        return Range(low, high, result)

    def __rtruediv__(self, other: "Range | Number") -> "Range":
        return _range(other) / self

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Range):
            return NotImplemented
        return (self.low, self.high, self._unit.name) == (other.low, other.high, other._unit.name)

    def __hash__(self) -> int:
        return hash((self.low, self.high, self._unit.name))

    def __repr__(self) -> str:
        return f"Range({self.low:f}, {self.high:f}, {self._unit.name!r})"


def _range(value: Range | Number) -> Range:
    return value if isinstance(value, Range) else Range(value, value, ONE)


def _times(a: Decimal, b: Decimal, context: Context) -> Decimal:
    """A product in which nothing times everything is nothing."""
    return _ZERO if a == 0 or b == 0 else context.multiply(a, b)


def _over(a: Decimal, b: Decimal, context: Context) -> Decimal:
    return _ZERO if b.is_infinite() else context.divide(a, b)


def total(parts: Iterable[Range]) -> Range:
    """The sum of some ranges, in the unit of the first.

    >>> total([Range(1, 2, "t"), Range(3, 4, "t")])
    Range(4, 6, 't')
    """
    return reduce(add, parts)


def corners(formula: Callable[..., Range], *operands: Range) -> Range:
    """The range of a formula that is monotone in each operand, however often an operand occurs.

    Step by step, ``(a·b - c) ÷ (a - d)`` would count the doubt of ``a`` twice. The extremes of a monotone formula
    stand at the corners of its operands, so the whole expression is evaluated there. Twelve operands at most.

    >>> length, part = Range("9.5", "10.5", "m"), Range("1.5", "2.5", "m")
    >>> corners(lambda l, p: (l - p) / l, length, part)
    Range(0.7368..., 0.857..., 'm÷m')
    >>> (length - part) / length
    Range(0.666..., 0.947..., 'm÷m')
    """
    if len(operands) > 12:
        raise ValueError(f"corners of {len(operands)} operands are too many; twelve at most")
    results = [
        formula(*(Range(end, end, operand._unit) for end, operand in zip(ends, operands, strict=True)))
        for ends in product(*({operand.low, operand.high} for operand in operands))
    ]
    return reduce(Range.hull, results)


def weighted_mean(values: Iterable[Range], weights: Iterable[Range]) -> Range:
    """The mean of some values by weight, as exactly as their ranges allow.

    The extremes lie where each weight is at one of its ends: heavy on the high values for the highest mean, on the low
    ones for the lowest; sorted by value there is one cut between light and heavy, so every cut is tried.

    >>> weighted_mean([Range(1, 1, "g/t"), Range(3, 3, "g/t")], [Range(1, 1, "t"), Range(1, 3, "t")])
    Range(2, 2.5, 'g/t')
    """
    pairs = list(zip(values, weights, strict=True))
    if not pairs:
        raise ValueError("a mean needs at least one value")
    grade, mass = pairs[0][0]._unit, pairs[0][1]._unit
    rows = [(value.to(grade), weight.to(mass)) for value, weight in pairs]
    low = min(_cut_means(rows, "low", _DOWN))
    high = max(_cut_means(rows, "high", _UP))
    return Range(low, high, grade)


def _cut_means(rows: list[tuple[Range, Range]], end: str, context: Context) -> list[Decimal]:
    """The means for every cut between light and heavy weights, the values at one end."""
    towards = sorted(((getattr(v, end), w) for v, w in rows), key=lambda row: row[0], reverse=end == "high")
    means = []
    for cut in range(len(towards) + 1):
        weights = [w.high if place < cut else w.low for place, (_, w) in enumerate(towards)]
        metal = reduce(context.add, (context.multiply(v, w) for (v, _), w in zip(towards, weights, strict=True)))
        mass = reduce(context.add, weights)
        if mass > 0:
            means.append(context.divide(metal, mass))
    return means or [Decimal("NaN")]


__all__ = ["INFINITY", "IncompatibleUnitsError", "Number", "Range", "corners", "total", "weighted_mean"]
