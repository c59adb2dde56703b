"""A reading: everything that was understood of one document."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from orebook.ground.fact import Fact, Record
from orebook.ground.source import Document
from orebook.reading.layout import Layout
from orebook.reading.placed import Placed


@dataclass
class Reading:
    """A document, its layout, and the records that the readers found in it, in reading order.

    ``context`` holds what rules the whole document: issuer, tickers, date, currency, as ``Release`` resolved them.
    ``placed`` are its numbers that lead back to a book, where somebody has put it beside one.
    """

    document: Document
    layout: Layout
    records: list[Record] = field(default_factory=list)
    context: dict[str, str] = field(default_factory=dict)
    placed: Sequence[Placed] = ()

    @cached_property
    def facts(self) -> list[Fact]:
        """Every fact of every record, in the order in which the document says them."""
        return sorted((fact for record in self.records for fact in record.facts), key=lambda fact: fact.source.start)

    def of(self, *kinds: str) -> list[Record]:
        """The records of these kinds."""
        return [record for record in self.records if record.kind in kinds]
