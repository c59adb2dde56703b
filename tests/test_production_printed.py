"""The printed figures of two mines in two years hold one another: metal, grades, recoveries, yields, power."""

from decimal import Decimal

import pytest

from orebook.disciplines.finance.amounts import growth
from orebook.disciplines.production.metal import head_grade, implied_recovery, metal_produced
from orebook.disciplines.production.rates import grinding_energy
from orebook.ground.figure import Figure
from orebook.ground.range import Range

MILLED = {
    ("Mount Polley", 2011): ("5,742,244 t", "0.262 %", "57.16 %", "18,939,711 lb"),
    ("Mount Polley", 2010): ("5,943,967 t", "0.324 %", "62.97 %", "26,701,243 lb"),
    ("Huckleberry", 2011): ("4,480,300 t", "0.382 %", "90.2 %", "34,044,000 lb"),
    ("Huckleberry", 2010): ("4,156,900 t", "0.378 %", "91.3 %", "31,664,000 lb"),
}
"""Ore, head grade, recovery and copper of nine months."""

STEPS = {"Mount Polley": (1, 1), "Huckleberry": (100, 1000)}
"""To how many tonnes and pounds each mine prints: the column of one ends in hundreds and thousands."""

HELD = {
    ("Mount Polley", 2011): (18_920_900, 18_996_582),
    ("Mount Polley", 2010): (26_692_184, 26_778_951),
    ("Huckleberry", 2011): (33_970_097, 34_097_682),
    ("Huckleberry", 2010): (31_568_100, 31_687_173),
}
"""The pounds that ore, grade and recovery allow."""


def printed(mine: tuple[str, int]) -> tuple[Range, Range, Range, Range]:
    """Ore, head grade, recovery and copper as the ranges that their printed digits hold."""
    ore, grade, recovery, copper = (Figure.parse(each) for each in MILLED[mine])
    tonnes, pounds = STEPS[mine[0]]
    return stepped(ore, tonnes), grade.range(), recovery.range(), stepped(copper, pounds)


def stepped(figure: Figure, step: int) -> Range:
    """What a figure holds that is printed to a step."""
    half = Decimal(step) / 2
    return Range(figure.value - half, figure.value + half, figure.unit)


@pytest.mark.parametrize("mine", MILLED)
def test_copper_lies_in_what_ore_grade_and_recovery_allow(mine: tuple[str, int]) -> None:
    """Metal of ranges: the ends are those of the catalogue (P-CU), and what was printed lies between them."""
    ore, grade, recovery, copper = printed(mine)
    made = metal_produced(ore, grade, recovery).to("lb")
    assert (float(made.low), float(made.high)) == pytest.approx(HELD[mine], abs=1)
    assert copper.within(made)


@pytest.mark.parametrize("mine", MILLED)
def test_grades_and_recoveries_are_solved_back(mine: tuple[str, int]) -> None:
    """The printed grade follows to its digits from the other three (P-CUGR); the printed recovery lies in its range."""
    ore, grade, recovery, copper = printed(mine)
    solved = head_grade(copper, ore, recovery).to("%")
    assert round(float(solved.middle), 3) == pytest.approx(float(grade.middle))
    assert implied_recovery(copper, ore, grade).to("%").meets(recovery)


def test_one_recovery_is_exact() -> None:
    """Of the four recoveries the one of Huckleberry in 2011 comes out to its digit (P-CUREC)."""
    ore, grade, _, copper = printed(("Huckleberry", 2011))
    assert round(float(implied_recovery(copper, ore, grade).to("%").middle), 1) == 90.2


def test_feed_of_a_month_against_that_of_nine() -> None:
    """October's feed of 0.297 % is 1.134 times the 0.262 % of nine months (P-OCT)."""
    assert round(growth(0.297, 0.262), 3) == 1.134


def test_power_of_two_mills() -> None:
    """12,000 and 18,000 hp are 22,371 kW, and 17.9 kWh for each of 30,000 tonnes a day (P-RCHP, P-RCKWHT)."""
    power = float(Range.exact(30_000, "hp").to("kW").middle)
    assert round(power) == 22_371
    assert round(grinding_energy(power, 24.0, 30_000.0), 1) == 17.9
