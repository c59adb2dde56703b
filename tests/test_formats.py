"""Opening files: encodings, what is no document, and which format reads what."""

import pytest

from orebook.reading.formats import UnreadableError, decode, formats, layout, open_document


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Québec 1,5 m".encode(), "utf-8"),
        (b"\xef\xbb\xbf" + "Québec 1,5 m".encode(), "utf-8"),
        (b"\xff\xfe" + "Québec 1,5 m".encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + "Québec 1,5 m".encode("utf-16-be"), "utf-16-be"),
        ("Québec 1,5 m".encode("cp1252"), "cp1252"),
    ],
)
def test_text_comes_out_of_every_encoding(data: bytes, encoding: str) -> None:
    """The words are the same, however they were encoded, and a guess is remarked."""
    found = decode("a.txt", data)
    assert (found.text, found.encoding) == ("Québec 1,5 m", encoding)
    assert bool(found.remark) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image cannot be read"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "binary"),
        (bytes(range(128, 256)) * 20 + bytes(range(32)) * 20, "binary"),
        (b"%PDF-1.7 words", "PDF"),
        (b"\xff\xfea", "UTF-16"),
        (b"word " * 20, "more than the limit"),
    ],
)
def test_what_is_no_document_is_refused_in_one_line(data: bytes, what: str) -> None:
    """The message names the file, what is wrong and what to do, on one line."""
    with pytest.raises(UnreadableError) as refused:
        open_document("some.file", data, limit=64 if b"word" in data[:4] else 10_000)
    message = str(refused.value)
    assert message.startswith("some.file: ")
    assert what in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("name", "text", "format_name"),
    [
        ("a.txt", "words", "text"),
        ("a", "words", "text"),
        ("a.md", "words", "markdown"),
        ("a", "---\ntitle: x\n---\nwords", "markdown"),
        ("a.htm", "words", "html"),
        ("a", "<!DOCTYPE html><p>words", "html"),
        ("a.TSX", "const a = 1", "jsx"),
    ],
)
def test_a_file_is_known_by_its_name_or_its_first_words(name: str, text: str, format_name: str) -> None:
    """Names decide first; what nobody recognises is plain text."""
    assert open_document(name, text.encode()).format == format_name


def test_every_format_says_what_it_recognises_and_reads() -> None:
    """A format is a file in the folder with two functions; nobody lists them."""
    for name, form in formats().items():
        assert not form.recognises("unknown.bin", b"")
        document = open_document("a.txt", b"words 1.5 m")
        assert form.read(document).document is document, name


def test_offsets_survive_a_byte_order_mark_and_carriage_returns() -> None:
    """A block's place is a place in the decoded text, line breaks as they are."""
    document = open_document("a.txt", b"\xef\xbb\xbfOre Was Found Here\r\n\r\nWe cut 1.5 m.\r\n")
    block = layout(document).blocks[1]
    at = block.plain.index("1.5")
    start, end = block.text.span(at, at + 3)
    assert document.text[start:end] == "1.5"
    assert document.source(start, end).line == 3


@pytest.mark.parametrize("name", ["release.pdf", "RELEASE.PDF", "report.docx", "page.png", "page.jpeg", "scan.tiff"])
def test_a_text_named_as_what_it_is_not_is_refused(name: str) -> None:
    """The page of an error kept in place of a PDF is no release without figures."""
    with pytest.raises(UnreadableError, match=r"named as a .* and holds plain text; fetch it again"):
        open_document(name, b"<html><body>404: this page was not found</body></html>")
