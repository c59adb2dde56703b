"""Scope: which hole an interval of a sentence belongs to, and whether it lies in another one.

>>> from orebook.reading.drilling.mentions import mentions
>>> from orebook.reading.drilling.pieces import pieces
>>> from orebook.reading.language.quantities import quantities
>>> said = "QX-24-007 cut 12 m at 2.0 g/t Au, including 3 m at 5.1 g/t Au, and 8 m at 1.1 g/t Au in QX-24-009"
>>> parts = pieces(said, quantities(said))
>>> found = mentions(said, parts)
>>> assign(said, parts, found, "")[0], relations(said, found)
(['QX-24-007', 'QX-24-007', 'QX-24-009'], ['primary', 'including', 'or including'])
"""

import re
from collections.abc import Sequence

from orebook.reading.drilling import holes
from orebook.reading.drilling.drill_words import words
from orebook.reading.drilling.mentions import Mention
from orebook.reading.drilling.pieces import Piece
from orebook.reading.patterns import Pattern

_BEHIND = Pattern(
    r"[\s,)\]*–-]*(?:(?:wide |long |thick |core |true |drilled |drill )?"
    r"(?:down-?hole|lengths?|widths?|thickness|sections?|intervals?|intersections?|intercepts?|zones?|depth|core"
    r"|(?:below|from) (?:the )?surface)\b)?"
    r"[\s,()\[\]*–-]*(?:(?:(?:which|that|both|all|each|also) ){0,2}"
    r"(?:was|were|is|are|has been|have been|being|came|comes|come)"
    rf" (?:\w+ly )?(?:{words('verb behind a hole')} )?)?"
    rf"(?:{words('verb behind a hole')} (?=(?:in|by|from) ))?"
    r"(?:\b(?:in|from|for|of|by|at)\b\s*(?:the )?(?:[A-Za-z-]{2,14} ){0,3}?|\s?(?<=[a-z] )(?:[A-Za-z-]{2,14} ){0,3}?)?"
    r"(?:drill ?-?holes?|holes?)?\s*#?[\s*(]*",
    re.IGNORECASE,
)
_IN = Pattern(r"[\s,(*]{0,4}(?:in|from)\s(?:(?:drill )?hole )?", re.IGNORECASE)
_LEADS = Pattern(rf"[\s)*]*(?::|\b{words('verb behind a hole')}\b|[-–]\s|=)", re.IGNORECASE)
_INCLUDING = Pattern(r"(?<![A-Za-z])(?:includ(?:ing|es?|ed)|incl\b\.?|inc\b\.?)", re.IGNORECASE)
_INCLUDES_LAST = Pattern(
    r"(?<![A-Za-z])(?:includ(?:ing|es?|ed)|incl\b\.?|inc\b\.?|(?:with)?in which|of which)"
    r"[^\w;]{0,10}(?:[\w'#/]{1,16}[^\w;.'#/]{1,4}){0,9}$",
    re.IGNORECASE,
)
_WITHIN = Pattern(
    r"(?:\bwithin\b|\bpart of\b)(?:\s|,|\b(?:an?|the|much|broad|broader|wide|wider|large|larger|long|longer|overall"
    r"|zone|lower[- ]grade|interval|intercept|intersection|section|envelope|halo|of"
    r"|mineralis?z?ed|grading|averaging)\b)*$"
    r"|\bfrom an? (?:\w+ )?(?:zone|interval) of\s*$",
    re.IGNORECASE,
)
_OPENS_WITHIN = Pattern(r"[\s•*–-]{0,8}within\b", re.IGNORECASE)
_AND = Pattern(r"(?<![A-Za-z])(?:and|&|plus|also|with)(?![A-Za-z])", re.IGNORECASE)
_LIST = Pattern(r"[\s,;&()*]*(?:and|&)?[\s,;(*]*(?:(?<=[,&]\s)o\s)?", re.IGNORECASE)


