"""Significant intersections: the stretches of each hole that a rule set calls ore, chosen exactly.

Of all lawful sets of intersections of a hole the best is found, whichever end one begins at: most metal (or what else
the rule set wants), then fewest, then shortest, then nearest to the collar (handbook, section 6). Intervals of higher
cut-offs are sought within them ("including"). Nothing is lost: holes without an intersection, holes not or not wholly
assayed, holes without samples, candidates that a rule kept out, and rows that were not used are listed beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from orebook.disciplines.drilling.intersections.hole_states import (
    INTERSECTIONS,
    NONE,
    NOT_ASSAYED,
    PENDING,
    best_samples,
    hole_states,
)
from orebook.disciplines.drilling.intersections.interval_table import Carry, carried_along, held, interval_columns
from orebook.disciplines.drilling.intersections.nesting import Level, nested
from orebook.disciplines.drilling.intersections.rejected import REASONS, rejected
from orebook.disciplines.drilling.intersections.rule_sets import RuleSet, profile
from orebook.disciplines.drilling.intersections.sample_rows import SampleRows, sample_rows
from orebook.ground.schema import BELOW


@dataclass(frozen=True)
class Intercepts:
    """Significant intersections with all that belongs to a complete result.

    ``intervals`` has a row for each interval in the order in which a release says them: its ``id``, the ``parent`` that
    holds it, its ``level`` (0 lies in no other), the ``relation`` to its parent (nothing, ``including``, ``and``), the
    ``rule`` set, depths and length, the mean of the deciding grade and of every grade carried along with their coverage
    (0 to 1) and assayed length; ``metal`` (grade times length in their units, times density where that weighs);
    ``waste_…`` (length and grade of what is below the cut-off inside); the length not assayed; ``best_share``, the
    share of its richest sample in the metal, and the grade without it; the ``residual_…`` length and grade outside its
    parts, the share of metal in these, and whether it is ``smeared``: what is left is below its cut-off; ``has_below``
    and ``has_above`` when a value below detection or over the range of its method takes part; the first and last row of
    the samples as they were given.

    ``suppressed`` are intervals left unsaid because they are all or most of their parent; ``orphans`` are what higher
    levels find outside every parent. ``holes`` has the state of every hole; ``dropped`` the rows that were not used;
    ``noted`` those that were, with a remark.
    """

    profile: tuple[RuleSet, ...]
    intervals: pl.DataFrame
    suppressed: pl.DataFrame
    orphans: pl.DataFrame
    dropped: pl.DataFrame
    rows: SampleRows
    levels: tuple[Level, ...]
    collars: pl.DataFrame | None

    @cached_property
    def holes(self) -> pl.DataFrame:
        """The state of every hole of the collars and of the samples."""
        level, starts = self.levels[0], self.rows.holes.starts
        hole = np.searchsorted(starts, level.what.first, side="right") - 1
        counts = np.bincount(hole, minlength=len(self.rows.holes))
        return hole_states(self.rows, level.ready.samples.grade, counts, self.collars)

    @cached_property
    def without(self) -> pl.DataFrame:
        """Holes that were assayed and have no significant intersection, each with its richest sample."""
        found = self._in(NONE)
        return found.join(best_samples(self.rows, self.profile[0].on, found["hole"]), on="hole", how="left")

    @cached_property
    def unassayed(self) -> pl.DataFrame:
        """Holes with rows of samples none of which has a value."""
        return self._in(NOT_ASSAYED)

    @cached_property
    def partly_assayed(self) -> pl.DataFrame:
        """Holes with values for a part of their length only: how much, and the share."""
        part = pl.col(f"not_assayed_{self.rows.unit}") > 0.0005
        return self.holes.filter(pl.col("state").is_in([INTERSECTIONS, NONE]) & part)

    @cached_property
    def pending(self) -> pl.DataFrame:
        """Holes of the table of collars that have no samples yet."""
        return self._in(PENDING)

    def _in(self, state: str) -> pl.DataFrame:
        return self.holes.filter(pl.col("state") == state)

    @cached_property
    def rejected(self) -> pl.DataFrame:
        """What the first rule set might have taken and did not: what it holds, and which option kept it out."""
        level = self.levels[0]
        ready, unit = level.ready, self.rows.unit
        first, last, why = rejected(
            self.rows.holes.starts,
            ready.samples,
            ready.numbers.terms,
            ready.numbers.law,
            level.what.first,
            level.what.last,
        )
        table = interval_columns(self.rows, ready, held(ready, first, last), {})
        option = pl.Series("rejected_by", np.array(REASONS)[why] if len(why) else [], dtype=pl.String)
        columns = ["hole", f"from_{unit}", f"to_{unit}", f"length_{unit}", ready.rule.on, "metal"]
        return table.select(*columns, option, "samples", "first_row", "last_row")

    @cached_property
    def noted(self) -> pl.DataFrame:
        """Samples whose value needs a remark: a detection limit above the cut-off, a value below nought."""
        rule, rows = self.profile[0], self.rows
        grade = pl.col(rule.on).cast(pl.Float64)
        below = pl.col(rule.on + BELOW) if rule.on + BELOW in rows.table.columns else pl.lit(value=False)
        remark = (
            pl.when(below & (grade >= rule.cutoff))
            .then(pl.lit("detection limit above cut-off"))
            .when(grade < 0)
            .then(pl.lit("below nought, taken as no value"))
        )
        depths = (f"from_{rows.unit}", f"to_{rows.unit}")
        table = rows.table.select(
            pl.Series("row", rows.numbered(np.arange(len(rows)))), "hole", *depths, grade, remark.alias("remark")
        )
        return table.filter(pl.col("remark").is_not_null())


def significant_intercepts(
    samples: pl.DataFrame,
    rule_sets: RuleSet | Sequence[RuleSet],
    *,
    carry: Sequence[str] | Carry = (),
    collars: pl.DataFrame | None = None,
    largest_part: float = 0.9,
) -> Intercepts:
    """Significant intersections of every hole, level within level.

    ``samples`` have ``hole``, from and to (metres or feet) and the column by which the rule sets decide, with its
    companions ``_below`` and ``_above`` where some values are below detection or over range; a column ``type`` marks
    standards, blanks and duplicates, which are left out. The cut-offs of ``rule_sets`` rise from level to level.

    Columns to ``carry`` are averaged over the intervals that the deciding grade chose, each over its own assayed length
    (``leave_out``) or with samples without a value as no grade (``zero``). With ``collars`` holes without samples are
    listed as pending. A part longer than the share ``largest_part`` of its parent is left unsaid; 1 leaves out only
    what equals it. Raises ``RuleSetError``, ``UnfitSamplesError``, and ``ValueError`` for a column that is not there.

    >>> samples = pl.DataFrame({"hole": ["A"] * 5, "from_m": [0.0, 1, 2, 3, 4], "to_m": [1.0, 2, 3, 4, 5],
    ...     "au_gpt": [10.0, 0, 0, 12, 30]})
    >>> zone = RuleSet(name="zone", on="au_gpt", cutoff=10, top_cut=None, min_length=1, max_waste_run=3)
    >>> significant_intercepts(samples, zone).intervals["hole", "from_m", "to_m", "au_gpt", "waste_m"].row(0)
    ('A', 0.0, 5.0, 10.4, 2.0)
    """
    levels = profile([rule_sets] if isinstance(rule_sets, RuleSet) else rule_sets)
    if not 0.0 < largest_part <= 1.0:
        raise ValueError(f"largest_part is {largest_part}; give the share of a parent, above 0 and at most 1")
    on = levels[0].on
    if collars is not None and "hole" not in collars.columns:
        raise ValueError(f"no column hole in the collars; the columns are {', '.join(collars.columns)}")
    rows = sample_rows(samples, on)
    nest = nested(rows, levels, carried_along(carry, on, samples.columns), largest_part)
    return Intercepts(levels, nest.intervals, nest.suppressed, nest.orphans, rows.dropped, rows, nest.levels, collars)
