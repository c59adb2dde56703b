"""Rules, one per module: each looks at a reading or at tables and remarks on what cannot be, or should be looked at.

The first letter of a code names its folder, with the folders in it: ``A`` across releases, ``D`` documents, ``F``
facts, ``T`` tables. A folder is opened when one of its rules is first asked for, because rules on tables need data
frames, and checking a text does not.

>>> catalogue()["F101"].name
'interval-length-mismatch'
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from orebook.checks.rule import Remark, Rule, remark, rule
from orebook.ground.fact import ASSIST
from orebook.ground.finding import Finding
from orebook.ground.source import Source
from orebook.ground.telling import counted
from orebook.reading.patterns import note
from orebook.reading.reading import Reading

__all__ = [
    "Finding",
    "Remark",
    "Rule",
    "catalogue",
    "check",
    "check_assisted",
    "folder",
    "in_order",
    "remark",
    "rule",
    "wanted",
]

FOLDERS: Mapping[str, str] = {"A": "across", "D": "documents", "F": "facts", "T": "tables"}
"""The folder of the rules whose codes begin with that letter."""

ON_DOCUMENTS = "DF"
"""The folders whose rules look at a reading."""


class Catalogue(Mapping[str, Rule]):
    """Every rule by its code, in order."""

    def __getitem__(self, code: str) -> Rule:
        return folder(code[:1])[code]

    def __iter__(self) -> Iterator[str]:
        for letter in FOLDERS:
            yield from folder(letter)

    def __len__(self) -> int:
        return sum(len(folder(letter)) for letter in FOLDERS)


@cache
def catalogue() -> Catalogue:
    """Every rule by its code, found by folder and by type."""
    return Catalogue()


@cache
def folder(letter: str) -> dict[str, Rule]:
    """The rules whose codes begin with that letter, by code; none for a letter that means nothing.

    Raises ``ValueError`` when two rules claim one code.
    """
    found: dict[str, Rule] = {}
    name = FOLDERS.get(letter, "")
    for module in _modules([f"{path}/{name}" for path in __path__ if name], f"{__name__}.{name}."):
        for thing in vars(module).values():
            if isinstance(thing, Rule) and found.setdefault(thing.code, thing) is not thing:
                raise ValueError(f"two rules claim the code {thing.code}")
    return dict(sorted(found.items()))


def _modules(paths: Iterable[str], before: str) -> Iterator[ModuleType]:
    """Every module of a folder and of the folders in it."""
    for each in iter_modules(paths, before):
        module = import_module(each.name)
        yield module
        if each.ispkg:
            yield from _modules(module.__path__, f"{each.name}.")


def wanted(letters: Iterable[str], select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Rule]:
    """The rules of some folders that take part.

    ``select`` and ``ignore`` are codes or their beginnings: ``F1`` is every rule on drilling. Selecting nothing selects
    all.
    """
    chosen, left_out = tuple(select), tuple(ignore)
    return [
        each
        for letter in letters
        for code, each in folder(letter).items()
        if (not chosen or code.startswith(chosen)) and not (left_out and code.startswith(left_out))
    ]


def check(reading: Reading, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Finding]:
    """All that the rules on documents notice in a reading, in the order of the document, nothing twice.

    ``select`` and ``ignore`` are codes or their beginnings, as for ``wanted``.
    """
    return in_order(_noticed(reading, wanted(ON_DOCUMENTS, select, ignore)))


def check_assisted(
    plain: Reading, assisted: Reading, select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> list[Finding]:
    """All that the rules notice in a reading, and what they notice besides with facts that a model proposed.

    What is noticed without them stays as it is, so that no proposal silences a finding. What is noticed only with them
    is a warning at most and says so, so that no proposal is grounds for an error.
    """
    rules = wanted(ON_DOCUMENTS, select, ignore)
    found = _noticed(plain, rules)
    said = {(finding.code, finding.sources[:1]) for finding in found}
    places = [fact.source for fact in assisted.facts if fact.read_by == ASSIST]
    more = [
        finding._replace(grade="warning" if finding.grade == "error" else finding.grade, assisted=True)
        for finding in _noticed(assisted, rules)
        if (finding.code, finding.sources[:1]) not in said and _meet(finding.sources, places)
    ]
    return in_order([*found, *more])


def _noticed(reading: Reading, rules: Sequence[Rule]) -> list[Finding]:
    note(reading.document.text)
    return list(dict.fromkeys(finding for each in counted(rules, "rules have looked") for finding in each(reading)))


def _meet(sources: Iterable[Source], places: Sequence[Source]) -> bool:
    """Whether some places of a document share letters with others."""
    return any(one.start < other.end and other.start < one.end for one in sources for other in places)


def in_order(findings: list[Finding]) -> list[Finding]:
    """Findings in the order of the document, without the milder ones on a figure that cannot be."""
    return sorted(_gravest(findings), key=_place)


def _gravest(findings: list[Finding]) -> list[Finding]:
    """Findings without the milder ones on a figure that another finding calls impossible: one fault is said once."""
    impossible = {finding.sources[0] for finding in findings if finding.grade == "error" and finding.sources}
    return [one for one in findings if one.grade == "error" or not one.sources or one.sources[0] not in impossible]


def _place(finding: Finding) -> tuple[int, int, str, str]:
    start, end = (finding.sources[0].start, finding.sources[0].end) if finding.sources else (0, 0)
    return start, end, finding.code, finding.message
