"""PDF: tables with and without borders, in all the shapes that companies print."""

from collections.abc import Sequence

from orebook.reading.formats.pdf import opened, read
from orebook.reading.paged import PagedDocument, Part
from pdf_paper import Paper, width

_PROSE = [
    "We drilled the northern part of the structure and logged all of the core on site before it was sent away to",
    "the laboratory, where it was dried, crushed and split in the usual manner, with blanks and standards in it.",
]
_HEAD = ["Hole", "From (m)", "To (m)", "Au (g/t)"]
_ROWS = [["A-1", "10.0", "12.5", "1.25"], ["A-2", "22.5", "30.0", "0.80"], ["A-3", "3.0", "4.0", "12.40"]]
_ENDS = [72, 200, 270, 350]


def document(paper: Paper) -> PagedDocument:
    """The document that a paper makes."""
    found = opened("a.pdf", paper.data())
    assert isinstance(found, PagedDocument)
    return found


def parts(found: PagedDocument) -> list[Part]:
    """The tables of a document."""
    return [part for part in found.parts if part.kind == "table"]


def tables(found: PagedDocument) -> list[list[list[str]]]:
    """The cells of every table, empty ones where none begins."""
    grids = []
    for part in parts(found):
        wide = max(slot.column + slot.span for row in part.rows for slot in row)
        grid = [[""] * wide for _ in part.rows]
        for row, slots in zip(grid, part.rows, strict=True):
            for slot in slots:
                row[slot.column] = found.text[slot.start : slot.end]
        grids.append(grid)
    return grids


def plain(rows: Sequence[Sequence[str]], ends: Sequence[float] = _ENDS, pitch: float = 16) -> PagedDocument:
    """A page with rows between two paragraphs."""
    paper = Paper()
    page = paper.page()
    y = page.prose(72, 80, _PROSE) + 20
    y = page.rows(y, rows, ends, pitch) + 20
    page.prose(72, y, _PROSE)
    return document(paper)


def test_rows_of_numbers_under_heads_are_a_table() -> None:
    """No rule is needed; the head is told from the rows, the paragraphs around stay text."""
    found = plain([_HEAD, *_ROWS])
    assert tables(found) == [[_HEAD, *_ROWS]]
    assert parts(found)[0].heads == 1
    assert found.text.count("\n".join(_PROSE)) == 2


def test_running_text_is_no_table() -> None:
    """Figures in sentences, justified lines and lists of items make no table."""
    paper = Paper()
    page = paper.page()
    page.prose(72, 80, ["In 2024 we drilled 12 holes of 1,250 m in all, in 2023 just 4 of 310 m.", *_PROSE])
    for at, said in enumerate(("Drilling goes on in May 2025", "We found 12 m at 3.1 g/t", "Cash is $4.2 million")):
        page.words(72, 150 + 14 * at, f"{at + 1}.")
        page.words(100, 150 + 14 * at, said)
    assert tables(document(paper)) == []


def test_a_grid_keeps_the_cells_that_cover_several() -> None:
    """Merged cells keep how many columns and rows they cover; a head over two columns is one cell."""
    paper = Paper()
    page = paper.page()
    xs, ys = [72, 150, 220, 290], [100, 118, 136, 154, 172]
    for x, top in ((72, 100), (150, 100), (220, 118), (290, 100)):
        page.line(x, top, x, 172)
    for y, left in ((100, 72), (118, 150), (136, 72), (154, 150), (172, 72)):
        page.line(left, y, 290, y)
    page.words(190, 112, "Resource")
    for x, said in zip(xs, ("Zone", "Mt", "g/t"), strict=False):
        page.words(x + 5, 130, said)
    page.words(77, 158, "Main")
    for y, row in zip(ys[2:], (("1.2", "3.4"), ("5.6", "7.8")), strict=False):
        page.words(155, y + 12, row[0])
        page.words(225, y + 12, row[1])
    (part,) = parts(found := document(paper))
    cells = {found.text[slot.start : slot.end]: slot for row in part.rows for slot in row}
    assert (cells["Resource"].column, cells["Resource"].span) == (1, 2)
    assert (cells["Zone"].column, cells["Zone"].rows) == (0, 2)
    assert (cells["Main"].column, cells["Main"].rows) == (0, 2)
    assert (cells["5.6"].column, cells["7.8"].column) == (1, 2)


