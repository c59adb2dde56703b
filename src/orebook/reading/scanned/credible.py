"""Credible words: what recognition makes of photographs, maps and stamps is left out.

A word is judged by how sure the program is of it and of the line in which it stands; letters that are seen in the
leaves of a tree are seen unsurely, and among others of their kind.
"""

from collections.abc import Sequence

from orebook.reading.scanned.tesseract import Seen, sense

LEAST_SENSE = 0.55
"""A page that makes less sense than this is a photograph, a map, or too poor a copy."""
PLAIN_SENSE = 0.8
"""A picture among the text of a page must make so much: a map with grades all over it makes less, a table more."""
_GOOD_LINE, _FAIR_LINE = 0.75, 0.5
_SHORT = 2
_PLAIN, _FAIR, _SHORT_FAIR, _POOR = 0.4, 0.7, 0.9, 0.9
_PAGE_OF_TEXT = 0.88
_ANY = 0.2
"""On a page of text, words are left out only if they are nothing but guesses."""


def credible(seen: Sequence[Seen]) -> list[Seen]:
    """The words of a page that are worth keeping.

    >>> words = ("gold", 0.96, 0), ("grade", 0.95, 0), ("leaf", 0.5, 1), ("x", 0.6, 1), ("}a", 0.2, 1)
    >>> [word.text for word in credible([Seen(0, 0, 9, 9, *word) for word in words])]
    ['gold', 'grade']
    """
    if sense(seen) >= _PAGE_OF_TEXT:
        return [word for word in seen if word.sure >= _ANY]
    lines: dict[int, list[Seen]] = {}
    for word in seen:
        lines.setdefault(word.line, []).append(word)
    senses = {number: sense(words) for number, words in lines.items()}
    return [word for word in seen if word.sure >= _needed(word, senses[word.line])]


def _needed(word: Seen, line: float) -> float:
    """How sure the program must be of a word in a line that makes so much sense."""
    letters = sum(map(str.isalnum, word.text))
    if line >= _GOOD_LINE:
        return _PLAIN
    if line >= _FAIR_LINE:
        return _FAIR if letters > _SHORT else _SHORT_FAIR
    return _POOR if letters > _SHORT else 1.0
