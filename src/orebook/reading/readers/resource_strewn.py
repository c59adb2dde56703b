"""Pages on which tables were read across one another: rows of estimates whose numbers only arithmetic can tell apart.

Nothing is read but blocks in which tonnes add up, grades weigh and metals are made, so exactly that numbers without
meaning would hardly ever do it; all else on such a page stays unread.
"""

from collections.abc import Iterator, Sequence

from orebook.ground.fact import Record
from orebook.ground.figure import Figure
from orebook.reading.estimating.estimates import RESERVES, category_in
from orebook.reading.estimating.stream_over import of_this
from orebook.reading.estimating.stream_words import Word, streams
from orebook.reading.estimating.strewn_blocks import Block, blocks
from orebook.reading.estimating.strewn_names import labels_of, metals_of, units_named
from orebook.reading.estimating.strewn_rows import Candidate
from orebook.reading.layout import Block as Stretch
from orebook.reading.release import Release

ORDER = 42

_LONGEST = 3000
"""A page has at most so many words."""
_FEWEST_CATEGORIES = 2


def records(release: Release) -> Iterator[Record]:
    """Rows of strewn blocks: kinds ``resource`` and ``reserve``."""
    for run, words in streams(release):
        named = sum(bool(category_in(word.plain)) for word in words if word.plain[:1].isupper())
        if named < _FEWEST_CATEGORIES or len(words) > _LONGEST:
            continue
        start = 0
        found = blocks(words, units_named(words))
        for block in found:
            metals = metals_of(block, words, start, found[0].rows[0].at)
            rows = zip(block.rows, block.categories, labels_of(block, words, start), strict=True)
            start = block.rows[-1].end
            yield from (_record(release, run[0], block, row, metals) for row in rows if metals)


def _record(
    release: Release, stretch: Stretch, block: Block, of: tuple[Candidate, str, str], metals: Sequence[str]
) -> Record:
    """One row of a block; ``of`` is the row, its category and what the rows are of."""
    row, category, label = of
    parts: list[tuple[str, Word, str, str]] = [("tonnes", row.tonnes, block.units.tonnes, "")]
    pairs = list(zip(metals, block.units.pairs, strict=True))
    parts += [("grade", word, unit, metal) for word, (metal, (unit, _)) in zip(row.grades, pairs, strict=True)]
    if row.metals:
        parts += [("metal", word, unit, metal) for word, (metal, (_, unit)) in zip(row.metals, pairs, strict=True)]
    facts = [
        release.fact(
            f"resources.{role}", Figure(word.value, unit), word.text, word.start, word.end, analyte=metal
        )
        for role, word, unit, metal in parts
        if word.value is not None
    ]  # fmt: skip
    return release.record(
        "reserve" if set(block.categories) & set(RESERVES) else "resource",
        facts,
        deposit=label,
        category=category,
        place="table",
        context="announced" if of_this(release, stretch) else "previously reported",
    )
