"""Heads of a stream: what the columns of a flattened table of estimates were, told by the words before its first row.

The words may be read in more than one way, so that every way is offered; the rows decide.

>>> from orebook.reading.estimating.stream_words import words_of
>>> from orebook.reading.text import inline
>>> said = "Deposit Category Tonnes (Mt) Grade (g/t Au) Gold (koz) Heron Indicated"
>>> shape = next(shapes(words_of(inline(said, 0, len(said)))))
>>> [(one.role, one.unit, one.analyte) for one in shape.columns], shape.label
([('tonnes', 'Mt', ''), ('grade', 'g/t', 'Au'), ('metal', 'koz', 'Au')], 8)
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from orebook.reading.estimating.estimate_columns import Column, column_of
from orebook.reading.estimating.estimates import category_in, category_pattern
from orebook.reading.estimating.stream_over import mended
from orebook.reading.estimating.stream_words import Word
from orebook.reading.heads.unit_words import unit_in, unit_of
from orebook.reading.language import analytes
from orebook.reading.patterns import Pattern

_TONNES = Pattern(r"(?:tonnes|tonnage|tons)$", re.IGNORECASE)
_OUNCES = Pattern(r"(?:ounces|pounds|carats|lbs|ozs?)$", re.IGNORECASE)
_GRADE = Pattern(r"grades?$", re.IGNORECASE)
_OF = Pattern(r"(?:contained|content|metal|in-situ|attributable)$", re.IGNORECASE)
_OTHER = Pattern(
    r"(?:interest|ownership|equity|density|sg|recovery|strip|width|thickness|volume|change|cut-?off|"
    r"cut-?offs|cog|yield|slimes?|oversize)$",
    re.IGNORECASE,
)
_TEXT = Pattern(
    r"(?:deposit|deposits|project|zone|area|prospect|pit|domain|property|location|mine|lode|lens|target|material|"
    r"type|source|category|categories|class|classification|method|operation|reef|seam|kimberlite|weathering|"
    r"person|persons|comments?|notes?|region|vein|asset|site|oxidation|lithology|ore-?body)s?$",
    re.IGNORECASE,
)
_TEXT_BEHIND = Pattern(r"(?:category|class|classification|persons?|comments?|notes?|sources?|date)$", re.IGNORECASE)
_SCALE = Pattern(r"\((?:x ?)?(?:'?0{2,3}'?s?|1,?000s?|thousands?|millions?|M|k)\)", re.IGNORECASE)
_BARE_UNITS = Pattern(
    r"(?:Mt|kt|t|'000t|dmt|koz|Koz|Moz|Mozs|oz|g/t|gpt|%|ppm|ppb|Mlbs?|klbs?|lbs?|kg/t|mg/[Ll]|Mct|cpht|opt|oz/t|"
    r"oz/ton|kct)$"
)
_FAMILIES = {"tonnes": _TONNES, "ounces": _OUNCES, "grade": _GRADE, "of": _OF, "other": _OTHER, "text": _TEXT}
_LONGEST_NAME = 4
_REACH = 90


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of numbers of a flattened table; ``breaks`` are the columns before which words stand in a row.

    ``label`` is the word at which the first row begins. A shape that is a ``guess`` needs every grade and metal proved.
    """

    columns: tuple[Column, ...]
    breaks: frozenset[int]
    label: int
    guess: bool = False

    @property
    def groups(self) -> list[range]:
        """The columns of each estimate in a row: a new one begins with its tonnes."""
        starts = [at for at, column in enumerate(self.columns) if column.role == "tonnes"]
        if len(starts) < 2:
            return [range(len(self.columns))]
        return [range(low, high) for low, high in pairwise([*starts, len(self.columns)])]


@dataclass(slots=True)
class _Way:
    """One way to read a head, while it is being read."""

    columns: list[Column] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    pending: list[tuple[str, str]] = field(default_factory=list)
    end: int = 0
    guess: bool = False

    def close(self, unit: str, end: int) -> None:
        """End a column with its unit, or without one; one that is named after no metal holds something else."""
        words = [word for word, _ in self.pending[-_LONGEST_NAME:]]
        kinds = {kind for _, kind in self.pending[-_LONGEST_NAME:]}
        column = column_of((" ".join([*words, unit]).strip(),))
        if column.role == "grade" and not column.analyte and words and "grade" not in kinds:
            column = Column("", "")
        if column.role not in ("category", "deposit"):
            self.columns.append(column)
            self.end = end
        self.pending = []


