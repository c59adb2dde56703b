"""Pages as wires and companies put them up: one oddity each, and what is read of it."""

import json
import re
import runpy
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.reading.formats import layout, open_document
from orebook.reading.layout import Layout, Table

SAID = "<h1>Lark Metals Drills the North Zone</h1><p>Hole NX-1 cut 12.0 m grading 1.50 g/t gold.</p>"
ROWS = "<tr><td>NX-1</td><td>10.0</td><td>1.50</td></tr><tr><td>NX-2</td><td>3.0</td><td>2.20</td></tr>"
GRADES = f"<table><tr><th>Hole</th><th>From (m)</th><th>Au (g/t)</th></tr>{ROWS}</table>"
READ = [["NX-1", "10.0", "1.50"], ["NX-2", "3.0", "2.20"]]


def page(body: str) -> Layout:
    """The layout of a page."""
    return layout(open_document("page.html", f"<html><body>{body}</body></html>".encode()))


def prose(body: str) -> list[str]:
    """What is read of a page as sentences."""
    return [block.plain for block in page(body).prose()]


def rows(table: Table) -> list[list[str]]:
    """The rows of a table."""
    return [[row.plain(column) for column in range(table.width)] for row in table.rows]


def tables(body: str) -> list[list[list[str]]]:
    """The rows of all tables of a page."""
    return [rows(table) for table in page(body).tables()]


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><ul><li>Lark drills 99.9 m of 9.9 g/t gold</li></ul></nav>",
        "<div class='menu'><ul><li><a href='n'>Lark drills 99.9 m of 9.9 g/t gold</a></li></ul></div>",
        "<div role='navigation'><p>Lark drills 99.9 m of 9.9 g/t gold</p></div>",
        "<aside><h3>Latest news</h3><p><a href='z'>Hole ZZ-9</a> cut 77.0 m grading 7.70 g/t gold</p></aside>",
        "<footer><p>Lark Metals, 99.9 Main Street</p><a href='p'>Privacy</a></footer>",
        "<div id='cookie-banner'><p>We and 99.9 partners use cookies of 9.9 kinds.</p></div>",
        "<div class='gdpr consent'><p>We keep 99.9 things.</p></div>",
        "<script>var sold = '<p>Hole ZZ-9 cut 99.9 m grading 9.9 g/t gold.</p>';</script>",
        "<style>p { width: 99.9 m }</style><noscript><p>Hole ZZ-9 cut 99.9 m.</p></noscript>",
        "<!-- Hole ZZ-9 cut 99.9 m --><!--[if mso]><p>Hole ZZ-9 cut 99.9 m.</p><![endif]-->",
        "<div style='display: none'><div>Hole ZZ-9</div> cut 99.9 m grading 9.9 g/t gold.</div>",
        "<p hidden>Hole ZZ-9 cut 99.9 m grading 9.9 g/t gold.</p>",
        "<span class='sr-only'>Hole ZZ-9 cut 99.9 m grading 9.9 g/t gold.</span>",
        "<table><tr><td><a href='h'>Home, 99.9</a></td></tr><tr><td><a href='n'>News, 9.9</a></td></tr></table>",
    ],
)
def test_what_stands_around_the_release_is_not_read(furniture: str) -> None:
    """Navigation, banners, scripts, links to other news and hidden words say nothing of the release."""
    for body in (furniture + SAID, SAID + furniture):
        said = prose(body)
        assert "Hole NX-1 cut 12.0 m grading 1.50 g/t gold." in said
        assert not any("9.9" in words or "7.7" in words for words in said), said
        assert not tables(body)


def test_a_page_that_hides_itself_is_read() -> None:
    """A body that a script is to show is what there is to read; so is a page whose class speaks of cookies."""
    for said in ("style='display:none'", "class='cookie-notice'", "hidden"):
        text = f"<html {said}><body {said}><main {said}>{SAID}</main></body></html>"
        blocks = layout(open_document("page.html", text.encode())).blocks
        assert [block.plain for block in blocks][-1].startswith("Hole NX-1")


