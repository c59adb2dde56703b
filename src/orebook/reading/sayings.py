"""Sayings: which quantity of a sentence is of which measure, and for which period.

A sentence of a report says a measure, a figure, a period, and often the figure to compare it with: "Revenues were A in
the quarter compared to B in the 2010 quarter". The measure is carried over to the comparison; "or C per share" makes the
per-share measure of it; "a decrease of D" is a change of it.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from orebook.ground import units
from orebook.ground.figure import Figure
from orebook.reading.columns import vocabulary
from orebook.reading.labels import fits, unit_class
from orebook.reading.mentions import Mention
from orebook.reading.quantities import Quantity
from orebook.reading.said_periods import SaidPeriod

_COMPARED = re.compile(r"\b(?:compared? (?:to|with)|in comparison (?:to|with)|versus|vs\.?|against|from|as opposed to|up from|down from)(?=\W|$)", re.IGNORECASE)
_TWIN = re.compile(r"^\W{0,3}(?:or|equal to|equivalent to|being)?\W{0,3}$", re.IGNORECASE)
_RIGHT = re.compile(r"^\s?(?:of |in |as |worth of )?(?:its |the |total |consolidated |unrestricted |net |available |negative |positive )?$", re.IGNORECASE)
_GENERIC = re.compile(r"\b(?:a )?(?P<word>loss(?:es)?|gains?|income|earnings|profit|deficit)(?: of| was| were)?\s*(?:approximately |about )?$", re.IGNORECASE)
_NEGATIVE = re.compile(r"\b(?:loss(?:es)?|negative|deficit|deficiency)\b", re.IGNORECASE)
_MOVED_AFTER = re.compile(r"^\s?(?:\([^()]{0,20}\)\s)?(?:year[- ]over[- ]year |quarter[- ]over[- ]quarter )?(?P<word>lower|higher|less|more|decrease|increase|decline|reduction|improvement|drop|rise)\b", re.IGNORECASE)
_MOVED_BEFORE = re.compile(
    r"\b(?P<word>increased|decreased|declined|declining|rose|fell|grew|down|up|higher|lower|improved|reduced|dropped|increase|decrease|decline|improvement|reduction)"
    r"(?: by| of)?(?: approximately| about| a further)?\s*$",
    re.IGNORECASE,
)
_DOWN = frozenset("lower less decrease decline reduction drop decreased declined declining fell down reduced dropped".split())
_CARRIED = re.compile(r"^[\s,;()-]*(?:(?:and|or|to|from|the|in|for|of|a|an|during|with|it|was|were|at|up|down|net|comparative|approximately|about|same|period|quarter|year)\b[\s,()-]*|compared (?:to|with)[\s,]*|versus[\s,]*|vs\.?[\s,]*|against[\s,]*|in comparison (?:to|with)[\s,]*)*$", re.IGNORECASE)
_JOINT = re.compile(r"\b(?:compared|versus|vs|from|or|against|to|comparison)\b|\(", re.IGNORECASE)
_LISTED = re.compile(r"^[\s,]*(?:and|as well as|plus)?\s*(?:approximately |about )?$", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][A-Za-z'/&-]*|[:=–(,;]")
_STRANGERS = 5


@dataclass(frozen=True, slots=True)
class Saying:
    """A quantity with its measure; ``of`` is the measure that a change is of, ``mention`` the words that named it."""

    measure: str
    quantity: Quantity
    mention: Mention
    negative: bool = False
    of: str = ""
    period: SaidPeriod | None = None
    compared: bool = False


@dataclass(slots=True)
class _Chain:
    """The measure that the sentence is speaking of."""

    mention: Mention
    measure: str
    consumed: int = 0


_ENDS = re.compile(r"\s?(?:to|and|-|–|—)\s?(?:approximately )?", re.IGNORECASE)


def joined_ranges(plain: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities with the two ends of a range made one: "$600 million to $625 million", "between 5 t and 7 t"."""
    kept: list[Quantity] = []
    for quantity in found:
        last = kept[-1] if kept else None
        gap = plain[last.end : quantity.start] if last else ""
        if last and _ENDS.fullmatch(gap) and last.unit == quantity.unit and not last.is_range and not quantity.is_range and _rising(plain, last, quantity, gap):
            kept[-1] = Quantity((last.figure, quantity.figure), last.start, quantity.end, last.number_start, quantity.number_end, quantity.noun, quantity.analyte, quantity.analyte_end)
        else:
            kept.append(quantity)
    return kept


