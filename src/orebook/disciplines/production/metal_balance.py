"""Metal balance: what went into a plant, what came out and what stayed there, and what is unaccounted for.

Check-in and check-out as they were measured: unaccounted = in − out − increase of stock, with its standard deviation.
Beside it the reconciled balance: masses and assays of all streams moved as little as their doubt allows until mass and
every metal balance at each part of the plant, with tests of how far they had to move. What was said provisionally and
what was said in the end are both kept. Source: AMIRA International, P754: Metal Accounting, Code of Practice and
Guidelines, release 3 (2007).
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.disciplines.production.mill_amounts import dry_tonnes
from orebook.disciplines.production.sheet_metals import metal_factor
from orebook.ground.metals import MetalColumn, metal_column
from orebook.maths.constrained_least_squares import Adjusted, adjusted

Numbers = NDArray[np.float64]
SD = "sd"
"""What stands between metal and unit in the name of a column of standard deviations."""

PROVISIONAL, FINAL = "provisional", "final"
FIRST, LAST = "first said", "last said"
"""Which of several reports of the same days a balance is made of."""

BALANCES = {
    "from_day": pl.Date, "to_day": pl.Date, "version": pl.String, "status": pl.String, "metal": pl.String,
    "unit": pl.String, "metal_in": pl.Float64, "metal_out": pl.Float64, "stock_increase": pl.Float64,
    "unaccounted": pl.Float64, "unaccounted_sd": pl.Float64, "unaccounted_pct": pl.Float64, "z": pl.Float64,
    "uncounted": pl.String,
}  # fmt: skip
"""One row for each metal (and ``mass``) of each stretch of days, as first and as last said.

