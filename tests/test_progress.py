"""Progress of drilling in small charts: nothing is lost between the table and the columns, and all of it is told."""

import xml.etree.ElementTree as ET
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orebook.reports.charted import Panel, Series
from orebook.reports.drawings.small_columns import small_columns
from orebook.reports.drawings.svg import width_of
from orebook.reports.drilling.progress import drilled_chart, samples_chart

SVG = "{http://www.w3.org/2000/svg}"
DAYS = st.dates().filter(lambda day: day.year > 1900).map(str) | st.none() | st.sampled_from(["soon", "2011", ""])


def collars(*rows: tuple[float | None, str | None, str | None]) -> pl.DataFrame:
    """Holes: length, day of their end, how they were drilled."""
    names = {"depth_m": pl.Float64, "ended": pl.String, "type": pl.String}
    return pl.DataFrame(list(rows), names, orient="row").with_columns(hole=pl.lit("A"))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.floats(1, 900) | st.none(), DAYS, st.sampled_from([*"ABCDEF", None])), max_size=30))
def test_every_metre_stands_in_a_column(rows: list[tuple[float | None, str | None, str | None]]) -> None:
    """Whenever and however holes were drilled, the columns add up to all lengths, in at most seventeen times."""
    chart = drilled_chart(collars(*rows), "m")
    known = sum(length for length, *_ in rows if length is not None)
    if chart is None:
        assert not any(length is not None and said and said[4:5] == "-" for length, said, _ in rows)
        return
    (panel,) = chart.panels
    assert sum(value or 0.0 for series in panel.series for value in series.values) == pytest.approx(known)
    assert len(panel.categories) <= 18 and len(panel.series) <= 4
    times = [name for name in panel.categories if name[:1].isdigit()]
    assert times == sorted(times) and len(set(panel.categories)) == len(panel.categories)
    small_columns(panel)


@pytest.mark.parametrize(
    ("days", "names"),
    [
        (("2011-02-03", "2011-04-01"), ("2011-02", "2011-03", "2011-04")),
        (("2010-11-03", "2012-01-01"), ("2010-Q4", "2011-Q1", "2011-Q2", "2011-Q3", "2011-Q4", "2012-Q1")),
        (("2006-11-03", "2010-01-01"), ("2006", "2007", "2008", "2009", "2010")),
        (("1980-11-03", "2010-01-01", None), ("to 1994", *map(str, range(1995, 2011)), "no day")),
    ],
)
def test_times_are_as_long_as_the_drilling(days: tuple[str, ...], names: tuple[str, ...]) -> None:
    """Months, quarters or years without gaps; the oldest are one, and holes without a day stand by themselves."""
    chart = drilled_chart(collars(*((10.0, day, None) for day in days)), "m")
    assert chart is not None and chart.panels[0].categories == names


def test_without_days_programmes_are_told() -> None:
    """Where no day is said, a programme is a time; without either nothing is drawn; lost lengths are counted."""
    table = collars((50.0, None, None), (70.0, None, None), (None, None, None))
    assert drilled_chart(table, "m") is None
    chart = drilled_chart(table.with_columns(programme=pl.Series(["Spring", None, "Spring"])), "m")
    assert chart is not None and chart.panels[0].categories == ("Spring", "none")
    assert chart.caption.endswith("1 hole has no length.")


def test_samples_by_certificate_tell_controls_and_what_is_left_out() -> None:
    """The last certificates by their day; controls in per cent of all; samples of no certificate are counted."""
    rows = [(f"C{at:02d}", "Standard" if at % 10 == 0 else "Original", f"2011-01-{31 - at:02d}") for at in range(30)]
    names = ["certificate", "type", "date"]
    chart = samples_chart(pl.DataFrame([*rows, (None, "Original", None)], names, orient="row"))
    assert chart is not None and chart.panels[0].categories == tuple(f"C{at:02d}" for at in range(23, -1, -1))
    said = "The last 24 of 30 certificates. 10.0 % of all are standards, blanks or duplicates. 1 sample is of no"
    assert chart.caption == f"{said} certificate."
    assert samples_chart(pl.DataFrame({"hole": ["A"]})) is None


@example(["0"], [1.1e-308, *[None] * 89], 1, False)
@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.text("abcdefgh-01", min_size=1, max_size=16), min_size=1, max_size=30, unique=True),
    st.lists(st.floats(0, 1e6) | st.none(), min_size=90, max_size=90),
    st.integers(1, 3),
    st.booleans(),
)
def test_small_columns_stay_in_their_card(
    names: list[str], values: list[float | None], many: int, stacked: bool
) -> None:
    """However many columns, names stand apart and nothing leaves the card; what is told holds every figure."""
    series = tuple(
        Series(f"S{at}" if many > 1 else "", tuple(values[at * 30 : at * 30 + len(names)])) for at in range(many)
    )
    drawn = small_columns(Panel("stacked" if stacked else "bars", "T", "m", tuple(names), series, 0))
    tree = ET.fromstring(drawn.svg())
    for each in tree.iter(f"{SVG}rect"):
        x, y, wide, high = (float(each.get(name, "0")) for name in ("x", "y", "width", "height"))
        assert x >= 0 and y >= 0 and x + wide <= drawn.width + 0.01 and y + high <= drawn.height + 0.01
    below = [each for each in tree.iter(f"{SVG}text") if each.get("class") == "quiet small middle"]
    ends = [(float(each.get("x", "0")), width_of(each.text or "", 11) / 2) for each in below]
    assert ends and all(x + half <= after - far + 0.1 for (x, half), (after, far) in pairwise(ends))
    assert all(f"{value:,.0f}" in drawn.title for one in series for value in one.values if value is not None)
