"""Pieces: the lengths, depths, grades and holes of a sentence, in the order in which it names them.

>>> from orebook.reading.language.quantities import quantities
>>> said = "6.2 m at 2.15% Cu and 8.4 g/t Ag from 41 m in QX-24-007"
>>> [piece.kind for piece in pieces(said, quantities(said))]
['length', 'grade', 'grade', 'depth', 'hole']
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from orebook.ground import units
from orebook.ground.fact import Words
from orebook.ground.figure import Figure
from orebook.reading.drilling import holes
from orebook.reading.drilling.drill_words import words
from orebook.reading.heads.cells import decimal
from orebook.reading.language import analytes
from orebook.reading.language.quantities import Quantity, quantities
from orebook.reading.patterns import Pattern


@dataclass(slots=True)
class Piece:
    """A length, a true thickness, a depth, a grade, grade times length or the name of a hole, with its place.

    ``figures`` holds two for a depth with an end ("from 41 to 47 m"); ``spans`` the places of each; ``start`` and
    ``end`` hold the words that belong to the piece ("from", the analyte).
    """

    kind: str
    start: int
    end: int
    figures: tuple[Figure | Words, ...]
    spans: tuple[tuple[int, int], ...]
    analyte: str = ""

    @property
    def figure(self) -> Figure | Words:
        """The first figure."""
        return self.figures[0]


_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_U = r"(?:\s?(?:m(?:et(?:re|er)s?)?|ft|feet)\b(?!\s?(?:at|of|grading)\b))"
_DOWN = r"(?:down[- ]?hole|depth|vertical|below surface)"
_DEPTH = Pattern(
    r"\b(?:from|fr\.?|fom|(?:starting|beginning|commencing) (?:at|from))\s*(?:an? |the )?"
    rf"(?:(?:{_DOWN}|drilled) )?(?:depths?\s)?(?:of\s)?(?:about |approximately |~)?"
    rf"(?:(?P<surface>surface)|(?P<low>{_N}){_U}?)"
    rf"(?:\s?(?:to|-|–)\s?(?:(?:the )?(?:EOH|end of (?:the )?hole) (?:at |of |\()(?:a depth of )?(?P<high5>{_N}){_U}"
    rf"|(?P<eoh>EOH|end[- ]of[- ]hole|the end of the hole)|(?P<high>{_N}){_U}))?"
    rf"|\bbetween\s(?P<low2>{_N}){_U}?\s(?:and|to)\s(?P<high2>{_N}){_U}"
    rf"|\bat\s(?:a\s)?(?:depth of\s)?(?P<low3>{_N}){_U}(?:\sto\s(?P<high3>{_N}){_U})?\s(?:{_DOWN})"
    rf"|\[(?P<low5>{_N})\s?m?\]"
    rf"|\((?:from )?(?P<low4>{_N})\s?(?:m|ft)?\s?(?:-|–|to)\s?(?P<high4>{_N})\s?(?:m|ft|feet)\)",
    re.IGNORECASE,
)
_GRAM_METRES = Pattern(
    rf"(?<!\d)(?P<n>{_N})\s?(?:gxm|g\*m|g[- ]m(?:etres|eters)?\b|gram[- ×x*]?(?:metres?|meters?)|gm(?=\s?Au\b))",
    re.IGNORECASE,
)
_TRUE_AFTER = Pattern(
    r"[\s(,-]{0,3}(?:m\)\s?)?(?:(?:in|of|and is|is)\s)?(?:an?\s)?"
    r"(?:estimated\s|est\.?\s|approximate\s|calculated\s)?(?:true\b|e?tw\b)"
    r"(?!\)?[\s-](?:width|thickness)(?:es)?[\s:=]{1,3}(?:(?:of|is|at|estimated|approximately|about)\s){0,3}~?\d)(?!\s?[:=~]?\s?\d)",
    re.IGNORECASE,
)
_TRUE_BEFORE = Pattern(
    r"(?:\btrue[- ](?:width|thickness)(?:es)?|\be?tw)\)?"
    r"(?:\s(?:of|is|was|estimated(?: at| to be)?|to be|at)|\s?[:=~]){0,2}\s*(?:about|approximately|~)?\s*$",
    re.IGNORECASE,
)
_NO_LENGTH_AFTER = Pattern(rf"[\s-]*{words('behind another length')}", re.IGNORECASE)
_NO_LENGTH_BEFORE = Pattern(rf"{words('before another length')}\s*$", re.IGNORECASE)


def pieces(plain: str, said: Sequence[Quantity], known: re.Pattern[str] | None = None) -> list[Piece]:
    """The pieces of a sentence that speak of drilled intervals, in order; ``known`` are more names of holes."""
    named = holes.find(plain, known=known)
    found = [Piece("hole", start, end, (Words(name, "name"),), ((start, end),)) for start, end, name in named]
    names, taken = (_Taken((piece.start, piece.end) for piece in found) for _ in range(2))
    for maker in (_depths, _gram_metres):
        for piece in maker(plain):
            if not taken.meets(piece.start, piece.end):
                found.append(piece)
                taken.add(piece.start, piece.end)
    quantities_here = list(_apart_from_holes(plain, said, names))
    for quantity in quantities_here:
        measured = _stretch(plain, quantity, quantities_here) or _measured(plain, quantity)
        if measured and not taken.meets(quantity.number_start, quantity.number_end):
            found.append(measured)
    return sorted(found, key=lambda piece: piece.start)


def _apart_from_holes(plain: str, said: Sequence[Quantity], names: "_Taken") -> Iterator[Quantity]:
    """The quantities; one that took digits of a name for half of a range ("QX-21-03 - 5.7 g/t") is read again."""
    for quantity in said:
        name = names.end_around(quantity.number_start)
        if name is None:
            yield quantity
        elif name < quantity.end:
            yield from quantities(plain, name, min(len(plain), quantity.end + 25))[:1]


class _Taken:
    """Stretches of a sentence that are taken; none overlaps another."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self._stretches = sorted(stretches)

    def meets(self, start: int, end: int) -> bool:
        """Whether a stretch overlaps one that is taken."""
        before = bisect_left(self._stretches, (end,))
        return any(stop > start for _, stop in self._stretches[max(0, before - 2) : before])

    def add(self, start: int, end: int) -> None:
        """Take a stretch."""
        insort(self._stretches, (start, end))

    def end_around(self, place: int) -> int | None:
        """Where the stretch ends in which a place lies, if it lies in one."""
        before = bisect_left(self._stretches, (place + 1,))
        return next((stop for _, stop in self._stretches[max(0, before - 2) : before] if stop > place), None)


