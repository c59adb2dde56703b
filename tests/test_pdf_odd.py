"""PDF: pages of an odd make, whose tables and columns are read like those of any other."""

from collections.abc import Sequence

from orebook.reading.formats.pdf import opened
from orebook.reading.paged import PagedDocument
from pdf_paper import Page, Paper, width
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
_STATEMENT = [
    ["Revenue", "48,210", "44,905"],
    ["Operating costs", "(31,114)", "(30,020)"],
    ["Profit", "17,096", "14,885"],
]


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


def test_a_section_is_told_from_the_head_above_it() -> None:
    """Where lone labels stand between rows, the one below the head names the first section."""
    rows = [["Class", "Ore (kt)", "Gold (koz)"], ["East pit"], ["Indicated", "1,255", "82"], ["Inferred", "584", "67"]]
    rows += [["West pit"], ["Indicated", "526", "57"], ["Inferred", "2,408", "51"]]
    paper = Paper()
    paper.page().rows(80, rows, [72, 220, 300])
    assert tables(document(paper)) == [[[*row, "", ""][:3] for row in rows]]


def test_names_that_go_on_below_belong_to_their_rows() -> None:
    """Long names are broken over two lines in every row, in the last as well."""
    paper = Paper()
    page = paper.page()
    page.rows(80, [_HEAD], _ENDS)
    for at, row in enumerate(_ROWS):
        page.rows(98 + 26 * at, [["NORTH-", *row[1:]]], _ENDS)
        page.words(72, 109 + 26 * at, f"00{at}B")
    page.prose(72, 200, _PROSE)
    found = document(paper)
    assert [row[0] for row in tables(found)[0]] == ["Hole", "NORTH- 000B", "NORTH- 001B", "NORTH- 002B"]


def test_labels_of_two_levels_stand_between_rows() -> None:
    """Labels without figures stand further left the more they hold, directly below the head too."""
    rows = [["Cost", "First ($M)", "Later ($M)"], ["Mining"], ["Open pit"], ["Fleet", "63.0", "12.4"]]
    rows += [["Stripping", "41.2", "8.8"], ["Mill"], ["Crushing", "22.1", "1.0"], ["Total", "126.3", "22.2"]]
    paper = Paper()
    page = paper.page()
    for at, (row, indent) in enumerate(zip(rows, (0, 0, 12, 24, 24, 0, 12, 0), strict=True)):
        page.words(72 + indent, 80 + 13 * at, row[0])
        for said, x in zip(row[1:], (300, 380), strict=False):
            page.right(x, 80 + 13 * at, said)
    assert tables(document(paper)) == [[[*row, "", ""][:3] for row in rows]]


def test_words_right_behind_numbers_are_a_column_of_their_own() -> None:
    """Where numbers end and different words begin at one place in all rows, two columns meet."""
    rows = [["Mining", "44.85", "8.9", "fuel, and more waste"], ["Milling", "21.10", "7.3", "less steel for the balls"]]
    rows += [["Site", "9.44", "0.4", "roads"]]
    paper = Paper()
    page = paper.page()
    for at, (name, cost, change, why) in enumerate(rows):
        page.words(72, 80 + 14 * at, name)
        page.right(270, 80 + 14 * at, cost)
        page.right(330, 80 + 14 * at, change)
        page.words(335, 80 + 14 * at, why)
    assert tables(document(paper)) == [rows]


def test_a_number_right_behind_a_label_is_a_cell() -> None:
    """A label as long as its column is wide does not take the number that ends where those of other rows do."""
    rows = [*_STATEMENT, ["What is owed to others for the use of ground", "(75)", "(68)"]]
    paper = Paper()
    page = paper.page()
    for at, (name, *figures) in enumerate(rows):
        page.words(min(90, 296 - width(figures[0]) - width(name)), 80 + 14 * at, name)
        for said, x in zip(figures, (300, 380), strict=True):
            page.right(x, 80 + 14 * at, said)
    assert tables(document(paper)) == [rows]


def test_dots_that_lead_to_figures_are_no_words_of_a_statement() -> None:
    """A statement has figures of two years behind its dots; a list of contents has a page and is no table."""
    paper = Paper()
    page = paper.page()
    for at, (name, *figures) in enumerate(_STATEMENT):
        page.words(72, 80 + 14 * at, name + " " + "." * (60 - len(name)))
        for said, x in zip(figures, (400, 480), strict=True):
            page.right(x, 80 + 14 * at, said)
    for at, name in enumerate(["Summary", "Geology", "Drilling"]):
        page.words(72, 200 + 14 * at, name + "." * (60 - len(name)))
        page.right(400, 200 + 14 * at, str(at + 3))
    assert tables(document(paper)) == [_STATEMENT]


def test_what_stands_in_the_fields_of_a_form_is_read() -> None:
    """Fields are written beside the page; a reader sees them on it, in the cells of a table."""
    paper = Paper()
    page = paper.page()
    page.rows(92, [["Rig", "Metres"], ["North", ""]], [76, 200])
    page.grid([72, 160, 260], [80, 98, 116])
    show = b"BT /F 9 Tf 4 4 Td (1,204.5) Tj ET"
    data = _with(
        paper.data(),
        {
            b"/Rotate 0": b"/Rotate 0 /Annots [90 0 R]",
            b"/Type /Catalog": b"/Type /Catalog /AcroForm << /Fields [90 0 R] >>",
        },
        b"90 0 obj\n<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (1,204.5) /F 4 /Rect [164 728 256 742] "
        b"/AP << /N 91 0 R >> >>\nendobj\n91 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 92 14] "
        b"/Resources << /Font << /F 3 0 R >> >> /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(show), show),
    )
    assert cells(data) == [["Rig", "Metres"], ["North", "1,204.5"]]


def test_letters_whose_codes_make_sense_are_read() -> None:
    """A font of drawn letters says nothing about them; where their codes make numbers, those are what one sees."""
    paper = Paper()
    paper.page().rows(80, [_HEAD, *_ROWS], _ENDS)
    widths = b" ".join([b"%d" % round(width(chr(code), 1000)) for code in range(32, 127)])
    drawn = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << >> "
        b"/Encoding << /Type /Encoding /Differences [65 /a] >> /FirstChar 32 /LastChar 126 /Resources << >> /Widths ["
    )
    drawn += widths + b"]"
    plain = b"<< /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding /BaseFont /Helvetica"
    assert cells(_with(paper.data(), {plain + b" >>": drawn + b" >>"}, b"")) == [_HEAD, *_ROWS]


def _with(data: bytes, changes: dict[bytes, bytes], objects: bytes) -> bytes:
    """A file with some words in it changed and objects added; where they stand now has to be found anew."""
    for old, new in changes.items():
        assert old in data
        data = data.replace(old, new)
    return data.replace(b"xref\n0 ", objects + b"xref\n0 ", 1)


def cells(data: bytes) -> list[list[str]]:
    """The cells of the one table of a file."""
    found = opened("a.pdf", data)
    assert isinstance(found, PagedDocument)
    (table,) = tables(found)
    return table