def test_a_banner_that_holds_the_page_is_no_banner() -> None:
    """Most of a page is never left out for the name of a box."""
    assert "Hole NX-1 cut 12.0 m grading 1.50 g/t gold." in prose(f"<div class='cookies-ok'>{SAID}</div>")


def test_hidden_words_in_a_sentence_and_a_cell_leave_the_rest_whole() -> None:
    """What cannot be seen parts no sentence, and no figure is made of one that is seen and one that is not."""
    hidden = "<span style='visibility:hidden'>33.0</span>"
    assert prose(f"<p>Hole NX-2 cut {hidden}3.0 m of ore.</p>") == ["Hole NX-2 cut 3.0 m of ore."]
    assert tables(GRADES.replace("1.50", f"1.50{hidden}")) == [READ]
    assert tables(GRADES.replace("</table>", "<tr style='display:none'><td>ZZ-9<td>1.0<td>9.9</table>")) == [READ]


def test_a_table_in_a_footer_is_read() -> None:
    """Where the foot of a page holds a table, it is part of the release."""
    assert tables(f"<footer><a href='x'>Table 1</a>{GRADES}</footer>") == [READ]


def test_tables_that_arrange_the_page_are_taken_apart() -> None:
    """A frame of logo, menu and text gives the text, and the table in it."""
    menu = "<table><tr><td><a href='a'>Home</a></td></tr><tr><td><a href='b'>News</a></td></tr></table>"
    top = "<tr><td colspan=2><img src='l'></td></tr>"
    frame = f"<table width='100%'>{top}<tr><td>{menu}</td><td>{SAID}{GRADES}</td></tr></table>"
    assert tables(frame) == [READ]
    assert prose(frame) == ["Lark Metals Drills the North Zone", "Hole NX-1 cut 12.0 m grading 1.50 g/t gold."]


def test_a_small_table_in_a_cell_of_a_large_one() -> None:
    """A table of figures stays whole when one of its cells holds a table; that one comes after it."""
    inner = "<table><tr><td>A</td><td>1.4</td></tr><tr><td>B</td><td>1.6</td></tr></table>"
    body = GRADES.replace("<td>1.50</td>", f"<td>1.50{inner}</td>")
    assert tables(body) == [READ, [["A", "1.4"], ["B", "1.6"]]]


def test_a_list_of_definitions_is_a_table() -> None:
    """Terms and what they come to are rows of two cells."""
    pairs = (
        "<dt>Net present value</dt><dd>$210 million</dd><dt>IRR</dt><dd>23.5%</dd><dt>Mine life</dt><dd>12 years</dd>"
    )
    assert tables(f"<p>The study gave these results.</p><dl>{pairs}</dl>") == [
        [["Net present value", "$210 million"], ["IRR", "23.5%"], ["Mine life", "12 years"]]
    ]


@pytest.mark.parametrize("parting", ["<br>", "<br/>", "</p><p>", "</div><div>"])
def test_rows_that_breaks_make_in_one_row_are_rows(parting: str) -> None:
    """Values one below the other in the cells of a single row are as many rows."""
    columns = "".join(f"<td><p>{parting.join(column)}</p></td>" for column in zip(*READ, strict=True))
    assert tables(
        f"<table><tr><th>Hole</th><th>From<br>(m)</th><th>Au<br>(g/t)</th></tr><tr>{columns}</tr></table>"
    ) == [READ]


def test_breaks_in_heads_and_words_make_no_rows() -> None:
    """Two lines in the head of a column, or in a cell of words, belong together."""
    body = (
        GRADES.replace("From (m)", "From<br>(m)")
        .replace("NX-1", "NX-1<br>North zone")
        .replace("Au (g/t)", "Au<br>(g/t)")
    )
    assert tables(body) == [[["NX-1 North zone", "10.0", "1.50"], READ[1]]]


def test_lines_that_breaks_make_in_a_paragraph() -> None:
    """Lines with points before them are bullets, whatever tag they stand in."""
    body = "<p>Highlights of the programme were:<br>- Hole NX-1 cut 12.0 m<br>&bull; Hole NX-2 cut 3.0 m</p>"
    blocks = [(block.kind, block.plain) for block in page(SAID + body).blocks[-2:]]
    assert blocks == [("bullet", "Hole NX-1 cut 12.0 m"), ("bullet", "Hole NX-2 cut 3.0 m")]


