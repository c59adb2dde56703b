"""Rule sets: what makes a significant intersection, every option of it, as the qualified person chose it.

A rule set is printed with its result. What a qualified person must choose (deciding grade, cut-off, top-cut, least
length, longest waste) has no default. A profile is an ordered list of rule sets with rising cut-offs: each after the
first is sought within the intervals of the one before ("including").
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from difflib import get_close_matches
from functools import cache
from hashlib import sha256
from itertools import pairwise
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from orebook.disciplines.drilling.intersections.rule_presets import presets

Average = float | Literal["cutoff", "none"]
CutoffOp = Literal["ge", "gt"]
CutoffOn = Literal["sample", "running_mean"]
TopCutStage = Literal["average_only", "before_classification"]
StartEnd = Literal["on_ore", "on_any"]
Basis = Literal["downhole", "true", "vertical"]
MissingSample = Literal["zero", "break", "exclude", "error"]
Gap = Literal["break", "zero", "exclude"]
BelowView = Literal["half", "zero", "full", "sqrt2"]
Weights = Literal["length", "length_density"]
Objective = Literal["metal", "excess", "length"]
Direction = Literal["none", "down", "up", "both_richer"]
Touching = Literal["forbid", "allow"]

ALWAYS: Mapping[str, str] = {
    "below_detection": "never qualifies",
    "over_limit": "counts at the limit, average printed with ≥",
    "depths": "whole thousandths of the unit",
    "rounding": "after all tests",
}
"""What holds under every rule set; printed with it."""


class RuleSetError(ValueError):
    """A rule set that cannot be: what, where, what instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """The rules for one level of significant intersections.

    Lengths are in the unit of the samples' depths, grades in the unit of the column ``on``, which decides,
    ``short_high_metal`` in grade times length (times density where that weighs). ``None`` is no limit.

    ``min_average`` is the least mean of an intersection: its cut-off, another grade, or nothing. ``max_waste_run`` and
    ``max_waste_total`` limit the samples below the cut-off, one run of them and all together; ``min_waste_grade`` is
    the least mean of each such run. An intersection shorter than ``min_length`` stays when it holds
    ``short_high_metal``. ``missing_sample`` and ``gap`` say what stands for a sample without a value and for depth
    without a sample: no grade, an end of the intersection, or something left out of its mean (``exclude``); then at
    least the share ``min_coverage`` of an intersection is assayed. ``breaks`` are columns whose change ends an
    intersection: domains, wedges. ``objective`` is what the best set of intersections has most of. A ``direction``
    other than ``none`` repeats a legacy pass that takes what comes first; only such a pass can judge the
    ``running_mean`` instead of samples and end on waste.

    >>> RuleSet(name="bulk", on="au_gpt", cutoff=0.3, top_cut=None, min_length=2.0, max_waste_run=3.0).min_average
    'cutoff'
    """

    name: str
    on: str
    cutoff: float
    top_cut: float | None
    min_length: float
    max_waste_run: float
    cutoff_op: CutoffOp = "ge"
    cutoff_on: CutoffOn = "sample"
    min_average: Average = "cutoff"
    top_cut_stage: TopCutStage = "average_only"
    max_waste_total: float | None = None
    min_waste_grade: float | None = None
    start_end: StartEnd = "on_ore"
    min_length_basis: Basis = "downhole"
    max_length: float | None = None
    short_high_metal: float | None = None
    missing_sample: MissingSample = "zero"
    gap: Gap = "break"
    min_coverage: float = 0.5
    bdl_view: BelowView = "half"
    weights: Weights = "length"
    density: str = "density_tpm3"
    objective: Objective = "metal"
    direction: Direction = "none"
    touching: Touching = "forbid"
    breaks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        where = f"rule set {self.name!r}"
        for key, kind in _kinds().items():
            value = getattr(self, key)
            _check(key, value, kind, where)
            if kind.number and isinstance(value, int):
                object.__setattr__(self, key, float(value))
        if self.cutoff_on == "running_mean" and self.direction == "none":
            raise RuleSetError(
                f"{where}: a running mean depends on the end it starts from; "
                "write direction = 'down', 'up' or 'both_richer'"
            )
        if self.start_end == "on_any" and self.cutoff_on == "sample":
            raise RuleSetError(
                f"{where}: start_end = 'on_any' belongs to cutoff_on = 'running_mean'; leave it 'on_ore'"
            )
        if self.max_length is not None and self.max_length < self.min_length:
            raise RuleSetError(
                f"{where}: max_length {self.max_length:g} is below min_length {self.min_length:g}; nothing can be both"
            )
        if self.min_coverage > 1:
            raise RuleSetError(f"{where}: min_coverage is {self.min_coverage:g}; write a share from 0 to 1")

    @property
    def least_average(self) -> float | None:
        """The least mean grade of an intersection; nothing where none is asked."""
        if self.min_average == "cutoff":
            return self.cutoff
        return None if self.min_average == "none" else self.min_average

    def said(self) -> dict[str, Any]:
        """Every option by name, also those at their defaults, and what always holds: to be printed and kept.

        >>> bulk = RuleSet(name="bulk", on="au_gpt", cutoff=0.3, top_cut=None, min_length=2, max_waste_run=3)
        >>> bulk.said()["touching"], bulk.said()["below_detection"]
        ('forbid', 'never qualifies')
        """
        return asdict(self) | {"breaks": list(self.breaks)} | dict(ALWAYS)

    def fingerprint(self) -> str:
        """Twelve letters that change when any option changes; the name does not count."""
        said = {key: value for key, value in self.said().items() if key != "name"}
        return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


