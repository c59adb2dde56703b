"""Stockpiles and reconciliation: balances close, grades are weighted, factors multiply."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.book.bench import Bench
from orebook.book.problems import SettingsError
from orebook.book.results import reconciliation as reconciliation_result
from orebook.book.results import stockpiles
from orebook.book.settings import BookSettings
from orebook.disciplines.production.received_at_mill import MillSide
from orebook.disciplines.production.reconciliation import reconciliation
from orebook.disciplines.production.stockpile_balances import stockpile_balances

START = date(2011, 1, 1)
Move = tuple[int, str, float, float | None]


def moves(*rows: Move) -> pl.DataFrame:
    """Moves of one stockpile: days after the first of January, kind, tonnes, copper."""
    return pl.DataFrame(
        {
            "mine": "Kestrel",
            "stockpile": "low grade",
            "day": [START + timedelta(days=at) for at, *_ in rows],
            "kind": [kind for _, kind, *_ in rows],
            "tonnes_t": [tonnes for *_, tonnes, _ in rows],
            "cu_pct": [grade for *_, grade in rows],
        },
        schema_overrides={"cu_pct": pl.Float64},
    )


def test_weighted_average_and_first_in_first_out() -> None:
    """100 t at 0.2 % and 100 t at 0.4 %: half of it leaves 0.3 % by average, and 0.4 % when the oldest goes first."""
    said = moves((0, "opening", 100.0, 0.2), (1, "in", 100.0, 0.4), (2, "out", 100.0, None))
    assert stockpile_balances(said).moves["cu_pct stock"].to_list() == pytest.approx([0.2, 0.3, 0.3])
    assert stockpile_balances(said, "fifo").moves["cu_pct stock"].to_list() == pytest.approx([0.2, 0.3, 0.4])
    with pytest.raises(ValueError, match="average or fifo"):
        stockpile_balances(said, "lifo")  # type: ignore[arg-type]


def test_a_grade_that_is_missing_stays_missing() -> None:
    """Tonnes of an unknown grade make the pile unknown until it is empty."""
    said = moves((0, "in", 10.0, 0.2), (1, "in", 10.0, None), (2, "out", 20.0, None), (3, "in", 5.0, 0.5))
    assert stockpile_balances(said).moves["cu_pct stock"].to_list() == [0.2, None, None, 0.5]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.sampled_from(["in", "out"]), st.floats(0, 1000), st.floats(0.1, 2)),
        max_size=25,
    ),
    st.randoms(use_true_random=False),
)
def test_every_balance_closes(some: list[tuple[int, str, float, float]], chance) -> None:
    """Opening plus in less out is closing in every period, closing is the next opening, order is nothing."""
    rows: list[Move] = [(0, "opening", 500.0, 1.0), *((at, kind, tonnes, grade) for at, kind, tonnes, grade in some)]
    said = BookSettings(Path("book.toml"), "C")
    made = stockpiles.make(Bench(said, {"stock_moves": moves(*rows)}.get)).parts["stockpiles_balances"]
    for row in made.iter_rows(named=True):
        closing = row["opening_t"] + row["in_t"] - row["out_t"] + row["restated_t"]
        assert row["closing_t"] == pytest.approx(closing, abs=1e-6)
        assert row["restated_t"] == pytest.approx(500.0 if row["from_day"] == START else 0.0, abs=1e-6)
    months = made.filter(kind="month").sort("from_day")
    assert months["closing_t"].to_list()[:-1] == pytest.approx(months["opening_t"].to_list()[1:], abs=1e-6)
    chance.shuffle(rows)
    again = stockpiles.make(Bench(said, {"stock_moves": moves(*rows)}.get)).parts["stockpiles_balances"]
    assert again["closing_t"].to_list() == pytest.approx(made["closing_t"].to_list())


def test_a_survey_is_compared() -> None:
    """A survey of 95 t of a pile that is kept at 100 t differs by −5 t, and changes nothing."""
    said = moves((0, "opening", 100.0, 0.2), (20, "survey", 95.0, None), (40, "out", 10.0, None))
    made = stockpiles.make(Bench(BookSettings(Path("book.toml"), "C"), {"stock_moves": said}.get))
    assert made.parts["stockpiles_surveys"]["difference_t"].to_list() == [-5.0]
    months = made.parts["stockpiles_balances"].filter(kind="month").sort("from_day")
    assert months.select("closing_t", "surveyed_t", "difference_t").rows() == [(100.0, 95.0, -5.0), (90.0, None, None)]
    figures = made.parts["stockpiles"].filter(period="2011-02")
    assert dict(figures.select("measure", "value").rows()) == pytest.approx(
        {"stockpiles.tonnes": 90.0, "stockpiles.grade": 0.2, "stockpiles.metal": 0.18}
    )


def depletions(*rows: tuple[str, float, float], month: int = 1) -> pl.DataFrame:
    """What models say of one month."""
    end = date(2011, month + 1, 1) - timedelta(days=1)
    return pl.DataFrame(
        {
            "mine": "Kestrel",
            "from_day": date(2011, month, 1),
            "to_day": end,
            "model": [model for model, *_ in rows],
            "tonnes_t": [tonnes for _, tonnes, _ in rows],
            "au_gpt": [grade for *_, grade in rows],
        }
    )


amount = st.floats(10, 1e6)
grade = st.floats(0.1, 20)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(amount, grade), min_size=12, max_size=12))
def test_factors_multiply(some: list[tuple[float, float]]) -> None:
    """The metal factor is that of tonnes times that of grade, F3 is F1 × F2, and quarters are made of sums."""
    models = ("reserve", "grade control", "delivered", "received")
    frames = [
        depletions(*((model, *some[4 * at + place]) for place, model in enumerate(models)), month=at + 1)
        for at in range(3)
    ]
    made = reconciliation(pl.concat(frames)).factors
    found = {(row["period"], row["factor"], row["quantity"]): row["value"] for row in made.iter_rows(named=True)}
    for period in ("2011-01", "2011-02", "2011-03", "2011-Q1"):
        for factor in ("F1", "F2", "F3"):
            both = found[period, factor, "tonnes"] * found[period, factor, "grade"]
            assert found[period, factor, "metal"] == pytest.approx(both, rel=1e-9)
        for quantity in ("tonnes", "grade", "metal"):
            product = found[period, "F1", quantity] * found[period, "F2", quantity]
            assert found[period, "F3", quantity] == pytest.approx(product, rel=1e-9)
    quarter = sum(some[at][0] for at in (1, 5, 9)) / sum(some[at][0] for at in (0, 4, 8))
    assert found["2011-Q1", "F1", "tonnes"] == pytest.approx(quarter)


def test_the_band_is_the_site_s() -> None:
    """A factor beyond the band says so, one without a band says nothing; a band without ends is refused."""
    rows = depletions(("reserve", 100.0, 2.0), ("grade control", 120.0, 2.0), ("received", 118.0, 1.9))
    said = {"reconciliation": {"bands": {"F1": [0.9, 1.1]}}}
    made = reconciliation_result.make(
        Bench(BookSettings(Path("book.toml"), "C", results=said), {"depletions": rows}.get)
    )
    states = made.parts["reconciliation"].filter(kind="month", quantity="tonnes").select("factor", "state").rows()
    assert states == [("F1", "above"), ("F2", None), ("F3", None)]
    listed = "F1 tonnes Kestrel 2011-01 and F1 metal Au Kestrel 2011-01"
    assert made.remarks == (f"2 factors outside the band that the site sets: {listed}",)
    bad = BookSettings(Path("book.toml"), "C", results={"reconciliation": {"bands": {"F1": 1.1}}})
    with pytest.raises(SettingsError, match="is no band"):
        reconciliation_result.make(Bench(bad, {"depletions": rows}.get))


def test_twelve_months_roll() -> None:
    """A factor of twelve months stands at the end of each month that has twelve behind it."""
    frames = []
    for year in (2011, 2012):
        for month in range(1, 12):
            rows = depletions(("reserve", 100.0, 1.0), ("grade control", 100.0 + month, 1.0), month=month)
            frames.append(rows.with_columns(pl.col("from_day", "to_day").dt.offset_by(f"{year - 2011}y")))
        rows = depletions(("reserve", 100.0, 1.0), ("grade control", 112.0, 1.0), month=1)
        frames.append(rows.with_columns(from_day=pl.lit(date(year, 12, 1)), to_day=pl.lit(date(year, 12, 31))))
    frames = [frame.with_columns(to_day=pl.col("to_day").dt.month_end()) for frame in frames]
    made = reconciliation(pl.concat(frames)).factors.filter(kind="twelve months", quantity="tonnes", factor="F1")
    assert made.height == 13 and made["period"][1] == "2011-02/2012-01"
    assert made["value"].to_list() == pytest.approx([1278 / 1200] * 13)


Flow = tuple[float, float, float, float, float]
flows = st.tuples(st.floats(1, 1e5), grade, st.floats(1, 1e5), grade, st.floats(0.05, 0.95))


def fed_and_piled(some: list[Flow]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Months of a mine that sends ore to its mill and to a pile, part of which is fed: mill, moves, what was received.

    Of each month: tonnes and gold straight to the mill, tonnes and gold put on the pile, and the share of the pile fed.
    """
    mill, rows, received = [], [(0, "opening", 500.0, 1.0)], []
    pile, pile_gold = 500.0, 500.0
    for at, (straight, rich, piled, poor, share) in enumerate(some):
        first, last = date(2011, at + 1, 1), date(2011, at + 2, 1) - timedelta(days=1)
        pile, pile_gold = pile + piled, pile_gold + piled * poor
        out, gold = pile * share, pile_gold * share
        pile, pile_gold = pile - out, pile_gold - gold
        mill.append((first, last, straight + out, (straight * rich + gold) / (straight + out)))
        rows += [((first - START).days, "in", piled, poor), ((last - START).days, "out", out, None)]
        total = straight + piled
        received.append(depletions(("received", total, (straight * rich + piled * poor) / total), month=at + 1))
    sheet = pl.DataFrame(mill, ["from_day", "to_day", "ore_t", "au_gpt"], orient="row")
    return sheet.with_columns(mine=pl.lit("Kestrel")), moves(*rows).rename({"cu_pct": "au_gpt"}), pl.concat(received)


