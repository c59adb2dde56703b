"""Earn-ins: published agreements run through the machine, and laws that hold for any of them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orebook.disciplines.tenure.earn_in_course import Course, course, courses_on
from orebook.disciplines.tenure.earn_in_data import Agreement, Event, Term, agreements, events_of, moves
from orebook.disciplines.tenure.earn_in_holdings import holding_on, holdings
from orebook.disciplines.tenure.earn_ins import costs, courses, refusals, states, terms_on

END = date(2030, 1, 1)

# --- Ruddock Creek, as a release of October 2011 tells it; the day of signing is ours ---------------------------------

RUDDOCK = agreements(
    pl.DataFrame(
        {
            "earn_in": ["RC"],
            "property": ["Ruddock Creek"],
            "owner": ["Imperial"],
            "earner": ["Mitsui and Itochu"],
            "signed_day": [date(2010, 7, 1)],
            "currency": ["$"],
        }
    ),
    pl.DataFrame({"earn_in": "RC", "stage": [1, 2], "interest_pct": [35.0, 15.0]}),
    pl.DataFrame(
        {
            "earn_in": "RC",
            "stage": [1, 2],
            "kind": "spending",
            "amount": [14.0, 6.0],
            "by_day": [date(2012, 3, 31), date(2013, 3, 31)],
            "counted": "stage",
        }
    ),
    pl.DataFrame({"earn_in": "RC", "stage": 2, "holder": ["Mitsui", "Itochu"], "interest_pct": [30.0, 20.0]}),
)


def ran(
    known: dict[str, Agreement], *rows: tuple[Any, ...], until: date = END, planned: bool = False
) -> dict[str, Course]:
    """The courses of agreements after rows of events: day, event, and what else there is by name."""
    name = next(iter(known))
    frame = pl.DataFrame([{"earn_in": name, "day": day, "event": kind, **more} for day, kind, more in rows])
    return courses(known, events_of(frame, planned=planned) if frame.height else {}, until)


def shares(run: dict[str, Course], day: date, interests: pl.DataFrame | None = None) -> dict[str, float]:
    """Who holds what on a day."""
    return dict(holding_on(holdings(run, interests), day).select("holder", "interest_pct").rows())


def test_ruddock_creek_stages() -> None:
    """35 + 15 = 50 per cent for 14 + 6 = 20 million, 0.4 million a point in both stages (E-SUM, E-SPEND, E-RATE)."""
    table = costs(RUDDOCK).select("held_after_pct", "spending", "spending_after", "per_point").rows()
    assert table == [(35.0, 14.0, 14.0, 0.4), (50.0, 6.0, 20.0, 0.4)]
    assert costs(RUDDOCK)["currency"].to_list() == ["$", "$"]  # the release names no currency, so there is none


def test_ruddock_creek_holders() -> None:
    """100 before (presumed), 65 and 35 after stage one (not divided), 50 + 30 + 20 after stage two (systems 42)."""
    run = ran(
        RUDDOCK,
        (date(2011, 6, 30), "spent", {"amount": 14.0}),
        (date(2011, 8, 1), "elect", {}),
        (date(2012, 5, 31), "spent", {"amount": 6.0}),
    )
    table = holdings(run)
    assert shares(run, date(2010, 7, 1)) == {"Imperial": 100.0}
    assert table.filter(pl.col("from_day") == date(2010, 7, 1))["basis"].to_list() == ["presumed"]
    assert shares(run, date(2011, 6, 29)) == {"Imperial": 100.0}
    assert shares(run, date(2011, 6, 30)) == {"Imperial": 65.0, "Mitsui and Itochu": 35.0}
    note = table.filter(pl.col("holder") == "Mitsui and Itochu")["note"][0]
    assert note == "how Mitsui and Itochu divide it is not stated"
    assert shares(run, date(2012, 5, 31)) == {"Imperial": 50.0, "Mitsui": 30.0, "Itochu": 20.0}


def test_owner_before_is_stated_where_the_book_says_it() -> None:
    """Where the table of interests says what the owner had, nothing is presumed."""
    said = {"property": ["Ruddock Creek"], "holder": ["Imperial"], "interest_pct": [100.0], "from_day": ["2009-01-01"]}
    run = ran(RUDDOCK, (date(2011, 6, 30), "spent", {"amount": 14.0}))
    assert set(holdings(run, pl.DataFrame(said)).filter(pl.col("holder") == "Imperial")["basis"]) == {
        "stated",
        "derived",
    }


def test_ruddock_creek_next_obligation() -> None:
    """On a day the next thing due, what is lacking and how many days are left are said."""
    run = ran(RUDDOCK, (date(2011, 6, 30), "spent", {"amount": 12.5}), until=date(2011, 10, 25))
    row = terms_on(run).filter("next").row(0, named=True)
    assert (row["due_day"], row["done"], row["shortfall"], row["days_left"]) == (date(2012, 3, 31), 12.5, 1.5, 158)
    assert terms_on(run)["status"].to_list() == ["open", "not begun"]


def test_planned_spending() -> None:
    """Under planned spending the interest of a later date is told, and said to be planned."""
    rows = (
        (date(2011, 6, 30), "spent", {"amount": 12.5, "status": None}),
        (date(2012, 2, 1), "spent", {"amount": 1.5, "status": "planned"}),
    )
    assert shares(ran(RUDDOCK, *rows), date(2012, 3, 1)) == {"Imperial": 100.0}
    run = ran(RUDDOCK, *rows, planned=True)
    assert shares(run, date(2012, 3, 1)) == {"Imperial": 65.0, "Mitsui and Itochu": 35.0}
    assert holdings(run).filter(pl.col("from_day") == date(2012, 2, 1))["planned"].to_list() == [True, True]


def test_a_day_late_is_late() -> None:
    """A condition that is met the day after its deadline is not met; the option has lapsed by then.

    Conditions of options are read strictly: American Creek Resources v. Teuton Resources, 2015 BCCA 170.
    """
    run = ran(RUDDOCK, (date(2012, 4, 1), "spent", {"amount": 14.0}))
    assert [step.state for step in run["RC"].steps][-1] == "lapsed"
    assert shares(run, END) == {"Imperial": 100.0}
    assert terms_on(run)["status"].to_list() == ["missed", "closed"]


def test_other_currency_does_not_count() -> None:
    """Nothing is converted in silence: an amount in a currency that the agreement does not count is named."""
    run = ran(RUDDOCK, (date(2011, 6, 30), "spent", {"amount": 14.0, "currency": "USD"}), until=date(2011, 12, 31))
    assert [step.state for step in run["RC"].steps] == ["signed", "in option"]
    assert refusals(run).select("currency", "why").rows() == [("USD", "no term counts this currency")]


# --- Sierra Mojada: South32 and Silver Bull, June 2018 (handbook 14; notes to the financial statements of Silver Bull)


def sierra_mojada() -> dict[str, Agreement]:
    """At least US$3, 6, 8 and 10 million by the ends of four years; 70 per cent for US$100 million less that."""
    schedule = [("spending", amount, 12 * year) for year, amount in enumerate((3.0, 6.0, 8.0, 10.0), 1)]
    rows = [
        {"earn_in": "SM", "stage": 1, "term": f"year {number}", "kind": kind, "amount": amount, "months": months,
         "counted": "start", "binding": "option"}
        for number, (kind, amount, months) in enumerate(schedule, 1)
    ]  # fmt: skip
    exercise = {"earn_in": "SM", "stage": 2, "counted": "start", "binding": "option"}
    rows.append({**exercise, "term": "subscription", "kind": "contribution", "amount": 100.0, "months": None})
    rows.append({**exercise, "term": "antitrust", "kind": "approval", "amount": None, "months": None})
    head = {"earn_in": ["SM"], "property": ["Sierra Mojada"], "owner": ["Silver Bull"], "earner": ["South32"]}
    return agreements(
        pl.DataFrame({**head, "signed_day": [date(2018, 6, 1)], "currency": ["USD"]}),
        pl.DataFrame({"earn_in": "SM", "stage": [1, 2], "interest_pct": [0.0, 70.0]}),
        pl.DataFrame(rows),
    )


def test_sierra_mojada_force_majeure_and_end() -> None:
    """From the notice of force majeure deadlines stand still until the end of the agreement, and nothing was earned."""
    rows = (
        (date(2019, 5, 31), "spent", {"amount": 3.1}),
        (date(2019, 10, 11), "force majeure", {}),
        (date(2022, 8, 31), "terminate", {}),
    )
    run = ran(sierra_mojada(), *rows, until=date(2022, 8, 30))
    steps = states(run).select("day", "state", "year").rows()
    assert steps[-1] == (date(2019, 10, 11), "force majeure", 2)
    due = terms_on(run).filter(pl.col("term") == "year 2")
    stood_still = date(2022, 8, 30) - date(2019, 10, 11)
    assert due["due_day"].to_list() == [date(2020, 6, 1) + stood_still]
    assert due["status"].to_list() == ["open"]
    over = ran(sierra_mojada(), *rows)
    assert states(over)["state"].to_list()[-1] == "terminated"
    assert shares(over, END) == {"Silver Bull": 100.0}


def test_sierra_mojada_exercise() -> None:
    """What was funded before counts towards the hundred million; then the property is held 70 to 30."""
    rows = [(date(2018 + year, 5, 1), "spent", {"amount": amount}) for year, amount in ((1, 3.0), (2, 3.0), (3, 4.0))]
    rows += [(date(2021, 9, 1), "elect", {}), (date(2021, 12, 1), "contributed", {"amount": 89.99})]
    rows += [(date(2022, 1, 10), "approved", {"what": "antitrust"})]
    run = ran(sierra_mojada(), *rows)
    lacking = terms_on(run).filter(pl.col("term") == "subscription")["shortfall"][0]
    assert round(lacking, 2) == 0.01
    run = ran(sierra_mojada(), *rows, (date(2022, 2, 1), "contributed", {"amount": 0.01}))
    assert shares(run, END) == {"Silver Bull": 30.0, "South32": 70.0}
    assert costs(sierra_mojada()).select("spending", "spending_after").rows() == [(10.0, 10.0), (90.0, 100.0)]


def test_sierra_mojada_schedule() -> None:
    """Two million in the first year are a million short of its three, so the option lapses on the day after."""
    run = ran(sierra_mojada(), (date(2019, 3, 1), "spent", {"amount": 2.0}))
    assert states(run).select("day", "state").rows()[-1] == (date(2019, 6, 2), "lapsed")


# --- Rattlesnake Hills: Newcrest and GFG, September 2018 (handbook 14; their announcement of that month) --------------


def rattlesnake_hills() -> dict[str, Agreement]:
    """Stages to 75 per cent: an option phase, cash at each entry, least spending by year, a study as condition."""
    terms = [
        (1, "cash", 0.1, 0, "", "stage", ""),
        (1, "spending", 2.6, 18, "", "stage", ""),
        (2, "cash", 0.5, 1, "", "stage", ""),
        *((2, "spending", float(year), 12 * year, f"least of year {year}", "stage", "") for year in (1, 2, 3)),
        (2, "spending", 14.0, 48, "", "stage", ""),
        (3, "cash", 0.65, 1, "", "stage", ""),
        (4, "study", None, 24, "preliminary economic assessment", "stage", ""),
        (6, "spending", 80.0, 24, "", "stage", "study or spending"),
        (6, "study", None, 24, "feasibility study", "stage", "study or spending"),
    ]
    names = ("stage", "kind", "amount", "months", "what", "counted", "either")
    rows = [{"earn_in": "RH", **dict(zip(names, term, strict=True))} for term in terms]
    head = {"earn_in": ["RH"], "property": ["Rattlesnake Hills"], "owner": ["GFG"], "earner": ["Newcrest"]}
    return agreements(
        pl.DataFrame({**head, "signed_day": [date(2018, 9, 9)], "currency": ["USD"]}),
        pl.DataFrame({"earn_in": "RH", "stage": range(1, 7), "interest_pct": [0.0, 49.0, 2.0, 4.0, 5.0, 15.0]}),
        pl.DataFrame(rows),
    )


def test_rattlesnake_hills_option_extended() -> None:
    """Eighteen months from September 9, 2018 are March 9, 2020; the parties moved that to May 1."""
    rows = ((date(2018, 9, 9), "paid", {"amount": 0.1}), (date(2019, 12, 31), "spent", {"amount": 2.0}))
    run = ran(rattlesnake_hills(), *rows, until=date(2020, 2, 19))
    row = terms_on(run).filter("next").row(0, named=True)
    assert (row["due_day"], row["days_left"], round(row["shortfall"], 2)) == (date(2020, 3, 9), 19, 0.6)
    more = (*rows, (date(2020, 2, 20), "extend", {"until_day": date(2020, 5, 1)}))
    run = ran(rattlesnake_hills(), *more, until=date(2020, 3, 31))
    assert states(run)["state"].to_list() == ["signed", "in option", "extended"]
    assert terms_on(run).filter("next")["due_day"].to_list() == [date(2020, 5, 1)]


def test_rattlesnake_hills_to_seventy_five() -> None:
    """The stages give 49, 51, 55, 60 and 75 per cent; of two alternatives in the last stage the study is enough."""
    rows = [(date(2018, 9, 9), "paid", {"amount": 0.1}), (date(2019, 12, 31), "spent", {"amount": 2.6})]
    rows += [(date(2020, 1, 15), "elect", {}), (date(2020, 2, 1), "paid", {"amount": 0.5})]
    rows += [(date(2020 + year, 12, 31), "spent", {"amount": 4.7}) for year in range(3)]
    rows += [(date(2023, 1, 10), "elect", {}), (date(2023, 1, 20), "paid", {"amount": 0.65})]
    rows += [(date(2023, 2, 1), "elect", {})]
    rows += [(date(2024, 6, 1), "filed", {"what": "Preliminary economic assessment"})]
    rows += [(date(2024, 7, 1), "elect", {}), (date(2024, 7, 1), "vest", {})]
    rows += [(date(2024, 8, 1), "elect", {}), (date(2026, 7, 31), "filed", {"what": "Feasibility study"})]
    run = ran(rattlesnake_hills(), *rows)
    assert refusals(run).height == 0
    vested = states(run).filter(pl.col("state") == "vested")["earned_pct"].to_list()
    assert vested == [0.0, 49.0, 51.0, 55.0, 60.0, 75.0]
    assert shares(run, END) == {"GFG": 25.0, "Newcrest": 75.0}
    spared = terms_on(run).filter(pl.col("status") == "spared")
    assert spared.select("kind", "needed").rows() == [("spending", 80.0)]


# --- the machine -----------------------------------------------------------------------------------------------------


def test_vesting_that_is_only_said() -> None:
    """Somebody who says that a stage vested before its terms are met is not believed, and told which is lacking."""
    run = ran(RUDDOCK, (date(2011, 6, 30), "vest", {}), until=date(2011, 12, 31))
    assert refusals(run).select("event", "why").rows() == [("vest", "spending (1) was not done in time")]


def test_window_of_the_next_stage() -> None:
    """The next stage can be taken on only inside its window."""
    terms = (Term(1, "first", "spending", 1.0, counted="start"), Term(2, "second", "spending", 2.0, counted="start"))
    one = Agreement("A", "P", "O", "E", date(2020, 1, 1), stages={1: 30.0, 2: 20.0}, windows={2: 3}, terms=terms)
    spent = Event(date(2020, 2, 1), "spent", 1.0)
    late = course(one, [spent, Event(date(2020, 5, 2), "elect")], END)
    assert [why for _, why in late.refused] == ["the window for stage 2 closed on 2020-05-01"]
    assert course(one, [spent, Event(date(2020, 5, 1), "elect")], END).now == late.steps[-1]._replace(
        day=date(2020, 5, 1), state="elected", stage=2, cause="elect"
    )


def test_every_state_can_be_reached_and_ends() -> None:
    """Each state of the machine is made by some event, and no event leads out of the table of states."""
    made = {move.becomes for move in moves()} - {"before"} | {"signed"}
    assert {move.state for move in moves()} <= made
    assert {"joint venture", "diluted", "royalty", "terminated", "force majeure", "extended"} <= made
    assert all(
        any(move.state == state and move.event == "terminate" for move in moves())
        for state in made - {"terminated", "royalty"}
    )


days = st.integers(0, 900).map(lambda number: date(2010, 7, 1) + timedelta(days=number))


@st.composite
def happening(draw: st.DrawFn) -> Event:
    """Something that might be written down about an agreement, possible or not."""
    kind = draw(st.sampled_from(["spent", "elect", "extend", "force_majeure", "resume", "terminate", "form", "vest"]))
    amount = draw(st.integers(0, 800)) / 100 if kind == "spent" else None
    return Event(draw(days), kind, amount, until=draw(days) if kind == "extend" else None)


happenings = st.lists(happening(), max_size=12)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(happenings, st.randoms())
def test_order_of_rows_does_not_matter(some: list[Event], dice: Any) -> None:
    """Whatever happened, the course depends on days, not on the order in which somebody wrote rows down."""
    frame = pl.DataFrame(
        [
            {"earn_in": "RC", "day": one.day, "event": one.kind, "amount": one.amount, "until_day": one.until}
            for one in some
        ],
        {"earn_in": pl.String, "day": pl.Date, "event": pl.String, "amount": pl.Float64, "until_day": pl.Date},
    )
    shuffled = frame.sample(fraction=1.0, shuffle=True, seed=dice.randrange(1000)) if frame.height else frame
    runs = [courses(RUDDOCK, events_of(each), END) for each in (frame, shuffled)]
    assert states(runs[0]).equals(states(runs[1]))
    assert terms_on(runs[0]).equals(terms_on(runs[1]))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(happenings, st.lists(days, max_size=6), st.integers(0, 40))
def test_one_run_tells_every_day(some: list[Event], asked: list[date], signed: int) -> None:
    """One run of the machine tells of many days what runs up to each of them tell, before the signing as well."""
    wanted = sorted({*asked, *(event.day for event in some), *(event.day + timedelta(days=1) for event in some)})
    one = replace(RUDDOCK["RC"], start=date(2010, 7, 1), signed=date(2010, 7, 1) + timedelta(days=signed))
    known = replace(one, terms=tuple(replace(term, cure_days=3, either="x") for term in one.terms))
    for each in (one, known):
        assert list(courses_on(each, some, wanted)) == [course(each, some, day) for day in wanted]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(happenings)
def test_parts_make_the_whole_on_every_day(some: list[Event]) -> None:
    """On every day the interests of all parties make a hundred."""
    run = {"RC": course(RUDDOCK["RC"], some, END)}
    sums = holdings(run).group_by("from_day").agg(pl.col("interest_pct").sum())
    assert set(sums["interest_pct"]) <= {100.0}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(happenings, days, st.integers(1, 5_00))
def test_more_spending_never_earns_less(some: list[Event], day: date, more: int) -> None:
    """Who spends more, with all else the same, has earned at least as much at the end of it and lacks no more."""
    calm = [one for one in some if one.kind == "spent"]
    less = course(RUDDOCK["RC"], calm, END)
    richer = course(RUDDOCK["RC"], [*calm, Event(day, "spent", more / 100)], END)
    assert set(less.vested) <= set(richer.vested)
    for term in less.terms:
        assert richer.terms[term].done >= less.terms[term].done
