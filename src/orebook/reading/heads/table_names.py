"""Table names: whether words in a table are the name of a mine or part of a company, or words that any table has.

"Abosua, Ghana" in a row of its own names a mine; "Processing" and "Operating costs" do not, nor do "Six" and "Mar Q".
"""

import csv
import re
from functools import cache
from importlib.resources import files

from orebook.reading.heads.columns import vocabulary
from orebook.reading.language import analytes
from orebook.reading.language.subjects import KINDS, Subjects
from orebook.reading.patterns import Pattern

_KIND_WORDS = frozenset((*KINDS, "unit", "units", "complex", "division", "segment", "mill", "sites", "site"))
_LINKS = frozenset({"de", "du", "da", "do", "la", "le", "las", "los", "el", "of", "and", "&", "del", "y"})
_WHOLE = Pattern(
    r"(?:grand |group |company )?(?:sub-?)?totals?(?P<of>(?: .{0,40})?)|consolidated(?: totals?| results| operations)?|"
    r"combined(?: totals?)?|group|company|all (?:mines|operations|sites)",
    re.IGNORECASE,
)
_ASIDE = Pattern(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]|\s\d{1,2}$|[*†‡§]+")
_WORD = Pattern(r"[^\W\d_](?:[\w'’.&-]*\w)?")
_NUMBERS = frozenset({"three", "six", "nine", "twelve"})
_TIMES = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec q qtr quarter ytd fy half months month mths year years three six nine twelve".split()
)


@cache
def general_words() -> frozenset[str]:
    """Words that labels, heads and captions are made of: those of the vocabulary, and those of the list."""
    text = files("orebook.reading").joinpath("words", "table_words.csv").read_text(encoding="utf-8")
    listed = {row["word"] for row in csv.DictReader(text.splitlines())}
    spoken = {
        word
        for table in ("milling", "finance", "economics", "resources")
        for column in vocabulary(table)
        for form in column.spoken
        for word in form.lower().replace("-", " ").split()
    }
    return frozenset(listed | spoken | _TIMES)


def is_general(word: str) -> bool:
    """Whether a word is one of tables, time or metals, and so makes no name."""
    return word.lower().strip("'’.") in general_words() or _is_metal(word)


def _is_metal(word: str) -> bool:
    """Whether a name may begin with this word because mines are called after their metal: "Copper Tarn"."""
    return len(word) > 2 and bool(analytes.analyte(word.title()))


def general(words: str) -> bool:
    """Whether words name nothing: each is one that any table has.

    >>> general("Operating costs"), general("Mar Q"), general("Serra Alta"), general("Unit")
    (True, True, False, True)
    """
    return all(is_general(word) for word in _WORD.findall(words.replace("-", " ")))


def is_whole(words: str) -> bool:
    """Whether a row or column is the company's total.

    >>> is_whole("TOTAL"), is_whole("Total gold produced (oz)"), is_whole("Total Esker"), is_whole("Torrance")
    (True, True, False, False)
    """
    found = _WHOLE.fullmatch(words.strip(" :"))
    return found is not None and general(re.sub(r"\([^()]{0,40}\)", " ", found["of"] or ""))


def part_of_company(words: str) -> str:
    """A metal or the head office over a column of a statement, cut from notes; nothing for words that name no part.

    >>> part_of_company("Copper"), part_of_company("Corporate & other"), part_of_company("Amount")
    ('Copper', 'Corporate & other', '')
    """
    said = " ".join(_ASIDE.sub(" ", words).split())
    parts = _WORD.findall(said)
    return said if any(_is_metal(word) or word.lower() in ("corporate", "other") for word in parts) else ""


def place_name(printed: str, known: Subjects | None = None, *, sure: bool = False) -> str:
    """The mine or site that words of a table name, or nothing; ``sure`` asks for a sign that it is one.

    A sign is a name that the prose knows too, a word such as *mine* behind it, or its country behind a comma.

    >>> [place_name(said) for said in ("Abosua, Ghana", "SAN ELOY", "Eagle Ledge Mine (100%)", "Operating costs")]
    ['Abosua', 'San Eloy', 'Eagle Ledge', '']
    """
    said = " ".join(_ASIDE.sub(" ", printed).split()).strip(" :–—-")
    if not said or len(said) > 60 or is_whole(said) or re.search(r"\d|[%$/=]", said):
        return ""
    name, comma, place = (part.strip() for part in said.partition(","))
    words = name.split()
    kind = bool(words) and words[-1].lower() in _KIND_WORDS
    while words and words[-1].lower() in _KIND_WORDS:
        words.pop()
    if kind and words and len(words) > 1 and is_general(words[-1]) and not is_general(words[0]):
        words = [word for word in words if not is_general(word)] or words
    named = known.known.get(" ".join(words).lower()) if known else None
    if named:
        return _titled(named.name)
    shape = all(word.lower() in _LINKS or word[:1].isupper() for word in (*words, *place.split()))
    if not words or len(words) > 5 or not shape or general(name):
        return ""
    rest = words[1:] if len(words) > 1 and _is_metal(words[0]) else words
    if any(
        is_general(word) and word.lower() not in _LINKS and word.lower() not in _NUMBERS
        for word in rest[: None if not kind else 1]
    ):
        return ""
    if sure and not (kind or (comma and place)):
        return ""
    return _titled(" ".join(words))


def _titled(name: str) -> str:
    """A name that only a heading prints, in capitals, as prose would print it."""
    return name.title() if name.isupper() and len(name) > 4 else name


_IN_HEADING = Pattern(r"\s[-–—|:]\s|:\s")


def heading_place(printed: str, known: Subjects | None = None) -> str:
    """The mine in a caption or heading: a known name, one before *mine*, or one set apart by a dash.

    >>> heading_place("OPERATING STATISTICS - EAGLE LEDGE MINE"), heading_place("Production summary")
    ('Eagle Ledge', '')
    """
    said = " ".join(_ASIDE.sub(" ", printed[:200]).split())
    mentioned = {subject.name: subject for *_, subject in known.mentions(said)} if known else {}
    owners = [name for name, subject in mentioned.items() if subject.kind != "zone"]
    if len(owners) == 1:
        return _titled(owners[0])
    if owners:
        return ""
    parts = [part for part in _IN_HEADING.split(said) if part]
    names = [name for part in parts if (name := place_name(part, known, sure=len(parts) == 1))]
    return names[0] if len(names) == 1 else ""
