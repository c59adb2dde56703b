"""Sayings: which quantity of a sentence is of which measure, and for which period.

A sentence of a report says a measure, a figure, a period, and often the figure to compare it with: "Revenues were A in
the quarter compared to B in the 2010 quarter". The measure is carried over to the comparison; "or C per share" makes
the per-share measure of it; "a decrease of D" is a change of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from orebook.ground import units
from orebook.ground.figure import Figure
from orebook.reading.heads.columns import vocabulary
from orebook.reading.heads.labels import fits, unit_class
from orebook.reading.language import products
from orebook.reading.language.dated import Saying, dated, shared
from orebook.reading.language.links import COMPARED, bracket_at, linked, moving, outside
from orebook.reading.language.mentions import Mention
from orebook.reading.language.prose_ranges import joined_ranges
from orebook.reading.language.quantities import Quantity
from orebook.reading.language.said_periods import SaidPeriod
from orebook.reading.patterns import Pattern

_RIGHT = Pattern(
    r"^\s?(?:of |in |as |worth of )?(?:its |the |total |consolidated |unrestricted |net |available |negative |"
    r"positive )?$|"
    r"^\s?(?:of (?:[a-z]+ ){1,2})?(?:was|were|has been|have been) $",
    re.IGNORECASE,
)
_GENERIC = Pattern(
    r"\b(?:a )?(?P<word>loss(?:es)?|gains?|income|earnings|profit|deficit)(?: of| was| were)?\s*(?:approximately |"
    r"about )?$",
    re.IGNORECASE,
)
_NEGATIVE = Pattern(r"\b(?:loss(?:es)?|negative|deficit|deficiency)\b", re.IGNORECASE)
_MOVED_AFTER = Pattern(
    r"^\s?(?:\([^()]{0,20}\)\s)?(?:year[- ]over[- ]year |quarter[- ]over[- ]quarter )?(?P<word>lower|higher|less|"
    r"more|decrease|increase|decline|reduction|improvement|drop|rise)\b",
    re.IGNORECASE,
)
_IN_WHAT = Pattern(
    r"\s(?:(?:year|quarter)[- ]over[- ](?:year|quarter) )?(?:decrease|increase|decline|reduction|improvement|drop|rise|"
    r"growth|jump|fall) in (?:the |its |our )?(?:(?:full-year|quarterly|annual|half-year|total|consolidated|"
    r"attributable|overall|average) ){0,2}",
    re.IGNORECASE,
)
_MOVED_AROUND = Pattern(
    r"^\s(?:(?:year|quarter)[- ](?:over|on)[- ](?:year|quarter) )?(?:[a-z-]{4,14} ){1,3}"
    r"(?P<word>decline|decrease|increase|drop|reduction|growth|improvement|rise)\b"
)
"""What moved stands between by how much and the word for it: "a 13% sales volume decline"."""
_MOVED_OVER = Pattern(
    r"\b(?P<word>increases?|increased|raises?|raised|lifts?|lifted|boosts?|boosted|improves?|improved|reduces?|reduced|"
    r"lowers?|lowered|cuts?)\s(?:[\w%().-]{1,20}\s){1,7}by\s(?:approximately |about )?$",
    re.IGNORECASE,
)
"""What is moved stands between: "increases the base case NPV10 by"."""
_OF_PRODUCT = Pattern(r"\sof (?:finished )?")
_MOVED_BEFORE = Pattern(
    r"\b(?P<word>plunged|slumped|slid|tumbled|jumped|surged|soared|climbed|gained|edged|dipped|increased|decreased|declined|declining|rose|fell|grew|down|up|higher|lower|improved|reduced|"
    r"dropped|increase|decrease|decline|improvement|reduction)"
    r"(?: by| of)?(?: approximately| about| a further)?\s*$",
    re.IGNORECASE,
)
_DOWN = frozenset(
    "plunged slumped slid tumbled dipped reduces reduce lowers lowered cuts cut lower less decrease decline reduction "
    "drop decreased declined declining fell down reduced dropped".split()
)
_CARRIED = Pattern(
    r"^[\s,;()-]*(?:(?:and|or|to|from|the|in|for|of|a|an|during|with|it|was|were|at|up|down|net|comparative|"
    r"approximately|about|same|period|quarter|year|negative|positive|record|new|all-time|high|low|of)\b[\s,()-]*|"
    r"compared (?:to|with)[\s,]*|versus[\s,]*|"
    r"vs\.?[\s,]*|against[\s,]*|in comparison (?:to|with)[\s,]*)*$",
    re.IGNORECASE,
)
_JOINT = Pattern(r"\b(?:compared|versus|vs|from|or|against|to|comparison)\b|\(", re.IGNORECASE)
_LISTED = Pattern(r"^[\s,]*(?:and|as well as|plus)?\s*(?:approximately |about )?$", re.IGNORECASE)
_LEFT_OVER = Pattern(r"\s(?:by|(?:in|during|for|over)(?=\s\s))\s")
_PLACE = r"(?:the |its )?[A-Z][\w'’.-]*(?: (?:[A-Z][\w'’-]*|de|la|del|do|da)){0,4}"
_SECOND = Pattern(
    rf"^[\s,)]*(?:(?:and|while|with) (?:(?:at|from) {_PLACE}(?:,| (?:mine|operation))?|(?:another|a further)|"
    rf"(?:the )?{_PLACE} (?:mine|operation|mill))|"
    rf"(?:at|from) {_PLACE}(?: (?:mine|operation))?,?(?: and)?)"
    r"(?: (?:was|were|of|with|it was|produced|totalled|totaled))?\s(?:approximately |about )?$"
)
_TAX_LIST = Pattern(r"^[\s,(]*(?:(?:pre|post|after|before)[- ]?tax\)?)?[\s,]*(?:and|or)\s$", re.IGNORECASE)
_BESIDE = Pattern(r"[\s:,–-]{0,4}(?:(?:was|were|of|at|in|for)\s)?[\s:,–-]{0,4}", re.IGNORECASE)
_OWN_BASIS = Pattern(r"^\(?(?:on a )?100\s?% (?:basis|owned|share)?:?\s?$", re.IGNORECASE)


@dataclass(slots=True)
class _Chain:
    """The measure that the sentence is speaking of."""

    mention: Mention
    measure: str
    scaled: bool = False
    unit: str = ""


def sayings(plain: str, quantities: list[Quantity], named: list[Mention], periods: list[SaidPeriod]) -> list[Saying]:
    """What a sentence says, in order; quantities whose measure cannot be told are left out."""
    found: list[Saying] = []
    chain: _Chain | None = None
    used: set[Mention] = set()
    last = 0
    quantities = joined_ranges(plain, quantities)
    for quantity in quantities:
        before = plain[last : quantity.start]
        said = _in_brackets(plain, quantity, chain, periods, last) if chain else None
        if said is None:
            kept, said = _said(plain, quantity, before, last, [m for m in named if m not in used], chain)
            chain = kept if kept or not bracket_at(plain, quantity.start) else chain
        if said is not None:
            if said.mention.start >= quantity.end:
                used |= {m for m in named if m.start == said.mention.start}
            found.append(said)
        rate = said.measure == "economics.discount_rate" if said else _is_rate(named, quantity, last)
        if not rate and (said is not None or not (_near_left(named, quantity, last) or quantity.measures("time"))):
            last = max(last, quantity.end, quantity.analyte_end)
    return shared([dated(plain, saying, quantities, periods) for saying in found], plain)


def _near_left(named: list[Mention], quantity: Quantity, last: int) -> bool:
    """Whether a measure named since the last figure may belong to a later one: "NPV (5%) of $40 million"."""
    return any(last <= m.start <= quantity.start and quantity.start - m.end <= 3 for m in named)


def _is_rate(named: list[Mention], quantity: Quantity, last: int) -> bool:
    """Whether a percentage behind a net present value is its rate: "NPV (after tax, 8% discount) of $331 million"."""
    return quantity.unit == "%" and any(
        m.measure == "economics.npv" and last <= m.start and 0 <= quantity.start - m.end < 30 for m in named
    )


def _said(
    plain: str, quantity: Quantity, before: str, last: int, named: list[Mention], chain: _Chain | None
) -> tuple[_Chain | None, Saying | None]:
    near = [m for m in named if last <= m.start and m.end <= quantity.start]
    left = [m for m in near if linked(plain, m, quantity)]
    compared = bool(COMPARED.search(outside(before)))
    moved = _moved(plain, quantity, before)
    if moved is not None and (grown := _growing(plain, quantity, named)):
        return _change(quantity, [grown], chain, moved)
    if moved is not None and (near or chain):
        return _change(quantity, [m for m in near if m in left or moving(plain, m, quantity)], chain, moved)
    for mention in _fitting(left, quantity):
        negative = _is_negative(plain, mention) or "negative " in plain[mention.end : quantity.start].lower()
        compared = bool(COMPARED.search(outside(plain[mention.end : quantity.start])))
        figure = _per(quantity, mention)
        return _Chain(mention, mention.measure, " " in figure.unit, figure.unit), Saying(
            mention.measure, figure, mention, negative, compared=compared
        )
    right = [
        m
        for m in named
        if (quantity.end <= m.start and _RIGHT.match(plain[quantity.end : m.start]))
        or quantity.number_end <= m.start < quantity.end < m.end  # "214,000 tonnes milled"
    ]
    for mention in _fitting(right, quantity):
        negative = "negative" in plain[quantity.end : mention.start].lower() or bool(_NEGATIVE.search(mention.words))
        figure = _per(quantity, mention)
        return _Chain(mention, mention.measure, " " in figure.unit, figure.unit), Saying(
            mention.measure, figure, mention, negative, compared=compared
        )
    if chain is None:
        return None, None
    return _carried(quantity, before, chain, compared=compared)


def _fitting(found: list[Mention], quantity: Quantity) -> Iterator[Mention]:
    """The mentions that the unit allows, the nearest first; per-share figures make the per-share measure."""
    for mention in sorted(found, key=lambda m: min(abs(quantity.start - m.end), abs(m.start - quantity.end))):
        if fitted := _fit(mention.measure, _unit(quantity, mention)):
            yield (
                mention
                if fitted == mention.measure
                else Mention(fitted, mention.words, mention.start, mention.end, mention.per)
            )


def _unit(quantity: Quantity, mention: Mention) -> str:
    """The unit of a figure, with what its measure is per: "cash costs per ounce were $900"."""
    below = mention.per or ("share" if mention.measure.endswith("_per_share") else "")
    whole = f"{quantity.unit}/{below}"
    bare = " " not in quantity.unit or quantity.unit.endswith(" cent")
    return whole if below and quantity.money and bare and units.known(whole) else quantity.unit


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
    if unit == "¢" or unit.endswith(" cent"):  # cents are an amount per share or per pound
        sister = measure if measure.endswith("_per_share") else f"{measure}_per_share"
        return sister if _known(sister) and unit != "¢" else ""
    if not unit:
        return measure if unit_class(measure) == "1" else ""
    if fits(measure, unit):
        return measure
    for other in (f"{measure}_per_share", measure.removesuffix("_per_share")):
        if other != measure and _known(other) and fits(other, unit):
            return other
    return ""


def _change(
    quantity: Quantity, left: list[Mention], chain: _Chain | None, sign: int
) -> tuple[_Chain | None, Saying | None]:
    """A figure that is the change of a measure."""
    mention = max(left, key=lambda m: m.end) if left else chain.mention if chain else None
    if mention is None or not (quantity.unit == "%" or quantity.money or _fit(mention.measure, quantity.unit)):
        return chain, None
    kept = _Chain(mention, mention.measure) if left else chain
    return kept, Saying("finance.change", quantity, mention, sign < 0, of=kept.measure if kept else mention.measure)


def _growing(plain: str, quantity: Quantity, named: list[Mention]) -> Mention | None:
    """The measure that stands behind its change: "a 104% increase in full-year free cash flow"."""
    around = _MOVED_AROUND.match(plain[quantity.end : quantity.end + 80]) if quantity.unit == "%" else None
    if around and (inside := [m for m in named if quantity.end < m.start < m.end <= quantity.end + around.end()]):
        return inside[-1]
    behind = _IN_WHAT.match(plain, quantity.end)
    return next((m for m in named if behind and quantity.end < m.start <= behind.end()), None)


def _moved(plain: str, quantity: Quantity, before: str) -> int | None:
    """+1 or -1 where the quantity says by how much something rose or fell."""
    after = _MOVED_AFTER.match(plain[quantity.end : quantity.end + 60])
    after = after or (_MOVED_AROUND.match(plain[quantity.end : quantity.end + 80]) if quantity.unit == "%" else None)
    found = after or _MOVED_BEFORE.search(before) or _MOVED_OVER.search(before)
    if not found:
        return None
    return -1 if found["word"].lower() in _DOWN else 1


def _as_carried(quantity: Quantity, before: str, chain: _Chain) -> Quantity:
    """A bare amount behind per-share figures, or behind millions and "or", is per share."""
    small = quantity.money and " " not in quantity.unit and quantity.figure.value < 1000
    if small and (chain.measure.endswith("_per_share") or (chain.scaled and re.search(r"\bor\s*$", before))):
        return _per(quantity, replace(chain.mention, per="share"))
    if quantity.money and chain.unit.startswith(f"{quantity.unit}/") and _JOINT.search(before):
        return _with_unit(quantity, chain.unit)  # "$1,245 per ounce, compared to $1,197"
    return quantity


def _with_unit(quantity: Quantity, unit: str) -> Quantity:
    return replace(quantity, figures=tuple(Figure(figure.value, unit, figure.sign) for figure in quantity.figures))


def _closes(plain: str, quantity: Quantity, chain: _Chain) -> bool:
    return plain[quantity.end : quantity.end + 1] == ")" and quantity.unit == chain.unit


def _in_brackets(plain: str, quantity: Quantity, chain: _Chain, periods: list[SaidPeriod], last: int) -> Saying | None:
    """The figure of another period in brackets behind one: "5,000 t (2022: 4,000 t; June quarter 1,200 t)"."""
    around = bracket_at(plain, quantity.start)
    if around is None or around[0] < chain.mention.start:
        return None
    begin = max(around[0] + 1, plain.rfind(";", around[0], quantity.start) + 1, last if last <= quantity.start else 0)
    own = [said for said in periods if begin <= said.start and said.end <= quantity.start]
    if len(own) == 1:
        words = f"{plain[begin : own[0].start]} {plain[own[0].end : quantity.start]}"
        if not _BESIDE.fullmatch(words):
            return None
        bare = not quantity.unit and not quantity.spelled and ":" in words
        if bare or (quantity.money and chain.unit.startswith(f"{quantity.unit}/")):
            quantity = _with_unit(quantity, chain.unit)
    elif _OWN_BASIS.match(plain[around[0] : quantity.start]):
        return Saying(chain.measure, quantity, chain.mention) if quantity.unit == chain.unit else None
    elif plain[around[0] : quantity.start].strip() != "(" or not _closes(plain, quantity, chain):
        return None
    fitted = _fit(chain.measure, quantity.unit) if quantity.unit else ""
    negative = bool(_NEGATIVE.search(chain.mention.words))
    return Saying(fitted, quantity, chain.mention, negative, compared=True) if fitted else None


def _carried(quantity: Quantity, before: str, chain: _Chain, *, compared: bool) -> tuple[_Chain | None, Saying | None]:
    """A comparison, or the same per share: the measure is that of the figure before."""
    if named := _OF_PRODUCT.match(before):
        made = products.find(before, named.end(), named.end() + 40)
        before = before[made[0][1] :] if made and made[0][0] == named.end() else before
    quantity = _as_carried(quantity, before, chain)
    fitted = _fit(chain.measure, quantity.unit)
    if fitted and quantity.unit == chain.unit and _listed_on(before, chain):
        return chain, Saying(fitted, quantity, chain.mention)
    generic = _GENERIC.search(before)
    said = outside(before[: generic.start()] if generic else before)
    joints = list(COMPARED.finditer(said))
    bare = _CARRIED.match(said[joints[-1].end() :] if joints else said)
    mass = units.unit(quantity.unit or "1").dimension == (("mass", 1),)
    mass = mass or (chain.measure == "milling.recovery" and quantity.unit == "%" and bool(quantity.analyte))
    listed = mass and _LISTED.match(before if quantity.analyte else _LEFT_OVER.sub(" ", outside(before))) is not None
    if not fitted or not bare or not (listed or _JOINT.search(before)):
        return (chain if quantity.unit == "" else None), None
    negative = bool(_NEGATIVE.search(generic["word"] if generic else f"{chain.mention.words} {before}"))
    return chain, Saying(fitted, quantity, chain.mention, negative, compared=compared)


def _listed_on(before: str, chain: _Chain) -> bool:
    """Whether a figure goes on a list: of mines for metal, before and after tax for the value of a project."""
    if chain.measure in ("economics.npv", "economics.irr"):
        return _TAX_LIST.match(before) is not None
    return chain.measure.startswith("milling.") and _SECOND.match(before) is not None


def _is_negative(plain: str, mention: Mention) -> bool:
    """Whether the words make the amount a negative one."""
    before = plain[max(0, mention.start - 12) : mention.start].lower()
    return bool(_NEGATIVE.search(mention.words)) or "negative " in before
