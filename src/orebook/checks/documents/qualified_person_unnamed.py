"""Technical results without the person who answers for them."""

import re
from collections.abc import Iterator

from orebook.checks.rule import Remark, remark, rule
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_PERSON = Pattern(r"qualified person|competent person|personne qualifiée|\bQPs?\b", re.IGNORECASE)
_WHOLE = 3
_PAGES = ("html", "jsx")
"""Pages of a site hold a part of what their site says."""
_TECHNICAL = ("drill_intercept", "resource", "reserve", "stockpile", "metallurgy")


@rule("D104", on="document", basis="NI 43-101 s. 3.1, in the Canadian profile", catalogue="QP101")
def qualified_person_unnamed(reading: Reading) -> Iterator[Remark]:
    """Technical results stand without the name of a qualified or competent person.

    What it does:
    Looks for the words "qualified person" or "competent person" anywhere in a document that reports drill results,
    estimates, stockpile grades or recoveries, boilerplate included. Single pages of longer documents, and pages
    of a site, are left alone.

    Why it matters:
    Somebody with a licence answers for the figures; a reader wants to know who.

    Flagged:

        Vancouver, June 4, 2019 - Holm Copper Corp. (TSXV: HLM) drills Linn Bank.

        Hole LN-04 returned 40.0 m at 0.58% Cu from 120.0 m.

        The hole tested the northern extension.

        About Holm Copper: the company explores.

    Fine:

        Vancouver, June 4, 2019 - Holm Copper Corp. (TSXV: HLM) drills Linn Bank.

        Hole LN-04 returned 40.0 m at 0.58% Cu from 120.0 m.

        Ann Ross, P.Geo., a Qualified Person, has reviewed this release.

        About Holm Copper: the company explores.

    Help:
    Name the person, the title, the relation to the company, and that the content was approved.
    """
    said = [record for record in reading.of(*_TECHNICAL) if record.about.get("context", "announced") == "announced"]
    blocks = reading.layout.blocks
    if (
        not said
        or len(blocks) < _WHOLE
        or reading.document.format in _PAGES
        or not reading.context.get("date")
        or not reading.context.get("issuer")
    ):
        return
    if not any(_PERSON.search(block.plain) for block in blocks if block.table is None):
        yield remark("note", "no qualified or competent person was found in this document", [said[0]])
