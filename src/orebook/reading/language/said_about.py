"""What a sentence is about: its mine or property, where it stands, whether it looks back, plans or studies.

Readers of prose share these, so that a production figure and an economic one of one sentence say the same.
"""

import re
from collections.abc import Iterable, Iterator

from orebook.ground.period import MONTHS
from orebook.reading.language import analytes, products
from orebook.reading.language.mentions import Mention
from orebook.reading.language.quantities import Quantity
from orebook.reading.language.subjects import regions
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

PLANNED = Pattern(
    r"\b(?:guid(?:ance|ing)|expect(?:s|ed|ing)?|forecasts?|outlook|anticipate[ds]?|budget(?:ed)?|target(?:s|ed|"
    r"ing)?|projected|planned|plans|will|would|could|"
    r"is estimated to|are estimated to|to produce|per year|annual|life of mine|life-of-mine|LOM)\b",
    re.IGNORECASE,
)
STUDIES = (
    ("preliminary economic assessment", Pattern(r"\bpreliminary economic assessment|\bPEA\b", re.IGNORECASE)),
    ("pre-feasibility study", Pattern(r"\bpre-?feasibility|\bPFS\b", re.IGNORECASE)),
    ("scoping study", Pattern(r"\bscoping study|\bOptimised Scoping\b", re.IGNORECASE)),
    ("feasibility study", Pattern(r"\bfeasibility study|\b[DB]FS\b|\bfeasibility\b", re.IGNORECASE)),
    ("mine plan", Pattern(r"\b(?:mine|[A-Z][A-Za-z]{1,20}) plan\b")),
    ("technical report", Pattern(r"\btechnical report\b", re.IGNORECASE)),
)
_LEADING = Pattern(
    r"\W{0,4}(?P<name>[A-Z][a-z][\w'-]{0,40}(?: (?:[A-Z][\w'-]+|de|la)){0,3})"
    r"(?:,? in (?:the )?[A-Z][\w.'’-]{2,20}(?: [A-Z][\w.'’-]{2,20}){0,2},?)? "
    r"(?:mine )?(?:reported|is|was|produced|delivered|continue[ds]?|achieved|had|recorded|contributed|sold|has|"
    r"generated|milled|mined|processed|treated|poured|shipped)\b"
)
_WHEN_IT_WAS = Pattern(
    rf"^(?:In|During|On|For|By|Since)\s(?:(?:{'|'.join(name.title() for name in MONTHS)}|Q[1-4]|[1-4]Q\d\d)\s)?"
    r"(?:\d{4}\s)?"
)
_NO_NAMES = frozenset(
    "production revenue revenues management ore it this he she there what throughput grade recovery total the a our its"
    " new company central main process processing pilot gold mill plant both each we they our mine"
    " group quarter".split()
)
_NAME = r"(?P<name>[A-Z][\w'’-]*(?: (?:[A-Z][\w'’-]*|de|la|del|do|da)){0,3})"
_AT_NAME = Pattern(
    rf"(?:\band|\bwhile|\bwith|,|;) (?:(?:at|from) (?:the |its )?{_NAME}(?:,| mine| operation)?|"
    rf"(?:the )?{_NAME.replace('name', 'name2')} (?:mine|operation|mill))(?: (?:was|were|it was))?"
    r"(?: (?:approximately|about))?\s$"
)
_LISTED_AT = Pattern(
    rf"(?<![\d,.])\d[\d,.]{{0,12}} (?:million )?(?:[a-z]+ ){{1,4}}?(?:at|from) (?:the |its )?{_NAME}"
    r"(?=,|;|\.|$|\sand\b| mine| operation)"
)
_AT_FIRST = Pattern(rf"^\W{{0,3}}At (?:the |our |its )?{_NAME}(?: mine| operation)?(?: \([^()]{{1,30}}\))?, ")
_MILL = Pattern(rf"\b{_NAME} (?:(?:processing|process) )?(?:mill|plant|concentrator|unit|smelter)\b")
_OF_PRODUCT = Pattern(r"\s(?:of |for )?(?:finished )?")
_COUNTRYS = Pattern(
    r"\b(?:(?P<region>[A-Z][\w-]+(?: [A-Z][\w-]+){0,2})['’]s?|[Tt]he (?:country|nation|province|region)['’]s)"
    r" (?:[a-z]+ ){0,3}(?:production|output|exports)\b"
)
_REASON = Pattern(
    r"\b(?:as|because|of which|including|mainly|due to|driven by|thanks to|after|following|when|reflecting|owing to|"
    r"helped by|led by|on|despite|since|with)\b"
)
_COMPANY = Pattern(
    r"(?:^|\b(?:and|while|,) )(?:In [^,]{3,60}, |For [^,]{3,60}, |During [^,]{3,60}, )?"
    r"(?:[Tt]he (?:[Cc]ompany|[Mm]iner|[Gg]roup|"
    r"[Pp]roducer)|[Ww]e|(?:[Tt]otal|[Cc]onsolidated|[Cc]ompany-wide|[Gg]roup)\b[a-z ]{0,30})\b"
)
MONTH_NAMES = frozenset(name.title() for name in MONTHS)
_KINDS = {"bullet": "bullet", "title": "headline", "heading": "headline", "caption": "caption"}
_TAX = Pattern(r"\b(?P<when>pre|before|after|post)[- ]tax\b", re.IGNORECASE)


