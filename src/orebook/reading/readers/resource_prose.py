"""Resources and reserves in prose: a tonnage, its grades and its metal, with the category beside them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading import analytes
from orebook.reading.estimates import category_in, category_pattern, cutoff_in, deposits_in, is_historical, kind_of
from orebook.reading.prose_ranges import joined_ranges
from orebook.reading.quantities import Quantity
from orebook.reading.release import Release, Sentence
from orebook.reading.said_about import company_sentences, place_of, readable, subject_of

ORDER = 45

_CUE = re.compile(r"\b(?:resources?|reserves?|MRE|JORC|ounces grading|mineral inventory)\b", re.IGNORECASE)
_NO_CUE = re.compile(
    r"\b(?:intersect\w*|intercept\w*|assay(?:s|ed)?|drill(?:ed|ing)? (?:returned|results)|metres? (?:at|of|"
    r"grading)|stockpile|shipped|shipments?|cut-?off grades?|price of|"
    r"scheduled|mined and|processed|milled|production target|mine (?:and|or) process)\b",
    re.IGNORECASE,
)
_PRODUCED = re.compile(r"\b(?:production of|producing|produced?s?|poured|sold)\b.{0,20}$", re.IGNORECASE)
_JOIN = re.compile(
    r"^[\s,;:()\[\]@–-]*(?:(?:at|grading|averaging|with|of|and|for|containing|contained|totall?ing|contains?|a|an|"
    r"the|average|grade|grades|head|fully|diluted|mined|mineralized|"
    r"estimated|approximately|about|in|plus|total|metal|per|tonne|also|or|to|is|are|representing|comprising|"
    r"including|its|equivalent|resources?|mineral|ore|gold|silver|copper|material|"
    r"in-situ|insitu|recovered|reserves?|hosting|using|assuming|which|contain|attributable)\b[\s,;:()\[\]@–-]*)*$",
    re.IGNORECASE,
)
_DIRECT = re.compile(
    r"(?:^|\b)(?:resources?|reserves?|MRE|inventory|hosts?|hosting|holds?|contains?|containing|endowment|"
    r"estimate)\b(?:[\s\w()-]{0,60}?\b(?:of|at|is|are|totall?ing|stands? at|approximately|about|comprising|to|"
    r"over|containing))?\s*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"^\s?\)?\s?(?:(?:of\s)?(?:contained\s)?(?:gold|silver|copper|Au|AuEq|Ag|AgEq|Cu|Zn|U3O8|TREO|zinc|uranium|"
    r"nickel|Li2O|in situ|global|JORC|NI 43-101|large|high[- ]grade|foundational|compliant|mineral|ore|"
    r"total)\s){0,5}(?:mineral\s|ore\s|JORC\s)?(?:resources?|reserves?|MRE|endowment)\b",
    re.IGNORECASE,
)
_NAMED_BEHIND = re.compile(r"^\s(?:[A-Z][\w-]*\s){1,3}(?:[a-z-]+\s){0,2}(?:deposit|ore ?body)\b")
_NAMED_ANYWHERE = re.compile(r"\bdeposit\b")
_CHANGED = re.compile(
    r"\b(?P<category>Measured and Indicated|Indicated|Inferred|Measured|M&I|"
    r"Total)?\s?(?:Mineral )?Resources?(?: Estimate)? (?:(?:has|have) )?(?P<how>increase[sd]?|grow[sn]?|grew|"
    r"decrease[sd]?|expand\w*)(?: by)?\s(?:~|approximately |about |an? )?$",
    re.IGNORECASE,
)
_PRIOR = re.compile(
    r"\b(?:see (?:the )?(?:news|press) release|previously (?:reported|announced|released)|see ASX|dated|"
    r"announced on)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Estimate:
    """Quantities that are one estimate."""

    tonnes: Quantity | None = None
    grades: list[Quantity] = field(default_factory=list)
    metals: list[Quantity] = field(default_factory=list)

    @property
    def parts(self) -> list[Quantity]:
        """All its quantities, in order."""
        every = [*([self.tonnes] if self.tonnes else []), *self.grades, *self.metals]
        return sorted(every, key=lambda quantity: quantity.start)

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return max(max(q.end, q.analyte_end) for q in self.parts)


def records(release: Release) -> Iterator[Record]:
    """Estimates that sentences say: kinds ``resource``, ``reserve`` and ``resource_change``."""
    for tail, sentences in ((False, readable(release.sentences())), (True, list(company_sentences(release)))):
        for sentence in sentences:
            if not _may_hold(sentence) or not (
                _CUE.search(sentence.plain) or _NAMED_ANYWHERE.search(sentence.plain) or category_in(sentence.plain)
            ):
                continue
            yield from _changes(release, sentence)
            for estimate, category in _estimates(sentence):
                yield _record(release, sentence, estimate, category, tail=tail)


def _may_hold(sentence: Sentence) -> bool:
    """Whether there is a mass or a percentage at all."""
    return any(quantity.unit == "%" or quantity.measures("mass") for quantity in sentence.quantities)


def _estimates(sentence: Sentence) -> Iterator[tuple[_Estimate, str]]:
    """The estimates of a sentence with their categories; what only looks like one is left out."""
    groups = _groups(sentence.plain, joined_ranges(sentence.plain, sentence.quantities))
    plain, last, before = sentence.plain, 0, ""
    for at, group in enumerate(groups):
        following = groups[at + 1].start if at + 1 < len(groups) else len(plain)
        category, end = _category(plain, last, group, following)
        if at and category in ("", "Total") and plain[groups[at - 1].end : group.start].strip() == "to":
            category = before
        before = category
        if _believed(plain, group, category, last, following):
            yield group, category
        last = max(group.end, end)


def _groups(plain: str, quantities: list[Quantity]) -> list[_Estimate]:
    """Quantities of mass and grade that stand together, cut where a new tonnage or the same metal begins."""
    groups: list[_Estimate] = []
    open_group: _Estimate | None = None
    for quantity in quantities:
        role = _role(plain, quantity)
        if not role or quantity.is_range:
            open_group = None
            continue
        joined = open_group is not None and _together(plain, open_group, quantity)
        if not joined or open_group is None or _begins(open_group, quantity, role):
            open_group = _Estimate()
            groups.append(open_group)
        if role == "tonnes":
            open_group.tonnes = quantity
        else:
            (open_group.grades if role == "grade" else open_group.metals).append(quantity)
    return groups


def _role(plain: str, quantity: Quantity) -> str:
    """Tonnes, grade or metal: a mass with a metal is metal, one in tonnes is tonnes."""
    if quantity.measures("mass"):
        behind = plain[quantity.end : quantity.end + 30]
        if quantity.unit in ("oz", "koz", "Moz", "Boz", "lb", "klb", "Mlb", "Blb"):
            return "metal"
        ore = (
            re.match(
                r"\s?(?:of )?(?:ore|material|mineraliz\w+|rock)?\s?(?:at|@|grading|averaging|with|containing|\()",
                behind,
            )
            is not None
        )
        return (
            "metal"
            if quantity.analyte and not (ore and quantity.unit in ("Mt", "kt", "t"))
            else "tonnes"
            if quantity.unit in ("t", "kt", "Mt", "Gt", "ton", "kton", "Mton", "dmt")
            else ""
        )
    return (
        "grade"
        if quantity.fraction and (quantity.analyte or quantity.unit in ("g/t", "ppm", "oz/ton", "kg/t", "oz/t"))
        else ""
    )


def _begins(group: _Estimate, quantity: Quantity, role: str) -> bool:
    """Whether a quantity starts another estimate: a second tonnage, a metal or grade said already."""
    if role == "tonnes":
        return group.tonnes is not None or bool(group.grades and group.metals)
    said = group.grades if role == "grade" else group.metals
    return any(one.analyte == quantity.analyte for one in said)


def _together(plain: str, group: _Estimate, quantity: Quantity) -> bool:
    between = plain[group.end : quantity.start]
    return len(between) < 90 and _JOIN.match(category_pattern().sub(" ", _without_metals(between))) is not None


def _without_metals(words: str) -> str:
    for start, end, _ in reversed(analytes.find(words)):
        words = f"{words[:start]} {words[end:]}"
    return words


def _category(plain: str, last: int, group: _Estimate, following: int) -> tuple[str, int]:
    """The category beside an estimate, and where it ends: within it, behind it ("in Indicated"), or just before it."""
    inside = category_in(plain[group.start : group.end])
    if inside and len(group.parts) > 1:
        return inside, 0
    behind = _CATEGORY_BEHIND.match(plain, group.end, following)
    after = category_pattern().match(plain, behind.end(), following) if behind else None
    before = list(category_pattern().finditer(plain, last, group.start))
    while len(before) > 1 and category_in(before[-1][0]) == "Total" and before[-1].start() - before[-2].end() < 40:
        before.pop()  # "Inferred Resources total 5 Mt"
    near = bool(before) and not re.search(r"[.;]", plain[before[-1].end() : group.start])
    if after and behind and (behind["in"] or not near or category_in(before[-1][0]) == "Total"):
        return category_in(after[0]), after.end()
    return (category_in(before[-1][0]), 0) if near else ("", 0)


_CATEGORY_BEHIND = re.compile(r"\W{0,3}(?:\([^()]{0,120}\)\s?)?(?P<in>(?:in (?:the )?|of |as ))?(?:a |an |the )?")


def _believed(plain: str, group: _Estimate, category: str, last: int, following: int) -> bool:
    """Whether quantities are an estimate: tonnes with grade or metal under a cue, or metal called a resource."""
    if not group.tonnes and not group.metals:
        return False
    lead, behind = plain[max(0, group.start - 110) : group.start], plain[group.end : min(following, group.end + 60)]
    near = plain[max(0, group.start - 160) : group.end + 60]
    if _NO_CUE.search(lead[-60:]) or _PRODUCED.search(lead):
        return False
    whole = group.tonnes is not None and bool(group.grades or group.metals)
    if whole:
        return bool(category) or _CUE.search(near) is not None
    if group.tonnes and not group.metals and _NAMED_BEHIND.match(plain[group.end :]):
        return True
    direct = _DIRECT.search(category_pattern().sub(" ", lead)) is not None or _BEHIND.match(behind) is not None
    if group.metals and (category or group.grades) and (_CUE.search(near) or category_in(near)):
        return direct or bool(group.grades) or _near_category(plain, group, last)
    return direct


def _near_category(plain: str, group: _Estimate, last: int) -> bool:
    """Whether "inferred resources of" or "to" leads straight to a figure of metal."""
    lead = plain[last : group.start]
    found = list(category_pattern().finditer(lead))
    return bool(found) and len(lead) - found[-1].end() < 40


def _record(release: Release, sentence: Sentence, group: _Estimate, category: str, *, tail: bool) -> Record:
    plain = sentence.plain
    facts: list[Fact] = []
    for quantity in map(_million_tonnes(plain), group.parts):
        role = "grade" if quantity in group.grades else "metal" if quantity in group.metals else "tonnes"
        analyte = "" if role == "tonnes" else quantity.analyte or _only_metal(plain, group)
        facts.append(
            release.fact(
                f"resources.{role}", quantity.figure, sentence.text, quantity.start, quantity.end, analyte=analyte
            )
        )
    about = subject_of(release, sentence, group.start)
    words = plain[max(0, group.start - 200) : group.end + 80]
    return release.record(
        kind_of(category, _nearest_cue(plain, group)),
        facts,
        **{
            **about,
            "deposit": _deposit(plain, group) or about.get("zone") or about.get("property") or about.get("mine", ""),
        },
        category=category
        or ("Total" if re.search(r"\b(?:global|total|overall|combined)\b", words, re.IGNORECASE) else ""),
        cutoff=cutoff_in(plain[group.start : group.end + 120]),
        place=place_of(sentence),
        context=_context(sentence, words, tail=tail),
    )


def _million_tonnes(plain: str) -> Callable[[Quantity], Quantity]:
    """Tonnages written "60.4mt" or "110 MT" are millions of tonnes in an estimate, not metric tonnes."""

    def read(quantity: Quantity) -> Quantity:
        written = plain[quantity.number_end : quantity.end].strip()
        if written in ("mt", "MT", "mT") and quantity.unit == "t" and quantity.figure.value < 5000:
            return replace(quantity, figures=tuple(Figure(f.value, "Mt", f.sign) for f in quantity.figures))
        return quantity

    return read


def _nearest_cue(plain: str, group: _Estimate) -> str:
    """The words "resource" or "reserve" that stand nearest to an estimate."""
    found = [
        (abs(m.start() - group.start), m[0])
        for m in re.finditer(r"\b(?:resources?|reserves?|MRE)\b", plain, re.IGNORECASE)
    ]
    return min(found)[1] if found else ""


def _only_metal(plain: str, group: _Estimate) -> str:
    """The one metal of an estimate, for a figure that does not name it."""
    named = {quantity.analyte for quantity in group.parts if quantity.analyte}
    if not named:
        named = {
            symbol for _, _, symbol in analytes.find(plain, max(0, group.start - 60), min(len(plain), group.end + 30))
        }
    if not named:
        named = {symbol for _, _, symbol in analytes.find(plain)}
    return named.pop() if len(named) == 1 else ""


def _deposit(plain: str, group: _Estimate) -> str:
    """The deposit that is named nearest before an estimate, else right behind it."""
    named = deposits_in(plain)
    before = [name for start, _, name in named if start < group.start]
    after = [name for start, _, name in named if group.end <= start < group.end + 60]
    return before[-1] if before else after[0] if after else ""


def _context(sentence: Sentence, words: str, *, tail: bool) -> str:
    if is_historical(words):
        return "historical"
    return "previously reported" if tail or _PRIOR.search(sentence.plain) else "announced"


def _changes(release: Release, sentence: Sentence) -> Iterator[Record]:
    """By how much an estimate grew, in percent."""
    for quantity in sentence.quantities:
        found = _CHANGED.search(sentence.plain[: quantity.start])
        if quantity.unit == "%" and found and not quantity.analyte:
            fact = release.fact("resources.change", quantity.figure, sentence.text, quantity.start, quantity.end)
            about = subject_of(release, sentence, quantity.start)
            category = category_in(found["category"] or "")
            yield release.record(
                "resource_change", [fact], **about, category=category, place=place_of(sentence), context="announced"
            )
