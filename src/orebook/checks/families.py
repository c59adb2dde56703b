"""Families: releases of one issuer put together, copies put aside, and what rules notice in them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from orebook.checks import wanted
from orebook.checks.across_rule import Family, in_order
from orebook.checks.copies import copies
from orebook.checks.intercepts import plain
from orebook.checks.remembered import Remembered
from orebook.ground.finding import Finding

LETTER = "A"
"""The letter of the rules across releases."""

_SAME_DAY = 4
"""A copy is put out within so many days."""


@dataclass(slots=True)
class Families:
    """Releases by issuer. ``copies`` says which release is a copy of which, ``strangers`` which name no issuer."""

    families: list[Family] = field(default_factory=list)
    copies: dict[str, str] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)


def families(releases: Iterable[Remembered], fresh: Iterable[str] = ()) -> Families:
    """Put releases together by issuer.

    Two releases are of one issuer when a third that is links them, too. Releases that name no issuer are strangers,
    unless they tell of the same intervals as those of one issuer. Copies are left out of the families.
    """
    found = Families()
    ordered = in_order(releases)
    groups = _by_issuer(ordered)
    known = frozenset(fresh)
    nameless = _with_their_holes(groups, [release for release in ordered if not release.issuer.keys])
    for group in groups:
        members = in_order(group)
        twins = dict(_twins(members))
        found.copies.update(twins)
        kept = [release for release in members if release.doc not in twins]
        if len(kept) > 1:
            found.families.append(Family(kept, known & {release.doc for release in kept}))
    found.copies.update(_twins(nameless))
    found.strangers = [release.doc for release in nameless if release.doc not in found.copies]
    return found


def _by_issuer(releases: Sequence[Remembered]) -> list[list[Remembered]]:
    """Groups of releases of one issuer, each release put beside those only that share a name or a code."""
    group_of: list[list[Remembered]] = []
    holders: dict[str, list[Remembered]] = defaultdict(list)
    home: dict[int, list[Remembered]] = {}
    for release in releases:
        if not release.issuer.keys:
            continue
        own = [release]
        home[id(release)] = own
        group_of.append(own)
        for key in release.issuer.keys:
            for other in holders[key]:
                if home[id(other)] is not home[id(release)] and release.issuer.same(other.issuer):
                    smaller, larger = sorted((home[id(release)], home[id(other)]), key=len)
                    larger.extend(smaller)
                    for moved in smaller:
                        home[id(moved)] = larger
                    smaller.clear()
            if not any(other.issuer == release.issuer for other in holders[key]):
                holders[key].append(release)
    return [group for group in group_of if group]


def _with_their_holes(groups: list[list[Remembered]], nameless: list[Remembered]) -> list[Remembered]:
    """Add releases without an issuer to the issuer of whose intervals they tell; the others are given back."""
    left = []
    owners: dict[object, set[int]] = defaultdict(set)
    for number, group in enumerate(groups if nameless else ()):
        for release in group:
            for interval in _intervals(release):
                owners[interval].add(number)
    for release in nameless:
        votes: dict[int, int] = defaultdict(int)
        for interval in _intervals(release):
            if len(owners.get(interval, ())) == 1:
                votes[next(iter(owners[interval]))] += 1
        if len(votes) == 1 and max(votes.values()) >= _TELLING:
            groups[next(iter(votes))].append(release)
        else:
            left.append(release)
    return left


_TELLING = 2
"""So many intervals with hole, beginning and length that are one issuer's alone tell of whom a release speaks."""


def _intervals(release: Remembered) -> set[tuple[str, str, str]]:
    """The intervals of a release by hole, beginning and length, as far as all three are printed."""
    found = set()
    for record in release.of("drill_intercept"):
        begin, size = record.get("drilling.from"), record.get("drilling.length")
        hole = record.about.get("hole", "")
        if begin is not None and size is not None and plain(begin) and plain(size) and len(hole) > 3:
            found.add((hole, f"{begin.number.value.normalize():f}", f"{size.number.value.normalize():f}"))
    return found


def _twins(members: Sequence[Remembered]) -> Iterable[tuple[str, str]]:
    """Yield each release that is a copy of an earlier one of its issuer: the same words and figures on the same days.

    One in which a figure is another is no copy but a corrected version, and is compared.
    """
    yield from (
        (members[number].doc, members[first].doc)
        for number, first in copies([release.sketch for release in members])
        if _same_day(members[number], members[first]) and _figures(members[number]) == _figures(members[first])
    )


def _figures(release: Remembered) -> Counter[tuple[str, str, str]]:
    """The figures of a release, by measure, digits and unit."""
    facts = (fact for record in release.records if record.kind != "document" for fact in record.facts)
    return Counter((fact.measure, fact.figure.digits, fact.figure.unit) for fact in facts)


def _same_day(one: Remembered, other: Remembered) -> bool:
    if one.date is None or other.date is None:
        return True
    return abs((one.date - other.date).days) <= _SAME_DAY


def check_family(family: Family, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Mapping[str, list[Finding]]:
    """What the rules across releases notice in the releases of one issuer, by the release to which it belongs."""
    found: dict[str, dict[Finding, None]] = defaultdict(dict)
    for each in wanted(LETTER, select, ignore):
        for finding in each(family):
            found[finding.sources[0].doc][finding] = None
    return {doc: sorted(findings, key=_place) for doc, findings in found.items()}


def _place(finding: Finding) -> tuple[int, int, str, str]:
    return finding.sources[0].start, finding.sources[0].end, finding.code, finding.message
