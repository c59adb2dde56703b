"""Statements of resources and reserves whose tables have been flattened into a stream of words.

Two forms can be read with certainty: categories in a row over repeated heads, rows of a name and its figures; and rows
of a name, a category and as many figures as the head has units. A row that could be read in two ways is left alone.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import combinations

from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading import analytes
from orebook.reading.estimates import category_in, cutoff_in, kind_of
from orebook.reading.layout import Block
from orebook.reading.release import Release
from orebook.reading.text import Text
from orebook.reading.unit_words import unit_of

ORDER = 41

_CATEGORY = r"(?:Measured|Indicated|Inferred|Total|Proved|Proven|Probable)"
_GROUPS = re.compile(
    rf"(?P<groups>(?:{_CATEGORY}\s+){{2,5}})(?P<head>(?:[A-Z][\w/]*\s+){{0,4}}?)(?P<columns>(?:(?:Tonnes|Tonnage|"
    rf"Grade|Ounces|Metal|Contained|Mt|Koz)\s+){{4,20}})(?P<units>(?:\([^()]{{1,12}}\)\s+){{4,20}})"
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NAMED_ROW = re.compile(
    rf"(?P<name>[A-Z][A-Za-z'-]*(?: [A-Za-z'-]+){{0,4}})\s+(?P<numbers>(?:(?:{_NUMBER})\s+){{2,20}}(?:{_NUMBER})?)"
)
_UNITS_IN_ROW = re.compile(
    r"(?:\b(?:Mt|kt|t|Tonnes)|\([^()]{1,14}\))(?:\s+(?:Mt|kt|koz|Moz|Mlbs?|\([^()]{1,14}\))){1,7}(?=\s+[A-Z])"
)
_CATEGORY_ROW = re.compile(
    rf"\s*(?P<before>(?:[A-Z][\w'&.-]*\s){{0,5}}?(?:(?:--?|–)\s)?)(?P<category>{_CATEGORY}|"
    rf"[Aa]ll [A-Z][a-z]+)\b(?P<after>(?:\s(?:--?|–|[A-Z][\w'-]*|of|"
    rf"and)){{0,8}})\s+(?P<numbers>(?:(?:{_NUMBER})\s+){{1,8}})"
)
_BLANKS = re.compile(r"\s{0,50}")
_RULING = re.compile(r"\b(?:Mineral )?Resources?\b|\b(?:Ore |Mineral )?Reserves?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Head:
    """What a figure of a row is: its role, unit and analyte."""

    role: str
    unit: str
    analyte: str


def records(release: Release) -> Iterator[Record]:
    """Rows of flattened statements: kinds ``resource`` and ``reserve``."""
    for block in release.layout.blocks:
        if block.table is None and len(block.plain) > 120:
            yield from _grouped(release, block)
            yield from _by_row(release, block)


def _grouped(release: Release, block: Block) -> Iterator[Record]:
    """Measured Indicated Inferred Total over Tonnes Grade Ounces, each row a name and its figures."""
    plain = block.plain
    for head in _GROUPS.finditer(plain):
        groups = [category_in(word) for word in head["groups"].split()]
        units_said = [unit_of(inside) for inside in re.findall(r"\(([^()]+)\)", head["units"])]
        words = head["columns"].split()
        size = len(words) // len(groups)
        if len(words) % len(groups) or len(units_said) != len(words) or size < 2 or not all(units_said[:size]):
            continue
        metal = _metal(plain[max(0, head.start() - 300) : head.start()], release)
        heads = [_role(word, unit, metal) for word, unit in zip(words[:size], units_said[:size], strict=True)]
        rows = list(_named_rows(plain, head.end(), size, len(groups)))
        placed = _placed([numbers for _, numbers in rows], size, len(groups))
        for (name, numbers), columns in zip(rows, placed, strict=True):
            for place, column in enumerate(columns or ()):
                part = numbers[place * size : (place + 1) * size]
                yield _record(
                    release,
                    block.text,
                    part,
                    heads,
                    groups[column],
                    name,
                    plain[max(0, head.start() - 200) : head.start()],
                )


Number = tuple[Decimal, int, int]


def _named_rows(plain: str, at: int, size: int, groups: int) -> Iterator[tuple[str, list[Number]]]:
    """Rows that follow each other, up to the one of the totals."""
    while (row := _NAMED_ROW.match(plain, at)) and len(row["name"]) < 60:
        numbers = _numbers(plain, *row.span("numbers"))
        whole = len(numbers) - len(numbers) % size
        yield row["name"], numbers[: min(whole, size * groups)]
        at = row.end("numbers")
        at = _past_blanks(plain, at)
        if category_in(row["name"]) == "Total":
            return


def _past_blanks(plain: str, at: int) -> int:
    found = _BLANKS.match(plain, at)
    return found.end() if found else at


def _numbers(plain: str, start: int, end: int) -> list[Number]:
    return [
        (Decimal(found[0].replace(",", "")), found.start(), found.end())
        for found in re.compile(_NUMBER).finditer(plain, start, end)
    ]


def _placed(rows: list[list[Number]], size: int, groups: int) -> list[tuple[int, ...] | None]:
    """Which groups the figures of each row stand in; an empty group leaves no trace but in the totals."""
    everything = tuple(range(groups))
    placed: list[tuple[int, ...] | None] = []
    ragged = [at for at, row in enumerate(rows) if len(row) != size * groups]
    if not rows or len(ragged) > 1 or (ragged and ragged[0] == len(rows) - 1):
        return [everything if len(row) == size * groups else None for row in rows]
    for at, row in enumerate(rows):
        if at not in ragged:
            placed.append(everything)
            continue
        wanted = _missing(rows, at, size, groups)
        choices = [c for c in combinations(everything, len(row) // size) if _fills(row, c, wanted, size)]
        placed.append(choices[0] if len(choices) == 1 else None)
    return placed


def _missing(rows: list[list[Number]], at: int, size: int, groups: int) -> list[Decimal]:
    """What the total of each group leaves for one row, in tonnes."""
    others = [row for where, row in enumerate(rows[:-1]) if where != at]
    return [
        rows[-1][column * size][0] - sum((row[column * size][0] for row in others), Decimal(0))
        for column in range(groups)
    ]


def _fills(row: list[Number], chosen: tuple[int, ...], wanted: list[Decimal], size: int) -> bool:
    said = {column: row[place * size][0] for place, column in enumerate(chosen)}
    return all(
        abs(said.get(column, Decimal(0)) - value) <= max(Decimal(1), abs(value) / 100)
        for column, value in enumerate(wanted)
    )


def _by_row(release: Release, block: Block) -> Iterator[Record]:
    """Rows that each name their category: name, category, figures under a line of units."""
    plain = block.plain
    for units_line in _UNITS_IN_ROW.finditer(plain):
        heads = _heads(plain, units_line, release)
        if not heads or not any(head.role == "tonnes" for head in heads):
            continue
        before = plain[max(0, units_line.start() - 160) : units_line.start()]
        at, last = units_line.end(), ""
        while (row := _CATEGORY_ROW.match(plain, at)) and len(
            numbers := _numbers(plain, *row.span("numbers"))[: len(heads)]
        ) == len(heads):
            said = f"{row['before']} {row['after']}".replace("--", " ").replace("–", " ")
            name = " ".join(said.split()).strip(" -")
            name = re.sub(r"(?<=[a-z])\d{1,2}\b", "", name)
            last = name.split(" ")[0] if name else last
            yield _record(
                release, block.text, numbers, heads, category_in(row["category"]) or "Total", name or last, before
            )
            at = numbers[-1][2]


def _heads(plain: str, line: re.Match[str], release: Release) -> list[_Head]:
    """The roles of the figures of a row, by the units that stand over them."""
    tokens = re.findall(r"\([^()]{1,14}\)|\S+", line[0])
    metal = _metal(line[0], release) or _metal(plain[max(0, line.start() - 60) : line.start()], release)
    heads = []
    for token in tokens:
        said = _mended(token.strip("()"))
        bare = " ".join(word for word in said.split() if not analytes.analyte(word))
        unit = unit_of(bare)
        if not unit:
            return []
        heads.append(_role("", unit, metal))
    return heads if len(heads) >= 2 else []


def _role(word: str, unit: str, metal: str) -> _Head:
    from_unit = (
        "tonnes"
        if unit in ("t", "kt", "Mt", "Gt")
        else "grade"
        if unit in ("g/t", "%", "ppm", "kg/t", "oz/ton")
        else "metal"
    )
    role = {"Ounces": "metal", "Metal": "metal", "Contained": "metal", "Grade": "grade"}.get(word, from_unit)
    return _Head(role, unit, "" if role == "tonnes" else metal)


@cache
def _misread() -> dict[str, str]:
    text = files("orebook.reading").joinpath("words", "misread.csv").read_text(encoding="utf-8")
    return {row["read"]: row["meant"] for row in csv.DictReader(text.splitlines())}


def _mended(words: str) -> str:
    """Words as they were meant where a page reader took a letter for another."""
    return " ".join(_misread().get(word, word) for word in words.split())


def _metal(words: str, release: Release) -> str:
    """The only metal that the words name, letters that a page reader mistook put right; else that of the title."""
    said = _mended(re.sub(r"[(),]", " ", words))
    named = list(dict.fromkeys(symbol for _, _, symbol in analytes.find(said)))
    if named:
        return named[-1] if len(set(named)) == 1 else ""
    title = {
        symbol for _, _, symbol in analytes.find(f"{release.title.plain if release.title else ''} {release.issuer}")
    }
    return title.pop() if len(title) == 1 else ""


def _record(
    release: Release, text: Text, numbers: list[Number], heads: list[_Head], category: str, name: str, before: str
) -> Record:
    facts: list[Fact] = []
    for (value, start, end), head in zip(numbers, heads, strict=True):
        measure = f"resources.{head.role}"
        facts.append(release.fact(measure, Figure(value, head.unit), text, start, end, analyte=head.analyte))
    ruling = [found[0] for found in _RULING.finditer(before)]
    return release.record(
        kind_of(category, ruling[-1] if ruling else ""),
        facts,
        deposit=name,
        category=category,
        cutoff=cutoff_in(before),
        place="table",
        context="previously reported",
    )
