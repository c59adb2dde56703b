"""Resources and reserves in prose: a tonnage, its grades and its metal, with the category beside them."""

import re
from collections.abc import Iterator

from orebook.ground.fact import Fact, Record
from orebook.reading.estimating.estimate_groups import Estimate, categorised, in_tonnes_of_ore
from orebook.reading.estimating.estimate_subjects import OnlyMetal, estimated
from orebook.reading.estimating.estimates import (
    category_in,
    category_pattern,
    cutoff_in,
    deposits_in,
    is_historical,
    kind_of,
    places_in,
)
from orebook.reading.language import analytes
from orebook.reading.language.prose_ranges import joined_ranges
from orebook.reading.language.said_about import company_sentences, place_of, readable
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

ORDER = 45

_CUE = Pattern(
    r"\b(?:resources?|reserves?|MRE|JORC|(?:the|an|updated|maiden|current) estimate|"
    r"ounces grading|mineral inventory|historic(?:al)? (?:\w+ ){0,2}?"
    r"(?:estimates?|tonnages?|inventory|figures?))\b",
    re.IGNORECASE,
)
_NO_CUE = Pattern(
    r"\b(?:intersect\w*|intercept\w*|assay(?:s|ed)?|drill(?:ed|ing)? (?:returned|results)|metres? (?:at|of|"
    r"grading)|stockpile|shipped|shipments?|cut-?off grades?|price of|"
    r"scheduled|mined and|processed|milled|production target|mine (?:and|or) process)\b",
    re.IGNORECASE,
)
_PRODUCED = Pattern(r"\b(?:production of|producing|produced?s?|poured|sold)\b.{0,20}$", re.IGNORECASE)
_DIRECT = Pattern(
    r"(?:^|\b)(?:resources?|reserves?|MRE|inventory|hosts?|hosting|holds?|contains?|containing|endowment|"
    r"estimate)\b(?:[\s\w()-]{0,60}?\b(?:of|at|is|are|totall?ing|stands? at|approximately|about|comprising|to|"
    r"over|containing))?\s*$",
    re.IGNORECASE,
)
_BEHIND = Pattern(
    r"^\s?\)?\s?(?:(?:of\s)?(?:contained\s)?(?:gold|silver|copper|Au|AuEq|Ag|AgEq|Cu|Zn|U3O8|TREO|zinc|uranium|"
    r"nickel|Li2O|in situ|global|JORC|NI 43-101|large|high[- ]grade|foundational|compliant|mineral|ore|"
    r"total)\s){0,5}(?:mineral\s|ore\s|JORC\s)?(?P<cue>resources?|reserves?|MRE|endowment)\b",
    re.IGNORECASE,
)
_TO_BE_MINED = Pattern(
    r"^[\s,]*(?:[A-Za-z]+\s){0,3}?(?:to be|will be|being|were|was)\s(?:mined|milled|processed|treated|crushed)\b",
    re.IGNORECASE,
)
"""Ore of a plan: "13 Mt at 2.4% nickel to be milled"."""
_CLASSED = Pattern(
    r"\s(?:(?:are|is|was|were|being)\s)?(?:(?:now\s)?(?:categori[sz]ed|classified|classed|reported)\s)?(?:as|in)\s(?:the\s)?"
    r"(?:measured|indicated|inferred|proved|proven|probable)\b",
    re.IGNORECASE,
)
"""A tonnage that is put into a category: "54 Mt are classified as Indicated"."""
_MOVED = (
    r"\b(?:r[io]ses?|risen|increas\w*|grow[sn]?|grew|lift\w*|up|down|fell|falls?|fallen|declin\w*|decreas\w*|"
    r"reduc\w*|expand\w*|upgrad\w*|improv\w*|drop\w*|doubl\w*)\b"
)
_HAS_MOVED = Pattern(_MOVED, re.IGNORECASE)
_OLD = Pattern(
    r"\b(?:resources?|reserves?)\b(?:[^.;:()]|\.(?=\d)){0,80}?\b(?:from|up from|down from|"
    r"compared (?:with|to)|versus|against)\s"
    r"(?:the )?(?:approximately |about |some )?$",
    re.IGNORECASE,
)
"""An older estimate that is only told to say how the new one has changed."""
_TO = Pattern(
    rf"\b(?:resources?|reserves?|MRE)\b(?:[^.;:()]|\.(?=\d)){{0,60}}?{_MOVED}(?:[^.;:()]|\.(?=\d)){{0,40}}?\bto\s"
    r"(?:an? |the )?(?:approximately |about |some |over )?(?:total of )?$",
    re.IGNORECASE,
)
"""The new figure of an estimate: "reserves declined 4% to 1.9 Moz"."""
_FROM = Pattern(
    r"(?:\bfrom|\bversus|\bvs\.?|\bagainst|\bpreviously|\bcompared (?:with|to)|\binstead of)\s(?:the )?"
    r"(?:previous(?:ly)? |earlier )?(?:(?:estimate|resource|reserve)(?: of)? )?(?:approximately |about |some )?$",
    re.IGNORECASE,
)
_NAMED_BEHIND = Pattern(r"^\s(?:[A-Z][\w-]*\s){1,3}(?:[a-z-]+\s){0,2}(?:deposit|ore ?body)\b")
_THE = Pattern(r"\b(?:the|its|their|a|an)\s(?:nearby\s|neighbouring\s|adjacent\s)?[~+>]?$", re.IGNORECASE)
_MINE_BEHIND = Pattern(
    r"^\+?\s(?:[A-Z][\w'’-]*\s){1,4}(?:gold\s|silver\s|copper\s)?(?:deposits?|mines?|projects?|Deposits?|Mines?|Projects?)\b"
)
"""What a deposit is called by its size: "the 1.3Moz Winster Gold Mine"."""
_NAMED_ANYWHERE = Pattern(r"\b(?:deposit|(?:Deposit|Mine|Project)(?=\W))")
_PRIOR = Pattern(
    r"\b(?:see (?:the )?(?:news|press) release|previously (?:reported|announced|released)|see ASX|dated|"
    r"announced on)\b",
    re.IGNORECASE,
)
_RULING = Pattern(r"\b(?:resources?|reserves?|MRE)\b", re.IGNORECASE)
_IN_BRIEF = Pattern(
    r"\d[\d,]{0,9}(?:\.\d{1,3})?[\s-]?(?:(?:million|[Mk])[\s-]?)?(?:ounce|oz)[\s-](?:gold|silver|copper|Au|Ag)"
    r"(?:\s[a-z][\w-]{1,20}){0,4}?\s(?:project|deposit|system)\b(?! pipeline)"
)
"""An estimate said as what the project is: "a 1.2-million-ounce gold project"."""
_NAME_BEFORE = Pattern(r"\b(?!(?:A|An|The|Our|Its|This)\b)[A-Z][\w'’-]{2,20}\b")
_SCHEDULED = Pattern(
    r"\b(?:schedules?|mine plan|LOM|life[- ]of[- ]mine)\b[^;]{0,60}?\binventory\b|\bproduction target\b", re.IGNORECASE
)
"""What a mine plan holds: resources, reserves and dilution together."""
_WHOLE = Pattern(r"\b(?:global|total|overall|combined)\b", re.IGNORECASE)


