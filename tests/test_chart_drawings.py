"""Charts drawn: nothing lies over another, nothing is cut off, gaps stay gaps, whatever the numbers."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.reports.charted import Chart, Due, Kind, Panel, Series, Timeline
from orebook.reports.drawings.axes import numbers
from orebook.reports.drawings.charts import chart_drawing
from orebook.reports.drawings.placing import Box
from orebook.reports.drawings.svg import Drawing, colours, width_of

NARROWER = 0.9
"""Letters are a little narrower than they are taken to be."""

SVG = "{http://www.w3.org/2000/svg}"


def shift(node: ET.Element) -> tuple[float, float]:
    """How far a part is moved."""
    moved = node.get("transform", "")
    if not moved.startswith("translate("):
        return 0.0, 0.0
    x, y = moved[10:-1].split()
    return float(x), float(y)


def labels(node: ET.Element, x: float = 0.0, y: float = 0.0) -> list[tuple[str, Box]]:
    """Every word of a drawing with the room that it takes."""
    right, down = shift(node)
    x, y = x + right, y + down
    found = [each for child in node for each in labels(child, x, y)]
    if node.tag == f"{SVG}text" and node.text:
        classes = (node.get("class") or "").split()
        wide = width_of(node.text, 11 if "small" in classes else 12) * NARROWER
        at = x + float(node.get("x", 0)) - (wide if "end" in classes else wide / 2 if "middle" in classes else 0)
        top = y + float(node.get("y", 0)) - 9
        found.append((node.text, Box(at, top, at + wide, top + 11)))
    return found


def tidy(drawing: Drawing) -> None:
    """Fail where two words meet, or one leaves the drawing."""
    told = labels(ET.fromstring(drawing.svg(ground="light")))
    for at, (said, box) in enumerate(told):
        assert box.left >= -1 and box.right <= drawing.width + 1 and box.bottom <= drawing.height + 1, said
        for other, place in told[at + 1 :]:
            assert not box.meets(place), (said, other)


def chart(kind: Kind, categories: tuple[str, ...], *series: Series) -> Drawing:
    """One panel as a drawing."""
    panel = Panel(kind, "What is shown", "million pounds", categories, series)
    return chart_drawing([Chart("c", "Chart", (panel,), "A caption.")])


MONTHS = tuple(f"{2008 + at // 12}-{at % 12 + 1:02d}" for at in range(48))
values = st.one_of(st.none(), st.floats(-1e6, 1e6).map(lambda value: round(value, 2)), st.just(0.0))


@pytest.mark.parametrize("kind", ["bars", "stacked", "lines"])
@settings(deadline=None, max_examples=12)
@given(data=st.data(), count=st.integers(1, 48), many=st.integers(1, 4))
def test_no_word_lies_over_another(kind: Kind, data: st.DataObject, count: int, many: int) -> None:
    """Any values, of either sign or missing, in one period or in forty-eight, for one series or four."""
    series = [
        Series(f"Mine {at}", tuple(data.draw(st.lists(values, min_size=count, max_size=count)))) for at in range(many)
    ]
    tidy(chart(kind, MONTHS[:count], *series))


@settings(deadline=None, max_examples=12)
@given(st.lists(st.floats(-500, 500).map(lambda value: round(value, 1)), min_size=1, max_size=7))
def test_a_bridge_is_tidy_and_arrives(changes: list[float]) -> None:
    """A waterfall has a column for each step, and none of its words meet."""
    names = ("Net income", *("Unrealized gains and losses on derivative instruments" for _ in changes), "Adjusted")
    drawn = chart("waterfall", names, Series("", (10.0, *changes, 10.0 + sum(changes))))
    tidy(drawn)
    assert drawn.body.count('class="column') == len(names)


def test_a_missing_value_is_a_gap() -> None:
    """No column stands for it, and a line is broken there; nought has a column of its own."""
    gap = Series("A", (1.0, None, 3.0, 4.0))
    assert chart("bars", MONTHS[:4], gap).body.count('class="column') == 3
    lines = chart("lines", MONTHS[:4], gap).body
    assert lines.count('class="mark') == 3 + 1 and lines.count("series0-line") == 1
    assert chart("lines", MONTHS[:3], Series("A", (None, None, None))).body.count("series0-line") == 0


@pytest.mark.parametrize("count", [1, 12])
def test_guidance_is_tidy(count: int) -> None:
    """Ranges with long names, with an end missing, and with nothing so far."""
    names = tuple(f"A mine with a name that is very long indeed, {2010 + at}" for at in range(count))
    low = Series("low", tuple(40.0 if at % 3 else None for at in range(count)))
    high = Series("high", tuple(46.0 if at % 3 else None for at in range(count)))
    tidy(chart("ranges", names, low, high, Series("so far", tuple(12.5 if at % 2 else None for at in range(count)))))


days = st.dates(date(2010, 1, 1), date(2018, 1, 1))


@settings(deadline=None, max_examples=12)
@given(days, st.integers(30, 2000), st.lists(st.integers(1, 3000), max_size=5, unique=True), st.floats(0.1, 90.0))
def test_an_option_over_time_is_tidy(first: date, length: int, due: list[int], amount: float) -> None:
    """Whatever the days: the words of deadlines stand clear of what was spent and of one another."""
    until = first + timedelta(days=length)
    spent = ((first, 0.0), (first + timedelta(days=length // 2), amount), (until, amount * 1.5))
    stages = tuple(
        Due(first + timedelta(days=after), amount * (at + 1), f"stage {at + 1}, 15% by {first + timedelta(days=after)}")
        for at, after in enumerate(sorted(due))
    )
    holders = {"Tor": ((first, 100.0), (spent[1][0], 65.0)), "Ness": ((spent[1][0], 35.0),)}
    told = Timeline("Hob Lake: option of Ness", "million Canadian dollars", first, until, spent, stages, holders)
    tidy(chart_drawing([Chart("earn_ins", "Options", (), "A caption.", (told,))]))


@given(st.lists(st.floats(-1e9, 1e9).filter(lambda value: value == 0 or abs(value) > 1e-6), min_size=1), st.booleans())
def test_a_scale_holds_its_values(found: list[float], nought: bool) -> None:
    """Every value lies on the axis, and columns see nought."""
    scale = numbers(found, nought=nought)
    reach = (scale.high - scale.low) * 1e-9
    assert scale.low - reach <= min(found) and max(found) <= scale.high + reach and scale.low < scale.high
    assert not nought or scale.low <= 0 <= scale.high


def test_a_chart_has_both_grounds() -> None:
    """Every colour of a chart is in the palette, for a light and for a dark page."""
    drawn = chart("bars", MONTHS[:3], *(Series(f"S{at}", (1.0, 2.0, 3.0)) for at in range(9)))
    used = {word for node in ET.fromstring(drawn.svg()).iter() for word in (node.get("class") or "").split()}
    assert {name for name in used if name.startswith("series")} <= set(colours())
    assert drawn.svg(ground="light") != drawn.svg(ground="dark")
