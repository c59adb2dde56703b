"""Guidance in sentences: what is expected of each mine and metal with what came so far, and whether it was met."""

from collections.abc import Collection, Iterator

from orebook.reports.quarter.figures import Amount
from orebook.reports.quarter.guidance import Guided
from orebook.reports.quarter.labels import label
from orebook.reports.quarter.production import SHARE, metal_words
from orebook.reports.quarter.prose import Speaker
from orebook.reports.quarter.quantities import ends_words, size_words
from orebook.reports.quarter.said import Said, joined

_METAL = "milling.metal_produced"
_SO_FAR = "_so_far"


def guidance_sentences(speaker: Speaker, told: Collection[Guided], shared: Collection[str]) -> Iterator[Said]:
    """What is expected, each figure with what came so far; ``shared`` are the mines of which others hold a part."""
    for each in told:
        ends = ends_words(each.low, each.high, speaker.money, each.measure)
        slots = _slots(speaker, each, shared)
        ahead = each.ahead.words.replace(" ended ", " ending ")
        said = [speaker.say("guidance", _kind(each), amount=ends, period=ahead, **slots)]
        if each.so_far is not None and each.until is not None:
            came = _came(speaker, each, each.so_far)
            said.append(speaker.say("guidance", _kind(each) + _SO_FAR, now=came, period=each.until.words, **slots))
        yield joined(said)


def met_sentences(speaker: Speaker, told: Collection[Guided], shared: Collection[str]) -> Iterator[Said]:
    """What came of guidance for the period, and on which side of it that lies as both are printed."""
    for each in told:
        if each.so_far is None:
            continue
        ends = ends_words(each.low, each.high, speaker.money, each.measure)
        slots = _slots(speaker, each, shared)
        came = _came(speaker, each, each.so_far)
        yield speaker.say(
            "guidance_met", _where(speaker, each, each.so_far), now=came, amount=ends, period=each.ahead.words, **slots
        )


def _came(speaker: Speaker, each: Guided, so_far: Amount) -> Said:
    """What came, in the unit of the guidance."""
    unit = each.low.unit
    return Said.amount(size_words(so_far.to(unit), unit, speaker.money, each.measure), so_far)


def _where(speaker: Speaker, each: Guided, so_far: Amount) -> str:
    """On which side of the guidance a figure lies; one that prints like an end lies within."""
    value = so_far.to(each.low.unit)
    now, low, high = (
        size_words(number, each.low.unit, speaker.money, each.measure)
        for number in (value, each.low.value, each.high.value)
    )
    if now in (low, high) or each.low.value <= value <= each.high.value:
        return "within"
    return "below" if value < each.low.value else "above"


def _kind(each: Guided) -> str:
    """Which sentence fits: metal is produced, all else is expected."""
    return "metal" if each.measure == _METAL else "other"


def _slots(speaker: Speaker, each: Guided, shared: Collection[str]) -> dict[str, str | Said]:
    own = each.subject in ("", speaker.company)
    basis = "attributable" if each.basis == SHARE else "whole" if each.subject in shared else ""
    return {
        "subject": speaker.name if own else speaker.phrase("guidance", "mine", mine=each.subject),
        "place": "" if own else speaker.phrase("guidance", "at_mine", mine=each.subject),
        "basis": speaker.phrase("guidance", basis) if basis else "",
        "metal": metal_words(each.metal).lower(),
        "measure": _measure_words(each),
    }


def _measure_words(each: Guided) -> str:
    """A measure inside a sentence, with its metal: ``copper recovery``, ``ore milled``."""
    metal, words = metal_words(each.metal).lower(), label(each.measure).words
    if "{metal}" in words:
        return words.format(metal=metal)
    plain = words if words[:2].isupper() else words[:1].lower() + words[1:]
    return f"{metal} {plain}" if metal else plain
