"""Places, royalties, claims, people and documents: published figures and cases worked by hand."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from book_runs import ask, put, question
from orebook.book import folder
from orebook.disciplines.tenure.claims import claims_on, grounds, renewals
from orebook.disciplines.tenure.compass import azimuth, direction, point, points, points_apart
from orebook.disciplines.tenure.documents import documents_on, previous, stale_citations
from orebook.disciplines.tenure.gazetteer import CREDIT, towns_named
from orebook.disciplines.tenure.people import statement_parts, unanswered
from orebook.disciplines.tenure.places import distances, nearest_towns, way
from orebook.disciplines.tenure.royalties import burdens, net_interest, royalties_on
from orebook.ground.range import Range
from orebook.maths.geodesy import geodesic

# --- places: approximate public coordinates of towns and mines -------------------------------------------------------

TOWNS = pl.DataFrame(
    {
        "town": ["Kamloops", "Houston", "Dease Lake", "Williams Lake", "Las Vegas"],
        "longitude_deg": [-120.341, -126.672, -129.99, -122.1445, -115.1372],
        "latitude_deg": [50.676, 54.398, 58.4356, 52.1415, 36.175],
    }
)
SITES = pl.DataFrame(
    {
        "property": ["Ruddock Creek", "Huckleberry", "Red Chris", "Mount Polley", "Sterling"],
        "longitude_deg": [-118.9011, -127.1781, -129.79, -121.643, -116.65],
        "latitude_deg": [51.7764, 53.6811, 57.70, 52.555, 36.82],
        "extent_km": 4.0,
    }
)
SAID = pl.DataFrame(
    {
        "property": ["Ruddock Creek", "Huckleberry", "Red Chris", "Mount Polley", "Sterling"],
        "town": ["Kamloops", "Houston", "Dease Lake", "Williams Lake", "Las Vegas"],
        "distance": ["155 km", "123 km", "80 km", "56 km", "185 km"],
        "direction": ["northeast", "southwest", "south", "northeast", "northwest"],
    }
)


def test_published_distances_straight_or_by_road() -> None:
    """155, 80 and 56 km are straight lines; 123 and 185 km are longer than any, so roads (X-RK, X-HB, systems 45)."""
    table = distances(SAID, SITES, TOWNS)
    fits = dict(table.select("property", "fits").rows())
    straight = [name for name, how in fits.items() if how == "straight"]
    assert sorted(straight) == ["Mount Polley", "Red Chris", "Ruddock Creek"]
    assert [name for name, how in fits.items() if how == "longer"] == ["Huckleberry", "Sterling"]
    km = dict(table.select("property", "straight_km").rows())
    assert round(km["Ruddock Creek"]) == 158
    assert round(km["Huckleberry"]) == 86
    assert (table["points_off"] <= 2.0).all()


def test_without_coordinates_nothing_is_judged() -> None:
    """A town that nobody places, or one of two of its name, gives no verdict."""
    twice = pl.concat([TOWNS, TOWNS.with_columns(pl.lit("other").alias("region"))], how="diagonal")
    for towns in (TOWNS.head(0), twice):
        assert distances(SAID, SITES, towns)["fits"].null_count() == SAID.height


def test_road_shorter_than_the_straight_line() -> None:
    """No road of 60 km leads where the straight line has 86."""
    said = SAID.with_columns(pl.lit("60 km").alias("distance")).filter(pl.col("property") == "Huckleberry")
    assert distances(said, SITES, TOWNS)["fits"].to_list() == ["shorter"]


def test_nearest_towns() -> None:
    """Of all towns the nearest comes first, with the direction from the town."""
    near = nearest_towns(SITES, TOWNS, most=1)
    named = dict(zip(near["property"], near["town"], strict=True))
    assert named["Red Chris"] == "Dease Lake"
    assert dict(near.select("property", "words").rows())["Ruddock Creek"] == "northeast"


def test_geodesic_there_and_back() -> None:
    """The way back is as long; a meridian is walked north and south; a point has no azimuth to itself."""
    there, back = way(-120.341, 50.676, -118.9011, 51.7764), way(-118.9011, 51.7764, -120.341, 50.676)
    assert there.km == pytest.approx(back.km, abs=1e-9)
    assert way(10.0, 0.0, 10.0, 1.0).azimuth == 0.0
    assert [str(float(each)) for each in geodesic(1.0, 2.0, 1.0, 2.0)] == ["nan", "0.0"]


def test_sixteen_points() -> None:
    """Every point of the compass is its own word and letters, and the middle of its sector."""
    for place, (letters, words) in enumerate(points().items()):
        assert azimuth(letters) == azimuth(words) == place * 22.5
        assert point(place * 22.5) == letters
        assert direction(place * 22.5, of=16) == words


@given(st.floats(-720, 720))
def test_a_point_is_at_most_half_a_sector_off(angle: float) -> None:
    """The nearest of sixteen points is at most half a sector away."""
    found = azimuth(point(angle))
    assert found is not None
    assert points_apart(found, angle) <= 0.5 + 1e-9


def test_gazetteer() -> None:
    """The offline gazetteer knows Williams Lake twice and leaves the choice open; Dease Lake it does not know."""
    found = towns_named(["Williams Lake", "Dease Lake"], country="CA")
    assert found["town"].to_list() == ["Williams Lake", "Williams Lake"]
    assert set(found["document"]) == {CREDIT}
    assert found["latitude_deg"][0] == pytest.approx(52.14, abs=0.05)


# --- royalties -------------------------------------------------------------------------------------------------------


def test_royalty_bought_back_and_capped() -> None:
    """2 per cent of which 1 costs 1.5 million: before and after half; a payment up to the cap ends it (FN1112)."""
    rows = pl.DataFrame(
        {
            "property": ["P"],
            "royalty": ["R"],
            "kind": ["NSR"],
            "rate_pct": [2.0],
            "buy_back_pct": [1.0],
            "buy_back_amount": [1_500_000.0],
            "buy_back_by_day": [date(2015, 1, 1)],
            "cap_amount": [5_000_000.0],
            "currency": ["CAD"],
        }
    )
    events = pl.DataFrame(
        {
            "royalty": "R",
            "day": [date(2012, 1, 1), date(2013, 1, 1), date(2014, 1, 1), date(2014, 6, 1)],
            "event": ["buy_back", "payment", "payment", "payment"],
            "points_pct": [0.5, None, None, None],
            "amount": [750_000.0, 3_000_000.0, 1_000_000.0, 2_500_000.0],
            "currency": ["CAD", "CAD", "USD", "CAD"],
        }
    )
    columns = ("rate_pct", "lowest_pct", "price_per_point", "cap_left", "uncounted")

    def on(day: date) -> tuple[object, ...]:
        return royalties_on(rows, events, day).select(columns).row(0)

    assert on(date(2011, 1, 1)) == (2.0, 1.0, 1_500_000.0, 5_000_000.0, 0)
    assert on(date(2013, 6, 1)) == (1.5, 1.0, 1_500_000.0, 2_000_000.0, 0)
    assert on(date(2014, 2, 1)) == (1.5, 1.0, 1_500_000.0, 2_000_000.0, 1)
    assert on(date(2015, 2, 1)) == (0.0, 0.0, None, 0.0, 1)
    assert burdens(royalties_on(rows, events, date(2013, 6, 1))).row(0) == ("P", "NSR", 1, 2.0, 1.5, 1.0)


def test_product_of_the_steps_with_ranges() -> None:
    """60 per cent after a royalty of 2.5 is 58.5; with printed digits the range holds it (FN1112)."""
    interest, rate = Range(59.5, 60.5, "%"), Range(2.45, 2.55, "%")
    kept = Range.exact(100, "%") - rate
    assert net_interest(60.0, 97.5, 100.0) == 58.5
    found = net_interest(interest, kept, Range.exact(100, "%"))
    assert found.low < 58.5 < found.high


# --- claims ----------------------------------------------------------------------------------------------------------


def test_claims_and_renewals() -> None:
    """A renewal keeps a claim, a lapsed one leaves the area, and what is due is added by month and currency."""
    rows = pl.DataFrame(
        {
            "property": "P",
            "claim": ["1", "1", "2", "3"],
            "area_ha": [20.0, 20.0, 5.0, None],
            "from_day": [date(2010, 1, 1), date(2011, 1, 1), date(2010, 1, 1), date(2010, 1, 1)],
            "expires_day": [date(2010, 12, 31), date(2012, 3, 1), date(2011, 5, 1), date(2012, 3, 31)],
            "fee": [100.0, 110.0, 30.0, None],
            "currency": "CAD",
        }
    )
    stood = claims_on(rows, date(2011, 11, 14))
    assert stood.select("claim", "held").rows() == [("1", True), ("2", False), ("3", True)]
    assert grounds(stood).row(0) == ("P", 2, 20.0, 1, 1, date(2012, 3, 1))
    due = renewals(stood).row(0, named=True)
    assert (due["month"], due["claims"], due["fee"], due["fee_unsaid"]) == (date(2012, 3, 1), 2, 110.0, 1)


# --- people and documents --------------------------------------------------------------------------------------------

PERSONS = pl.DataFrame(
    {
        "person": ["R. Calder", "R. Calder", "M. Ness"],
        "credentials": ["P.Geo.", "M.Sc., P.Geo.", "Ph.D."],
        "body": ["EGBC", "EGBC", None],
        "relation": ["consultant", "employee", None],
        "from_day": [date(2005, 1, 1), date(2011, 1, 1), None],
        "to_day": [date(2010, 12, 31), None, None],
    }
)
PAPERS = pl.DataFrame(
    {
        "document": ["E1", "E2", "Q3", "N1", "N2"],
        "kind": ["resource estimate", "resource estimate", "financial statements", "news release", "news release"],
        "property": ["P", "P", None, "P", "P"],
        "published_day": [date(2009, 7, 1), date(2012, 3, 1), date(2011, 11, 14), date(2011, 10, 25), date(2012, 4, 1)],
        "technical": [None, None, None, "yes", "yes"],
        "persons": ["R. Calder", "R. Calder | M. Ness", None, None, "A. Lorn"],
        "supersedes": [None, "E1", None, None, None],
        "cites": [None, None, None, "E1", "E1 | E9"],
    }
)


def test_who_answers() -> None:
    """Technical documents lack a person, a known one, credentials, registration or relation; statements lack nobody."""
    lacks = unanswered(PAPERS, PERSONS).select("document", "person", "lacks").rows()
    assert lacks == [
        ("N1", None, "person"),
        ("E2", "M. Ness", "credentials"),
        ("E2", "M. Ness", "registration"),
        ("E2", "M. Ness", "relation"),
        ("N2", "A. Lorn", "known person"),
    ]


def test_person_as_of_the_day() -> None:
    """Who was a consultant when the first estimate was published is an employee at the second."""
    parts = statement_parts(PAPERS, PERSONS).filter(pl.col("person") == "R. Calder")
    assert parts.select("document", "credentials", "relation").rows() == [
        ("E1", "P.Geo.", "consultant"),
        ("E2", "M.Sc., P.Geo.", "employee"),
    ]


def test_superseded_and_cited() -> None:
    """A citation of what was superseded is found after that day and not before; so is an unknown one."""
    stale = stale_citations(PAPERS).select("document", "cites", "superseded_by", "unknown").rows()
    assert stale == [("N2", "E1", "E2", False), ("N2", "E9", None, True)]
    assert documents_on(PAPERS, date(2011, 12, 31))["superseded_by"].null_count() == 3
    before = dict(previous(PAPERS).select("document", "previous_document").rows())
    assert before["E2"] == "E1"


def test_filing_dates_in_order() -> None:
    """The papers of 2011: October 25 before November 14 before November 22, its own day (H-DOCDATE)."""
    rows = pl.DataFrame(
        {
            "document": ["technical report", "quarter", "drilling"],
            "published_day": [date(2011, 11, 22), date(2011, 11, 14), date(2011, 10, 25)],
            "as_of_day": [date(2011, 11, 22), date(2011, 9, 30), None],
        }
    )
    stood = documents_on(rows, date(2011, 12, 31))
    assert stood["document"].to_list() == ["drilling", "quarter", "technical report"]
    assert documents_on(rows, date(2011, 11, 14)).height == 2


# --- in a book -------------------------------------------------------------------------------------------------------

FILES = {
    "interests": "property,holder,from_day,interest\nHob Lake,Tor Mines,2009-01-01,100\n",
    "earn_ins": "earn_in,property,owner,earner,signed_day,currency\nHob,Hob Lake,Tor Mines,Ness,2010-07-01,CAD\n",
    "earn_in_stages": "earn_in,stage,interest\nHob,1,35\nHob,2,15\n",
    "earn_in_terms": (
        "earn_in,stage,term,kind,amount,by_day,counted,binding\n"
        "Hob,1,first,spending,14000000,2012-03-31,stage,option\nHob,2,further,spending,6000000,2013-03-31,stage,option\n"
    ),
    "earn_in_events": (
        "earn_in,day,event,amount,status\nHob,2011-06-30,spent,12500000,\nHob,2011-06-30,spent,500000,\n"
        "Hob,2012-02-01,spent,1000000,planned\n"
    ),
    "milestone_dates": "property,milestone,said_on,status,date,after\nHob Lake,mill,2011-11-14,planned,2012,permit\n",
    "permits": "property,permit,said_on,state,date\nHob Lake,permit,2011-11-14,applied,by year end\n",
    "royalties": "property,royalty,kind,rate\nHob Lake,R,NSR,2\n",
    "documents": "document,kind,published_day\nE1,resource estimate,2009-07-01\n",
    "persons": "person,credentials\nR. Calder,P.Geo.\n",
    "claims_held": "property,claim,area,expires_day\nHob Lake,1,20,2012-03-01\n",
    "towns": "town,region,longitude,latitude\nElkton,BC,-120.3,50.7\n",
    "distances": "property,town,distance,direction,basis\nHob Lake,Elkton,155 km,northeast,road\n",
}
RESULTS = ("interests", "earn_ins", "milestones", "permits", "royalties", "documents", "tenure")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> folder.Book:
    """A book of an option, its milestones and its ground."""
    place = tmp_path_factory.mktemp("tenure")
    made = folder.begin(place / "book", issuer="Tor Mines", properties=["Hob Lake"])
    for table, rows in FILES.items():
        ask("add", put(place, f"{table}.csv", rows), "--table", table, "--book", made.folder).well()
    return made


def test_results_are_made_from_a_book(book: folder.Book) -> None:
    """Every result of tenure is made from its tables, and the same again from the same tables."""
    ask("make", *RESULTS, "--book", book.folder).well()
    steps = len(list((book.folder / "journal").iterdir()))
    ask("make", *RESULTS, "--book", book.folder).well()
    assert len(list((book.folder / "journal").iterdir())) == steps
    due = question(book.folder, "select next_term, shortfall, days_left from earn_ins_now")
    assert due == [{"next_term": "first", "shortfall": 1_000_000.0, "days_left": 138}]
    planned = question(book.folder, "select holder, interest_pct, basis from earn_ins_planned order by holder")
    assert planned == [
        {"holder": "Ness", "interest_pct": 35.0, "basis": "derived"},
        {"holder": "Tor Mines", "interest_pct": 65.0, "basis": "derived"},
    ]
    held = question(book.folder, "select value, unit, holder from interests_figures")
    assert held == [{"value": 100.0, "unit": "%", "holder": "Tor Mines"}]


def test_option_in_sentences(book: folder.Book) -> None:
    """The page of options tells stages, money, the next term and the holders, each number as the tables have it."""
    said = " ".join(ask("make", "options", "--book", book.folder).well().out.split())
    assert "Ness may earn up to 50% of Hob Lake from Tor Mines" in said
    assert "Stage 1 adds 35% for 14 million Canadian dollars" in said
    assert "By March 31, 2012, 138 days on, 14 million Canadian dollars is due (first)" in said
    assert "1 million Canadian dollars is lacking" in said
    assert "Hob Lake was held by Tor Mines (100%)" in said


@pytest.mark.parametrize(
    ("distance", "basis", "remark"),
    [
        ("60 km", "road", "60 km from Houston is less than the straight line of 86.4 km"),
        ("123 km", "straight", "123 km from Houston is said to be straight; the straight line has 86.4 km"),
        ("123 km", "road", ""),
    ],
)
def test_distances_that_cannot_be(tmp_path: Path, distance: str, basis: str, remark: str) -> None:
    """A road shorter than the straight line is told, and a straight line that only a road can be."""
    made = folder.begin(tmp_path / "book", issuer="Tor Mines", properties=["Hob"])
    file = made.folder / "book.toml"
    place = 'name = "Hob"\nlongitude = -127.1781\nlatitude = 53.6811'
    file.write_text(file.read_text(encoding="utf-8").replace('name = "Hob"', place), encoding="utf-8")
    towns = "town,longitude,latitude\nHouston,-126.672,54.398\n"
    ask("add", put(tmp_path, "towns.csv", towns), "--table", "towns", "--book", made.folder).well()
    rows = f"property,town,distance,basis,said_on\nHob,Houston,{distance},{basis},2011-11-14\n"
    ask("add", put(tmp_path, "d.csv", rows), "--table", "distances", "--book", made.folder).well()
    said = ask("make", "tenure", "--book", made.folder).well().said
    assert remark in said
    assert ("straight line" in said) == bool(remark)


def test_no_day_no_result(tmp_path: Path) -> None:
    """A book that tells of no day says what to write; no clock is asked."""
    made = folder.begin(tmp_path / "book", issuer="Tor Mines", properties=["Hob Lake"])
    ask("make", "tenure", "--book", made.folder).refused("no table says a day", "as_of")


def test_toml_and_table_of_interests(tmp_path: Path) -> None:
    """What book.toml says counts where the table is silent; where both speak and differ, the difference is told."""
    made = folder.begin(tmp_path / "book", issuer="Tor Mines", properties=["Hob Lake"])
    file = made.folder / "book.toml"
    more = 'name = "Hob Lake"\ninterest = 60\nholders = { Ness = 40 }\nas_of = 2011-06-30'
    file.write_text(file.read_text(encoding="utf-8").replace('name = "Hob Lake"', more), encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8") + "\n[results.interests]\nas_of = 2012-01-01\n", encoding="utf-8")
    ask("make", "interests", "--book", made.folder).well()
    held = question(
        made.folder,
        "select holder, value from interests_figures order by holder",
    )
    assert held == [{"holder": "Ness", "value": 40.0}, {"holder": "Tor Mines", "value": 60.0}]
    rows = "property,holder,from_day,interest\nHob Lake,Tor Mines,2009-01-01,100\n"
    ask("add", put(tmp_path, "i.csv", rows), "--table", "interests", "--book", made.folder).well()
    said = ask("make", "interests", "--book", made.folder).well().said
    assert "book.toml says that Tor Mines holds 60 per cent on 2011-06-30, the table 100 per cent" in said


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("longitude = 200\nlatitude = 1", "longitude of Hob is 200"),
        ("latitude = 50", "half a point"),
        ("longitude = 1\nlatitude = 1\nextent_km = -1", "extent_km of Hob is -1"),
    ],
)
def test_coordinates_that_are_none(tmp_path: Path, said: str, why: str) -> None:
    """A point that lies nowhere, and half a point, are refused with what to write."""
    made = folder.begin(tmp_path / "book", issuer="Tor Mines", properties=["Hob"])
    file = made.folder / "book.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('name = "Hob"', f'name = "Hob"\n{said}'), encoding="utf-8")
    ask("make", "tenure", "--book", made.folder).refused(why)
