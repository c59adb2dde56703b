"""Asked: what a reader asks of a section in the address of its page, and addresses that ask for something else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from math import isfinite
from typing import TypeVar
from urllib.parse import urlencode

from orebook.desk.answer import AskedWronglyError

Reach = tuple[float, float, float, float]
"""The edges of what is looked at: left, right, bottom, top."""

Thing = TypeVar("Thing")

_FAR = 1e9
"""No coordinate is further away."""

_MOST = 1e12
"""No bound of grades or edge of a drawing is larger."""

ZONE, ALL_HOLES = "zone:", "holes"
"""What a long section shows: the points where holes pierced the zone that is named, or all holes."""

PRODUCT = "product"
"""By what points are coloured where it is not their mean grade: grade times thickness."""

HOLE, NAME = "hole:", "name:"
"""What a line begins with that runs through a hole, or that the collars name; others are easting, northing, azimuth."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a section: along which line, how wide, which grades in which classes, how stretched, how near.

    ``blocks`` is the column of grades of the blocks, ``model`` their model, ``level`` the elevation of those on a map;
    ``show`` is what a long section shows, a zone or all holes, ``by`` by what its points are coloured; ``join`` how
    far apart holes may be between which zones are joined.

    >>> asked = Asked.of({"line": "hole:K-1", "bounds": "0.5, 1, 3", "within": ""})
    >>> asked.bounds, asked.address("/sections", within=40.0)
    ((0.5, 1.0, 3.0), '/sections?line=hole%3AK-1&within=40&bounds=0.5%2C1%2C3')
    """

    line: str = ""
    azimuth: float | None = None
    within: float | None = None
    grade: str = ""
    bounds: tuple[float, ...] = ()
    cutoff: float | None = None
    blocks: str = ""
    model: str = ""
    level: float | None = None
    show: str = ""
    by: str = ""
    join: float | None = None
    times: float = 1.0
    reach: Reach | None = None

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "Asked":
        """What the words of an address ask.

        Raises ``AskedWronglyError`` for words that are no numbers, or numbers that nothing can be drawn with.
        """
        return cls(
            line=said.get("line", "").strip()[:200],
            azimuth=_number(said, "azimuth", -360.0, 720.0),
            within=_number(said, "within", 0.01, 1e6),
            grade=said.get("grade", "").strip()[:80],
            bounds=tuple(_numbers(said, "bounds")),
            cutoff=_number(said, "cutoff", -1e9, 1e9),
            blocks=said.get("blocks", "").strip()[:80],
            model=said.get("model", "").strip()[:200],
            level=_number(said, "level", -1e6, 1e6),
            show=said.get("show", "").strip()[:200],
            by=said.get("by", "").strip()[:20],
            join=_number(said, "join", 0.01, 1e6),
            times=_number(said, "times", 0.1, 100.0) or 1.0,
            reach=_reach(said),
        )

    def address(self, path: str, **changed: object) -> str:
        """The address of a page that asks this, but for what is changed."""
        wanted = replace(self, **changed)  # type: ignore[arg-type]
        said = {}
        for each in fields(Asked):
            value = getattr(wanted, each.name)
            if value != each.default:
                said[each.name] = _said(value)
        return f"{path}?{urlencode(said)}" if said else path

    def place(self) -> tuple[float, float, float] | None:
        """Easting, northing and azimuth of a line that is said by numbers."""
        if not self.line or self.line.startswith((HOLE, NAME)):
            return None
        parts = _all_numbers(self.line, "line")
        if len(parts) != 3:
            raise AskedWronglyError("line: easting, northing and azimuth of a section, with commas between them")
        if max(map(abs, parts)) > _FAR:
            raise AskedWronglyError(f"line: {max(parts, key=abs):g} is no coordinate; they are up to {_FAR:,.0f}")
        return parts[0], parts[1], parts[2] % 360.0


def line_of(easting: float, northing: float, azimuth: float) -> str:
    """A line in the words of an address.

    >>> line_of(440870.0, 6133665.04, 305.0)
    '440870,6133665.04,305'
    """
    return ",".join(_said(round(each, 2)) for each in (easting, northing, azimuth % 360.0))


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(_said(each) for each in value)
    return f"{round(value, 3):.12g}" if isinstance(value, float) else str(value)


def _number(said: Mapping[str, str], key: str, least: float, most: float) -> float | None:
    words = said.get(key, "").strip()
    if not words:
        return None
    value = _asked(words, key, float)
    if not least <= value <= most:
        raise AskedWronglyError(f"{key}: {value:g} is not from {least:g} to {most:g}")
    return value


def _numbers(said: Mapping[str, str], key: str) -> list[float]:
    words = said.get(key, "").strip()
    found = _all_numbers(words, key) if words else []
    if any(abs(each) > _MOST for each in found):
        raise AskedWronglyError(f"{key}: {words[:60]!r} has a number beyond {_MOST:g}")
    return found


def _all_numbers(words: str, key: str) -> list[float]:
    found = [_asked(each, key, float) for each in words.replace(";", ",").split(",")[:12]]
    if not all(isfinite(each) for each in found):
        raise AskedWronglyError(f"{key}: {words[:60]!r} has something that is no number")
    return found


def _asked(words: str, key: str, kind: Callable[[str], Thing]) -> Thing:
    try:
        return kind(words)
    except ValueError:
        raise AskedWronglyError(f"{key}: {words[:60]!r} is no number") from None


def _reach(said: Mapping[str, str]) -> Reach | None:
    found = _numbers(said, "reach")
    if not found:
        return None
    if len(found) != 4 or found[0] >= found[1] or found[2] >= found[3] or max(map(abs, found)) > _FAR:
        raise AskedWronglyError("reach: the edges of what is looked at: left, right, bottom, top")
    return found[0], found[1], found[2], found[3]
