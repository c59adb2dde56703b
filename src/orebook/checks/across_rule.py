"""What a rule across releases is: a look at the releases of one issuer, in the order of their dates.

A finding belongs to the later release, which is where one would mend it, and names both places. What an earlier release
says counts until a later one says otherwise: each figure is put beside the last one that was said of the same thing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeVar, cast

from orebook.checks.remembered import Kept, Remembered
from orebook.checks.rule import Remark, Rule
from orebook.ground.fact import Fact
from orebook.ground.source import Source

SUBJECT = "releases"
"""What such a rule looks at."""

_ROW = 240
"""A row longer than this is no place to be pointed at as a whole."""

T = TypeVar("T")


class Told(NamedTuple):
    """A record, and the release that holds it."""

    release: Remembered
    record: Kept


@dataclass(eq=False)
class Family:
    """The releases of one issuer in the order of their dates, those without a date at the end.

    ``fresh`` are the names of those that are being checked; the others are remembered.
    """

    releases: Sequence[Remembered]
    fresh: frozenset[str] = frozenset()
    _memory: dict[str, object] = field(default_factory=dict, repr=False)

    @property
    def dated(self) -> list[Remembered]:
        """The releases that bear a date."""
        return [release for release in self.releases if release.day]

    def kept(self, key: str, make: Callable[[], T]) -> T:
        """What several rules work out of one family is worked out once."""
        if key not in self._memory:
            self._memory[key] = make()
        return cast(T, self._memory[key])

    def between(self, before: Remembered, now: Remembered) -> list[Remembered]:
        """The releases after one and up to another."""
        first, last = (self.releases.index(one) for one in (before, now))
        return list(self.releases[first + 1 : last + 1])


def in_order(releases: Iterable[Remembered]) -> list[Remembered]:
    """Releases by their dates, those of one day by their names, those without a date at the end."""
    return sorted(releases, key=lambda one: (one.date or date.max, one.doc))


def grade_for(before: Remembered, now: Remembered, grade: str) -> str:
    """A grade, but only a note where it is not known which of the two releases came first."""
    return grade if before.day and now.day else "note"


def when(release: Remembered) -> str:
    """How an earlier release is named in a message.

    >>> from orebook.checks.issuers import Issuer
    >>> when(Remembered("a.md", "", Issuer("", "", ()), "2024-05-06", 0, (), ()))
    'the release of 2024-05-06'
    """
    return f"the release of {release.day}" if release.day else f"{release.doc}, which bears no date"


def row(told: Told, fact: Fact) -> Source:
    """The place of a fact: its own; in a table the row from the hole or the name on, so that one sees what it is of."""
    source = told.record.source
    whole = told.record.about.get("place") == "table" and len(source.quote) <= _ROW and "\n" not in source.quote
    return source if whole else fact.source


AcrossLook = Callable[[Family], Iterator[Remark]]


@dataclass(frozen=True)
class AcrossRule(Rule):
    """A rule that looks at several releases of one issuer."""

    def __call__(self, seen: Family) -> Iterator[Any]:
        """Yield a finding for each thing that the rule notices, a place in a release that is being checked first."""
        for finding in super().__call__(seen):
            fresh = [source for source in finding.sources if source.doc in seen.fresh]
            if fresh or not seen.fresh:
                first = (
                    finding.sources if finding.sources[0] in fresh or not fresh else _with(fresh[0], finding.sources)
                )
                yield finding._replace(sources=first)


def _with(first: Source, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    return (first, *(source for source in sources if source != first))


def across_rule(
    code: str, *, basis: str, catalogue: str = "", since: str = "preview"
) -> Callable[[AcrossLook], AcrossRule]:
    """Make a rule of a function that looks at the releases of an issuer and yields what it notices."""
    return lambda look: AcrossRule(code, SUBJECT, basis, look, catalogue, since)


def grouped(told: Iterable[T], key: Callable[[T], object]) -> Mapping[object, list[T]]:
    """Things by a key, those whose key is nothing left out.

    >>> grouped([1, 2, 3, 4], lambda number: number % 2)
    {1: [1, 3]}
    """
    groups: dict[object, list[T]] = {}
    for one in told:
        if name := key(one):
            groups.setdefault(name, []).append(one)
    return groups