def shapes(words: Sequence[Word]) -> Iterator[Shape]:
    """Every way to read the words before a first row as heads; words beyond the head are the label of that row."""
    start = max(0, len(words) - _REACH)
    near = [_mended(word.plain) for word in words[start:]]
    kinds = [_kind(word) for word in near]
    if kinds.count("unit") + sum(kinds.count(name) for name in ("tonnes", "ounces")) < 2:
        return
    seen: list[tuple[Column, ...]] = []
    for way in _ways(near, kinds):
        for lost in range(_leading(way.columns) + 1):
            columns = _grouped(_metal_in_tonnes(way.columns[lost:]), near[: way.end])
            roles = [column.role for column in columns]
            if columns in seen or not {"tonnes", "metal"} & set(roles) or len(columns) < 2:
                continue
            seen.append(columns)
            breaks = frozenset(at - lost for at in way.breaks if at > lost)
            yield Shape(columns, breaks, start + _label(near, way.end), way.guess)


def _metal_in_tonnes(columns: Sequence[Column]) -> tuple[Column, ...]:
    """A mass behind grades, in another unit than the tonnes, is metal."""
    first = next((column.unit for column in columns if column.role == "tonnes"), "")
    graded, found = False, []
    for column in columns:
        graded = graded or column.role == "grade"
        other = column.role == "tonnes" and graded and column.unit != first
        found.append(replace(column, role="metal") if other else column)
    return tuple(found)


@lru_cache(maxsize=4096)
def _mended(word: str) -> str:
    return f"({mended(word[1:-1])})" if word[:1] == "(" and word[-1:] == ")" else mended(word)


def _ways(words: list[str], kinds: list[str]) -> Iterator[_Way]:
    """The ways to read a head, the commonest first."""
    for behind in (False, True) if _metals_behind(words, kinds) else (False,):
        yield _in_order(words, kinds, behind=behind)
        yield _in_order(words, kinds, behind=behind, brackets=True)
    for unknown in ("left", "own", "joined"):
        for joining in _JOININGS:
            yield _stacked(words, kinds, joining, unknown)
    yield _units(words, kinds)
    yield _units(words, kinds, brackets=True)


def _leading(columns: Sequence[Column]) -> int:
    """How many columns before the first figure may be words of the caption instead."""
    return next((at for at, column in enumerate(columns) if column.role in ("tonnes", "metal")), 0)


@lru_cache(maxsize=4096)
def _kind(word: str) -> str:
    """What a word is in a head: a unit, a noun of a family, a metal, a category, or nothing of these."""
    if word.startswith("("):
        bare = _without_metal(word.strip("()"))
        known = unit_of(bare) or unit_in(word) or _SCALE.fullmatch(word)
        return "unit" if known else "brackets"
    if _BARE_UNITS.match(word):
        return "unit"
    for name, said in _FAMILIES.items():
        if said.match(word.strip(":,;*")):
            return name
    if analytes.analyte(word.strip(":,;*")):
        return "metal"
    return "category" if category_in(word) else ""


def _without_metal(words: str) -> str:
    for start, end, _ in reversed(analytes.find(words)):
        words = f"{words[:start]}{words[end:]}"
    return words.strip()


_ENDS: dict[str, frozenset[str]] = {
    "tonnes": frozenset({"metal", "grade", "of", "ounces", "other"}),
    "grade": frozenset({"tonnes", "of", "ounces", "other"}),
    "ounces": frozenset({"tonnes", "grade", "of", "other"}),
    "other": frozenset({"tonnes", "grade", "of", "ounces", "metal"}),
}
"""A noun without a unit ends its column where one of these follows."""