def test_preformatted_words_are_read_as_text() -> None:
    """Blanks are what parts the columns where a page keeps them."""
    pre = "\nHole     From    Au\n         (m)     (g/t)\nNX-1     10.0    1.50\nNX-2      3.0    2.20\n"
    found = next(page(f"<p>Results are below.</p><pre>{pre}</pre><p>We go on.</p>").tables())
    assert rows(found) == READ and found.header[2] == ("Au", "(g/t)")


def test_cells_that_span_rows_and_columns() -> None:
    """Heads reach over their columns; below a cell that reaches down nothing is invented."""
    head = (
        "<tr><th rowspan='2'>Category</th><th rowspan=2>Tonnes (kt)</th><th colspan='2'>Grade</th></tr>"
        "<tr><th>Au (g/t)</th><th>Ag (g/t)</th></tr>"
    )
    body = (
        "<tr><td>Measured</td><td>1,000</td><td rowspan='2'>1.50</td><td>10</td></tr>"
        "<tr><td>Indicated</td><td>2,000</td><td>12</td></tr>"
    )
    found = next(page(f"<table><thead>{head}</thead><tbody>{body}</tbody></table>").tables())
    assert found.header == (("Category",), ("Tonnes (kt)",), ("Grade", "Au (g/t)"), ("Grade", "Ag (g/t)"))
    assert rows(found) == [["Measured", "1,000", "1.50", "10"], ["Indicated", "2,000", "", "12"]]


def test_characters_by_name_and_number() -> None:
    """References become the characters that they stand for, and lead back to the page as it is."""
    text = (
        "<p>Hole NX&#8209;1 cut 12.0&nbsp;m &amp; 2&frac12;&thinsp;km of 5&nbsp;&micro;m, "
        "r&eacute;sultats &#x2265; 3 &lt; 4.</p>"
    )
    block = page(text).blocks[0]
    assert block.plain == "Hole NX-1 cut 12.0 m & 2½ km of 5 μm, résultats ≥ 3 < 4."
    at = block.plain.index("12.0 m")
    start, end = block.text.span(at, at + 6)
    assert page(text).document.text[start:end] == "12.0&nbsp;m"


def test_raised_and_lowered_words() -> None:
    """Marks of footnotes are no part of figures; formulas, areas and ordinals keep what stands above and below."""
    body = (
        "<table><tr><th>Hole</th><th>Sc<sub>2</sub>O<sub>3</sub> (ppm)<sup>(1)</sup></th>"
        "<th>Area (m<sup>2</sup>)</th></tr>"
        "<tr><td>NX-1<sup>a</sup></td><td>253<sup>1,2</sup></td><td>100</td></tr>"
        "<tr><td>NX-2</td><td>251</td><td>90</td></tr></table>"
        "<p class='note'><sup>1</sup> Grades are uncut.</p><p>The 1<sup>st</sup> claim has 3 km<sup>2</sup>.</p>"
    )
    found = next(page(body).tables())
    assert found.header == (("Hole",), ("Sc2O3 (ppm)",), ("Area (m2)",))
    assert rows(found) == [["NX-1", "253", "100"], ["NX-2", "251", "90"]]
    assert [note.plain for note in found.notes] == ["Grades are uncut."]
    assert page(body).blocks[-1].plain == "The 1st claim has 3 km2."


def test_tags_that_nobody_closed() -> None:
    """Cells, rows and paragraphs without an end are read as browsers show them."""
    sheet = "<table><tr><td>Hole<td>Au (g/t)<tr><td>NX-1<td>1.50<tr><td>NX-2<td>2.20</table>"
    body = f"<h1>Lark <b>Drills</h1><p>Hole NX-1 cut 12.0 m.{sheet}</div></span><p>End of it."
    assert tables(body) == [[["NX-1", "1.50"], ["NX-2", "2.20"]]]
    assert prose(body)[-1] == "End of it."


