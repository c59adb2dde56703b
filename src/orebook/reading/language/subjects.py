"""Subjects: the mines, properties and zones that a document speaks about, under all their names.

A subject is known by the words that follow its name ("the Blue Fox gold property", "the North zone"); once known, its
bare name is enough. What a place in the text is about is said nearby: in the clause, before it in the sentence,
before it in the paragraph, in the heading above; and if the document has one property, by the document."""

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from orebook.reading.language import analytes
from orebook.reading.language.headed import headed_names
from orebook.reading.language.operating_names import operating_names
from orebook.reading.layout import Block, Layout
from orebook.reading.patterns import Pattern
from orebook.reading.text import Text

KINDS = {
    **dict.fromkeys(("mine", "mines", "operation", "operations"), "mine"),
    **dict.fromkeys(("property", "properties", "project", "projects", "concession", "tenement"), "property"),
    **dict.fromkeys(("zone", "zones", "target", "targets", "prospect", "prospects", "deposit", "deposits"), "zone"),
    **dict.fromkeys(("pit", "horizon", "lens", "vein", "showing", "anomaly", "reef", "lode", "orebody"), "zone"),
}
"""The word behind a name, and whether it makes a mine, a property or a zone."""

_KIND = Pattern(
    rf"(?<![\w])(?<!open[\s-])(?:{'|'.join(sorted(KINDS, key=len, reverse=True))})(?!\w)(?!\s(?:Ltd|Inc|Corp|Limited))",
    re.IGNORECASE,
)
_CAPITAL = Pattern(r"(?:(?:St|Mt|Sta|[A-Z])\.|[A-Z][\w']*)(?:[-/][A-Z]\w*)*,?")
_NUMBERED = Pattern(r"[A-Z]?\d{2,4}")
_SHORT = Pattern(r"\(([A-Z][A-Z0-9]{1,5})\)")
_LINKS = frozenset({"de", "du", "la", "le", "of", "and", "&"})
_NAME_REACH = 120
_NAME_WORDS = 9


@cache
def _words(use: str) -> frozenset[str]:
    """Words that stand around names: ``not a name``, ``behind a name``, ``between name and kind``."""
    table = files("orebook.reading").joinpath("words/around_names.csv").read_text(encoding="utf-8")
    return frozenset(row["word"] for row in csv.DictReader(table.splitlines()) if row["use"] == use)


_POINTING = Pattern(
    r"\b(?:(?P<this>[Tt]his (?:zone|target|horizon|deposit|structure))"
    r"|[Tt]he (?:[a-z-]{2,20} ){1,3}(?:zone|package|horizon|system|body)\b)"
)
"""A zone that is pointed at instead of named: "this zone", "the total mineralized package"."""


_NUMBER_WORDS = 8
"""So far from a number its own words reach: the comma of "two, new targets at North Ridge" ends no clause."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing in the ground under its name: ``kind`` is mine, property or zone."""

    name: str
    kind: str


