"""Columns: what each column of a table holds, told by the words above it.

The words are those of ``ground/tables``; a header may also name an analyte (``Zn %``), a unit (``From (m)``) or a grid.

>>> heading("Sc2O3 (ppm)", "drilling")
ColumnRole(measure='drilling.grade', unit='ppm', analyte='Sc2O3', header='Sc2O3 (ppm)')
>>> heading("UTM East NAD83 Zone 11N", "collars").measure, heading("EOH Depth(m)", "collars").unit
('collars.easting', 'm')
>>> heading("True", "Width (m)", tables=("drilling",)).measure
'drilling.true_thickness'
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from orebook.ground import units
from orebook.ground.schema import tables as book_tables
from orebook.reading.drilling.rare_earths import Head, columns_of_shares
from orebook.reading.heads.headwording import NO_WORD, analyte_of, from_key, is_share, known_unit, plain_words, unit_of
from orebook.reading.language import analytes
from orebook.reading.layout import Table
from orebook.reading.patterns import Pattern


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """What a column holds: a measure of the vocabulary, the unit of its figures, the analyte; nothing where unknown.

    ``header`` is the words above the column as printed, the rows of the header joined by `` | ``.
    """

    measure: str = ""
    unit: str = ""
    analyte: str = ""
    header: str = ""

    @property
    def name(self) -> str:
        """The measure without its table: ``from`` of ``drilling.from``."""
        return self.measure.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Column:
    """A row of a file of ``ground/tables``: a measure, its unit, and how people say it."""

    measure: str
    type: str
    unit: str
    spoken: tuple[str, ...]


@cache
def vocabulary(table: str) -> tuple[Column, ...]:
    """The measures of one table of the vocabulary, as ``ground/tables`` lists them.

    >>> vocabulary("collars")[0].measure
    'collars.hole'
    """
    text = files("orebook.ground").joinpath("tables", f"{table}.csv").read_text(encoding="utf-8")
    return tuple(
        Column(f"{table}.{row['column']}", row["type"], row["unit"], tuple(filter(None, row["spoken"].split("|"))))
        for row in csv.DictReader(text.splitlines())
    )


_NOTE = Pattern(r"(?<=[A-Za-z)\]%])\s?[*†‡§]+|(?<=[a-z)])\s\d(?=\s|$)|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|(?<=[a-z]\.)\d(?=\s|$|\()")
_GRAM_METRES = Pattern(r"\b(?:g/?t|gpt|g|gram)\s?[-*x×·.]\s?(?:m\b|met)|\bgxm\b", re.IGNORECASE)
_OTHER_PRODUCT = Pattern(
    r"\b(?:m|ft|feet|met(?:re|er)s?)\s?[-x×*]\s?(?:%|ppm)|(?:%|ppm)\s?[-x×*]\s?(?:m|ft|feet)\b"
    r"|\b(?:m|ft)%|%(?:m|ft)\b",
    re.IGNORECASE,
)
"""Grade times length in percent or in feet, for which there is no unit."""


@cache
def heading(*words: str, tables: tuple[str, ...] = ()) -> ColumnRole:
    """What one column holds: the words above it from the top row down, the last of them the tables to look in.

    >>> heading("Gold (Au g/t)", tables=("drilling",))
    ColumnRole(measure='drilling.grade', unit='g/t', analyte='Au', header='Gold (Au g/t)')
    """
    if not tables:
        words, tables = words[:-1], words[-1:]
    rows = [" ".join(_NOTE.sub("", _unkeyed(word)).split()) for word in words if word.strip()]
    whole, printed = " ".join(rows), " | ".join(rows)
    if _GRAM_METRES.search(whole) and "drilling" in tables:
        return ColumnRole("drilling.gram_metres", "g/t m", analyte_of(rows), printed)
    if _OTHER_PRODUCT.search(whole) and "drilling" in tables:
        return ColumnRole("", "", "", printed)
    unit, analyte = unit_of(rows), analyte_of(rows)
    measure = _measure(rows, tables, exact=True) if not (analyte and is_share(unit) and not _more(whole)) else ""
    if not measure and not analyte:
        measure = _measure(rows, tables, exact=False)
    if not measure and analyte:
        measure = _assay(unit, tables)
    if not measure:
        measure = _measure(rows, tables, exact=False)
    return ColumnRole(measure, unit, analyte, printed)


def _unkeyed(word: str) -> str:
    """The words of a head, also of one that is a key ("cu_pct")."""
    return from_key(word) if "_" in word and " " not in word.strip() else word.replace("_", " ")


def roles(table: Table, *tables: str) -> dict[int, ColumnRole]:
    """What each column of a table holds, by the words of its header; columns without a meaning are left out.

    ``tables`` are those of the vocabulary to look in, the more likely first. Where a header has no unit the caption may
    have one, else a column beside it that measures the same kind of thing; the second of two lengths is the true
    thickness.
    """
    found: dict[int, ColumnRole] = {}
    for column, words in enumerate(table.header):
        said = (" ".join(word.split()) for word in words)
        role = heading(*(from_key(word) if table.how == "data" else word for word in said), tables=tables)
        if role.measure or role.analyte or role.unit:
            found[column] = role
    return _shares(_with_units(_second_length(_once(found)), table, tables), table)


def _shares(found: dict[int, ColumnRole], table: Table) -> dict[int, ColumnRole]:
    """Columns of magnet or heavy rare earths in percent of all rare earths are no grades."""
    heads = {
        column: Head(role.analyte, role.unit, role.header)
        for column, role in found.items()
        if role.measure == "drilling.grade"
    }
    shares = columns_of_shares(heads, table)
    return {
        column: replace(role, measure="drilling.share") if column in shares else role for column, role in found.items()
    }


def _once(found: dict[int, ColumnRole]) -> dict[int, ColumnRole]:
    """The first of two columns for one name or depth keeps it; a grade may stand as often as it likes."""
    seen: set[str] = set()
    kept: dict[int, ColumnRole] = {}
    for column, role in found.items():
        single = role.name in ("hole", "from", "to", "easting", "northing", "elevation", "azimuth", "dip", "depth")
        kept[column] = replace(role, measure="") if single and role.measure in seen else role
        seen.add(role.measure)
    return kept


def _second_length(found: dict[int, ColumnRole]) -> dict[int, ColumnRole]:
    lengths = [column for column, role in found.items() if role.measure == "drilling.length"]
    true = any(role.measure == "drilling.true_thickness" for role in found.values())
    for column in lengths[1:]:
        found[column] = replace(found[column], measure="" if true else "drilling.true_thickness")
        true = True
    return found


def _with_units(found: dict[int, ColumnRole], table: Table, tables: Iterable[str]) -> dict[int, ColumnRole]:
    """Fill in units: of a grade from the caption, of a length from its siblings or the vocabulary."""
    usual = {column.measure: column.unit for name in tables for column in vocabulary(name)}
    lengths = [r.unit for r in found.values() if r.unit and units.unit(r.unit).dimension == (("length", 1),)]
    said = _stated_unit(table)
    for column, role in found.items():
        if role.unit or not role.measure:
            continue
        default = usual.get(role.measure, "")
        if default == "m":
            found[column] = replace(role, unit=lengths[0] if lengths else "m")
        elif role.analyte and is_share(said):
            found[column] = replace(role, unit=said)
        elif role.analyte.endswith("Eq"):
            found[column] = replace(role, unit=_unit_of(found, role.analyte.removesuffix("Eq")))
        elif default and units.known(default):
            found[column] = replace(role, unit=default)
    return found


_IN_UNIT = Pattern(r"\bin (?P<unit>ppm|ppb|g/t|gpt|oz/ton|opt|wt\.? ?%|%|per ?cent)(?![\w/])")


def _stated_unit(table: Table) -> str:
    """The unit of grades that the caption or the notes give for all columns without one."""
    caption = table.caption.plain if table.caption else ""
    if found := unit_of([caption]):
        return found
    for words in (caption, *(note.plain for note in table.notes)):
        if stated := _IN_UNIT.search(words):
            return known_unit(stated["unit"]) or "%"
    return ""


def _unit_of(found: dict[int, ColumnRole], analyte: str) -> str:
    """The unit in which a table gives an analyte: an equivalent is said in the unit of its metal."""
    return next((role.unit for role in found.values() if role.analyte == analyte and role.unit), "")


def spoken_in(words: str, table: str) -> list[ColumnRole]:
    """The columns that a head names which has run together into one line, in the order in which it names them.

    >>> [role.name for role in spoken_in("Hole ID East North RL Azimuth Dip Depth (m)", "collars")]
    ['hole', 'easting', 'northing', 'elevation', 'azimuth', 'dip', 'depth']
    >>> [(role.name, role.analyte, role.unit) for role in spoken_in("From To Width Cu (%) Au_ppb", "drilling")]
    [('from', '', 'm'), ('to', '', 'm'), ('length', '', 'm'), ('grade', 'Cu', '%'), ('grade', 'Au', 'ppb')]
    """
    spoken = _spoken((table,))
    said = [word for word in re.split(r"[\s_]+", words) if word]
    found: list[ColumnRole] = []
    at = 0
    while at < len(said):
        size, measure = _phrase(said, at, spoken)
        if measure == "drilling.grade" and at + size < len(said) and said[at + size].startswith("("):
            at, size, measure = at + size, 0, ""  # the analyte is said behind it: "Grade (Au g/t)"
        bare, glued = _unit_behind(said[at])
        name = "" if measure else _symbol(bare)
        if measure:
            found.append(ColumnRole(measure, _usual_unit(table, measure), "", " ".join(said[at : at + size])))
        elif name and table == "drilling":
            unit = glued or (known_unit(said[at + 1].strip("()[]")) if at + 1 < len(said) else "")
            found.append(ColumnRole("drilling.grade", unit if is_share(unit) else "", name, said[at]))
        at += max(size, 1)
    return found


def _phrase(said: list[str], at: int, spoken: dict[str, str]) -> tuple[int, str]:
    """The longest words of a column that begin at a place."""
    for size in range(min(4, len(said) - at), 0, -1):
        phrase = plain_words(" ".join(said[at : at + size]))
        if len(phrase) == 1 and said[at].islower():
            continue  # a letter that broke off a word
        if phrase in spoken and not any(word.startswith("(") for word in said[at + 1 : at + size]):
            return size, spoken[phrase]
    return 0, ""


_GLUED_UNIT = Pattern(r"(?P<bare>[A-Z]\w{0,6})(?P<unit>%|ppm|ppb|g/t)")


def _unit_behind(word: str) -> tuple[str, str]:
    """A word and the unit that is glued to its end: "Cu%"."""
    found = _GLUED_UNIT.fullmatch(word)
    return (found["bare"], known_unit(found["unit"])) if found else (word, "")


def _symbol(word: str) -> str:
    said = word.strip("*:,;.(")
    return analytes.analyte(said) if said[:1].isupper() else ""


def _usual_unit(table: str, measure: str) -> str:
    return next((c.unit for c in vocabulary(table) if c.measure == measure and units.known(c.unit or "?")), "")


def _candidates(rows: list[str]) -> Iterator[str]:
    """The words of a header, the lowest row alone, then with those above it, each also without its unit."""
    for first in range(len(rows) - 1, -1, -1):
        whole = " ".join(rows[first:])
        for said in (plain_words(whole), " ".join(NO_WORD.sub(" ", whole).split()).lower()):
            yield said
            if " " in said and units.spoken().get(said.rpartition(" ")[2]):
                yield said.rpartition(" ")[0]


@cache
def _spoken(tables: tuple[str, ...]) -> dict[str, str]:
    words: dict[str, str] = {}
    for table in tables:
        for column in vocabulary(table):
            if not column.spoken and table in book_tables():
                continue  # a column that books have and releases do not head so
            for said in (column.measure.rpartition(".")[2].replace("_", " "), *column.spoken):
                words.setdefault(" ".join(NO_WORD.sub(" ", said).split()).lower(), column.measure)
    return words


def _measure(rows: list[str], tables: tuple[str, ...], *, exact: bool) -> str:
    """The measure whose words stand above a column; the longest words win."""
    spoken = _spoken(tables)
    if exact:
        return max(((len(said), spoken[said]) for said in _candidates(rows) if said in spoken), default=(0, ""))[1]
    best = (0, 0, "")
    for said in _candidates(rows):
        words = said.split()
        for size in range(min(4, len(words)), 0, -1):
            for first in range(len(words) - size + 1):
                phrase = " ".join(words[first : first + size])
                if len(phrase) > 1 and (measure := spoken.get(phrase)):
                    best = max(best, (int(first == 0), len(phrase), measure))
    return best[2]


def _more(whole: str) -> bool:
    """Whether a header says more than an analyte and its unit: the share of a group, a recovery."""
    said = plain_words(whole)
    return any(word in said for word in ("magnet", "recovery", "recoveries", "cut", "share", "content"))


def _assay(unit: str, tables: tuple[str, ...]) -> str:
    """The measure of a column that names an analyte: a grade, or contained metal when the unit is a mass."""
    wanted = "metal" if unit and units.unit(unit).dimension == (("mass", 1),) else "grade"
    for table in tables:
        for column in vocabulary(table):
            if column.measure == f"{table}.{wanted}":
                return column.measure
    return ""
