"""DOCX: parts of a sound archive."""

from collections.abc import Iterator

from fuzz.contract import read_soundly
from fuzz.mutators import zip_mutator
from fuzz.seeds import known
from word_paper import cell, packed, paragraph, part, row, run, style, table

LONGEST = 120_000
WORDS = known("docx")


def seeds() -> Iterator[bytes]:
    """Files with paragraphs, tables in tables, merged cells, notes, lists, styles, boxes, formulas, changes, signs."""
    grades = table(
        row("Hole", "From (m)", "To (m)", "Au (g/t)"),
        row("NX-1", "10.0", "22.0", "1.50"),
        row("including", "12.0", "14.0", "6.40"),
    )
    yield packed(paragraph("Hole NX-1 cut 12.0 m grading 1.50 g/t gold.") + grades + paragraph("Words."))
    merged = table(
        row(cell("Hole", '<w:gridSpan w:val="2"/>'), cell("Au", '<w:vMerge w:val="restart"/>')),
        row("A-1", "3.0", cell("", "<w:vMerge/>")),
        row(cell(grades + paragraph("y")), "4", said='<w:gridBefore w:val="1"/>'),
    )
    yield packed(merged + paragraph("1.", "<w:r><w:tab/></w:r>", "Grades are uncut."))
    note = f'<w:footnote w:id="1">{paragraph("<w:r><w:footnoteRef/></w:r>", " A note.")}</w:footnote>'
    styles = style("H", "heading 1") + style(
        "M", "mine", '<w:basedOn w:val="H"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr>'
    )
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    lists = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = paragraph("Geology", said='<w:pStyle w:val="M"/>') + paragraph("one", said=numbered)
    body += paragraph("two", '<w:r><w:footnoteReference w:id="1"/></w:r>', said=numbered)
    yield packed(
        body, footnotes=part("footnotes", note), styles=part("styles", styles), numbering=part("numbering", lists)
    )
    inside = f"<w:txbxContent>{paragraph('Boxed 12.0 m.')}</w:txbxContent>"
    box = f"<w:r><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></w:r>"
    ton, metre = (f"<m:r><m:t>{word}</m:t></m:r>" for word in ("t", "m"))
    formula = f"<m:oMath><m:f><m:num>{ton}</m:num><m:den>{metre}</m:den></m:f></m:oMath>"
    changes = f"<w:ins>{run('12.0')}</w:ins><w:del><w:r><w:delText>9.9</w:delText></w:r></w:del>"
    looks = run("3", '<w:vertAlign w:val="superscript"/>') + run("m", '<w:rFonts w:ascii="Symbol"/>')
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    field = f"{begin}<w:r><w:instrText>PAGE</w:instrText></w:r>{end}"
    words = paragraph("Words ", box, formula, changes, looks, run("no", "<w:vanish/>"), field)
    yield packed(words, header1=part("hdr", paragraph("Lark Metals Inc.")))


mutated = zip_mutator(WORDS, next(seeds()))


def once(data: bytes) -> None:
    """A file is read, checked and shown."""
    read_soundly("a.docx", data)
