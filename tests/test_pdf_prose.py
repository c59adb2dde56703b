"""PDF: what stands on a page in words: order, paragraphs, headings, what runs over the pages, turned words."""

from orebook.ground.source import Document
from orebook.reading.formats.pdf import opened, read
from orebook.reading.paged import PagedDocument
from orebook.reading.paged.layout import laid_out
from orebook.reading.read import read_bytes
from pdf_paper import Page, Paper, width

_LEFT = [
    "The first column begins here and goes on with",
    "what was found in the northern part of the hill",
    "where two holes cut the lode below the old shaft",
    "and a third one stopped short of it in the fault",
    "that was mapped last year by our own geologists.",
]
_RIGHT = [
    "The second column speaks of the southern part of",
    "the ground, which has not been drilled before, and",
    "of the samples that were taken along the new road",
    "to the camp, where the rocks are the same as those",
    "that hold the ore on the other side of the valley.",
]


def document(paper: Paper) -> PagedDocument:
    """The document that a paper makes."""
    found = opened("a.pdf", paper.data())
    assert isinstance(found, PagedDocument)
    return found


def kinds(found: PagedDocument) -> list[tuple[str, str]]:
    """Kind and text of every part."""
    return [(part.kind, found.text[part.start : part.end].strip()) for part in found.parts]


def test_every_word_knows_its_page_and_box() -> None:
    """The box of words lies around them on the page as one sees it, in points from the upper left corner."""
    paper = Paper()
    paper.page().words(72, 100, "Gold was found")
    paper.page().words(90, 300, "again")
    found = document(paper)
    at = found.text.index("was")
    (place,) = found.places(at, at + 3)
    assert place.page == 1 and place.box is not None
    left = 72 + width("Gold ")
    assert abs(place.box.left - left) < 1 and abs(place.box.right - left - width("was")) < 1
    assert place.box.top < 100 - 5 < place.box.bottom
    at = found.text.index("again")
    assert [place.page for place in found.places(at, at + 5)] == [2]


def test_two_columns_are_read_one_after_the_other() -> None:
    """Lines of two columns that stand level are not read across; a heading over both comes first."""
    paper = Paper()
    page = paper.page()
    page.words(72, 80, "A heading that stands over both of the columns of this page", 12, bold=True)
    page.prose(72, 110, _LEFT)
    page.prose(320, 110, _RIGHT)
    text = document(paper).text
    assert text.index("A heading") < text.index(_LEFT[0]) < text.index(_LEFT[-1]) < text.index(_RIGHT[0])
    assert "\n".join(_LEFT) in text and "\n".join(_RIGHT) in text


def test_a_sidebar_is_not_read_into_the_text() -> None:
    """What stands in a box beside the text has lines of its own."""
    paper = Paper()
    page = paper.page()
    page.prose(72, 110, _LEFT)
    page.box(400, 95, 540, 180)
    page.prose(410, 115, ["Shares 1,200,000", "Cash $4.1 million", "Level 3, Hay Road"], 8, 17)
    text = document(paper).text
    assert "\n".join(_LEFT) in text
    assert text.index(_LEFT[-1]) < text.index("Shares") < text.index("Level 3")


def test_running_heads_and_page_numbers_stand_aside() -> None:
    """They are in the text, but not in the paragraph that goes on over the page; the first letterhead is read."""
    paper = Paper()
    for number in range(1, 4):
        page = paper.page()
        page.words(72, 40, "EXAMPLE GOLD LTD")
        page.words(290, 810, f"Page {number} of 3")
        page.prose(72, 90, [f"{line[:-1]}," for line in _LEFT * 10])
    found = document(paper)
    parts = kinds(found)
    assert (parts[0][0], parts[0][1].split("\n")[0]) == ("text", "EXAMPLE GOLD LTD")
    asides = [said for kind, said in parts if kind == "aside"]
    assert sorted(asides) == sorted(["EXAMPLE GOLD LTD"] * 2 + [f"Page {number} of 3" for number in range(1, 4)])
    prose = "\n".join(said for kind, said in parts if kind == "text")
    assert "Page" not in prose and prose.count("EXAMPLE") == 1


def test_a_paragraph_goes_on_over_the_page() -> None:
    """No gap and no running foot parts its halves."""
    paper = Paper()
    for half in (_LEFT[:3], _LEFT[3:]):
        page = paper.page()
        page.prose(72, 90, half)
        page.words(290, 810, f"{len(paper.pages)}")
    found = document(paper)
    assert "\n".join(_LEFT) in found.text


def test_a_hyphen_at_the_end_of_a_line_is_left_as_printed() -> None:
    """The halves of a word are two words; nothing is put together."""
    paper = Paper()
    paper.page().prose(72, 90, ["The drilling pro-", "gramme goes on"])
    assert document(paper).text.split() == ["The", "drilling", "pro-", "gramme", "goes", "on"]


def test_large_and_bold_lines_are_headings() -> None:
    """A large line is a heading, a bold one that stands alone too, a bold caption or sentence is not."""
    paper = Paper()
    page = paper.page()
    page.words(72, 60, "Drilling Hits the Lode", 18)
    page.prose(72, 90, _LEFT)
    page.words(72, 180, "Sampling", bold=True)
    page.prose(72, 200, _RIGHT)
    page.words(72, 290, "Table 1: Intercepts", bold=True)
    page.words(72, 320, "All holes were drilled from surface.", bold=True)
    found = document(paper)
    headings = [found.text[part.start : part.end] for part in found.parts if part.kind == "heading"]
    assert headings == ["Drilling Hits the Lode", "Sampling"]
    title = read(found).blocks[0]
    assert (title.kind, title.plain) == ("title", "Drilling Hits the Lode")


