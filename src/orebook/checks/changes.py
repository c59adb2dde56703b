"""Changes that a sentence states: from one figure to another, by an amount or a percentage."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from orebook.checks.digits import alike
from orebook.checks.memo import per_reading
from orebook.checks.places import source
from orebook.ground.figure import Figure
from orebook.ground.source import Source
from orebook.reading.language.quantities import Quantity, quantities
from orebook.reading.language.sentences import spans
from orebook.reading.layout import Block
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_UP = r"increas\w*|r(?:ose|ises?|isen|ising)|grew|grow(?:s|n|th|ing)?|up|higher|improv\w*|gain\w*"
_DOWN = r"decreas\w*|f(?:ell|alls?|allen|alling)|declin\w*|drop\w*|down|lower|reduc\w*|reduction"
_VERB = Pattern(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_ROLE = Pattern(
    r"\b(?:(?P<now>to)|(?P<before>from|(?:as )?compared (?:to|with)|against|versus|vs\.?)|(?P<by>by|of))"
    r"\s(?:(?:a|an|the|just|only)\s)?(?:(?:net|record|loss|total)\s)?$",
    re.IGNORECASE,
)
_COMPARED = ("from", "ompared", "versus", " vs", "against")
_NEXT = Pattern(rf"^(?:The|This)\s(?P<amount>[^;]{{1,30}}?)\s(?P<word>{_UP}|{_DOWN})\b", re.IGNORECASE)
_TIED = 60
_SIGNS = Pattern(r"\b(?:approximately|about|over|more than|nearly|almost|around|up to|roughly)\s$", re.IGNORECASE)


@dataclass(slots=True)
class Stated:
    """A figure with its place in the document."""

    figure: Figure
    source: Source


@dataclass(slots=True)
class Change:
    """A change as it is stated: what it is now, what it was, and by how much it changed.

    ``up`` is whether the words say that it grew.
    """

    now: Stated
    before: Stated
    up: bool
    by: list[Stated] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Move:
    """A percentage by which something is said to have moved, and what it is now; what it was is not said."""

    now: Stated
    by: Stated


@per_reading
def moves(reading: Reading) -> list[Move]:
    """Every sentence that says by what percentage something moved and to what figure, and not from what."""
    found = []
    for block in reading.layout.prose():
        if "%" not in block.plain and "per cent" not in block.plain:
            continue
        for start, end in spans(block.plain):
            verbs = list(_VERB.finditer(block.plain, start, end))
            roles = _roles(block.plain, start, end, verbs) if 0 < len(verbs) < 3 and end - start < 600 else {}
            if roles and [len(roles[name]) for name in ("now", "before", "by")] == [1, 0, 1]:
                now, by = (_stated(reading, block, roles[name][0]) for name in ("now", "by"))
                if by.figure.unit == "%" and now.figure.unit not in ("", "%"):
                    found.append(Move(now, by))
    return found


@per_reading
def changes(reading: Reading) -> list[Change]:
    """Every change of the prose whose two figures and direction are said in one sentence."""
    found: list[Change] = []
    for block in reading.layout.prose():
        plain = block.plain
        if any(word in plain for word in _COMPARED):
            found.extend(_of_block(reading, block))
    return found


def _of_block(reading: Reading, block: Block) -> Iterator[Change]:
    last: Change | None = None
    for start, end in spans(block.plain):
        words = block.plain[start:end].strip()
        begin = block.plain.find(words, start) if words else start
        if last is not None and (named := _NEXT.match(words)):
            _add_next(reading, block, begin, named, last)
        last = _of_sentence(reading, block, begin, begin + len(words))
        if last is not None:
            yield last


def _of_sentence(reading: Reading, block: Block, start: int, end: int) -> Change | None:
    """The one change of a sentence; a sentence with several is left alone."""
    plain = block.plain
    verbs = list(_VERB.finditer(plain, start, end))
    if not verbs or end - start > 600:
        return None
    roles = _roles(plain, start, end, verbs)
    if not roles["now"] and len(roles["before"]) == 1:
        roles["now"] = _just_before(plain, start, roles["before"][0])
    if len(roles["now"]) != 1 or len(roles["before"]) != 1:
        return None
    now, before = (roles[name][0].figure for name in ("now", "before"))
    if not now.unit or not alike(now, before) or now.unit == "year":
        return None
    directions = {bool(verb["up"]) for verb in verbs}
    if len(directions) != 1:
        return None
    stated = [_stated(reading, block, roles[name][0]) for name in ("now", "before")]
    change = Change(stated[0], stated[1], directions.pop())
    change.by.extend(_stated(reading, block, quantity) for quantity in roles["by"] if _can_be_by(quantity.figure, now))
    return change


def _stated(reading: Reading, block: Block, quantity: Quantity) -> Stated:
    return Stated(quantity.figure, source(reading, block, quantity.start, quantity.end))


def _roles(plain: str, start: int, end: int, verbs: list[re.Match[str]]) -> dict[str, list[Quantity]]:
    """The quantities of a stretch by what they are in it: now, before, or the change itself."""
    roles: dict[str, list[Quantity]] = {"now": [], "before": [], "by": []}
    for quantity in quantities(plain, start, end):
        if not quantity.is_range and (role := _role(plain, quantity, verbs)):
            roles[role].append(quantity)
    return roles


def _just_before(plain: str, start: int, before: Quantity) -> list[Quantity]:
    """The only figure of that kind that leads to a comparison: "2,310 tonnes, against 2,180 tonnes, a rise of 6%"."""
    lead = list(quantities(plain, start, before.start))
    same = [one for one in lead if one.unit == before.unit and not one.is_range]
    tied = bool(same) and before.start - same[-1].end < _TIED and same[-1].unit != "%"
    return same if tied and len(same) == 1 else []


def _role(plain: str, quantity: Quantity, verbs: list[re.Match[str]]) -> str:
    """What a quantity is in its sentence: the word before it says, or a word of change behind it."""
    lead = plain[max(0, quantity.start - 60) : quantity.start]
    lead = _SIGNS.sub("", lead)
    found = _ROLE.search(lead)
    if found and found["by"] and found["by"].lower() == "of":
        near = lead[: found.start()].rstrip()
        return "by" if any(near.endswith(verb[0]) for verb in verbs) else ""
    if found:
        return "now" if found["now"] else "before" if found["before"] else "by"
    bare = quantity.unit == "%" and any(lead.rstrip().endswith(f" {verb[0]}") for verb in verbs)
    if bare:
        return "by"
    behind = plain[quantity.end : quantity.end + 20].lstrip(" -")
    return "by" if any(behind.startswith(verb[0]) for verb in verbs) else ""


def _can_be_by(figure: Figure, now: Figure) -> bool:
    return bool(figure.unit) and (figure.unit == "%" or alike(figure, now))


def _add_next(reading: Reading, block: Block, start: int, named: re.Match[str], last: Change) -> None:
    """The amount with which the next sentence calls the change: "The $10.0 million decrease"."""
    first = start + named.start("amount")
    said = quantities(block.plain, first, start + named.end("amount"))
    if len(said) == 1 and _can_be_by(said[0].figure, last.now.figure):
        last.by.append(Stated(said[0].figure, source(reading, block, said[0].start, said[0].end)))