_OTHER_UNIT = Pattern(
    r"\s?(?:%|g/t|gpt|grams?|ppm|ppb|per\b|Mt\b|million|[kM]?oz|ounces|holes|samples?|composites?|splits?|tonnes|years|months)"
    r"|[.,]?\d"
)
_COUNTED = Pattern(
    r"\s(?:(?!in\b|and\b|to\b)[A-Za-z][\w/-]*\s){0,3}?(?:holes|drill ?holes|rigs|targets|trenches|pits|sites)\b"
)
"""Things counted behind a number: "from 5 RC holes" is no depth."""
_A_LENGTH = Pattern(
    r"from\s(?:an?|the)\s[\d.]{1,6}[\s-]?(?:foot|ft|feet|m|met(?:re|er)s?)[\s-](?:wide |long |thick )?"
    r"(?:interval|intercept|intersection|section|core|width|zone)s?\b",
    re.IGNORECASE,
)


def _depths(plain: str) -> Iterator[Piece]:
    for found in _DEPTH.finditer(plain):
        figures: list[Figure | Words] = []
        spans: list[tuple[int, int]] = []
        alone = _begins_another(plain, found)
        said_unit = re.search(r"(?<=[\d\s])(?:(?P<feet>ft|feet)|m|met(?:re|er)s?)\b", found[0], re.IGNORECASE)
        unit = ("ft" if said_unit["feet"] else "m") if said_unit else ""
        for name in (
            "surface",
            "low",
            "low2",
            "low3",
            "low4",
            "low5",
            "eoh",
            "high5",
            "high",
            "high2",
            "high3",
            "high4",
        ):
            said = found[name]
            if said and not (alone and name == "high"):
                figures.append(Figure(decimal(said), unit) if said[0].isdigit() else Words(said, "text"))
                spans.append(found.span(name))
        end = spans[-1][1] if alone else found.end()
        other = _OTHER_UNIT.match(plain, end) or (not unit and _COUNTED.match(plain, end))
        if not other and not _A_LENGTH.match(plain, found.start()):
            yield Piece("depth", found.start(), end, tuple(figures), tuple(spans))


