"""Plain text keeps its tie to the document."""

from hypothesis import given
from hypothesis import strategies as st

from orebook.reading.text import inline

_MARKED = st.lists(
    st.sampled_from(
        [
            "gold ",
            "12.30",
            "**",
            r"\$",
            "<b>",
            "</b>",
            "&amp;",
            "₂",
            " ₃ ",
            "²",
            "⁽¹⁾",
            "\u00a0",
            "\u200b",
            "[a](b)",
            "\n",
            "–",
            "ﬁ",
            "*",
        ]
    ),
    max_size=30,
).map("".join)


@given(_MARKED | st.text(max_size=60))
def test_every_part_leads_back_into_the_document(original: str) -> None:
    """A part of the plain text points at a stretch of the document that lies inside it, in order."""
    text = inline(original, 0, len(original))
    last = 0
    for at in range(len(text.plain)):
        start, end = text.span(at, at + 1)
        assert 0 <= start <= end <= len(original)
        assert start >= last
        last = start


@given(_MARKED)
def test_digits_stand_where_they_are_said_to_stand(original: str) -> None:
    """A number of the plain text is the number of the document."""
    text = inline(original, 0, len(original))
    at = text.plain.find("12.30")
    if at >= 0:
        start, end = text.span(at, at + 5)
        assert original[start:end] == "12.30"


@given(_MARKED, st.integers(0, 40), st.integers(0, 40))
def test_a_slice_is_tied_to_the_same_places(original: str, first: int, second: int) -> None:
    """Cutting the text and asking for a place gives the same as asking the whole."""
    text = inline(original, 0, len(original))
    low, high = sorted((min(first, len(text.plain)), min(second, len(text.plain))))
    part = text.slice(low, high)
    assert part.plain == text.plain[low:high]
    if high > low:
        assert part.span(0, high - low) == text.span(low, high)


def test_an_oxide_is_written_on_the_line_and_a_footnote_is_not() -> None:
    """Lowered digits belong to the word, raised ones do not."""
    original = "Sc ₂ O ₃ grades ⁽¹⁾ over 12 km²"
    assert inline(original, 0, len(original)).plain == "Sc2O3 grades  over 12 km2"
