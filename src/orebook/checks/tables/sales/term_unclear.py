"""Terms of a contract that are not understood."""

from collections.abc import Callable, Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.disciplines.sales.measures import charge, fraction
from orebook.disciplines.sales.quotation import rule
from orebook.disciplines.sales.terms import kinds


@table_rule("T711", on="records", basis="terms of payment and what each needs")
def term_unclear(tables: Tables) -> Iterator[Faults]:
    """A term is not known, is about no metal where it has to be, or has a unit or words that mean nothing here.

    What it does:
    Compares each row of the terms with what its term needs: a metal, a share in percent, money for each mass, a grade,
    a quotational period such as ``M+3 shipment``, what an umpire decides.

    Why it matters:
    A term that is not understood is not applied, and the lot is worth too much or is not posted.

    Flagged:

        contract_terms
        contract,term,metal,says,value,unit
        K,quotational_period,Cu,M+3,,
        K,treatment_charge,,,80,dmt
        K,payable,,,96.5,%

    Fine:

        contract_terms
        contract,term,metal,says,value,unit
        K,quotational_period,Cu,M+3 shipment,,
        K,treatment_charge,,,80,USD/dmt
        K,payable,Cu,,96.5,%

    Help:
    The page on sales lists the terms.
    """
    if not tables.has("contract_terms", "contract", "term"):
        return
    names = ("contract", "term", "metal", "says", "value", "unit", "above", "each", "step_unit")
    rows = records(tables, "contract_terms", *names)
    judged = [_fault(row) for row in rows.iter_rows(named=True)]
    found = rows.with_columns(fault=pl.Series(judged, dtype=pl.String)).drop_nulls("fault")

    def say(row: Row) -> str:
        metal = f" of {row['metal']}" if row["metal"] else ""
        return f"{row['term']}{metal} in contract {row['contract']}: {row['fault']}"

    yield Faults("error", found, say, {"contract_terms": "line"})


_UNITS: dict[str, tuple[Callable[[str], bool], str]] = {
    "%": (lambda unit: unit == "%", "%"),
    "grade": (lambda unit: fraction(unit) is not None, "% or g/t"),
    "money/mass": (lambda unit: (found := charge(unit)) is not None and found.basis != "lot", "USD/dmt or USD/lb"),
    "charge": (lambda unit: charge(unit) is not None, "USD or USD/wmt"),
    "price": (lambda unit: (found := charge(unit)) is not None and found.basis != "lot", "USD/lb"),
}
"""What a unit has to be, and one that is."""

_WORDS: dict[str, tuple[Callable[[str], bool], str]] = {
    "quotational_period": (lambda says: rule(says) is not None, "M+3 shipment, MAMA, D+30 arrival or a day"),
    "umpire": (lambda says: says in ("middle", "mean with nearer"), "middle or mean with nearer"),
}
"""What words have to be, and some that are."""


def _fault(row: Row) -> str | None:
    """What is wrong with a term, and what instead."""
    needs = kinds().get(row["term"] or "")
    if needs is None:
        return f"no such term; there are {', '.join(kinds())}"
    if needs["metal"] and not row["metal"]:
        return "is about a metal; name it"
    if needs["says"] and not row["says"] and row["term"] != "charge":
        return "is said in words; write them under says"
    good, instead = _WORDS.get(row["term"], (bool, ""))
    if row["says"] and instead and not good(row["says"]):
        return f"{row['says']!r} means nothing here; write {instead}"
    if needs["value"]:
        fits, unit = _UNITS[needs["value"]]
        if row["value"] is None or not fits(row["unit"] or ""):
            return f"{row['value']} {row['unit'] or 'without a unit'} is no value of it; write a number in {unit}"
    if needs["steps"] and any(row[name] is not None for name in ("above", "each")):
        fits, unit = _UNITS[needs["steps"]]
        if not fits(row["step_unit"] or ""):
            return f"its steps are in {row['step_unit'] or 'no unit'}; write {unit} under step_unit"
    return None