_GRADED = Pattern(r"\s?(?:@|\b(?:at|grading|averaging|assaying|of)\b)\s?[<>~≥≤]?\d", re.IGNORECASE)
_DASHED = Pattern(r"\s?[-–]\s")


def _begins_another(plain: str, found: re.Match[str]) -> bool:
    """Whether the second of two depths is the length of the next item: "from 54 m - 12 m @ 0.3 %", a dash for a bullet.

    Depths rise; and an item that has its grade before its depth does not have another behind it.
    """
    if not found["high"] or not _DASHED.search(plain, found.end("low"), found.start("high")):
        return False
    if decimal(found["high"]) <= decimal(found["low"]):
        return True
    return bool(_GRADED.match(plain, found.end())) and "@" in plain[max(0, found.start() - 60) : found.start()]


def _gram_metres(plain: str) -> Iterator[Piece]:
    for found in _GRAM_METRES.finditer(plain):
        yield Piece(
            "gram metres", found.start(), found.end(), (Figure(decimal(found["n"]), "g/t m"),), (found.span("n"),)
        )


def _measured(plain: str, quantity: Quantity) -> Piece | None:
    """A quantity as a length, a true thickness or a grade, or nothing when it is something else."""
    span = ((quantity.start, quantity.end),)
    if quantity.is_range:
        return None
    figure = quantity.figure
    if quantity.unit in ("m", "ft"):
        if figure.sign == "<":
            figure = Figure(figure.value, figure.unit)  # "within 24 m at 0.6 %" holds, it does not bound
        kind = _kind_of_length(plain, quantity)
        return Piece(kind, quantity.start, quantity.end, (figure,), span) if kind else None
    if not quantity.unit and (named := _EQUIVALENT.match(plain, quantity.end)):
        return Piece("grade", quantity.start, named.end(), (figure,), span, analytes.analyte(named["name"]))
    if is_grade(quantity):
        if figure.sign == "<" and plain[: quantity.start].rstrip().endswith("within"):
            figure = Figure(figure.value, figure.unit)
        name, end = quantity.analyte, max(quantity.end, quantity.analyte_end)
        start = quantity.start
        if unit_again := _UNIT_AGAIN.match(plain, end):
            end, name = unit_again.end(), name or analytes.analyte(unit_again["name"] or "")
        if name and (again := _NAMED_AGAIN.match(plain, end)) and analytes.analyte(again["name"]) == name:
            end = again.end()
        if name and (again := _EQUIVALENT.match(plain, end)) and analytes.analyte(again["name"]) == f"{name}Eq":
            name, end = f"{name}Eq", again.end()  # "2.0 g/t gold AuEq"
        if not name and plain[start - 1 : start] == "(" and plain[end : end + 1] == ")":
            behind = analytes.find(plain, end + 1, min(len(plain), end + 16))[:1]  # "640 ppb (0.6 g/t) Au"
            if behind and not plain[end + 1 : behind[0][0]].strip():
                _, end, name = behind[0]
        if not name and (before := _analyte_before(plain, quantity.start)):
            name, start = before
        return Piece("grade", start, end, (figure,), span, name)
    return None


