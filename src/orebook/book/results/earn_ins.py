"""Earn-ins: the state of each option, what is due next and what is lacking, and who holds what now and as planned."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.rests import Rest, rests
from orebook.book.tenures import figures, interests, told_until
from orebook.disciplines.tenure.earn_in_course import Course
from orebook.disciplines.tenure.earn_in_data import Agreement, Event, agreements, events_of
from orebook.disciplines.tenure.earn_in_holdings import holding_on, holdings
from orebook.disciplines.tenure.earn_in_periods import spent, stands
from orebook.disciplines.tenure.earn_ins import costs, courses, refusals, states, terms_on

_EMPTY = pl.DataFrame()


def make(bench: Bench) -> Made:
    """Every earn-in on a day: state, next term, shortfall, interests, costs of a point, and what is planned."""
    day, why = told_until(bench, "earn_ins")
    bench.need("earn_ins", "earn-ins")
    known, events = earn_ins(bench), _table(bench, "earn_in_events")
    happened = events_of(events)
    run = courses(known, happened, day)
    held = interests(bench)
    terms, shares = terms_on(run), holdings(run, held)
    parts = {
        "earn_ins_now": _summary(run, terms),
        "earn_ins_terms": terms,
        "earn_ins_states": states(run),
        "earn_ins_interests": shares,
        "earn_ins_planned": _planned(known, events, held, day),
        "earn_ins_costs": costs(known),
        "earn_ins_stands": stands(known, happened, day),
        "earn_ins_spent": spent(known, happened, day, bench.settings.fiscal_year_end),
        **_rests(),
        "earn_ins_refused": refusals(run),
        "earn_ins_figures": _figures(shares, costs(known), day),
    }
    return Made(parts, {"earn_ins": dict(bench.said("earn_ins"))}, (why, *_remarks(shares, terms)))


def earn_ins(bench: Bench) -> dict[str, Agreement]:
    """The agreements of a book, with their stages, terms and splits."""
    tables = [_table(bench, name) for name in ("earn_ins", "earn_in_stages", "earn_in_terms", "earn_in_parties")]
    return agreements(*tables)


def _table(bench: Bench, name: str) -> pl.DataFrame:
    found = bench.table(name)
    return found if found is not None else _EMPTY


def _summary(run: Mapping[str, Course], terms: pl.DataFrame) -> pl.DataFrame:
    """One row for each agreement: where it stands, and what is due first."""
    last = states(run).group_by("earn_in", maintain_order=True).last()
    due = terms.filter("next").unique("earn_in", keep="first", maintain_order=True)
    columns = ["earn_in", "stage", "term", "kind", "binding", "due_day", "days_left", "needed", "done", "shortfall"]
    joined = last.join(due.select(*columns, "currency"), on="earn_in", how="left", suffix="_due")
    parties = [(name, one.agreement.owner, one.agreement.earner) for name, one in run.items()]
    who = pl.DataFrame(parties, dict.fromkeys(("earn_in", "owner", "earner"), pl.String), orient="row")
    told = joined.join(who, on="earn_in", how="left", maintain_order="left")
    return told.drop("cause", "planned", "stage_due").rename({"day": "since", "term": "next_term"})


def _planned(known: Mapping[str, Agreement], events: pl.DataFrame, held: pl.DataFrame, day: date) -> pl.DataFrame:
    """Who would hold what if all that is planned after the day happened as planned."""
    everything = events_of(events, planned=True)
    ahead: dict[str, list[Event]] = {
        name: [event for event in some if not event.planned or event.day > day] for name, some in everything.items()
    }
    last = max((event.day for some in ahead.values() for event in some), default=day)
    return holdings(courses(known, ahead, max(last, day)), held).filter("planned")


def _rests() -> dict[str, pl.DataFrame]:
    """What spending of a period and the standing of a day rest on."""
    same, words = {"earn_in": "earn_in"}, "what was spent, added"
    paid = Rest("", "earn_in_events", ("event", "amount"), same=same, days=("day",), words=words)
    so_far = Rest(
        "", "earn_in_events", ("event", "amount"), same=same, days=("day",), span="any", words="up to the day"
    )
    columns = ("term", "kind", "amount", "by_day")
    asked = Rest("", "earn_in_terms", columns, same={**same, "stage": "stage"}, span="any")
    return {"earn_ins_spent_rests": rests(paid), "earn_ins_stands_rests": rests(asked, so_far)}


def _figures(shares: pl.DataFrame, points: pl.DataFrame, day: date) -> pl.DataFrame:
    """Interests of the day and costs of each stage as tidy figures."""
    now = figures(
        holding_on(shares, day),
        day,
        measure=pl.lit("tenure.interest"),
        subject=pl.col("property"),
        basis=pl.col("basis"),
        value=pl.col("interest_pct"),
        unit=pl.lit("%"),
        holder=pl.col("holder"),
    )
    said = {"option_interest": "interest_pct", "option_spending": "spending"}
    stages = [
        figures(
            points,
            day,
            measure=pl.lit(f"tenure.{measure}"),
            subject=pl.col("property"),
            value=pl.col(column),
            unit=pl.lit("%") if column == "interest_pct" else pl.col("currency"),
            stage=pl.col("stage"),
        )
        for measure, column in said.items()
    ]
    return pl.concat([now, *stages])


def _remarks(shares: pl.DataFrame, terms: pl.DataFrame) -> tuple[str, ...]:
    """What nobody has said and a release should: the interest before, the split, whether a term is an obligation."""
    notes = shares.filter(pl.col("note") != "").select("earn_in", "note").unique(maintain_order=True)
    found = [f"{name}: {note}" for name, note in notes.rows()]
    unsaid = terms.filter(pl.col("binding").is_null())["earn_in"].unique(maintain_order=True)
    found += [f"{name}: not every term says whether it is an option or a commitment" for name in unsaid]
    return tuple(found)
