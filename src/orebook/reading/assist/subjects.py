"""Subjects: what a proposed figure is said to be about, as far as the passage or the document itself says so."""

import re
from collections.abc import Callable

from orebook.reading.assist.passages import Open, Passage
from orebook.reading.assist.places import RefusedError, Spot
from orebook.reading.assist.proposed_measures import Proposable
from orebook.reading.assist.report import Proposal
from orebook.reading.estimating.estimates import RESERVES, category_in, category_pattern
from orebook.reading.language import analytes
from orebook.reading.language.said_about import place_of, subject_of
from orebook.reading.language.said_periods import Times

_PLACES = ("mine", "property", "zone")
_OF_THE_ISSUER = ("financial", "market")
"""Kinds of records that are about the issuer where they name nothing else."""

_NOT_THERE = "a word of what it is about does not stand there"


def about(open_: Open, passage: Passage, measure: Proposable, proposal: Proposal, spot: Spot) -> dict[str, str]:
    """What a figure is about: what the proposal says and the document bears out, else what stands nearby.

    Raises ``RefusedError`` where the proposal names something that neither the passage nor the document does, or leaves
    out what the measure means nothing without.
    """
    said: dict[str, str] = {}
    for key, word in proposal.about:
        find = _KEYS.get(key)
        if find is None:
            raise RefusedError("about something that is not asked for", key)
        key, word = find(open_, passage, key, word)
        said[key] = word
    if not said.keys() & {*_PLACES, "deposit"} and measure.kind not in _OF_THE_ISSUER:
        said |= _nearby(open_, measure, spot)
    if not said.get("analyte") and spot.quantity.analyte:
        said["analyte"] = spot.quantity.analyte
    if measure.needs and not said.get(measure.needs):
        raise RefusedError(f"it does not say of which {measure.needs}")
    return said | {"place": place_of(spot.sentence)}


def kind_of(measure: Proposable, about: dict[str, str]) -> str:
    """The kind of record that a figure makes; an estimate of a category of reserves is a reserve."""
    return "reserve" if measure.kind == "resource" and about.get("category") in RESERVES else measure.kind


def _nearby(open_: Open, measure: Proposable, spot: Spot) -> dict[str, str]:
    """The mine or property and zone that the words around a figure name, as for any figure of the house's readers."""
    if measure.kind == "production":
        return subject_of(open_.release, spot.sentence, spot.quantity.start)
    return open_.release.about(spot.sentence.block, spot.sentence.text, spot.quantity.start)


Found = tuple[str, str]


def _hole(_: Open, passage: Passage, key: str, word: str) -> Found:
    """A hole by its name, as the passage or its heading prints it."""
    there = f"{passage.plain} {passage.under}"
    found = _stands(there, word) if any(letter.isdigit() for letter in word) else None
    if found is None:
        raise RefusedError(_NOT_THERE, f"{key} {word}")
    return key, found


def _analyte(_: Open, passage: Passage, key: str, word: str) -> Found:
    symbol = analytes.analyte(word)
    if not symbol or symbol not in {found for _, _, found in analytes.find(passage.plain)}:
        raise RefusedError(_NOT_THERE, f"{key} {word}")
    return key, symbol


def _named(open_: Open, passage: Passage, key: str, word: str) -> Found:
    """A mine, property, zone or deposit: one that the document speaks of, in the passage or elsewhere in its prose."""
    known = open_.release.subjects.known.get(" ".join(word.lower().split()))
    if known is not None:
        return (key if key == "deposit" else known.kind), known.name
    is_name = word[:1].isupper() or word[:1].isdigit()
    found = _stands(passage.plain, word) if is_name else None
    if found is None and not (is_name and _stands(open_.prose, word)):
        raise RefusedError(_NOT_THERE, f"{key} {word}")
    return key, found or " ".join(word.split())


def _category(_: Open, passage: Passage, key: str, word: str) -> Found:
    category = category_in(word)
    there = {category_in(found[0]) for found in category_pattern().finditer(passage.plain)}
    if not category or category not in there:
        raise RefusedError(_NOT_THERE, f"{key} {word}")
    return key, category


def _period(open_: Open, passage: Passage, key: str, word: str) -> Found:
    """A period by its label: one that the passage names, or the one that the release reports."""
    times = Times.of(open_.release)
    there = {said.label for sentence in passage.sentences for said in times.said(sentence)}
    there |= {period.label for period in (times.now, *open_.release.periods) if period is not None}
    if word not in there:
        raise RefusedError(_NOT_THERE, f"{key} {word}")
    return key, word


_KEYS: dict[str, Callable[[Open, Passage, str, str], Found]] = {
    "hole": _hole,
    "analyte": _analyte,
    "mine": _named,
    "property": _named,
    "zone": _named,
    "deposit": _named,
    "category": _category,
    "period": _period,
}


def _stands(plain: str, word: str) -> str | None:
    """A word as a passage prints it, whatever the size of its letters; nothing where it is none of its words."""
    if " ".join(word.lower().split()) not in " ".join(plain.lower().split()):
        return None
    words = r"\s+".join(map(re.escape, word.split()))
    found = re.search(rf"(?<![\w-]){words}(?![\w-])", plain, re.IGNORECASE) if words else None
    return found[0] if found else None
