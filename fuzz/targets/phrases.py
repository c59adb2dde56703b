"""Phrases: quantities, figures, units, periods and dates in a line of words."""

from collections.abc import Iterator

from fuzz.contract import refusing
from fuzz.mutators import NUMBERS, text_mutator
from fuzz.seeds import known
from orebook.ground.figure import Figure
from orebook.ground.period import Period
from orebook.ground.units import unit
from orebook.reading.language.dates import dates
from orebook.reading.language.quantities import quantities
from orebook.reading.language.sentences import sentences
from orebook.reading.text import inline

LONGEST = 30_000
WORDS = known("phrases", "text")
mutated = text_mutator(WORDS)


def seeds() -> Iterator[bytes]:
    """Some lines as releases have them, and odd numbers with units."""
    lines = (
        "12.0 m grading 1.50 g/t gold and 0.3% Cu from 37 m to 49 m, including 2.1 m of 6.4 g/t",
        "for the three and nine months ended September 30, 2011 and 2010, and the 2012 fiscal year ended March 31st",
        "between US$1.2 and $1.4 million per year, up to approximately 2,500 tonnes per day, 5,000 by 200 metres",
        "Q3 2024, the first half of FY2012, mid-2025, late March, 2011/12, 01/02/2013, 14 November 2011, Nov. 14th",
        "a 50% interest, twenty-five (25) holes, one and a half ounces, 1/4 ounce, C$0.05 per share, 4.2 to 1",
    )
    yield from (line.encode() for line in lines)
    yield from (f"{number} g/t Au over {number} m".encode() for number in NUMBERS)


def once(data: bytes) -> None:
    """What is found lies within the words; each figure has a range that holds it; labels are understood again."""
    words = data.decode("utf-8", "replace")
    last = 0
    for found in quantities(words):
        assert 0 <= found.start <= found.number_start <= found.number_end <= found.end <= len(words)
        assert found.number_start >= last, "two quantities of one number"
        last = found.number_end
        for figure in found.figures:
            around = figure.range()
            assert around.low <= around.high
            assert not figure.value.is_finite() or figure.sign or around.low <= figure.value <= around.high
    for when in dates(words):
        assert 0 <= when.start < when.end <= len(words)
        assert when.period.start <= when.period.end
        assert Period.parse(when.period.label).label == when.period.label
    for sentence in sentences(inline(words, 0, len(words))):
        assert words[slice(*sentence.span(0, len(sentence.plain)))] or not sentence.plain
    with refusing(ValueError):
        Figure.parse(words[:200])
    with refusing(ValueError):
        unit(words[:60])
    with refusing(ValueError):
        Period.parse(words[:60])
