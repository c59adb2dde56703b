"""Columns of estimates: what the heads of a resource or reserve table say that stands below them.

>>> column_of(("Indicated", "Contained Cu", "(000 lb)"))
Column(role='metal', group='Indicated', unit='klb', analyte='Cu', cutoff='', place='', basis='', edition='')
>>> column_of(("Tonnes", "(x 1,000)")).unit, column_of(("Cut-off (g/t Au)",)).role
('kt', 'cutoff')
>>> column_of(("au_gpt",), keyed=True).unit
'g/t'
"""

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from orebook.ground import units
from orebook.reading.estimating.estimates import category_in, category_pattern, cutoff_in, is_estimate
from orebook.reading.heads.amounts import amounts
from orebook.reading.heads.labels import without_notes
from orebook.reading.heads.unit_words import unit_in, unit_of
from orebook.reading.language import analytes
from orebook.reading.layout import Row, Table
from orebook.reading.patterns import Pattern

FIGURES = ("tonnes", "grade", "metal")
"""The roles of columns that hold the figures of an estimate."""

_TONNES = Pattern(r"\b(?:tonnes|tonnage|tons|mass|quantity|mt|kt|dmt)\b|^'?000t$", re.IGNORECASE)
_METAL = Pattern(r"\b(?:contained|content|metal|ounces|oz|koz|moz|pounds|lbs?|klbs?|mlbs?|in[- ]situ)\b", re.IGNORECASE)
_GRADE = Pattern(r"\bgrades?\b", re.IGNORECASE)
_DEPOSIT = Pattern(
    r"\b(?:deposit|project|zone|area|prospect|pit|domain|property|location|mine|lode|lens|vein|reef|seam|kimberlite|"
    r"target|material|ore type|ore ?body|operation|region|weathering|oxidation|method|source)\b",
    re.IGNORECASE,
)
_CATEGORY = Pattern(r"\b(?:category|class|classification|resource category|reserve category)\b", re.IGNORECASE)
_CUTOFF = Pattern(r"\bcut[- –]{0,3}offs?\b|\bcog\b", re.IGNORECASE)
_BARE_CUTOFF = Pattern(r"cut[- –]{0,3}offs?(?: grades?)?", re.IGNORECASE)
"""A head of its own over the word that goes on with it: "Cut-off" over "criterion (g/t)"."""
_INTEREST = Pattern(r"\b(?:interest|ownership|equity|attributable)\b", re.IGNORECASE)
_ATTRIBUTABLE = Pattern(r"\battributable\b|\bequity share\b|\bnet share\b", re.IGNORECASE)
_WHOLE = Pattern(r"\b100\s?% (?:basis|share|project)", re.IGNORECASE)
_SKIPPED = Pattern(
    r"\b(?:volume|density|cubic|block|composite|reconcil\w*|strip|page|change|difference|variance|sg|recovery|"
    r"price|value|waste|rock|concentrates?)\b",
    re.IGNORECASE,
)
_SCALED_NOUN = Pattern(r"\b(?P<noun>tonn(?:es|age)|tons|ounces|ozs?|pounds|lbs?)\b", re.IGNORECASE)
_SCALES = {
    "000": "thousand", "000s": "thousand", "1000": "thousand", "k": "thousand", "thousand": "thousand",
    "thousands": "thousand", "m": "million", "mm": "million", "million": "million", "millions": "million",
    "1000000": "million", "000000": "million",
}  # fmt: skip
_NOUNS = {"tonn": ("kt", "Mt"), "tons": ("kton", "Mton"), "ounc": ("koz", "Moz"), "oz": ("koz", "Moz")}
_POUNDS = ("klb", "Mlb")
_OF_CAPTION = Pattern(
    r"\b(?P<scale>thousands?|millions?|'?000'?s?)\s(?:of\s)?(?:dry\s|metric\s|troy\s)?(?P<noun>tonnes|ounces|pounds)\b"
    r"|\b(?P<noun2>tonn(?:es|ages?)|ounces|pounds)\s(?:are\s|is\s)?(?:reported\s|stated\s|expressed\s|shown\s|"
    r"quoted\s|given\s)?in\s(?P<scale2>thousands|millions|'?000'?s)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of an estimate holds: ``role`` is tonnes, grade, metal, category, deposit, cutoff or interest.

    ``group`` is the category and ``place`` the deposit of the head that spans it with others; ``edition`` is the head
    that tells a previous estimate from the current.
    """

    role: str
    group: str
    unit: str = ""
    analyte: str = ""
    cutoff: str = ""
    place: str = ""
    basis: str = ""
    edition: str = ""


def columns_of(table: Table, above: str = "") -> tuple[dict[int, Column], int]:
    """The columns of a table that say something, and how many of its rows still belong to the head.

    ``above`` are the words of caption and notes; they may give the scale of columns that have none.
    """
    header = [list(words) for words in table.header]
    taken = 0
    for row in table.rows[:3]:
        if not is_head(row):
            break
        for cell in row.cells:
            for column in range(cell.column, min(cell.column + cell.span, len(header))):
                header[column].append(cell.plain)
        taken += 1
    columns = {at: column_of(tuple(words), keyed=table.how == "data") for at, words in enumerate(header)}
    columns = {at: _by_cells(found, table, taken, at) for at, found in columns.items()}
    columns = _placed(columns, header)
    return {at: _in_scale(found, header[at], above) for at, found in columns.items() if found.role}, taken


def is_head(row: Row) -> bool:
    """Whether a row among the figures is a head: units, or the names of two columns of figures."""
    said = [cell.plain for cell in row.cells if cell.plain]
    if any(amounts(words) and not _is_scale(words) for words in said):
        return False
    if sum(category_in(words) not in ("", "Total") for words in said) > 0:
        return False
    named = [words for words in said if _is_unit(words) or column_of((words,)).role in FIGURES]
    return len(named) >= 2 and len(named) >= len(said) - 2


def column_of(words: tuple[str, ...], *, keyed: bool = False) -> Column:
    """The role of a column, told by the words above it from the top to the lowest.

    ``keyed`` columns are named by the keys of a page's data, such as ``cu_pct``.
    """
    rows = [" ".join(without_notes(word.replace(":selected:", "")).split()) for word in words if word.strip()]
    rows = _with_units([_of_key(row) for row in rows] if keyed else rows)
    whole = " ".join(rows)
    if not whole or _SKIPPED.search(whole):
        return Column("", "")
    group = next((found for row in rows if (found := category_in(row))), "")
    lowest = rows[-1]
    bare = [_without_metal(row) for row in rows]
    unit = (
        _scaled(bare[-1])
        or unit_in(bare[-1])
        or unit_of((bare[-1].split() or [""])[-1])
        or next((found for row in reversed(bare) if (found := _scaled(row) or unit_in(row))), "")
    )
    named = [
        symbol
        for row in reversed(rows)
        if row == lowest or not _CUTOFF.search(row)
        for _, _, symbol in analytes.find(row)
    ]
    analyte, cutoff = (named[0] if named else ""), cutoff_in(whole)
    if _CUTOFF.search(lowest) or (
        any(_BARE_CUTOFF.fullmatch(row) for row in rows[:-1]) and not (_TONNES.search(lowest) or _METAL.search(lowest))
    ):
        return Column("cutoff", "", unit, analyte)
    if _CATEGORY.search(lowest):
        return Column("category", "")
    if not (unit or analyte or any(said.search(lowest) for said in (_GRADE, _TONNES, _METAL))):
        return Column("deposit" if _DEPOSIT.search(whole) else "", "")
    if _INTEREST.search(lowest) and unit in ("%", "") and not analyte:
        return Column("interest", group, "%")
    basis = "attributable" if _ATTRIBUTABLE.search(whole) else "100%" if _WHOLE.search(whole) else ""
    return replace(_measured(group, unit, analyte, whole, lowest, cutoff), basis=basis)


def _with_units(rows: list[str]) -> list[str]:
    """Heads with a row of nothing but a unit joined to the words over it: "Tonnes" over "(000's)"."""
    if len(rows) > 1 and _is_unit(rows[-1]) and not _TONNES.search(rows[-1].strip("()")):
        said = rows[-1] if rows[-1].startswith("(") else f"({rows[-1]})"
        return [*rows[:-2], f"{rows[-2]} {said}"]
    return rows


def _is_unit(words: str) -> bool:
    """Whether words are a unit or a scale, with or without brackets and metal."""
    bare = _without_metal(words).strip("() ")
    return bool(bare) and (bool(unit_of(bare)) or _is_scale(words))


def _is_scale(words: str) -> bool:
    return "".join(words.strip("() ").replace("'", "").replace(",", "").lower().removeprefix("x").split()) in _SCALES


def _of_key(key: str) -> str:
    """The words that the key of a page's data stands for: ``cu_pct`` is "Cu (%)"."""
    spoken = {"mt": "Mt", "pct": "%", "percent": "%", "gpt": "g/t", "gt": "g/t"}
    said: list[str] = []
    for word in re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key).split("_"):
        symbol = next((name for form in (word, word.title(), word.upper()) if (name := analytes.analyte(form))), "")
        unit = spoken.get(word.lower()) or (word if len(said) and unit_of(word) else "")
        said.append(symbol or (f"({unit})" if unit and said else unit if unit == "Mt" else word))
    return " ".join(said)