def _in_order(words: list[str], kinds: list[str], *, behind: bool, brackets: bool = False) -> _Way:
    """A head read along: names, each with its unit behind it or with none. A unit may have its metal behind it."""
    way, noun = _Way(), ""
    for at, (word, kind) in enumerate(zip(words, kinds, strict=True)):
        if kind in ("text", "category"):
            _end_with_noun(way, noun, at)
            if kind == "text" and way.columns:
                way.breaks.add(len(way.columns))
            way.pending, noun = [], ""
            continue
        if kind == "metal" and behind and way.end == at and way.columns and not way.columns[-1].analyte:
            role = "metal" if way.columns[-1].role == "tonnes" else way.columns[-1].role
            way.columns[-1] = replace(way.columns[-1], role=role, analyte=analytes.analyte(word.strip(":,;*")))
            way.end = at + 1
            continue
        closing = kind == "unit" or (kind == "brackets" and brackets and bool(way.columns) and bool(way.pending))
        own = bool(way.pending) and way.pending[-1][1] == noun and word.startswith("(")  # "Ounces (%)"
        if noun and (kind in _ENDS.get(noun, ()) or (closing and not own and not _fits(noun, word))):
            tail = _metals_at_end(way.pending)
            way.pending = way.pending[: len(way.pending) - len(tail)]
            way.close("", at - len(tail))
            way.pending, noun = tail, ""
        if closing:
            way.close(word, at + 1)
            noun = ""
            continue
        way.pending.append((word, kind))
        noun = kind if kind in _ENDS else noun
    _end_with_noun(way, noun, len(words))
    return way


def _end_with_noun(way: _Way, noun: str, at: int) -> None:
    """Close the last column of a head, which has a noun and no unit; the words behind the noun are a label."""
    if noun not in ("tonnes", "ounces", "other", "grade"):
        return
    last = max(place for place, (_, kind) in enumerate(way.pending) if kind == noun)
    behind = len(way.pending) - 1 - last
    way.pending = way.pending[: last + 1]
    way.close("", at - behind)


