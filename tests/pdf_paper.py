"""PDF files written by hand, one oddity at a time: words at any place, rules, boxes, turned pages, a password."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

# Widths of the letters from the blank to the tilde, in thousandths of their size.
_PLAIN = [
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278), *[556] * 10,
    *(278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556),
    *(278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334),
    *(260, 334, 584),
]  # fmt: skip
_PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def width(words: str, size: float = 10) -> float:
    """How wide words are in the plain letters of the tests (Helvetica)."""
    return sum(_PLAIN[ord(letter) - 32] for letter in words) * size / 1000


@dataclass
class Page:
    """A page that is being drawn on; places are points from the upper left corner, y down."""

    wide: float = 595
    high: float = 842
    turned: int = 0
    drawn: list[str] = field(default_factory=list)

    def words(
        self, x: float, y: float, said: str, size: float = 10, *, bold: bool = False, turn: int = 0, font: str = ""
    ) -> None:
        """Words whose baseline begins at a place; ``turn`` counts quarter turns counterclockwise."""
        a, b, c, d = [(1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0)][turn]
        shown = said.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        name = font or ("B" if bold else "F")
        self.drawn.append(f"BT /{name} {size} Tf {a} {b} {c} {d} {x:.2f} {self.high - y:.2f} Tm ({shown}) Tj ET")

    def right(self, x: float, y: float, said: str, size: float = 10, *, bold: bool = False) -> None:
        """Words that end at a place."""
        self.words(x - width(said, size), y, said, size, bold=bold)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A ruling line."""
        self.drawn.append(f"0.5 w {x0} {self.high - y0} m {x1} {self.high - y1} l S")

    def box(self, x0: float, y0: float, x1: float, y1: float, shade: float | None = None) -> None:
        """A box: outlined, or filled with a grey."""
        how = f"{shade} g" if shade is not None else "0.5 w"
        what = "f 0 g" if shade is not None else "S"
        self.drawn.append(f"{how} {x0} {self.high - y1} {x1 - x0} {y1 - y0} re {what}")

    def hidden(self, x: float, y: float, said: str, size: float = 10) -> None:
        """Words that are not drawn, as those of a scan that was recognised."""
        self.drawn.append("3 Tr")
        self.words(x, y, said, size)
        self.drawn.append("0 Tr")

    def prose(self, x: float, y: float, lines: Sequence[str], size: float = 10, pitch: float = 13) -> float:
        """Lines one below the other; the place of the next."""
        for at, said in enumerate(lines):
            self.words(x, y + at * pitch, said, size)
        return y + len(lines) * pitch

    def rows(self, y: float, rows: Sequence[Sequence[str]], ends: Sequence[float], pitch: float = 16) -> float:
        """Rows of a table: the first cell begins at the first place, the others end at theirs; the next row's place."""
        for at, row in enumerate(rows):
            for column, (said, x) in enumerate(zip(row, ends, strict=False)):
                (self.right if column else self.words)(x, y + at * pitch, said)
        return y + len(rows) * pitch

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """The borders of cells."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)


@dataclass
class Paper:
    """A PDF file that is being written. ``letters`` says for codes of a third font which letters they show."""

    pages: list[Page] = field(default_factory=list)
    letters: dict[int, str] = field(default_factory=dict)

    def page(self, wide: float = 595, high: float = 842, turned: int = 0) -> Page:
        """A new page."""
        self.pages.append(Page(wide, high, turned))
        return self.pages[-1]

    def data(self, password: str = "") -> bytes:
        """The bytes of the file; with a password its streams are ciphered."""
        key, secured = _secured(password) if password else (b"", b"")
        count = len(self.pages)
        kids = " ".join(f"{7 + 2 * at} 0 R" for at in range(count))
        base = b"<< /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding /BaseFont /Helvetica"
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
            base + b" >>",
            base + b"-Bold >>",
            base + b" /ToUnicode 6 0 R >>",
            _stream(_map(self.letters), 6, key),
        ]
        for at, page in enumerate(self.pages):
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.wide} {page.high}] /Rotate {page.turned} "
                f"/Contents {8 + 2 * at} 0 R /Resources << /Font << /F 3 0 R /B 4 0 R /U 5 0 R >> >> >>".encode()
            )
            objects.append(_stream("\n".join(page.drawn).encode("cp1252"), 8 + 2 * at, key))
        return _file(objects, secured)


def _file(objects: Sequence[bytes], secured: bytes) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate([*objects, *([secured] if secured else [])], start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    locked = b" /Encrypt %d 0 R /ID [<00><00>]" % len(places) if secured else b""
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    trailer = b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (size, locked, len(out))
    return out + head + trailer


def _stream(data: bytes, number: int, key: bytes) -> bytes:
    if key:
        own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
        data = _ciphered(own, data)
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _map(letters: dict[int, str]) -> bytes:
    """What a font says about its letters; a word of nothing for a font that says nothing new."""
    pairs = "\n".join(f"<{code:02x}> <{shown.encode('utf-16-be').hex()}>" for code, shown in letters.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{pairs}\nendbfchar\nendcmap end end"
    ).encode()


def _secured(password: str) -> tuple[bytes, bytes]:
    """A key of forty bits, and the dictionary that says so."""
    padded = (password.encode() + _PAD)[:32]
    owner = _ciphered(hashlib.md5(padded).digest()[:5], padded)
    allowed = (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5(padded + owner + allowed + b"\0").digest()[:5]
    user = _ciphered(key, _PAD)
    return key, b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (owner.hex().encode(), user.hex().encode())


def _ciphered(key: bytes, data: bytes) -> bytes:
    """RC4, as old files have it."""
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