def _without_metal(words: str) -> str:
    """Words without the metals in them, so that "(g/t Au)" is a unit."""
    for start, end, _ in reversed(analytes.find(words)):
        words = f"{words[:start]}{words[end:]}"
    return " ".join(words.replace("( ", "(").replace(" )", ")").split())


def _scaled(words: str) -> str:
    """The unit of "Tonnes (M)", "Ounces '000", "Tonnes x 1,000": a noun of mass and a scale."""
    found = _SCALED_NOUN.search(words)
    if not found:
        return ""
    rest = re.sub(r"[^\w]|^x(?=\d|\W)", "", words[found.end() :].strip(" ()'").removeprefix("x").lower())
    return _scaled_noun(found["noun"], _SCALES.get(rest, ""))


def _scaled_noun(noun: str, scale: str) -> str:
    pair = next((pair for start, pair in _NOUNS.items() if noun.lower().startswith(start)), _POUNDS)
    return pair[scale == "million"] if scale else ""


def _measured(group: str, unit: str, analyte: str, whole: str, lowest: str, cutoff: str) -> Column:
    share = bool(unit) and units.known(unit) and (not units.unit(unit).dimension or unit.endswith("/L"))
    mass = bool(unit) and units.known(unit) and units.unit(unit).dimension == (("mass", 1),)
    if unit == "%" and not analyte and _of_no_metal(lowest):
        return Column("", "")
    if role := _OF_DIAMONDS.get(unit, ""):
        return Column(role, group, unit, "diamond", cutoff)
    if share or (_GRADE.search(lowest) and not mass):
        return Column("grade", group, unit, analyte, cutoff)
    if not (mass or _TONNES.search(whole) or _METAL.search(whole)):
        return Column("grade", group, unit, analyte, cutoff) if analyte and _GRADE.search(whole) else Column("", "")
    if (
        analyte
        or (_METAL.search(whole) and not re.search(r"\btonn", lowest, re.IGNORECASE))
        or units.unit(unit or "1").name in ("oz", "koz", "Moz", "lb", "klb", "Mlb")
    ):
        metal = {"ounces": "oz", "oz": "oz", "pounds": "lb", "lbs": "lb"}
        named = next((code for word, code in metal.items() if word in lowest.lower()), "")
        return Column("metal", group, unit or named, analyte, cutoff)
    return Column("tonnes", group, unit or unit_of(lowest) or ("t" if "tonnes" in lowest.lower() else ""), "", cutoff)


