"""Production: what mills made by period; figures of published quarters, and laws that hold for all sheets."""

from datetime import date, timedelta
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.disciplines.production.holdings_by_day import mean_interest
from orebook.disciplines.production.metal import attributable, head_grade, metal_produced
from orebook.disciplines.production.mill_figures import MillFigures, mill_figures
from orebook.disciplines.production.rates import rest_of_period, throughput
from orebook.ground.range import Range
from orebook.maths.stretches import take_apart

SHEET_COLUMNS = (
    "mine from_day to_day ore_t cu_pct cu_recovery_pct cu_lb au_gpt au_recovery_pct au_oz ag_oz mo_lb".split()
)
NINE = {year: (date(year, 1, 1), date(year, 9, 30)) for year in (2010, 2011)}
PUBLISHED = [
    ("Mount Polley", *NINE[2011], 5742244.0, 0.262, 57.16, 18939711.0, 0.266, 62.16, 30496.0, 67555.0, None),
    ("Mount Polley", *NINE[2010], 5943967.0, 0.324, 62.97, 26701243.0, 0.287, 66.67, 36571.0, 142182.0, None),
    ("Huckleberry", *NINE[2011], 4480300.0, 0.382, 90.2, 34044000.0, None, None, 2758.0, 173127.0, 6923.0),
    ("Huckleberry", *NINE[2010], 4156900.0, 0.378, 91.3, 31664000.0, None, None, 2279.0, 148206.0, 68226.0),
]
"""Imperial Metals, results of the third quarter of 2011: nine months of two mines in two years."""

THIRD = ("Mount Polley", date(2011, 7, 1), date(2011, 9, 30), 22160.0 * 92, *[None] * 8)
COMPANY = "Imperial Metals"
HELD = pl.DataFrame(
    {
        "property": ["Mount Polley", "Huckleberry"],
        "holder": COMPANY,
        "from_day": [date(1997, 1, 1)] * 2,
        "interest_pct": [100.0, 50.0],
    }
)


def sheet(*rows: tuple[object, ...]) -> pl.DataFrame:
    """A mill sheet."""
    kinds = {"mine": pl.String, "from_day": pl.Date, "to_day": pl.Date}
    return pl.DataFrame(list(rows), {name: kinds.get(name, pl.Float64) for name in SHEET_COLUMNS}, orient="row")


@pytest.fixture(scope="module")
def made() -> MillFigures:
    """The figures of the published quarters."""
    return mill_figures(sheet(*PUBLISHED, THIRD), company=COMPANY, interests=HELD)


def figure(
    made: MillFigures, measure: str, subject: str, period: str, metal: str | None = None, basis: str = "100%"
) -> dict[str, object]:
    """The one figure of a measure, subject, period, metal and basis."""
    found = made.figures.filter(
        pl.col("measure") == f"milling.{measure}",
        pl.col("subject") == subject,
        pl.col("period") == period,
        pl.col("basis") == basis,
        pl.col("metal").eq_missing(metal),
        pl.col("source").is_null(),
    )
    assert found.height == 1, found
    return found.row(0, named=True)


def value(made: MillFigures, *said: object) -> float:
    """The value of the one figure."""
    return figure(made, *said)["value"]  # type: ignore[arg-type,return-value]


# --- published figures (catalogue codes PR1001 to PR1010; production-and-finance, section 18.1) ----------------------


@pytest.mark.parametrize(
    ("mine", "period", "printed"),
    [
        ("Mount Polley", "2011-9M", 21034),
        ("Mount Polley", "2010-9M", 21773),
        ("Huckleberry", "2011-9M", 16411),
        ("Huckleberry", "2010-9M", 15227),
    ],
)
def test_throughput_per_calendar_day(made: MillFigures, mine: str, period: str, printed: int) -> None:
    """Nine months have 273 days, and tonnes by days are the printed throughput."""
    assert round(value(made, "throughput", mine, period)) == printed


def test_derived_quarters(made: MillFigures) -> None:
    """The third quarter is 2,038,720 t; the first half, which no row tells, nine months less that: 20,461.5 t/d."""
    assert value(made, "ore_milled", "Mount Polley", "2011-Q3") == 2_038_720
    first = figure(made, "ore_milled", "Mount Polley", "2011-H1")
    assert first["value"] == 3_703_524 and first["coverage"] == 1.0
    assert first["how"] == "2011-01-01/2011-09-30 less 2011-07-01/2011-09-30"
    assert (first["low"], first["high"]) == (3_703_523, 3_703_525)
    per_day = value(made, "throughput", "Mount Polley", "2011-H1")
    assert round(per_day, 1) == 20461.5
    assert round(100 * (22160 / per_day - 1), 1) == 8.3


