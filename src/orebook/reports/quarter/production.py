"""Production of a mine as its table prints it: measures down, periods across, and which share of the mine is shown."""

import csv
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files

from orebook.ground import units
from orebook.reports.drilling.heads import symbol
from orebook.reports.printed import PrintedTable
from orebook.reports.quarter.figures import Amount
from orebook.reports.quarter.labels import label
from orebook.reports.quarter.layouts import RowLayout, TableLayout
from orebook.reports.quarter.periods import Span
from orebook.reports.quarter.prose import Speaker, trend
from orebook.reports.quarter.said import Said
from orebook.reports.quarter.tables import Line, decimals_of, figure_table
from orebook.reports.quarter.writing import written
from orebook.reports.rounding import exact, rounded
from orebook.reports.sentences import fill

USUAL = ("ore_milled", "throughput", "head_grade", "recovery", "metal_produced")
"""Measures that are printed when the layout names none."""

WHOLE, SHARE = "100%", "attributable"
_TABLE = "milling"
_WORDS = {"t": "tonnes", "t/d": "tonnes", "ton": "short tons", "ton/d": "short tons", "lb": "lb"}
_MILLION = 1_000_000


def mines(speaker: Speaker) -> list[str]:
    """The mines that have figures of the mill in the periods of the page, in the order of the results."""
    labels = speaker.periods.labels()
    figures = speaker.figures
    told = figures.subjects(f"{_TABLE}.ore_milled", labels) or figures.subjects(f"{_TABLE}.metal_produced", labels)
    return [name for name in told if name != speaker.company]


def production_table(mine: str, speaker: Speaker, layout: TableLayout, *, interest: str = "") -> PrintedTable:
    """The table of one mine: ore, grades, recoveries and metal of each period.

    ``interest`` is the company's share of the mine as it is written, said in the caption; of a mine that the company
    owns alone nothing is said.
    """
    spans = speaker.periods.columns(layout.periods)
    if not any(speaker.figures.all(f"{_TABLE}.ore_milled", span.label, subject=mine) for span in spans):
        spans = [speaker.periods.now, speaker.periods.before]
    lines = [line for row in layout.rows or _usual() for line in _lines(row, mine, speaker, spans, layout)]
    captions = speaker.group("captions")
    which = "production_held" if interest else "production"
    basis = SHARE if layout.basis == SHARE else WHOLE
    caption = fill(captions[which], mine=mine, basis=basis, interest=interest, name=speaker.name)
    return figure_table(f"production {mine}", lines, spans, layout, caption=caption)


def _usual() -> list[RowLayout]:
    return [RowLayout(name) for name in USUAL]


def _lines(row: RowLayout, mine: str, speaker: Speaker, spans: Sequence[Span], layout: TableLayout) -> Iterator[Line]:
    """Yield the lines of a measure: one for each metal that it is told of, on each basis that is printed."""
    measure = row.measure(_TABLE)
    labels = [span.label for span in spans]
    told = speaker.figures.metals(measure, labels, mine)
    metals = [row.metal] if row.metal else [each for each in layout.metals if each in told] or ordered(told) or [""]
    bases = (WHOLE, SHARE) if layout.basis == "both" else (layout.basis,)
    for basis in bases:
        for metal in metals:
            amounts = tuple(_amount(speaker, measure, each, mine, metal, basis) for each in labels)
            if basis == SHARE and layout.basis == "both" and label(measure).kind not in ("metal", "amount"):
                continue
            words = row.head if row.head is not None else row_words(measure, metal, amounts, row, basis, layout)
            yield Line(words, measure, amounts, row, metal=metal)


def _amount(speaker: Speaker, measure: str, period: str, mine: str, metal: str, basis: str) -> Amount | None:
    """The figure of a mine; one that says no basis stands for the whole mine, and is no share of it."""
    about = {"subject": mine, "metal": metal or None}
    found = speaker.figures.all(measure, period, **about)
    exact = [each for each in found if each.said("basis") == basis]
    plain = [each for each in found if not each.said("basis")]
    chosen = exact or (plain if basis == WHOLE or label(measure).kind not in ("metal", "amount") else [])
    return chosen[0] if chosen else None


