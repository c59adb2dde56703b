"""Dated sayings: a quantity with its measure, and the period that a sentence gives it."""

import re
from dataclasses import dataclass, replace

from orebook.ground import units
from orebook.reading.language.links import COMPARED, bracket_at, outside
from orebook.reading.language.mentions import Mention
from orebook.reading.language.quantities import Quantity
from orebook.reading.language.said_periods import SaidPeriod
from orebook.reading.patterns import Pattern

_TWIN = Pattern(r"^\W{0,3}(?:or|equal to|equivalent to|being)?\W{0,3}$", re.IGNORECASE)

_STANDARD = Pattern(
    r"\b(?:above|below|than|versus|vs\.?|against|compared (?:to|with)) (?:(?:in|for|that of|those of) )?(?:the |"
    r"its )?$",
    re.IGNORECASE,
)
"""What makes a period the one that another is measured by: "5% above the prior quarter"."""
_NEXT_CLAUSE = Pattern(
    r"\b(?:and|while|but) (?:the|it|its|we|is|has|kept|keeps|maintain\w*|expects?|remains?|reaffirm\w*|"
    r"reiterat\w*|gave|"
    r"generated)\b"
)


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


def dated(plain: str, saying: Saying, quantities: list[Quantity], periods: list[SaidPeriod]) -> Saying:
    """The period said with a quantity: behind it, else before it."""
    here = [said for said in periods if not _apart(plain, said, saying.quantity, quantities)]
    near = [q for q in quantities if q is saying.quantity or not _in_other_brackets(plain, q, saying.quantity, periods)]
    found = _after(plain, saying.quantity, near, here) or _before(plain, saying, near, here)
    return Saying(saying.measure, saying.quantity, saying.mention, saying.negative, saying.of, found, saying.compared)


def _apart(plain: str, said: SaidPeriod, quantity: Quantity, quantities: list[Quantity]) -> bool:
    """Whether a period stands in brackets beside a figure of its own: "5,000 t (2022: 4,000 t)"."""
    around = bracket_at(plain, said.start)
    if around is None or around[0] < quantity.start < around[1]:
        return False
    return any(around[0] < other.start < around[1] for other in quantities)


def _in_other_brackets(plain: str, other: Quantity, quantity: Quantity, periods: list[SaidPeriod]) -> bool:
    around = bracket_at(plain, other.start)
    if around is None or around[0] < quantity.start < around[1]:
        return False
    return any(around[0] < said.start < around[1] for said in periods)


def _after(plain: str, quantity: Quantity, quantities: list[Quantity], periods: list[SaidPeriod]) -> SaidPeriod | None:
    end = quantity.end
    following = sorted((q for q in quantities if q.start >= end and q.unit), key=lambda q: q.start)
    for other in following:
        gap = plain[end : other.start]
        per_share = gap.strip(" ,").lower() == "or" and quantity.money and other.money
        if not _TWIN.match(gap) or not (per_share or _is_twin(quantity, other)):
            break
        end = other.end
    stop = next((q.start for q in following if q.start >= end), len(plain))
    for said in periods:
        if end <= said.start < stop:
            gap = plain[end : said.start]
            broken = (
                COMPARED.search(gap)
                or re.search(r"\bthan\b", gap)
                or re.search(r";|, (?:and|while|but|which|with)\b|\.\s", gap)
                or _NEXT_CLAUSE.search(gap)
            )
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
    earlier = [
        said
        for said in periods
        if said.end <= saying.quantity.start
        and (saying.compared or not _STANDARD.search(plain[max(0, said.start - 40) : said.start]))
    ]
    if not earlier:
        return None
    said = earlier[-1]
    between = plain[said.end : saying.quantity.start]
    if COMPARED.search(outside(between)) and "from" not in between:
        return None
    if saying.compared and any(said.end <= q.start < saying.quantity.start for q in quantities):
        return None
    return said if ";" not in between else None


def shared(found: list[Saying], plain: str) -> list[Saying]:
    """Two measures joined by "and" share the period that is said behind the second."""
    for at in range(len(found) - 2, -1, -1):
        one, other = found[at], found[at + 1]
        between = plain[one.quantity.end : other.quantity.start]
        if (
            one.period is None
            and other.period
            and not one.compared
            and not other.compared
            and len(between) < 60
            and re.search(r"\band\b", between)
            and not re.search(r"[;,]", between)
        ):
            found[at] = replace(one, period=other.period)
    return found