def test_the_lines_of_an_item_stay_together() -> None:
    """What stands below the words of an item belongs to it, bold or not."""
    paper = Paper()
    page = paper.page()
    for at, (mark, said) in enumerate(
        [("•", "Strong results at the north zone:"), ("", "12.0 m at 3.2 g/t gold"), ("•", "Drilling goes on")]
    ):
        page.words(72, 90 + 16 * at, mark, bold=True)
        page.words(86, 90 + 16 * at, said, bold=True)
    assert "zone:\n12.0 m at 3.2 g/t gold\n" in document(paper).text


def test_turned_words_are_read_in_their_own_direction() -> None:
    """Words up the page stand apart from those across it, and their boxes lie where one sees them."""
    paper = Paper()
    page = paper.page()
    page.prose(72, 90, _LEFT)
    page.words(30, 500, "For personal use only", turn=1)
    page.words(560, 200, "and down the page", turn=3)
    found = document(paper)
    assert "For personal use only" in found.text and "and down the page" in found.text
    at = found.text.index("personal")
    (place,) = found.places(at, at + 8)
    assert place.box is not None and place.box.bottom - place.box.top > 3 * (place.box.right - place.box.left)
    assert 18 < place.box.left < 31 and place.box.bottom < 500 - width("For") + 1


def test_a_turned_page_is_read_as_one_sees_it() -> None:
    """A page that is shown turned has its boxes where the reader sees them."""
    paper = Paper()
    page = paper.page(turned=90)
    for at, line in enumerate(_LEFT):
        page.words(100 + 14 * at, 700, line, turn=1)
    found = document(paper)
    assert "\n".join(_LEFT) in found.text
    (place,) = found.places(0, 3)
    assert place.box is not None
    assert abs(place.box.left - (842 - 700)) < 1 and 88 < place.box.top < 92


def test_footnotes_come_after_the_paragraph_that_they_stand_in() -> None:
    """A footnote at the end of a column does not part the sentence that goes on in the next."""
    paper = Paper()
    page = paper.page()
    page.prose(72, 110, _LEFT[:-1])
    page.words(72, 190, "1. Figures are not audited.", 7)
    page.prose(320, 110, ["where it ends in a fault that we had not seen on", *_RIGHT])
    text = document(paper).text
    assert f"{_LEFT[-2]}\nwhere it ends" in text and text.index("not audited") > text.index("where it ends")


def test_raised_figures_are_no_part_of_the_number_before_them() -> None:
    """The mark of a footnote is written raised, an ordinal's letters belong to its number."""
    paper = Paper()
    page = paper.page()
    page.words(72, 100, "144.2")
    page.words(72 + width("144.2") + 0.2, 96, "3", 6)
    page.words(72, 130, "28")
    page.words(72 + width("28") + 0.2, 126, "th", 6)
    page.words(105, 130, "March")
    said = document(paper).text.split()
    assert said[0] + (said[1] if said[0] == "144.2" else "") == "144.2³"
    assert said[-2:] == ["28th", "March"]


def test_letters_beyond_sixteen_bits_do_not_shift_the_words() -> None:
    """A font may show letters that need two units; the words behind them keep their places."""
    paper = Paper(letters={ord("x"): "\U0001d465", ord("y"): "e", ord("z"): "s"})
    page = paper.page()
    page.words(72, 100, "xyz zyx", font="U")
    page.words(72, 130, "plain words")
    found = document(paper)
    assert found.text.split() == ["\U0001d465es", "se\U0001d465", "plain", "words"]
    at = found.text.index("plain")
    (place,) = found.places(at, at + 5)
    assert place.box is not None and abs(place.box.left - 72) < 1


def test_what_stands_aside_is_no_prose() -> None:
    """The readers do not see running heads."""
    paper = Paper()
    for number in range(1, 4):
        page = paper.page()
        page.words(72, 40, "12.0 m grading 3.20 g/t gold")
        page.prose(72, 90, [f"Page {number} says that we drilled the hill.", *_LEFT])
        assert isinstance(page, Page)
    found: Document = document(paper)
    said = [block.plain for block in read(found).prose()]
    assert sum("3.20" in words for words in said) <= 1


def test_a_disclaimer_in_front_of_slides_ends_with_its_page() -> None:
    """What stands on the pages behind it is read; boilerplate of the second half goes on to the end."""
    paper = Paper()
    words = ("Fell Gold owns the Birk Crag project.", "The company drilled 12 holes for 1,420 metres at Birk Crag.")
    for heading, said in (("Birk Crag", words[0]), ("Disclaimer", "Nobody may rely on this."), ("Drilling", words[1])):
        page = paper.page()
        page.words(72, 80, heading, 18, bold=True)
        page.words(72, 120, said)
    for heading in ("Geology", "Metallurgy", "Legal notice", "Nothing"):
        page = paper.page()
        page.words(72, 80, heading, 18, bold=True)
        page.words(72, 120, f"{heading} takes a page of its own here.")
    parts = {block.plain: block.part for block in laid_out(document(paper)).blocks}
    assert parts["Nobody may rely on this."] == "tail"
    assert parts[words[1]] == "body"
    assert parts["Nothing takes a page of its own here."] == "tail"


def test_the_day_of_the_letterhead_is_that_of_the_release() -> None:
    """A day deep in the first paragraph is of something that the paragraph speaks of."""
    text = (
        "June 3rd , 2024 CORPORATE RELEASE\n\nBIRK CRAG STUDY COMPLETED\n\nFell Gold Limited (ASX:FLG) is pleased to"
        " announce the study of its Birk Crag project in the Ashfell district. Its results go with those of the scoping"
        " study that was released on 9 November 2022.\n"
    )
    assert read_bytes("a.txt", text.encode()).context["date"] == "2024-06-03"