def row_words(
    measure: str, metal: str, amounts: Sequence[Amount | None], row: RowLayout, basis: str, layout: TableLayout
) -> str:
    """What stands before a row: the measure, the metal, the unit; and the share where both are printed."""
    known = label(measure)
    unit = row.unit or next((amount.unit for amount in amounts if amount is not None), "")
    name = metal_words(metal)
    words = known.said([], metal=name)
    if metal and known.kind in ("grade", "share"):
        words = f"{words} – {name.lower()}"
    if basis == SHARE and layout.basis == "both":
        words = f"{words}, {SHARE}"
    shown = _WORDS.get(unit, symbol(unit))
    return f"{words} ({shown})" if unit not in ("", "1") else words


@cache
def _names() -> dict[str, tuple[str, int]]:
    text = files("orebook.ground").joinpath("analytes.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["symbol"]: (row["names"].split("|")[0], at) for at, row in enumerate(rows)}


def metal_words(metal: str) -> str:
    """A metal by its name.

    >>> metal_words("Cu"), metal_words("Mo"), metal_words("Xx")
    ('Copper', 'Molybdenum', 'Xx')
    """
    name = _names().get(metal, ("", 0))[0] or metal
    return name[:1].upper() + name[1:]


_BASE_FIRST = ("Cu", "Zn", "Pb", "Ni", "Au", "Ag")


def ordered(metals: Sequence[str]) -> list[str]:
    """Metals as tables list them: base metals, precious metals, then the others.

    >>> ordered(["Mo", "Ag", "Au", "Cu"])
    ['Cu', 'Au', 'Ag', 'Mo']
    """
    rank = {metal: at for at, metal in enumerate(_BASE_FIRST)}
    return sorted(metals, key=lambda metal: rank.get(metal, len(rank)))


def throughput_sentence(mine: str, speaker: Speaker) -> Iterator[Said]:
    """How much the mill took a day, against the year before."""
    now, before = (
        _amount(speaker, f"{_TABLE}.throughput", span.label, mine, "", WHOLE)
        for span in (speaker.periods.now, speaker.periods.before)
    )
    if now is None or now.unit != "t/d":
        return
    each = [None if amount is None else rounded(amount.value, 0) for amount in (now, before)]
    slots: dict[str, str | Said] = {"now": Said.amount(f"{each[0]:,f}", now)}
    if before is not None:
        slots["before"] = Said.amount(f"{each[1]:,f}", before)
    yield speaker.say("throughput", trend(rounded(now.value, 0), each[1]), mine=mine, **slots)


def metal_sentences(mine: str, speaker: Speaker, metals: Sequence[str] = (), *, shared: bool = False) -> Iterator[Said]:
    """How much of each metal a mine made, against the year before; of the first metal where none is named.

    Of a mine that is ``shared`` it is said that all of it is counted.
    """
    measure = f"{_TABLE}.metal_produced"
    spans = (speaker.periods.now, speaker.periods.before)
    told = speaker.figures.metals(measure, [span.label for span in spans], mine)
    for metal in [each for each in metals if each in told] or ordered(told)[:1]:
        now, before = (_amount(speaker, measure, span.label, mine, metal, WHOLE) for span in spans)
        if now is None:
            continue
        words, printed = quantity_words(now.value, now.unit)
        basis = speaker.template("metal_produced", "whole") if shared else ""
        slots: dict[str, str | Said] = {"now": Said.amount(words, now), "basis": basis}
        other = None
        if before is not None:
            words, other = quantity_words(before.value, before.unit)
            slots["before"] = Said.amount(words, before)
        yield speaker.say("metal_produced", trend(printed, other), metal=metal_words(metal), mine=mine, **slots)


def quantity_words(value: float, unit: str) -> tuple[str, Decimal]:
    """An amount of metal as a sentence tells it, and the number that is printed: millions with one decimal.

    >>> quantity_words(10_312_400.0, "lb"), quantity_words(2758.0, "oz")
    (('10.3 million pounds', Decimal('10300000.0')), ('2,758 ounces', Decimal('2758')))
    """
    row = units.rows().get(unit)
    name = row.words[0] if row and row.words else unit
    if abs(value) < _MILLION:
        printed = rounded(value, decimals_of(f"{_TABLE}.metal_produced", unit))
        return f"{written(printed)} {name}", printed
    printed = rounded(exact(value) / _MILLION, 1)
    return f"{written(printed)} million {name}", printed * _MILLION
