"""Companies and other bodies under two names."""

from collections import Counter
from collections.abc import Iterator

from orebook.checks.across_rule import Family, across_rule, grade_for
from orebook.checks.rule import Remark, remark


@across_rule("A603", basis="one body has one name", catalogue="LX1502")
def name_told_otherwise(family: Family) -> Iterator[Remark]:
    """A partner has the same short name as in another release, and one word of its name is another.

    What it does:
    Remembers names that stand before their first letters in parentheses. Where another release of the company gives the
    same letters to a name of as many words of which one is another, the name that fewer releases use is remarked on.

    Why it matters:
    A contract binds the body that bears the name, and a search finds only what is spelled alike.

    Flagged:

        # Wold Gold signs with Fell Tarn

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) has signed with Fell Tarn Investment Holdings (FTIH).
        ====
        # Wold Gold drills Fairlight

        June 6, 2024 - Wold Gold Corp. (TSXV: WLD) drills with Fell Tarn Investment Holdings (FTIH).
        ====
        # Wold Gold advances Fairlight

        November 9, 2024 - Wold Gold Corp. (TSXV: WLD) goes on with Fell Tarn International Holdings (FTIH).

    Fine:

        # Wold Gold signs with Fell Tarn

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) has signed with Fell Tarn Investment Holdings (FTIH).
        ====
        # Wold Gold advances Fairlight

        November 9, 2024 - Wold Gold Corp. (TSXV: WLD) goes on with Fell Tarn Investment Holdings Pte. Ltd. (FTIH).

    Help:
    Take the name from the contract.
    """
    names = {
        release.doc: {saying.about: saying.source for saying in release.said("named")} for release in family.releases
    }
    naming = Counter(name for own in names.values() for name in own)
    for place, release in enumerate(family.releases):
        own = names[release.doc]
        for name, here in own.items():
            usual = [
                other for other in naming if _slip(name, other) and naming[other] > naming[name] and other not in own
            ]
            others = [*reversed(family.releases[:place]), *family.releases[place + 1 :]]
            before = next((one for one in others if len(usual) == 1 and usual[0] in names[one.doc]), None)
            if before is not None:
                count = naming[usual[0]]
                text = f"{name} here; {usual[0]} in {count} release{'' if count == 1 else 's'}"
                yield remark(grade_for(before, release, "warning"), text, [here, names[before.doc][usual[0]]])


def _slip(one: str, other: str) -> bool:
    """Whether two names have as many words and the same first letters, and one word is another."""
    here, there = one.split(), other.split()
    if len(here) != len(there) or [word[0] for word in here] != [word[0] for word in there]:
        return False
    return sum(first != second for first, second in zip(here, there, strict=True)) == 1