def test_a_wrapped_cell_is_one_stretch_of_the_text() -> None:
    """The words of a cell of several lines stand together, with a box for each line."""
    paper = Paper()
    page = paper.page()
    page.grid([72, 130, 260, 320], [100, 118, 150, 168])
    for y, row in ((112, ("Item", "Description", "US$M")), (162, ("2", "Camp", "4.0"))):
        for x, said in zip((77, 135, 265), row, strict=True):
            page.words(x, y, said)
    page.words(77, 130, "1")
    page.prose(135, 130, ["Mill with crusher and", "ore stockpile"])
    page.words(265, 130, "85.0")
    found = document(paper)
    assert tables(found)[0][1] == ["1", "Mill with crusher and ore stockpile", "85.0"]
    at = found.text.index("Mill")
    assert len(found.places(at, at + len("Mill with crusher and ore stockpile"))) == 2


def test_wrapped_labels_belong_to_their_row_wherever_its_numbers_stand() -> None:
    """The numbers of a row of two lines stand on the first, in the middle or on the last."""
    for shift in (0, 6.5, 13):
        paper = Paper()
        page = paper.page()
        for at, (label, value) in enumerate([("Revenue", "81"), ("", "46"), ("Depreciation", "12"), ("Costs", "9")]):
            y = 120 + 34 * at
            page.right(300, y + (shift if not label else 0), value)
            page.right(380, y + (shift if not label else 0), f"{value}.5")
            if label:
                page.words(72, y, label)
            else:
                page.prose(72, y, ["Cost of goods sold with", "royalties and transport"])
        (grid,) = tables(document(paper))
        assert ["Cost of goods sold with royalties and transport", "46", "46.5"] in grid, shift


def test_a_section_is_a_row_of_its_own() -> None:
    """A bold label between rows of numbers is no part of the rows around it."""
    paper = Paper()
    page = paper.page()
    y = page.rows(
        100, [["", "2025", "2024"], ["Ore mined (kt)", "1,205", "998"], ["Grade (g/t)", "2.15", "2.30"]], _ENDS
    )
    page.words(72, y, "Costs", bold=True)
    page.rows(y + 16, [["Cash cost (US$/oz)", "905", "850"], ["All-in cost (US$/oz)", "1,310", "1,240"]], _ENDS)
    (grid,) = tables(document(paper))
    assert ["Costs", "", ""] in grid and ["Cash cost (US$/oz)", "905", "850"] in grid


def test_a_row_of_years_is_a_head() -> None:
    """Years over the columns are heads, not numbers; the head of a group reaches over its columns."""
    paper = Paper()
    page = paper.page()
    page.words(215, 100, "Three months ended June 30")
    page.words(385, 100, "Six months ended June 30")
    page.line(210, 104, 350, 104)
    page.line(380, 104, 510, 104)
    ends = [72, 260, 340, 430, 500]
    page.rows(116, [["", "2025", "2024", "2025", "2024"]], ends)
    page.rows(132, [["Revenue", "1,250", "(98)", "2,000", "1,980"], ["Costs", "850", "70", "1,205", "1,100"]], ends)
    found = document(paper)
    (part,) = parts(found)
    assert part.heads == 2
    table = next(read(found).tables())
    assert table.header[1:] == tuple(
        (period, year)
        for period in ("Three months ended June 30", "Six months ended June 30")
        for year in ("2025", "2024")
    )


def test_signs_apart_from_their_numbers_stay_with_them() -> None:
    """Currency signs at the left edge of a column of money are no column."""
    paper = Paper()
    page = paper.page()
    for at, row in enumerate((("Revenue", "1,250", "998"), ("Costs", "(850)", "700"), ("Profit", "400", "298"))):
        y = 120 + 16 * at
        page.words(72, y, row[0])
        for end, said in zip((300, 400), row[1:], strict=True):
            page.words(end - 70, y, "$")
            page.right(end, y, said)
    (grid,) = tables(document(paper))
    assert grid[0] == ["Revenue", "$ 1,250", "$ 998"]


def test_a_sparse_table_has_the_columns_of_its_head() -> None:
    """Columns without a number are columns, if heads stand over them."""
    head = ["Sample", "Au", "Ag", "Cu", "Pb", "Zn"]
    rows = [["R-1", "0.5", "", "", "2.1", ""], ["R-2", "", "", "7.0", "", ""], ["R-3", "1.4", "", "", "", ""]]
    found = plain([head, *rows], [72, 160, 210, 260, 310, 360])
    assert [row + [""] * (6 - len(row)) for row in tables(found)[0]] == [head, *rows]


