"""Messages: the best body is read, every attachment by its own format, and places say which of them."""

from contextlib import suppress
from email.message import EmailMessage, Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.desk.inputs import Input, opened
from orebook.ground.source import Document
from orebook.reading.formats import UnreadableError, layout, open_document
from orebook.reading.paged.bundle import Bundle
from orebook.reading.read import read_bytes
from orebook.reports.trouble import Trouble
from word_paper import packed, paragraph, row, table

PLAIN = "Lark Metals Drills the North Zone\n\nHole NX-1 cut 12.0 m grading 1.50 g/t gold.\n"
PAGE = (
    "<html><body><h1>Lark Metals Drills the North Zone</h1><p>Hole NX-1 cut 12.0&nbsp;m grading 1.50 g/t gold.</p>"
    "<table><tr><th>Hole</th><th>Au (g/t)</th></tr><tr><td>NX-1</td><td>1.50</td></tr>"
    "<tr><td>NX-2</td><td>2.20</td></tr></table></body></html>"
)


def message(subject: str = "Lark Metals drills") -> EmailMessage:
    """A message without a body."""
    made = EmailMessage()
    made["From"] = "Lark Metals <news@lark.example>"
    made["To"] = "all@lark.example"
    made["Date"] = "Mon, 4 May 2020 08:00:00 -0700"
    made["Subject"] = subject
    made["Message-ID"] = "<1@lark.example>"
    return made


def document(made: Message, name: str = "release.eml") -> Bundle:
    """The document that a message is."""
    found = open_document(name, made.as_bytes())
    assert isinstance(found, Bundle)
    return found


def places(found: Document, words: str) -> list[str]:
    """What people call the places of some words."""
    at = found.text.index(words)
    return [place.where for place in found.places(at, at + len(words))]


@pytest.mark.parametrize("way", ["quoted-printable", "base64", "8bit"])
def test_a_body_comes_out_of_every_encoding(way: str) -> None:
    """Letters are the same, however the mail carried them."""
    made = message()
    made.set_content("Résultats – 12,0 m à 1,50 g/t d’or. " * 5, cte=way)
    assert "Résultats – 12,0 m à 1,50 g/t d’or." in document(made).text


def test_letters_of_an_unknown_encoding_are_guessed() -> None:
    """An encoding that nobody knows, or that is not true, is no reason to lose the words."""
    for said in ("utf-8", "klingon"):
        head = f"From: a@b\r\nContent-Type: text/plain; charset={said}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        assert "Québec" in open_document("a.eml", head.encode() + "Drilling in Québec.".encode("cp1252")).text


def test_of_two_ways_to_say_the_same_the_page_is_read() -> None:
    """The page has the tables; the plain text would say everything twice."""
    made = message()
    made.set_content(PLAIN)
    made.add_alternative(PAGE, subtype="html")
    found = document(made)
    assert found.text.count("12.0") == 1 and "<table>" in found.text
    assert [block.kind for block in layout(found).blocks] == ["front", "title", "paragraph", "table"]


def test_a_page_without_words_gives_way_to_the_text() -> None:
    """Where the page is empty, the plain text is read."""
    made = message()
    made.set_content(PLAIN)
    made.add_alternative("  ", subtype="html")
    assert "Hole NX-1" in document(made).text


def test_the_head_is_front_matter_and_the_subject_a_title_where_there_is_none() -> None:
    """The date of the message counts as that of the release; the body's own title stands before the subject."""
    made = message("=?utf-8?q?Lark_drills_at_Qu=C3=A9bec?=")
    made.set_content("We cut 12.0 m grading 1.50 g/t gold in hole NX-1.\n")
    blocks = layout(document(made)).blocks
    assert [(block.kind, block.plain) for block in blocks[1:2]] == [("title", "Lark drills at Québec")]
    made = message()
    made.set_content(PAGE, subtype="html")
    titles = [block.plain for block in layout(document(made)).blocks if block.kind == "title"]
    assert titles == ["Lark Metals Drills the North Zone"]
    assert read_bytes("release.eml", made.as_bytes()).context["date"] == "2020-05-04"


