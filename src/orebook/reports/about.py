"""About: what a fact is of, in the few words that people need, the usual left out."""

from collections.abc import Iterator

from orebook.ground.fact import GRAMMAR, Fact

_BY_ITSELF = (
    "hole",
    "interval",
    "analyte",
    "mine",
    "deposit",
    "category",
    "zone",
    "period",
    "relation",
    "context",
    "basis",
)
"""What a fact is about that says by itself what it is, in the order in which one wants to know it."""

_UNSAID = {"place", "label", "column", "table", "row", "qualifier", "from", "to"}
"""What the line or the figure says already."""

_USUAL = {"context": "announced", "relation": "primary"}


def about(fact: Fact) -> Iterator[str]:
    """Yield what a fact is about, the usual left out."""
    said = {key: value for key, value in fact.about.items() if value and _USUAL.get(key) != value}
    if "from" in said and "to" in said:
        said["interval"] = f"{said['from']} to {said['to']}"
    yield from (said[key] for key in _BY_ITSELF if key in said)
    yield from (f"{key} {value}" for key, value in said.items() if key not in _BY_ITSELF and key not in _UNSAID)
    yield from () if fact.read_by == GRAMMAR else (f"read by {fact.read_by}",)