_OF_DIAMONDS = {"ct": "metal", "kct": "metal", "Mct": "metal", "cpht": "grade", "ct/t": "grade"}
"""What carats count needs no name."""
_NO_NAMES = Pattern(
    r"\([^()]*\)|%|\b(?:grades?|average|avg|mean|metal|assays?|head|value|total|of|the|in|by|diluted|percent|pct|wt)\b",
    re.IGNORECASE,
)


def _of_no_metal(lowest: str) -> bool:
    """Whether a column of percent is named after something that is no metal: slimes, ash, moisture."""
    left = category_pattern().sub(" ", _NO_NAMES.sub(" ", without_notes(lowest)))
    return re.search(r"[A-Za-z]{3}", left) is not None


_MEGATONNES = Pattern(r"\b(?:mt|MT|mT)\b")
_TOO_MANY = 5000
"""Millions of tonnes that no deposit has: under "MT" such figures are metric tonnes."""


def _by_cells(column: Column, table: Table, taken: int, at: int) -> Column:
    """A column under the bare name of a metal, told by the units that stand in its cells."""
    words = [word for word in table.header[at] if word.strip()]
    if column.role == "tonnes" and column.unit == "t" and words and _MEGATONNES.search(words[-1]):
        values = [found[0].value for row in table.rows[taken:] if (found := amounts(row.plain(at)))]
        return replace(column, unit="Mt") if values and max(values) < _TOO_MANY else column
    named = words and (analytes.analyte(words[-1]) or analytes.analyte(_of_key(words[-1])))
    if column.role or not named:
        return column
    said = [found[0].unit for row in table.rows[taken:] if (found := amounts(row.plain(at)))]
    kinds = {unit for unit in said if unit and units.known(unit)}
    if not said or len(kinds) == 0 or "" in said:
        return column
    share = all(not units.unit(unit).dimension for unit in kinds)
    group = next((over for word in words if (over := category_in(word))), "")
    return Column("grade" if share else "metal", group, "", str(named))


