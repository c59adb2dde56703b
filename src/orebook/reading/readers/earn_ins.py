"""Earn-ins: what somebody may earn, what it costs and until when, stage by stage.

>>> from orebook.reading.read import read_text
>>> text = "Ashby is to spend $5 million by June 30, 2026 to earn a 40% interest in the Blue Fox property."
>>> reading = read_text("note.txt", text)
>>> [(str(fact.figure), fact.about["stage"]) for fact in reading.facts]
[('5 $ million', '1'), ('2026-06-30', '1'), ('40 %', '1')]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from orebook.ground.fact import Fact, Record, Words
from orebook.reading.patterns import Pattern
from orebook.reading.readers import cues
from orebook.reading.release import Release, Sentence

ORDER = 44

_EARN = Pattern(
    r"\b(?:earn(?:-?in)?|earning|acquire|vest(?:ing)?)\s(?:up\sto\s|in\sto\s)?(?:a|an|its|the|up to"
    r"|to)?\s?(?:an?\s)?(?P<more>additional|further|initial)?\s?(?:undivided\s)?(?:a\s)?$",
    re.IGNORECASE,
)
_INTEREST = Pattern(r"\s?(?:[\w-]+\s){0,3}?(?:interest|stake|ownership|equity)\b|\s(?:of|in)\sthe\s", re.IGNORECASE)
_SPEND = Pattern(
    r"\b(?:spend(?:ing)?|incur(?:ring)?|invest(?:ing)?|fund(?:ing)?|expend(?:ing)?"
    r"|sole fund(?:ing)?)\s(?:(?:a|an|not|no|less|than|minimum|further|additional|another|at|least"
    r"|total|of|up|to|aggregate|cumulative|exploration|expenditures?)\s){0,5}$"
    r"|\bexpenditures?\s(?:of|totall?ing)\s(?:(?:at|least|not|less|than)\s){0,3}$",
    re.IGNORECASE,
)
_FURTHER = Pattern(r"\b(?:a further|an additional|another)\s$", re.IGNORECASE)
_SPENT = Pattern(r"\s(?:in|of|on)\s(?:\w+\s){0,3}?(?:exploration|expenditure|work|drilling|development)", re.IGNORECASE)
_OPTION_WORDS = ("option", "earn", "right to")
_OPTION = Pattern(
    r"\boption|earn-?in|\bright to (?:earn|acquire|spend)|\bto earn\b|\bearn(?:s|ing|ed)?\s(?:up to "
    r"|an? |its )",
    re.IGNORECASE,
)
_HOLDER = Pattern(
    r"(?<![\w.&-])(?P<holder>[A-Z][\w.&-]{0,30}(?:\s(?:(?:and|of|&)\s)?[A-Z][\w.&-]*){0,10})\s(?:(?:has|have|had"
    r"|holds?|was|were|is|may|can|will)\s)(?:been\s)?(?:granted\s)?(?:\w+\s){0,3}?(?:an?\s"
    r"|the\s)?(?:exclusive\s|sole\s)?(?:option|right|earn)",
)


@dataclass(frozen=True)
class _Event:
    """One thing in an earn-in: a share, a sum or a deadline, and its place."""

    what: str
    sentence: Sentence
    at: int
    fact: Fact


def records(release: Release) -> Iterator[Record]:
    """A record for each stage of each option, and one for what it comes to in total."""
    for _, grouped in groupby(cues.prose(release), key=lambda one: id(one.block)):
        of_block = list(grouped)
        if not any(any(word in one.small for word in _OPTION_WORDS) and _OPTION.search(one.plain) for one in of_block):
            continue
        events = [event for one in of_block for event in _events(release, one)]
        holder = next((found["holder"] for one in of_block if (found := _HOLDER.search(one.plain))), "")
        for stage, group in _stages(events):
            about = release.about(of_block[0].block, group[0].sentence.text, group[0].at)
            yield release.record("earn_in", [event.fact for event in group], **about, holder=holder, stage=stage)


def _events(release: Release, sentence: Sentence) -> Iterator[_Event]:
    """Shares, sums and deadlines of a sentence that speaks of earning, in order."""
    if not (re.search(r"\bearn", sentence.plain, re.IGNORECASE) or _OPTION.search(sentence.plain)):
        return
    found: list[_Event] = []
    for quantity in sentence.quantities:
        lead, text = sentence.plain[max(0, quantity.start - 90) : quantity.start], sentence.text
        earn = quantity.unit == "%" and _EARN.search(lead) and _INTEREST.match(sentence.plain, quantity.end)
        again = any(event.what == "spending" for event in found) and _FURTHER.search(lead)
        spend = quantity.money and (_SPEND.search(lead) or _SPENT.match(sentence.plain, quantity.end) or again)
        if earn or spend:
            what = "interest" if earn else "spending"
            facts = cues.figures(release, text, quantity, f"tenure.option_{what}")
            found += [_Event(what, sentence, quantity.start, fact) for fact in facts[:1]]
    if any(event.what == "spending" for event in found):
        for when in sentence.dates:
            if when.period.days == 1 and when.kind == "by":
                words = Words(when.period.label, "date")
                fact = release.fact("tenure.option_deadline", words, sentence.text, when.start, when.end)
                found.append(_Event("deadline", sentence, when.start, fact))
    yield from sorted(found, key=lambda event: event.at)


def _stages(events: list[_Event]) -> Iterator[tuple[str, list[_Event]]]:
    """Group what belongs together: a stage ends where a thing of the same sort comes again.

    A share in a sentence without a sum, where other sentences name sums, is what all stages come to.
    """
    paying = {id(event.sentence) for event in events if event.what == "spending"}
    stage: list[_Event] = []
    number = 0
    for event in events:
        if event.what == "interest" and paying and id(event.sentence) not in paying:
            yield "total", [event]
            continue
        if any(other.what == event.what for other in stage):
            number += 1
            yield str(number), stage
            stage = []
        stage.append(event)
    if stage:
        yield str(number + 1) if paying else "total", stage
