"""Draw the gallery of the manual: every picture comes from an example book, by the command that stands below it."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import orebook
from orebook.faces.notebook import Asked, OpenBook

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"


class Picture(NamedTuple):
    """A picture: its file, what it shows, the command that makes it."""

    file: str
    words: str
    command: str


PICTURES = (
    Picture("plan.svg", "A plan: collars, traces, grid, scale and north.", "draw plan --book small-mine"),
    Picture(
        "section.svg",
        "A section through a hole: grades along the traces, zones, significant intersections.",
        "draw section --hole HB-01 --book small-mine",
    ),
    Picture(
        "long.svg",
        "A long section of a zone: where holes pierced it, with the length along the hole and the grade.",
        "draw long --name Hob --book small-mine",
    ),
    Picture(
        "along.svg",
        "A long section of all holes, seen along their strike.",
        "draw long --name 'all holes' --book small-mine",
    ),
    Picture(
        "locator.svg",
        "Where the holes of a book lie: towns, coasts, borders, and the way from the nearest place.",
        "draw locator --book crater-lake",
    ),
    Picture("log.svg", "The log of a hole: rock, grades, recovery.", "draw log --hole HB-03 --book small-mine"),
    Picture("scandium.svg", "A section of another book.", "draw section --hole CL20037 --book crater-lake"),
    Picture(
        "production.svg",
        "Production of a company by quarters.",
        "make chart_production --period 2011-Q3 --book two-mines",
    ),
    Picture(
        "bridge.svg",
        "From net income to adjusted net income.",
        "make chart_bridge --period 2011-Q3 --book two-mines",
    ),
    Picture(
        "quarter.html",
        "The pages of a quarter, tables and sentences.",
        "make quarter --period 2011-Q3 --book two-mines",
    ),
    Picture("release.html", "The draft of a drilling release.", "draft drilling --book small-mine"),
    Picture("intercepts.html", "Significant intersections, as a page.", "make intercepts --book crater-lake"),
)


def asked(picture: Picture) -> Asked:
    """What the command of a picture answers; the books stay as they are."""
    verb, what, *options = shlex.split(picture.command)
    said = {name.removeprefix("--"): value for name, value in zip(options[::2], options[1::2], strict=True)}
    book: OpenBook = orebook.open(EXAMPLES / said.pop("book") / "book")
    more = {} if verb == "draw" else {"dry_run": True}
    found: Asked = getattr(book, verb)([what] if verb == "make" else what, **said, **more)
    return found


def drawn(folder: Path) -> Iterator[Picture]:
    """Draw every picture into a folder, and yield it."""
    folder.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        asked(picture).save(folder / picture.file)
        yield picture
