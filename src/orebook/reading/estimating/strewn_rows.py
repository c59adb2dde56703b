"""Strewn rows: runs of numbers of a page that was read across its tables, as rows that they may be.

A number of a strewn page stands for every value that rounds to it; zeros at its end count as rounded away only where
every number beside which it is added up has them.

>>> spread([12_000_000, 6_970_000, 2_710_000])
10000.0
>>> spread([0.82, 0.6])
0.01
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from orebook.reading.estimating.stream_words import Word

_LARGEST_GRADE = 100
_BIG = 1000


@dataclass(frozen=True, slots=True)
class Candidate:
    """Numbers that may be a row: a tonnage, grades behind it, metals behind these; ``at`` is its place in the words."""

    at: int
    tonnes: Word
    grades: tuple[Word, ...]
    metals: tuple[Word, ...]

    @property
    def end(self) -> int:
        """The place behind its last number."""
        return self.at + 1 + len(self.grades) + len(self.metals)


def value(word: Word) -> float:
    """The number that a word prints."""
    return float(word.value or 0)


def step(number: Decimal | float) -> float:
    """One unit in the last place of a number that is not nought.

    >>> step(Decimal("0.40")), step(Decimal("4149000"))
    (0.01, 1000.0)
    """
    digits = Decimal(str(number))
    exponent = digits.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < 0:
        return float(Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0))
    whole = digits.normalize().as_tuple().exponent
    return float(Decimal(1).scaleb(whole if isinstance(whole, int) else 0))


def spread(numbers: Sequence[Decimal | float]) -> float:
    """The finest step of numbers that stand in one column."""
    return min(step(number) for number in numbers)


def runs(words: Sequence[Word]) -> Iterator[tuple[int, list[Word]]]:
    """The numbers that stand side by side, with the place of the first."""
    run: list[Word] = []
    for at, word in enumerate(words):
        if word.value is not None:
            run.append(word)
        elif run:
            yield at - len(run), run
            run = []
    if run:
        yield len(words) - len(run), run


def candidates(words: Sequence[Word]) -> tuple[list[Candidate], list[tuple[int, Word]]]:
    """The rows that runs of numbers may be, in reading order, and the grades that stand alone between them."""
    rows: list[Candidate] = []
    alone: list[tuple[int, Word]] = []
    for at, run in runs(words):
        if len(run) == 1 and "." in run[0].plain:
            alone.append((at, run[0]))
            continue
        found = _row(at, run) or (_row(at, run[:-1]) if len(run) > 1 and _is_note(run[-1]) else None)
        if found is not None:
            rows.append(found)
    return rows, alone


def _row(at: int, run: list[Word]) -> Candidate | None:
    """A run as tonnes, grades and metals: the grades are the small numbers behind the first, as many as the metals."""
    small = 0
    while small + 1 < len(run) and _may_be_grade(run[small + 1]):
        small += 1
    metals = len(run) - 1 - small
    if len(run) == 1:
        return Candidate(at, run[0], (), ()) if _is_big(run[0]) else None
    if small and metals in (0, small):
        return Candidate(at, run[0], tuple(run[1 : small + 1]), tuple(run[small + 1 :]))
    half, odd = divmod(len(run) - 1, 2)
    if not odd and small >= half > 0:
        return Candidate(at, run[0], tuple(run[1 : half + 1]), tuple(run[half + 1 :]))
    return None


def _is_note(word: Word) -> bool:
    """Whether a number may be that of a note that goes on behind the row."""
    return word.plain.isdigit() and len(word.plain) < 3


def _may_be_grade(word: Word) -> bool:
    return "." in word.plain and value(word) < _LARGEST_GRADE and not word.unit


def _is_big(word: Word) -> bool:
    return "," in word.plain and value(word) >= _BIG


def alike(one: Word, other: Word) -> bool:
    """Whether two tonnages are printed alike: both with thousands, or with as many decimals."""
    if _is_big(one) or _is_big(other):
        return _is_big(one) and _is_big(other)
    return len(one.plain.partition(".")[2]) == len(other.plain.partition(".")[2])
