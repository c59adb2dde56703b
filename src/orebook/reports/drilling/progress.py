"""Progress of drilling: metres by the time in which holes ended, and samples by certificate with their controls."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

import polars as pl

from orebook.disciplines.drilling.controls import CONTROLS, control_kind
from orebook.reports.charted import Chart, Panel, Series

_MOST = 12
"""So many months or quarters are told apart; a longer time is told by larger ones."""

_YEARS, _CERTIFICATES = 16, 24
"""So many years, and so many certificates, have a column of their own."""

_KINDS = 4
"""So many ways of drilling have a colour of their own; the rest are one."""

_UNDATED, _UNSAID, _OTHERS = "no day", "not said", "others"
_DAY = re.compile(r"(\d{4})-(\d{2})")


def drilled_chart(collars: pl.DataFrame, unit: str) -> Chart | None:
    """The length of holes by month, quarter or year in which they ended, by how they were drilled; nothing without any.

    Holes without a day of their end count when they began; those without either stand by themselves. A book whose holes
    have no days at all tells its programmes, if it has them.

    >>> table = pl.DataFrame({"hole": ["A", "B"], "depth_m": [50.0, 70.0], "ended": ["2011-02-03", "2011-04-01"]})
    >>> drilled_chart(table, "m").panels[0].categories
    ('2011-02', '2011-03', '2011-04')
    """
    depth = f"depth_{unit}"
    if depth not in collars.columns:
        return None
    days = [name for name in ("ended", "started") if name in collars.columns]
    said = pl.coalesce([pl.col(name).cast(pl.String) for name in days]) if days else pl.lit(None, pl.String)
    rows = collars.select(
        length=pl.col(depth), said=said, type=_text(collars, "type"), under=_text(collars, "programme")
    )
    known = rows.filter(pl.col("length").is_not_null())
    if not known.height:
        return None
    left = rows.height - known.height
    lost = f" {left:,} {'hole has' if left == 1 else 'holes have'} no length." if left else ""
    months = [_month(each) for each in known["said"].to_list()]
    if any(month is not None for month in months):
        names, at, by = _times(months)
        caption = f"By the {by} in which holes ended, or began where no end is said.{lost}"
    elif known["under"].null_count() < known.height:
        names = sorted(known["under"].drop_nulls().unique().to_list())
        names += ["none"] if known["under"].null_count() else []
        at, by = [each or "none" for each in known["under"].to_list()], "programme"
        caption = f"By programme; no day of drilling is said.{lost}"
    else:
        return None
    series = _by_kind(known["type"].to_list(), at, known["length"].to_list(), names)
    words = "Feet" if unit == "ft" else "Metres"
    panel = Panel("stacked", f"{words} drilled by {by}", unit, tuple(names), series, 0)
    return Chart("drilled", panel.title, (panel,), caption)


def _text(frame: pl.DataFrame, name: str) -> pl.Expr:
    """A column of words, missing where the table has none of it or it says nothing."""
    if name not in frame.columns:
        return pl.lit(None, pl.String)
    said = pl.col(name).cast(pl.String).str.strip_chars()
    return pl.when(said != "").then(said)


def _month(said: str | None) -> int | None:
    """The month of a day, counted from the first of all; nothing where no day is said."""
    found = _DAY.match(said or "")
    if found is None or not 1 <= int(found[2]) <= 12:
        return None
    return int(found[1]) * 12 + int(found[2]) - 1


def _times(months: Sequence[int | None]) -> tuple[list[str], list[str], str]:
    """The times that tell some months apart, without gaps; in which each lies; and what they are."""
    known = [month for month in months if month is not None]
    long = max(known) - min(known)
    if long < _MOST:
        by, step, name = "month", 1, _of_month
    elif long // 3 < _MOST:
        by, step, name = "quarter", 3, _of_quarter
    else:
        by, step, name = "year", 12, _of_year
    first, last = min(known) // step, max(known) // step
    kept = max(first, last - _YEARS + 1)
    before = f"to {name(kept * step - step)}"
    names = [*([before] if kept > first else []), *(name(at * step) for at in range(kept, last + 1))]
    names += [_UNDATED] if len(known) < len(months) else []
    return names, [_named(month, step, kept, name, before) for month in months], by


def _named(month: int | None, step: int, kept: int, name: Callable[[int], str], before: str) -> str:
    if month is None:
        return _UNDATED
    return name(month // step * step) if month // step >= kept else before


def _of_month(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02d}"


def _of_quarter(month: int) -> str:
    return f"{month // 12}-Q{month % 12 // 3 + 1}"


def _of_year(month: int) -> str:
    return str(month // 12)


def _by_kind(
    kinds: Sequence[str | None], at: Sequence[str], lengths: Sequence[float], names: Sequence[str]
) -> tuple[Series, ...]:
    """A series for each way of drilling, those with most metres first; one without a name where nothing tells them."""
    called = [kind or _UNSAID for kind in kinds]
    most: defaultdict[str, float] = defaultdict(float)
    for kind, length in zip(called, lengths, strict=True):
        most[kind] += length
    ranked = sorted(most, key=lambda kind: (-most[kind], kind))
    if len(ranked) > _KINDS:
        kept = ranked[: _KINDS - 1]
        called = [kind if kind in kept else _OTHERS for kind in called]
        ranked = [*kept, _OTHERS]
    sums: defaultdict[tuple[str, str], float] = defaultdict(float)
    for kind, place, length in zip(called, at, lengths, strict=True):
        sums[kind, place] += length
    return tuple(Series(kind if len(ranked) > 1 else "", tuple(sums[kind, name] for name in names)) for kind in ranked)


def samples_chart(assays: pl.DataFrame) -> Chart | None:
    """Samples of each certificate, with its standards, blanks and duplicates; nothing where fewer than two are named.

    >>> table = pl.DataFrame({"certificate": ["C1", "C1", "C2"], "type": [None, "Blank", None]})
    >>> [(each.name, each.values) for each in samples_chart(table).panels[0].series]
    [('samples', (1.0, 1.0)), ('blanks', (1.0, 0.0))]
    """
    rows = assays.select(
        certificate=_text(assays, "certificate"),
        kind=control_kind(_text(assays, "type")).fill_null("sample"),
        day=_text(assays, "date"),
    ).with_row_index("at")
    named = rows.drop_nulls("certificate")
    firsts = named.group_by("certificate").agg(pl.col("day", "at").min()).sort("day", "at", nulls_last=True)
    known = firsts["certificate"].to_list()
    if len(known) < 2:
        return None
    shown = known[-_CERTIFICATES:]
    counts = {
        (certificate, kind): float(count)
        for certificate, kind, count in named.group_by("certificate", "kind").len().iter_rows()
    }
    found = [
        Series(f"{kind}s", tuple(counts.get((each, kind), 0.0) for each in shown)) for kind in ("sample", *CONTROLS)
    ]
    controls = named.filter(pl.col("kind") != "sample").height
    caption = f"{100.0 * controls / named.height:.1f} % of all are standards, blanks or duplicates."
    if len(known) > len(shown):
        caption = f"The last {len(shown)} of {len(known):,} certificates. {caption}"
    if without := rows.height - named.height:
        caption += f" {without:,} {'sample is' if without == 1 else 'samples are'} of no certificate."
    series = tuple(each for each in found if any(each.values) or each.name == "samples")
    panel = Panel("stacked", "Samples by certificate", "samples", tuple(shown), series, 0)
    return Chart("samples", panel.title, (panel,), caption)
