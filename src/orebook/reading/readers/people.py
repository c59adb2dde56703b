"""People: who answers for a release, who wrote the report, who is quoted and whom to call, with their credentials.

>>> from orebook.reading.read import read_text
>>> reading = read_text("note.txt", "Ruth Calder, P.Geo., is the Qualified Person who reviewed this release.")
>>> [(str(fact.figure), fact.about["credentials"]) for fact in reading.facts]
[('Ruth Calder', 'P.Geo.')]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from orebook.ground.fact import Record, Words
from orebook.reading.layout import Block
from orebook.reading.patterns import Pattern
from orebook.reading.readers import cues
from orebook.reading.release import Release, Sentence
from orebook.reading.text import Text

ORDER = 7

_NAME = (
    r"(?:(?:Mr|Ms|Mrs|Dr|Prof)\.?\s|(?:CEO|CFO|COO|VP|Chair\w*"
    r"|President)\s)?(?<![\w'’-])(?P<name>(?:[A-Z][\w'’-]{1,30}|[A-Z]\.)"
    r"(?:\s(?!P\.\s?(?:Geo|Eng)|Ph\.)(?:[A-Z][\w'’-]{0,30}\.?|\(?[\"“'][A-Z]\w+[\"”']\)?|de|van|von|der|la"
    r"|du)){0,3}\s(?!Eng\b|Geo\b|P\.)[A-Z][\w'’-]{1,30})"
)
_CREDENTIAL = (
    r"(?:P\.?\s?(?:Geo|Geol|Eng)\.?L?|Ph\.?\s?D\.?|M\.?\s?Sc\.?|B\.?\s?Sc\.?|B\.?\s?A\.?\s?Sc\.?"
    r"|M\.?\s?A\.?\s?Sc\.?|M\.?B\.?A\.?|CPG|C\.P\.G\.|RPGeo|R\.?P\.?Geo\.?"
    r"|F\.?Aus\.?IMM|M\.?Aus\.?IMM|FAIG|MAIG|AIG|CP(?:\s?\((?:Geo|Min|Met)\))?|SME[- ](?:RM"
    r"|Registered Member)|FGS|CGeol|EurGeol|ing\.|géo\.|geo\.|PE|QP|FIMMM|MIMMM"
    r"|Pr\.?\s?Sci\.?\s?Nat\.?|FGSSA|RM[- ]SME|P\.?Geoph\.?|Hons|C\.?Eng\.?)"
)
_CREDENTIALS = Pattern(
    rf",?\s\(?(?P<all>{_CREDENTIAL}(?:\s?\([A-Za-z., &]{{2,30}}\))?(?:,?\s(?:and\s)?(?:{_CREDENTIAL}"
    rf"|F?[A-Z]{{3,8}})(?:\s?\([A-Za-z., &]{{2,30}}\))?){{0,5}})(?!\w)"
)
_PERSON = Pattern(_NAME)
_TITLE = Pattern(
    r",?\s(?:the\s|our\s|(?:[A-Z][\w'’&.-]*\s){0,4}?(?:[A-Z]\w+['’]s?\s))?(?P<title>(?:(?:President"
    r"|Chair(?:man|woman|person)?|Chief|CEO|COO|CFO|Vice|VP|V\.P\.|Managing|Executive|Exploration"
    r"|Senior|Technical|General|Non-Executive|Interim|Founder|Director|Manager|Geologist|Corporate"
    r"|Investor|Communications|Head)\b)(?:(?:\s|,\s|\s(?:and|&|of|for)\s)?(?:[A-Z][\w.-]*|&|and|of"
    r"|the)){0,9})"
)
_QUOTED = Pattern(
    r"\b(?:said|says|stated|states|commented|comments|added|adds|noted|notes|remarked|explained"
    r"|continued)[,:]?\s$|\baccording to\s$",
    re.IGNORECASE,
)
_QUOTES = Pattern(
    r"[^.]{0,140}?\b(?:said|says|stated|states|commented|comments|added|noted|remarked|explained)\b", re.IGNORECASE
)
_QUALIFIED = Pattern(r"\bqualified person|\bcompetent person|\bQP\b", re.IGNORECASE)
_REVIEWED = Pattern(r"\b(?:reviewed|approved|verified|certified|supervised)\b", re.IGNORECASE)
_WROTE = Pattern(r"\b(?:prepared|authored|written|co-authored|completed)\b[^;]{0,160}?\bby\b", re.IGNORECASE)
_CONTACT = Pattern(
    r"^\W{0,4}(?:for (?:further|more|additional) information|contacts?\b|investor (?:relations"
    r"|contact|inquiries)|media (?:contact|inquiries))",
    re.IGNORECASE,
)
_NOT_NAMES = Pattern(
    r"\b(?:The|This|Qualified|Competent|Person|Company|Corporation|Mining|Metals|Resources|Gold"
    r"|Silver|Copper|Exploration|National|Instrument|Technical|Report|Zone|Project|Property|Mine"
    r"|Drill|Limited|Ltd|Inc|British|Columbia|North|South|East|West|New|Standards|Australasian"
    r"|Institute|University|Investor|Relations|Chief|Officer|President|Vice|Director|Geoscientists?"
    r"|Consulting|Services|Laboratories|Association|Society|Street|Avenue|Suite|Canada|TSX|Venture"
    r"|Exchange|Mineral|Minerals|Ontario|Quebec|Nevada|News|Release|Press|Mines|Creek|Lake|River"
    r"|Mountain|Bay|Capital|Partners|Group|Global|Engineering|International|Further|Phone|Email"
    r"|Website|Information|Contact|Member|Fellow|General|Manager|Managing|Executive|Senior|Chairman|Chairwoman"
    r"|Chairperson|Superintendent|Secretary|Treasurer)\b"
)
_HINTS = (
    *("qualified", "competent", " qp", "review", "approv", "verif", "certified", "supervis", "prepared", "author"),
    *("written", "completed", "said", "says", "state", "comment", "add", "note", "remark", "explain", "according to"),
)


@dataclass(frozen=True)
class _Person:
    """A name in a text, with what stands behind it."""

    name: str
    start: int
    end: int
    credentials: str
    title: str


def records(release: Release) -> Iterator[Record]:
    """Every person with a role: qualified person, author, quoted, contact."""
    seen: set[tuple[str, str]] = set()
    for sentence in cues.prose(release, *_HINTS):
        for person in _people(sentence.plain):
            role = _role(sentence, person)
            if role and (person.name, role) not in seen:
                seen.add((person.name, role))
                yield _record(release, sentence.text, person, role)
    for block in _contacts(release):
        for person in _people(block.plain):
            if person.title and (person.name, "contact") not in seen:
                seen.add((person.name, "contact"))
                yield _record(release, block.text, person, "contact")


def _record(release: Release, text: Text, person: _Person, role: str) -> Record:
    about = {"role": role, "credentials": person.credentials, "title": person.title}
    fact = release.fact("people.person", Words(person.name, "name"), text, person.start, person.end, **about)
    return release.record("person", [fact])


def _people(plain: str) -> Iterator[_Person]:
    """Names of people: two words or more with capitals, none of them a word of companies and places."""
    for found in _PERSON.finditer(plain):
        name = found["name"]
        if _NOT_NAMES.search(name) or any(len(word) > 2 and word.isupper() for word in name.split()):
            continue
        letters = _CREDENTIALS.match(plain, found.end())
        title = _TITLE.match(plain, letters.end() if letters else found.end())
        credentials = " ".join(letters["all"].split()) if letters else ""
        yield _Person(name, *found.span("name"), credentials, _job(title["title"]) if title else "")


def _job(words: str) -> str:
    return re.sub(r"(?:[,.]|\s(?:and|&|of|the))+$", "", " ".join(words.split()))


def _role(sentence: Sentence, person: _Person) -> str:
    plain = sentence.plain
    lead, tail = plain[max(0, person.start - 160) : person.start], plain[person.end : person.end + 200]
    lead = re.sub(r"(?:Mr|Ms|Mrs|Dr|Prof)\.?\s$", "", lead)
    if person.credentials and (_QUALIFIED.search(lead) or _QUALIFIED.search(tail)):
        return "qualified person"
    if person.credentials and _WROTE.search(lead):
        return "author"
    if person.credentials and _REVIEWED.search(lead + tail):
        return "qualified person"
    if _QUALIFIED.search(tail[:160]) and (person.title or _REVIEWED.search(lead + tail)):
        return "qualified person"
    if _QUOTED.search(lead) or (person.title and _QUOTES.match(tail)):
        return "quoted"
    return ""


def _contacts(release: Release) -> Iterator[Block]:
    """The blocks behind "Contact" near the end of a document."""
    following = 0
    for block in release.layout.prose(tail=True):
        if _CONTACT.match(block.plain):
            following = 6
        if following and len(block.plain) < 600:
            following -= 1
            yield block
