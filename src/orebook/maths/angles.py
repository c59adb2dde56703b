"""Angles in degrees: sine, cosine and arcsine of numbers, of columns and of ranges.

Formulas with angles are written once, like those without. A range encloses: its ends are moved outwards by more than
floating point can have lost.

>>> cosine(60.0)
0.5
>>> sine(Range("28.45", "28.55", "degree"))
Range(0.4763..., 0.4779..., '1')
>>> arcsine(Range("0.5", "1.2"))
Range(29.99..., 90, 'degree')
"""

from collections.abc import Callable
from decimal import Decimal
from math import asin, ceil, cos, degrees, inf, nextafter, radians, sin
from typing import TYPE_CHECKING, TypeVar

from orebook.ground.range import Range

if TYPE_CHECKING:
    import polars as pl

Angle = TypeVar("Angle", float, "pl.Expr", Range)
"""A number, a column or a range: an angle in degrees, or what a formula makes of one."""

_STEPS = 8
"""How many neighbouring numbers outwards an end is moved: sine and radians lose two or three at most."""


def sine(angle: Angle) -> Angle:
    """Sine of an angle in degrees."""
    if isinstance(angle, Range):
        return _enclosed(lambda value: sin(radians(value)), angle, crest=90.0)
    if isinstance(angle, int | float):
        return sin(radians(angle))
    return angle.radians().sin()


def cosine(angle: Angle) -> Angle:
    """Cosine of an angle in degrees."""
    if isinstance(angle, Range):
        return _enclosed(lambda value: cos(radians(value)), angle, crest=0.0)
    if isinstance(angle, int | float):
        return cos(radians(angle))
    return angle.radians().cos()


def arcsine(ratio: Angle) -> Angle:
    """The angle in degrees whose sine is the ratio; a ratio beyond one is cut to one."""
    if isinstance(ratio, Range):
        bare = ratio.to("1")
        low, high = _outwards(float(bare.low), -inf), _outwards(float(bare.high), inf)
        first, last = (degrees(asin(max(-1.0, min(1.0, end)))) for end in (low, high))
        return Range(Decimal(max(_outwards(first, -inf), -90.0)), Decimal(min(_outwards(last, inf), 90.0)), "degree")
    if isinstance(ratio, int | float):
        return degrees(asin(max(-1.0, min(1.0, ratio))))
    return ratio.clip(-1.0, 1.0).arcsin().degrees()


def _enclosed(function: Callable[[float], float], angle: Range, *, crest: float) -> Range:
    """The range of a wave over a range of degrees; ``crest`` is where it is one."""
    bare = angle.to("degree") if angle.unit != "1" else angle
    low, high = float(bare.low), float(bare.high)
    ends = sorted((function(low), function(high)))
    bottom = -1.0 if _holds(low, high, crest + 180.0) else max(_outwards(ends[0], -inf), -1.0)
    top = 1.0 if _holds(low, high, crest) else min(_outwards(ends[1], inf), 1.0)
    return Range(Decimal(bottom), Decimal(top))


def _holds(low: float, high: float, place: float) -> bool:
    """Whether a place of the circle lies between two angles."""
    return ceil((low - place) / 360.0) * 360.0 + place <= high


def _outwards(value: float, towards: float) -> float:
    for _ in range(_STEPS):
        value = nextafter(value, towards)
    return value
