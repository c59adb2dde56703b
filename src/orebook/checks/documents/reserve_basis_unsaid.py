"""Reserves without what a reader needs to judge them."""

import re
from collections.abc import Iterator

from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import listed
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_SPLIT = Pattern(r"\b(?:proven|proved|probable|prouvées|probables)\b", re.IGNORECASE)
_CUTOFF = Pattern(r"\bcut-?\s?off", re.IGNORECASE)
_DATE = Pattern(r"\beffective (?:date|as)|\bas (?:of|at)\b", re.IGNORECASE)


@rule("D106", on="document", basis="NI 43-101 ss. 2.2, 3.4, in the Canadian profile", catalogue="MR302 MR306 MR307")
def reserve_basis_unsaid(reading: Reading) -> Iterator[Remark]:
    """A reserve is given without its categories, its cut-off or its date.

    What it does:
    Looks in a document that gives tonnes of a reserve for the words proven or probable, for a cut-off, and for an
    effective date.

    Why it matters:
    Without them a reserve cannot be compared with the last one.

    Flagged:

        Alder Copper updates the Stang reserve

        Mineral reserves of the Stang pit stand at 41.2 million tonnes grading 0.310% copper.

    Fine:

        Alder Copper updates the Stang reserve

        Probable mineral reserves of the Stang pit, effective as of June 1, 2019, stand at 41.2 million tonnes grading
        0.310% copper at a cut-off of 0.15% copper.

    Help:
    Give proven and probable separately, with cut-off, price and effective date.
    """
    reserves = [one for one in reading.of("reserve") if one.about.get("context", "announced") == "announced"]
    if not reserves:
        return
    words = [block.plain for block in reading.layout.blocks]
    looked = ((_SPLIT, "proven or probable"), (_CUTOFF, "a cut-off"), (_DATE, "an effective date"))
    unsaid = [name for pattern, name in looked if not any(pattern.search(plain) for plain in words)]
    if any(one.about.get("category") for one in reserves):
        unsaid = [name for name in unsaid if name != "proven or probable"]
    if unsaid:
        yield remark("note", f"a reserve stands here; not found in this document: {listed(unsaid)}", [reserves[0]])
