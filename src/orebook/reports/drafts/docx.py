"""A draft as a Word document, to be sent round and edited: real headings, lists, tables and pictures with captions.

The same draft gives the same bytes: no time of day is written into the file.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from orebook.ground.needs import need
from orebook.reports.archives import settled
from orebook.reports.paper import Paper, shown
from orebook.reports.pictures import Picture, set_in_type
from orebook.reports.printed import Passage, PrintedTable
from orebook.reports.release.carried import NAME, as_xml
from orebook.reports.release.draft import Draft, Plate, unparted
from orebook.reports.release.register import register_of
from orebook.reports.tables.docx import add_table, look
from orebook.reports.trouble import Trouble

BINARY = True
"""The page is bytes: it goes to a file or into a pipe, not on a terminal."""

_EPOCH = datetime(2000, 1, 1)
_STYLES = {"title": "Title", "heading": "Heading 1", "paragraph": "Normal", "bullet": "List Bullet"}
_PROPS = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_KNOWN_AS = f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<ds:datastoreItem ds:itemID="{{9B6D2C0E-5B1F-4F0A-9E43-0C5A6E1D7B42}}"
 xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef
 ds:uri="{NAME}"/></ds:schemaRefs></ds:datastoreItem>"""
"""What Word is told of the register that the document carries."""

_GAP = "[to be completed:"
_WIDE_CM, _HIGH_CM = 16.5, 13.0
"""How large a picture may be: its letters are read, and it finds room below a table."""

Word = Any
"""A part of a document of the library, which has few types."""


def page(results: Iterable[Draft | Trouble], paper: Paper) -> Iterator[bytes]:
    """Yield the whole document at once."""
    docx = need("docx", extra="word")
    for draft in results:
        if isinstance(draft, Draft):
            yield _document(docx, draft)


def _document(docx: Word, draft: Draft) -> bytes:
    document = docx.Document()
    core = document.core_properties
    core.author, core.last_modified_by, core.comments = "Orebook", "Orebook", ""
    core.created = core.modified = _EPOCH
    core.title = draft.title or draft.doc
    look(docx, document, across=False)
    _set_styles(docx, document)
    _number_pages(docx, document)
    for part in draft.parts:
        if isinstance(part, Passage):
            _passage(docx, document, part)
        elif isinstance(part, PrintedTable):
            add_table(docx, document, part)
        else:
            _plate(docx, document, part)
    _carry(docx, document, as_xml(register_of(draft)))
    file = BytesIO()
    document.save(file)
    return settled(file.getvalue())


def _carry(docx: Word, document: Word, register: bytes) -> None:
    """Have the document carry its register, as data that no page shows."""
    opc = docx.opc
    kinds, names = opc.constants.RELATIONSHIP_TYPE, opc.packuri.PackURI
    package = document.part.package
    props = opc.part.Part(names("/customXml/itemProps2.xml"), _PROPS, _KNOWN_AS.encode(), package)
    held = opc.part.Part(names("/customXml/item2.xml"), "application/xml", register, package)
    held.relate_to(props, kinds.CUSTOM_XML_PROPS)
    document.part.relate_to(held, kinds.CUSTOM_XML)


def _set_styles(docx: Word, document: Word) -> None:
    """Letters and gaps of a release: a plain title, headings in ink, captions in ink."""
    ink = docx.shared.RGBColor(0x1B, 0x1B, 0x1B)
    for name, size, before, after in (("Title", 18, 0, 10), ("Heading 1", 12.5, 14, 4), ("Caption", 9.5, 8, 4)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb, style.font.bold = (
            "Calibri",
            docx.shared.Pt(size),
            ink,
            True,
        )
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(docx.oxml.ns.qn(theme), None)
        style.paragraph_format.space_before = docx.shared.Pt(before)
        style.paragraph_format.space_after = docx.shared.Pt(after)
    title = document.styles["Title"].element.get_or_add_pPr()
    for line in title.findall(docx.oxml.ns.qn("w:pBdr")):
        title.remove(line)
    normal = document.styles["Normal"]
    normal.font.size = docx.shared.Pt(10.5)
    normal.paragraph_format.space_after = docx.shared.Pt(6)


def _passage(docx: Word, document: Word, part: Passage) -> None:
    """Add a paragraph; what is still to be said is set off."""
    paragraph = document.add_paragraph(style=_STYLES[part.kind])
    first, *others = shown(unparted(part)).split(_GAP)
    paragraph.add_run(first)
    for other in others:
        inside, closing, after = other.partition("]")
        paragraph.add_run(_GAP + inside + closing).font.highlight_color = docx.enum.text.WD_COLOR_INDEX.YELLOW
        paragraph.add_run(after)


def _plate(docx: Word, document: Word, part: Plate) -> None:
    """Add a picture, with words for those who cannot see it, and its caption below."""
    dots = set_in_type(Picture(part.name, part.drawing, "light"), "png")
    wide = docx.shared.Cm(min(_WIDE_CM, _HIGH_CM * part.drawing.width / part.drawing.height))
    shape = document.add_picture(BytesIO(dots), width=wide)
    shape._inline.docPr.set("descr", shown(part.drawing.title))
    above = document.paragraphs[-1].paragraph_format
    above.keep_with_next, above.space_before = True, docx.shared.Pt(8)
    caption = document.add_paragraph(shown(part.caption), style="Caption")
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = docx.shared.Pt(2), docx.shared.Pt(12)


def _number_pages(docx: Word, document: Word) -> None:
    """Say at the foot of each page which it is, and of how many."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
    for said in ("PAGE", " / ", "NUMPAGES"):
        run = paragraph.add_run() if said.strip() != "/" else paragraph.add_run(said)
        run.font.size = docx.shared.Pt(8)
        for kind in ("begin", "", "end") if said.strip() != "/" else ():
            run._r.append(_field(docx, said, kind))


def _field(docx: Word, name: str, kind: str) -> Word:
    """A part of a field that the reader's program fills in."""
    element = docx.oxml.OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        element.set(docx.oxml.ns.qn("w:fldCharType"), kind)
    else:
        element.text = name
    return element
