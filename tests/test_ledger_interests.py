"""Interests by date in the ledger: what belongs to the company at every date is the whole times its interest then."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from book_runs import ask, put
from ledgers import KINDS, Book, made, monthly, trial_balances, value
from orebook.book import folder
from orebook.book.folder import Book as Folder
from orebook.book.making import part
from orebook.disciplines.finance.ledger.holdings import Holding
from orebook.disciplines.finance.ledger.interest_steps import interest_steps
from orebook.ground.period import month

FIRST, LAST = date(2010, 1, 1), date(2011, 12, 31)
MONTHS = [date(year, number, 1) for year in (2010, 2011) for number in range(1, 13)]
HERON = "Heron Joint Venture"
EPOCH = date(1970, 1, 1).toordinal()
POSITION = ("total_assets", "total_liabilities", "cash")
SLOW = [HealthCheck.too_slow]

entry = st.tuples(st.sampled_from(sorted(KINDS)), st.sampled_from(sorted(KINDS)), st.integers(1, 10**10))
books = st.lists(st.lists(entry, max_size=3), min_size=24, max_size=24).map(
    lambda told: dict(zip(MONTHS, told, strict=True))
)
percents = st.integers(0, 10_000).map(lambda hundredths: hundredths / 100)
steps = st.dictionaries(st.sampled_from(MONTHS[1:]), percents, max_size=4)


def held(kind: str, first: float, more: dict[date, float] | None = None) -> dict[str, Holding]:
    """What is held of the joint venture from the first day of its books on, and from later days."""
    said = {FIRST: first, **(more or {})}
    return {HERON: Holding(kind, interest_steps((day.toordinal() - EPOCH, share) for day, share in said.items()))}


def told(rows: pl.DataFrame, lines: Iterable[str] | None = None) -> dict[tuple[str, str], int]:
    """Cents by line and period, of the company."""
    kept = rows.filter(pl.col("subject") == "Alder")
    return {
        (line, period): cents
        for line, period, cents in kept.select("line", "period", "cents").rows()
        if lines is None or line in lines
    }


def share_on(first: float, more: dict[date, float], day: date) -> float:
    """The interest of a day."""
    begun = [start for start in more if start <= day]
    return more[max(begun)] if begun else first


@settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
@given(books, percents, steps)
def test_the_whole_times_the_interest_is_what_belongs_at_every_date(
    book: Book, first: float, more: dict[date, float]
) -> None:
    """Income of every month and balances at the end of it: the whole times the interest of the day, to the cents."""
    ledger = monthly(book).with_columns(entity=pl.lit(HERON))
    whole, own = (
        told(made(ledger, FIRST, LAST)),
        told(made(ledger, FIRST, LAST, holdings=held("joint operation", first, more))),
    )
    for start in MONTHS:
        period = month(start.year, start.month)
        share = share_on(first, more, period.end) / 100
        for line in ("net_income", "revenues", *POSITION):
            if (line, period.label) in whole:
                found = own.get((line, period.label), 0)
                assert abs(found - whole[line, period.label] * share) <= len(KINDS), (line, period.label)


@settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
@given(books, percents, steps)
def test_quarters_add_to_years_and_cash_to_its_change(book: Book, first: float, more: dict[date, float]) -> None:
    """Whatever the interests did: quarters make years, balances balance, and cash changes by what its balance does."""
    ledger = monthly(book).with_columns(entity=pl.lit(HERON))
    found = made(ledger, FIRST, LAST, holdings=held("joint operation", first, more))
    flows = found.filter(pl.col("statement") != "position").pivot("period", index="line", values="cents").fill_null(0)
    for year in ("2010", "2011"):
        quarters = [flows[f"{year}-Q{number}"] for number in (1, 2, 3, 4)]
        assert (sum(quarters[1:], quarters[0]) == flows[year]).all()
    wide = found.pivot("line", index=["period", "from_day", "to_day"], values="cents").fill_null(0)
    if "total_assets" in wide.columns:
        assert (wide["total_assets"] == wide["liabilities_and_equity"]).all()
    if "cash" in wide.columns:
        at = dict(wide.select("to_day", "cash").iter_rows())
        for start, end, change in wide.select("from_day", "to_day", "cash_change").iter_rows():
            assert change == at[end] - at.get(date.fromordinal(start.toordinal() - 1), 0)


@settings(max_examples=8, deadline=None, suppress_health_check=SLOW)
@given(books, percents, steps)
def test_others_have_what_the_company_has_not(book: Book, first: float, more: dict[date, float]) -> None:
    """Of a subsidiary the share of others in every month is the whole less the company's, and quarters make years."""
    ledger = monthly(book).with_columns(entity=pl.lit(HERON))
    found = told(made(ledger, FIRST, LAST, holdings=held("subsidiary", first, more)))
    for start in MONTHS:
        period = month(start.year, start.month)
        share = share_on(first, more, period.end) / 100
        income, others = found.get(("net_income", period.label), 0), found.get(("minority_income", period.label), 0)
        assert abs(others - income * (1 - share)) <= len(KINDS)
    for year in ("2010", "2011"):
        quarters = [found.get(("minority_income", f"{year}-Q{number}"), 0) for number in (1, 2, 3, 4)]
        assert sum(quarters) == found.get(("minority_income", year), 0)


