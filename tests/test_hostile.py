"""Hostile files, end to end: each costs itself one line within the limits, and the batch goes on.

All lie in one folder that is read as a person would read it, by processes that are minded. A file either gives the one
good sentence that it holds or is refused in the words that stand beside it here; in neither case is anything of it
obeyed.
"""

import io
import json
import os
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

import pytest

from pdf_paper import Paper
from word_paper import W, cell, packed, paragraph, row, table

GOOD = "Hole NX-7 cut 12.0 m grading 1.50 g/t gold.\n"
READ = ""
"""What is expected of a file whose good sentence is found."""
SOME = "some"
"""What is expected of one that need not be understood, as long as nothing is invented."""


class Hostile(NamedTuple):
    """A hostile file: its bytes, and a piece of the one line by which it is refused, or nothing where it is read."""

    data: bytes
    said: str = READ


def paper(pages: int = 1, **asked: str) -> bytes:
    """A PDF of so many pages, each with the good sentence."""
    made = Paper()
    for _ in range(pages):
        made.page().words(72, 100, GOOD.strip())
    return made.data(**asked)


def objects(*bodies: bytes) -> bytes:
    """A PDF of these objects, the first its catalogue."""
    out = b"%PDF-1.4\n"
    for number, body in enumerate(bodies, start=1):
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return out + b"trailer << /Size %d /Root 1 0 R >>\n%%%%EOF\n" % (len(bodies) + 1)


def stream(data: bytes, said: bytes = b"") -> bytes:
    """A stream as an object of a PDF."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (said, len(data), data)


def blanks(megabytes: int) -> bytes:
    """So many packed blanks."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * 2**20) for _ in range(megabytes)) + packer.flush()