def test_columns_that_only_pad() -> None:
    """Empty cells, signs and brackets in cells of their own go to the numbers that they belong to."""
    body = (
        "<table><tr><td></td><td>&nbsp;</td><td colspan=3>Three months ended June 30</td></tr>"
        "<tr><td>(in thousands)</td><td></td><td>2011</td><td></td><td>2010</td></tr>"
        "<tr><td>Revenue</td><td>$</td><td>69,409</td><td>$</td><td>68,477</td></tr>"
        "<tr><td>Net loss</td><td>$</td><td>(1,234</td><td>)</td><td>(987)</td></tr></table>"
    )
    assert tables(body) == [[["Revenue", "$69,409", "$68,477"], ["Net loss", "$(1,234)", "(987)"]]]


def test_cells_as_word_processors_export_them() -> None:
    """Paragraphs, spans and tags of an office program inside cells change nothing."""
    inside = "<td><p class=MsoNormal><span lang=EN-US>{}<o:p></o:p></span></p></td>"
    body = re.sub(r"<t[dh]>(.*?)</t[dh]>", lambda found: inside.format(found[1]), GRADES)
    assert tables(body) == [READ]


def test_scripts_in_cells_are_no_words() -> None:
    """A script or style inside a table prints nothing."""
    assert tables(GRADES.replace("1.50", "1.50<script>x = '<td>9.9</td>'</script>")) == [READ]


@given(
    st.lists(
        st.sampled_from(
            ["<div hidden>", "</div>", "<td>", "<table>", "</table>", "<tr>", "<sup>", "<br>", "<p>", "1.5", " a "]
        )
    )
)
def test_any_order_of_tags_is_read(pieces: list[str]) -> None:
    """No muddle of tags stops the reading, and nothing is read that is not in the page."""
    found = page("".join(pieces))
    for block in found.blocks:
        cells = [cell for row in block.table.rows for cell in row.cells] if block.table else []
        for words in (block.plain, *(cell.plain for cell in cells)):
            assert all(word in ("1.5", "a") or set(word) <= set("1.5a") for word in words.split())


def test_every_cell_of_the_known_tables_is_right(shared: Path) -> None:
    """All cells of the pages with known tables are in the right column of the right row, none invented."""
    folder = shared / "data" / "tables"
    scorer = runpy.run_path(str(folder / "score.py"))
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    right = total = invented = 0
    for file in sorted((folder / "html").glob("*.html")):
        per_table, false = scorer["score"](
            truth[file.stem], list(printed(layout(open_document(file.name, file.read_bytes()))))
        )
        right, total = right + sum(one for one, _ in per_table), total + sum(all_ for _, all_ in per_table)
        invented += false
    assert (right, total, invented) == (345, 345, 0)


def printed(found: Layout) -> list[list[list[str]]]:
    """The cells of all tables as the page prints them: with the marks of footnotes that reading leaves out."""
    text = found.document.text
    grids = []
    for table in found.tables():
        grid = []
        for row in (*table.header_rows, *table.rows):
            line = [""] * table.width
            for cell in row.cells:
                stop = text.index("</t", cell.text.end) if cell.plain else cell.text.end
                line[cell.column] = unescape(re.sub("<[^>]*>", "", text[cell.text.start : stop]))
            grid.append(line)
        grids.append(grid)
    return grids


def test_rows_across_the_table_name_its_parts() -> None:
    """Heads across all columns below the head name what follows; a single one, such as a unit, belongs to the head."""
    head = "<tr><th>Hole</th><th>From (m)</th><th>Au (g/t)</th></tr>"
    first, second = ROWS.split("</tr>", 1)
    named = (
        f"<table>{head}<tr><th colspan=3>North Zone</th></tr>{first}</tr><tr><th colspan=3>East Zone</th></tr>{second}"
    )
    (table,) = page(f"{SAID}{named}</table>").tables()
    assert len(table.header_rows) == 1
    assert [row.cells[0].plain for row in table.rows] == ["North Zone", "NX-1", "East Zone", "NX-2"]
    (table,) = page(f"{SAID}<table>{head}<tr><th colspan=3>(uncut)</th></tr>{ROWS}</table>").tables()
    assert len(table.header_rows) == 2
