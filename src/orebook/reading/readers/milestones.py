"""Milestones: what was begun or finished, what is planned, and when, as exactly as it is said.

>>> from orebook.reading.read import read_text
>>> reading = read_text("note.txt", "Drilling commenced in May 2025 and was completed in August 2025.")
>>> [(str(fact.figure), fact.about["event"]) for fact in reading.facts]
[('2025-05', 'Drilling commenced'), ('2025-08', 'Drilling was completed')]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from orebook.ground.fact import Record, Words
from orebook.ground.period import year_before
from orebook.reading.language.dates import When
from orebook.reading.patterns import Pattern
from orebook.reading.readers import cues
from orebook.reading.readers.times import coming, times
from orebook.reading.release import Release, Sentence

ORDER = 75

_DOING = (
    r"(?:commenc|complet|start|beg[au]n|begin|initiat|conclud|finish|commission|construct|build|built"
    r"|restart|resum|mobili[sz]|deliver|arriv|install|pour|submit|fil(?:e|ing|ed)\b|releas|receiv"
    r"|drill|test|undertak|undertook|conduct|carr(?:y|ied) out|report|publish|prepar|continu|confirm"
    r"|approv|acquir|clos(?:e|ed|ing)\b|sign|discover|select|announc|develop|produc|ramp|reach|achiev"
    r"|advanc|deliver|updat|collect|perform|flown|announce)"
)
_PLANNED = Pattern(
    rf"\b(?:(?:is|are|was|were|remains?|be)\s(?:\w+\s)?)?(?:expected|planned|scheduled|anticipated"
    rf"|targeted|slated|projected|proposed|budgeted|due(?!\sto\b(?!\sbe))|on track|on schedule)"
    rf"\s(?:to\s(?:be\s)?(?:{_DOING}\w*)?|for\b|(?=(?:in|by|during|before|early|late|mid|at|on|within"
    rf"|around|prior)\b))"
    rf"|\b(?:expects?|plans?|intends?|anticipates?|aims?|proposes?|targets?)\s(?:to"
    rf"|for)\s(?:be\s)?(?:{_DOING}\w*)?|\btargeting\s(?=(?:a|an|the|first|initial|production"
    rf"|completion|start)\b)"
    rf"|\b(?:will|would|should)\s(?:be\s|have\s|also\s)?{_DOING}\w*"
    r"|\bto\s(?:be\s)?(?:commence|complete|begin|start|resume|restart|deliver|report|release|publish"
    r"|finish|arrive|file|submit|commission)\w*",
    re.IGNORECASE,
)
_DONE = Pattern(
    r"\b(?:(?:was|were|has been|have been|had been)\s(?:\w+ly\s)?)?(?:commenced|completed|started"
    r"|began|begun|initiated|concluded|finished|commissioned|constructed|built|restarted|resumed"
    r"|mobili[sz]ed|delivered|arrived|installed"
    r"|poured|submitted|filed|lodged|undertaken|conducted|carried out|signed|discovered"
    r"|(?<!as )(?<!previously )announced|acquired|granted|performed|achieved|suspended|closed)\b"
    r"|\b(?:was|were|been)\sselected\b|\bstart-?up\b",
    re.IGNORECASE,
)
_FORESEEN = Pattern(r"(?:targeted|planned|expected|anticipated|proposed)\s$", re.IGNORECASE)
_LEAD = Pattern(
    r"\b(?:in|on|by|during|until|before|since|between|for|through|throughout|prior to|and|to|from|of"
    r"|at|within|late|early)\s(?:the\s|about\s|approximately\s|late\s|early\s)?$",
    re.IGNORECASE,
)
_MONEYED = Pattern(
    r"\b(?:revenues?|income|earnings|loss(?:es)?|cash|costs?|expenses?|price|shares?|warrants?"
    r"|financing|placement|offering|debt|loan|notes?|dividend|ended|sales|ounces|pounds"
    r"|resource estimate|guidance)\b",
    re.IGNORECASE,
)
_CUT = Pattern(r"[,;:(]\s|\s(?:that|which|where|while|although|as|because|who)\s", re.IGNORECASE)
_SEASON_PLAN = Pattern(
    r"\bplan\w*\b[^.;]{0,40}?\b(?:a|an|its|the)\s(?P<what>winter|spring|summer|fall"
    r"|autumn)\s(?P<rest>(?:[\w-]+\s){0,3}?program(?:me)?)",
    re.IGNORECASE,
)
_MONTH_OR_YEAR = Pattern(
    r"(?:19|20)\d\d|(?:(?:early|late|mid)[ -])?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov"
    r"|Dec)[a-z]*\.?,? (?:19|20)\d\d"
)
_AFTER_YEAR = Pattern(
    r"\s?(?:$|[^\w\s]|(?:and|or|to|with|by|at|which|that|when|for|in|on|but|as|is|was|were|the|after"
    r"|before|of|using|under|from|between|once|while|pending|subject|including|followed|it|we|a|an)\b)"
)
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
    for sentence in cues.prose(release):
        yield from _dated(release, sentence)
        for place, quantity in enumerate(sentence.quantities):
            if found := cues.fact_of(release, sentence, place, rows):
                cue, facts = found
                about = release.about(sentence.block, sentence.text, quantity.start)
                period = sentence.dates[0].period.label if len(sentence.dates) == 1 else ""
                yield release.record(cue.kind, facts, **about, **cues.said_in(sentence), period=period)


def _dated(release: Release, sentence: Sentence) -> Iterator[Record]:
    """Events of a sentence: each time belongs to the nearest verb before it, or to the first behind it."""
    said = times(release, sentence)
    verbs = _verbs(sentence.plain) if said else []
    subject = ""
    for when in said:
        verb = _verb_of(sentence.plain, verbs, when)
        if not verb or not _an_event(sentence, when, verb):
            continue
        subject = _subject(sentence.plain, verb, when) or subject
        event = " ".join(f"{subject} {_action(sentence.plain, verb, when)}".split())
        label = _settled(release, when, planned=verb.planned)
        yield _record(release, sentence, label, (when.start, when.end), event, "planned" if verb.planned else "done")
    season = _SEASON_PLAN.search(sentence.plain) if "plan" in sentence.plain else None
    if season and release.day:
        days = coming(release, season["what"].lower(), release.day.start)
        yield _record(
            release, sentence, days.label, season.span("what"), f"{season['what']} {season['rest']}", "planned"
        )


def _settled(release: Release, when: When, *, planned: bool) -> str:
    """The label of a time; where no year is printed, what is done lies before the release and what is planned after."""
    if when.whole or not release.day:
        return when.period.label
    if not planned and when.period.start > release.day.start:
        return year_before(when.period).label
    if planned and when.period.end < release.day.start and "/" not in when.period.label:
        return re.sub(r"^\d{4}", lambda year: f"{int(year[0]) + 1:04d}", when.period.label)
    return when.period.label


def _record(
    release: Release, sentence: Sentence, label: str, place: tuple[int, int], event: str, status: str
) -> Record:
    about = release.about(sentence.block, sentence.text, place[0])
    fact = release.fact("milestones.date", Words(label, "date"), sentence.text, *place, event=event, status=status)
    return release.record("milestone", [fact], **about, **cues.said_in(sentence))


def _verbs(plain: str) -> list[_Verb]:
    """Every verb of beginning, finishing or planning; a plan swallows the verb that it ends in."""
    planned = [_Verb(found.start(), found.end(), True) for found in _PLANNED.finditer(plain)]
    done = [
        _Verb(found.start(), found.end(), bool(_FORESEEN.search(plain[max(0, found.start() - 14) : found.start()])))
        for found in _DONE.finditer(plain)
        if not any(verb.start <= found.start() < verb.end + 1 for verb in planned)
    ]
    return sorted(planned + done, key=lambda verb: verb.start)


def _verb_of(plain: str, verbs: list[_Verb], when: When) -> _Verb | None:
    before = [
        verb for verb in verbs if verb.end <= when.start and when.start - verb.end < (_LONGEST if verb.planned else 100)
    ]
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
    own = re.match(
        r"(?:by|before|until|prior to|at|in|next|this|later|earlier|last|the)\b",
        plain[when.start : when.end],
        re.IGNORECASE,
    )
    if not own and not _LEAD.search(lead) and when.start > 3:
        return False
    said = plain[when.start : when.end]
    if when.kind == "as of" or re.search(r"dated\s$", lead) or re.search(r"end(?:ed|ing)\b", lead + said):
        return False
    if _adjective(plain, when, lead):
        return False  # "the 2021 drilling program" dates nothing
    between = plain[min(verb.end, when.end) : max(verb.start, when.start)]
    strict = when.kind == "period" or not verb.planned
    if strict and (_MONEYED.search(plain[max(0, verb.start - 60) : verb.start]) or _MONEYED.search(between)):
        return False
    far = 60 if when.period.days > 27 else 100
    return not any(q.money for q in sentence.quantities) and (verb.planned or len(between) < far)


def _adjective(plain: str, when: When, lead: str) -> bool:
    """Whether a year or a month belongs to the noun behind it."""
    if when.period.days < 28 or not _MONTH_OR_YEAR.match(plain, when.start):
        return False
    if re.search(r"\b(?:the|its|our|this|a)\s$", lead):
        return True
    opens = not plain[: when.start].strip() or " " not in plain[: when.start].strip()
    return not opens and not _AFTER_YEAR.match(plain, when.end)


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
    rest = re.sub(
        r"\s(?:in|on|by|during|until|before|for|of|the|at|to|within|prior to|late|early|about|between"
        r"|from|and|throughout)(?=\s*$)",
        "",
        f" {rest.strip()}",
    )
    rest = re.sub(r"\s(?:in|on|by|during|for|of|at|from)(?=\s*$)", "", rest)
    return f"{plain[verb.start : verb.end].strip()} {' '.join(rest.split()[:9])}"
