"""Names of a strewn block: the metals of its columns and the words that stand in each of its rows.

A metal in ounces is a precious one, one in tonnes or pounds is not; a name is taken only where there are as many names
of a sort as there are columns of it, in the order in which the heads name them first.
"""

from collections.abc import Sequence

from orebook.reading.estimating.estimates import category_in, is_estimate
from orebook.reading.estimating.stream_words import Word
from orebook.reading.estimating.strewn_blocks import Block
from orebook.reading.heads.unit_words import unit_in, unit_of
from orebook.reading.language import analytes
from orebook.reading.patterns import Pattern

_PRECIOUS = frozenset("Au Ag Pt Pd Rh AuEq AgEq PdEq 2E 3E 4E 5E 6E 7E PGE".split())
_OUNCES = ("oz", "koz", "Moz")
_NEAR = 6
_LONGEST_NAME = 3
_NAME = Pattern(r"[A-Z][a-z]{2,30}$")


def units_named(words: Sequence[Word]) -> set[str]:
    """The units that a page names anywhere."""
    bare = {word.plain.strip("(),.;:") for word in words if not word.cell}
    found = {unit_of(word) or unit_in(word) for word in bare if not word[:1].isdigit()}
    return {unit for unit in found if unit}


def metals_of(block: Block, words: Sequence[Word], start: int, first: int) -> list[str]:
    """The metals of the columns of a block, or nothing; its words begin at ``start``, all rows at ``first``."""
    ordered = _named(words[:first], proper=False)
    here = _named(words[start : block.rows[-1].at], proper=True)
    for named in ([metal for metal in ordered if metal in here], here, ordered):
        found = _dealt(block, named)
        if found and (named is not here or all(len(_of_sort(named, of)) < 2 for of in (True, False))):
            return found
    return []


def _named(words: Sequence[Word], *, proper: bool) -> list[str]:
    """The metals that words name, in the order of their first mention; ``proper`` ones begin with a capital letter."""
    plain = " ".join(word.plain for word in words)
    return list(dict.fromkeys(symbol for at, _, symbol in analytes.find(plain) if not proper or plain[at].isupper()))


def _of_sort(named: Sequence[str], precious: bool) -> list[str]:
    return [metal for metal in named if (metal in _PRECIOUS) == precious]


def _dealt(block: Block, named: Sequence[str]) -> list[str]:
    """Names dealt to the columns, sort by sort, where there are as many of each."""
    sorts = [metal in _OUNCES for _, metal in block.units.pairs]
    queues = {of: _of_sort(named, of) for of in (True, False)}
    if any(sorts.count(of) != len(queues[of]) for of in set(sorts)):
        return []
    return [queues[of].pop(0) for of in sorts]


def labels_of(block: Block, words: Sequence[Word], start: int) -> list[str]:
    """What each row is of: the words that stand before the tonnes of every row, else those right before its own."""
    parts: list[list[str]] = []
    for row in block.rows:
        begin = max(start, row.at - _NEAR) if not parts else start
        parts.append([word.plain.strip("(),.;:") for word in words[begin : row.at]])
        start = row.at + 1
    common = [word for word in dict.fromkeys(parts[0]) if _is_name(word) and all(word in part for part in parts)]
    return [" ".join(common or _right_before(part)) for part in parts]


def _right_before(part: Sequence[str]) -> list[str]:
    """The words between a category and the number behind it."""
    at = next((at for at in range(len(part) - 1, -1, -1) if category_in(part[at])), len(part))
    behind = part[at + 1 :]
    return list(behind) if len(behind) <= _LONGEST_NAME and all(map(_is_name, behind)) else []


def _is_name(word: str) -> bool:
    return bool(_NAME.match(word)) and not (category_in(word) or is_estimate(word) or analytes.find(word))