def _rising(plain: str, low: Quantity, high: Quantity, gap: str) -> bool:
    """Whether two figures are the ends of a range and not a figure and the one it rose to."""
    if low.figure.value >= high.figure.value or not low.unit:
        return False
    before = plain[max(0, low.start - 60) : low.start].lower()
    if gap.strip().lower() == "and":
        return re.search(r"\bbetween\s(?:approximately )?$", before) is not None
    return not re.search(r"\bfrom\s(?:approximately )?$", before)


def sayings(plain: str, quantities: list[Quantity], named: list[Mention], periods: list[SaidPeriod]) -> list[Saying]:
    """What a sentence says, in order; quantities whose measure cannot be told are left out."""
    found: list[Saying] = []
    chain: _Chain | None = None
    used: set[Mention] = set()
    last = 0
    quantities = joined_ranges(plain, quantities)
    for quantity in quantities:
        before = plain[last : quantity.start]
        chain, said = _said(plain, quantity, before, last, [m for m in named if m not in used], chain)
        if said is not None:
            if said.mention.start >= quantity.end:
                used |= {m for m in named if m.start == said.mention.start}
            found.append(said)
        if said is not None or not near_left(named, quantity, last):
            last = max(last, quantity.end, quantity.analyte_end)
    return _shared([_dated(plain, saying, quantities, periods) for saying in found], plain)


def _shared(found: list[Saying], plain: str) -> list[Saying]:
    """Two measures joined by "and" share the period that is said behind the second."""
    for at in range(len(found) - 2, -1, -1):
        one, other = found[at], found[at + 1]
        between = plain[one.quantity.end : other.quantity.start]
        if one.period is None and other.period and not one.compared and not other.compared and len(between) < 60 and re.search(r"\band\b", between) and not re.search(r"[;,]", between):
            found[at] = replace(one, period=other.period)
    return found


def near_left(named: list[Mention], quantity: Quantity, last: int) -> bool:
    """Whether a measure named since the last figure may belong to a later one: "NPV (5%) of $40 million"."""
    return any(last <= m.start and m.end <= quantity.start and quantity.start - m.end <= 3 for m in named)


def _said(
    plain: str, quantity: Quantity, before: str, last: int, named: list[Mention], chain: _Chain | None
) -> tuple[_Chain | None, Saying | None]:
    near = [m for m in named if last <= m.start and m.end <= quantity.start]
    left = [m for m in near if _linked(plain, m, quantity)]
    compared = bool(_COMPARED.search(_outside(before)))
    moved = _moved(plain, quantity, before)
    if moved is not None and (near or chain):
        return _change(quantity, [m for m in near if m in left or _moving(plain, m, quantity)], chain, moved)
    for mention in _fitting(left, quantity):
        negative = _is_negative(plain, mention, quantity)
        return _Chain(mention, mention.measure), Saying(mention.measure, _per(quantity, mention), mention, negative, compared=compared)
    right = [m for m in named if quantity.end <= m.start and _RIGHT.match(plain[quantity.end : m.start])]
    for mention in _fitting(right, quantity):
        negative = "negative" in plain[quantity.end : mention.start].lower() or bool(_NEGATIVE.search(mention.words))
        return _Chain(mention, mention.measure), Saying(mention.measure, _per(quantity, mention), mention, negative, compared=compared)
    if chain is None:
        return None, None
    return _carried(quantity, before, chain, compared=compared)


