"""Whether two printed figures say the same: the finer rounds, or is cut off, to the coarser."""

from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

from orebook.checks.digits import alike, filled_up, in_unit
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.ground.units import unit

_WAYS = (ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_DOWN)


def agree(one: Figure, other: Figure) -> bool:
    """Whether two figures may be the same number in other digits or another unit.

    Figures to the same digit must be equal; a finer figure must round or be cut off to the coarser one; zeros at the
    end of a whole number may only fill it up. Figures that measure different things never agree.

    >>> pairs = [("0.48 %", "0.49 %"), ("28.5 g/t", "28.56 g/t"), ("1,250 koz", "1.25 Moz"), ("1.45 Moz", "1.46 Moz")]
    >>> [agree(Figure.parse(one), Figure.parse(other)) for one, other in [*pairs, ("449 kt", "450000 t")]]
    [False, True, True, False, True]
    """
    if one.unit == other.unit and not (one.sign or other.sign):
        if one.value == other.value:
            return True
        if one.step == other.step and not (_ends_in_noughts(one) or _ends_in_noughts(other)):
            return False
    one, other = in_unit(one, other.unit), in_unit(other, one.unit)
    if not alike(one, other):
        return False
    if one.sign or other.sign:
        return one.range().meets(other.range())
    if _far_apart(one, other):
        return False
    coarse, fine = _by_step(one, other)
    value = _exact(fine, coarse.unit)
    steps = {coarse.step, _filled_step(coarse)}
    if any(value.quantize(step, rounding=way) == coarse.value for step in steps for way in _WAYS if _can(value, step)):
        return True
    filled = _filled_step(fine)
    if filled * _ratio(fine, coarse) > coarse.step and _rounds(coarse, fine, filled):
        return True
    same_step = coarse.unit == fine.unit and coarse.step == fine.step
    return not same_step and replace(fine).range().meets(_inner(coarse))


def _far_apart(one: Figure, other: Figure) -> bool:
    """Whether figures of one kind differ by more than rounding ever does: no figure rounds to thrice itself."""
    ratio = unit(one.unit or "1").ratio(unit(other.unit or "1"))
    sizes = sorted((abs(float(one.value)) * float(ratio), abs(float(other.value))))
    return 0 < 3 * sizes[0] < sizes[1]


def _ends_in_noughts(figure: Figure) -> bool:
    """Whether a figure is a whole number whose last digits may only fill it up."""
    return figure.step >= 1 and not figure.value % (figure.step * 10)


def only_cut_off(one: Figure, other: Figure) -> bool:
    """Whether two figures agree only because the finer was cut off: rounded it would be another number.

    >>> [only_cut_off(Figure.parse("28.5 g/t"), Figure.parse(said)) for said in ("28.56 g/t", "28.54 g/t", "28.5 g/t")]
    [True, False, False]
    """
    other = in_unit(other, one.unit)
    if one.sign or other.sign or one.unit != other.unit or one.step == other.step or not agree(one, other):
        return False
    coarse, fine = _by_step(one, other)
    ways = (ROUND_HALF_UP, ROUND_HALF_DOWN)
    steps = {coarse.step, _filled_step(coarse)}
    return not any(fine.value.quantize(step, rounding=way) == coarse.value for step in steps for way in ways)


def _ratio(one: Figure, other: Figure) -> Decimal:
    """How many of the second's units one of the first's is."""
    return _exact(Figure(Decimal(1), one.unit), other.unit)


def _rounds(fine: Figure, coarse: Figure, step: Decimal) -> bool:
    """Whether a figure rounds to another whose zeros only fill it up."""
    value = _exact(fine, coarse.unit)
    return _can(value, step) and any(value.quantize(step, rounding=way) == coarse.value for way in _WAYS[:2])


def _by_step(one: Figure, other: Figure) -> tuple[Figure, Figure]:
    """The coarser of two figures and the finer."""
    sizes = [_exact(Figure(each.step, each.unit), one.unit) for each in (one, other)]
    return (one, other) if sizes[0] >= sizes[1] else (other, one)


def _exact(figure: Figure, unit: str) -> Decimal:
    return Range.exact(figure.value, figure.unit or "1").to(unit or "1").middle


def _filled_step(figure: Figure) -> Decimal:
    values = filled_up(figure)
    return max(values.width, figure.step).normalize() if values.width.is_finite() else figure.step


def _can(value: Decimal, step: Decimal) -> bool:
    return value.is_finite() and (value == 0 or value.adjusted() - step.adjusted() < 25)


def _inner(coarse: Figure) -> Range:
    """The values that round to a figure, without the very ends."""
    values = coarse.range()
    edge = values.width / 10**6
    return Range(values.low + edge, values.high - edge, coarse.unit or "1") if values.width > edge * 2 else values
