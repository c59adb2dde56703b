"""How estimates have changed: by how much in percent, and from which ounces or tonnes to which."""

import re
from collections.abc import Iterator

from orebook.ground.fact import Record
from orebook.ground.figure import Figure
from orebook.reading.estimating.estimate_subjects import OnlyMetal, estimated
from orebook.reading.estimating.estimates import category_in, deposits_in, is_estimate, kind_of, places_in
from orebook.reading.language import analytes
from orebook.reading.language.quantities import Quantity
from orebook.reading.language.said_about import place_of, readable
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

ORDER = 44

_CATEGORY = (
    r"(?P<category>measured and indicated|measured & indicated|M ?& ?I|M ?\+ ?I|proved and probable|"
    r"proven and probable|P ?& ?P|indicated|inferred|measured|proved|proven|probable|total)"
)
_CHANGED = Pattern(
    rf"\b(?:{_CATEGORY}\s)?(?:mineral |ore )?(?:(?:gold|silver|copper) )?(?P<noun>resources?|reserves?|ounces|tonnes|"
    r"tonnage)(?: estimate)?,? (?:(?:has|have) )?(?P<how>increase[sd]?|r[io]se[sn]?|grow[sn]?|grew|fell|falls?|"
    r"decrease[sd]?|declined?|expand\w*|up|down)(?: by)?\s(?:~|approximately |about |an? )?$",
    re.IGNORECASE,
)
_CARRIED = Pattern(
    rf"\band (?:{_CATEGORY}\s)(?:mineral |ore )?(?P<noun>resources?|reserves?|ounces|tonnes|tonnage)? ?"
    r"by (?:~|approximately |about )?$",
    re.IGNORECASE,
)
"""A second category under the verb of the first: "... and Inferred ounces by 9%"."""
_BARE = Pattern(
    rf"\b{_CATEGORY}\s(?:mineral |ore )?(?:resource |reserve )?(?:(?:gold|silver|copper|uranium) )?"
    r"(?P<noun>ounces|pounds|tonnes|tons)\b(?P<between>[^.;:()]{0,50}?)\bfrom\s(?:approximately |about |some )?$",
    re.IGNORECASE,
)
_TO = Pattern(r"\sto\s(?:approximately |about |some )?")
_UNITS = {"ounces": "oz", "pounds": "lb", "tonnes": "t", "tons": "ton"}


def records(release: Release) -> Iterator[Record]:
    """Changes in percent, kind ``resource_change``, and the old and new figures of a sentence that names their unit."""
    only = OnlyMetal(release)
    for sentence in readable(release.sentences()):
        if category_in(sentence.plain) or is_estimate(sentence.plain):
            yield from _percents(release, sentence)
            yield from _moved(only, sentence)


def _percents(release: Release, sentence: Sentence) -> Iterator[Record]:
    """By how much an estimate grew or fell, in percent."""
    carried = False
    for quantity in sentence.quantities:
        lead = sentence.plain[max(0, quantity.start - 120) : quantity.start]
        found = _CHANGED.search(lead) or (_CARRIED.search(lead) if carried else None)
        if quantity.unit != "%" or not found or quantity.analyte:
            continue
        category = category_in(found["category"] or "")
        if (found["noun"] or "").lower() in _NOT_ALONE and not category:
            continue
        carried = True
        fact = release.fact("resources.change", quantity.figure, sentence.text, quantity.start, quantity.end)
        yield release.record(
            "resource_change", [fact], **_where(release, sentence, quantity), category=category,
            place=place_of(sentence), context="announced",
        )  # fmt: skip


_NOT_ALONE = frozenset({"ounces", "tonnes", "tonnage"})
"""Words that speak of an estimate only with a category before them."""


def _moved(only: OnlyMetal, sentence: Sentence) -> Iterator[Record]:
    """Figures whose unit stands before them: "Indicated ounces rose from 548,000 to 680,000"."""
    plain, said = sentence.plain, sentence.quantities
    for at, old in enumerate(said):
        found = _BARE.search(plain[max(0, old.start - 160) : old.start])
        if old.unit or old.noun or not found:
            continue
        ends = old.figures if old.is_range else old.figures[:1]
        follows = said[at + 1] if at + 1 < len(said) else None
        yield _one(only, sentence, old, ends[0], found, "previously reported")
        if len(ends) == 2:  # "548,000 to 680,000" reads like a range
            yield _one(only, sentence, old, ends[1], found, "announced")
        elif follows and not follows.unit and not follows.noun and _TO.fullmatch(plain[old.end : follows.start]):
            yield _one(only, sentence, follows, follows.figure, found, "announced")


def _one(
    only: OnlyMetal, sentence: Sentence, quantity: Quantity, figure: Figure, found: re.Match[str], context: str
) -> Record:
    """A record of one old or new figure."""
    release, unit = only.release, _UNITS[found["noun"].lower()]
    start, end = _printed(sentence.plain, quantity, figure)
    metal = unit in ("oz", "lb")
    named = [symbol for _, _, symbol in analytes.find(found[0])] or [only.symbol]
    fact = release.fact(
        f"resources.{'metal' if metal else 'tonnes'}", Figure(figure.value, unit, figure.sign), sentence.text, start,
        end, analyte=named[0] if metal and len(named) == 1 else "",
    )  # fmt: skip
    category = category_in(found["category"])
    return release.record(
        kind_of(category, found[0]), [fact], **_where(release, sentence, quantity), category=category,
        place=place_of(sentence), context=context,
    )  # fmt: skip


def _printed(plain: str, quantity: Quantity, figure: Figure) -> tuple[int, int]:
    """Where one of the two figures of a range is printed."""
    if not quantity.is_range:
        return quantity.start, quantity.end
    numbers = list(re.finditer(r"\d[\d,.]*\d|\d", plain[quantity.start : quantity.end]))
    found = numbers[0] if figure is quantity.figures[0] else numbers[-1]
    return quantity.start + found.start(), quantity.start + found.end()


def _where(release: Release, sentence: Sentence, quantity: Quantity) -> dict[str, str]:
    """The subject of a change, with the deposit that the sentence names."""
    about = estimated(release, sentence, quantity.start)
    named = [name for start, _, name in sorted([*deposits_in(sentence.plain), *places_in(sentence.plain)])
             if start < quantity.start]  # fmt: skip
    deposit = named[-1] if named else about.get("zone") or about.get("property") or about.get("mine", "")
    return {**about, "deposit": deposit}