@dataclass
class Subjects:
    """Every subject of a document and how to find the one that a place in the text is about."""

    known: dict[str, Subject] = field(default_factory=dict)
    main: Subject | None = None
    home: dict[str, str] = field(default_factory=dict)
    sections: dict[str, Subject] = field(default_factory=dict)
    titled: list[Subject] = field(default_factory=list)
    _finder: re.Pattern[str] | None = None
    _named: dict[str, list[tuple[int, int, Subject]]] = field(default_factory=dict)
    _cache: dict[tuple[int, int], list[tuple[int, int, Subject]]] = field(default_factory=dict)

    def about(self, block: Block, text: Text | None = None, at: int = 0) -> dict[str, str]:
        """What a place is about: ``mine`` or ``property``, ``zone``, where they can be told.

        ``text`` is a sentence of the block and ``at`` a place in it.
        """
        here = text or block.text
        found: dict[str, str] = {}
        self._take(found, self._near(self._mentions(here), here.plain, at))
        if text is not None:
            self._take_before(found, block, text)
        section = self.sections.get(block.section)
        self._take(found, [section] if section else [])
        return self._complete(found)

    def _take_before(self, found: dict[str, str], block: Block, text: Text) -> None:
        """What earlier sentences of the block speak of; "this zone" is the first that the block named."""
        before = [m[2] for m in self._mentions(block.text) if block.text.span(m[0], m[1])[1] <= text.start]
        pointing = _POINTING.search(text.plain)
        if pointing and pointing["this"]:
            zone = next((subject for subject in before if subject.kind == "zone"), None)
            found.update({"zone": zone.name} if zone else {})
        elif pointing and "zone" not in found:
            self._take(
                found, [s for s in reversed(before) if s.kind == "zone"] or [s for s in self.titled if s.kind == "zone"]
            )
        if not ("mine" in found or "property" in found):
            self._take(found, before[::-1])

    def _take(self, found: dict[str, str], nearest: list[Subject]) -> None:
        for subject in nearest:
            if subject.kind == "zone":
                if ("zone" not in found and not ("mine" in found or "property" in found)) or (
                    "zone" not in found and self.home.get(subject.name) in (found.get("mine"), found.get("property"))
                ):
                    found["zone"] = subject.name
            elif "mine" not in found and "property" not in found:
                if "zone" in found and self.home.get(found["zone"], subject.name) != subject.name:
                    continue
                found[subject.kind] = subject.name

    def _complete(self, found: dict[str, str]) -> dict[str, str]:
        """Give a zone its property, and a place without any the main one."""
        if "mine" not in found and "property" not in found:
            owner = self.known.get(self.home.get(found.get("zone", ""), "").lower()) or self.main
            if owner:
                found[owner.kind] = owner.name
        return found

    def _near(self, mentions: list[tuple[int, int, Subject]], plain: str, at: int) -> list[Subject]:
        """Subjects by nearness: one that follows in the same clause, those before, those after."""
        after = [m for m in mentions if m[0] >= at]
        before = [m for m in reversed(mentions) if m[0] < at]
        clause = [
            m
            for m in after
            if not re.search(r"[,;:]|\band\b|\bcompared\b", plain[min(at + _NUMBER_WORDS, m[0]) : m[0]])
        ]
        rest = [m for m in after if m not in clause] if not before else []
        return [m[2] for m in (*clause, *before, *rest)]

    def _mentions(self, text: Text) -> list[tuple[int, int, Subject]]:
        key = (text.start, len(text.plain))
        if key not in self._cache:
            self._cache[key] = self.mentions(text.plain)
        return self._cache[key]

    def mentions(self, plain: str) -> list[tuple[int, int, Subject]]:
        """Every subject named in a text: start, end, subject."""
        if self._finder is None:
            return []
        if plain not in self._named:
            self._named[plain] = list(self._mentioned(plain, self._finder))
        return self._named[plain]

    def _mentioned(self, plain: str, finder: re.Pattern[str]) -> Iterator[tuple[int, int, Subject]]:
        return (
            (m.start(), m.end(), self.known[" ".join(m[0].lower().split())])
            for m in finder.finditer(plain)
            if " " in m[0] or not _part_of_name(plain, m.start())
        )


class Named(NamedTuple):
    """The words before a kind word that may be names, a short form in parentheses, and the kind word."""

    names: str
    short: str
    kind: str
    cut: bool
    """Whether the words went on further than was looked."""


def _named(plain: str) -> Iterator[Named]:
    """Every kind word with the capital words before it: "the North Ridge (NR) gold zone"."""
    for kind in _KIND.finditer(plain):
        words = plain[max(0, kind.start() - _NAME_REACH) : kind.start()].rstrip(" -").split()
        last = len(words)
        while last and words[last - 1] in _words("between name and kind"):
            last -= 1
        short = _SHORT.fullmatch(words[last - 1]) if last else None
        last -= short is not None
        first = last
        while first and last - first < _NAME_WORDS and _is_name_word(words, first - 1, last):
            first -= 1
        while first < last and words[first] in _LINKS:
            first += 1
        if first < last:
            cut = last - first >= _NAME_WORDS - 1 or (first == 0 and kind.start() > _NAME_REACH)
            yield Named(" ".join(words[first:last]), short[1] if short else "", kind[0], cut)


def _is_name_word(words: list[str], at: int, last: int) -> bool:
    """Whether a word can stand in a name, or in a list of names, that ends before ``last``."""
    word = words[at]
    if word in _LINKS:
        return at + 1 < last and at > 0 and _CAPITAL.fullmatch(words[at - 1]) is not None
    if at == last - 1:
        return (_CAPITAL.fullmatch(word) is not None and word[-1] != ",") or _NUMBERED.fullmatch(word) is not None
    return _CAPITAL.fullmatch(word) is not None


def _part_of_name(plain: str, start: int) -> bool:
    """Whether a capital word stands right before: "Fish Creek" is not the Creek zone."""
    before = re.search(r"([A-Z][a-z]+) $", plain[max(0, start - 25) : start])
    return bool(before and before[1] not in _words("not a name"))


