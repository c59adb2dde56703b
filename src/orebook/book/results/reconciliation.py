"""Reconciliation: grade control against the reserve model, the mill against what was delivered, by month and year."""

from collections.abc import Mapping

from orebook.book.bench import Bench, Made
from orebook.disciplines.production.reconciliation import reconciliation


def make(bench: Bench) -> Made:
    """The factors F1, F2 and F3 for tonnes, grade and metal, against the band that the site sets.

    ``[results.reconciliation.bands]`` says the least and the greatest value of a factor: ``F2 = [0.9, 1.1]``.
    """
    rows, said = bench.need("depletions", "factors of reconciliation"), bench.said("reconciliation")
    bands = _bands(bench, said.get("bands", {}))
    try:
        made = reconciliation(rows, year_end=bench.settings.fiscal_year_end, bands=bands)
    except ValueError as problem:
        raise bench.wrong("issuer.fiscal_year_end", str(problem)) from None
    outside = made.filter(made["state"].is_in(["above", "below"])).height
    remarks = [f"{outside} factors lie outside the band that the site sets"] if outside else []
    settings = {"reconciliation": dict(said), "fiscal_year_end": bench.settings.fiscal_year_end}
    return Made({"reconciliation": made}, settings, tuple(remarks))


def _bands(bench: Bench, said: object) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for factor, ends in said.items() if isinstance(said, Mapping) else ():
        whole = isinstance(ends, list) and len(ends) == 2 and all(isinstance(end, int | float) for end in ends)
        if factor not in ("F1", "F2", "F3") or not whole:
            where = f"results.reconciliation.bands.{factor}"
            raise bench.wrong(where, "is no band; write the least and the greatest value: F2 = [0.9, 1.1]")
        found[factor] = (float(ends[0]), float(ends[1]))
    return found
