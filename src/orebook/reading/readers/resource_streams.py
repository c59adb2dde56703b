"""Statements of resources and reserves whose tables have been flattened into a stream of words.

Two forms can be read with certainty: categories in a row over repeated heads, rows of a name and its figures; and rows
of a name, a category and as many figures as the head has units. A row that could be read in two ways is left alone.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from orebook.ground.fact import Record
from orebook.reading.estimating.estimate_columns import FIGURES, column_of
from orebook.reading.estimating.estimates import RESERVES, category_in, kind_of
from orebook.reading.estimating.stream_figures import Head, Number, mended, metal_of, plausible, record_of
from orebook.reading.estimating.vanished import Shape, placed
from orebook.reading.heads.unit_words import unit_of
from orebook.reading.language import analytes
from orebook.reading.layout import Block
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

ORDER = 41

_CATEGORY = r"(?:Measured|Indicated|Inferred|Total|Proved|Proven|Probable)"
_GROUP = (
    r"(?:Measured (?:and|&|\+) Indicated|Prove[dn] (?:and|&|\+) Probable|M ?& ?I|P ?& ?P|Measured|Indicated|Inferred|"
    r"Total|Proved|Proven|Probable)(?: (?:Mineral |Ore )?(?:Resources?|Reserves?))?"
)
_HEAD_WORD = (
    r"(?:(?:Contained )?(?:Tonnes|Tonnage|Tons|Grade|Ounces|Metal|Contained|Gold|Silver|Copper|Mt|kt|Koz|koz|Moz|"
    r"Oz|oz|g/t))"
)
_GROUPS = Pattern(
    rf"(?P<groups>(?:{_GROUP}\s+){{2,5}})(?P<head>(?:[A-Z][\w/]*\s+){{0,4}}?)(?P<columns>(?:{_HEAD_WORD}\s+){{4,20}})"
    r"(?P<units>(?:\([^()]{1,12}\)\s+){4,20})?"
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ANY_NUMBER = Pattern(_NUMBER)
_NAMED_ROW = Pattern(
    rf"(?P<name>[A-Z][\w'&/().-]*(?: (?!\d|[-–—]\s)[\w'&/().-]+){{0,5}})\s+"
    rf"(?P<numbers>(?:(?:{_NUMBER}|[-–—])(?:\s+|$)){{2,24}})"
)
_TOKEN = Pattern(rf"(?P<number>{_NUMBER})|[-–—]")
_UNITS_IN_ROW = Pattern(
    r"(?:\b(?:Mt|kt|t|Tonnes)|\([^()]{1,14}\))(?:\s+(?:Mt|kt|koz|Moz|Mlbs?|\([^()]{1,14}\))){1,7}(?=\s+[A-Z])"
)
_CATEGORY_ROW = Pattern(
    rf"\s*(?P<before>(?:[A-Z][\w'&.-]*\s){{0,5}}?(?:(?:--?|–)\s)?)(?P<category>{_CATEGORY}|"
    rf"[Aa]ll [A-Z][a-z]+)\b(?P<after>(?:\s(?:--?|–|[A-Z][\w'-]*|of|"
    rf"and)){{0,8}})\s+(?P<numbers>(?:(?:{_NUMBER})\s+){{1,8}})"
)
_OUNCES = ("oz", "koz", "Moz")
_BLANKS = Pattern(r"\s{0,50}")
_RULING = Pattern(r"\b(?:Mineral )?Resources?\b|\b(?:Ore |Mineral )?Reserves?\b", re.IGNORECASE)


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
        groups = [category_in(found[0]) for found in _ONE_GROUP.finditer(head["groups"])]
        before = plain[max(0, head.start() - 200) : head.start()]
        metal = metal_of(before, release) or metal_of(plain[: head.start()], release)
        heads = _group_heads(head, len(groups), metal)
        if not heads:
            continue
        adding = tuple(place for place, one in enumerate(heads) if one.role in ("tonnes", "metal"))
        shape = Shape(len(groups), len(heads), groups[-1] == "Total", adding)
        rows = list(_named_rows(plain, head.end(), shape))
        last = len(rows) - 1 if rows and category_in(rows[-1][0]) == "Total" else None
        bare = [[number[0] for number in numbers if number] for _, numbers in rows]
        kind = "reserve" if any(group in RESERVES for group in groups) else "resource"
        for (name, numbers), columns in zip(rows, placed(bare, shape, last), strict=True):
            dashed = len(numbers) == shape.groups * shape.size
            for place, column in enumerate(range(shape.groups) if dashed else columns or ()):
                part = [number for number in numbers[place * shape.size : (place + 1) * shape.size] if number]
                if len(part) == shape.size and (dashed or plausible(part, heads)):
                    yield record_of(release, block, part, heads, (kind, groups[column], name), before)


_ONE_GROUP = Pattern(_GROUP)
_ONE_HEAD = Pattern(_HEAD_WORD)


def _group_heads(head: re.Match[str], groups: int, metal: str) -> list[Head]:
    """What the figures of one group are, when all groups have the same heads and every head its unit."""
    words = [found[0] for found in _ONE_HEAD.finditer(head["columns"])]
    said = [f"({mended(unit.strip('()'))})" for unit in re.findall(r"\([^()]+\)", head["units"] or "")]
    size, odd = divmod(len(words), groups)
    if odd or size < 2 or words != words[:size] * groups or (said and len(said) != len(words)):
        return []
    units = [_readable(said[place::size]) for place in range(size)]
    if any(unit_of(unit.strip("()")) in _OUNCES for unit in units):
        # Whatever a page reader made of the unit of the grade, ounces come of grams per tonne; each row must show it.
        unread = {place for place, word in enumerate(words[:size]) if word == "Grade" and not unit_of(units[place])}
        units = ["(g/t)" if place in unread else unit for place, unit in enumerate(units)]
    columns = [column_of((word, unit)) for word, unit in zip(words[:size], units, strict=True)]
    if any(column.role not in FIGURES or not column.unit for column in columns) or columns[0].role != "tonnes":
        return []
    return [Head(column.role, column.unit, "" if column.role == "tonnes" else metal) for column in columns]


def _readable(units: list[str]) -> str:
    """The unit of a column, as the first of the groups prints it in which it can be read."""
    return next((unit for unit in units if unit_of(unit.strip("()"))), units[0] if units else "")


def _named_rows(plain: str, at: int, shape: Shape) -> Iterator[tuple[str, list[Number | None]]]:
    """Rows that follow each other, up to the one of the totals; a dash is nothing in its place."""
    while (row := _NAMED_ROW.match(plain, at)) and len(row["name"]) < 60:
        tokens = [
            (Decimal(found[0].replace(",", "")), found.start(), found.end()) if found["number"] else None
            for found in _TOKEN.finditer(plain, *row.span("numbers"))
        ]
        whole = len(tokens) - len(tokens) % shape.size
        kept = tokens[: min(whole, shape.size * shape.groups)]
        full = len(kept) == shape.size * shape.groups
        yield row["name"], kept if full else [number for number in kept if number]
        at = _past_blanks(plain, row.end("numbers"))
        if category_in(row["name"]) == "Total":
            return


def _past_blanks(plain: str, at: int) -> int:
    found = _BLANKS.match(plain, at)
    return found.end() if found else at


def _numbers(plain: str, start: int, end: int) -> list[Number]:
    return [
        (Decimal(found[0].replace(",", "")), found.start(), found.end())
        for found in _ANY_NUMBER.finditer(plain, start, end)
    ]


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
            category = category_in(row["category"]) or "Total"
            ruling = [found[0] for found in _RULING.finditer(before)]
            kind = kind_of(category, ruling[-1] if ruling else "")
            yield record_of(release, block, numbers, heads, (kind, category, name or last), before)
            at = numbers[-1][2]


def _heads(plain: str, line: re.Match[str], release: Release) -> list[Head]:
    """The roles of the figures of a row, by the units that stand over them."""
    tokens = re.findall(r"\([^()]{1,14}\)|\S+", line[0])
    metal = metal_of(line[0], release) or metal_of(plain[max(0, line.start() - 60) : line.start()], release)
    heads = []
    for token in tokens:
        said = mended(token.strip("()"))
        bare = " ".join(word for word in said.split() if not analytes.analyte(word))
        unit = unit_of(bare)
        if not unit:
            return []
        heads.append(_role("", unit, metal))
    single = [head.role for head in heads].count("tonnes") == 1
    return heads if len(heads) >= 2 and single else []


def _role(word: str, unit: str, metal: str) -> Head:
    from_unit = (
        "tonnes"
        if unit in ("t", "kt", "Mt", "Gt")
        else "grade"
        if unit in ("g/t", "%", "ppm", "kg/t", "oz/ton")
        else "metal"
    )
    role = {"Ounces": "metal", "Metal": "metal", "Contained": "metal", "Grade": "grade"}.get(word, from_unit)
    return Head(role, unit, "" if role == "tonnes" else metal)
