"""Bridges: a measure from its starting line over every item to its result, to the cent.

An item is taken before tax, its tax effect is rounded to the cent, and both together enter the measure. The implied
rate of tax is what the items after tax say against the items before it; it lies near the rate of the law.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from orebook.disciplines.finance.figures import period_frame
from orebook.disciplines.finance.ledger.balancing import as_date
from orebook.disciplines.finance.ledger.cents import Floats, Ints, money, times
from orebook.disciplines.finance.ledger.chart import STOCKS
from orebook.disciplines.finance.ledger.statement_lines import StatementLine
from orebook.disciplines.finance.ledger.stretches import Bools
from orebook.disciplines.finance.ledger.sums import COMPANY, Sums
from orebook.disciplines.finance.measures.definitions import Item, MeasureDefinition, MeasureError
from orebook.ground.fiscal import Reported

CORPORATE = "corporate"
"""What of a measure belongs to no mine."""

_DEBITS = ("asset", "expense")


@dataclass(frozen=True)
class Step:
    """One row of a bridge over all periods: before tax, its tax effect, and where the item belongs to the measure."""

    item: str
    kind: str
    gross: Ints
    tax: Ints
    lives: Bools


@dataclass(frozen=True)
class Bridge:
    """A measure of a subject over all periods: its value, where it is known, and how it came about."""

    definition: MeasureDefinition
    subject: str
    cents: Ints
    known: Bools
    steps: tuple[Step, ...]


@dataclass
class Bridges:
    """All measures of the company and its mines, made one after the other."""

    sums: Sums
    lines: Mapping[str, StatementLine]
    kinds: Mapping[str, set[str]]
    made: dict[tuple[str, str], Bridge] = field(default_factory=dict)

    def source(self, item: Item, subject: str, at_end: bool) -> tuple[Ints, Bools]:
        """What an item is before its sign, and where it is known."""
        if item.source == "measure":
            found = self.made[item.name, subject]
            return found.cents, found.known
        if item.source == "line":
            line = self.lines[item.name]
            debits, known = self.sums.line(item.name, line.statement, subject)
            return debits * line.sign, known
        return self.tagged(item.name, subject, at_end)

    def tagged(self, tag: str, subject: str, at_end: bool) -> tuple[Ints, Bools]:
        """The debits of the accounts with a tag; where some have balances, only where these moved as is known."""
        debits, known = self.sums.tag(tag, at_end=at_end, mine=subject)
        if not at_end and self.kinds.get(tag, set()) & set(STOCKS):
            known = known & self.sums.known.get("cash", self.sums.unknown())
        return debits, known

    def signed(self, item: Item, subject: str, at_end: bool) -> tuple[Ints, Bools]:
        """What an item adds to the measure before tax.

        Raises ``MeasureError`` where accounts of both sides are added: nobody can know which way.
        """
        amounts, known = self.source(item, subject, at_end)
        if item.source == "tag" and item.sign != "remove":
            kinds = self.kinds.get(item.name, set())
            debits = kinds & set(_DEBITS)
            if debits and kinds - debits:
                raise MeasureError(
                    f"the tag {item.name} stands at accounts of {', '.join(sorted(kinds))}; add or deduct those of one "
                    "side, or remove all from income"
                )
            amounts = amounts if debits or kinds == {"quantity"} else -amounts
        return (-amounts if item.sign == "deduct" else amounts), known


def bridges(
    definitions: Mapping[str, MeasureDefinition],
    sums: Sums,
    lines: Mapping[str, StatementLine],
    series: pl.DataFrame,
) -> Bridges:
    """Every measure of the company and of each mine; ``series`` says of which kinds the accounts with a tag are.

    Raises ``MeasureError``.
    """
    found = Bridges(sums, lines, tag_kinds(series))
    for definition in definitions.values():
        for subject in (COMPANY, *sums.mines):
            found.made[definition.name, subject] = _bridge(definition, subject, found)
    return found


def tag_kinds(accounts: pl.DataFrame) -> dict[str, set[str]]:
    """The kinds of accounts that have each tag.

    >>> tag_kinds(pl.DataFrame({"tags": ["a|b", "b"], "kind": ["income", "expense"]}))["b"] == {"income", "expense"}
    True
    """
    found: dict[str, set[str]] = {}
    for tags, kind in accounts.select("tags", "kind").iter_rows():
        for tag in filter(None, (word.strip() for word in tags.split("|"))):
            found.setdefault(tag, set()).add(kind)
    return found


def _bridge(definition: MeasureDefinition, subject: str, found: Bridges) -> Bridge:
    """One measure of one subject."""
    always = np.ones(len(found.sums.starts), np.bool_)
    ends = [as_date(int(end) - 1) for end in found.sums.ends]
    start, known = found.signed(definition.start, subject, definition.at_end)
    steps = [Step(definition.start.label, "start", start, np.zeros_like(start), always)]
    total = start.copy()
    for item in definition.items:
        lives = np.array([item.lives(end) for end in ends], np.bool_)
        gross, there = found.signed(item, subject, definition.at_end)
        tax, taxed = _tax(item, gross, [end.year for end in ends], subject, found)
        gross, tax = np.where(lives, gross, 0), np.where(lives, tax, 0)
        known = known & ((there & taxed) | ~lives)
        total = total + gross + tax
        steps.append(Step(item.label, "item", gross, tax, lives))
    steps.append(Step(definition.label, "result", total, np.zeros_like(total), always))
    return Bridge(definition, subject, total, known, tuple(steps))


def _tax(item: Item, gross: Ints, years: Sequence[int], subject: str, found: Bridges) -> tuple[Ints, Bools]:
    """The tax effect of an item in every period, and where it is known."""
    always = np.ones(len(gross), np.bool_)
    if item.tax.tag:
        return found.tagged(item.tax.tag, subject, at_end=False)
    if not item.tax.rates:
        return np.zeros_like(gross), always
    rates = [item.tax.rate(year) for year in years]
    percent = np.array([0.0 if rate is None else rate for rate in rates])
    return -times(gross, percent / 100.0), np.array([rate is not None for rate in rates], np.bool_)


def ratio(found: Bridges, bridge: Bridge) -> tuple[Floats, Bools]:
    """A measure over what it is held over, in its unit, and where that is known and not nothing."""
    one = bridge.definition
    assert one.over is not None
    below, known = found.signed(one.over, bridge.subject, at_end=one.at_end)
    whole = known & bridge.known & (below != 0)
    scale = 100.0 if one.unit == "%" else 1.0
    return scale * bridge.cents / np.where(below == 0, 1, below), whole


BRIDGE = ("measure", "subject", "period", "from_day", "to_day", "step", "kind", "item", "gross", "tax", "value", "unit")
"""The columns of a table of bridges, before the implied rate of tax."""


def bridge_table(found: Bridges, periods: Sequence[Reported], *, company: str, currency: str) -> pl.DataFrame:
    """Every bridge, a row for each step of each period: before tax, tax effect, and what enters the measure.

    The last step of a bridge is the measure; ``implied_tax_pct`` beside it says what rate the items come to. What
    belongs to no mine stands under the subject ``corporate``, so that mines and it are the company.
    """
    parts, rates = [], [np.zeros(0)]
    for bridge in _shown(found):
        implied = _implied(bridge)
        for number, step in enumerate(bridge.steps):
            keep = bridge.known & step.lives
            parts.append((bridge.definition.name, bridge.subject or company, number, step, keep))
            rates.append((implied if step.kind == "result" else np.full(len(keep), np.nan))[keep])
    words = pl.DataFrame(
        [(name, subject, number, step.kind, step.item, currency) for name, subject, number, step, _ in parts],
        {"measure": pl.String, "subject": pl.String, "step": pl.Int64}
        | dict.fromkeys(["kind", "item", "unit"], pl.String),
        orient="row",
    )
    line = np.repeat(np.arange(len(parts)), [int(part[4].sum()) for part in parts])
    place = np.concatenate([np.zeros(0, np.int64), *(np.flatnonzero(part[4]) for part in parts)])
    gross = np.concatenate([np.zeros(0, np.int64), *(part[3].gross[part[4]] for part in parts)])
    tax = np.concatenate([np.zeros(0, np.int64), *(part[3].tax[part[4]] for part in parts)])
    made = pl.concat([words[line], period_frame(periods)[place]], how="horizontal").with_columns(
        gross=pl.Series(money(gross)), tax=pl.Series(money(tax)), value=pl.Series(money(gross + tax))
    )
    ordered = made.select(*BRIDGE, pl.Series("implied_tax_pct", np.concatenate(rates)).fill_nan(None))
    return ordered.sort("measure", "subject", "from_day", "to_day", "period", "step", maintain_order=True)


def _shown(found: Bridges) -> list[Bridge]:
    """The bridges of the company, and of mines and the rest where a measure is given by mine."""
    shown = []
    for (name, subject), bridge in found.made.items():
        if subject == COMPANY:
            shown.append(bridge)
            if bridge.definition.by_mine:
                mines = [found.made[name, mine] for mine in found.sums.mines]
                shown += [*mines, rest_of(bridge, mines)]
    return shown


def rest_of(company: Bridge, mines: Sequence[Bridge]) -> Bridge:
    """What of a measure belongs to no mine: the company less its mines, step by step."""

    def less(of: Ints, parts: Sequence[Ints]) -> Ints:
        left: Ints = of - sum(parts, np.zeros_like(of))
        return left

    steps = tuple(
        Step(
            step.item,
            step.kind,
            less(step.gross, [mine.steps[place].gross for mine in mines]),
            less(step.tax, [mine.steps[place].tax for mine in mines]),
            step.lives,
        )
        for place, step in enumerate(company.steps)
    )
    known = np.logical_and.reduce([company.known, *(mine.known for mine in mines)])
    return Bridge(company.definition, CORPORATE, less(company.cents, [mine.cents for mine in mines]), known, steps)


def _implied(bridge: Bridge) -> np.ndarray:
    """The rate of tax in percent that the items with a tax effect come to together."""
    taxed = [
        step
        for step, item in zip(bridge.steps[1:-1], bridge.definition.items, strict=True)
        if item.tax.rates or item.tax.tag
    ]
    none = np.zeros_like(bridge.cents)
    gross = sum((step.gross for step in taxed), none).astype(np.float64)
    tax = sum((step.tax for step in taxed), none)
    return np.where(gross == 0, np.nan, -100.0 * tax / np.where(gross == 0, 1.0, gross))