def assign(
    plain: str, pieces: Sequence[Piece], found: Sequence[Mention], current: str, *, trailing: bool = False
) -> tuple[list[str], str, bool]:
    """The hole of each mention, the hole in force at the end of the sentence, and whether it stood behind the last one.

    A hole behind an interval ("in QX-7", "(QX-7)") is that interval's, and theirs that came before it without one; a
    hole in front is for all that follow. Two holes named together leave it open. ``trailing`` says that the hole in
    force stood behind its interval: where the next ones have theirs behind too, it is not theirs.
    """
    named = [piece for piece in pieces if piece.kind == "hole"]
    behind = {id(piece): at for piece in named if (at := _belongs_behind(plain, piece, found)) is not None}
    leading = [piece for piece in named if id(piece) not in behind]
    ahead = [piece for piece in leading if not _is_landmark(plain, piece)] or ([] if current else leading)
    if trailing and behind and not ahead:
        current = ""
    owner = [_ahead_of(plain, mention, ahead, found, current) for mention in found]
    for piece in named:
        last = behind.get(id(piece))
        if last is not None:
            owner[last] = piece.figure.digits
            _hand_back(plain, found, owner, last, current, tuple(behind.values()))
    inherits = False
    for at in range(1, len(found)):
        between = _between(plain, found, at)
        free = owner[at] in ("", current) and at not in behind.values()
        part = _is_part(between) or _OF_IT.search(plain, found[at].start, found[at].end)
        inherits = free and (bool(part) or (inherits and bool(_LIST.fullmatch(between))))
        if inherits or (owner[at] == "" and _in_bracket_of_hole(between)):
            owner[at] = owner[at - 1]
    _respectively(plain, ahead, found, owner)
    if ahead:
        return owner, _in_force(plain, ahead, found), False
    return owner, owner[-1] if behind else current, bool(behind) or trailing


_LANDMARK = Pattern(
    r"\b(?:(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west|away|down-?dip|up-?dip|down-?plunge"
    r"|along strike|met(?:re|er)s|m) (?:of|from|to)|below|beneath|above|under|behind|near|than|since|twin\w*"
    r"|undercut\w*|offset\w*|between)(?: the)?(?: (?:drill |historic(?:al)? |previous |discovery )?hole)?\s$",
    re.IGNORECASE,
)
_TOLD_OF = Pattern(r"\s?\((?=[<>~]?\d)|\s?,?\s?(?:which|that)\b")


def _is_landmark(plain: str, piece: Piece) -> bool:
    """Whether a hole is named only to say where another one lies: "75 m north-east of QX-7, cut 12 m"."""
    if _LEADS.match(plain, piece.end) or _TOLD_OF.match(plain, piece.end):
        return False
    return bool(_LANDMARK.search(plain, max(0, piece.start - 60), piece.start))


def _respectively(plain: str, ahead: Sequence[Piece], found: Sequence[Mention], owner: list[str]) -> None:
    """Give the intervals of a sentence the holes that it lists before them, one to each, where it says so."""
    listed = [piece for piece in ahead if found and piece.end <= found[0].start]
    if "respectively" in plain and len(listed) == len(found) > 1 and not any(owner):
        owner[:] = [piece.figure.digits for piece in listed]


_IN_BRACKET_OF = Pattern(r"(?P<hole>\S{3,20})\s?\([^()]{0,60}$")


def _in_bracket_of_hole(between: str) -> bool:
    """Whether an interval stands in a bracket behind a hole: "in QX-7 (original result 4 m at 0.6 g/t)"."""
    found = _IN_BRACKET_OF.search(between)
    return found is not None and bool(holes.find(found["hole"]))


def _is_part(between: str) -> bool:
    """Whether the words between two intervals say that one of them lies in the other."""
    return _includes(between) or bool(_WITHIN.search(between))


_NEW_ITEM = Pattern(
    r"[•▪■●\uf0a7\uf0b7]|\.\s(?=[A-Z])|\bo\s(?=\s?[A-Z\uf0a7])|\)\s(?=(?:Th(?:is|ese|e)|It|Results|Other|Further|Assays)\b)"
)


def _includes(between: str) -> bool:
    """Whether the word before an interval makes it a part of the last; "Results of the new holes include" does not."""
    found = _INCLUDES_LAST.search(between)
    if not found:
        return False
    item = max((cut.end() for cut in _NEW_ITEM.finditer(between, 0, found.start())), default=-1)
    return item < 0 or len(between[item : found.start()].split()) < 3


def _ahead_of(plain: str, mention: Mention, ahead: Sequence[Piece], found: Sequence[Mention], current: str) -> str:
    """The hole that was named before an interval and still holds."""
    before = [piece for piece in ahead if piece.end <= mention.start]
    if not before:
        return current
    return _in_force(plain, before, found) if _reaches(before[-1], mention, found) else ""


