"""Metals of a sheet: which columns hold the grades, recovery and mass of each metal, and the unit it is counted in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from orebook.ground import units
from orebook.ground.metals import MetalColumn, metal_column

CONCENTRATE, TAILINGS = "concentrate", "tailings"
"""What stands between metal and unit in the name of a column of grades that are not those of the feed."""

_COUNTED_IN: Mapping[str, str] = {"%": "t", "g/t": "oz", "oz/ton": "oz", "oz/t": "oz", "lb/ton": "lb"}
"""In which unit the metal is counted whose grades are in that unit, where nobody says another; all others in kg."""


@dataclass(frozen=True, slots=True)
class SheetMetal:
    """A metal of a sheet: its columns by what they hold, and the unit in which it is counted.

    ``masses`` are columns of metal with their units; there may be several, of which each row fills one.
    """

    symbol: str
    unit: str
    head: tuple[MetalColumn, ...] = ()
    recovery: tuple[MetalColumn, ...] = ()
    masses: tuple[MetalColumn, ...] = ()
    concentrate: tuple[MetalColumn, ...] = ()
    tailings: tuple[MetalColumn, ...] = ()

    @property
    def grade_unit(self) -> str:
        """The unit in which its grades in the feed are said; of a metal without such the one that suits its mass."""
        if self.head:
            return self.head[0].unit
        return "g/t" if self.unit in ("oz", "koz", "Moz", "kg", "g") else "%"


@dataclass
class _Found:
    head: list[MetalColumn] = field(default_factory=list)
    recovery: list[MetalColumn] = field(default_factory=list)
    masses: list[MetalColumn] = field(default_factory=list)
    concentrate: list[MetalColumn] = field(default_factory=list)
    tailings: list[MetalColumn] = field(default_factory=list)


def sheet_metals(columns: Iterable[str], counted_in: Mapping[str, str] | None = None) -> list[SheetMetal]:
    """The metals of a sheet, in the order of their first columns.

    ``counted_in`` says for a metal in which unit it is counted; without it that of its first column of masses holds,
    else a unit that suits its grades. Raises ``ValueError`` for a unit that is no mass.

    >>> [(each.symbol, each.unit) for each in sheet_metals(["ore_t", "cu_pct", "cu_recovery_pct", "cu_lb", "au_gpt"])]
    [('Cu', 'lb'), ('Au', 'oz')]
    """
    found: dict[str, _Found] = {}
    for one in filter(None, map(metal_column, columns)):
        place = found.setdefault(one.symbol, _Found())
        kind = {"mass": "masses", "recovery": "recovery"}.get(one.kind, one.part or "head")
        if one.kind != "grade" and one.part:
            continue
        if kind in ("head", "recovery", "masses", CONCENTRATE, TAILINGS):
            getattr(place, kind).append(one)
    said = {symbol.lower(): unit for symbol, unit in (counted_in or {}).items()}
    return [_metal(symbol, place, said.get(symbol.lower(), "")) for symbol, place in found.items()]


def _metal(symbol: str, place: _Found, said: str) -> SheetMetal:
    if said and units.rows().get(said, units.rows()["%"]).dimension != "mass":
        raise ValueError(f"{symbol} is counted in {said!r}, which is no mass; write lb, oz, t or kg")
    grades = (*place.head, *place.concentrate, *place.tailings)
    usual = _COUNTED_IN.get(grades[0].unit, "kg") if grades else "t"
    unit = said or (place.masses[0].unit if place.masses else usual)
    parts = (place.head, place.recovery, place.masses, place.concentrate, place.tailings)
    return SheetMetal(symbol, unit, *map(tuple, parts))


@cache
def metal_factor(grade_unit: str, mass_unit: str, tonnes_unit: str = "t") -> float:
    """How much metal, in its unit, one tonne (or ton) holds at a grade of one.

    >>> round(metal_factor("%", "lb"), 6), round(metal_factor("g/t", "oz"), 9), metal_factor("oz/ton", "oz", "ton")
    (22.046226, 0.032150747, 1.0)
    """
    product = units.unit(tonnes_unit).times(units.unit(grade_unit))
    return float(product.ratio(units.unit(mass_unit)))


@cache
def mass_ratio(unit: str, other: str) -> float:
    """How many of one unit of mass make another.

    >>> mass_ratio("t", "lb") > 2204.6226, mass_ratio("lb", "lb")
    (True, 1.0)
    """
    return float(units.unit(unit).ratio(units.unit(other)))
