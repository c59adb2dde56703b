"""Intercepts in prose: headlines, bullets, paragraphs and captions, in every order in which people say them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from orebook.ground.fact import Record
from orebook.reading.drilling import build, holes, status
from orebook.reading.drilling.drill_words import any_of, words
from orebook.reading.drilling.intercepts import Intercept, adopt, depths, holds, length
from orebook.reading.drilling.mentions import Mention, mentions, runs
from orebook.reading.drilling.pieces import Piece, is_grade, pieces
from orebook.reading.drilling.scope import assign, relations
from orebook.reading.drilling.usual import usual_analytes
from orebook.reading.drilling.windows import windows
from orebook.reading.layout import Block
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

ORDER = 30

_FAR = 500
"""A hole that was named this many characters ago in a long stream of text is no longer the one that is spoken of."""

_REMEMBERED = 60
"""How many intervals back the one may stand that holds another."""

_PLACES = {"title": "headline", "heading": "headline", "bullet": "bullet", "caption": "caption", "note": "note"}
_SURFACE = any_of("surface")
_DRILLED = any_of("drilled")
_SAMPLED = Pattern(r"\bsampl(?:es?|ed|ing)\b", re.IGNORECASE)
_CONDITION = Pattern(r"\b(?:shall|will) (?:issue|pay|receive)\b|\bmilestone (?:share|payment)s?\b", re.IGNORECASE)
_ORE = Pattern(rf"\b{words('ore')}\b")
_GOES_ON = Pattern(r"[\s•*–-]*(?:incl|and\b|plus\b|which\b|within\b)", re.IGNORECASE)
_ITEM = Pattern(
    r"\s*(?:from\s[\d.]{1,6}\s?m?\s?(?:to|-|–)\s?[\d.]{1,6}\s?m?\s?[:,–-]\s?)?"
    r"\d[\d.]{0,6}\s?(?:m|ft|metres|meters|feet)\s?(?:@|at|of|grading)?\s?\(?[\d<]",
    re.IGNORECASE,
)
_HEAD_BELOW = Pattern(r"\s(?:(?:[Dd]rill ?)?[Hh]ole|HOLE|DDH|[Dd]rillhole)\s#?[A-Z0-9][\w.–-]{1,20}\s?:?\s*$")


def records(release: Release) -> Iterable[Record]:
    """Every interval with a grade that the prose gives, with its hole, its depths and what it is part of."""
    numbered = holes.numbered(sentence.plain for sentence in release.sentences())
    reader = _Reader(release, usual_analytes(release), numbered)
    for sentence in release.sentences():
        for window in windows(sentence):
            reader.read(window)
    return reader.done


def _is_head(block: Block) -> bool:
    """Whether a block is no more than the name of one hole, perhaps with a remark in brackets."""
    plain = block.plain.strip()
    named = holes.find(plain) if len(plain) < 90 else []
    if len(named) != 1 or plain.endswith("."):
        return False
    start, end, _ = named[0]
    before, behind = plain[:start].strip(" •*#–-").lower(), plain[end:].strip(" :*")
    return before in ("", "hole", "drill hole", "drillhole", "diamond hole", "rc hole", "diamond drill hole") and (
        not behind or (behind[0] in "([-–—," and not re.search(r"\d\s?(?:m|ft|%|g/t)\b", behind))
    )


@dataclass
class _Reader:
    """Reads sentence after sentence; the hole in force lasts for a block, or for the bullets of a list."""

    release: Release
    usual: dict[str, str]
    numbered: re.Pattern[str] | None = None
    hole: str = ""
    block: Block | None = None
    done: list[Record] = field(default_factory=list)
    here: list[Record] = field(default_factory=list)

    def read(self, sentence: Sentence) -> None:
        """Read one sentence into ``done``."""
        if self.block is not sentence.block:
            self._new_block(sentence.block)
        sentence = self._without_head_below(sentence)
        plain = sentence.plain
        if not any(is_grade(quantity) for quantity in sentence.quantities):
            self._hole_of(plain, sentence.text.end)
            return
        if _SEVERAL.search(plain) or sentence.text.start - self.said_at > _FAR:
            self.hole = ""
        found_pieces = pieces(plain, sentence.quantities, self.numbered)
        found = mentions(plain, found_pieces)
        if _CONDITION.search(plain):
            found = []
        said = status.statuses(plain, [(mention.start, mention.end) for mention in found], self.inherited)
        found = [mention for mention, state in zip(found, said, strict=True) if state != status.SEEN]
        said = [state for state in said if state != status.SEEN]
        owners: list[str] = []
        current, trailing = self.hole, self.trailing
        if found:
            owners, current, trailing = assign(plain, found_pieces, found, self.hole, trailing=self.trailing)
        self._name_analytes(plain, found)
        start = len(self.here)
        for mention, owner, relation, state in zip(found, owners, relations(plain, found), said, strict=True):
            self._mention(sentence, mention, owner, relation, state)
        self._claims(sentence, found_pieces, found)
        self.done.extend(self.here[start:])
        if found:
            self.hole, self.trailing = current, trailing
            self.said_at = sentence.text.end
        else:
            self._hole_of(plain, sentence.text.end)

    def _without_head_below(self, sentence: Sentence) -> Sentence:
        """A sentence without the name of a hole on a line of its own, which is the head of the next bullets."""
        last = sentence.plain[-60:]
        if "hole" not in last and "Hole" not in last and "HOLE" not in last and "DDH" not in last:
            return sentence
        found = _HEAD_BELOW.search(last)
        named = holes.find(found[0]) if found else []
        if not found or len(named) != 1:
            return sentence
        cut = len(sentence.plain) - len(found[0])
        text = self.release.document.text
        if "\n" not in text[sentence.text.span(max(cut - 1, 0), cut)[0] : sentence.text.span(cut + 1, cut + 2)[0]]:
            return sentence
        self.head_below = named[0][2]
        return Sentence(
            sentence.text.slice(0, cut),
            sentence.block,
            sentence.at,
            [quantity for quantity in sentence.quantities if quantity.end <= cut],
            sentence.dates,
        )

    def _new_block(self, block: Block) -> None:
        """A new paragraph forgets the hole; a list of bullets under "hole X:" or a line "Hole X" does not."""
        before, below = self.block, self.head_below
        self.head_below = ""
        if block.kind != "bullet":
            self.inherited = status.at_end(block.section)
        elif before is not None and before.kind != "bullet":
            self.inherited = status.at_end(before.plain)
        listed = (
            block.kind == "bullet"
            and before is not None
            and (before.kind == "bullet" or before.plain.rstrip().endswith(":") or _is_head(before))
        )
        self.goes_on = bool(_GOES_ON.match(block.plain))
        after_head = before is not None and (
            before.plain.rstrip().endswith(":") or before.kind == "heading" or _is_head(before)
        )
        if not (
            self.goes_on
            or (listed and not holes.find(_HEAD_BELOW.sub("", block.plain)) and self._was_head)
            or after_head
            or self._goes_on_below(before, block)
        ):
            self.hole = ""
            self.here = []
        if before is None or before.kind != "bullet" or not listed or _is_head(before):
            self._was_head = before is not None and (before.plain.rstrip().endswith(":") or _is_head(before))
        if below and block.kind == "bullet":
            self.hole, self.here, self._was_head = below, [], True
        if not self.hole and len({name for *_, name in holes.find(block.section)}) == 1:
            self.hole = holes.find(block.section)[0][2]
        self.said_at = block.text.end if len(block.plain) < _FAR * 4 else block.text.start
        self.block = block

    def _goes_on_below(self, before: Block | None, block: Block) -> bool:
        """Whether a line of one interval goes on with the list of a bullet that named its hole at its beginning."""
        if before is None or block.kind != "paragraph" or self.trailing:
            return False
        listed = before.kind == "bullet" or (before.kind == "paragraph" and _ITEM.match(before.plain) is not None)
        return listed and _ITEM.match(block.plain) is not None and not block.plain.rstrip().endswith(".")

    head_below: str = ""
    goes_on: bool = False
    trailing: bool = False
    inherited: str = status.ANNOUNCED
    said_at: int = 0
    _was_head: bool = False

    def _hole_of(self, plain: str, at: int) -> None:
        """The hole that a sentence speaks of: its only one, or the one that it opens with ("Hole X: ...")."""
        named = holes.find(plain, known=self.numbered)
        if _SEVERAL.search(plain):
            self.hole = ""
        elif named and (
            len({name for *_, name in named}) == 1 or (re.match(r"\s?:", plain[named[0][1] :]) and named[0][0] < 16)
        ):
            self.hole = named[0][2]
            self.said_at = self.block.text.end if self.block and len(self.block.plain) < _FAR * 4 else at
        elif named:
            self.hole = ""

    def _name_analytes(self, plain: str, found: list[Mention]) -> None:
        """Give grades without an analyte the one that their neighbours or the document have for that unit."""
        grades = [grade for mention in found for grade in mention.grades]
        for at, grade in enumerate(grades):
            if grade.analyte or _UNKNOWN.match(plain, grade.end):
                continue
            unit = grade.figures[0].unit
            near = [
                other.analyte
                for other in (*reversed(grades[:at]), *grades[at + 1 :])
                if other.analyte and other.figures[0].unit == unit
            ]
            grade.analyte = near[0] if near else self.usual.get(unit, "")

    def _mention(self, sentence: Sentence, mention: Mention, owner: str, relation: str, state: str) -> None:
        if _is_title(sentence.plain, mention.start):
            return
        surface = self._is_surface(sentence.plain, mention)
        if surface and _DRILLED.search(sentence.plain):
            owner = ""
        about = self._about(sentence, mention.start, state)
        intercept = build.intercept(
            mention, sentence.text, owner, _RELATION.get(relation, relation), about, surface=surface
        )
        if not intercept.has_grade:
            return
        record = intercept.record(self.release, "surface_sample" if surface else "drill_intercept")
        if not surface:
            self._relate(record, relation)
        self.here.append(record)

    def _relate(self, record: Record, relation: str) -> None:
        """Tie an interval to the one that holds it, or the one before to it."""
        earlier = [other for other in self.here[-_REMEMBERED:] if other.kind == "drill_intercept"]
        if relation == "within" and earlier:
            _hold(record, earlier[-1])
        elif relation == "including":
            adopt(record, earlier)
            if record.parent is None and not self.goes_on:
                record.about["relation"] = "primary"  # "results include": a list, not a part
        elif relation in ("or including", "with") and earlier:
            self._perhaps_in(record, earlier[-1], relation)
        elif relation in ("primary", "and"):
            self._inside(record, earlier)

    def _inside(self, record: Record, earlier: list[Record]) -> None:
        """Without a word for it, only the depths can tell that an interval lies in an earlier one of its hole."""
        own, hole = depths(record), record.about.get("hole", "")
        if (
            own
            and hole
            and any(
                other.about.get("hole") == hole and (there := depths(other)) and holds(there, own) for other in earlier
            )
        ):
            record.about["relation"] = "including"
            adopt(record, earlier)

    def _perhaps_in(self, record: Record, last: Record, relation: str) -> None:
        """Tie an interval to the one before it or to the parent of that, if it can lie in it."""
        holder = last if relation == "with" else last.parent
        if holder is None or holder.about.get("hole", "") != record.about.get("hole", ""):
            return
        own, there, size, long = depths(record), depths(holder), length(record), length(holder)
        if holds(there, own) if own and there else size is not None and long is not None and size < long:
            record.about["relation"] = "including"
            record.parent = holder
            holder.children.append(record)

    def _is_surface(self, plain: str, mention: Mention) -> bool:
        """Whether the last word before an interval that says where it comes from is one of the surface."""
        before = plain[max(0, mention.start - 400) : mention.start]
        last = max((found.end() for found in _SURFACE.finditer(before)), default=-1)
        drilled = max((found.end() for found in _DRILLED.finditer(before)), default=-1)
        behind = plain[mention.end : mention.end + 40]
        if last > drilled >= 0:
            return last > drilled + 30 or "channel" in before[drilled:]
        return last > drilled or (drilled < 0 and bool(_SURFACE.search(behind)) and not _DRILLED.search(behind))

    def _about(self, sentence: Sentence, at: int, state: str) -> dict[str, str]:
        about = self.release.about(sentence.block, sentence.text, at)
        return {**about, "place": _PLACES.get(sentence.block.kind, "text"), "context": state}

    def _claims(self, sentence: Sentence, found_pieces: list[Piece], found: list[Mention]) -> None:
        """Grades without a length: "up to" of drill results, and those of samples from the surface."""
        plain = sentence.plain
        taken = {id(grade) for mention in found for grade in mention.grades}
        if _ORE.search(plain) or _CONDITION.search(plain):
            return
        for grades in _each_once([found_pieces[at] for at in run] for run in runs(plain, found_pieces)):
            said = [grade for grade in grades if grade.analyte and grade.figures[0].sign in ("", "up to", "~")]
            if not said or any(id(grade) in taken or _near_length(grade, found) for grade in grades):
                continue
            kind = _kind_of_claim(plain, said[0])
            state = status.statuses(plain, [(said[0].start, grades[-1].end)], self.inherited)[0]
            if kind and state != status.SEEN:
                hole = self._hole_of_claim(plain, found_pieces, said[0]) if kind == "drill_intercept" else ""
                intercept = Intercept(hole, about=self._about(sentence, said[0].start, state))
                if said[0].figures[0].sign == "up to":
                    intercept.about["qualifier"] = "up to"
                for grade in said:
                    intercept.add(
                        "sampling.grade" if kind == "surface_sample" else "drilling.grade",
                        build.said(sentence.text, grade),
                    )
                self.here.append(intercept.record(self.release, kind))

    def _hole_of_claim(self, plain: str, found_pieces: list[Piece], grade: Piece) -> str:
        """The hole that returned a highest grade: the only one of the sentence before it, or the one in force."""
        named = {piece.figure.digits for piece in found_pieces if piece.kind == "hole" and piece.end <= grade.start}
        if _SEVERAL.search(plain) or len(named) > 1:
            return ""
        return named.pop() if named else self.hole


_UNKNOWN = Pattern(
    r"\s?(?!(?:AND|OVER|FROM|IN|AT|INCL\w*|WITH|FOR|TO|OF|ACROSS|TRUE|NEAR|ON|BY|WITHIN|PLUS|CUTS?|HITS?)\b)[A-Z][A-Z0-9]{1,5}\b"
    r"(?![-\d])"
)
"""The symbol of something that is no analyte we know."""

_TITLE = Pattern(r"\b(?:19|20)\d\d[\s,:–-]{1,4}[“\"‘][^”\"]{0,120}$")


def _is_title(plain: str, at: int) -> bool:
    """Whether a place lies in the title of an earlier announcement: "6 July 2020, “85 m at 11.6 g/t at Thorn”"."""
    return bool(_TITLE.search(plain[max(0, at - 150) : at]))


def _hold(record: Record, child: Record) -> None:
    """Tie the last interval to the one that holds it, and this to what held the last before."""
    if len({record.about.get("hole", ""), child.about.get("hole", "")} - {""}) > 1:
        return
    outer = child.parent
    if outer:
        outer.children.remove(child)
        record.parent, record.about["relation"] = outer, "including"
        outer.children.append(record)
    child.about["relation"], child.parent = "including", record
    record.children.append(child)


_NO_CLAIM = Pattern(
    r"\b(?:limits?|cut-?offs?|less than|thresholds?|no samples?|standards?|blanks?|certified|errors?|differences?|shell"
    r"|of the original|data ?base)\b",
    re.IGNORECASE,
)
"""Words that speak of laboratories and limits, not of what was found."""


def _each_once(found: Iterable[list[Piece]]) -> Iterator[list[Piece]]:
    """Grades that are listed together, each analyte once: "4.2% Zn and 0.3% Pb, and 3.9% Zn" are two samples."""
    for grades in found:
        group: list[Piece] = []
        for grade in grades:
            if grade.analyte and any(other.analyte == grade.analyte for other in group):
                yield group
                group = []
            group.append(grade)
        yield group


def _kind_of_claim(plain: str, grade: Piece) -> str:
    """Of what a grade without a length is said: of samples from the surface, or as the best of drill results."""
    before = plain[: grade.spans[0][0]]
    if _NO_CLAIM.search(plain, max(0, len(before) - 60), grade.end + 25):
        return ""
    if (_SURFACE.search(plain) or _SAMPLED.search(plain)) and not _DRILLED.search(before):
        return "surface_sample"
    highest = grade.figures[0].sign == "up to"
    drilled = _DRILLED.search(plain) or (
        re.search(r"\bzone\b.{0,120}\bgrad(?:ing|es)\b", before) and "mined" not in plain
    )
    return "drill_intercept" if highest and drilled else ""


_SEVERAL = Pattern(
    r"\d(?:,| and| &)\s?\d{1,4}[A-Z]?(?![\d.,]|\s?(?:m\b|met|g|%|ppm))"
    r"|\b(?:[Tt]hese|[Bb]oth|[Aa]ll|[Tt]he \w+) (?:drill ?)?holes\b"
)
"""Words for several holes at once: "QX-24-031 and 032", "these holes"."""

_RELATION = {"within": "primary", "or including": "and", "with": "and"}


def _near_length(piece: Piece, found: list[Mention]) -> bool:
    return any(abs(mention.end - piece.start) < 4 for mention in found)
