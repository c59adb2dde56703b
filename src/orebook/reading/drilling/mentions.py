"""Mentions: a length and its grades as one sentence says them, in either order.

>>> from orebook.reading.drilling.pieces import pieces
>>> from orebook.reading.language.quantities import quantities
>>> said = "1.31% Ni over 7.5 metres (5.9 metres true width) from 102 m, including 2.0 m of 3.4% Ni"
>>> [(str(m.length.figure), [str(g.figure) for g in m.grades]) for m in mentions(said, pieces(said, quantities(said)))]
[('7.5 m', ['1.31 %']), ('2.0 m', ['3.4 %'])]
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orebook.ground.figure import Figure
from orebook.reading.drilling.drill_words import words
from orebook.reading.drilling.pieces import Piece, is_grade_unit
from orebook.reading.patterns import Pattern


@dataclass(slots=True)
class Mention:
    """One interval of a sentence: grades, length, true thickness, depth; nothing for what is not said."""

    grades: list[Piece]
    length: Piece | None = None
    true: Piece | None = None
    depth: Piece | None = None
    gram_metres: Piece | None = None

    def _parts(self) -> Iterator[Piece]:
        yield from self.grades
        for piece in (self.length, self.true, self.depth, self.gram_metres):
            if piece:
                yield piece

    @property
    def start(self) -> int:
        """Where its first piece begins."""
        return min(piece.start for piece in self._parts())

    @property
    def end(self) -> int:
        """Where its last piece ends."""
        return max(piece.end for piece in self._parts())

    def end_before(self, place: int) -> int:
        """Where its last piece before a place ends: the depth of a whole may stand behind its part."""
        return max((piece.end for piece in self._parts() if piece.end <= place), default=self.end)


_LISTED = Pattern(
    r"[\s,;&+/()\[\]*=-]{0,6}(?:(?:and|plus|with|for|or|as well as|along with)\b)?[\s,(*]{0,4}", re.IGNORECASE
)
_FILL = r"(?:an?|the|about|approximately|up to|as high as|average|averages|grades?|grade of|of|over|~|as much as|\s)*"
_CONNECTED = Pattern(
    rf"(?P<between>[^@;:]{{0,90}}?)[\s,(*-]*(?:@|\b(?:at|grad(?:ing|es?|ed)|averag(?:ing|es?|ed)|of|assay(?:ing|s|ed)|containing|contains|carrying|running|runs|ran|returning|returned|yielding|yielded|gave|giving|carried|carries|held|had|contained|with|for)\b|[=:/–-])[\s*]*{_FILL}",
    re.IGNORECASE,
)
_NOT_BETWEEN = Pattern(rf"\b{words('not between length and grade')}\b|\. ", re.IGNORECASE)
_OVER = Pattern(
    r"[\s,)\]*]*(?:\b(?:over|across|sur)\b|/|\balong\b|\b(?:in|from)\b(?=\s(?:a|an)\s)|\bfor\b(?=\s\d))\s*(?:an?|the|this|that|estimated|drilled|drill|down-?hole|core|true|apparent|interval|intersection|intercept|lengths?|widths?|thickness|combined|continuous|total"
    r"|entire|its|final|last|first|next|of|sample|about|approximately|~|at least|an additional|[\s-])*",
    re.IGNORECASE,
)
_NEAR_AFTER = Pattern(r"[\s,)*]*(?:\([^()]{0,60}\)|[\w'-]+ ?){0,4}?[\s,(*]*", re.IGNORECASE)


def mentions(plain: str, pieces: Sequence[Piece]) -> list[Mention]:
    """Every interval with a grade, in the order of the sentence."""
    used: set[int] = set()
    found: list[Mention] = []
    for run in runs(plain, pieces):
        mention = _mention(plain, pieces, run, used)
        if mention:
            found.append(mention)
        elif found and _PARTS_BEHIND.fullmatch(plain, found[-1].end, max(pieces[run[0]].start, found[-1].end)):
            _add_parts(plain, found[-1], [pieces[at] for at in run])
    for mention in found:
        _add_true(plain, pieces, mention, used)
    _add_depths(plain, pieces, found, used)
    for mention in found:
        _add_depth_behind(plain, pieces, mention, used)
    return found


_PARTS_BEHIND = Pattern(r"\s?\((?:consisting of |comprising |made up of |or |i\.e\.,? )?")


def _add_parts(plain: str, mention: Mention, grades: Sequence[Piece]) -> None:
    """The grades in brackets behind a length: "139 g/t AgEq over 22.5 m (51 g/t Ag, 0.9 g/t Au)"."""
    bracket = plain.find(")", grades[-1].end)
    known = {grade.analyte for grade in mention.grades}
    if 0 <= bracket - grades[-1].end < 40:
        mention.grades.extend(grade for grade in grades if grade.analyte and grade.analyte not in known)


def runs(plain: str, pieces: Sequence[Piece]) -> Iterator[list[int]]:
    """Grades that are listed together."""
    run: list[int] = []
    for at, piece in enumerate(pieces):
        if piece.kind != "grade":
            if piece.kind != "gram metres" and run:
                yield run
                run = []
            continue
        if run and not (
            _LISTED.fullmatch(plain, pieces[run[-1]].end, max(piece.start, pieces[run[-1]].end))
            or _is_part_of_grade(plain, pieces, run[-1], at)
        ):
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _is_part_of_grade(plain: str, pieces: Sequence[Piece], last: int, at: int) -> bool:
    """Whether a grade is a part of the one before: "1,900 ppm TREO including 410 ppm MREO", no interval."""
    one, other = pieces[last], pieces[at]
    joined = re.fullmatch(r"[\s,(]*(?:including|incl\.?|of which)\s", plain[one.end : max(other.start, one.end)])
    over = re.match(r"[\s)]*(?:over|across)\b", plain[other.end : other.end + 10])
    return bool(joined and one.analyte and other.analyte and one.analyte != other.analyte and not over)


def _mention(plain: str, pieces: Sequence[Piece], run: list[int], used: set[int]) -> Mention | None:
    """The length that some grades belong to: before them ("L at G") or behind them ("G over L")."""
    grades = [pieces[at] for at in run]
    behind = _behind(plain, pieces, run[-1], used)
    before = _before(plain, pieces, run[0], used)
    if behind is not None and (before is None or not _tight(plain, pieces[before], grades[0])):
        chosen = behind
    elif before is not None:
        chosen = before
    else:
        return None
    piece = pieces[chosen]
    sure = piece.kind != "depth"
    known = [grade for grade in grades if grade.analyte or (sure and _is_known(plain, grade, piece))]
    if not known:
        return None
    used.add(chosen)
    if piece.kind == "length" and chosen == behind and "true" in plain[grades[-1].end : piece.start].lower():
        piece.kind = "true"
    slot = {"length": "length", "true": "true", "depth": "depth"}[piece.kind]
    mention = Mention(_one_of_each(known, plain))
    setattr(mention, slot, piece)
    if piece.kind == "true" and chosen == before:
        _add_length_before(pieces, mention, chosen, used)
    return mention


def _is_known(plain: str, grade: Piece, piece: Piece) -> bool:
    """A grade without an analyte counts beside a length when its unit or the sign @ says that it is one."""
    unit = grade.figures[0].unit
    between = plain[min(grade.end, piece.end) : max(grade.start, piece.start)]
    return is_grade_unit(unit) or "@" in between


def _one_of_each(grades: list[Piece], plain: str) -> list[Piece]:
    """Grades of different analytes; a second figure for the same one ("640 ppb (0.6 g/t)") says it again."""
    kept: list[Piece] = []
    for grade in grades:
        if kept and grade.analyte == kept[-1].analyte:
            continue
        if (
            kept
            and not kept[-1].analyte
            and grade.start - kept[-1].end < 7
            and plain[kept[-1].end : grade.start].strip() in ("(", "or")
        ):
            kept[-1].analyte = grade.analyte  # "640 ppb (0.6 g/t Au)"
            continue
        if grade.analyte and any(other.analyte == grade.analyte for other in kept):
            continue
        if kept and not grade.figure.unit and isinstance(grade.figure, Figure):
            grade.figures = (Figure(grade.figure.value, kept[0].figure.unit),)
        kept.append(grade)
    return kept


def _tight(plain: str, piece: Piece, grade: Piece) -> bool:
    """Whether a length stands right before its grade: "12 m at", "12 m of"."""
    return bool(
        re.fullmatch(
            r"[\s)*]*(?:@|at|grading|averaging|of|assaying)[\s*]*", plain[piece.end : grade.start], re.IGNORECASE
        )
    )


def _behind(plain: str, pieces: Sequence[Piece], last: int, used: set[int]) -> int | None:
    for at in range(last + 1, min(last + 3, len(pieces))):
        piece = pieces[at]
        if piece.kind in ("length", "true") and at not in used:
            near = piece.start - pieces[last].end < 90
            return at if near and _OVER.fullmatch(plain, pieces[last].end, piece.start) else None
        if piece.kind != "gram metres":
            return None
    return None


def _before(plain: str, pieces: Sequence[Piece], first: int, used: set[int]) -> int | None:
    """The length (else the pair of depths) before some grades, with a word such as "at" or "grading" between."""
    depth: int | None = None
    for at in range(first - 1, max(-1, first - 5), -1):
        piece = pieces[at]
        if at in used or piece.kind == "grade" or piece.end > pieces[first].start:
            break
        if piece.kind == "hole":
            if not _is_in_hole(plain, pieces, at):
                break
            continue
        if not _joined(plain, pieces, at, first) and not _itemised(plain, pieces, at, first):
            break
        if piece.kind == "length":
            return at - 1 if _is_said_again(plain, pieces, at, used) else at
        if piece.kind == "true":
            earlier = at - 1
            if (
                earlier >= 0
                and pieces[earlier].kind == "length"
                and earlier not in used
                and pieces[at].start - pieces[earlier].end < 40
            ):
                return earlier
            return at
        if piece.kind == "depth" and len(piece.figures) == 2:
            depth = at
    return depth


_COMMA = Pattern(r"\s?,\s")
_NAMES = Pattern(r"\s?[,:;–-]\s")


def _itemised(plain: str, pieces: Sequence[Piece], at: int, first: int) -> bool:
    """Whether hole, length and grade stand with nothing but commas between: "QX-7, 5.0 m, 3.1 g/t Au"."""
    if not at or pieces[at].kind != "length" or first != at + 1 or pieces[at - 1].kind != "hole":
        return False
    return bool(
        _COMMA.fullmatch(plain, pieces[at].end, pieces[first].start)
        and _NAMES.fullmatch(plain, pieces[at - 1].end, pieces[at].start)
    )


def _is_said_again(plain: str, pieces: Sequence[Piece], at: int, used: set[int]) -> bool:
    """Whether a length is the one before it in another unit: "34.0 m (111.5 ft)"."""
    if not at or at - 1 in used or pieces[at - 1].kind != "length" or not plain.startswith(")", pieces[at].end):
        return False
    one, other = pieces[at - 1].figures[0], pieces[at].figures[0]
    in_brackets = plain[pieces[at - 1].end : pieces[at].start].strip() == "("
    return in_brackets and isinstance(one, Figure) and isinstance(other, Figure) and one.unit != other.unit


_ZONE_IN = Pattern(
    r"[\s-]*(?:(?:wide|long|thick|core|drilled|mineralis?z?ed)[\s-])?(?:interval|zone|section|intersection|intercept|length"
    r"|interception|sample|run)s?\s(?:\w+\s){0,2}?(?:in|from|of)\s(?:(?:drill ?)?hole\s#?)?",
    re.IGNORECASE,
)
_DEPTHS_OF = Pattern(r"\s?,?\s?(?:(?:drill ?)?hole\s#?)?", re.IGNORECASE)


def _is_in_hole(plain: str, pieces: Sequence[Piece], at: int) -> bool:
    """Whether a hole stands between an interval and its grade: "a 12 m interval in QX-7 ran 3 g/t"."""
    if not at:
        return False
    before = pieces[at - 1]
    if before.kind == "depth" and len(before.figures) == 2:
        return bool(_DEPTHS_OF.fullmatch(plain, before.end, pieces[at].start))
    return before.kind == "length" and bool(_ZONE_IN.fullmatch(plain, before.end, pieces[at].start))


_WHICH_HAS = Pattern(r"\b(?:which|that)\s(?=(?:averag|grad|assay|return|yield)(?:ed|es|ing|s)\b|ran\b|runs\b)")
_NAMED_HOLE = Pattern(r"\b(?:in|from|of)\s(?:drill ?)?hole\s|\b(?:drill ?)?hole\s(?=\s)", re.IGNORECASE)


def _joined(plain: str, pieces: Sequence[Piece], at: int, first: int) -> bool:
    """Whether the words between a length and a grade join them; other pieces between are taken out first."""
    start = pieces[at].end
    words = []
    for piece in pieces[at + 1 : first]:
        words.append(plain[start : piece.start])
        start = max(start, piece.end)
    words.append(plain[start : pieces[first].start])
    said = _WHICH_HAS.sub("", " ".join(words))
    if any(piece.kind == "hole" for piece in pieces[at + 1 : first]):
        said = _NAMED_HOLE.sub("", said)
    if len(said) > 110:
        return False
    found = _CONNECTED.fullmatch(said)
    return found is not None and not _NOT_BETWEEN.search(found["between"])


def _add_length_before(pieces: Sequence[Piece], mention: Mention, at: int, used: set[int]) -> None:
    """The drilled length just before a true thickness: "11 m (3.5 m true width) at"."""
    if at and pieces[at - 1].kind == "length" and at - 1 not in used and pieces[at].start - pieces[at - 1].end < 30:
        mention.length = pieces[at - 1]
        used.add(at - 1)


def _add_true(plain: str, pieces: Sequence[Piece], mention: Mention, used: set[int]) -> None:
    """The true thickness that is printed beside a length."""
    first = bisect_left(pieces, mention.start, key=lambda piece: piece.start)
    last = bisect_left(pieces, mention.end + 60, first, key=lambda piece: piece.start)
    for at, piece in enumerate(pieces[first:last], first):
        if piece.kind == "true" and at not in used and mention.true is None:
            near = min(abs(piece.start - mention.end), abs(mention.start - piece.end))
            inside = mention.start <= piece.start <= mention.end
            between = plain[mention.end : piece.start] if piece.start > mention.end else ""
            if (inside or (piece.start > mention.end and near < 60)) and not re.search(
                r"[;.]\s|\bat\b|grading", between
            ):
                mention.true = piece
                used.add(at)


_BREAK = Pattern(r"[;•](?!\s{0,2}$)|•|\.\s|\band\b|\bincl|\bwith\b|\bin (?:drill )?hole", re.IGNORECASE)


def _add_depths(plain: str, pieces: Sequence[Piece], found: list[Mention], used: set[int]) -> None:
    """Depths go to the interval right before them, else to the one that they introduce."""
    order = sorted(found, key=lambda mention: mention.start)
    starts = [mention.start for mention in order]  # a depth moves a start forwards, but past no other
    for at, piece in enumerate(pieces):
        if piece.kind not in ("depth", "gram metres") or at in used:
            continue
        slot = "depth" if piece.kind == "depth" else "gram_metres"
        here, there = bisect_left(starts, piece.start), bisect_right(starts, piece.start)
        before = _before_piece(plain, order[max(here - 2, 0) : here], piece, slot)
        after = order[there] if there < len(order) else None
        if before and getattr(before, slot) is None and _close(plain, before, piece):
            setattr(before, slot, piece)
        elif (
            after
            and getattr(after, slot) is None
            and after.start - piece.end < 80
            and not re.search(r"[;.]\s", plain[piece.end : after.start])
        ):
            setattr(after, slot, piece)
            starts[there] = after.start


_AT_DEPTH = Pattern(r"\s?,?\s?at\s(?:a depth of\s)?(?:about\s|~)?")
_ENDED = Pattern(r"\s?(?:[,;.)]|$|(?:and|in|then)\b)")


def _add_depth_behind(plain: str, pieces: Sequence[Piece], mention: Mention, used: set[int]) -> None:
    """The depth that is no more than a length behind "at": "11.0 m grading 0.88 g/t Au at 102.0 m"."""
    if mention.depth or not mention.length or mention.length.start > mention.grades[0].start:
        return
    first = bisect_left(pieces, mention.end, key=lambda piece: piece.start)
    for at, piece in enumerate(pieces[first : first + 20], first):
        if piece.kind == "length" and at not in used and _AT_DEPTH.fullmatch(plain, mention.end, piece.start):
            if _ENDED.match(plain, piece.end):
                mention.depth = Piece("depth", piece.start, piece.end, piece.figures, piece.spans)
                used.add(at)
            return


def _before_piece(plain: str, earlier: Sequence[Mention], piece: Piece, slot: str) -> Mention | None:
    """The interval before a depth; behind the bracket of a part the whole: "12 m at 2 g/t (incl. 1 m) from 40 m"."""
    if not earlier:
        return None
    last, between = earlier[-1], plain[earlier[-1].end : piece.start]
    if len(earlier) > 1 and between.count(")") > between.count("("):
        bracket = plain.rfind("(", earlier[-2].end, last.start)
        if bracket >= 0 and _PART.match(plain, bracket) and getattr(earlier[-2], slot) is None:
            return earlier[-2]
    return last


_PART = Pattern(r"\(\s?(?:and |also )?i?nc", re.IGNORECASE)


_NEAR = 70
"""Characters at most between an interval and its depth, the name of a hole left out."""


def _close(plain: str, mention: Mention, piece: Piece) -> bool:
    if piece.start < mention.end:
        return True
    bracket = _IN_BRACKETS.match(plain, mention.end)
    begin = bracket.end() if bracket and bracket.end() <= piece.start else mention.end
    if piece.start - begin > 2 * _NEAR:
        return False
    between = _IN_HOLE.sub("", plain[begin : piece.start])
    return len(between) < _NEAR and not _BREAK.search(between)


_IN_BRACKETS = Pattern(r"\s?\((?:and |also )?i?nc[^()]{1,200}\)", re.IGNORECASE)
"""The parts of an interval in brackets between it and its depth."""
_IN_HOLE = Pattern(r"\b(?:in|of) (?:drill )?hole\s\S{2,20},?\s?$")
"""The hole between an interval and its depth: "24 m of 1.05 g/t in hole QX-7, from 12 m"."""
