"""Facts: one thing that a document says, with what it is about and where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from orebook.ground.figure import Figure
from orebook.ground.source import Source

GRAMMAR, ASSIST = "grammar", "assist"
"""Who reads facts: the readers of this house, or a model whose proposal the document bears out."""


class Words(NamedTuple):
    """What is said in words instead of a figure: a date, a name, a place.

    ``unit`` says of which kind: ``date`` (an ISO date or the label of a period), ``name``, ``text``.
    """

    value: str
    unit: str = "text"
    sign: str = ""

    @property
    def digits(self) -> str:
        """The words themselves; the same question as to a figure."""
        return self.value

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a document says.

    ``measure`` is a word of the vocabulary (``drilling.grade``, ``milling.ore_milled``, ``finance.net_income``);
    ``about`` is the key by which figures meet: the same measure about the same things, period and basis must agree
    wherever it is said. ``read_by`` says who read it: ``grammar``, the readers of this house, or ``assist``, a model
    that was asked and whose proposal the document bears out.
    """

    measure: str
    figure: Figure | Words
    about: Mapping[str, str]
    source: Source
    read_by: str = GRAMMAR

    @property
    def number(self) -> Figure:
        """The figure, for a measure that always has one.

        Raises ``TypeError`` for a fact in words.
        """
        if isinstance(self.figure, Words):
            raise TypeError(f"{self.measure} is said in words: {self.figure}")
        return self.figure


@dataclass(slots=True, eq=False)
class Record:
    """Facts that were said together about one thing: an intercept, a collar, a row of a production table.

    ``kind`` is the kind of thing (``drill_intercept``, ``drill_collar``, ``resource``, ``production``, ``financial``
    …), ``about`` what all its facts are about, ``source`` the stretch from its first to its last word. ``parent`` is
    the intercept that holds an included one.
    """

    kind: str
    about: dict[str, str]
    facts: list[Fact]
    source: Source
    parent: "Record | None" = None
    children: list["Record"] = field(default_factory=list)

    @property
    def read_by(self) -> str:
        """Who read it: ``assist`` when one of its facts was proposed by a model."""
        return ASSIST if any(fact.read_by == ASSIST for fact in self.facts) else GRAMMAR

    def get(self, measure: str, **about: str) -> Fact | None:
        """The first fact of that measure that is about these things."""
        return next(self.all(measure, **about), None)

    def all(self, measure: str, **about: str) -> Iterator[Fact]:
        """Every fact of that measure that is about these things."""
        for fact in self.facts:
            if fact.measure == measure and all(fact.about.get(key) == value for key, value in about.items()):
                yield fact
