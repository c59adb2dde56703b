"""Tables that were written one cell to a line, with blank lines between the cells or without.

Nothing parts the rows but their sameness: as many cells as the header has, words and values in the same places. A pile
is read as a table only if its first line is a word that tables are headed by, or a period, and only as far as its rows
are alike.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from string import punctuation

from orebook.ground.source import Document
from orebook.reading.layout import Table, piled_units
from orebook.reading.layout.bullets import bullet
from orebook.reading.layout.lines import Line
from orebook.reading.layout.tables import draft, table
from orebook.reading.layout.values import is_holder, is_name, is_period, is_value, is_year
from orebook.reading.patterns import Pattern
from orebook.reading.text import Text, cleaned, joined

_LONGEST = 60
LONGEST_HEAD = 30
_LOOKED_AT = 120
"""So many cells decide whether there is a table."""
_FIRST = 4
_PUNCTUATION = punctuation + " "
_FEWEST_ROWS = 2
_LOST = -1
"""In place of the number of a line: a cell that was not written."""
_UNITS = frozenset({"unit", "units", "uom"})
_CATEGORIES = frozenset({"measured", "indicated", "inferred", "proved", "proven", "probable"})
_UNIT_ALONE = Pattern(r"[(\[][^()\[\]]{1,20}[)\]]|%|[a-z/]{1,4}")
_NOTHING = Pattern(
    r"N\.?S\.?[IRAV]\.?$|no significant\b|nil\b|did not (?:intersect|reach)\b|(?:assays? )?(?:pending|awaited)\b"
    r"|barren\b|abandoned\b|not (?:sampled|assayed)\b",
    re.IGNORECASE,
)
_NO_LETTER = Pattern(r"[^a-z0-9 ]+")

Pile = list[Line]


@cache
def _heads() -> frozenset[str]:
    """Words that stand at the head of a first column, as the vocabulary of measures has them."""
    folder = files("orebook.ground").joinpath("tables")
    said: set[str] = set()
    for name, columns in (("collars", ("hole",)), ("drilling", ("hole",)), ("resources", ("deposit", "category"))):
        rows = csv.DictReader(folder.joinpath(f"{name}.csv").read_text(encoding="utf-8").splitlines())
        for row in rows:
            if row["column"] in columns:
                said.update(row["spoken"].split("|"))
    return frozenset(said | {"sample", "sample id", "target", "drill hole number", "hole no"})


@cache
def _first_letters() -> frozenset[str]:
    return frozenset(head[:_FIRST] for head in _heads())


def heads(line: Line) -> bool:
    """Whether a line could be the first cell of a table that was written one cell to a line."""
    small = line.words.lower()
    return _is_hole_head(small) or _is_period_alone(line.words, small) or piled_units.is_head(line.words)


def is_hole_head(line: Line) -> bool:
    """Whether a line is a word that stands over a column of holes, deposits or categories."""
    return _is_hole_head(line.words.lower())


def _is_hole_head(small: str) -> bool:
    """Whether words in small letters are such a head; most words are told by their first letters."""
    if len(small) > LONGEST_HEAD:
        return False
    first = small.lstrip(_PUNCTUATION)[:_FIRST]
    if first.isalpha() and first.isascii() and first not in _first_letters():
        return False
    return " ".join(_NO_LETTER.sub(" ", small).split()) in _heads()


def _is_period_alone(words: str, small: str) -> bool:
    """Whether a line is nothing but a period or the head of a column of units, as where the labels have no head."""
    return len(words) <= 24 and (small in _UNITS or (words.count(" ") <= 3 and is_period(words)))


def starts_head(line: Line) -> int:
    """How many words at the beginning of a line stand over a column of holes, deposits or categories; 0 in prose."""
    if len(line.words) > 120 or line.words[-1:] in (".", ":", ","):
        return 0
    words = _NO_LETTER.sub(" ", " ".join(line.words.lower().split()[:2])).split()
    return next((count for count in (2, 1) if len(words) >= count and " ".join(words[:count]) in _heads()), 0)


def table_at(document: Document, lines: Sequence[Line], at: int) -> tuple[Table | None, int]:
    """The table that starts on a line, and the number of the first line after it; without one, the next line."""
    pile = [lines[number] for number, _ in zip(_cells(lines, at), range(_LOOKED_AT), strict=False)]
    if listed := piled_units.shape([line.words for line in pile]):
        return _listed(document, pile, listed, _number_after(lines, at, listed))
    shape = _shape(document, pile)
    if shape is None:
        return None, at + 1
    header, begin, kinds = shape
    numbers = list(_cells(lines, at))
    rows = _rows(lines, numbers, begin, kinds)
    last = rows[-1][-1]
    drafts = [draft(header)]
    nothing = header[0].slice(0, 0)
    drafts.extend(
        draft([nothing if number == _LOST else _text(document, lines[number]) for number in row]) for row in rows
    )
    return table(drafts, "cells", lines[at].start, lines[last].end, ruled=1), last + 1


def _number_after(lines: Sequence[Line], at: int, listed: piled_units.Shape) -> int:
    """The number of the line behind the last cell of a list."""
    last = listed.rows[-1][-1]
    return next(number for place, number in enumerate(_cells(lines, at)) if place == last) + 1


def _listed(document: Document, pile: Pile, listed: piled_units.Shape, after: int) -> tuple[Table, int]:
    """A list with a column of units, or of names and figures, as a table."""
    texts = [_text(document, line) for line in pile]
    drafts = [draft([joined([texts[n] for n in cell]) if len(cell) > 1 else texts[cell[0]] for cell in listed.head])]
    drafts.extend(draft([texts[n] for n in row]) for row in listed.rows)
    last = listed.rows[-1][-1]
    return table(drafts, "cells", pile[0].start, pile[last].end, ruled=1), after


def _rows(lines: Sequence[Line], numbers: Sequence[int], begin: int, kinds: Sequence[bool]) -> list[list[int]]:
    """The rows as numbers of lines; one that says that there is nothing has two cells, one over other rows has one."""
    rows: list[list[int]] = []
    first = begin
    while first < len(numbers):
        row = numbers[first : first + len(kinds)]
        if len(row) < len(kinds) or not _alike([lines[number].words for number in row], kinds):
            below = [lines[number].words for number in numbers[first + 1 : first + 1 + len(kinds)]]
            row = row[:2]
            if len(row) == 2 and is_name(lines[row[0]].words) and _NOTHING.match(lines[row[1]].words):
                pass
            elif rows and _is_unnamed(lines, numbers, first, kinds):
                rows.append([_LOST, *numbers[first : first + len(kinds) - 1]])
                first += len(kinds) - 1
                continue
            elif size := _torn(lines, numbers, first, kinds):
                first += size  # some of its cells are lost, and nothing tells which
                continue
            elif (
                (rows or first == begin)
                and row
                and len(below) == len(kinds)
                and _alike(below, kinds)
                and not _is_value(lines[row[0]].words)
            ):
                row = row[:1]
            else:
                break
        rows.append(list(row))
        first += len(row)
    return rows


def _is_unnamed(lines: Sequence[Line], numbers: Sequence[int], first: int, kinds: Sequence[bool]) -> bool:
    """Whether the values of a whole row stand here without a name before them, as where it is said once for many."""
    count = len(kinds) - 1
    row = [lines[number].words for number in numbers[first : first + count]]
    if kinds[0] or len(row) < max(count, 3) or not _alike(row, kinds[1:]):
        return False
    below = [lines[number].words for number in numbers[first + count : first + 2 * count]]
    return not below or not _is_value(below[0]) or (len(below) == count and _alike(below, kinds[1:]))


def _torn(lines: Sequence[Line], numbers: Sequence[int], first: int, kinds: Sequence[bool]) -> int:
    """How many cells a row has that lost some and is followed by a whole one; 0 where there is no such row."""
    if kinds[0] or sum(kinds) < len(kinds) - 1 or _is_value(lines[numbers[first]].words):
        return 0
    for size in range(3, len(kinds)):
        below = [lines[number].words for number in numbers[first + size : first + size + len(kinds)]]
        torn = [lines[number].words for number in numbers[first + 1 : first + size]]
        if len(torn) == size - 1 and all(map(_is_value, torn)) and below and not _is_value(below[0]):
            told = len(below) > 1 and is_name(below[0]) and _NOTHING.match(below[1])
            return size if told or (len(below) == len(kinds) and _alike(below, kinds)) else 0
    return 0


def _cells(lines: Sequence[Line], at: int) -> Iterator[int]:
    """The numbers of the lines that could be cells of one table."""
    blank = 0
    for number in range(at, len(lines)):
        words = lines[number].words
        if not words:
            blank += 1
            if blank > 2:
                return
            continue
        blank = 0
        if len(words) > _LONGEST or "|" in words or "\t" in words or bullet(words):
            return
        if words.endswith((".", ";")) and " " in words and len(words) > 30:
            return
        yield number


def _shape(document: Document, pile: Pile) -> tuple[list[Text], int, list[bool]] | None:
    """The header, where the rows begin, and for each column whether it holds values."""
    values = [_is_value(line.words) for line in pile]
    periods = next(
        (place for place, line in enumerate(pile) if not _is_period_alone(line.words, line.words.lower())), 0
    )
    if periods > 1:
        texts = [_text(document, line) for line in pile[:periods]]
        for begin in (periods, periods + 1):
            kinds = values[begin : begin + periods + 1]
            if sum(kinds) > 1 and not kinds[0] and _alike_rows(pile, begin, kinds) >= _FEWEST_ROWS:
                return [texts[0].slice(0, 0), *texts], periods, kinds
        return None
    first = next((place for place, value in enumerate(values) if value), 0)
    if sum(line.words.lower() in _CATEGORIES for line in pile[: max(first - 1, 0)]) > 1:
        return None  # categories over groups of columns: heads in two rows
    shifted: tuple[list[Text], int, list[bool]] | None = None
    for labels in (1, 2, 3):
        begin = first - labels
        if begin < 2:
            return None
        apart = [_text(document, line) for line in pile[:begin]]
        for header in (_with_units(apart), apart):
            kinds = values[begin : begin + len(header)]
            alike = _alike_rows(pile, begin, kinds) if len(kinds) > 2 else 0
            if alike >= _FEWEST_ROWS and sum(kinds) > 1 and len(kinds) == len(header):
                if not _shifted(pile, begin, kinds, alike):
                    return header, begin, kinds
                shifted = shifted or (header, begin, kinds)
    return shifted


def _shifted(pile: Pile, begin: int, kinds: Sequence[bool], alike: int) -> bool:
    """Whether the first cell of the rows stands at the end of each one before, so that the head ends with a name.

    Then the name comes again among the last cells, or the last row lacks just that one.
    """
    if kinds[-1] or kinds[0]:
        return False
    width, last = len(kinds), pile[begin - 1].words
    ends = [pile[begin + width * at + width - 1].words for at in range(alike)]
    rest = [line.words for line in pile[begin + width * alike : begin + width * (alike + 1)]]
    short = (
        len(rest) >= width - 1
        and _alike(rest[: width - 1], kinds[:-1])
        and (len(rest) < width or not _alike(rest, kinds))
    )
    return last in ends or short


def _alike_rows(pile: Pile, begin: int, kinds: Sequence[bool]) -> int:
    """How many rows from a place on are alike."""
    width, alike = len(kinds), 0
    for start in range(begin, len(pile) - width + 1, width):
        if not _alike([line.words for line in pile[start : start + width]], kinds):
            break
        alike += 1
    return alike


def _with_units(apart: Sequence[Text]) -> list[Text]:
    """Heads whose units were written on lines of their own, each behind its head or all of them behind the last."""
    behind = next((n for n, words in enumerate(reversed(apart)) if not _UNIT_ALONE.fullmatch(words.plain)), len(apart))
    named = len(apart) - behind
    if behind > 1 and 0 <= named - behind <= 1:
        bare = apart[: named - behind]
        return [*bare, *(joined(pair) for pair in zip(apart[named - behind : named], apart[named:], strict=True))]
    header: list[Text] = []
    for words in apart:
        if header and _UNIT_ALONE.fullmatch(words.plain):
            header[-1] = joined([header[-1], words])
        else:
            header.append(words)
    return header


def _alike(row: Sequence[str], kinds: Sequence[bool]) -> bool:
    """Whether a row has values where values belong, and words where words belong."""
    return all(
        _is_value(words) or is_year(words) if value else not is_value(words)
        for words, value in zip(row, kinds, strict=True)
    )


def _is_value(words: str) -> bool:
    return is_value(words) or is_holder(words)


def _text(document: Document, line: Line) -> Text:
    return cleaned(document.text, line.start, line.end)
