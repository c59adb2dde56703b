"""Who speaks: the issuer of a document by its letterhead, title, source line, number, rights or listing."""

import re

import pytest

from orebook.reading.read import read_bytes, read_text
from releases.score import Doc, keys

DOCUMENTS = list(keys())


def plain(name: str) -> list[str]:
    """The words of a name, without stops and capitals."""
    return re.findall(r"[\w'&-]+", name.lower().replace(".", ""))


@pytest.mark.parametrize("doc", [doc for doc, _ in DOCUMENTS if doc.get("company")], ids=lambda doc: str(doc["doc"]))
def test_the_issuer_of_every_invented_release_is_known(doc: Doc) -> None:
    """The company of the key is the one that the reading names."""
    file = next(file for other, file in DOCUMENTS if other is doc)
    assert plain(read_bytes(file.name, file.read_bytes()).context["issuer"]) == plain(str(doc["company"]))


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (
            "Tern Gold Strikes Wide Zones at Dipper\n\nTern Gold CEO Ada Wren spoke about the latest holes.\n",
            "Tern Gold",
        ),
        ("Tern Gold to drill again\n\nTern Gold Mining will drill at Dipper next month.\n", "Tern Gold Mining"),
        (
            "Update: Tern Silver Q4 Profit Rises\n\nTern Silver on Friday reported a profit of $3 million.\n",
            "Tern Silver",
        ),
        (
            "Drilling at Dipper\n\nHole D-1 cut 5 m.\n\nTern Metals ABN 12 345 678 901 Level 4, 20 Dunlin Street\n",
            "Tern Metals",
        ),
        ("Strong samples at Dipper\n\nSamples were rich.\n\nSOURCE: Tern Metals, Inc.\n", "Tern Metals, Inc."),
        ("TERN METALS ASX:TRN - ASX RELEASE 30 July 2024\n\nDrilling continued at Dipper.\n", "TERN METALS"),
        (
            "TECHNICAL REPORT ON THE DIPPER PROJECT FOR TERN ZINC INC.\n\nprepared by Wren and Ness Limited\n",
            "TERN ZINC INC.",
        ),
        ("Results\n\nAll is well.\n\n© 2024 Tern Coal Limited. All rights reserved.\n", "Tern Coal Limited"),
        (
            "QUARTERLY REPORT\n\nDuring the Quarter Tern Minerals Limited (ASX:TRN) drilled at Dipper.\n",
            "Tern Minerals Limited",
        ),
        ("Norland output falls\n\nNorland has mines run by Ness Gold , Lorn Corp , Wren Mining.\n", ""),
        ("Gold prices rise\n\nGold has risen by 3%.\n", ""),
        ("Results\n\nNessham, May 4, 2031 - Tern Copper and Gold Ltd. drilled.\n", "Tern Copper and Gold Ltd."),
        ('Results\n\nNessham, May 4, 2031 - Lorn Zinc & Lead Inc. (the "Company") drilled.\n', "Lorn Zinc & Lead Inc."),
        ("Results\n\nNessham, May 4, 2031 - Tern Mining Corp. and Lorn Gold Ltd. drilled.\n", "Tern Mining Corp."),
    ],
)
def test_signs_of_the_issuer(text: str, issuer: str) -> None:
    """Each sign names the company, and a list of companies or a metal names none."""
    assert read_text("note.md", text).context["issuer"] == issuer
