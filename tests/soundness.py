"""What holds for every reading of every document, however odd: tests and fuzzing ask the same."""

from unicodedata import decimal

from orebook.checks import check
from orebook.ground.figure import Figure
from orebook.reading.reading import Reading


def sound(reading: Reading) -> None:
    """Every fact quotes the document exactly, and every figure has its digits there.

    Zeros that no digit was printed for, as those of 295 in *295-315,000*, are an exponent of the figure, no digits.
    """
    text = reading.document.text
    for fact in reading.facts:
        source = fact.source
        assert text[source.start : source.end] == source.quote
        assert source.line == text.count("\n", 0, source.start) + 1
        if isinstance(fact.figure, Figure) and any(map(str.isdecimal, source.quote)):
            printed = "".join(str(decimal(char)) for char in source.quote if char.isdecimal())
            said = "".join(map(str, fact.figure.value.as_tuple().digits))
            assert said in printed, (fact.figure, source.quote)
    for finding in check(reading):
        assert finding.message and finding.grade in ("error", "warning", "note")
        assert all(text[s.start : s.end] == s.quote for s in finding.sources)
