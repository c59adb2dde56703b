"""Files of a word processor, made in a test: a few words of XML become a whole DOCX."""

import io
import zipfile

from orebook.reading.formats import open_document
from orebook.reading.paged import PagedDocument

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def part(name: str, inside: str) -> str:
    """A part with its outermost element."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} {NAMES}>{inside}</w:{name}>'


def run(words: str, looks: str = "") -> str:
    """A run of words, with how it looks."""
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*runs: str, said: str = "") -> str:
    """A paragraph of runs; what is no run yet becomes one."""
    inside = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p><w:pPr>{said}</w:pPr>{inside}</w:p>"


def cell(words: str, said: str = "") -> str:
    """A cell of a table."""
    return f"<w:tc><w:tcPr>{said}</w:tcPr>{words if words.startswith('<') else paragraph(words)}</w:tc>"


def row(*cells: str, said: str = "") -> str:
    """A row of a table."""
    inside = "".join(each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{said}</w:trPr>{inside}</w:tr>"


def table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def style(name: str, shown: str, inside: str = "") -> str:
    """A style of paragraphs."""
    return f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>{inside}</w:style>'


def packed(body: str, *, main: str = "word/document.xml", **parts: str) -> bytes:
    """A DOCX file: its body, and further parts such as ``footnotes`` and ``header1`` by their names."""
    file = io.BytesIO()
    relations = "".join(
        f'<Relationship Id="r{at}" Type="{KINDS}/{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for at, name in enumerate(parts)
    )
    top = f'<Relationship Id="r0" Type="{KINDS}/officeDocument" Target="{main}"/>'
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", f"<Relationships>{top}</Relationships>")
        archive.writestr(main, part("document", f"<w:body>{body}<w:sectPr/></w:body>"))
        folder, _, name = main.rpartition("/")
        archive.writestr(f"{folder}/_rels/{name}.rels", f"<Relationships>{relations}</Relationships>")
        for name, xml in parts.items():
            archive.writestr(f"{folder}/{name}.xml", xml)
    return file.getvalue()


def opened(body: str, **parts: str) -> PagedDocument:
    """The document that such a file is."""
    document = open_document("release.docx", packed(body, **parts))
    assert isinstance(document, PagedDocument)
    return document