def rule_set(said: Mapping[str, object], *, name: str = "", where: str = "") -> RuleSet:
    """A rule set from a plain table of options, as a TOML file gives it.

    The option ``preset`` takes the options of a preset first. ``name`` is for a table that stands under its name,
    ``where`` says in messages where the table comes from. The word ``"none"`` stands for no limit. Raises
    ``RuleSetError`` for an option that does not exist (with the nearest that does), one that is missing, or a value
    that means nothing.

    >>> rule_set({"on": "au_gpt", "cutoff": 1, "top_cut": "none", "min_lenght": 2}, name="zone")
    Traceback (most recent call last):
        ...
    orebook...RuleSetError: rule set 'zone': no option 'min_lenght'; did you mean 'min_length'?
    """
    here = f"{where}: " if where else ""
    called = said.get("name", name)
    place = f"{here}rule set {called!r}" if called else f"{here}rule set"
    given = _with_preset(said, place) | ({"name": called} if called else {})
    known = {field.name: field for field in fields(RuleSet)}
    for key in given:
        if key not in known:
            raise RuleSetError(f"{place}: no option {key!r}{_nearest(key, [*known, 'preset'])}")
    for key, field in known.items():
        if field.default is MISSING and key not in given:
            raise RuleSetError(f"{place}: {key} is missing; {_MISSING[key]}")
    kinds = _kinds()
    try:
        return RuleSet(**{key: _value(value, kinds[key]) for key, value in given.items()})
    except RuleSetError as problem:
        raise RuleSetError(f"{here}{problem}") from None


_MISSING: Mapping[str, str] = {
    "name": "give the rule set a name, such as 'bulk'",
    "on": "write the column that decides, such as 'au_gpt'",
    "cutoff": "write the grade from which a sample counts",
    "top_cut": "write the grade to which higher ones are cut, or 'none'",
    "min_length": "write the least length of an intersection",
    "max_waste_run": "write the longest run below the cut-off within an intersection; 0 is no dilution",
}


def _with_preset(said: Mapping[str, object], place: str) -> dict[str, object]:
    """The options of a table over those of its preset."""
    given = dict(said)
    if "preset" not in given:
        return given
    name = given.pop("preset")
    known = presets()
    if name not in known:
        raise RuleSetError(f"{place}: no preset {name!r}{_nearest(str(name), known)}")
    asked = [key for key in known[str(name)].asks if key not in given]
    if asked:
        listed = ", ".join(asked)
        raise RuleSetError(f"{place}: the preset {name!r} asks for {listed}; it brings no grade and no length")
    return dict(known[str(name)].sets) | given


