"""Words of a stream: a page of estimates that has lost its columns, as words and numbers in the order of reading.

A number of the stream stands alone between blanks; "(000s)", "U3O8" and "43-101" are words. A unit right behind a
number belongs to it, and so does the metal behind that unit.

>>> from orebook.reading.text import inline
>>> said = "Tonnes (kt) Pipe 4 Indicated 1,850(2) - 62% 3.5 g/t Au"
>>> [(word.plain, str(word.value or ""), word.unit) for word in words_of(inline(said, 0, len(said)))][1:5]
[('(kt)', '', ''), ('Pipe', '', ''), ('4', '4', ''), ('Indicated', '', '')]
>>> [(word.plain, word.dash, word.unit) for word in words_of(inline(said, 0, len(said)))][-3:]
[('-', True, ''), ('62', False, '%'), ('3.5', False, 'g/t')]
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from orebook.reading.heads.unit_words import unit_of
from orebook.reading.language import analytes
from orebook.reading.layout import Block, Table
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release
from orebook.reading.text import Text

_WORD = Pattern(r"\([^()\s]{1,20}(?: [^()\s]{1,20}){0,4}\)|\S+")
_NUMBER = Pattern(
    r"[~<>≈+]?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?|\.\d{1,6})(?P<percent>%)?"
    r"(?:\(\d{1,2}(?:,\d{1,2}){0,3}\)|[*†‡]{1,3})?"
)
_LESS = Pattern(r"[-−–](?P<digits>\d{1,3}(?:\.\d{1,2})?)%?")
_DASHES = frozenset({"-", "–", "—", "--", "−"})
_SHORT_UNITS = Pattern(r"(?:Mt|kt|t|koz|Koz|Moz|oz|g/t|gpt|%|ppm|ppb|Mlbs?|klbs?|Mct|kg/t|mg/[Ll]|cpht)$")
_SIGN = Pattern(
    r"(?:^|[^\d\s,.]\s?)\(?(?:Mt|kt|koz|Koz|Moz|Mozs|Mlbs?|klbs?|g/t|gpt|Mct)\b|\b[Tt]onn(?:es|age)\b|\b[Tt]ons\b"
)


class Word(NamedTuple):
    """A word or a number of a stream, where it stands; ``first`` says that a block of the page begins with it."""

    plain: str
    text: Text
    start: int
    end: int
    value: Decimal | None = None
    unit: str = ""
    analyte: str = ""
    dash: bool = False
    first: bool = False

    @property
    def cell(self) -> bool:
        """Whether it fills a cell: a number, or a dash where there is none."""
        return self.dash or self.value is not None


Stream = tuple[list[Block], list[Word]]
"""A run of blocks without a table, and its words."""


def streams(release: Release) -> list[Stream]:
    """Every run of blocks without a table that names tonnes or ounces, with its words."""
    return release.once("streams of estimates", lambda: list(_streams(release)))


def _streams(release: Release) -> Iterator[Stream]:
    run: list[Block] = []
    for block in [*release.layout.blocks, None]:
        if block is not None and block.kind != "front" and (block.table is None or _headless(block.table)):
            run.append(block)
            continue
        if any(_SIGN.search(said) for one in run for said in _said(one)) and any(map(_names_category, run)):
            yield run, _settled([word for one in run for word in _words(one)])
        run = []


def _headless(table: Table) -> bool:
    """Whether a table has lost its heads, or that of its labels: they may stand in a line above it."""
    return table.how != "pipes" and not any(table.header[:1])


_CATEGORY = re.compile(
    r"\b(?:Measured|Indicated|Inferred|Proved|Proven|Probable|MEASURED|INDICATED|INFERRED|PROVED|PROVEN|PROBABLE|"
    r"Meas|Ind|Inf|M ?[&+] ?I|P ?[&+] ?P)\b"
)


def _names_category(block: Block) -> bool:
    """Whether a block names a category; without one nothing is an estimate."""
    if block.table is None:
        return _CATEGORY.search(block.plain) is not None
    rows = [*block.table.header_rows, *block.table.rows]
    return any(_CATEGORY.search(cell.plain) for row in rows for cell in row.cells[:2])


def _said(block: Block) -> Iterator[str]:
    """The words of a block; of a table those of its heads."""
    if block.table is None:
        yield block.plain
    else:
        yield from (word for words in block.table.header for word in words)


def _words(block: Block) -> list[Word]:
    if block.table is None:
        return words_of(block.text)
    rows = [*block.table.header_rows, *block.table.rows]
    return [word for row in rows for cell in row.cells for word in words_of(cell.text)]


def words_of(text: Text) -> list[Word]:
    """The words and numbers of a text."""
    found: list[Word] = []
    for at, said in enumerate(_WORD.finditer(text.plain)):
        word = _word(text, said, first=not at)
        if found and _behind(found[-1], word):
            found[-1] = _with(found[-1], word)
        else:
            found.append(word)
    return found


def _settled(words: list[Word]) -> list[Word]:
    """Words whose dashes are cells only where they stand beside a number or another dash."""
    return [
        word._replace(dash=False) if word.dash and not _among_cells(words, at) else word
        for at, word in enumerate(words)
    ]


def _among_cells(words: list[Word], at: int) -> bool:
    """Whether a dash stands beside a number or another dash; between words it parts a name."""
    before, after = words[at - 1] if at else None, words[at + 1] if at + 1 < len(words) else None
    return bool((before and before.cell) or (after and after.cell and after.plain != "--"))


def _word(text: Text, said: re.Match[str], *, first: bool) -> Word:
    plain, start, end = said[0], said.start(), said.end()
    if plain in _DASHES:
        return Word(plain, text, start, end, dash=True, first=first)
    number = None if plain[0].isalpha() else _NUMBER.fullmatch(plain) or _LESS.fullmatch(plain)
    if not number:
        return Word(plain, text, start, end, first=first)
    begin, stop = start + number.start("digits"), start + number.end("digits")
    return Word(
        text.plain[begin:stop], text, begin, stop, Decimal(number["digits"].replace(",", "")),
        unit="%" if plain.endswith("%") else "", first=first,
    )  # fmt: skip


def _behind(number: Word, word: Word) -> bool:
    """Whether a word is the unit of the number before it, or the metal of that unit."""
    if number.value is None or word.cell or word.first or number.analyte:
        return False
    if not number.unit:
        return _SHORT_UNITS.match(word.plain) is not None
    return number.unit != "%" and bool(analytes.analyte(word.plain)) and word.plain[0].isupper()


def _with(number: Word, word: Word) -> Word:
    if number.unit:
        return number._replace(analyte=analytes.analyte(word.plain))
    return number._replace(unit=unit_of(word.plain))
