"""Strip log: one hole from top to bottom: rock, zones, grades as bars, significant intersections, core recovery."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from orebook.ground import units
from orebook.ground.schema import length_unit, unit_of
from orebook.reports.drawings.placing import spread
from orebook.reports.drawings.scales import Scale, decimals_of, nice_step
from orebook.reports.drawings.svg import Drawing, box, line, num, path, text, width_of, words

_TOP, _BOTTOM, _LEFT, _GAP = 58.0, 22.0, 64.0, 14.0
_ROCKS = 8
"""So many rocks have a colour of their own; more share them, and each has its name beside it."""


@dataclass(frozen=True, slots=True)
class Track:
    """A column of a log: what stands above it, how wide it is, and what is drawn in it at its left edge."""

    head: str
    width: float
    body: str


def strip_log(
    hole: str,
    *,
    assays: pl.DataFrame | None = None,
    grades: Sequence[str] = (),
    lithology: pl.DataFrame | None = None,
    domains: pl.DataFrame | None = None,
    intervals: pl.DataFrame | None = None,
    depth: float | None = None,
    height: float = 900.0,
) -> Drawing:
    """The log of a hole, depths downwards.

    All tables may hold other holes too. ``assays`` have from, to and the columns ``grades``; ``lithology`` a ``rock``
    and ``domains`` a ``zone``; ``intervals`` a ``label``. ``depth`` is the end of the hole where it is known. Raises
    ``ValueError`` for a hole of which no table says anything.

    >>> rows = pl.DataFrame({"hole": ["K-1", "K-1"], "from_m": [0.0, 2.0], "to_m": [2.0, 4.0], "au_gpt": [0.1, 3.0]})
    >>> drawn = strip_log("K-1", assays=rows, grades=["au_gpt"])
    >>> drawn.title, drawn.body.count('class="bar')
    ('Log of K-1', 2)
    """
    own = {
        name: _of(hole, table)
        for name, table in (
            ("assays", assays),
            ("lithology", lithology),
            ("domains", domains),
            ("intervals", intervals),
        )
    }
    there = [table for table in own.values() if table is not None]
    if not there:
        raise ValueError(f"no table says anything of hole {hole}")
    unit = length_unit(there[0].columns, "from", "to")
    ends = [each for table in there for each in table[f"to_{unit}"].drop_nulls().to_list()]
    end = max([*ends, depth or 0.0, 1.0])
    down = Scale(0.0, end, _TOP, height - _BOTTOM)
    tracks = _tracks(own, grades, down, unit)
    parts, at = [_depths(down, unit)], _LEFT
    bottom = down.end
    for track in tracks:
        parts.append(words(at, _TOP - 26, track.head, "ink small strong"))
        parts.append(f'<g transform="translate({num(at)} 0)">{track.body}</g>')
        at += track.width + _GAP
    if depth is not None:
        parts.append(words(_LEFT, down(depth) + 14, f"End of hole {depth:,.2f} {unit}", "quiet small"))
    return Drawing(f"Log of {hole}", at + 4, bottom + _BOTTOM, "".join(parts), f"Depths in {unit} along the hole.")


def _of(hole: str, table: pl.DataFrame | None) -> pl.DataFrame | None:
    """The rows of one hole by depth; nothing where there are none."""
    if table is None or not table.height:
        return None
    unit = length_unit(table.columns, "from", "to")
    found = table.filter(pl.col("hole") == hole).drop_nulls([f"from_{unit}", f"to_{unit}"]).sort(f"from_{unit}")
    return found if found.height else None


def _tracks(own: dict[str, pl.DataFrame | None], grades: Sequence[str], down: Scale, unit: str) -> list[Track]:
    found = []
    if (rocks := own["lithology"]) is not None and (name := _first(rocks, "rock", "lithology", "code")):
        found.append(_words_track("Rock", rocks, name, down, unit, 110.0))
    if (zones := own["domains"]) is not None and "zone" in zones.columns:
        found.append(_words_track("Zone", zones, "zone", down, unit, 90.0))
    if (samples := own["assays"]) is not None:
        found += [_grade_track(samples, grade, down, unit) for grade in grades if grade in samples.columns]
    if (intervals := own["intervals"]) is not None and "label" in intervals.columns:
        found.append(_label_track(intervals, down, unit))
    return found


def _first(table: pl.DataFrame, *names: str) -> str:
    return next((name for name in names if name in table.columns), "")


def _depths(down: Scale, unit: str) -> str:
    """The axis of depths."""
    parts = []
    step = nice_step(down.high - down.low, 20)
    for value in down.ticks(20):
        y = down(value)
        parts.append(path(f"M{num(_LEFT - 14)} {num(y)}h8", "quiet-line", 0.8))
        parts.append(words(_LEFT - 18, y + 4, f"{value:,.{decimals_of(step)}f}", "quiet small end"))
    parts.append(path(f"M{num(_LEFT - 6)} {num(down.start)}V{num(down.end)}", "ink-line", 1))
    return f'<g class="axes">{words(_LEFT - 18, _TOP - 26, unit, "quiet small end")}{"".join(parts)}</g>'


def _words_track(head: str, table: pl.DataFrame, column: str, down: Scale, unit: str, width: float) -> Track:
    """Stretches with a word in each: rocks, zones. Equal words have equal fillings."""
    rows = list(table.select(f"from_{unit}", f"to_{unit}", column).iter_rows())
    kinds = {each: number for number, each in enumerate(dict.fromkeys(str(row[2]) for row in rows))}
    middles = [down((row[0] + row[1]) / 2) for row in rows]
    at = spread(middles, 11.0, down.start + 5, down.end - 3)
    parts = []
    for row, middle, place in zip(rows, middles, at, strict=True):
        top, bottom = down(row[0]), down(row[1])
        said = "" if row[2] is None else str(row[2])
        whole = f"<title>{text(f'{row[0]:g} to {row[1]:g} {unit}: {said}')}</title>"
        parts.append(f"<g>{box(0, top, 26, bottom - top, f'rock{kinds[str(row[2])] % _ROCKS}')}{whole}</g>")
        parts.append(path(f"M0 {num(top)}h26M0 {num(bottom)}h26", "paper-line", 0.6))
        if said and (abs(place - middle) < 14 or bottom - top > 6):
            parts.append(path(line([(26, middle), (32, place)]), "quiet-line", 0.5))
            parts.append(words(34, place + 4, _short(said, width - 34), "ink small"))
    parts.append(
        path(line([(0, down.start), (26, down.start), (26, down.end), (0, down.end)], close=True), "ink-line", 0.8)
    )
    return Track(head, width, "".join(parts))


def _short(said: str, room: float) -> str:
    """Words cut to a width."""
    most = max(int(room / width_of("x", 11)), 2)
    return said if len(said) <= most else f"{said[: most - 1]}…"


def _grade_track(table: pl.DataFrame, grade: str, down: Scale, unit: str, width: float = 130.0) -> Track:
    """Bars of a grade to the right, from nought; the longest is the richest sample of the hole."""
    rows = list(table.select(f"from_{unit}", f"to_{unit}", grade).drop_nulls().iter_rows())
    top = max([float(row[2]) for row in rows if row[2] == row[2]] or [1.0])
    across = Scale(0.0, top if top > 0 else 1.0, 0.0, width)
    parts = []
    step = nice_step(across.high, 3)
    for value in across.ticks(3):
        parts.append(path(f"M{num(across(value))} {num(down.start)}V{num(down.end)}", "grid-line", 0.8))
        parts.append(words(across(value), down.start - 6, f"{value:,.{decimals_of(step)}f}", "quiet small middle"))
    for begin, end, value in rows:
        said = f"<title>{text(f'{begin:g} to {end:g} {unit}: {value:.4g}')}</title>"
        place = f'x="0" y="{num(down(begin))}" width="{num(max(across(max(value, 0.0)), 0.6))}"'
        high = max(down(end) - down(begin), 0.6)
        parts.append(f'<rect class="bar class4" {place} height="{num(high)}">{said}</rect>')
    for (_, before, _), (after, _, _) in pairwise(rows):
        if after > before:
            parts.append(box(0, down(before), 3, down(after) - down(before), "grid"))
    parts.append(path(f"M0 {num(down.start)}V{num(down.end)}", "ink-line", 0.8))
    symbol = grade.removesuffix(f"_{grade.rpartition('_')[2]}")
    named = units.rows()[unit_of(grade)].name if unit_of(grade) else ""
    return Track(f"{symbol[:1].upper()}{symbol[1:]} {named}".strip(), width, "".join(parts))


def _label_track(table: pl.DataFrame, down: Scale, unit: str) -> Track:
    """Significant intersections: a bracket over each with its label; parts stand further right."""
    rows = list(table.select(f"from_{unit}", f"to_{unit}", "label").iter_rows())
    places = spread([down((row[0] + row[1]) / 2) for row in rows], 14.0, down.start + 6, down.end - 6)
    parts: list[str] = []
    open_until: list[float] = []
    for (begin, end, label), place in zip(rows, places, strict=True):
        open_until = [each for each in open_until if each > begin]
        x = 4.0 + 6.0 * len(open_until)
        open_until.append(end)
        parts.append(path(f"M{num(x - 4)} {num(down(begin))}h4V{num(down(end))}h-4", "accent-line", 1.6))
        parts.append(path(line([(x, (down(begin) + down(end)) / 2), (34, place)]), "quiet-line", 0.5))
        parts.append(words(38, place + 4, label, "ink small strong"))
    wide = max((width_of(str(row[2]), 11) for row in rows), default=0.0)
    return Track("Intersections", 44.0 + wide, "".join(parts))
