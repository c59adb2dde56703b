"""Significant intersections: level within level, with true thickness, and with every hole that has none."""

from collections.abc import Mapping, Sequence
from functools import partial

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.prepared import averaged, averages, definitions, laid_paths, number, samples, words
from orebook.book.problems import SettingsError
from orebook.book.settings import BookSettings
from orebook.disciplines.assaying.deriving import after_averaging
from orebook.disciplines.drilling.intersections.intercepts import Intercepts, significant_intercepts
from orebook.disciplines.drilling.intersections.rule_sets import RuleSet, RuleSetError, profile, rule_set
from orebook.disciplines.drilling.intersections.sample_places import with_heights, with_places_across
from orebook.disciplines.drilling.zones.zone_thickness import with_zone_thickness

_STATES = {
    "low angle": "true thickness from an angle under 30 degrees to the core",
    "along the zone": "drilled along the zone, no single true thickness",
    "no plane": "true thickness unknown, because no plane of the zone is known",
    "no path": "true thickness unknown, because the hole has no path",
}
"""What is said of intervals whose thickness is in doubt."""

_NO_LENGTH = 1e12
"""A number of a rule set beyond this is no length and no grade."""


def make(bench: Bench) -> Made:
    """Intersections as ``[results.intercepts]`` says: by which rule sets, with which grades, square to which zones."""
    return further(bench, "intercepts")


def further(bench: Bench, name: str) -> Made:
    """Further intersections of the book, such as those of a second metal or of narrow veins.

    ``name`` is the table under ``[results]`` that says ``like = "intercepts"``.
    """
    said = bench.said(name)
    found = sought(bench, name)
    parts, remarks = _parts(bench, name, said, found)
    settings: dict[str, object] = {
        "rules": [level.said() for level in found.profile],
        "fingerprints": [level.fingerprint() for level in found.profile],
        "intercepts": dict(said),
        "derived": definitions(bench),
        "desurvey": dict(bench.settings.desurvey),
    }
    return Made(parts, settings, tuple(remarks))


def sought(bench: Bench, name: str = "intercepts") -> Intercepts:
    """The significant intersections of the book with all that belongs to them, before thickness and shares."""
    return bench.once(f"sought {name}", partial(_sought, name=name))


def _sought(bench: Bench, name: str) -> Intercepts:
    said, where = bench.said(name), f"results.{name}"
    levels = profile_of(bench.settings, name)
    table = _samples(bench, name)
    carry = words(said, "carry")
    averaged(bench, [levels[0].on], table, f"rules.{levels[0].name}.on")
    collars = bench.table("collars")
    if (holes := words(said, "holes")) and collars is not None:
        collars = collars.filter(pl.col("hole").is_in(holes))
    try:
        return significant_intercepts(
            _placed(bench, name, table, levels),
            levels,
            carry=[each for each in averaged(bench, carry, table, f"{where}.carry") if each != levels[0].on],
            collars=collars,
            largest_part=number(bench, said, "largest_part", where, 0.9),
        )
    except ValueError as problem:
        raise bench.wrong(where, str(problem)) from None


def _samples(bench: Bench, name: str) -> pl.DataFrame:
    """The samples among which intersections are sought: of all holes, or of those that are named."""
    table, where = samples(bench), f"results.{name}.holes"
    holes = words(bench.said(name), "holes")
    if not holes:
        return table
    collars = bench.table("collars")
    known = set(table["hole"]) if collars is None else {*table["hole"], *collars["hole"]}
    if unknown := [hole for hole in holes if hole not in known]:
        raise bench.wrong(where, f"this book has no hole {unknown[0]!r}")
    return table.filter(pl.col("hole").is_in(holes))


def _placed(bench: Bench, name: str, table: pl.DataFrame, levels: Sequence[RuleSet]) -> pl.DataFrame:
    """The samples with the places of their ends, where a rule set measures its least length by them."""
    bases = {level.min_length_basis for level in levels}
    if "vertical" in bases:
        table = with_heights(table, laid_paths(bench))
    if "true" in bases:
        zone, zones = _zone(bench, name), bench.need("zones", "least lengths square to a zone")
        plane = zones.filter(pl.col("zone") == zone).drop_nulls(["dip_deg", "dip_direction_deg"])
        if plane.height != 1:
            raise bench.wrong(
                f"results.{name}.zone", f"is {zone!r}; least lengths square to it need one zone with its dip"
            )
        dip, towards = plane.select("dip_deg", "dip_direction_deg").row(0)
        table = with_places_across(table, laid_paths(bench), dip_deg=dip, dip_direction_deg=towards)
    return table


