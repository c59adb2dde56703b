"""E-mail."""

from collections.abc import Iterator
from email.message import EmailMessage

from fuzz.contract import read_soundly
from fuzz.mutators import text_mutator
from fuzz.seeds import known
from word_paper import packed, paragraph, row, table

LONGEST = 60_000
WORDS = known("mail")
mutated = text_mutator(WORDS)
_PLAIN = "Hole NX-1 cut 12.0 m grading 1.50 g/t gold from 37 m.\n"
_PAGE = (
    "<p>Hole NX-1 cut 12.0 m grading 1.50 g/t gold.<table><tr><th>Hole<th>Au g/t<tr><td>A<td>1.5<tr><td>B<td>2</table>"
)


def seeds() -> Iterator[bytes]:
    """Messages with bodies of two kinds, with attachments, and within messages."""
    for way in ("quoted-printable", "base64", "8bit"):
        made = _message()
        made.set_content(_PLAIN, cte=way)
        yield made.as_bytes()
    made = _message()
    made.set_content(_PLAIN)
    made.add_alternative(_PAGE, subtype="html")
    made.add_attachment(_PLAIN, filename="note.txt")
    yield made.as_bytes()
    grades = table(row("Hole", "From (m)", "Au (g/t)"), row("NX-7", "3.0", "7.70"))
    made.add_attachment(packed(paragraph("Table 1") + grades), maintype="application", subtype="x", filename="a.docx")
    yield made.as_bytes()
    around = _message()
    around.set_content("For you.\n")
    around.add_attachment(made)
    yield around.as_bytes()


def _message() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "Lark Metals <ir@lark.example>", "all@lark.example"
    made["Subject"], made["Date"] = "Lark Metals cuts 12 m of gold – Québec", "Tue, 04 Mar 2025 09:00:00 -0800"
    return made


def once(data: bytes) -> None:
    """A message is read with all that hangs on it, checked and shown."""
    read_soundly("a.eml", data)
