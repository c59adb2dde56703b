"""Holes and metres by method of drilling, as slides list them, against one another."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from orebook.checks.digits import fits, nearest
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.same import agree
from orebook.checks.saying import between, figure, number
from orebook.disciplines.drilling.programme import metres_drilled
from orebook.ground.figure import Figure
from orebook.ground.source import Source
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_METHOD = (
    r"(?P<{0}>diamond(?:\sdrill|\score)?|core|DDH?|RC|RAB|AC|air-?core|reverse\scirculation|percussion|auger"
    r"|(?:RC|AC|RAB)\s?[/+&]\s?(?:RC|AC|RAB|air-?core))"
)
_METRES = r"(?P<{0}>\d{{1,3}}(?:,\d{{3}}){{1,2}}|\d{{1,6}}(?:\.\d{{1,2}})?)\s?(?:m|metres|meters)?"
_LISTED = Pattern(
    r"(?<![\w.,])(?P<holes>\d{1,3}(?:,\d{3})?)\s(?:historic(?:al)?\s)?(?:" + _METHOD.format("method") + r"\s)?"
    r"(?:drill\s?)?holes(?P<total>\sin\stotal)?\s?(?:\(|for\s|totall?ing\s)\s?(?P<metres>\d[\d,]{0,9}(?:\.\d)?)\s?"
    r"(?:m|metres|meters)(?![\w/²])",
    re.IGNORECASE,
)
_SPLIT = Pattern(
    r"(?<![\w.,])(?P<whole>\d[\d,]{0,9}(?:\.\d)?)\s?(?:m|metres|meters)\s?\(\s?"
    + _METRES.format("first")
    + r"\s?(?:of\s)?"
    + _METHOD.format("one")
    + r"\s?(?:&|and|plus|,|\+)\s?"
    + _METRES.format("second")
    + r"\s?(?:of\s)?"
    + _METHOD.format("other")
    + r"\s?\)",
    re.IGNORECASE,
)
_LEAST = 10
"""Smaller numbers of holes add up by chance."""
_FAR = 600
"""So many characters may lie between the parts and the total of one list."""
_REACH = 160
"""What stands together is shorter than this."""
_CLOSE = Decimal("0.02")
_MOST = 60
_CORE = Pattern(r"diamond|core\b|^DD", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Listed:
    """Holes of one method, or of all, with their metres."""

    holes: int
    method: str
    metres: Figure
    source: Source


_Split = tuple[str, tuple[str, str], tuple[bool, bool], Source]
"""A total, its two parts, which of them is of core drilling, and where that is said."""


@rule("F132", on="document", basis="arithmetic", catalogue="EX227")
def metres_by_method_mismatch(reading: Reading) -> Iterator[Remark]:
    """Metres by method of drilling do not make the metres of all holes, or are told in two ways.

    What it does:
    Reads lists such as "61 RC holes (4,880 m)". Where the holes of two or three methods that stand together make
    exactly the holes of a total beside them, their metres must make its metres. The same number of holes of one
    method must have the same metres elsewhere, and the two parts of one total must belong to the same methods
    elsewhere.

    Why it matters:
    Metres of old drilling are copied from slide to slide, and nobody adds them again.

    Flagged:

        Ingle Gold presents Rook Fell

        - 171 RC holes (9,840 m)
        - 36 diamond holes (4,415 m)
        - 207 drill holes in total (15,100 m)
        ----
        Ingle Gold presents Rook Fell

        Rook Fell was drilled by others: 171 RC holes (9,840 m) and 36 DD holes (4,415 m).

        Behind the portal lie 36 diamond holes (4,451 m) of the first years.
        ----
        Ingle Gold presents Rook Fell

        Earlier owners left 14,255 m (9,840 m RC and 4,415 m diamond).

        Of the old holes 14,255 m (9,840 m DD & 4,415 m RC) are in the database.

    Fine:

        Ingle Gold presents Rook Fell

        - 171 RC holes (9,840 m)
        - 36 diamond holes (4,415 m)
        - 207 drill holes in total (14,255 m)

        Earlier owners left 14,255 m (9,840 m RC and 4,415 m diamond).

    Help:
    Take holes and metres from the table of collars, and add them once.
    """
    text = reading.document.text
    listed = [_read(reading, match) for match in _near(_LISTED, text, _holes(text))][:_MOST]
    yield from _totals(listed)
    yield from _twice(listed)
    yield from _splits(reading)


def _holes(text: str) -> Iterator[int]:
    """Where a text speaks of holes."""
    small = text.lower()
    if len(small) != len(text):
        yield from range(0, len(text), _REACH)
        return
    at = small.find("hole")
    while at >= 0:
        yield at
        at = small.find("hole", at + 1)


def _brackets(text: str) -> Iterator[int]:
    """Where a bracket opens behind what may be a unit of length."""
    at = text.find("(")
    while at >= 0:
        if text[max(at - 2, 0) : at].rstrip()[-1:] in ("m", "M", "s", "S"):
            yield at
        at = text.find("(", at + 1)


def _near(pattern: Pattern, text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches around some places of a text; a match is never longer than the reach on either side."""
    begin = end = 0
    for place in places:
        if place - _REACH > end:
            yield from pattern.finditer(text, begin, end)
            begin = place - _REACH
        end = place + _REACH
    yield from pattern.finditer(text, begin, end)