def profile(rule_sets: Iterable[RuleSet]) -> tuple[RuleSet, ...]:
    """Rule sets in the order in which they are sought, each within the intervals of the one before.

    Raises ``RuleSetError`` when there is none, two share a name, they decide by different grades, or a cut-off does not
    rise.

    >>> bulk = RuleSet(name="bulk", on="au_gpt", cutoff=0.3, top_cut=None, min_length=2, max_waste_run=3)
    >>> zone = RuleSet(name="zone", on="au_gpt", cutoff=0.2, top_cut=None, min_length=2, max_waste_run=3)
    >>> profile([bulk, zone])
    Traceback (most recent call last):
        ...
    orebook...RuleSetError: rule set 'zone' has the cut-off 0.2, 'bulk' before it 0.3; ...
    """
    levels = tuple(rule_sets)
    if not levels:
        raise RuleSetError("a profile needs a rule set; give at least one")
    for above, below in pairwise(levels):
        if below.on != above.on:
            raise RuleSetError(
                f"rule set {below.name!r} decides by {below.on}, {above.name!r} before it by {above.on}; "
                "use one column in a profile, such as a combined grade"
            )
        if not below.cutoff > above.cutoff:
            raise RuleSetError(
                f"rule set {below.name!r} has the cut-off {below.cutoff:g}, {above.name!r} before it {above.cutoff:g}; "
                "put them in the order of rising cut-offs"
            )
    if len({level.name for level in levels}) < len(levels):
        raise RuleSetError("two rule sets of a profile share a name; name each differently")
    return levels


@dataclass(frozen=True, slots=True)
class _Kind:
    """What an option may be: a number, nothing, one of some words, a text, or a list of names."""

    number: bool
    nothing: bool
    words: tuple[str, ...]
    text: bool
    names: bool


@cache
def _kinds() -> dict[str, _Kind]:
    return {key: _kind(hint) for key, hint in get_type_hints(RuleSet).items()}


def _kind(hint: object) -> _Kind:
    parts = get_args(hint) if get_origin(hint) in (UnionType, Union) else (hint,)
    words = tuple(word for part in parts if get_origin(part) is Literal for word in get_args(part))
    names = any(get_origin(part) is tuple for part in parts)
    return _Kind(float in parts, NoneType in parts, words, str in parts, names)


def _value(value: object, kind: _Kind) -> Any:
    """A value of a TOML file as an option holds it: ``"none"`` is nothing, a list is a tuple."""
    if kind.nothing and value == "none":
        return None
    if kind.names and isinstance(value, list):
        return tuple(value)
    return value


def _check(key: str, value: object, kind: _Kind, where: str) -> None:
    """Refuse a value that an option cannot hold."""
    if kind.names:
        good = isinstance(value, tuple) and all(isinstance(name, str) and name for name in value)
        wanted = "a list of column names"
    elif kind.text:
        good, wanted = isinstance(value, str) and bool(value.strip()), "a text"
    elif isinstance(value, int | float) and not isinstance(value, bool):
        good, wanted = kind.number and isfinite(value) and value >= 0, ""
    else:
        good, wanted = (value is None and kind.nothing) or (isinstance(value, str) and value in kind.words), ""
    if good:
        return
    choices = [repr(word) for word in kind.words] + ["'none'"] * kind.nothing
    wanted = wanted or " or ".join(["a number from 0 up"] * kind.number + choices)
    near = _nearest(value, kind.words, listing=False) if isinstance(value, str) else ""
    raise RuleSetError(f"{where}: {key} is {value!r}; write {wanted}{near}")


def _nearest(word: str, words: Iterable[str], *, listing: bool = True) -> str:
    """The word that may have been meant, or all that there are."""
    known = list(words)
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; there are {', '.join(known)}" if listing else ""