def test_a_row_without_an_amount_takes_nothing_away(made: MillFigures) -> None:
    """The third quarter tells ore alone; the copper of the nine months stays, and the quarter has none."""
    assert value(made, "metal_produced", "Mount Polley", "2011-9M", "Cu") == 18_939_711
    assert made.figures.filter(pl.col("period") == "2011-Q3", pl.col("metal") == "Cu").is_empty()
    assert made.left_out.is_empty()


@pytest.mark.parametrize(
    ("metal", "year", "pounds"),
    [
        ("Cu", 2011, 35_961_711),
        ("Cu", 2010, 42_533_243),
        ("Au", 2011, 31_875),
        ("Au", 2010, 37_710.5),
        ("Ag", 2011, 154_118.5),
        ("Ag", 2010, 216_285),
    ],
)
def test_attributable_metal_of_both_mines(made: MillFigures, metal: str, year: int, pounds: float) -> None:
    """A company's metal is all of one mine and half of the other."""
    assert value(made, "metal_produced", COMPANY, f"{year}-9M", metal, "attributable") == pounds


def test_attributable_metal_of_one_mine(made: MillFigures) -> None:
    """Half of Huckleberry's copper: 17,022,000 and 15,832,000 lb."""
    shares = [value(made, "metal_produced", "Huckleberry", f"{year}-9M", "Cu", "attributable") for year in (2011, 2010)]
    assert shares == [17_022_000, 15_832_000]


@pytest.mark.parametrize(
    ("mine", "metal", "year", "grams"),
    [
        ("Mount Polley", "Ag", 2011, 0.366),
        ("Mount Polley", "Ag", 2010, 0.744),
        ("Huckleberry", "Au", 2011, 0.0191),
        ("Huckleberry", "Au", 2010, 0.0171),
        ("Huckleberry", "Mo", 2011, 0.701),
        ("Huckleberry", "Mo", 2010, 7.445),
    ],
)
def test_metal_recovered_per_tonne(made: MillFigures, mine: str, metal: str, year: int, grams: float) -> None:
    """Metal without a grade is told as grams that a tonne gave."""
    assert value(made, "yield", mine, f"{year}-9M", metal) == pytest.approx(
        grams, abs=0.5 * 10.0 ** -len(str(grams)[2:])
    )


def test_group_grades_are_weighted(made: MillFigures) -> None:
    """Head grade and recovery of two mines are made of sums, not of their means (PR1010)."""
    mines = ("Mount Polley", "Huckleberry")
    fed = sum(value(made, "metal_in_feed", mine, "2010-9M", "Cu") for mine in mines)
    metal = sum(value(made, "metal_produced", mine, "2010-9M", "Cu") for mine in mines)
    ore = sum(value(made, "ore_milled", mine, "2010-9M") for mine in mines)
    assert value(made, "recovery", COMPANY, "2010-9M", "Cu") == pytest.approx(100 * metal / fed)
    assert value(made, "head_grade", COMPANY, "2010-9M", "Cu") == pytest.approx(fed / ore / 22.046226, rel=1e-6)


def test_ranges_of_printed_figures() -> None:
    """The same formulas on ranges: copper made holds what was printed, a grade is back-solved to its digits."""
    ore, grade = Range("5742243.5", "5742244.5", "t"), Range("0.2615", "0.2625", "%")
    recovery, printed = Range("57.155", "57.165", "%"), Range("18939710.5", "18939711.5", "lb")
    made = metal_produced(ore, grade, recovery).to("lb")
    assert (round(made.low), round(made.high)) == (18_920_900, 18_996_582)
    assert printed.within(made)
    solved = head_grade(printed, ore, recovery).to("%")
    assert round(float(solved.middle), 3) == 0.262
    third = Range("22159.5", "22160.5", "t/d") * Range.exact(92, "d")
    assert (third.to("t").low, third.to("t").high) == (2_038_674, 2_038_766)
    half = throughput(rest_of_period(ore, third.to("t")), Range.exact(181, "d"))
    assert round(float(half.low), 1) == 20461.2
    assert attributable(Range("34043500", "34044500", "lb"), Range.exact("0.5")).low == 17_021_750