def test_facts_of_body_and_attachments_know_their_places() -> None:
    """Every figure is the quote in the one text, and its place names the attachment and the cell."""
    made = message()
    made.set_content(PAGE, subtype="html")
    cells = table(row("Hole", "From (m)", "Au (g/t)"), row("NX-7", "3.0", "7.70"), row("NX-8", "4.0", "8.80"))
    file = packed(paragraph("Table 1: Intercepts") + cells)
    made.add_attachment(file, maintype="application", subtype="octet-stream", filename="C:\\out\\appendix.docx")
    made.add_attachment("Hole NX-9 cut 9.0 m grading 9.90 g/t gold.", filename="note.txt")
    reading = read_bytes("release.eml", made.as_bytes())
    found = {fact.figure.digits: fact.source for fact in reading.facts if fact.measure == "drilling.grade"}
    assert {"1.50", "7.70", "8.80", "9.90"} <= found.keys()
    for source in found.values():
        assert reading.document.text[source.start : source.end] == source.quote
    named = {digits: reading.document.places(source.start, source.end)[0].where for digits, source in found.items()}
    assert named["1.50"] == "body"
    assert named["8.80"] == "attachment appendix.docx, table 1, row 3, cell 3"
    assert named["9.90"] == "attachment note.txt"


def test_a_message_in_a_message_is_read() -> None:
    """What was sent on is an attachment that is a message."""
    inner = message("Lark Metals drills")
    inner.set_content(PLAIN)
    made = message("Fw: Lark Metals drills")
    made.set_content("For your files.\n")
    made.add_attachment(inner)
    assert places(document(made), "Hole NX-1 cut") == ["attachment unnamed.eml, body"]


def test_what_cannot_be_read_is_remarked_and_the_rest_is_read() -> None:
    """Pictures, archives and damaged files cost nothing but a remark."""
    made = message()
    made.set_content(PLAIN)
    made.add_attachment(b"\x89PNG\r\n\x1a\n\x00", maintype="image", subtype="png", filename="logo.png")
    made.add_attachment(b"PK\x05\x06" + bytes(18), maintype="application", subtype="zip", filename="all.zip")
    made.add_attachment(b"\x00\x01\x02", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    found = opened(Input("release.eml", made.as_bytes()))
    assert not isinstance(found, Trouble)
    assert "Hole NX-1" in found.reading.document.text
    for words in (
        "attachment all.zip: an empty ZIP archive",
        "attachment winmail.dat: the file is binary",
        "1 pictures",
    ):
        assert words in found.remark


def test_a_message_is_known_without_its_name() -> None:
    """Mail has lines that nothing else has; a release that begins with a date and a place is no mail."""
    made = message()
    made.set_content(PLAIN)
    assert open_document("download", made.as_bytes()).format == "email"
    assert open_document("a.txt", b"Date: May 4, 2020\nFrom: Vancouver\n\nWe cut 12.0 m.\n").format == "text"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"From: a@b\r\nSubject: none\r\n\r\n", "no words"),
        (b"From: a@b\r\nContent-Type: application/pkcs7-mime\r\n\r\nMIIB", "encrypted"),
        (
            b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(2000)),
            "parts",
        ),
        (b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\nword\r\n" * 5000, "more parts"),
    ],
    ids=["empty", "encrypted", "deep", "many"],
)
def test_hostile_messages_are_refused_in_one_line(data: bytes, what: str) -> None:
    """Parts without end and messages without words give one line."""
    with pytest.raises(UnreadableError) as refused:
        open_document("a.eml", data)
    assert what in str(refused.value) and "\n" not in str(refused.value)


@given(st.binary(max_size=300), st.integers(0, 3000), st.integers(0, 300))
def test_damage_never_gets_out(noise: bytes, at: int, length: int) -> None:
    """Whatever happens to the bytes of a message, it is read or refused, and its layout fits its text."""
    made = message()
    made.set_content(PLAIN)
    made.add_alternative(PAGE, subtype="html")
    made.add_attachment(PLAIN, filename="note.txt")
    data = made.as_bytes()
    at %= len(data)
    with suppress(UnreadableError):
        found = open_document("a.eml", data[:at] + noise + data[at + length :])
        for block in layout(found).blocks:
            assert 0 <= block.text.start <= block.text.end <= len(found.text)