def records(release: Release) -> Iterator[Record]:
    """Estimates that sentences say: kinds ``resource`` and ``reserve``."""
    metal = OnlyMetal(release)
    for tail, sentences in ((False, readable(release.sentences())), (True, company_sentences(release))):
        last_named: tuple[int, str] = (-1, "")
        for sentence in sentences:
            named = last_named[1] if last_named[0] == sentence.block.text.start else ""
            if _may_hold(sentence) and _cued(sentence.plain):
                for estimate, category, last in _estimates(sentence):
                    whole = _WHOLE.search(sentence.plain, max(last, estimate.start - 200), estimate.end + 80)
                    said = category or ("Total" if whole else "")
                    yield _record(metal, sentence, estimate, said, named, tail=tail)
            if here := [*deposits_in(sentence.plain), *places_in(sentence.plain)]:
                last_named = (sentence.block.text.start, here[-1][2])


def _may_hold(sentence: Sentence) -> bool:
    """Whether there is a mass or a percentage at all."""
    return any(quantity.unit == "%" or quantity.measures("mass") for quantity in sentence.quantities)


def _cued(plain: str) -> bool:
    """Whether a sentence speaks of estimates, of a category or of a deposit."""
    return bool(_CUE.search(plain) or _NAMED_ANYWHERE.search(plain) or category_in(plain) or _IN_BRIEF.search(plain))


def _estimates(sentence: Sentence) -> Iterator[tuple[Estimate, str, int]]:
    """The estimates of a sentence with their categories, and where the figures before them end."""
    plain = sentence.plain
    groups = list(categorised(plain, joined_ranges(plain, sentence.quantities)))
    last = 0
    for at, (group, category) in enumerate(groups):
        following = groups[at + 1][0].start if at + 1 < len(groups) else len(plain)
        if _believed(plain, group, category, last, following):
            yield group, category, last
        last = group.end


