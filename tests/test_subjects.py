"""Subjects: what a place in a release is about."""

from orebook.ground.source import Document
from orebook.reading.language.subjects import Subjects, find_subjects
from orebook.reading.layout import Block, Layout
from orebook.reading.text import inline


def _laid_out(*blocks: tuple[str, str]) -> Layout:
    """Blocks of a kind and their words, one under the other."""
    document = Document("example", "\n".join(words for _, words in blocks))
    layout, at, section = Layout(document), 0, ""
    for kind, words in blocks:
        layout.blocks.append(Block(kind, inline(document.text, at, at + len(words)), section=section))
        section = words if kind == "heading" else section
        at += len(words) + 1
    return layout


def _about(subjects: Subjects, layout: Layout, words: str) -> dict[str, str]:
    """What the first block with these words is about, at these words."""
    block = next(b for b in layout.blocks if words in b.plain)
    return subjects.about(block, block.text, block.plain.index(words))


def test_each_shipment_belongs_to_the_mine_named_in_its_clause() -> None:
    """A mine that follows in the clause wins over one that was named before."""
    layout = _laid_out(
        ("paragraph", "We sold two lots from the Osprey Hill mine and three lots from the Long Bay mine.")
    )
    subjects = find_subjects(layout, "Tern Metals Ltd.")
    assert _about(subjects, layout, "two lots") == {"mine": "Osprey Hill"}
    assert _about(subjects, layout, "three lots") == {"mine": "Long Bay"}


def test_a_heading_rules_the_paragraphs_below_it() -> None:
    """A heading with the bare name of a property is enough."""
    layout = _laid_out(
        ("paragraph", "Work went on at the Osprey Hill gold property and the Long Bay copper/zinc mine."),
        ("heading", "Osprey Hill"),
        ("paragraph", "Drilling of 1,200 metres was completed."),
    )
    assert _about(find_subjects(layout, ""), layout, "Drilling of 1,200") == {"property": "Osprey Hill"}


def test_a_zone_brings_its_property() -> None:
    """A zone belongs to the property with which it is named."""
    layout = _laid_out(
        ("paragraph", "At the Osprey Hill property the A, B and North Ridge zones were drilled."),
        ("paragraph", "The North Ridge zone is open at depth."),
    )
    found = _about(find_subjects(layout, ""), layout, "open at depth")
    assert found == {"zone": "North Ridge", "property": "Osprey Hill"}


def test_provinces_metals_and_the_issuer_are_no_properties() -> None:
    """Words that stand where names stand are not taken for names."""
    layout = _laid_out(("paragraph", "Tern operates in British Columbia. Our Gold project and Tern mine are small."))
    assert not find_subjects(layout, "Tern Metals Ltd.").known