def _metals_at_end(pending: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The metals at the end of a name without a unit, which begin the next name: "Tonnes Au" before "g/t"."""
    count = 0
    while count < len(pending) - 1 and pending[-1 - count][1] == "metal":
        count += 1
    return pending[len(pending) - count :] if count else []


def _fits(noun: str, unit: str) -> bool:
    """Whether a unit may be that of a noun."""
    if _SCALE.fullmatch(unit):
        return noun in ("tonnes", "ounces")
    name = unit_of(_without_metal(unit.strip("()"))) or unit_in(unit)
    mass = name in ("t", "kt", "Mt", "Gt", "ton", "kton", "Mton", "oz", "koz", "Moz", "lb", "klb", "Mlb", "kg")
    return {"tonnes": mass, "ounces": mass, "grade": not mass}.get(noun, True)


def _metals_behind(words: list[str], kinds: list[str]) -> bool:
    """Whether metals may stand behind their units: "g/t Au koz Au"."""
    bare = [kind == "unit" and not word.startswith("(") for word, kind in zip(words, kinds, strict=True)]
    return any(bare[at] and kinds[at + 1] == "metal" for at in range(len(kinds) - 1))


_OF_METAL: dict[str, tuple[str, ...]] = {"of": ("metal", "ounces", "of")}
_JOININGS: tuple[dict[str, tuple[str, ...]], ...] = (
    {**_OF_METAL, "metal": ("grade", "of", "ounces")},
    {**_OF_METAL, "grade": ("metal",)},
    _OF_METAL,
)
"""What goes on with a name of a column: "Contained" with "Gold", "Gold" with "Grade" or "Grade" with "Gold"."""


def _stacked(words: list[str], kinds: list[str], joining: dict[str, tuple[str, ...]], unknown: str = "left") -> _Way:
    """A row of names over a row of as many units; one that a page reader spoiled is that of the same name elsewhere.

    ``unknown`` words are left, stand for a column each, or belong to the name behind them.
    """
    way = _Way()
    units = [place for place, kind in enumerate(kinds) if kind == "unit"]
    if len(units) < 2:
        return way
    at = range(units[0], units[-1] + 1)
    if any(kinds[place] not in ("unit", "brackets") for place in at):
        return way
    names, texts = _names(words[: at[0]], kinds[: at[0]], joining, unknown)
    lost = max(0, len(names) - len(at))
    clear = bool(texts) and texts[-1] == lost  # what is lost stood before the last head of a column of words
    names = names if lost == 0 else _under_spans(names, len(at)) or names[lost:]
    if len(names) == len(at):
        known = {" ".join(name): words[place] for name, place in zip(names, at, strict=True) if kinds[place] == "unit"}
        own = [words[place] if kinds[place] == "unit" else "" for place in at]
        said = [
            " ".join([*name, unit or known.get(" ".join(name), "")]).strip()
            for name, unit in zip(names, own, strict=True)
        ]
        way.columns, way.end = [column_of((one,)) for one in said], at[-1] + 1
        way.breaks = {place - lost for place in texts if place > lost}
        way.guess = unknown != "left" or not (clear or (lost == 0 and not any(texts)))
    return way


def _names(
    words: list[str], kinds: list[str], joining: dict[str, tuple[str, ...]], unknown: str
) -> tuple[list[list[str]], list[int]]:
    """The names of columns in a row of them, and how many stood before each head of a column of words."""
    names: list[list[str]] = []
    texts: list[int] = []
    loose: list[str] = []
    last = ""
    for word, kind in zip(words, kinds, strict=True):
        if kind in ("text", "category", "brackets"):
            texts += [len(names)] if kind == "text" else []
            last, loose = "", []
        elif kind == "":
            last = ""
            if unknown == "own" and word[:1].isupper():
                names.append([word])
            elif unknown == "joined":
                loose.append(word)
        else:
            if names and kind in joining.get(last, ()):
                names[-1].append(word)
            else:
                names.append([*loose[-2:], word])
            last, loose = kind, []
    return names, texts


def _under_spans(names: list[list[str]], count: int) -> list[list[str]]:
    """Tonnes and the metals of all other columns, where heads that span these stand before them."""
    metals = names[len(names) - count + 1 :] if len(names) >= count else []
    bare = bool(metals) and all(len(name) == 1 and analytes.analyte(name[0]) for name in metals)
    return [["Tonnes"], *metals] if bare and any(_TONNES.match(name[-1]) for name in names) else []


def _units(words: list[str], kinds: list[str], *, brackets: bool = False) -> _Way:
    """Nothing but units, each with the metal right before it or within its brackets; tonnes come first.

    A metal before a row of units is the last name over them. With ``brackets`` unknown ones among units are a column.
    """
    way = _Way()
    for at, kind in enumerate(kinds):
        if brackets and kind == "brackets" and at and kinds[at - 1] == "unit":
            way.columns.append(Column("", ""))
            way.end = at + 1
        if kind != "unit":
            continue
        in_row = at + 1 < len(kinds) and kinds[at + 1] in ("unit", "brackets")
        before = words[at - 1] if at and kinds[at - 1] == "metal" and not in_row else ""
        unit = words[at] if words[at].startswith("(") else f"({words[at]})"
        column = column_of((f"{before} {unit}".strip(),))
        if column.role == "tonnes" and any(one.role == "tonnes" for one in way.columns):
            whole = [one.role for one in way.columns]
            if "metal" in whole or whole.count("grade") > 1:  # a mass behind grades is metal of one of them
                column = replace(column, role="metal")
        way.columns.append(column)
        way.end = at + 1
    return way


def _grouped(columns: tuple[Column, ...], before: list[str]) -> tuple[Column, ...]:
    """The columns with the categories that stood over groups of them, where as many groups are alike."""
    named = [category_in(found[0]) for found in category_pattern().finditer(" ".join(before))]
    starts = [at for at, column in enumerate(columns) if column.role == "tonnes"]
    if len(starts) < 2 or any(column.group for column in columns):
        return columns
    named = named[-len(starts) :]
    if len(named) < len(starts) or len(set(named)) < len(named):
        return columns
    return tuple(
        replace(column, group=named[sum(start <= at for start in starts) - 1]) if at >= starts[0] else column
        for at, column in enumerate(columns)
    )


def _label(words: list[str], end: int) -> int:
    """Where the first row begins: behind the last column and the heads of words behind it."""
    for at in range(min(len(words), end + 3) - 1, end - 1, -1):
        if _TEXT_BEHIND.match(words[at]):
            return at + 1
    return end
