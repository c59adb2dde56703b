"""Measures of the company's own: bridges from the statements, costs for a unit of metal, and the words they need."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.ledgers import accounts, measured, own_measures
from orebook.book.rests import Rest, rests
from orebook.book.results import results
from orebook.disciplines.finance.figures import FIGURES, Told, figures
from orebook.disciplines.finance.ledger.sums import COMPANY
from orebook.disciplines.finance.measures.bridges import Bridges, bridge_table, ratio
from orebook.disciplines.finance.measures.definitions import MeasureDefinition
from orebook.disciplines.finance.measures.measure_words import measure_words
from orebook.disciplines.finance.measures.unit_costs import UNIT_COSTS, unit_costs
from orebook.disciplines.finance.statements import ANY_LINE, versions
from orebook.ground.fiscal import Reported
from orebook.ground.period import year_before

_SOURCES = ("production", "sales")
"""Results whose figures a cost may be divided by."""

_QUANTITIES = {name: FIGURES[name] for name in ("measure", "subject", "metal", "period", "basis", "value", "unit")}

OWN = "non-GAAP"
"""The basis of a measure of a company's own."""


def make(bench: Bench) -> Made:
    """Every measure that ``[measures]`` of the book defines, for every period that it can be made for."""
    definitions = own_measures(bench)
    found, made = accounts(bench), measured(bench)
    costs = unit_costs(
        made, found.periods, quantities(bench, definitions), company=found.company, currency=found.currency
    )
    amounts = _figures(made, found.periods, found.company, found.currency)
    table = pl.concat([amounts, _cost_figures(costs), _ratios(made, found.periods, found.company)])
    last = _last_quarter(found.periods)
    words = measure_words(
        definitions,
        found.lines,
        framework=found.framework,
        now=last.period.end if last else None,
        before=year_before(last.period).end if last else None,
    )
    same = {"period": "period", "subject": "subject"}
    parts = {
        "measures": table,
        "measures_bridges": bridge_table(made, found.periods, company=found.company, currency=found.currency),
        "measures_unit_costs": costs,
        "measures_words": words,
        "measures_rests": rests(
            Rest(
                "", "measures_bridges", ("value", "gross", "tax", "item"), same={**same, "measure": "line"}, span="any"
            ),
            Rest("", "measures_unit_costs", ("cost", "quantity"), same={**same, "line": "line"}, span="any"),
        ),
    }
    missing = words.filter("missing")
    remarks = [f"{row['name']}: nothing is said of its {row['slot']}" for row in missing.to_dicts()]
    if not definitions:
        remarks.append("no measure is defined; write [measures.NAME] into book.toml")
    return Made(parts, {"measures": dict(bench.settings.measures), "currency": found.currency}, tuple(remarks))


def quantities(bench: Bench, definitions: Mapping[str, MeasureDefinition]) -> pl.DataFrame:
    """Figures of production and sales that measures are divided by; nothing where no measure names one."""
    wanted = {per.figure for one in definitions.values() for per in one.per if per.figure}
    found = [pl.DataFrame(schema=_QUANTITIES)]
    for name in _SOURCES if wanted else ():
        if name in results():
            part = bench.once(f"made {name}", results()[name].make).parts[name]
            found.append(part.filter(pl.col("measure").is_in(sorted(wanted))).select(*_QUANTITIES))
    return pl.concat(found, how="vertical_relaxed")


def _last_quarter(periods: tuple[Reported, ...]) -> Reported | None:
    quarters = [each for each in periods if each.kind == "quarter"]
    return max(quarters, key=lambda each: each.period.end) if quarters else None


def _figures(made: Bridges, periods: tuple[Reported, ...], company: str, currency: str) -> pl.DataFrame:
    """The amounts of all measures, of the company and, where a measure is given by mine, of each mine."""
    told = []
    for (_, subject), bridge in made.made.items():
        one = bridge.definition
        if subject != COMPANY and not one.by_mine:
            continue
        words = {
            "measure": ANY_LINE if one.per or one.over else one.measure,
            "subject": subject or company,
            "basis": OWN,
            "unit": currency,
            "statement": "measures",
            "line": one.name,
            "label": one.label,
        }
        published, restated = versions(made.sums, "position" if one.at_end else "income")
        told.append(Told(words, bridge.cents, bridge.known, published, restated))
    return figures(told, periods)


def _ratios(made: Bridges, periods: tuple[Reported, ...], company: str) -> pl.DataFrame:
    """The ratios of amounts, of the company and, where a measure is given by mine, of each mine."""
    parts = [pl.DataFrame(schema=dict(FIGURES))]
    for (_, subject), bridge in made.made.items():
        one = bridge.definition
        if one.over is None or (subject != COMPANY and not one.by_mine):
            continue
        values, known = ratio(made, bridge)
        words = {"measure": one.measure, "subject": subject or company, "basis": OWN, "unit": one.unit}
        words |= {"statement": "measures", "line": one.name, "label": one.label}
        published, restated = versions(made.sums, "position" if one.at_end else "income")
        told = figures([Told(words, np.zeros(len(periods), np.int64), known, published, restated)], periods)
        exact = pl.Series(values[known], dtype=pl.Float64)
        parts.append(told.with_columns(value=exact, cents=pl.lit(None, pl.Int64)))
    return pl.concat(parts)


def _cost_figures(costs: pl.DataFrame) -> pl.DataFrame:
    """Costs for a unit as figures."""
    assert set(UNIT_COSTS) <= set(costs.columns)
    made = costs.with_columns(
        basis=pl.col("quantity_basis"),
        statement=pl.lit("measures"),
        restated=pl.lit(value=False),
        **{name: pl.lit(None, kind) for name, kind in FIGURES.items() if name in ("version", "element", "cents")},
    )
    return made.select(*FIGURES)
