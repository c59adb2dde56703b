"""Measure words: what has to be said of a measure beside its figure, for each measure and slot.

The slots and their words stand in ``measure_words.toml``; what a book does not say is listed as missing, never made up.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files

import polars as pl

from orebook.disciplines.finance.ledger.statement_lines import StatementLine
from orebook.disciplines.finance.measures.definitions import Item, MeasureDefinition

WORDS: Mapping[str, type[pl.DataType]] = {
    "measure": pl.String,
    "name": pl.String,
    "label": pl.String,
    "slot": pl.String,
    "text": pl.String,
    "basis": pl.String,
    "missing": pl.Boolean,
}
"""A row for each slot of each measure: the sentence, what asks for it, and whether the book lacks what it says."""

_SIGN = {"add": "plus", "deduct": "less", "remove": "without"}


@cache
def slots() -> Mapping[str, Mapping[str, str]]:
    """The slots with their words by kind of measure.

    >>> list(slots())[:3]
    ['identification', 'not_standardised', 'comparable']
    """
    text = files("orebook.disciplines.finance.measures").joinpath("measure_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def measure_words(
    definitions: Mapping[str, MeasureDefinition],
    lines: Mapping[str, StatementLine],
    *,
    framework: str,
    now: date | None = None,
    before: date | None = None,
) -> pl.DataFrame:
    """What is to be said of every measure.

    ``now`` and ``before`` are the last days of the period and of its comparative: where the composition of a measure
    differs between the two, that is said instead of the sentence that both are computed alike.
    """
    rows = [row for one in definitions.values() for row in _words(one, lines, framework, now, before)]
    return pl.DataFrame(rows, dict(WORDS), orient="row")


def _words(
    one: MeasureDefinition, lines: Mapping[str, StatementLine], framework: str, now: date | None, before: date | None
) -> Iterator[tuple[str, str, str, str, str, str, bool]]:
    comparable = lines[one.comparable].label if one.comparable else ""
    filled = {
        "label": one.label,
        "framework": framework or "The reporting framework",
        "comparable": comparable,
        "why": one.why,
        "start": _small(one.start.label),
        "items": "".join(f", {_SIGN[item.sign]} {_small(item.label)}{_tax(item)}" for item in _live(one, now)),
        "parts": " and ".join((_small(one.start.label), *_below(one))),
        "per": "".join(f", for each {per.unit} of {per.metal or 'product'} {per.basis}" for per in one.per)
        + (f", over {_small(one.over.label)}" if one.over is not None else ""),
    }
    needs = {"comparable": comparable, "usefulness": one.why}
    for slot, kinds in slots().items():
        kind = one.treatment if slot == "treatment" else one.kind
        if slot == "comparative" and now is not None and before is not None and _live(one, now) != _live(one, before):
            continue
        if kind in kinds:
            missing = slot in needs and not needs[slot]
            text = "" if missing else kinds[kind].format(**filled)
            yield one.measure, one.name, one.label, slot, text, kinds["basis"], missing
    for text, missing in _changes(one, now, before):
        yield one.measure, one.name, one.label, "change", text, "NI 52-112, sections 6 and 8", missing


def _below(one: MeasureDefinition) -> list[str]:
    """What a ratio is held over, in words."""
    if one.over is not None:
        return [_small(one.over.label)]
    return [f"{per.unit} of {per.metal or 'product'} {per.basis}" for per in one.per]


def _live(one: MeasureDefinition, day: date | None) -> list[Item]:
    """The items that belong to a measure on a day."""
    return [item for item in one.items if day is None or item.lives(day)]


def _changes(one: MeasureDefinition, now: date | None, before: date | None) -> Iterator[tuple[str, bool]]:
    """What is said of changes: those that the book tells, and items that came or went between the two periods."""
    for change in one.changes:
        was = f" It was {change.was}." if change.was else ""
        yield f"The {change.what} of {one.label} changed on {change.on}.{was} {change.why}".strip(), not change.why
    if now is None or before is None:
        return
    told = any(change.what == "composition" and before < change.on <= now for change in one.changes)
    for item in one.items:
        if item.lives(now) != item.lives(before):
            when = "is part of it in this period only" if item.lives(now) else "was part of it in the year before only"
            yield f"The composition of {one.label} changed: {_small(item.label)} {when}.", not told


def _tax(item: Item) -> str:
    return " net of tax" if item.tax.rates or item.tax.tag else ""


def _small(label: str) -> str:
    """A label inside a sentence; abbreviations keep their letters."""
    first = label.partition(" ")[0]
    return label if first.isupper() and len(first) > 1 else f"{label[:1].lower()}{label[1:]}"