def test_history_since_start_up() -> None:
    """A row of fourteen years is the history to which later rows are added; no shorter period is guessed from it."""
    history = sheet(
        (
            "Huckleberry",
            date(1997, 1, 1),
            date(2010, 12, 31),
            None,
            None,
            None,
            870.0e6,
            None,
            None,
            105e3,
            3.4e6,
            8.0e6,
        ),
        ("Huckleberry", *NINE[2011], 4480300.0, 0.382, 90.2, 34044000.0, None, None, 2758.0, 173127.0, 6923.0),
    )
    made = mill_figures(history, company=COMPANY)
    copper = made.figures.filter(pl.col("measure") == "milling.metal_produced", pl.col("metal") == "Cu")
    since = copper.filter(pl.col("subject") == "Huckleberry", pl.col("kind") == "since start")
    assert dict(since.select("period", "value").rows()) == {
        "1997-01-01/2010-12-31": 870.0e6,
        "1997-01-01/2011-09-30": 904.044e6,
    }
    assert since["coverage"].to_list() == [1.0, 1.0]
    assert copper.filter(pl.col("kind") == "year", pl.col("from_day") < date(2011, 1, 1)).is_empty()
    assert round(870.0 / 14, 1) == 62.1


# --- laws ------------------------------------------------------------------------------------------------------------

START = date(2011, 1, 1)
Day = tuple[float, float, float, str]


def year(seed: int) -> list[Day]:
    """The days of a year: tonnes, grade, recovery and source of each; on some the mill stands."""
    chance = Random(seed)
    still = chance.random()
    return [
        (
            chance.uniform(0, 30000) if chance.random() > still else 0.0,
            chance.uniform(0.1, 2.0),
            chance.uniform(40, 99),
            chance.choice(["pit", "stockpile"]),
        )
        for _ in range(365)
    ]


def daily(days: list[Day]) -> pl.DataFrame:
    """A daily sheet of one mine."""
    return pl.DataFrame(
        {
            "mine": "Kestrel",
            "from_day": [START + timedelta(days=at) for at in range(len(days))],
            "to_day": [START + timedelta(days=at) for at in range(len(days))],
            "ore_t": [day[0] for day in days],
            "cu_pct": [day[1] for day in days],
            "cu_recovery_pct": [day[2] for day in days],
            "source": [day[3] for day in days],
        }
    )


def by_period(made: MillFigures, measure: str, basis: str = "100%") -> dict[str, float]:
    """Values of a measure of the mine by period."""
    found = made.figures.filter(
        pl.col("measure") == f"milling.{measure}",
        pl.col("subject") == "Kestrel",
        pl.col("basis") == basis,
        pl.col("source").is_null(),
    )
    return dict(found.select("period", "value").rows())


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**9))
def test_parts_add_up_and_order_is_nothing(seed: int) -> None:
    """Months make quarters, quarters halves and the year, sources the mine; the order of rows does not matter."""
    rows = daily(year(seed))
    made = mill_figures(rows, company="C")
    for measure in ("ore_milled", "metal_produced", "metal_in_feed"):
        found = by_period(made, measure)
        for whole, parts in {
            "2011": ("2011-Q1", "2011-Q2", "2011-Q3", "2011-Q4"),
            "2011-9M": ("2011-H1", "2011-Q3"),
            "2011-H1": tuple(f"2011-0{month}" for month in range(1, 7)),
        }.items():
            assert found[whole] == pytest.approx(sum(found[part] for part in parts), rel=1e-12)
    sources = made.figures.filter(pl.col("source").is_not_null(), pl.col("period") == "2011")
    ore = sources.filter(pl.col("measure") == "milling.ore_milled")["value"].sum()
    assert ore == pytest.approx(by_period(made, "ore_milled")["2011"], rel=1e-12)
    again = mill_figures(rows.sample(fraction=1.0, shuffle=True, seed=seed), company="C")
    assert again.figures.select(pl.exclude("value")).equals(made.figures.select(pl.exclude("value")))
    assert (again.figures["value"] - made.figures["value"]).abs().max() <= 1e-9 * made.figures["value"].abs().max()


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 364), st.floats(0, 100)), min_size=1, max_size=6, unique_by=lambda step: step[0]),
    st.floats(0, 100),
)
def test_attributable_is_the_interest_of_each_day(steps: list[tuple[int, float]], first: float) -> None:
    """The mean over any days is that of the days one by one, however often the interest changed."""
    steps = sorted([(at, share) for at, share in steps if at], key=lambda step: step[0])
    held = pl.DataFrame(
        {
            "property": "Kestrel",
            "holder": "C",
            "from_day": [START, *(START + timedelta(days=at) for at, _ in steps)],
            "interest_pct": [first, *(share for _, share in steps)],
        }
    )
    by_day = [first] * 365
    for at, share in steps:
        by_day[at:] = [share] * (365 - at)
    rows = pl.DataFrame(
        {
            "mine": "Kestrel",
            "from_day": [START, START + timedelta(days=90), START + timedelta(days=364)],
            "to_day": [START + timedelta(days=364), START + timedelta(days=180), START + timedelta(days=364)],
        }
    )
    wanted = [sum(by_day) / 36500, sum(by_day[90:181]) / 9100, by_day[364] / 100]
    assert mean_interest(rows, held, "C").to_list() == pytest.approx(wanted, rel=1e-9, abs=1e-12)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0, 30000), min_size=31, max_size=31), st.integers(0, 30))
