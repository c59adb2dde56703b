"""Markets: how much of a metal one thing needs, how many things are made, what demand follows, shares and sizes.

>>> from orebook.reading.read import read_text
>>> reading = read_text("note.txt", "As much as 1.2 kg of neodymium is required in each vehicle.")
>>> [(str(fact.figure), fact.about["analyte"]) for fact in reading.facts]
[('up to 1.2 kg/vehicle', 'Nd')]
"""

import re
from collections.abc import Iterator

from orebook.ground import units
from orebook.ground.fact import Record, Words
from orebook.ground.figure import Figure
from orebook.reading.language.quantities import Quantity
from orebook.reading.patterns import Pattern
from orebook.reading.readers import cues
from orebook.reading.release import Release, Sentence

ORDER = 42

_EACH = Pattern(
    r"\b(?:per|in (?:each|every|new|an?|one)|for (?:each|every|one)|each|every)\s(?:new\s|electric\s"
    r"|single\s)?(?P<thing>[\w-]+(?:\s[\w-]+)?)",
    re.IGNORECASE,
)
_NEED = Pattern(r"\b(?:requir|need|us(?:e|es|ed|ing)\b|contain|consum)", re.IGNORECASE)
_WEIGHT = Pattern(
    r"\b(?P<part>one[- ]third|two[- ]thirds|one[- ]half|half|one[- ]quarter|a (?:third|quarter"
    r"|half))\s(?:of\s)?the\sweight\sof\s(?P<what>[\w/-]+)",
    re.IGNORECASE,
)
_PARTS = {"third": "1/3", "thirds": "2/3", "half": "1/2", "quarter": "1/4"}


def records(release: Release) -> Iterator[Record]:
    """What is said about markets."""
    rows = cues.table("market")
    for sentence in cues.prose(
        release, "market", "demand", "supply", "weight", "vehicle", " ev", "global", "world", "per ", "each"
    ):
        for place, quantity in enumerate(sentence.quantities):
            use = _use(release, sentence, quantity)
            if use:
                yield use
                continue
            found = cues.fact_of(release, sentence, place, rows)
            if found:
                cue, facts = found
                about = {"analyte": quantity.analyte, "period": _until(sentence, quantity)}
                yield release.record(cue.kind, facts, **about, **cues.said_in(sentence))
        for weight in _WEIGHT.finditer(sentence.plain):
            words = Words(_PARTS[re.split(r"[\s-]", weight["part"].lower())[-1]], "text")
            fact = release.fact("market.relative_weight", words, sentence.text, weight.start(), weight.end("part"))
            yield release.record("market", [fact], what=weight["what"], **cues.said_in(sentence))


def _use(release: Release, sentence: Sentence, quantity: Quantity) -> Record | None:
    """Mass of an analyte in one counted thing: "1.2 kg of neodymium in each vehicle"."""
    if not quantity.measures("mass") or not quantity.analyte or quantity.unit not in ("g", "kg", "lb", "t", "oz"):
        return None
    around = sentence.plain[quantity.end : quantity.end + 140]
    counted = next((name for each in _EACH.finditer(around) if (name := _counted(each["thing"]))), "")
    if not counted or not _NEED.search(sentence.plain[max(0, quantity.start - 60) : quantity.end + 60]):
        return None
    figures = [Figure(figure.value, f"{figure.unit}/{counted}", figure.sign) for figure in quantity.figures]
    per = Quantity(
        tuple(figures),
        quantity.start,
        quantity.end,
        quantity.number_start,
        quantity.number_end,
        analyte=quantity.analyte,
    )
    facts = cues.figures(release, sentence.text, per, "market.use_per_unit")
    return release.record("market", facts, analyte=quantity.analyte, **cues.said_in(sentence))


def _counted(thing: str) -> str:
    """The unit that counts a thing, if there is one."""
    words = thing.split()
    for said in (thing, words[0], words[-1]):
        for row in units.rows().values():
            if row.dimension == "count" and said.lower() in (word.lower() for word in row.words):
                return row.name
    return ""


def _until(sentence: Sentence, quantity: Quantity) -> str:
    """For which year a market is said: the nearest date behind the figure, else before it."""
    after = [when for when in sentence.dates if when.start >= quantity.end]
    nearest = after[0] if after and after[0].start - quantity.end < 60 else None
    if nearest is None:
        return ""
    return f"by {nearest.period.label}" if nearest.kind == "by" else nearest.period.label
