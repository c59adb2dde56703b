"""Draw a book: plan, sections, long sections and logs of holes, as SVG, PDF or PNG."""

from collections.abc import Sequence
from typing import Literal

from orebook.book.folder import Book, find
from orebook.desk.answer import Answer
from orebook.desk.drawing.holes_in_space import holes_in_space
from orebook.desk.drawing.wishes import What, Wish, which_blocks
from orebook.reports.pictures import Picture

SHOWN_AS = ("drawn",)
CHANGES = False

OnGround = Literal["light", "dark", "auto"]


def draw(
    what: What,
    *,
    hole: str = "",
    section: str = "",
    azimuth: float | None = None,
    within: float | None = None,
    grade: Sequence[str] = (),
    bound: Sequence[float] = (),
    blocks: Sequence[str] = (),
    exaggeration: float = 1.0,
    name: str = "",
    product: bool = False,
    join: float | None = None,
    width: int = 1180,
    height: int = 800,
    ground: OnGround = "auto",
    book: str = "",
    wait: int = 10,
) -> Answer[Picture]:
    """Draw a book: a plan, a section, a long section, the log of a hole, or a map of where a property lies.

    A section runs through the collar of a hole along its course, or along a section that the collars name. Colours of
    grades tell samples apart; they say nothing of what is ore. The ending of -o says which form: svg, pdf or png.

    Options:
        what: What to draw.
        hole (HOLE): The hole of a log, or through which a section runs.
        section (NAME): The section that is named so in the column section of the collars.
        azimuth (DEGREES): The direction of the section, clockwise from grid north.
        within (LENGTH): How far to either side of its line a section reaches, 25 m or 80 ft when it is not said; how
            far a locator map reaches.
        grade (COLUMN): The column of grades, such as au_gpt; a log takes several.
        bound (GRADE): A bound between two colours of grades; give several, rising.
        blocks (KEY=VALUE): Which blocks: cutoff=0.5 leaves poorer ones out, level=300 shows those of an elevation on a
            plan, grade=au_ok_gpt is their own column, model=NAME the model where there are several.
        exaggeration (TIMES): How many times heights are stretched on a section.
        name (NAME): The zone of a long section, or "all holes" of it; the property of a locator map.
        product: Colour the points of a long section by grade times thickness.
        join (LENGTH): Join zones straight from hole to hole on a section where neighbours are no further apart than
            this. How zones lie between holes is for a person to say; nothing is joined when it is not said.
        width (PIXELS): How wide the drawing is.
        height (PIXELS): How high it may be.
        ground: Colours for a light or a dark ground; auto leaves it to the machine that shows it.
        book (FOLDER): The book; the nearest from here upwards when it is not said.
        wait (N): So many seconds to wait while another process writes the book.

    Examples:
        orebook draw plan --book kestrel -o plan.svg
        orebook draw long --name "Main Zone" --product -o long.pdf
        orebook draw section --section 450N --within 40 --bound 0.5 --bound 1 --bound 3 -o section.png
        orebook draw log --hole KR-12 --grade au_gpt --grade cu_pct -o log.svg
    """
    which = which_blocks(blocks)
    wish = Wish(
        what, hole, section, azimuth, within, grade, bound, which, exaggeration, width, height, name, product, join=join
    )
    return _answered(find(book, wait), wish, ground)


def _answered(target: Book, wish: Wish, ground: OnGround) -> Answer[Picture]:
    """The drawing of a book that stands still while it is read, and what should be known about it."""
    answer: Answer[Picture] = Answer("drawn", iter(()), what=wish.what)

    def drawn(one: Book) -> Picture:
        with one.still():
            seen = holes_in_space(one, wish.blocks.model)
            picture = Picture(one.folder.name, wish.drawn(seen), ground)
        answer.notes.extend(seen.remarks)
        return picture

    answer.results = (drawn(one) for one in (target,))
    return answer
