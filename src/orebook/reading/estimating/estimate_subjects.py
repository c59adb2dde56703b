"""Of what an estimate in a sentence is: its mine or property, and the metal where none is said."""

import re
from dataclasses import dataclass
from functools import cached_property

from orebook.reading.estimating.estimates import category_in, is_estimate
from orebook.reading.language import analytes
from orebook.reading.language.said_about import subject_of
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

_WORD = Pattern(
    r"\b(?:gold|silver|copper|zinc|nickel|uranium|lithium|tin|tungsten|iron|cobalt|platinum|palladium)\b",
    re.IGNORECASE,
)

_COMPANY_WIDE = Pattern(
    r"\b(?:[Cc]ompany-wide|[Gg]roup|[Cc]onsolidated|[Tt]otal [Rr]es(?:ources|erves)|all (?:its )?mines)\b"
)


@dataclass
class OnlyMetal:
    """The only metal of which a release speaks, looked up when it is first asked for."""

    release: Release

    @cached_property
    def symbol(self) -> str:
        """The metal of the title and the issuer's name, else the only one of the sentences; or nothing."""
        title = self.release.title.plain if self.release.title else ""
        named = {symbol for _, _, symbol in analytes.find(f"{title} {self.release.issuer}")}
        if not named:
            sentences = self.release.sentences()
            named = {quantity.analyte for one in sentences for quantity in one.quantities if quantity.analyte}
            named |= {analytes.analyte(found[0]) for one in sentences for found in _WORD.finditer(one.plain)}
        return named.pop() if len(named) == 1 else ""


def estimated(release: Release, sentence: Sentence, at: int) -> dict[str, str]:
    """The mine or property, and zone, of an estimate; "The Inferred Resource is" names none."""
    said = subject_of(release, sentence, at)
    if any(is_estimate(name) or category_in(name) for name in said.values()):
        said = {}
    if not said and not _COMPANY_WIDE.search(sentence.plain):
        return release.about(sentence.block, sentence.text, at)
    return said
