"""Ownership: who holds which share of a mine, a property or a company.

>>> from orebook.reading.read import read_text
>>> reading = read_text("note.txt", "The Blue Fox property will be held by Norwood 60%, Ashby 25% and Tarn 15%.")
>>> [(str(fact.figure), fact.about["holder"]) for fact in reading.facts]
[('60 %', 'Norwood'), ('25 %', 'Ashby'), ('15 %', 'Tarn')]
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading.language.quantities import Quantity
from orebook.reading.patterns import Pattern
from orebook.reading.readers import cues
from orebook.reading.release import Release, Sentence
from orebook.reading.text import Text

ORDER = 66

_PARTY = (
    r"(?:(?-i:[A-Z][\w'’&-]*(?:\.|,\s(?:Inc|Ltd|LLC)\.?)?(?:\s(?:of|and|de"
    r"|&)?\s?[A-Z][\w.'’&-]*){0,5})|the company|we|it|(?:(?:its|their"
    r"|our)\s)(?:[\w-]+\s){0,2}?partners?)"
)
_NOT_A_PARTY = Pattern(r"(?:In|On|The|This|As|At|Under|Upon|For|With|Currently|Production|Total)\Z", re.IGNORECASE)
_HOLDS = Pattern(
    rf"(?P<holder>{_PARTY})(?:,\s(?:who|which)(?:\s(?:together|jointly|currently|each))?|,?\s(?:also"
    rf"|now|currently|still|will|would|jointly|each|directly|indirectly|beneficially)){{0,2}}"
    r"\s(?:owns?|owned|holds?|held|has|have|retains?|controls?|maintains?|acquired|acquire"
    r"|hold)(?:\s(?:and|or)\s\w+)?(?:\s(?:a|an|the|its|their))?(?:\s(?:current|remaining|direct"
    r"|indirect|beneficial))?\s$",
    re.IGNORECASE,
)
_WHOSE = Pattern(
    r"(?P<holder>(?-i:[A-Z][\w&-]*(?:\s[A-Z][\w.&-]*){0,4})['’]s?|our|its"
    r"|the company['’]s)\s(?:current\s|remaining\s|existing\s)?$",
    re.IGNORECASE,
)
_OF = Pattern(
    r"[\s-]?(?:(?:(?:undivided|working|participating|carried|joint venture|JV|equity|ownership|direct"
    r"|indirect|attributable|beneficial|controlling|minority)\s){0,3}"
    r"(?:interest|share(?:holding)?|stake|ownership|equity)s?\s(?:in|of)"
    r"|of)\s(?:the\s)?(?P<target>(?-i:[A-Z][\w'’&-]*)(?:\s(?-i:[A-Z(][\w.'’&()-]*|of|de"
    r"|la)){0,5}(?:\s(?:[\w/-]+\s){0,4}?(?:mine|property|project|joint venture|deposit))?|(?:property"
    r"|project|mine|joint venture|company|claims?)\b)",
    re.IGNORECASE,
)
_OWNED = Pattern(
    r"[\s-]?(?:owned|held|interest)\b(?!\sby\b)(?:,)?(?:\s(?:(?:subsidiary|indirect"
    r"|direct),?\s)*(?P<target>(?-i:[A-Z][\w'’&-]*)(?:\s(?-i:[A-Z][\w.'’&()-]*)){0,4}))?",
    re.IGNORECASE,
)
_BY = Pattern(rf"[\s-]?(?:owned|held)?\sby\s(?:the\s)?(?P<holder>{_PARTY})", re.IGNORECASE)
_SHARES = Pattern(r"\b(?:held|owned|shared|split)\b[^.;]{0,40}?\s(?:by|between|among)\b", re.IGNORECASE)
_NAMED_SHARE = Pattern(
    r"(?:by|,|and|between|among|\()\s(?P<holder>(?-i:[A-Z][\w&-]*(?:\s[A-Z][\w.&-]*){0,4}))"
    r"(?:\sas\sto|\s\(|\s-|:)?\s?$",
    re.IGNORECASE,
)
_IS_HELD = Pattern(
    r"(?<![\w&])(?P<target>[A-Z][\w'’&-]*(?:\s(?:[A-Z][\w'’&-]*|de|la|of)){0,4}"
    r"(?:\s(?:mine|property|project|joint venture))?)"
    r"\s(?:is|are|was|were|will be)\s(?:owned|held)\b"
)
_WHOLLY = Pattern(
    r"(?P<whole>\bwholly[\s-]owned)\s(?:(?:[\w-]+)\s){0,4}?(?P<target>(?-i:[A-Z][\w'’&-]*)(?:\s"
    r"(?-i:[A-Z][\w.'’&()-]*)){0,5})",
    re.IGNORECASE,
)
_BEFORE_WHOLLY = Pattern(
    r"(?P<holder>(?-i:[A-Z][\w&-]*(?:\s[A-Z][\w.&-]*){0,4}))(?:['’]s?\s(?:\w+\s){0,3}?"
    r"|,?\s(?:[\w,.]+\s){0,8}?(?:its|our)\s|,\sa\s)$"
)
_SPEAKER = frozenset(("we", "our", "its", "it", "the company", "company"))
_COMPANY = Pattern(r"\b(?:Ltd|Inc|Corp|Limited|Mines|Mining|Resources|S\.?A|LLC|Pty|Metals)\b")
_LEGAL_FORM = Pattern(r"\b(?:Ltd|Inc|Corp|Limited|LLC)\b\.?")
_NOT_OWNING = Pattern(r"option|earn|royalt|recover|NSR|if |increase|dilut|voting|issued and outstanding", re.IGNORECASE)


def records(release: Release) -> Iterator[Record]:
    """Every share that somebody is said to hold, in prose and in the heads of tables."""
    for sentence in cues.prose(release, "%", "percent", "per cent", "own"):
        for quantity in sentence.quantities:
            found = quantity.unit == "%" and not quantity.is_range and _share(sentence, quantity)
            if found:
                facts = cues.figures(release, sentence.text, quantity, "tenure.interest")
                about = release.about(sentence.block, sentence.text, quantity.start)
                yield release.record("ownership", facts, **about, **cues.said_in(sentence), **_resolved(release, found))
        yield from _wholly(release, sentence)
    for block in release.layout.blocks:
        if block.table is not None and block.part != "tail":
            for cell in (cell for row in block.table.header_rows for cell in row.cells):
                yield from _in_head(release, cell.text, release.about(block))


def _share(sentence: Sentence, quantity: Quantity) -> dict[str, str]:
    """Holder and target of a percentage, or nothing where it is not a share of ownership."""
    lead, plain = sentence.plain[max(0, quantity.start - 140) : quantity.start], sentence.plain
    if _NOT_OWNING.search(lead[-60:]):
        return {}
    of, holds = _OF.match(plain, quantity.end), _HOLDS.search(lead) or _WHOSE.search(lead)
    if holds and (
        of or _OWNED.match(plain, quantity.end) or re.match(r"\s?(?:interest|share|stake)\b", plain[quantity.end :])
    ):
        return {"holder": holds["holder"], "target": of["target"] if of else ""}
    owned, by = _OWNED.match(plain, quantity.end), _BY.match(plain, quantity.end)
    if by and not _NOT_A_PARTY.match(by["holder"]):
        return {"holder": by["holder"], "target": _held(lead)}
    if owned and re.match(r"[\s-]?owned", owned[0]):
        return {"holder": "the company", "target": owned["target"] or ""}
    named = _NAMED_SHARE.search(lead)
    if named and _SHARES.search(lead):
        return {"holder": named["holder"], "target": _held(lead)}
    return {}


def _held(lead: str) -> str:
    """What is owned, before the words that say so: "North Ridge is owned 60% by ..."."""
    found = list(_IS_HELD.finditer(lead))
    return found[-1]["target"] if found else ""


def _wholly(release: Release, sentence: Sentence) -> Iterator[Record]:
    """ "Wholly owned" is all of it, without a digit."""
    for found in _WHOLLY.finditer(sentence.plain):
        lead = _BEFORE_WHOLLY.search(sentence.plain[max(0, found.start() - 90) : found.start()])
        if re.search(r"\bsubsidiary\sof\s", found[0]):
            said = {"holder": found["target"], "target": lead["holder"] if lead else ""}
        else:
            said = {"holder": lead["holder"] if lead else "the company", "target": found["target"]}
        start, end = found.span("whole")
        fact = release.fact("tenure.interest", Figure(Decimal(100), "%"), sentence.text, start, end)
        about = release.about(sentence.block, sentence.text, start)
        yield release.record("ownership", [fact], **about, **cues.said_in(sentence), **_resolved(release, said))


def _in_head(release: Release, text: Text, about: dict[str, str]) -> Iterator[Record]:
    """A share in the head of a table: "100% basis, Norwood owns 60%"."""
    for found in re.finditer(
        r"(?<![\w&-])(?P<holder>(?:[A-Z][\w&-]{0,30}\s){1,4})(?:owns|holds)\s(?P<share>\d{1,3}(?:\.\d+)?)\s?%",
        text.plain,
    ):
        start, end = found.start("share"), found.end()
        figure = Figure(Decimal(found["share"]), "%")
        fact: Fact = release.fact("tenure.interest", figure, text, start, end)
        yield release.record(
            "ownership", [fact], **about, place="table", **_resolved(release, {"holder": found["holder"]})
        )


def _resolved(release: Release, said: dict[str, str]) -> dict[str, str]:
    """Holder and target as names: "we", "the Company" and the short name of the issuer are the issuer."""
    holder = re.sub(r"['’]s?$", "", " ".join(said.get("holder", "").split()))
    if holder.lower() in _SPEAKER or [holder] == release.issuer.split()[:1]:
        holder = release.issuer
    target = " ".join(said.get("target", "").split())
    if form := _LEGAL_FORM.search(target):
        target = target[: form.end()]
    return {"holder": holder, "target": target, "company": target if _COMPANY.search(target) else ""}
