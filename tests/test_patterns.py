"""Patterns find what their regular expressions find, whether or not a text was looked at before."""

import random
import re
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from orebook.checks import folder
from orebook.reading.needed_letters import needed, starts
from orebook.reading.patterns import Hints, Pattern, begin_document, note
from orebook.reading.readers import readers

_HERE = Path(__file__).parent / "releases"
_PIECES = st.sampled_from(
    [
        "ore",
        "Ore",
        "s",
        "K",
        "i",
        r"\d",
        r"\s",
        r"\w",
        ".",
        "[Zz]",
        "[0-9]",
        "[a-f]",
        "[^o]",
        r"\b",
        "zinc",
        r"\$",
        "%",
        "é",
    ]
)
_TIMES = st.sampled_from(["", "", "", "?", "*", "+", "{2}", "{0,1}", "{1,3}?"])
_FEW_TIMES = st.sampled_from(["", "", "?", "{2}", "{0,1}"])
"""Groups are not repeated without bound, or some random expression would take for ever."""

_GROUPS = st.sampled_from(["(?:{})", "({})", "(?={})", "(?!{})", "(?<!o){}", "(?i:{})", "(?P<name>{})"])


@st.composite
def _expressions(draw: st.DrawFn, depth: int = 2) -> str:
    branches = []
    for _ in range(draw(st.integers(1, 3))):
        parts = []
        for _ in range(draw(st.integers(1, 4))):
            if depth and draw(st.booleans()):
                group = draw(_GROUPS) if depth == 2 else "(?:{})"
                looks = group.startswith(("(?=", "(?!", "(?<"))
                parts.append(group.format(draw(_expressions(depth=depth - 1))) + ("" if looks else draw(_FEW_TIMES)))
            else:
                piece = draw(_PIECES)
                parts.append(piece + ("" if piece == r"\b" else draw(_TIMES)))
        branches.append("".join(parts))
    return "|".join(branches)


@given(_expressions(), st.lists(st.sampled_from("ore Ore ORE zinc z ſ K İ ı 5 ٣ $ % é sk -".split(" ")), max_size=8))
def test_a_guess_never_hides_a_match(written: str, words: list[str]) -> None:
    """Needed letters are in every text in which an expression matches, and one of the starts begins every match."""
    if written.count("(?P<name>") > 1:
        return
    for flags in (0, re.IGNORECASE):
        for between in ("", " "):
            text = between.join(words)
            pattern = Pattern(written, flags)
            begin_document()
            note(text)
            expected = [found.span() for found in re.finditer(written, text, flags)]
            assert [found.span() for found in pattern.finditer(text)] == expected, (needed(written), starts(written))


def test_every_pattern_of_readers_and_rules_finds_what_it_would_alone() -> None:
    """In lines of our own releases all patterns find the same with a look at the letters and without."""
    readers(), folder("D"), folder("F")
    lines = [line for path in sorted(_HERE.glob("*.[tmh]*")) for line in path.read_text("utf-8").splitlines() if line]
    chosen = [f"{line} " for line in random.Random(7).sample(lines, 150)]
    begin_document()
    for line in chosen:
        note(line)
    skipped = 0
    for pattern in _all_patterns():
        bare = re.compile(pattern.pattern, pattern.flags)
        for line in chosen:
            found, expected = pattern.search(line), bare.search(line)
            assert (found and found.span()) == (expected and expected.span()), pattern.pattern
        skipped += pattern.is_barred_by(chosen[0])
    assert skipped > 300


def _all_patterns() -> list[Pattern]:
    """Every pattern that a module of the house holds by name."""
    modules = [module for name, module in sys.modules.items() if name.startswith("orebook.") and module]
    return [one for module in modules for one in vars(module).values() if isinstance(one, Pattern)]


def test_hints_are_words_in_small_letters() -> None:
    """A hint is found anywhere in a word, one of several words by its longest, noted or not."""
    hints = Hints(("drill", "mine life"))
    begin_document()
    for text, there in (("Redrilled", True), ("The mine life", True), ("Mine of a life", False), ("Ore", False)):
        assert hints.within(text, text.lower()) is there
        note(text)
        assert hints.within(text, text.lower()) is there


def test_a_pattern_has_the_methods_of_an_expression() -> None:
    """Search, match, fullmatch, finditer, findall, sub and split say what the expression itself says."""
    for text in ("two ore piles and ore", "nothing at all"):
        pattern, bare = Pattern(r"\b(o)re\b"), re.compile(r"\b(o)re\b")
        begin_document()
        note(text)
        assert bool(pattern.search(text)) is bool(bare.search(text))
        assert bool(pattern.match(text, 4)) is bool(bare.match(text, 4))
        assert bool(pattern.fullmatch(text, 4, 7)) is bool(bare.fullmatch(text, 4, 7))
        assert pattern.findall(text) == bare.findall(text)
        assert pattern.sub("rock", text) == bare.sub("rock", text)
        assert pattern.split(text) == bare.split(text)
