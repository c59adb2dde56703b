"""Figures of a quarter made by hand, and what our own reader makes of a page that prints them."""

from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from orebook.ground.fact import Words
from orebook.ground.range import Range
from orebook.reading.read import read_text
from orebook.reading.reading import Reading
from orebook.reports.paper import Paper
from orebook.reports.printed import Passage, Printed
from orebook.reports.rounding import exact
from orebook.reports.tables import html, md, text

COMPANY = "Norbert Copper Ltd."
QUARTERS, YEARS = ("2024-Q3", "2023-Q3"), ("2024-9M", "2023-9M")
DOCUMENTS = {"txt": text, "md": md, "html": html}

_COLUMNS = ("measure", "subject", "metal", "period", "basis", "value", "unit", "version")
SCHEMA = {name: pl.Float64 if name == "value" else pl.String for name in _COLUMNS}

Row = tuple[str, str, str | None, str, str | None, float, str, None]


def figures(rows: Iterable[Row]) -> pl.DataFrame:
    """A tidy table of figures."""
    return pl.DataFrame(list(rows), schema=SCHEMA, orient="row")


def money(amounts: Mapping[str, float], period: str, *, shares: float = 0.0, currency: str = "CAD") -> Iterator[Row]:
    """The figures of the company in a period, with what a share has of income and cash flow where shares are given."""
    for name, value in amounts.items():
        yield (f"finance.{name}", COMPANY, None, period, None, value, currency, None)
        if shares and name in ("net_income", "adjusted_net_income", "cash_flow"):
            share = f"finance.{name}_per_share"
            yield (share, COMPANY, None, period, "basic", value / shares, f"{currency}/share", None)


def mill(mine: str, period: str, days: int, tonnes: float, grade: float, recovery: float) -> Iterator[Row]:
    """The figures of a copper mill in a period."""
    pounds = tonnes * grade / 100 * recovery / 100 * 2204.62262185
    for name, metal, value, of in (
        ("ore_milled", None, tonnes, "t"),
        ("throughput", None, tonnes / days, "t/d"),
        ("head_grade", "Cu", grade, "%"),
        ("recovery", "Cu", recovery, "%"),
        ("metal_produced", "Cu", pounds, "lb"),
    ):
        yield (f"milling.{name}", mine, metal, period, "100%", value, of, None)


def document(page: Printed, kind: str) -> str:
    """A page as a document in one of the formats that read as one."""
    return "".join(DOCUMENTS[kind].page([page], Paper()))


def read(page: Printed, kind: str) -> Reading:
    """What our own reader makes of a page."""
    return read_text(f"release.{kind}", document(page, kind))


def lost(page: Printed, parts: Mapping[str, pl.DataFrame], reading: Reading) -> list[str]:
    """The figures that a page prints and the reader does not read back: the same measure, period, mine and value."""
    read_back = list(_read_back(reading))
    missing = []
    for printed, address in _printed(page):
        row = parts[address.table].row(int(address.row), named=True)
        value = Range.exact(exact(row["value"]), row["unit"])
        if not any(_same(row, measure, about) and found.meets(value) for measure, about, found in read_back):
            missing.append(f"{row['measure']} {row['subject']} {row['period']}: {printed}")
    return missing


def made_up(parts: Mapping[str, pl.DataFrame], reading: Reading) -> list[str]:
    """What the reader reads and no figure says: money, production or shipments with another value, period or mine."""
    rows = [row for frame in parts.values() for row in frame.iter_rows(named=True)]
    found = []
    for measure, about, value in _read_back(reading):
        if measure == "finance.change" or not measure.startswith(("finance.", "milling.", "sales.")):
            continue
        same = (Range.exact(exact(row["value"]), row["unit"]) for row in rows if _same(row, measure, about))
        if not any(value.meets(each) for each in same):
            found.append(f"{measure} {dict(about)}: {value}")
    return found


def _printed(page: Printed) -> Iterator[tuple[str, object]]:
    for part in page.parts:
        if isinstance(part, Passage):
            yield from ((part.text[each.start : each.end], each.address) for each in part.figures)
        else:
            yield from ((cell.text, cell.address) for _, _, cell in part.addressed() if cell.address is not None)


def _read_back(reading: Reading) -> Iterator[tuple[str, Mapping[str, str], Range]]:
    for fact in reading.facts:
        if not isinstance(fact.figure, Words):
            yield fact.measure, fact.about, fact.figure.range()


def _same(row: Mapping[str, object], measure: str, about: Mapping[str, str]) -> bool:
    """Whether a fact is about what a figure is about."""
    if row["measure"] != measure or row["metal"] not in (None, about.get("analyte")):
        return False
    mine = row["subject"] in (COMPANY, None, about.get("mine"))
    ends = str(row["period"])
    return mine and about.get("period") in (ends, _last_day(ends))


def _last_day(label: str) -> str:
    year, _, part = label.partition("-")
    return f"{year}-09-30" if part in ("Q3", "9M") else ""