def _stretch(plain: str, quantity: Quantity, beside: Sequence[Quantity]) -> Piece | None:
    """Two depths without a word ("30-42 m, 12 m at 1.4 g/t"): a range as long as a length that is said beside it."""
    if not quantity.is_range or quantity.unit not in ("m", "ft") or len(quantity.figures) != 2:
        return None
    low, high = quantity.figures
    size = high.value - low.value
    beside_it = any(
        other.unit == quantity.unit and not other.is_range and other.figure.value == size for other in beside
    )
    if not beside_it and not (low.value < high.value and _ASSAYED.match(plain, quantity.end)):
        return None
    dash = re.search(r"\s?(?:-|–|—|to)\s?", plain[quantity.number_start : quantity.number_end])
    if not dash:
        return None
    middle = (quantity.number_start + dash.start(), quantity.number_start + dash.end())
    spans = ((quantity.number_start, middle[0]), (middle[1], quantity.number_end))
    return Piece("depth", quantity.start, quantity.end, quantity.figures, spans)


_UNIT_AGAIN = Pattern(r"\s?\(\s?(?:g/t|gpt|ppm|ppb|opt|oz/t(?:on)?|%)(?:\s?(?P<name>[A-Z][A-Za-z0-9]{0,5}))?\s?\)")
"""The unit once more in brackets behind a grade: "1.4 grams per tonne of gold (g/t Au)"."""
_NAMED_AGAIN = Pattern(r"\s?\(\s?[\"']?(?P<name>[A-Z][A-Za-z0-9]{0,6})[\"']?\s?\)")
"""The sign of an analyte in brackets behind its words: "gold equivalent (\"AuEq\")"."""
_ASSAYED = Pattern(
    r"\s?,?\s?(?:\([^()]{1,30}\)\s)?(?:interval |sample |which |that ){0,2}"
    r"(?:assay(?:ed|s|ing)|return(?:ed|s|ing)|grad(?:ed|es|ing)"
    r"|averag(?:ed|es|ing)|ran\b|yield(?:ed|s|ing)|@|at \d)",
    re.IGNORECASE,
)
_EQUIVALENT = Pattern(r"\s?(?P<name>(?:Au|Ag|Cu|Zn|Ni|Sn)[. ]?[Ee][Qq])\b")
"""An equivalent in parentheses behind its parts is often without a unit; it has that of the parts."""


def _kind_of_length(plain: str, quantity: Quantity) -> str:
    after, before = plain[quantity.end : quantity.end + 45], plain[max(0, quantity.start - 45) : quantity.start]
    if _TRUE_AFTER.match(after) or _TRUE_BEFORE.search(before):
        return "true"
    if _NO_LENGTH_AFTER.match(after) or _NO_LENGTH_BEFORE.search(before):
        return ""
    return "length"


_JUST_BEFORE = Pattern(
    r"(?P<said>[A-Za-z][\w+.]*(?: (?:oxide|equivalent))?)\)?\s?"
    r"(?:[:=]|\b(?:grad(?:es?|ing)|values?|assays?|assaying|contents?)\b)?\s?"
    r"(?:\b(?:of|at)\b)?\s?(?:up to|as high as|as much as|reaching|>|<)?\s?$"
)


def _analyte_before(plain: str, at: int) -> tuple[str, int] | None:
    """The analyte right before a grade ("Cu 0.51 %", "gold: 2.1 g/t"), and where it starts."""
    found = _JUST_BEFORE.search(plain[max(0, at - 45) : at])
    name = analytes.analyte(found["said"]) if found else ""
    if not found or not name or found["said"] in ("In", "As", "or", "Or"):
        return None
    start = max(0, at - 45) + found.start("said")
    behind = plain[max(0, start - 6) : start]
    return None if re.search(r"[%t]\s?$|pm\s?$|pb\s?$", behind) else (name, start)


def is_grade(quantity: Quantity) -> bool:
    """Whether a quantity can be a grade: a share of mass, or what a litre of brine holds.

    >>> [is_grade(said) for said in quantities("548 mg/L Li over 226 m of 1.2% Li2O")]
    [True, False, True]
    """
    return (quantity.fraction and quantity.unit != "bps") or quantity.unit == "mg/L"


def is_grade_unit(unit: str) -> bool:
    """Whether a unit alone tells that a figure is a grade; a percentage may be anything.

    >>> is_grade_unit("g/t"), is_grade_unit("%")
    (True, False)
    """
    return bool(unit) and unit != "%" and not units.unit(unit).dimension