def find_subjects(layout: Layout, issuer: str) -> Subjects:
    """Learn the subjects of a document from its prose and its headings."""
    votes: Counter[tuple[str, str]] = Counter()
    shorts: dict[str, str] = {}
    for plain in _told(layout):
        for found in _named(plain[:20000]):
            for name in _names(found, issuer):
                if name.isdecimal() and found.kind.lower().endswith("s"):
                    continue  # "108 underground mines" are counted, not named
                votes[name, KINDS[found.kind.lower()]] += 1
                if found.short:
                    shorts[found.short] = name
    for name, kind in headed_names(layout):
        if not any(said == name for said, _ in votes) and name not in regions() and name != issuer:
            votes[name, kind] += 1
    operating = {name for name in operating_names(layout, issuer) if name not in regions()}
    operating -= {said for said, _ in votes}
    votes.update({(name, "mine"): 1 for name in operating})
    subjects = Subjects(known=_decide(votes, shorts, issuer))
    subjects._finder = _finder_of(subjects.known)
    _homes(layout, subjects)
    _sections(layout, subjects)
    subjects.titled = [m[2] for b in layout.blocks if b.kind == "title" for m in subjects.mentions(b.plain)]
    subjects.main = _main(layout, subjects, operating)
    return subjects


def _told(layout: Layout) -> Iterator[str]:
    """Yield the prose and the headings of a document, and the captions that stand within tables, as pages have them."""
    blocks = [block for block in layout.blocks if block.kind != "front" and block.part != "tail"]
    said = {block.text.start for block in blocks if block.table is None}
    for block in blocks:
        if block.table is None:
            yield block.plain
        elif (caption := block.table.caption) is not None and caption.start not in said:
            yield caption.plain


@cache
def regions() -> frozenset[str]:
    """Countries, provinces and cities: they stand where names of properties stand, and are none."""
    table = files("orebook.reading").joinpath("words/regions.csv").read_text(encoding="utf-8")
    return frozenset(row["name"] for row in csv.DictReader(table.splitlines()))


def _names(found: Named, issuer: str) -> list[str]:
    """The names before a kind word: one, or several for "A, B and C zones"."""
    parts = re.split(r",\s(?:and\s)?|\s(?:and|&)\s", found.names)
    if not re.search(r"\s(?:and|&)\s", found.names):
        parts = parts[-1:]  # "Resource Estimate, North Ridge Deposit" is no list
    elif found.cut:
        parts = parts[1:]
    return [name for part in parts if (name := _clean(part, issuer))]


def _clean(name: str, issuer: str) -> str:
    """A name without articles before it, metals and kinds behind it."""
    words = name.split()
    owner = max((place for place, word in enumerate(words) if word.endswith(("'s", "s'"))), default=-1)
    spoken_by = issuer.split()[:1]
    if (
        owner >= 0
        and spoken_by
        and not any(word.rstrip("'s") in (*spoken_by, "Company") for word in words[: owner + 1])
    ):
        return ""  # another company's mine
    words = words[owner + 1 :]
    while words and (words[0] in spoken_by or words[0].strip(".'") in _words("not a name") or words[0].endswith("'s")):
        words.pop(0)
    while len(words) > 1 and (_is_metal(words[-1]) or words[-1].title() in _words("behind a name")):
        words.pop()
    if not words or words[-1] in _words("not a name") or (len(words[0]) > 1 and _is_metal(" ".join(words))):
        return ""
    cleaned = " ".join(words)
    shouted = cleaned.isupper() and len(words) > 1
    return "" if shouted or cleaned == issuer or cleaned in regions() or re.fullmatch(r"\d{1,2}", cleaned) else cleaned


def _is_metal(word: str) -> bool:
    """Whether a word names metals: "Gold", "Copper-Gold", "Zn/Pb"."""
    return all(analytes.analyte(part) for part in re.split(r"[-/]", word))


