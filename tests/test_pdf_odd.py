"""PDF: pages of an odd make, whose tables and columns are read like those of any other."""

from collections.abc import Sequence

from pdf_paper import Page, Paper
from test_pdf_tables import document, tables

_PROSE = [
    "We drilled the northern part of the structure and logged all of the core on site before it was sent away to",
    "the laboratory, where it was dried, crushed and split in the usual manner, with blanks and standards in it.",
]
_NARROW = [
    "The hills in the north were walked in the spring",
    "and every outcrop was sampled where the road had",
    "cut into the slope; some of the samples were sent",
    "to the laboratory at once, others were kept until",
    "the crew came back from the lake with the rest of",
    "the core, which had been logged by then and was",
    "waiting in the shed for somebody to cut it with a",
    "saw, since the splitter had been lost on the way.",
]
_HEAD = ["Hole", "From (m)", "To (m)", "Au (g/t)"]
_ROWS = [["A-1", "10.0", "12.5", "1.25"], ["A-2", "22.5", "30.0", "0.80"], ["A-3", "3.0", "4.0", "12.40"]]
_ENDS = [72, 200, 270, 350]


def across(page: Page, y: float, rows: Sequence[Sequence[str]], places: Sequence[float], pitch: float = 14) -> float:
    """Rows whose last cells end at their place, all others beginning at theirs; the place of the next row."""
    for row in rows:
        for said, x in zip(row[:-1], places, strict=False):
            page.words(x, y, said)
        page.right(places[len(row) - 1], y, row[-1])
        y += pitch
    return y


def test_parameters_with_units_and_values_are_a_table() -> None:
    """Names, units and values in columns need no number but the last; the cells stand at one place left or right."""
    paper = Paper()
    page = paper.page()
    y = page.prose(72, 80, _PROSE) + 20
    rows = [["Mine life", "years", "11"], ["Initial cost", "$M", "188.5"], ["Price of gold", "$/oz", "1,850"]]
    y = across(page, y, [["Parameter", "Unit", "Value"], *rows], [72, 240, 400])
    page.prose(72, y + 10, _PROSE)
    assert tables(document(paper)) == [[["Parameter", "Unit", "Value"], *rows]]


def test_a_caption_parts_two_tables() -> None:
    """What is called a table begins one, even if it stands close below the rows of another."""
    paper = Paper()
    page = paper.page()
    y = page.rows(80, [_HEAD, *_ROWS], _ENDS) + 2
    page.words(72, y, "Table 2: The rigs", bold=True)
    rigs = [["Rig", "Metres", "Days"], ["North", "1,420", "22"], ["South", "1,105", "19"]]
    page.rows(y + 15, rigs, _ENDS)
    assert tables(document(paper)) == [[_HEAD, *_ROWS], rigs]


def test_a_last_row_of_words_belongs_to_its_table() -> None:
    """A hole without a value is a row like the others where its name has the form of theirs."""
    paper = Paper()
    page = paper.page()
    y = page.rows(80, [_HEAD, *_ROWS], _ENDS)
    page.words(72, y, "A-4")
    page.words(160, y, "nothing of note")
    assert tables(document(paper))[0][-1][0] == "A-4"
    page.drawn[-2] = page.drawn[-2].replace("A-4", "Note")
    assert tables(document(paper)) == [[_HEAD, *_ROWS]]


def test_text_beside_a_table_is_a_column_of_its_own() -> None:
    """Lines that do not stand level with the rows beside them are no cells of theirs."""
    paper = Paper()
    page = paper.page()
    page.prose(60, 80, _NARROW, pitch=12)
    page.rows(80, [_HEAD, *_ROWS, *_ROWS], [320, 400, 460, 530], 13.4)
    found = document(paper)
    assert tables(found) == [[_HEAD, *_ROWS, *_ROWS]]
    assert "\n".join(_NARROW) in found.text


def test_the_points_of_a_list_stay_with_their_items() -> None:
    """Points in a column of their own are no column of the page, however high they stand beside their words."""
    paper = Paper()
    page = paper.page()
    for at in range(0, 8, 2):
        page.words(60, 81.5 + 13 * at, "\u2022", 7)
    page.prose(74, 80, _NARROW, pitch=13)
    found = document(paper)
    assert not tables(found)
    assert all(f"\u2022 {line}" in found.text for line in _NARROW[::2])


def test_items_above_a_table_are_no_head_of_it() -> None:
    """Lines with a point before them stand over a table as text does."""
    paper = Paper()
    page = paper.page()
    for at, said in enumerate(["The holes of the spring", "The holes of the autumn"]):
        page.words(72, 80 + 14 * at, "\u2022")
        page.words(84, 80 + 14 * at, said)
    page.rows(110, [_HEAD, *_ROWS], _ENDS)
    assert tables(document(paper)) == [[_HEAD, *_ROWS]]
