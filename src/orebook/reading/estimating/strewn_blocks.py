"""Strewn blocks: rows of a page read across its tables that the arithmetic of an estimate ties together.

Tonnes of the categories add up to the tonnes of the total, their grades weigh to its grades, and its tonnes times its
grades make its metals. How probable it is that numbers do all this by chance is told; a block is read only where that
is next to nothing and no other way to deal the numbers does as well.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from orebook.reading.estimating.estimates import category_in
from orebook.reading.estimating.stream_words import Word
from orebook.reading.estimating.strewn_rows import Candidate, alike, candidates, spread, step, value
from orebook.reading.estimating.strewn_units import Number, Product, Units, finer, fitting

LARGEST_CHANCE = 1e-5
"""A block that numbers without meaning make oftener than once in so many tries is not read."""
_MOST_PARTS = 4
_WORDS_BEFORE = 14
_ORDER = {"Measured": 0, "Indicated": 1, "Inferred": 2, "Proved": 0, "Probable": 1}
_DECADES = 3 * math.log(10)
_MOST_STRAYS = 5


@dataclass(frozen=True, slots=True)
class Block:
    """Rows with their categories, the total last; their units; the chance that all of it fits without a reason."""

    rows: tuple[Candidate, ...]
    categories: tuple[str, ...]
    units: Units
    chance: float


def blocks(words: Sequence[Word], named: set[str]) -> list[Block]:
    """The blocks of a strewn page, from its top; ``named`` are the units that it names anywhere.

    A block whose units are open takes those of the others, where these agree.
    """
    rows, alone = candidates(words)
    free = 0
    ways: list[list[Block]] = []
    for at, total in enumerate(rows):
        if not total.grades or not total.metals:
            continue
        found = [
            block
            for count in range(1, min(_MOST_PARTS, at - free) + 1)
            for block in _with_parts(words, _before(rows, at, count, free), total, alone, named)
            if block.chance < LARGEST_CHANCE
        ]
        if found:
            ways.append(found)
            free = at + 1
    settled = {block.units.tonnes for found in ways if len(found) == 1 for block in found}
    alike_ = [[block for block in found if len(found) == 1 or {block.units.tonnes} == settled] for found in ways]
    return [found[0] for found in alike_ if len(found) == 1]


def _before(rows: Sequence[Candidate], at: int, count: int, free: int) -> list[Candidate]:
    """The last rows before a total whose tonnes are printed as its own are."""
    same = [row for row in rows[free:at] if alike(row.tonnes, rows[at].tonnes)]
    return same[-count:] if len(same) >= count else []


def _with_parts(
    words: Sequence[Word], parts: list[Candidate], total: Candidate, alone: Sequence[tuple[int, Word]], named: set[str]
) -> Iterator[Block]:
    """The blocks that some parts make with a total: one for each way to deal it the grades that stand alone."""
    if not parts:
        return
    categories = _categories(words, parts)
    if categories is None:
        return
    added = _added([value(row.tonnes) for row in parts], value(total.tonnes))
    if added is None:
        return
    metals = [row for row in parts if row.metals]
    if any(len(row.metals) != len(total.metals) for row in metals) or (
        len(metals) == len(parts) and not _metal_adds(parts, total)
    ):
        return
    strays = [(at, word) for at, word in alone if parts[0].at < at < total.at]
    ways = list(_dealt(parts, len(total.grades), strays))
    for units in fitting([_product(row) for row in (*metals, total)], named):
        for way in ways:
            weighed = _weighed(way, total, units)
            if weighed is None:
                continue
            chance = added * weighed * units.chance * len(ways)
            whole = _category(words, parts[-1].end, total.at) if len(parts) > 1 else ""
            yield Block((*way, total), (*categories, whole or "Total"), units, chance)


def _metal_adds(parts: Sequence[Candidate], total: Candidate) -> bool:
    """Whether the metals of the parts add up to those of the total."""
    for column, word in enumerate(total.metals):
        said = [value(row.metals[column]) for row in parts]
        room = (len(said) + 1) * spread([*said, value(word)]) / 2
        if abs(sum(said) - value(word)) > room * (1 + 1e-9):
            return False
    return True


def _product(row: Candidate) -> Product:
    fine = spread([word.value or 0 for word in row.metals])
    grades: tuple[Number, ...] = tuple((value(word), step(word.value or 0)) for word in row.grades)
    return (value(row.tonnes), step(row.tonnes.value or 0)), grades, tuple((value(word), fine) for word in row.metals)


def _category(words: Sequence[Word], start: int, end: int) -> str:
    """The last category that is named between two places, a total too."""
    for at in range(end - 1, max(start, end - _WORDS_BEFORE) - 1, -1):
        if found := category_in(words[at].plain):
            return found
    return ""


def _categories(words: Sequence[Word], parts: Sequence[Candidate]) -> tuple[str, ...] | None:
    """The categories of the parts: the last that is named before the tonnes of each, in their order, no two alike."""
    start = max(0, parts[0].at - _WORDS_BEFORE)
    found: list[str] = []
    for row in parts:
        found.append(_category(words, start, row.at))
        start = row.at + 1
    places = [_ORDER.get(category, -1) for category in found]
    kinds = {category in ("Proved", "Probable") for category in found}
    return tuple(found) if places[0] >= 0 and places == sorted(set(places)) and len(kinds) == 1 else None


def _added(parts: Sequence[float], total: float) -> float | None:
    """The chance that parts add up to a total as they do; nothing where they do not."""
    fine = spread([*parts, total])
    room = (len(parts) + 1) * fine / 2
    if abs(sum(parts) - total) > room * (1 + 1e-9) or (len(parts) == 1 and parts[0] != total):
        return None
    return min(1.0, len(parts) * 2 * room / total / _DECADES * 10)


def _dealt(
    parts: Sequence[Candidate], size: int, strays: Sequence[tuple[int, Word]]
) -> Iterator[tuple[Candidate, ...]]:
    """Every way to give parts that have lost their one grade one of those that stand alone."""
    short = [at for at, row in enumerate(parts) if len(row.grades) != size]
    if not short:
        yield tuple(parts)
        return
    if size != 1 or any(parts[at].grades for at in short) or not len(short) <= len(strays) <= _MOST_STRAYS:
        return
    for chosen in permutations([word for _, word in strays], len(short)):
        given = dict(zip(short, chosen, strict=True))
        yield tuple(replace(row, grades=(given[at],)) if at in given else row for at, row in enumerate(parts))


def _weighed(parts: Sequence[Candidate], total: Candidate, units: Units) -> float | None:
    """The chance that the grades of parts weigh to those of the total as they do; nothing where they do not."""
    chance = 1.0
    whole = sum(value(row.tonnes) for row in parts)
    for column in range(len(total.grades)):
        grades = [row.grades[column] for row in parts]
        said = [value(grade) for grade in grades]
        mean = sum(value(row.tonnes) * grade for row, grade in zip(parts, said, strict=True)) / whole
        middle, width = finer(_product(total), units, column)
        room = (max(step(grade.value or 0) for grade in grades) + width) / 2
        if abs(mean - middle) > room * (1 + 1e-9):
            return None
        around = max(said) - min(said) if len(said) > 1 else middle
        chance *= min(1.0, 2 * room / (around + 2 * room))
    return chance
