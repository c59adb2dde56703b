"""Begin a book: a folder for the tables of a company, and the file that says what they mean."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from orebook.book.folder import begin
from orebook.desk.answer import Answer
from orebook.reports.results import Told

SHOWN_AS = ("told",)
CHANGES = True

Length = Literal["m", "ft"]
North = Literal["grid", "true", "magnetic", "unknown"]


def new(
    folder: Path,
    *,
    issuer: str,
    ticker: str = "",
    crs: str = "",
    length: Length = "m",
    azimuth: North = "unknown",
    property: Sequence[str] = (),
) -> Answer[Told]:
    """Begin a book in a new or empty folder.

    A book is a folder of plain tables with a file, book.toml, that says whose they are, on which grid and in which
    unit they count, and by which rules results are made. Nothing in it is decided for a qualified person: cut-offs,
    lengths and dilution stand there when somebody has written them.

    Options:
        folder: The folder; it is made.
        issuer (NAME): Name of the company.
        ticker (TICKER): Exchange and symbol, such as TSXV:ABC.
        crs (CODE): Grid of all coordinates, such as EPSG:26920. It can be written into book.toml later; until then
            nothing is said about places.
        length: Unit of depths and coordinates; metres when it is not said.
        azimuth: What azimuths are counted from.
        property (NAME): A property of the company; several if it has several. Its place, interest and holders can be
            written into book.toml.

    Examples:
        orebook new kestrel --issuer "Kestrel Ridge Gold Inc." --crs EPSG:26909 --azimuth grid
        orebook new hob --issuer "Tor Mines Ltd." --property "Hob Lake" --property "Tor North"
        orebook new babbitt --issuer "Old Iron Range Co." --length ft
    """
    book = begin(
        folder, issuer=issuer, ticker=ticker, crs=crs, length=length, azimuth=azimuth, properties=tuple(property)
    )
    said = [f"{book.folder}: a new book of {issuer}"]
    if not crs:
        said.append("  it has no grid yet: write space.crs into book.toml before coordinates are checked or drawn")
    said.append(f"  next: orebook add FILE --book {book.folder}")
    return Answer("told", iter([Told(str(book.folder), tuple(said), {"book": str(book.folder)})]))