def test_words_at_the_same_places_are_a_table() -> None:
    """A table of words, made with tab stops."""
    paper = Paper()
    page = paper.page()
    rows = [
        ["EL 5312", "Granted", "North Hill"],
        ["EL 5313", "Granted", "Camp"],
        ["EL 6020", "Applied for", "South Hill"],
    ]
    for at, row in enumerate(rows):
        for x, said in zip((72, 180, 300), row, strict=True):
            page.words(x, 100 + 15 * at, said)
    assert tables(document(paper)) == [rows]


def test_two_tables_side_by_side_are_two() -> None:
    """Rules that end between them, or heads that are said twice, part them."""
    paper = Paper()
    page = paper.page()
    left = [["Year", "Gold (koz)"], ["2026", "81"], ["2027", "90"], ["2028", "97"]]
    right = [["Metal", "Price"], ["Gold", "2,150.00"], ["Silver", "25.10"]]
    page.rows(100, left, [72, 180])
    page.rows(100, right, [330, 430])
    page.line(72, 104, 180, 104)
    page.line(330, 104, 430, 104)
    assert tables(document(paper)) == [left, right]
    paper = Paper()
    page = paper.page()
    head = ["Hole", "From", "Au"]
    page.rows(100, [head, ["A1", "1.0", "2.5"], ["A2", "4.0", "0.5"]], [72, 150, 200])
    page.rows(100, [head, ["B1", "7.0", "1.5"], ["B2", "9.0", "3.5"]], [260, 340, 390])
    assert [grid[0] for grid in tables(document(paper))] == [head, head]


def test_a_table_goes_on_over_pages() -> None:
    """Its pieces are one table; the head that is said again and what runs over the pages stand aside."""
    rows = [[f"A-{at}", f"{at}.0", f"{at + 2}.5", f"{at % 7}.25"] for at in range(60)]
    for ruled in (False, True):
        paper = Paper()
        for number, some in enumerate((rows[:25], rows[25:50], rows[50:]), start=1):
            page = paper.page()
            page.words(72, 40, "EXAMPLE GOLD LTD")
            page.words(290, 815, f"- {number} -")
            page.rows(90, [_HEAD, *some], _ENDS)
            if ruled:
                page.grid([66, 140, 210, 280, 360], [76 + 16 * at for at in range(len(some) + 2)])
        found = document(paper)
        (part,) = parts(found)
        assert tables(found) == [[_HEAD, *rows]]
        pages = [found.places(row[0].start, row[0].end)[0].page for row in part.rows]
        assert pages == [1] + [1] * 25 + [2] * 25 + [3] * 10
        asides = [found.text[one.start : one.end].strip() for one in found.parts if one.kind == "aside"]
        assert asides.count(" ".join(_HEAD)) == 2 and "- 2 -" in asides


def test_tables_with_other_columns_are_not_joined() -> None:
    """A table at the top of the next page with its own head is another table."""
    paper = Paper()
    paper.page().rows(90, [_HEAD, *_ROWS], _ENDS)
    other = [["Metal", "Price", "Change"], ["Gold", "2,150.00", "1.2%"], ["Silver", "25.10", "0.4%"]]
    paper.page().rows(90, other, [72, 240, 330])
    assert tables(document(paper)) == [[_HEAD, *_ROWS], other]


def test_a_sideways_table_is_read() -> None:
    """A table whose words run up the page, beside prose that runs across."""
    paper = Paper()
    page = paper.page()
    page.prose(72, 60, _PROSE)
    for at, row in enumerate([_HEAD, *_ROWS]):
        for end, said in zip((0, 130, 200, 280), row, strict=True):
            page.words(150 + 16 * at, 700 - (end - (width(said) if end else 0)), said, turn=1)
    found = document(paper)
    assert tables(found) == [[_HEAD, *_ROWS]]
    place = found.places(parts(found)[0].rows[1][0].start, parts(found)[0].rows[1][0].end)[0]
    assert place.box is not None and 150 < place.box.left < 170


def test_a_table_in_one_of_two_columns_is_read_there() -> None:
    """The text beside it is not read into its rows."""
    paper = Paper()
    page = paper.page()
    short = ["The lode was cut at a depth of forty metres by", "two holes, and by a third one further to the east"]
    y = page.prose(60, 80, short * 3)
    page.rows(
        y + 14,
        [["Hole", "From", "Au"], ["A1", "1.0", "2.5"], ["A2", "4.0", "0.5"], ["A3", "8.0", "1.5"]],
        [60, 170, 240],
    )
    page.prose(60, y + 90, short * 3)
    page.prose(320, 80, short * 9)
    assert tables(document(paper)) == [
        [["Hole", "From", "Au"], ["A1", "1.0", "2.5"], ["A2", "4.0", "0.5"], ["A3", "8.0", "1.5"]]
    ]