def _fitting(found: list[Mention], quantity: Quantity) -> Iterator[Mention]:
    """The mentions that the unit allows, the nearest first; per-share figures make the per-share measure."""
    for mention in sorted(found, key=lambda m: min(abs(quantity.start - m.end), abs(m.start - quantity.end))):
        if fitted := _fit(mention.measure, _unit(quantity, mention)):
            yield mention if fitted == mention.measure else Mention(fitted, mention.words, mention.start, mention.end, mention.per)


def _unit(quantity: Quantity, mention: Mention) -> str:
    """The unit of a figure, with what its measure is per: "cash costs per ounce were $900"."""
    whole = f"{quantity.unit}/{mention.per}"
    return whole if mention.per and quantity.money and " " not in quantity.unit and units.known(whole) else quantity.unit


def _per(quantity: Quantity, mention: Mention) -> Quantity:
    unit = _unit(quantity, mention)
    if unit == quantity.unit:
        return quantity
    figures = tuple(Figure(figure.value, unit, figure.sign) for figure in quantity.figures)
    return replace(quantity, figures=figures)


@cache
def _known(measure: str) -> bool:
    return any(column.measure == measure for column in vocabulary(measure.partition(".")[0]))


def _fit(measure: str, unit: str) -> str:
    """The measure itself, its per-share sister, or nothing; ratios have no unit."""
    if not unit:
        return measure if unit_class(measure) == "1" else ""
    if fits(measure, unit):
        return measure
    for other in (f"{measure}_per_share", measure.removesuffix("_per_share")):
        if other != measure and _known(other) and fits(other, unit):
            return other
    return ""


def _change(quantity: Quantity, left: list[Mention], chain: _Chain | None, sign: int) -> tuple[_Chain | None, Saying | None]:
    """A figure that is the change of a measure."""
    mention = max(left, key=lambda m: m.end) if left else chain.mention if chain else None
    if mention is None or not (quantity.unit == "%" or quantity.money or _fit(mention.measure, quantity.unit)):
        return chain, None
    kept = _Chain(mention, mention.measure) if left else chain
    return kept, Saying("finance.change", quantity, mention, sign < 0, of=kept.measure if kept else mention.measure)


def _moving(plain: str, mention: Mention, quantity: Quantity) -> bool:
    """Whether a measure and the figure of its move stand in one clause: "EBITDA per ton declined 17%"."""
    between = plain[mention.end : quantity.start]
    return len(between) <= 60 and not re.search(r"[,;]|\b(?:by|and|while)\b", between[:-4])


def _moved(plain: str, quantity: Quantity, before: str) -> int | None:
    """+1 or -1 where the quantity says by how much something rose or fell."""
    after = _MOVED_AFTER.match(plain[quantity.end : quantity.end + 60])
    found = after or _MOVED_BEFORE.search(before)
    if not found:
        return None
    return -1 if found["word"].lower() in _DOWN else 1


def _carried(quantity: Quantity, before: str, chain: _Chain, *, compared: bool) -> tuple[_Chain | None, Saying | None]:
    """A comparison, or the same per share: the measure is that of the figure before."""
    fitted = _fit(chain.measure, quantity.unit)
    generic = _GENERIC.search(before)
    said = _outside(before[: generic.start()] if generic else before)
    joints = list(_COMPARED.finditer(said))
    bare = _CARRIED.match(said[joints[-1].end() :] if joints else said)
    mass = units.unit(quantity.unit or "1").dimension == (("mass", 1),)
    listed = mass and _LISTED.match(before if quantity.analyte else _outside(before).replace(" by ", " ")) is not None
    if not fitted or not bare or not (listed or _JOINT.search(before)):
        return (chain if quantity.unit == "" else None), None
    negative = bool(_NEGATIVE.search(generic["word"])) if generic else bool(_NEGATIVE.search(chain.mention.words))
    return chain, Saying(fitted, quantity, chain.mention, negative, compared=compared)