def _read(reading: Reading, match: re.Match[str]) -> _Listed:
    metres = Figure(Decimal(match["metres"].strip(",").replace(",", "")), "m")
    holes = int(match["holes"].replace(",", ""))
    return _Listed(holes, _named(match["method"]), metres, reading.document.source(match.start(), match.end()))


def _named(method: str | None) -> str:
    if not method:
        return ""
    small = " ".join(method.lower().replace("-", "").split())
    return "diamond" if _CORE.search(method) else {"reverse circulation": "rc", "aircore": "ac"}.get(small, small)


def _totals(listed: list[_Listed]) -> Iterator[Remark]:
    """A number of holes of no method against the two or three methods around it."""
    for at, whole in enumerate(listed):
        if whole.method or whole.holes < _LEAST:
            continue
        for parts in (listed[max(0, at - size) : at] for size in (3, 2)):
            near = parts and whole.source.start - parts[0].source.end <= _FAR
            methods = {part.method for part in parts} - {""}
            if near and 1 < len(parts) == len(methods) and sum(part.holes for part in parts) == whole.holes:
                yield from _added(whole, parts)
                break


def _added(whole: _Listed, parts: list[_Listed]) -> Iterator[Remark]:
    if fits(lambda read: metres_drilled([read(part.metres) for part in parts]), whole.metres):
        return
    implied = metres_drilled([nearest(part.metres) for part in parts])
    added = " + ".join(number(part.metres.value) for part in parts)
    text = (
        f"{added} make {between(implied, step=whole.metres.step)};"
        f" {figure(whole.metres)} stands for the same {whole.holes} holes"
    )
    yield remark("error", text, [whole.source, *(part.source for part in parts)], implied)


def _twice(listed: list[_Listed]) -> Iterator[Remark]:
    """As many holes of one method with other metres, nearly the same."""
    for at, one in enumerate(listed):
        for other in listed[:at]:
            same = one.method and one.method == other.method and one.holes == other.holes >= _LEAST
            if same and not agree(one.metres, other.metres) and _close(one.metres, other.metres):
                text = f"{one.holes} {one.method} holes have {figure(one.metres)} here and {figure(other.metres)} there"
                yield remark("warning", text, [one.source, other.source])
                break


def _close(one: Figure, other: Figure) -> bool:
    return abs(one.value - other.value) <= _CLOSE * max(one.value, other.value)


def _splits(reading: Reading) -> Iterator[Remark]:
    """Two parts of one total that have changed places."""
    seen: list[_Split] = []
    text = reading.document.text
    for match in list(_near(_SPLIT, text, _brackets(text)))[:_MOST]:
        parts = (match["first"].replace(",", ""), match["second"].replace(",", ""))
        core = (bool(_CORE.search(match["one"])), bool(_CORE.search(match["other"])))
        where = reading.document.source(match.start(), match.end())
        said = (match["whole"], parts, core, where)
        if there := next((one[3] for one in seen if _exchanged(one, said)), None):
            text = f"the two parts of {match['whole']} m have changed their methods of drilling"
            yield remark("warning", text, [where, there])
        seen.append(said)


def _exchanged(one: _Split, other: _Split) -> bool:
    """Whether two splits have one total and the same parts, and each part the method of the other."""
    (whole, parts, core, _), (again, others, was, _) = one, other
    if whole != again or set(parts) != set(others) or parts[0] == parts[1] or core[0] == core[1]:
        return False
    return dict(zip(parts, core, strict=True)) != dict(zip(others, was, strict=True))
