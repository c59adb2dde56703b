"""Figures of a stream: numbers of a flattened statement with the roles that its heads give them."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading.estimating.estimates import cutoff_in, is_estimate
from orebook.reading.language import analytes
from orebook.reading.layout import Block
from orebook.reading.release import Release

_OPENING = 200

Number = tuple[Decimal, int, int]
"""A number of the stream: its value, and where it stands."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a figure of a row is: its role, unit and analyte."""

    role: str
    unit: str
    analyte: str


@cache
def _misread() -> dict[str, str]:
    text = files("orebook.reading").joinpath("words", "misread.csv").read_text(encoding="utf-8")
    return {row["read"]: row["meant"] for row in csv.DictReader(text.splitlines())}


def mended(words: str) -> str:
    """Words as they were meant where a page reader took a letter for another."""
    return " ".join(_misread().get(word, word) for word in words.split())


def metal_of(words: str, release: Release) -> str:
    """The only metal that the words name, letters that a page reader mistook put right; else that of the title."""
    said = mended(re.sub(r"[(),]", " ", words))
    named = list(dict.fromkeys(symbol for _, _, symbol in analytes.find(said)))
    if named:
        return named[-1] if len(set(named)) == 1 else ""
    title = {
        symbol for _, _, symbol in analytes.find(f"{release.title.plain if release.title else ''} {release.issuer}")
    }
    return title.pop() if len(title) == 1 else ""


def record_of(
    release: Release,
    block: Block,
    numbers: Sequence[Number],
    heads: Sequence[Head],
    of: tuple[str, str, str],
    before: str,
) -> Record:
    """One estimate of a row; ``of`` is its kind, its category and its deposit."""
    kind, category, name = of
    facts: list[Fact] = []
    for (value, start, end), head in zip(numbers, heads, strict=True):
        measure = f"resources.{head.role}"
        facts.append(release.fact(measure, Figure(value, head.unit), block.text, start, end, analyte=head.analyte))
    return release.record(
        kind,
        facts,
        deposit=name,
        category=category,
        cutoff=cutoff_in(before),
        place="table",
        context="announced" if of_this(release, block) else "previously reported",
    )


def of_this(release: Release, block: Block, before: str = "") -> bool:
    """Whether the document itself is about estimates; else a statement at its end repeats an earlier one.

    ``before`` are the words over a statement that begins in a block before this one.
    """
    title = release.title.plain if release.title else ""
    return block.part != "tail" and is_estimate(f"{title} {before} {block.plain[:_OPENING]}")


def plausible(part: Sequence[Number], heads: Sequence[Head]) -> bool:
    """Whether tonnes times grade is about the metal, where the heads give all three: a row cut wrongly seldom agrees.

    >>> heads = Head("tonnes", "Mt", ""), Head("grade", "g/t", "Au"), Head("metal", "koz", "Au")
    >>> plausible([(Decimal(n), 0, 0) for n in ("6.7", "1.3", "290")], heads)
    True
    >>> plausible([(Decimal(n), 0, 0) for n in ("290", "6.7", "1.3")], heads)
    False
    """
    of = {
        (head.role, head.analyte): Figure(value, head.unit).range()
        for (value, _, _), head in zip(part, heads, strict=True)
    }
    tonnes = of.get(("tonnes", ""))
    for (role, analyte), metal in of.items():
        grade = of.get(("grade", analyte))
        if role != "metal" or grade is None or tonnes is None:
            continue
        contained = (tonnes * grade).to(metal.unit)
        if contained.low > metal.high * 2 or metal.low > contained.high * 2:
            return False
    return True
