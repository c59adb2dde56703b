"""Strip log: one hole from top to bottom: rock, zones, structures, recovery, grades, significant intersections."""

from collections.abc import Sequence

import polars as pl

from orebook.ground.schema import BELOW, length_unit
from orebook.reports.drawings.furniture import LINE, foot, wrapped
from orebook.reports.drawings.log_tracks import (
    Track,
    grade_track,
    label_track,
    recovery_track,
    structures_track,
    words_track,
)
from orebook.reports.drawings.scales import Scale, decimals_of, nice_step
from orebook.reports.drawings.svg import Drawing, num, path, words

_TOP, _LEFT, _GAP = 78.0, 64.0, 18.0
_LEAST = 420.0
"""The least width of a log, so that what is said below it has room."""

_OPEN = "Open bars are below detection, as long as their limit."
_GREY = "Grey is without a value."


def strip_log(
    hole: str,
    *,
    assays: pl.DataFrame | None = None,
    grades: Sequence[str] = (),
    lithology: pl.DataFrame | None = None,
    domains: pl.DataFrame | None = None,
    intervals: pl.DataFrame | None = None,
    recoveries: pl.DataFrame | None = None,
    structures: pl.DataFrame | None = None,
    depth: float | None = None,
    height: float = 900.0,
    source: str = "",
) -> Drawing:
    """The log of a hole, depths downwards.

    All tables may hold other holes too. ``assays`` have from, to and the columns ``grades``; ``lithology`` a ``rock``
    and ``domains`` a ``zone``; ``intervals`` a ``label``; ``recoveries`` recovery and RQD; ``structures`` a depth.
    ``depth`` is the end of the hole where it is known, ``source`` is said below. Raises ``ValueError`` for a hole of
    which no table says anything.

    >>> rows = pl.DataFrame({"hole": ["K-1", "K-1"], "from_m": [0.0, 2.0], "to_m": [2.0, 4.0], "au_gpt": [0.1, 3.0]})
    >>> drawn = strip_log("K-1", assays=rows, grades=["au_gpt"])
    >>> drawn.title, drawn.body.count('class="bar')
    ('Log of K-1', 2)
    """
    given = {"assays": assays, "lithology": lithology, "domains": domains, "intervals": intervals}
    own = {name: _of(hole, table) for name, table in (given | {"recoveries": recoveries}).items()}
    own["structures"] = _of(hole, structures, "depth")
    there = {name: table for name, table in own.items() if table is not None}
    if not there:
        raise ValueError(f"no table says anything of hole {hole}")
    unit, end = _reach(there, depth)
    said = [f"Depths in {unit} along the hole.", *_marks(own["assays"], grades), source]
    said[:0] = [f"End of hole {depth:,.2f} {unit}."] if depth is not None else []
    wide = _LEFT + sum(track.width + _GAP for track in _tracks(there, grades, Scale(0, end, 0, 1), unit)) + 4
    width = max(wide, _LEAST)
    lines = wrapped(" ".join(filter(None, said)), width - 24)
    down = Scale(0.0, end, _TOP, max(height - 14.0 - LINE * len(lines), _TOP + 120.0))
    tracks = _tracks(there, grades, down, unit)
    parts = [words(12, 20, hole, "ink strong"), _depths(down, unit, wide)]
    at = _LEFT
    for track in tracks:
        parts.append(words(at, _TOP - 26, track.head, "ink small strong"))
        parts.append(f'<g transform="translate({num(at)} 0)">{track.body}</g>')
        at += track.width + _GAP
    whole = down.end + 14.0 + LINE * len(lines)
    parts.append(foot(lines, 12, whole))
    return Drawing(f"Log of {hole}", width, whole, "".join(parts), " ".join(filter(None, said)))


def _marks(samples: pl.DataFrame | None, grades: Sequence[str]) -> list[str]:
    """What is said of marks that the grades of a hole show."""
    if samples is None:
        return []
    shown = [each for each in grades if each in samples.columns]
    limits = any(samples[each + BELOW].any() for each in shown if each + BELOW in samples.columns)
    ends = [samples[name] for name in samples.columns if name.startswith(("from_", "to_"))][:2]
    gaps = any(samples[each].null_count() for each in shown) or bool((ends[0][1:] > ends[1][:-1]).any())
    return [*([_OPEN] if limits else []), *([_GREY] if gaps and shown else [])]


def _of(hole: str, table: pl.DataFrame | None, *ends: str) -> pl.DataFrame | None:
    """The rows of one hole by depth; nothing where there are none."""
    if table is None or not table.height:
        return None
    names = ends or ("from", "to")
    unit = length_unit(table.columns, *names)
    depths = [f"{name}_{unit}" for name in names]
    found = table.filter(pl.col("hole") == hole).drop_nulls(depths).sort(depths[0])
    return found if found.height else None


def _reach(there: dict[str, pl.DataFrame], depth: float | None) -> tuple[str, float]:
    """The unit of depths, and how deep the log reaches."""
    deepest = [depth or 0.0, 1.0]
    for name, table in there.items():
        column = "depth" if name == "structures" else "to"
        unit = length_unit(table.columns, column)
        deepest.append(float(table[f"{column}_{unit}"].max() or 0.0))  # type: ignore[arg-type]
    return unit, max(deepest)


def _tracks(own: dict[str, pl.DataFrame], grades: Sequence[str], down: Scale, unit: str) -> list[Track]:
    found = []
    if "lithology" in own and (name := _first(own["lithology"], "rock", "lithology", "code")):
        found.append(words_track("Rock", own["lithology"], name, down, unit, 104.0))
    if "domains" in own and "zone" in own["domains"].columns:
        found.append(words_track("Zone", own["domains"], "zone", down, unit, 90.0, role="zone"))
    if "structures" in own:
        found.append(structures_track(own["structures"], down, unit))
    if "recoveries" in own and _first(own["recoveries"], "recovery_pct", "rqd_pct"):
        found.append(recovery_track(own["recoveries"], down, unit))
    if "assays" in own:
        found += [grade_track(own["assays"], each, down, unit) for each in grades if each in own["assays"].columns]
    if "intervals" in own and "label" in own["intervals"].columns:
        found.append(label_track(own["intervals"], down, unit))
    return found


def _first(table: pl.DataFrame, *names: str) -> str:
    return next((name for name in names if name in table.columns), "")


def _depths(down: Scale, unit: str, right: float) -> str:
    """The axis of depths, with faint lines across the log."""
    parts = []
    most = max(4, int((down.end - down.start) / 40))
    step = nice_step(down.high - down.low, most)
    for value in down.ticks(most):
        y = down(value)
        parts.append(path(f"M{num(_LEFT - 6)} {num(y)}H{num(right - _GAP)}", "grid-line", 0.6))
        parts.append(path(f"M{num(_LEFT - 14)} {num(y)}h8", "quiet-line", 0.8))
        parts.append(words(_LEFT - 18, y + 4, f"{value:,.{decimals_of(step)}f}", "quiet small end"))
    parts.append(path(f"M{num(_LEFT - 6)} {num(down.start)}V{num(down.end)}", "ink-line", 1))
    return f'<g class="axes">{words(_LEFT - 18, _TOP - 26, unit, "quiet small end")}{"".join(parts)}</g>'