_PERIODS_IN = re.compile(
    r"\b(?:the |same |comparative |comparable |prior |previous |current )*(?:(?:January|February|March|April|May|June|July|August|September|October|November|December|Dec\.|Sept\.?)"
    r"(?: \d{1,2},?)? ?)?(?:(?:19|20)\d\d ?)?(?:first |second |third |fourth )?(?:quarter|year|period|months?|half)s?(?: ended| ending)?(?: of (?:19|20)\d\d)?(?: (?:January|February|March|April|May|June|July|August|September|October|November|December|Dec\.)(?: \d{1,2},?)?(?: (?:19|20)\d\d)?)?"
    r"|\b(?:three|six|nine|twelve)\b|\b(?:19|20)\d\d\b|\bQ[1-4]\b|\b[1-4]Q\d\d\b",
    re.IGNORECASE,
)


def _outside(words: str) -> str:
    """Words without the periods in them."""
    return _PERIODS_IN.sub(" ", words)


@cache
def _links() -> dict[str, str]:
    text = files("orebook.reading").joinpath("words", "links.csv").read_text(encoding="utf-8")
    return {row["word"]: row["place"] for row in csv.DictReader(text.splitlines())}


def _linked(plain: str, mention: Mention, quantity: Quantity) -> bool:
    """Whether the words between a measure and a quantity tie them together."""
    between = plain[mention.end : quantity.start]
    if len(between) > 160 or ";" in between:
        return False
    words = [word.lower() for word in _WORD.findall(_outside(between))]
    if not words:
        return True
    tied = _links().get(words[-1]) == "last" or words[-1] in (":", "=", "–", "(") or between.strip(" ~") in ("", ":", "-")
    strangers = sum(word not in _links() and len(word) > 1 for word in words)
    return tied and strangers <= _STRANGERS


def _is_negative(plain: str, mention: Mention, quantity: Quantity) -> bool:
    """Whether the words make the amount a negative one."""
    before = plain[max(0, mention.start - 12) : mention.start].lower()
    return bool(_NEGATIVE.search(mention.words)) or "negative " in before


def _dated(plain: str, saying: Saying, quantities: Iterable[Quantity], periods: list[SaidPeriod]) -> Saying:
    """The period said with a quantity: behind it, else before it."""
    found = _after(plain, saying.quantity, list(quantities), periods) or _before(plain, saying, list(quantities), periods)
    return Saying(saying.measure, saying.quantity, saying.mention, saying.negative, saying.of, found, saying.compared)


def _after(plain: str, quantity: Quantity, quantities: list[Quantity], periods: list[SaidPeriod]) -> SaidPeriod | None:
    end = quantity.end
    following = sorted((q for q in quantities if q.start >= end and q.unit), key=lambda q: q.start)
    for other in following:
        if not _TWIN.match(plain[end : other.start]) or not _is_twin(quantity, other):
            break
        end = other.end
    stop = next((q.start for q in following if q.start >= end), len(plain))
    for said in periods:
        if end <= said.start < stop:
            gap = plain[end : said.start]
            broken = _COMPARED.search(gap) or re.search(r"\bthan\b", gap) or re.search(r";|, (?:and|while|but|which|with)\b|\.\s", gap)
            return None if broken or len(gap) > 90 else said
    return None


def _is_twin(one: Quantity, other: Quantity) -> bool:
    """Whether two figures say one thing: an amount and the same per share."""
    left, right = (units.unit(q.unit or "1") for q in (one, other))
    if left.dimension == right.dimension == (("mass", 1),):
        return True  # "(8,556 GEOs)" beside the ounces
    return left.dimension != right.dimension and bool(left.money) and bool(right.money)


def _before(plain: str, saying: Saying, quantities: list[Quantity], periods: list[SaidPeriod]) -> SaidPeriod | None:
    """The last period before a quantity, as long as no comparison stands between."""
    earlier = [said for said in periods if said.end <= saying.quantity.start]
    if not earlier:
        return None
    said = earlier[-1]
    between = plain[said.end : saying.quantity.start]
    if _COMPARED.search(_outside(between)) and "from" not in between:
        return None
    if saying.compared and any(said.end <= q.start < saying.quantity.start for q in quantities):
        return None
    return said if ";" not in between else None
