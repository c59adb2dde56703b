"""Acceptance: which proposals the document bears out. Only they become facts, each with the figure that stands there.

>>> from orebook.reading.read import read_text
>>> reading = read_text("note.txt", "The mill at Fern Hollow put through 4,100 tonnes of rock.")
>>> open_ = Open.of(reading)
>>> said = [Proposal("p1", quote, "milling.ore_milled", quote.split()[0]) for quote in ("4,100 tonnes", "9 t")]
>>> accepted = accept(open_, passages(open_), said)
>>> [(str(fact.figure), fact.read_by) for record in accepted.records for fact in record.facts]
[('4,100 t', 'assist')]
>>> [one.why for one in accepted.refused]
['the quote does not stand in the passage']
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from orebook.ground.fact import ASSIST, Record
from orebook.reading.assist.passages import Open, Passage, passages
from orebook.reading.assist.places import RefusedError, Spot, spot
from orebook.reading.assist.proposed_measures import Proposable, proposable
from orebook.reading.assist.report import Proposal, Refused
from orebook.reading.assist.subjects import about, kind_of
from orebook.reading.readers.cues import figures

__all__ = ["Accepted", "Proposal", "Refused", "accept", "passages"]

_SHOWN = 80


class Accepted(NamedTuple):
    """The records of the proposals that count, in the order of the document; how many counted; those that do not."""

    records: tuple[Record, ...]
    number: int
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class _Borne:
    """A proposal that the document bears out."""

    proposal: Proposal
    measure: Proposable
    spot: Spot
    about: dict[str, str]

    @property
    def together(self) -> tuple[object, ...]:
        """What figures share that were said together; of an interval also the hole, so that no two become one."""
        alone = () if self.proposal.row else self.spot.span
        return (
            self.proposal.passage,
            self.proposal.row,
            alone,
            kind_of(self.measure, self.about),
            self.about.get("hole"),
        )


def accept(open_: Open, asked: Sequence[Passage], proposals: Iterable[Proposal]) -> Accepted:
    """The proposals that the document bears out, as records whose facts say ``read_by="assist"``.

    A proposal counts when its quote stands once in the passage that it names; the quote holds one whole figure in a
    unit that the measure can have; the number is the one that is read there; what the figure is about is named in the
    passage, or by the document; and no reader of the house has read the figure. Of two that give one figure different
    meanings neither counts.
    """
    there = {passage.id: passage for passage in asked}
    borne: list[_Borne] = []
    refused: list[Refused] = []
    for proposal in proposals:
        try:
            borne.append(_borne(open_, there, proposal))
        except RefusedError as problem:
            refused.append(_refused(proposal, problem))
    kept: list[_Borne] = []
    for same in _by_figure(borne):
        agreed = len({(one.measure.measure, *sorted(one.about.items())) for one in same}) == 1
        kept += same[:1] if agreed else []
        why = "proposed more than once" if agreed else "proposed with several meanings"
        refused += [_refused(one.proposal, RefusedError(why)) for one in same[agreed:]]
    records = sorted(_records(open_, kept), key=lambda record: (record.source.start, record.source.end))
    return Accepted(tuple(records), len(kept), tuple(refused))


def _borne(open_: Open, there: dict[str, Passage], proposal: Proposal) -> _Borne:
    passage = there.get(proposal.passage)
    if passage is None:
        raise RefusedError("there is no such passage", proposal.passage)
    measure = proposable().get(proposal.measure)
    if measure is None:
        raise RefusedError("the measure is none of the vocabulary", proposal.measure)
    found = spot(passage, measure, proposal)
    if open_.is_taken(*found.span):
        raise RefusedError("the figure is read already")
    return _Borne(proposal, measure, found, about(open_, passage, measure, proposal, found))


def _by_figure(borne: Iterable[_Borne]) -> list[list[_Borne]]:
    """Proposals that point at the same figure, in the order in which they came."""
    groups: dict[tuple[int, int], list[_Borne]] = defaultdict(list)
    for one in borne:
        groups[one.spot.span].append(one)
    return list(groups.values())


def _records(open_: Open, kept: Iterable[_Borne]) -> list[Record]:
    """A record for each row of figures that were said together, and for each figure that stands alone."""
    rows: dict[tuple[object, ...], list[_Borne]] = defaultdict(list)
    for one in kept:
        rows[one.together].append(one)
    return [_record(open_, row) for row in rows.values()]


def _record(open_: Open, row: list[_Borne]) -> Record:
    first, *others = (one.about for one in row)
    shared = {key: word for key, word in first.items() if all(other.get(key) == word for other in others)}
    if row[0].measure.kind.startswith(("drill_", "surface_", "resource")):
        shared.pop("analyte", None)  # of a record with several grades it is each grade's own
    ends = {one.measure.measure: one.spot.quantity.figure.digits for one in row}
    shared |= {key: ends[f"drilling.{key}"] for key in ("from", "to") if f"drilling.{key}" in ends}
    facts = [
        fact
        for one in row
        for fact in figures(open_.release, one.spot.sentence.text, one.spot.quantity, one.measure.measure, **one.about)
    ]
    record = open_.release.record(kind_of(row[0].measure, row[0].about), facts, **shared)
    record.facts = [replace(fact, read_by=ASSIST) for fact in record.facts]
    return record


def _refused(proposal: Proposal, problem: RefusedError) -> Refused:
    measure, value, quote = (word[:_SHOWN] for word in (proposal.measure, proposal.value, proposal.quote))
    return Refused(measure, value, quote, problem.why, problem.what[:_SHOWN])
