"""Patterns: regular expressions that are tried only on texts that hold the letters without which they cannot match.

Readers ask every sentence some hundreds of questions, and nearly all answers are no. A pattern knows which letters it
needs (``needed_letters``); a text that was noted knows which needed letters it lacks, from its words, and most words
have been seen before. Where the two meet, the answer is no, at a fiftieth of the cost. What a pattern finds is the same
with and without: only a miss is quicker. A pattern is compiled when it is first tried.

>>> stock = Pattern(r"\\b(?:stock|ore) ?piles?\\b", re.IGNORECASE)
>>> begin_document()
>>> note(words := "No heap was left at the mill.")
>>> stock.search(words), stock.search("Two stock piles")[0]
(None, 'stock piles')
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from threading import Lock
from typing import Any

from orebook.reading.needed_letters import DIGIT, needed, starts

_LONGEST_PATTERN = 2000
"""Longer ones hold whole vocabularies: to know what they need costs more than it spares."""

_LONGEST_WORD = 100
_LONGEST_TEXT = 100_000
_MOST_WORDS = 50_000
_BEGINNING = 3
"""Needed letters are found by so many first ones."""

_NONE: dict[str, int] = {}
_FEW_STARTS = 18
_ODD = "\u0130\u0131\u017f\u212a"
"""Letters that an expression without regard to capitals takes for i, s and k, and ``str.lower`` does not."""


class _Lacking:
    """Which conditions words meet and texts do not: a bit for each condition that any pattern needs.

    A bit of a text that is not set may mean that nobody has looked; so a pattern that is made late is always tried on a
    text that was noted early. Threads cannot mislead each other, because the order is kept: by what words are looked up
    grows first, then the words that are known are forgotten, then there is one more condition.
    """

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._bits: dict[tuple[str, ...], int] = {}
        self._every = 0
        self._signs: dict[str, int] = {}
        self._beginnings: dict[str, dict[str, int]] = {}

    def bit(self, letters: tuple[str, ...]) -> int:
        """The bit of a condition: one of these letters must be there."""
        if letters not in self._bits:
            bit = 1 << len(self._bits)
            for one in letters:
                if one == DIGIT:
                    self._signs |= {digit: self._signs.get(digit, 0) | bit for digit in "0123456789"}
                elif len(one) == 1:
                    self._signs[one] = self._signs.get(one, 0) | bit
                else:
                    same = self._beginnings.get(one[:_BEGINNING], _NONE)
                    self._beginnings[one[:_BEGINNING]] = {**same, one: same.get(one, 0) | bit}
            self._bits[letters] = bit
            self._words = {}
            self._every |= bit
        return self._bits[letters]

    def note(self, text: str) -> None:
        """Look at the words of a text."""
        if len(text) > _LONGEST_TEXT or (not text.isascii() and any(odd in text for odd in _ODD)):
            return
        every, known = self._every, self._words
        if len(known) > _MOST_WORDS:
            self._words = known = {}
        held = 0
        for word in set(text.lower().split()):
            bits = known.get(word)
            if bits is None:
                bits = known[word] = self._of_word(word)
            if bits:
                held |= bits
        self.texts[text] = every & ~held

    def _of_word(self, word: str) -> int:
        """The conditions that a word meets; a very long one may meet all."""
        signs, beginnings = self._signs, self._beginnings
        if len(word) > _LONGEST_WORD:
            return -1
        has = 0
        for letter in signs.keys() & word:
            has |= signs[letter]
        for at in range(len(word) - 1):
            for length in range(2, _BEGINNING + 1):
                for letters, bits in beginnings.get(word[at : at + length], _NONE).items():
                    if word.startswith(letters, at):
                        has |= bits
        if not word.isascii() and any(map(str.isdigit, word)):
            has |= signs.get("0", 0)
        return has


_lacking = _Lacking()
_lacking_of = _lacking.texts.get
_learning = Lock()
_waiting: list["Pattern | Hints"] = []


def begin_document() -> None:
    """Forget the texts of the document before, and learn what new patterns need."""
    if _waiting:
        with _learning:
            while _waiting:
                _waiting.pop().learn()
    _lacking.texts.clear()


def note(text: str) -> None:
    """Look at the words of a text of which many patterns will be asked; noted twice is looked at once."""
    if text not in _lacking.texts:
        _lacking.note(text)


class Hints:
    """Some words in small letters; a text is asked whether it holds one of them.

    >>> Hints(("ore", "as at")).within("No ore there", "no ore there")
    True
    """

    __slots__ = ("_needs", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)
        self._needs = 0
        _waiting.append(self)

    def learn(self) -> None:
        """Find out which letters must be there: of each word with blanks its longest part."""
        if self._words:
            self._needs = _lacking.bit(tuple(max(word.split(), key=len) for word in self._words))

    def within(self, text: str, small: str) -> bool:
        """Whether a text, given in its own and in small letters, holds one of the words."""
        if _lacking_of(text, 0) & self._needs:
            return False
        for word in self._words:  # noqa: SIM110 - a loop here takes half the time of any()
            if word in small:
                return True
        return False


class Pattern:
    """A regular expression with the methods of ``re.Pattern``."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags
        self._needs = 0
        self._compiled: re.Pattern[str] | None = None
        self._written = pattern
        if not flags & re.VERBOSE and len(pattern) < _LONGEST_PATTERN:
            _waiting.append(self)

    def learn(self) -> None:
        """Find out which letters must be there."""
        for letters in needed(self.pattern):
            self._needs |= _lacking.bit(tuple(letters))
        if self._compiled is None:
            self._written = _quick_start(self.pattern, self.flags)

    def compiled(self) -> re.Pattern[str]:
        """The expression itself."""
        if self._compiled is None:
            self._compiled = re.compile(self._written, self.flags)
            # at one place no look at the letters pays: from now on these two are the methods of the expression itself
            vars(self).update(match=self._compiled.match, fullmatch=self._compiled.fullmatch)
        return self._compiled

    def is_barred_by(self, text: str) -> bool:
        """Whether a text was noted and lacks letters that every match has."""
        return bool(_lacking_of(text, 0) & self._needs)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match in a text."""
        if _lacking_of(text, 0) & self._needs:
            return None
        return (self._compiled or self.compiled()).search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """A match that begins at ``start``."""
        return self.compiled().match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """A match of a whole stretch."""
        return self.compiled().fullmatch(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Every match in a text, in order."""
        if _lacking_of(text, 0) & self._needs:
            return iter(())
        return (self._compiled or self.compiled()).finditer(text, start, end)

    def findall(self, text: str, start: int = 0, end: int = sys.maxsize) -> list[Any]:
        """The words of every match, or its groups."""
        if _lacking_of(text, 0) & self._needs:
            return []
        return (self._compiled or self.compiled()).findall(text, start, end)

    def sub(self, instead: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """The text with something else in place of each match."""
        if _lacking_of(text, 0) & self._needs:
            return text
        return (self._compiled or self.compiled()).sub(instead, text, count)

    def split(self, text: str, maxsplit: int = 0) -> list[str]:
        """The pieces between the matches."""
        return list((self._compiled or self.compiled()).split(text, maxsplit))


def _quick_start(pattern: str, flags: int) -> str:
    """The expression with a look at the first letter before all else, where that spares most places.

    Without regard to capitals every alternative is compared letter by letter at every word; a set of letters is looked
    up at once. The group that looks takes nothing, so what is found stays the same.
    """
    first = starts(pattern) if flags & re.IGNORECASE else None
    if not first or len(first) > _FEW_STARTS or not all(len(one) == 1 and one.isascii() for one in first):
        return pattern
    letters = {case for one in first for case in (one.lower(), one.upper())}
    odd = _ODD if letters & {"i", "s", "k"} else ""
    return rf"(?=(?-i:[{re.escape(''.join(sorted(letters)))}{odd}]))(?:{pattern})"
