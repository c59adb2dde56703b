"""What holds for every reading of every document, however odd: tests and fuzzing ask the same."""

import re
from unicodedata import decimal

from orebook.checks import check
from orebook.ground.figure import Figure
from orebook.reading.reading import Reading


def sound(reading: Reading) -> None:
    """Every fact quotes the document exactly, and every figure has its digits there."""
    text = reading.document.text
    for fact in reading.facts:
        source = fact.source
        assert text[source.start : source.end] == source.quote
        assert source.line == text.count("\n", 0, source.start) + 1
        if isinstance(fact.figure, Figure) and re.search(r"\d", source.quote):
            printed = "".join(str(decimal(char)) for char in source.quote if char.isdecimal())
            said = re.sub(r"\D", "", fact.figure.digits)
            assert said in printed or said.lstrip("0") in printed, (fact.figure, source.quote)
    for finding in check(reading):
        assert finding.message and finding.grade in ("error", "warning", "note")
        assert all(text[s.start : s.end] == s.quote for s in finding.sources)