def profile_of(settings: BookSettings, name: str = "intercepts") -> tuple[RuleSet, ...]:
    """The rule sets of a table of intersections, from the widest to the richest level.

    Raises ``SettingsError`` when none is named, or one is not there or cannot be.
    """
    where = f"{settings.file}: results.{name}.rules"
    named = words(settings.result(name), "rules")
    if not named:
        raise SettingsError(f'{where} is missing; name rule sets that stand under [rules.…]: rules = ["bulk"]')
    found = []
    for each in named:
        said = settings.rules.get(each)
        if not isinstance(said, Mapping):
            there = ", ".join(settings.rules) or "none"
            raise SettingsError(f"{where}: there is no rule set {each!r}; write [rules.{each}], there are {there}")
        if huge := [key for key, value in said.items() if isinstance(value, int | float) and abs(value) > _NO_LENGTH]:
            raise SettingsError(f"{settings.file}: rules.{each}: {huge[0]} is beyond {_NO_LENGTH:g}; look for a slip")
        try:
            found.append(rule_set(said, name=each, where=f"{settings.file}: rules.{each}"))
        except RuleSetError as problem:
            raise SettingsError(str(problem)) from None
    try:
        return profile(found)
    except RuleSetError as problem:
        raise SettingsError(f"{where}: {problem}") from None


def _parts(
    bench: Bench, name: str, said: Mapping[str, object], found: Intercepts
) -> tuple[dict[str, pl.DataFrame], list[str]]:
    """The parts of the result: intervals with shares and thickness, and all the lists that belong to them."""
    asked = words(said, "carry")
    intervals = after_averaging(found.intervals, averages(bench, asked))
    intervals, remarks = _thick(bench, name, said, intervals)
    parts = {
        "": intervals,
        "_without": found.without,
        "_pending": found.pending,
        "_unassayed": found.unassayed,
        "_partly_assayed": found.partly_assayed,
        "_rejected": found.rejected,
        "_orphans": found.orphans,
        "_suppressed": found.suppressed,
        "_dropped": found.dropped,
        "_noted": found.noted,
    }
    said_of = {
        "_unassayed": "holes have samples and no value",
        "_dropped": "rows of assays were not used",
        "_orphans": "richer intervals lie outside every parent",
        "_noted": "samples have a remark",
    }
    for part, what in said_of.items():
        if parts[part].height:
            remarks.append(f"{parts[part].height} {what}: orebook ask 'from {name}{part}'")
    rows = _samples(bench, name)["row"]
    return {f"{name}{part}": _as_stored(frame, rows) for part, frame in parts.items()}, remarks


def _as_stored(frame: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """A table whose numbers of samples are the rows of the table as it is stored."""
    numbered = [name for name in ("row", "first_row", "last_row") if name in frame.columns]
    return frame.with_columns(rows.gather(frame[name]).alias(name) for name in numbered)


def _thick(
    bench: Bench, name: str, said: Mapping[str, object], intervals: pl.DataFrame
) -> tuple[pl.DataFrame, list[str]]:
    """The intervals with their true thickness, where the book says how it is to be measured."""
    thickness = said.get("thickness")
    if not isinstance(thickness, Mapping):
        return intervals, []
    where = f"results.{name}.thickness"
    line = thickness.get("orientation_line")
    if line not in (None, "bottom", "top"):
        raise bench.wrong(f"{where}.orientation_line", f"is {line!r}; write 'bottom' or 'top'")
    zoned = _zoned(bench, name, intervals)
    structures = bench.table("structures")
    if structures is not None and line is None and not {"dip_deg", "dip_direction_deg"} <= set(structures.columns):
        said_by = "is missing, by which alpha and beta of the table structures become dips"
        raise bench.wrong(f"{where}.orientation_line", f"{said_by}; write 'bottom' or 'top'")
    try:
        found = with_zone_thickness(
            zoned,
            laid_paths(bench),
            tolerance_deg=number(bench, thickness, "tolerance_deg", where),
            within=number(bench, thickness, "within", where),
            structures=structures,
            zones=bench.table("zones"),
            orientation_line=line,
        )
    except ValueError as problem:
        raise bench.wrong(where, str(problem)) from None
    states = found["true_thickness_status"].value_counts()
    few = {row[0]: row[1] for row in states.iter_rows() if row[0] not in ("computed", "given")}
    return found, [f"{count} intervals: {_STATES.get(state, state)}" for state, count in sorted(few.items())]


def _zone(bench: Bench, name: str) -> str:
    """The zone that is named for all intervals; nothing when none is."""
    return str(bench.said(name).get("zone", ""))


def _zoned(bench: Bench, name: str, intervals: pl.DataFrame) -> pl.DataFrame:
    """The intervals with the zone that each lies in: the one that is named for all, or the one with most of it."""
    if zone := _zone(bench, name):
        return intervals.with_columns(zone=pl.lit(zone))
    domains = bench.table("domains")
    if domains is None or not domains.height or not intervals.height:
        return intervals.with_columns(zone=pl.lit(None, pl.String))
    unit = bench.settings.length
    top, end = f"from_{unit}", f"to_{unit}"
    met = intervals.select("id", "hole", top, end).join(domains.select("hole", top, end, "zone"), on="hole")
    shared = pl.min_horizontal(end, f"{end}_right") - pl.max_horizontal(top, f"{top}_right")
    most = (
        met.with_columns(shared=shared)
        .filter(pl.col("shared") > 0)
        .sort("id", "shared", f"{top}_right", descending=[False, True, False])
        .unique("id", keep="first", maintain_order=True)
        .select("id", "zone")
    )
    return intervals.join(most, on="id", how="left", maintain_order="left")