def test_an_interest_that_changed_within_a_month_counts_by_days() -> None:
    """Of 300 earned in June at 100 % for ten days and 40 % for twenty the company has 60 %: 180."""
    book: Book = {FIRST: [], date(2010, 6, 1): [("1000", "4000", 30000)]}
    ledger = monthly(book).with_columns(entity=pl.lit(HERON))
    ledger = pl.concat([ledger, monthly({each: [] for each in MONTHS[:6]}).with_columns(entity=pl.lit(HERON))])
    holding = held("joint operation", 100.0, {date(2010, 6, 11): 40.0})
    found = made(ledger, FIRST, date(2010, 6, 30), holdings=holding)
    assert value(found, "revenues", "2010-06") == 180.0 and value(found, "revenues", "2010-Q2") == 180.0
    assert value(found, "cash", "2010-06") == 120.0 and value(found, "interests_on_cash", "2010-06") == -60.0
    assert value(found, "cash_change", "2010-06") == 120.0


def test_trial_balances_know_a_change_at_their_days() -> None:
    """A trial balance of every quarter meets the interest of its day, and its income the mean of its days."""
    book: Book = {start: [("1000", "4000", 90_000)] for start in MONTHS[:6]}
    ledger = trial_balances(book).with_columns(entity=pl.lit(HERON))
    found = made(ledger, FIRST, date(2010, 6, 30), holdings=held("joint operation", 100.0, {date(2010, 4, 1): 50.0}))
    assert value(found, "revenues", "2010-Q1") == 2700.0 and value(found, "revenues", "2010-Q2") == 1350.0
    assert value(found, "cash", "2010-Q1") == 2700.0 and value(found, "cash", "2010-Q2") == 2700.0
    assert value(found, "interests_on_cash", "2010-Q2") == -1350.0


def test_days_of_which_nobody_says_an_interest_are_not_known() -> None:
    """Before the first row nothing is taken for granted: no statement of those periods, and the reason is told."""
    ledger = monthly({start: [("1000", "4000", 100)] for start in MONTHS}).with_columns(entity=pl.lit(HERON))
    later = {HERON: Holding("joint operation", interest_steps([(date(2011, 1, 1).toordinal() - EPOCH, 50.0)]))}
    found = made(ledger, FIRST, LAST, holdings=later)
    assert value(found, "revenues", "2010-Q4") is None and value(found, "revenues", "2011-Q1") == 1.5


# --- in a book --------------------------------------------------------------------------------------------------------

ACCOUNTS = """account,name,kind,line,cash_line,tags
1000,Cash,asset,cash,,
3000,Shares,equity,share_capital,share_proceeds,
4000,Sales,income,revenues,,
"""
LEDGER = "account,from_day,to_day,amount,currency,entity\n" + "".join(
    f"{account},{start},{end},{amount},CAD,Heron\n"
    for start, end in (("2011-01-01", "2011-03-31"), ("2011-04-01", "2011-06-30"), ("2011-07-01", "2011-09-30"))
    for account, amount in (("1000", 1000), ("4000", -1000))
)
LEDGER += "1000,,2010-12-31,0,CAD,Heron\n3000,,2010-12-31,0,CAD,Heron\n"
INTERESTS = """property,holder,from_day,interest
Heron Hill,Alder Mines Ltd.,2011-01-01,100
Heron Hill,Alder Mines Ltd.,2011-04-01,60
Heron Hill,Birch Metals,2011-04-01,40
"""


def booked(place: Path, entity: str, interests: str = INTERESTS) -> Folder:
    """A book of one entity."""
    book = folder.begin(place / "book", issuer="Alder Mines Ltd.")
    settings = book.folder / "book.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + entity, encoding="utf-8")
    for name, text in (("accounts", ACCOUNTS), ("ledger", LEDGER), ("interests", interests)):
        ask("add", put(place, f"{name}.csv", text), "--table", name, "--book", book.folder).well()
    return folder.find(str(book.folder))


ENTITY = '[entities.Heron]\nkind = "joint operation"\ninterest_of = "Heron Hill"\n'


def test_the_table_of_interests_holds_in_statements(tmp_path: Path) -> None:
    """Revenues of the quarter with the whole are 1,000, of those with 60 % of it 600; nine months are 2,200."""
    book = booked(tmp_path, ENTITY)
    assert ask("make", "statements", "--book", book.folder).well()
    rows = part(book, "statements").filter(measure="finance.revenues")
    assert dict(rows.filter(pl.col("period").str.contains("Q|9M")).select("period", "value").rows()) == {
        "2011-Q1": 1000.0,
        "2011-Q2": 600.0,
        "2011-Q3": 600.0,
        "2011-9M": 2200.0,
    }


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        ('[entities.Heron]\nkind = "joint operation"\n', "tells nothing that the company holds of 'Heron'"),
        (ENTITY + "interest_pct = 50\n", "say it twice"),
        ('[entities.Heron]\nkind = "joint operation"\ninterest = 50\n', "write kind, interest_pct or interest_of"),
        ('[entities.Heron]\nkind = "joint operation"\ninterest_pct = 150\n', "at most 100"),
    ],
)
def test_an_interest_that_nobody_says_is_refused(tmp_path: Path, entity: str, words: str) -> None:
    """One line says what is lacking and what to write instead."""
    ask("make", "statements", "--book", booked(tmp_path, entity).folder).refused(words)


def test_an_interest_over_a_hundred_is_no_share(tmp_path: Path) -> None:
    """A row of 160 per cent is a finding, and no statement is made with it."""
    book = booked(tmp_path, ENTITY, INTERESTS.replace("2011-04-01,60", "2011-04-01,160"))
    assert "160" in ask("validate", "--book", book.folder).out
    ask("make", "statements", "--book", book.folder)
    rows = part(book, "statements").filter(measure="finance.revenues")
    assert rows.filter(pl.col("period").str.contains("Q"))["period"].to_list() == ["2011-Q1"]
    unknown = part(book, "statements_unknown")
    assert "no interest in Heron is told of these days" in " ".join(unknown["why"])
