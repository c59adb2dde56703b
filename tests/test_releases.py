"""Invented releases that no reader was written for: how much is read, and that errors are found and none made up."""

from functools import cache
from pathlib import Path

import pytest

from releases.score import Doc, Judged, judge, keys, total

FLOORS = {
    "drill_intercept": 0.985,
    "drill_collar": 0.99,
    "drill_program": 0.97,
    "drill_no_significant": 0.99,
    "production": 0.945,
    "financial": 0.93,
    "economics": 0.965,
    "resource": 0.99,
    "reserve": 0.89,
}
"""F1 of each kind over all releases, a little below what is reached; raise it whenever the readers learn."""

DOCUMENTS = list(keys())
NAMES = [str(doc["doc"]) for doc, _ in DOCUMENTS]


@cache
def judged(name: str) -> Judged:
    """One release, read and compared once."""
    return judge(*DOCUMENTS[NAMES.index(name)])


@pytest.mark.parametrize("kind", FLOORS)
def test_enough_is_read(kind: str) -> None:
    """Over all releases the figures of a kind agree with the keys as well as they once did."""
    assert total(map(judged, NAMES))[kind].f1 >= FLOORS[kind]


@pytest.mark.parametrize(("doc", "file"), DOCUMENTS, ids=NAMES)
def test_planted_errors_are_found(doc: Doc, file: Path) -> None:
    """A planted contradiction is an error; one that is known to be missed loses its mark when it is found."""
    one = judged(str(doc["doc"]))
    assert [error for error in one.unfound if not error.get("known_miss")] == []
    assert [error for error in one.found if error.get("known_miss")] == [], "found now: take the mark from the key"


@pytest.mark.parametrize(("doc", "file"), DOCUMENTS, ids=NAMES)
def test_no_error_is_made_up(doc: Doc, file: Path) -> None:
    """What only looks wrong is not called an error."""
    false = sorted({finding.code for finding in judged(str(doc["doc"])).false})
    assert false == doc.get("known_false", [])