@settings(max_examples=20, deadline=None)
@given(st.lists(flows, min_size=1, max_size=4))
def test_feed_and_change_of_stock_give_what_was_received(some: list[Flow]) -> None:
    """F2 by mill feed more by what the piles grew is F2 by what left the pit, wherever the balance closes."""
    mill, stock, received = fed_and_piled(some)
    control = [depletions(("grade control", 1000.0, 2.0), month=at + 1) for at in range(len(some))]
    told = reconciliation(pl.concat([*control, received])).factors
    made = reconciliation(pl.concat(control), mill=MillSide(mill, stock)).factors
    both = told.join(made, on=["factor", "quantity", "metal", "kind", "period"], nulls_equal=True)
    assert both.height == told.height == made.height > 0
    assert both["value_right"].to_list() == pytest.approx(both["value"].to_list(), rel=1e-6)
    assert set(made["how"]) == {"mill feed and change of stockpiles ÷ grade control"}


def test_received_at_the_mill_by_hand() -> None:
    """70 t at 0.6 g/t fed, of it 30 t from the pile, and 50 t at 0.9 put on it: 90 t left the pit, and its gold."""
    mill = pl.DataFrame(
        {"mine": "Kestrel", "from_day": [START], "to_day": [date(2011, 1, 31)], "ore_t": [70.0], "au_gpt": [0.6]}
    )
    copper = moves((0, "opening", 100.0, 0.3), (9, "in", 50.0, 0.9), (20, "out", 30.0, None))
    stock = copper.rename({"cu_pct": "au_gpt"})
    control = depletions(("grade control", 100.0, 1.0))

    def made(**how: object) -> dict[tuple[str, str], float]:
        side = MillSide(mill, stock, **how)  # type: ignore[arg-type]
        found = reconciliation(control, mill=side).factors.filter(kind="month")
        return {(row["quantity"], row["metal"]): row["above"] for row in found.iter_rows(named=True)}

    by_average, by_age = made(), made(method="fifo")
    assert by_average["tonnes", None] == by_age["tonnes", None] == pytest.approx(70.0 + 50.0 - 30.0)
    assert by_average["metal", "Au"] == pytest.approx(42.0 + 45.0 - 30.0 * 0.5)
    assert by_age["metal", "Au"] == pytest.approx(42.0 + 45.0 - 30.0 * 0.3)
    assert made(between=[])["tonnes", None] == pytest.approx(70.0)
    assert made(between=["other"]) == {}


