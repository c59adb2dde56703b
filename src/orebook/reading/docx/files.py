"""DOCX files: from the bytes of a file to its document, and why what is none cannot be read."""

from collections.abc import Iterator
from posixpath import dirname, join, normpath

from orebook.reading.docx.archive import Archive
from orebook.reading.docx.names import W
from orebook.reading.docx.styles import Lists, Styles
from orebook.reading.docx.walk import Story, Walk
from orebook.reading.docx.xml import Element, children, parsed
from orebook.reading.formats import UnreadableError
from orebook.reading.paged import PagedDocument

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MESSAGE, _WORKBOOK = "__substg1.0_".encode("utf-16-le"), "Workbook".encode("utf-16-le")
_MAIN = "word/document.xml"
_EDGES = ("header", "footer")
_NOTES = (("footnote", "footnotes.xml"), ("endnote", "endnotes.xml"))


def opened(name: str, data: bytes) -> PagedDocument:
    """The document in a file; places name paragraphs and cells, since the file knows no pages.

    Paragraphs are counted from one as the file has them, empty ones among them; ``table 2, row 3, cell 1`` counts the
    cells that a row has, however wide. Notes stand after the paragraph or table that points to them.
    Raises ``UnreadableError`` for what is locked, damaged, or no document of a word processor.
    """
    if data.startswith(_COMPOUND):
        raise _compound(name, data)
    if not data.startswith(_ZIP):
        raise UnreadableError("the file is no DOCX file, whatever its name says", name, "look at what it is")
    return _Opening(name, Archive(name, data)).document()


class _Opening:
    """The opening of one file."""

    def __init__(self, name: str, archive: Archive) -> None:
        self.name, self.archive = name, archive
        self.main = self._main()
        self.folder = dirname(self.main)
        self.related = self._related()

    def document(self) -> PagedDocument:
        """Headers first, as on paper, then the body with its notes, footers last."""
        walk = Walk(
            Styles(self._where("styles.xml"), lambda: self.archive.reading(self._named("styles.xml"))),
            Lists(self._where("numbering.xml"), lambda: self._part("numbering.xml")),
            dict(self._notes()),
        )
        self._edges(walk, "header")
        data = self.archive.part(self.main) or b""
        walk.speech.tracked = b"del" in data
        walk.speech.signs = b"Symbol" in data or b"Wingdings" in data
        walk.story(children(self._where(self.main), data, f"{W}body"), Story())
        self._edges(walk, "footer")
        document = walk.writer.document(self.name, "docx", tuple(self._remarks(walk)))
        if not document.text or document.text.isspace():
            what = "no text in the file" + (", only pictures" if walk.speech.pictures else "")
            raise UnreadableError(what, self.name, "give it as PDF, so that the pictures can be read")
        return document

    def _main(self) -> str:
        """The name of the part that holds the body."""
        names = self.archive.names()
        if _MAIN in names:
            return _MAIN
        top = self.archive.part("_rels/.rels")
        for relation in parsed(self._where("_rels/.rels"), top) if top else ():
            target = (relation.get("Target") or "").lstrip("/")
            if (relation.get("Type") or "").endswith("/officeDocument") and target in names:
                if target.startswith(("xl/", "ppt/")):
                    what = "a workbook" if target.startswith("xl/") else "slides"
                    raise UnreadableError(f"{what}, no document", self.name, "save it as PDF, DOCX, HTML or text")
                return target
        what = "a ZIP archive" if names else "an empty ZIP archive"
        raise UnreadableError(what, self.name, "unpack it and give the documents in it, or the folder of them")

    def _related(self) -> list[tuple[str, str]]:
        """The kinds and the names of the parts that belong to the body."""
        where = f"{self.folder}/_rels/{self.main.rpartition('/')[2]}.rels"
        data = self.archive.part(where)
        found = []
        for relation in parsed(self._where(where), data) if data else ():
            kind = (relation.get("Type") or "").rpartition("/")[2]
            target = relation.get("Target") or ""
            if relation.get("TargetMode") != "External":
                if kind in _EDGES:
                    target = target.lstrip("/") if target.startswith("/") else normpath(join(self.folder, target))
                found.append((kind, target))
        return found

    def _edges(self, walk: Walk, kind: str) -> None:
        """Write the headers or the footers; what several pages have alike is written once."""
        seen: set[str] = set()
        for part in (part for found, part in self.related if found == kind):
            data = self.archive.part(part)
            root = parsed(self._where(part), data) if data and b"t>" in data else None
            said = "" if root is None else "".join(text.text or "" for text in root.iter(f"{W}t"))
            if root is not None and said.strip() and said not in seen:
                seen.add(said)
                walk.story(root, Story(f"{kind}, " if len(seen) == 1 else f"{kind} {len(seen)}, "))

    def _notes(self) -> Iterator[tuple[tuple[str, str], Element]]:
        """Yield the footnotes and endnotes by kind and name; lines that part them from the body are none."""
        for kind, file in _NOTES:
            data = self._part(file)
            for note in parsed(self._where(file), data).iter(f"{W}{kind}") if data else ():
                if note.get(f"{W}type") in (None, "normal"):
                    yield (kind, note.get(f"{W}id") or ""), note

    def _remarks(self, walk: Walk) -> Iterator[str]:
        """Yield what one should know about the file."""
        speech = walk.speech
        if speech.inserted or speech.deleted:
            counted = f"{speech.inserted:,} insertions counted, {speech.deleted:,} deletions left out"
            yield f"the file has tracked changes: {counted}"
        foreign = sum(kind == "aFChunk" for kind, _ in self.related)
        if foreign:
            yield f"{foreign:,} embedded parts in other formats were not read"
        sheets = sum(kind in ("package", "oleObject") for kind, _ in self.related)
        if sheets:
            yield f"{sheets:,} embedded objects such as workbooks were not read"

    def _part(self, file: str) -> bytes | None:
        return self.archive.part(self._named(file))

    def _named(self, file: str) -> str:
        return f"{self.folder}/{file}" if self.folder else file

    def _where(self, part: str) -> str:
        return f"{self.name}, part {part}"


def _compound(name: str, data: bytes) -> UnreadableError:
    """What an old binary file is: a locked DOCX, a document of the old kind, a message, a workbook."""
    if _LOCKED in data:
        return UnreadableError("the file is locked with a password", name, "save it without a password")
    if _MESSAGE in data:
        return UnreadableError("a message as Outlook keeps it", name, "save it as EML, and give that")
    if _WORKBOOK in data:
        return UnreadableError("a workbook, no document", name, "save it as PDF, DOCX, HTML or text")
    return UnreadableError("a file of the old DOC kind", name, "save it as DOCX or PDF, and give that")
