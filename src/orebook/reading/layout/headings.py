"""Headings: whether a line reads like a heading, a caption, a label over bullets, by its words alone."""

import re
from string import ascii_lowercase, ascii_uppercase

from orebook.reading.layout.values import is_name
from orebook.reading.patterns import Pattern

_CAPTION = Pattern(
    r"(?:Table|Figure|Fig\.?|Photo|Plate|Map|Image|Chart|Exhibit|TABLE|FIGURE)\s{0,2}(?:\d{1,3}|[A-Z])[A-Za-z]?(?:\.\d{1,2})?"
    r"(?:\s{0,2}[:.\-–—|]\s{0,2}(?=\S)|\s{1,2}(?P<next>\(?[A-Z][\w'-]{0,40}))"
)
_CAPTIONS = frozenset({"Tab", "Fig", "Pho", "Pla", "Map", "Ima", "Cha", "Exh", "TAB", "FIG"})
_FIRST = 3
"""Most lines are told by so many first letters."""
_WIRE = Pattern(
    r"--|\b(?:newswire|newsfile|globe newswire|businesswire|business wire|newmediawire|thenewswire|prnewswire)\b",
    re.IGNORECASE,
)
_ADDRESS = Pattern(r"(?:https?://|www\.|[\w.+-]{1,64}@[\w-]{1,64}\.|\+\d|[a-z]+\.(?:com|ca|org|net)\b)", re.IGNORECASE)
_HOLE = Pattern(
    r"(?:(?:drill ?)?hole|ddh|trench|channel)?s?\s{0,2}(?:no\.? ?)?(?P<name>[A-Z\d][\w.-]{2,20})"
    r"(?:\s?[(–,-]\s?[A-Za-z][\w' ]{1,40}\)?)?",
    re.IGNORECASE,
)
LONGEST_LABEL = 60
"""A line over bullets is at most so long."""
_DATELINE = Pattern(
    r"(?:[A-Z][\w. '-]{1,30}[,.:] ?){1,3}(?:[–—-] ?)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9},? \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2}, ?\d{4})"
)
"""A place and a day."""
_DOTTED = (".com", ".ca", ".org", ".net")
_STOPS = frozenset({"c.", "d.", "p.", "o.", "a.", "l."})
_LONGEST_SHORTENED = 5
_SHORTENED = Pattern(r"\b(?:INC|LTD|CORP|CO|LLC|S\.A|N\.L|PLC)\.$", re.IGNORECASE)
_SAYING = Pattern(
    r"\b(?:is|are|was|were|has|have|shows?|shown|presents?|lists?|provides?|summari[sz]es?|includes?|contains?|said)\b"
)
_SMALL = frozenset(
    (
        "a an and as at between by de des du el et for from in into la of on or over per the to under via vs with "
        "within y"
    ).split()
)
_CAPITALS, _SMALL_LETTERS = ascii_uppercase.encode(), ascii_lowercase.encode()


def is_heading(plain: str, *, followed: bool = False) -> bool:
    """Whether a line that stands by itself reads like a heading.

    In capitals, or short and with most words in capitals at their beginning, without the stop of a sentence.
    ``followed`` says that text follows without a blank line: then only capitals and a colon convince.

    >>> is_heading("DRILLING RESULTS"), is_heading("Sampling and Analysis"), is_heading("Drilling was done in May.")
    (True, True, False)
    """
    if len(plain) > 160:
        return False
    letters, capitals = _counts(plain)
    stopped = plain.endswith(".") and not _is_shortened(plain)
    in_capitals = letters >= 4 and capitals > 0.9 * letters and not stopped
    if not letters or (not in_capitals and (followed or stopped or plain[-1] in ",;!?")):
        return False
    if _is_address(plain) or _names_wire(plain) or (plain[-1].isdigit() and _DATELINE.fullmatch(plain)):
        return False
    if in_capitals:
        return len(plain) <= 120
    words = plain.split()
    if not (words[0][0].isupper() or words[0][0].isdigit()) or len(words) > 16:
        return False
    if "=" in plain or sum(map(str.isdigit, plain)) > 0.25 * len(plain):
        return False
    if plain.endswith(":"):
        return len(words) <= 8
    big = [word for word in words if word.lower() not in _SMALL and word[0].isalpha()]
    return len(words) <= 4 or sum(word[0].isupper() for word in big) > 0.6 * len(big)


