"""Milestones: what was begun or finished, what is planned, and when, as exactly as it is said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from orebook.ground.fact import Record, Words
from orebook.reading.dates import When
from orebook.reading.readers import cues
from orebook.reading.readers.times import coming, times
from orebook.reading.release import Release, Sentence

ORDER = 75

_DOING = (
    r"(?:commenc|complet|start|beg[au]n|begin|initiat|conclud|finish|commission|construct|build|built|restart|resum|mobili[sz]|deliver|arriv|install|pour|submit|fil(?:e|ing|ed)\b|releas|receiv|drill|test|undertak|undertook|conduct|carr(?:y|ied) out|report|publish|prepar|continu|confirm|approv|acquir|clos(?:e|ed|ing)\b|sign|discover|select|announc|develop|produc|ramp|reach|achiev|advanc|deliver|updat|collect|perform|flown|announce)"
)
_PLANNED = re.compile(
    rf"\b(?:(?:is|are|was|were|remains?|be)\s(?:\w+\s)?)?(?:expect(?:s|ed)|plans?|planned|schedul(?:es|ed)|anticipat(?:es|ed)|target(?:s|ed|ing)|slated|intends?|projected|proposed|due|aims?|on (?:track|schedule))\s(?:(?:to|for)\s)?(?:be\s)?(?:{_DOING}\w*)?"
    rf"|\b(?:will|to|would|should)\s(?:be\s|have\s|also\s)?{_DOING}\w*",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:(?:was|were|has been|have been|had been)\s(?:\w+ly\s)?)?(?:commenced|completed|started|began|begun|initiated|concluded|finished|commissioned|constructed|built|restarted|resumed|mobili[sz]ed|delivered|arrived|installed"
    r"|poured|submitted|filed|lodged|received|undertaken|conducted|carried out|signed|discovered|selected|announced|acquired|granted|performed|achieved|suspended|closed)\b|\bstart-?up\b",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\b(?:in|on|by|during|until|before|since|between|for|through|throughout|prior to|and|to|from|of|at|within|late|early)\s(?:the\s|about\s|approximately\s|late\s|early\s)?$", re.IGNORECASE)
_MONEYED = re.compile(r"\b(?:revenues?|income|earnings|loss(?:es)?|cash|costs?|expenses?|price|shares?|warrants?|financing|placement|offering|debt|loan|notes?|dividend|ended|sales|ounces|pounds|resource estimate|guidance)\b", re.IGNORECASE)
_CUT = re.compile(r"[,;:(]\s|\s(?:that|which|where|while|although|as|because|who)\s", re.IGNORECASE)
_SEASON_PLAN = re.compile(r"\bplan\w*\b[^.;]{0,40}?\b(?:a|an|its|the)\s(?P<what>winter|spring|summer|fall|autumn)\s(?P<rest>(?:[\w-]+\s){0,3}?program(?:me)?)", re.IGNORECASE)
_LONGEST = 200


@dataclass(frozen=True)
class _Verb:
    """What happens: where the words stand and whether it is still to come."""

    start: int
    end: int
    planned: bool


def records(release: Release) -> Iterator[Record]:
    """Every event with a time, and every count of things that were made."""
    rows = cues.table("milestones")
    for sentence in release.sentences():
        yield from _dated(release, sentence)
        for place, quantity in enumerate(sentence.quantities):
            if found := cues.fact_of(release, sentence, place, rows):
                cue, facts = found
                about = release.about(sentence.block, sentence.text, quantity.start)
                period = sentence.dates[0].period.label if len(sentence.dates) == 1 else ""
                yield release.record(cue.kind, facts, **about, **cues.said_in(sentence), period=period)


def _dated(release: Release, sentence: Sentence) -> Iterator[Record]:
    """Events of a sentence: each time belongs to the nearest verb before it, or to the first behind it."""
    verbs = _verbs(sentence.plain)
    subject = ""
    for when in times(release, sentence) if verbs else ():
        verb = _verb_of(sentence.plain, verbs, when)
        if not verb or not _an_event(sentence, when, verb):
            continue
        subject = _subject(sentence.plain, verb, when) or subject
        event = " ".join(f"{subject} {_action(sentence.plain, verb, when)}".split())
        yield _record(release, sentence, when.period.label, (when.start, when.end), event, "planned" if verb.planned else "done")
    season = _SEASON_PLAN.search(sentence.plain)
    if season and release.day:
        days = coming(release, season["what"].lower(), release.day.start)
        yield _record(release, sentence, days.label, season.span("what"), f"{season['what']} {season['rest']}", "planned")


def _record(release: Release, sentence: Sentence, label: str, place: tuple[int, int], event: str, status: str) -> Record:
    about = release.about(sentence.block, sentence.text, place[0])
    fact = release.fact("milestones.date", Words(label, "date"), sentence.text, *place, event=event, status=status)
    return release.record("milestone", [fact], **about, **cues.said_in(sentence))


def _verbs(plain: str) -> list[_Verb]:
    """Every verb of beginning, finishing or planning; a plan swallows the verb that it ends in."""
    planned = [_Verb(found.start(), found.end(), True) for found in _PLANNED.finditer(plain)]
    done = [
        _Verb(found.start(), found.end(), False)
        for found in _DONE.finditer(plain)
        if not any(verb.start <= found.start() < verb.end + 1 for verb in planned)
    ]
    return sorted(planned + done, key=lambda verb: verb.start)


def _verb_of(plain: str, verbs: list[_Verb], when: When) -> _Verb | None:
    before = [verb for verb in verbs if verb.end <= when.start and when.start - verb.end < (_LONGEST if verb.planned else 100)]
    if before and ";" not in plain[before[-1].end : when.start]:
        return before[-1]
    lead = plain[: when.start].strip().lower()
    if lead in ("in", "on", "by", "during", "in the", "during the", "by the", "since", "", "subsequent to"):
        return next((verb for verb in verbs if verb.start >= when.end and verb.start - when.end < _LONGEST), None)
    return None


def _an_event(sentence: Sentence, when: When, verb: _Verb) -> bool:
    """Whether the time is when something happens, not a period of accounts, a label or the date of a paper."""
    plain = sentence.plain
    lead = plain[max(0, when.start - 24) : when.start]
    own = re.match(r"(?:by|before|until|prior to|at|in|next|this|later|earlier|last|the)\b", plain[when.start : when.end], re.IGNORECASE)
    if not own and not _LEAD.search(lead) and when.start > 3:
        return False
    if when.kind == "as of" or re.search(r"dated\s$|ended\s$|ending\s$", lead):
        return False
    between = plain[min(verb.end, when.end) : max(verb.start, when.start)]
    strict = when.kind == "period" or not verb.planned
    if strict and (_MONEYED.search(plain[max(0, verb.start - 60) : verb.start]) or _MONEYED.search(between)):
        return False
    return not any(q.money for q in sentence.quantities) and (verb.planned or len(between) < 100)


def _subject(plain: str, verb: _Verb, when: When) -> str:
    """The words before the verb: from the last cut, or from the time that opens the sentence."""
    start = when.end if when.end <= verb.start else 0
    words = plain[start : verb.start]
    cut = max((found.end() for found in _CUT.finditer(words)), default=0)
    words = re.sub(r"^.*\b(?:19|20)\d\d\s(?:and\s)", "", words[cut:])
    words = re.sub(r"^\W*(?:(?:and|then|also|the|an?)\s)+", "", words.strip() + " ", flags=re.IGNORECASE)
    return " ".join(words.split()[-12:])


def _action(plain: str, verb: _Verb, when: When) -> str:
    """The verb, and what stands between it and the time."""
    rest = plain[verb.end : when.start] if verb.end <= when.start else ""
    rest = re.sub(r"\s(?:in|on|by|during|until|before|for|of|the|at|to|within|prior to|late|early|about|between|from|and|throughout)(?=\s*$)", "", f" {rest.strip()}")
    rest = re.sub(r"\s(?:in|on|by|during|for|of|at|from)(?=\s*$)", "", rest)
    return f"{plain[verb.start : verb.end].strip()} {' '.join(rest.split()[:9])}"
