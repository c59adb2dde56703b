"""Rules, one per module: each looks at a reading and remarks on what in it cannot be, or should be looked at.

>>> catalogue()["F101"].name
'interval-length-mismatch'
"""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from orebook.checks.rule import Remark, Rule, remark, rule
from orebook.ground.finding import Finding
from orebook.reading.reading import Reading

__all__ = ["Finding", "Remark", "Rule", "catalogue", "check", "remark", "rule"]


@cache
def catalogue() -> dict[str, Rule]:
    """Every rule by its code, found by folder and by type.

    Raises ``ValueError`` when two rules claim one code.
    """
    found: dict[str, Rule] = {}
    for module in walk_packages(__path__, f"{__name__}."):
        for thing in vars(import_module(module.name)).values():
            if isinstance(thing, Rule) and found.setdefault(thing.code, thing) is not thing:
                raise ValueError(f"two rules claim the code {thing.code}")
    return dict(sorted(found.items()))


def check(reading: Reading, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Finding]:
    """All that the rules notice in a reading, in the order of the document, nothing twice.

    ``select`` and ``ignore`` are codes or their beginnings: ``F1`` is every rule on drilling. Selecting nothing selects
    all.
    """
    wanted, unwanted = tuple(select), tuple(ignore)
    findings = dict.fromkeys(
        finding
        for code, each in catalogue().items()
        if (not wanted or code.startswith(wanted)) and not (unwanted and code.startswith(unwanted))
        for finding in each(reading)
    )
    return sorted(_gravest(list(findings)), key=_place)


def _gravest(findings: list[Finding]) -> list[Finding]:
    """Findings without the milder ones on a figure that another finding calls impossible: one fault is said once."""
    impossible = {finding.sources[0] for finding in findings if finding.grade == "error" and finding.sources}
    return [one for one in findings if one.grade == "error" or not one.sources or one.sources[0] not in impossible]


def _place(finding: Finding) -> tuple[int, int, str, str]:
    start, end = (finding.sources[0].start, finding.sources[0].end) if finding.sources else (0, 0)
    return start, end, finding.code, finding.message
