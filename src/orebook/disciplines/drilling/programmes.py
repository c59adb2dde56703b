"""Programmes: the totals of each programme of drilling, from the collars: holes, length, stations, rig days, means."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Any

import polars as pl

from orebook.disciplines.drilling.programme import mean_depth
from orebook.ground.schema import LENGTHS


@dataclass(frozen=True, slots=True)
class Programme:
    """The totals of a programme of drilling, unrounded; nothing for what the collars do not say.

    ``metres`` are in the ``unit`` of the depths. ``rig_days`` counts the days of every hole from its first to its last,
    both included: each hole is drilled by one rig.
    """

    name: str
    holes: int
    metres: float
    unit: str
    stations: int | None = None
    rig_days: int | None = None
    unmeasured: int = 0

    @property
    def per_hole(self) -> float | None:
        """Mean length of a hole."""
        measured = self.holes - self.unmeasured
        return mean_depth(self.metres, float(measured)) if measured else None

    @property
    def per_station(self) -> float | None:
        """Metres from each drill station."""
        return mean_depth(self.metres, float(self.stations)) if self.stations else None

    @property
    def per_rig_day(self) -> float | None:
        """Metres that one rig drills in a day."""
        return mean_depth(self.metres, float(self.rig_days)) if self.rig_days else None


def programme(collars: pl.DataFrame, name: str = "") -> Programme:
    """The totals of the holes of a table of collars.

    Stations and days are given only where every hole has them. Raises ``ValueError`` for a table without depths.

    >>> found = programme(pl.DataFrame({"hole": ["A", "B"], "depth_m": [100.25, 50.5], "station": ["S1", "S1"]}))
    >>> found.holes, found.metres, found.stations, found.per_hole
    (2, 150.75, 1, 75.375)
    """
    unit = next((each for each in LENGTHS if f"depth_{each}" in collars.columns), "")
    if not unit:
        raise ValueError(f"no column of depths; the collars have {', '.join(collars.columns)}")
    depths = [depth for depth in collars[f"depth_{unit}"].to_list() if depth is not None and depth == depth]
    stations = _all(collars, "station")
    return Programme(
        name=name,
        holes=collars["hole"].n_unique(),
        metres=fsum(depths),
        unit=unit,
        stations=len(set(stations)) if stations else None,
        rig_days=_rig_days(collars),
        unmeasured=collars.height - len(depths),
    )


def programmes(collars: pl.DataFrame) -> list[Programme]:
    """The totals of each programme that the collars name, in the order of their names."""
    if "programme" not in collars.columns:
        return [programme(collars)]
    named = collars.with_columns(pl.col("programme").fill_null(""))
    names = sorted(named["programme"].unique().to_list(), key=_natural)
    return [programme(named.filter(pl.col("programme") == each), each) for each in names]


def _all(collars: pl.DataFrame, column: str) -> list[Any]:
    """The values of a column if every hole has one."""
    found = collars[column].to_list() if column in collars.columns else []
    return found if found and all(each not in (None, "") for each in found) else []


def _rig_days(collars: pl.DataFrame) -> int | None:
    first, last = _days(_all(collars, "started")), _days(_all(collars, "ended"))
    if not first or len(first) != len(last):
        return None
    return sum((end - start).days + 1 for start, end in zip(first, last, strict=True))


def _days(found: Iterable[Any]) -> list[date]:
    """Days as dates; none at all when one of them is no day."""
    try:
        return [each if isinstance(each, date) else date.fromisoformat(str(each)[:10]) for each in found]
    except ValueError:
        return []


def together(found: Sequence[Programme], name: str) -> Programme:
    """All programmes as one; what one of them lacks, the whole lacks."""
    stations, days = [each.stations for each in found], [each.rig_days for each in found]
    return Programme(
        name,
        sum(each.holes for each in found),
        fsum(each.metres for each in found),
        found[0].unit,
        sum(each for each in stations if each) if all(stations) else None,
        sum(each for each in days if each) if all(days) else None,
        sum(each.unmeasured for each in found),
    )


def _natural(name: str) -> list[tuple[int, int, str]]:
    """A key by which 9 comes before 10."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.findall(r"\d+|\D+", name)]


def programme_figures(found: Sequence[Programme], total: str = "Total") -> pl.DataFrame:
    """The programmes as a table, a row for each, the running total beside them and the total of several at the end.

    >>> two = [Programme("2019", 4, 676.0, "m"), Programme("2020", 2, 150.0, "m")]
    >>> programme_figures(two)["cumulative_m"].to_list()
    [676.0, 826.0, 826.0]
    """
    rows, running = [], 0.0
    for each in found:
        running = fsum((running, each.metres))
        rows.append(_figures(each, running))
    if len(found) > 1:
        rows.append(_figures(together(found, total), running))
    return pl.DataFrame(rows, infer_schema_length=None)


def _figures(each: Programme, running: float) -> dict[str, Any]:
    unit = each.unit
    return {
        "programme": each.name or None,
        "holes": each.holes,
        f"drilled_{unit}": each.metres,
        f"mean_depth_{unit}": each.per_hole,
        "stations": each.stations,
        f"drilled_per_station_{unit}": each.per_station,
        "rig_days": each.rig_days,
        f"drilled_per_rig_day_{unit}": each.per_rig_day,
        f"cumulative_{unit}": running,
    }