def archive(document: bytes) -> bytes:
    """A DOCX whose body is these bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", document)
    return file.getvalue()


def body(inside: str, before: str = "") -> bytes:
    """The XML of a body with something before it."""
    return f"{before}<w:document xmlns:w='{W}'><w:body>{inside}</w:body></w:document>".encode()


def message(*attached: tuple[str, bytes]) -> bytes:
    """A message with the good sentence and what hangs on it."""
    made = EmailMessage()
    made["From"] = "ir@lark.example"
    made.set_content(GOOD)
    for name, data in attached:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def image(width: int, height: int) -> bytes:
    """A TIFF of one bit that says it is so large and has a few bytes."""
    numbers = ((256, width), (257, height), (258, 1), (259, 1), (262, 1), (273, 8), (277, 1), (278, height), (279, 8))
    entries = b"".join(struct.pack("<HHII", name, 4, 1, value) for name, value in numbers)
    return b"II*\x00" + struct.pack("<IH", 8, len(numbers)) + entries + bytes(4)


def typeface() -> bytes:
    """A PDF whose fonts have widths without end, a file that is none, and letters that nobody has."""
    broken = b"<< /Type /Font /Subtype /TrueType /BaseFont 99 0 R /FontDescriptor 98 0 R /Widths [1e30 -5] /FirstChar 0"
    return paper().replace(b"<< /Type /Font /Subtype /Type1", broken + b" /LastChar 99999999")


LAUGHS = "<!DOCTYPE a [<!ENTITY l0 'lol'>" + "".join(
    f"<!ENTITY l{level} '{f'&l{level - 1};' * 10}'>" for level in range(1, 12)
)
FILE = "<!DOCTYPE a [<!ENTITY x SYSTEM 'secret.txt'>]>"
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
ONE_PAGE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
)

FILES: dict[str, Callable[[], Hostile]] = {
    "encrypted.pdf": lambda: Hostile(paper(password="ore"), "protected by a password"),
    "cut-off.pdf": lambda: Hostile(paper()[:300], "damaged"),
    "end-cut-off.pdf": lambda: Hostile(paper()[:-60], "damaged"),
    "ten-thousand-pages.pdf": lambda: Hostile(paper(10_000)),
    "page-tree-in-a-circle.pdf": lambda: Hostile(
        objects(CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", b"<< /Type /Pages /Kids [2 0 R] >>"),
        "damaged",
    ),
    "pages-without-number.pdf": lambda: Hostile(
        objects(CATALOGUE, b"<< /Type /Pages /Kids [] /Count 2000000000 >>"), "PDF"
    ),
    "words-packed-a-thousandfold.pdf": lambda: Hostile(
        objects(CATALOGUE, ONE_PAGE, PAGE, stream(blanks(200), b"/Filter /FlateDecode")), "no words"
    ),
    "picture-of-gigabytes.pdf": lambda: Hostile(
        objects(
            CATALOGUE,
            ONE_PAGE,
            PAGE,
            stream(b"600 0 0 800 0 0 cm /X Do"),
            stream(
                zlib.compress(bytes(1000)),
                b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceGray "
                b"/BitsPerComponent 8 /Filter /FlateDecode",
            ),
        ),
        "page 1",
    ),
    "broken-fonts.pdf": lambda: Hostile(typeface(), SOME),
    "cut-off.docx": lambda: Hostile(packed(paragraph(GOOD))[:-200], "damaged"),
    "bomb.docx": lambda: Hostile(archive(b" " * 100_000_000), "more than a document needs"),
    "laughs.docx": lambda: Hostile(archive(body("<w:p>&l11;</w:p>", LAUGHS + "]>")), "declares a document type"),
    "laughs-in-utf-16.docx": lambda: Hostile(
        archive(body("<w:p>&l11;</w:p>", LAUGHS + "]>").decode().encode("utf-16")), "part word/document.xml"
    ),
    "external.docx": lambda: Hostile(archive(body("<w:p>&x;</w:p>", FILE)), "declares a document type"),
    "deep.docx": lambda: Hostile(archive(body("<w:p>" * 50_000 + "</w:p>" * 50_000)), "part word/document.xml"),
    "cells-as-wide-as-the-world.docx": lambda: Hostile(
        packed(paragraph(GOOD) + table(*[row(cell("a", '<w:gridSpan w:val="1000000000"/>'), "b")] * 50))
    ),
    "laughs.html": lambda: Hostile((LAUGHS + f"]><html><p>&l11; {GOOD}</html>").encode()),
    "external.html": lambda: Hostile((FILE + f"<html><p>&x; {GOOD}</html>").encode()),
    "tables-in-tables.html": lambda: Hostile(("<table><tr><td>" * 10_000 + GOOD + "</table>" * 10_000).encode()),
    "columns-without-end.html": lambda: Hostile(
        f"<p>{GOOD}<table><tr><th colspan=1000000000>A<th rowspan=999999999>B<tr><td>1<td>2</table>".encode()
    ),
    "never-closed.html": lambda: Hostile((f"<p>{GOOD}" + "<div><p <!--<![CDATA[" * 20_000).encode()),
    "scripts.html": lambda: Hostile(
        f'<p onclick="steal()">{GOOD}<script>document.write("Hole ZZ-99 cut 99.0 m grading 99.9 g/t gold.")</script>'
        '<img src=x onerror="alert(1)"><template>Hole ZZ-98 cut 98.0 m grading 98.8 g/t gold.</template>'.encode()
    ),
    "parts-in-parts.eml": lambda: Hostile(
        b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(1_000)), "parts"
    ),
    "messages-in-messages.eml": lambda: Hostile(
        b"MIME-Version: 1.0\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 1_000 + GOOD.encode(), "parts"
    ),
    "attached-bombs.eml": lambda: Hostile(
        message(*[(f"{at}.docx", archive(b" " * 20_000_000)) for at in range(8)], ("a.zip", archive(b"words")))
    ),
    "subject-without-end.eml": lambda: Hostile(
        b"MIME-Version: 1.0\r\nSubject: " + b"=?utf-8?B?QQ==?= " * 50_000 + b"\r\n\r\n" + GOOD.encode()
    ),
    "braces.rtf": lambda: Hostile(rb"{\rtf1 " + b"{" * 100_000 + GOOD.encode(), "without end"),
    "binary-without-end.rtf": lambda: Hostile(rb"{\rtf1 " + GOOD.encode() + rb"\bin2147483647 x}"),
    "image-of-gigabytes.tif": lambda: Hostile(image(60_000, 60_000), "the image cannot be read"),
    "brackets.tsx": lambda: Hostile(f"const a = <p>{GOOD}</p>;\n".encode() + b"const b = " + b"[" * 50_000),
    "pipes.md": lambda: Hostile(GOOD.encode() + b"\n" + b"|" * 200_000),
    "one-line.txt": lambda: Hostile(b"1.5 " * 300_000, "without a line break"),
    "zeros.txt": lambda: Hostile(bytes(10_000), "binary"),
    "new\nline \x1b[31mred\x1b]0;title\x07.txt": lambda: Hostile(GOOD.encode()),
    "new\nline \x1b[31mempty\u202e.txt": lambda: Hostile(b"", "the file is empty"),
}


class Outcome(NamedTuple):
    """What came of a folder: the grades that were read of each file, the lines that were said, and the status."""

    facts: dict[str, set[str]]
    said: list[str]
    status: int


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """All the files, and things that are no files, read as one folder."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, made in FILES.items():
        (folder / name).write_bytes(made().data)
    (folder / "secret.txt").write_text("Hole XX-1 cut 77.0 m grading 7.77 g/t gold.\n")
    (folder / "round").symlink_to(".")
    (folder / "a.txt").symlink_to("b.txt")
    (folder / "b.txt").symlink_to("a.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.txt")
    limits = ["--time-limit", "120", "--memory-limit", "1500", "--jobs", "2"]
    words = [sys.executable, "-m", "orebook", "read", str(folder), "--format", "jsonl", *limits]
    done = subprocess.run(words, capture_output=True, timeout=900, check=False)
    facts: dict[str, set[str]] = {}
    for line in done.stdout.decode().splitlines():
        fact = json.loads(line)
        said = facts.setdefault(Path(fact["doc"]).name, set())
        if fact["measure"] == "drilling.grade":
            said.add(fact["value"])
    return Outcome(facts, done.stderr.decode().splitlines(), done.returncode)