def test_bands_of_shades_are_rows() -> None:
    """Every other row is shaded; the shades are no cells of their own."""
    paper = Paper()
    page = paper.page()
    for at in (1, 3):
        page.box(66, 89 + 18 * at, 360, 89 + 18 * (at + 1), 0.9)
    page.rows(101, [_HEAD, *_ROWS, ["A-4", "7.0", "9.0", "0.10"]], _ENDS, 18)
    assert tables(document(paper)) == [[_HEAD, *_ROWS, ["A-4", "7.0", "9.0", "0.10"]]]


def test_rules_between_columns_alone_do_not_make_one_row() -> None:
    """A grid without rules between its rows is read row by row."""
    paper = Paper()
    page = paper.page()
    page.grid([66, 130, 210, 280, 360], [86, 104, 160])
    page.rows(99, [_HEAD, *_ROWS], _ENDS)
    assert tables(document(paper)) == [[_HEAD, *_ROWS]]


def test_a_form_is_read_answer_by_answer() -> None:
    """A text in columns is prose: its questions stand aside, a table inside of a cell is a table."""
    paper = Paper()
    page = paper.page()
    xs, ys = [60, 140, 300, 520], [80, 98, 260, 330]
    page.grid(xs, ys)
    for x, said in zip(xs, ("Criteria", "JORC Code explanation", "Commentary"), strict=False):
        page.words(x + 4, 92, said)
    question = [
        "Drill type (core, reverse",
        "circulation and so on) and",
        "details such as the diameter",
        "of the core used",
    ]
    holes = [["Deposit", "Holes", "Metres"], ["West", "3", "4.50"], ["East", "7", "7.50"], ["All", "10", "12.00"]]
    page.prose(64, 112, ["Drilling", "techniques"])
    page.prose(144, 112, [*question, *question, *question])
    page.prose(304, 112, ["The holes were drilled with a rig of our own that", "stands on the lake."])
    for at, row in enumerate(holes):
        for x, said in zip((310, 380, 440), row, strict=True):
            page.words(x, 157 + 18 * at, said)
    for x in (370, 430):
        page.line(x, 144, x, 216)
    for y in (144, 162, 180, 198, 216):
        page.line(300, y, 520, y)
    page.words(64, 275, "Logging")
    page.prose(144, 275, question)
    page.prose(
        304, 275, ["All of the core was logged and photographed by us", "before it was cut and sent to the laboratory."]
    )
    found = document(paper)
    assert tables(found) == [holes]
    asides = [found.text[part.start : part.end] for part in found.parts if part.kind == "aside"]
    assert len(asides) == 2 and all("Drill type" in said for said in asides)
    assert "rig of our own that\nstands on the lake." in found.text


def test_captions_and_footnotes_stay_beside_their_table() -> None:
    """The text above and below a table becomes its caption and its notes."""
    paper = Paper()
    page = paper.page()
    page.prose(72, 70, _PROSE)
    page.words(72, 120, "Table 3: Intercepts of the year", bold=True)
    page.rows(140, [_HEAD, *_ROWS], _ENDS)
    page.words(72, 215, "1. True widths are not known.", 8)
    page.prose(72, 250, _PROSE)
    table = next(read(document(paper)).tables())
    assert table.caption is not None and table.caption.plain == "Table 3: Intercepts of the year"
    assert [note.plain for note in table.notes] == ["True widths are not known."]


def test_a_caption_between_two_ruled_tables_parts_them() -> None:
    """Rules of one width above and below both tables do not make one of them: the caption is that of the second."""
    paper = Paper()
    page = paper.page()
    for name, top in (("Table 2: Intercepts of the North Zone", 100), ("Table 3: Intercepts of the East Zone", 190)):
        page.words(72, top, name, bold=True)
        for y in (top + 6, top + 22, top + 70):
            page.line(72, y, 500, y)
        page.rows(top + 18, [_HEAD, *_ROWS], _ENDS)
    found = list(read(document(paper)).tables())
    assert [table.caption and table.caption.plain[:7] for table in found] == ["Table 2", "Table 3"]
    assert [len(table.rows) for table in found] == [len(_ROWS)] * 2