def _placed(columns: dict[int, Column], header: list[list[str]]) -> dict[int, Column]:
    """Give columns the deposit that a head names which spans them: two or more such heads over tonnes each."""
    over: dict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(header):
        top = without_notes(words[0]) if len(words) > 1 and columns[at].role in FIGURES else ""
        known = category_in(top) or is_estimate(top) or _is_unit(top) or analytes.find(top) or _ATTRIBUTABLE.search(top)
        if top[:1].isupper() and not known and not any(said.search(top) for said in (_GRADE, _TONNES, _METAL, _WHOLE)):
            over[top].append(at)
    held = [top for top, places in over.items() if any(columns[at].role == "tonnes" for at in places)]
    if len(held) < 2:
        return columns
    spanned = {at: top for top in held for at in over[top]}
    return {at: replace(column, place=spanned.get(at, "")) for at, column in columns.items()}


def _in_scale(column: Column, words: list[str], above: str) -> Column:
    """A column of tonnes, ounces or pounds whose scale the caption gives: "(in thousands of tonnes)"."""
    whole = " ".join(words)
    own = [unit_of(inside) for inside in re.findall(r"\(([^()]{1,20})\)", whole)]
    if column.role not in ("tonnes", "metal") or column.unit not in ("", "t", "oz", "lb") or any(own):
        return column
    for found in _OF_CAPTION.finditer(above):
        noun, scale = (found["noun"] or found["noun2"]).lower(), (found["scale"] or found["scale2"]).lower()
        bare = ("tonn",) if column.role == "tonnes" else ("ounc", "poun")
        if noun.startswith({"": bare, "t": ("tonn",), "oz": ("ounc",), "lb": ("poun",)}[column.unit]):
            return replace(column, unit=_scaled_noun(noun, _SCALES[scale.replace("'", "")]))
    return column
