"""Keys: which figures are about the same things, so that they can be put together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from orebook.checks.intercepts import plain
from orebook.checks.places import block_at
from orebook.ground.fact import Fact
from orebook.ground.period import Period
from orebook.reading.reading import Reading

_SUBJECTS = ("mine", "company", "subject", "segment", "property", "deposit", "zone", "hole")
_WHERE = frozenset({"place", "label", "column", "table", "row", "relation", "grid", "bound"})


def by(facts: Iterable[Fact], *keys: str) -> dict[tuple[str, ...], list[Fact]]:
    """Facts by what they are about, in some respects; figures with a word such as *about* are left out.

    >>> by([], "mine", "period")
    {}
    """
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        if plain(fact):
            groups[tuple(fact.about.get(key, "") for key in keys)].append(fact)
    return dict(groups)


def by_block(reading: Reading, facts: Iterable[Fact], *keys: str) -> Iterator[list[Fact]]:
    """Facts of one table or one paragraph by what they are about, in some respects."""
    blocks: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        blocks[block_at(reading, fact.source)].append(fact)
    for some in blocks.values():
        yield from by(some, *keys).values()


def identity(fact: Fact) -> tuple[str, ...]:
    """All that a fact is about, without where it stands: the key by which figures meet."""
    return fact.measure, *sorted(f"{key}={value}" for key, value in fact.about.items() if key not in _WHERE and value)


def subject(fact: Fact) -> str:
    """Whom a fact is about: the first of mine, company and the like that it names."""
    return next((fact.about[key] for key in _SUBJECTS if fact.about.get(key)), "")


def made_of(fact: Fact) -> str:
    """The metal that a figure is of, or the product that is no metal: coal, acid."""
    return fact.about.get("analyte") or fact.about.get("product", "")


def period(fact: Fact) -> Period | None:
    """The period of a fact, if it has one that can be read."""
    label = fact.about.get("period", "")
    try:
        return Period.parse(label) if label else None
    except ValueError:
        return None


def once(facts: Iterable[Fact]) -> Fact | None:
    """The only fact of some, or nothing when there are several with other digits."""
    found = list(facts)
    same = {(fact.figure.digits, fact.figure.unit) for fact in found}
    return found[0] if found and len(same) == 1 else None
