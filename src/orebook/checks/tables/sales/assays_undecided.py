"""Assays that differ by more than the splitting limit and that nobody decided."""

from collections.abc import Iterator

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_sales import lot_lines, undecided


@table_rule("T713", on="records", basis="exchange of assays; splitting limit of the contract")
def assays_undecided(tables: Tables) -> Iterator[Faults]:
    """Seller and buyer differ by more than the contract allows, and there is no umpire's assay.

    What it does:
    Compares the assays of both parties with the splitting limit of the contract. Beyond it an umpire decides, as the
    contract says; without a limit nothing is agreed.

    Why it matters:
    Such a lot is not final. It stays in the books with the assays of the seller.

    Flagged:

        lots
        lot,mine,contract,shipped_day,wet_t,cu_pct
        L1,North,K,2011-08-10,10000,24

        lot_events
        lot,day,kind,party,cu_pct
        L1,2011-10-20,assays,buyer,23.2

        contract_terms
        contract,term,metal,value,unit
        K,splitting_limit,Cu,0.3,%

    Fine:

        lots
        lot,mine,contract,shipped_day,wet_t,cu_pct
        L1,North,K,2011-08-10,10000,24

        lot_events
        lot,day,kind,party,cu_pct
        L1,2011-10-20,assays,buyer,23.8

        contract_terms
        contract,term,metal,value,unit
        K,splitting_limit,Cu,0.3,%

    Help:
    Add the umpire's assay, or the splitting limit of the contract.
    """
    found = undecided(tables).join(lot_lines(tables), on="lot").sort("line", "metal")

    def say(row: Row) -> str:
        return f"the assays of {row['metal']} of {row['lot']} differ and nobody decided, {row['day']}"

    yield Faults("warning", found, say, {"lots": "line"})
