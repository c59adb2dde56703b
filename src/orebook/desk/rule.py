"""Show the catalogue of rules, or the page of one."""

from orebook.checks import Rule, catalogue
from orebook.desk.answer import Answer, AskedWronglyError, did_you_mean

SHOWN_AS = ("rules",)
CHANGES = False

_DIGITS = str.maketrans("OQIL", "0011")
"""The digits that these letters are taken for in the number of a code."""


def rule(code: str = "") -> Answer[Rule]:
    """Show every rule with its name, or the page of one: what it does, why it matters, what it flags and what is fine.

    The beginning of a code shows all rules that begin so.

    Options:
        code: Code or name of a rule, or the beginning of some codes.

    Examples:
        orebook rule
        orebook rule F101
        orebook rule --format json
    """
    known = catalogue()
    wanted = code.upper()
    exact = [
        each for each in known.values() if code and code.casefold() in (each.code.casefold(), each.name.casefold())
    ]
    rules = exact or [each for each in known.values() if each.code.startswith(wanted)]
    if not rules:
        digits = wanted[:1] + wanted[1:].translate(_DIGITS)
        near = did_you_mean(digits, known) or did_you_mean(code.lower(), [each.name for each in known.values()])
        raise AskedWronglyError(f"no rule is called {code!r}{near or '; orebook rule lists all'}")
    return Answer("rules", iter(rules))
