"""Reconciliation: grade control against the reserve model, the mill against what was delivered, by month and year."""

from collections.abc import Mapping

from orebook.book.bench import Bench, Made
from orebook.book.prepared import words
from orebook.book.results.stockpiles import stock_method
from orebook.checks.table_saying import many, some
from orebook.disciplines.production.received_at_mill import MillSide
from orebook.disciplines.production.reconciliation import reconciliation


def make(bench: Bench) -> Made:
    """The factors F1, F2 and F3 for tonnes, grade and metal, against the band that the site sets.

    ``[results.reconciliation.bands]`` says the least and the greatest value of a factor: ``F2 = [0.9, 1.1]``. What a
    mill received is told by ``depletions``, else it follows from the mill sheet and the moves of the stockpiles that
    ``stockpiles`` under ``[results.reconciliation]`` names, or of all.
    """
    rows, said = bench.need("depletions", "factors of reconciliation"), bench.said("reconciliation")
    bands, mill = _bands(bench, said.get("bands", {})), _mill_side(bench, said)
    try:
        year_end = bench.settings.fiscal_year_end
        made, left_out = reconciliation(rows, year_end=year_end, bands=bands, mill=mill)
    except ValueError as problem:
        raise bench.wrong("issuer.fiscal_year_end", str(problem)) from None
    outside = made.filter(made["state"].is_in(["above", "below"])).select(
        "factor", "quantity", "metal", "mine", "period"
    )
    named = [" ".join(filter(None, row)) for row in outside.rows()]
    remarks = (
        [f"{many(len(named), 'factor')} outside the band that the site sets: {some(named, most=3)}"] if named else []
    )
    alone = set(rows["mine"].drop_nulls()) - set(made.filter(factor="F2")["mine"])
    remarks += [f"{mine} has no F2: nothing says or lets follow what its mill received" for mine in sorted(alone)]
    settings = {
        "reconciliation": dict(said),
        "stockpiles": dict(bench.said("stockpiles")),
        "fiscal_year_end": bench.settings.fiscal_year_end,
    }
    if left_out.height:
        lines = some([f"line {row + 2}" for row in left_out["row"]], most=4)
        remarks.append(f"{many(left_out.height, 'row')} of depletions left out ({lines}); see reconciliation_left_out")
    return Made({"reconciliation": made, "reconciliation_left_out": left_out}, settings, tuple(remarks))


def _mill_side(bench: Bench, said: Mapping[str, object]) -> MillSide | None:
    """The mill sheet and the stockpiles before the mill; nothing without a mill sheet."""
    mill = bench.table("mill")
    if mill is None:
        return None
    moves = bench.table("stock_moves")
    if "stockpiles" not in said:
        return MillSide(mill, moves, None, stock_method(bench))
    between, there = words(said, "stockpiles"), set() if moves is None else set(moves["stockpile"])
    if strange := [name for name in between if name not in there]:
        raise bench.wrong("results.reconciliation.stockpiles", f"{strange[0]!r} has no row in stock_moves")
    return MillSide(mill, moves, between, stock_method(bench))


def _bands(bench: Bench, said: object) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for factor, ends in said.items() if isinstance(said, Mapping) else ():
        whole = isinstance(ends, list) and len(ends) == 2 and all(isinstance(end, int | float) for end in ends)
        if factor not in ("F1", "F2", "F3") or not whole:
            where = f"results.reconciliation.bands.{factor}"
            raise bench.wrong(where, "is no band; write the least and the greatest value: F2 = [0.9, 1.1]")
        found[factor] = (float(ends[0]), float(ends[1]))
    return found
