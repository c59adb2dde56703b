"""Where view: what the map of the world shows of a book: a property among coasts, borders and towns, or its collars."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from urllib.parse import urlencode

from orebook.book.folder import Book
from orebook.book.problems import BookError
from orebook.desk.answer import AskedWronglyError
from orebook.desk.drawing.holes_in_space import HolesInSpace, holes_in_space
from orebook.desk.drawing.sites import Sites, located, sites, small_map, ways
from orebook.faces.web.shelf import Shelf
from orebook.reports.drawings.locator import Locator, Way
from orebook.reports.drawings.svg import Drawing

PATH = "/map/where"

_WIDTH, _HEIGHT = 1180.0, 760.0
_SMALL = (380.0, 220.0)
_TOWNS = 6
"""So many of the nearest towns are told in words."""

_UNITS = {"m": 1000.0, "ft": 1000.0 / 0.3048}
"""Units of the book in a kilometre."""

_LEAST_KM, _MOST_KM = 1.0, 8000.0


@dataclass(frozen=True)
class WhereView:
    """Where a property lies: ``name`` as it was asked for, ``km`` how far the map reaches, nought for as it fits."""

    seen: HolesInSpace
    name: str
    km: float

    @cached_property
    def locator(self) -> Locator:
        """The map with what it shows."""
        return located(self.seen, self.name, self.km * _UNITS[self.seen.unit], _WIDTH, _HEIGHT)

    def drawing(self) -> Drawing:
        """The map."""
        return self.locator.draw()

    @property
    def names(self) -> list[str]:
        """The properties that can be shown."""
        return [each.name for each in (self.locator.site, *self.locator.others)]

    def towns(self) -> list[Way]:
        """The ways from the nearest towns."""
        return ways(self.locator.site, self.locator.towns, _TOWNS)

    def address(self, path: str = PATH, *, name: str | None = None, times: float = 1.0) -> str:
        """The address of this map, of another property, or of one that reaches so many times as far."""
        km = self.km if times == 1.0 else min(max(self.locator.reach * times, _LEAST_KM), _MOST_KM)
        said = {"property": self.name if name is None else name, "km": f"{km:.4g}" if km else ""}
        asked = urlencode({key: words for key, words in said.items() if words})
        return f"{path}?{asked}" if asked else path


def where_view(shelf: Shelf, said: Mapping[str, str]) -> WhereView:
    """The map of the world that is asked for.

    Raises ``AskedWronglyError`` and ``BookError`` for a property that is not named or lies nowhere, or no distance.
    """
    words = said.get("km", "").strip()
    try:
        km = float(words) if words else 0.0
    except ValueError:
        km = float("nan")
    if not isfinite(km) or (words and not _LEAST_KM <= km <= _MOST_KM):
        raise AskedWronglyError(f"km: {words[:60]!r} is not from {_LEAST_KM:g} to {_MOST_KM:,.0f} kilometres")
    return WhereView(shelf.kept("where", holes_in_space), said.get("property", "").strip()[:200], km)


def small(shelf: Shelf) -> Drawing | None:
    """A small map of where the book's property lies; nothing where the book does not say it."""
    return shelf.kept("where small", _small)


def _small(book: Book) -> Drawing | None:
    found = _sites(holes_in_space(book))
    return None if found is None else small_map(found.site, *_SMALL)


def _sites(seen: HolesInSpace) -> Sites | None:
    try:
        return sites(seen)
    except BookError:
        return None


def has_place(shelf: Shelf) -> bool:
    """Whether the book names a property with its place."""
    return any(each.longitude is not None and each.latitude is not None for each in shelf.book.settings.properties)