LONGEST = 6000
"""No sentence is longer; what is, is a table that has lost its shape."""


def readable(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """The sentences with figures that a person could have written."""
    for sentence in sentences:
        if sentence.quantities and len(sentence.plain) <= LONGEST:
            yield sentence


def place_of(sentence: Sentence) -> str:
    """Where a sentence stands: text, bullet, headline or caption."""
    return _KINDS.get(sentence.block.kind, "text")


def subject_of(release: Release, sentence: Sentence, at: int) -> dict[str, str]:
    """The mine or property, and zone, at a place of a sentence; else the name with which it or its bullet begins."""
    plain = sentence.plain
    if beside := _beside(plain, at):
        return {"mine": beside}
    about = release.about(sentence.block, sentence.text, at)
    leading = _leading(plain, release)
    if leading and not any(start < at for start, _, _ in release.subjects.mentions(plain)):
        return {"mine": leading}
    if mill := _of_mill(plain, at, release):
        return {"mine": mill}
    if region := _region(plain, at):
        return {"region": region}
    if _of_company(release, sentence, at, about) or _of_nobody(release, sentence, about):
        return {}
    if "mine" in about or "property" in about:
        return about
    named = _leading(sentence.block.plain, release) if sentence.block.kind == "bullet" else ""
    return {**about, "mine": named} if named else about


def _beside(plain: str, at: int) -> str:
    """The name right before a figure that goes on a list: "and at North Ridge 0.7 million pounds"."""
    found = _AT_NAME.search(plain[max(0, at - 90) : at])
    name = (found["name"] or found["name2"]) if found else ""
    if not name and len(listed := list(_LISTED_AT.finditer(plain[:LONGEST]))) > 1:
        name = next((one["name"] for one in listed if one.start() <= at < one.start("name")), "")
    return name if name and not _is_no_name(name) else ""


def _of_mill(plain: str, at: int, release: Release) -> str:
    """The last mill or plant with a name before a place of a sentence."""
    named = [found["name"] for found in _MILL.finditer(plain, max(0, at - 300), at)]
    kept = [name for name in named if not _is_no_name(name) and name.lower() not in release.issuer.lower()]
    known = [subject.name for start, _, subject in release.subjects.mentions(plain) if start < at]
    return kept[-1] if kept and not known else ""


def _is_no_name(name: str) -> bool:
    """Whether words in capitals are a metal, a process, a month or a place and no mine."""
    words = name.split()
    return (
        name in regions()
        or any(len(word) > 2 and analytes.analyte(word) for word in words)
        or words[0] in MONTH_NAMES
        or name.isdecimal()
        or words[0].lower() in _NO_NAMES
        or (len(name) <= 4 and name.isupper())
    )


def _of_company(release: Release, sentence: Sentence, at: int, about: dict[str, str]) -> bool:
    """Whether a figure is the company's own, the mine that stands near being another matter.

    It is when the company is the subject and no mine is named before the figure, or when the mine is but the reason:
    "output rose to 58,000 ounces as grades improved at North Ridge".
    """
    plain = sentence.plain
    mine = about.get("mine") or about.get("property", "")
    if not mine or any(start < at for start, _, _ in release.subjects.mentions(plain)):
        return False
    if "mine" in about and not _is_near(release, sentence, mine):
        return True
    later = [start for start, _, subject in release.subjects.mentions(plain) if start >= at and subject.name == mine]
    if later:
        return _REASON.search(plain[at : later[0]]) is not None
    return _COMPANY.search(plain[:at]) is not None


def _region(plain: str, at: int) -> str:
    """The country whose production a figure is: "Norland's gold production fell to 51 tonnes"."""
    said = _COUNTRYS.search(plain[:at])
    if said is None or (said["region"] and said["region"] not in regions()):
        return ""
    return said["region"] or "the country"


def _of_nobody(release: Release, sentence: Sentence, about: dict[str, str]) -> bool:
    """Whether the mine of a figure is but the best known one, in a document that no issuer speaks."""
    mine = about.get("mine") or about.get("property", "")
    return bool(mine) and not release.issuer and not _is_near(release, sentence, mine)


def _leading(plain: str, release: Release) -> str:
    """The name that is the subject of a sentence, unless it is the company or a metal."""
    found = _LEADING.match(plain) or _AT_FIRST.match(plain)
    name = _WHEN_IT_WAS.sub("", found["name"]) if found else ""
    company = release.issuer.lower().startswith(name.lower()) or name.lower() in release.issuer.lower()
    metal = any(len(word) > 2 and analytes.analyte(word) for word in name.split())
    study = any(pattern.search(name) for _, pattern in STUDIES)
    return "" if not name or company or metal or study or name.lower() in _NO_NAMES else name


def _is_near(release: Release, sentence: Sentence, mine: str) -> bool:
    """Whether a mine is named in the paragraph, its heading or the title, and not just the best known one."""
    block, title = sentence.block, release.title.plain if release.title else ""
    said = (block.plain[:20000], block.section, title)
    return any(subject.name == mine for words in said for _, _, subject in release.subjects.mentions(words))


def study_of(sentence: Sentence) -> str:
    """The kind of study that a sentence, or else its block or section, names."""
    for said in (sentence.plain, sentence.block.plain[:2000], sentence.block.section):
        for name, pattern in STUDIES:
            if pattern.search(said):
                return name
    return ""


def tax_of(plain: str, start: int, end: int) -> str:
    """``after-tax`` or ``pre-tax``, when it is said beside a figure.

    >>> tax_of("a post-tax NPV of A$9.5 million", 11, 31)
    'after-tax'
    """
    found = list(_TAX.finditer(plain, max(0, start - 60), min(len(plain), end + 30)))
    if not found:
        return ""
    behind = next((match for match in found if 0 <= match.start() - end <= 2), None)
    nearest = behind or min(found, key=lambda match: abs(match.start() - start))
    return "pre-tax" if nearest["when"].lower() in ("pre", "before") else "after-tax"


def analyte_of(plain: str, mention: Mention, quantity: Quantity) -> str:
    """The metal of a figure: named with it, else just before its measure: "copper production of 10 t"."""
    if quantity.analyte:
        return quantity.analyte
    named = _metals_in(plain, max(0, mention.start - 30), mention.start) if mention.end <= quantity.start else []
    if named and not re.search(r"[,;.()]", plain[named[-1][1] : mention.start]):
        return named[-1][2]
    if re.search(r"\d", plain[mention.end : quantity.start]):
        return ""
    inside = _metals_in(plain, mention.start, quantity.start)
    return inside[0][2] if len(inside) == 1 else ""


def _metals_in(plain: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The metals of a stretch of prose; "In" and "As" are words there, not indium and arsenic."""
    return [found for found in analytes.find(plain, start, end) if plain[found[0] : found[1]] not in ("In", "As")]


def product_near(plain: str, mention: Mention, quantity: Quantity) -> str:
    """The product of a figure, which is no metal: right behind it, else before its measure or within it.

    >>> text = "Saleable coal production was 3.8 Mt"
    >>> from orebook.reading.language.quantities import quantities
    >>> product_near(text, Mention("milling.metal_produced", "production", 14, 24), quantities(text)[0])
    'saleable coal'
    """
    behind = _OF_PRODUCT.match(plain, quantity.end)
    if behind and (found := products.find(plain, behind.end(), behind.end() + 40)) and found[0][0] == behind.end():
        return found[0][2]
    if mention.end <= quantity.start:
        named = products.find(plain, max(0, mention.start - 40), min(len(plain), mention.end + 30))
        near = [
            one for one in named if one[0] < quantity.start and not re.search(r"[,;.()]", plain[one[1] : mention.start])
        ]
        return near[-1][2] if near else ""
    return ""


_MASS = Pattern(
    r"\d\s?[\w'-]{0,12}\s?(?:oz|ounces|tonnes|tons|pounds|lbs?|[mk]?tpa|kozpa|[MmKk][Tt]|t)\b", re.IGNORECASE
)
_NOT_READ = Pattern(
    r"forward[- ]looking|no assurance|cautionary|risks? and uncertaint|for (?:further|more) information|"
    r"disclaimer|securities act|e-?mail|accepts responsibility",
    re.IGNORECASE,
)


def company_sentences(release: Release) -> list[Sentence]:
    """The sentences behind the release that say what the company has; boilerplate, but older figures stand there."""
    return release.once("sentences on the company", lambda: list(_on_the_company(release)))


def _on_the_company(release: Release) -> Iterator[Sentence]:
    for block in release.layout.blocks:
        if (
            block.table is None
            and block.part == "tail"
            and _MASS.search(block.plain)
            and not _NOT_READ.search(block.plain[:600])
        ):
            yield from readable(release.sentences_of(block))
