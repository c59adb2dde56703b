"""Files of word processors: what is on the page comes out in order, each paragraph and cell with its place."""

import io
import json
import runpy
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.reading.formats import UnreadableError, layout, open_document
from orebook.reading.paged import PagedDocument
from orebook.reading.read import read_bytes
from word_paper import KINDS, W, cell, opened, packed, paragraph, part, row, run, style, table

NUMBERS = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>',
)
GRADES = table(row("Hole", "From", "To", "Au"), row("NX-1", "10.0", "12.0", "1.50"), row("NX-2", "3.0", "4.5", "2.20"))


def listed(number: int, level: int = 0) -> str:
    """What a paragraph of a list says of itself."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def shown(document: PagedDocument) -> list[str]:
    """The lines of a document that are not blank."""
    return [line for line in document.text.splitlines() if line.strip()]


def where(document: PagedDocument, words: str) -> list[str]:
    """What people call the places of some words."""
    at = document.text.index(words)
    return [place.where for place in document.places(at, at + len(words))]


def cells(document: PagedDocument) -> list[list[str]]:
    """The cells of the first table of the layout, header and rows."""
    found = next(layout(document).tables())
    return [[each.plain for each in row.cells] for row in (*found.header_rows, *found.rows)]


def test_paragraphs_and_tables_come_in_order_with_their_places() -> None:
    """Paragraphs and cells are counted as the file has them, empty paragraphs among them."""
    document = opened(paragraph("Before.") + paragraph("") + GRADES + paragraph("After."))
    assert shown(document) == [
        "Before.",
        "Hole\tFrom\tTo\tAu",
        "NX-1\t10.0\t12.0\t1.50",
        "NX-2\t3.0\t4.5\t2.20",
        "After.",
    ]
    assert where(document, "After.") == ["paragraph 3"]
    assert where(document, "2.20") == ["table 1, row 3, cell 4"]
    assert where(document, "12.0\t1.50") == ["table 1, row 2, cell 3", "table 1, row 2, cell 4"]


def test_facts_lead_to_cells() -> None:
    """The figure of a fact is the quote in the text, and its place is the cell that it stands in."""
    reading = read_bytes("release.docx", packed(paragraph("Table 1: Drill intercepts") + GRADES))
    grades = [fact for fact in reading.facts if fact.measure == "drilling.grade"]
    assert [fact.figure.digits for fact in grades] == ["1.50", "2.20"]
    document = reading.document
    for fact, line in zip(grades, (2, 3), strict=True):
        source = fact.source
        assert document.text[source.start : source.end] == source.quote
        assert [place.where for place in document.places(source.start, source.end)] == [f"table 1, row {line}, cell 4"]


def test_cells_that_cover_columns_and_rows_keep_their_columns() -> None:
    """A cell over two columns leaves the next ones where they are, one over two rows leaves room below it."""
    down, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = opened(
        table(
            row(cell("Hole", down), cell("Interval", '<w:gridSpan w:val="2"/>'), "Au"),
            row(cell("", goes_on), "From", "To", "g/t"),
            row("NX-1", "10.0", "12.0", "1.50"),
            row("NX-2", "3.0", "4.5", "2.20"),
        )
    )
    slots = document.parts[0].rows
    assert [(slot.column, slot.span, slot.rows) for slot in slots[0]] == [(0, 1, 2), (1, 2, 1), (3, 1, 1)]
    assert [slot.column for slot in slots[1]] == [1, 2, 3]
    assert next(layout(document).tables()).header[1:3] == (("Interval", "From"), ("Interval", "To"))


def test_a_row_that_leaves_columns_out_begins_further_right() -> None:
    """Columns that a row skips at its beginning stay empty."""
    skipped = row("2.0", "3.0", said='<w:gridBefore w:val="1"/>')
    document = opened(table(row("Hole", "From", "To"), row("NX-1", "1.0", "2.0"), skipped))
    assert [slot.column for slot in document.parts[0].rows[2]] == [1, 2]


def test_header_rows_are_those_that_the_file_repeats() -> None:
    """A row that is repeated on every page is a header; a table of nothing else has none."""
    head = row("1", "2", said="<w:tblHeader/>")
    assert opened(table(head, row("3", "4"))).parts[0].heads == 1
    assert opened(table(head, head)).parts[0].heads == 0


@pytest.mark.parametrize("odd", ["", "<w:softHyphen/>", "<w:tab/>"])
def test_both_ways_through_a_table_agree(odd: str) -> None:
    """A table with anything odd in it is walked cell by cell, a plain one in one pass: both give the same cells."""
    last = f"<w:p><w:r><w:t>2.20</w:t>{odd}</w:r></w:p>"
    body = table(row("Hole", cell("Au", '<w:gridSpan w:val="2"/>')), row("NX-1", "1.50", cell(last)), row("", "x", "y"))
    assert opened(body).parts[0].rows == opened(body.replace(odd, "") if odd else body).parts[0].rows


def test_tables_in_wrappers_are_read() -> None:
    """Content controls around tables, rows and cells change nothing."""
    wrapped = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    rows = wrapped.format(row("NX-1", "1.50")) + f"<w:tr>{wrapped.format(cell('NX-2'))}{cell('2.20')}</w:tr>"
    document = opened(wrapped.format(f"<w:tbl>{row('Hole', 'Au')}{rows}</w:tbl>"))
    assert shown(document) == ["Hole\tAu", "NX-1\t1.50", "NX-2\t2.20"]


def test_a_table_that_only_arranges_the_page_is_taken_apart() -> None:
    """Tables in the cells of a frame are tables of their own, and the words beside them prose."""
    document = opened(table(row(cell(GRADES + paragraph("")), "Words beside it, as letterheads have them, and more.")))
    assert [part.kind for part in document.parts] == ["table", "text"]
    assert where(document, "2.20") == ["table 1, row 1, cell 1, table 1, row 3, cell 4"]
    assert where(document, "letterheads") == ["table 1, row 1, cell 2, paragraph 1"]


def test_a_small_table_in_a_large_one_comes_after_it() -> None:
    """A table of figures stays whole when one of its cells holds another table."""
    inner = cell(table(row("a", "b"), row("c", "d")) + paragraph("2.20"))
    document = opened(table(row("Hole", "Au", "Cu"), row("NX-1", "1.50", "0.10"), row("NX-2", inner, "0.20")))
    assert shown(document)[:3] == ["Hole\tAu\tCu", "NX-1\t1.50\t0.10", "NX-2\t2.20\t0.20"]
    assert where(document, "c\td")[0] == "table 1, row 3, inner table 1, table 1, row 2, cell 1"


def test_paragraphs_with_tabs_make_a_table() -> None:
    """Tab stops are columns, however many tabs somebody pressed to get there."""
    lines = [("Hole", "", "From", "To"), ("NX-1", "10.0", "", "12.0"), ("NX-2", "3.0", "4.5")]
    tabbed = "".join(paragraph("<w:r><w:tab/></w:r>".join(run(word) for word in line)) for line in lines)
    document = opened(paragraph("Intercepts:") + tabbed + paragraph("We will drill on."))
    assert cells(document) == [["Hole", "From", "To"], ["NX-1", "10.0", "12.0"], ["NX-2", "3.0", "4.5"]]
    assert where(document, "4.5") == ["paragraph 4"]


def test_an_empty_first_cell_before_tabs_stays() -> None:
    """Where the rows are not alike, a tab at the beginning is an empty column."""
    tab = "<w:r><w:tab/></w:r>"
    body = paragraph(tab, "2011", tab, "2010") + paragraph("Revenue", tab, "69,409", tab, "68,477")
    assert shown(opened(body)) == ["\t2011\t2010", "Revenue\t69,409\t68,477"]


def test_a_number_typed_before_a_tab_is_no_cell() -> None:
    """Points and numbers that hang before their words are those of a list, not of a table."""
    tab = "<w:r><w:tab/></w:r>"
    document = opened(paragraph("1.", tab, "Grades are uncut.") + paragraph("2.", tab, "Lengths are along the hole."))
    assert shown(document) == ["1. Grades are uncut.", "2. Lengths are along the hole."]


def test_headings_are_known_by_their_style_in_any_language() -> None:
    """The name of a style decides, its outline level, and what it rests on; not what the program calls it inside."""
    styles = part(
        "styles",
        style("berschrift1", "heading 1")
        + style("Mine", "My own", '<w:basedOn w:val="berschrift1"/>')
        + style("Deep", "Deep one", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
        + style("Body", "Body text", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>'),
    )
    body = "".join(
        paragraph(words, said=f'<w:pStyle w:val="{name}"/>')
        for words, name in (
            ("Geology", "berschrift1"),
            ("Drilling", "Mine"),
            ("Assays", "Deep"),
            ("We drilled.", "Body"),
        )
    )
    document = opened(body, styles=styles)
    assert [(part.kind, part.level) for part in document.parts] == [
        ("heading", 1),
        ("heading", 1),
        ("heading", 3),
        ("text", 0),
    ]


def test_a_style_that_rests_on_itself_ends() -> None:
    """A circle of styles is no trap."""
    styles = part("styles", style("A", "a", '<w:basedOn w:val="B"/>') + style("B", "b", '<w:basedOn w:val="A"/>'))
    assert shown(opened(paragraph("Words.", said='<w:pStyle w:val="A"/>'), styles=styles)) == ["Words."]


def test_a_short_paragraph_in_bold_is_a_heading() -> None:
    """Bold all through makes a heading; one word in bold does not."""
    document = opened(paragraph(run("Drilling Results", "<w:b/>")) + paragraph(run("We", "<w:b/>"), " drilled."))
    assert [part.kind for part in document.parts] == ["heading", "text"]


def test_lists_are_numbered_as_on_the_page() -> None:
    """Numbers count on, go down a level and begin anew; points are points."""
    body = "".join(
        paragraph(words, said=listed(*how))
        for words, how in (
            ("one", (1,)),
            ("inner", (1, 1)),
            ("inner too", (1, 1)),
            ("two", (1,)),
            ("anew", (3,)),
            ("point", (2,)),
            ("none", (0,)),
        )
    )
    assert [line.strip() for line in shown(opened(body, numbering=NUMBERS))] == [
        "1. one",
        "1.a) inner",
        "1.b) inner too",
        "2. two",
        "1. anew",
        "• point",
        "none",
    ]


def test_what_was_inserted_counts_and_what_was_deleted_does_not() -> None:
    """A file with tracked changes is read as if all were accepted, and it is remarked."""
    deleted = "<w:del><w:r><w:delText>9.99</w:delText></w:r></w:del>"
    gone = row("NX-9", "9.99", said="<w:del/>")
    body = paragraph("We cut ", f"<w:ins>{run('12.0')}</w:ins>", deleted, " m.") + table(
        row("Hole", "Au"), gone, row("NX-1", "1.50")
    )
    document = opened(body)
    assert shown(document) == ["We cut 12.0 m.", "Hole\tAu", "NX-1\t1.50"]
    assert document.remarks == ("the file has tracked changes: 1 insertions counted, 2 deletions left out",)


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    """Two paragraphs that somebody joined are one, at the place of the second."""
    document = opened(paragraph("We cut ", said="<w:rPr><w:del/></w:rPr>") + paragraph("12.0 m."))
    assert shown(document) == ["We cut 12.0 m."]
    assert where(document, "12.0") == ["paragraph 2"]


def test_footnotes_stand_after_what_points_to_them() -> None:
    """The note of a table explains that table; numbers follow the order of the page, not that of the file."""
    notes = part(
        "footnotes",
        f'<w:footnote w:id="-1" w:type="separator">{paragraph("-")}</w:footnote>'
        + "".join(
            f'<w:footnote w:id="{at}">{paragraph("<w:r><w:footnoteRef/></w:r>", words)}</w:footnote>'
            for at, words in ((1, " Second note."), (2, " Grades are uncut."))
        ),
    )
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = table(row("Hole", cell(paragraph("Au", mark.format(2)))), row("NX-1", "1.50")) + paragraph(
        "Words.", mark.format(1)
    )
    document = opened(body + paragraph("Last."), footnotes=notes)
    assert shown(document) == ["Hole\tAu¹", "NX-1\t1.50", "¹ Grades are uncut.", "Words.²", "² Second note.", "Last."]
    assert where(document, "uncut") == ["footnote 1, paragraph 1"]
    assert [note.plain.strip() for note in next(layout(document).tables()).notes] == ["Grades are uncut."]


def test_endnotes_are_read_too() -> None:
    """What stands at the end of the paper is no less said."""
    notes = part("endnotes", f'<w:endnote w:id="2">{paragraph("Said at the end.")}</w:endnote>')
    document = opened(paragraph("Words.", '<w:r><w:endnoteReference w:id="2"/></w:r>'), endnotes=notes)
    assert where(document, "Said at") == ["endnote 1, paragraph 1"]


def test_headers_come_first_and_footers_last() -> None:
    """What stands on every page is said once; the number of the page is left out."""
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    paged = field.format("begin") + "<w:r><w:instrText> PAGE </w:instrText></w:r>" + field.format("separate")
    footer = part("ftr", paragraph("Page ", paged, "3", field.format("end")))
    header = part("hdr", paragraph("Lark Metals Inc."))
    document = opened(paragraph("Words."), header1=header, header2=header, footer1=footer)
    assert shown(document) == ["Lark Metals Inc.", "Words.", "Page"]
    assert where(document, "Lark") == ["header, paragraph 1"]


def test_text_boxes_are_read_once() -> None:
    """A box is written twice in the file, for new programs and old ones, and stands once on the page."""
    inside = f"<w:txbxContent>{paragraph('We cut 12.0 m.')}</w:txbxContent>"
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = opened(paragraph("Words.", box))
    assert shown(document) == ["Words.", "We cut 12.0 m."]
    assert where(document, "12.0") == ["text box 1, paragraph 1"]


@pytest.mark.parametrize(
    ("runs", "said", "plain"),
    [
        ((run("12.3"), run("1", '<w:vertAlign w:val="superscript"/>')), "12.3¹", "12.3"),
        ((run("12.3"), run("(1,2)", '<w:vertAlign w:val="superscript"/>')), "12.3⁽¹,²⁾", "12.3"),
        ((run("5 km"), run("2", '<w:vertAlign w:val="superscript"/>')), "5 km²", "5 km2"),
        ((run("1"), run("st", '<w:vertAlign w:val="superscript"/>'), " quarter"), "1st quarter", "1st quarter"),
        ((run("Sc"), run("2", '<w:vertAlign w:val="subscript"/>'), "O"), "Sc₂O", "Sc2O"),
        ((run("5 "), run("m", '<w:rFonts w:ascii="Symbol"/>'), "m"), "5 μm", "5 μm"),
        ((run("5 "), '<w:r><w:sym w:font="Symbol" w:char="F0B1"/></w:r>', " 1"), "5 ± 1", "5 ± 1"),
        ((run("2"), "<w:r><w:noBreakHyphen/></w:r>", "3 m"), "2\u20113 m", "2-3 m"),
        ((run("seen "), run("hidden", "<w:vanish/>")), "seen", "seen"),
    ],
)
def test_signs_and_marks_are_written_as_they_look(runs: Sequence[str], said: str, plain: str) -> None:
    """A raised figure is no part of its number; letters of sign fonts become what they show."""
    document = opened(paragraph(*runs))
    assert shown(document) == [said]
    assert [block.plain for block in layout(document).blocks] == [plain]


def test_formulas_are_read() -> None:
    """A formula of the equation editor has its words, its exponents raised."""
    raised = "<m:sSup><m:e><m:r><m:t>m</m:t></m:r></m:e><m:sup><m:r><m:t>3</m:t></m:r></m:sup></m:sSup>"
    parts = f"<m:f><m:num><m:r><m:t>t</m:t></m:r></m:num><m:den>{raised}</m:den></m:f>"
    assert shown(opened(paragraph("2.7 ", f"<m:oMath>{parts}</m:oMath>"))) == ["2.7 t/m³"]


def test_breaks_within_a_paragraph_are_lines_of_one_place() -> None:
    """Lines that a break parts belong to the same paragraph."""
    document = opened(paragraph("One line", "<w:r><w:br/></w:r>", "another line"))
    assert shown(document) == ["One line", "another line"]
    assert where(document, "another") == ["paragraph 1"]


def test_the_strict_form_of_the_standard_is_read() -> None:
    """Files that call the same elements by the names of the strict standard are read alike."""
    plain = packed(paragraph("Words.") + GRADES)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"))
    assert open_document("a.docx", file.getvalue()).text == open_document("a.docx", plain).text


def test_the_body_is_found_under_any_name() -> None:
    """The file itself says which part is its body."""
    assert open_document("a", packed(paragraph("Words."), main="parts/body.xml")).text.strip() == "Words."


def packs(**parts: bytes) -> bytes:
    """A ZIP archive of some parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_txt", ".txt"), data)
    return file.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ENTITY = (
    b"<!DOCTYPE a [<!ENTITY b 'words'>]><w:document xmlns:w='" + W.encode() + b"'><w:body>&b;</w:body></w:document>"
)
WORKBOOK = f'<Relationships><Relationship Type="{KINDS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.doc", OLD, "old DOC kind"),
        ("a.docx", OLD + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        ("a.docx", packed(paragraph("Words."))[:-200], "damaged"),
        ("a.docx", packs(word__document_xml=b"<w:document"), "XML is damaged"),
        ("a.docx", packs(word__document_xml=ENTITY), "declares a document type"),
        ("a.docx", packs(word__document_xml=b" " * 80_000_000), "unpack to 80,000,000"),
        ("a.docx", packed(paragraph("")), "no text"),
        ("a.zip", packs(release_txt=b"words"), "a ZIP archive; unpack it"),
        ("a.xlsx", packs(xl__workbook_xml=b"<a/>").replace(b"", b""), "a ZIP archive"),
        ("a.zip", packs(), "an empty ZIP archive"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_in_one_line(name: str, data: bytes, what: str) -> None:
    """Locked, damaged and hostile files, and archives of other things, give one line that says what instead."""
    with pytest.raises(UnreadableError) as refused:
        open_document(name, data)
    message = str(refused.value)
    assert message.startswith(name) and what in message and "\n" not in message


def test_a_workbook_is_called_one() -> None:
    """A file of another program is named by what it is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("_rels/.rels", WORKBOOK)
        archive.writestr("xl/workbook.xml", "<a/>")
    with pytest.raises(UnreadableError, match="a workbook"):
        open_document("a.xlsx", file.getvalue())


def test_deep_and_wide_files_end() -> None:
    """Tables within tables as deep as the XML library allows, and cells of a million columns, are read or refused."""
    deep = paragraph("x")
    for _ in range(40):
        deep = table(row(cell(deep + paragraph("y"))))
    assert "x" in opened(deep).text
    wide = table(row(cell("a", '<w:gridSpan w:val="1000000"/>'), "b"), row("c", "d"))
    assert opened(wide).parts[0].rows[0][1].column == 1000
    with pytest.raises(UnreadableError):
        for _ in range(80):
            deep = table(row(cell(deep + paragraph("y"))))
        opened(deep)


def test_large_files_are_read_element_by_element(monkeypatch: pytest.MonkeyPatch) -> None:
    """A body too large to hold gives the same text and places as one that is held."""
    body = paragraph("Before.") + GRADES + paragraph("After.") + f"<w:sdt><w:sdtContent>{GRADES}</w:sdtContent></w:sdt>"
    whole = opened(body)
    monkeypatch.setattr("orebook.reading.docx.xml._LARGE", 10)
    assert opened(body) == whole


@given(st.binary(max_size=400), st.integers(0, 2000), st.integers(0, 400))
def test_damage_never_gets_out(noise: bytes, at: int, length: int) -> None:
    """Whatever happens to the bytes of a file, it is read or refused."""
    data = packed(paragraph("Words.") + GRADES, styles=part("styles", ""), numbering=NUMBERS)
    at %= len(data)
    with suppress(UnreadableError):
        open_document("a.docx", data[:at] + noise + data[at + length :])


def test_every_cell_of_the_known_tables_is_right(shared: Path) -> None:
    """All cells of the documents with known tables are in the right column of the right row, none invented."""
    folder = shared / "data" / "tables"
    scorer = runpy.run_path(str(folder / "score.py"))
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    right = total = invented = 0
    for file in sorted((folder / "docx").glob("*.docx")):
        document = open_document(file.name, file.read_bytes())
        assert isinstance(document, PagedDocument)
        per_table, false = scorer["score"](truth[file.stem], [grid(document, part.rows) for part in document.parts])
        right, total = right + sum(one for one, _ in per_table), total + sum(all_ for _, all_ in per_table)
        invented += false
    assert (right, total, invented) == (345, 345, 0)


def grid(document: PagedDocument, rows: Sequence[Sequence[object]]) -> list[list[str]]:
    """The cells of a table as they are printed."""
    found = []
    for slots in rows:
        line = [""] * max((slot.column + slot.span for slot in slots), default=0)
        for slot in slots:
            line[slot.column] = document.text[slot.start : slot.end]
        found.append(line)
    return found


@pytest.mark.parametrize(
    "said",
    [
        '<w:outlineLvl w:val="2"/>',
        '<w:outlineLvl w:val="9"/>',
        '<w:pPrChange><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:pPrChange>',
        '<w:numPr><w:numId w:val="1"/></w:numPr>',
    ],
)
def test_a_style_says_the_same_however_it_is_written(said: str) -> None:
    """Read from its bytes or parsed, since a comment stands in it, a style makes the same of a paragraph."""
    made = []
    for inside in ("", "<!-- ! -->"):
        base = style("Base", "base", f"<w:pPr>{said}</w:pPr>{inside}")
        mine = style("Mine", "mine", f'<w:basedOn w:val="Base"/>{inside}')
        body = paragraph("Drilling at depth", said='<w:pStyle w:val="Mine"/>') + paragraph("Words.")
        made.append(opened(body, styles=part("styles", base + mine), numbering=NUMBERS))
    assert made[0].text == made[1].text
    assert made[0].parts == made[1].parts


def test_styles_read_from_their_bytes_make_headings_of_their_level() -> None:
    """The level of an outline holds for the style itself and for one that rests on it; nine is none."""
    for level, kinds in (("2", [("heading", 3), ("text", 0)]), ("9", [("text", 0)])):
        base = style("Base", "base", f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>')
        mine = style("Mine", "mine", '<w:basedOn w:val="Base"/>')
        body = paragraph("Drilling at depth", said='<w:pStyle w:val="Mine"/>') + paragraph("Words.")
        document = opened(body, styles=part("styles", base + mine))
        assert [(each.kind, each.level) for each in document.parts] == kinds
