"""Tracks of a strip log: each a column of what is known of one hole, depths downwards."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin

import polars as pl

from orebook.ground.schema import BELOW
from orebook.reports.drawings.grade_classes import spoken
from orebook.reports.drawings.placing import spread
from orebook.reports.drawings.scales import Scale, decimals_of, nice_step
from orebook.reports.drawings.svg import box, line, num, path, text, width_of, words

_ROCKS = 8
"""So many rocks have a colour of their own; more share them, and each has its name beside it."""


@dataclass(frozen=True, slots=True)
class Track:
    """A column of a log: what stands above it, how wide it is, and what is drawn in it at its left edge."""

    head: str
    width: float
    body: str


def words_track(
    head: str, table: pl.DataFrame, column: str, down: Scale, unit: str, width: float, *, role: str = ""
) -> Track:
    """Stretches with a word in each: rocks, zones. Equal words have equal fillings, or all that of a role."""
    rows = list(table.select(f"from_{unit}", f"to_{unit}", column).iter_rows())
    kinds = {each: number for number, each in enumerate(dict.fromkeys(str(row[2]) for row in rows))}
    middles = [down((row[0] + row[1]) / 2) for row in rows]
    at = spread(middles, 11.0, down.start + 5, down.end - 3)
    parts = []
    for row, middle, place in zip(rows, middles, at, strict=True):
        top, bottom = down(row[0]), down(row[1])
        said = "" if row[2] is None else str(row[2])
        whole = f"<title>{text(f'{row[0]:g} to {row[1]:g} {unit}: {said}')}</title>"
        filled = role or f"rock{kinds[str(row[2])] % _ROCKS}"
        pale = ' fill-opacity="0.35"' if role else ""
        parts.append(f"<g>{box(0, top, 26, bottom - top, filled, pale)}{whole}</g>")
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


def grade_track(table: pl.DataFrame, grade: str, down: Scale, unit: str, width: float = 130.0) -> Track:
    """Bars of a grade to the right, from nought; the longest is the richest sample of the hole.

    A sample below detection is an open bar as long as its limit; one without a value, and what nobody sampled between
    others, is grey.
    """
    below = pl.col(grade + BELOW).fill_null(value=False) if grade + BELOW in table.columns else pl.lit(value=False)
    rows = list(table.select(f"from_{unit}", f"to_{unit}", grade, below.alias("below")).iter_rows())
    top = max([float(row[2]) for row in rows if row[2] is not None and row[2] == row[2]] or [1.0])
    across = Scale(0.0, top if top > 0 else 1.0, 0.0, width)
    parts = list(_axis_above(across, down))
    for begin, end, value, limit in rows:
        high = max(down(end) - down(begin), 0.6)
        place = f'y="{num(down(begin))}" height="{num(high)}"'
        depths = f"{begin:g} to {end:g} {unit}"
        if value is None or value != value:
            title = f"<title>{text(f'{depths}: no value')}</title>"
            parts.append(f'<rect class="plain none" x="-5" width="5" {place}>{title}</rect>')
            continue
        title = f"<title>{text(f'{depths}: {chr(60) if limit else str()}{value:.4g}')}</title>"
        long = num(max(across(max(value, 0.0)), 3.0 if limit else 0.6))
        role = "quiet-line below" if limit else "bar class4"
        parts.append(f'<rect class="{role}" x="0" width="{long}" {place}>{title}</rect>')
    for (_, before, *_), (after, *_) in pairwise(rows):
        if after > before:
            parts.append(box(-5, down(before), 5, down(after) - down(before), "plain"))
    parts.append(path(f"M0 {num(down.start)}V{num(down.end)}", "ink-line", 0.8))
    return Track(" ".join(filter(None, spoken(grade))), width, "".join(parts))


def _axis_above(across: Scale, down: Scale) -> Iterator[str]:
    """The lines of a scale that runs to the right, with their numbers above."""
    step = nice_step(across.high - across.low, 3)
    for value in across.ticks(3):
        yield path(f"M{num(across(value))} {num(down.start)}V{num(down.end)}", "grid-line", 0.8)
        yield words(across(value), down.start - 6, f"{value:,.{decimals_of(step)}f}", "quiet small middle")


def recovery_track(table: pl.DataFrame, down: Scale, unit: str, width: float = 112.0) -> Track:
    """How much of each run of core came up, as an outline, and how much of it was sound (RQD), filled; per cent."""
    across = Scale(0.0, 100.0, 0.0, width)
    names = [name for name in ("recovery_pct", "rqd_pct") if name in table.columns]
    parts = list(_axis_above(across, down))
    for name in reversed(names):
        for begin, end, value in table.select(f"from_{unit}", f"to_{unit}", name).drop_nulls().iter_rows():
            said = "RQD" if name == "rqd_pct" else "recovery"
            title = f"<title>{text(f'{begin:g} to {end:g} {unit}: {said} {value:g} %')}</title>"
            long = across(min(max(value, 0.0), 110.0))
            place = (
                f'x="0" y="{num(down(begin))}" width="{num(long)}" height="{num(max(down(end) - down(begin), 0.6))}"'
            )
            role = "class1" if name == "rqd_pct" else "quiet-line"
            pale = ' fill-opacity="0.55"' if name == "rqd_pct" else ' stroke-width="0.8"'
            parts.append(f'<rect class="{role} run"{pale} {place}>{title}</rect>')
    parts.append(path(f"M0 {num(down.start)}V{num(down.end)}", "ink-line", 0.8))
    heads = {2: "Recovery, RQD %", 1: "RQD %" if names == ["rqd_pct"] else "Recovery %"}
    return Track(heads[len(names)], width, "".join(parts))


def structures_track(table: pl.DataFrame, down: Scale, unit: str, width: float = 124.0) -> Track:
    """Planes that were measured in the core: a line at its angle to the core axis, which runs down, and what it is."""
    columns = [name for name in ("kind", "alpha_deg") if name in table.columns]
    rows = list(table.select(f"depth_{unit}", *columns).iter_rows(named=True))
    depths = [down(row[f"depth_{unit}"]) for row in rows]
    parts = [path(f"M14 {num(down.start)}V{num(down.end)}", "grid-line", 0.8)]
    for row, y, at in zip(rows, depths, spread(depths, 12.0, down.start + 5, down.end - 3), strict=True):
        alpha, depth = row.get("alpha_deg"), row[f"depth_{unit}"]
        kind = str(row.get("kind") or "plane")
        said = f"{kind} {alpha:.0f}°" if alpha is not None else kind
        title = f"<title>{text(f'{depth:g} {unit}: {said}')}</title>"
        if alpha is None:
            parts.append(f'<g><circle class="ink" cx="14" cy="{num(y)}" r="2"/>{title}</g>')
        else:
            run, rise = 12.0 * sin(radians(alpha)), 12.0 * cos(radians(alpha))
            parts.append(
                f"<g>{path(line([(14 - run, y + rise), (14 + run, y - rise)]), 'ink-line structure', 1.3)}{title}</g>"
            )
        if abs(at - y) < 26:
            parts.append(path(line([(27, y), (33, at)]), "quiet-line", 0.5))
            parts.append(words(35, at + 4, _short(said, width - 35), "ink small"))
    return Track("Structures", width, "".join(parts))


def label_track(table: pl.DataFrame, down: Scale, unit: str) -> Track:
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
