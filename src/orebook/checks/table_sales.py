"""How rules look at sales: lots with their masses and metals, terms by contract, days on which prices are known."""

from datetime import date

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Tables
from orebook.disciplines.sales.assays import Grades, quantities
from orebook.disciplines.sales.exchange import RATES, Exchange
from orebook.disciplines.sales.measures import fraction
from orebook.disciplines.sales.pricing import sold_metals
from orebook.disciplines.sales.problems import of_currency
from orebook.disciplines.sales.settling import EVENTS, PRICES, Sold, settle
from orebook.disciplines.sales.terms import in_force, with_columns
from orebook.ground.metals import letters, metal_columns, symbols


def amount(number: float) -> str:
    """A mass, a price or money as people write it.

    >>> amount(9150.0), amount(0.0389), amount(4.05)
    ('9,150', '0.0389', '4.05')
    """
    return f"{number:,.4f}".rstrip("0").rstrip(".")


def grade_columns(tables: Tables, table: str) -> list[Grades]:
    """The columns of grades of lots or of their events."""
    found = []
    for column in metal_columns(table, tables.frame(table).columns, "grade"):
        share = fraction(column.unit)
        if share is not None and not column.part:
            found.append(Grades(column.column, column.symbol, share))
    return found


def with_symbols(frame: pl.DataFrame) -> pl.DataFrame:
    """A table whose metals are symbols, however they were written."""
    said = frame["metal"].unique().drop_nulls().to_list() if "metal" in frame.columns else []
    named = {word: symbols().get(letters(word), word) for word in said}
    return frame.with_columns(pl.col("metal").replace(named)) if named else frame


def lot_lines(tables: Tables) -> pl.DataFrame:
    """The line of each lot and its dry mass in tonnes, by its name."""
    if not tables.has("lots", "lot", "contract", "shipped_day"):
        return pl.DataFrame(schema={"lot": pl.String, "line": pl.UInt32})
    rows = records(tables, "lots", "lot", "mine", "contract", "shipped_day", "wet_t", "dry_t", "moisture_pct")
    dry = pl.coalesce("dry_t", pl.col("wet_t") * (1 - pl.col("moisture_pct").fill_null(0) / 100))
    return rows.with_columns(mass_t=dry).drop_nulls("lot").unique("lot", keep="first", maintain_order=True)


def settled(tables: Tables) -> Sold | None:
    """All lots settled as far as prices are known; nothing without lots, terms and prices."""
    return tables.kept("sales settled", lambda: _settled(tables))


def _settled(tables: Tables) -> Sold | None:
    needed = {
        "lots": ("lot", "contract", "shipped_day"),
        "contract_terms": ("contract", "term"),
        "prices": tuple(PRICES),
    }
    known = {name: [column for column in columns if column != "delivery_day"] for name, columns in needed.items()}
    if not all(tables.has(name, *columns) for name, columns in known.items()):
        return None
    last = tables.frame("prices")["day"].max()
    if not isinstance(last, date):
        return None
    events = tables.frame("lot_events")
    if not {"lot", "day", "kind"} <= set(events.columns):
        events = pl.DataFrame(schema={"lot": pl.String, "day": pl.Date, "kind": pl.String})
    grades = {each.column: each for each in (*grade_columns(tables, "lots"), *grade_columns(tables, "lot_events"))}
    terms, prices = with_symbols(tables.frame("contract_terms")), tables.frame("prices")
    frames = (tables.frame("lots"), terms, with_symbols(events), prices)
    return settle(*frames, list(grades.values()), [last], exchange=exchange(tables))


def exchange(tables: Tables) -> Exchange:
    """The rates of a book, by spot rates where it has some: a rule does not know which of them an accountant chose."""
    rates = records(tables, "exchange_rates", *RATES).select(*RATES)
    spot = rates.filter(pl.col("kind") == "spot").height
    return Exchange(rates, "spot" if spot or not rates.height else "average")


def lot_currencies(tables: Tables) -> pl.DataFrame:
    """The currency of each lot, from the prices of its contract; lots with prices in several are left out.

    ``charged`` lists the currencies of charges that are others.
    """
    kinds: dict[str, pl.DataType] = {"lot": pl.String(), "currency": pl.String(), "charged": pl.List(pl.String)}
    empty = pl.DataFrame(schema=kinds)
    if not (tables.has("contract_terms", "contract", "term") and tables.has("prices", "price", "currency")):
        return empty
    lots = records(tables, "lots", "lot", "contract", "shipped_day", "arrived_day").drop_nulls(["lot", "shipped_day"])
    lots = lots.unique("lot", keep="first", maintain_order=True)
    terms = in_force(lots, with_symbols(tables.frame("contract_terms")))
    found = of_currency(sold_metals(lots, terms), records(tables, "prices", "price", "currency"), terms)
    return found.select(*kinds).drop_nulls("currency")


def undecided(tables: Tables) -> pl.DataFrame:
    """The assays of lots that differ by more than their contract allows and that nobody decided."""
    empty = pl.DataFrame(schema={"lot": pl.String, "metal": pl.String, "day": pl.Date})
    needed = {"lots": ("lot", "contract", "shipped_day"), "contract_terms": ("contract", "term")}
    events = with_columns(tables.frame("lot_events"), EVENTS)
    if not all(tables.has(name, *columns) for name, columns in needed.items()):
        return empty
    grades = {each.column: each for each in (*grade_columns(tables, "lots"), *grade_columns(tables, "lot_events"))}
    own = [name for name in grades if name in tables.frame("lot_events").columns]
    events = pl.concat([events, tables.frame("lot_events").select(own)], how="horizontal")
    lots = tables.frame("lots").drop_nulls(["lot", "shipped_day"]).unique("lot", keep="first", maintain_order=True)
    terms = in_force(lots, with_symbols(tables.frame("contract_terms")))
    return quantities(lots, events, list(grades.values()), terms)["undecided"].select(empty.columns)