def _believed(plain: str, group: Estimate, category: str, last: int, following: int) -> bool:
    """Whether quantities are an estimate: tonnes with grade or metal under a cue, or metal called a resource."""
    if not group.tonnes and not group.metals:
        return False
    lead, behind = plain[max(0, group.start - 110) : group.start], plain[group.end : min(following, group.end + 60)]
    near = plain[max(0, group.start - 160) : group.end + 60]
    if _NO_CUE.search(lead[-60:]) or _PRODUCED.search(lead) or _TO_BE_MINED.match(behind):
        return False
    whole = group.tonnes is not None and bool(group.grades or group.metals)
    if whole:
        return bool(category) or _CUE.search(near) is not None
    if group.tonnes and not group.metals and _NAMED_BEHIND.match(plain[group.end :]):
        return True
    if group.metals and not group.tonnes and _THE.search(lead) and _MINE_BEHIND.match(plain[group.end :]):
        return True
    if _OLD.search(lead) or _TO.search(lead) or (category and _CLASSED.match(behind)):
        return True
    if group.metals and _IN_BRIEF.match(plain, group.start) and _NAME_BEFORE.search(lead):
        return True
    direct = _DIRECT.search(category_pattern().sub(" ", lead)) is not None or _BEHIND.match(behind) is not None
    if group.metals and (category or group.grades) and (_CUE.search(near) or category_in(near)):
        return direct or bool(group.grades) or _near_category(plain, group, last)
    return direct


def _near_category(plain: str, group: Estimate, last: int) -> bool:
    """Whether "inferred resources of" or "to" leads straight to a figure of metal."""
    lead = plain[last : group.start]
    found = list(category_pattern().finditer(lead))
    return bool(found) and len(lead) - found[-1].end() < 40


def _record(metal: OnlyMetal, sentence: Sentence, group: Estimate, category: str, before: str, *, tail: bool) -> Record:
    release, plain = metal.release, sentence.plain
    facts: list[Fact] = []
    for part in group.parts:
        quantity = in_tonnes_of_ore(plain, part)
        role = "grade" if part in group.grades else "metal" if part in group.metals else "tonnes"
        analyte = "" if role == "tonnes" else quantity.analyte or _only_metal(metal, plain, group)
        facts.append(
            release.fact(
                f"resources.{role}", quantity.figure, sentence.text, quantity.start, quantity.end, analyte=analyte
            )
        )
    about = estimated(release, sentence, group.start)
    words = plain[max(0, group.start - 200) : group.end + 80]
    return release.record(
        kind_of(category, _ruling_cue(plain, group)),
        facts,
        **{**about, "deposit": _deposit(release, sentence, group, before, about)},
        category=category,
        basis="production target" if _SCHEDULED.search(plain[max(0, group.start - 200) : group.start]) else "",
        cutoff=cutoff_in(plain[group.start : group.end + 120]),
        place=place_of(sentence),
        context=_context(sentence, group, words, tail=tail),
    )


def _ruling_cue(plain: str, group: Estimate) -> str:
    """The word "resource" or "reserve" that rules an estimate: right behind it, else the last before, else after."""
    if behind := _BEHIND.match(plain[group.end : group.end + 60]):
        return behind["cue"]
    before, after = "", ""
    for found in _RULING.finditer(plain):
        if found.start() < group.end:
            before = found[0]
        else:
            after = after or found[0]
    return before or after


def _only_metal(metal: OnlyMetal, plain: str, group: Estimate) -> str:
    """The one metal of an estimate, for a figure that does not name it; else the one of the title."""
    named = {quantity.analyte for quantity in group.parts if quantity.analyte}
    near = (max(0, group.start - 60), min(len(plain), group.end + 30))
    for found in (analytes.find(plain, *near), analytes.find(plain)):
        named = named or {symbol for _, _, symbol in found}
    return named.pop() if len(named) == 1 else "" if named else metal.symbol


def _deposit(release: Release, sentence: Sentence, group: Estimate, before: str, about: dict[str, str]) -> str:
    """The deposit named nearest before an estimate, else right behind it, else in the sentence before."""
    plain = sentence.plain
    named = sorted([*deposits_in(plain), *places_in(plain)])
    earlier = [name for start, _, name in named if start < group.start]
    after = [name for start, _, name in named if group.end <= start < group.end + 60]
    if earlier or after:
        return earlier[-1] if earlier else after[0]
    said_here = bool(release.subjects.mentions(plain))
    of_subject = about.get("zone") or about.get("property") or about.get("mine", "")
    return of_subject if said_here or not before else before


def _context(sentence: Sentence, group: Estimate, words: str, *, tail: bool) -> str:
    if is_historical(words):
        return "historical"
    older = _FROM.search(sentence.plain, max(0, group.start - 80), group.start)
    if older and older[0].lower().startswith("from") and not _HAS_MOVED.search(sentence.plain[: group.start]):
        older = None  # "310 kt of metal from 21 Mt"
    return "previously reported" if tail or older or _PRIOR.search(sentence.plain) else "announced"
