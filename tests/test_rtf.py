"""RTF files: words, tables and notes as the page shows them, each with its place."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.reading.formats import UnreadableError, layout, open_document
from orebook.reading.paged import PagedDocument
from orebook.reading.read import read_bytes

TOP = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times 9.9;}}{\*\generator Word 9.9;}{\info{\title 9.9}}"
GRADES = (
    rb"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl Hole\cell From (m)\cell Au{\super (1)} (g/t)\cell\row"
    rb"\pard\intbl NX-1\cell 10.0\cell 1.50\cell\row"
    rb"\trowd\cellx1000\cellx2010\cellx3000 NX-2\cell 3.0\cell 2.20\cell\row"
)


def opened(body: bytes) -> PagedDocument:
    """The document in a file with such a body."""
    document = open_document("release.rtf", TOP + body + b"}")
    assert isinstance(document, PagedDocument)
    return document


def lines(body: bytes) -> list[str]:
    """The lines of the text that are not blank."""
    return [line for line in opened(body).text.splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (rb"Qu\'e9bec, \u8805?3 g/t, 2\_3 m, 5\~km, \{x\}\par", "Québec, ≥3 g/t, 2\u20113 m, 5\u00a0km, {x}"),
        (rb"5 km{\super 2}, 12.3{\super (1)}, Sc{\sub 2}O\par", "5 km², 12.3⁽¹⁾, Sc₂O"),
        (rb"seen{\v hidden}{\deleted gone}{\*\bkmkstart x}{\pict 9.9} too\par", "seen too"),
        (b"one\r\nline\\line another\\par", "oneline"),
        (rb"\uc2\u233xxQu\uc0\u233 t\par", "éQuét"),
        (rb"{\listtext 1.\tab}First item\par", "1. First item"),
    ],
)
def test_words_come_out_as_the_page_shows_them(body: bytes, said: str) -> None:
    """Letters by number, signs, raised figures, hidden and deleted words, numbers of lists."""
    assert lines(body)[0] == said


def test_tables_have_their_columns_and_places() -> None:
    """Edges that nearly meet are one column; facts lead to cells."""
    reading = read_bytes("release.rtf", TOP + rb"Table 1: Intercepts\par" + GRADES + rb"\pard After.\par}")
    found = {fact.figure.digits: fact.source for fact in reading.facts if fact.measure == "drilling.grade"}
    source = found["2.20"]
    assert [place.where for place in reading.document.places(source.start, source.end)] == ["table 1, row 3, cell 3"]
    table = next(reading.layout.tables())
    assert [[cell.plain for cell in row.cells] for row in table.rows] == [
        ["NX-1", "10.0", "1.50"],
        ["NX-2", "3.0", "2.20"],
    ]


def test_cells_over_several_columns() -> None:
    """A cell up to a later edge covers the columns up to there; cells that go on above or beside are none."""
    body = (
        rb"\trowd\cellx1000\cellx3000\pard\intbl Hole\cell Interval\cell\row"
        rb"\trowd\clvmrg\cellx1000\cellx2000\clmrg\cellx3000\cell From\cell x\cell\row\pard\par"
    )
    first, second = opened(body).parts[0].rows
    assert [(slot.column, slot.span) for slot in first] == [(0, 1), (1, 2)]
    assert [slot.column for slot in second] == [1]


def test_notes_stand_after_what_points_to_them() -> None:
    """A note in the middle of a paragraph parts it not."""
    body = rb"We cut 12.0 m{\super\chftn}{\footnote {\super\chftn} Along the hole.\par} of ore.\par Last.\par"
    assert lines(body) == ["We cut 12.0 m¹ of ore.", "¹ Along the hole.", "Last."]


def test_headings_are_told_by_their_level_or_by_bold() -> None:
    """An outline level makes a heading, so does a short paragraph in bold."""
    body = rb"\outlinelevel0 Lark Metals Drills\par\pard{\b Drilling Results}\par We {\b drilled} there.\par"
    assert [(part.kind, part.level) for part in opened(body).parts] == [("heading", 1), ("heading", 3), ("text", 0)]


@pytest.mark.parametrize(
    ("data", "what"),
    [(TOP + b"}", "no text"), (rb"{\rtf1" + b"{" * 5000 + b"x", "groups within groups")],
)
def test_what_cannot_be_read_is_refused(data: bytes, what: str) -> None:
    """A file without words, or made to exhaust, gives one line."""
    with pytest.raises(UnreadableError, match=what):
        open_document("a.rtf", data)


@given(st.binary(max_size=200), st.integers(0, 2000), st.integers(0, 200))
def test_damage_never_gets_out(noise: bytes, at: int, length: int) -> None:
    """Whatever happens to the bytes of a file, it is read or refused, and its layout fits its text."""
    data = TOP + rb"{\b Words}\par" + GRADES + rb"{\footnote x}\pard After.\par}"
    at %= len(data)
    with suppress(UnreadableError):
        found = open_document("a.rtf", rb"{\rtf1" + data[:at] + noise + data[at + length :])
        for block in layout(found).blocks:
            assert 0 <= block.text.start <= block.text.end <= len(found.text)
