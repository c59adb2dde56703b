"""Needed letters: what a text must hold for a regular expression to match anywhere in it.

An expression is read only so far as to find letters that stand in every match; where it is too artful, nothing is
needed, which is never wrong. Letters are compared small, and none of them is a blank.

>>> needed(r"\\b(?:stock|ore) pile[sd]?\\b")
[['pile'], ['ore', 'stock']]
>>> needed(r"[Hh]oles?\\s\\d+"), needed(r"(?:of|in)?\\s\\w+")
([['hole'], ['\\\\d']], [])
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import NamedTuple

DIGIT = r"\d"
"""Stands for any digit among needed letters."""

_MOST = 64
"""So many forms of one stretch are told apart."""

_CLAUSES = 3
"""So many conditions for one expression are enough."""

_QUANTIFIER = re.compile(r"(?:(?P<many>[*+])|(?P<maybe>\?)|\{(?P<low>\d{0,6})(?P<to>,\d{0,6})?(?<!\{)\})[?+]?")
_GROUP = re.compile(r"\?(?:P<\w+>|(?P<flags>[a-zA-Z]*(?:-[a-zA-Z]+)?)(?P<end>[:)])|(?P<look><?[=!])|>)")
_CLASS = re.compile(r"\[(?P<not>\^?)(?P<held>\]?(?:[^\]\\]|\\.)*)\]", re.DOTALL)
_CODE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-9]+|.)", re.DOTALL)
_RUN = re.compile(r"[A-Za-z0-9,;:/&%\"'-]+(?![*+?{])")
_HELD = re.compile(r"[^\\]-(?:\\.|[^\\])|\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)|.", re.DOTALL)
_WORDS = re.compile(r"[A-Za-z'-]+(?:\|[A-Za-z'-]+)*(?=\)|\Z)")
"""A list of words and no more, as most alternatives are."""

_OF_DIGITS = re.compile(r"(?:\\d|\d-\d|\d)+")

Clause = frozenset[str]
"""One of these letters must be there."""

_NOTHING: Clause = frozenset({""})


class _ArtfulError(ValueError):
    """An expression of a kind that is not looked into."""


class _Part(NamedTuple):
    """A piece of an expression: all that it can be, if these are few; else how it begins; and what it needs.

    ``starts`` are the letters as printed, or codes such as ``\\d``, of which one begins it; ``None`` where any may.
    """

    exact: Clause | None
    head: Clause = _NOTHING
    clauses: tuple[Clause, ...] = ()
    starts: Clause | None = None
    empty: bool = False
    """Whether it can be nothing at all."""


_ANYTHING = _Part(None)
_NO_WIDTH = _Part(_NOTHING, starts=frozenset(), empty=True)


def needed(written: str) -> list[list[str]]:
    """For each condition the letters of which one must be in a text, the most telling condition first."""
    whole = _read(written)
    clauses = {*whole.clauses, *([whole.exact] if whole.exact is not None else [])}
    telling = sorted((clause for clause in clauses if all(map(_tells, clause))), key=_rank)
    return [sorted(clause) for clause in telling[:_CLAUSES]]


def starts(written: str) -> list[str] | None:
    """The letters of which one must begin every match, as printed, or codes for kinds of letters; none where any may.

    >>> starts(r"\\b(?:stock|Ore) piles?"), starts(r"(?:of\\s)?\\d+")
    (['O', 's'], ['\\\\d', 'o'])
    >>> starts(r".+ore"), starts(r"(?:ore)?")
    (None, None)
    """
    whole = _read(written)
    return None if whole.empty or not whole.starts else sorted(whole.starts)


@lru_cache(maxsize=8)
def _read(written: str) -> _Part:
    try:
        reader = _Reader(written)
        whole = reader.either()
        return whole if reader.at_end else _ANYTHING
    except (_ArtfulError, IndexError):
        return _ANYTHING


def _tells(letters: str) -> bool:
    """Whether some letters are missing from many texts: two and more, or a sign."""
    return len(letters) > 1 or (letters != "" and not letters.isalnum())


def _rank(clause: Clause) -> tuple[int, int, list[str]]:
    """How telling a condition is: by its shortest letters, then by their number."""
    shortest = min(map(len, clause), default=0)
    return -min(shortest, 4) + len(clause) // 12, len(clause), sorted(clause)


class _Reader:
    """Reads an expression from left to right."""

    def __init__(self, written: str) -> None:
        self._written = written
        self._at = 0

    def either(self) -> _Part:
        """Alternatives up to the end of a group or of the expression."""
        if (words := _WORDS.match(self._written, self._at)) and words[0].count("|") < _MOST:
            self._at = words.end()
            return _words(words[0])
        branches = [self._branch()]
        while self._written[self._at : self._at + 1] == "|":
            self._at += 1
            branches.append(self._branch())
        if len(branches) == 1:
            return branches[0]
        starts = _all_starts(branches)
        empty = any(branch.empty for branch in branches)
        exact = _union(branch.exact for branch in branches)
        if exact is not None:
            return _Part(exact, exact, (), starts, empty)
        head = _union(branch.exact or branch.head for branch in branches) or _NOTHING
        best = [_best(branch) for branch in branches]
        clause = frozenset(letters for one in best for letters in one)
        return _Part(None, head, (clause,) if all(best) else (), starts, empty)

    def _branch(self) -> _Part:
        """Pieces one after another."""
        run, head, clauses = _NOTHING, None, []
        first: list[_Part] = []

        def cut() -> None:
            nonlocal run, head
            head = run if head is None else head
            if "" not in run:
                clauses.append(run)
            run = _NOTHING

        while self._at < len(self._written) and self._written[self._at] not in "|)":
            part = self._piece()
            least, once = self._times()
            if not first or first[-1].empty:
                first.append(part if least else part._replace(empty=True))
            if not least:
                cut()
                continue
            clauses.extend(part.clauses)
            longer = _joined(run, part.exact if part.exact is not None else part.head)
            if part.exact is None or longer is None:
                run = longer or run
                cut()
                run = part.exact if part.exact is not None and len(part.exact) <= _MOST else _NOTHING
            else:
                run = longer
            if not once:
                cut()
        starts, empty = _all_starts(first), all(part.empty for part in first)
        if head is None:
            return _Part(run, run, tuple(clauses), starts, empty)
        cut()
        return _Part(None, head, tuple(clauses), starts, empty)

    def _times(self) -> tuple[bool, bool]:
        """Whether the piece before must be there, and whether no more than once."""
        ahead = self._written[self._at : self._at + 1]
        found = _QUANTIFIER.match(self._written, self._at) if ahead and ahead in "*+?{" else None
        if not found:
            return True, True
        self._at = found.end()
        if found["maybe"]:
            return False, True
        if found["many"]:
            return found["many"] == "+", False
        return int(found["low"] or 0) > 0, found["low"] == "1" and not found["to"]

    def _piece(self) -> _Part:
        if run := _RUN.match(self._written, self._at):
            self._at = run.end()
            return _letters(run[0])
        letter = self._written[self._at]
        if letter == "(":
            return self._group()
        if letter == "[":
            return self._class()
        if letter == "\\":
            return self._code()
        self._at += 1
        return _ANYTHING if letter == "." else _NO_WIDTH if letter in "^$" else _letters(letter)

    def _group(self) -> _Part:
        self._at += 1
        kind = _GROUP.match(self._written, self._at)
        if self._written[self._at] == "?":
            if kind is None or "x" in (kind["flags"] or "").partition("-")[0]:
                raise _ArtfulError(self._written)
            self._at = kind.end()
            if kind["end"] == ")":
                return _NO_WIDTH
        inside = self.either()
        if self._written[self._at] != ")":
            raise _ArtfulError(self._written)
        self._at += 1
        look = kind["look"] if kind else None
        if not look:
            return inside
        held = (*inside.clauses, *([inside.exact] if inside.exact is not None else []))
        ahead = tuple(one for one in held if "" not in one) if look.endswith("=") else ()
        return _Part(_NOTHING, _NOTHING, ahead, frozenset(), empty=True)

    def _class(self) -> _Part:
        found = _CLASS.match(self._written, self._at)
        if not found:
            raise _ArtfulError(self._written)
        self._at = found.end()
        held = found["held"]
        if found["not"]:
            return _ANYTHING
        if _OF_DIGITS.fullmatch(held):
            return _Part(None, _NOTHING, (frozenset({DIGIT}),), frozenset({DIGIT}))
        letters = frozenset(held.lower())
        if "\\" in held or "-" in held[1:-1]:
            return _Part(None, starts=frozenset(_HELD.findall(held)))
        if len(letters) > 4 or not all(map(_plain, letters)):
            return _Part(None, starts=frozenset(held))
        return _Part(letters, letters, (), frozenset(held))

    def _code(self) -> _Part:
        found = _CODE.match(self._written, self._at)
        if not found or found[0] == r"\N":
            raise _ArtfulError(self._written)
        self._at = found.end()
        code = found[0][1:]
        if code == "d":
            return _Part(None, _NOTHING, (frozenset({DIGIT}),), frozenset({DIGIT}))
        if code in ("b", "B", "A", "Z"):
            return _NO_WIDTH
        if code.isdecimal():
            return _Part(None, empty=True)  # what a group has matched may be nothing
        return _Part(None, starts=frozenset({found[0]})) if code[0].isalnum() else _letters(code)

    @property
    def at_end(self) -> bool:
        """Whether all is read."""
        return self._at == len(self._written)


def _plain(letter: str) -> bool:
    return letter.isascii() and not letter.isspace()


@lru_cache(maxsize=4096)
def _letters(letters: str) -> _Part:
    small, start = frozenset({letters.lower()}), frozenset(letters[0])
    return _Part(small, small, (), start) if _plain(letters) else _Part(None, starts=start)


def _words(listed: str) -> _Part:
    """Words as alternatives, without a look at every letter."""
    words = listed.split("|")
    exact = frozenset(word.lower() for word in words)
    return _Part(exact, exact, (), frozenset(word[0] for word in words))


def _joined(first: Clause, second: Clause) -> Clause | None:
    """Every one of the first with every one of the second behind it, if these are not too many."""
    if second is _NOTHING or first is _NOTHING:
        return first if second is _NOTHING else second
    if len(first) * len(second) > _MOST:
        return None
    if len(first) == len(second) == 1:
        return frozenset(one + other for one in first for other in second)
    return frozenset(one + other for one, other in product(first, second))


def _union(sets: Iterable[Clause | None]) -> Clause | None:
    """All of some sets, if each is known and they are not too many."""
    whole: set[str] = set()
    for one in sets:
        if one is None or len(whole | one) > _MOST:
            return None
        whole |= one
    return frozenset(whole)


def _all_starts(parts: Iterable[_Part]) -> Clause | None:
    """How any of some pieces can begin."""
    whole: set[str] = set()
    for part in parts:
        if part.starts is None:
            return None
        whole |= part.starts
    return frozenset(whole)


def _best(branch: _Part) -> Clause:
    """The most telling condition of one alternative; empty where it has none."""
    held = [*branch.clauses, *([branch.exact] if branch.exact is not None else [])]
    return min((one for one in held if all(map(_tells, one))), key=_rank, default=frozenset())
