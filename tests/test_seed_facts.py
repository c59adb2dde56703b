"""The four seed releases, measured against what people found in them."""

from pathlib import Path

import pytest

from scoring.facts import Score, score


@pytest.fixture(scope="module")
def total(shared: Path) -> Score:
    """All four together."""
    result = Score()
    for one in score(shared).values():
        result.add(one)
    return result


def test_every_table_cell_is_found(total: Score) -> None:
    """Right measure, value, unit, subject and period for every number in a table."""
    assert [f"{one.name}: {why}" for one, why in total.missed if one.table and one.numeric] == []


def test_nine_of_ten_numbers_in_prose_are_found(total: Score) -> None:
    """Value, unit, measure, subject and period all right."""
    found = sum(one.numeric and not one.table for one in total.found)
    missed = sum(one.numeric and not one.table for one, _ in total.missed)
    assert found >= 0.9 * (found + missed)


def test_little_is_made_up(total: Score) -> None:
    """At most three in a hundred of our facts are not in the key, or are read otherwise there."""
    assert len(total.extra) + len(total.other) <= 0.03 * total.facts
