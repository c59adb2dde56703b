"""One formula, three uses: numbers give what lies in the result of ranges, and expressions fill a column with it."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.disciplines.assaying.equivalents import coefficient, equivalent_grade, worth_ratio
from orebook.disciplines.assaying.groups import combined_grade, groups, part_of_group, share_of_group
from orebook.disciplines.assaying.oxides import atoms, element_of, oxide_as_stated, oxide_factor, to_element, to_oxide
from orebook.disciplines.drilling.intervals import interval_length, residual_grade, residual_length, residual_metal
from orebook.disciplines.drilling.programme import mean_depth, metres_drilled
from orebook.disciplines.drilling.surveying.sections import section_offset
from orebook.disciplines.drilling.zones.core_angles import thickness_ratio, true_thickness
from orebook.disciplines.economics.plan import demand, life_of_plan, tail_production
from orebook.disciplines.finance.amounts import exchanged, growth, implied_shares, per_share, relative_change
from orebook.disciplines.production.metal import attributable, contained_metal, head_grade, metal_produced
from orebook.disciplines.production.rates import rest_of_period, strip_ratio, throughput
from orebook.disciplines.resource.statement import mean_grade, total_tonnes
from orebook.disciplines.tenure.interests import earned_interest, remaining_interest, whole_interest
from orebook.ground.range import Range, weighted_mean

Formula = Callable[..., object]

FORMULAS: dict[str, tuple[Formula, int]] = {
    "interval_length": (interval_length, 2),
    "residual_length": (lambda a, b, c: residual_length(a, [b, c]), 3),
    "residual_metal": (lambda a, b, c, d: residual_metal(a, b, [(c, d)]), 4),
    "residual_grade": (lambda a, b, c, d: residual_grade(a + c, b, [(c, d)]), 4),
    "thickness_ratio": (thickness_ratio, 2),
    "true_thickness": (true_thickness, 2),
    "section_offset": (section_offset, 4),
    "metres_drilled": (lambda a, b, c: metres_drilled([a, b, c]), 3),
    "mean_depth": (mean_depth, 2),
    "to_oxide": (to_oxide, 2),
    "to_element": (to_element, 2),
    "combined_grade": (lambda a, b, c: combined_grade([a, b, c]), 3),
    "share_of_group": (share_of_group, 2),
    "part_of_group": (part_of_group, 2),
    "equivalent_grade": (lambda a, b, c: equivalent_grade(a, [(b, c)]), 3),
    "coefficient": (coefficient, 3),
    "worth_ratio": (worth_ratio, 4),
    "contained_metal": (contained_metal, 2),
    "metal_produced": (metal_produced, 3),
    "head_grade": (head_grade, 3),
    "attributable": (attributable, 2),
    "throughput": (throughput, 2),
    "strip_ratio": (strip_ratio, 2),
    "rest_of_period": (rest_of_period, 2),
    "total_tonnes": (lambda a, b: total_tonnes([a, b]), 2),
    "mean_grade": (lambda a, b, c, d: mean_grade([a, b], [c, d]), 4),
    "per_share": (per_share, 2),
    "implied_shares": (implied_shares, 2),
    "relative_change": (relative_change, 2),
    "growth": (growth, 2),
    "exchanged": (exchanged, 2),
    "life_of_plan": (life_of_plan, 3),
    "tail_production": (tail_production, 3),
    "demand": (demand, 2),
    "earned_interest": (lambda a, b: earned_interest([a, b]), 2),
    "whole_interest": (lambda a, b: whole_interest([a, b]), 2),
    "remaining_interest": (remaining_interest, 2),
}

operand = st.tuples(
    st.decimals(min_value="0.01", max_value=500, places=2),
    st.decimals(min_value=0, max_value=5, places=2),
    st.integers(0, 4),
)


@pytest.mark.parametrize("name", FORMULAS)
@given(data=st.data())
def test_numbers_stay_in_their_ranges(name: str, data: st.DataObject) -> None:
    """A formula of numbers lies in the formula of ranges that hold them."""
    formula, size = FORMULAS[name]
    drawn = data.draw(st.lists(operand, min_size=size, max_size=size))
    around = [Range(low, low + width) for low, width, _ in drawn]
    at = [Fraction(low) + Fraction(width) * share / 4 for low, width, share in drawn]
    result, value = formula(*around), formula(*at)
    assert isinstance(result, Range) and isinstance(value, Fraction)
    assert Fraction(result.low) <= value <= Fraction(result.high) if result.width.is_finite() else True


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_fills_a_column(name: str) -> None:
    """A formula of expressions fills a column with what it gives for the numbers of each row."""
    formula, size = FORMULAS[name]
    names = [f"x{place}" for place in range(size)]
    rows = [[7.0 + 2 * row + place * 1.5 for place in range(size)] for row in range(3)]
    table = pl.DataFrame(rows, schema=names, orient="row")
    expression = formula(*(pl.col(each) for each in names))
    assert isinstance(expression, pl.Expr)
    column = table.select(out=expression)["out"].to_list()
    assert column == pytest.approx([formula(*row) for row in rows])


@given(st.lists(st.tuples(operand, operand), min_size=1, max_size=3))
def test_the_quick_mean_lies_in_the_written_one(rows: list[tuple[tuple[Decimal, Decimal, int], ...]]) -> None:
    """The tight mean of ranges lies in what the formula gives step by step, and holds the mean of the middles."""
    masses = [Range(low, low + width) for (low, width, _), _ in rows]
    grades = [Range(low, low + width) for _, (low, width, _) in rows]
    tight, loose = weighted_mean(grades, masses), mean_grade(masses, grades)
    middle = mean_grade([Fraction(mass.middle) for mass in masses], [Fraction(grade.middle) for grade in grades])
    assert loose.low <= tight.low and tight.high <= loose.high
    assert Fraction(tight.low) <= middle <= Fraction(tight.high)


FACTORS = """
La2O3 1.17277 Gd2O3 1.15261 Yb2O3 1.13868 Li2O 2.15267 CeO2 1.22837 Tb4O7 1.17617 Lu2O3 1.13716 U3O8 1.17924
Pr6O11 1.20816 Dy2O3 1.14768 Y2O3 1.26993 ThO2 1.13790 Nd2O3 1.16638 Ho2O3 1.14551 Sc2O3 1.53382 WO3 1.26108
Sm2O3 1.15961 Er2O3 1.14348 Nb2O5 1.43051 TiO2 1.66848 Eu2O3 1.15792 Tm2O3 1.14206 Ta2O5 1.22104 V2O5 1.78517
Fe2O3 1.42973 FeO 1.28649 Fe3O4 1.38199 Al2O3 1.88944 SiO2 2.13933 CaO 1.39920 MgO 1.65826 Na2O 1.34796
K2O 1.20460 MnO 1.29122 P2O5 2.29133 Cr2O3 1.46154 ZrO2 1.35076 HfO2 1.17927 SnO2 1.26955 BaO 1.11650
Cs2O 1.06019 Rb2O 1.09360 BeO 2.77526 MoO3 1.50023 Ga2O3 1.34420 GeO2 1.44056 Li2CO3 5.32334
""".split()


@pytest.mark.parametrize(("oxide", "factor"), list(zip(FACTORS[::2], FACTORS[1::2], strict=True)))
def test_oxide_factors(oxide: str, factor: str) -> None:
    """Factors from the atomic masses agree with the tables of the trade to a few parts in ten thousand."""
    assert abs(oxide_factor(oxide) / Decimal(factor) - 1) < Decimal("0.0003")


def test_formulas_of_oxides_are_parsed() -> None:
    """A formula is its atoms; what is no oxide of one element has no element."""
    assert atoms("U3O8") == {"U": 3, "O": 8}
    assert element_of("WO3") == "W" and not element_of("Zn+Pb") and not element_of("CO2")
    with pytest.raises(ValueError, match="not an oxide"):
        oxide_factor("TREO")


def test_the_members_of_groups_can_be_stated() -> None:
    """Every rare earth of a group has an oxide with a factor."""
    for group in groups().values():
        for member in group.members:
            assert oxide_factor(oxide_as_stated(member)) > 1
