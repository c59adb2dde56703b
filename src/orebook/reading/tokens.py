"""Tokens: the words and numbers of a document one after the other, each with its place; and of two which are the same.

A text that was edited is put beside the one before by its lines (paragraphs, rows of tables) and, where those differ,
by their words.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from orebook.reading.layout import Block, Layout
from orebook.reading.text import Text, inline

_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W\d_]+|[^\w\s]")


class Token(NamedTuple):
    """A word, a number or a sign, and its place in the document."""

    word: str
    start: int
    end: int


Line = list[Token]


def tokens_of(words: str) -> Line:
    """The tokens of some words, written as documents are read: one kind of blank, lowered digits on the line.

    >>> [token.word for token in tokens_of("29.14 m at 253 ppm Sc₂O₃")]
    ['29.14', 'm', 'at', '253', 'ppm', 'Sc', '2', 'O', '3']
    """
    return list(_of_text(inline(words, 0, len(words), markup=False)))


def _of_text(text: Text) -> Iterator[Token]:
    for found in _TOKEN.finditer(text.plain):
        yield Token(found[0], *text.span(*found.span()))


def lines_of(layout: Layout) -> list[Line]:
    """The lines of a document: its paragraphs, and the rows of its tables with captions and notes."""
    return [line for block in layout.blocks for line in _lines(block) if line]


def _lines(block: Block) -> Iterator[Line]:
    table = block.table
    if table is None:
        yield list(_of_text(block.text))
        return
    if table.caption is not None:
        yield list(_of_text(table.caption))
    for row in (*table.header_rows, *table.rows):
        yield [token for cell in row.cells for token in _of_text(cell.text)]
    for note in table.notes:
        yield list(_of_text(note))


def same_tokens(before: Sequence[Line], after: Sequence[Line]) -> dict[int, int]:
    """Which tokens of the one text, counted through, are which of the other.

    >>> same_tokens([tokens_of("29.14 m here")], [tokens_of("now 29.41 m here")])
    {1: 2, 2: 3}
    """
    first = [tuple(token.word for token in line) for line in before]
    second = [tuple(token.word for token in line) for line in after]
    starts = _starts(before), _starts(after)
    found: dict[int, int] = {}
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        at, other = starts[0][a], starts[1][c]
        if kind == "equal":
            found |= {at + n: other + n for n in range(starts[0][b] - at)}
        elif kind == "replace":
            words = [word for line in first[a:b] for word in line], [word for line in second[c:d] for word in line]
            found |= {at + one: other + two for one, two in _same_words(*words).items()}
    return found


def _same_words(before: list[str], after: list[str]) -> dict[int, int]:
    """Which words are the same: first those between the same neighbours, then what is left between those."""
    found: dict[int, int] = {}
    one = two = 0
    near = SequenceMatcher(None, _with_neighbours(before), _with_neighbours(after), autojunk=False)
    for at, other, size in near.get_matching_blocks():
        plain = SequenceMatcher(None, before[one:at], after[two:other], autojunk=False)
        for more, its, length in plain.get_matching_blocks():
            found |= {one + more + n: two + its + n for n in range(length)}
        found |= {at + n: other + n for n in range(size)}
        one, two = at + size, other + size
    return found


def _with_neighbours(words: list[str]) -> list[str]:
    """Each word with the one before and the one behind it: words that are common stand between others that are not."""
    return [" ".join(words[max(at - 1, 0) : at + 2]) for at in range(len(words))]


def _starts(lines: Sequence[Line]) -> list[int]:
    """With which token each line begins, and after the last one the count of all."""
    found = [0]
    for line in lines:
        found.append(found[-1] + len(line))
    return found