def _decide(votes: Counter[tuple[str, str]], shorts: dict[str, str], issuer: str) -> dict[str, Subject]:
    """One kind for each name: the one said most; a mine is a mine although it is also a property."""
    by_name: dict[str, Counter[str]] = {}
    for (name, kind), count in votes.items():
        by_name.setdefault(name, Counter())[kind] += count
    known: dict[str, Subject] = {}
    first_word = issuer.split()[0].lower() if issuer else ""
    for name, kinds in by_name.items():
        if name.lower() == first_word:
            continue
        kind = "mine" if kinds["mine"] and kinds["mine"] >= kinds["zone"] else kinds.most_common(1)[0][0]
        known[name.lower()] = Subject(name, kind)
    said = Counter({name.lower(): count for (name, _), count in votes.items()})
    for name in sorted(known, key=len):
        _shorten(name, known, said)
    for short, name in shorts.items():
        if name.lower() not in known:
            continue
        known[short.lower()] = Subject(short, known[name.lower()].kind)
        known[name.lower()] = known[short.lower()]
    for name in list(known):  # TG zone is also written TGZ
        printed = known[name].name
        if (
            known[name].kind == "zone"
            and name.isalpha()
            and 2 <= len(name) <= 4
            and printed.isupper()
            and name[-1] != "z"
        ):
            known[name + "z"] = known[name]
    return known


def _shorten(name: str, known: dict[str, Subject], said: Counter[str]) -> None:
    """A name that ends in a better known one ("Expands Blue Fox") is that one; so is one that joins two known ones.

    "East Blue Fox" is a place of its own.
    """
    words = name.split()
    for cut in range(1, len(words)):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        if tail not in known:
            continue
        better_known = said[name] == 1 and said[tail] > 1 and known[tail].kind != "zone"
        if head in known or (better_known and words[0].title() not in _words("part of a name")):
            known[name] = known[tail]
            return


def _finder_of(known: dict[str, Subject]) -> re.Pattern[str] | None:
    if not known:
        return None
    written = [_written(form, known[form]) for form in sorted(known, key=len, reverse=True)]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(written)})(?!\w)")


def _written(form: str, subject: Subject) -> str:
    """How a name may stand in the text: in its own letters; a short one only with its kind word behind."""
    printed = subject.name if subject.name.lower() == form else form.upper() if len(form) <= 6 else form.title()
    words = re.escape(printed).replace(r"\ ", r"\s")
    upper = re.escape(printed.upper()).replace(r"\ ", r"\s")
    either = words if words == upper else f"{words}|{upper}"
    if subject.kind == "zone" and len(form) <= 2:
        beside = r"(?:,?\s(?:and\s)?[A-Z0-9]{1,2}){0,3}(?:\s[A-Za-z]+i[sz]ed)?"
        return rf"(?:{either})(?={beside}\s(?i:zones?|targets?|areas?|pits?))"
    return either


def _homes(layout: Layout, subjects: Subjects) -> None:
    """To which property each zone belongs: the one named most often in the same blocks or sections."""
    together: dict[str, Counter[str]] = {}
    for block in layout.prose():
        mentions = [m[2] for m in subjects._mentions(block.text)]
        owners = [s.name for s in mentions if s.kind != "zone"]
        section = next((m[2].name for m in subjects.mentions(block.section) if m[2].kind != "zone"), "")
        for zone in {s.name for s in mentions if s.kind == "zone"}:
            together.setdefault(zone, Counter()).update(owners + [section] * 3 * bool(section))
    subjects.home = {zone: owners.most_common(1)[0][0] for zone, owners in together.items() if owners}


def _sections(layout: Layout, subjects: Subjects) -> None:
    """Headings that name a subject rule the blocks below them."""
    for block in layout.blocks:
        if block.section and block.section not in subjects.sections:
            named = subjects.mentions(block.section)
            if named and len(block.section) < 90:
                subjects.sections[block.section] = named[0][2]


def _main(layout: Layout, subjects: Subjects, operating: Collection[str]) -> Subject | None:
    """The property of a document that has one: named in the title, else in the first paragraphs, else alone.

    A mine that is known only by what it did may be one of several, and is no main one unless the title says so.
    """
    owners = {s.name: s for s in subjects.known.values() if s.kind != "zone" and s.name not in operating}
    if len(owners) == 1:
        return next(iter(owners.values()))
    titles = [
        m[2] for b in layout.blocks if b.kind == "title" for m in subjects._mentions(b.text) if m[2].kind != "zone"
    ]
    if titles:
        return titles[0] if len({subject.name for subject in titles}) == 1 else None
    named = (m[2] for b in layout.prose() for m in subjects._mentions(b.text))
    said = Counter(s.name for s in named if s.kind != "zone" and s.name not in operating)
    if not said:
        return None
    (first, count), *others = said.most_common(2)
    return owners[first] if not others or count >= 3 * others[0][1] else None
