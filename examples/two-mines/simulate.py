"""Two mines: what was published of the third quarter of 2011 comes out of tables that are SIMULATED.

Run this file to write the tables beside it anew; they come out the same to the byte. The published cells stand in
``published.py``; mills, accounts and markets are drawn around them from a fixed seed.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import accounts  # noqa: E402
import markets  # noqa: E402
import mills  # noqa: E402
import published as told  # noqa: E402
import simulation as sim  # noqa: E402

SEED = 20111114
COMPANY = "Imperial Metals Corporation"

SHARES = [
    # chosen so that one count for each period fits all per share figures
    ("2010-01-01", "opening", "35400000"),
    ("2010-06-10", "issue", "1200000"),
    ("2010-11-15", "issue", "300000"),
]

INTERESTS = [
    # the interests were published; the day from which they are told is the first of this book
    ("Mount Polley", COMPANY, "2010-01-01", "100", "whole"),
    ("Huckleberry", COMPANY, "2010-01-01", "50", "joint operation"),
    ("Huckleberry", "Others", "2010-01-01", "50", "joint operation"),
    ("Red Chris", COMPANY, "2010-01-01", "100", "whole"),
]

MILESTONES = [
    # property, milestone, status, date as published
    ("Huckleberry", "Amendment of the Mines Act permit", "planned", "2011"),
    ("Sterling", "First gold production", "planned", "early 2012"),
    ("Red Chris", "Major site construction", "planned", "2012"),
    ("Mount Polley", "Commissioning of a new access road", "planned", "2011-Q4"),
]

GUIDANCE = [
    # chosen: none was published; mine, metal, both ends for 2011 on the 100% basis
    ("Huckleberry", "Cu", "43000000", "46000000", "lb"),
    ("Huckleberry", "Au", "3300", "3900", "oz"),
    ("Mount Polley", "Cu", "24500000", "27000000", "lb"),
    ("Mount Polley", "Au", "39000", "43000", "oz"),
]

EARNER = "Mitsui and Itochu"
EARN_IN_STAGES = [
    # stage, points of interest, dollars of no country, last day: published on October 25, 2011
    ("1", "35", "14000000", "2012-03-31"),
    ("2", "15", "6000000", "2013-03-31"),
]
EARN_IN_PARTIES = [("Mitsui", "30"), ("Itochu", "20")]  # published: who holds what after the second stage
EARN_IN_EVENTS = [
    # chosen: neither the day of signing (July 1, 2010) nor what was spent by when was published
    ("2010-09-30", "1500000"),
    ("2010-12-31", "2500000"),
    ("2011-03-31", "1000000"),
    ("2011-06-30", "3000000"),
    ("2011-09-30", "4200000"),
]

DISTANCES = [
    ("Mount Polley", "Williams Lake", "British Columbia", "56 km", "northeast"),
    ("Huckleberry", "Houston", "British Columbia", "123 km", "southwest"),
    ("Red Chris", "Dease Lake", "British Columbia", "80 km", "south"),
    ("Sterling", "Las Vegas", "Nevada", "185 km", "northwest"),
]

LATER = [
    "2011-11-01",
    "Agreement to sell the claims against a failed trading partner",
    "13900000",
    "USD",
    "completion of documents and approval by the trustee",
]


def cells() -> Iterator[list[str]]:
    """Yield every published cell: the table, the row, the column, what is printed, and where."""
    for row, values in told.SUMMARY.items():
        for column, cell in zip(told.COLUMNS, values, strict=True):
            yield ["summary", "", row, column, cell, told.SOURCE]
    for mine, table in told.PRODUCTION.items():
        for row, values in table.items():
            for column, cell in zip(told.YEARS, values, strict=True):
                yield ["production", mine, row, column, cell, told.SOURCE]
    for measure, subject, period, cell, unit in told.TEXT:
        yield ["text", subject, measure, period, f"{cell} {unit}", told.SOURCE]


def capital(found: list[accounts.Quarter]) -> Iterator[list[str]]:
    """Yield the capital expenditures of each quarter: what was borrowed pays for a part, cash flow for the rest."""
    for quarter in found:
        spent, borrowed = quarter["capital"], max(0, min(quarter["borrowed"], quarter["capital"]))
        parts = [("Mount Polley pushback", "sustaining", "short term debt", borrowed)]
        half = (spent - borrowed) // 2
        parts += [("Mount Polley pushback", "sustaining", "cash flow of the mines", half)]
        parts += [("Red Chris mill", "growth", "cash flow of the mines", spent - borrowed - half)]
        for project, kind, funding, cents in parts:
            if cents:
                yield [project, *accounts.ENDS[quarter.label], accounts.written(cents), "CAD", kind, funding]


def earn_in(folder: Path) -> None:
    """Write the tables of the option on Ruddock Creek."""
    name = "Ruddock Creek"
    head = ["Earn-in", "Property", "Owner", "Earner", "Signed Day", "Currency"]
    sim.save(folder / "earn_ins.csv", head, [[name, name, COMPANY, EARNER, "2010-07-01", "$"]])
    stages = ([name, stage, points] for stage, points, _, _ in EARN_IN_STAGES)
    sim.save(folder / "earn_in_stages.csv", ["Earn-in", "Stage", "Interest"], stages)
    head = ["Earn-in", "Stage", "Term", "Kind", "Amount", "By Day", "Counted", "Binding"]
    terms = (
        [name, stage, "spending", "spending", dollars, day, "stage", "option"]
        for stage, _, dollars, day in EARN_IN_STAGES
    )
    sim.save(folder / "earn_in_terms.csv", head, terms)
    parties = ([name, "2", holder, points] for holder, points in EARN_IN_PARTIES)
    sim.save(folder / "earn_in_parties.csv", ["Earn-in", "Stage", "Holder", "Interest"], parties)
    events = ([name, day, "spent", amount] for day, amount in EARN_IN_EVENTS)
    sim.save(folder / "earn_in_events.csv", ["Earn-in", "Day", "Event", "Amount"], events)


def main(folder: Path = HERE) -> None:
    """Write all tables of the book into a folder."""
    rng = np.random.default_rng(SEED)
    mill = list(mills.sheet(rng))
    found = accounts.quarters(rng)
    sim.save(folder / "published.csv", ["table", "subject", "row", "column", "cell", "source"], cells())
    sim.save(folder / "mill.csv", mills.HEAD, mill)
    head = ["Account", "Name", "Kind", "Line", "Cash Line", "Tags"]
    sim.save(folder / "accounts.csv", head, map(list, accounts.ACCOUNTS))
    posted = ([*row[:3], accounts.written(row[3]), "CAD"] for row in accounts.postings(found))
    sim.save(folder / "ledger.csv", ["Account", "From Day", "To Day", "Amount", "Currency"], posted)
    sim.save(folder / "share_events.csv", ["Day", "Kind", "Shares"], map(list, SHARES))
    head = ["Project", "From Day", "To Day", "Amount", "Currency", "Kind", "Funding"]
    sim.save(folder / "capital.csv", head, capital(found))
    sim.save(folder / "later_events.csv", ["Day", "Title", "Amount", "Currency", "Conditions"], [LATER])
    head = ["Hedge", "Kind", "Side", "Underlying", "Quantity", "Unit", "Strike", "Currency", "Start Day", "Expiry Day"]
    sim.save(folder / "hedges.csv", [*head, "Settled"], markets.hedges(found))
    head = ["Underlying", "As Of Day", "Delivery Day", "Price", "Unit", "Currency", "Volatility", "Rate"]
    sim.save(folder / "curves.csv", head, markets.curves(found))
    head = ["Lot", "Mine", "Product", "Contract", "Shipment", "Shipped Day", "Wet Tonnes", "Moisture %", "cu_pct"]
    sim.save(folder / "lots.csv", head, markets.lots())
    sim.save(folder / "contract_terms.csv", ["Contract", "Term", "Metal", "Says", "Value", "Unit"], markets.TERMS)
    head = ["Price Series", "Day", "Delivery Day", "Amount", "Unit", "Currency"]
    sim.save(folder / "prices.csv", head, markets.prices())
    head = ["Property", "Holder", "From Day", "Interest", "Kind"]
    sim.save(folder / "interests.csv", head, map(list, INTERESTS))
    said_on = "2011-11-14"
    head = ["Property", "Milestone", "Said On", "Status", "Date"]
    sim.save(folder / "milestone_dates.csv", head, ([a, b, said_on, c, d] for a, b, c, d in MILESTONES))
    head = ["Mine", "Measure", "Metal", "Period", "Low", "High", "Unit", "Basis", "Said On"]
    given = (
        [mine, "milling.metal_produced", metal, "2011", low, high, unit, "100%", "2011-03-31"]
        for mine, metal, low, high, unit in GUIDANCE
    )
    sim.save(folder / "guidance.csv", head, given)
    earn_in(folder)
    head = ["Property", "Town", "Region", "Distance", "Direction", "Said On"]
    sim.save(folder / "distances.csv", head, ([*row, said_on] for row in DISTANCES))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