def test_what_is_not_known_of_stockpiles_gives_no_factor() -> None:
    """No factor before the first opening, nor after the month of the last row; no grade where one is missing."""
    sheet = {"mine": "Kestrel", "from_day": [date(2011, at, 1) for at in (1, 2, 3)], "ore_t": 70.0, "au_gpt": 0.6}
    mill = pl.DataFrame(sheet).with_columns(to_day=pl.col("from_day").dt.month_end())
    control = pl.concat([depletions(("grade control", 100.0, 1.0), month=at) for at in (1, 2, 3)])
    stock = moves((30, "opening", 100.0, None), (40, "out", 30.0, None)).rename({"cu_pct": "au_gpt"})
    made = reconciliation(control, mill=MillSide(mill, stock)).factors
    assert made.select("period", "quantity", "above").rows() == [("2011-02", "tonnes", 40.0)]
    assert reconciliation(control, mill=MillSide(mill)).factors.is_empty()
    said = depletions(("received", 50.0, 1.0), month=2)
    told = reconciliation(pl.concat([control, said]), mill=MillSide(mill, stock)).factors.filter(quantity="tonnes")
    assert told.select("period", "above", "how").rows() == [("2011-02", 50.0, "received ÷ grade control")]


def test_depletions_that_share_days_are_told() -> None:
    """Two sayings of one model and month, with other tonnes, are left out and named."""
    rows = depletions(("reserve", 100.0, 1.0), ("reserve", 110.0, 1.0), ("grade control", 100.0, 1.0))
    made = reconciliation_result.make(Bench(BookSettings(Path("book.toml"), "C"), {"depletions": rows}.get))
    assert made.parts["reconciliation_left_out"]["row"].to_list() == [0, 1]
    said = "2 rows of depletions left out (line 2 and line 3); see reconciliation_left_out"
    assert said in made.remarks


def test_a_book_names_the_stockpiles_before_its_mill() -> None:
    """A pile that has no row is refused; a mine whose received ore nobody knows is told."""
    control = depletions(("reserve", 100.0, 1.0), ("grade control", 100.0, 1.0))
    mill = pl.DataFrame({"mine": "Kestrel", "from_day": [START], "to_day": [date(2011, 1, 31)], "ore_t": [70.0]})
    tables = {"depletions": control, "mill": mill}
    made = reconciliation_result.make(Bench(BookSettings(Path("book.toml"), "C"), tables.get))
    assert made.remarks == ("Kestrel has no F2: nothing says or lets follow what its mill received",)
    none = BookSettings(Path("book.toml"), "C", results={"reconciliation": {"stockpiles": []}})
    factors = reconciliation_result.make(Bench(none, tables.get)).parts["reconciliation"].filter(kind="month")
    assert factors.filter(factor="F2")["value"].to_list() == pytest.approx([0.7])
    strange = BookSettings(Path("book.toml"), "C", results={"reconciliation": {"stockpiles": ["ROM"]}})
    with pytest.raises(SettingsError, match="'ROM' has no row"):
        reconciliation_result.make(Bench(strange, tables.get))