@pytest.mark.parametrize("name", FILES, ids=lambda name: re.sub(r"[^a-z0-9.-]", "_", name))
def test_a_hostile_file_is_read_or_refused_in_one_line(name: str, outcome: Outcome) -> None:
    """What it truly says is read and nothing besides, or one line says what is wrong with it."""
    expected = FILES[name]().said
    mine = [line for line in outcome.said if f"/{plain(name)}" in plain(line)]
    assert not any("a fault of orebook" in line for line in outcome.said)
    if expected == READ:
        assert outcome.facts.get(name) == {"1.50"}, mine
    elif expected == SOME:
        assert outcome.facts.get(name, set()) <= {"1.50"}, mine
    else:
        assert name not in outcome.facts
        assert len(mine) == 1 and expected in mine[0] and mine[0].startswith("orebook: "), outcome.said


def plain(words: str) -> str:
    """Words without anything that is put otherwise, or not at all, on a terminal."""
    return re.sub(r"[^\w./:;,-]", "", words)


def test_what_is_no_file_is_no_document(outcome: Outcome) -> None:
    """Pipes and devices in a folder are named, not waited for; links in a circle are followed once or not at all."""
    for name, said in (
        ("pipe.txt", "a pipe or a device"),
        ("device.txt", "a pipe or a device"),
        ("a.txt", "symbolic"),
    ):
        assert [line for line in outcome.said if f"/{name}: " in line and said in line], outcome.said
    assert outcome.facts["secret.txt"] == {"7.77"}
    assert not [line for line in outcome.said if "round" in line]
    assert outcome.status == 2


def test_nothing_of_a_name_is_obeyed(outcome: Outcome) -> None:
    """No character that a terminal obeys is said, and every trouble is one line."""
    assert not set("".join(outcome.said)) & set("\x1b\x07\r\u202e")
    assert all(line.startswith("orebook: ") for line in outcome.said)
