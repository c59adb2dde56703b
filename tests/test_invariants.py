"""What holds for every document, however odd: nothing crashes, nothing is invented, everything stands where it is
said to."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orebook.reading.formats import UnreadableError
from orebook.reading.read import read_bytes, read_text
from soundness import sound

FRAGMENTS = (
    "Hole NX-07 cut 12.0 m grading 1.50 g/t gold from 37 m, including 2.1 m of 6.4 g/t Au and 0.3% Cu.",
    "NX-08: 24m @ 1.21g/t Au from 24m (within 60m at 0.4 g/t from 10m)",
    "Revenue was $17.6 million in the September 2011 quarter compared to $7.4 million in the 2010 quarter.",
    "Mill throughput averaged 22,160 tonnes per day for the third quarter of 2011.",
    "Indicated: 10.0 Mt at 1.50 g/t Au for 480 koz; Inferred 2 Mt at 1 g/t.",
    "Hole\tFrom (m)\tTo (m)\tInterval (m)\tAu (g/t)",
    "NX-07\t37.0\t49.0\t12.0\t1.50",
    "including\t40.1\t42.2\t2.1\t6.40",
    "| Hole | Easting | Northing | RL | Dip | Azi | Depth |",
    "|---|---|---|---|---|---|---|",
    "| NX-07 | 440,245 | 6131700 | 518 | -55 | 255 | 161.50 |",
    "| Total | | | | | | 161.50 |",
    "<table><tr><th>Category<th>Tonnes<th>Au g/t</tr><tr><td>Measured<td>1.2<td>3.4</table>",
    *"up to|(1)|—|–|$|%|43-101|1,234,567.89|1 234 567|1'234'567|1.234.567|-0.01|<0.01|½|٣٤|Ⅳ|𝟙𝟚|<b".split("|"),
    *"&#x110000;|&#0;|**|_|\\$|Table 1: Results|Figure 2 – Map".split("|"),
    *"November 14, 2011|Q3 2024|February 30, 2011|99/99/9999|year ended 31".split("|"),
    *"three months ended|155 kilometres northeast of Long Bay|QP: Ann Lee, P.Geo.|Cu%|g/t|NaN|Infinity|1e999|0".split(
        "|"
    ),
    *("|", "\t", "\u200f\u202eabc\u202c", "\u200b", "\u00a0", "\ufeff", "9" * 60),
    "an option to earn a 50% interest by spending $14 million by March 31, 2012",
)

DOCUMENTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=12), min_size=1, max_size=25).flatmap(
    lambda parts: st.sampled_from(["\n", "\n\n", " ", "\t", "\r\n", " | "]).map(lambda between: between.join(parts))
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_any_document_is_read_soundly(text: str) -> None:
    """Pieces of releases in any order and any mixture of marks."""
    try:
        reading = read_text("any.txt", text)
    except UnreadableError as refusal:
        assert "\n" not in str(refusal)
    else:
        sound(reading)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html", "a.tsx", "-"]))
def test_any_bytes_are_read_or_refused_in_one_line(data: bytes, name: str) -> None:
    """Bytes without sense are refused with one line, never with a traceback."""
    try:
        sound(read_bytes(name, data))
    except UnreadableError as refusal:
        assert "\n" not in str(refusal)


def test_real_releases_are_read_soundly(shared: Path) -> None:
    """On every text, Markdown and HTML document beside the project."""
    files = [f for kind in ("txt", "md", "html") for f in sorted((shared / "releases/dev" / kind).iterdir())]
    files += sorted((shared / "releases/seeds").glob("*.txt"))
    for file in files:
        sound(read_bytes(file.name, file.read_bytes()))


@pytest.mark.parametrize("format_name", ["x.txt", "x.md", "x.html"])
def test_a_second_reading_says_the_same(format_name: str) -> None:
    """The same bytes give the same facts."""
    data = "\n".join(FRAGMENTS[:12]).encode()
    first, second = read_bytes(format_name, data), read_bytes(format_name, data)
    assert first.facts == second.facts


def test_a_text_without_any_line_break_is_refused_in_one_line() -> None:
    """What no person could read as a paragraph is not read as one, and the message says where it stands."""
    with pytest.raises(UnreadableError, match=r"^a\.txt:1: one paragraph of 1,200,000 characters"):
        read_text("a.txt", "gold at depth " * 85_714 + "gold")
