"""Sections of core in sentences: their lengths, their ends, and what lies in them."""

from collections.abc import Iterator
from decimal import Decimal

from orebook.checks.digits import MEASURED, fits
from orebook.checks.intercepts import intercepts
from orebook.checks.places import Place, places, source
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, figure
from orebook.disciplines.drilling.intervals import interval_length
from orebook.ground.figure import Figure
from orebook.ground.source import Source
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_M = r"(?:m|metres|meters)\b"
_D = r"\d{1,4}(?:\.\d{1,2})?"
_SECTION = Pattern(
    rf"(?:(?P<length>{_D})[\s-]?(?:m|metre|meter|metres|meters)\s(?:[a-z]{{3,15}}\s){{0,2}}[a-z]{{3,15}}\s)?"
    rf"\(?\b(?:from|between)?\s?(?P<start>{_D})\s?(?:{_M})?\s?(?:to|and|–|-)\s?(?P<end>{_D})\s?{_M}\)?"
)
_INSIDE = Pattern(rf"[^.;()]{{0,80}}(?:\.\d[^.;()]{{0,20}})?\breading\b[^.;()]{{0,60}}\bat\s(?P<depth>{_D})\s?{_M}")
_SLIP = Decimal(1)
"""Two ends of one section that lie closer than a metre are meant to be one."""


@rule("F125", on="document", basis="geometry of a hole", catalogue="EX221")
def depths_in_text_mismatch(reading: Reading) -> Iterator[Remark]:
    """The depths of a section in the text do not hold together.

    What it does:
    Looks at sections that sentences give by two depths ("a 12-metre section (from 80.0 m to 92.0 m)"). The length that
    stands with them must be their difference; a second mention of the section that begins in the same place should end
    in the same place; a reading that was taken "at" a depth in the section must lie in it. A length that was cut off
    instead of rounded is a note.

    Why it matters:
    Visual results have no table to compare them with; the sentence is all there is.

    Flagged:

        Cairn Gold drills the Plover zone

        Drill hole PZ-25-04 cut a 14-metre section (from 80.2 m to 92.0 m) of strong silicification.
        ----
        Cairn Gold drills the Plover zone

        Drill hole PZ-25-04 cut a zone (80.2 m to 92.0 m) with pyrite and an XRF reading of 11 ppm Au at 97 m.
        ----
        Cairn Gold drills the Plover zone

        Drill hole PZ-25-04 cut a strongly silicified section (from 80.2 m to 92.5 m).

        Between 80.20 m and 92.05 m, the hole is in a grey intrusive rock.

    Fine:

        Cairn Gold drills the Plover zone

        Drill hole PZ-25-04 cut a 12-metre section (from 80.2 m to 92.0 m) of strong silicification with an XRF reading
        of 11 ppm Au at 91 m.

        Between 80.20 m and 92.0 m, the hole is in a grey intrusive rock.

    Help:
    Take depths and lengths from the log, to the same digit.
    """
    seen: list[tuple[Figure, Figure, Source]] = []
    drilled = bool(intercepts(reading)) or bool(reading.of("drill_interval_visual", "drill_program", "drill_collar"))
    for place in places(reading, _SECTION, hints=("drill", "hole", "core")) if drilled or _of_holes(reading) else ():
        start, end = (Figure(Decimal(place.match[name]), "m") for name in ("start", "end"))
        if end.value <= start.value:
            continue
        where = source(reading, place.block, place.match.start("start"), place.match.end("end"))
        yield from _length(reading, place, start, end, where)
        yield from _reading(reading, place, start, end, where)
        yield from _second_end(start, end, where, seen)
        seen.append((start, end, where))


def _of_holes(reading: Reading) -> bool:
    return any("drill hole" in block.plain.lower() for block in reading.layout.prose())


def _length(reading: Reading, place: Place, start: Figure, end: Figure, where: Source) -> Iterator[Remark]:
    if place.match["length"] is None:
        return
    said = Figure(Decimal(place.match["length"]), "m")
    here = source(reading, place.block, *place.match.span("length"))
    implied = interval_length(start.range(), end.range())
    if not fits(lambda read: interval_length(read(start), read(end)), said, MEASURED):
        text = f"{start.value} to {figure(end)} is {between(implied, step=said.step)} long; {figure(said)} stands here"
        yield remark("error", text, [here, where], implied)
    elif not implied.meets(said.range()):
        text = f"{start.value} to {figure(end)} is {between(implied, step=said.step)} long; {figure(said)} is cut off"
        yield remark("note", text, [here, where], implied)


def _reading(reading: Reading, place: Place, start: Figure, end: Figure, where: Source) -> Iterator[Remark]:
    found = _INSIDE.match(place.block.plain, place.match.end())
    if found is None:
        return
    depth = Figure(Decimal(found["depth"]), "m")
    if depth.range().low > end.range().high or depth.range().high < start.range().low:
        here = source(reading, place.block, *found.span("depth"))
        text = f"{figure(depth)} does not lie in {start.value} to {figure(end)}, to which the reading belongs"
        yield remark("warning", text, [here, where])


def _second_end(
    start: Figure, end: Figure, where: Source, seen: list[tuple[Figure, Figure, Source]]
) -> Iterator[Remark]:
    for before, until, there in seen[-50:]:
        gap = abs(until.value - end.value)
        if before.value == start.value and before.step < 1 and not until.range().meets(end.range()) and gap < _SLIP:
            text = f"the section from {start.value} m ends at {figure(end)} here and at {figure(until)} there"
            yield remark("warning", text, [where, there])
            return