def test_a_missing_day_is_said(ore: list[float], missing: int) -> None:
    """A month without one of its days covers the others, and nothing is filled in."""
    rows = daily([(tonnes, 1.0, 90.0, "pit") for tonnes in ore])
    made = mill_figures(rows.filter(pl.int_range(pl.len()) != missing), company="C")
    found = made.figures.filter(
        pl.col("measure") == "milling.ore_milled", pl.col("period") == "2011-01", pl.col("subject") == "Kestrel"
    )
    assert found["coverage"].to_list() == pytest.approx([30 / 31])
    assert found["value"].to_list() == pytest.approx([sum(ore) - ore[missing]])


def test_a_month_beside_its_days() -> None:
    """The sum of a month under its days counts once, and a day that only the sum tells is what is left of it."""
    rows = daily([(100.0 + at, 1.0, 90.0, "pit") for at in range(31)])
    total = rows["ore_t"].sum()
    month = rows[:1].with_columns(to_day=pl.lit(date(2011, 1, 31)), ore_t=pl.lit(total))
    made = mill_figures(pl.concat([month, rows]), company="C")
    assert by_period(made, "ore_milled")["2011-01"] == pytest.approx(total)
    assert made.sums.filter(pl.col("amount") == "ore_t").select("value", "of_parts").rows() == [(total, total)]
    made = mill_figures(pl.concat([month, rows.filter(pl.int_range(pl.len()) != 7)]), company="C")
    assert by_period(made, "ore_milled")["2011-01"] == pytest.approx(total)


def test_rows_that_cross_are_left_out() -> None:
    """Of two rows that cut across one another the longer is told as left out."""
    rows = daily([(100.0, 1.0, 90.0, "pit")] * 2).with_columns(
        from_day=pl.Series([date(2011, 1, 1), date(2011, 1, 8)]),
        to_day=pl.Series([date(2011, 1, 10), date(2011, 1, 15)]),
    )
    made = mill_figures(rows, company="C")
    assert made.left_out["row"].to_list() == [0]
    assert by_period(made, "ore_milled")["2011-01"] == 100.0


def test_half_a_fiscal_year() -> None:
    """A year that ends with June has its first quarter from July to September."""
    made = mill_figures(sheet(THIRD), company=COMPANY, year_end="06-30")
    found = made.figures.filter(pl.col("kind") == "quarter", pl.col("measure") == "milling.ore_milled")
    assert found.select("period", "year", "number").unique().rows() == [("2011-Q3", 2012, 1)]


def test_two_product_recovery_beside_that_of_metal() -> None:
    """Both recoveries are kept: by metal, and by assays alone (example: 0.28, 24 and 0.052 % give 81.6 %)."""
    rows = pl.DataFrame(
        {
            "mine": "Kestrel",
            "from_day": [START],
            "to_day": [START],
            "ore_t": [1000.0],
            "cu_pct": [0.28],
            "cu_concentrate_pct": [24.0],
            "cu_tailings_pct": [0.052],
            "concentrate_t": [9.4],
            "operating_h": [18.0],
            "available_h": [20.0],
        }
    )
    made = mill_figures(rows, company="C")
    measures = dict(
        made.figures.filter(pl.col("subject") == "Kestrel", pl.col("period") == "2011-01")
        .select("measure", "value")
        .rows()
    )
    assert round(measures["milling.two_product_recovery"], 1) == 81.6
    assert measures["milling.metal_produced"] == pytest.approx(9.4 * 0.24)
    assert measures["milling.recovery"] == pytest.approx(100 * 9.4 * 0.24 / 2.8)
    assert measures["milling.mass_pull"] == pytest.approx(0.94)
    assert measures["milling.availability"] == pytest.approx(100 * 20 / 24)
    assert measures["milling.utilisation"] == 90.0
    assert measures["milling.throughput"] == 1000.0
    assert measures["milling.throughput_operating"] == pytest.approx(1000 / 0.75)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 5)), max_size=8))
def test_pieces_share_no_day(some: list[tuple[int, int]]) -> None:
    """No day lies in two pieces, whatever the rows; a row that shares but its last day with another crosses it."""
    found = take_apart([low for low, _ in some], [low + more for low, more in some])
    days = [day for piece in found.pieces for day in range(piece.low, piece.high + 1)]
    assert len(days) == len(set(days))
    assert take_apart([0, 30], [30, 58]).crossing == (0,)
