"""Clean tables get no finding, and one planted fault gets the rule that is named after it and no other."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orebook.checks import folder
from orebook.checks.table_rule import Tables
from orebook.checks.tables import check_tables
from planted_faults import BEFORE, PLANTS, clean

FEW = settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@settings(FEW, max_examples=20)
@given(st.integers(0, 10**9))
def test_clean_tables_get_nothing(seed: int) -> None:
    """Tables without a fault get no finding of any grade."""
    assert check_tables(clean(seed)) == []


def test_clean_tables_in_feet_get_nothing() -> None:
    """The same tables in a book in feet get none either."""
    tables = clean(7)
    frames = {
        name: frame.rename({column: column[:-2] + "_ft" for column in frame.columns if column.endswith("_m")})
        for name, frame in tables.frames.items()
    }
    assert check_tables(Tables(frames, length="ft", crs="local", azimuth_reference="true")) == []


@pytest.mark.parametrize("code", folder("T"))
@FEW
@given(seed=st.integers(0, 10**9))
def test_one_planted_fault_gets_its_rule(code: str, seed: int) -> None:
    """A fault that is planted in clean tables is found by the rule that is named after it, and by no other."""
    luck = random.Random(seed)
    before = check_tables(BEFORE[code](clean(seed), luck)) if code in BEFORE else []
    findings = check_tables(PLANTS[code](clean(seed), luck))
    more = {finding.code for finding in findings} - {finding.code for finding in before}
    assert more == {code}, [f"{one.code} {one.message}" for one in findings]


def test_every_rule_has_a_plant() -> None:
    """No rule is left untried."""
    assert set(PLANTS) == set(folder("T"))
