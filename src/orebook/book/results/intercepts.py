"""Significant intersections: level within level, with true thickness, and with every hole that has none."""

from collections.abc import Mapping, Sequence

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.prepared import definitions as definitions_of
from orebook.book.prepared import known_keys, laid_paths, number, samples, words
from orebook.book.problems import SettingsError
from orebook.book.settings import BookSettings
from orebook.disciplines.assaying.definitions import definitions
from orebook.disciplines.assaying.deriving import after_averaging
from orebook.disciplines.drilling.intercepts import Intercepts, significant_intercepts
from orebook.disciplines.drilling.rule_sets import RuleSet, RuleSetError, profile, rule_set
from orebook.disciplines.drilling.zone_thickness import with_zone_thickness

_WHERE = "results.intercepts"
_KEYS = ("rules", "carry", "zone", "thickness", "largest_part")
_STATES = {
    "low angle": "true thickness from an angle under 30 degrees to the core",
    "along the zone": "drilled along the zone, no single true thickness",
    "no plane": "true thickness unknown, because no plane of the zone is known",
    "no path": "true thickness unknown, because the hole has no path",
}
"""What is said of intervals whose thickness is in doubt."""

_THICKNESS = ("tolerance_deg", "within", "orientation_line")


def make(bench: Bench) -> Made:
    """Intersections as ``[results.intercepts]`` says: by which rule sets, with which grades, square to which zones."""
    said = bench.said("intercepts")
    known_keys(bench, said, _KEYS, _WHERE)
    levels = profile_of(bench.settings)
    table = samples(bench)
    carry = words(bench, said, "carry", _WHERE)
    try:
        found = significant_intercepts(
            table,
            levels,
            carry=[each for each in _carried(bench, carry, table) if each != levels[0].on],
            collars=bench.table("collars"),
            largest_part=number(bench, said, "largest_part", _WHERE, 0.9),
        )
    except ValueError as problem:
        raise bench.wrong(_WHERE, str(problem)) from None
    parts, remarks = _parts(bench, said, found)
    settings: dict[str, object] = {
        "rules": [level.said() for level in levels],
        "fingerprints": [level.fingerprint() for level in levels],
        "intercepts": dict(said),
        "derived": definitions_of(bench),
        "desurvey": dict(bench.settings.desurvey),
    }
    return Made(parts, settings, tuple(remarks))


def profile_of(settings: BookSettings, key: str = "rules") -> tuple[RuleSet, ...]:
    """The rule sets of ``[results.intercepts]``, from the widest to the richest level.

    Raises ``SettingsError`` when none is named, or one is not there or cannot be.
    """
    where = f"{settings.file}: {_WHERE}.{key}"
    named = settings.result("intercepts").get(key, [])
    if not isinstance(named, list) or not named:
        raise SettingsError(f'{where} is missing; name rule sets that stand under [rules.…]: rules = ["bulk"]')
    found = []
    for name in named:
        said = settings.rules.get(str(name))
        if not isinstance(said, Mapping):
            there = ", ".join(settings.rules) or "none"
            raise SettingsError(f"{where}: there is no rule set {name!r}; write [rules.{name}], there are {there}")
        try:
            found.append(rule_set(said, name=str(name), where=f"{settings.file}: rules.{name}"))
        except RuleSetError as problem:
            raise SettingsError(str(problem)) from None
    try:
        return profile(found)
    except RuleSetError as problem:
        raise SettingsError(f"{where}: {problem}") from None


def _carried(bench: Bench, carry: Sequence[str], table: pl.DataFrame) -> list[str]:
    """The columns to average: what was asked for, with part and whole of each quotient in its place."""
    quotients = {
        name: one.columns for name, one in definitions(bench.settings.derive).items() if one.kind in ("share", "ratio")
    }
    wanted: list[str] = []
    for column in carry:
        wanted += quotients.get(column, (column,))
    if lacking := [column for column in wanted if column not in table.columns]:
        there = ", ".join(table.columns)
        raise bench.wrong(f"{_WHERE}.carry", f"the samples have no column {lacking[0]}; they have {there}")
    return list(dict.fromkeys(wanted))


def _parts(bench: Bench, said: Mapping[str, object], found: Intercepts) -> tuple[dict[str, pl.DataFrame], list[str]]:
    """The parts of the result: intervals with shares and thickness, and all the lists that belong to them."""
    intervals = after_averaging(found.intervals, bench.settings.derive)
    intervals, remarks = _thick(bench, said, intervals)
    parts = {
        "intercepts": intervals,
        "intercepts_without": found.without,
        "intercepts_pending": found.pending,
        "intercepts_unassayed": found.unassayed,
        "intercepts_partly_assayed": found.partly_assayed,
        "intercepts_rejected": found.rejected,
        "intercepts_orphans": found.orphans,
        "intercepts_suppressed": found.suppressed,
        "intercepts_dropped": found.dropped,
        "intercepts_noted": found.noted,
    }
    said_of = {
        "intercepts_unassayed": "holes have samples and no value",
        "intercepts_dropped": "rows of assays were not used",
        "intercepts_orphans": "richer intervals lie outside every parent",
        "intercepts_noted": "samples have a remark",
    }
    for name, what in said_of.items():
        if parts[name].height:
            remarks.append(f"{parts[name].height} {what}: ask for {name}")
    return parts, remarks


def _thick(bench: Bench, said: Mapping[str, object], intervals: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """The intervals with their true thickness, where the book says how it is to be measured."""
    thickness = said.get("thickness")
    if thickness is None:
        return intervals, []
    where = f"{_WHERE}.thickness"
    if not isinstance(thickness, Mapping):
        raise bench.wrong(where, f"is {thickness!r}; write [{where}] above its keys")
    known_keys(bench, thickness, _THICKNESS, where)
    line = thickness.get("orientation_line")
    if line not in (None, "bottom", "top"):
        raise bench.wrong(f"{where}.orientation_line", f"is {line!r}; write 'bottom' or 'top'")
    zoned = _zoned(bench, said, intervals)
    found = with_zone_thickness(
        zoned,
        laid_paths(bench),
        tolerance_deg=number(bench, thickness, "tolerance_deg", where),
        within=number(bench, thickness, "within", where),
        structures=bench.table("structures"),
        zones=bench.table("zones"),
        orientation_line=line,
    )
    states = found["true_thickness_status"].value_counts()
    few = {row[0]: row[1] for row in states.iter_rows() if row[0] not in ("computed", "given")}
    return found, [f"{count} intervals: {_STATES.get(state, state)}" for state, count in sorted(few.items())]


def _zoned(bench: Bench, said: Mapping[str, object], intervals: pl.DataFrame) -> pl.DataFrame:
    """The intervals with the zone that each lies in: the one that is named for all, or the one with most of it."""
    zone = said.get("zone")
    if isinstance(zone, str) and zone:
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
