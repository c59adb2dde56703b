"""Making derived columns: on samples what adds up, on averages what divides.

Each new column brings the companions that its own columns have: whether a limit took part, what it may be at least and
at most, in which view, and why it is missing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import inf

import polars as pl

from orebook.disciplines.assaying.columns import grade_ratio
from orebook.disciplines.assaying.definitions import DefinitionError
from orebook.disciplines.assaying.derived import derived
from orebook.disciplines.assaying.detection import (
    LOWER,
    UPPER,
    VIEW,
    flag,
    is_censored,
    least,
    most,
    number,
    seen_as,
    token,
)
from orebook.disciplines.assaying.groups import combined_grade, share_of_group
from orebook.disciplines.assaying.quotients import QUOTIENTS, quotients
from orebook.disciplines.assaying.terms import Derived, Term
from orebook.ground.schema import ABOVE, BELOW, TOKEN

CHOSEN, PARTIAL = "_chosen", "_partial"
"""What is put behind the name of a column for the column that was taken, and for the missing members of a group."""


def with_derived(samples: pl.DataFrame, definitions: Mapping[str, object]) -> pl.DataFrame:
    """Samples with every derived column that adds up, in the order in which they build on one another.

    Shares and ratios are left for ``after_averaging``. A row in which a part is missing has no sum; only a group that
    says ``missing = "partial"`` adds up what is there, and names what is not (``<name>_partial``). A part below
    detection makes the sum one that may be less (``<name>_below``) with its bounds beside it; the value counts parts
    as they stand in the table, so apply a ``view`` before or after, once. ``first_of`` says which column it took
    (``<name>_chosen``). The columns that came stay as they are.

    Raises ``DefinitionError``: which definition, which key, what instead.

    >>> samples = pl.DataFrame({"zn_pct": [5.0, 2.0], "pb_pct": [0.01, 1.0], "pb_pct_below": [True, False]})
    >>> made = with_derived(samples, {"znpb_pct": {"sum": ["zn_pct", "pb_pct"], "label": "Zn+Pb"}})
    >>> made.select("znpb_pct", "znpb_pct_below", "znpb_pct_lower", "znpb_pct_upper").rows()
    [(5.01, True, 5.0, 5.01), (3.0, False, 3.0, 3.0)]
    """
    for one in derived(definitions, samples.columns):
        if one.kind not in QUOTIENTS:
            made = _first_of(samples, one) if one.kind == "first_of" else _added(samples, one)
            samples = samples.with_columns(samples.select(**made).pipe(_needed, one.name).get_columns())
    return samples


def after_averaging(intervals: pl.DataFrame, definitions: Mapping[str, object]) -> pl.DataFrame:
    """Intervals with the shares of their groups and their ratios: the mean of one by the mean of the other.

    A share is never averaged itself: a metre with ten times the metal counts ten times. Part and whole must have been
    carried into the intervals. Bounds are carried where part and whole have them.

    >>> shares = {"magnet_pct": {"share": "mreo_ppm", "of": "treo_pct"}}
    >>> after_averaging(pl.DataFrame({"treo_pct": [0.305], "mreo_ppm": [741.15]}), shares)["magnet_pct"].to_list()
    [24.3]
    """
    for one in quotients(definitions):
        for term in one.terms:
            if term.column not in intervals.columns:
                raise DefinitionError(
                    f"derive.{one.name}: the intervals have no {term.column}; carry it, so that it is averaged"
                )
        intervals = intervals.with_columns(intervals.select(**_divided(one, intervals.columns)).get_columns())
    return intervals


def _scaled(expression: pl.Expr, factor: Fraction) -> pl.Expr:
    """An expression times a factor, rounded once where the factor is whole or one by a whole number."""
    if factor.numerator == 1:
        return expression / float(factor.denominator) if factor.denominator != 1 else expression
    return expression * float(factor)


def _added(samples: pl.DataFrame, one: Derived) -> dict[str, pl.Expr]:
    """A sum of columns times factors, with the companions that it inherits."""
    known, columns = samples.columns, [term.column for term in one.terms]
    parts = [_scaled(number(term.column), term.factor) for term in one.terms]
    some = pl.any_horizontal(part.is_not_null() for part in parts)
    whole = some if one.partial else pl.all_horizontal(part.is_not_null() for part in parts)
    made: dict[str, pl.Expr] = {one.name: pl.when(whole).then(combined_grade(_filled(parts, 0.0)))}
    tokens = [pl.when(number(column).is_null()).then(token(column, known)) for column in columns]
    made[one.name + TOKEN] = pl.when(~whole).then(pl.coalesce(tokens))
    if one.partial:
        made[one.name + PARTIAL] = pl.when(some).then(_absent(one, parts))
    if any(is_censored(column, known) for column in columns) or one.partial:
        made |= _censoring(one, known, whole)
    return made


def _filled(parts: Iterable[pl.Expr], value: float) -> list[pl.Expr]:
    return [part.fill_null(value) for part in parts]


def _absent(one: Derived, parts: Sequence[pl.Expr]) -> pl.Expr:
    """The names of the members of a group that a row does not have."""
    names = [pl.when(part.is_null()).then(pl.lit(term.member)) for term, part in zip(one.terms, parts, strict=True)]
    said = pl.concat_str([*names, *map(pl.lit, one.missing)], separator=", ", ignore_nulls=True)
    return pl.when(said != "").then(said)


def _censoring(one: Derived, known: Sequence[str], whole: pl.Expr) -> dict[str, pl.Expr]:
    """Whether limits took part in a sum, and what it is at least and at most."""
    lower = [_scaled(least(term.column, known), term.factor) for term in one.terms]
    upper = [_scaled(most(term.column, known), term.factor) for term in one.terms]
    most_of_it = combined_grade(_filled(upper, inf)) + (inf if one.missing else 0.0)
    views = pl.concat_list(seen_as(term.column, known) for term in one.terms)
    named = views.list.drop_nulls().list.unique(maintain_order=True).list.join("+")
    return {
        one.name + BELOW: whole & pl.any_horizontal(flag(term.column, known, BELOW) for term in one.terms),
        one.name + ABOVE: whole & pl.any_horizontal(flag(term.column, known, ABOVE) for term in one.terms),
        one.name + LOWER: pl.when(whole).then(combined_grade(_filled(lower, 0.0))),
        one.name + UPPER: pl.when(whole).then(most_of_it),
        one.name + VIEW: pl.when(whole & (named != "")).then(named),
    }


def _first_of(samples: pl.DataFrame, one: Derived) -> dict[str, pl.Expr]:
    """The first column of several that has a value; one over its upper limit gives way to one within."""
    known, columns = samples.columns, [term.column for term in one.terms]
    within = [number(column).is_not_null() & ~flag(column, known, ABOVE) for column in columns]
    there = [number(column).is_not_null() for column in columns]
    chosen = pl.coalesce(
        pl.when(wanted).then(pl.lit(column))
        for conditions in (within, there)
        for wanted, column in zip(conditions, columns, strict=True)
    )
    made = {one.name: _taken(chosen, one.terms, number), one.name + CHOSEN: chosen}
    made[one.name + TOKEN] = pl.when(chosen.is_null()).then(pl.coalesce(token(column, known) for column in columns))
    if any(is_censored(column, known) for column in columns):
        plain = [Term(column, Fraction(1)) for column in columns]
        made[one.name + BELOW] = _taken(chosen, plain, lambda column: flag(column, known, BELOW))
        made[one.name + ABOVE] = _taken(chosen, plain, lambda column: flag(column, known, ABOVE))
        made[one.name + VIEW] = _taken(chosen, plain, lambda column: seen_as(column, known))
        made[one.name + LOWER] = _taken(chosen, one.terms, lambda column: least(column, known))
        made[one.name + UPPER] = _taken(chosen, one.terms, lambda column: most(column, known))
    return made


def _taken(chosen: pl.Expr, terms: Iterable[Term], what: Callable[[str], pl.Expr]) -> pl.Expr:
    """What the chosen column says, in the unit of the result."""
    return pl.coalesce(pl.when(chosen == term.column).then(_scaled(what(term.column), term.factor)) for term in terms)


def _divided(one: Derived, known: Sequence[str]) -> dict[str, pl.Expr]:
    """One mean by another, with bounds. What is open in a part is open in its whole, too, and is counted once."""
    part, whole = (_scaled(number(term.column), term.factor) for term in one.terms)
    made = {one.name: _quotient(part, whole)}
    if any(is_censored(term.column, known) for term in one.terms):
        low, low_whole = (_scaled(least(term.column, known), term.factor) for term in one.terms)
        high, high_whole = (_scaled(most(term.column, known), term.factor) for term in one.terms)
        made[one.name + LOWER], made[one.name + UPPER] = _quotient(low, high_whole), _quotient(high, low_whole)
        if one.kind == "share":
            full = float(grade_ratio("fraction", one.unit))
            most_rest = (high_whole * full - high).clip(lower_bound=0.0)
            least_rest = (low_whole * full - low).clip(lower_bound=0.0)
            made[one.name + LOWER] = _quotient(low * full, low + most_rest)
            made[one.name + UPPER] = _quotient(high * full, high + least_rest)
    return made


def _quotient(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    return pl.when(whole > 0.0).then(share_of_group(part, whole)).fill_nan(None)


def _needed(made: pl.DataFrame, name: str) -> pl.DataFrame:
    """The new columns without companions that say nothing in any row."""
    unneeded = [
        name + suffix for suffix in (BELOW, ABOVE) if name + suffix in made.columns and not made[name + suffix].any()
    ]
    unneeded += [
        name + suffix
        for suffix in (TOKEN, VIEW, PARTIAL)
        if name + suffix in made.columns and made[name + suffix].null_count() == made.height
    ]
    bounds = [name + suffix for suffix in (LOWER, UPPER) if name + suffix in made.columns]
    if bounds and all((made[bound] == made[name]).fill_null(value=True).all() for bound in bounds):
        unneeded += bounds
    return made.drop(unneeded)
