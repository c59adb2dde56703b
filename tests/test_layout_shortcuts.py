"""Shortcuts of the layout say what the long way says: most lines and cells are told by a few letters."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from orebook.checks.facts import metres_by_method_mismatch as by_method
from orebook.reading.language import operating_names
from orebook.reading.layout import blocks, bullets, headings, lines, mending
from orebook.reading.text import cleaned, cleaned_each, inline, joined, tidy

SIGNS = "ab12 -*_.,:;()[]|\\&<>~`$%=+/•–—o“”’²µ\u00a0\u00adİ\tTFM"
WORDS = st.text(st.sampled_from(SIGNS), min_size=1, max_size=24).map(str.strip).filter(bool)
SOURCE = st.text(st.sampled_from(SIGNS + "\n"), max_size=80)
MENTIONS = st.sampled_from(
    (
        "36 diamond holes (4,415 m)",
        "171 RC holes totalling 9,840 m",
        "HOLES",
        "14,255 m (9,840 m RC and 45 m core)",
        "(",
    )
)


@given(SOURCE, st.lists(st.integers(0, 80), max_size=12).map(sorted))
def test_cells_are_the_same_one_by_one_and_together(source: str, cuts: list[int]) -> None:
    """Looking for marks once over all cells of a row gives the same words at the same places."""
    cells = [(min(a, len(source)), min(b, len(source))) for a, b in pairwise(cuts)]
    assert cleaned_each(source, cells) == [cleaned(source, *cell) for cell in cells]


@given(st.text(st.sampled_from("ab12  .,:“”’–\u00a0\t\n\x0b"), max_size=60))
def test_words_lead_back_to_where_they_stand(source: str) -> None:
    """A text in one piece and one in many are tidied alike: the same words, and each at its place."""
    whole = tidy(inline(source, 0, len(source)))
    pieces = tidy(joined([inline(source, at, at + 1) for at in range(len(source))], ""))
    assert whole.plain == pieces.plain and "  " not in whole.plain
    shown = [at for at, sign in enumerate(whole.plain) if sign != " "]
    assert [whole.span(at, at + 1) for at in shown] == [pieces.span(at, at + 1) for at in shown]


@given(st.text(st.sampled_from("ab |\t\n\r\x0b\x85\u2028\u200b\u00a0"), max_size=60))
def test_lines_are_cut_alike_with_any_break(source: str) -> None:
    """The way for line feeds alone gives the lines that the way for every line break gives."""
    assert lines.lines(source) == list(lines._of_any_sign(source, 0))


@given(WORDS)
def test_first_letters_tell_what_the_expression_tells(words: str) -> None:
    """Bullets, captions, rules, signs of numbers and addresses are found as by their expressions alone."""
    assert (bullets.bullet(words) is None) == (bullets._BULLET.match(words) is None)
    assert (headings.captioned(words) is None) == (headings._CAPTION.match(words) is None)
    rule = blocks._FENCE.fullmatch(words) or blocks.SEPARATOR.fullmatch(words)
    assert (words[0] in blocks._SIGNS and blocks._separates(words)) == bool(rule)
    sign = len(words) < 6 and (mending._BEFORE.fullmatch(words) or mending._AFTER.fullmatch(words))
    assert mending._is_sign(words) == bool(sign)
    assert headings.begins_address(words) == (headings._ADDRESS.match(words) is not None)
    assert headings._is_address(words) == (headings._ADDRESS.search(words) is not None)


@given(st.lists(st.one_of(WORDS, MENTIONS), max_size=12).map(" ".join))
def test_matches_near_their_words_are_all_matches(text: str) -> None:
    """Looking around holes and brackets finds every match that a look at the whole text finds."""
    for pattern, places in ((by_method._LISTED, by_method._holes), (by_method._SPLIT, by_method._brackets)):
        near = [found.span() for found in by_method._near(pattern, text, places(text))]
        assert near == [found.span() for found in pattern.finditer(text)]


@given(
    st.lists(
        st.sampled_from(("Rook Fell", "mined", "sold about", "produced a record", "12,400 ounces", "gold")), max_size=9
    )
)
def test_no_figure_behind_a_verb_means_no_mine_that_did_it(words: list[str]) -> None:
    """Where no figure stands behind a verb of mining, no name is found that did anything."""
    prose = " ".join(words)
    assert operating_names._tells_how_much(prose) or operating_names._ACTED.search(prose) is None
