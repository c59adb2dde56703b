"""Numerals: many numbers written at once are the numbers, with no digit too many."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.maths.numerals import written


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-2, 2)), min_size=1, max_size=20),
    st.integers(0, 9),
)
def test_what_is_written_reads_as_what_was_given(rows: list[tuple[float, float]], places: int) -> None:
    """Every number comes back rounded to its places; none has a nought that says nothing, none is -0."""
    values = np.array(rows)
    said = "".join(written("M# #z", values, places=places))
    read = [re.fullmatch(r"M(-?[\d.]+) ?(-?[\d.]+)", row) for row in said.split("z")[:-1]]
    assert len(read) == len(rows) and all(read)
    numbers = [number for found in read if found for number in found.groups()]
    assert np.allclose(np.array(numbers, dtype=float), np.round(values, places).ravel(), rtol=1e-12, atol=10.0**-places)
    assert all(re.fullmatch(r"0|-?[1-9]\d*|-?(?:[1-9]\d*)?\.\d*[1-9]", number) for number in numbers)


@pytest.mark.parametrize("begins", [[0], [0, 1], [0, 2, 3]])
def test_groups_of_rows_are_parts_of_the_whole(begins: list[int]) -> None:
    """The texts of groups, one after the other, are the text of all rows."""
    values = np.array([[1.0, -2.5], [0.0, 0.04], [1e5, 3.0], [-0.5, 7.0]])
    found = written("M# #", values, begins=begins)
    assert len(found) == len(begins) and "".join(found) == "M1-2.5M0 0M100000 3M-.5 7"


def test_nothing_is_written_of_nothing() -> None:
    """No rows are an empty text."""
    assert written("M# #", np.empty((0, 2))) == [""]