``uncounted`` names the stocks that were not counted on both days.
"""

RECONCILED = {
    "from_day": pl.Date, "to_day": pl.Date, "version": pl.String, "status": pl.String, "stream": pl.String,
    "quantity": pl.String, "unit": pl.String, "measured": pl.Float64, "sd": pl.Float64, "reconciled": pl.Float64,
    "reconciled_sd": pl.Float64, "residual": pl.Float64, "z": pl.Float64,
}  # fmt: skip
TESTS = {
    "from_day": pl.Date, "to_day": pl.Date, "version": pl.String, "status": pl.String, "chi_square": pl.Float64,
    "degrees": pl.Int64, "probability": pl.Float64, "largest_z": pl.Float64, "largest": pl.String,
    "converged": pl.Boolean,
}  # fmt: skip


class MetalAccount(NamedTuple):
    """Balances as measured, every measurement beside its reconciled value, the tests, and what lacks something."""

    balances: pl.DataFrame
    reconciled: pl.DataFrame
    tests: pl.DataFrame
    lacking: pl.DataFrame


def metal_account(streams: pl.DataFrame, measures: pl.DataFrame, stocks: pl.DataFrame | None = None) -> MetalAccount:
    """The balance of a plant for each stretch of days that its streams were measured.

    A stretch is accounted for where every stream that crosses the border of the plant has its mass; others stand in
    ``lacking`` with the stream that is missing. Standard deviations of mass are a share of it (``mass_sd_pct``), those
    of assays stand in their unit (``cu_sd_pct``, ``au_sd_gpt``); without them there is no deviation and nothing is
    reconciled. A stock that was not counted on both days counts as unchanged, and stands in ``uncounted``.
    """
    metals = _metals(measures)
    rows = _measured(measures, metals)
    found: dict[str, list[dict[str, Any]]] = {"balances": [], "reconciled": [], "tests": [], "lacking": []}
    for (start, end), some in rows.group_by(["from_day", "to_day"], maintain_order=True):
        for version, part in _versions(some):
            plant = _Plant(streams, part, stocks, metals, start, end, version)
            if lacking := plant.lacking():
                found["lacking"] += [{**plant.when, "stream": each} for each in lacking]
                continue
            found["balances"] += plant.balances()
            reconciled, tests = plant.reconciled()
            found["reconciled"] += reconciled
            found["tests"] += tests
    shapes = {"balances": BALANCES, "reconciled": RECONCILED, "tests": TESTS}
    shapes["lacking"] = {
        "from_day": pl.Date,
        "to_day": pl.Date,
        "version": pl.String,
        "status": pl.String,
        "stream": pl.String,
    }
    return MetalAccount(*(pl.DataFrame(found[name], shape, orient="row") for name, shape in shapes.items()))


def _metals(measures: pl.DataFrame) -> list[MetalColumn]:
    every = filter(None, map(metal_column, measures.columns))
    return [one for one in every if one.kind == "grade" and not one.part]


def _measured(measures: pl.DataFrame, metals: Sequence[MetalColumn]) -> pl.DataFrame:
    """Measurements with their dry mass and all columns of deviations."""
    wanted = ["mass_t", "wet_t", "moisture_pct", "mass_sd_pct", *(_sd(one) for one in metals)]
    empty = (pl.lit(None, pl.Float64).alias(name) for name in wanted if name not in measures.columns)
    said = [] if "provisional" in measures.columns else [pl.lit(None, pl.String).alias("provisional")]
    frame = measures.with_columns(*empty, *said)
    mass = pl.coalesce("mass_t", dry_tonnes(pl.col("wet_t"), pl.col("moisture_pct")))
    frame = frame.with_columns(mass_t=mass).drop_nulls(["stream", "from_day", "to_day"])
    return frame.sort("from_day", "to_day", "stream", "said_on", nulls_last=False)


def _sd(one: MetalColumn) -> str:
    head, _, unit = one.column.rpartition("_")
    return f"{head}_{SD}_{unit}"


def _versions(some: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """The reports of a stretch of days as first and as last said; once where they are the same."""
    first = some.unique("stream", keep="first", maintain_order=True)
    last = some.unique("stream", keep="last", maintain_order=True)
    if not first.equals(last):
        yield FIRST, first
    yield LAST, last


class _Plant:
    """A plant over some days: its streams, masses, assays and stocks, in one version."""

    def __init__(
        self, streams: pl.DataFrame, some: pl.DataFrame, stocks: pl.DataFrame | None, metals: Sequence[MetalColumn],
        start: date, end: date, version: str,
    ) -> None:  # fmt: skip
        self.metals, self.start, self.end = metals, start, end
        status = PROVISIONAL if (some["provisional"] == "yes").any() else FINAL
        self.when = {"from_day": start, "to_day": end, "version": version, "status": status}
        self.streams = streams.join(some, on="stream", how="left", maintain_order="left").to_dicts()
        self.stocks = stocks

    def lacking(self) -> list[str]:
        """Streams across the border of the plant without a mass."""
        return [each["stream"] for each in self.streams if self._sign(each) and each["mass_t"] is None]

    @staticmethod
    def _sign(stream: dict[str, Any]) -> int:
        """1 for what comes into the plant, -1 for what leaves it, 0 within."""
        return int(not stream.get("comes_from")) - int(not stream.get("goes_to"))

    def balances(self) -> list[dict[str, Any]]:
        """In, out, stock and unaccounted of mass and of every metal."""
        return [self._balance(None), *(self._balance(metal) for metal in self.metals if self._tells(metal))]

    def _tells(self, metal: MetalColumn) -> bool:
        return all(each[metal.column] is not None for each in self.streams if self._sign(each) and each["mass_t"])

    def _balance(self, metal: MetalColumn | None) -> dict[str, Any]:
        into = out = variance = 0.0
        told = True
        for each in self.streams:
            sign = self._sign(each)
            amount, doubt = _amount(each, metal)
            if not sign:
                continue
            into, out = into + amount * (sign > 0), out + amount * (sign < 0)
            told, variance = told and doubt is not None, variance + (doubt or 0.0)
        stock, doubt = self._stock_increase(metal)
        rest = into - out - stock
        deviation = (variance + doubt) ** 0.5 if told else None
        return self.when | {
            "metal": metal.symbol if metal else None,
            "unit": _mass_unit(metal),
            "metal_in": into,
            "metal_out": out,
            "stock_increase": stock,
            "unaccounted": rest,
            "unaccounted_sd": deviation,
            "unaccounted_pct": 100.0 * rest / into if into else None,
            "z": rest / deviation if deviation else None,
            "uncounted": self._uncounted(),
        }

    def _uncounted(self) -> str | None:
        """The parts of the plant whose stock was counted once or on other days, and not on both that count."""
        if self.stocks is None:
            return None
        days = {self.start - timedelta(days=1), self.end}
        found = [
            str(name)
            for (name,), some in self.stocks.sort("node").group_by("node", maintain_order=True)
            if not days <= set(some["day"])
        ]
        return ", ".join(found) or None

    def _stock_increase(self, metal: MetalColumn | None, node: str | None = None) -> tuple[float, float]:
        """How much the stocks of all parts of the plant, or of one, have grown, and the variance of that."""
        if self.stocks is None:
            return 0.0, 0.0
        grown = variance = 0.0
        for (name,), some in self.stocks.sort("day").group_by("node"):
            if node is not None and name != node:
                continue
            ends = [some.filter(pl.col("day") == day) for day in (self.start - timedelta(days=1), self.end)]
            if all(end.height for end in ends):
                (before, doubt_before), (after, doubt_after) = (_amount(end.row(-1, named=True), metal) for end in ends)
                grown += after - before
                variance += (doubt_before or 0.0) + (doubt_after or 0.0)
        return grown, variance

    def reconciled(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """All measurements beside their reconciled values, and the test; nothing where a deviation is missing."""
        metals = [metal for metal in self.metals if all(each[metal.column] is not None for each in self.streams)]
        values = _table(self.streams, ["mass_t", *(metal.column for metal in metals)])
        doubts = _table(self.streams, ["mass_sd_pct", *(_sd(metal) for metal in metals)])
        doubts[:, 0] = doubts[:, 0] / 100.0 * np.abs(values[:, 0])
        if not np.isfinite(values).all() or not np.isfinite(doubts).all():
            return [], []
        nodes = self._nodes()
        signs = np.array([[self._at(each, node) for each in self.streams] for node in nodes], dtype=float)
        grown = self._growth(nodes, metals)
        found = adjusted(values.ravel(), doubts.ravel(), _Balances(signs, grown, values.shape))
        names = [("mass", "t"), *((metal.symbol, metal.unit) for metal in metals)]
        return self._lines(found, values, doubts, names), [self._test(found, names)]

    def _nodes(self) -> list[str]:
        ends = [each.get(end) for each in self.streams for end in ("comes_from", "goes_to")]
        return sorted({str(end) for end in ends if end})

    @staticmethod
    def _at(stream: dict[str, Any], node: str) -> int:
        return int(stream.get("goes_to") == node) - int(stream.get("comes_from") == node)

    def _growth(self, nodes: Sequence[str], metals: Sequence[MetalColumn]) -> Numbers:
        """The increase of stock of each part of the plant: of mass, and of grade times mass for each metal."""
        rows = [
            [self._stock_increase(None, node)[0]]
            + [self._stock_increase(metal, node)[0] / metal_factor(metal.unit, _mass_unit(metal)) for metal in metals]
            for node in nodes
        ]
        return np.array(rows, dtype=float).reshape(len(nodes), 1 + len(metals))

    def _lines(
        self, found: Adjusted, values: Numbers, doubts: Numbers, names: Sequence[tuple[str, str]]
    ) -> list[dict[str, Any]]:
        width = values.shape[1]
        return [
            self.when | {
                "stream": each["stream"], "quantity": name, "unit": unit, "measured": float(values[row, at]),
                "sd": float(doubts[row, at]), "reconciled": float(found.values[row * width + at]),
                "reconciled_sd": float(found.deviations[row * width + at]),
                "residual": float(found.residuals[row * width + at]), "z": float(found.z[row * width + at]),
            }
            for row, each in enumerate(self.streams)
            for at, (name, unit) in enumerate(names)
        ]  # fmt: skip

    def _test(self, found: Adjusted, names: Sequence[tuple[str, str]]) -> dict[str, Any]:
        worst = int(np.argmax(np.abs(found.z)))
        stream, at = divmod(worst, len(names))
        return self.when | {
            "chi_square": found.chi_square, "degrees": found.degrees, "probability": found.probability,
            "largest_z": float(found.z[worst]), "largest": f"{self.streams[stream]['stream']} {names[at][0]}",
            "converged": found.converged,
        }  # fmt: skip


class _Balances:
    """The equations of a plant: at each part mass and every metal that came in have gone out or are in stock."""

    def __init__(self, signs: Numbers, grown: Numbers, shape: tuple[int, ...]) -> None:
        self.signs, self.grown, self.shape = signs, grown, shape

    def __call__(self, at: Numbers) -> tuple[Numbers, Numbers]:
        table = at.reshape(self.shape)
        mass, grades = table[:, 0], table[:, 1:]
        nodes, width = len(self.signs), self.shape[1]
        amounts = np.column_stack([mass, mass[:, None] * grades])
        off = (self.signs @ amounts - self.grown).ravel()
        by = np.zeros((nodes, width, *self.shape))
        by[:, 0, :, 0] = self.signs
        for metal in range(1, width):
            by[:, metal, :, 0] = self.signs * grades[:, metal - 1]
            by[:, metal, :, metal] = self.signs * mass
        return off, by.reshape(nodes * width, -1)


def _table(streams: Sequence[dict[str, Any]], names: Sequence[str]) -> Numbers:
    return np.array([[np.nan if each[name] is None else each[name] for name in names] for each in streams], dtype=float)


def _mass_unit(metal: MetalColumn | None) -> str:
    if metal is None:
        return "t"
    return "oz" if metal.unit in ("g/t", "oz/ton", "oz/t") else "t"


def _amount(row: dict[str, Any], metal: MetalColumn | None) -> tuple[float, float | None]:
    """The mass of a row, or its metal, and the variance of that; no variance where a deviation is missing."""
    mass, share = row["mass_t"] or 0.0, row.get("mass_sd_pct")
    spread = None if share is None else (mass * share / 100.0) ** 2
    if metal is None:
        return mass, spread
    grade, doubt = row.get(metal.column) or 0.0, row.get(_sd(metal))
    factor = metal_factor(metal.unit, _mass_unit(metal))
    if spread is None or doubt is None:
        return mass * grade * factor, None
    return mass * grade * factor, factor**2 * (grade**2 * spread + mass**2 * doubt**2)