def _belongs_behind(plain: str, piece: Piece, found: Sequence[Mention]) -> int | None:
    """The mention that a hole stands behind, if it does."""
    inside = next((at for at, mention in enumerate(found) if mention.start < piece.start < mention.end), None)
    if inside is not None:
        return inside  # "24 m of 1.05 g/t in hole QX-7, from 12 m"
    before = [at for at, mention in enumerate(found) if mention.end <= piece.start]
    if not before:
        return None
    last = max(before, key=lambda at: found[at].end)
    between = plain[found[last].end : piece.start]
    if re.match(r"[\s,)]*(?:and|while|plus|then|&)\b(?! (?:in|from)\b)", between):
        return None
    if re.fullmatch(r"[\s,*]{0,6}\([\s*]{0,3}(?:hole\s)?", between):
        return last
    bare = not between.strip() and re.match(r"[\s)*]{0,4}\w", plain[piece.end : piece.end + 5])
    leads = _LEADS.match(plain, piece.end)
    if leads and leads[0].strip() in ("-", "–") and re.search(r"\b(?:in|from)\s(?:\w+ )?$", between):
        leads = None  # "12 m @ 0.3 % in QX-7 - 3 m @ 1.0 %": the dash is a bullet
    if leads and leads[0].strip().lower().startswith("incl") and _IN.fullmatch(between):
        leads = None  # "16 m @ 3.8 g/t in QX-7 including 8 m": what includes stands before
    joined = len(between) <= 60 and _BEHIND.fullmatch(between) and not leads
    return last if joined and not bare else None


def _reaches(piece: Piece, last: Mention, found: Sequence[Mention]) -> bool:
    """Whether intervals follow a hole closely, each near the last, up to a certain one."""
    at = piece.end
    for mention in found:
        if piece.end <= mention.start <= last.start:
            if mention.start - at > 300:
                return False
            at = mention.end
    return True


def _in_force(plain: str, ahead: Sequence[Piece], found: Sequence[Mention]) -> str:
    """The last hole named ahead; nothing when it was named together with another one."""
    last = ahead[-1]
    if len(ahead) > 1 and ahead[-2].figure.digits != last.figure.digits:
        between = plain[ahead[-2].end : last.start]
        no_interval = not any(ahead[-2].end <= m.start and m.end <= last.start for m in found)
        if no_interval and _LIST.fullmatch(between):
            return ""
    return last.figure.digits


_STOP = Pattern(r"[;•]|(?<!\binc)(?<!\bincl)\.\s", re.IGNORECASE)


def _hand_back(
    plain: str,
    found: Sequence[Mention],
    owner: list[str],
    last: int,
    current: str,
    sure: Sequence[int],
) -> None:
    """The hole behind the last of several intervals is theirs too, if they have none of their own.

    ``sure`` are the intervals that have a hole right behind.
    """
    for at in range(last - 1, -1, -1):
        between = _between(plain, found, at + 1)
        if owner[at] != current or _STOP.search(between) or holes.find(between):
            return
        if at - 1 in sure and _is_part(_between(plain, found, at)):
            return  # it lies in an interval that has a hole of its own
        listed = _LIST.fullmatch(between) and (
            (at > 0 and _INCLUDING.search(_between(plain, found, at))) or re.search(r"and|&|,", between, re.IGNORECASE)
        )
        if not (_INCLUDING.search(between) or _WITHIN.search(between) or listed):
            return
        owner[at] = owner[last]


def _between(plain: str, found: Sequence[Mention], at: int) -> str:
    start = found[at - 1].end_before(found[at].start) if at else 0
    return plain[start : found[at].start]


_OF_IT = Pattern(r"\bof (?:it|which|(?:this|that) (?:interval|intercept|intersection))\b|\bsub-?intervals?\b")


def relations(plain: str, found: Sequence[Mention]) -> list[str]:
    """How each mention stands to the last: ``primary``, ``including``, ``and``, or ``within`` when it holds it.

    After "including A and B" the second is ``or including``, and "A with B" is ``with``: depths or lengths must decide.
    """
    said: list[str] = []
    for at in range(len(found)):
        between = _between(plain, found, at)
        if _includes(between) or _OF_IT.search(plain, found[at].start, found[at].end):
            said.append("including")
        elif _WITHIN.search(between) and (at or _OPENS_WITHIN.match(between)):
            said.append("within")
        elif at and said[-1] in ("including", "or including", "with") and _LIST.fullmatch(between):
            said.append("or including")
        elif at and re.search(r"\bwith\b[\s\w]{0,12}$", between):
            said.append("with")
        elif _AND.search(between) and (at or not between.strip(" -•*").lower().find("and")):
            said.append("and" if at == 0 or _same_hole(between) else "primary")
        else:
            said.append("primary")
    return said


def _same_hole(between: str) -> bool:
    return not holes.find(between) and len(between) < 40
