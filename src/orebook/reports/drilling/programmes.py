"""Programmes: how many holes, how many metres, and how fast, as a table and as sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from orebook.disciplines.drilling.programme import mean_depth, metres_drilled
from orebook.reports.drilling.columns import Row, length_of
from orebook.reports.drilling.heads import symbol
from orebook.reports.drilling.intersections import natural
from orebook.reports.drilling.layouts import Layout, LayoutError
from orebook.reports.drilling.sentences import Templates, fill, template
from orebook.reports.printed import PrintedCell, PrintedColumn, PrintedRow, PrintedTable
from orebook.reports.rounding import digits, exact

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


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

    Stations and days are given only where every hole has them. Raises ``LayoutError`` for a table without depths.

    >>> found = programme(pl.DataFrame({"hole": ["A", "B"], "depth_m": [100.25, 50.5], "station": ["S1", "S1"]}))
    >>> found.holes, found.metres, found.stations, found.per_hole
    (2, 150.75, 1, 75.375)
    """
    unit = length_of(collars, "depth")
    if not unit:
        raise LayoutError(f"no column of depths; the collars have {', '.join(collars.columns)}")
    depths = [exact(depth) for depth in collars[f"depth_{unit}"].to_list() if depth is not None and depth == depth]
    stations = _all(collars, "station")
    return Programme(
        name=name,
        holes=collars["hole"].n_unique(),
        metres=float(metres_drilled(depths)) if depths else 0.0,
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
    names = sorted(named["programme"].unique().to_list(), key=natural)
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


def programme_table(found: Sequence[Programme], layout: Layout, *, decimals: int = 1) -> PrintedTable:
    """The table of programmes: holes, metres, metres a hole, a station and a day of a rig, and the running total.

    Columns that no programme can fill are left out; the last row is the total where the layout asks for it.

    >>> two = [Programme("2019", 4, 676.0, "m"), Programme("2020", 2, 150.06, "m")]
    >>> programme_table(two, Layout(total=True)).cells()[1:]
    [['2020', '2', '150.1', '75.0', '826.1'], ['Total', '6', '826.1', '137.7', '']]
    """
    unit = found[0].unit if found else "m"
    rows: list[Row] = []
    running = exact(0)
    for each in found:
        running += exact(each.metres)
        rows.append(_row(each, float(running)))
    wide = _columns(symbol(unit), decimals)
    columns = [column for column in wide if any(row[column.key] is not None for row in rows)]
    printed = [PrintedRow(tuple(_cell(column, row[column.key], layout) for column in columns)) for row in rows]
    if layout.total and found:
        whole = _row(_together(found, layout.total_words), None)
        printed.append(PrintedRow(tuple(_cell(column, whole[column.key], layout) for column in columns), "total"))
    below = layout.notes or ()
    return PrintedTable("programmes", layout.caption, tuple(columns), tuple(printed), tuple(below))


def _row(found: Programme, running: float | None) -> Row:
    return {
        "programme": found.name or None,
        "holes": found.holes,
        "metres": found.metres,
        "per_hole": found.per_hole,
        "stations": found.stations,
        "per_station": found.per_station,
        "rig_days": found.rig_days,
        "per_rig_day": found.per_rig_day,
        "cumulative": running,
    }


def _columns(unit: str, decimals: int) -> list[PrintedColumn]:
    return [
        PrintedColumn("programme", "Programme"),
        PrintedColumn("holes", "Holes", "hole", 0, "right"),
        PrintedColumn("metres", f"Drilled ({unit})", unit, decimals, "right"),
        PrintedColumn("per_hole", f"Mean depth ({unit})", unit, decimals, "right"),
        PrintedColumn("stations", "Stations", "station", 0, "right"),
        PrintedColumn("per_station", f"Drilled per station ({unit})", unit, decimals, "right"),
        PrintedColumn("rig_days", "Rig days", "d", 0, "right"),
        PrintedColumn("per_rig_day", f"Drilled per rig day ({unit})", unit, decimals, "right"),
        PrintedColumn("cumulative", f"Cumulative ({unit})", unit, decimals, "right"),
    ]


def _cell(column: PrintedColumn, value: Any, layout: Layout) -> PrintedCell:
    if value is None:
        return PrintedCell("")
    if column.decimals is None:
        return PrintedCell(str(value), value)
    return PrintedCell(digits(value, column.decimals, thousands=layout.thousands, minus=layout.minus), value)


def _together(found: Sequence[Programme], name: str) -> Programme:
    """All programmes as one; what one of them lacks, the whole lacks."""
    stations, days = [each.stations for each in found], [each.rig_days for each in found]
    return Programme(
        name,
        sum(each.holes for each in found),
        float(metres_drilled(exact(each.metres) for each in found)),
        found[0].unit,
        sum(each for each in stations if each) if all(stations) else None,
        sum(each for each in days if each) if all(days) else None,
        sum(each.unmeasured for each in found),
    )


def programme_sentences(found: Programme, layout: Layout, *, decimals: int, own: Templates | None = None) -> list[str]:
    """A programme in words: holes and metres, stations where they are known, then the means.

    >>> programme_sentences(Programme("", 4, 675.63, "m"), Layout(), decimals=0)[0]
    'Four drill holes totalling 676 m were completed.'
    """
    unit = symbol(found.unit)

    def said(value: float) -> str:
        return f"{digits(value, decimals, thousands=layout.thousands)} {unit}"

    holes = _NUMBERS[found.holes] if found.holes < len(_NUMBERS) else digits(found.holes, 0, thousands=layout.thousands)
    name = "holes_one" if found.holes == 1 else "stations" if found.stations and found.stations > 1 else "holes"
    stations = str(found.stations or "")
    filled = fill(template("programme", name, own), holes=holes, metres=said(found.metres), stations=stations)
    means = {"mean": found.per_hole, "station_mean": found.per_station, "rig_mean": found.per_rig_day}
    return [
        filled[:1].upper() + filled[1:],
        *(
            fill(template("programme", each, own), mean=said(value))
            for each, value in means.items()
            if value is not None and found.holes > 1
        ),
    ]