def is_label(plain: str) -> bool:
    """Whether a short line could stand over bullets: a name, some words with a colon, words in capitals.

    >>> is_label("Hole AB-12"), is_label("North zone:"), is_label("and the north zone."), is_label("We drilled on")
    (True, True, False, False)
    """
    words = plain.strip("*_ ")
    if len(words) > LONGEST_LABEL or not words or not (words[0].isupper() or words[0].isdigit()):
        return False
    if "," in words or _is_address(words) or words.lower().startswith("note"):
        return False
    return (
        names_hole(words)
        or (words.endswith(":") and len(words.split()) <= 8)
        or (len(words.split()) <= 6 and is_heading(words) and sum(c.isupper() for c in words) > 1)
    )


def names_hole(plain: str) -> bool:
    """Whether a line says nothing but the name of a hole.

    >>> names_hole("Hole AB-12:"), names_hole("AB-24-101 (North zone)"), names_hole("Hole AB-12 cut 3 m")
    (True, True, False)
    """
    named = _HOLE.fullmatch(plain.strip(" *_:"))
    return named is not None and is_name(named["name"])


def is_caption(plain: str) -> bool:
    """Whether words are the caption of a table or figure and no sentence that speaks of one.

    >>> is_caption("Table 2 - Drill hole collars"), is_caption("Table 2 shows the collars.")
    (True, False)
    """
    if plain[:_FIRST] not in _CAPTIONS or len(plain) > 700:
        return False
    found = _CAPTION.match(plain)
    if found is None:
        return False
    if found["next"] is None:
        return True
    return len(plain) < 160 and not plain.endswith(".") and not _SAYING.search(plain)


def captioned(words: str) -> re.Match[str] | None:
    """The words with which a caption begins; most lines are told by their first letters."""
    return _CAPTION.match(words) if words[:_FIRST] in _CAPTIONS else None


def begins_address(plain: str) -> bool:
    """Whether words begin with such an address; the first word must hold a sign of one."""
    first = plain.split(" ", 1)[0]
    return ("." in first or "+" in first or "/" in first) and _ADDRESS.match(plain) is not None


def _is_address(plain: str) -> bool:
    """Whether words hold the address of a page, a telephone or a letter; asked only where a sign of one stands."""
    if "." in plain or "/" in plain:
        small = plain.lower()
        if "www." in small or "http://" in small or "https://" in small:
            return True
    elif "@" not in plain and "+" not in plain:
        return False
    else:
        small = ""
    if "@" in plain or "+" in plain or "://" in plain or any(sign in small for sign in _DOTTED):
        return _ADDRESS.search(plain) is not None
    return False


def _names_wire(plain: str) -> bool:
    """Whether words name a newswire; asked only where letters stand that all their names share."""
    small = plain.lower()
    return ("--" in plain or "wire" in small or "newsfile" in small) and _WIRE.search(plain) is not None


def _is_shortened(plain: str) -> bool:
    """Whether a line ends with a word that is written with a stop."""
    if plain[-2:].lower() not in _STOPS:
        return False
    return _SHORTENED.search(plain, max(len(plain) - _LONGEST_SHORTENED, 0)) is not None


def _counts(plain: str) -> tuple[int, int]:
    """How many letters and capitals words have."""
    if not plain.isascii():
        letters = [sign for sign in plain if sign.isalpha()]
        return len(letters), sum(map(str.isupper, letters))
    signs = plain.encode()
    rest = signs.translate(None, _CAPITALS)
    return len(signs) - len(rest.translate(None, _SMALL_LETTERS)), len(signs) - len(rest)
