"""Reports that are named with two dates."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from orebook.checks.across_rule import Family, across_rule, grade_for
from orebook.checks.remembered import Remembered
from orebook.checks.rule import Remark, remark
from orebook.ground.period import Period
from orebook.ground.source import Source


@across_rule("A601", basis="one paper has one date", catalogue="EX218")
def paper_dated_otherwise(family: Family) -> Iterator[Remark]:
    """A technical report is named with the day and month of one in another release, and another year; or another day.

    What it does:
    Compares the dates of technical reports that the releases of a company name. Two dates of which day and month, or
    month and year, or day and year are the same are one date with a slip; the one that more releases name is the usual.

    Why it matters:
    The report is found by its date. One that nobody filed cannot be looked up.

    Flagged:

        # Wold Gold advances Fairlight

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) advances Fairlight. See the technical report dated October 14, 2021.
        ====
        # Wold Gold drills Fairlight

        June 10, 2024 - Wold Gold Corp. (TSXV: WLD) drills Fairlight. See the technical report dated October 14, 2021.
        ====
        # Wold Gold advances Fairlight

        November 9, 2024 - Wold Gold Corp. (TSXV: WLD) advances Fairlight. See the technical report dated October 14,
        2022.

    Fine:

        # Wold Gold advances Fairlight

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) advances Fairlight. See the technical report dated October 14, 2021.
        ====
        # Wold Gold advances Fairlight

        November 9, 2024 - Wold Gold Corp. (TSXV: WLD) advances Fairlight. See the technical report dated March 3, 2023.

    Help:
    Copy title and date from the report that was filed.
    """
    papers = {release.doc: _papers(release) for release in family.releases}
    naming = Counter(day for own in papers.values() for day in own)
    for place, release in enumerate(family.releases):
        for day, here in papers[release.doc].items():
            usual = [other for other in naming if _slip(day, other) and naming[other] > naming[day]]
            others = [*reversed(family.releases[:place]), *family.releases[place + 1 :]]
            before = next((one for one in others if len(usual) == 1 and usual[0] in papers[one.doc]), None)
            if before is not None:
                count = naming[usual[0]]
                releases = "release names" if count == 1 else "releases name"
                text = f"a report of {day.isoformat()} here; {count} {releases} one of {usual[0].isoformat()}"
                yield remark(grade_for(before, release, "warning"), text, [here, papers[before.doc][usual[0]]])


def _slip(one: date, other: date) -> bool:
    """Whether two dates differ in the year, the month or the day alone."""
    parts = [(one.year, other.year), (one.month, other.month), (one.day, other.day)]
    different = [pair for pair in parts if pair[0] != pair[1]]
    return len(different) == 1 and (different != parts[:1] or abs(one.year - other.year) == 1)


def _papers(release: Remembered) -> dict[date, Source]:
    """The technical reports that a release names by a whole date."""
    return {Period.parse(saying.about).start: saying.source for saying in release.said("paper")}
