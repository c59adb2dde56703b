"""Distances that became others."""

from collections.abc import Iterator

from orebook.checks.across_rule import Family, Told, across_rule, when
from orebook.checks.digits import alike, in_unit
from orebook.checks.intercepts import plain
from orebook.checks.remembered import Remembered
from orebook.checks.rule import Remark, remark
from orebook.checks.same import agree
from orebook.checks.saying import figure
from orebook.ground.fact import Fact

_LEAST = 2
"""So many letters and a capital make the name of a place."""


@across_rule("A602", basis="one thing has one value", catalogue="EX226")
def distance_changed(family: Family) -> Iterator[Remark]:
    """A property lies at another distance from a place than in an earlier release.

    What it does:
    Puts the distance of a property from a named place beside that of the last release that gives it. Figures agree when
    the finer rounds to the coarser. Companies measure by road and through the air, and from any corner of their ground:
    it is a note.

    Why it matters:
    Towns do not move.

    Flagged:

        # Wold Gold advances Fairlight

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) drills. The Fairlight project is located 50 km southeast of Kamloops.
        ====
        # Wold Gold advances Fairlight

        November 9, 2024 - Wold Gold Corp. (TSXV: WLD) drills. The Fairlight project is located 70 km southeast of
        Kamloops.

    Fine:

        # Wold Gold advances Fairlight

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) drills. The Fairlight project is located 50 km southeast of Kamloops.
        ====
        # Wold Gold advances Fairlight

        November 9, 2024 - Wold Gold Corp. (TSXV: WLD) drills. The Fairlight project is located 50.4 km southeast of
        Kamloops.

    Help:
    Say from where to where, and whether by road.
    """
    last: dict[tuple[str, str], tuple[Told, Fact]] = {}
    for release in family.releases:
        own = _distances(release)
        for name, (_, now) in own.items():
            known = last.get(name)
            if known is None or not alike(now.number, in_unit(known[1].number, now.number.unit)):
                continue
            if not agree(now.number, known[1].number):
                text = (
                    f"{name[0]} is {figure(now.number)} from {name[1]} here, {figure(known[1].number)} in"
                    f" {when(known[0].release)}"
                )
                yield remark("note", text, [now, known[1]])
        last.update(own)


def _distances(release: Remembered) -> dict[tuple[str, str], tuple[Told, Fact]]:
    """How far properties are from named places; one with two distances is left out."""
    found: dict[tuple[str, str], list[tuple[Told, Fact]]] = {}
    for record in release.of("distance"):
        fact = record.get("places.distance")
        place = record.about.get("place", "").partition(",")[0].removeprefix("the ").strip()
        subject = record.about.get("mine") or record.about.get("property", "")
        if fact is not None and plain(fact) and subject and place[:1].isupper() and len(place) > _LEAST:
            found.setdefault((subject, place), []).append((Told(release, record), fact))
    return {name: some[0] for name, some in found.items() if len({fact.number.digits for _, fact in some}) == 1}
