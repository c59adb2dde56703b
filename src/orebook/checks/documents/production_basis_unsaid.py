"""Production of partly owned mines without its basis."""

import re
from collections.abc import Iterator

from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import fact, figure
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_NEAR = 120
_BASIS = Pattern(r"100\s?%|attributable|\bshare\b|equity basis", re.IGNORECASE)
_MARKUP = Pattern(r"<[^<>]{0,1000}>")
_METAL = ("milling.metal_produced", "plan.metal_production", "plan.average_production")


@rule("D108", on="facts", basis="practice of reporting", catalogue="MR318 PR1007")
def production_basis_unsaid(reading: Reading) -> Iterator[Remark]:
    """Production of a mine that is owned in part does not say if it is the whole or the share.

    What it does:
    Where the document gives an interest below 100 % in a mine, looks at the sentences that give metal of that mine
    without the words 100 % or attributable.

    Why it matters:
    At an interest of a half, the two readings differ by two.

    Flagged:

        Tor Metals reports third quarter production

        Tor Metals owns 60% of the Stang copper mine.

        The Stang mine produced 10.4 million pounds of copper in the third quarter of 2019.

    Fine:

        Tor Metals reports third quarter production

        Tor Metals owns 60% of the Stang copper mine.

        The Stang mine produced 10.4 million pounds of copper (100% basis) in the third quarter of 2019.

    Help:
    Write "100% basis" or "attributable" beside the figure.
    """
    parts: dict[str, Fact] = {}
    for one in reading.facts:
        partly = one.measure == "tenure.interest" and isinstance(one.figure, Figure) and one.figure.value < 100
        name = one.about.get("mine", "") or one.about.get("property", "")
        if partly and name:
            parts.setdefault(name, one)
    seen: set[str] = set()
    for one in reading.facts:
        name = one.about.get("mine", "") or one.about.get("property", "")
        if one.measure not in _METAL or name not in parts or name in seen or one.about.get("basis"):
            continue
        if one.about.get("place") != "table" and isinstance(one.figure, Figure) and not _said_near(reading, one):
            seen.add(name)
            share = figure(parts[name].number)
            text = f"{fact(one)} of {name}, of which {share} is owned: 100 % or the share is not said here"
            yield remark("note", text, [one, parts[name]])


def _said_near(reading: Reading, fact: Fact) -> bool:
    """Whether the words around a figure say on which basis it is."""
    document, far = reading.document, _NEAR
    if document.format != "html":
        return _BASIS.search(document.text[max(0, fact.source.start - far) : fact.source.end + far]) is not None
    reach = 20 * far  # a sentence may hold more marks than words
    before = _MARKUP.sub("", document.text[max(0, fact.source.start - reach) : fact.source.start])
    after = _MARKUP.sub("", document.text[fact.source.end : fact.source.end + reach])
    return _BASIS.search(before[-far:] + fact.source.quote + after[:far]) is not None
