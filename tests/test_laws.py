"""Laws of ranges, for all inputs: nothing is lost, more doubt never means less range, order does not matter."""

from decimal import Context, Decimal
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from orebook.checks.digits import ALL, fits, nearest
from orebook.checks.same import agree
from orebook.ground.figure import Figure
from orebook.ground.range import Range, corners, total, weighted_mean

small = st.decimals(min_value=-1000, max_value=1000, places=3)
positive = st.decimals(min_value="0.001", max_value=1000, places=3)
half = st.decimals(min_value=0, max_value=10, places=3)


@st.composite
def ranges(draw: st.DrawFn, values: st.SearchStrategy[Decimal] = small) -> Range:
    """A range around a value."""
    middle, width = draw(values), draw(half)
    return Range(middle, middle + width)


@st.composite
def inside(draw: st.DrawFn, values: st.SearchStrategy[Decimal] = small) -> tuple[Range, Decimal]:
    """A range and a number in it."""
    around = draw(ranges(values))
    share = draw(st.integers(0, 8))
    return around, around.low + around.width * share / 8


def holds(around: Range, value: Fraction | Decimal) -> bool:
    """Whether a number lies in a range, exactly."""
    return Fraction(around.low) <= Fraction(value) <= Fraction(around.high)


@given(inside(), inside())
def test_arithmetic_encloses(one: tuple[Range, Decimal], other: tuple[Range, Decimal]) -> None:
    """What two numbers make lies in what their ranges make."""
    (a, x), (b, y) = one, other
    assert holds(a + b, Fraction(x) + Fraction(y))
    assert holds(a - b, Fraction(x) - Fraction(y))
    assert holds(a * b, Fraction(x) * Fraction(y))
    if y:
        assert not b.low <= 0 <= b.high or (a / b).width.is_infinite()
        assert (a / b).width.is_infinite() or holds(a / b, Fraction(x) / Fraction(y))
    assert holds(-a, -x) and holds(abs(a), abs(x))


@given(ranges(), ranges(), ranges())
def test_more_doubt_never_means_less_range(a: Range, b: Range, more: Range) -> None:
    """A wider operand gives a wider or equal result."""
    wide = a.hull(more)
    for narrow_result, wide_result in ((a + b, wide + b), (a - b, wide - b), (a * b, wide * b), (a / b, wide / b)):
        assert narrow_result.within(wide_result)


@given(ranges(), ranges())
def test_meeting_is_mutual(a: Range, b: Range) -> None:
    """Two ranges meet or do not, whichever is asked; they meet when they share a value and have no gap."""
    assert a.meets(b) == b.meets(a) == (a.intersect(b) is not None) == (a.gap(b) == 0)
    assert a.gap(b) == b.gap(a)
    assert a.within(a.hull(b)) and b.within(a.hull(b))


@given(ranges(positive), st.sampled_from(["t", "kt", "lb", "oz", "ton"]), st.sampled_from(["t", "kg", "koz", "Mlb"]))
def test_conversion_there_and_back_loses_nothing(a: Range, there: str, back: str) -> None:
    """A range in another unit and back holds what it held."""
    mass = Range(a.low, a.high, there)
    assert mass.within(mass.to(back).to(there))


@given(st.lists(st.tuples(ranges(positive), ranges(positive)), min_size=1, max_size=4))
def test_weighted_mean_against_all_corners(rows: list[tuple[Range, Range]]) -> None:
    """The quick weighted mean is the mean over every corner of values and weights."""
    values, weights = [value for value, _ in rows], [weight for _, weight in rows]
    means = [
        sum(Fraction(v) * Fraction(w) for v, w in zip(vs, ws, strict=True)) / sum(map(Fraction, ws))
        for vs in product(*((value.low, value.high) for value in values))
        for ws in product(*((weight.low, weight.high) for weight in weights))
    ]
    mean = weighted_mean(values, weights)
    tiny = Fraction(1, 10**40)
    assert Fraction(mean.low) <= min(means) <= Fraction(mean.low) + tiny
    assert Fraction(mean.high) - tiny <= max(means) <= Fraction(mean.high)


@given(inside(positive), inside(positive), inside(positive))
def test_corners_hold_every_sample_of_a_monotone_formula(
    a: tuple[Range, Decimal], b: tuple[Range, Decimal], c: tuple[Range, Decimal]
) -> None:
    """Numbers from the ranges give a result between the corners, which lie in the step-by-step range."""

    def formula(x: Range, y: Range, z: Range) -> Range:
        return x * y / (x + z)

    at = corners(formula, a[0], b[0], c[0])
    x, y, z = (Fraction(value) for _, value in (a, b, c))
    assert holds(at, x * y / (x + z))
    stepwise = formula(a[0], b[0], c[0])
    assert stepwise.low <= at.low and at.high <= stepwise.high


@given(st.lists(st.decimals(min_value=0, max_value=1000, places=4), min_size=1, max_size=9))
def test_a_sum_made_before_rounding_always_fits(parts: list[Decimal]) -> None:
    """Rounded parts and a rounded total of the same unrounded numbers never disagree."""
    digit = Decimal("0.1")
    printed = [Figure(part.quantize(digit), "t") for part in parts]
    whole = Figure(sum(parts, Decimal(0)).quantize(digit), "t")
    assert fits(lambda read: total(read(part) for part in printed), whole)


@given(st.decimals(min_value="-99999", max_value="99999", places=3), st.integers(0, 3))
def test_a_number_lies_in_the_range_of_its_rounding(value: Decimal, places: int) -> None:
    """A figure's range holds the number that was rounded to it."""
    figure = Figure(value.quantize(Decimal(1).scaleb(-places)), "g")
    assert nearest(figure).low <= value <= nearest(figure).high
    assert all(read(figure).low <= figure.value <= read(figure).high for read in ALL)


@given(st.integers(1, 10**80), st.integers(0, 90), st.sampled_from(["", "~", "<", ">", "up to", "at least"]))
def test_however_many_digits_a_number_has_its_range_holds_it(digits: int, places: int, sign: str) -> None:
    """No digit is lost by arithmetic that counts fewer of them."""
    value = Decimal(digits).scaleb(-places, Context(prec=100))
    around = Figure(value, "g/t", sign).range()
    assert around.low <= value <= around.high
    assert around.within(around + 0) and around.within(0 - (0 - around))
    assert abs(around).low <= value <= abs(around).high


@given(st.decimals(min_value="0.001", max_value="9999", places=4), st.integers(0, 3), st.integers(0, 3))
def test_two_roundings_of_one_number_agree(value: Decimal, one: int, other: int) -> None:
    """One number said to different digits is said twice, not differently, and agreeing is mutual."""
    first, second = (Figure(value.quantize(Decimal(1).scaleb(-places)), "g/t") for places in (one, other))
    assert agree(first, second) and agree(second, first)


@given(st.decimals(min_value="1", max_value="9999", places=2), st.integers(2, 99))
def test_figures_to_one_digit_must_be_equal(value: Decimal, steps: int) -> None:
    """Two figures to the same digit that differ by more than one step do not agree, unless zeros only fill up."""
    other = Figure(value + steps * Decimal("0.01"), "g/t")
    assert not agree(Figure(value, "g/t"), other)
