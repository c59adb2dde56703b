"""Status: whether an interval is announced, was reported before, is historical, another company's, or only seen.

A word for it holds from where it stands to the end of its sentence or list, unless another follows; what is cited
behind an interval ("as announced on March 3") is of that interval and of those listed with it.

>>> statuses("Hole QX-7 cut 4 m at 2 g/t Au; historical hole Q-1 cut 9 m at 1 g/t Au", [(14, 29), (53, 68)])
['announced', 'historical']
"""

import re
from collections.abc import Sequence

from orebook.reading.drilling.drill_words import words
from orebook.reading.patterns import Pattern

ANNOUNCED, REPORTED, HISTORICAL, OTHERS, SEEN = (
    "announced",
    "previously reported",
    "historical",
    "third party",
    "visual",
)
_CUE = Pattern(
    rf"(?<!\w)(?:(?P<historical>{words('historical')})|(?P<reported>{words('reported before')})"
    rf"|(?P<others>{words('of others')})|(?P<seen>{words('seen')})|(?P<new>{words('new')}))(?!\w)",
    re.IGNORECASE,
)
_MEANT = {"historical": HISTORICAL, "reported": REPORTED, "others": OTHERS, "seen": SEEN, "new": ANNOUNCED}
_CITED = Pattern(rf"(?<!\w){words('citation')}", re.IGNORECASE)
_PLACED = Pattern(
    r"(?:\d ?m(?:et(?:re|er)s)?|down[- ]?(?:dip|plunge)|up[- ]dip|along strike|north|south|east|west|below"
    r"|beneath|above|away|confirm\w*|validat\w*|verif\w*|twin\w*|support\w*|extend\w*|complement\w*|unlike|than)"
    r"(?: \w+){0,3}? (?:(?:from|of|to|the|in) ){0,2}$",
    re.IGNORECASE,
)
"""Where something lies, or what it is compared with: "70 m down plunge from historic drilling" is not historical."""
_LEADS = Pattern(r"\binclud\w+\W*$|\(\s*$", re.IGNORECASE)
_SENTENCE = Pattern(r"[.;]\s+(?=[A-Z“\"])|[•▪■●\uf0a7\uf0b7]\s*(?=\S+(?: \S+){4})")
_AFTER = 120


def statuses(plain: str, found: Sequence[tuple[int, int]], inherited: str = ANNOUNCED) -> list[str]:
    """The status of each interval of a sentence, by the places where they begin and end."""
    said: list[str] = []
    state, at, outside = inherited, 0, ""
    for start, end in found:
        between = plain[at:start]
        if outside and between.count(")") > between.count("("):
            state, outside = outside, ""
            between = between[between.rfind(")") :]
        before, state = state, _next(state, inherited, between)
        if state != before and between.count("(") > between.count(")"):
            outside = before  # what is said in brackets ends with them
        said.append(state)
        at = max(end, at)
    return _with_citations(plain, found, said)


def at_end(plain: str) -> str:
    """The status that a heading or the words before a list give to what follows."""
    return _next(ANNOUNCED, ANNOUNCED, plain[-300:])


def of_words(plain: str) -> str:
    """The status that a remark, a caption or a note names, or nothing.

    >>> of_words("Previously reported, see news release of May 3"), of_words("Abandoned")
    ('previously reported', '')
    """
    found = _CUE.search(plain)
    if found and found.lastgroup and found.lastgroup != "new":
        return _MEANT[found.lastgroup]
    return REPORTED if _CITED.search(plain) else ""


def _next(state: str, inherited: str, between: str) -> str:
    """The status behind some words."""
    begin = max((cut.end() for cut in _SENTENCE.finditer(between)), default=0)
    if begin:
        state = inherited
    for cue in _CUE.finditer(between, begin):
        placed = _PLACED.search(between, max(0, cue.start() - 60), cue.start())
        if not placed or _LEADS.search(between, cue.end()):
            meant = _MEANT[cue.lastgroup or "new"]
            state = meant if meant != ANNOUNCED or state in (HISTORICAL, REPORTED) else state
    return state


def _with_citations(plain: str, found: Sequence[tuple[int, int]], said: list[str]) -> list[str]:
    """The same with what is cited behind: it goes back over the intervals that are listed before."""
    for at in range(len(found) - 1, -1, -1):
        end = found[at][1]
        stop = found[at + 1][0] if at + 1 < len(found) else len(plain)
        behind = plain[end : min(stop, end + _AFTER)]
        cut = _SENTENCE.search(behind)
        cited = _cited(behind[: cut.start()] if cut else behind) if said[at] == ANNOUNCED else ""
        if cited:
            first = at
            while first and said[first - 1] == ANNOUNCED and _listed(plain[found[first - 1][1] : found[first][0]]):
                first -= 1
            said[first : at + 1] = [cited] * (at + 1 - first)
    return said


def _cited(behind: str) -> str:
    """The status that words right behind an interval, or behind its hole, give it: where it was said before."""
    words_behind = _HOLE_IN_BRACKETS.sub("", behind)
    found = _CITED.search(words_behind)
    if found is None or len(words_behind[: found.start()].split()) > _FEW:
        return ""
    return HISTORICAL if "histor" in found[0].lower() else REPORTED


_FEW = 5
_HOLE_IN_BRACKETS = Pattern(r"\((?:hole )?[\w#/.–-]{2,20}\)")


def _listed(between: str) -> bool:
    """Whether two intervals stand in one list: nothing but holes and links lies between them."""
    return len(between) < 60 and not _SENTENCE.search(between)
