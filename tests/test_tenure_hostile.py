"""Tables of tenure that hold anything: rules and results answer, and break nothing."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orebook.book.bench import Bench
from orebook.book.holdings import Property
from orebook.book.problems import BookError
from orebook.book.results import results
from orebook.book.settings import BookSettings
from orebook.checks import folder
from orebook.checks.table_rule import TableRule, Tables
from orebook.disciplines.tenure.earn_in_data import countings, events_known
from orebook.disciplines.tenure.knowing import TABLES
from orebook.ground.schema import schema

NAMES = sorted(
    {
        *TABLES,
        *("earn_ins", "earn_in_stages", "earn_in_terms", "earn_in_parties", "royalties", "joint_ventures", "towns"),
    }
)
WORDS = [
    *("Hob", "Tor", "Ness", "a | b", "", " ", "planned", "done", "granted", "applied", "start", "stage", "year"),
    *("option", "either", "accelerated", "points", "NSR", "CAD", "$", "155 km", "1e400 km", "northeast", "by year end"),
    *("winter", "9999", "after 9999-12-31", "0001", "yes", "P.Geo.", *countings(), *events_known()),
]
DAYS = [date.min, date(1, 1, 2), date(2010, 7, 1), date(2011, 2, 28), date(2012, 2, 29), date(9999, 12, 30), date.max]
NUMBERS = [None, 0.0, 1.0, 2.0, 35.0, 100.0, -1.0, 0.1, 1e18, 1e300, float("inf"), float("nan"), 1e9, 13.5]
KINDS: dict[str, tuple[type[pl.DataType], list[Any]]] = {
    "text": (pl.String, [None, *WORDS]),
    "day": (pl.Date, [None, *DAYS]),
    "number": (pl.Float64, NUMBERS),
}


@st.composite
def any_frames(draw: st.DrawFn) -> dict[str, pl.DataFrame]:
    """Some tables of tenure with anything in their cells, each of the type that its column has."""
    frames = {}
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=len(NAMES))):
        height = draw(st.integers(0, 5))
        columns = []
        for column in schema(name).columns:
            kind, values = KINDS[column.type]
            if column.required or draw(st.booleans()):
                some = draw(st.lists(st.sampled_from(values), min_size=height, max_size=height))
                columns.append(pl.Series(column.key(), some, dtype=kind))
        frames[name] = pl.DataFrame(columns)
    return frames


HARD = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@HARD
@given(any_frames())
def test_rules_answer_whatever_tables_hold(frames: dict[str, pl.DataFrame]) -> None:
    """Every rule on tenure gives findings with places, or none."""
    tables = Tables(frames)
    for code, rule in folder("T").items():
        if code.startswith("T9"):
            assert isinstance(rule, TableRule)
            assert all(finding.sources and finding.message for finding in rule(tables, 5))


@pytest.mark.parametrize("name", ["interests", "earn_ins", "royalties", "permits", "milestones", "documents", "tenure"])
@HARD
@given(frames=any_frames())
def test_results_answer_whatever_tables_hold(name: str, frames: dict[str, pl.DataFrame], tmp_path_factory: Any) -> None:
    """Every result is made, or says in one line what it lacks."""
    place = Property("Hob", longitude=-120.0, latitude=50.0)
    book = BookSettings(tmp_path_factory.getbasetemp() / "book.toml", "Tor", properties=(place,))
    bench = Bench(book, frames.get)
    try:
        made = results()[name].make(bench)
    except BookError as problem:
        assert str(problem)
    else:
        assert all(isinstance(part, pl.DataFrame) for part in made.parts.values())
