"""Intercepts of tables whose cells are words: a hole, and beside it "21.4 m" and "9.6% Zn from 3.2 m".

The cells of a row are read together as a sentence would be; the head need not say what they hold. A table is read so
only if its columns are not those of intercepts in figures, and if several rows say a length and a grade.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from orebook.ground.fact import Record, Words
from orebook.reading.drilling import build, holes, status
from orebook.reading.drilling.intercepts import Said, adopt, tie_all
from orebook.reading.drilling.mentions import Mention, mentions
from orebook.reading.drilling.pieces import pieces
from orebook.reading.drilling.scope import relations
from orebook.reading.heads import cells
from orebook.reading.heads.columns import ColumnRole, roles
from orebook.reading.language.quantities import quantities
from orebook.reading.layout import Row, Table
from orebook.reading.patterns import Pattern
from orebook.reading.readers.intercept_tables import is_of_intercepts
from orebook.reading.release import Release
from orebook.reading.text import Text, joined

ORDER = 21

_GRADED = Pattern(r"\d\s?(?:%|g/t|gpt|gpT|ppm|ppb|opt\b|oz/t|mg/L)|\d g(?:rams?|\.t)\b")
_LENGTH = Pattern(
    r"\(?\d[\d.]{0,7}\s?(?:m|ft|feet|met(?:re|er)s?)\)?(?: \([^()]{1,40}\)| from \d[\d.]{0,7} ?(?:m|ft))?"
)
_STRETCH = Pattern(r".{0,30}\d\s?(?:-|–|to)\s?\d.{0,30}")
_GRADE = Pattern(r"[<>~]?\d[\d.,]{0,8}\s?(?:%|[a-zA-Z/]{1,4}).{0,160}", re.DOTALL)
_FEWEST = 2


def records(release: Release) -> Iterable[Record]:
    """The intercepts of tables whose rows are read as words, and the holes that they call barren."""
    for order, table in enumerate(release.layout.tables(), 1):
        columns = roles(table, "drilling") if _speaks(table) else {}
        if _speaks(table) and not is_of_intercepts(columns):
            caption = table.caption.plain.strip()[:120] if table.caption else ""
            context = status.of_words(caption) or status.ANNOUNCED
            about = {"place": "table", "table": caption or str(order), "context": context}
            found = list(_of_table(release, table, columns, about))
            if sum(record.kind == "drill_intercept" for record in found) >= _FEWEST:
                yield from found


def _speaks(table: Table) -> bool:
    """Whether the cells of two rows say grades in words."""
    rows = (row for row in table.rows if any(_GRADED.search(cell.text.plain) for cell in row.cells))
    return sum(1 for row, _ in zip(rows, range(_FEWEST), strict=False)) == _FEWEST


def _of_table(
    release: Release, table: Table, columns: dict[int, ColumnRole], about: dict[str, str]
) -> Iterator[Record]:
    hole, column = "", -1
    for row in table.rows:
        named = next((cell for cell in row.cells if _name(cell.plain)), None)
        if named is not None:
            hole, column = _name(named.plain), named.column
        elif column >= 0 and row.plain(column) and not holes.relation(row.plain(column)):
            continue  # another sort of row
        if not hole:
            continue
        said = [cell.text for cell in row.cells if cell is not named and any(c.isdigit() for c in cell.plain)]
        told: list[Record] = []
        if said:
            label = {**about, "label": row.cells[0].plain}
            told = list(_of_row(release, _sentence(said), hole, label, _depths(row, columns)))
        yield from told
        if not told and named is not None:
            yield from _nothing(release, row, hole, about)


def _name(plain: str) -> str:
    """The name of a hole that a cell holds and nothing else."""
    said = plain.strip(" *†‡^#:")
    named = holes.find(said)
    return named[0][2] if len(named) == 1 and named[0][:2] == (0, len(said)) else ""


def _sentence(said: Sequence[Text]) -> Text:
    """The cells of a row as one sentence: a length at a grade, a grade over a length."""
    whole = said[0]
    for before, text in pairwise(said):
        left, right = before.plain.strip(), text.plain.strip()
        if (_LENGTH.fullmatch(left) or _STRETCH.fullmatch(left)) and _GRADE.fullmatch(right):
            whole = joined([whole, text], " at ")
        elif _GRADE.fullmatch(left) and _LENGTH.fullmatch(right):
            whole = joined([whole, text], " over ")
        elif _GRADE.fullmatch(left) and _GRADE.fullmatch(right):
            whole = joined([whole, text], ", ")
        else:
            whole = joined([whole, text], "; ")
    return whole


def _depths(row: Row, columns: dict[int, ColumnRole]) -> list[tuple[str, Said]]:
    """The depths that have a column of their own beside the words: one figure, or two in one cell."""
    found: list[tuple[str, Said]] = []
    for cell in row.cells:
        role = columns.get(cell.column)
        if role is None or role.measure not in ("drilling.from", "drilling.to"):
            continue
        name = [role.measure] if role.measure == "drilling.to" else ["drilling.from", "drilling.to"]
        plain = _UNIT.sub("", cell.text.plain)
        numbers = cells.pair(cell.text) or (cells.number(cell.text.slice(0, len(plain))),)
        for measure, number in zip(name, numbers, strict=False):
            if number:
                figure = number.figure(role.unit or "m")
                found.append((measure, Said(figure, cell.text, number.start, number.end, {"column": role.header})))
    return found


_UNIT = Pattern(r"(?<=\d)\s?(?:m|ft|metres|meters|feet)\s*$")


def _of_row(
    release: Release, text: Text, hole: str, about: dict[str, str], beside: Sequence[tuple[str, Said]]
) -> Iterator[Record]:
    plain = text.plain
    found: list[Mention] = mentions(plain, pieces(plain, quantities(plain)))
    done: list[Record] = []
    for mention, relation in zip(found, relations(plain, found), strict=True):
        part = relation in ("including", "or including") and bool(done)
        made = build.intercept(mention, text, hole, "including" if part else "primary", about)
        if not done and not made.first("drilling.from"):
            for measure, said in beside:
                made.add(measure, said)
        if made.has_grade:
            record = made.record(release)
            if part:
                adopt(record, done)
            done.append(record)
    tie_all(done)
    yield from done


def _nothing(release: Release, row: Row, hole: str, about: dict[str, str]) -> Iterator[Record]:
    for cell in row.cells:
        if span := cells.nothing(cell.text):
            fact = release.fact("drilling.nothing", Words(cell.text.plain[slice(*span)]), cell.text, *span)
            yield release.record("drill_no_significant", [fact], hole=hole, **about)
            return
