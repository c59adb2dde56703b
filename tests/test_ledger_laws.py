"""Ledgers: in whatever manner books are kept, statements are the same to the cent, and nothing is posted in half."""

import random
from datetime import date

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledgers import COLUMNS, KINDS, Book, drawn, entries, made, monthly, read, summed, trial_balances, value
from orebook.disciplines.finance.comparatives import comparatives
from orebook.disciplines.finance.ledger.exchange import exchange_into
from orebook.disciplines.finance.ledger.held import held
from orebook.disciplines.finance.ledger.holdings import Holding
from orebook.disciplines.finance.ledger.statement_lines import statement_lines
from orebook.disciplines.finance.ledger.summing import sums
from orebook.disciplines.finance.statements import bounds, statements
from orebook.ground.fiscal import reporting_periods
from orebook.ground.period import Period

FIRST, LAST = date(2010, 1, 1), date(2011, 12, 31)
MONTHS = [date(year, month, 1) for year in (2010, 2011) for month in range(1, 13)]

entry = st.tuples(st.sampled_from(sorted(KINDS)), st.sampled_from(sorted(KINDS)), st.integers(1, 10**11))
books = st.lists(st.lists(entry, max_size=4), min_size=24, max_size=24).map(
    lambda told: dict(zip(MONTHS, told, strict=True))
)


def figures(table: pl.DataFrame) -> pl.DataFrame:
    """Figures without what they are made from, in one order."""
    return table.select("line", "subject", "period", "cents").sort("line", "subject", "period")


@given(books)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_statement_balances_to_the_cent(book: Book) -> None:
    """Assets are liabilities and equity, and cash changes by what its balance does, in every period of any ledger."""
    found = made(monthly(book), FIRST, LAST)
    wide = found.pivot("line", index=["period", "from_day", "to_day"], values="cents").fill_null(0)
    assert wide.height == len(reporting_periods(FIRST, LAST))
    for name in ("total_assets", "liabilities_and_equity", "cash", "cash_change", "income_of_period", "net_income"):
        if name not in wide.columns:
            wide = wide.with_columns(pl.lit(0).alias(name))
    assert (wide["total_assets"] == wide["liabilities_and_equity"]).all()
    assert (wide["income_of_period"] == wide["net_income"]).all()
    at = dict(wide.select("to_day", "cash").iter_rows())
    for start, end, change in wide.select("from_day", "to_day", "cash_change").iter_rows():
        before = at.get(date.fromordinal(start.toordinal() - 1), 0)
        assert change == at[end] - before


@given(books)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_trial_balances_and_entries_give_what_months_give(book: Book) -> None:
    """Cumulative trial balances, movements of months and single entries lead to the same quarters and years."""
    by_month, by_entry, cumulative = (
        figures(made(ledger, FIRST, LAST)).filter(pl.col("line") != "result_not_closed")  # one of them closes its years
        for ledger in (monthly(book), entries(book), trial_balances(book))
    )
    joined = by_month.join(cumulative, on=["line", "subject", "period"], suffix="_too")
    quarter = pl.col("period").str.contains("Q")
    assert joined.filter(quarter).height == by_month.filter(quarter).height
    assert (joined["cents"] == joined["cents_too"]).all()
    if all(book.values()):
        joined = by_month.join(by_entry, on=["line", "subject", "period"], how="full", suffix="_too")
        assert (joined["cents"].fill_null(0) == joined["cents_too"].fill_null(0)).all()


@given(books)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_quarters_add_to_years(book: Book) -> None:
    """Four quarters are the year, the first three are nine months, and nine months less a half are the third."""
    found = made(trial_balances(book), FIRST, LAST).filter(pl.col("statement") != "position")
    wide = found.pivot("period", index=["line", "subject"], values="cents").fill_null(0)
    for year in ("2010", "2011"):
        quarters = [wide[f"{year}-Q{number}"] for number in (1, 2, 3, 4)]
        assert (sum(quarters[1:], quarters[0]) == wide[year]).all()
        assert (wide[f"{year}-9M"] - wide[f"{year}-H1"] == quarters[2]).all()


