"""Programmes: how many holes, how many metres, and how fast, as a table and as sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

from orebook.disciplines.drilling.programmes import Programme, programme_figures
from orebook.reports.drilling.heads import symbol
from orebook.reports.drilling.layouts import Layout
from orebook.reports.drilling.sentences import Templates, template
from orebook.reports.printed import Address, PrintedCell, PrintedColumn, PrintedRow, PrintedTable
from orebook.reports.rounding import digits
from orebook.reports.said import Said, filled

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

FIGURES = "holes_programmes"
"""Under which name the totals stand in the book."""


def programme_table(found: Sequence[Programme], layout: Layout, *, decimals: int = 1) -> PrintedTable:
    """The table of programmes: holes, metres, metres a hole, a station and a day of a rig, and the running total.

    Columns that no programme can fill are left out; the last row is the total where the layout asks for it.

    >>> two = [Programme("2019", 4, 676.0, "m"), Programme("2020", 2, 150.06, "m")]
    >>> programme_table(two, Layout(total=True)).cells()[1:]
    [['2020', '2', '150.1', '75.0', '826.1'], ['Total', '6', '826.1', '137.7', '']]
    """
    rows = programme_figures(found, layout.total_words).to_dicts()
    wide = _columns(found[0].unit if found else "m", decimals)
    columns = [column for column in wide if any(row[_kept(column)] is not None for row in rows)]
    printed = [
        PrintedRow(tuple(_cell(column, row, layout, at) for column in columns))
        for at, row in enumerate(rows[: len(found)])
    ]
    if layout.total and found:
        whole = [_cell(column, rows[-1], layout, len(rows) - 1) for column in columns[:-1]]
        whole[0] = PrintedCell(layout.total_words) if columns[0].key == "programme" else whole[0]
        printed.append(PrintedRow((*whole, PrintedCell("")), "total"))
    below = layout.notes or ()
    return PrintedTable("programmes", layout.caption, tuple(columns), tuple(printed), tuple(below))


_KEPT = {
    "metres": "drilled",
    "per_hole": "mean_depth",
    "per_station": "drilled_per_station",
    "per_rig_day": "drilled_per_rig_day",
    "cumulative": "cumulative",
}
"""Under which name without its unit a length is kept in the book."""


def _kept(column: PrintedColumn) -> str:
    """The column of the totals that a printed column is taken from."""
    return f"{_KEPT[column.key]}_{column.unit}" if column.key in _KEPT else column.key


def _columns(unit: str, decimals: int) -> list[PrintedColumn]:
    of = symbol(unit)
    return [
        PrintedColumn("programme", "Programme"),
        PrintedColumn("holes", "Holes", "hole", 0, "right"),
        PrintedColumn("metres", f"Drilled ({of})", unit, decimals, "right"),
        PrintedColumn("per_hole", f"Mean depth ({of})", unit, decimals, "right"),
        PrintedColumn("stations", "Stations", "station", 0, "right"),
        PrintedColumn("per_station", f"Drilled per station ({of})", unit, decimals, "right"),
        PrintedColumn("rig_days", "Rig days", "d", 0, "right"),
        PrintedColumn("per_rig_day", f"Drilled per rig day ({of})", unit, decimals, "right"),
        PrintedColumn("cumulative", f"Cumulative ({of})", unit, decimals, "right"),
    ]


def _cell(column: PrintedColumn, row: Mapping[str, Any], layout: Layout, at: int) -> PrintedCell:
    value = row[_kept(column)]
    if value is None:
        return PrintedCell("")
    address = Address(FIGURES, at, _kept(column))
    if column.decimals is None:
        return PrintedCell(str(value), value, address)
    return PrintedCell(digits(value, column.decimals, thousands=layout.thousands, minus=layout.minus), value, address)


def programme_sentences(
    found: Programme, layout: Layout, *, decimals: int, at: int = 0, own: Templates | None = None
) -> list[Said]:
    """A programme in words: holes and metres, stations where they are known, then the means.

    ``at`` is the row of the programme among those of the book.

    >>> programme_sentences(Programme("", 4, 675.63, "m"), Layout(), decimals=0)[0].text
    'Four drill holes totalling 676 m were completed.'
    """
    row: Mapping[str, Any] = programme_figures([found]).row(0, named=True)
    unit = symbol(found.unit)

    def said(column: str) -> Said:
        value = row[column]
        if column == "stations":
            words = str(value or "")
        elif column == "holes":
            words = _NUMBERS[value] if value < len(_NUMBERS) else digits(value, 0, thousands=layout.thousands)
        else:
            words = f"{digits(value, decimals, thousands=layout.thousands)} {unit}"
        return Said.number(words, value, Address(FIGURES, at, column)) if value is not None else Said("")

    name = "holes_one" if found.holes == 1 else "stations" if found.stations and found.stations > 1 else "holes"
    first = {"holes": said("holes"), "metres": said(f"drilled_{found.unit}"), "stations": said("stations")}
    means = {"mean": "mean_depth", "station_mean": "drilled_per_station", "rig_mean": "drilled_per_rig_day"}
    return [
        filled(template("programme", name, own), first).sentence(),
        *(
            filled(template("programme", each, own), {"mean": said(f"{column}_{found.unit}")})
            for each, column in means.items()
            if row[f"{column}_{found.unit}"] is not None and found.holes > 1
        ),
    ]