@given(books, st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_order_of_rows_does_not_matter(book: Book, chance: random.Random) -> None:
    """A ledger that is shuffled gives the same statements."""
    ledger = trial_balances(book)
    rows = ledger.rows()
    chance.shuffle(rows)
    shuffled = pl.DataFrame(rows, ledger.schema, orient="row")
    assert made(shuffled, FIRST, LAST).equals(made(ledger, FIRST, LAST))


@given(books, st.sampled_from([0, 1, 2, 4, 5, 6]), st.integers(1, 10**9), st.sampled_from(sorted(KINDS)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_is_posted_in_half(book: Book, quarter: int, cents: int, account: str) -> None:
    """One amount too many in a trial balance: it is told with account, row and amount, and its periods are not made."""
    ledger = trial_balances(book)
    end = MONTHS[quarter * 3 + 2]
    last = reporting_periods(end, end)[0].period.end
    at = ledger.with_row_index().filter((pl.col("account") == account) & (pl.col("to_day") == last))["index"][0]
    bent = ledger.with_columns(
        pl.when(pl.int_range(pl.len()) == at).then(pl.col("amount") + cents / 100).otherwise("amount").alias("amount")
    )
    left = read(bent).left_out
    assert left["amount"].round(2).to_list() == [cents / 100]
    assert left["to_day"].to_list() == [last]
    assert left["row"].null_count() == 0
    found = made(bent, FIRST, LAST)
    assert not found.filter(pl.col("to_day") == last).height
    rest = made(ledger, FIRST, LAST).join(found, on=["line", "subject", "period"], how="semi")
    assert figures(found).equals(figures(rest))


def test_a_sum_is_what_was_posted() -> None:
    """Sales of 120 for cash, costs of 70 on account, 30 spent on a plant: every line by hand."""
    book = {date(2011, 7, 1): [("1000", "4000", 12000), ("5000", "2000", 7000), ("1500", "1000", 3000)]}
    found = made(monthly(book), date(2011, 7, 1), date(2011, 7, 31))
    told = {line: value(found, line, "2011-07") for line in found["line"].unique()}
    fifty = ["mine_income", "operating_income", "profit_before_tax", "continuing_income", "net_income"]
    fifty += ["income_of_period", "cash_flow", "result_not_closed", "retained_earnings", "equity"]
    seventy = ["production_costs", "cost_of_sales", "working_capital_change", "payables"]
    seventy += ["current_liabilities", "total_liabilities"]
    assert {line: amount for line, amount in told.items() if amount} == {
        **dict.fromkeys(fifty, 50.0),
        **dict.fromkeys(seventy, 70.0),
        **dict.fromkeys(["revenues", "operating_cash_flow", "total_assets", "liabilities_and_equity"], 120.0),
        **dict.fromkeys(["cash", "current_assets", "cash_change"], 90.0),
        **dict.fromkeys(["mineral_properties", "noncurrent_assets", "capital_expenditures"], 30.0),
        "working_capital": 20.0,
        "investing_cash_flow": -30.0,
    }


def test_interest_that_is_shown_as_financing() -> None:
    """Interest of 8 paid: income falls, the cash flow of operations does not, and financing shows it."""
    book = {date(2011, 7, 1): [("1000", "4000", 12000), ("5500", "1000", 800)]}
    found = made(monthly(book), date(2011, 7, 1), date(2011, 7, 31))
    lines = ("net_income", "shown_elsewhere", "cash_flow", "interest_paid", "financing_cash_flow", "cash_change")
    assert [value(found, line, "2011-07") for line in lines] == [112.0, 8.0, 120.0, 8.0, -8.0, 112.0]


# --- versions ---------------------------------------------------------------------------------------------------------


def versions() -> pl.DataFrame:
    """Revenue of nine months and a half, first reported and, in part, restated a year later."""
    rows = [
        ("4000", date(2010, 1, 1), date(2010, 6, 30), -60.0, None, date(2010, 8, 12)),
        ("4000", date(2010, 1, 1), date(2010, 9, 30), -100.0, None, date(2010, 11, 12)),
        ("4000", date(2010, 1, 1), date(2010, 9, 30), -90.0, "restated", date(2011, 11, 14)),
    ]
    names = {"account": pl.String, "from_day": pl.Date, "to_day": pl.Date, "amount": pl.Float64}
    frame = pl.DataFrame(rows, {**names, "version": pl.String, "published_on": pl.Date}, orient="row")
    return frame.with_columns(currency=pl.lit("CAD"))


def test_versions_are_not_mixed_in_a_difference() -> None:
    """Nine months restated at 90 less a half first reported at 60 is no quarter; 100 − 60 is, and says so."""
    found = made(versions(), date(2010, 1, 1), date(2010, 9, 30))
    told = found.filter(pl.col("line") == "revenues").select("period", "value", "restated", "version").sort("period")
    assert told.filter(~pl.col("period").str.contains("/")).rows() == [
        ("2010-9M", 90.0, True, date(2011, 11, 14)),
        ("2010-H1", 60.0, False, date(2010, 8, 12)),
        ("2010-Q3", 40.0, False, date(2010, 11, 12)),
    ]


def test_a_restated_half_makes_a_restated_quarter() -> None:
    """Once the half is restated, too, the quarter follows from the restated two."""
    half = ("4000", date(2010, 1, 1), date(2010, 6, 30), -55.0, "restated", date(2011, 8, 12), "CAD")
    ledger = pl.concat([versions(), pl.DataFrame([half], versions().schema, orient="row")])
    found = made(ledger, date(2010, 1, 1), date(2010, 9, 30))
    assert value(found, "revenues", "2010-Q3") == 35.0
    before = made(ledger, date(2010, 1, 1), date(2010, 9, 30), known=date(2010, 12, 31))
    assert value(before, "revenues", "2010-Q3") == 40.0
    first = made(ledger, date(2010, 1, 1), date(2010, 9, 30), first_reported=True)
    assert value(first, "revenues", "2010-9M") == 100.0


def test_a_later_publication_without_a_name_is_a_restatement() -> None:
    """The same period published again with another amount counts as restated, not as posted twice."""
    ledger = versions().with_columns(version=pl.lit(None, pl.String))
    found = made(ledger, date(2010, 1, 1), date(2010, 9, 30))
    assert value(found, "revenues", "2010-9M") == 90.0
    assert value(found, "revenues", "2010-Q3") == 40.0


def test_what_a_restatement_does_not_say_stays() -> None:
    """A restatement of one line takes over the other lines of the period; restating to nothing is restating."""
    cost = ("5000", date(2010, 1, 1), date(2010, 9, 30), 30.0, None, date(2010, 11, 12), "CAD")
    none = ("4000", date(2010, 1, 1), date(2010, 9, 30), 0.0, "once more", date(2012, 11, 14), "CAD")
    ledger = pl.concat([versions(), pl.DataFrame([cost], versions().schema, orient="row")])
    found = made(ledger, date(2010, 1, 1), date(2010, 9, 30))
    assert value(found, "net_income", "2010-9M") == 60.0
    again = pl.concat([ledger, pl.DataFrame([none], versions().schema, orient="row")])
    assert value(made(again, date(2010, 1, 1), date(2010, 9, 30)), "net_income", "2010-9M") == -30.0


# --- currencies -------------------------------------------------------------------------------------------------------

RATES = pl.DataFrame(
    [
        ("USD", "CAD", date(2010, 12, 31), 1.00, "closing"),
        ("USD", "CAD", date(2011, 3, 31), 1.10, "closing"),
        ("USD", "CAD", date(2011, 6, 30), 1.20, "closing"),
        ("USD", "CAD", date(2011, 3, 31), 1.05, "average"),
        ("USD", "CAD", date(2011, 6, 30), 1.15, "average"),
    ],
    {"base": pl.String, "quote": pl.String, "day": pl.Date, "rate": pl.Float64, "kind": pl.String},
    orient="row",
)


def abroad() -> pl.DataFrame:
    """Books in US dollars: 1,000 paid in, 100 earned in each of two quarters, all cash."""
    book: Book = {month: [("1000", "4000", 10000)] if month.month in (2, 5) else [] for month in MONTHS[12:18]}
    opened = trial_balances(book, "USD")
    at = pl.col("from_day").is_null()
    paid = (
        pl.when(at & (pl.col("account") == "1000")).then(1000.0).when(at & (pl.col("account") == "3000")).then(-1000.0)
    )
    return opened.with_columns(pl.col("amount") + paid.otherwise(0.0))


def test_books_in_another_currency() -> None:
    """Income at averages, balances at closing rates, capital as paid in; the rest is the translation difference."""
    found = made(abroad(), date(2011, 1, 1), date(2011, 6, 30), rates=RATES)
    assert value(found, "revenues", "2011-H1") == 105.0 + 115.0
    assert value(found, "cash", "2011-H1") == 1440.0
    assert value(found, "share_capital", "2011-H1") == 1000.0
    assert value(found, "result_not_closed", "2011-H1") == 220.0
    assert value(found, "translation_reserve", "2011-H1") == 1440.0 - 1000.0 - 220.0
    assert value(found, "cash_flow", "2011-H1") == 220.0
    assert value(found, "exchange_on_cash", "2011-H1") == 1440.0 - 1000.0 - 220.0
    assert value(found, "cash_change", "2011-H1") == 440.0


def test_income_that_was_carried_to_equity_stays_as_it_was_earned() -> None:
    """100 dollars earned at 1.05 and carried forward a year later, when the average is 1.30, are 105 of equity."""
    book: Book = {month: [("1000", "4000", 10000)] if month == MONTHS[2] else [] for month in MONTHS[:15]}
    rates = pl.DataFrame(
        [
            *(("USD", "CAD", day, 1.00, "spot") for day in (date(2009, 12, 31), date(2010, 3, 31), date(2010, 6, 30))),
            *(("USD", "CAD", day, 1.20, "spot") for day in (date(2010, 9, 30), date(2010, 12, 31), date(2011, 3, 31))),
            ("USD", "CAD", date(2010, 3, 31), 1.05, "average"),
            *(("USD", "CAD", date(2010, month, 28), 1.10, "average") for month in (6, 9, 12)),
            ("USD", "CAD", date(2011, 3, 31), 1.30, "average"),
        ],
        RATES.schema,
        orient="row",
    )
    found = made(trial_balances(book, "USD"), date(2010, 1, 1), date(2011, 3, 31), rates=rates)
    assert value(found, "result_not_closed", "2010") == 105.0
    assert value(found, "retained_earnings", "2011-Q1") == 105.0
    assert value(found, "translation_reserve", "2011-Q1") == 15.0
    assert value(found, "cash_change", "2011-Q1") == 0.0


def test_a_currency_without_a_rate_has_no_statement() -> None:
    """A quarter whose average is missing is not made, and the gap is told; the other quarter is."""
    held = RATES.filter(~((pl.col("kind") == "average") & (pl.col("day") == date(2011, 6, 30))))
    periods = reporting_periods(date(2011, 1, 1), date(2011, 6, 30))
    found = summed(abroad(), periods, rates=held)
    assert [(rate.currency, rate.kind) for rate in found.without_rate] == [("USD", "average")]
    told = drawn(found, periods)
    assert value(told, "revenues", "2011-Q1") == 105.0
    assert value(told, "revenues", "2011-Q2") is None
    assert value(told, "revenues", "2011-H1") is None
    assert not drawn(summed(abroad(), periods), periods).height


def test_books_of_two_entities_add_up() -> None:
    """Books at home and abroad together are the company; each has to balance by itself."""
    home = trial_balances({month: [("1000", "4000", 20000)] if month.month == 3 else [] for month in MONTHS[12:18]})
    both = pl.concat([home.with_columns(entity=pl.lit("Alder")), abroad().with_columns(entity=pl.lit("Alder Nevada"))])
    found = made(both, date(2011, 1, 1), date(2011, 6, 30), rates=RATES)
    assert value(found, "revenues", "2011-Q1") == 200.0 + 105.0
    assert value(found, "total_assets", "2011-H1") == value(found, "liabilities_and_equity", "2011-H1") == 1640.0


DAILY = pl.DataFrame(
    {
        "base": ["USD"] * 731,
        "quote": ["CAD"] * 731,
        "day": pl.date_range(date(2009, 12, 31), LAST, eager=True),
        "rate": [round(1.0 + 0.15 * ((day * 37) % 101) / 101, 4) for day in range(731)],
        "kind": ["spot"] * 731,
    }
)
"""A rate for every day of two years."""


@given(books)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_books_in_another_currency_balance_to_the_cent(book: Book) -> None:
    """Whatever the rates, assets are liabilities and equity, cash changes by its balance, and quarters add to years."""
    found = made(trial_balances(book, "USD"), FIRST, LAST, rates=DAILY)
    wide = found.pivot("line", index=["period", "from_day", "to_day"], values="cents")
    both = wide.drop_nulls("total_assets")
    assert (both["total_assets"] == both["liabilities_and_equity"]).all()
    at = dict(wide.drop_nulls("cash").select("to_day", "cash").iter_rows())
    for start, end, change in wide.drop_nulls("cash_change").select("from_day", "to_day", "cash_change").iter_rows():
        assert change == at[end] - at.get(date.fromordinal(start.toordinal() - 1), 0)
    flows = found.filter(pl.col("statement") != "position").pivot("period", index="line", values="cents").fill_null(0)
    for year in ("2010", "2011"):
        quarters = [flows[f"{year}-Q{number}"] for number in (1, 2, 3, 4)]
        assert (sum(quarters[1:], quarters[0]) == flows[year]).all()


# --- what the company holds ------------------------------------------------------------------------------------------


@given(books, st.sampled_from([50.0, 33.333, 7.5, 100.0]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_joint_operation_enters_with_its_share_to_the_cent(book: Book, interest: float) -> None:
    """Every line is the share of the whole within a cent, balances balance, and quarters add to years."""
    ledger = trial_balances(book).with_columns(entity=pl.lit("Heron Joint Venture"))
    whole = made(ledger, FIRST, LAST)
    holding = {"Heron Joint Venture": Holding.always("joint operation", interest)}
    part = made(ledger, FIRST, LAST, holdings=holding)
    both = part.join(whole, on=["line", "subject", "period"], suffix="_whole")
    assert both.height == part.height == whole.height
    lines = len(whole["line"].unique())
    assert (both["cents"] - both["cents_whole"] * interest / 100).abs().max() <= lines
    wide = part.pivot("line", index="period", values="cents").drop_nulls("total_assets")
    assert (wide["total_assets"] == wide["liabilities_and_equity"]).all()
    flows = part.filter(pl.col("statement") != "position").pivot("period", index="line", values="cents").fill_null(0)
    quarters = [flows[f"2011-Q{number}"] for number in (1, 2, 3, 4)]
    assert (sum(quarters[1:], quarters[0]) == flows["2011"]).all()


def test_subsidiaries_and_associates() -> None:
    """Of 100 earned by a subsidiary held at 80 %, 20 are others'; what an associate earns is in no line."""
    book: Book = {MONTHS[12]: [("1000", "4000", 10000)]}
    both = pl.concat([monthly(book).with_columns(entity=pl.lit(name)) for name in ("Heron", "Quail")])
    holding = {"Heron": Holding.always("subsidiary", 80.0), "Quail": Holding.always("associate", 30.0)}
    found = made(both, MONTHS[12], date(2011, 1, 31), holdings=holding)
    assert value(found, "net_income", "2011-01") == 100.0
    assert value(found, "minority_income", "2011-01") == 20.0
    assert value(found, "cash", "2011-01") == 100.0


# --- lines as statements give them ------------------------------------------------------------------------------------

PUBLISHED = {
    "revenues": {"2011-Q3": 69409, "2010-Q3": 68477, "2011-9M": 205994, "2010-9M": 191232},
    "mine_income": {"2011-Q3": 8531, "2010-Q3": 25656, "2011-9M": 56614, "2010-9M": 46742},
    "net_income": {"2011-Q3": 17617, "2010-Q3": 7429, "2011-9M": 45405, "2010-9M": 19338},
    "adjusted_net_income": {"2011-Q3": 4755, "2010-Q3": 13258, "2011-9M": 23104, "2010-9M": 22727},
    "cash_flow": {"2011-Q3": 17102, "2010-Q3": 27079, "2011-9M": 63533, "2010-9M": 52298},
}
"""Lines of a published quarter in thousands of Canadian dollars."""

HALVES = {
    "revenues": (136585, 122755),
    "mine_income": (48083, 21086),
    "net_income": (27788, 11909),
    "adjusted_net_income": (18349, 9469),
    "cash_flow": (46431, 25219),
}
"""The first halves of 2011 and 2010, as the company had published them before."""


def test_first_halves_follow_from_published_lines() -> None:
    """Nine months less the third quarter: ten figures; the four columns read as they were published."""
    own = {"adjusted_net_income": {"statement": "income", "side": "credit"}}
    lines = statement_lines(own)
    accounts = pl.DataFrame({"account": list(PUBLISHED), "kind": ["line"] * 5, "line": list(PUBLISHED)})
    rows = [
        (name, Period.parse(label).start, Period.parse(label).end, 1000.0 * amount, "CAD")
        for name, told in PUBLISHED.items()
        for label, amount in told.items()
    ]
    ledger = pl.DataFrame(rows, COLUMNS, orient="row")
    periods = reporting_periods(date(2010, 1, 1), date(2011, 9, 30))
    found = sums(held(accounts, ledger, lines=lines), *bounds(periods), exchange_into("CAD", None))
    told = statements(found, periods, lines, company="Alder", currency="CAD", basis="IFRS")
    assert {
        name: tuple(round((value(told, name, f"{year}-H1") or 0) / 1000) for year in (2011, 2010)) for name in PUBLISHED
    } == HALVES
    columns = comparatives(told, "2011-Q3")
    labels = ["2011-Q3", "2010-Q3", "2011-9M", "2010-9M"]
    assert [list(told.values()) for told in PUBLISHED.values()] == [
        [round(cell / 1000) for cell in columns.filter(pl.col("line") == name).select(labels).row(0)]
        for name in PUBLISHED
    ]
    assert value(told, "revenues", "2010") is None
